/* SPDX-License-Identifier: MIT */
/* keyroles: what is somebody's is never taken for nobody's. */
#include "helpers.h"

#include "corpus/keyroles.h"

enum { TEXT = 1 << ROLE_TEXT, ID = 1 << ROLE_ID, AUTHOR = 1 << ROLE_AUTHOR };

static void tables(void **state)
{
    static const char longest[] =
        "id_of_a_length_that_no_table_has_a_place_for_but_the_last_one_of_all",
                      as_long[] =
                          "id_of_another_length_than_that_which_has_the_last_place_of_the_table___";
    static const struct {
        const char *key;
        unsigned roles;
    } cases[] = {
        {"text", TEXT},
        {"Text", TEXT},
        {"tex", 0},
        {"", 0},
        {"user", AUTHOR},
        {"user.name", AUTHOR},
        {"User", 0},
        {"user.n", 0},
        {longest, ID},
        {as_long, ID},
        {"_ext", TEXT},
        {"\x7F"
         "ext",
         0},
        {"tttt", TEXT}, /* in vain */
    };
    struct keyroles k = {.by_first = {0}};

    (void)state;
    assert_int_equal(keyroles_of(&k, SPAN("text")), 0);
    keyroles_add(&k, ROLE_TEXT, SPAN("text"), true);
    keyroles_add(&k, ROLE_TEXT, SPAN("_ext"), true);
    keyroles_add(&k, ROLE_AUTHOR, SPAN("user.name"), false);
    keyroles_add(&k, ROLE_ID, span_of(longest), false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (keyroles_of(&k, span_of(cases[i].key)) != cases[i].roles)
            fail_msg("%s", cases[i].key);
    keyroles_add(&k, ROLE_ID, SPAN(".x"), false); /* begins with an empty key */
    assert_int_equal(keyroles_of(&k, SPAN("")), ID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables)};

    return cmocka_run_group_tests_name("keyroles", tests, NULL, NULL);
}
