/* SPDX-License-Identifier: MIT */
/* sharestime: the place of a period among all periods of its kind. */
#ifndef HTML_SHARESTIME_H
#define HTML_SHARESTIME_H

#include <stdint.h>

#include "corpus/period.h"
#include "base/span.h"

/* "2024-05-16", "2024-W20", "2024-05" or "2024", as period_of() writes them: periods that follow
 * each other differ by 1. False for any other name. */
bool sharestime_index(enum period p, struct span name, int64_t *index);

#endif
