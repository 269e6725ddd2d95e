/* SPDX-License-Identifier: MIT */
/* targets: see targets.h. Statements are vectors of the same kind as comments. */
#include "model/targets.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/gram.h"

double *targets_similarity(const struct span *statement, uint32_t n,
                           const struct ngram_settings *set)
{
    struct ngram_settings chars = {.char_min = set->char_min, .char_max = set->char_max};
    struct weighting_settings plain = {.min_df = 1, .share = {[NGRAM_CHARS] = 1}};
    struct counter *counter;
    struct intern vocab = {0};
    struct counts counts = {0};
    struct weighting weighting = {0};
    struct intern_view view;
    struct matrix x;
    double *q;

    if (chars.char_max == 0)
        chars = (struct ngram_settings){.char_min = 2, .char_max = 5};
    counter = counter_new(&chars);
    for (uint32_t t = 0; t < n; t++)
        counter_add(counter, &counts, &vocab, statement[t]);
    view = intern_frozen(&vocab);
    weighting_fit(&weighting, &plain, &counts, NULL, &view);
    for (uint32_t id = 0; id < weighting.n_ids; id++)
        weighting.idf[id] = 1;
    weighting_apply(&weighting, &counts, 1, &x);
    q = gram_new(&x, 1);
    for (uint32_t t = 0; t < n; t++)
        q[(size_t)t * n + t] = 1; /* also where a statement has no word at all */
    matrix_release(&x);
    weighting_release(&weighting);
    counts_release(&counts);
    intern_release(&vocab);
    counter_free(counter);
    return q;
}
