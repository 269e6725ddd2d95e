/* SPDX-License-Identifier: MIT */
/*
 * estimate: the share of a label in a dump, from the model's probabilities for every record and
 * people's labels for a random sample of these. Numbers alone: no text, no file.
 *
 * Of every record i of the dump U are known v (what it counts: 1; 1/n for one of an author's n;
 * 0 outside the group that is told), fy and fz (what the model thinks of y and z). Of every
 * labelled row also y (the label is this one, and the row is in the denominator) and z (it is in
 * the denominator). The share is R = Σ_U v·y / Σ_U v·z, estimated for a number λ by
 *
 *     T_y(λ) = Σ_h [ λ·Σ_Uh v·fy + c_h·Σ_Sh w·v·(y - λ·fy) ],   c_h = Σ_Uh v / Σ_Sh w·v,
 *     R(λ)   = T_y(λ) / T_z(λ)
 *
 * over the strata h with labelled rows S_h of weight w: the difference estimator (Särndal,
 * Swensson and Wretman 1992, 6.3), post-stratified (7.6), which is prediction-powered inference
 * (Angelopoulos et al. 2023, Science 382:669) with a design; λ as in PPI++ (Angelopoulos, Duchi
 * and Zrnic 2023). Whatever the model, it is right but for terms of order 1/n. A row's part in the
 * error is (Särndal et al. 5.5, 5.7)
 *
 *     r_i = k·c_h·w·v·(e_i - mean of e over S_h, weighted by w·v) / T_z,
 *     e_i = (y - λ·fy) - R·(z - λ·fz),   k = √((1-f_h)·(m_h-1)/m_h) / (1-u),
 *
 * with m_h units (what was drawn: comments or threads), f_h the part of all units that these
 * are, and u the part that the row's unit has of Σ_Sh w·v; V = Σ_units (Σ_i r_i)². With units of
 * one size k is √((1-f)·m/(m-1)), as in the textbooks; with others V is that of the jackknife,
 * which large units do not pull down. λ minimises V between 0 (labels alone) and 1; where
 * the interval by labels alone is no wider, λ is 0.
 *
 * Intervals: interval.h, with t. Its degrees of freedom are those of units as unlike in size as
 * these, and fewer where few units hold the errors (uncertain.c). Strata with fewer than two
 * units are taken together (cells.h). The simulation behind all this is in doc/DESIGN.md.
 */
#ifndef PREVALENCE_ESTIMATE_H
#define PREVALENCE_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum estimate_form {
    ESTIMATE_BEST,     /* as above */
    ESTIMATE_TEXTBOOK, /* k = √((1-f)·m/(m-1)), share ± t·se with units - strata degrees of freedom
                        */
    ESTIMATE_ASYMPTOTIC /* k = √(1-f), the normal quantile, as Angelopoulos et al. */
};

/* The labelled rows, and how they were drawn. All borrowed. */
struct estimate_design {
    size_t n;                /* labelled rows */
    const uint32_t *stratum; /* [n] below n_strata */
    const uint32_t *unit; /* [n] below n_units: the comment, or the thread where threads were drawn
                             or beyond_dump; one unit may have rows in several strata */
    const double *weight; /* [n] w > 0: records of the dump that the row stands for */
    size_t n_strata;      /* in an order in which neighbours are alike */
    uint32_t n_units;
    const double *fraction; /* [n_strata] f_h; NULL: all 0. Not looked at when beyond_dump */
    bool beyond_dump;       /* the dump's threads stand for more of their kind */
    double level;           /* of intervals: .95 */
    double lambda;          /* NAN: tuned; 0: labels alone; 1: Angelopoulos et al. 2023 */
    enum estimate_form form;
};

/* Of each labelled row, for one group, target and label. v 0: not in the group. All borrowed. */
struct estimate_rows {
    const double *v, *y, *z, *fy, *fz; /* [n] */
};

/* Over the whole dump, for the same. All borrowed. */
struct estimate_totals {
    const double *v, *fy, *fz; /* [n_strata] Σ v, Σ v·fy, Σ v·fz */
    /* beyond_dump alone: over the threads of the dump in the group, how many, and sums of products
     * of their V = Σ v, Y = Σ v·fy and Z = Σ v·fz */
    double n_clusters, vv, vy, vz, yy, yz, zz;
};

struct estimate {
    double value, se, low, high; /* NAN: nothing is labelled, or nothing is in the denominator */
    double df;                   /* of t; 0 where no interval can be given */
    double lambda;
    double alone, alone_se, alone_low, alone_high; /* by the labels alone, λ = 0 */
    double variance;                               /* se² = Σ_units (Σ part)² + extra */
    double extra;        /* what is not the rows' (errors not seen, the dump as a sample) */
    uint64_t n_labelled; /* rows with v > 0 */
    uint64_t n_units;    /* that these are in */
    uint64_t n_yes;      /* with y > 0 */
    uint64_t n_units_yes, n_units_no; /* units with a row of y > 0; of z > 0 but y 0 */
    uint32_t n_together; /* strata that had too few units and were taken with a neighbour */
    const char *doubt;   /* a literal: why the interval may not hold; NULL */
    double *part;        /* [n] r_i; owned; NULL where value is NAN */
};

void estimate_release(struct estimate *e); /* {0} is valid */

/* Release in any case. */
void estimate_share(struct estimate *e, const struct estimate_design *d,
                    const struct estimate_rows *rows, const struct estimate_totals *totals);

/* The share in a group of the dump where the model is wrong as it is everywhere: rows and totals
 * are those of the whole (its sums over threads the group's), v, fy and fz the group's own. λ is 1:
 * it is the model's error, y - fy, that is taken to be the same. What is counted is the whole;
 * alone is NAN. The interval is share ± t·se. */
void estimate_pooled(struct estimate *e, const struct estimate_design *d,
                     const struct estimate_rows *rows, const struct estimate_totals *totals,
                     double v, double fy, double fz);

/* b less a, of one design: two groups or two labels, with what their errors have in common. */
struct estimate_difference {
    double value, se, low, high, df;
    double p; /* of no difference, two-sided: below 1 - level where 0 is outside low…high */
};

/* The interval is made of those of a and b and the correlation of their errors (Zou and Donner
 * 2008, Statistics in Medicine 27:1693), so that it is right where one of them is near 0. */
struct estimate_difference estimate_difference(const struct estimate_design *d,
                                               const struct estimate *a, const struct estimate *b);

/* Whether the model's mean error, (y - fy) - R·(z - fz) with R the value, is one in all groups: p
 * of an exchange test, in which what a unit has in a group goes whole to another group, 1,999
 * times, always the same. group: [n] below n_groups, not looked at where v is 0. Groups of fewer
 * than two units are left out; NAN where fewer than two groups are left, or nothing differs. */
double estimate_homogeneity(const struct estimate_design *d, const struct estimate_rows *rows,
                            const uint32_t *group, uint32_t n_groups, double value);

#endif
