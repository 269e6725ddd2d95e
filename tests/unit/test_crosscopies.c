/* SPDX-License-Identifier: MIT */
/* crosscopies: in a cross-validation no comment is held out while its copy is trained on. */
#include "tiny.h"

#include <stdio.h>

#include "eval/crossval.h"

enum { N = 48 };

/* Each text of ten words of its own twice, in two threads, once with a URL. Labels go by pairs. */
static void pairs(struct corpus *c)
{
    char id[16], thread[16], text[128];

    *c = (struct corpus){0};
    for (int i = 0; i < N; i++) {
        size_t n = 0;
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%02d", i);
        for (int k = 0; k < 10; k++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%c%cx ", 'a' + i / 2, 'a' + k);
        if (i % 2 != 0)
            snprintf(text + n, sizeof text - n, "https://a.fr/%d", i);
        add_comment(c, id, thread, NULL, text, "ban", i / 2 % 2 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static bool has_note(const struct evaluation *e, const char *start)
{
    for (size_t i = 0; i < e->n_notes; i++)
        if (strncmp(e->note[i].p, start, strlen(start)) == 0)
            return true;
    return false;
}

/* With its copy in the training side every comment would be right; without, they are told
 * apart by nothing. */
static void together(void **state)
{
    const struct crossval_options cv = {.n_folds = 4};
    const struct evaluation_options by = {.group = SPAN("thread")};
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c;
    size_t n_right = 0;

    (void)state;
    pairs(&c);
    set.ngram = (struct ngram_settings){.word_max = 1};
    set.n_mixes = 1;
    set.mix[0] = (struct mix){.share = {[NGRAM_WORDS] = 1}};
    assert_int_equal(crossval_run(&e, &c, tiny_statement, &set, &cv, &by, NULL, NULL), 0);
    assert_int_equal(e.n_groups, N);
    for (size_t r = 0; r < e.n_rows; r++) {
        n_right += e.system[0].label[r] == e.row[r].gold;
        assert_int_equal(e.row_fold[r], e.row_fold[r ^ 1]);
    }
    assert_true(n_right < N * 7 / 10);
    assert_true(has_note(&e, "48 comments have a near-duplicate in another thread: 48 groups were "
                             "joined so that copies stay on one side"));
    evaluation_release(&e);
    corpus_release(&c);
}

/* The texts of tiny.h differ by a word or two: all are copies, in a chain. */
static void too_many(void **state)
{
    const struct crossval_options cv = {.n_folds = 4};
    struct settings set = tiny_settings();
    struct evaluation e;
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    assert_int_equal(crossval_run(&e, &c, tiny_statement, &set, &cv, NULL, NULL, NULL), 0);
    assert_true(has_note(&e, "90 comments have a near-duplicate in another thread: no groups"));
    assert_true(has_note(&e, "90 comments still have a near-duplicate in another fold"));
    evaluation_release(&e);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(together),
        cmocka_unit_test(too_many),
    };
    return cmocka_run_group_tests_name("crosscopies", tests, NULL, NULL);
}
