/* SPDX-License-Identifier: MIT */
/*
 * family: which labels a target may be given by who does not know it.
 *
 * Labels that some target has together are of one family, and so are those linked through
 * others: favor, against and none of two stances, on and off of a topic. A baseline that is
 * blind to targets chooses within the family of the target's labels; over the labels of all
 * targets it would say "off" of a stance, and no longer be worth beating. Two targets of which
 * one never had "none" stay one family: the blind one may still give it to either.
 */
#ifndef MODEL_FAMILY_H
#define MODEL_FAMILY_H

#include <stdint.h>

/* From seen[target][label], how often a target had a label, a new table of the same shape: how
 * often any target had the label, where it is of the target's family, else 0. A target that had
 * none may have any. Owned by the caller (free()). */
uint64_t *family_counts(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels);

#endif
