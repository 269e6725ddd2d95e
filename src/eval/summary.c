/* SPDX-License-Identifier: MIT */
/*
 * summary: one resample gives every group a weight, and one pass over the sums of a view's
 * groups (groupsums.h) with those weights gives every system's figures. Resamples are
 * independent tasks that write their own slots; which groups a resample draws depends on the
 * seed and its number alone. Views are taken as many at a time as MOST_VALUES allows, so that
 * memory does not grow with their number.
 */
#include "eval/summary.h"

#include <math.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "eval/groupsums.h"
#include "eval/scored.h"
#include "metrics/bootstrap.h"

enum {
    PER_LABEL = 3,
    MOST_VALUES = 1 << 22, /* doubles kept at a time, unless one view needs more */
    ROUND = 20             /* resamples between two calls of progress */
};

struct making {
    struct summary *s;
    const struct evaluation *e;
    struct score_row **row; /* [system][row] */
    uint32_t *group;        /* per row */
    size_t from, to;        /* views at work */
    struct groupsums *sums; /* [view at work][system] */
    size_t *start;          /* the same: first slot of a resample's values */
    size_t n_slots;
    double *value;  /* [slot][resample] */
    uint32_t first; /* resample of this round */
    unsigned n_jobs;
};

/* How many figures of a system are resampled: those per label only of the judged one. */
static size_t width(const struct evaluation *e, size_t system)
{
    return N_METRICS + (system == 0 ? (size_t)e->n_labels * PER_LABEL : 0);
}

static void figures_of(const struct evaluation *e, const struct score *score, size_t n, double *out)
{
    for (int m = 0; m < N_METRICS; m++)
        out[m] = score_metric(score, (enum metric)m);
    for (uint32_t l = 0; n > N_METRICS && l < e->n_labels; l++) {
        double *of = out + N_METRICS + (size_t)l * PER_LABEL;
        of[0] = confusion_precision(&score->confusion, l);
        of[1] = confusion_recall(&score->confusion, l);
        of[2] = confusion_f1(&score->confusion, l);
    }
}

/* ---- resamples ---- */

struct grouped {
    uint32_t group, row;
};

static int by_group(const void *a, const void *b)
{
    const struct grouped *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The rows of a view, those of one group together; owned by the caller. */
static uint32_t *rows_by_group(const struct making *m, const struct view *v)
{
    struct grouped *at = mem_array(v->n_rows, sizeof *at);
    uint32_t *row = mem_array(v->n_rows, sizeof *row);

    for (size_t i = 0; i < v->n_rows; i++)
        at[i] = (struct grouped){m->group[v->row[i]], v->row[i]};
    qsort(at, v->n_rows, sizeof *at, by_group);
    for (size_t i = 0; i < v->n_rows; i++)
        row[i] = at[i].row;
    free(at);
    return row;
}

/* The sums of one view at work. */
static void sum_groups(size_t i, void *arg)
{
    const struct making *m = arg;
    const struct view *v = &m->s->view[m->from + i];
    uint32_t *order = rows_by_group(m, v);

    for (size_t s = 0; s < m->e->n_systems; s++)
        if (v->cell[s].measured)
            groupsums_make(&m->sums[i * m->e->n_systems + s], m->row[s], order, v->n_rows, m->group,
                           m->e->n_labels);
    free(order);
}

static void resample(size_t i, void *arg)
{
    const struct making *m = arg;
    const struct evaluation *e = m->e;
    uint32_t number = m->first + (uint32_t)i, *times = mem_array(e->n_groups, sizeof *times);
    double *out = mem_array(width(e, 0), sizeof *out);
    size_t at = 0;
    struct score score;

    score_init(&score, e->label, e->n_labels);
    bootstrap_draw(times, e->n_groups, m->s->seed, number);
    for (size_t v = m->from; v < m->to; v++) {
        for (size_t s = 0; s < e->n_systems; s++, at++) {
            if (!m->s->view[v].cell[s].measured)
                continue;
            score_reset(&score);
            score.whole = &m->s->view[v].cell[s].score.confusion;
            groupsums_add(&m->sums[at], times, &score);
            figures_of(e, &score, width(e, s), out);
            for (size_t k = 0; k < width(e, s); k++)
                m->value[(m->start[at] + k) * m->s->n_resamples + number] = out[k];
        }
    }
    score_release(&score);
    free(times);
    free(out);
}

/* Of resampled values, or of what they are more than others. */
static void bound(struct figure *f, const struct making *m, const double *value,
                  const double *minus, double tail)
{
    uint32_t n = m->s->n_resamples;
    double *copy = mem_array(n, sizeof *copy);
    struct interval i;

    for (uint32_t k = 0; k < n; k++)
        copy[k] = minus != NULL ? value[k] - minus[k] : value[k];
    i = bootstrap_interval_at(copy, n, tail);
    f->low = i.low;
    f->high = i.high;
    free(copy);
}

static void bound_cell(const struct making *m, struct view *v, size_t at_view, size_t system,
                       double tail)
{
    const size_t *start = m->start + at_view * m->e->n_systems;
    size_t n = m->s->n_resamples;
    const double *value = m->value + start[system] * n, *judged = m->value + start[0] * n;
    struct cell *c = &v->cell[system];

    for (size_t k = 0; k < N_METRICS; k++) {
        if (k == METRIC_ECE) /* see summary.h */
            continue;
        bound(&c->figure[k], m, value + k * n, NULL, tail);
        if (system != 0)
            bound(&c->lead[k], m, judged + k * n, value + k * n, tail);
    }
    for (uint32_t l = 0; system == 0 && l < m->e->n_labels; l++) {
        const double *of = value + (N_METRICS + (size_t)l * PER_LABEL) * n;
        bound(&c->label[l].precision, m, of, NULL, tail);
        bound(&c->label[l].recall, m, of + n, NULL, tail);
        bound(&c->label[l].f1, m, of + 2 * n, NULL, tail);
    }
}

static void bound_view(size_t i, void *arg)
{
    const struct making *m = arg;
    struct view *v = &m->s->view[m->from + i];
    double tail = bootstrap_tail(m->s->level, v->n_groups);

    for (size_t s = 0; s < m->e->n_systems; s++)
        if (v->cell[s].measured)
            bound_cell(m, v, i, s, tail);
}

/* Takes as many views from m->from on as there is room for, one at least, and gives their
 * values slots. */
static void choose_views(struct making *m)
{
    m->n_slots = 0;
    for (m->to = m->from; m->to < m->s->n_views; m->to++) {
        size_t *start = m->start + (m->to - m->from) * m->e->n_systems, n_slots = m->n_slots;
        for (size_t s = 0; s < m->e->n_systems; s++) {
            start[s] = n_slots;
            n_slots += m->s->view[m->to].cell[s].measured ? width(m->e, s) : 0;
        }
        if (m->to != m->from && n_slots * m->s->n_resamples > MOST_VALUES)
            break;
        m->n_slots = n_slots;
    }
}

static void tell(const struct making *m, const struct stance_talk *talk)
{
    uint64_t n = m->s->n_resamples;

    if (talk != NULL && talk->progress != NULL)
        talk->progress(talk->arg, "resamples", m->from * n + (m->to - m->from) * m->first,
                       m->s->n_views * n);
}

static void bound_views(struct making *m, const struct stance_talk *talk)
{
    uint32_t n = m->s->n_resamples;
    size_t n_views = m->to - m->from, n_sums = n_views * m->e->n_systems;

    m->value = mem_array(m->n_slots * n, sizeof *m->value);
    m->sums = mem_zalloc(n_sums, sizeof *m->sums);
    jobs_run(m->n_jobs, n_views, sum_groups, m);
    for (m->first = 0; m->first < n; m->first += ROUND) {
        tell(m, talk);
        jobs_run(m->n_jobs, n - m->first < ROUND ? n - m->first : ROUND, resample, m);
    }
    jobs_run(m->n_jobs, n_views, bound_view, m);
    for (size_t i = 0; i < n_sums; i++)
        groupsums_release(&m->sums[i]);
    free(m->sums);
    free(m->value);
}

static void bound_all(struct making *m, const struct stance_talk *talk)
{
    const struct evaluation *e = m->e;

    m->start = mem_array(m->s->n_views * e->n_systems, sizeof *m->start);
    m->group = mem_array(e->n_rows, sizeof *m->group);
    for (size_t r = 0; r < e->n_rows; r++)
        m->group[r] = e->group[e->row[r].comment];
    for (m->from = 0; m->from < m->s->n_views; m->from = m->to) {
        choose_views(m);
        bound_views(m, talk);
    }
    free(m->start);
    free(m->group);
}

/* ---- the figures themselves ---- */

static struct figure unbounded(double value)
{
    return (struct figure){value, NAN, NAN};
}

static void measure_cell(struct making *m, struct view *v, size_t system)
{
    const struct evaluation *e = m->e;
    struct cell *c = &v->cell[system];

    c->measured = true;
    score_init(&c->score, e->label, e->n_labels);
    scored_add(&c->score, e, m->row[system], v->row, v->n_rows, NULL);
    for (int k = 0; k < N_METRICS; k++) {
        double value = score_metric(&c->score, (enum metric)k);
        c->figure[k] = unbounded(value);
        c->lead[k] = unbounded(v->cell[0].figure[k].value - value);
    }
    c->label = mem_array(e->n_labels, sizeof *c->label);
    for (uint32_t l = 0; l < e->n_labels; l++) {
        c->label[l].precision = unbounded(confusion_precision(&c->score.confusion, l));
        c->label[l].recall = unbounded(confusion_recall(&c->score.confusion, l));
        c->label[l].f1 = unbounded(confusion_f1(&c->score.confusion, l));
    }
}

static void measure(struct making *m)
{
    for (size_t v = 0; v < m->s->n_views; v++) {
        m->s->view[v].cell = mem_zalloc(m->e->n_systems, sizeof(struct cell));
        for (size_t s = 0; s < m->e->n_systems; s++)
            if (v == 0 || m->e->system[s].kind != EVALUATION_LEARNING)
                measure_cell(m, &m->s->view[v], s);
    }
}

void summary_make(struct summary *s, const struct evaluation *e, uint32_t n_resamples,
                  uint64_t seed, unsigned n_jobs, const struct stance_talk *talk)
{
    struct making m = {.s = s, .e = e, .n_jobs = n_jobs};

    *s = (struct summary){.e = e, .n_resamples = n_resamples, .seed = seed, .level = 0.95};
    s->view = views_make(e, &s->n_views);
    m.row = mem_array(e->n_systems, sizeof *m.row);
    for (size_t i = 0; i < e->n_systems; i++)
        m.row[i] = scored_rows(e, i);
    measure(&m);
    if (n_resamples != 0)
        bound_all(&m, talk);
    for (size_t i = 0; i < e->n_systems; i++)
        free(m.row[i]);
    free(m.row);
}

void summary_release(struct summary *s)
{
    if (s == NULL)
        return;
    for (size_t v = 0; v < s->n_views; v++) {
        for (size_t i = 0; i < s->e->n_systems; i++) {
            score_release(&s->view[v].cell[i].score);
            free(s->view[v].cell[i].label);
        }
        free(s->view[v].cell);
        free(s->view[v].row);
    }
    free(s->view);
    *s = (struct summary){0};
}

const struct view *summary_target(const struct summary *s, uint32_t target)
{
    for (size_t v = 1; v < s->n_views && s->view[v].field.p == NULL; v++)
        if (s->view[v].target == target)
            return &s->view[v];
    return &s->view[0];
}
