/* SPDX-License-Identifier: MIT */
/*
 * train: from a trainset and a search to a model: the machine of each pair on all
 * comments used, its support vectors collapsed, everything laid out as a model file.
 */
#ifndef MODEL_TRAIN_H
#define MODEL_TRAIN_H

#include "model/model.h"
#include "model/search.h"

/* What a target is called; spans are borrowed and may be empty. display: French and
 * English per label of the corpus, in its order. */
struct target_names {
    struct span statement, definition;
    struct span *display; /* n_labels × MODEL_LANGS */
};

/* meta: key=value lines to keep in the file. NULL on failure. The model is in memory;
 * m->image is the file to write. */
struct model *train_model(const struct trainset *t, const uint8_t *use, const struct search *s,
                          const struct target_names *names, struct span meta,
                          struct stance_err *err);

#endif
