/* SPDX-License-Identifier: MIT */
/*
 * predlines: predictions that are bare lists, one label a line, as fastText prints them. Nothing
 * says which comment a line is about but its place, so this is read only when asked for, and
 * only where the count is right.
 */
#ifndef PREDICTIONS_PREDLINES_H
#define PREDICTIONS_PREDLINES_H

#include "predictions/predictions.h"

/* Lines of all files one after the other: a label, or a label and its probability separated by
 * white space; a leading __label__ is not part of it. The n-th line is about the n-th gold label
 * by the line of its comment. STANCE_DATA: a number of lines other than that of the gold labels,
 * an empty line, a probability that is none, a gold comment with two targets, a gold of several
 * files (a corpus does not keep their order). Fills label and p of what predictions_read() has
 * begun. */
int predlines_read(struct predictions *p, const char *const *path, size_t n_paths,
                   const struct corpus *gold, const struct stance_input *input,
                   struct stance_err *err);

#endif
