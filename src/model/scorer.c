/* SPDX-License-Identifier: MIT */
/*
 * scorer: the comment is multiplied with each slot's weights once (S·x of model.h), and
 * each target asked for combines those sums by its own factors; so the work per n-gram
 * does not grow with the number of targets asked for.
 */
#include "model/scorer.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/targets.h"

struct scorer {
    const struct model *m;
    uint32_t n_targets;      /* asked for */
    uint32_t *target;        /* position in the model, or UINT32_MAX */
    struct factors *factors; /* [asked][task], within its domain */
    struct tokens tokens;
    struct ngram_sink sink;
    struct weighting weighting; /* borrows the model's idf */
    struct count *count;
    uint32_t *id;
    double *value;
    size_t n, count_cap, id_cap, value_cap;
    uint64_t *unseen_may;                /* per label, for a target that the model does not have */
    double *weight[2], *blind_weight[2]; /* rules, per label: by all rows, by own ones */
    double *sum;                         /* per slot: S·x */
    double *margin;                      /* n_pairs */
};

static uint32_t find_ngram(void *arg, struct span ngram, uint64_t hash)
{
    return intern_find(arg, ngram, hash);
}

static double similarity(const struct model *m, uint32_t target, const double *unseen, uint32_t i)
{
    return target != UINT32_MAX ? m->similarity[(size_t)target * m->n_targets + i] : unseen[i];
}

/* q of a statement that the model does not have with all that it has. */
static double *unseen_similarity(const struct model *m, struct span statement)
{
    uint32_t n = m->n_targets + 1;
    struct span *all = mem_array(n, sizeof *all);
    double *q, *row = mem_array(m->n_targets, sizeof *row);

    memcpy(all, m->statement, m->n_targets * sizeof *all);
    all[m->n_targets] = statement;
    q = targets_similarity(all, n, &m->set.ngram);
    memcpy(row, q + (size_t)m->n_targets * n, m->n_targets * sizeof *row);
    free(q);
    free(all);
    return row;
}

static void set_factors(struct scorer *s, uint32_t i, struct span statement)
{
    const struct model *m = s->m;
    const struct kernel_settings *k = &m->set.kernel[0];
    uint32_t target = s->target[i];
    double *unseen = target == UINT32_MAX ? unseen_similarity(m, statement) : NULL;

    for (uint32_t t = 0; t < m->n_tasks; t++) {
        uint32_t other = m->task[t].target;
        double q = similarity(m, target, unseen, other), same = target == other;
        s->factors[(size_t)i * m->n_tasks + t] =
            (struct factors){k->a + k->b * q + k->c * same, k->d * same};
    }
    free(unseen);
}

/* weighting_vector() looks spaces up by id; the model's text says them. */
static uint8_t *spaces_of(const struct intern_view *v)
{
    uint8_t *space = mem_array(v->n, 1);
    for (uint32_t id = 0; id < v->n; id++)
        space[id] = (uint8_t)ngram_space(intern_text(v, id));
    return space;
}

/* A target that nobody labelled may have any label, in a model for added comments any of
 * theirs. */
static void set_unseen(struct scorer *s)
{
    const struct model *m = s->m;

    s->unseen_may = mem_zalloc(m->n_labels, sizeof *s->unseen_may);
    for (size_t i = 0; m->n_domains > 1 && i < (size_t)m->n_targets * m->n_labels; i++)
        s->unseen_may[i % m->n_labels] |= m->own[i];
}

static void set_rules(struct scorer *s)
{
    const struct model *m = s->m;

    for (int own = 0; own < 2; own++) {
        const uint64_t *seen = own ? m->own : m->seen;
        s->weight[own] = mem_array(m->n_labels, sizeof(double));
        s->blind_weight[own] = mem_array(m->n_labels, sizeof(double));
        rule_weights(seen, m->n_targets, m->n_labels, m->exponent, s->weight[own]);
        rule_weights(seen, m->n_targets, m->n_labels, m->blind_exponent, s->blind_weight[own]);
    }
}

struct scorer *scorer_new(const struct model *m, const uint32_t *target,
                          const struct span *statement, uint32_t n)
{
    struct scorer *s = mem_zalloc(1, sizeof *s);

    s->m = m;
    s->n_targets = n;
    s->target = mem_array(n, sizeof *s->target);
    memcpy(s->target, target, n * sizeof *target);
    s->factors = mem_array((size_t)n * m->n_tasks, sizeof *s->factors);
    for (uint32_t i = 0; i < n; i++)
        set_factors(s, i, statement != NULL ? statement[i] : (struct span){"", 0});
    s->sink.lookup = find_ngram;
    s->sink.arg = (void *)(uintptr_t)&m->vocab;
    s->weighting = (struct weighting){
        .set = {.min_df = m->set.min_df}, .n_ids = m->vocab.n, .idf = (double *)(uintptr_t)m->idf};
    memcpy(s->weighting.set.share, m->set.mix[0].share, sizeof s->weighting.set.share);
    set_unseen(s);
    set_rules(s);
    s->sum = mem_zalloc(m->n_slots, sizeof *s->sum);
    s->margin = mem_zalloc(m->n_pairs, sizeof *s->margin);
    return s;
}

void scorer_free(struct scorer *s)
{
    if (s == NULL)
        return;
    free(s->target);
    free(s->factors);
    tokens_release(&s->tokens);
    ngram_sink_release(&s->sink);
    free(s->weighting.space);
    free(s->count);
    free(s->id);
    free(s->value);
    free(s->unseen_may);
    for (int own = 0; own < 2; own++) {
        free(s->weight[own]);
        free(s->blind_weight[own]);
    }
    free(s->sum);
    free(s->margin);
    free(s);
}

const struct count *scorer_count(struct scorer *s, struct span text, size_t *n)
{
    tokenize(&s->tokens, text);
    ngrams_of(&s->sink, &s->tokens, &s->m->set.ngram);
    MEM_GROW(s->count, s->count_cap, s->sink.n);
    *n = counts_of_ids(s->sink.id, s->sink.n, s->count);
    return s->count;
}

void scorer_take(struct scorer *s, const struct count *count, size_t n)
{
    const struct model *m = s->m;

    if (s->weighting.space == NULL)
        s->weighting.space = spaces_of(&m->vocab); /* not before: some scorers read nothing */
    MEM_GROW(s->id, s->id_cap, n);
    MEM_GROW(s->value, s->value_cap, n);
    s->n = weighting_vector(&s->weighting, count, n, s->id, s->value);
    memset(s->sum, 0, m->n_slots * sizeof *s->sum);
    for (size_t i = 0; i < s->n; i++)
        for (uint32_t w = m->weight_start[s->id[i]]; w < m->weight_start[s->id[i] + 1]; w++)
            s->sum[m->weight_slot[w]] += s->value[i] * m->weight[w];
}

void scorer_take_ids(struct scorer *s, uint32_t *id, size_t n)
{
    MEM_GROW(s->count, s->count_cap, n);
    scorer_take(s, s->count, counts_of_ids(id, n, s->count));
}

void scorer_read(struct scorer *s, struct span text)
{
    size_t n;
    const struct count *count = scorer_count(s, text, &n);

    scorer_take(s, count, n);
}

static double blind_margin(const struct scorer *s, uint32_t pair)
{
    const struct model *m = s->m;
    const struct kernel_settings *k = &m->set.kernel[0];
    double margin = 0;

    for (uint32_t d = 0; d < m->n_domains; d++) {
        uint32_t slot = model_blind_slot(m, pair, d);
        margin +=
            model_reach(m, pair, d) * ((k->a + k->b + k->c) * s->sum[slot] + k->d * m->alpha[slot]);
    }
    return margin - m->pairs[pair].blind_rho;
}

static double margin_of(const struct scorer *s, uint32_t i, uint32_t pair)
{
    const struct model *m = s->m;
    const struct factors *f = s->factors + (size_t)i * m->n_tasks;
    double margin = 0;

    for (uint32_t t = 0; t < m->n_tasks; t++) {
        uint32_t slot = model_slot(m, pair, t);
        margin += model_reach(m, pair, m->task[t].domain) *
                  (f[t].times * s->sum[slot] + f[t].plus * m->alpha[slot]);
    }
    return margin - m->pairs[pair].rho;
}

const double *scorer_margins(struct scorer *s, uint32_t i, bool blind)
{
    for (uint32_t p = 0; p < s->m->n_pairs; p++)
        s->margin[p] = blind ? blind_margin(s, p) : margin_of(s, i, p);
    return s->margin;
}

const double *scorer_rule(const struct scorer *s, uint32_t i, bool blind)
{
    uint32_t t = s->target[i];
    bool own = t == UINT32_MAX || model_owns(s->m, t);

    return blind ? s->blind_weight[own] : s->weight[own];
}

static const uint64_t *labels_of(const struct scorer *s, uint32_t i, const uint64_t *may)
{
    uint32_t t = s->target[i];

    return t != UINT32_MAX ? may + (size_t)t * s->m->n_labels : s->unseen_may;
}

const uint64_t *scorer_labels(const struct scorer *s, uint32_t i)
{
    return labels_of(s, i, s->m->may);
}

void scorer_decide(struct scorer *s, uint32_t i, bool blind, struct decision *out)
{
    const struct model *m = s->m;
    const double *margin = scorer_margins(s, i, blind);
    struct sigmoid sigmoid[CALIBRATE_MAX_LABELS * CALIBRATE_MAX_LABELS];

    for (uint32_t p = 0; p < m->n_pairs; p++)
        sigmoid[p] = blind ? m->pairs[p].blind_sigmoid : m->pairs[p].sigmoid;
    decide(out, m->pair, m->n_pairs, labels_of(s, i, blind ? m->blind_may : m->may), m->n_labels,
           margin, sigmoid, scorer_rule(s, i, blind));
}

struct scorer_features scorer_features(const struct scorer *s)
{
    return (struct scorer_features){s->id, s->value, s->n};
}

double scorer_factor(const struct scorer *s, uint32_t i, uint32_t pair, uint32_t task)
{
    const struct model *m = s->m;

    return model_reach(m, pair, m->task[task].domain) *
           s->factors[(size_t)i * m->n_tasks + task].times;
}

double scorer_weight(const struct scorer *s, uint32_t i, uint32_t pair, uint32_t feature)
{
    const struct model *m = s->m;
    double sum = 0;

    for (uint32_t w = m->weight_start[feature]; w < m->weight_start[feature + 1]; w++) {
        uint32_t slot = m->weight_slot[w], t = slot % m->n_tasks;
        if (slot / m->n_tasks == pair && slot < m->n_pairs * m->n_tasks)
            sum += scorer_factor(s, i, pair, t) * m->weight[w];
    }
    return sum;
}

double scorer_intercept(const struct scorer *s, uint32_t i, uint32_t pair)
{
    const struct model *m = s->m;
    double sum = -m->pairs[pair].rho;

    for (uint32_t t = 0; t < m->n_tasks; t++)
        sum += model_reach(m, pair, m->task[t].domain) *
               s->factors[(size_t)i * m->n_tasks + t].plus * m->alpha[model_slot(m, pair, t)];
    return sum;
}
