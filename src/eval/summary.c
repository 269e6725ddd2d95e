/* SPDX-License-Identifier: MIT */
/*
 * summary: one resample gives every group a weight, and one pass over a view's rows with those
 * weights gives every system's figures. Resamples are independent tasks that write their own
 * slots; which groups a resample draws depends on the seed and its number alone. Views are
 * taken a few at a time, so that memory does not grow with their number.
 */
#include "eval/summary.h"

#include <math.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "eval/scored.h"
#include "metrics/bootstrap.h"

enum {
    PER_LABEL = 3,
    VIEWS_AT_ONCE = 32,
    ROUND = 20 /* resamples between two calls of progress */
};

struct making {
    struct summary *s;
    const struct evaluation *e;
    struct score_row **row; /* [system][row] */
    size_t from, to;        /* views at work */
    size_t *start;          /* per view at work and system: first slot of a resample's values */
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

static void resample(size_t i, void *arg)
{
    const struct making *m = arg;
    const struct evaluation *e = m->e;
    uint32_t number = m->first + (uint32_t)i, *times = mem_array(e->n_groups, sizeof *times);
    double *out = mem_array(width(e, 0), sizeof *out);
    struct score score;

    score_init(&score, e->label, e->n_labels);
    bootstrap_draw(times, e->n_groups, m->s->seed, number);
    for (size_t v = m->from; v < m->to; v++) {
        for (size_t s = 0; s < e->n_systems; s++) {
            if (!m->s->view[v].cell[s].measured)
                continue;
            size_t n = width(e, s), at = m->start[(v - m->from) * e->n_systems + s];
            score_reset(&score);
            scored_add(&score, e, m->row[s], m->s->view[v].row, m->s->view[v].n_rows, times);
            figures_of(e, &score, n, out);
            for (size_t k = 0; k < n; k++)
                m->value[(at + k) * m->s->n_resamples + number] = out[k];
        }
    }
    score_release(&score);
    free(times);
    free(out);
}

static struct interval interval_of(const struct making *m, const double *value, const double *minus,
                                   uint32_t n_groups)
{
    uint32_t n = m->s->n_resamples;
    double *copy = mem_array(n, sizeof *copy);
    struct interval i;

    for (uint32_t k = 0; k < n; k++)
        copy[k] = minus != NULL ? value[k] - minus[k] : value[k];
    i = bootstrap_interval(copy, n, m->s->level, n_groups);
    free(copy);
    return i;
}

static void bound(struct figure *f, struct interval i)
{
    f->low = i.low;
    f->high = i.high;
}

static void bound_cell(const struct making *m, struct view *v, size_t at_view, size_t system)
{
    const size_t *start = m->start + at_view * m->e->n_systems;
    size_t n = m->s->n_resamples;
    const double *value = m->value + start[system] * n, *judged = m->value + start[0] * n;
    struct cell *c = &v->cell[system];

    for (size_t k = 0; k < N_METRICS; k++) {
        if (k == METRIC_ECE) /* see summary.h */
            continue;
        bound(&c->figure[k], interval_of(m, value + k * n, NULL, v->n_groups));
        if (system != 0)
            bound(&c->lead[k], interval_of(m, judged + k * n, value + k * n, v->n_groups));
    }
    for (uint32_t l = 0; system == 0 && l < m->e->n_labels; l++) {
        const double *of = value + (N_METRICS + (size_t)l * PER_LABEL) * n;
        bound(&c->label[l].precision, interval_of(m, of, NULL, v->n_groups));
        bound(&c->label[l].recall, interval_of(m, of + n, NULL, v->n_groups));
        bound(&c->label[l].f1, interval_of(m, of + 2 * n, NULL, v->n_groups));
    }
}

static void place_slots(struct making *m)
{
    m->n_slots = 0;
    for (size_t v = m->from; v < m->to; v++) {
        for (size_t s = 0; s < m->e->n_systems; s++) {
            m->start[(v - m->from) * m->e->n_systems + s] = m->n_slots;
            m->n_slots += m->s->view[v].cell[s].measured ? width(m->e, s) : 0;
        }
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

    place_slots(m);
    m->value = mem_array(m->n_slots * n, sizeof *m->value);
    for (m->first = 0; m->first < n; m->first += ROUND) {
        tell(m, talk);
        jobs_run(m->n_jobs, n - m->first < ROUND ? n - m->first : ROUND, resample, m);
    }
    for (size_t v = m->from; v < m->to; v++)
        for (size_t s = 0; s < m->e->n_systems; s++)
            if (m->s->view[v].cell[s].measured)
                bound_cell(m, &m->s->view[v], v - m->from, s);
    free(m->value);
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
    m.start = mem_array(VIEWS_AT_ONCE * e->n_systems, sizeof *m.start);
    for (; m.from < s->n_views && n_resamples != 0; m.from = m.to) {
        m.to = s->n_views - m.from < VIEWS_AT_ONCE ? s->n_views : m.from + VIEWS_AT_ONCE;
        bound_views(&m, talk);
    }
    for (size_t i = 0; i < e->n_systems; i++)
        free(m.row[i]);
    free(m.row);
    free(m.start);
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
