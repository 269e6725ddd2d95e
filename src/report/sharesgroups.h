/* SPDX-License-Identifier: MIT */
/* sharesgroups: the parts of a table of shares that are there where groups are. Private to
 * shares*.c of this room. */
#ifndef REPORT_SHARESGROUPS_H
#define REPORT_SHARESGROUPS_H

#include "report/shareswords.h"

/* A line per group, with as many labels side by side as there is room for. Nothing where there is
 * one group. */
void sharesgroups_table(const struct shares *s, const struct share_target *t,
                        struct shareswords_notes *notes, struct buf *out);

/* The differences of one target, and what the test of one error rate says. */
void sharesgroups_differences(const struct shares *s, uint32_t target, struct buf *out);

#endif
