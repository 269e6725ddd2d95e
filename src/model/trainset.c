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
#include "metrics/confusion.h"
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
    free(t->task);
    free(t->task_of);
    if (t->own != t->seen)
        free(t->own);
    free(t->seen);
    free(t->held);
    free(t->copy_of);
    *t = (struct trainset){0};
}

static uint32_t count_domains(const struct trainset *t)
{
    size_t n_added = 0;

    for (size_t r = 0; r < t->n_rows; r++)
        n_added += t->corpus->comment[t->row[r].comment].added;
    return n_added != 0 && n_added != t->n_rows ? DOMAINS : 1;
}

static void count_labels(struct trainset *t)
{
    size_t n = (size_t)t->corpus->n_targets * t->corpus->n_labels;

    t->n_domains = count_domains(t);
    t->seen = mem_zalloc(n, sizeof *t->seen);
    t->own = t->n_domains == 1 ? t->seen : mem_zalloc(n, sizeof *t->own);
    for (size_t r = 0; r < t->n_rows; r++) {
        size_t at = (size_t)t->row[r].target * t->corpus->n_labels + t->row[r].label;
        t->seen[at]++;
        if (t->n_domains > 1)
            t->own[at] += t->corpus->comment[t->row[r].comment].added;
    }
    for (size_t i = 0; i < n; i++)
        t->n_own += t->own[i];
}

/* Tasks are numbered as they are listed: by target, then domain. Each target has rows. */
static void list_tasks(struct trainset *t)
{
    uint32_t n = t->corpus->n_targets * t->n_domains;
    uint32_t *number = mem_zalloc(n, sizeof *number);

    t->task = mem_array(n, sizeof *t->task);
    t->task_of = mem_array(t->n_rows, sizeof *t->task_of);
    for (size_t r = 0; r < t->n_rows; r++) {
        uint32_t domain = t->n_domains > 1 && t->corpus->comment[t->row[r].comment].added;
        t->task_of[r] = t->row[r].target * t->n_domains + domain;
        number[t->task_of[r]] = 1;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (number[i] != 0 || t->n_domains == 1)
            t->task[t->n_tasks++] = (struct task){i / t->n_domains, i % t->n_domains};
        number[i] = t->n_tasks - 1;
    }
    for (size_t r = 0; r < t->n_rows; r++)
        t->task_of[r] = number[t->task_of[r]];
    free(number);
}

static uint64_t rows_of_label(const struct trainset *t, const uint64_t *seen, uint32_t label)
{
    uint64_t n = 0;

    for (uint32_t target = 0; target < t->corpus->n_targets; target++)
        n += seen[(size_t)target * t->corpus->n_labels + label];
    return n;
}

static int list_held(struct trainset *t, struct stance_err *err)
{
    uint32_t n = 0;

    t->held = mem_zalloc(t->n_pairs, 1);
    for (uint32_t k = 0; k < t->n_pairs; k++) {
        t->held[k] = rows_of_label(t, t->own, t->pair[k].a) != 0 &&
                     rows_of_label(t, t->own, t->pair[k].b) != 0;
        n += t->held[k];
    }
    if (n != 0)
        return 0;
    return err_set(err, STANCE_DATA,
                   "the %zu added labels are all alike: two that a target may have are needed, "
                   "to choose and to calibrate by",
                   t->n_own);
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

/* Those that were added say what the model is for: without their labels it would be another. */
static int check_added(const struct corpus *c, struct stance_err *err)
{
    size_t n = 0, n_labelled = 0;

    for (size_t i = 0; i < c->n_comments; i++)
        n += c->comment[i].added;
    for (size_t r = 0; r < c->n_marks; r++)
        n_labelled += c->comment[c->mark[r].comment].added;
    if (n == 0 || n_labelled != 0)
        return 0;
    return err_set(err, STANCE_DATA,
                   "not one of the added comments has a label toward a target kept");
}

/* A figure that is not there cannot be chosen for; another in its place would be silent. */
static int check_rule(const struct corpus *c, enum rule_aim rule, struct stance_err *err)
{
    uint32_t favor, against;

    if (rule != RULE_F_AVG || confusion_stance_labels(c->label, c->n_labels, &favor, &against))
        return 0;
    return err_set(err, STANCE_USAGE,
                   "--decide f-avg is for the labels 'favor' and 'against': the corpus lacks one");
}

static int check(const struct corpus *corpus, struct stance_err *err)
{
    if (corpus->n_marks == 0)
        return err_set(err, STANCE_DATA, "no labelled comment to learn from: " LABELS_EXPECTED);
    if (check_added(corpus, err) < 0)
        return -1;
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
double trainset_matrix_memory(size_t n_comments, uint64_t n_rows, uint32_t n_c)
{
    double n = (double)n_comments, rows = (double)n_rows;

    return 8 * n * n + (16 + 4 * (double)n_c) * rows * rows;
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

    t->matrix_memory = trainset_matrix_memory(t->corpus->n_comments, largest_pair(t), t->set.n_c);
    t->pair_memory = (double)t->set.max_memory -
                     8 * (double)t->corpus->n_comments * (double)t->corpus->n_comments;
    fits = t->matrix_memory <= (double)t->set.max_memory;
    t->solver = t->set.solver;
    if (t->solver == SOLVER_AUTO)
        t->solver = fits ? SOLVER_LIBSVM : SOLVER_COORDINATE;
    if (t->solver == SOLVER_LIBSVM && !fits)
        return refuse(t, t->matrix_memory, "kernel matrices",
                      ", train on fewer rows or with --solver coordinate", err);
    return 0;
}

/* Counts and vectors of all comments, coordinates among word vectors with them, and the design of
 * one pair (design.h), whose rows may be several of a comment, with the sums of each value of C;
 * the names of all n-grams, and a model of them. The factors are fitted to peaks measured at 3,000
 * to 100,000 comments. */
static int check_vectors(struct trainset *t, struct stance_err *err)
{
    double dims = t->set.vectors != NULL ? t->set.vectors->n_dims : 0;
    double entries = (double)t->counts.start[t->counts.n_rows] + dims * (double)t->counts.n_rows;
    double most = dims * (double)t->n_rows, need;

    if (t->solver != SOLVER_COORDINATE)
        return 0;
    for (size_t r = 0; r < t->n_rows; r++) {
        const size_t *start = t->counts.start + t->row[r].comment;
        most += (double)(start[1] - start[0]);
    }
    need = (8 + 12) * entries + 16 * most + (150 + 8 * (double)t->set.n_c) * t->counts.n_ids;
    t->pair_memory = (double)t->set.max_memory - need + 16 * most;
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
    if (check(corpus, err) < 0 || check_rule(corpus, set->rule, err) < 0)
        return -1;
    t->row = corpus->mark;
    t->n_rows = corpus->n_marks;
    t->statement = mem_array(corpus->n_targets, sizeof *t->statement);
    memcpy(t->statement, statement, corpus->n_targets * sizeof *t->statement);
    count_labels(t);
    list_tasks(t);
    list_pairs(t);
    if (t->n_pairs == 0)
        return err_set(err, STANCE_DATA, "no target has two labels: nothing to tell apart");
    if (list_held(t, err) < 0)
        return -1;
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

struct factors trainset_factors(const struct trainset *t, const struct kernel *k, uint32_t task,
                                uint32_t other)
{
    struct task x = k->blind ? (struct task){0, task} : t->task[task];
    struct task y = k->blind ? (struct task){0, other} : t->task[other];
    double same = x.target == y.target, s = x.domain == y.domain ? 1 : k->share;
    double q = k->blind ? 1 : t->similarity[(size_t)x.target * t->corpus->n_targets + y.target];

    return (struct factors){(k->set->a + k->set->b * q + k->set->c * same) * s,
                            k->set->d * same * s};
}
