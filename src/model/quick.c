/* SPDX-License-Identifier: MIT */
/*
 * quick: see quick.h. A comment is tallied, by warm.h or from the scorer's features; or, where it
 * cannot be, the scorer reads it.
 *
 * Invariant: the tables never change once built, and whoever has seen them built may read them
 * without a lock.
 */
#include "model/quick.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/radix.h"
#include "features/pieces.h"
#include "features/rows.h"
#include "model/route.h"
#include "model/warm.h"

struct quick_tables {
    const struct model *m;
    uint32_t n;
    uint32_t *target;
    struct span *statement;
    char *statements;      /* behind the spans */
    struct scorer *scorer; /* for what does not depend on a comment */
    bool has_rows;         /* fixed is in use */
    struct fixed fixed;
    pthread_mutex_t lock;
    bool built;
    size_t n_warm;             /* threads */
    struct ngram_index *index; /* NULL: the settings have none */
    uint32_t *id;              /* of each feature of the index, the frequent ones first */
    int32_t *row;              /* the same way, where has_rows */
};

enum state { COLD, WARM, NEVER_WARM };

struct quick {
    struct quick_tables *t;
    struct scorer *scorer; /* NULL until something is left to it */
    struct tally tally;
    struct sigmoid *sigmoid; /* per pair */
    double *margin;          /* per pair */
    struct route *route;     /* per target asked for */
    bool by_scorer;          /* the comment read is in the scorer, not in the tally */
    enum state state;
    size_t n_bytes;
    struct warm *warm;
};

/* ---- the tables ---- */

static void copy_statements(struct quick_tables *t, const struct span *statement)
{
    struct buf b = {0};
    const char *from;

    if (statement == NULL)
        return;
    for (uint32_t i = 0; i < t->n; i++)
        buf_add_span(&b, statement[i]);
    from = t->statements = mem_copy(buf_str(&b), b.len);
    buf_release(&b);
    t->statement = mem_array(t->n, sizeof *t->statement);
    for (uint32_t i = 0; i < t->n; i++) {
        t->statement[i] = (struct span){from, statement[i].len};
        from += statement[i].len;
    }
}

struct quick_tables *quick_tables_new(const struct model *m, const uint32_t *target,
                                      const struct span *statement, uint32_t n)
{
    struct quick_tables *t = mem_zalloc(1, sizeof *t);

    t->m = m;
    t->n = n;
    t->target = mem_array(n, sizeof *target);
    memcpy(t->target, target, n * sizeof *target);
    copy_statements(t, statement);
    t->scorer = scorer_new(m, t->target, t->statement, n);
    t->has_rows = fixed_init(&t->fixed, m, t->scorer, n);
    pthread_mutex_init(&t->lock, NULL);
    return t;
}

void quick_tables_free(struct quick_tables *t)
{
    if (t == NULL)
        return;
    free(t->target);
    free(t->statement);
    free(t->statements);
    scorer_free(t->scorer);
    fixed_release(&t->fixed);
    pthread_mutex_destroy(&t->lock);
    ngram_index_free(t->index);
    free(t->id);
    free(t->row);
    free(t);
}

RADIX_PASS(sort_by_byte, uint64_t)

/* The ids, n-grams of characters before others (pieces.h keeps small numbers in less), and by
 * rising idf: what is frequent lies together then, and stays in the caches. */
static uint32_t *by_idf(const struct model *m)
{
    size_t n = m->vocab.n;
    uint64_t *from = mem_array(n, sizeof *from), *to = mem_array(n, sizeof *to), *swap;
    uint32_t *id = mem_array(n, sizeof *id);

    for (size_t i = 0; i < n; i++) {
        float idf = (float)m->idf[i]; /* positive ones are ordered as their bits are */
        uint32_t bits;
        memcpy(&bits, &idf, sizeof bits);
        if (ngram_space(intern_text(&m->vocab, (uint32_t)i)) != NGRAM_CHARS)
            bits |= (uint32_t)1 << 31;
        from[i] = (uint64_t)bits << 32 | i;
    }
    for (unsigned shift = 32; shift < 64; shift += 8) {
        sort_by_byte(from, to, n, shift);
        swap = from;
        from = to;
        to = swap;
    }
    for (size_t i = 0; i < n; i++)
        id[i] = (uint32_t)from[i];
    free(from);
    free(to);
    return id;
}

static void build(struct quick_tables *t)
{
    const struct model *m = t->m;
    uint32_t *number = mem_array(m->vocab.n, sizeof *number), width = t->fixed.width;

    t->built = true;
    t->id = by_idf(m);
    for (uint32_t i = 0; i < m->vocab.n; i++)
        number[t->id[i]] = i;
    if (m->set.ngram.skip_max <= QUICK_MOST_SKIP)
        t->index = ngram_index_new(&m->vocab, &m->set.ngram, number);
    free(number);
    if (t->index == NULL || !t->has_rows)
        return;
    t->row = mem_large((size_t)m->vocab.n * width, sizeof *t->row);
    for (uint32_t i = 0; i < m->vocab.n; i++)
        fixed_row(&t->fixed, t->id[i], t->row + (size_t)i * width);
}

/* ---- a thread's own ---- */

struct quick *quick_new(struct quick_tables *t)
{
    struct quick *q = mem_zalloc(1, sizeof *q);
    const struct model *m = t->m;

    q->t = t;
    q->sigmoid = mem_array(m->n_pairs, sizeof *q->sigmoid);
    for (uint32_t p = 0; p < m->n_pairs; p++)
        q->sigmoid[p] = m->pairs[p].sigmoid;
    q->margin = mem_zalloc(m->n_pairs, sizeof *q->margin);
    if (t->has_rows)
        tally_init(&q->tally, &t->fixed);
    q->route = mem_zalloc(t->n, sizeof *q->route);
    for (uint32_t i = 0; t->has_rows && i < t->n; i++)
        route_init(&q->route[i], &t->fixed, t->scorer, i);
    return q;
}

void quick_free(struct quick *q)
{
    if (q == NULL)
        return;
    scorer_free(q->scorer);
    tally_release(&q->tally);
    warm_free(q->warm);
    free(q->sigmoid);
    free(q->margin);
    free(q->route);
    free(q);
}

/* What the n-th thread may remember: less the more there are, so that with 64 of them it is half a
 * gigabyte in all. */
static size_t bytes_for(size_t n)
{
    size_t bytes = 2 * (size_t)PIECES_MOST / n;

    return bytes > PIECES_MOST ? PIECES_MOST : bytes < PIECES_LEAST ? PIECES_LEAST : bytes;
}

static void make_warm(struct quick *q)
{
    struct quick_tables *t = q->t;
    size_t bytes;

    pthread_mutex_lock(&t->lock);
    if (!t->built)
        build(t);
    bytes = bytes_for(++t->n_warm);
    pthread_mutex_unlock(&t->lock);
    q->state = t->index != NULL ? WARM : NEVER_WARM;
    if (q->state == WARM)
        q->warm = warm_new(t->index, t->row, t->has_rows ? t->fixed.width : 0, bytes);
}

void quick_warm(struct quick *q, bool now)
{
    if (now && q->state == COLD)
        make_warm(q);
    else if (!now)
        q->state = NEVER_WARM;
}

/* ---- cold: the scorer's features, the same whole numbers ---- */

static struct scorer *scorer_of(struct quick *q)
{
    const struct quick_tables *t = q->t;

    if (q->scorer == NULL)
        q->scorer = scorer_new(t->m, t->target, t->statement, t->n);
    return q->scorer;
}

static bool tally_cold(struct quick *q, struct span text)
{
    const struct fixed *f = &q->t->fixed;
    int32_t row[FIXED_MOST_LANES];
    size_t n;
    const struct count *count = scorer_count(scorer_of(q), text, &n);

    for (size_t i = 0; i < n; i++) {
        enum ngram_space space = ngram_space(intern_text(&f->m->vocab, count[i].id));
        if (count[i].n > TALLY_MOST_TF)
            return false;
        fixed_row(f, count[i].id, row);
        for (uint32_t k = 0; k < count[i].n; k++)
            row_add(tally_of(&q->tally, space, 0), row, f->width);
        if (count[i].n >= 2)
            row_add(tally_of(&q->tally, space, count[i].n), row, f->width);
    }
    return true;
}

/* Without rows: the features alone are found quickly. */
static void take_warm(struct quick *q, struct span text)
{
    size_t n;
    uint32_t *feature = warm_features(q->warm, text, &n);

    for (size_t i = 0; i < n; i++)
        feature[i] = q->t->id[feature[i]];
    scorer_take_ids(scorer_of(q), feature, n);
}

/* ---- a comment ---- */

void quick_read(struct quick *q, struct span text)
{
    bool warm = false, tallied = false;

    if (q->state == COLD && (q->n_bytes += text.len) > QUICK_WARM)
        make_warm(q);
    warm = q->state == WARM && text.len <= QUICK_MOST_TEXT;
    if (q->t->has_rows && text.len <= QUICK_MOST_TEXT) {
        tally_begin(&q->tally);
        tallied = warm ? warm_tally(q->warm, text, &q->tally) : tally_cold(q, text);
    }
    q->by_scorer = !tallied;
    if (tallied)
        tally_margins(&q->tally);
    else if (warm && !q->t->has_rows)
        take_warm(q, text);
    else
        scorer_read(scorer_of(q), text);
}

void quick_decide(struct quick *q, uint32_t i, struct decision *out)
{
    const struct model *m = q->t->m;
    const double *margin = q->margin;

    if (!q->by_scorer && q->route[i].n != 0) {
        route_decide(&q->route[i], q->tally.margin, out);
        return;
    }
    if (q->by_scorer)
        margin = scorer_margins(q->scorer, i, false);
    for (uint32_t p = 0; p < m->n_pairs && !q->by_scorer; p++) {
        uint32_t lane = q->t->fixed.lane[(size_t)i * m->n_pairs + p];
        q->margin[p] = lane != UINT32_MAX ? q->tally.margin[lane] : 0;
    }
    decide_by(couple_at_once, out, m->pair, m->n_pairs, scorer_labels(q->t->scorer, i), m->n_labels,
              margin, q->sigmoid, scorer_rule(q->t->scorer, i, false));
}

const double *quick_rule(const struct quick *q, uint32_t i)
{
    return scorer_rule(q->t->scorer, i, false);
}
