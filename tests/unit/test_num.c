/* SPDX-License-Identifier: MIT */
/* num: what fixed-point figures look like. */
#include "helpers.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fixed)};
    return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
