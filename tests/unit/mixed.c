/* SPDX-License-Identifier: MIT */
/* mixed: see mixed.h. A label shows in a word, in seven texts of eight. */
#include "mixed.h"

#include <stdio.h>

#include "../fuzz/fragments.h"

static const char *const words[] = {
    "je",    "ne",       "sais",      "pas",          "l'avion", "d'accord",  "qu'il",
    "est",   "absurd",   "ABSURD",    "excellent",    "bof",     "oui",       "non",
    "été",   "Été",      "où",        "cœur",         "mdr",     "lol",       "1 500",
    "+1 %",  "12:30",    "@toto",     "#ban",         "?!",      "...",       "\" />",
    "> > a", ":)",       "😀",         "http://a.b/c", "la",      "Chine",     "nous",
    "vous",  "espionne", "téléphone", "aussi",        "vend-il", "\"\"\"\" ",
};

void mixed_text(struct buf *to, struct rng *rng, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rng_below(rng, 4) == 0) {
            buf_add_str(to, fragments[rng_below(rng, N_FRAGMENTS)]);
            continue;
        }
        buf_add_str(to, words[rng_below(rng, sizeof words / sizeof *words)]);
        if (rng_below(rng, 8) != 0)
            buf_add_char(to, ' ');
    }
}

static void add_mixed(struct corpus *c, struct rng *rng, uint32_t i, const char *target,
                      uint32_t n_labels)
{
    static const char *const shows[] = {"absurd ", "excellent ", "bof "};
    static const char *const label[] = {"against", "favor", "none"};
    uint32_t l = i % n_labels;
    struct buf text = {0};
    char id[16];

    snprintf(id, sizeof id, "c%u", (unsigned)c->n_comments);
    mixed_text(&text, rng, 2 + rng_below(rng, 20));
    buf_add_str(&text, shows[rng_below(rng, 8) == 0 ? (l + 1) % n_labels : l]);
    mixed_text(&text, rng, rng_below(rng, 4));
    add_comment(c, id, NULL, NULL, buf_str(&text), target, label[l]);
    buf_release(&text);
}

struct model *mixed_model(const struct ngram_settings *ngram, uint32_t n_targets, bool odd)
{
    struct settings set = tiny_settings();
    struct corpus c = {0};
    struct stance_err err = {0};
    struct rng rng = {3};
    struct model *m;
    char target[16];

    set.ngram = *ngram;
    set.n_mixes = 1;
    set.mix[0] = settings_mix(ngram, ngram->char_max != 0   ? 0.4
                                     : ngram->skip_max != 0 ? 2.0 / 3
                                                            : 1);
    if (ngram->word_max == 0 && ngram->skip_max == 0)
        set.mix[0] = settings_mix(ngram, 0);
    set.n_folds = 2;
    set.n_c = 1;
    set.n_kernels = 1;
    for (uint32_t t = 0; t < n_targets; t++) {
        snprintf(target, sizeof target, "t%u", (unsigned)t);
        for (uint32_t i = 0; i < (n_targets < 4 ? 48u : n_targets < 100 ? 12u : 6u); i++)
            add_mixed(&c, &rng, i, target, odd && t % 2 == 1 ? 2 : 3);
    }
    assert_int_equal(corpus_seal(&c, &err), 0);
    m = train_on(&c, &set, &err);
    if (m == NULL)
        fail_msg("%s", err.message);
    corpus_release(&c);
    return m;
}
