/* SPDX-License-Identifier: MIT */
/* small: see small.h. */
#include "small.h"

#include <stdio.h>
#include <stdlib.h>

struct model *train_on(const struct corpus *c, const struct settings *set, struct stance_err *err)
{
    struct span *statement = calloc(c->n_targets + 1, sizeof *statement);
    struct target_names *names = calloc(c->n_targets + 1, sizeof *names);
    struct span *display = calloc((size_t)c->n_labels * MODEL_LANGS + 1, sizeof *display);
    uint8_t *use = calloc(c->n_comments + 1, 1);
    struct trainset t;
    struct search s = {0};
    struct model *m = NULL;

    for (size_t i = 0; i < (size_t)c->n_labels * MODEL_LANGS; i++)
        display[i] = SPAN("");
    for (uint32_t i = 0; i < c->n_targets; i++) {
        statement[i] = c->target[i];
        names[i] = (struct target_names){c->target[i], SPAN(""), display};
    }
    for (size_t i = 0; i < c->n_marks; i++)
        use[c->mark[i].comment] = 1;
    if (trainset_init(&t, c, statement, set, err) == 0 &&
        search_run(&s, &t, use, (struct span){NULL, 0}, NULL, err) == 0)
        m = train_model(&t, use, &s, names, SPAN("program=test\n"), err);
    search_release(&s);
    trainset_release(&t);
    free(statement);
    free(names);
    free(display);
    free(use);
    return m;
}

struct model *small_model(void)
{
    static const char *const text[] = {"oui fermez la", "non laissez la", "bof rien",
                                       "elle espionne oui", "non elle dort"};
    static const char *const label[] = {"favor", "against", "none", "favor", "against"};
    struct settings set = tiny_settings();
    struct corpus c = {0};
    struct stance_err err = {0};
    struct model *m;
    char id[16];

    set.ngram = (struct ngram_settings){.word_max = 1};
    set.n_mixes = 1;
    set.mix[0] = (struct mix){.share = {[NGRAM_WORDS] = 1}};
    set.n_folds = 2;
    for (int i = 0; i < 12; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        add_comment(&c, id, NULL, NULL, text[i % 5], i % 5 < 3 ? "ban" : "spying", label[i % 5]);
    }
    assert_int_equal(corpus_seal(&c, &err), 0);
    m = train_on(&c, &set, &err);
    if (m == NULL)
        fail_msg("%s", err.message);
    corpus_release(&c);
    return m;
}

struct stance_model *public_model(struct model *m)
{
    struct stance_err err = {0};
    struct stance_model *p = stance_model_from_bytes(m->image.p, m->image.len, "test", &err);

    if (p == NULL)
        fail_msg("%s", err.message);
    model_free(m);
    return p;
}

static int gather_write(void *arg, const char *p, size_t len, struct stance_err *err)
{
    (void)err;
    buf_add(arg, p, len);
    return 0;
}

struct stance_sink gather(struct buf *into)
{
    return (struct stance_sink){into, gather_write};
}
