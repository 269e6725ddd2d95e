/* SPDX-License-Identifier: MIT */
/* table: an audit as people look at it from outside: how far it is, and as a spreadsheet. */
#ifndef LABEL_TABLE_H
#define LABEL_TABLE_H

#include "label/labelfile.h"

/* How many rows there are, what each annotator did, what is undecided; as text. */
void table_status(const struct labelfile *f, struct buf *out);

/* CSV of the rows that are shown, with the labels of this annotator (who may have said nothing). A
 * cell that a spreadsheet would take for a formula begins with an apostrophe. */
void table_export(const struct labelfile *f, struct span annotator, struct buf *out);

#endif
