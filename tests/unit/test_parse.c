/* SPDX-License-Identifier: MIT */
/* parse: one record, its status and its roles. */
#include "helpers.h"

#include <stdlib.h>

#include "corpus/parse.h"

static struct schema schema; /* of the test under way */
static struct parsed out;    /* reused, as a worker does */

static void use(enum form form, char delimiter, struct span first)
{
    struct stance_err err = {0};

    schema_release(&schema);
    schema = (struct schema){.form = form, .delimiter = delimiter};
    if (schema_find(&schema, first, NULL, &err) < 0)
        fail_msg("%s", err.message);
}

/* "status text=… id=…" with the roles that have a value, or "status@OFFSET message". */
static void expect(struct span record, const char *expected)
{
    struct buf text = {0};
    char *copy = exact(record);
    enum parse_status status = parse_record(&schema, (struct span){copy, record.len}, &out);

    assert_int_equal(status, out.status);
    buf_add_str(&text, parse_status_name(status));
    if (out.message[0] != '\0')
        buf_addf(&text, "@%zu %s", out.at, out.message);
    for (int r = 0; r < N_ROLES; r++)
        if (out.role[r].has) {
            buf_addf(&text, " %s=", role_name((enum role)r));
            buf_add_span(&text, out.role[r].text);
        }
    assert_string_equal(buf_str(&text), expected);
    free(copy);
    buf_release(&text);
}

static void json(void **state)
{
    (void)state;
    use(FORM_NDJSON, 0, SPAN("{\"id\":1,\"text\":\"a\"}"));
    expect(SPAN("{\"id\":7312345678901234567,\"text\":\"l\\u00e9 \\\"x\\\"\"}"),
           "ok text=l\xC3\xA9 \"x\" id=7312345678901234567");
    expect(SPAN("{\"text\":5,\"id\":null}"), "ok text=5");
    expect(SPAN("{\"text\":\"a\",\"text\":\"b\"}"), "ok text=b");
    expect(SPAN("{\"te\\u0078t\":\"a\"}"), "ok text=a");
    expect(SPAN("{}"), "no_text");
    assert_true(out.empty_object && out.close == 1);
    expect(SPAN("{\"text\":null,\"id\":\"x\"}"), "no_text id=x");
    expect(SPAN("{\"text\":{\"a\":1}}"), "no_text");
    expect(SPAN("{\"text\":\" \\n\xC2\xA0\"}"), "blank text= \n\xC2\xA0");
    expect(SPAN(" \t"), "blank");
    expect(SPAN(""), "blank");
    expect(SPAN("{\"text\":\" [Deleted]\"}"), "deleted text= [Deleted]");
    expect(SPAN("{\"text\":\"[supprim\xC3\xA9]\"}"), "deleted text=[supprim\xC3\xA9]");
    expect(SPAN("{\"text\":\"a\"} x"), "unparsable@13 bad JSON: expected nothing after the value");
    expect(SPAN("[1]"), "unparsable@0 bad JSON: expected an object, this is an array");
    expect(SPAN("{\"text\":\"\xE9\"}"), "undecodable@9 byte 0xE9 is not UTF-8, expected --encoding "
                                        "windows-1252 or --lossy");
}

static void open_roles(void **state)
{
    (void)state;
    use(FORM_NDJSON, 0, SPAN("{\"text\":\"a\",\"author\":\"u\"}"));
    expect(SPAN("{\"text\":\"a\",\"author\":\"u\",\"pseudo\":\"p\"}"), "ok text=a author=u");
    expect(SPAN("{\"text\":\"a\",\"pseudo\":\"p\"}"), "ok text=a");
    expect(SPAN("{\"post_id\":\"p\",\"text\":\"a\",\"Thread\":\"t\",\"video_id\":\"v\"}"),
           "ok text=a thread=t");
    expect(SPAN("{\"text\":\"a\",\"author\":\"[deleted]\"}"), "ok text=a");
    expect(SPAN("{\"text\":\"a\",\"author\":\"\"}"), "ok text=a");
}

static void dialect(void **state)
{
    (void)state;
    use(FORM_NDJSON, 0,
        SPAN("{\"cid\":\"1\",\"aweme_id\":\"2\",\"text\":\"a\",\"user\":{\"unique_id\":\"u\"}}"));
    expect(SPAN("{\"cid\":\"1\",\"aweme_id\":\"2\",\"reply_id\":\"0\",\"text\":\"a\","
                "\"user\":{\"uid\":1,\"unique_id\":\"\\u0075\"}}"),
           "ok text=a id=1 thread=2 author=u");
    expect(SPAN("{\"text\":\"a\",\"reply_id\":\"9\",\"user.unique_id\":\"w\",\"user\":"
                "{\"unique_id\":\"v\"}}"),
           "ok text=a parent=9 author=w");
    use(FORM_NDJSON, 0,
        SPAN("{\"id\":1,\"type\":\"message\",\"date_unixtime\":\"1\",\"text\":\"a\"}"));
    expect(SPAN("{\"id\":1,\"text\":[\"un \",{\"type\":\"bold\",\"text\":\"deux\"},{\"x\":1},3]}"),
           "ok text=un deux id=1");
}

static void rows(void **state)
{
    (void)state;
    use(FORM_CSV, ';', SPAN("texte;auteur;id"));
    expect(SPAN("\"a;\"\"b\"\"\";moi;3"), "ok text=a;\"b\" id=3 author=moi");
    expect(SPAN("a;b"), "unparsable@0 expected 3 columns, found 2");
    expect(SPAN("a;b;c;d"), "unparsable@0 expected 3 columns, found 4");
    expect(SPAN("a;\"b;c"), "unparsable@2 quote is not closed");
    expect(SPAN(";x;1"), "blank text= id=1 author=x");
    expect(SPAN("\0;\0;\xF0\x9F\x98\xA1"), "ok text="); /* the rest stands behind a NUL */
    assert_int_equal(out.role[ROLE_TEXT].text.len, 1);
    use(FORM_TSV, '\t', SPAN("id\ttext"));
    expect(SPAN("1\tun\\ndeux"), "ok text=un\ndeux id=1");
    expect(SPAN("\\N\t\\N"), "no_text");
    expect(SPAN("\t"), "blank text=");
}

static void lossy(void **state)
{
    (void)state;
    use(FORM_NDJSON, 0, SPAN("{\"text\":\"a\"}"));
    schema.lossy = true;
    expect(SPAN("{\"text\":\"\xE9t\xC3\xA9\"}"), "ok text=\xEF\xBF\xBDt\xC3\xA9");
    assert_true(out.repaired);
    assert_int_equal(out.record.p[out.close], '}');
    expect(SPAN("{\"text\":\"a\"}"), "ok text=a");
    assert_false(out.repaired);
}

static void members(void **state)
{
    const struct json_value *v;

    (void)state;
    use(FORM_NDJSON, 0, SPAN("{\"text\":\"a\"}"));
    expect(SPAN("{\"text\":\"a\",\"st\\u0061nce\":{\"ban\":\"for\"},\"x\":[}]} "),
           "unparsable@45 bad JSON: expected a value");
    assert_null(parsed_member(&out, SPAN("text")));
    parse_record(&schema, SPAN("{\"text\":\"a\",\"st\\u0061nce\":{\"ban\":\"for\"},\"x\":[]} "),
                 &out);
    assert_int_equal(out.n_members, 3);
    assert_int_equal(out.record.p[out.close], '}');
    assert_int_equal(out.close, 46);
    v = parsed_member(&out, SPAN("stance"));
    assert_true(v != NULL && v->type == JSON_OBJECT);
    assert_true(span_eq(v->raw, SPAN("{\"ban\":\"for\"}")));
    assert_null(parsed_member(&out, SPAN("stanc")));
}

/* Any prefix and any one byte changed: a status, never a read outside. */
static void damaged(void **state)
{
    struct span record =
        SPAN("{\"cid\":\"1\",\"user\":{\"unique_id\":\"\\u0075\"},\"text\":[\"a\\n\","
             "{\"text\":\"\\ud83d\\ude21\xC3\xA9\"}],\"aweme_id\":-1.5e3}");

    (void)state;
    use(FORM_NDJSON, 0, record);
    for (size_t n = 0; n <= record.len; n++) {
        char *copy = exact((struct span){record.p, n});
        enum parse_status s = parse_record(&schema, (struct span){copy, n}, &out);
        assert_true(n == record.len ? s == PARSE_OK : n == 0 ? s == PARSE_BLANK : s != PARSE_OK);
        free(copy);
    }
    for (size_t i = 0; i < record.len * 8; i++) {
        char *copy = exact(record);
        copy[i / 8] = (char)(copy[i / 8] ^ 1 << i % 8);
        parse_record(&schema, (struct span){copy, record.len}, &out);
        free(copy);
    }
}

static int release(void **state)
{
    (void)state;
    schema_release(&schema);
    parsed_release(&out);
    parsed_release(NULL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json),    cmocka_unit_test(open_roles), cmocka_unit_test(dialect),
        cmocka_unit_test(rows),    cmocka_unit_test(lossy),      cmocka_unit_test(members),
        cmocka_unit_test(damaged),
    };
    return cmocka_run_group_tests_name("parse", tests, NULL, release);
}
