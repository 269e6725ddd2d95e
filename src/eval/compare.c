/* SPDX-License-Identifier: MIT */
/*
 * compare: in a round of the randomization only rows on which two systems differ can change
 * anything, so the others are counted once, and groups without such rows are not exchanged.
 */
#include "eval/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "eval/scored.h"
#include "metrics/bootstrap.h"
#include "metrics/tests.h"

struct making {
    struct comparison *c;
    const struct evaluation *e;
    struct score_row **row; /* [system][row] */
    struct score *whole;    /* per system: all rows */
    double *value;          /* [system][resample] */
    unsigned n_jobs;
};

static bool knows_probabilities(enum metric m)
{
    return m == METRIC_LOG_LOSS || m == METRIC_BRIER || m == METRIC_ECE;
}

/* ---- rows that all systems gave probabilities for ---- */

static bool lacks(const struct making *m, size_t system, size_t r)
{
    const struct score_row *row = &m->row[system][r];

    return isnan(m->c->metric == METRIC_ECE ? row->p : row->log_loss);
}

static bool lacks_all(const struct making *m, size_t system)
{
    for (size_t r = 0; r < m->e->n_rows; r++)
        if (!lacks(m, system, r))
            return false;
    return true;
}

static void leave_out(const struct making *m, size_t r)
{
    for (size_t s = 0; s < m->e->n_systems; s++)
        m->row[s][r].p = m->row[s][r].log_loss = m->row[s][r].brier = NAN;
    m->c->n_left_out++;
}

static void leave_out_rows(const struct making *m)
{
    bool *without = mem_array(m->e->n_systems, sizeof *without);

    for (size_t s = 0; s < m->e->n_systems; s++)
        without[s] = lacks_all(m, s);
    for (size_t r = 0; r < m->e->n_rows; r++) {
        bool out = false;
        for (size_t s = 0; s < m->e->n_systems; s++)
            out = out || (!without[s] && lacks(m, s, r));
        if (out)
            leave_out(m, r);
    }
    free(without);
}

/* ---- figures and their resamples ---- */

static void sum_whole(struct making *m)
{
    m->whole = mem_array(m->e->n_systems, sizeof *m->whole);
    for (size_t s = 0; s < m->e->n_systems; s++) {
        score_init(&m->whole[s], m->e->label, m->e->n_labels);
        scored_add(&m->whole[s], m->e, m->row[s], NULL, m->e->n_rows, NULL);
    }
}

/* Of a resample: a mean over the labels that the system's whole has. */
static double figure_of(const struct making *m, size_t system, const uint32_t *times)
{
    struct score score;
    double value;

    score_init(&score, m->e->label, m->e->n_labels);
    score.whole = &m->whole[system].confusion;
    scored_add(&score, m->e, m->row[system], NULL, m->e->n_rows, times);
    value = score_metric(&score, m->c->metric);
    score_release(&score);
    return value;
}

static void resample(size_t i, void *arg)
{
    const struct making *m = arg;
    uint32_t *times = mem_array(m->e->n_groups, sizeof *times);

    bootstrap_draw(times, m->e->n_groups, m->c->seed, (uint32_t)i);
    for (size_t s = 0; s < m->e->n_systems; s++)
        m->value[s * m->c->n_resamples + i] = figure_of(m, s, times);
    free(times);
}

static struct figure bounded(const struct making *m, double figure, const double *value,
                             const double *minus)
{
    uint32_t n = m->c->n_resamples;
    double *copy = mem_array(n, sizeof *copy);
    struct interval i = {NAN, NAN, 0};

    for (uint32_t k = 0; k < n; k++)
        copy[k] = minus != NULL ? value[k] - minus[k] : value[k];
    if (n != 0 && m->c->metric != METRIC_ECE)
        i = bootstrap_interval(copy, n, 0.95, m->e->n_groups);
    free(copy);
    return (struct figure){figure, i.low, i.high};
}

/* ---- one pair ---- */

struct swapping {
    const struct making *m;
    const struct score_row *a, *b;
    uint32_t *row;   /* rows that differ, */
    uint32_t *group; /* and their groups, numbered anew */
    size_t n_rows;
    uint32_t n_groups;
    struct score same; /* the other rows, for both alike */
};

static bool differs(const struct swapping *s, size_t r)
{
    return s->a[r].label != s->b[r].label || knows_probabilities(s->m->c->metric);
}

static void find_differences(struct swapping *s)
{
    const struct evaluation *e = s->m->e;
    uint32_t *number = mem_array(e->n_groups, sizeof *number);

    memset(number, 0xFF, e->n_groups * sizeof *number);
    s->row = mem_array(e->n_rows, sizeof *s->row);
    s->group = mem_array(e->n_rows, sizeof *s->group);
    score_init(&s->same, e->label, e->n_labels);
    for (size_t r = 0; r < e->n_rows; r++) {
        uint32_t group = e->group[e->row[r].comment];
        if (!differs(s, r)) {
            score_add(&s->same, &s->a[r], 1);
            continue;
        }
        if (number[group] == UINT32_MAX)
            number[group] = s->n_groups++;
        s->group[s->n_rows] = number[group];
        s->row[s->n_rows++] = (uint32_t)r;
    }
    free(number);
}

/* What one of the two would have got: a's rows, but b's where the group is exchanged. */
static double mixed(const struct swapping *s, const uint8_t *swapped, bool other)
{
    const struct evaluation *e = s->m->e;
    struct score score;
    double value;

    score_init(&score, e->label, e->n_labels);
    confusion_merge(&score.confusion, &s->same.confusion);
    for (size_t i = 0; i < s->n_rows; i++) {
        bool from_b = (swapped[s->group[i]] != 0) != other;
        score_add(&score, from_b ? &s->b[s->row[i]] : &s->a[s->row[i]], 1);
    }
    value = score_metric(&score, s->m->c->metric);
    score_release(&score);
    return value;
}

static double difference(const uint8_t *swapped, void *arg)
{
    const struct swapping *s = arg;
    return mixed(s, swapped, false) - mixed(s, swapped, true);
}

static void count_only(struct compared_pair *p, const struct evaluation *e)
{
    for (size_t r = 0; r < e->n_rows; r++) {
        bool a = e->system[p->a].label[r] == e->row[r].gold;
        bool b = e->system[p->b].label[r] == e->row[r].gold;
        p->only_a += a && !b;
        p->only_b += b && !a;
    }
}

/* As far as can be known: rows of threads that had to be cut are not. */
static bool rows_are_independent(const struct evaluation *e)
{
    return e->n_groups == e->n_rows && !e->cuts_threads;
}

static void test_pair(struct making *m, struct compared_pair *p)
{
    struct comparison *c = m->c;
    struct swapping s = {.m = m, .a = m->row[p->a], .b = m->row[p->b]};

    find_differences(&s);
    p->test = randomization_test(s.n_groups, c->n_rounds, c->seed, m->n_jobs, difference, &s);
    p->difference = bounded(m, c->figure[p->a].value - c->figure[p->b].value,
                            m->value + p->a * c->n_resamples, m->value + p->b * c->n_resamples);
    count_only(p, m->e);
    p->mcnemar = rows_are_independent(m->e) ? mcnemar_exact(p->only_a, p->only_b) : NAN;
    score_release(&s.same);
    free(s.row);
    free(s.group);
}

static void correct(struct comparison *c)
{
    double *p = mem_array(c->n_pairs, sizeof *p);

    for (size_t i = 0; i < c->n_pairs; i++)
        p[i] = c->pair[i].test.p;
    holm(p, c->n_pairs);
    for (size_t i = 0; i < c->n_pairs; i++) {
        c->pair[i].p_holm = p[i];
        p[i] = c->pair[i].mcnemar;
    }
    holm(p, c->n_pairs);
    for (size_t i = 0; i < c->n_pairs; i++)
        c->pair[i].mcnemar_holm = p[i];
    free(p);
}

static void make_pairs(struct making *m, const struct stance_talk *talk)
{
    struct comparison *c = m->c;
    size_t n = m->e->n_systems, k = 0;

    c->n_pairs = n * (n - 1) / 2;
    c->pair = mem_zalloc(c->n_pairs, sizeof *c->pair);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            c->pair[k].a = a;
            c->pair[k].b = b;
            test_pair(m, &c->pair[k++]);
            if (talk != NULL && talk->progress != NULL)
                talk->progress(talk->arg, "pairs", k, c->n_pairs);
        }
    }
    correct(c);
}

static int check(const struct comparison *c, struct stance_err *err)
{
    for (size_t s = 0; s < c->e->n_systems; s++)
        if (!isnan(c->figure[s].value))
            return 0;
    return err_set(err, STANCE_DATA, "%s is undefined for every system here%s",
                   metric_info[c->metric].name,
                   knows_probabilities(c->metric) ? ": the predictions lack probabilities" : "");
}

int comparison_make(struct comparison *c, const struct evaluation *e, enum metric metric,
                    uint32_t n_resamples, uint64_t n_rounds, uint64_t seed, unsigned n_jobs,
                    const struct stance_talk *talk, struct stance_err *err)
{
    struct making m = {.c = c, .e = e, .n_jobs = n_jobs};
    int status;

    *c = (struct comparison){
        .e = e, .metric = metric, .n_resamples = n_resamples, .n_rounds = n_rounds, .seed = seed};
    c->figure = mem_zalloc(e->n_systems, sizeof *c->figure);
    m.row = mem_array(e->n_systems, sizeof *m.row);
    m.value = mem_array(e->n_systems * n_resamples, sizeof *m.value);
    for (size_t s = 0; s < e->n_systems; s++)
        m.row[s] = scored_rows(e, s);
    if (knows_probabilities(metric))
        leave_out_rows(&m);
    sum_whole(&m);
    jobs_run(n_jobs, n_resamples, resample, &m);
    for (size_t s = 0; s < e->n_systems; s++)
        c->figure[s] = bounded(&m, figure_of(&m, s, NULL), m.value + s * n_resamples, NULL);
    status = check(c, err);
    if (status == 0)
        make_pairs(&m, talk);
    for (size_t s = 0; s < e->n_systems; s++) {
        score_release(&m.whole[s]);
        free(m.row[s]);
    }
    free(m.whole);
    free(m.row);
    free(m.value);
    return status;
}

void comparison_release(struct comparison *c)
{
    free(c->figure);
    free(c->pair);
    *c = (struct comparison){0};
}
