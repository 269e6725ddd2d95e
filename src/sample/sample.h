/* SPDX-License-Identifier: MIT */
/*
 * sample: a dump to an audit, in one pass or more: comments by stratum (draw.h), or whole threads
 * (threads.h), then what the annotator needs beside them (context.h), copies, and comments to
 * learn from (uncertain.h).
 */
#ifndef SAMPLE_SAMPLE_H
#define SAMPLE_SAMPLE_H

#include "audit/audit.h"
#include "classify/sweep.h"
#include "sample/record.h"

struct sample_spec {
    const char *const *path; /* n_paths; "-" is standard input, where one pass is enough */
    size_t n_paths;
    const struct stance_input *input;
    unsigned n_jobs;
    struct dump_judge *judge; /* n_jobs of them; NULL: nobody judges */
    size_t n_targets;         /* that they judge */
    size_t n_labels;          /* of which each has a probability */
    const bool *doubted;      /* n_targets: whose doubts count for n_uncertain; NULL: all */
    const size_t
        *stratum_target;  /* per field of audit->by: the target that it is a prediction of */
    uint64_t n;           /* comments to draw at random, more than are there already */
    uint64_t least;       /* of each stratum */
    bool equal;           /* strata alike, not by their population */
    uint64_t n_uncertain; /* comments to choose for learning besides */
    const char *articles; /* NDJSON of thread, title, summary; NULL */
    const struct stance_talk *talk;
};

/* Draws into an audit whose settings (unit, seed, by, targets, field) are there. Where it has rows
 * already it is extended: the dump must be the one it was drawn from (else STANCE_DATA), rows keep
 * what was said of them, and all probabilities are those of the larger sample. STANCE_DATA too:
 * nothing to draw from, too many strata. STANCE_USAGE: standard input where it would be read
 * twice. */
int sample_draw(struct audit *a, const struct sample_spec *spec, struct stance_err *err);

/* Whether the dump can be read more than once: it is files, no pipe and no standard input. */
bool sample_rereads(const struct sample_spec *spec);

/* The number of comments drawn so far, as often as they repeat. */
uint64_t sample_drawn(const struct audit *a);

#endif
