/* SPDX-License-Identifier: MIT */
/*
 * solve: the machines of label pairs on one fit, for as many values of C as asked, and the
 * margins of any rows by them. Pairs are solved side by side where one pair has fewer values of C
 * than there are threads, and as far as the settings' max_memory goes; how many at once shows in
 * nothing but memory and time.
 */
#ifndef MODEL_SOLVE_H
#define MODEL_SOLVE_H

#include "model/design.h"
#include "model/fit.h"

struct solve_ask {
    uint32_t pair;
    bool blind; /* targets left out of the kernel */
};

/* One that is asked, as it is handed out. */
struct solved {
    struct solve_ask ask;
    size_t at;                              /* of it in what was asked */
    struct machine machine[SETTINGS_MAX_C]; /* one per C */
    struct design design;                   /* the descent's; empty for libsvm's */
};

/* Solves ask[0 … n-1] and hands them to take() in that order, from the caller's thread; what is
 * handed out is gone afterwards. Fails as libsvm does. */
int solve_all(const struct fit *f, const struct solve_ask *ask, size_t n, uint32_t n_c,
              const double *c, void (*take)(const struct solved *s, void *arg), void *arg,
              struct stance_err *err);

/* out[k·n + i]: the margin of row[i] by the k-th machine. Writes n_c·n values, from as many
 * threads as the settings say. */
void solve_margins(const struct fit *f, const struct solved *s, uint32_t n_c, const uint32_t *row,
                   size_t n, double *out);

/* The same of one pair whose machines are kept: fills machine[0 … n_c-1], machines_release(). */
int solve_pair(const struct fit *f, uint32_t pair, bool blind, uint32_t n_c, const double *c,
               struct machine *machine, struct stance_err *err);
void solve_pair_margins(const struct fit *f, const struct machine *machine, uint32_t n_c,
                        const uint32_t *row, size_t n, bool blind, double *out);

#endif
