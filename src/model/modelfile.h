/* SPDX-License-Identifier: MIT */
/* modelfile: which chunks a model file has and what is in them (model/FORMAT.md). */
#ifndef MODEL_MODELFILE_H
#define MODEL_MODELFILE_H

#include "model/model.h"

/* Lays out the chunks of m (whose image and mapping fields are ignored) in `out`. */
void modelfile_write(struct buf *out, const struct model *m);

/* Fills m from m->image; everything that the image says is checked before it is used.
 * m->name is for messages. */
int modelfile_read(struct model *m, struct stance_err *err);

#endif
