/* SPDX-License-Identifier: MIT */
/* tests: see tests.h. Nothing is approximated by a continuous distribution. */
#include "metrics/tests.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* The smaller tail from its largest term down; each term is k/(n-k+1) of the one above, so
 * the sum is cut where what is left can no longer be seen. */
double mcnemar_exact(uint64_t only_a, uint64_t only_b)
{
    uint64_t least = only_a < only_b ? only_a : only_b;
    double n = (double)only_a + (double)only_b, term = 1, sum = 1;

    if (only_a == only_b)
        return 1;
    for (double k = (double)least; k >= 1 && term > sum * DBL_EPSILON / 4; k--) {
        term *= k / (n - k + 1);
        sum += term;
    }
    sum *=
        exp(lgamma(n + 1) - lgamma((double)least + 1) - lgamma(n - (double)least + 1) - n * log(2));
    return fmin(1, 2 * sum);
}

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    int c = (a->p > b->p) - (a->p < b->p);
    return c != 0 ? c : (a->at > b->at) - (a->at < b->at);
}

void holm(double *p, size_t n)
{
    struct ranked *rank = mem_array(n, sizeof *rank);
    size_t n_tests = 0;
    double least = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]))
            rank[n_tests++] = (struct ranked){p[i], i};
    qsort(rank, n_tests, sizeof *rank, by_p);
    for (size_t i = 0; i < n_tests; i++) {
        least = fmax(least, fmin(1, (double)(n_tests - i) * rank[i].p));
        p[rank[i].at] = least;
    }
    free(rank);
}
