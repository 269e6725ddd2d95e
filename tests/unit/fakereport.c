/* SPDX-License-Identifier: MIT */
/*
 * fakereport: see fakereport.h. The model is right two times in three, surer where it is
 * right; smaller parts of the training data make it worse. Nothing is read or trained.
 */
#include "fakereport.h"
#include "helpers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

const struct fake_plan fake_plans[] = {
    {"plain", 741, 2, 3, 30, 200, true, true, true, true, true, true, false},
    {"bare", 40, 1, 2, 6, 0, false, false, false, false, false, false, false},
    {"many", 900, 60, 16, 90, 100, false, true, false, false, false, true, false},
    {"evil", 120, 3, 5, 12, 50, true, true, true, true, true, true, true},
    {0},
};

static const char *const evil_names[] = {
    "<script>alert(1)</script>",
    "a & b \"quoted\" 'twice'",
    "]]></style><b>",
    "tab\there\x01\x7f",
    "une cible dont le nom est une phrase entière, qui ne tient sur aucune ligne d’un téléphone, "
    "et qui continue encore un peu pour être sûre d’être coupée",
};
enum { N_EVIL = sizeof evil_names / sizeof evil_names[0] };

static double uniform(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

static void name(const struct fake_plan *plan, const char *kind, uint32_t i, char *out, size_t size)
{
    static const char *const stance[] = {"against", "favor", "none"};
    static const char *const target[] = {"interdiction de TikTok aux mineurs", "surveillance"};

    if (plan->evil)
        snprintf(out, size, "%s%.*u%s", evil_names[i % N_EVIL], i >= N_EVIL, i, kind);
    else if (kind[0] == 'l' && plan->n_labels <= 3)
        snprintf(out, size, "%s", stance[i]);
    else if (kind[0] == 't' && plan->n_targets <= 2)
        snprintf(out, size, "%s", target[i]);
    else if (kind[0] == 't')
        snprintf(out, size, "Faut-il que la Confédération décide seule de la question %u ?", i);
    else
        snprintf(out, size, "%s-%02u", kind, i);
}

/* Label 0 is the most frequent one; with as many targets as two every comment has both. */
static void fill_corpus(struct corpus *c, const struct fake_plan *plan, struct rng *r)
{
    char id[64], thread[16], author[256], target[256], label[256];

    for (uint32_t i = 0; i < plan->n_comments; i++) {
        snprintf(id, sizeof id, "%04u%s", i, plan->evil ? "<i>&\x02" : "");
        snprintf(thread, sizeof thread, "t%u", i % plan->n_threads);
        name(plan, "author", i % 6, author, sizeof author);
        for (uint32_t t = 0; t < plan->n_targets; t++) {
            if (plan->n_targets > 2 && t != i % plan->n_targets)
                continue;
            double u = uniform(r);
            name(plan, "target", t, target, sizeof target);
            name(plan, "label", (uint32_t)(u * u * plan->n_labels), label, sizeof label);
            add_comment(c, id, thread, plan->authors ? author : NULL,
                        "Franchement, <b>non</b> : « on » n’interdit pas & on explique.", target,
                        label);
        }
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

/* p of the label given, the rest shared out. */
static void set(struct evaluation *e, size_t system, size_t row, uint32_t label, double p)
{
    double *probs = mem_array(e->n_labels, sizeof *probs);

    for (uint32_t l = 0; l < e->n_labels; l++)
        probs[l] = l == label ? p : (1 - p) / (e->n_labels - 1);
    evaluation_set(e, system, row, label, isnan(p) ? NULL : probs);
    free(probs);
}

static void add_system(struct evaluation *e, enum evaluation_kind kind, const char *called,
                       const char *about, double right, bool probs, struct rng *r)
{
    size_t s = evaluation_add(e, kind, span_of(called), about, probs);

    for (size_t i = 0; i < e->n_rows; i++) {
        bool hit = uniform(r) < right;
        uint32_t label = hit ? e->row[i].gold : (uint32_t)rng_below(r, e->n_labels);
        double p = 1.0 / e->n_labels, u = uniform(r);
        p += (1 - p) * (hit ? sqrt(u) : u * u);
        set(e, s, i, label, probs ? p : NAN);
    }
}

static void add_majority(struct evaluation *e)
{
    size_t s =
        evaluation_add(e, EVALUATION_BASELINE, SPAN("majority"),
                       "always the most frequent label, counted on the training side", false);

    for (size_t i = 0; i < e->n_rows; i++)
        evaluation_set(e, s, i, 0, NULL);
}

static void add_learning(struct evaluation *e, struct rng *r)
{
    static const double share[] = {.125, .25, .5};

    e->fold = mem_array(5, sizeof *e->fold);
    e->n_folds = 5;
    for (uint32_t f = 0; f < 5; f++)
        e->fold[f] = (struct evaluation_fold){f == 3 ? 0.5 : 1, 1180 + f, 300 - f};
    for (int k = 0; k < 3; k++) {
        add_system(e, EVALUATION_LEARNING, "model", "", 0.3 + 0.08 * k, false, r);
        e->system[e->n_systems - 1].share = share[k];
        e->system[e->n_systems - 1].n_train = (uint64_t)(1182 * share[k]);
    }
}

static void add_errors(struct evaluation *e, bool evil)
{
    size_t n;
    uint32_t *row = evaluation_worst(e, NULL, 5, &n);

    e->error = mem_zalloc(n, sizeof *e->error);
    e->n_errors = n;
    for (size_t i = 0; i < n; i++) {
        e->error[i].row = row[i];
        e->error[i].n_reasons = 4;
        e->error[i].reason = mem_array(4, sizeof *e->error[i].reason);
        for (int k = 0; k < 4; k++)
            e->error[i].reason[k] = (struct evaluation_reason){k % 2 != 0 ? SPAN("c:interd")
                                                               : evil     ? SPAN("<q>\x1b")
                                                                      : SPAN("n’interdit pas"),
                                                               0.21 / (k + 1)};
    }
    free(row);
}

static const struct fake_plan *plan_of(const char *called)
{
    for (size_t i = 0; fake_plans[i].name != NULL; i++)
        if (strcmp(fake_plans[i].name, called) == 0)
            return &fake_plans[i];
    fail_msg("no plan %s", called);
    return NULL;
}

void fake_make(struct fake *f, const char *called)
{
    const struct fake_plan *plan = plan_of(called);
    const struct span by = SPAN("author");
    const struct evaluation_options options = {
        .by = &by, .n_by = plan->authors, .n_errors = 5, .show_text = plan->errors};
    struct evaluation *e = &f->evaluation;
    struct rng r = {7};

    memset(f, 0, sizeof *f);
    fill_corpus(&f->corpus, plan, &r);
    assert_int_equal(evaluation_open(e, plan->learning ? EVALUATION_CROSSVAL : EVALUATION_HOLDOUT,
                                     &f->corpus, NULL, 0, &options, NULL),
                     0);
    add_system(e, EVALUATION_JUDGED, "model", "", 0.58, plan->probs, &r);
    if (plan->baselines) {
        add_system(e, EVALUATION_BASELINE, plan->evil ? evil_names[0] : "length and punctuation",
                   "what can be told unread, trained on the gold outside the fold", 0.5, false, &r);
        add_majority(e);
    }
    if (plan->learning)
        add_learning(e, &r);
    if (plan->humans)
        e->humans = (struct evaluation_humans){0.74, 0.69, 0.78, 300, 2};
    if (plan->errors)
        add_errors(e, plan->evil);
    if (plan->evil)
        evaluation_note(e, "a note with <b>markup</b> & \"quotes\"");
    summary_make(&f->summary, e, plan->n_resamples, 1, 1, NULL);
}

void fake_release(struct fake *f)
{
    summary_release(&f->summary);
    evaluation_release(&f->evaluation);
    corpus_release(&f->corpus);
}
