/* SPDX-License-Identifier: MIT */
/*
 * sharesreport: shares of labels in a dump, as a table for people, TSV, JSON, and a paragraph on
 * methods to paste. Each says what a share is a part of and where its interval comes from; an
 * assumption (shares.banner) stands first and last in what people read, and in every record of what
 * programs read. The web page is html/sharespage.h.
 */
#ifndef REPORT_SHARESREPORT_H
#define REPORT_SHARESREPORT_H

#include "base/buf.h"
#include "prevalence/shares.h"

/* At most 80 columns. Percent, with decimals as the interval's width allows (shareswords.h); per
 * target its statement, a line per label, then the groups, the differences, and footnotes. */
void sharesreport_text(const struct shares *s, struct buf *out);

/* One line a share, shares.level in no column but all digits in each: target, statement, label,
 * group, among ("all", "on-topic", "taking-sides"), per ("comment", "author"), method
 * ("difference", "audit", "adjusted", "sld", "count"), share, se, low, high, df, lambda, alone,
 * alone_low, alone_high, counted_biased, n_labelled, n_units, n_yes, population, pooled (0, 1),
 * status ("ok", or why there is no number), doubt, assumption. Empty: undefined, or nothing to say.
 */
void sharesreport_tsv(const struct shares *s, struct buf *out);

/* One object: {"method", "among", "per", "assumption", "level", "beyond_dump", "cross_fit",
 * "own_target", "by", "by_asked", "dump": {"records", "population", "statuses": {STATUS: N}, "sum",
 * "without_author"}, "audit": null or {"id", "seed", "unit", "by", "strata", "prob_low",
 * "prob_high", "drawn", "labelled", "training", "undecided", "skipped", "decided", "repeats",
 * "like", "annotators"}, "model": checksum or null, "version", "groups": [{"group", "population",
 * "authors", "threads", "pooled"}], "targets": [{"target", "statement", "homogeneity_p",
 * "agreement":
 * {"twice", "percent", "alpha"}, "groups": [{"group", "labels": [{"label", "fr", "en", "share",
 * "se", "low", "high", "df", "lambda", "alone", "alone_low", "alone_high", "counted_biased",
 * "n_labelled", "n_units", "n_yes", "refused", "doubt"}]}]}], "differences": [{"target", "label",
 * "a", "b", "difference", "se", "low", "high", "p"}], "notes"}. The first group is "all".
 * Undefined numbers are null. Ends with a newline. */
void sharesreport_json(const struct shares *s, struct buf *out);

/* Ready to paste, in French with its typography or in English: one paragraph on dump, sample,
 * labels, model, estimator and what is not told; then the references that it names, one a line. */
void sharesreport_methods(const struct shares *s, bool french, struct buf *out);

#endif
