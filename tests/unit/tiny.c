/* SPDX-License-Identifier: MIT */
/* tiny: see tiny.h. */
#include "tiny.h"

#include <stdio.h>
#include <stdlib.h>

const struct span tiny_statement[TINY_TARGETS] = {{"interdire la vente", 18},
                                                  {"le téléphone espionne", 23}};

struct settings tiny_settings(void)
{
    struct settings s = settings_default();

    s.n_folds = 3;
    s.n_c = 2;
    s.c[0] = 0.5;
    s.c[1] = 2;
    return s;
}

void tiny_corpus(struct corpus *c)
{
    static const char *const word[] = {"absurde", "excellent", "bof"};
    static const char *const other[] = {"vendredi", "samedi", "dimanche", "lundi"};
    static const char *const label[] = {"against", "favor", "none"};
    char id[16], thread[16], author[16], text[128];

    *c = (struct corpus){0};
    for (int i = 0; i < TINY_COMMENTS; i++) {
        int l = i % 5 < 2 ? 0 : i % 5 < 4 ? 1 : 2;
        snprintf(id, sizeof id, "c%02d", i);
        snprintf(thread, sizeof thread, "t%d", i / 3);
        snprintf(author, sizeof author, "a%d", i % 10);
        /* one comment in eleven says the opposite, so that figures are not all 1 */
        snprintf(text, sizeof text, "%s, je ne sais pas, c'est %s", other[i % 4],
                 word[i % 11 == 5 ? 1 - (l & 1) : l]);
        add_comment(c, id, thread, author, text, l != 2 && i % 3 == 0 ? "spying" : "ban", label[l]);
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

struct model *tiny_model(const struct corpus *c)
{
    const struct span nothing[3 * MODEL_LANGS] = {{"", 0}, {"", 0}, {"", 0},
                                                  {"", 0}, {"", 0}, {"", 0}};
    struct target_names names[TINY_TARGETS];
    struct settings set = tiny_settings();
    uint8_t *use = malloc(c->n_comments);
    struct trainset t;
    struct search s;
    struct stance_err err = {0};
    struct model *m = NULL;

    memset(use, 1, c->n_comments);
    for (int i = 0; i < TINY_TARGETS; i++)
        names[i] =
            (struct target_names){tiny_statement[i], {"", 0}, (struct span *)(uintptr_t)nothing};
    assert_int_equal(trainset_init(&t, c, tiny_statement, &set, &err), 0);
    assert_int_equal(search_run(&s, &t, use, (struct span){NULL, 0}, NULL, &err), 0);
    m = train_model(&t, use, &s, names, SPAN("program=test\nc=2\n"), &err);
    if (m == NULL)
        fail_msg("%s", err.message);
    search_release(&s);
    trainset_release(&t);
    free(use);
    return m;
}
