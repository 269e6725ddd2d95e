/* SPDX-License-Identifier: MIT */
/* load: the same corpus from every form, and each error with its line and column. */
#include "helpers.h"

#include <stdlib.h>

#include "corpus/load.h"

static int load(struct corpus *c, struct span text, const struct stance_input *input,
                struct stance_err *err)
{
    static const struct stance_input usual;
    char *path = temp_file(text);
    const char *const paths[] = {path};
    int status;

    *c = (struct corpus){0};
    status = corpus_load(c, paths, 1, input != NULL ? input : &usual, NULL, err);
    remove_temp(path);
    return status;
}

/* "id text target=label …" per comment, in order. */
static void expect(struct span text, const char *expected)
{
    struct stance_err err = {0};
    struct corpus c;
    struct buf got = {0};
    size_t m = 0;

    if (load(&c, text, NULL, &err) < 0)
        fail_msg("%.*s: %d:%d %s", (int)text.len, text.p, (int)err.line, (int)err.column,
                 err.message);
    for (size_t i = 0; i < c.n_comments; i++) {
        const struct comment *k = &c.comment[i];
        buf_addf(&got, "%s %s", k->id.p, k->text.p);
        if (k->thread.p != NULL)
            buf_addf(&got, " in %s", k->thread.p);
        if (k->parent.p != NULL)
            buf_addf(&got, " to %s", k->parent.p);
        if (k->author.p != NULL)
            buf_addf(&got, " by %s", k->author.p);
        for (; m < c.n_marks && c.mark[m].comment == i; m++)
            buf_addf(&got, " %s=%s", c.target[c.mark[m].target].p, c.label[c.mark[m].label].p);
        buf_add_char(&got, '\n');
    }
    assert_string_equal(buf_str(&got), expected);
    buf_release(&got);
    corpus_release(&c);
}

static void refused_by(struct span text, const struct stance_input *input, uint64_t line,
                       uint64_t column, const char *message)
{
    struct stance_err err = {0};
    struct corpus c;

    assert_int_equal(load(&c, text, input, &err), -1);
    corpus_release(&c);
    assert_int_equal(err.code, STANCE_DATA);
    if (strstr(err.message, message) == NULL || err.line != line || err.column != column)
        fail_msg("%d:%d '%s', expected %d:%d '%s'", (int)err.line, (int)err.column, err.message,
                 (int)line, (int)column, message);
    assert_non_null(strstr(err.file, "/file"));
}

static void refused(const char *text, uint64_t line, uint64_t column, const char *message)
{
    refused_by(span_of(text), NULL, line, column, message);
}

static const char both[] = "1 oui in t by u ban=favor spying=none\n"
                           "2 non, \"rien\" in t to 1 ban=against\n";

static void nested(void **state)
{
    (void)state;
    expect(SPAN("{\"id\":\"1\",\"thread\":\"t\",\"author\":\"u\",\"text\":\"oui\",\"stance\":{"
                "\"ban\":\"favor\",\"spying\":\"none\"}}\n"
                "{\"id\":2,\"thread\":\"t\",\"parent\":1,\"text\":\"non, \\\"rien\\\"\",\"stance\":"
                "{\"ban\":\"against\",\"spying\":null}}"),
           both);
    expect(SPAN("\n{\"id\":1,\"text\":\"a\",\"stance\":{}}\n\n{\"text\":\"b\",\"id\":\"0\"}\r\n"
                "{\"text\":\"c\",\"id\":\"x\",\"stance\":{\"\\u00e9\":\"no\\u006e\",\"b\":\"\"}}"),
           "0 b\n1 a\nx c \xC3\xA9=non\n");
}

static void flat(void **state)
{
    (void)state;
    expect(SPAN("{\"id\":\"2\",\"thread\":\"t\",\"parent\":\"1\",\"text\":\"non, \\\"rien\\\"\","
                "\"target\":\"ban\",\"label\":\"against\"}\n"
                "{\"id\":\"1\",\"thread\":\"t\",\"author\":\"u\",\"text\":\"oui\",\"target\":"
                "\"spying\",\"label\":\"none\"}\n"
                "{\"id\":\"1\",\"thread\":\"t\",\"author\":\"u\",\"text\":\"oui\",\"target\":"
                "\"ban\",\"label\":\"favor\"}\n"),
           both);
}

/* Files of both kinds put together, whichever comes first. */
static void mixed(void **state)
{
    const char *const a = "{\"id\":\"1\",\"thread\":\"t\",\"author\":\"u\",\"text\":\"oui\","
                          "\"stance\":{\"ban\":\"favor\",\"spying\":\"none\"}}\n";
    const char *const b = "{\"id\":\"2\",\"thread\":\"t\",\"parent\":\"1\",\"text\":\"non, "
                          "\\\"rien\\\"\",\"target\":\"ban\",\"label\":\"against\"}\n";
    struct buf in = {0};

    (void)state;
    buf_add_str(&in, a);
    buf_add_str(&in, b);
    expect(buf_span(&in), both);
    buf_reset(&in);
    buf_add_str(&in, b);
    buf_add_str(&in, a);
    expect(buf_span(&in), both);
    buf_release(&in);
}

static void tables(void **state)
{
    (void)state;
    expect(SPAN("id,thread,parent,author,text,target,label\n1,t,,u,oui,ban,favor\n"
                "1,t,,u,oui,spying,none\n2,t,1,,\"non, \"\"rien\"\"\",ban,against\n"),
           both);
    expect(SPAN("id;thread;parent;author;text;stance.ban;stance.spying\r\n1;t;;u;oui;favor;none\r\n"
                "2;t;1;;\"non, \"\"rien\"\"\";against;\r\n"),
           both);
    expect(SPAN("\xEF\xBB\xBFtext\tid\tthread\tparent\tauthor\tstance.ban\tstance.spying\n"
                "oui\t1\tt\t\tu\tfavor\tnone\nnon, \"rien\"\t2\tt\t1\t\tagainst\t\n"),
           both);
    expect(SPAN("id,text,stance.ban\n1,\"deux\nlignes\",favor\n"), "1 deux\nlignes ban=favor\n");
    /* a row that says nothing of its target, wherever it stands */
    expect(SPAN("id,text,target,label\n1,oui,ban,favor\n1,oui,spying,\n"), "1 oui ban=favor\n");
    expect(SPAN("id,text,target,label\n1,oui,spying,\n1,oui,ban,favor\n"), "1 oui ban=favor\n");
}

static void extras(void **state)
{
    struct stance_err err = {0};
    struct corpus c;

    (void)state;
    assert_int_equal(load(&c,
                          SPAN("{\"id\":1,\"text\":\"a\",\"site\":\"x\\u0041\",\"n\":12,"
                               "\"list\":[1]}\n"),
                          NULL, &err),
                     0);
    assert_string_equal(comment_field(&c.comment[0], SPAN("site")).p, "xA");
    assert_string_equal(comment_field(&c.comment[0], SPAN("n")).p, "12");
    assert_null(comment_field(&c.comment[0], SPAN("list")).p);
    corpus_release(&c);
}

static void bad_json(void **state)
{
    (void)state;
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":}\n", 2, 16, "");
    refused("{\"id\":1,\"text\":\"a\"}\n\n{\"id\":2,\"text\":\"b\"", 3, 19, "expected ',' or '}'");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":2}\n", 2, 1, "the record has no text");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\" \\n\"}\n", 2, 1, "the text is empty");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"[deleted]\"}\n", 2, 1,
            "deletion marker");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"text\":\"b\"}\n", 2, 1, "the record has no id");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\",\"stance\":{\"ban\":1}}\n", 2, 36,
            "a label must be a string");
    refused_by(SPAN("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\xFF\"}\n"), NULL, 2, 18,
               "UTF-8");
    refused("{\"id\":1,\"text\":\"a\"}\n{\"id\":1,\"text\":\"b\"}\n", 2, 1, "another text for id");
}

static void bad_tables(void **state)
{
    (void)state;
    refused("id,text,target,label\n1,a,ban,favor\n2,b,ban\n", 3, 1, "expected 4 columns, found 3");
    refused("id,text,target,label\n1,a,ban,favor\n2,b,,favor\n", 3, 1, "a label without a target");
    refused("id,text,target,label\n1,a,ban,favor\n\n2,\"b", 4, 3, "");
    refused("id,text,target,label\n,a,ban,favor\n", 2, 1, "the record has no id");
    refused("id,text,target,label\n1,\"deux\nlignes\",ban,favor\n2,,ban,favor\n", 4, 1,
            "the text is empty");
    refused_by(SPAN("id,text\n1,a\n2,\xE9t\xE9\n"), NULL, 3, 3, "UTF-8");
    refused("foo,bar\n1,a\n", 1, 0, "expected one named by --text-field");
}

/* A label that is about nothing would be lost without a word. */
static void no_target(void **state)
{
    (void)state;
    refused("{\"id\":1,\"text\":\"a\",\"target\":\"ban\",\"label\":\"favor\"}\n"
            "{\"id\":2,\"text\":\"b\",\"label\":\"none\"}\n",
            2, 1, "a label without a target");
    expect(SPAN("{\"id\":1,\"text\":\"a\",\"label\":\"7\",\"stance\":{\"ban\":\"favor\"}}\n"),
           "1 a ban=favor\n");
}

/* Names of targets and labels end up in C strings and in the names of columns. */
static void bad_names(void **state)
{
    (void)state;
    refused("{\"id\":1,\"text\":\"a\",\"stance\":{\"b\\u0000n\":\"favor\"}}", 1, 1,
            "a NUL in the name");
    refused("{\"id\":1,\"text\":\"a\",\"stance\":{\"ban\":\"fav\\u0000r\"}}", 1, 1,
            "a NUL in the name");
    refused("{\"id\":1,\"text\":\"a\",\"target\":\"ban\",\"label\":\"a\\u0000\"}", 1, 1,
            "a NUL in the name");
    refused_by(SPAN("id,text,stance.ban\n1,a,f\0r\n"), NULL, 2, 1, "a NUL in the name");
    refused("{\"id\":1,\"text\":\"a\",\"stance\":{\"\":\"favor\"}}", 1, 1,
            "a target without a name");
}

static void bad_files(void **state)
{
    struct stance_input input = {.max_record = 1024};
    struct buf b = {0};

    (void)state;
    refused("", 0, 0, "not one comment");
    refused("\n\n", 1, 0, "the first line is blank");
    refused("id,text\n", 0, 0, "not one comment");
    buf_add_str(&b, "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"");
    for (int i = 0; i < 1100; i++)
        buf_add_char(&b, 'a');
    buf_add_str(&b, "\"}\n");
    refused_by(buf_span(&b), &input, 2, 1, "longer than --max-record");
    buf_release(&b);
}

static void system_errors(void **state)
{
    static const struct stance_input usual;
    const char *const missing[] = {"/nowhere/at all"}, *const folder[] = {"/"};
    struct stance_err err = {0};
    struct corpus c = {0};

    (void)state;
    assert_int_equal(corpus_load(&c, missing, 1, &usual, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    assert_string_equal(err.file, "/nowhere/at all");
    assert_int_equal(corpus_load(&c, folder, 1, &usual, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_SYSTEM);
    corpus_release(&c);
}

static void lossy(void **state)
{
    struct stance_input input = {.lossy = true};
    struct stance_err err = {0};
    struct corpus c;

    (void)state;
    assert_int_equal(load(&c, SPAN("id,text\n2,\xE9t\xE9\n"), &input, &err), 0);
    assert_string_equal(c.comment[0].text.p, "\xEF\xBF\xBDt\xEF\xBF\xBD");
    corpus_release(&c);
    input = (struct stance_input){.encoding = STANCE_ENCODING_WINDOWS_1252};
    assert_int_equal(load(&c, SPAN("id,text\n2,\xE9t\xE9 \x80\n"), &input, &err), 0);
    assert_string_equal(c.comment[0].text.p, "\xC3\xA9t\xC3\xA9 \xE2\x82\xAC");
    corpus_release(&c);
}

static void several_files(void **state)
{
    static const struct stance_input usual;
    char *a = temp_file(SPAN("{\"id\":\"1\",\"text\":\"a\",\"stance\":{\"ban\":\"favor\"}}"));
    char *b = temp_file(SPAN("id,text,stance.ban\n2,b,against\n"));
    const char *const paths[] = {a, b}, *const twice[] = {a, a};
    struct stance_err err = {0};
    struct corpus c = {0};

    (void)state;
    assert_int_equal(corpus_load(&c, paths, 2, &usual, NULL, &err), 0);
    assert_int_equal(c.n_comments, 2);
    assert_int_equal(c.n_files, 2);
    corpus_release(&c);
    assert_int_equal(corpus_load(&c, twice, 2, &usual, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "labelled twice"));
    corpus_release(&c);
    remove_temp(a);
    remove_temp(b);
}

static const char audit[] =
    "{\"stance_audit\":1,\"rows\":3}\n"
    "{\"id\":\"1\",\"text\":\"oui\",\"purpose\":\"estimate\",\"stance\":{\"ban\":\"favor\"}}\n"
    "{\"id\":\"2\",\"text\":\"non\",\"purpose\":\"train\",\"stance\":{\"ban\":\"against\"}}\n"
    "{\"id\":\"3\",\"text\":\"bof\",\"stance\":{\"ban\":\"none\"}}\n";

static void keep_note(void *arg, const char *line)
{
    buf_add_str(arg, line);
}

/* The manifest is no record, but a line; what was drawn to estimate is passed over when asked. */
static void audits(void **state)
{
    const struct stance_input spare = {.spare_audit = true};
    struct buf notes = {0}, rest = {0};
    const struct stance_talk talk = {.arg = &notes, .note = keep_note};
    char *path = temp_file(span_of(audit));
    const char *const paths[] = {path};
    struct stance_err err = {0};
    struct corpus c = {0};

    (void)state;
    expect(span_of(audit), "1 oui ban=favor\n2 non ban=against\n3 bof ban=none\n");
    assert_int_equal(corpus_load(&c, paths, 1, &spare, &talk, &err), 0);
    assert_int_equal(c.n_comments, 1);
    assert_int_equal(c.comment[0].line, 3);
    assert_non_null(strstr(buf_str(&notes), "left out of training: 2"));
    corpus_release(&c);
    remove_temp(path);
    buf_add_str(&rest, audit);
    rest.len = (size_t)(strstr(buf_str(&rest), "{\"id\":\"2\"") - rest.p);
    refused_by(buf_span(&rest), &spare, 0, 0, "nothing to learn from: its 1 comments");
    refused("{\"stance_audit\":1}\n{\"id\":\"1\"}\n", 2, 0, "text");
    expect(SPAN("{\"id\":\"1\",\"text\":\"oui\",\"purpose\":\"estimate\",\"stance\":{\"ban\":"
                "\"favor\"}}"),
           "1 oui ban=favor\n");
    buf_release(&notes);
    buf_release(&rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested),        cmocka_unit_test(flat),
        cmocka_unit_test(mixed),         cmocka_unit_test(tables),
        cmocka_unit_test(extras),        cmocka_unit_test(bad_json),
        cmocka_unit_test(bad_tables),    cmocka_unit_test(bad_names),
        cmocka_unit_test(no_target),     cmocka_unit_test(bad_files),
        cmocka_unit_test(system_errors), cmocka_unit_test(lossy),
        cmocka_unit_test(several_files), cmocka_unit_test(audits),
    };
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
