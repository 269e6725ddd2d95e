/* SPDX-License-Identifier: MIT */
/*
 * sharesprose: sentences in English or French with the typography of each. In French literals a
 * tilde is the space that does not break: narrow before ; ! ? and %, wide before : and inside
 * guillemets. Data is never looked at for tildes. Private to shares*.c of this room.
 */
#ifndef REPORT_SHARESPROSE_H
#define REPORT_SHARESPROSE_H

#include "report/shareswords.h"

struct sharesprose {
    const struct shares *s;
    bool french;
    struct buf *out;
};

/* One of the two, literals. */
void sharesprose_say(const struct sharesprose *p, const char *en, const char *fr);

/* One of four: of 1 (in French also of 0), or of more. */
void sharesprose_say_of(const struct sharesprose *p, uint64_t n, const char *en_one,
                        const char *fr_one, const char *en_more, const char *fr_more);

void sharesprose_count(const struct sharesprose *p, uint64_t n); /* 12,345 or 12 345 */
void sharesprose_number(const struct sharesprose *p,
                        double value); /* three digits: 0.0312, 0,0312 */
void sharesprose_fixed(const struct sharesprose *p, double value, int decimals);
void sharesprose_percent(const struct sharesprose *p, double part); /* "87%", "87 %" */
void sharesprose_p(const struct sharesprose *p, double value);      /* "p = 0.12", "p < 0,001" */

/* Data: control characters as '?'. In quotation marks of the language. */
void sharesprose_data(const struct sharesprose *p, struct span s);
void sharesprose_quote(const struct sharesprose *p, struct span s);

/* "week", "semaine"; "thread", "fil"; other fields in quotation marks. */
void sharesprose_field(const struct sharesprose *p, struct span field);

#endif
