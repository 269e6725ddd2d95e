/* SPDX-License-Identifier: MIT */
/* audit: what was written is read back as it was, and nothing else is read at all. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "corpus/period.h"
#include "base/mem.h"

static struct span copy(struct audit *a, const char *s)
{
    return arena_copy(&a->arena, span_of(s));
}

static void make(struct audit *a)
{
    static const char definition[] =
        "{\"id\":\"ban\",\"statement\":\"Il faut l’interdire.\",\"labels\":{\"favor\":{\"fr\":"
        "\"pour\"},\"against\":{},\"none\":{}},\"codes\":{\"minors\":{\"fr\":\"mineurs\"}}}";
    struct audit_row *row;
    struct audit_say *say;

    *a = (struct audit){.path = mem_copy("a", 1), .id = 7, .seed = 3, .n_strata = 1};
    a->target = arena_alloc(&a->arena, sizeof *a->target);
    assert_true(audit_read_target(a, span_of(definition), a->target));
    a->n_targets = 1;
    a->stratum = arena_alloc(&a->arena, sizeof *a->stratum);
    a->stratum[0] = (struct audit_stratum){copy(a, "all"), 1000, 2};
    a->dump = (struct audit_dump){1100, 1000, 0xFFFFFFFFFFFFFFFF};
    for (int i = 0; i < 3; i++) {
        char id[16];
        snprintf(id, sizeof id, "c%d", i);
        row = audit_add_row(a);
        row->comment.id = copy(a, id);
        row->comment.text = copy(a, "« Oui »,\ndit-elle 😀 \"non\"");
        row->key = audit_key(row->comment.id, row->comment.text);
        row->batch = 1;
        row->training = i == 2;
        if (i == 2)
            continue;
        row->stratum = 0;
        row->cluster = copy(a, id);
        row->sample_prob = .002;
    }
    a->row[1].like = 0;
    say = audit_say_of(a, &a->row[0], audit_add_annotator(a, SPAN("zoé")), false);
    say->label[0] = 0;
    say->code[0] = 0;
    say->note = copy(a, "règle 5");
}

static void test_round_trip(void **state)
{
    struct audit a, b;
    struct buf once = {0}, twice = {0};
    struct stance_err err = {0};

    (void)state;
    make(&a);
    audit_text(&a, &once);
    assert_int_equal(audit_parse(&b, buf_span(&once), "f", &err), 0);
    audit_text(&b, &twice);
    assert_int_equal(once.len, twice.len);
    assert_memory_equal(once.p, twice.p, once.len);
    assert_int_equal(audit_gold(&b, &b.row[1], 0, NULL), 0);
    assert_int_equal(audit_gold(&b, &b.row[2], 0, NULL), AUDIT_NONE);
    audit_release(&a);
    audit_release(&b);
    buf_release(&once);
    buf_release(&twice);
}

static void refused(struct span text)
{
    struct audit a;
    struct stance_err err = {0};

    assert_int_equal(audit_parse(&a, text, "f", &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_true(err.message[0] != '\0');
    audit_release(&a);
}

/* Every byte of it counts, and so does its end. */
static void test_damage(void **state)
{
    struct audit a;
    struct buf text = {0};

    (void)state;
    make(&a);
    audit_text(&a, &text);
    for (size_t i = 0; i + 1 < text.len; i++) { /* the last line end alone may be missing */
        text.p[i] = (char)(text.p[i] ^ 1);
        refused(buf_span(&text));
        text.p[i] = (char)(text.p[i] ^ 1);
        refused((struct span){text.p, i});
    }
    audit_release(&a);
    buf_release(&text);
}

/* The line of an audit with its check made good again, as no editor would. */
static void resign(struct buf *line)
{
    char check[64];
    int n;

    line->len -= sizeof ",\"check\":\"0123456789abcdef\"}" - 1;
    n = snprintf(check, sizeof check, ",\"check\":\"%016llx\"}",
                 (unsigned long long)hash_span(buf_span(line)));
    buf_add(line, check, (size_t)n);
}

/* What is wrong in lines that are each well made: from, to, what the message must say. */
static void test_wrong(void **state)
{
    static const struct {
        const char *from, *to, *said;
    } cases[] = {
        {"\"sample_prob\":0.002", "\"sample_probe\":0.02", "probability"},
        {"\"sample_prob\":0.002", "\"sample_prob\":1.002", "probability"},
        {"\"stratum\":\"all\",\"cl", "\"stratum\":\"one\",\"cl", "stratum"},
        {"\"stance\":{\"ban\":\"favor\"},\"codes\":{\"ban\":\"minors\"},\"note",
         "\"stance\":{\"spy\":\"favor\"},\"codes\":{\"ban\":\"minors\"},\"note", "target 'spy'"},
        {"\"stance\":{\"ban\":\"favor\"},\"codes\":{\"ban\":\"minors\"},\"note",
         "\"stance\":{\"ban\":\"favos\"},\"codes\":{\"ban\":\"minors\"},\"note", "'favos'"},
        {"\"id\":\"c1\"", "\"id\":\"c0\"", "twice"},
        {"\"audit\":\"0000000000000007\",\"key", "\"audit\":\"0000000000000008\",\"key",
         "another audit"},
        {"\"stance_audit\":1", "\"stance_audit\":2", "newer"},
        {"\"rows\":3", "\"rows\":4", "missing"},
        {"\"purpose\":\"train\",\"batch", "\"purpose\":\"tests\",\"batch", "purpose"},
        {"\"like\":\"c0\"", "\"like\":\"c9\"", "like"},
        {"\"annotator\":\"zo", "\"annotator\":\"ZO", "nobody"},
    };
    struct audit a, b;
    struct buf text = {0};

    (void)state;
    make(&a);
    audit_text(&a, &text);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf changed = {0};
        struct stance_err err = {0};
        const char *p = text.p, *end = text.p + text.len;
        bool found = false;
        while (p < end) {
            const char *nl = memchr(p, '\n', (size_t)(end - p));
            struct buf line = {0};
            char *at;
            buf_add(&line, p, (size_t)(nl - p));
            at = strstr(buf_str(&line), cases[i].from);
            if (at != NULL && !found) {
                memcpy(at, cases[i].to, strlen(cases[i].to));
                resign(&line);
                found = true;
            }
            buf_add_span(&changed, buf_span(&line));
            buf_add_char(&changed, '\n');
            buf_release(&line);
            p = nl + 1;
        }
        assert_true(found);
        if (audit_parse(&b, buf_span(&changed), "f", &err) == 0)
            fail_msg("%s is taken", cases[i].to);
        if (strstr(err.message, cases[i].said) == NULL)
            fail_msg("%s: %s", cases[i].to, err.message);
        assert_true(err.line > 0);
        audit_release(&b);
        buf_release(&changed);
    }
    audit_release(&a);
    buf_release(&text);
}

static void test_gold(void **state)
{
    /* labels by three annotators and a decision; -1: none. What counts, and whether they differ */
    static const struct {
        int said[3], decided, gold;
        bool differ;
    } cases[] = {{{-1, -1, -1}, -1, -1, false}, {{0, -1, -1}, -1, 0, false},
                 {{0, 0, 0}, -1, 0, false},     {{0, 1, -1}, -1, -1, true},
                 {{0, 1, 0}, -1, -1, true},     {{0, 1, -1}, 2, 2, false},
                 {{1, 1, -1}, 0, 0, false}};
    static const char *const name[] = {"a", "b", "c"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct audit a;
        bool differ;
        make(&a);
        for (int k = 0; k < 3; k++)
            if (cases[i].said[k] >= 0)
                audit_say_of(&a, &a.row[2], audit_add_annotator(&a, span_of(name[k])), false)
                    ->label[0] = (uint32_t)cases[i].said[k];
        if (cases[i].decided >= 0)
            audit_say_of(&a, &a.row[2], audit_add_annotator(&a, SPAN("a")), true)->label[0] =
                (uint32_t)cases[i].decided;
        assert_int_equal((int)audit_gold(&a, &a.row[2], 0, &differ), cases[i].gold);
        assert_int_equal(differ, cases[i].differ);
        audit_release(&a);
    }
}

static void test_period(void **state)
{
    static const struct {
        const char *date, *day, *week, *month;
    } cases[] = {{"2024-05-16T12:30:00Z", "2024-05-16", "2024-W20", "2024-05"},
                 {"2021-01-03", "2021-01-03", "2020-W53", "2021-01"},
                 {"2019-12-30 10:00", "2019-12-30", "2020-W01", "2019-12"},
                 {"2024-02-29", "2024-02-29", "2024-W09", "2024-02"},
                 {"1715862600", "2024-05-16", "2024-W20", "2024-05"},
                 {"2023-02-29", NULL, NULL, NULL},
                 {"16/05/2024", NULL, NULL, NULL},
                 {"2024-13-01", NULL, NULL, NULL},
                 {"12", NULL, NULL, NULL},
                 {"", NULL, NULL, NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *expected[] = {cases[i].day, cases[i].week, cases[i].month};
        for (int p = 0; p < 3; p++) {
            struct buf out = {0};
            bool good = period_of(span_of(cases[i].date), (enum period)p, &out);
            assert_int_equal(good, expected[p] != NULL);
            if (good)
                assert_string_equal(buf_str(&out), expected[p]);
            buf_release(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_damage),
        cmocka_unit_test(test_wrong),      cmocka_unit_test(test_gold),
        cmocka_unit_test(test_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
