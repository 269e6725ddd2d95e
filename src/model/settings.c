/* SPDX-License-Identifier: MIT */
/* settings: the defaults; doc/DESIGN.md tells how each was chosen. */
#include "model/settings.h"

struct mix settings_mix(const struct ngram_settings *ngram, double w)
{
    double openings = ngram->opening != 0 ? 0.1 : 0, rest = 1 - openings;
    double skips = ngram->skip_max != 0 ? w / 2 : 0;

    return (struct mix){.words = w,
                        .share = {[NGRAM_WORDS] = rest * w,
                                  [NGRAM_SKIPS] = rest * skips,
                                  [NGRAM_CHARS] = rest * (1 - w - skips),
                                  [NGRAM_OPENINGS] = openings}};
}

struct mix settings_chosen(const struct settings *s, const struct choice *choice)
{
    struct mix mix = s->mix[choice->mix];
    double v = s->vector_share[choice->vectors];

    for (unsigned i = 0; i < NGRAM_SPACES; i++)
        mix.share[i] *= 1 - v;
    mix.share[NGRAM_VECTORS] = v;
    return mix;
}

struct settings settings_default(void)
{
    static const struct ngram_settings ngram = {
        .word_max = 3, .char_min = 3, .char_max = 6, .skip_max = 2, .opening = 4};

    return (struct settings){
        .ngram = ngram,
        .min_df = 1,
        .n_mixes = 2,
        .mix = {settings_mix(&ngram, 0.2), settings_mix(&ngram, 0.4)},
        .n_vector_shares = 3,
        .vector_share = {0, 0.2, 0.3},
        .n_kernels = 2,
        .kernel = {{.a = 1, .b = 2, .c = 2}, {.a = 2.5, .b = 1.25, .c = 1.25}},
        .n_shares = 4,
        .add_share = {0, 0.25, 0.5, 1},
        .class_weights = CLASS_WEIGHTS_BALANCED,
        .n_folds = 5,
        .n_c = 3,
        .c = {0.125, 0.25, 0.5},
        .seed = 1,
        .max_memory = (uint64_t)4 << 30,
    };
}
