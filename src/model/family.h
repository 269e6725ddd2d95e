/* SPDX-License-Identifier: MIT */
/*
 * family: which labels a target may be given, by who knows it and by who does not.
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

/* A label that a target never had in fewer rows than this may be chance: in 19 rows, of a label
 * with a share of one in seven one time in twenty. */
enum { FAMILY_FEW = 20 };

/* The same for who knows the target: its own counts where it has FAMILY_FEW rows or more, so that
 * a label it never had is never given to it, else those of its family. */
uint64_t *family_allowed(const uint64_t *seen, uint32_t n_targets, uint32_t n_labels);

#endif
