/* SPDX-License-Identifier: MIT */
/*
 * types: what the opaque types of stance.h are inside. The room api/ turns public calls
 * into those of the rooms below and does nothing else.
 */
#ifndef API_TYPES_H
#define API_TYPES_H

#include "api/tables.h"
#include "corpus/corpus.h"
#include "features/wordvec.h"
#include "model/model.h"
#include "model/train.h"

struct stance_corpus {
    struct corpus data;         /* sealed */
    struct target_names *names; /* per target of data; spans live in data.arena */
};

struct stance_model {
    struct model *model;
    char **target, **label;    /* NUL-terminated copies for callers */
    struct api_tables *tables; /* of its classifiers */
};

/* Takes over the model; NULL stays NULL. */
struct stance_model *api_wrap_model(struct model *model);

/* The settings that options (or NULL) ask for, defaults filled in; STANCE_USAGE where they
 * cannot be. */
int api_settings(const struct stance_train_options *options, struct settings *settings,
                 struct stance_err *err);

/* Learns set->vectors from the unlabelled dumps of options, into *vectors (release it also on
 * failure); without such dumps there are none. Failures: those of reading, STANCE_USAGE for
 * standard input, STANCE_DATA for too little text. */
int api_vectors(struct wordvec *vectors, struct settings *set,
                const struct stance_train_options *options, const struct stance_talk *talk,
                struct stance_err *err);

/* The prediction that probabilities of the classifier's i-th target mean; p is borrowed. */
void api_settle(const struct stance_classifier *k, size_t i, const double *p,
                struct stance_prediction *out);

/* One of many classifiers that each see few comments: it never builds tables (model/quick.h), which
 * take time and tens of megabytes. */
void api_expect_few(struct stance_classifier *k);

/* talk may be NULL; formats one line. */
void api_note(const struct stance_talk *talk, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
