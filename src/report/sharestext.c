/* SPDX-License-Identifier: MIT */
/*
 * sharestext: shares for people. First what was estimated and from what, then per target its
 * statement and a line per label: the share with its interval, and beside it what labels alone
 * and what counting predictions would have said.
 */
#include <math.h>

#include "base/num.h"
#include "report/layout.h"
#include "report/sharesfacts.h"
#include "report/sharesgroups.h"
#include "report/sharesreport.h"

enum { LEAD = 10, NAME = 25, SHARE = 7, BOUNDS = 12, ALONE = 13, COUNTED = 9, LABELLED = 12 };

static unsigned long long ull(uint64_t n)
{
    return (unsigned long long)n;
}

static void add_banner(const struct shares *s, struct buf *out)
{
    if (s->banner.p != NULL)
        layout_paragraph(out, "!!  ", s->banner);
}

/* ---- What was estimated, and from what ---- */

static void add_facts(const struct shares *s, struct buf *out)
{
    struct buf line = {0}, lead = {0};

    for (int i = 0; i < SHARESFACTS; i++) {
        const char *name;
        buf_reset(&line);
        buf_reset(&lead);
        name = sharesfacts_add(s, i, &line);
        if (name == NULL)
            continue;
        layout_left(&lead, span_of(name), LEAD);
        layout_paragraph(out, buf_str(&lead), buf_span(&line));
    }
    buf_release(&lead);
    buf_release(&line);
}

/* ---- One target ---- */

static void add_labels_head(const struct shares *s, struct buf *out)
{
    bool counted = shareswords_counted(s), alone = s->method == SHARES_DIFFERENCE;

    buf_add_str(out, "\n  ");
    layout_left(out, SPAN("percent"), NAME);
    layout_right(out, SPAN("share"), SHARE);
    layout_right(out, s->method != SHARES_COUNT ? SPAN("interval") : SPAN(""), BOUNDS);
    if (alone)
        layout_right(out, SPAN("labels alone"), ALONE);
    if (counted)
        layout_right(out, SPAN("counted"), COUNTED);
    if (shareswords_audited(s))
        layout_right(out, SPAN("labelled"), LABELLED);
    layout_end(out);
    if (counted)
        buf_addf(out, "%*s\n", 2 + NAME + SHARE + BOUNDS + (alone ? ALONE : 0) + COUNTED,
                 "(biased)");
}

static void add_bounds(struct buf *out, double low, double high, int decimals, size_t width)
{
    struct buf text = {0};

    shareswords_interval(&text, low, high, decimals);
    layout_right(out, text.len != 0 ? buf_span(&text) : SPAN("–"), width);
    buf_release(&text);
}

static void add_percent(struct buf *out, double part, int decimals, size_t width)
{
    struct buf text = {0};

    shareswords_percent(&text, part, decimals);
    layout_right(out, buf_span(&text), width);
    buf_release(&text);
}

static void add_labelled(struct buf *out, const struct share *share)
{
    struct buf text = {0};

    buf_addf(&text, "%llu/%llu", ull(share->n_yes), ull(share->n_labelled));
    layout_right(out, buf_span(&text), LABELLED);
    buf_release(&text);
}

static void add_label(const struct shares *s, const struct share_target *t, size_t label,
                      struct shareswords_notes *notes, struct buf *out)
{
    const struct share *share = shareswords_share(t, 0, label);
    const char *why = share->refused != NULL ? share->refused : share->doubt;
    int decimals = shareswords_decimals(share->value, share->low, share->high);
    bool refused = share->refused != NULL;
    struct buf name = {0};

    shareswords_label(&name, t, label);
    if (why != NULL)
        buf_addf(&name, " [%c]", shareswords_mark(notes, why));
    layout_name(out, buf_span(&name), NAME);
    add_percent(out, refused ? NAN : share->value, decimals, SHARE);
    if (s->method != SHARES_COUNT)
        add_bounds(out, refused ? NAN : share->low, share->high, decimals, BOUNDS);
    if (s->method == SHARES_DIFFERENCE)
        add_bounds(out, share->alone_low, share->alone_high,
                   shareswords_decimals(share->alone, share->alone_low, share->alone_high), ALONE);
    if (shareswords_counted(s))
        add_percent(out, share->counted, decimals, COUNTED);
    if (shareswords_audited(s))
        add_labelled(out, share);
    layout_end(out);
    buf_release(&name);
}

static void add_alpha(struct buf *line, double alpha)
{
    if (isnan(alpha))
        buf_add_str(line, "–");
    else
        num_add_fixed(line, alpha, 2);
}

/* "share of all comments; 398 labelled, in 132 threads; of 100 labelled twice or more …". */
static void add_of(const struct shares *s, const struct share_target *t, struct buf *out)
{
    const struct share *first = &t->share[0];
    struct buf line = {0};

    buf_add_str(&line, shareswords_denominator(s));
    if (s->per_author)
        buf_add_str(&line, ", per author");
    if (shareswords_audited(s) && t->n_labels != 0) {
        buf_addf(&line, "; %llu labelled", ull(first->n_labelled));
        if (span_eq(span_of(shareswords_units(s)), SPAN("threads")))
            buf_addf(&line, ", in %llu thread%s", ull(first->n_units),
                     first->n_units != 1 ? "s" : "");
    }
    if (t->n_twice != 0) {
        buf_addf(&line, "; of %llu labelled twice or more annotators agree on ", ull(t->n_twice));
        shareswords_percent(&line, t->percent, 0);
        buf_add_str(&line, " %, Krippendorff's alpha ");
        add_alpha(&line, t->alpha);
    }
    layout_paragraph(out, "  ", buf_span(&line));
    buf_release(&line);
}

static void add_target(const struct shares *s, uint32_t target, struct buf *out)
{
    const struct share_target *t = &s->target[target];
    struct shareswords_notes notes = {0};
    struct buf line = {0};

    buf_add_char(out, '\n');
    buf_add_span(&line, t->id);
    if (t->statement.p != NULL) {
        buf_add_str(&line, ": ");
        buf_add_span(&line, t->statement);
    }
    layout_paragraph(out, "", buf_span(&line));
    add_of(s, t, out);
    add_labels_head(s, out);
    for (size_t l = 0; l < t->n_labels; l++)
        if (!shareswords_outside(s, t, l))
            add_label(s, t, l, &notes, out);
    sharesgroups_table(s, t, &notes, out);
    sharesgroups_differences(s, target, out);
    for (size_t i = 0; i < notes.n; i++) {
        char lead[] = "  [a] ";
        lead[3] = (char)('a' + i);
        buf_add_str(out, i == 0 ? "\n" : "");
        layout_paragraph(out, lead, span_of(notes.text[i]));
    }
    buf_release(&line);
}

/* ---- The foot ---- */

static void explain(struct buf *out, const char *word, const char *text)
{
    struct buf lead = {0};

    layout_left(&lead, span_of(word), 14);
    layout_paragraph(out, buf_str(&lead), span_of(text));
    buf_release(&lead);
}

static void add_foot(const struct shares *s, struct buf *out)
{
    buf_add_char(out, '\n');
    if (s->method == SHARES_DIFFERENCE)
        explain(out, "labels alone",
                "the interval that the audit's labels give without predictions");
    if (shareswords_counted(s))
        explain(out, "counted",
                "what counting predicted labels would have said: biased, for comparison alone");
    if (shareswords_audited(s))
        explain(out, "labelled",
                "comments that people labelled so, of all that they labelled and that "
                "are in the denominator");
    explain(out, "–", "not told, or undefined");
}

void sharesreport_text(const struct shares *s, struct buf *out)
{
    add_banner(s, out);
    add_facts(s, out);
    for (uint32_t t = 0; t < s->n_targets; t++)
        add_target(s, t, out);
    add_foot(s, out);
    if (s->n_notes != 0)
        buf_add_char(out, '\n');
    for (size_t i = 0; i < s->n_notes; i++)
        layout_paragraph(out, "- ", s->note[i]);
    if (s->banner.p != NULL)
        buf_add_char(out, '\n');
    add_banner(s, out);
}
