/* SPDX-License-Identifier: MIT */
/* threads: see threads.h. */
#include "sample/threads.h"

#include <math.h>
#include <stdlib.h>

#include "audit/design.h"
#include "base/err.h"
#include "base/keymap.h"
#include "sample/draw.h"
#include "sample/rows.h"

enum { SKETCH = 4096 }; /* ranks that the number of threads is told from: 1.6 % off */

struct held {
    uint64_t key, number; /* of the record in the dump */
    uint32_t repeats;
    char *bytes;
    size_t len;
};

struct thread {
    uint64_t rank;
    struct held *held;
    size_t n, cap;
    struct keymap at; /* of a key: where in held */
};

/* The threads of the smallest ranks, the largest first. */
struct draws {
    struct audit *a;
    struct record_spec record;
    struct span extra;
    struct thread *heap;
    size_t n, cap, most;
    struct keymap place; /* of a rank: where in the heap, UINT32_MAX once it is gone */
    bool counting;
    uint64_t population, sum;
};

struct head {
    uint64_t rank, key, number;
    bool packed;
};

/* ---- a heap whose places are known ---- */

static void put(struct draws *d, size_t i, struct thread t)
{
    d->heap[i] = t;
    *keymap_add(&d->place, t.rank, 0) = (uint32_t)i;
}

static void sift_down(struct draws *d, size_t i, struct thread t)
{
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= d->n)
            break;
        if (child + 1 < d->n && d->heap[child + 1].rank > d->heap[child].rank)
            child++;
        if (d->heap[child].rank <= t.rank)
            break;
        put(d, i, d->heap[child]);
        i = child;
    }
    put(d, i, t);
}

static void sift_up(struct draws *d, size_t i, struct thread t)
{
    while (i > 0 && d->heap[(i - 1) / 2].rank < t.rank) {
        put(d, i, d->heap[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    put(d, i, t);
}

static void free_thread(struct thread *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->held[i].bytes);
    free(t->held);
    keymap_release(&t->at);
}

/* The thread of this rank, made where there is room for it; NULL: it is not drawn. */
static struct thread *thread_of(struct draws *d, uint64_t rank)
{
    uint32_t *at = keymap_find(&d->place, rank);

    if (at != NULL)
        return *at != UINT32_MAX ? &d->heap[*at] : NULL;
    if (d->n == d->most && rank > d->heap[0].rank)
        return NULL;
    if (d->n < d->most) {
        MEM_GROW(d->heap, d->cap, d->n + 1);
        d->n++;
        sift_up(d, d->n - 1, (struct thread){.rank = rank});
    } else {
        *keymap_add(&d->place, d->heap[0].rank, 0) = UINT32_MAX;
        free_thread(&d->heap[0]);
        sift_down(d, 0, (struct thread){.rank = rank});
    }
    return &d->heap[*keymap_find(&d->place, rank)];
}

/* ---- passes ---- */

static uint64_t bound(const struct draws *d)
{
    return d->n < d->most ? UINT64_MAX : d->heap[0].rank;
}

static void digest(void *arg, const struct sweep_record *r, struct buf *out)
{
    const struct draws *d = arg;
    const struct parsed_field *thread = &r->parsed->role[ROLE_THREAD];
    struct head head = {.number = r->number};

    if (r->status != STANCE_STATUS_OK)
        return;
    head.key = design_key(r->parsed, r->number);
    head.rank = draw_rank(d->a->seed, thread->has ? hash_span(thread->text) : head.key);
    head.packed = !d->counting && head.rank <= bound(d);
    buf_add(out, &head, sizeof head);
    if (head.packed)
        record_pack(&d->record, r, out);
}

static void hold(struct thread *t, const struct head *head, struct span bytes)
{
    uint32_t at = *keymap_add(&t->at, head->key, (uint32_t)t->n);

    if (at < t->n) {
        t->held[at].repeats++;
        return;
    }
    MEM_GROW(t->held, t->cap, t->n + 1);
    t->held[t->n++] =
        (struct held){head->key, head->number, 1, mem_copy(bytes.p, bytes.len), bytes.len};
}

static int take(void *arg, struct span rest, struct stance_err *err)
{
    struct draws *d = arg;
    struct head head;
    struct thread *t;

    (void)err;
    memcpy(&head, rest.p, sizeof head);
    d->population++;
    d->sum += head.key;
    t = d->counting || head.packed ? thread_of(d, head.rank) : NULL;
    if (t != NULL && !d->counting)
        hold(t, &head, (struct span){rest.p + sizeof head, rest.len - sizeof head});
    return 0;
}

static int pass(struct draws *d, const struct sample_spec *s, uint64_t *records,
                struct stance_err *err)
{
    struct sweep sweep = {.input = s->input,
                          .talk = d->counting ? NULL : s->talk,
                          .n_jobs = s->n_jobs,
                          .own_target = s->input->fields.target != NULL,
                          .arg = d,
                          .digest = digest,
                          .take = take};

    for (size_t i = 0; i < s->n_paths; i++)
        if (sweep_run(&sweep, s->path[i], err) < 0)
            return -1;
    *records = sweep.records;
    if (d->population == 0)
        return err_set(err, STANCE_DATA, "the dump has no comment with a text, of %llu records",
                       (unsigned long long)sweep.records);
    return 0;
}

static void forget(struct draws *d)
{
    for (size_t i = 0; i < d->n; i++)
        free_thread(&d->heap[i]);
    free(d->heap);
    keymap_release(&d->place);
    d->heap = NULL;
    d->n = d->cap = 0;
    d->population = d->sum = 0;
}

static double part_of(uint64_t rank)
{
    return ((double)rank + 1) / 18446744073709551616.0;
}

/* All where they are few, else (k-1) over the k-th rank's part (Bar-Yossef et al. 2002). */
static double how_many(const struct draws *d)
{
    return d->n < d->most ? (double)d->n : (double)(d->n - 1) / part_of(d->heap[0].rank);
}

/* ---- rows ---- */

static int by_rank(const void *a, const void *b)
{
    const struct thread *x = a, *y = b;

    return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_number(const void *a, const void *b)
{
    const struct held *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

static void add_rows(struct draws *d, size_t n_threads, uint32_t batch)
{
    struct keymap there = {0};
    struct audit *a = d->a;

    for (size_t i = 0; i < a->n_rows; i++)
        keymap_add(&there, a->row[i].key, 1);
    for (size_t t = 0; t < n_threads; t++) {
        struct thread *x = &d->heap[t];
        qsort(x->held, x->n, sizeof *x->held, by_number);
        for (size_t i = 0; i < x->n; i++) {
            struct audit_row *row;
            if (keymap_find(&there, x->held[i].key) != NULL)
                continue;
            row = rows_add(a, &d->record, (struct span){x->held[i].bytes, x->held[i].len},
                           x->held[i].key, batch);
            row->stratum = 0;
            row->repeats = x->held[i].repeats;
        }
    }
    keymap_release(&there);
}

static void one_stratum(struct audit *a)
{
    if (a->n_strata == 0) {
        a->stratum = arena_alloc(&a->arena, sizeof *a->stratum);
        a->n_strata = 1;
    }
    a->stratum[0] = (struct audit_stratum){SPAN("all"), a->dump.population, sample_drawn(a)};
    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            a->row[i].sample_prob = a->threads_tau;
}

/* Threads of an audit so far. */
static size_t n_clusters(const struct audit *a)
{
    struct keymap seen = {0};
    size_t n;

    for (size_t i = 0; i < a->n_rows; i++)
        if (!a->row[i].training)
            keymap_add(&seen, hash_span(a->row[i].cluster), 1);
    n = seen.n;
    keymap_release(&seen);
    return n;
}

static int second_pass(struct draws *d, const struct sample_spec *spec, size_t n_threads,
                       struct stance_err *err)
{
    struct audit *a = d->a;
    uint64_t records;
    size_t drawn;

    d->counting = false;
    d->most = n_threads + 1;
    if (pass(d, spec, &records, err) < 0)
        return -1;
    if (a->n_rows != 0 && (d->population != a->dump.population || d->sum != a->dump.sum))
        return err_at(err, STANCE_DATA, a->path, 1, 0,
                      "the audit was drawn from another dump than this one");
    qsort(d->heap, d->n, sizeof *d->heap, by_rank);
    drawn = d->n > n_threads ? n_threads : d->n;
    a->threads_tau = d->n > n_threads ? part_of(d->heap[n_threads].rank) : 1;
    a->dump = (struct audit_dump){records, d->population, d->sum};
    add_rows(d, drawn, rows_next_batch(a));
    one_stratum(a);
    return 0;
}

int threads_draw(struct audit *a, const struct sample_spec *spec, struct stance_err *err)
{
    struct draws d = {.a = a, .most = SKETCH, .counting = true};
    size_t n_threads;
    uint64_t records;
    int status;

    if (spec->input->fields.target != NULL) {
        d.extra = span_of(spec->input->fields.target);
        d.record = (struct record_spec){&d.extra, 1};
    }
    status = pass(&d, spec, &records, err);
    if (status == 0) {
        n_threads = (size_t)((double)spec->n * how_many(&d) / (double)d.population + .5);
        n_threads = n_clusters(a) + (n_threads < 2 ? 2 : n_threads);
        forget(&d);
        status = second_pass(&d, spec, n_threads, err);
    }
    forget(&d);
    return status;
}
