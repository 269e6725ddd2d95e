/* SPDX-License-Identifier: MIT */
/*
 * labelled: rows stand for as many records as their stratum has for each that is labelled; where
 * threads were drawn, for as many as theirs.
 */
#include "prevalence/labelled.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Rows that have the labels that the denominator asks for. */
static void find_rows(struct labelled *m)
{
    const struct golds *g = m->from->golds;
    const struct census_spec *spec = &m->from->census->spec;

    m->row = mem_array(g->n_rows, sizeof *m->row);
    for (size_t i = 0; i < g->n_rows; i++) {
        m->row[m->n] = (uint32_t)i;
        if (labelled_gold(m, m->target, m->n) != GOLDS_NONE &&
            (m->s->among != SHARES_ON_TOPIC || labelled_gold(m, spec->topic, m->n) != GOLDS_NONE))
            m->n++;
    }
}

/* Comments were drawn: a row stands for N_h/m_h records, as often as it is in the dump. */
static void weigh_comments(struct labelled *m)
{
    const struct audit *a = m->from->audit;
    double *labelled = mem_zalloc(a->n_strata, sizeof *labelled);

    for (size_t i = 0; i < m->n; i++)
        labelled[m->stratum[i]] += a->row[m->row[i]].repeats;
    for (size_t i = 0; i < m->n; i++) {
        uint32_t h = m->stratum[i];
        m->weight[i] = (double)a->stratum[h].population / labelled[h] * a->row[m->row[i]].repeats;
    }
    for (size_t h = 0; h < a->n_strata; h++)
        m->fraction[h] =
            a->stratum[h].population != 0 ? labelled[h] / (double)a->stratum[h].population : 0;
    free(labelled);
}

/* Threads were drawn: one that is labelled in part is stood for by that part. */
static void weigh_threads(struct labelled *m, const struct intern *clusters)
{
    const struct audit *a = m->from->audit;
    struct intern_view view = intern_frozen(clusters);
    double *drawn = mem_zalloc(clusters->n, sizeof *drawn), n_labelled = 0, n_drawn = 0;
    double *labelled = mem_zalloc(clusters->n, sizeof *labelled);
    struct intern all = {0};

    for (size_t i = 0; i < a->n_rows; i++) {
        uint32_t at;
        if (a->row[i].training)
            continue;
        intern_string(&all, a->row[i].cluster);
        at = intern_find(&view, a->row[i].cluster, hash_span(a->row[i].cluster));
        if (at != INTERN_NONE)
            drawn[at] += a->row[i].repeats;
    }
    n_drawn = all.n;
    for (size_t i = 0; i < m->n; i++)
        labelled[m->unit[i]] += a->row[m->row[i]].repeats;
    for (uint32_t u = 0; u < clusters->n; u++)
        n_labelled += labelled[u] > 0;
    for (size_t i = 0; i < m->n; i++)
        m->weight[i] = drawn[m->unit[i]] / labelled[m->unit[i]] * a->row[m->row[i]].repeats /
                       a->threads_tau * (n_drawn / n_labelled);
    for (size_t h = 0; h < a->n_strata; h++)
        m->fraction[h] = a->threads_tau * n_labelled / n_drawn;
    intern_release(&all);
    free(drawn);
    free(labelled);
}

void labelled_make(struct labelled *m, const struct shares *s, const struct shares_source *from,
                   size_t target)
{
    const struct audit *a = from->audit;
    bool by_cluster = a->unit == AUDIT_THREADS || s->beyond_dump;
    struct intern clusters = {0};

    *m = (struct labelled){.s = s, .from = from, .target = target};
    find_rows(m);
    m->stratum = mem_array(m->n, sizeof *m->stratum);
    m->unit = mem_array(m->n, sizeof *m->unit);
    m->weight = mem_array(m->n, sizeof *m->weight);
    m->fraction = mem_zalloc(a->n_strata, sizeof *m->fraction);
    m->v = mem_array(5 * m->n, sizeof *m->v);
    m->y = m->v + m->n;
    m->z = m->y + m->n;
    m->fy = m->z + m->n;
    m->fz = m->fy + m->n;
    m->total = mem_array(3 * a->n_strata, sizeof *m->total);
    for (size_t i = 0; i < m->n; i++) {
        m->stratum[i] = a->row[m->row[i]].stratum;
        m->unit[i] = by_cluster ? intern_string(&clusters, a->row[m->row[i]].cluster) : (uint32_t)i;
    }
    if (a->unit == AUDIT_THREADS)
        weigh_threads(m, &clusters);
    else
        weigh_comments(m);
    m->design = (struct estimate_design){.n = m->n,
                                         .stratum = m->stratum,
                                         .unit = m->unit,
                                         .weight = m->weight,
                                         .n_strata = a->n_strata,
                                         .n_units = by_cluster ? clusters.n : (uint32_t)m->n,
                                         .fraction = m->fraction,
                                         .beyond_dump = s->beyond_dump,
                                         .level = s->level,
                                         .lambda = NAN};
    intern_release(&clusters);
}

void labelled_release(struct labelled *m)
{
    free(m->row);
    free(m->stratum);
    free(m->unit);
    free(m->weight);
    free(m->fraction);
    free(m->v);
    free(m->total);
}

/* ---- the numbers of one share ---- */

/* What the model thinks of a row being labelled so and being in the denominator. */
static void proxies(const struct labelled *m, const double *p, size_t label, double *fy, double *fz)
{
    const struct census_spec *spec = &m->from->census->spec;
    const double *own = p + m->target * spec->n_labels;

    *fy = own[label];
    *fz = 1;
    if (m->s->among == SHARES_ON_TOPIC) {
        *fz = p[spec->topic * spec->n_labels + spec->on];
        *fy *= *fz;
    } else if (m->s->among == SHARES_TAKING_SIDES && spec->none != SIZE_MAX) {
        *fz = 1 - own[spec->none];
    }
}

static bool in_denominator(const struct labelled *m, size_t i)
{
    const struct census_spec *spec = &m->from->census->spec;

    if (m->s->among == SHARES_ON_TOPIC)
        return labelled_gold(m, spec->topic, i) == spec->on;
    return m->s->among != SHARES_TAKING_SIDES || labelled_gold(m, m->target, i) != spec->none;
}

/* number: of the group at this level; all rows where level is 0. */
void labelled_rows(struct labelled *m, uint32_t level, uint32_t number, size_t label)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct census_row *r = &m->from->census->row[m->row[i]];
        bool in = in_denominator(m, i);
        m->v[i] = r->group[level] == number ? r->v : 0;
        m->z[i] = in;
        m->y[i] = in && labelled_gold(m, m->target, i) == label;
        proxies(m, r->p, label, &m->fy[i], &m->fz[i]);
    }
}

void labelled_cell(const struct labelled *m, const struct census_cell *cell, size_t label,
                   double *v, double *fy, double *fz)
{
    const struct census_spec *spec = &m->from->census->spec;
    size_t at = m->target * spec->n_labels;

    *v += cell->v;
    *fy += m->s->among == SHARES_ON_TOPIC ? cell->p_on[at + label] : cell->p[at + label];
    *fz += m->s->among == SHARES_ON_TOPIC ? cell->on
           : m->s->among == SHARES_TAKING_SIDES && spec->none != SIZE_MAX
               ? cell->v - cell->p[at + spec->none]
               : cell->v;
}

void labelled_totals(struct labelled *m, uint32_t level, uint32_t number, size_t label,
                     struct estimate_totals *t)
{
    const struct census *c = m->from->census;
    size_t n = m->from->audit->n_strata, n_cells;
    const struct census_cell *cell = census_cells(c, level, number, &n_cells);

    for (size_t k = 0; k < 3 * n; k++)
        m->total[k] = 0;
    for (size_t i = 0; i < n_cells; i++)
        labelled_cell(m, &cell[i], label, &m->total[cell[i].stratum],
                      &m->total[n + cell[i].stratum], &m->total[2 * n + cell[i].stratum]);
    *t = (struct estimate_totals){.v = m->total, .fy = m->total + n, .fz = m->total + 2 * n};
    if (m->s->beyond_dump && c->moments != NULL) {
        const struct census_moments *x = &c->moments[m->target * c->spec.n_labels + label];
        int k = (int)m->s->among;
        t->n_clusters = (double)c->moments_n;
        t->vv = x->vv;
        t->vy = x->vy[k];
        t->vz = x->vz[k];
        t->yy = x->yy[k];
        t->yz = x->yz[k];
        t->zz = x->zz[k];
    }
}
