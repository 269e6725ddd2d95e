/* SPDX-License-Identifier: MIT */
/*
 * load: files of labelled comments to a sealed corpus.
 *
 * NDJSON: {"id","thread","parent","author","date","text","stance":{TARGET:LABEL}}, or flat
 * "target" and "label" instead of "stance". CSV and TSV: the same names as columns, with
 * "target" and "label", or one column "stance.TARGET" per target. Whatever else a record
 * has is kept to group by. A null or empty label is none given.
 *
 * With input->textless, texts may be missing, blank or deleted: they are then empty.
 *
 * With input->spare_audit, the rows of an audit that were drawn at random are passed over: their
 * labels are to estimate, and a model trained on them would be judged by what it knows.
 *
 * Unlike in a dump, nothing is passed over: what cannot be read is STANCE_DATA with file,
 * line and column (in bytes).
 */
#ifndef CORPUS_LOAD_H
#define CORPUS_LOAD_H

#include "corpus/corpus.h"

/* Files of a corpus: n of it, and n_added of comments of the user's own beside it. */
struct corpus_files {
    const char *const *path, *const *added;
    size_t n, n_added;
};

/* Fails (STANCE_DATA) also where a file that is added to the corpus has no label. */
int corpus_load_files(struct corpus *c, const struct corpus_files *files,
                      const struct stance_input *input, const struct stance_talk *talk,
                      struct stance_err *err);

/* The same of a corpus alone. */
int corpus_load(struct corpus *c, const char *const *path, size_t n,
                const struct stance_input *input, const struct stance_talk *talk,
                struct stance_err *err);

#endif
