/* SPDX-License-Identifier: MIT */
/* pace: comments an hour while somebody is at it: pauses longer than five minutes do not count. */
#ifndef TUI_PACE_H
#define TUI_PACE_H

#include <stddef.h>

struct pace {
    double last, spent; /* seconds; last: of the last key, 0 before it */
    size_t done;        /* rows that were finished meanwhile */
    size_t before;      /* rows done at the last look */
};

void pace_begin(struct pace *p, size_t done);
void pace_key(struct pace *p, size_t done); /* after each key: rows done now */

/* Comments an hour; 0 before there is enough to tell by. */
double pace_an_hour(const struct pace *p);

#endif
