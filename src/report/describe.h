/* SPDX-License-Identifier: MIT */
/* describe: everything that a model file says about itself. */
#ifndef REPORT_DESCRIBE_H
#define REPORT_DESCRIBE_H

#include "model/model.h"

/* Text for people, or one JSON object: {"format", "bytes", "checksum", "targets": [{"target",
 * "statement", "definition", "labels": {LABEL: {"seen", "fr", "en"}}, "held_out"}], "labels",
 * "features", "kernel", "trained_comments", "held_out": {"note", "pooled", "target_blind"},
 * "meta"}. Held-out figures are figures_json()'s, of the folds that C was chosen on. */
void describe_text(const struct model *m, struct buf *out);
void describe_json(const struct model *m, struct buf *out);

#endif
