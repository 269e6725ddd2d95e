/* SPDX-License-Identifier: MIT */
/* neardup: the copies a reader would call so, and all pairs that comparing each with each finds. */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/unite.h"
#include "features/neardup.h"

#define NINETEEN                                                                                   \
    "hier soir encore deux heures perdues sur cette application sans voir le temps passer, il "    \
    "faudrait vraiment une limite"

/* The shingles shared of those in either text, counted by hand, and whether 7 in 10 are. */
static const struct {
    const char *a, *b;
    bool copies;
} table[] = {
    /* equal but for what is passed over */
    {"@paul regarde ce qui se passe en Chine avec cette appli", /* */
     "@marie @luc regarde ce qui se passe en Chine avec cette appli", true},
    {"ils vont l'interdire demain matin, la preuve https://a.fr/1",
     "ils vont l'interdire demain matin, la preuve : https://b.org/2?x=3 !!!", true},
    {"Ils vont interdire cette appli l'été prochain 😡",
     "ils vont interdire cette appli l'ete prochain", true},
    {"déjà 12 millions de comptes fermés en Europe", /* */
     "déjà 14 millions de comptes fermés en Europe", true},
    /* 19 words are 17 shingles; one in the middle changed: 14 of 20, just enough */
    {NINETEEN,
     "hier soir encore deux heures perdues sur cette application sans sentir le temps "
     "passer, il faudrait vraiment une limite",
     true},
    /* two of them, far apart: 11 of 23 */
    {NINETEEN,
     "hier soir encore trois heures perdues sur cette application sans voir le temps "
     "passer, il faudrait surtout une limite",
     false},
    /* 8 words, one more at the end: 6 of 7; 8 words, the last changed: 5 of 7 = 0.714 */
    {"il faut interdire cette application en France maintenant",
     "il faut interdire cette application en France maintenant merci", true},
    {"il faut interdire cette application en France maintenant",
     "il faut interdire cette application en France demain", true},
    /* 7 words, the last changed: 4 of 6 */
    {"il faut interdire cette application en France",
     "il faut interdire cette application en Europe", false},
    /* the same words otherwise ordered */
    {"interdire cette application il faut en France maintenant",
     "en France maintenant il faut interdire cette application", false},
    /* too short, or too much of the same, to be a copy */
    {"+1", "+1", false},
    {"mdr", "mdr", false},
    {"je suis bien d'accord", "je suis bien d'accord", false}, /* 5: je suis bien d' accord */
    {"je suis vraiment bien d'accord", "je suis vraiment bien d'accord", true},
    {"ha ha ha ha ha ha ha ha", "ha ha ha ha ha ha ha ha", false},
    {"@a @b @c @d @e @f @g", "@a @b @c @d @e @f @g", false},
    {"", "", false},
};

static void by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct corpus c = {0};
        uint32_t *of;
        add_comment(&c, "1", NULL, NULL, table[i].a, NULL, NULL);
        add_comment(&c, "2", NULL, NULL, table[i].b, NULL, NULL);
        assert_int_equal(corpus_seal(&c, NULL), 0);
        of = neardup_find(&c);
        assert_int_equal(of[0], 0);
        if (of[1] != !table[i].copies)
            fail_msg("%s | %s", table[i].a, table[i].b);
        free(of);
        corpus_release(&c);
    }
}

/* ---- sets of numbers ---- */

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void add_set(struct shingles *s, uint64_t *number, size_t n)
{
    size_t end = s->n_sets != 0 ? s->start[s->n_sets] : 0;

    MEM_GROW(s->start, s->start_cap, s->n_sets + 2);
    MEM_GROW(s->shingle, s->shingle_cap, end + n + 1);
    s->start[s->n_sets] = end;
    if (n != 0)
        qsort(number, n, sizeof *number, by_number);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || number[i] != number[i - 1])
            s->shingle[end++] = number[i];
    s->start[++s->n_sets] = end;
}

static bool similar(const struct shingles *s, size_t x, size_t y)
{
    size_t shared = 0, n = s->start[x + 1] - s->start[x], m = s->start[y + 1] - s->start[y];

    for (size_t i = s->start[x]; i < s->start[x + 1]; i++)
        for (size_t k = s->start[y]; k < s->start[y + 1]; k++)
            shared += s->shingle[i] == s->shingle[k];
    return n != 0 && m != 0 && 10 * shared >= 7 * (n + m - shared);
}

static uint32_t *each_with_each(const struct shingles *s)
{
    uint32_t *of = malloc(s->n_sets * sizeof *of);

    for (size_t x = 0; x < s->n_sets; x++) {
        of[x] = (uint32_t)x;
        for (size_t y = 0; y < x; y++)
            if (similar(s, x, y))
                unite(of, (uint32_t)x, (uint32_t)y);
    }
    for (size_t x = 0; x < s->n_sets; x++)
        of[x] = unite_find(of, (uint32_t)x);
    return of;
}

enum { MANY = 250, LONG = 40 };

/* New sets from a small stock of numbers, some frequent, and copies of earlier ones with some
 * numbers changed, dropped or added. */
static void any_sets(struct shingles *s, struct rng *r)
{
    uint64_t number[2 * LONG], stock = 4 + rng_below(r, 400);

    *s = (struct shingles){0};
    for (size_t i = 0; i < MANY; i++) {
        size_t n = rng_below(r, LONG);
        for (size_t k = 0; k < n; k++)
            number[k] = rng_below(r, 1 + rng_below(r, stock));
        if (i > 0 && rng_below(r, 2) != 0) {
            size_t x = rng_below(r, i), changes = rng_below(r, 6);
            n = s->start[x + 1] - s->start[x];
            for (size_t k = 0; k < n; k++)
                number[k] = s->shingle[s->start[x] + k];
            for (; changes > 0 && n > 0; changes--)
                number[rng_below(r, n)] = rng_below(r, stock);
            if (rng_below(r, 2) != 0 && n < LONG)
                number[n++] = rng_below(r, stock);
        }
        add_set(s, number, n);
    }
}

static void all_pairs(void **state)
{
    struct rng r = {11};
    size_t n_copies = 0, n_alone = 0;

    (void)state;
    for (int round = 0; round < 60; round++) {
        struct shingles s;
        uint32_t *found, *expected;
        any_sets(&s, &r);
        found = neardup_of_sets(&s);
        expected = each_with_each(&s);
        for (size_t i = 0; i < MANY; i++) {
            assert_int_equal(found[i], expected[i]);
            n_copies += found[i] != i;
            n_alone += found[i] == i;
        }
        free(found);
        free(expected);
        shingles_release(&s);
    }
    assert_true(n_copies > 1000 && n_alone > 1000); /* either was put to the test */
}

/* Overlaps just at the threshold and just below it, for all sizes: x has the numbers below n,
 * y the first `shared` of them and others. */
static void threshold(void **state)
{
    uint64_t number[2 * LONG];

    (void)state;
    for (size_t n = 1; n <= LONG; n++)
        for (size_t m = 1; m <= LONG; m++)
            for (size_t shared = 0; shared <= n && shared <= m; shared++) {
                struct shingles s = {0};
                uint32_t *of;
                for (size_t k = 0; k < n; k++)
                    number[k] = k;
                add_set(&s, number, n);
                for (size_t k = 0; k < m; k++)
                    number[k] = k < shared ? k : 1000 + k;
                add_set(&s, number, m);
                of = neardup_of_sets(&s);
                assert_int_equal(of[1] == 0, 10 * shared >= 7 * (n + m - shared));
                free(of);
                shingles_release(&s);
            }
}

/* Copies of one text by the hundred thousand, all equal or each with three numbers of its
 * own: comparing each with each would take hours. */
static void masses(void **state)
{
    enum { MASS = 200000 };

    (void)state;
    for (size_t own = 0; own <= 3; own += 3) {
        struct shingles s = {0};
        uint64_t number[30];
        uint32_t *of;
        for (size_t i = 0; i < MASS; i++) {
            for (size_t k = 0; k < 30; k++)
                number[k] = k < own ? 1000 + 3 * i + k : k;
            add_set(&s, number, 30);
        }
        of = neardup_of_sets(&s);
        for (size_t i = 0; i < MASS; i++)
            assert_int_equal(of[i], 0);
        free(of);
        shingles_release(&s);
    }
}

static void nothing(void **state)
{
    struct corpus c = {0};

    (void)state;
    assert_int_equal(corpus_seal(&c, NULL), 0);
    free(neardup_find(&c));
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(all_pairs), cmocka_unit_test(threshold),
        cmocka_unit_test(masses),  cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests_name("neardup", tests, NULL, NULL);
}
