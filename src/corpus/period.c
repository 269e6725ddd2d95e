/* SPDX-License-Identifier: MIT */
/* period: days are counted from 1970-01-01, as in H. Hinnant's days_from_civil, whose idea of a
 * year that begins in March makes leap days the last. */
#include "corpus/period.h"

#include "base/num.h"

static const char *const names[N_PERIODS] = {"date:day", "date:week", "date:month", "date:year"};

struct civil {
    int64_t year;
    int month, day;
};

int period_named(struct span field)
{
    for (int p = 0; p < N_PERIODS; p++)
        if (span_eq(field, span_of(names[p])))
            return p;
    return -1;
}

const char *period_field(enum period p)
{
    return names[p];
}

static int64_t days_of(struct civil c)
{
    int64_t y = c.month <= 2 ? c.year - 1 : c.year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of(int64_t days)
{
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    struct civil c = {.month = (int)(m < 10 ? m + 3 : m - 9),
                      .day = (int)(of_year - (153 * m + 2) / 5 + 1)};

    c.year = y + era * 400 + (c.month <= 2);
    return c;
}

static bool digits(struct span s, size_t at, size_t n, int *value)
{
    *value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.len || s.p[i] < '0' || s.p[i] > '9')
            return false;
        *value = *value * 10 + (s.p[i] - '0');
    }
    return true;
}

static bool read_iso(struct span s, struct civil *c)
{
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year;

    if (!digits(s, 0, 4, &year) || !digits(s, 5, 2, &c->month) || !digits(s, 8, 2, &c->day) ||
        s.p[4] != '-' || s.p[7] != '-' || (s.len > 10 && s.p[10] >= '0' && s.p[10] <= '9'))
        return false;
    c->year = year;
    /* a 29th of February of another year is the 1st of March: no such date */
    return c->month >= 1 && c->month <= 12 && c->day >= 1 && c->day <= longest[c->month - 1] &&
           civil_of(days_of(*c)).day == c->day;
}

static bool read_date(struct span s, struct civil *c)
{
    double seconds;

    if (read_iso(s, c))
        return true;
    if (!num_f64(s, &seconds) || seconds < 1e8 || seconds > 4102444800.0)
        return false;
    *c = civil_of((int64_t)seconds / 86400);
    return true;
}

/* The Thursday of a week is in the year that the week belongs to. */
static void add_week(struct civil c, struct buf *out)
{
    int64_t days = days_of(c), thursday = days - ((days + 3) % 7 + 7) % 7 + 3;
    struct civil t = civil_of(thursday);
    int64_t first = days_of((struct civil){t.year, 1, 1});

    buf_addf(out, "%04d-W%02d", (int)t.year, (int)((thursday - first) / 7) + 1);
}

bool period_of(struct span date, enum period p, struct buf *out)
{
    struct civil c;

    if (date.p == NULL || !read_date(date, &c))
        return false;
    if (p == PERIOD_WEEK)
        add_week(c, out);
    else if (p == PERIOD_DAY)
        buf_addf(out, "%04d-%02d-%02d", (int)c.year, c.month, c.day);
    else if (p == PERIOD_MONTH)
        buf_addf(out, "%04d-%02d", (int)c.year, c.month);
    else
        buf_addf(out, "%04d", (int)c.year);
    return true;
}
