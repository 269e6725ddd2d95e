/* SPDX-License-Identifier: MIT */
/* sharestime: see sharestime.h. Julian day numbers as in H. Fliegel and T. Van Flandern (1968); a
 * Monday's is a multiple of 7. */
#include "html/sharestime.h"

static int64_t julian(int64_t year, int64_t month, int64_t day)
{
    int64_t before = (14 - month) / 12, y = year + 4800 - before, m = month + 12 * before - 3;

    return day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045;
}

/* '0' in the form stands for a digit, other characters for themselves. */
static bool matches(struct span name, const char *form)
{
    if (name.len != strlen(form))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        bool digit = name.p[i] >= '0' && name.p[i] <= '9';
        if (form[i] == '0' ? !digit : name.p[i] != form[i])
            return false;
    }
    return true;
}

static int64_t number(struct span name, size_t at, size_t n)
{
    int64_t value = 0;

    for (size_t i = at; i < at + n; i++)
        value = value * 10 + (name.p[i] - '0');
    return value;
}

bool sharestime_index(enum period p, struct span name, int64_t *index)
{
    static const char *const form[N_PERIODS] = {
        [PERIOD_DAY] = "0000-00-00",
        [PERIOD_WEEK] = "0000-W00",
        [PERIOD_MONTH] = "0000-00",
        [PERIOD_YEAR] = "0000",
    };

    if (!matches(name, form[p]))
        return false;
    *index = number(name, 0, 4);
    if (p == PERIOD_MONTH)
        *index = *index * 12 + number(name, 5, 2);
    else if (p == PERIOD_WEEK) /* the 4th of January is in the first week */
        *index = julian(*index, 1, 4) / 7 + number(name, 6, 2) - 1;
    else if (p == PERIOD_DAY)
        *index = julian(*index, number(name, 5, 2), number(name, 8, 2));
    return true;
}
