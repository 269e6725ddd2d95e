/* SPDX-License-Identifier: MIT */
/* censusthreads: sums over the threads of a dump, for inference beyond it. */
#include "prevalence/censusparts.h"

static size_t thread_width(const struct census_spec *s)
{
    size_t n = s->n_targets * s->n_labels;

    return 1 + n + (s->topic != SIZE_MAX ? 1 + n : 0);
}

void census_add_thread(struct census *c, const struct census_comment *x)
{
    const struct census_spec *s = &c->spec;
    struct census_index *index = c->index;
    size_t n = s->n_targets * s->n_labels, width = thread_width(s);
    uint64_t thread = x->thread != 0 ? x->thread : hash_mix(x->key);
    uint32_t *at;
    double *sum, on;

    if (!s->by_thread)
        return;
    at = keymap_add(&index->thread, thread, UINT32_MAX);
    if (*at == UINT32_MAX) {
        *at = (uint32_t)(index->thread.n - 1);
        MEM_GROW(index->thread_sum, index->thread_cap, index->thread.n * width);
        memset(index->thread_sum + *at * width, 0, width * sizeof *sum);
    }
    sum = index->thread_sum + *at * width;
    on = s->topic != SIZE_MAX ? x->p[s->topic * s->n_labels + s->on] : 0;
    sum[0] += x->v;
    for (size_t i = 0; i < n; i++)
        sum[1 + i] += x->v * x->p[i];
    for (size_t i = 0; s->topic != SIZE_MAX && i < n; i++)
        sum[2 + n + i] += x->v * x->p[i] * on;
    if (s->topic != SIZE_MAX)
        sum[1 + n] += x->v * on;
}

static void add_moments(struct census_moments *m, int among, double v, double y, double z)
{
    m->vy[among] += v * y;
    m->vz[among] += v * z;
    m->yy[among] += y * y;
    m->yz[among] += y * z;
    m->zz[among] += z * z;
}

/* The denominators in the order of enum stance_among. */
void census_sum_threads(struct census *c)
{
    const struct census_spec *s = &c->spec;
    size_t n = s->n_targets * s->n_labels, width = thread_width(s);

    if (!s->by_thread)
        return;
    c->moments_n = c->index->thread.n;
    c->moments = mem_zalloc(n, sizeof *c->moments);
    for (size_t k = 0; k < c->index->thread.n; k++) {
        const double *sum = c->index->thread_sum + k * width;
        for (size_t i = 0; i < n; i++) {
            struct census_moments *m = &c->moments[i];
            double sides = s->none != SIZE_MAX
                               ? sum[0] - sum[1 + i / s->n_labels * s->n_labels + s->none]
                               : sum[0];
            m->vv += sum[0] * sum[0];
            add_moments(m, STANCE_AMONG_ALL, sum[0], sum[1 + i], sum[0]);
            add_moments(m, STANCE_AMONG_TAKING_SIDES, sum[0], sum[1 + i], sides);
            if (s->topic != SIZE_MAX)
                add_moments(m, STANCE_AMONG_ON_TOPIC, sum[0], sum[2 + n + i], sum[1 + n]);
        }
    }
}
