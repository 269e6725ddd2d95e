/* SPDX-License-Identifier: MIT */
/* sharesgroups: see sharesgroups.h. A column is as wide as its widest cell, so that a few labels
 * stand side by side; further ones come in blocks below. */
#include "report/sharesgroups.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/layout.h"

enum { NAME = 16, COUNT = 9, ROOM = LAYOUT_WIDTH - 2 - NAME - 2 * COUNT, MOST = 20, GAP = 2 };

static void add_mark(struct buf *out, struct shareswords_notes *notes, const char *text)
{
    buf_addf(out, " [%c]", shareswords_mark(notes, text));
}

/* 15 (12–19) [a]: the mark where there is a doubt that the whole group does not have; "– [b]"
 * where there is no number. */
static void add_cell(struct buf *out, const struct share *share, const char *doubt,
                     struct shareswords_notes *notes)
{
    int decimals = shareswords_decimals(share->value, share->low, share->high);
    const char *why = share->refused != NULL ? share->refused : doubt == NULL ? share->doubt : NULL;

    shareswords_percent(out, share->refused != NULL ? NAN : share->value, decimals);
    if (share->refused == NULL && isfinite(share->low) && isfinite(share->high)) {
        buf_add_str(out, " (");
        shareswords_interval(out, share->low, share->high, decimals);
        buf_add_char(out, ')');
    }
    if (why != NULL)
        add_mark(out, notes, why);
}

static size_t width_of(const struct shares *s, const struct share_target *t, size_t label)
{
    struct shareswords_notes notes = {0};
    struct buf text = {0};
    size_t width;

    width = layout_width(t->label[label]);
    width = width > MOST ? MOST : width;
    for (size_t g = 0; g < s->n_groups; g++) {
        size_t n;
        if (shareswords_refused(s, t, g) != NULL)
            continue;
        buf_reset(&text);
        add_cell(&text, shareswords_share(t, g, label), shareswords_doubt(s, t, g), &notes);
        n = layout_width(buf_span(&text));
        width = n > width ? n : width;
    }
    buf_release(&text);
    return width + GAP;
}

static void add_head(const struct shares *s, const struct share_target *t, const size_t *label,
                     const size_t *width, size_t n, struct buf *out)
{
    buf_add_str(out, "\n  ");
    layout_left(out, shareswords_by(s->by), NAME);
    layout_right(out, SPAN("comments"), COUNT);
    if (shareswords_audited(s))
        layout_right(out, SPAN("labelled"), COUNT);
    for (size_t i = 0; i < n; i++) {
        buf_add_str(out, "  ");
        layout_right(out, t->label[label[i]], width[i] - GAP);
    }
    layout_end(out);
}

/* "2024-W20 [ab]" */
static void add_name(const struct share_group *g, const char *doubt,
                     struct shareswords_notes *notes, struct buf *out)
{
    struct buf name = {0};

    buf_add_span(&name, g->name);
    if (g->pooled || doubt != NULL)
        buf_add_str(&name, " [");
    if (g->pooled)
        buf_add_char(&name, shareswords_mark(notes, SHARESWORDS_POOLED));
    if (doubt != NULL)
        buf_add_char(&name, shareswords_mark(notes, doubt));
    if (g->pooled || doubt != NULL)
        buf_add_char(&name, ']');
    layout_name(out, buf_span(&name), NAME);
    buf_release(&name);
}

static void add_group(const struct shares *s, const struct share_target *t, size_t g,
                      const size_t *label, const size_t *width, size_t n,
                      struct shareswords_notes *notes, struct buf *out)
{
    const char *refused = shareswords_refused(s, t, g);
    const char *doubt = refused == NULL ? shareswords_doubt(s, t, g) : NULL;
    struct buf text = {0};

    add_name(&s->group[g], doubt, notes, out);
    layout_count(out, s->group[g].population, COUNT);
    if (shareswords_audited(s))
        layout_count(out, shareswords_share(t, g, label[0])->n_labelled, COUNT);
    if (refused != NULL)
        buf_addf(out, "  %.*s", ROOM - 2, refused);
    for (size_t i = 0; i < n && refused == NULL; i++) {
        buf_reset(&text);
        add_cell(&text, shareswords_share(t, g, label[i]), doubt, notes);
        layout_right(out, buf_span(&text), width[i]);
    }
    layout_end(out);
    buf_release(&text);
}

/* How many of the columns fit, at least one. */
static size_t fitting(const size_t *width, size_t n)
{
    size_t used = 0, i = 0;

    while (i < n && (i == 0 || used + width[i] <= ROOM))
        used += width[i++];
    return i;
}

void sharesgroups_table(const struct shares *s, const struct share_target *t,
                        struct shareswords_notes *notes, struct buf *out)
{
    size_t *label = mem_array(t->n_labels, sizeof *label), *width, n = 0;

    width = mem_array(t->n_labels, sizeof *width);
    for (size_t l = 0; l < t->n_labels && s->n_groups > 1; l++) {
        if (shareswords_outside(s, t, l))
            continue;
        label[n] = l;
        width[n++] = width_of(s, t, l);
    }
    for (size_t from = 0, k; from < n; from += k) {
        k = fitting(width + from, n - from);
        add_head(s, t, label + from, width + from, k, out);
        for (size_t g = 1; g < s->n_groups; g++)
            add_group(s, t, g, label + from, width + from, k, notes, out);
    }
    free(label);
    free(width);
}

/* ---- Differences ---- */

static void add_difference(const struct shares *s, const struct share_difference *d,
                           struct buf *out)
{
    enum { WHAT = 44, POINTS = 9, BOUNDS = 16, P = 9 };
    int decimals = shareswords_decimals(NAN, d->low, d->high);
    struct buf text = {0};

    buf_add_span(&text, s->target[d->target].label[d->label]);
    buf_add_str(&text, ": ");
    buf_add_span(&text, s->group[d->b].name);
    buf_add_str(&text, " less ");
    buf_add_span(&text, s->group[d->a].name);
    layout_name(out, buf_span(&text), WHAT);
    buf_reset(&text);
    shareswords_points(&text, d->value, decimals);
    layout_right(out, buf_span(&text), POINTS);
    buf_reset(&text);
    shareswords_points(&text, d->low, decimals);
    buf_add_str(&text, " to ");
    shareswords_points(&text, d->high, decimals);
    layout_right(out, isfinite(d->low) && isfinite(d->high) ? buf_span(&text) : SPAN("–"), BOUNDS);
    buf_reset(&text);
    shareswords_p(&text, d->p, false);
    layout_right(out, buf_span(&text), P);
    layout_end(out);
    buf_release(&text);
}

static void add_test(const struct share_target *t, struct buf *out)
{
    struct buf text = {0};

    if (isnan(t->homogeneity_p))
        return;
    buf_add_str(&text, "test that the model errs alike in all groups: ");
    shareswords_p(&text, t->homogeneity_p, true);
    if (t->homogeneity_p < 0.05)
        buf_add_str(&text, "; it does not seem so: shares that are pooled may be wrong");
    buf_add_char(out, '\n');
    layout_paragraph(out, "  ", buf_span(&text));
    buf_release(&text);
}

void sharesgroups_differences(const struct shares *s, uint32_t target, struct buf *out)
{
    bool any = false;

    add_test(&s->target[target], out);
    for (size_t i = 0; i < s->n_differences; i++) {
        if (s->difference[i].target != target)
            continue;
        if (!any)
            buf_addf(out, "\n  %-44s%9s%16s%9s\n", "differences", "points", "interval", "p");
        add_difference(s, &s->difference[i], out);
        any = true;
    }
    if (any)
        buf_add_str(out, "  each p stands for itself: of twenty true nothings one is below 0.05\n");
}
