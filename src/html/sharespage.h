/* SPDX-License-Identifier: MIT */
/*
 * sharespage: shares of labels in a dump as one page for people: a dot with its interval per
 * label, a curve with its band where groups are periods, tables of all figures, how to read them,
 * and the paragraph on methods in French and English.
 *
 * Like the page of an evaluation (html.h) it needs nothing else, says no date and no path, and
 * is the same bytes for the same shares. An assumption stands at its top and at its foot.
 */
#ifndef HTML_SHARESPAGE_H
#define HTML_SHARESPAGE_H

#include "base/buf.h"
#include "prevalence/shares.h"

void sharespage_html(const struct shares *s, struct buf *out);

#endif
