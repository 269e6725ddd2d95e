/* SPDX-License-Identifier: MIT */
/* golds: see golds.h. */
#include "prevalence/golds.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/keymap.h"
#include "metrics/agreement.h"

static uint32_t label_of_model(const struct golds_spec *s, struct span label)
{
    for (size_t l = 0; l < s->n_labels; l++)
        if (span_eq(s->label[l], label))
            return (uint32_t)l;
    return GOLDS_NONE;
}

static int find_targets(struct golds *g, const struct golds_spec *s, struct stance_err *err)
{
    const struct audit *a = s->audit;

    if (s->own_target && a->n_targets != 1)
        return err_at(err, STANCE_DATA, a->path, 1, 0,
                      "records name their targets, so the audit must have one target that stands "
                      "for them; it has %zu",
                      a->n_targets);
    for (size_t t = 0; t < s->n_targets; t++) {
        g->target[t] = s->own_target ? 0 : audit_find_target(a, s->target[t]);
        for (size_t l = 0; g->target[t] != AUDIT_NONE && l < a->target[g->target[t]].n_labels; l++)
            if (label_of_model(s, a->target[g->target[t]].label[l].label) == GOLDS_NONE)
                return err_at(err, STANCE_DATA, a->path, 1, 0,
                              "the audit's target '%s' has the label '%s', which the model never "
                              "gives: they are labels of another target",
                              a->target[g->target[t]].id.p,
                              a->target[g->target[t]].label[l].label.p);
    }
    return 0;
}

static int find_labels(struct golds *g, const struct golds_spec *s, struct stance_err *err)
{
    const struct audit *a = s->audit;
    uint64_t n_differ = 0, line = 0, n = 0;

    for (size_t t = 0; t < s->n_targets; t++)
        for (size_t i = 0; i < a->n_rows; i++) {
            bool differ = false;
            uint32_t gold, *at = &g->label[t * a->n_rows + i];
            *at = GOLDS_NONE;
            if (a->row[i].training || g->target[t] == AUDIT_NONE)
                continue;
            gold = audit_gold(a, &a->row[i], g->target[t], &differ);
            if (differ && n_differ++ == 0)
                line = a->row[i].line;
            if (gold == AUDIT_NONE)
                continue;
            *at = label_of_model(s, a->target[g->target[t]].label[gold].label);
            n++;
        }
    if (n_differ != 0)
        return err_at(err, STANCE_DATA, a->path, line, 0,
                      "annotators differ on comments and targets, this one the first of %llu: "
                      "decide them with `stance label --adjudicate`",
                      (unsigned long long)n_differ);
    if (n == 0)
        return err_at(err, STANCE_NO, a->path, 0, 0,
                      "not one comment of the audit that was drawn to estimate is labelled for "
                      "these targets, so there is no share: label it with `stance label`");
    return 0;
}

static uint64_t both(uint64_t id, uint64_t text)
{
    return hash_mix(id ^ hash_mix(text));
}

uint64_t golds_trained_on(const struct model *m, const struct audit *a, const uint32_t *fold,
                          uint32_t k, uint64_t *line)
{
    struct keymap trained = {0};
    uint64_t n = 0;

    for (size_t i = 0; i < m->n_fingerprints; i++)
        keymap_add(&trained, both(m->fingerprint[i].id, m->fingerprint[i].text), 1);
    for (size_t i = 0; i < a->n_rows; i++) {
        const struct audit_row *r = &a->row[i];
        uint64_t own = both(hash_span(r->comment.id), hash_span(r->comment.text));
        if (!r->training && (fold == NULL || fold[i] == k) && keymap_find(&trained, own) != NULL &&
            n++ == 0)
            *line = r->line;
    }
    keymap_release(&trained);
    return n;
}

static int refuse_trained(const struct golds_spec *s, struct stance_err *err)
{
    uint64_t n, line = 0;

    n = s->model != NULL ? golds_trained_on(s->model, s->audit, NULL, 0, &line) : 0;
    if (n == 0)
        return 0;
    return err_at(err, STANCE_DATA, s->audit->path, line, 0,
                  "the model was trained on comments that are to estimate, this one the first of "
                  "%llu: what it says of them is no test of it. Take a model that has not seen "
                  "them, or --cross-fit",
                  (unsigned long long)n);
}

int golds_find(struct golds *g, const struct golds_spec *spec, struct stance_err *err)
{
    *g = (struct golds){.n_rows = spec->audit->n_rows};
    g->label = mem_array(spec->n_targets * g->n_rows, sizeof *g->label);
    g->target = mem_array(spec->n_targets, sizeof *g->target);
    if (find_targets(g, spec, err) < 0 || refuse_trained(spec, err) < 0)
        return -1;
    return find_labels(g, spec, err);
}

void golds_release(struct golds *g)
{
    free(g->label);
    free(g->target);
    *g = (struct golds){0};
}

/* ---- what there is to say ---- */

static bool is_labelled(const struct golds *g, const struct golds_spec *s, size_t row)
{
    for (size_t t = 0; t < s->n_targets; t++)
        if (g->label[t * g->n_rows + row] != GOLDS_NONE)
            return true;
    return false;
}

/* Not labelled, although a later one of its stratum is: passed over, not just not reached. */
static uint64_t count_skipped(const struct golds *g, const struct golds_spec *s)
{
    uint8_t *later = mem_zalloc(s->audit->n_strata, 1);
    uint64_t n = 0;

    for (size_t i = g->n_rows; i-- > 0;) {
        const struct audit_row *r = &s->audit->row[i];
        if (r->training)
            continue;
        if (is_labelled(g, s, i))
            later[r->stratum] = 1;
        else
            n += later[r->stratum];
    }
    free(later);
    return n;
}

static void describe_agreement(const struct audit *a, uint32_t t, struct share_target *out)
{
    uint32_t n_sizes = a->n_annotators > 1 ? (uint32_t)a->n_annotators - 1 : 1;
    uint32_t *size = mem_array(n_sizes, sizeof *size);
    struct coincidence c;

    for (uint32_t i = 0; i < n_sizes; i++)
        size[i] = i + 2;
    coincidence_init(&c, (uint32_t)a->target[t].n_labels, size, n_sizes);
    for (size_t i = 0; i < a->n_rows; i++) {
        const struct audit_row *r = &a->row[i];
        uint32_t n = 0;
        for (size_t k = 0; k < r->n_says; k++)
            n += !r->say[k].decides && r->say[k].label[t] != AUDIT_NONE;
        for (size_t k = 0; n >= 2 && k < r->n_says; k++)
            for (size_t m = 0; m < k; m++)
                if (!r->say[k].decides && r->say[k].label[t] != AUDIT_NONE &&
                    r->say[m].label[t] != AUDIT_NONE)
                    coincidence_add(&c, n - 2, r->say[k].label[t], r->say[m].label[t], 1);
    }
    out->n_twice = coincidence_units(&c);
    out->percent = coincidence_observed(&c);
    out->alpha = coincidence_alpha(&c);
    coincidence_release(&c);
    free(size);
}

void golds_describe(const struct golds *g, const struct golds_spec *spec, struct shares *s)
{
    const struct audit *a = spec->audit;

    for (size_t i = 0; i < a->n_rows; i++) {
        const struct audit_row *r = &a->row[i];
        s->n_training += r->training;
        if (r->training)
            continue;
        s->n_drawn++;
        s->n_labelled += is_labelled(g, spec, i);
        s->n_repeats += r->repeats - 1;
        s->n_like += r->like != AUDIT_NONE;
        for (size_t k = 0; k < r->n_says; k++)
            s->n_decided += r->say[k].decides;
        s->prob_low =
            s->prob_high == 0 || r->sample_prob < s->prob_low ? r->sample_prob : s->prob_low;
        s->prob_high = r->sample_prob > s->prob_high ? r->sample_prob : s->prob_high;
    }
    s->n_skipped = count_skipped(g, spec);
    /* the topic may be judged without being told */
    for (size_t t = 0; t < s->n_targets; t++)
        if (g->target[t] != AUDIT_NONE)
            describe_agreement(a, g->target[t], &s->target[t]);
    s->audit_id = a->id;
    s->audit_seed = a->seed;
    s->by_threads = a->unit == AUDIT_THREADS;
    s->n_strata = a->n_strata;
    s->n_annotators = a->n_annotators;
}
