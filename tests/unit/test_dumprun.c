/* SPDX-License-Identifier: MIT */
/* dumprun: a run over files as a whole: counts, several inputs, order, failures. */
#include "dumps.h"

#include <jansson.h>

static const char *const ban[] = {"ban"};

static void strict(void **state)
{
    static const struct stance_dump_options o = {.strict = true};
    const struct span bad = SPAN("{\"text\":\"a\"}\n{\"text\":\"\"}\n{\"text\":}\n{}\n"),
                      good = SPAN("{\"text\":\"a\"}\n{\"text\":\"\"}\n{\"text\":\"[deleted]\"}\n");
    struct stance_tally tally;
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(dumps_classify_all(&bad, 1, &o, &out, &tally, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 9);
    assert_non_null(strstr(err.message, "(the first of 2 such records)"));
    assert_int_equal(tally.records, 4); /* the run went on to its end */
    assert_int_equal(tally.status[STANCE_STATUS_NO_TEXT], 1);
    stance_tally_release(&tally);
    buf_release(&out);
    assert_int_equal(dumps_classify_all(&good, 1, &o, &out, NULL, &err), 0);
    buf_release(&out);
}

static void tally(void **state)
{
    const struct span text[] = {SPAN("text\nc'est absurde\nc'est absurde\nc'est excellent\n\n"),
                                SPAN("text\n\"c'est absurde\"\n")};
    static const struct stance_dump_options o = {.min_p = 0.9999999};
    struct stance_tally t;
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(dumps_classify_all(text, 2, &o, &out, &t, &err), 0);
    assert_int_equal(t.records, 5);
    assert_int_equal(t.status[STANCE_STATUS_ABSTAIN], 4);
    assert_int_equal(t.status[STANCE_STATUS_BLANK], 1);
    assert_int_equal(t.n_targets, 2);
    assert_string_equal(t.target[1], "spying");
    assert_string_equal(t.label[1], "favor");
    assert_int_equal(t.label_count[0], 3); /* abstentions included */
    assert_int_equal(t.label_count[1], 1);
    stance_tally_release(&t);
    stance_tally_release(NULL);
    buf_release(&out);
}

static void several_files(void **state)
{
    static const struct stance_dump_options usual = {.n_jobs = 2},
                                            csv_out = {.output = STANCE_FORM_CSV,
                                                       .target = ban,
                                                       .n_targets = 1};
    const struct span a = SPAN("id,text\n1,\n"), b = SPAN("id,text\n2,"),
                      other = SPAN("id,texte\n2,b\n"), semi = SPAN("id;text\n2;b\n"),
                      json = SPAN("{\"id\":3,\"text\":\"\"}\n"), none = SPAN("");
    const struct span alike[] = {none, a, none, b, a}, mixed[] = {a, json, semi};
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(dumps_classify_all(alike, 5, &usual, &out, NULL, &err), 0);
    assert_string_equal(out.p, "id,text,ban,ban_p,spying,spying_p,stance_status\n1,,,,,,blank\n"
                               "2,,,,,,blank\n1,,,,,,blank\n");
    buf_release(&out);
    assert_int_equal(dumps_classify_all(mixed, 2, &csv_out, &out, NULL, &err), 0);
    assert_string_equal(out.p, "id,thread,date,ban,ban_p,stance_status\n1,,,,,blank\n"
                               "3,,,,,blank\n");
    buf_release(&out);
    dumps_refused(a, other, &usual, STANCE_USAGE, 1, "other columns than the first input");
    dumps_refused(a, json, &usual, STANCE_USAGE, 0, "need --output");
    dumps_refused(a, semi, &usual, STANCE_USAGE, 0, "need --output");
}

static void empty_input(void **state)
{
    (void)state;
    dumps_expect(SPAN(""), NULL, "");
    dumps_expect(SPAN("\xEF\xBB\xBF"), NULL, "");
    dumps_expect(SPAN("id,text\n"), NULL, "id,text,ban,ban_p,spying,spying_p,stance_status\n");
    dumps_expect(SPAN("id,text"), NULL, "id,text,ban,ban_p,spying,spying_p,stance_status\n");
}

static void page(void **state)
{
    struct buf in = slurp(test_path("data/page.txt"));
    struct buf out = dumps_classify(buf_span(&in), &(struct stance_dump_options){.n_jobs = 1});
    const char *p = out.p;
    size_t n = 0;

    (void)state;
    for (; *p != '\0'; p = strchr(p, '\n') + 1, n++) {
        json_t *j = json_loadb(p, strcspn(p, "\n"), 0, NULL);
        assert_non_null(j);
        assert_non_null(json_object_get(j, "index"));
        assert_non_null(json_object_get(j, "stance_status"));
        json_decref(j);
    }
    assert_true(n > 1);
    buf_release(&in);
    buf_release(&out);
}

static void overlong(void **state)
{
    struct stance_dump_options o = {.input = {.max_record = 1024}, .target = ban, .n_targets = 1};
    struct buf in = {0};

    (void)state;
    buf_add_str(&in, "{\"text\":\"c'est absurde\"}\n{\"text\":\"");
    for (int i = 0; i < 1500; i++)
        buf_add_char(&in, 'a');
    buf_add_str(&in, "\"}\n{\"text\":\"c'est absurde\"}\n");
    dumps_expect(buf_span(&in), &o,
                 "{\"text\":\"c'est absurde\",\"predicted\":{\"ban\":" P(
                     "against") "},"
                                "\"stance_status\":\"ok\"}\n"
                                "{\"line\":2,\"predicted\":null,\"stance_status\":\"over-long\"}\n"
                                "{\"text\":\"c'est absurde\",\"predicted\":{\"ban\":" P(
                                    "against") "},"
                                               "\"stance_status\":\"ok\"}\n");
    o.strict = true;
    dumps_refused(buf_span(&in), dumps_none, &o, STANCE_DATA, 2,
                  "over-long: longer than a record may be");
    buf_release(&in);
}

/* Thousands of records of every kind: one out per one in, in order, whatever the jobs. */
static void order_and_jobs(void **state)
{
    static const unsigned jobs[] = {2, 5, 0};
    enum { N = 5000 };
    struct stance_dump_options o = {.n_jobs = 1, .probs = true};
    struct buf in = {0}, one, other;
    const char *p;

    (void)state;
    for (int i = 0; i < N; i++)
        if (i % 7 == 3)
            buf_addf(&in, "broken %d\n", i);
        else
            buf_addf(&in, "{\"id\":%d,\"text\":\"%s, c'est %s %d\"}\n", i, i % 2 ? "bof" : "non",
                     i % 3 ? "absurde" : "excellent", i);
    one = dumps_classify(buf_span(&in), &o);
    p = one.p;
    for (int i = 0; i < N; i++) {
        json_t *j = json_loadb(p, strcspn(p, "\n"), 0, NULL);
        if (i % 7 == 3)
            assert_int_equal(json_integer_value(json_object_get(j, "line")), i + 1);
        else
            assert_int_equal(json_integer_value(json_object_get(j, "id")), i);
        json_decref(j);
        p = strchr(p, '\n') + 1;
    }
    assert_true(*p == '\0');
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        o.n_jobs = jobs[k];
        other = dumps_classify(buf_span(&in), &o);
        assert_int_equal(one.len, other.len);
        assert_memory_equal(one.p, other.p, one.len);
        buf_release(&other);
    }
    buf_release(&one);
    buf_release(&in);
}

static int full_disk(void *arg, const char *p, size_t len, struct stance_err *err)
{
    size_t *left = arg;

    (void)p;
    if (len <= *left) {
        *left -= len;
        return 0;
    }
    return err_set(err, STANCE_SYSTEM, "disk full");
}

static void sink_that_fails(void **state)
{
    struct buf in = {0};
    char *path;

    (void)state;
    buf_add_str(&in, "text\n");
    for (int i = 0; i < 4000; i++)
        buf_add_str(&in, "c'est absurde\n");
    path = temp_file(buf_span(&in));
    for (size_t room = 0; room < 100000; room = 4 * room + 10) {
        const char *const paths[] = {path};
        struct stance_dump_options o = {.n_jobs = 3};
        size_t left = room;
        struct stance_sink sink = {&left, full_disk};
        struct stance_err err = {0};
        assert_int_equal(stance_classify_files(dumps_model, &o, paths, 1, &sink, NULL, NULL, &err),
                         -1);
        assert_int_equal(err.code, STANCE_SYSTEM);
        assert_string_equal(err.message, "disk full");
    }
    remove_temp(path);
    buf_release(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strict),         cmocka_unit_test(tally),
        cmocka_unit_test(several_files),  cmocka_unit_test(empty_input),
        cmocka_unit_test(page),           cmocka_unit_test(overlong),
        cmocka_unit_test(order_and_jobs), cmocka_unit_test(sink_that_fails),
    };
    return cmocka_run_group_tests_name("dumprun", tests, dumps_make_model, dumps_drop_model);
}
