/* SPDX-License-Identifier: MIT */
/* label: what a screen shows as saved is there after anything, and nobody sees the others. */
#include "helpers.h"

#include <stdlib.h>

#include "audit/behind.h"
#include "base/mem.h"
#include "label/merge.h"
#include "label/queue.h"
#include "label/session.h"
#include "label/shown.h"
#include "labels.h"

/* ---- one annotator ---- */

static void test_queue(void **unused)
{
    struct session s;
    char *path = label_copy_audit();

    (void)unused;
    label_begin(&s, path, "zoé", false);
    assert_int_equal(s.n, 7); /* c7 is like c6 */
    assert_true(session_find(&s, SPAN("c7")) == SIZE_MAX);
    assert_int_equal(s.at, 0);
    label_end(&s);
    remove_temp(path);
}

static void test_label(void **unused)
{
    struct session s;
    struct stance_err err = {0};
    char *path = label_copy_audit(), *journal = audit_journal_path(path);

    (void)unused;
    label_begin(&s, path, "zoé", false);
    assert_true(label_exists(journal));
    label_go(&s, "c1");
    assert_int_equal(session_code(&s, BAN, 2, &err), -1); /* no stance yet */
    assert_int_equal(err.code, STANCE_USAGE);
    label_give(&s, BAN, FAVOR);
    assert_int_equal(session_state(&s, s.at), SESSION_PARTIAL);
    assert_int_equal(session_code(&s, BAN, 2, &err), 0);
    label_give(&s, SPYING, AGAINST);
    assert_int_equal(session_code(&s, SPYING, 0, &err), -1); /* "state" is of favor */
    assert_int_equal(session_code(&s, SPYING, 2, &err), 0);
    label_give(&s, SPYING, NEITHER);
    assert_int_equal(session_say(&s).code[SPYING], AUDIT_NONE);
    label_give(&s, TOPIC, 0);
    assert_int_equal(session_state(&s, s.at), SESSION_DONE);
    assert_int_equal(audit_behind(path, &err), -1);
    assert_non_null(strstr(err.message, "stance label --fold"));
    label_end(&s);
    assert_false(label_exists(journal));
    assert_int_equal(audit_behind(path, &err), 0);

    label_begin(&s, path, "zoé", false);
    assert_int_equal(s.at, 1); /* the first that is not done */
    label_go(&s, "c1");
    assert_int_equal(session_say(&s).label[BAN], FAVOR);
    assert_int_equal(session_say(&s).code[BAN], 2);
    label_end(&s);
    free(journal);
    remove_temp(path);
}

/* Every kind of change, and back through all of them, state by state. */
static void test_undo(void **unused)
{
    struct session s;
    struct stance_err err = {0};
    struct buf before[9];
    char *path = label_copy_audit();
    int n = 0;

    (void)unused;
    label_begin(&s, path, "zoé", false);
    for (int step = 0; step < 9; step++) {
        int r = 0;
        before[n++] = label_state(&s);
        switch (step) {
        case 0:
            r = session_label(&s, BAN, FAVOR, &err);
            break;
        case 1:
            r = session_code(&s, BAN, 1, &err);
            break;
        case 2:
            r = session_label(&s, BAN, NEITHER, &err);
            break;
        case 3:
            r = session_note(&s, SPAN("règle 5"), &err);
            break;
        case 4:
            r = session_note(&s, SPAN(""), &err);
            break;
        case 5:
            r = session_skip(&s, &err);
            break;
        case 6:
            s.at = 2;
            r = session_label(&s, TOPIC, 1, &err);
            break;
        case 7:
            r = session_label(&s, TOPIC, AUDIT_NONE, &err);
            break;
        case 8:
            s.at = 0;
            r = session_label(&s, SPYING, AGAINST, &err);
            break;
        }
        assert_int_equal(r, 0);
    }
    assert_int_equal(session_label(&s, SPYING, AGAINST, &err), 0); /* the same: no change */
    while (n-- > 0) {
        struct buf now;
        assert_int_equal(session_undo(&s, &err), 1);
        now = label_state(&s);
        if (n == 0) { /* the manifest now names zoé, who says nothing */
            assert_int_equal(session_state(&s, 0), SESSION_OPEN);
            buf_release(&now);
            buf_release(&before[0]);
        } else
            label_assert_same(&now, &before[n]);
    }
    assert_int_equal(session_undo(&s, &err), 0);
    label_end(&s);
    remove_temp(path);
}

static void test_skip(void **unused)
{
    struct session s;
    struct stance_err err = {0};
    char *path = label_copy_audit();

    (void)unused;
    label_begin(&s, path, "zoé", false);
    label_give(&s, BAN, FAVOR);
    assert_int_equal(session_skip(&s, &err), 0);
    assert_int_equal(session_state(&s, 0), SESSION_SKIPPED);
    assert_int_equal(session_next_open(&s), 1);
    label_end(&s);
    label_begin(&s, path, "zoé", false);
    assert_int_equal(session_state(&s, 0), SESSION_SKIPPED);
    s.at = 0;
    label_give(&s, BAN, AGAINST); /* takes the skip back */
    assert_int_equal(session_state(&s, 0), SESSION_PARTIAL);
    label_end(&s);
    remove_temp(path);
}

/* ---- several annotators ---- */

static void label_all(const char *path, const char *name, uint32_t ban)
{
    struct session s;

    label_begin(&s, path, name, false);
    for (s.at = 0; s.at < s.n; s.at++) {
        label_give(&s, BAN, s.at == 2 ? ban : NEITHER);
        label_give(&s, SPYING, NEITHER);
        label_give(&s, TOPIC, 1);
    }
    s.at = 0;
    label_end(&s);
}

static void test_blind(void **unused)
{
    struct session s;
    char *path = label_copy_audit();

    (void)unused;
    label_all(path, "zoé", FAVOR);
    label_begin(&s, path, "anna", false);
    assert_int_equal(s.n, 7);
    for (s.at = 0; s.at < s.n; s.at++) {
        assert_int_equal(session_state(&s, s.at), SESSION_OPEN);
        assert_int_equal(session_say(&s).label[BAN], AUDIT_NONE);
    }
    s.at = 0;
    label_end(&s);
    remove_temp(path);
}

static void test_twice(void **unused)
{
    struct session few, more;
    struct session_settings set = {SPAN("anna"), false, 2};
    struct stance_err err = {0};
    char *path = label_copy_audit();

    (void)unused;
    assert_int_equal(session_open(&few, path, &set, &err), 0);
    label_end(&few);
    set.twice = 4;
    assert_int_equal(session_open(&more, path, &set, &err), 0);
    assert_int_equal(more.n, 4);
    label_end(&more);
    remove_temp(path);
}

static void test_adjudicate(void **unused)
{
    struct session s;
    struct stance_err err = {0};
    char *path = label_copy_audit();
    bool differ;

    (void)unused;
    label_all(path, "zoé", FAVOR);
    label_all(path, "anna", AGAINST);
    label_begin(&s, path, "chef", true);
    assert_int_equal(s.n, 1);
    audit_gold(&s.file.audit, session_row(&s), BAN, &differ);
    assert_true(differ);
    assert_int_equal(session_label(&s, TOPIC, 0, &err), -1); /* they agree there */
    assert_int_equal(err.code, STANCE_USAGE);
    label_give(&s, BAN, AGAINST);
    assert_int_equal(session_state(&s, 0), SESSION_DONE);
    assert_int_equal(audit_gold(&s.file.audit, session_row(&s), BAN, &differ), AGAINST);
    assert_false(differ);
    label_end(&s);

    label_begin(&s, path, "autre", true); /* a decision stands until who took it changes it */
    assert_int_equal(s.n, 1);
    assert_int_equal(session_state(&s, 0), SESSION_DONE);
    assert_int_equal(session_label(&s, BAN, FAVOR, &err), -1);
    assert_non_null(strstr(err.message, "chef"));
    label_end(&s);
    remove_temp(path);
}

/* ---- from elsewhere ---- */

static int merge(const char *path, const char *other, uint64_t *taken, struct stance_err *err)
{
    struct labelfile f, o;
    int status;

    assert_int_equal(labelfile_open(&f, path, err), 0);
    assert_int_equal(labelfile_look(&o, other, err), 0);
    status = merge_audit(&f, &o, taken, NULL, err);
    if (status == 0)
        assert_int_equal(labelfile_fold(&f, err), 0);
    labelfile_release(&o);
    labelfile_release(&f);
    return status;
}

static void test_merge(void **unused)
{
    struct session s;
    struct stance_err err = {0};
    char *here = label_copy_audit(), *there = label_copy_audit();
    struct buf before, after;
    uint64_t taken;

    (void)unused;
    label_all(here, "zoé", FAVOR);
    label_all(there, "anna", AGAINST);
    label_begin(&s, there, "zoé", false);
    s.at = 0;
    label_give(&s, BAN, NEITHER);
    assert_int_equal(session_note(&s, SPAN("à revoir"), &err), 0);
    label_end(&s);
    assert_int_equal(merge(here, there, &taken, &err), 0);
    assert_int_equal(taken, 8); /* seven of anna's and zoé's note */
    assert_int_equal(merge(here, there, &taken, &err), 0);
    assert_int_equal(taken, 0);

    label_begin(&s, there, "zoé", false);
    s.at = 0;
    label_give(&s, BAN, FAVOR);
    label_end(&s);
    before = slurp(here);
    assert_int_equal(merge(here, there, &taken, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    after = slurp(here);
    label_assert_same(&before, &after);
    remove_temp(here);
    remove_temp(there);
}

static void test_names(void **unused)
{
    static const char *const bad[] = {
        "",
        " ",
        "zoé ",
        "a\nb",
        "\xff",
        "0123456789012345678901234567890123456789012345678901234567890"
        "12345"};
    char *path = label_copy_audit();
    struct session s;

    (void)unused;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct session_settings set = {span_of(bad[i]), false, 0};
        struct stance_err err = {0};
        assert_int_equal(session_open(&s, path, &set, &err), -1);
        assert_int_equal(err.code, STANCE_USAGE);
        session_release(&s);
    }
    remove_temp(path);
}

static void test_shown(void **unused)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {{"a\x1b[31mb\a", "a␛[31mb␇"},
                 {"x\xe2\x80\xaey", "x<U+202E>y"},
                 {"a\r\nb\rc\xe2\x80\xa8"
                  "d",
                  "a\nb\nc\nd"},
                 {"\t|\x7f", "  |␡"},
                 {"\xc2\x9b"
                  "31m",
                  "<U+009B>31m"},
                 {"é e\xcc\x81 👨‍👩‍👧", "é e\xcc\x81 👨‍👩‍👧"},
                 {"a\xe2\x80\x8b\xc2\xad"
                  "b",
                  "ab"},
                 {"\xff", "\xef\xbf\xbd"}};

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        shown_add(&out, span_of(cases[i].text));
        assert_string_equal(buf_str(&out), cases[i].shown);
        buf_release(&out);
    }
}

/* Two strata of 6 and 3 rows stand one after the other in the file and alternate in the queue. */
static void test_proportion(void **unused)
{
    struct audit a = {0};
    uint32_t *queue;
    size_t n;

    (void)unused;
    for (uint32_t i = 0; i < 9; i++) {
        struct audit_row *row = audit_add_row(&a);
        row->batch = 1;
        row->stratum = i >= 6;
    }
    queue = queue_all(&a, &n);
    assert_int_equal(n, 9);
    for (size_t k = 3; k <= 9; k += 3) {
        size_t second = 0;
        for (size_t i = 0; i < k; i++)
            second += queue[i] >= 6;
        assert_int_equal(second, k / 3);
    }
    free(queue);
    audit_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queue),      cmocka_unit_test(test_label),
        cmocka_unit_test(test_undo),       cmocka_unit_test(test_skip),
        cmocka_unit_test(test_blind),      cmocka_unit_test(test_twice),
        cmocka_unit_test(test_adjudicate), cmocka_unit_test(test_merge),
        cmocka_unit_test(test_names),      cmocka_unit_test(test_shown),
        cmocka_unit_test(test_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
