/* SPDX-License-Identifier: MIT */
/*
 * tables: what the classifiers of one model share, threads of a dump above all. Those for the same
 * targets have the same tables (model/quick.h), which go with the last of them.
 */
#ifndef API_TABLES_H
#define API_TABLES_H

#include "model/quick.h"

struct api_tables;

struct api_tables *api_tables_new(void);
void api_tables_free(struct api_tables *t);

/* The tables for these targets, names as asked for, one per target; made where nobody has them.
 * The rest as quick_tables_new(). To be given back. */
struct quick_tables *api_tables_take(struct api_tables *t, const struct model *m,
                                     const uint32_t *target, const struct span *name, uint32_t n);
void api_tables_give(struct api_tables *t, struct quick_tables *tables);

#endif
