/* SPDX-License-Identifier: MIT */
/*
 * rule: the rule of decision, from probabilities to a label.
 *
 * The most probable label is right most often, but where labels are rare it is seldom a rare
 * one, and macro-F1, which counts each label the same, wants it more often. So a label is the
 * one with the largest p·w, where
 *     w = (training rows with that label)^-e
 * and e, from 0 (the most probable label) to 1 (the label that the comment raises most above
 * its share), is chosen on held-out rows for the figure that is asked for. Formally 1/share is
 * what balanced error wants (Elkan, The foundations of cost-sensitive learning, IJCAI 2001);
 * macro-F1 wants something between (Lipton, Elkan, Naryanaswamy, Optimal thresholding of
 * classifiers to maximize F1 measure, ECML 2014). Probabilities stay what they are.
 */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include <stdint.h>

enum rule_aim { RULE_MACRO_F1, RULE_F_AVG, RULE_PROBABLE };

enum { RULE_EXPONENTS = 5 };

/* 0, 1/4 … 1, rising. */
double rule_exponent(uint32_t i);

/* Writes weight[0 … n_labels-1], the largest of them 1, from seen[target][label], counts of
 * training rows. A label without rows weighs as much as the rarest one. */
void rule_weights(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels, double exponent,
                  double *weight);

#endif
