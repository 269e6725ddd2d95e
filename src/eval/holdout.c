/* SPDX-License-Identifier: MIT */
/*
 * holdout: comments go round by round to a fixed set of scorers; each decision lands in the
 * slot of its gold row, so neither the number of jobs nor their timing shows in the result.
 */
#include "eval/holdout.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "eval/baselines.h"
#include "eval/reasons.h"
#include "eval/surface.h"
#include "model/scorer.h"

enum { ROUND = 2048 }; /* comments between two calls of talk->progress */

struct holdout {
    struct evaluation *e;
    const struct model *m;
    const struct corpus *gold;
    uint32_t *target;  /* per gold target: position in the model */
    uint32_t *place;   /* per label of the model: position in the evaluation */
    size_t *row_start; /* per comment: its rows in gold->mark */
    struct scorer **scorer;
    size_t n_scorers, from, to; /* comments of this round */
    size_t model, alone, blind; /* systems */
    double *p;                  /* [row][label of the model]: of the judged system */
};

static int find_targets(struct holdout *h, struct stance_err *err)
{
    const struct corpus *gold = h->gold;
    struct buf known = {0};

    h->target = mem_array(gold->n_targets, sizeof *h->target);
    for (uint32_t t = 0; t < gold->n_targets; t++) {
        h->target[t] = model_find_target(h->m, gold->target[t]);
        if (h->target[t] != UINT32_MAX)
            continue;
        model_list_targets(h->m, &known);
        err_set(err, STANCE_DATA,
                "the gold labels target '%.*s', which the model does not have; "
                "it has %s",
                (int)gold->target[t].len, gold->target[t].p, buf_str(&known));
        buf_release(&known);
        return -1;
    }
    return 0;
}

static void find_rows(struct holdout *h)
{
    h->row_start = mem_zalloc(h->gold->n_comments + 1, sizeof *h->row_start);
    for (size_t r = 0; r < h->gold->n_marks; r++)
        h->row_start[h->gold->mark[r].comment + 1]++;
    for (size_t i = 0; i < h->gold->n_comments; i++)
        h->row_start[i + 1] += h->row_start[i];
}

static void keep(const struct holdout *h, size_t system, size_t row, uint32_t label,
                 const double *p)
{
    double *probs = mem_zalloc(h->e->n_labels, sizeof *probs);

    for (uint32_t l = 0; l < h->m->n_labels; l++)
        probs[h->place[l]] = p[l];
    evaluation_set(h->e, system, row, h->place[label], probs);
    free(probs);
}

static void score_comment(const struct holdout *h, struct scorer *s, size_t comment)
{
    struct decision d;

    if (h->row_start[comment] == h->row_start[comment + 1])
        return;
    scorer_read(s, h->gold->comment[comment].text);
    for (size_t r = h->row_start[comment]; r < h->row_start[comment + 1]; r++) {
        scorer_decide(s, h->gold->mark[r].target, false, &d);
        memcpy(h->p + r * h->m->n_labels, d.p, h->m->n_labels * sizeof *h->p);
        keep(h, h->model, r, d.label, d.p);
        if (h->alone != EVALUATION_NO_SYSTEM)
            keep(h, h->alone, r, d.label, d.p);
        if (h->blind == EVALUATION_NO_SYSTEM)
            continue;
        scorer_decide(s, h->gold->mark[r].target, true, &d);
        keep(h, h->blind, r, d.label, d.p);
    }
}

static void score_share(size_t task, void *arg)
{
    struct holdout *h = arg;

    for (size_t i = h->from + task; i < h->to; i += h->n_scorers)
        score_comment(h, h->scorer[task], i);
}

static void score_all(struct holdout *h, unsigned n_jobs, const struct stance_talk *talk)
{
    size_t n = h->gold->n_comments;

    h->n_scorers = jobs_count(n_jobs);
    if (h->n_scorers > n)
        h->n_scorers = n;
    h->scorer = mem_array(h->n_scorers, sizeof *h->scorer);
    for (size_t i = 0; i < h->n_scorers; i++)
        h->scorer[i] = scorer_new(h->m, h->target, NULL, h->gold->n_targets);
    for (h->from = 0; h->from < n; h->from = h->to) {
        h->to = n - h->from < ROUND ? n : h->from + ROUND;
        jobs_run(n_jobs, h->n_scorers, score_share, h);
        if (talk != NULL && talk->progress != NULL)
            talk->progress(talk->arg, "comments", h->to, n);
    }
    for (size_t i = 0; i < h->n_scorers; i++)
        scorer_free(h->scorer[i]);
    free(h->scorer);
}

/* The judged system again, now that all of a thread is known. */
static void judge_threads(const struct holdout *h)
{
    uint32_t n_labels = h->m->n_labels;
    double *prior = mem_array((size_t)h->gold->n_targets * n_labels, sizeof *prior);
    struct scorer *rules = scorer_new(h->m, h->target, NULL, h->gold->n_targets);
    struct context context = {0};

    for (uint32_t t = 0; t < h->gold->n_targets; t++)
        memcpy(prior + (size_t)t * n_labels, h->m->prior + (size_t)h->target[t] * n_labels,
               n_labels * sizeof *prior);
    for (size_t r = 0; r < h->gold->n_marks; r++) {
        const struct comment *k = &h->gold->comment[h->gold->mark[r].comment];
        context_add(&context, h->gold->mark[r].target, k->thread, k->author, h->p + r * n_labels);
    }
    context_apply(&context, &h->m->context, prior, n_labels);
    for (size_t r = 0; r < h->gold->n_marks; r++) {
        const double *p = h->p + r * n_labels;
        keep(h, h->model, r,
             decide_label(p, n_labels, scorer_rule(rules, h->gold->mark[r].target, false)), p);
    }
    context_release(&context);
    scorer_free(rules);
    free(prior);
}

static void note_threads(const struct holdout *h)
{
    const struct context_rule *rule = &h->m->context;

    if (rule->thread == 0 && rule->author == 0)
        evaluation_note(h->e, "whole threads change nothing: in training they were of no help, or "
                              "there were none");
    else
        evaluation_note(h->e,
                        "the model judges each comment together with the others of its thread that "
                        "have a label (thread^%.4g, author^%.4g)",
                        rule->thread, rule->author);
}

/* The model's training counts by the evaluation's targets and labels. */
static uint64_t *seen_by_evaluation(const struct holdout *h)
{
    uint64_t *seen = mem_zalloc((size_t)h->e->n_targets * h->e->n_labels, sizeof *seen);

    for (uint32_t t = 0; t < h->e->n_targets; t++)
        for (uint32_t l = 0; l < h->m->n_labels; l++)
            seen[(size_t)t * h->e->n_labels + h->place[l]] = model_seen(h->m, h->target[t])[l];
    return seen;
}

static void add_majorities(const struct holdout *h)
{
    struct majorities m = majorities_add(h->e, "the model's training labels");
    uint64_t *seen = seen_by_evaluation(h), n_unknown = 0;

    majorities_set(h->e, &m, seen, NULL);
    for (size_t r = 0; r < h->e->n_rows; r++) {
        const struct evaluation_row *row = &h->e->row[r];
        n_unknown += seen[(size_t)row->target * h->e->n_labels + row->gold] == 0;
    }
    if (n_unknown != 0)
        evaluation_note(h->e,
                        "gold labels that the model's target never had in training, always "
                        "errors: %llu of %zu",
                        (unsigned long long)n_unknown, h->e->n_rows);
    free(seen);
}

/* ---- what the model was trained on ---- */

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

enum { OF_THREAD, OF_TEXT, OF_BOTH }; /* what a list of hashes is of */

static uint64_t both(uint64_t id, uint64_t text)
{
    return hash_mix(id ^ hash_mix(text));
}

static uint64_t *sorted_prints(const struct model *m, int of)
{
    uint64_t *v = mem_array(m->n_fingerprints, sizeof *v);

    for (size_t i = 0; i < m->n_fingerprints; i++) {
        const struct model_fingerprint *f = &m->fingerprint[i];
        v[i] = of == OF_THREAD ? f->thread : of == OF_TEXT ? f->text : both(f->id, f->text);
    }
    qsort(v, m->n_fingerprints, sizeof *v, by_u64);
    return v;
}

static bool has(const uint64_t *v, size_t n, uint64_t wanted)
{
    return bsearch(&wanted, v, n, sizeof *v, by_u64) != NULL;
}

static void note_overlap(const struct holdout *h)
{
    struct evaluation *e = h->e;
    const struct model *m = h->m;
    uint64_t *thread = sorted_prints(m, OF_THREAD), *text = sorted_prints(m, OF_TEXT);
    uint64_t *same = sorted_prints(m, OF_BOTH), n_same = 0, n_text = 0, n_thread = 0;
    size_t n = m->n_fingerprints;

    for (size_t i = 0; i < h->gold->n_comments; i++) {
        const struct comment *c = &h->gold->comment[i];
        uint64_t t = hash_span(c->text);
        if (h->row_start[i] == h->row_start[i + 1])
            continue;
        if (has(same, n, both(hash_span(c->id), t)))
            n_same++;
        else if (has(text, n, t))
            n_text++;
        else if (c->thread.p != NULL && has(thread, n, hash_span(c->thread)))
            n_thread++;
    }
    evaluation_note(e, "gold comments in the training corpus (same id and text): %llu of %u",
                    (unsigned long long)n_same, e->n_comments);
    if (n_text != 0)
        evaluation_note(e,
                        "further ones with the text of a training comment under another id: %llu",
                        (unsigned long long)n_text);
    if (n_thread != 0)
        evaluation_note(e, "further ones from a thread that the model was trained on: %llu",
                        (unsigned long long)n_thread);
    free(thread);
    free(text);
    free(same);
}

int holdout_run(struct evaluation *e, const struct model *m, const struct corpus *gold,
                const struct evaluation_options *options, unsigned n_jobs,
                const struct stance_talk *talk, struct stance_err *err)
{
    struct holdout h = {.e = e, .m = m, .gold = gold};
    int status = evaluation_open(e, EVALUATION_HOLDOUT, gold, m->label, m->n_labels, options, err);

    if (status == 0)
        status = find_targets(&h, err);
    if (status == 0) {
        h.place = evaluation_labels(e, m->label, m->n_labels);
        h.model = evaluation_add(e, EVALUATION_JUDGED, SPAN("model"), "", true);
        h.alone = options != NULL && options->whole_threads ? alone_add(e) : EVALUATION_NO_SYSTEM;
        h.blind = m->n_targets > 1 ? blind_add(e) : EVALUATION_NO_SYSTEM;
        find_rows(&h);
        h.p = mem_zalloc(gold->n_marks * m->n_labels, sizeof *h.p);
        score_all(&h, n_jobs, talk);
        if (h.alone != EVALUATION_NO_SYSTEM) {
            judge_threads(&h);
            note_threads(&h);
        }
        add_majorities(&h);
        surface_add(e, gold, NULL, SURFACE_FOLDS);
        note_overlap(&h);
        reasons_of_model(e, m, gold, h.target);
    }
    free(h.target);
    free(h.place);
    free(h.row_start);
    free(h.p);
    return status;
}
