/* SPDX-License-Identifier: MIT */
/* pace: the clock that does not jump. */
#include "tui/pace.h"

#include <time.h>

enum { PAUSE = 300 /* s */, ENOUGH = 3 /* rows */ };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void pace_begin(struct pace *p, size_t done)
{
    *p = (struct pace){.last = now(), .before = done};
}

void pace_key(struct pace *p, size_t done)
{
    double t = now();

    if (t - p->last < PAUSE)
        p->spent += t - p->last;
    p->last = t;
    p->done += done > p->before ? done - p->before : 0;
    p->before = done;
}

double pace_an_hour(const struct pace *p)
{
    return p->done >= ENOUGH && p->spent > 1 ? (double)p->done * 3600 / p->spent : 0;
}
