/* SPDX-License-Identifier: MIT */
/*
 * train: for a fixed target the decision is linear in the comment, so what a pair's
 * support vectors say collapses into one sum per task (model.h); features are
 * renumbered by falling document count, then by bytes, so that frequent ones lie together.
 */
#include "model/train.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "model/modelfile.h"
#include "model/solve.h"

struct collapse {
    const struct trainset *t;
    const struct fit *fit;
    uint32_t n_slots;
    size_t *row_start; /* per comment: its rows in t->row */
    double *coef;      /* [slot kind: pair, then blind pair][row] */
    double *rho;       /* [pair], then [blind pair] */
    double *alpha;     /* per slot */
};

/* Which slot a row's coefficient of pair k (k ≥ n_pairs: blind) goes to. */
static uint32_t slot_of(const struct trainset *t, uint32_t k, size_t row)
{
    uint32_t task = trainset_task(t, k >= t->n_pairs, row);

    return k < t->n_pairs ? k * t->n_tasks + task
                          : t->n_pairs * t->n_tasks + (k - t->n_pairs) * t->n_domains + task;
}

static void take_machine(const struct solved *s, void *arg)
{
    struct collapse *c = arg;
    const struct machine *m = s->machine;
    uint32_t k = (uint32_t)s->at;
    double *coef = c->coef + (size_t)k * c->t->n_rows;

    c->rho[k] = m->rho;
    for (size_t i = 0; i < m->n; i++) {
        coef[m->row[i]] = m->coef[i];
        c->alpha[slot_of(c->t, k, m->row[i])] += m->coef[i];
    }
}

static int solve_pairs(struct collapse *c, double best, struct stance_err *err)
{
    uint32_t n = c->t->n_pairs;
    struct solve_ask *ask = mem_array(2 * (size_t)n, sizeof *ask);
    int status;

    for (uint32_t k = 0; k < 2 * n; k++)
        ask[k] = (struct solve_ask){k % n, k >= n};
    status = solve_all(c->fit, ask, 2 * (size_t)n, 1, &best, take_machine, c, err);
    free(ask);
    return status;
}

struct ranked {
    struct span text;
    uint32_t df, id;
};

static int frequent_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->df != y->df)
        return x->df > y->df ? -1 : 1;
    return span_cmp(x->text, y->text);
}

/* The features, most frequent first; returns how many. */
static uint32_t order_features(const struct fit *f, struct ranked *order)
{
    struct intern_view v = intern_frozen(&f->t->vocab);
    uint32_t n = 0;

    for (uint32_t id = 0; id < f->weighting.n_ids; id++)
        if (f->weighting.idf[id] != 0)
            order[n++] = (struct ranked){intern_text(&v, id), f->weighting.df[id], id};
    qsort(order, n, sizeof *order, frequent_first);
    return n;
}

struct weights {
    struct intern vocab;
    double *idf;
    uint32_t *start, *slot;
    double *value;
    size_t slot_cap, value_cap;
};

static void weights_release(struct weights *w)
{
    intern_release(&w->vocab);
    free(w->idf);
    free(w->start);
    free(w->slot);
    free(w->value);
}

/* Postings of the matrix: for each feature the entries that hold it, by rising comment. */
struct column {
    uint32_t comment;
    double value;
};

static size_t *columns_of(const struct matrix *x, const uint8_t *use, struct column **out)
{
    size_t *start = mem_zalloc((size_t)x->n_ids + 2, sizeof *start);
    struct column *column = mem_array(x->start[x->n_rows], sizeof *column);

    for (size_t row = 0; row < x->n_rows; row++)
        for (size_t e = x->start[row]; use[row] && e < x->start[row + 1]; e++)
            start[x->id[e] + 2]++;
    for (uint32_t id = 0; id < x->n_ids; id++)
        start[id + 2] += start[id + 1];
    for (size_t row = 0; row < x->n_rows; row++)
        for (size_t e = x->start[row]; use[row] && e < x->start[row + 1]; e++)
            column[start[x->id[e] + 1]++] = (struct column){(uint32_t)row, x->value[e]};
    *out = column;
    return start;
}

/* Σ coef·x over the rows that have a feature, per slot. */
static void sum_slots(const struct collapse *c, const struct column *column, size_t n, double *sum)
{
    const struct trainset *t = c->t;

    for (size_t e = 0; e < n; e++) {
        for (size_t r = c->row_start[column[e].comment]; r < c->row_start[column[e].comment + 1];
             r++)
            for (uint32_t k = 0; k < 2 * t->n_pairs; k++)
                sum[slot_of(t, k, r)] += c->coef[(size_t)k * t->n_rows + r] * column[e].value;
    }
}

/* Adds one feature's weights, and leaves the sums 0. */
static void add_weights(const struct collapse *c, double *sum, struct weights *w,
                        uint32_t *n_weights)
{
    for (uint32_t s = 0; s < c->n_slots; s++) {
        if (sum[s] == 0)
            continue;
        if (*n_weights == UINT32_MAX) /* the file counts in 32 bits: give up, as out of memory */
            mem_array(SIZE_MAX, 2);
        MEM_GROW(w->slot, w->slot_cap, (size_t)*n_weights + 1);
        MEM_GROW(w->value, w->value_cap, (size_t)*n_weights + 1);
        w->slot[*n_weights] = s;
        w->value[(*n_weights)++] = sum[s];
        sum[s] = 0;
    }
}

/* Sums of the points' coordinates, [coordinate][slot]: what a word's weights are made of. */
static double *collapse_points(const struct collapse *c, const struct column *column,
                               const size_t *start)
{
    const struct fit *f = c->fit;
    uint32_t n = f->x.n_ids - f->weighting.n_ids;
    double *sum = mem_zalloc((size_t)n * c->n_slots, sizeof *sum);

    for (uint32_t d = 0; d < n; d++) {
        uint32_t id = f->weighting.n_ids + d;
        sum_slots(c, column + start[id], start[id + 1] - start[id], sum + (size_t)d * c->n_slots);
    }
    return sum;
}

/* The weights of a word that has a vector: as far as its vector goes along each coordinate. */
static void sum_word(const struct collapse *c, uint32_t word, const double *points, double *sum)
{
    const float *row = wordvec_row(c->t->set.vectors, word);
    uint32_t n = c->t->set.vectors->n_dims;

    for (uint32_t d = 0; d < n; d++)
        for (uint32_t s = 0; s < c->n_slots; s++)
            sum[s] += c->fit->word_scale * (double)row[d] * points[(size_t)d * c->n_slots + s];
}

static void collapse_all(const struct collapse *c, struct weights *w)
{
    const struct fit *f = c->fit;
    struct ranked *order = mem_array(f->weighting.n_ids, sizeof *order);
    uint32_t n, n_weights = 0;
    double *sum = mem_zalloc(c->n_slots, sizeof *sum);
    struct column *column;
    size_t *start = columns_of(&f->x, f->use, &column);
    double *points = collapse_points(c, column, start);

    n = order_features(f, order);
    w->idf = mem_array(n, sizeof *w->idf);
    w->start = mem_zalloc((size_t)n + 1, sizeof *w->start);
    MEM_GROW(w->slot, w->slot_cap, 1);
    MEM_GROW(w->value, w->value_cap, 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t id = order[i].id;
        intern_string(&w->vocab, order[i].text);
        w->idf[i] = f->weighting.idf[id];
        w->start[i] = n_weights;
        if (f->word != NULL && f->word[id] != UINT32_MAX)
            sum_word(c, f->word[id], points, sum);
        else
            sum_slots(c, column + start[id], start[id + 1] - start[id], sum);
        add_weights(c, sum, w, &n_weights);
    }
    w->start[n] = n_weights;
    free(points);
    free(order);
    free(sum);
    free(start);
    free(column);
}

static int by_fingerprint(const void *a, const void *b)
{
    const struct model_fingerprint *x = a, *y = b;
    if (x->thread != y->thread)
        return x->thread < y->thread ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

static struct model_fingerprint *fingerprints(const struct corpus *c, const uint8_t *use, size_t *n)
{
    struct model_fingerprint *f = mem_array(c->n_comments, sizeof *f);

    *n = 0;
    for (size_t i = 0; i < c->n_comments; i++) {
        const struct comment *k = &c->comment[i];
        if (use[i])
            f[(*n)++] = (struct model_fingerprint){k->thread.p != NULL ? hash_span(k->thread) : 0,
                                                   hash_span(k->id), hash_span(k->text)};
    }
    qsort(f, *n, sizeof *f, by_fingerprint);
    return f;
}

static uint64_t *flat_confusions(const struct trainset *t, const struct search *s)
{
    size_t n = (size_t)t->corpus->n_labels * t->corpus->n_labels;
    uint64_t *flat = mem_array(t->corpus->n_targets * n, sizeof *flat);

    for (uint32_t i = 0; i < t->corpus->n_targets; i++)
        memcpy(flat + i * n, s->confusion[i].count, n * sizeof *flat);
    return flat;
}

/* Lays out everything that m needs and opens it again from those bytes. */
static struct model *assemble(const struct collapse *c, const struct weights *w,
                              const struct search *s, const struct target_names *names,
                              struct span meta, struct stance_err *err)
{
    const struct trainset *t = c->t;
    const struct corpus *corpus = t->corpus;
    size_t per_target = (size_t)corpus->n_labels * MODEL_LANGS, n_fingerprints;
    struct model_pair *pairs = mem_array(t->n_pairs, sizeof *pairs);
    struct span *statement = mem_array(corpus->n_targets, sizeof *statement);
    struct span *definition = mem_array(corpus->n_targets, sizeof *definition);
    struct span *display = mem_array(corpus->n_targets * per_target, sizeof *display);
    uint64_t *confusion = flat_confusions(t, s);
    struct model_fingerprint *prints = fingerprints(corpus, c->fit->use, &n_fingerprints);
    struct buf image = {0};

    for (uint32_t k = 0; k < t->n_pairs; k++)
        pairs[k] = (struct model_pair){.a = t->pair[k].a,
                                       .b = t->pair[k].b,
                                       .rho = c->rho[k],
                                       .sigmoid = s->sigmoid[k],
                                       .blind_rho = c->rho[t->n_pairs + k],
                                       .blind_sigmoid = s->blind_sigmoid[k]};
    for (uint32_t i = 0; i < corpus->n_targets; i++) {
        statement[i] = names[i].statement;
        definition[i] = names[i].definition;
        memcpy(display + i * per_target, names[i].display, per_target * sizeof *display);
    }
    struct model m = {.set = t->set,
                      .exponent = s->exponent,
                      .blind_exponent = s->blind_exponent,
                      .context = s->context,
                      .n_targets = corpus->n_targets,
                      .n_labels = corpus->n_labels,
                      .n_pairs = t->n_pairs,
                      .n_slots = c->n_slots,
                      .n_domains = t->n_domains,
                      .n_tasks = t->n_tasks,
                      .task = t->task,
                      .share = c->fit->share,
                      .target = corpus->target,
                      .statement = statement,
                      .definition = definition,
                      .label = corpus->label,
                      .display = display,
                      .seen = c->fit->seen,
                      .own = c->fit->own,
                      .pairs = pairs,
                      .vocab = intern_frozen(&w->vocab),
                      .idf = w->idf,
                      .weight_start = w->start,
                      .weight_slot = w->slot,
                      .weight = w->value,
                      .alpha = c->alpha,
                      .confusion = confusion,
                      .blind_confusion = s->blind_confusion.count,
                      .fingerprint = prints,
                      .n_fingerprints = n_fingerprints,
                      .meta = meta};
    m.set.mix[0] = settings_chosen(&t->set, &search_best(s)->choice);
    m.set.ngram.vectors = m.set.mix[0].share[NGRAM_VECTORS] != 0;
    m.set.kernel[0] = t->set.kernel[search_best(s)->choice.kernel];
    modelfile_write(&image, &m);
    free(pairs);
    free(statement);
    free(definition);
    free(display);
    free(confusion);
    free(prints);
    return model_from_bytes(&image, "the model just trained", err);
}

static size_t *rows_per_comment(const struct trainset *t)
{
    size_t *start = mem_zalloc(t->corpus->n_comments + 1, sizeof *start);

    for (size_t r = 0; r < t->n_rows; r++)
        start[t->row[r].comment + 1]++;
    for (size_t i = 0; i < t->corpus->n_comments; i++)
        start[i + 1] += start[i];
    return start;
}

struct model *train_model(const struct trainset *t, const uint8_t *use, const struct search *s,
                          const struct target_names *names, struct span meta,
                          struct stance_err *err)
{
    struct fit f;
    struct collapse c = {.t = t, .fit = &f};
    struct weights w = {0};
    struct model *m = NULL;

    fit_open(&f, t, use, &search_best(s)->choice);
    c.n_slots = t->n_pairs * (t->n_tasks + t->n_domains);
    c.row_start = rows_per_comment(t);
    c.coef = mem_zalloc(2 * (size_t)t->n_pairs * t->n_rows, sizeof *c.coef);
    c.rho = mem_zalloc(2 * (size_t)t->n_pairs, sizeof *c.rho);
    c.alpha = mem_zalloc(c.n_slots, sizeof *c.alpha);
    if (solve_pairs(&c, t->set.c[search_best(s)->c], err) == 0) {
        collapse_all(&c, &w);
        m = assemble(&c, &w, s, names, meta, err);
    }
    weights_release(&w);
    fit_release(&f);
    free(c.row_start);
    free(c.coef);
    free(c.rho);
    free(c.alpha);
    return m;
}
