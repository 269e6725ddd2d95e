/* SPDX-License-Identifier: MIT */
/*
 * uncertain: variance, degrees of freedom and interval of a share for one λ. Inside this room
 * alone; how the choices came about, doc/DESIGN.md.
 */
#ifndef PREVALENCE_UNCERTAIN_H
#define PREVALENCE_UNCERTAIN_H

#include "prevalence/interval.h"
#include "prevalence/linear.h"

struct figure {
    double value, lambda;
    double variance, extra; /* extra: the part of it that is not the rows' */
    double df;              /* 0: no interval */
    struct ends ends;
};

/* reference: the share by the labels alone, NAN where value is that. plain: share ± t·se. Leaves
 * l's a and b as they are at this value. */
struct figure uncertain_at(struct linear *l, double lambda, double reference, bool plain);

/* 3·(Σt²)²/Σt⁴ - 1: the degrees of freedom of Σt², with t of the units, by their kurtosis
 * (Potthoff, Woodbury and Manton 1992, JASA 87:383); not below LEAST_DF, for what is rare is rare
 * in the sample as well. */
double uncertain_df(double squares, double fourth);

#endif
