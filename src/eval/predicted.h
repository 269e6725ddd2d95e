/* SPDX-License-Identifier: MIT */
/* predicted: an evaluation of what any program said, once its files are read (predictions.h). */
#ifndef EVAL_PREDICTED_H
#define EVAL_PREDICTED_H

#include "eval/evaluation.h"
#include "predictions/predictions.h"

/* Opens an evaluation with one system per source, all EVALUATION_JUDGED. */
int predicted_open(struct evaluation *e, const struct predictions *source, size_t n_sources,
                   const struct corpus *gold, const struct evaluation_options *options,
                   struct stance_err *err);

/* Fills an evaluation (released by the caller in any case) from one source, with majorities,
 * which are those of the gold itself, and surface beside it. */
int predicted_run(struct evaluation *e, const char *const *path, size_t n_paths, bool by_line,
                  const struct corpus *gold, const struct stance_input *input,
                  const struct evaluation_options *options, struct stance_err *err);

#endif
