/* SPDX-License-Identifier: MIT */
/* copies: folds keep near-duplicates together as far as that leaves them folds. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/unite.h"
#include "corpus/copies.h"
#include "corpus/split.h"

enum { N = 24, FOLDS = 3 };

/* Comments c00 … c23; a row says which thread each is in, and which comments are copies: the
 * same letter. Three folds: of n comments used, a whole may have n / 3 or as many as the
 * largest thread. */
static const struct {
    const char *what, *thread, *copies;
    uint32_t n_groups, n_joined;
    size_t n_copies, n_split;
} table[] = {
    {"no copies", "aaaabbbbccccddddeeeeffff", "........................", 6, 0, 0, 0},
    {"within threads", "aaaabbbbccccddddeeeeffff", "..xx..yy..zz............", 6, 0, 0, 0},
    {"two threads", "aaaabbbbccccddddeeeeffff", "x...x...................", 6, 2, 2, 0},
    {"three copies", "aaaabbbbccccddddeeeeffff", "x...xx..................", 6, 2, 3, 0},
    {"two pairs", "aaaabbbbccccddddeeeeffff", "x...x...y......y........", 6, 4, 4, 0},
    /* 12 comments, 8 may be: none is joined, and no fold of 8 holds three threads of 4 */
    {"three threads", "aaaabbbbccccddddeeeeffff", "x...x...x...............", 6, 0, 3, 3},
    /* the pair goes first, and then the three of y would be 12 */
    {"smaller first", "aaaabbbbccccddddeeeeffff", "x...xyy.y...............", 6, 2, 5, 3},
    /* a chain of three: x joins a and b, y would make it 12 */
    {"a chain", "aaaabbbbccccddddeeeeffff", "x...x..yy...............", 6, 2, 4, 2},
    /* 10 + 2 of 24: more than 8 and than the largest thread, 10 */
    {"the largest", "aaaaaaaaaabbccddeeffgghh", "x.........x.............", 8, 0, 2, 2},
    {"beside it", "aaaaaaaaaabbccddeeffgghh", "..........x.xx..........", 8, 2, 3, 0},
    /* two sets must not be left for three folds */
    {"too few", "aaaaaaaaaaaaaaaaaaaaaabc", "......................xx", 3, 0, 2, 2},
    {"just enough", "aaaaaaaaaaaaaaaaaaaaabcd", ".....................xx.", 4, 2, 2, 0},
    /* a phrase of everybody's */
    {"commonplace", "abcdefghijklmnopqrstuvwx", "xxxxxxxxxxxxxxxxxxxxxxxx", 24, 0, 24, 24},
    {"alone", "abcdefghijklmnopqrstuvwx", "xxxxxxxx................", 24, 8, 8, 0},
    {"one too many", "abcdefghijklmnopqrstuvwx", "xxxxxxxxx...............", 24, 0, 9, 9},
};

static void copies_of(const char *letters, uint32_t *copy_of)
{
    for (uint32_t i = 0; i < N; i++) {
        uint32_t k = 0;
        while (letters[i] != '.' && letters[k] != letters[i])
            k++;
        copy_of[i] = letters[i] != '.' ? k : i;
    }
}

static void fill(struct corpus *c, const char *threads)
{
    char id[16], thread[2] = "";

    *c = (struct corpus){0};
    for (int i = 0; i < N; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        thread[0] = threads[i];
        add_comment(c, id, thread, NULL, "oui", "ban", i % 3 != 0 ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static void joined(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof table / sizeof *table; t++)
        for (uint64_t seed = 1; seed <= 10; seed++) {
            struct corpus c;
            struct split s;
            uint32_t copy_of[N];
            size_t n[FOLDS] = {0};
            fill(&c, table[t].thread);
            copies_of(table[t].copies, copy_of);
            assert_int_equal(
                split_folds_apart(&s, &c, NULL, SPAN("thread"), copy_of, FOLDS, seed, NULL), 0);
            if (s.n_groups != table[t].n_groups || s.n_joined != table[t].n_joined ||
                s.n_copies != table[t].n_copies || s.n_split_copies != table[t].n_split)
                fail_msg("%s: %u groups, %u joined, %zu copies, %zu split", table[t].what,
                         s.n_groups, s.n_joined, s.n_copies, s.n_split_copies);
            for (size_t i = 0; i < N; i++) {
                n[s.fold[i]]++;
                for (size_t k = 0; k < i; k++)
                    if (table[t].thread[i] == table[t].thread[k] ||
                        (table[t].n_split == 0 && copy_of[i] == copy_of[k]))
                        assert_int_equal(s.fold[i], s.fold[k]);
            }
            for (size_t f = 0; f < FOLDS; f++)
                assert_true(n[f] > 0);
            split_release(&s);
            corpus_release(&c);
        }
}

/* A copy that is not used ties nothing together, and is not counted. */
static void unused(void **state)
{
    uint8_t use[N];
    uint32_t copy_of[N];
    struct corpus c;
    struct split s;

    (void)state;
    fill(&c, "aaaabbbbccccddddeeeeffff");
    copies_of("x...x...y...y...y.......", copy_of);
    memset(use, 1, sizeof use);
    use[4] = use[12] = 0;
    assert_int_equal(split_folds_apart(&s, &c, use, SPAN("thread"), copy_of, FOLDS, 1, NULL), 0);
    assert_int_equal(s.n_copies, 2); /* y, in c and e */
    assert_int_equal(s.n_joined, 2);
    assert_int_equal(s.n_split_copies, 0);
    assert_int_equal(s.fold[8], s.fold[16]);
    assert_int_equal(s.fold[4], SPLIT_UNUSED);
    split_release(&s);
    corpus_release(&c);
}

/* Any groups and clusters: no set above the limit but a group, as many as folds, and what is
 * apart as counted pair by pair. */
static void any_clusters(void **state)
{
    enum { MANY = 90, GROUPS = 25 };
    struct rng r = {5};

    (void)state;
    for (int round = 0; round < 300; round++) {
        uint32_t copy_of[MANY], group_of[MANY], parent[GROUPS], size[GROUPS] = {0};
        struct copies c = {copy_of, group_of, NULL, MANY, GROUPS};
        size_t of_set[GROUPS] = {0}, n_apart = 0, n_sets = 0, limit;
        uint32_t n_folds = 2 + (uint32_t)rng_below(&r, 20);
        for (uint32_t i = 0; i < MANY; i++) {
            group_of[i] = i < GROUPS ? i : (uint32_t)rng_below(&r, 1 + rng_below(&r, GROUPS));
            copy_of[i] = rng_below(&r, 3) != 0 || i == 0 ? i : copy_of[rng_below(&r, i)];
            size[group_of[i]]++;
        }
        limit = (MANY + n_folds - 1) / n_folds;
        for (uint32_t g = 0; g < GROUPS; g++) {
            parent[g] = g;
            limit = size[g] > limit ? size[g] : limit;
        }
        copies_join(&c, n_folds, parent);
        for (uint32_t g = 0; g < GROUPS; g++)
            of_set[unite_find(parent, g)] += size[g];
        for (uint32_t g = 0; g < GROUPS; g++) {
            n_sets += of_set[g] != 0;
            assert_true(of_set[g] <= limit);
        }
        assert_true(n_sets >= n_folds);
        for (size_t i = 0; i < MANY; i++)
            for (size_t k = 0; k < MANY; k++)
                if (copy_of[i] == copy_of[k] && group_of[i] != group_of[k]) {
                    n_apart++;
                    break;
                }
        assert_int_equal(copies_apart(&c, group_of), n_apart);
    }
}

static void keep_line(void *arg, const char *line)
{
    buf_add_str(arg, line);
    buf_add_char(arg, '\n');
}

static void told(void **state)
{
    const struct {
        struct split split;
        const char *lines;
    } row[] = {
        {{.field = SPAN("thread"), .n_groups = 9}, ""},
        {{.field = SPAN("site"), .n_without = 3, .n_copies = 4, .n_joined = 2},
         "4 comments have a near-duplicate in another group: 2 groups were joined so that copies "
         "stay on one side\n"},
        {{.field = SPAN("thread"), .n_copies = 4, .n_joined = 3, .n_split_copies = 2},
         "4 comments have a near-duplicate in another thread: 3 groups were joined so that copies "
         "stay on one side\n"
         "2 comments still have a near-duplicate in another fold: joined, their groups would be "
         "more than a fold's share, or too few\n"},
        {{.field = SPAN("author"), .n_copies = 4, .n_joined = 2},
         "4 comments have a near-duplicate by another author: 2 groups were joined so that copies "
         "stay on one side\n"},
        {{.field = SPAN("id"), .n_copies = 2, .n_split_copies = 2},
         "2 comments have a near-duplicate: no groups could be joined\n"
         "2 comments still have a near-duplicate in another fold: joined, their groups would be "
         "more than a fold's share, or too few\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct buf lines = {0};
        split_tell_copies(&row[i].split, keep_line, &lines);
        assert_string_equal(buf_str(&lines), row[i].lines);
        buf_release(&lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined),
        cmocka_unit_test(unused),
        cmocka_unit_test(any_clusters),
        cmocka_unit_test(told),
    };
    return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
