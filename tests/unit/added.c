/* SPDX-License-Identifier: MIT */
/* added: see added.h. */
#include "added.h"

#include <stdio.h>

static const char *const other[] = {"lundi", "mardi", "jeudi", "samedi", "dimanche"};

static void add_one(struct corpus *c, const char *domain, int i, const char *word,
                    const char *target, const char *label)
{
    char id[16], thread[16], text[96];

    snprintf(id, sizeof id, "%s%02d", domain, i);
    snprintf(thread, sizeof thread, "%s%d", domain, i / 2);
    snprintf(text, sizeof text, "%s numéro %d, le %s de %s", word, i, other[i % 5],
             other[i / 5 % 5]);
    add_comment(c, id, thread, NULL, text, target, label);
}

void added_corpus(struct corpus *c, bool apart)
{
    static const char *const main_word[] = {"absurde", "excellent", "bof"};
    static const char *const own_word[] = {"nul", "top"};
    static const char *const label[] = {"against", "favor", "none"}, *const seen[] = {"off", "on"};

    *c = (struct corpus){0};
    for (int i = 0; i < ADDED_MAIN; i++) {
        int l = i % 8 < 3 ? 0 : i % 8 < 6 ? 1 : 2;
        const char *word = i == 17 ? "absurde" : main_word[l]; /* one says the opposite */
        if (i % 4 == 3)
            add_one(c, "m", i, i % 8 == 3 ? "pomme" : "écran", "topic", seen[i % 8 == 3]);
        else
            add_one(c, "m", i, word, i % 3 == 0 && l != 2 ? "spying" : "ban", label[l]);
    }
    for (int i = 0; i < ADDED_OWN; i++) {
        add_one(c, "o", i, own_word[i == 7 ? 0 : i % 2], i % 3 == 0 ? "new" : "ban", label[i % 2]);
        c->comment[c->n_comments - 1].added = apart;
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
    assert_int_equal(c->n_targets, ADDED_TARGETS);
}

struct settings added_settings(double share, enum solver solver)
{
    struct settings s = settings_default();

    s.n_folds = 3;
    s.n_mixes = s.n_kernels = s.n_c = s.n_shares = 1;
    s.kernel[0] = (struct kernel_settings){.a = 1, .b = 2, .c = 1.5, .d = 0.5};
    s.c[0] = 0.5;
    s.add_share[0] = share;
    s.solver = solver;
    return s;
}
