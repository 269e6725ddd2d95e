/* SPDX-License-Identifier: MIT */
/*
 * context: what the other comments of a thread say about one of them.
 *
 * A reply that says little ("exactement") is told by who wrote it and where: authors seldom change
 * sides within a thread, and a thread keeps to its subject. So the probabilities that the comment's
 * own words give it are multiplied by what its company lets expect, a logarithmic opinion pool
 * (Genest and Zidek, Combining probability distributions, Statistical Science 1(1), 1986):
 *     p'(l) ∝ p(l) · (t(l)/π(l))^thread · (a(l)/π(l))^author
 * with π the shares of the target's training labels, and t(l) the mean of p(l) over the thread's
 * other comments and π, which counts as one more comment; a(l) the same over the others of this
 * author in this thread. All p are those of the words: nothing is passed on from comment to
 * comment, and the order of comments does not matter. The two exponents are chosen on held-out
 * comments (heldout.h); with 0 and 0 nothing changes.
 */
#ifndef MODEL_CONTEXT_H
#define MODEL_CONTEXT_H

#include "base/intern.h"

struct context_rule {
    double thread, author; /* exponents, 0 to 1 */
};

enum { CONTEXT_EXPONENTS = 5 };

/* 0, 1/4 … 1, rising. */
double context_exponent(uint32_t i);

/* Writes prior[target][label], π, from seen[target][label], counts of training rows, each taken
 * for one more than it is. */
void context_prior(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels, double *prior);

/* One probability distribution, and whose it is. */
struct context_member {
    uint32_t target, thread, author;
    double *p; /* n_labels of them, borrowed, changed by context_apply() */
};

struct context {
    struct intern threads, authors;
    struct context_member *member;
    size_t n, member_cap;
    double *sum;
    size_t *count, sum_cap, count_cap;
    struct buf key;
};

/* Adds what was said of a comment toward a target. Comments that lack a thread (p NULL) are left
 * out; those that lack an author have none in common. */
void context_add(struct context *c, uint32_t target, struct span thread, struct span author,
                 double *p);

/* Changes the probabilities of all that were added. */
void context_apply(struct context *c, const struct context_rule *rule, const double *prior,
                   uint32_t n_labels);

/* Forgets what was added. */
void context_reset(struct context *c);
void context_release(struct context *c); /* {0} is a valid empty one */

#endif
