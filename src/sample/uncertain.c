/* SPDX-License-Identifier: MIT */
/* uncertain: see uncertain.h. */
#include "sample/uncertain.h"

#include <math.h>
#include <stdlib.h>

#include "base/keymap.h"
#include "sample/rows.h"

enum { POOL = 20, WORDS = 16, GRAM = 4 }; /* 1024 bits a comment */

void uncertain_init(struct uncertain *u, size_t wanted)
{
    *u = (struct uncertain){.wanted = wanted, .most = wanted * POOL};
}

void uncertain_release(struct uncertain *u)
{
    for (size_t i = 0; i < u->n; i++)
        free(u->heap[i].bytes);
    free(u->heap);
    *u = (struct uncertain){0};
}

double uncertain_margin(const struct stance_prediction *prediction, size_t n, size_t n_labels,
                        const bool *counts)
{
    double least = 1;

    for (size_t t = 0; t < n; t++) {
        double first = 0, second = 0;
        if (isnan(prediction[t].p) || (counts != NULL && !counts[t]))
            continue;
        for (size_t l = 0; l < n_labels; l++) {
            double p = prediction[t].probs[l];
            if (p > first) {
                second = first;
                first = p;
            } else if (p > second) {
                second = p;
            }
        }
        least = first - second < least ? first - second : least;
    }
    return least;
}

bool uncertain_wants(const struct uncertain *u, double margin)
{
    return u->most != 0 && (u->n < u->most || margin <= u->heap[0].margin);
}

/* A total order: of equal margins the larger key is the surer. */
static bool is_surer(const struct unsure *a, const struct unsure *b)
{
    return a->margin != b->margin ? a->margin > b->margin : a->key > b->key;
}

static void swap(struct unsure *a, struct unsure *b)
{
    struct unsure t = *a;

    *a = *b;
    *b = t;
}

static void sift_down(struct uncertain *u, size_t i)
{
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= u->n)
            return;
        if (child + 1 < u->n && is_surer(&u->heap[child + 1], &u->heap[child]))
            child++;
        if (!is_surer(&u->heap[child], &u->heap[i]))
            return;
        swap(&u->heap[i], &u->heap[child]);
        i = child;
    }
}

void uncertain_add(struct uncertain *u, double margin, uint64_t key, struct span bytes)
{
    struct unsure new = {margin, key, NULL, bytes.len};

    if (!uncertain_wants(u, margin) || (u->n == u->most && !is_surer(&u->heap[0], &new)))
        return;
    new.bytes = mem_copy(bytes.p, bytes.len);
    if (u->n == u->most) {
        free(u->heap[0].bytes);
        u->heap[0] = new;
        sift_down(u, 0);
        return;
    }
    MEM_GROW(u->heap, u->cap, u->n + 1);
    u->heap[u->n++] = new;
    for (size_t i = u->n - 1; i > 0 && is_surer(&u->heap[i], &u->heap[(i - 1) / 2]);
         i = (i - 1) / 2)
        swap(&u->heap[i], &u->heap[(i - 1) / 2]);
}

/* ---- diversity ---- */

struct candidate {
    uint64_t bits[WORDS];
    double nearest; /* distance to what has been taken */
    size_t at;
    bool gone;
};

static void sketch(struct span text, uint64_t *bits)
{
    for (int w = 0; w < WORDS; w++)
        bits[w] = 0;
    for (size_t i = 0; i + GRAM <= text.len; i++) {
        uint64_t h = hash_span((struct span){text.p + i, GRAM}) % (WORDS * 64);
        bits[h / 64] |= UINT64_C(1) << h % 64;
    }
}

static double distance(const uint64_t *a, const uint64_t *b)
{
    int both = 0, any = 0;

    for (int w = 0; w < WORDS; w++) {
        both += __builtin_popcountll(a[w] & b[w]);
        any += __builtin_popcountll(a[w] | b[w]);
    }
    return any != 0 ? 1 - (double)both / any : 0;
}

/* The furthest; of equally far ones the least sure, which come first. */
static struct candidate *furthest(struct candidate *c, size_t n)
{
    struct candidate *best = NULL;

    for (size_t i = 0; i < n; i++)
        if (!c[i].gone && (best == NULL || c[i].nearest > best->nearest))
            best = &c[i];
    return best;
}

static int by_margin(const void *a, const void *b)
{
    return is_surer(a, b) ? 1 : is_surer(b, a) ? -1 : 0;
}

static size_t candidates(const struct uncertain *u, const struct record_spec *spec,
                         const struct audit *a, struct candidate *c)
{
    struct keymap there = {0};
    struct audit scratch = {0};
    size_t n = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        keymap_add(&there, a->row[i].key, 1);
    for (size_t i = 0; i < u->n; i++) {
        struct audit_row row = {0};
        uint32_t *at = keymap_add(&there, u->heap[i].key, 0);
        if ((*at)++ != 0)
            continue;
        record_unpack(spec, (struct span){u->heap[i].bytes, u->heap[i].len}, &scratch, &row);
        c[n] = (struct candidate){.nearest = 2, .at = i};
        sketch(row.comment.text, c[n++].bits);
    }
    keymap_release(&there);
    audit_release(&scratch);
    return n;
}

void uncertain_choose(struct uncertain *u, const struct record_spec *spec, struct audit *a,
                      uint32_t batch)
{
    struct candidate *c = mem_array(u->n, sizeof *c), *best;
    size_t n, taken = 0;

    if (u->n != 0)
        qsort(u->heap, u->n, sizeof *u->heap, by_margin);
    n = candidates(u, spec, a, c);
    while (taken++ < u->wanted && (best = furthest(c, n)) != NULL) {
        const struct unsure *x = &u->heap[best->at];
        best->gone = true;
        rows_add(a, spec, (struct span){x->bytes, x->len}, x->key, batch)->training = true;
        for (size_t i = 0; i < n; i++) {
            double d = distance(c[i].bits, best->bits);
            c[i].nearest = d < c[i].nearest ? d : c[i].nearest;
        }
    }
    free(c);
}
