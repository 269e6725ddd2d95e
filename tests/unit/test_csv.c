/* SPDX-License-Identifier: MIT */
/* csv: fields out, fields in. A row of a table is one record and its fields, '|' between. */
#include "helpers.h"

#include <stdlib.h>

#include "base/rng.h"
#include "corpus/csv.h"

/* The fields joined by '|', NULL as "<null>", an unclosed quote as "!OFFSET". */
static void split(struct span record, char delimiter, struct buf *out)
{
    struct csv_row row = {0};
    char *copy = exact(record);
    size_t at = 0;

    buf_reset(out);
    record.p = copy;
    if (delimiter == 'T')
        csv_split_tsv(record, &row);
    else if (csv_split(record, delimiter, &row, &at) < 0)
        buf_addf(out, "!%zu", at), row.n = 0;
    for (size_t i = 0; i < row.n; i++) {
        if (i != 0)
            buf_add_char(out, '|');
        if (row.field[i].p == NULL)
            buf_add_str(out, "<null>");
        buf_add_span(out, row.field[i]);
    }
    free(copy);
    csv_row_release(&row);
}

static void expect(struct span record, char delimiter, const char *expected)
{
    struct buf out = {0};
    split(record, delimiter, &out);
    assert_string_equal(buf_str(&out), expected);
    buf_release(&out);
}

static void fields(void **state)
{
    (void)state;
    expect(SPAN(""), ',', "");
    expect(SPAN(","), ',', "|");
    expect(SPAN("a,b,c"), ',', "a|b|c");
    expect(SPAN("a;b,c;"), ';', "a|b,c|");
    expect(SPAN("\"a,b\",c"), ',', "a,b|c");
    expect(SPAN("\"a\nb\",\"\""), ',', "a\nb|");
    expect(SPAN("\"dit \"\"non\"\"\",x"), ',', "dit \"non\"|x");
    expect(SPAN("\"\"\"\""), ',', "\"");
    expect(SPAN("5\" d'eau,x\"y"), ',', "5\" d'eau|x\"y");
    expect(SPAN("\"ab\"cd,e"), ',', "abcd|e");
    expect(SPAN("\"ab\"c\"d,e"), ',', "abc\"d|e");
    expect(SPAN("a,\"b"), ',', "!2");
    expect(SPAN("\"a\tb\"\tc"), '\t', "a\tb|c");
}

static void tsv(void **state)
{
    (void)state;
    expect(SPAN(""), 'T', "");
    expect(SPAN("a\tb"), 'T', "a|b");
    expect(SPAN("\\N\t\\\\N\t\\Nx"), 'T', "<null>|\\N|\\Nx");
    expect(SPAN("un\\ndeux\\ttrois\\rquatre\\\\"), 'T', "un\ndeux\ttrois\rquatre\\");
    expect(SPAN("\\x\\"), 'T', "\\x\\");
    expect(SPAN("\"a\t"), 'T', "\"a|");
}

static void sniff(void **state)
{
    (void)state;
    assert_int_equal(csv_sniff(SPAN("id,text")), ',');
    assert_int_equal(csv_sniff(SPAN("id;text;\"a,b,c,d\"")), ';');
    assert_int_equal(csv_sniff(SPAN("id\ttext")), '\t');
    assert_int_equal(csv_sniff(SPAN("text")), ',');
    assert_int_equal(csv_sniff(SPAN("")), ',');
}

/* Random fields over a small hostile alphabet come back as they went in. */
static void round_trip(void **state)
{
    static const char alphabet[] = "a,;\t\"\n\r\\N \xC3\xA9";
    struct rng rng = {7};
    struct csv_row row = {0};
    struct buf line = {0}, tsv_line = {0};
    char field[4][8];
    size_t len[4], at;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        buf_reset(&line);
        buf_reset(&tsv_line);
        for (size_t i = 0; i < 4; i++) {
            len[i] = (size_t)rng_below(&rng, 8);
            for (size_t k = 0; k < len[i]; k++)
                field[i][k] = alphabet[rng_below(&rng, sizeof alphabet)];
            buf_add(&line, ",", i != 0);
            buf_add(&tsv_line, "\t", i != 0);
            csv_add_field(&line, (struct span){field[i], len[i]}, ',');
            csv_add_tsv_field(&tsv_line, (struct span){field[i], len[i]});
        }
        assert_int_equal(csv_split(buf_span(&line), ',', &row, &at), 0);
        for (int form = 0; form < 2; form++) {
            assert_int_equal(row.n, 4);
            for (size_t i = 0; i < 4; i++)
                assert_true(span_eq(row.field[i], (struct span){field[i], len[i]}));
            csv_split_tsv(buf_span(&tsv_line), &row);
        }
    }
    csv_row_release(&row);
    buf_release(&line);
    buf_release(&tsv_line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields),
        cmocka_unit_test(tsv),
        cmocka_unit_test(sniff),
        cmocka_unit_test(round_trip),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
