/* SPDX-License-Identifier: MIT */
/* shareswords: see shareswords.h. */
#include "report/shareswords.h"

#include <math.h>

#include "corpus/period.h"
#include "base/num.h"

#define DASH  "–"
#define MINUS "−"

/* ---- Numbers ---- */

static bool looks_like(double part, double end, int decimals)
{
    return part != end && fabs(part - end) * 100 < 0.5 * pow(10, -decimals);
}

int shareswords_decimals(double value, double low, double high)
{
    double half = 50 * (high - low);
    int decimals;

    if (!isfinite(low) || !isfinite(high))
        return 1;
    decimals = half < 0.1 - 1e-9 ? 2 : half < 1 - 1e-9 ? 1 : 0;
    if (decimals == 0 && (looks_like(low, 0, 0) || looks_like(high, 1, 0) ||
                          looks_like(value, 0, 0) || looks_like(value, 1, 0)))
        decimals = 1;
    return decimals;
}

/* Products such as 100 · 0.145 that fall short of a half by their last bit are meant as it. */
static double hundred(double part)
{
    return round(part * 1e12) / 1e10;
}

void shareswords_percent(struct buf *out, double part, int decimals)
{
    double power = pow(10, decimals);

    if (isfinite(part))
        num_add_fixed(out, round(hundred(part) * power) / power, decimals);
    else
        buf_add_str(out, DASH);
}

void shareswords_interval(struct buf *out, double low, double high, int decimals)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    shareswords_percent(out, low, decimals);
    buf_add_str(out, DASH);
    shareswords_percent(out, high, decimals);
}

void shareswords_points(struct buf *out, double part, int decimals)
{
    struct buf text = {0};

    shareswords_percent(&text, fabs(part), decimals);
    if (isfinite(part) && strspn(buf_str(&text), "0.") != text.len)
        buf_add_str(out, part < 0 ? MINUS : "+");
    buf_add_span(out, buf_span(&text));
    buf_release(&text);
}

void shareswords_p(struct buf *out, double p, bool equals)
{
    if (equals)
        buf_add_str(out, p < 0.001 ? "p < 0.001" : "p = ");
    if (isnan(p))
        buf_add_str(out, DASH);
    else if (p >= 0.001)
        num_add_fixed(out, p, 3);
    else if (!equals)
        buf_add_str(out, "<0.001");
}

/* ---- Names ---- */

const char *shareswords_method(const struct shares *s)
{
    static const char *const of[] = {"difference", "audit", "adjusted", "sld", "count"};
    return of[s->method];
}

const char *shareswords_among(const struct shares *s)
{
    static const char *const of[] = {"all", "on-topic", "taking-sides"};
    return of[s->among];
}

const char *shareswords_per(const struct shares *s)
{
    return s->per_author ? "author" : "comment";
}

const char *shareswords_denominator(const struct shares *s)
{
    static const char *const of[] = {"share of all comments", "share of comments that speak of it",
                                     "share of comments that take a side"};
    return of[s->among];
}

const char *shareswords_how(const struct shares *s)
{
    static const char *const of[] = {
        "predictions for every comment, corrected by the audit's labels",
        "the audit's labels alone, weighted by how they were drawn",
        "adjusted count: predicted labels, corrected by the errors that the model made on held-out "
        "comments of its own corpus; no label of this dump",
        "expectation-maximisation (SLD): the model's probabilities, moved to the shares under "
        "which "
        "they are most probable; no label of this dump",
        "predicted labels counted: biased, and no interval can be given",
    };
    return of[s->method];
}

const char *shareswords_units(const struct shares *s)
{
    return s->by_threads || s->beyond_dump ? "threads" : "comments";
}

void shareswords_label(struct buf *out, const struct share_target *t, size_t label)
{
    bool named = t->fr != NULL && t->fr[label].p != NULL && !span_eq(t->fr[label], t->label[label]);

    if (named) {
        buf_add_span(out, t->fr[label]);
        buf_add_str(out, " (");
    }
    buf_add_span(out, t->label[label]);
    buf_add_str(out, named ? ")" : "");
}

const struct share *shareswords_share(const struct share_target *t, size_t group, size_t label)
{
    return &t->share[group * t->n_labels + label];
}

bool shareswords_outside(const struct shares *s, const struct share_target *t, size_t label)
{
    return s->among == SHARES_TAKING_SIDES && span_eq(t->label[label], SPAN("none"));
}

bool shareswords_audited(const struct shares *s)
{
    return s->method == SHARES_DIFFERENCE || s->method == SHARES_AUDIT;
}

bool shareswords_counted(const struct shares *s)
{
    if (s->method == SHARES_COUNT)
        return false;
    for (size_t t = 0; t < s->n_targets; t++)
        for (size_t i = 0; i < s->n_groups * s->target[t].n_labels; i++)
            if (isfinite(s->target[t].share[i].counted))
                return true;
    return false;
}

bool shareswords_apart(struct buf *out, const struct shares *s)
{
    bool any = false;

    for (int i = STANCE_STATUS_BLANK; i < STANCE_N_STATUS; i++) {
        if (s->status[i] == 0)
            continue;
        buf_addf(out, "%s%llu %s", any ? ", " : "", (unsigned long long)s->status[i],
                 stance_status_name((enum stance_status)i));
        any = true;
    }
    return any;
}

struct span shareswords_by(struct span field)
{
    return period_named(field) >= 0 ? (struct span){field.p + 5, field.len - 5} : field;
}

void shareswords_strata(struct buf *out, const struct shares *s)
{
    for (size_t i = 0; i < s->n_stratum_by; i++) {
        buf_add_str(out, i != 0 ? " and " : "");
        buf_add_span(out, shareswords_by(s->stratum_by[i]));
    }
}

/* What all labels of a group have said of them. */
static const char *common(const struct shares *s, const struct share_target *t, size_t group,
                          const char *(*of)(const struct share *))
{
    const char *why = NULL;

    for (size_t l = 0; l < t->n_labels; l++) {
        const char *said = of(shareswords_share(t, group, l));
        if (shareswords_outside(s, t, l))
            continue;
        if (said == NULL || (why != NULL && strcmp(why, said) != 0))
            return NULL;
        why = said;
    }
    return why;
}

static const char *refused_of(const struct share *share)
{
    return share->refused;
}

static const char *doubt_of(const struct share *share)
{
    return share->doubt;
}

const char *shareswords_refused(const struct shares *s, const struct share_target *t, size_t group)
{
    return common(s, t, group, refused_of);
}

const char *shareswords_doubt(const struct shares *s, const struct share_target *t, size_t group)
{
    return common(s, t, group, doubt_of);
}

/* ---- Footnotes ---- */

char shareswords_mark(struct shareswords_notes *notes, const char *text)
{
    size_t i = 0;

    while (i < notes->n && strcmp(notes->text[i], text) != 0)
        i++;
    if (i == notes->n && notes->n < SHARESWORDS_NOTES)
        notes->text[notes->n++] = text;
    return (char)('a' + (i < SHARESWORDS_NOTES ? i : SHARESWORDS_NOTES - 1));
}
