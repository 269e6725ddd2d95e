/* SPDX-License-Identifier: MIT */
/* labelcrash: what a screen showed as saved is there after a crash, wherever it fell. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/behind.h"
#include "labels.h"

static void put_file(const char *path, struct span bytes)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.len, f), bytes.len);
    fclose(f);
}

/* The journal of a session that was killed after some changes, and the states after each. */
static struct buf killed_session(const char *path, struct buf *states, int *n)
{
    struct session s;
    struct stance_err err = {0};
    char *journal = audit_journal_path(path);
    struct buf text;

    label_begin(&s, path, "zoé", false);
    *n = 0;
    states[(*n)++] = label_state(&s);
    label_give(&s, BAN, FAVOR);
    states[(*n)++] = label_state(&s);
    assert_int_equal(session_note(&s, SPAN("« 5 »"), &err), 0);
    states[(*n)++] = label_state(&s);
    assert_int_equal(session_undo(&s, &err), 1);
    states[(*n)++] = label_state(&s);
    s.at = 1;
    label_give(&s, TOPIC, 1);
    states[(*n)++] = label_state(&s);
    text = slurp(journal);
    session_release(&s); /* without folding, as kill -9 */
    free(journal);
    return text;
}

/* Cut anywhere, the journal gives what its whole lines say, and says whether a line was torn. */
static void test_torn(void **unused)
{
    struct buf states[8], audit, journal;
    char *path = label_copy_audit(), *beside = audit_journal_path(path);
    int n;

    (void)unused;
    audit = slurp(path);
    journal = killed_session(path, states, &n);
    assert_true(label_exists(beside));
    for (size_t cut = 0; cut <= journal.len; cut++) {
        struct session s;
        struct buf now;
        int lines = 0;
        size_t whole = 0;
        for (size_t i = 0; i < cut; i++)
            if (journal.p[i] == '\n') {
                lines++;
                whole = i + 1;
            }
        put_file(path, buf_span(&audit));
        put_file(beside, (struct span){journal.p, cut});
        label_begin(&s, path, "zoé", false);
        assert_int_equal(s.file.torn, cut - whole);
        assert_int_equal(s.file.replayed, lines);
        now = label_state(&s);
        assert_string_equal(buf_str(&now), buf_str(&states[lines]));
        buf_release(&now);
        now = slurp(path); /* and it is folded at once */
        assert_string_equal(buf_str(&now), buf_str(&states[lines]));
        buf_release(&now);
        session_release(&s);
        assert_false(label_exists(beside));
    }
    while (n-- > 0)
        buf_release(&states[n]);
    buf_release(&audit);
    buf_release(&journal);
    free(beside);
    remove_temp(path);
}

/* A crash after the audit was written and before the journal was emptied. */
static void test_fold_twice(void **unused)
{
    struct buf states[8], journal, now;
    char *path = label_copy_audit(), *beside = audit_journal_path(path);
    struct session s;
    int n;

    (void)unused;
    journal = killed_session(path, states, &n);
    for (int round = 0; round < 3; round++) {
        put_file(beside, buf_span(&journal));
        label_begin(&s, path, "anna", false); /* whoever comes next */
        assert_int_equal(s.file.n_past, 0);   /* and undoes nothing of zoé's */
        label_end(&s);
        now = slurp(path);
        assert_string_equal(buf_str(&now), buf_str(&states[n - 1]));
        buf_release(&now);
    }
    while (n-- > 0)
        buf_release(&states[n]);
    buf_release(&journal);
    free(beside);
    remove_temp(path);
}

/* Undo reaches back over a crash. */
static void test_undo_after_crash(void **unused)
{
    struct buf states[8], journal, now;
    char *path = label_copy_audit();
    struct stance_err err = {0};
    struct session s;
    int n;

    (void)unused;
    journal = killed_session(path, states, &n);
    label_begin(&s, path, "zoé", false);
    assert_int_equal(s.file.n_past, 2); /* the note was undone */
    assert_int_equal(session_undo(&s, &err), 1);
    now = label_state(&s);
    assert_string_equal(buf_str(&now), buf_str(&states[3]));
    buf_release(&now);
    label_end(&s);
    while (n-- > 0)
        buf_release(&states[n]);
    buf_release(&journal);
    remove_temp(path);
}

/* Damage that is no torn end is refused, and nothing is thrown away. */
static void test_damaged_journal(void **unused)
{
    struct buf states[8], audit, journal;
    char *path = label_copy_audit(), *beside = audit_journal_path(path);
    struct session_settings set = {SPAN("zoé"), false, 0};
    struct session s;
    struct stat st;
    int n;

    (void)unused;
    audit = slurp(path);
    journal = killed_session(path, states, &n);
    for (size_t at = 3; at < 60; at += 7) {
        struct stance_err err = {0};
        journal.p[at] ^= 1;
        put_file(path, buf_span(&audit));
        put_file(beside, buf_span(&journal));
        assert_int_equal(session_open(&s, path, &set, &err), -1);
        assert_int_equal(err.code, STANCE_DATA);
        assert_int_equal(err.line, 1);
        session_release(&s);
        assert_int_equal(stat(beside, &st), 0);
        assert_int_equal(st.st_size, journal.len);
        journal.p[at] ^= 1;
    }
    while (n-- > 0)
        buf_release(&states[n]);
    unlink(beside);
    buf_release(&audit);
    buf_release(&journal);
    free(beside);
    remove_temp(path);
}

/* An audit that was extended while it was labelled keeps what was added. */
static void test_written_meanwhile(void **unused)
{
    char *path = label_copy_audit();
    struct buf audit = slurp(path), now;
    struct stance_err err = {0};
    struct session s;

    (void)unused;
    label_begin(&s, path, "zoé", false);
    label_give(&s, BAN, FAVOR);
    put_file(path, buf_span(&audit)); /* another time, if not other bytes */
    assert_int_equal(labelfile_fold(&s.file, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    session_release(&s);
    now = slurp(path);
    label_assert_same(&audit, &now);
    label_begin(&s, path, "zoé", false);
    assert_int_equal(s.file.replayed, 1);
    assert_int_equal(session_say(&s).label[BAN], FAVOR);
    label_end(&s);
    remove_temp(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_torn),
        cmocka_unit_test(test_fold_twice),
        cmocka_unit_test(test_undo_after_crash),
        cmocka_unit_test(test_damaged_journal),
        cmocka_unit_test(test_written_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
