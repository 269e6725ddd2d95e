/* SPDX-License-Identifier: MIT */
/* annotations: every form is read alike, in any order, and whatever cannot be is named. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "agree/annotations.h"

enum { MAX_FILES = 4 };

struct set {
    const char *name, *text;
};

static void keep_note(void *arg, const char *line)
{
    buf_add_str(arg, line);
    buf_add_char(arg, '\n');
}

static char *write_file(const char *folder, const struct set *s)
{
    char *path = malloc(128);
    FILE *f;

    snprintf(path, 128, "%s/%s", folder, s->name);
    f = fopen(path, "wb");
    assert_non_null(f);
    fputs(s->text, f);
    assert_int_equal(fclose(f), 0);
    return path;
}

/* Files of these names and texts in a folder of their own, read; the last n_comments of them
 * as files of comments. */
static int read_set(struct annotations *a, const struct set *set, size_t n_comments,
                    const struct stance_fields *fields, const char *group, struct buf *notes,
                    struct stance_err *err)
{
    char folder[] = "/tmp/stance-test-XXXXXX", *path[MAX_FILES];
    struct stance_input input = {0};
    struct stance_talk talk = {.arg = notes, .note = keep_note};
    struct annotation_files files = {.input = &input, .group = group, .n_comments = n_comments};
    size_t n = 0;
    int status;

    assert_non_null(mkdtemp(folder));
    for (; set[n].name != NULL; n++)
        path[n] = write_file(folder, &set[n]);
    if (fields != NULL)
        input.fields = *fields;
    files.path = (const char *const *)path;
    files.n_paths = n - n_comments;
    files.comments = files.path + files.n_paths;
    *a = (struct annotations){0};
    status = annotations_read(a, &files, notes != NULL ? &talk : NULL, err);
    for (size_t i = 0; i < n; i++) {
        unlink(path[i]);
        free(path[i]);
    }
    rmdir(folder);
    return status;
}

/* "1 ban a=favor b=none; 2 …": the whole table in words. */
static struct buf told(const struct annotations *a)
{
    struct buf out = {0};

    for (size_t from = 0, end; from < a->n_rows; from = end) {
        end = annotations_unit_end(a, from);
        buf_addf(&out, "%s%s %s", from != 0 ? "; " : "", a->comment[a->row[from].comment].id.p,
                 a->target[a->row[from].target].p);
        for (size_t i = from; i < end; i++)
            buf_addf(&out, " %s=%s", a->annotator[a->row[i].annotator].p,
                     a->label[a->row[i].label].p);
    }
    return out;
}

static void expect(const struct set *set, const struct stance_fields *fields, const char *expected)
{
    struct annotations a;
    struct stance_err err = {0};
    struct buf got;

    if (read_set(&a, set, 0, fields, NULL, NULL, &err) < 0)
        fail_msg("%s:%d %s", err.file, (int)err.line, err.message);
    got = told(&a);
    assert_string_equal(buf_str(&got), expected);
    buf_release(&got);
    annotations_release(&a);
}

static void expect_refused(const struct set *set, size_t n_comments, const char *message,
                           uint64_t line)
{
    struct annotations a;
    struct stance_err err = {0};

    assert_int_equal(read_set(&a, set, n_comments, NULL, NULL, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    if (strstr(err.message, message) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, message);
    assert_int_equal(err.line, line);
    annotations_release(&a);
}

static const char all[] = "1 ban a=favor b=none; 1 spying a=none b=none; 2 ban a=against";

static void forms(void **state)
{
    static const struct stance_fields named = {
        .id = "n", .target = "on", .label = "says", .annotator = "user"};

    (void)state;
    expect((struct set[]){{"x.ndjson",
                           "{\"id\":\"1\",\"annotator\":\"a\",\"stance\":{\"ban\":\"favor\","
                           "\"spying\":\"none\"}}\n"
                           "{\"id\":1,\"annotator\":\"b\",\"stance\":{\"ban\":\"none\","
                           "\"spying\":\"none\"},\"note\":\"?\"}\n"
                           "{\"id\":\"2\",\"annotator\":\"a\",\"stance\":{\"ban\":\"against\","
                           "\"spying\":null}}\n"},
                          {NULL, NULL}},
           NULL, all);
    expect((struct set[]){{"x.csv", "Annotator;label;target;id\nb;none;ban;1\na;favor;ban;1\n"
                                    "a;none;spying;1\nb;none;spying;1\na;against;ban;2\n"
                                    "b;;ban;2\n"},
                          {NULL, NULL}},
           NULL, all);
    /* a text is no hindrance; the names of files stand for annotators */
    expect((struct set[]){{"b.tsv", "id\tstance.ban\tstance.spying\n1\tnone\tnone\n2\t\\N\t\n"},
                          {"a.flat.ndjson",
                           "{\"id\":\"2\",\"text\":\"\",\"target\":\"ban\",\"label\":\"against\"}\n"
                           "{\"id\":\"1\",\"target\":\"ban\",\"label\":\"favor\"}\n"
                           "{\"id\":\"1\",\"target\":\"spying\",\"label\":\"none\"}\n"},
                          {NULL, NULL}},
           NULL, "1 ban a.flat=favor b=none; 1 spying a.flat=none b=none; 2 ban a.flat=against");
    expect((struct set[]){{"x.ndjson",
                           "{\"n\":\"1\",\"user\":\"a\",\"on\":\"ban\",\"says\":\"favor\"}\n"
                           "{\"n\":\"1\",\"user\":\"b\",\"on\":\"ban\",\"says\":\"none\"}\n"},
                          {NULL, NULL}},
           &named, "1 ban a=favor b=none");
}

static void notes(void **state)
{
    static const struct set set[] = {{"a1.csv", "id,target,label\n1,ban,favor\n1,ban,favor\n"},
                                     {NULL, NULL}};
    struct annotations a;
    struct buf said = {0};

    (void)state;
    assert_int_equal(read_set(&a, set, 0, NULL, NULL, &said, NULL), 0);
    assert_non_null(strstr(buf_str(&said), "names no annotator: it is read as the work of 'a1'"));
    assert_int_equal(a.n_repeated, 1);
    assert_int_equal(a.n_rows, 1);
    buf_release(&said);
    annotations_release(&a);
}

static void refused(void **state)
{
    (void)state;
    expect_refused((struct set[]){{"a.csv", "id,target,label\n2,ban,favor\n1,ban,favor\n"
                                            "1,ban,none\n2,ban,against\n"},
                                  {NULL, NULL}},
                   0, "two labels of one annotator for one comment and target, 2 times: a 1 ban",
                   4);
    expect_refused((struct set[]){{"a.csv", "id,target,label\n1,ban,favor\n"},
                                  {"a.tsv", "id\ttarget\tlabel\n1\tban\tfavor\n"},
                                  {NULL, NULL}},
                   0, "a second file called 'a' that names no annotator", 0);
    expect_refused((struct set[]){{"a.csv", "id,annotator,target,label\n1,x,ban,favor\n"
                                            "1,,ban,favor\n"},
                                  {NULL, NULL}},
                   0, "names no annotator, others of the file do", 3);
    expect_refused((struct set[]){{"a.ndjson", "{\"id\":\"1\",\"stance\":{\"b\":\"f\"}}\n"
                                               "{\"id\":\"1\",\"annotator\":\"x\"}\n"},
                                  {NULL, NULL}},
                   0, "the first of the file does not", 2);
    expect_refused((struct set[]){{"a.csv", "id,target,label\n1,,favor\n"}, {NULL, NULL}}, 0,
                   "a label without a target", 2);
    expect_refused((struct set[]){{"a.csv", "target,label\nban,favor\n"}, {NULL, NULL}}, 0,
                   "the record has no id", 2);
    expect_refused((struct set[]){{"a.csv", "id,target,label\n1,ban\n"}, {NULL, NULL}}, 0,
                   "expected 3 columns, found 2", 2);
    expect_refused((struct set[]){{"a.ndjson", "{\"id\":\"1\"}\n"}, {NULL, NULL}}, 0,
                   "not one label", 0);
    expect_refused((struct set[]){{"a.csv", "id,thread,target,label\n1,t,ban,favor\n"
                                            "1,u,spying,favor\n"},
                                  {NULL, NULL}},
                   0, "another thread for id '1': 'u', elsewhere 't'", 3);
    expect_refused((struct set[]){{"a.csv", "id,target,label\n1,ban,favor\n2,ban,favor\n"},
                                  {"c.csv", "id,thread\n1,t\n"},
                                  {NULL, NULL}},
                   1, "annotated ids that are not among the comments: 1 of 2 (2)", 0);
}

static void many_labels(void **state)
{
    struct buf text = {0};

    (void)state;
    buf_add_str(&text, "id,target,label\n");
    for (int i = 0; i <= ANNOTATIONS_MAX_LABELS; i++)
        buf_addf(&text, "%d,ban,label %d\n", i, i);
    expect_refused((struct set[]){{"a.csv", buf_str(&text)}, {NULL, NULL}}, 0,
                   "257 different labels, expected 256 at most", 0);
    buf_release(&text);
}

/* A dump says the threads; what the annotations call so is not looked at. */
static void comments(void **state)
{
    static const struct set set[] = {
        {"a.csv", "id,thread,target,label\n1,x,ban,favor\n2,y,ban,favor\n"},
        {"b.csv", "id,thread,target,label\n1,z,ban,favor\n"},
        {"dump.ndjson", "{\"id\":\"0\",\"thread\":\"s\",\"text\":\"\",\"page\":7}\n"
                        "{\"id\":\"1\",\"thread\":\"t\",\"author\":\"m\",\"page\":8}\n"
                        "{\"id\":\"2\",\"thread\":\"t\",\"label\":3}\n"},
        {NULL, NULL}};
    struct annotations a;
    struct stance_err err = {0};

    (void)state;
    if (read_set(&a, set, 1, NULL, "page", NULL, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(a.n_comments, 2);
    assert_true(span_eq(a.comment[0].thread, SPAN("t")));
    assert_true(span_eq(a.comment[0].author, SPAN("m")));
    assert_true(span_eq(a.comment[0].field, SPAN("8")));
    assert_true(span_eq(a.comment[1].thread, SPAN("t")));
    assert_null(a.comment[1].field.p);
    annotations_release(&a);
}

static void of_corpus(void **state)
{
    static const struct set set[] = {
        {"x.csv", "id,annotator,target,label\n9,a,ban,none\n1,b,ban,none\n1,a,ban,favor\n"
                  "2,a,spying,none\n1,a,other,none\n"},
        {NULL, NULL}};
    struct corpus gold = {0};
    struct annotations a;
    uint32_t *label;

    (void)state;
    add_comment(&gold, "2", NULL, NULL, "deux", "ban", "favor");
    corpus_label(&gold, 0, SPAN("spying"), SPAN("favor"));
    add_comment(&gold, "1", NULL, NULL, "un", "ban", "favor");
    assert_int_equal(corpus_seal(&gold, NULL), 0); /* 1 ban; 2 ban; 2 spying */
    assert_int_equal(read_set(&a, set, 0, NULL, NULL, NULL, NULL), 0);
    label = annotations_of_corpus(&a, &gold); /* labels: favor none */
    assert_int_equal(label[0], 0);
    assert_int_equal(label[1], UINT32_MAX);
    assert_int_equal(label[2], 1);
    assert_int_equal(label[3], 1);
    assert_int_equal(label[4], UINT32_MAX);
    assert_int_equal(label[5], UINT32_MAX);
    free(label);
    annotations_release(&a);
    corpus_release(&gold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms),    cmocka_unit_test(notes),
                                       cmocka_unit_test(refused),  cmocka_unit_test(many_labels),
                                       cmocka_unit_test(comments), cmocka_unit_test(of_corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
