/* SPDX-License-Identifier: MIT */
/* settings: the defaults; doc/DESIGN.md tells how each was chosen. */
#include "model/settings.h"

struct settings settings_default(void)
{
    return (struct settings){
        .ngram = {.word_max = 3, .char_min = 2, .char_max = 5},
        .weighting = {.min_df = 1, .share = {0.25, 0.75}},
        .kernel = {.a = 1, .b = 2, .c = 2, .d = 0},
        .class_weights = CLASS_WEIGHTS_BALANCED,
        .n_folds = 5,
        .n_c = 6,
        .c = {0.0625, 0.125, 0.25, 0.5, 1, 2},
        .seed = 1,
        .max_memory = (uint64_t)4 << 30,
    };
}
