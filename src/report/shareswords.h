/* SPDX-License-Identifier: MIT */
/*
 * shareswords: what the forms of shares have in common: how many decimals a percentage may have,
 * and what methods, denominators and labels are called. Text in English.
 */
#ifndef REPORT_SHARESWORDS_H
#define REPORT_SHARESWORDS_H

#include "base/buf.h"
#include "prevalence/shares.h"

/* Said of a pooled group. */
#define SHARESWORDS_POOLED "pooled: corrected by the error rate of all groups together"

/* Decimals of a percentage: none where the interval's half width is a point or more, one below
 * that, two below a tenth; one at least where a bound that is inside 0 to 100 % would otherwise
 * look like one of these. One without an interval. */
int shareswords_decimals(double value, double low, double high);

/* A part of 1 as a number of percent: "15", "0.4"; NAN as "–". */
void shareswords_percent(struct buf *out, double part, int decimals);

/* "12–19"; nothing where a bound is undefined. */
void shareswords_interval(struct buf *out, double low, double high, int decimals);

/* "+5", "−1.2"; "0" and its like without a sign. In points, of a difference of parts. */
void shareswords_points(struct buf *out, double part, int decimals);

/* "0.012", "<0.001"; NAN as "–". With `equals`: "p = 0.012", "p < 0.001". */
void shareswords_p(struct buf *out, double p, bool equals);

/* "difference", …; "all", "on-topic", "taking-sides"; "comment" or "author": as TSV and JSON have
 * them. */
const char *shareswords_method(const struct shares *s);
const char *shareswords_among(const struct shares *s);
const char *shareswords_per(const struct shares *s);

/* "share of all comments", "of comments that speak of it", "of comments that take a side". */
const char *shareswords_denominator(const struct shares *s);

/* How the shares came about, in one sentence without a full stop. */
const char *shareswords_how(const struct shares *s);

/* What a unit of variance is, in the plural: "threads" or "comments". */
const char *shareswords_units(const struct shares *s);

/* "pour (favor)": the French display name, where there is one, and the label. Bytes as given. */
void shareswords_label(struct buf *out, const struct share_target *t, size_t label);

const struct share *shareswords_share(const struct share_target *t, size_t group, size_t label);

/* A label that is not in the denominator: none among those that take sides. */
bool shareswords_outside(const struct shares *s, const struct share_target *t, size_t label);

/* Whether shares rest on labels of this dump; whether predictions were counted beside them. */
bool shareswords_audited(const struct shares *s);
bool shareswords_counted(const struct shares *s);

/* "300 deleted, 45 blank": records of the dump that have no comment to label. False: none. */
bool shareswords_apart(struct buf *out, const struct shares *s);

/* "week" for date:week; a field as it is. */
struct span shareswords_by(struct span field);

/* "date:week and source" */
void shareswords_strata(struct buf *out, const struct shares *s);

/* Why all labels of a group are refused, or doubted, where it is for one reason; NULL. */
const char *shareswords_refused(const struct shares *s, const struct share_target *t, size_t group);
const char *shareswords_doubt(const struct shares *s, const struct share_target *t, size_t group);

/* ---- Footnotes: a letter for each text ---- */

enum { SHARESWORDS_NOTES = 26 };

struct shareswords_notes {
    const char *text[SHARESWORDS_NOTES];
    size_t n;
};

/* The letter of a text, the same for the same text. With all letters taken, the last one's. */
char shareswords_mark(struct shareswords_notes *notes, const char *text);

#endif
