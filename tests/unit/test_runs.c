/* SPDX-License-Identifier: MIT */
/* runs: which records of a dump follow one another in one thread, as letters for threads. */
#include "helpers.h"

#include "classify/runs.h"

/* Of `threads`, one letter a record ('-': none, '!': no JSON, '|': another input), the steps: 'n'
 * new, 's' same, 'o' outside. */
static const struct {
    const char *threads, *steps;
    uint64_t n_back;
} cases[] = {
    {"", "", 0},
    {"aaabbc", "nssnsn", 0},
    {"a-a!ab", "nososn", 0}, /* what names no thread does not end one */
    {"--", "oo", 0},
    {"aba", "nnn", 1},
    {"abab", "nnnn", 2},
    {"aab|bba", "nsn|nsn", 2}, /* an input ends the run: b and a come back */
};

static struct span record(char thread, struct buf *buf)
{
    buf_reset(buf);
    if (thread == '!')
        buf_add_str(buf, "{");
    else if (thread == '-')
        buf_add_str(buf, "{\"text\":\"x\"}");
    else
        buf_addf(buf, "{\"text\":\"x\",\"thread\":\"%c\"}", thread);
    return buf_span(buf);
}

static void tables(void **state)
{
    static const char names[] = {[RUNS_OUTSIDE] = 'o', [RUNS_SAME] = 's', [RUNS_NEW] = 'n'};
    struct schema schema = {.form = FORM_NDJSON};
    struct fields_wanted wanted = {{0}};
    struct stance_err err;
    struct buf buf = {0};

    (void)state;
    assert_int_equal(schema_find(&schema, record('a', &buf), &wanted, &err), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct runs r;
        runs_init(&r);
        for (size_t k = 0; cases[i].threads[k] != '\0'; k++) {
            char got = '|';
            if (cases[i].threads[k] == '|')
                runs_restart(&r);
            else
                got = names[runs_next(&r, &schema, record(cases[i].threads[k], &buf))];
            if (got != cases[i].steps[k])
                fail_msg("case %zu, record %zu: %c", i, k, got);
        }
        assert_int_equal(r.n_back, cases[i].n_back);
        runs_cut(&r);
        assert_int_equal(r.n_back, cases[i].n_back + 1);
        runs_release(&r);
    }
    buf_release(&buf);
    schema_release(&schema);
    runs_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables)};
    return cmocka_run_group_tests_name("runs", tests, NULL, NULL);
}
