/* SPDX-License-Identifier: MIT */
/* corpus: labelled files to an opaque corpus with what its targets are called. */
#include "api/types.h"

#include <stdlib.h>

#include "audit/behind.h"
#include "base/err.h"
#include "base/mem.h"
#include "corpus/keep.h"
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

/* An audit whose journal waits lacks its last labels. */
static int none_behind(const char *const *path, size_t n, struct stance_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (audit_behind(path[i], err) < 0)
            return -1;
    return 0;
}

struct stance_corpus *
stance_corpus_load_added(const char *const *path, size_t n_paths, const char *const *added,
                         size_t n_added, const char *targets_path, const struct stance_input *input,
                         const struct stance_talk *talk, struct stance_err *err)
{
    static const struct stance_input usual;
    struct corpus_files files = {path, added, n_paths, n_added};
    struct stance_corpus *c = mem_zalloc(1, sizeof *c);

    if (none_behind(path, n_paths, err) < 0 || none_behind(added, n_added, err) < 0 ||
        corpus_load_files(&c->data, &files, input != NULL ? input : &usual, talk, err) < 0 ||
        name_targets(c, targets_path, err) < 0) {
        stance_corpus_free(c);
        return NULL;
    }
    if (c->data.n_orphans != 0)
        api_note(talk, "comments that answer to a parent in none of the files: %zu",
                 c->data.n_orphans);
    if (c->data.n_both != 0)
        api_note(talk, "comments of the corpus that are added ones too, and taken as such: %zu",
                 c->data.n_both);
    return c;
}

struct stance_corpus *stance_corpus_load(const char *const *path, size_t n_paths,
                                         const char *targets_path, const struct stance_input *input,
                                         const struct stance_talk *talk, struct stance_err *err)
{
    return stance_corpus_load_added(path, n_paths, NULL, 0, targets_path, input, talk, err);
}

/* ---- some targets of it ---- */

struct before {
    struct span *target, *label;
    uint32_t n_targets;
};

static struct span *copy_names(const struct span *name, uint32_t n)
{
    struct span *copy = mem_array(n, sizeof *copy);

    for (uint32_t i = 0; i < n; i++)
        copy[i] = name[i];
    return copy;
}

/* The labels that are left stand in the order they had: their display names close up. */
static void close_display(struct target_names *names, const struct before *b,
                          const struct corpus *c)
{
    uint32_t from = 0;

    for (uint32_t l = 0; l < c->n_labels; l++, from++) {
        while (!span_eq(b->label[from], c->label[l]))
            from++;
        for (size_t lang = 0; lang < MODEL_LANGS; lang++)
            names->display[l * MODEL_LANGS + lang] = names->display[from * MODEL_LANGS + lang];
    }
}

static void close_targets(struct stance_corpus *c, const struct before *b)
{
    uint32_t to = 0;

    for (uint32_t t = 0; t < b->n_targets; t++) {
        if (to == c->data.n_targets || !span_eq(b->target[t], c->data.target[to])) {
            free(c->names[t].display);
            continue;
        }
        close_display(&c->names[t], b, &c->data);
        c->names[to++] = c->names[t];
    }
}

int stance_corpus_keep_targets(struct stance_corpus *corpus, const char *const *target, size_t n,
                               struct stance_err *err)
{
    struct corpus *c = &corpus->data;
    struct before b = {copy_names(c->target, c->n_targets), copy_names(c->label, c->n_labels),
                       c->n_targets};
    struct span *name = mem_array(n, sizeof *name);
    int status;

    for (size_t i = 0; i < n; i++)
        name[i] = span_of(target[i]);
    status = n != 0 ? corpus_keep_targets(c, name, n, err) : 0;
    if (status == 0)
        close_targets(corpus, &b);
    free(name);
    free(b.target);
    free(b.label);
    return status;
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
