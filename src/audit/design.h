/* SPDX-License-Identifier: MIT */
/*
 * design: where a record of a dump belongs: its key, its stratum, its cluster, its group. The one
 * place for it, so that what is drawn and what is estimated speak of the same comments.
 */
#ifndef AUDIT_DESIGN_H
#define AUDIT_DESIGN_H

#include "audit/audit.h"
#include "corpus/parse.h"

#define DESIGN_NONE "(none)" /* the value of a field that a record lacks */

/* The key of a record whose text is there; one without an id is called "#" and its number. */
uint64_t design_key(const struct parsed *p, uint64_t number);

/* The id that a record goes by: its own, or "#" and its number, appended to out. */
void design_id(const struct parsed *p, uint64_t number, struct buf *out);

/* Appends the value of a field: "date:week" and the like, "thread", "author" … by their roles, else
 * a column or path of members; DESIGN_NONE where the record lacks it. */
void design_value(struct span field, const struct schema *schema, const struct parsed *p,
                  struct buf *out);

/* "predicted" and "predicted:TARGET" are what a model says of the record: *target is what stands
 * behind the colon, p NULL where nothing does. */
bool design_is_predicted(struct span field, struct span *target);

/* Appends the name of the stratum: the values of `by` joined by " / ", "all" where there is none.
 * predicted[i]: the label where by[i] is a prediction. */
void design_stratum(const struct span *by, size_t n_by, const struct schema *schema,
                    const struct parsed *p, const struct span *predicted, struct buf *out);

/* "week" for date:week and so on; else the field itself. */
struct span design_field(struct span asked);

#endif
