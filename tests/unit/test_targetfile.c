/* SPDX-License-Identifier: MIT */
/* targetfile: definitions as they are written, and each error at its place. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "corpus/targetfile.h"

static int read(struct target_file *f, struct span text, struct stance_err *err)
{
    char *path = temp_file(text);
    int status = target_file_read(f, path, err);
    remove_temp(path);
    return status;
}

static void whole(void **state)
{
    struct target_file f = {0};
    struct stance_err err = {0};
    const struct target_entry *e;

    (void)state;
    if (read(&f,
             SPAN("\xEF\xBB\xBF{\"id\":\"ban\",\"statement\":\"l'interdiction\",\"definition\":"
                  "\"une \\u00ab loi \\u00bb\",\"labels\":{\"favor\":{\"fr\":\"pour\",\"en\":"
                  "\"for\"},\"none\":{\"fr\":\"sans\"},\"x\":{}},\"version\":[1,{\"a\":2}]}\r\n\n"
                  "{\"definition\":\"\",\"id\":\"spying\",\"statement\":\"\"}"),
             &err) < 0)
        fail_msg("%d:%d %s", (int)err.line, (int)err.column, err.message);
    assert_int_equal(f.n, 2);
    e = target_file_find(&f, SPAN("ban"));
    assert_non_null(e);
    assert_true(span_eq(e->statement, SPAN("l'interdiction")));
    assert_true(span_eq(e->definition, SPAN("une \xC2\xAB loi \xC2\xBB")));
    assert_int_equal(e->n_labels, 3);
    assert_true(span_eq(e->label[0].label, SPAN("favor")));
    assert_true(span_eq(e->label[0].fr, SPAN("pour")));
    assert_true(span_eq(e->label[0].en, SPAN("for")));
    assert_null(e->label[1].en.p);
    assert_null(e->label[2].fr.p);
    e = target_file_find(&f, SPAN("spying"));
    assert_non_null(e);
    assert_int_equal(e->statement.len, 0);
    assert_int_equal(e->n_labels, 0);
    assert_null(target_file_find(&f, SPAN("")));
    assert_null(target_file_find(&f, SPAN("ba")));
    target_file_release(&f);
    target_file_release(NULL);
}

static void refused(struct span text, uint64_t line, uint64_t column, const char *message)
{
    struct target_file f = {0};
    struct stance_err err = {0};

    assert_int_equal(read(&f, text, &err), -1);
    target_file_release(&f);
    assert_int_equal(err.code, STANCE_DATA);
    if (strstr(err.message, message) == NULL || err.line != line || err.column != column)
        fail_msg("%d:%d '%s', expected %d:%d '%s'", (int)err.line, (int)err.column, err.message,
                 (int)line, (int)column, message);
}

static void errors(void **state)
{
    (void)state;
    refused(SPAN("{\"id\":\"a\"}\n{\"statement\":\"x\"}"), 2, 1, "needs an \"id\"");
    refused(SPAN("{\"id\":\"\"}"), 1, 1, "needs an \"id\"");
    refused(SPAN("{\"id\":\"a\"}\n\n{\"id\":\"a\"}"), 3, 1, "defined twice");
    refused(SPAN("{\"id\":1}"), 1, 7, "expected a string");
    refused(SPAN("{\"id\":\"a\",\"labels\":{\"x\":{\"fr\":null}}}"), 1, 31, "expected a string");
    refused(SPAN("{\"id\":\"a\",\"labels\":[]}"), 1, 20, "expected an object");
    refused(SPAN("{\"id\":\"a\",\"labels\":{\"x\":\"y\"}}"), 1, 25, "");
    refused(SPAN("[\"a\"]"), 1, 1, "expected an object");
    refused(SPAN("{\"id\":\"a\"} x"), 1, 12, "");
    refused(SPAN("{\"id\":\"a"), 1, 9, "");
    refused(SPAN("{\"id\":\"a\"}\nnot json"), 2, 1, "");
    refused(SPAN("{\"id\":\"\xFF\"}"), 1, 8, "invalid UTF-8");
}

static void no_file(void **state)
{
    struct target_file f = {0};
    struct stance_err err = {0};

    (void)state;
    assert_int_equal(target_file_read(&f, "/nowhere/at all", &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_int_equal(read(&f, SPAN(""), &err), 0);
    assert_int_equal(f.n, 0);
    target_file_release(&f);
}

static void overlong(void **state)
{
    struct buf b = {0};

    (void)state;
    buf_add_str(&b, "{\"id\":\"a\"}\n{\"id\":\"b\",\"definition\":\"");
    for (int i = 0; i < 2 << 20; i++)
        buf_add_char(&b, 'a');
    buf_add_str(&b, "\"}\n");
    refused(buf_span(&b), 2, 1, "longer than");
    buf_release(&b);
}

/* A line of 1 MiB may name some 100,000 labels: read in a time and room that grow with it. */
static void many_labels(void **state)
{
    enum { MANY = 80000 };
    struct target_file f = {0};
    struct stance_err err = {0};
    struct buf b = {0};

    (void)state;
    buf_add_str(&b, "{\"id\":\"a\",\"labels\":{");
    for (int i = 0; i < MANY; i++)
        buf_addf(&b, "%s\"%x\":{}", i != 0 ? "," : "", i);
    buf_add_str(&b, "}}");
    assert_int_equal(read(&f, buf_span(&b), &err), 0);
    assert_int_equal(f.entry[0].n_labels, MANY);
    for (int i = 0; i < MANY; i++) {
        char name[16];
        snprintf(name, sizeof name, "%x", (unsigned)i);
        assert_true(span_eq(f.entry[0].label[i].label, span_of(name)));
    }
    target_file_release(&f);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),    cmocka_unit_test(errors),      cmocka_unit_test(no_file),
        cmocka_unit_test(overlong), cmocka_unit_test(many_labels),
    };
    return cmocka_run_group_tests_name("targetfile", tests, NULL, NULL);
}
