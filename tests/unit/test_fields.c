/* SPDX-License-Identifier: MIT */
/* fields: tests/data/fields.tsv, one known dump or difficulty a row. */
#include "helpers.h"

#include <stdlib.h>

#include "corpus/csv.h"
#include "corpus/fields.h"

/* "author=pseudo" names one role; the row of the table keeps the bytes. */
static void read_wanted(const char *text, struct fields_wanted *wanted)
{
    for (int r = 0; r < N_ROLES; r++) {
        size_t n = strlen(role_name((enum role)r));
        if (strncmp(text, role_name((enum role)r), n) == 0 && text[n] == '=')
            wanted->name[r] = text + n + 1;
    }
}

/* The description, or "!" and the message. */
static void find(enum form form, struct span first, const char *wanted_text, struct buf *out)
{
    struct schema s = {.form = form, .delimiter = csv_sniff(first), .file = "dump", .line = 1};
    struct fields_wanted wanted = {{NULL}};
    struct stance_err err = {0};
    char *copy = exact(first);

    read_wanted(wanted_text, &wanted);
    buf_reset(out);
    if (schema_find(&s, (struct span){copy, first.len}, &wanted, &err) == 0) {
        schema_describe(&s, out);
    } else {
        assert_int_equal(err.code, STANCE_DATA);
        assert_string_equal(err.file, "dump");
        buf_addf(out, "!%s", err.message);
    }
    schema_release(&s);
    free(copy);
}

static void check_row(const struct csv_row *row)
{
    struct buf out = {0}, wanted = {0}, expected = {0};
    enum form form;
    bool ok;

    assert_int_equal(row->n, 5);
    buf_add_span(&out, row->field[1]);
    assert_true(form_by_name(buf_str(&out), &form));
    buf_add_span(&wanted, row->field[3]);
    buf_add_span(&expected, row->field[4]);
    find(form, row->field[2], buf_str(&wanted), &out);
    if (expected.len != 0 && expected.p[0] == '!')
        ok = out.p[0] == '!' && strstr(buf_str(&out), buf_str(&expected) + 1) != NULL;
    else
        ok = span_eq(buf_span(&out), buf_span(&expected));
    if (!ok)
        fail_msg("%.*s:\n  %s\nexpected\n  %s", (int)row->field[0].len, row->field[0].p,
                 buf_str(&out), buf_str(&expected));
    buf_release(&out);
    buf_release(&wanted);
    buf_release(&expected);
}

static void table(void **state)
{
    struct buf text = slurp(test_path("data/fields.tsv"));
    struct csv_row row = {0};
    size_t n_rows = 0;

    (void)state;
    for (size_t from = 0; from < text.len;) {
        const char *end = memchr(text.p + from, '\n', text.len - from);
        size_t len = (size_t)(end - text.p) - from;
        csv_split_tsv((struct span){text.p + from, len}, &row);
        if (from != 0)
            check_row(&row);
        n_rows += from != 0;
        from += len + 1;
    }
    assert_true(n_rows >= 30);
    csv_row_release(&row);
    buf_release(&text);
}

static void bad_utf8(void **state)
{
    struct schema s = {.form = FORM_CSV, .delimiter = ';', .file = "dump", .line = 1};
    struct stance_err err = {0};

    (void)state;
    assert_int_equal(schema_find(&s, SPAN("texte;num\xE9ro"), NULL, &err), -1);
    assert_int_equal(err.column, 10);
    assert_non_null(strstr(err.message, "--encoding windows-1252"));
    schema_release(&s);
    s = (struct schema){.form = FORM_CSV, .delimiter = ';', .lossy = true};
    assert_int_equal(schema_find(&s, SPAN("texte;num\xE9ro"), NULL, &err), 0);
    assert_true(schema_has_column(&s, SPAN("num\xEF\xBF\xBDro")));
    assert_false(schema_has_column(&s, SPAN("num")));
    schema_release(&s);
    schema_release(NULL);
}

/* Every prefix of a first record is refused or read, never read past. */
static void truncated(void **state)
{
    struct span record = SPAN("{\"id\":\"x\",\"snippet\":{\"textOriginal\":\"a\\u00e9\"}}");
    struct buf out = {0};

    (void)state;
    for (size_t n = 0; n < record.len; n++) {
        find(FORM_NDJSON, (struct span){record.p, n}, "", &out);
        assert_int_equal(out.p[0], '!');
        find(FORM_CSV, (struct span){record.p, n}, "", &out);
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(bad_utf8),
        cmocka_unit_test(truncated),
    };
    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
