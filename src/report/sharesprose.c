/* SPDX-License-Identifier: MIT */
/* sharesprose: see sharesprose.h. */
#include "report/sharesprose.h"

#include <math.h>

#include "base/num.h"
#include "report/layout.h"

#define WIDE   "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static void add_french(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s != '~')
            buf_add_char(out, *s);
        else
            buf_add_str(out, s[1] != '\0' && strchr(";!?%", s[1]) != NULL ? NARROW : WIDE);
    }
}

void sharesprose_say(const struct sharesprose *p, const char *en, const char *fr)
{
    if (p->french)
        add_french(p->out, fr);
    else
        buf_add_str(p->out, en);
}

void sharesprose_say_of(const struct sharesprose *p, uint64_t n, const char *en_one,
                        const char *fr_one, const char *en_more, const char *fr_more)
{
    if (p->french)
        add_french(p->out, n <= 1 ? fr_one : fr_more);
    else
        buf_add_str(p->out, n == 1 ? en_one : en_more);
}

/* ---- Numbers ---- */

void sharesprose_count(const struct sharesprose *p, uint64_t n)
{
    if (n >= 1000) {
        sharesprose_count(p, n / 1000);
        buf_addf(p->out, "%s%03u", p->french ? NARROW : ",", (unsigned)(n % 1000));
    } else {
        buf_addf(p->out, "%u", (unsigned)n);
    }
}

/* With the decimal sign of the language. */
static void add_decimal(const struct sharesprose *p, struct buf *number)
{
    for (size_t i = 0; i < number->len; i++)
        if (number->p[i] == '.' && p->french)
            number->p[i] = ',';
    buf_add_span(p->out, buf_span(number));
    buf_release(number);
}

void sharesprose_fixed(const struct sharesprose *p, double value, int decimals)
{
    struct buf text = {0};

    if (isfinite(value)) {
        buf_add_str(p->out, value < 0 && -value >= 0.5 * pow(10, -decimals) ? "−" : "");
        num_add_fixed(&text, fabs(value), decimals);
    } else {
        buf_add_str(&text, "–");
    }
    add_decimal(p, &text);
}

void sharesprose_number(const struct sharesprose *p, double value)
{
    int decimals = value > 0 && value < 1 ? 2 - (int)floor(log10(value)) : 2;
    struct buf text = {0};

    num_add_fixed(&text, value, decimals > 9 ? 9 : decimals);
    while (text.len > 1 && memchr(text.p, '.', text.len) != NULL &&
           (text.p[text.len - 1] == '0' || text.p[text.len - 1] == '.'))
        if (text.p[--text.len] == '.')
            break;
    add_decimal(p, &text);
}

void sharesprose_percent(const struct sharesprose *p, double part)
{
    struct buf text = {0};

    shareswords_percent(&text, part, 0);
    add_decimal(p, &text);
    sharesprose_say(p, "%", "~%");
}

void sharesprose_p(const struct sharesprose *p, double value)
{
    bool small = value < 0.001;

    sharesprose_say(p, small ? "p < " : "p = ", small ? "p~<~" : "p~=~");
    sharesprose_fixed(p, small ? 0.001 : value, 3);
}

/* ---- Data ---- */

void sharesprose_data(const struct sharesprose *p, struct span s)
{
    layout_clean(p->out, s);
}

void sharesprose_quote(const struct sharesprose *p, struct span s)
{
    sharesprose_say(p, "“", "«~");
    sharesprose_data(p, s);
    sharesprose_say(p, "”", "~»");
}

void sharesprose_field(const struct sharesprose *p, struct span field)
{
    static const char *const name[][3] = {
        {"date:day", "day", "jour"},
        {"date:week", "week", "semaine"},
        {"date:month", "month", "mois"},
        {"date:year", "year", "année"},
        {"thread", "thread", "fil"},
        {"author", "author", "auteur"},
        {"predicted", "predicted label", "étiquette prédite"},
    };

    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        if (!span_eq(field, span_of(name[i][0])) && !span_eq(field, span_of(name[i][1])))
            continue;
        sharesprose_say(p, name[i][1], name[i][2]);
        return;
    }
    sharesprose_quote(p, field);
}
