/* SPDX-License-Identifier: MIT */
/*
 * explain: which n-grams decide. For one target the machine of a label pair is linear in
 * the comment: margin = intercept + Σ value · weight over its n-grams, positive for the
 * pair's first label. So a comment's explanation is that sum itself, not an approximation.
 *
 * For a model as a whole, an n-gram's strength toward label l of a target is
 *     idf · mean over the pairs (l, other label of the target) of ± weight,
 * the sign turned toward l. The value of an n-gram that occurs once is its idf divided by
 * the comment's length, so this is what one occurrence moves the margin by before that
 * division; without idf, n-grams would be compared that never reach the same value.
 *
 * Words are shown as they were normalized, character n-grams as c:inter with _ for the
 * boundary of a word.
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "model/model.h"

/* The n (0: all) strongest n-grams toward each label of a target (UINT32_MAX: of each).
 * JSON: {"strength", "targets": [{"target", "statement", "labels": [{"label", "ngrams":
 * [{"ngram", "space", "strength"}]}]}]}. Appended to out. */
void explain_model(const struct model *m, uint32_t target, size_t n, bool json, struct buf *out);

/* A comment for one target (UINT32_MAX: each): its label and probabilities, then for each
 * pair of the target's labels margin, intercept and n-grams by falling |product|, the first
 * n (0: all) of them; the others' sum is said. JSON: {"targets": [{"target", "label", "p",
 * "probs": {LABEL: p}, "pairs": [{"positive", "negative", "margin", "intercept", "ngrams":
 * [{"ngram", "space", "value", "weight", "product"}], "others": {"n", "product"}}]}]}. */
void explain_comment(const struct model *m, uint32_t target, struct span text, size_t n, bool json,
                     struct buf *out);

#endif
