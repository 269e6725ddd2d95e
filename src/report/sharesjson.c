/* SPDX-License-Identifier: MIT */
/* sharesjson: everything that is known of shares, as one object (its form is in sharesreport.h). */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "report/layout.h"
#include "report/members.h"
#include "report/shareswords.h"
#include "report/sharesreport.h"

static const struct span none = {NULL, 0};

static void add_bool(struct buf *out, const char *key, bool value)
{
    layout_key(out, span_of(key));
    buf_add_str(out, value ? "true" : "false");
}

static void add_hex(struct buf *out, const char *key, uint64_t value, int digits)
{
    layout_key(out, span_of(key));
    buf_addf(out, "\"%0*" PRIx64 "\"", digits, value);
}

static void add_literal(struct buf *out, const char *key, const char *s)
{
    members_string(out, key, s != NULL ? span_of(s) : none);
}

/* Infinite degrees of freedom are no number in JSON. */
static void add_number(struct buf *out, const char *key, double value)
{
    members_number(out, key, isfinite(value) ? value : NAN);
}

/* UINT64_MAX: null. */
static void add_count(struct buf *out, const char *key, uint64_t n)
{
    if (n == UINT64_MAX)
        members_string(out, key, none);
    else
        members_count(out, key, n);
}

static void add_dump(const struct shares *s, struct buf *out)
{
    members_open(out, "dump", '{');
    members_count(out, "records", s->records);
    members_count(out, "population", s->population);
    members_open(out, "statuses", '{');
    for (int i = 0; i < STANCE_N_STATUS; i++)
        members_count(out, stance_status_name((enum stance_status)i), s->status[i]);
    buf_add_char(out, '}');
    add_hex(out, "sum", s->dump_sum, 16);
    members_count(out, "without_author", s->n_no_author);
    buf_add_char(out, '}');
}

static void add_audit(const struct shares *s, struct buf *out)
{
    if (!shareswords_audited(s)) {
        members_string(out, "audit", none);
        return;
    }
    members_open(out, "audit", '{');
    add_hex(out, "id", s->audit_id, 16);
    members_count(out, "seed", s->audit_seed);
    add_literal(out, "unit", s->by_threads ? "threads" : "comments");
    members_strings(out, "by", s->stratum_by, s->n_stratum_by);
    members_count(out, "strata", s->n_strata);
    add_number(out, "prob_low", s->prob_low > 0 ? s->prob_low : NAN);
    add_number(out, "prob_high", s->prob_high > 0 ? s->prob_high : NAN);
    members_count(out, "drawn", s->n_drawn);
    members_count(out, "labelled", s->n_labelled);
    members_count(out, "training", s->n_training);
    members_count(out, "undecided", s->n_undecided);
    members_count(out, "skipped", s->n_skipped);
    members_count(out, "decided", s->n_decided);
    members_count(out, "repeats", s->n_repeats);
    members_count(out, "like", s->n_like);
    members_count(out, "annotators", s->n_annotators);
    buf_add_char(out, '}');
}

static void add_groups(const struct shares *s, struct buf *out)
{
    members_open(out, "groups", '[');
    for (size_t g = 0; g < s->n_groups; g++) {
        members_open(out, NULL, '{');
        members_string(out, "group", s->group[g].name);
        members_count(out, "population", s->group[g].population);
        add_count(out, "authors", s->group[g].n_authors);
        add_count(out, "threads", s->group[g].n_threads);
        add_bool(out, "pooled", s->group[g].pooled);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_share(const struct share_target *t, size_t group, size_t l, struct buf *out)
{
    const struct share *share = shareswords_share(t, group, l);
    bool told = share->refused == NULL;

    members_open(out, NULL, '{');
    members_string(out, "label", t->label[l]);
    members_string(out, "fr", t->fr != NULL ? t->fr[l] : none);
    members_string(out, "en", t->en != NULL ? t->en[l] : none);
    add_number(out, "share", told ? share->value : NAN);
    add_number(out, "se", told ? share->se : NAN);
    add_number(out, "low", told ? share->low : NAN);
    add_number(out, "high", told ? share->high : NAN);
    add_number(out, "df", told ? share->df : NAN);
    add_number(out, "lambda", told ? share->lambda : NAN);
    add_number(out, "alone", told ? share->alone : NAN);
    add_number(out, "alone_low", told ? share->alone_low : NAN);
    add_number(out, "alone_high", told ? share->alone_high : NAN);
    add_number(out, "counted_biased", share->counted);
    members_count(out, "n_labelled", share->n_labelled);
    members_count(out, "n_units", share->n_units);
    members_count(out, "n_yes", share->n_yes);
    add_literal(out, "refused", share->refused);
    add_literal(out, "doubt", share->doubt);
    buf_add_char(out, '}');
}

static void add_target(const struct shares *s, const struct share_target *t, struct buf *out)
{
    members_open(out, NULL, '{');
    members_string(out, "target", t->id);
    members_string(out, "statement", t->statement);
    add_number(out, "homogeneity_p", t->homogeneity_p);
    members_open(out, "agreement", '{');
    members_count(out, "twice", t->n_twice);
    add_number(out, "percent", t->n_twice != 0 ? t->percent : NAN);
    add_number(out, "alpha", t->n_twice != 0 ? t->alpha : NAN);
    buf_add_char(out, '}');
    members_open(out, "groups", '[');
    for (size_t g = 0; g < s->n_groups; g++) {
        members_open(out, NULL, '{');
        members_string(out, "group", s->group[g].name);
        members_open(out, "labels", '[');
        for (size_t l = 0; l < t->n_labels; l++)
            add_share(t, g, l, out);
        buf_add_str(out, "]}");
    }
    buf_add_str(out, "]}");
}

static void add_difference(const struct shares *s, const struct share_difference *d,
                           struct buf *out)
{
    members_open(out, NULL, '{');
    members_string(out, "target", s->target[d->target].id);
    members_string(out, "label", s->target[d->target].label[d->label]);
    members_string(out, "a", s->group[d->a].name);
    members_string(out, "b", s->group[d->b].name);
    add_number(out, "difference", d->value);
    add_number(out, "se", d->se);
    add_number(out, "low", d->low);
    add_number(out, "high", d->high);
    add_number(out, "p", d->p);
    buf_add_char(out, '}');
}

static void add_method(const struct shares *s, struct buf *out)
{
    add_literal(out, "method", shareswords_method(s));
    add_literal(out, "among", shareswords_among(s));
    add_literal(out, "per", shareswords_per(s));
    members_string(out, "assumption", s->banner);
    add_number(out, "level", s->level);
    add_bool(out, "beyond_dump", s->beyond_dump);
    add_bool(out, "cross_fit", s->cross_fit);
    add_bool(out, "own_target", s->own_target);
    members_string(out, "by", s->by);
    members_string(out, "by_asked", s->by_asked);
}

static void add_model(const struct shares *s, struct buf *out)
{
    if (s->method == SHARES_AUDIT && s->model_checksum == 0)
        members_string(out, "model", none);
    else
        add_hex(out, "model", s->model_checksum, 8);
    add_literal(out, "version", s->version);
}

void sharesreport_json(const struct shares *s, struct buf *out)
{
    buf_add_char(out, '{');
    add_method(s, out);
    add_dump(s, out);
    add_audit(s, out);
    add_model(s, out);
    add_groups(s, out);
    members_open(out, "targets", '[');
    for (size_t t = 0; t < s->n_targets; t++)
        add_target(s, &s->target[t], out);
    buf_add_char(out, ']');
    members_open(out, "differences", '[');
    for (size_t i = 0; i < s->n_differences; i++)
        add_difference(s, &s->difference[i], out);
    buf_add_char(out, ']');
    members_strings(out, "notes", s->note, s->n_notes);
    buf_add_str(out, "}\n");
}
