/* SPDX-License-Identifier: MIT */
/*
 * vectors: the vectors that stance trains on, as the text that svm-train and liblinear-train read.
 *
 *     vectors CORPUS TEST TO-CORPUS TO-TEST
 *
 * Two labels toward one target: +1 is the first of them by name. Vocabulary and weights are
 * those of CORPUS alone, with the default settings (the first mix of words and characters).
 */
#include <stdio.h>
#include <stdlib.h>

#include "api/types.h"
#include "base/mem.h"
#include "model/fit.h"

static int write_rows(const struct fit *f, bool trained_on, const char *path)
{
    const struct trainset *t = f->t;
    FILE *to = fopen(path, "w");

    for (size_t r = 0; to != NULL && r < t->n_rows; r++) {
        uint32_t k = t->row[r].comment;
        if ((f->use[k] != 0) != trained_on)
            continue;
        fputs(t->row[r].label == 0 ? "+1" : "-1", to);
        for (size_t e = f->x.start[k]; e < f->x.start[k + 1]; e++)
            fprintf(to, " %u:%.6g", f->x.id[e] + 1, f->x.value[e]);
        putc('\n', to);
    }
    if (to != NULL && fclose(to) == 0)
        return 0;
    fprintf(stderr, "vectors: %s: cannot be written\n", path);
    return -1;
}

static int write_both(struct stance_corpus *c, const char *const *path, struct stance_err *err)
{
    struct settings set = settings_default();
    struct trainset t;
    struct fit f = {0};
    uint8_t *use = mem_zalloc(c->data.n_comments, 1);
    int status;

    for (size_t i = 0; i < c->data.n_comments; i++)
        use[i] = span_eq(c->data.file[c->data.comment[i].file], span_of(path[0]));
    set.solver = SOLVER_COORDINATE; /* no Gram matrix */
    set.max_memory = UINT64_MAX;
    status = trainset_init(&t, &c->data, c->data.target, &set, err);
    if (status == 0) {
        fit_open(&f, &t, use, &(struct choice){0});
        if (write_rows(&f, true, path[2]) < 0 || write_rows(&f, false, path[3]) < 0)
            status = err->code = STANCE_SYSTEM;
    } else {
        fprintf(stderr, "vectors: %s\n", err->message);
    }
    fit_release(&f);
    trainset_release(&t);
    free(use);
    return status == 0 ? 0 : (int)err->code;
}

int main(int argc, char **argv)
{
    const char *const *path = (const char *const *)(argv + 1);
    struct stance_err err = {0};
    struct stance_corpus *c;
    int status;

    if (argc != 5) {
        fputs("usage: vectors CORPUS TEST TO-CORPUS TO-TEST\n", stderr);
        return STANCE_USAGE;
    }
    c = stance_corpus_load(path, 2, NULL, NULL, NULL, &err);
    if (c == NULL) {
        fprintf(stderr, "vectors: %s\n", err.message);
        return (int)err.code;
    }
    status = write_both(c, path, &err);
    stance_corpus_free(c);
    return status;
}
