/* SPDX-License-Identifier: MIT */
/*
 * num: strtod and printf follow the process's locale, which a host program may have set
 * to one with a decimal comma; so the C locale is asked for by name, once.
 */
#define _GNU_SOURCE /* newlocale, uselocale, strtod_l */
#include "base/num.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t the_c_locale(void)
{
    pthread_once(&c_locale_once, make_c_locale);
    return c_locale;
}

bool num_u64(struct span s, uint64_t *value)
{
    uint64_t v = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned d = (unsigned)((unsigned char)s.p[i] - '0');
        if (d > 9 || v > (UINT64_MAX - d) / 10)
            return false;
        v = v * 10 + d;
    }
    *value = v;
    return true;
}

bool num_f64(struct span s, double *value)
{
    char text[64], *end;
    size_t n_digits = 0;

    if (s.len == 0 || s.len >= sizeof text)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9')
            n_digits++;
        else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E')
            return false;
        text[i] = c;
    }
    text[s.len] = '\0';
    if (n_digits == 0)
        return false;
    *value = strtod_l(text, &end, the_c_locale());
    return *end == '\0' && isfinite(*value);
}

static int print_double(char *out, size_t cap, const char *fmt, int digits, double value)
{
    locale_t old = uselocale(the_c_locale());
    /* fmt is one of two literals below */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int n = snprintf(out, cap, fmt, digits, value);
#pragma GCC diagnostic pop
    uselocale(old);
    return n;
}

/* Most figures are shares with a few decimals, and printf's exact arithmetic is most of the cost of
 * writing them. value·10^d is within half a unit of its last place, so that it rounds as the exact
 * product does unless it is near a half; ties, and what is no small figure, are left to printf. */
static bool add_small(struct buf *b, double value, int decimals)
{
    static const unsigned scales[] = {1, 10, 100, 1000, 10000};
    unsigned scale, n;
    double scaled, rest;
    char text[8], *p = text + sizeof text;

    if (decimals < 1 || decimals > 4 || !(value >= 0 && value < 100))
        return false;
    scale = scales[decimals];
    scaled = value * scale;
    n = (unsigned)scaled;
    rest = scaled - n;
    if (fabs(rest - 0.5) < 1e-6)
        return false;
    n += rest > 0.5;
    for (int i = 0; i < decimals; i++, n /= 10)
        *--p = (char)('0' + n % 10);
    *--p = '.';
    do
        *--p = (char)('0' + n % 10);
    while ((n /= 10) != 0);
    buf_add(b, p, (size_t)(text + sizeof text - p));
    return true;
}

void num_add_fixed(struct buf *b, double value, int decimals)
{
    char text[400];
    size_t sign;
    int n;

    if (isnan(value)) {
        buf_add_str(b, "nan");
        return;
    }
    if (add_small(b, value, decimals))
        return;
    n = print_double(text, sizeof text, "%.*f", decimals, value);
    sign = n > 0 && text[0] == '-' && strspn(text + 1, "0.") + 1 == (size_t)n; /* "-0.00" */
    if (n > 0)
        buf_add(b, text + sign, (size_t)n - sign);
}

void num_add_f64(struct buf *b, double value)
{
    char text[40];
    double back;

    for (int digits = 15; digits <= 17; digits++) {
        int n = print_double(text, sizeof text, "%.*g", digits, value);
        if (digits == 17 || (num_f64((struct span){text, (size_t)n}, &back) && back == value)) {
            buf_add(b, text, (size_t)n);
            return;
        }
    }
}

bool num_hex64(struct span s, uint64_t *value)
{
    uint64_t v = 0;

    if (s.len != 16)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
        v = v << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    *value = v;
    return true;
}
