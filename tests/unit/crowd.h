/* SPDX-License-Identifier: MIT */
/*
 * crowd: an invented dump whose truth is known, a model that says of each comment what a table
 * says, and an audit of it: for tests of censuses and of shares.
 *
 * Two targets of five labels in common: `ban` has against, favor and none, `topic` off and on.
 * Comment i has the id "c<i>", the text "r<i>", a thread of three or so, an author (every tenth has
 * none), a month and a source.
 */
#ifndef TESTS_CROWD_H
#define TESTS_CROWD_H

#include "helpers.h"

#include "prevalence/census.h"
#include "prevalence/corrected.h"

enum { CROWD_TARGETS = 2, CROWD_LABELS = 5, CROWD_LEVELS = 3, CROWD_JOBS = 3 };
enum { CROWD_AGAINST, CROWD_FAVOR, CROWD_NONE, CROWD_OFF, CROWD_ON };
enum crowd_model { CROWD_GOOD, CROWD_NOISE, CROWD_CONSTANT };

struct crowd_plan {
    uint32_t n;            /* comments */
    uint32_t every;        /* one in so many is drawn (threads: one thread in so many) */
    enum crowd_model says; /* what the model is worth */
    bool by_source;        /* strata; else one */
    bool threads;          /* drawn whole */
};

struct crowd {
    struct crowd_plan plan;
    double *p;        /* [comment][target][label] */
    uint32_t *truth;  /* [comment][target] */
    uint32_t *source; /* [comment] 0 or 1 */
    struct buf text;  /* NDJSON */
    size_t *line;     /* [comment] where its line begins, and the end */
    struct audit audit;
    struct census_spec spec; /* levels: all, source, month */
    struct dump_judge judge[CROWD_JOBS];
    uint64_t may[CROWD_TARGETS * CROWD_LABELS];
};

/* Fails the test where they are further apart than that; NAN is near NAN alone. */
void crowd_near(double got, double expected, double by);

void crowd_make(struct crowd *c, const struct crowd_plan *plan);
void crowd_release(struct crowd *c);

uint32_t crowd_thread(uint32_t i);
uint32_t crowd_author(uint32_t i); /* UINT32_MAX: none */
uint32_t crowd_month(uint32_t i);  /* from 1 */
uint32_t crowd_predicted(const struct crowd *c, uint32_t i, uint32_t target);

/* Gives every drawn comment its true labels. */
void crowd_label(struct crowd *c);
void crowd_say(struct crowd *c, size_t row, const char *who, uint32_t target, uint32_t label);

/* A census of comments first to last-1; fails the test where it is refused. */
void crowd_census(struct census *census, struct crowd *c, uint32_t first, uint32_t last,
                  unsigned n_jobs);

/* The settings of shares of both targets. */
void crowd_shares(struct shares *s, enum shares_among among);

#endif
