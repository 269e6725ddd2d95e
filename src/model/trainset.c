/* SPDX-License-Identifier: MIT */
/* trainset: see trainset.h. A pair of labels is learnt only where some target has both. */
#include "model/trainset.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/labels.h"
#include "features/neardup.h"
#include "features/wordspace.h"
#include "model/calibrate.h"
#include "model/targets.h"

void trainset_release(struct trainset *t)
{
    if (t == NULL)
        return;
    free(t->statement);
    intern_release(&t->vocab);
    counts_release(&t->counts);
    free(t->similarity);
    free(t->pair);
    free(t->seen);
    free(t->copy_of);
    *t = (struct trainset){0};
}

static void count_labels(struct trainset *t)
{
    t->seen = mem_zalloc((size_t)t->corpus->n_targets * t->corpus->n_labels, sizeof *t->seen);
    for (size_t r = 0; r < t->n_rows; r++)
        t->seen[(size_t)t->row[r].target * t->corpus->n_labels + t->row[r].label]++;
}

static bool some_target_has_both(const struct trainset *t, uint32_t a, uint32_t b)
{
    for (uint32_t target = 0; target < t->corpus->n_targets; target++) {
        const uint64_t *seen = t->seen + (size_t)target * t->corpus->n_labels;
        if (seen[a] != 0 && seen[b] != 0)
            return true;
    }
    return false;
}

static void list_pairs(struct trainset *t)
{
    uint32_t n = t->corpus->n_labels;

    t->pair = mem_array((size_t)n * n, sizeof *t->pair);
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            if (some_target_has_both(t, a, b))
                t->pair[t->n_pairs++] = (struct label_pair){a, b};
}

static int check(const struct corpus *corpus, struct stance_err *err)
{
    if (corpus->n_marks == 0)
        return err_set(err, STANCE_DATA, "no labelled comment to learn from: " LABELS_EXPECTED);
    if (corpus->n_labels < 2)
        return err_set(err, STANCE_DATA,
                       "only one label, '%s', in the whole corpus: two or more are needed",
                       corpus->label[0].p);
    if (corpus->n_labels > CALIBRATE_MAX_LABELS)
        return err_set(err, STANCE_DATA, "%u labels, at most %d are supported", corpus->n_labels,
                       CALIBRATE_MAX_LABELS);
    if (corpus->n_targets > SETTINGS_MAX_TARGETS)
        return err_set(err, STANCE_DATA, "%u targets, at most %d are supported", corpus->n_targets,
                       SETTINGS_MAX_TARGETS);
    return 0;
}

/* Rows of the pair that has most. */
static uint64_t largest_pair(const struct trainset *t)
{
    uint32_t n_labels = t->corpus->n_labels;
    uint64_t of_label[CALIBRATE_MAX_LABELS] = {0}, most = 0;

    for (size_t i = 0; i < (size_t)t->corpus->n_targets * n_labels; i++)
        of_label[i % n_labels] += t->seen[i];
    for (uint32_t k = 0; k < t->n_pairs; k++)
        if (of_label[t->pair[k].a] + of_label[t->pair[k].b] > most)
            most = of_label[t->pair[k].a] + of_label[t->pair[k].b];
    return most;
}

/* The Gram matrix of comments, and for one pair at a time the rows as libsvm wants them, with a
 * cache for each value of C that may be solved at once: as if there were a thread for each, so
 * that the number of threads decides nothing. */
static double matrix_memory(const struct trainset *t)
{
    double n = (double)t->corpus->n_comments, rows = (double)largest_pair(t);

    return 8 * n * n + (16 + 4 * (double)t->set.n_c) * rows * rows;
}

static int refuse(const struct trainset *t, double need, const char *what, const char *advice,
                  struct stance_err *err)
{
    return err_set(err, STANCE_USAGE,
                   "%zu labelled rows need about %.0f MiB for %s, the limit is %.0f MiB: raise "
                   "--max-memory%s",
                   t->n_rows, ceil(need / 1048576), what, (double)t->set.max_memory / 1048576,
                   advice);
}

static int choose_solver(struct trainset *t, struct stance_err *err)
{
    bool fits;

    t->matrix_memory = matrix_memory(t);
    fits = t->matrix_memory <= (double)t->set.max_memory;
    t->solver = t->set.solver;
    if (t->solver == SOLVER_AUTO)
        t->solver = fits ? SOLVER_LIBSVM : SOLVER_COORDINATE;
    if (t->solver == SOLVER_LIBSVM && !fits)
        return refuse(t, t->matrix_memory, "kernel matrices",
                      ", train on fewer rows or with --solver coordinate", err);
    return 0;
}

/* Counts and vectors of all comments, and the design of one pair (design.h), whose rows may be
 * several of a comment, with the sums of each value of C; the names of all n-grams, and a model of
 * them. The factors are fitted to peaks measured at 3,000 to 100,000 comments. */
static int check_vectors(const struct trainset *t, struct stance_err *err)
{
    double entries = (double)t->counts.start[t->counts.n_rows], most = 0, need;

    if (t->solver != SOLVER_COORDINATE)
        return 0;
    for (size_t r = 0; r < t->n_rows; r++) {
        const size_t *start = t->counts.start + t->row[r].comment;
        most += (double)(start[1] - start[0]);
    }
    need = (8 + 12) * entries + 16 * most + (150 + 8 * (double)t->set.n_c) * t->counts.n_ids;
    if (need <= (double)t->set.max_memory && most < UINT32_MAX)
        return 0;
    return refuse(t, need, "vectors", " or train on fewer rows", err);
}

/* A model without an n-gram would give every comment the same labels. */
static int check_ngrams(const struct trainset *t, struct stance_err *err)
{
    uint32_t need = t->set.min_df, most = 0;
    uint32_t *df = mem_zalloc(t->counts.n_ids, sizeof *df);

    for (size_t e = 0; e < t->counts.start[t->counts.n_rows]; e++)
        if (++df[t->counts.entry[e].id] > most)
            most = df[t->counts.entry[e].id];
    free(df);
    if (most == 0)
        return err_set(err, STANCE_DATA, "the comments have no words: nothing to learn from");
    if (most < need)
        return err_set(err, STANCE_USAGE,
                       "no n-gram occurs in %u comments, the most frequent is in %u: lower "
                       "--min-count",
                       need, most);
    return 0;
}

int trainset_init(struct trainset *t, const struct corpus *corpus, const struct span *statement,
                  const struct settings *set, struct stance_err *err)
{
    struct counter *counter;

    *t = (struct trainset){.corpus = corpus, .set = *set};
    t->set.ngram.vectors = set->vectors != NULL;
    if (set->vectors == NULL) {
        t->set.n_vector_shares = 1;
        t->set.vector_share[0] = 0;
    }
    if (check(corpus, err) < 0)
        return -1;
    t->row = corpus->mark;
    t->n_rows = corpus->n_marks;
    t->statement = mem_array(corpus->n_targets, sizeof *t->statement);
    memcpy(t->statement, statement, corpus->n_targets * sizeof *t->statement);
    count_labels(t);
    list_pairs(t);
    if (t->n_pairs == 0)
        return err_set(err, STANCE_DATA, "no target has two labels: nothing to tell apart");
    if (choose_solver(t, err) < 0)
        return -1;
    if (set->vectors != NULL)
        wordspace_names(set->vectors, &t->vocab);
    counter = counter_new(&t->set.ngram);
    for (size_t i = 0; i < corpus->n_comments; i++)
        counter_add(counter, &t->counts, &t->vocab, corpus->comment[i].text);
    counter_free(counter);
    if (check_ngrams(t, err) < 0 || check_vectors(t, err) < 0)
        return -1;
    t->copy_of = neardup_find(corpus);
    t->similarity = targets_similarity(t->statement, corpus->n_targets, &set->ngram);
    return 0;
}

struct factors trainset_factors(const struct trainset *t, const struct kernel_settings *k,
                                uint32_t target, uint32_t other, bool blind)
{
    double same = blind || target == other;
    double q = blind ? 1 : t->similarity[(size_t)target * t->corpus->n_targets + other];

    return (struct factors){k->a + k->b * q + k->c * same, k->d * same};
}
