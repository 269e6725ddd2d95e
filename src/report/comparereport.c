/* SPDX-License-Identifier: MIT */
/* comparereport: see comparereport.h. The test and what it takes for one piece of evidence are
 * named before its p. */
#include "report/comparereport.h"

#include <math.h>

#include "base/num.h"
#include "report/bounds.h"
#include "report/layout.h"
#include "report/members.h"

enum { NAME = 30, WIDE = 25, P = 11 };

static const char *test_name(const struct randomization *t)
{
    return t->exact ? "exact randomization" : "approximate randomization";
}

/* ---- text ---- */

static void add_head(const struct comparison *c, struct buf *out)
{
    const struct evaluation *e = c->e;

    buf_addf(out, "%zu systems on the same gold\n", e->n_systems);
    layout_subject(out, e->n_comments, e->n_rows, "gold label", e->n_groups, e->grouped_by);
    for (size_t i = 0; i < e->n_notes; i++)
        layout_paragraph(out, "- ", e->note[i]);
    if (c->n_left_out != 0)
        buf_addf(out, "- %s of %llu labels: those that each system gave probabilities for\n",
                 metric_info[c->metric].name, (unsigned long long)(e->n_rows - c->n_left_out));
    if (e->n_groups < SUMMARY_FEW_GROUPS) {
        buf_add_str(out, "- only ");
        layout_counted(out, e->n_groups, "group");
        buf_addf(out, ": intervals and tests are rough below %d\n", SUMMARY_FEW_GROUPS);
    }
}

static void add_systems(const struct comparison *c, struct buf *out)
{
    buf_add_char(out, '\n');
    layout_left(out, SPAN("system"), NAME);
    layout_right(out, span_of(metric_info[c->metric].name), WIDE);
    buf_add_char(out, '\n');
    for (size_t s = 0; s < c->e->n_systems; s++) {
        layout_name(out, c->e->system[s].name, NAME - 2);
        bounds_text(out, c->figure[s], WIDE, c->n_resamples != 0);
        layout_end(out);
    }
}

static void add_p(struct buf *out, double p)
{
    struct buf text = {0};

    if (isnan(p))
        buf_add_str(&text, "–");
    else if (p < 0.0001)
        buf_add_str(&text, "<0.0001");
    else
        num_add_fixed(&text, p, 4);
    layout_right(out, buf_span(&text), P);
    buf_release(&text);
}

static void add_names(const struct comparison *c, const struct compared_pair *p, struct buf *out)
{
    struct buf names = {0};

    buf_add_span(&names, c->e->system[p->a].name);
    buf_add_str(&names, " − ");
    buf_add_span(&names, c->e->system[p->b].name);
    layout_name(out, buf_span(&names), NAME - 2);
    buf_release(&names);
}

static void add_pairs(const struct comparison *c, struct buf *out)
{
    bool many = c->n_pairs > 1;

    buf_add_char(out, '\n');
    layout_left(out, SPAN("difference"), NAME);
    layout_right(out, span_of(metric_info[c->metric].name), WIDE);
    layout_right(out, SPAN("p"), P);
    if (many)
        layout_right(out, SPAN("p (Holm)"), P);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < c->n_pairs; i++) {
        const struct compared_pair *p = &c->pair[i];
        add_names(c, p, out);
        bounds_text(out, p->difference, WIDE, c->n_resamples != 0);
        add_p(out, p->test.p);
        if (many)
            add_p(out, p->p_holm);
        buf_add_char(out, '\n');
    }
}

static void add_mcnemar(const struct comparison *c, struct buf *out)
{
    bool many = c->n_pairs > 1;

    if (isnan(c->pair[0].mcnemar))
        return;
    buf_add_char(out, '\n');
    layout_left(out, SPAN("rows only one has right"), NAME);
    layout_right(out, SPAN("first"), 11);
    layout_right(out, SPAN("second"), 11);
    layout_right(out, SPAN("p"), P);
    if (many)
        layout_right(out, SPAN("p (Holm)"), P);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < c->n_pairs; i++) {
        const struct compared_pair *p = &c->pair[i];
        add_names(c, p, out);
        layout_count(out, p->only_a, 11);
        layout_count(out, p->only_b, 11);
        add_p(out, p->mcnemar);
        if (many)
            add_p(out, p->mcnemar_holm);
        buf_add_char(out, '\n');
    }
}

static void add_foot(const struct comparison *c, struct buf *out)
{
    const struct randomization *t = &c->pair[0].test;
    struct buf text = {0};

    buf_addf(&text, "%s, two-sided: what two systems said is exchanged group by group, ",
             test_name(t));
    if (t->exact)
        buf_addf(&text, "in each of the %llu ways there are", (unsigned long long)t->n);
    else
        buf_addf(&text, "%llu times (seed %llu)", (unsigned long long)t->n,
                 (unsigned long long)c->seed);
    buf_add_char(out, '\n');
    layout_paragraph(out, "p         ", buf_span(&text));
    if (c->n_pairs > 1)
        layout_paragraph(out, "p (Holm)  ", SPAN("corrected for the number of pairs, Holm 1979"));
    if (!isnan(c->pair[0].mcnemar))
        layout_paragraph(out, "rows      ",
                         SPAN("p of McNemar's exact test on accuracy: each row is a group"));
    if (c->n_resamples != 0) {
        buf_reset(&text);
        buf_addf(&text, "95 %% of %u bootstrap resamples of groups", c->n_resamples);
        layout_paragraph(out, "interval  ", buf_span(&text));
    }
    buf_release(&text);
}

void comparereport_text(const struct comparison *c, struct buf *out)
{
    add_head(c, out);
    add_systems(c, out);
    add_pairs(c, out);
    add_mcnemar(c, out);
    add_foot(c, out);
}

/* ---- JSON ---- */

static void pair_json(const struct comparison *c, const struct compared_pair *p, struct buf *out)
{
    members_open(out, NULL, '{');
    members_string(out, "a", c->e->system[p->a].name);
    members_string(out, "b", c->e->system[p->b].name);
    members_number(out, "difference", p->difference.value);
    members_number(out, "low", p->difference.low);
    members_number(out, "high", p->difference.high);
    members_string(out, "test", span_of(test_name(&p->test)));
    members_number(out, "p", p->test.p);
    members_number(out, "p_holm", p->p_holm);
    members_count(out, "rounds", p->test.n);
    members_count(out, "only_a", p->only_a);
    members_count(out, "only_b", p->only_b);
    members_number(out, "mcnemar", p->mcnemar);
    members_number(out, "mcnemar_holm", p->mcnemar_holm);
    buf_add_char(out, '}');
}

void comparereport_json(const struct comparison *c, struct buf *out)
{
    const struct evaluation *e = c->e;

    buf_add_char(out, '{');
    members_string(out, "metric", span_of(metric_info[c->metric].key));
    members_count(out, "comments", e->n_comments);
    members_count(out, "rows", e->n_rows);
    members_count(out, "groups", e->n_groups);
    members_string(out, "grouped_by", e->grouped_by);
    members_count(out, "left_out", c->n_left_out);
    members_count(out, "resamples", c->n_resamples);
    members_count(out, "rounds", c->n_rounds);
    members_count(out, "seed", c->seed);
    members_strings(out, "notes", e->note, e->n_notes);
    members_open(out, "systems", '[');
    for (size_t s = 0; s < e->n_systems; s++) {
        members_open(out, NULL, '{');
        members_string(out, "name", e->system[s].name);
        bounds_json(out, "", c->figure[s]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    members_open(out, "pairs", '[');
    for (size_t i = 0; i < c->n_pairs; i++)
        pair_json(c, &c->pair[i], out);
    buf_add_str(out, "]}\n");
}
