/* SPDX-License-Identifier: MIT */
/* num: what fixed-point figures look like. */
#include "helpers.h"

#include <math.h>
#include <stdio.h>

#include "base/num.h"

static void fixed(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } row[] = {
        {0.12345, 3, "0.123"},  {-0.12345, 3, "-0.123"}, {-0.0004, 3, "0.000"},
        {-0.0006, 3, "-0.001"}, {-0.0, 0, "0"},          {-10, 1, "-10.0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct buf out = {0};
        num_add_fixed(&out, row[i].value, row[i].decimals);
        assert_string_equal(buf_str(&out), row[i].text);
        buf_release(&out);
    }
}

/* The short way against printf: all that four decimals can tell, ties and their neighbours, and any
 * bits between 0 and the end of the short way. */
static void as_printf(double value, struct buf *out)
{
    char text[64];

    for (int d = 0; d < 6; d++) {
        buf_reset(out);
        num_add_fixed(out, value, d);
        snprintf(text, sizeof text, "%.*f", d, value);
        if (strcmp(buf_str(out), text) != 0)
            fail_msg("%.17g: %s, expected %s", value, out->p, text);
    }
}

static void short_way(void **state)
{
    struct buf out = {0};
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i <= 20001; i++) {
        double value = i / 20000.0;
        as_printf(value, &out);
        as_printf(nextafter(value, 1), &out);
        as_printf(i > 0 ? nextafter(value, 0) : 1, &out);
    }
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        as_printf((double)(seed >> 11) / 9007199254740992.0 * (i % 2 ? 1 : 101), &out);
    }
    for (double tie = 0.5; tie > 1e-6; tie /= 2) /* exact ones: to the even digit */
        for (int i = 1; i < 300; i += 2)
            as_printf(tie * i, &out);
    as_printf(99.99995, &out);
    as_printf(nextafter(100, 0), &out);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fixed), cmocka_unit_test(short_way)};
    return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
