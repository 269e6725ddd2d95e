/* SPDX-License-Identifier: MIT */
/* wordvec: see wordvec.h. The first pass chooses the words, the second counts who meets whom. */
#include "features/wordvec.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "features/ppmi.h"
#include "features/svd.h"
#include "features/wordcounts.h"

enum { TELL_EVERY = 1000 }; /* comments between two reports of progress */

struct wordvec_settings wordvec_default(void)
{
    return (struct wordvec_settings){
        .max_words = 30000,
        .min_count = 3,
        .window = 5,
        .n_dims = 200,
        .n_iterations = 4,
        .smoothing = 0.75,
        .seed = 1,
        .max_distinct = 1 << 22,
        .max_pairs = (size_t)1 << 25,
    };
}

void wordvec_release(struct wordvec *w)
{
    if (w == NULL)
        return;
    intern_release(&w->words);
    free(w->vector);
    *w = (struct wordvec){0};
}

uint32_t wordvec_find(const struct wordvec *w, struct span word)
{
    struct intern_view v = intern_frozen(&w->words);
    return intern_find(&v, word, hash_span(word));
}

struct learning {
    const struct wordvec_settings *set;
    const struct wordvec_texts *texts;
    const struct stance_talk *talk;
    unsigned n_jobs;
    struct wordcounts counts;
    struct intern words; /* those chosen */
    struct cooccur near;
};

static void count_words(struct learning *l, struct span text)
{
    wordcounts_add(&l->counts, text);
}

static void count_pairs(struct learning *l, struct span text)
{
    cooccur_add(&l->near, text);
}

static void tell_progress(const struct learning *l, uint64_t done, uint64_t total)
{
    if (l->talk != NULL && l->talk->progress != NULL)
        l->talk->progress(l->talk->arg, "comments", done, total);
}

/* All texts once, `total` of them in both passes or 0. */
static int go_through(struct learning *l, void (*take)(struct learning *l, struct span text),
                      uint64_t done, uint64_t total, struct stance_err *err)
{
    struct span text;
    int got;

    if (l->texts->restart(l->texts->arg, err) != 0)
        return -1;
    while ((got = l->texts->next(l->texts->arg, &text, err)) == 1) {
        take(l, text);
        if (++done % TELL_EVERY == 0)
            tell_progress(l, done, total);
    }
    return got;
}

static int enough(const struct learning *l, uint32_t n, struct stance_err *err)
{
    if (n >= WORDVEC_MIN_WORDS)
        return 0;
    return err_set(err, STANCE_DATA,
                   "too little text for word vectors: %" PRIu32 " different words occur %" PRIu32
                   " times or more in %" PRIu64 " comments of %" PRIu64
                   " tokens, and at least %d are needed",
                   n, l->set->min_count, l->counts.n_texts, l->counts.n_tokens, WORDVEC_MIN_WORDS);
}

static int choose_words(struct learning *l, struct stance_err *err)
{
    wordcounts_init(&l->counts, l->set->max_distinct);
    if (go_through(l, count_words, 0, 0, err) != 0)
        return -1;
    wordcounts_top(&l->counts, l->set->max_words, l->set->min_count, &l->words);
    return enough(l, l->words.n, err);
}

/* Words may be dropped to stay within max_pairs. */
static int count_neighbours(struct learning *l, struct stance_err *err)
{
    uint64_t n = l->counts.n_texts;

    intern_release(&l->counts.words); /* the figures are still wanted */
    cooccur_init(&l->near, &l->words, l->set->window, l->set->max_pairs);
    if (go_through(l, count_pairs, n, 2 * n, err) != 0)
        return -1;
    cooccur_settle(&l->near);
    return enough(l, l->near.n_words, err);
}

static void tell_found(const struct learning *l)
{
    char line[256];

    if (l->talk == NULL || l->talk->note == NULL)
        return;
    snprintf(line, sizeof line,
             "word vectors: %" PRIu64 " comments of %" PRIu64 " tokens; the %" PRIu32
             " most frequent words, %zu pairs of them near each other",
             l->counts.n_texts, l->counts.n_tokens, l->near.n_words, l->near.n_pairs);
    l->talk->note(l->talk->arg, line);
}

static void keep_words(struct intern *out, const struct learning *l)
{
    struct intern_view v = intern_frozen(&l->words);

    for (uint32_t id = 0; id < l->near.n_words; id++)
        intern_string(out, intern_text(&v, id));
}

static void scale_row(const double *u, const double *weight, uint32_t n, float *out)
{
    double square = 0, scale;

    for (uint32_t j = 0; j < n; j++)
        square += u[j] * weight[j] * (u[j] * weight[j]);
    scale = square > 0 ? 1 / sqrt(square) : 0;
    for (uint32_t j = 0; j < n; j++)
        out[j] = (float)(u[j] * weight[j] * scale);
}

static void make_vectors(struct wordvec *out, struct learning *l)
{
    struct svd_settings set = {l->set->n_dims, l->set->n_iterations, l->set->seed};
    struct matrix a;
    struct svd svd;

    if (set.n_dims > out->words.n)
        set.n_dims = out->words.n;
    ppmi_matrix(&l->near, l->set->smoothing, &a);
    cooccur_release(&l->near);
    svd_truncated(&svd, &a, &set, l->n_jobs);
    matrix_release(&a);
    for (uint32_t j = 0; j < svd.n_dims; j++)
        svd.s[j] = sqrt(svd.s[j]);
    out->n_dims = svd.n_dims;
    out->vector = mem_array(svd.n_rows, svd.n_dims * sizeof *out->vector);
    for (size_t i = 0; i < svd.n_rows; i++)
        scale_row(svd.u + i * svd.n_dims, svd.s, svd.n_dims, out->vector + i * svd.n_dims);
    svd_release(&svd);
}

int wordvec_learn(struct wordvec *out, const struct wordvec_settings *set,
                  const struct wordvec_texts *texts, unsigned n_jobs,
                  const struct stance_talk *talk, struct stance_err *err)
{
    struct learning l = {.set = set, .texts = texts, .talk = talk, .n_jobs = n_jobs};
    int bad;

    *out = (struct wordvec){0};
    bad = choose_words(&l, err) != 0 || count_neighbours(&l, err) != 0;
    if (!bad) {
        tell_found(&l);
        keep_words(&out->words, &l);
        make_vectors(out, &l);
    }
    wordcounts_release(&l.counts);
    cooccur_release(&l.near);
    intern_release(&l.words);
    return bad ? -1 : 0;
}
