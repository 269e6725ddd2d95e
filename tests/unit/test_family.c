/* SPDX-License-Identifier: MIT */
/* family: tables of labels seen, and what who is blind to targets may give. */
#include "helpers.h"

#include <stdlib.h>

#include "model/family.h"

enum { TARGETS = 3, LABELS = 5 };

static const struct {
    const char *name;
    uint64_t seen[TARGETS][LABELS], may[TARGETS][LABELS];
} cases[] = {
    {"all alike",
     {{1, 2, 3, 0, 0}, {4, 0, 1, 0, 0}, {1, 1, 1, 0, 0}},
     {{6, 3, 5, 0, 0}, {6, 3, 5, 0, 0}, {6, 3, 5, 0, 0}}},
    {"two families",
     {{1, 2, 3, 0, 0}, {4, 5, 6, 0, 0}, {0, 0, 0, 7, 8}},
     {{5, 7, 9, 0, 0}, {5, 7, 9, 0, 0}, {0, 0, 0, 7, 8}}},
    {"linked through a third",
     {{1, 1, 0, 0, 0}, {0, 0, 1, 1, 0}, {0, 1, 1, 0, 0}},
     {{1, 2, 2, 1, 0}, {1, 2, 2, 1, 0}, {1, 2, 2, 1, 0}}},
    {"linked backwards",
     {{0, 0, 0, 1, 1}, {1, 0, 0, 0, 1}, {0, 2, 0, 0, 0}},
     {{1, 0, 0, 1, 2}, {1, 0, 0, 1, 2}, {0, 2, 0, 0, 0}}},
    {"a target without labels may have any",
     {{1, 2, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 3, 0}},
     {{1, 2, 0, 0, 0}, {1, 2, 0, 3, 0}, {0, 0, 0, 3, 0}}},
};

static void tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t *may = family_counts(&cases[i].seen[0][0], TARGETS, LABELS);
        if (memcmp(may, cases[i].may, sizeof cases[i].may) != 0)
            fail_msg("%s", cases[i].name);
        free(may);
    }
}

/* 19 rows or 20, and what they allow. */
static void few_rows(void **state)
{
    static const uint64_t seen[2][2][3] = {{{30, 30, 30}, {19, 0, 0}}, {{30, 30, 30}, {19, 1, 0}}};
    static const uint64_t may[2][2][3] = {{{30, 30, 30}, {49, 30, 30}}, {{30, 30, 30}, {19, 1, 0}}};

    (void)state;
    for (int i = 0; i < 2; i++) {
        uint64_t *got = family_allowed(&seen[i][0][0], 2, 3);
        assert_memory_equal(got, may[i], sizeof may[i]);
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables), cmocka_unit_test(few_rows)};
    return cmocka_run_group_tests_name("family", tests, NULL, NULL);
}
