/* SPDX-License-Identifier: MIT */
/* corpus: labelled files to an opaque corpus with what its targets are called. */
#include "api/types.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/load.h"
#include "corpus/targetfile.h"

static struct span copied(struct stance_corpus *c, struct span s, struct span otherwise)
{
    return s.p != NULL ? arena_copy(&c->data.arena, s) : otherwise;
}

static const struct target_label *label_entry(const struct target_entry *e, struct span label)
{
    for (size_t i = 0; e != NULL && i < e->n_labels; i++)
        if (span_eq(e->label[i].label, label))
            return &e->label[i];
    return NULL;
}

/* A target without an entry is its own statement; one without a name shows its label. */
static void name_target(struct stance_corpus *c, uint32_t target, const struct target_entry *e)
{
    static const struct span none = {"", 0};
    struct target_names *n = &c->names[target];
    uint32_t n_labels = c->data.n_labels;

    n->statement =
        copied(c, e != NULL ? e->statement : (struct span){NULL, 0}, c->data.target[target]);
    n->definition = copied(c, e != NULL ? e->definition : (struct span){NULL, 0}, none);
    n->display = mem_array((size_t)n_labels * MODEL_LANGS, sizeof *n->display);
    for (uint32_t l = 0; l < n_labels; l++) {
        const struct target_label *t = label_entry(e, c->data.label[l]);
        n->display[l * MODEL_LANGS] = copied(c, t != NULL ? t->fr : (struct span){NULL, 0}, none);
        n->display[l * MODEL_LANGS + 1] =
            copied(c, t != NULL ? t->en : (struct span){NULL, 0}, none);
    }
}

static int name_targets(struct stance_corpus *c, const char *path, struct stance_err *err)
{
    struct target_file f = {0};
    int status = path != NULL ? target_file_read(&f, path, err) : 0;

    c->names = mem_zalloc(c->data.n_targets, sizeof *c->names);
    for (uint32_t t = 0; t < c->data.n_targets && status == 0; t++) {
        const struct target_entry *e = target_file_find(&f, c->data.target[t]);
        if (path != NULL && e == NULL)
            status = err_at(err, STANCE_DATA, path, 0, 0,
                            "target '%s' of the corpus is not defined in this file",
                            c->data.target[t].p);
        else
            name_target(c, t, e);
    }
    target_file_release(&f);
    return status;
}

struct stance_corpus *stance_corpus_load(const char *const *path, size_t n_paths,
                                         const char *targets_path, const struct stance_input *input,
                                         const struct stance_talk *talk, struct stance_err *err)
{
    static const struct stance_input usual;
    struct stance_corpus *c = mem_zalloc(1, sizeof *c);

    if (corpus_load(&c->data, path, n_paths, input != NULL ? input : &usual, talk, err) < 0 ||
        name_targets(c, targets_path, err) < 0) {
        stance_corpus_free(c);
        return NULL;
    }
    if (c->data.n_orphans != 0)
        api_note(talk, "%zu comments answer to a parent that is in none of the files",
                 c->data.n_orphans);
    return c;
}

void stance_corpus_free(struct stance_corpus *c)
{
    if (c == NULL)
        return;
    for (uint32_t t = 0; c->names != NULL && t < c->data.n_targets; t++)
        free(c->names[t].display);
    free(c->names);
    corpus_release(&c->data);
    free(c);
}
