/* SPDX-License-Identifier: MIT */
/*
 * search: folds and choices run one after the other (one Gram matrix in memory at a time), the
 * values of C side by side. Margins of every row, pair and candidate are kept; choosing is then
 * a matter of sigmoids and counts (heldout.h). The machine without targets is held out once, as
 * the candidate chosen.
 */
#include "model/search.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "model/apart.h"
#include "model/heldout.h"
#include "model/heldthreads.h"
#include "model/solve.h"

struct run {
    struct search *s;
    struct heldout held;
    const struct trainset *t;
    const uint8_t *use;
    uint8_t *left; /* per comment: of the corpus, and left out of some training side */
    const struct search_progress *progress;
};

/* What is solved in every fold: one choice with some values of C. */
struct round {
    struct choice choice;
    bool blind;
    uint32_t first;     /* candidate */
    uint32_t c_at, n_c; /* values of C */
};

void search_release(struct search *s)
{
    if (s == NULL)
        return;
    if (s->confusion != NULL)
        for (uint32_t t = 0; s->confusion[t].count != NULL; t++)
            confusion_release(&s->confusion[t]);
    free(s->confusion);
    confusion_release(&s->blind_confusion);
    free(s->sigmoid);
    free(s->blind_sigmoid);
    free(s->loss);
    split_release(&s->split);
    *s = (struct search){0};
}

/* ---- one round: margins ---- */

static size_t held_out(const struct run *run, uint32_t fold, uint32_t *row)
{
    size_t n = 0;

    for (size_t r = 0; r < run->t->n_rows; r++)
        if (run->held.split->fold[run->t->row[r].comment] == fold)
            row[n++] = (uint32_t)r;
    return n;
}

/* What one fold holds out, while its pairs are solved. */
struct holding {
    struct run *run;
    const struct round *round;
    const struct fit *fit;
    uint32_t *row;
    size_t n;
    double *value; /* [C][row], of one pair */
};

static void keep_margins(const struct solved *s, void *arg)
{
    const struct holding *h = arg;
    const struct round *round = h->round;

    solve_margins(h->fit, s, round->n_c, h->row, h->n, h->value);
    for (uint32_t c = 0; c < round->n_c; c++)
        for (size_t i = 0; i < h->n; i++)
            heldout_margins(&h->run->held, round->blind, round->first + c, h->row[i])[s->ask.pair] =
                h->value[c * h->n + i];
}

static int hold_out(struct run *run, const struct round *round, const struct fit *f, uint32_t fold,
                    struct stance_err *err)
{
    const struct trainset *t = run->t;
    struct holding h = {run, round, f, .row = mem_array(t->n_rows, sizeof *h.row)};
    struct solve_ask *ask = mem_array(t->n_pairs, sizeof *ask);
    size_t n = 0;
    int status;

    h.n = held_out(run, fold, h.row);
    h.value = mem_array(round->n_c * h.n, sizeof *h.value);
    for (uint32_t pair = 0; pair < t->n_pairs; pair++)
        if (t->held[pair])
            ask[n++] = (struct solve_ask){pair, round->blind};
    status = solve_all(f, ask, n, round->n_c, t->set.c + round->c_at, keep_margins, &h, err);
    free(ask);
    free(h.row);
    free(h.value);
    return status;
}

/* Owned by the caller. */
static uint8_t *training_side(const struct run *run, uint32_t fold)
{
    const struct trainset *t = run->t;
    uint8_t *train = mem_zalloc(t->corpus->n_comments, 1);
    uint8_t *held = mem_zalloc(t->corpus->n_comments, 1);

    for (size_t i = 0; i < t->corpus->n_comments; i++) {
        held[i] = run->held.split->fold[i] == fold;
        train[i] = run->use[i] && !held[i];
    }
    apart_leave(t, run->held.split->field, held, train, run->left);
    free(held);
    return train;
}

static int run_fold(struct run *run, const struct round *round, uint32_t fold,
                    struct stance_err *err)
{
    const struct trainset *t = run->t;
    size_t table = (size_t)t->corpus->n_targets * t->corpus->n_labels;
    uint8_t *train = training_side(run, fold);
    struct fit f;
    int status;

    fit_open(&f, t, train, &round->choice);
    memcpy(run->held.seen + fold * table, f.own, table * sizeof *f.own);
    status = hold_out(run, round, &f, fold, err);
    fit_release(&f);
    free(train);
    return status;
}

static void step(const struct run *run)
{
    if (run->progress != NULL)
        run->progress->step(run->progress->arg);
}

static int run_folds(struct run *run, const struct round *round, struct stance_err *err)
{
    int status = 0;

    for (uint32_t fold = 0; fold < run->t->set.n_folds && status == 0; fold++) {
        status = run_fold(run, round, fold, err);
        step(run);
    }
    return status;
}

/* ---- candidates ---- */

struct judging {
    const struct run *run;
    uint32_t first;
};

/* The i-th of a round, beside the others. */
static void judge(size_t i, void *arg)
{
    const struct judging *j = arg;
    const struct run *run = j->run;
    uint32_t at = j->first + (uint32_t)i;
    struct candidate *k = &run->s->candidate[at];
    double *p = heldout_probabilities(&run->held, false, at);
    struct confusion table;

    confusion_init(&table, run->t->corpus->n_labels);
    heldout_count(&run->held, p, heldout_exponent(&run->held, p, run->t->set.rule), &table, 1);
    k->macro_f1 = confusion_macro_f1(&table);
    k->log_loss = heldout_log_loss(&run->held, p);
    confusion_release(&table);
    free(p);
}

/* The choice with n_c values of C becomes candidates. */
static int try_choice(struct run *run, struct choice choice, uint32_t c_at, uint32_t n_c,
                      struct stance_err *err)
{
    struct search *s = run->s;
    struct round round = {choice, false, s->n_candidates, c_at, n_c};

    struct judging judging = {run, s->n_candidates};

    if (run_folds(run, &round, err) < 0)
        return -1;
    for (uint32_t c = 0; c < n_c; c++)
        s->candidate[s->n_candidates++] = (struct candidate){.choice = choice, .c = c_at + c};
    jobs_run(run->t->set.n_jobs, n_c, judge, &judging);
    for (uint32_t i = judging.first; i < s->n_candidates; i++)
        if (s->candidate[i].log_loss < s->candidate[s->best].log_loss)
            s->best = i;
    return 0;
}

/* The choice with the best C so far and those beside it. */
static int try_beside(struct run *run, struct choice choice, struct stance_err *err)
{
    uint32_t c = search_best(run->s)->c, n = run->t->set.n_c;
    uint32_t from = c > 0 ? c - 1 : 0, to = c + 1 < n ? c + 1 : n - 1;

    return try_choice(run, choice, from, to - from + 1, err);
}

static uint32_t n_kernels(const struct trainset *t)
{
    return t->corpus->n_targets > 1 ? t->set.n_kernels : 1;
}

/* The middle one comes first, with each C: the best is not far from it. */
static int try_shares(struct run *run, struct choice choice, struct stance_err *err)
{
    const struct settings *set = &run->t->set;
    uint32_t middle = choice.share = set->n_shares / 2;

    if (try_choice(run, choice, 0, set->n_c, err) < 0)
        return -1;
    for (choice.share = 0; choice.share < set->n_shares; choice.share++)
        if (choice.share != middle && try_beside(run, choice, err) < 0)
            return -1;
    return 0;
}

static int try_all(struct run *run, struct stance_err *err)
{
    const struct settings *set = &run->t->set;
    struct choice choice = {0};

    for (choice.mix = 0; choice.mix < set->n_mixes; choice.mix++)
        if (try_choice(run, choice, 0, set->n_c, err) < 0)
            return -1;
    choice = search_best(run->s)->choice;
    for (uint32_t kernel = 1; kernel < n_kernels(run->t); kernel++) {
        choice.kernel = kernel;
        if (try_beside(run, choice, err) < 0)
            return -1;
    }
    choice = search_best(run->s)->choice;
    for (uint32_t v = 1; v < set->n_vector_shares; v++) {
        choice.vectors = v;
        if (try_beside(run, choice, err) < 0)
            return -1;
    }
    return 0;
}

/* Choices tried with each C, and after those the ones tried with up to three values of it. */
static uint32_t n_main(const struct trainset *t)
{
    return t->n_domains > 1 ? 1 : t->set.n_mixes;
}

static uint32_t n_further(const struct trainset *t)
{
    if (t->n_domains > 1)
        return t->set.n_shares - 1;
    return n_kernels(t) - 1 + t->set.n_vector_shares - 1;
}

uint32_t search_steps(const struct trainset *t)
{
    uint32_t blind = t->corpus->n_targets > 1;

    return t->set.n_folds * (n_main(t) + n_further(t) + blind);
}

/* ---- what the best one said ---- */

static int hold_out_blind(struct run *run, struct stance_err *err)
{
    const struct candidate *best = search_best(run->s);
    struct round round = {best->choice, true, run->s->best, best->c, 1};

    if (run->t->corpus->n_targets == 1) {
        heldout_blind_is(&run->held, run->s->best);
        return 0;
    }
    return run_folds(run, &round, err);
}

/* Changes p. */
static void keep_context(struct search *s, const struct heldout *h, double *p)
{
    struct confusion table;

    s->context = heldout_context(h, p);
    heldout_in_threads(h, &s->context, p);
    s->context_log_loss = heldout_log_loss(h, p);
    confusion_init(&table, h->t->corpus->n_labels);
    heldout_count(h, p, s->exponent, &table, 1);
    s->context_macro_f1 = confusion_macro_f1(&table);
    confusion_release(&table);
}

static void keep_figures(struct search *s, const struct heldout *h)
{
    const struct trainset *t = h->t;
    uint32_t n_targets = t->corpus->n_targets, n_labels = t->corpus->n_labels;
    double *p = heldout_probabilities(h, false, s->best);
    double *blind = heldout_probabilities(h, true, s->best);

    s->exponent = heldout_exponent(h, p, t->set.rule);
    s->blind_exponent = heldout_exponent(h, blind, t->set.rule);
    s->confusion = mem_zalloc((size_t)n_targets + 1, sizeof *s->confusion);
    for (uint32_t i = 0; i < n_targets; i++)
        confusion_init(&s->confusion[i], n_labels);
    heldout_count(h, p, s->exponent, s->confusion, n_targets);
    confusion_init(&s->blind_confusion, n_labels);
    heldout_count(h, blind, s->blind_exponent, &s->blind_confusion, 1);
    s->blind_macro_f1 = confusion_macro_f1(&s->blind_confusion);
    keep_context(s, h, p);
    free(p);
    free(blind);
}

static void keep(struct search *s, const struct heldout *h)
{
    s->sigmoid = mem_array(h->t->n_pairs, sizeof *s->sigmoid);
    s->blind_sigmoid = mem_array(h->t->n_pairs, sizeof *s->blind_sigmoid);
    heldout_sigmoids(h, false, s->best, SPLIT_UNUSED, s->sigmoid);
    heldout_sigmoids(h, true, s->best, SPLIT_UNUSED, s->blind_sigmoid);
    keep_figures(s, h);
}

static int make_folds(struct search *s, const struct trainset *t, const uint8_t *use,
                      struct span field, struct stance_err *err)
{
    return split_folds_apart(&s->split, t->corpus, use, field, t->copy_of, t->set.n_folds,
                             t->set.seed, err);
}

/* The folds of the first search, by the numbers that its comments have here. */
static void take_folds(struct search *s, const struct trainset *t, const struct search_first *first)
{
    const struct split *from = &first->s->split;
    size_t n = t->corpus->n_comments;

    s->split = *from;
    s->split.fold = mem_array(n, sizeof *s->split.fold);
    s->split.whole = mem_zalloc(n, sizeof *s->split.whole);
    for (size_t i = 0; i < n; i++)
        s->split.fold[i] = SPLIT_UNUSED;
    for (size_t i = 0; i < first->t->corpus->n_comments; i++) {
        s->split.fold[first->comment[i]] = from->fold[i];
        s->split.whole[first->comment[i]] = from->whole[i];
    }
}

static uint32_t most_candidates(const struct trainset *t)
{
    return n_main(t) * t->set.n_c + 3 * n_further(t);
}

static void open_run(struct run *run)
{
    run->left = mem_zalloc(run->t->corpus->n_comments, 1);
    heldout_init(&run->held, run->t, &run->s->split, most_candidates(run->t));
}

static void close_run(struct run *run)
{
    for (size_t i = 0; i < run->t->corpus->n_comments; i++)
        run->s->n_left += run->left[i];
    heldout_release(&run->held);
    free(run->left);
}

/* What the best one is like without targets, and all that is kept of both. */
static int finish(struct run *run, struct stance_err *err)
{
    if (hold_out_blind(run, err) < 0)
        return -1;
    keep(run->s, &run->held);
    return 0;
}

static void keep_losses(struct run *run)
{
    double *p = heldout_probabilities(&run->held, false, run->s->best);

    run->s->loss = heldout_losses(&run->held, p);
    free(p);
}

int search_run(struct search *s, const struct trainset *t, const uint8_t *use, struct span field,
               const struct search_progress *progress, struct stance_err *err)
{
    struct run run = {.s = s, .t = t, .use = use, .progress = progress};
    int status;

    *s = (struct search){0};
    if (make_folds(s, t, use, field, err) < 0)
        return -1;
    open_run(&run);
    status = try_all(&run, err);
    if (status == 0) {
        keep_losses(&run);
        status = finish(&run, err);
    }
    close_run(&run);
    return status;
}

/* ---- beside another ---- */

/* Of the rows that the first search held out. */
static struct gain gain_over(const struct search *s, const struct search_first *first)
{
    const struct split *split = &first->s->split;
    size_t n = 0, n_rows = first->t->n_rows;
    double *before = mem_array(n_rows, sizeof *before), *after = mem_array(n_rows, sizeof *after);
    uint32_t *group = mem_array(n_rows, sizeof *group);
    struct gain gain;

    for (size_t r = 0; r < n_rows; r++) {
        uint32_t comment = first->t->row[r].comment;
        if (split->fold[comment] == SPLIT_UNUSED)
            continue;
        before[n] = first->s->loss[r];
        after[n] = s->loss[first->row[r]];
        group[n++] = split->whole[comment];
    }
    gain = gain_of(before, after, group, n, split->n_wholes);
    free(before);
    free(after);
    free(group);
    return gain;
}

/* The blind folds that a search does without are steps all the same. */
static void step_over_blind(const struct run *run)
{
    for (uint32_t i = 0; i < run->t->set.n_folds && run->t->corpus->n_targets > 1; i++)
        step(run);
}

int search_beside(struct search *s, const struct trainset *t, const uint8_t *use,
                  const struct search_first *first, bool anyway,
                  const struct search_progress *progress, struct stance_err *err)
{
    struct run run = {.s = s, .t = t, .use = use, .progress = progress};
    int status;

    *s = (struct search){0};
    take_folds(s, t, first);
    open_run(&run);
    status = try_shares(&run, search_best(first->s)->choice, err);
    if (status == 0) {
        keep_losses(&run);
        s->gain = gain_over(s, first);
        if (anyway || gain_is_clear(&s->gain))
            status = finish(&run, err) < 0 ? -1 : 1;
        else
            step_over_blind(&run);
    }
    close_run(&run);
    return status;
}
