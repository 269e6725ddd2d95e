/* SPDX-License-Identifier: MIT */
/*
 * agreetext: agreement for people. The four figures first, then labels, annotators and pairs;
 * what a newcomer cannot know is explained at the foot, once. Long lists stop, and JSON has
 * all of them.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "report/agreereport.h"
#include "report/layout.h"

enum {
    NAME = 24,
    FIGURE = 10,
    INTERVAL = 18,
    SHARE = 10,
    SHARES = (LAYOUT_WIDTH - 2 - NAME - FIGURE) / SHARE, /* labels side by side */
    COUNTS = (LAYOUT_WIDTH - 2 - NAME) / SHARE,
    MANY_PAIRS = 10,
    MANY_ANNOTATORS = 20,
    MANY_TARGETS = 12
};

/* Nothing where no intervals were asked for. */
static void add_interval(struct buf *out, const struct agreement *g, const struct agree_figure *f)
{
    struct buf text = {0};

    if (g->n_resamples == 0)
        return;
    if (isnan(f->interval.low)) {
        buf_add_str(&text, "–");
    } else {
        num_add_fixed(&text, f->interval.low, 3);
        buf_add_str(&text, " to ");
        num_add_fixed(&text, f->interval.high, 3);
    }
    layout_right(out, buf_span(&text), INTERVAL);
    buf_release(&text);
}

static void add_interval_title(struct buf *out, const struct agreement *g)
{
    if (g->n_resamples != 0)
        layout_right(out, SPAN("95 % interval"), INTERVAL);
    buf_add_char(out, '\n');
}

static void add_figure(struct buf *out, const struct agreement *g, struct span name,
                       const struct agree_figure *f)
{
    buf_add_str(out, "  ");
    layout_left(out, name, NAME);
    layout_figure(out, f->value, 3, FIGURE);
    add_interval(out, g, f);
    buf_add_char(out, '\n');
}

/* A target may have labels of its own: what nobody gave of another's is not shown. */
static bool was_given(const struct annotations *a, const struct agree_section *s, uint32_t label)
{
    for (uint32_t k = 0; k < a->n_annotators; k++)
        if (s->given[(size_t)k * a->n_labels + label] != 0)
            return true;
    return false;
}

static void add_figures(struct buf *out, const struct agreement *g, const struct agree_section *s)
{
    const struct annotations *a = &g->annotations;

    if (g->n_resamples != 0) {
        buf_add_str(out, "  ");
        layout_left(out, SPAN(""), NAME + FIGURE);
        add_interval_title(out, g);
    }
    add_figure(out, g, SPAN("agreement"), &s->observed);
    add_figure(out, g, s->n_pairs != 1 ? SPAN("Cohen's kappa, mean") : SPAN("Cohen's kappa"),
               &s->kappa);
    add_figure(out, g, SPAN("Krippendorff's alpha"), &s->alpha);
    for (uint32_t l = 0; l < a->n_labels; l++) {
        struct buf name = {0};
        if (!was_given(a, s, l))
            continue;
        buf_add_str(&name, "  ");
        buf_add_span(&name, a->label[l]);
        buf_add_str(&name, " or not");
        add_figure(out, g, buf_span(&name), &s->alpha_of[l]);
        buf_release(&name);
    }
    add_figure(out, g, s->n_pairs != 1 ? SPAN("macro-F1, mean") : SPAN("macro-F1"), &s->macro_f1);
    if (s->n_kappas != s->n_pairs)
        buf_addf(out, "  (kappa is undefined for %llu of %llu pairs, which its mean leaves out)\n",
                 (unsigned long long)(s->n_pairs - s->n_kappas), (unsigned long long)s->n_pairs);
}

/* ---- annotators ---- */

static uint64_t given_by(const struct annotations *a, const struct agree_section *s, uint32_t k)
{
    uint64_t n = 0;

    for (uint32_t l = 0; l < a->n_labels; l++)
        n += s->given[(size_t)k * a->n_labels + l];
    return n;
}

static void add_shares_of(struct buf *out, const struct annotations *a,
                          const struct agree_section *s, uint32_t k, const uint32_t *use,
                          uint32_t n_use)
{
    uint64_t n = given_by(a, s, k);

    layout_name(out, a->annotator[k], NAME);
    layout_count(out, n, FIGURE);
    for (uint32_t i = 0; i < n_use; i++)
        layout_figure(out,
                      n != 0 ? 100 * (double)s->given[(size_t)k * a->n_labels + use[i]] / (double)n
                             : NAN,
                      1, SHARE);
    buf_add_char(out, '\n');
}

static void add_shares(struct buf *out, const struct annotations *a, const struct agree_section *s)
{
    uint32_t *use = mem_array(a->n_labels, sizeof *use), n_use = 0;

    for (uint32_t l = 0; l < a->n_labels; l++)
        if (was_given(a, s, l))
            use[n_use++] = l;
    for (uint32_t from = 0; from < n_use; from += SHARES) {
        uint32_t to = n_use - from < SHARES ? n_use : from + SHARES;
        buf_add_str(out, "\n  ");
        layout_left(out, SPAN("labels given, in %"), NAME);
        layout_right(out, SPAN("in all"), FIGURE);
        for (uint32_t i = from; i < to; i++) {
            buf_add_char(out, ' ');
            layout_right(out, a->label[use[i]], SHARE - 1);
        }
        buf_add_char(out, '\n');
        for (uint32_t k = 0, n = 0; k < a->n_annotators && n < MANY_ANNOTATORS; k++) {
            bool some = given_by(a, s, k) != 0;
            n += some;
            if (some)
                add_shares_of(out, a, s, k, use + from, to - from);
        }
    }
    free(use);
    if (s->n_annotators > MANY_ANNOTATORS)
        buf_addf(out, "  (%d of %u annotators; --json has all)\n", MANY_ANNOTATORS,
                 s->n_annotators);
}

/* ---- pairs ---- */

static void add_pair_name(struct buf *out, const struct annotations *a, const struct agree_pair *p)
{
    struct buf name = {0};

    buf_add_span(&name, a->annotator[p->a]);
    buf_add_str(&name, ", ");
    buf_add_span(&name, a->annotator[p->b]);
    layout_name(out, buf_span(&name), NAME);
    buf_release(&name);
}

static int lowest_first(const void *a, const void *b)
{
    const struct agree_pair *x = *(const struct agree_pair *const *)a;
    const struct agree_pair *y = *(const struct agree_pair *const *)b;

    if (isnan(x->kappa.value) != isnan(y->kappa.value))
        return isnan(x->kappa.value) ? 1 : -1;
    if (!isnan(x->kappa.value) && x->kappa.value != y->kappa.value)
        return x->kappa.value < y->kappa.value ? -1 : 1;
    return (x > y) - (x < y); /* one array */
}

static void add_pairs(struct buf *out, const struct agreement *g, const struct agree_section *s)
{
    const struct annotations *a = &g->annotations;
    const struct agree_pair **p = mem_array(s->n_pairs, sizeof *p);

    for (uint64_t i = 0; i < s->n_pairs; i++)
        p[i] = &s->pair[i];
    if (s->n_pairs > MANY_PAIRS)
        qsort(p, s->n_pairs, sizeof *p, lowest_first);
    buf_add_str(out, "\n  ");
    layout_left(out, SPAN("pair"), NAME);
    layout_right(out, SPAN("units"), 8);
    layout_right(out, SPAN("agreement"), FIGURE + 1);
    layout_right(out, SPAN("macro-F1"), FIGURE);
    layout_right(out, SPAN("kappa"), 7);
    add_interval_title(out, g);
    for (uint64_t i = 0; i < s->n_pairs && i < MANY_PAIRS; i++) {
        add_pair_name(out, a, p[i]);
        layout_count(out, confusion_total(&p[i]->table), 8);
        layout_figure(out, p[i]->observed.value, 3, FIGURE + 1);
        layout_figure(out, p[i]->macro_f1.value, 3, FIGURE);
        layout_figure(out, p[i]->kappa.value, 3, 7);
        add_interval(out, g, &p[i]->kappa);
        buf_add_char(out, '\n');
    }
    if (s->n_pairs > MANY_PAIRS)
        buf_addf(out, "  (%d of %llu pairs, of lowest kappa first; --json has all)\n", MANY_PAIRS,
                 (unsigned long long)s->n_pairs);
    free(p);
}

static void add_table(struct buf *out, const struct annotations *a, const struct agree_pair *p,
                      const uint32_t *use, uint32_t n, uint32_t from)
{
    uint32_t to = n - from < COUNTS ? n : from + COUNTS;

    buf_add_str(out, "  ");
    layout_left(out, SPAN(""), NAME);
    for (uint32_t j = from; j < to; j++) {
        buf_add_char(out, ' ');
        layout_right(out, a->label[use[j]], SHARE - 1);
    }
    buf_add_char(out, '\n');
    for (uint32_t i = 0; i < n; i++) {
        buf_add_str(out, "  ");
        layout_left(out, a->label[use[i]], NAME);
        for (uint32_t j = from; j < to; j++)
            layout_count(out, p->table.count[(size_t)use[i] * a->n_labels + use[j]], SHARE);
        buf_add_char(out, '\n');
    }
}

static void add_confusion(struct buf *out, const struct annotations *a, const struct agree_pair *p)
{
    uint32_t *use = mem_array(a->n_labels, sizeof *use);
    uint32_t n = confusion_occurring(&p->table, use);
    struct buf line = {0};

    buf_addf(&line, "counts (rows: %s, columns: %s)", a->annotator[p->a].p, a->annotator[p->b].p);
    buf_add_char(out, '\n');
    layout_paragraph(out, "  ", buf_span(&line));
    buf_release(&line);
    for (uint32_t from = 0; from < n; from += COUNTS)
        add_table(out, a, p, use, n, from);
    free(use);
}

/* ---- sections ---- */

static void add_section(struct buf *out, const struct agreement *g, const struct agree_section *s)
{
    const struct annotations *a = &g->annotations;

    buf_add_char(out, '\n');
    if (s->target.p == NULL)
        buf_addf(out, "all %u targets together", a->n_targets);
    else if (layout_width(s->target) > 30)
        layout_left(out, s->target, 30);
    else
        layout_clean(out, s->target);
    buf_add_str(out, ": ");
    layout_counted(out, s->n_units, "unit");
    buf_addf(out, ", %llu by two or more, in ", (unsigned long long)s->n_shared);
    layout_counted(out, s->n_groups, "group");
    buf_add_char(out, '\n');
    add_figures(out, g, s);
    add_shares(out, a, s);
    if (s->n_pairs > 1)
        add_pairs(out, g, s);
    for (uint64_t p = 0; p < s->n_pairs && s->n_pairs <= MANY_PAIRS; p++)
        add_confusion(out, a, &s->pair[p]);
}

static void add_target_lines(struct buf *out, const struct agreement *g)
{
    enum { TARGET = 26, N = 7, ONE = 10 };

    buf_add_char(out, '\n');
    layout_left(out, SPAN("per target"), TARGET);
    layout_right(out, SPAN("units"), N);
    layout_right(out, SPAN("agreement"), ONE);
    layout_right(out, SPAN("kappa"), ONE - 1);
    layout_right(out, SPAN("alpha"), ONE - 1);
    add_interval_title(out, g);
    for (uint32_t i = 1; i < g->n_sections; i++) {
        const struct agree_section *s = &g->section[i];
        layout_name(out, s->target, TARGET - 2);
        layout_count(out, s->n_shared, N);
        layout_figure(out, s->observed.value, 3, ONE);
        layout_figure(out, s->kappa.value, 3, ONE - 1);
        layout_figure(out, s->alpha.value, 3, ONE - 1);
        add_interval(out, g, &s->alpha);
        buf_add_char(out, '\n');
    }
}

static void add_head(struct buf *out, const struct agreement *g)
{
    const struct annotations *a = &g->annotations;
    const struct agree_section *all = &g->section[0];

    buf_add_str(out, "agreement of ");
    layout_counted(out, a->n_annotators, "annotator");
    buf_add_char(out, '\n');
    layout_subject(out, all->n_comments, all->n_units, "unit", g->n_groups, g->grouped_by);
    for (size_t i = 0; i < g->n_notes; i++)
        layout_paragraph(out, "- ", g->note[i]);
}

/* ---- the units that annotators disagree on ---- */

static void add_unit(struct buf *out, const struct annotations *a, size_t from)
{
    struct buf text = {0};

    buf_add_span(&text, a->comment[a->row[from].comment].id);
    buf_add_char(&text, ' ');
    buf_add_span(&text, a->target[a->row[from].target]);
    buf_add_char(&text, ':');
    for (size_t i = from; i < annotations_unit_end(a, from); i++) {
        buf_add_str(&text, i != from ? ", " : " ");
        buf_add_span(&text, a->annotator[a->row[i].annotator]);
        buf_add_char(&text, ' ');
        buf_add_span(&text, a->label[a->row[i].label]);
    }
    layout_paragraph(out, "  ", buf_span(&text));
    buf_release(&text);
}

static void add_disputed(struct buf *out, const struct annotations *a, size_t n_listed)
{
    size_t n, *row = agree_disputed(a, &n);

    buf_addf(out, "\nunits that annotators disagree on: %zu", n);
    buf_addf(out, n > n_listed ? ", the most disputed %zu:\n" : "\n", n_listed);
    for (size_t i = 0; i < n && i < n_listed; i++)
        add_unit(out, a, row[i]);
    free(row);
}

static void explain(struct buf *out, const char *word, const char *text)
{
    struct buf lead = {0};

    layout_left(&lead, span_of(word), NAME);
    layout_paragraph(out, buf_str(&lead), span_of(text));
    buf_release(&lead);
}

static void add_foot(struct buf *out, const struct agreement *g)
{
    struct buf how = {0};

    buf_add_char(out, '\n');
    explain(out, "unit", "a comment and a target");
    explain(out, "agreement",
            "the share of the pairs of labels of a unit that are equal, mean over units");
    explain(out, "Cohen's kappa",
            "of two annotators: agreement beyond what their label shares give by chance; 0 is "
            "chance, 1 is all");
    explain(out, "Krippendorff's alpha",
            "the same for all annotators together, for nominal labels; below it, one label "
            "against the rest");
    if (g->section[0].n_pairs > 1)
        explain(out, "mean",
                "over pairs of annotators, each weighing as much as the units both labelled");
    explain(out, "macro-F1",
            "of one annotator judged by another, the same the other way round: what a program's "
            "macro-F1 is to be read beside");
    if (g->n_resamples != 0) {
        buf_addf(&how, "between quantiles of %u resamples of whole groups, seed %llu",
                 g->n_resamples, (unsigned long long)g->seed);
        explain(out, "95 % interval", buf_str(&how));
    }
    if (strstr(buf_str(out), "–") != NULL)
        explain(out, "–", "undefined, or too few groups or resamples to tell");
    buf_release(&how);
}

void agreereport_text(const struct agreement *g, size_t n_listed, struct buf *out)
{
    add_head(out, g);
    add_section(out, g, &g->section[0]);
    if (g->n_sections - 1 > MANY_TARGETS)
        add_target_lines(out, g);
    else
        for (uint32_t i = 1; i < g->n_sections; i++)
            add_section(out, g, &g->section[i]);
    if (n_listed != 0)
        add_disputed(out, &g->annotations, n_listed);
    add_foot(out, g);
}
