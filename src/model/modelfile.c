/* SPDX-License-Identifier: MIT */
/*
 * modelfile: struct model ↔ chunks. Arrays are used where they lie; whatever would be
 * dereferenced later (offsets, ids, slots, table entries) is checked here once, so that a
 * crafted file with right checksums can make figures wrong but memory never unsafe.
 */
#include "model/modelfile.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/chunk.h"
#include "model/family.h"
#include "model/targets.h"

struct settings_chunk {
    uint32_t word_max, char_min, char_max, skip_max, opening, vectors, min_df, zero1;
    double share[NGRAM_SPACES];
    double a, b, c, d;
    double exponent, blind_exponent;
    uint32_t n_targets, n_labels, n_pairs, zero;
};

struct task_chunk {
    double share;
    struct task task[]; /* n_tasks */
};

/* ---- writing ---- */

/* A list of strings: count, count + 1 offsets, bytes; all offsets from the bytes' start. */
static void put_strings(struct buf *b, const struct span *s, size_t n)
{
    uint32_t v = (uint32_t)n, at = 0;

    buf_add(b, &v, 4);
    for (size_t i = 0; i <= n; i++) {
        buf_add(b, &at, 4);
        at += i < n ? (uint32_t)s[i].len : 0;
    }
    for (size_t i = 0; i < n; i++)
        buf_add_span(b, s[i]);
}

static struct span bytes_of(const void *p, size_t n, size_t size)
{
    return (struct span){p, n * size};
}

static void put_tasks(struct buf *b, const struct model *m)
{
    buf_add(b, &m->share, sizeof m->share);
    buf_add(b, m->task, m->n_tasks * sizeof *m->task);
}

void modelfile_write(struct buf *out, const struct model *m)
{
    size_t n_labels = m->n_labels, n_f = m->vocab.n, n_weights = m->weight_start[n_f];
    struct settings_chunk s = {m->set.ngram.word_max,
                               m->set.ngram.char_min,
                               m->set.ngram.char_max,
                               m->set.ngram.skip_max,
                               m->set.ngram.opening,
                               m->set.ngram.vectors,
                               m->set.min_df,
                               0,
                               {m->set.mix[0].share[NGRAM_WORDS], m->set.mix[0].share[NGRAM_SKIPS],
                                m->set.mix[0].share[NGRAM_CHARS],
                                m->set.mix[0].share[NGRAM_OPENINGS],
                                m->set.mix[0].share[NGRAM_VECTORS]},
                               m->set.kernel[0].a,
                               m->set.kernel[0].b,
                               m->set.kernel[0].c,
                               m->set.kernel[0].d,
                               m->exponent,
                               m->blind_exponent,
                               m->n_targets,
                               m->n_labels,
                               m->n_pairs,
                               0};
    struct buf label = {0}, target = {0}, task = {0};
    struct span *names =
        mem_array((size_t)m->n_targets * (3 + MODEL_LANGS * n_labels) + 1, sizeof *names);
    size_t k = 0;

    for (uint32_t t = 0; t < m->n_targets; t++) {
        names[k++] = m->target[t];
        names[k++] = m->statement[t];
        names[k++] = m->definition[t];
        for (size_t i = 0; i < n_labels * MODEL_LANGS; i++)
            names[k++] = m->display[t * n_labels * MODEL_LANGS + i];
    }
    put_strings(&target, names, k);
    put_strings(&label, m->label, n_labels);
    put_tasks(&task, m);
    struct chunk chunk[] = {
        {"META", CHUNK_OPTIONAL, m->meta},
        {"SETT", 0, bytes_of(&s, 1, sizeof s)},
        {"LABL", 0, buf_span(&label)},
        {"TARG", 0, buf_span(&target)},
        {"SEEN", 0, bytes_of(m->seen, m->n_targets * n_labels, 8)},
        {"PAIR", 0, bytes_of(m->pairs, m->n_pairs, sizeof *m->pairs)},
        {"VOFF", 0, bytes_of(m->vocab.offset, n_f + 1, 4)},
        {"VTXT", 0, bytes_of(m->vocab.text, m->vocab.offset[n_f], 1)},
        {"VTAB", 0, bytes_of(m->vocab.table, m->vocab.n_slots, 4)},
        {"IDFW", 0, bytes_of(m->idf, n_f, 8)},
        {"WSTA", 0, bytes_of(m->weight_start, n_f + 1, 4)},
        {"WSLO", 0, bytes_of(m->weight_slot, n_weights, 4)},
        {"WVAL", 0, bytes_of(m->weight, n_weights, 8)},
        {"WALP", 0, bytes_of(m->alpha, m->n_slots, 8)},
        {"CONF", 0, bytes_of(m->confusion, m->n_targets * n_labels * n_labels, 8)},
        {"CONB", 0, bytes_of(m->blind_confusion, n_labels * n_labels, 8)},
        {"FPRT", 0, bytes_of(m->fingerprint, m->n_fingerprints, sizeof *m->fingerprint)},
    };
    struct chunk all[CHUNK_MAX];
    size_t n = sizeof chunk / sizeof *chunk;

    memcpy(all, chunk, sizeof chunk);
    if (m->n_domains > 1) {
        all[n++] = (struct chunk){"TASK", 0, buf_span(&task)};
        all[n++] = (struct chunk){"SEEA", 0, bytes_of(m->own, m->n_targets * n_labels, 8)};
    }
    if (m->context.thread != 0 || m->context.author != 0)
        all[n++] = (struct chunk){"CTXT", CHUNK_OPTIONAL, bytes_of(&m->context, 1, 16)};
    chunk_write(out, all, n);
    buf_release(&task);
    buf_release(&label);
    buf_release(&target);
    free(names);
}

/* ---- reading ---- */

struct reading {
    struct model *m;
    struct chunk_file file;
    struct stance_err *err;
};

static int refuse(struct reading *r, const char *id, const char *why)
{
    return err_at(r->err, STANCE_MODEL, r->m->name, 0, 0, "chunk '%s' of the model file: %s", id,
                  why);
}

/* The chunk, checked to hold exactly n elements of this size (n SIZE_MAX: any number). */
static int take(struct reading *r, const char *id, size_t n, size_t size, struct span *out)
{
    const struct chunk *c = chunk_find(&r->file, id);

    if (c == NULL)
        return refuse(r, id, "missing");
    if (c->bytes.len % size != 0 || (n != SIZE_MAX && c->bytes.len / size != n))
        return refuse(r, id, "wrong size");
    *out = c->bytes;
    return 0;
}

static int known_chunks(struct reading *r)
{
    static const char known[][5] = {"META", "SETT", "LABL", "TARG", "SEEN", "PAIR", "VOFF",
                                    "VTXT", "VTAB", "IDFW", "WSTA", "WSLO", "WVAL", "WALP",
                                    "CONF", "CONB", "FPRT", "TASK", "SEEA", "CTXT"};
    for (size_t i = 0; i < r->file.n; i++) {
        const struct chunk *c = &r->file.chunk[i];
        char id[5] = {0};
        bool found = (c->flags & CHUNK_OPTIONAL) != 0;
        memcpy(id, c->id, 4);
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found = found || memcmp(known[k], c->id, 4) == 0;
        if (!found)
            return refuse(r, id, "unknown, a newer program wrote this file");
        if (chunk_find(&r->file, id) != c)
            return refuse(r, id, "occurs twice");
    }
    return 0;
}

/* The larger of `most` and |v|, by their bits: those are in the order of the numbers, NaN last. */
static inline uint64_t larger(uint64_t most, double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    bits &= INT64_MAX;
    return bits > most ? bits : most;
}

/* The largest |v|; infinite where one of them is no finite number. There are a million weights, and
 * a maximum waits for the one before it: so there are four. */
static double largest(const double *v, size_t n)
{
    uint64_t most[4] = {0};
    size_t i = 0;
    double value;

    for (; i + 4 <= n; i += 4) {
        most[0] = larger(most[0], v[i]);
        most[1] = larger(most[1], v[i + 1]);
        most[2] = larger(most[2], v[i + 2]);
        most[3] = larger(most[3], v[i + 3]);
    }
    for (; i < n; i++)
        most[0] = larger(most[0], v[i]);
    for (i = 1; i < 4; i++)
        most[0] = most[i] > most[0] ? most[i] : most[0];
    memcpy(&value, most, sizeof value);
    return isnan(value) ? INFINITY : value;
}

static bool all_below(const uint32_t *v, size_t n, uint32_t limit)
{
    size_t n_bad = 0; /* a million: no branches */

    for (size_t i = 0; i < n; i++)
        n_bad += v[i] >= limit;
    return n_bad == 0;
}

static bool all_finite(const double *v, size_t n)
{
    return isfinite(largest(v, n));
}

static bool rising(const uint32_t *v, size_t n, size_t last)
{
    if (v[0] != 0 || v[n] != last)
        return false;
    for (size_t i = 0; i < n; i++)
        if (v[i] > v[i + 1])
            return false;
    return true;
}

static bool settings_in_range(const struct settings_chunk *s)
{
    if (s->word_max > 8 || s->char_max > NGRAM_MAX_CHARS || s->char_min > s->char_max ||
        (s->char_max != 0 && s->char_min == 0) || s->skip_max > 8 || s->vectors > 1 ||
        s->opening > 64)
        return false;
    if (!all_finite(s->share, NGRAM_SPACES) || !all_finite(&s->a, 6))
        return false;
    for (unsigned i = 0; i < NGRAM_SPACES; i++)
        if (s->share[i] < 0)
            return false;
    return s->exponent >= 0 && s->exponent <= 1 && s->blind_exponent >= 0 &&
           s->blind_exponent <= 1 && s->zero == 0 && s->zero1 == 0;
}

static int read_settings(struct reading *r)
{
    struct model *m = r->m;
    struct span bytes;
    struct settings_chunk s;

    if (take(r, "SETT", 1, sizeof s, &bytes) < 0)
        return -1;
    memcpy(&s, bytes.p, sizeof s);
    if (!settings_in_range(&s))
        return refuse(r, "SETT", "settings out of range");
    if (s.n_labels < 2 || s.n_labels > CALIBRATE_MAX_LABELS || s.n_targets == 0 ||
        s.n_targets > SETTINGS_MAX_TARGETS ||
        s.n_pairs > CALIBRATE_MAX_LABELS * CALIBRATE_MAX_LABELS)
        return refuse(r, "SETT", "numbers of targets, labels or pairs out of range");
    m->set.ngram = (struct ngram_settings){s.word_max, s.char_min, s.char_max,
                                           s.skip_max, s.opening,  s.vectors};
    m->set.min_df = s.min_df;
    m->set.n_mixes = 1;
    memcpy(m->set.mix[0].share, s.share, sizeof s.share);
    m->set.n_kernels = 1;
    m->set.kernel[0] = (struct kernel_settings){s.a, s.b, s.c, s.d};
    m->exponent = s.exponent;
    m->blind_exponent = s.blind_exponent;
    m->n_targets = s.n_targets;
    m->n_labels = s.n_labels;
    m->n_pairs = s.n_pairs;
    return 0;
}

/* Without the chunk there is one domain, and the targets are the tasks. */
static int plain_tasks(struct model *m)
{
    m->n_domains = 1;
    m->n_tasks = m->n_targets;
    m->share = 1;
    m->task = mem_array(m->n_tasks, sizeof *m->task);
    for (uint32_t t = 0; t < m->n_tasks; t++)
        m->task[t] = (struct task){t, 0};
    return 0;
}

/* Rising, by target and domain, of targets that there are. */
static bool tasks_in_order(const struct model *m)
{
    for (uint32_t k = 0; k < m->n_tasks; k++) {
        struct task x = m->task[k], y = m->task[k > 0 ? k - 1 : 0];
        if (x.target >= m->n_targets || x.domain >= DOMAINS)
            return false;
        if (k > 0 && (x.target < y.target || (x.target == y.target && x.domain <= y.domain)))
            return false;
    }
    return true;
}

static int read_tasks(struct reading *r)
{
    struct model *m = r->m;
    const struct task_chunk *c;
    struct span bytes;

    if (chunk_find(&r->file, "TASK") == NULL)
        return chunk_find(&r->file, "SEEA") == NULL
                   ? plain_tasks(m)
                   : refuse(r, "SEEA", "added rows, but no chunk 'TASK'");
    if (take(r, "TASK", SIZE_MAX, sizeof(struct task), &bytes) < 0)
        return -1;
    if (bytes.len <= sizeof *c || bytes.len / sizeof(struct task) - 1 > DOMAINS * m->n_targets)
        return refuse(r, "TASK", "wrong size");
    c = (const void *)bytes.p;
    m->n_domains = DOMAINS;
    m->n_tasks = (uint32_t)(bytes.len / sizeof(struct task) - 1);
    m->share = c->share;
    m->task = mem_array(m->n_tasks, sizeof *m->task);
    memcpy(m->task, c->task, m->n_tasks * sizeof *m->task);
    if (!(m->share >= 0 && m->share <= 1) || !tasks_in_order(m))
        return refuse(r, "TASK", "not a share and a list of targets in domains");
    return 0;
}

static int read_strings(struct reading *r, const char *id, size_t n, struct span *out)
{
    struct span bytes;
    const uint32_t *offset;
    size_t head = 4 * (n + 2);

    if (take(r, id, SIZE_MAX, 1, &bytes) < 0)
        return -1;
    if (bytes.len < head || *(const uint32_t *)(const void *)bytes.p != n)
        return refuse(r, id, "wrong number of strings");
    offset = (const uint32_t *)(const void *)bytes.p + 1;
    if (!rising(offset, n, bytes.len - head))
        return refuse(r, id, "strings out of order");
    for (size_t i = 0; i < n; i++)
        out[i] = (struct span){bytes.p + head + offset[i], offset[i + 1] - offset[i]};
    return 0;
}

static bool distinct(const struct span *s, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (span_cmp(s[i - 1], s[i]) >= 0) /* they are kept sorted */
            return false;
    return true;
}

/* They go out as C strings: with a NUL two of them would look alike. */
static bool hold_nul(const struct span *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i].len != 0 && memchr(s[i].p, '\0', s[i].len) != NULL)
            return true;
    return false;
}

static int read_names(struct reading *r)
{
    struct model *m = r->m;
    size_t per_target = 3 + (size_t)MODEL_LANGS * m->n_labels, n = m->n_targets * per_target;
    const struct chunk *c = chunk_find(&r->file, "TARG");
    struct span *names;

    if (c != NULL && n > c->bytes.len / 4)
        return refuse(r, "TARG", "wrong number of strings");
    names = mem_array(n, sizeof *names);
    m->label = mem_zalloc(m->n_labels, sizeof *m->label);
    if (read_strings(r, "LABL", m->n_labels, m->label) < 0 ||
        read_strings(r, "TARG", n, names) < 0) {
        free(names);
        return -1;
    }
    m->target = mem_array(m->n_targets, sizeof *m->target);
    m->statement = mem_array(m->n_targets, sizeof *m->statement);
    m->definition = mem_array(m->n_targets, sizeof *m->definition);
    m->display = mem_array((size_t)m->n_targets * m->n_labels * MODEL_LANGS, sizeof *m->display);
    for (uint32_t t = 0; t < m->n_targets; t++) {
        const struct span *of = names + t * per_target;
        m->target[t] = of[0];
        m->statement[t] = of[1];
        m->definition[t] = of[2];
        memcpy(m->display + (size_t)t * m->n_labels * MODEL_LANGS, of + 3,
               (per_target - 3) * sizeof *of);
    }
    free(names);
    if (!distinct(m->label, m->n_labels) || !distinct(m->target, m->n_targets))
        return refuse(r, "TARG", "labels or targets are not distinct and sorted");
    if (hold_nul(m->label, m->n_labels) || hold_nul(m->target, m->n_targets))
        return refuse(r, "TARG", "a NUL in the name of a label or target");
    return 0;
}

static int read_pairs(struct reading *r)
{
    struct model *m = r->m;
    struct span bytes;

    if (take(r, "SEEN", (size_t)m->n_targets * m->n_labels, 8, &bytes) < 0)
        return -1;
    m->seen = m->own = (const void *)bytes.p;
    if (m->n_domains > 1) {
        if (take(r, "SEEA", (size_t)m->n_targets * m->n_labels, 8, &bytes) < 0)
            return -1;
        m->own = (const void *)bytes.p;
    }
    if (take(r, "PAIR", m->n_pairs, sizeof *m->pairs, &bytes) < 0)
        return -1;
    m->pairs = (const void *)bytes.p;
    m->n_slots = m->n_pairs * (m->n_tasks + m->n_domains);
    m->pair = mem_array(m->n_pairs, sizeof *m->pair);
    for (uint32_t k = 0; k < m->n_pairs; k++) {
        const struct model_pair *p = &m->pairs[k];
        if (p->a >= p->b || p->b >= m->n_labels || !all_finite(&p->rho, 6))
            return refuse(r, "PAIR", "not a pair of labels with finite figures");
        m->pair[k] = (struct label_pair){p->a, p->b};
    }
    return 0;
}

/* Every look-up must end: the table needs a free slot, and only ids that there are. */
static bool table_is_sound(const struct intern_view *v)
{
    size_t n_free = 0, n_bad = 0; /* a free one is no id either */

    if (v->n_slots == 0 || (v->n_slots & (v->n_slots - 1)) != 0)
        return v->n == 0 && v->n_slots == 0;
    for (uint32_t i = 0; i < v->n_slots; i++) { /* half a million: no branches */
        n_free += v->table[i] == INTERN_NONE;
        n_bad += v->table[i] >= v->n;
    }
    return n_free > 0 && n_bad == n_free;
}

static int read_vocab(struct reading *r)
{
    struct intern_view *v = &r->m->vocab;
    struct span bytes, text;

    if (take(r, "VOFF", SIZE_MAX, 4, &bytes) < 0 || take(r, "VTXT", SIZE_MAX, 1, &text) < 0)
        return -1;
    if (bytes.len < 4 || bytes.len / 4 - 1 > UINT32_MAX - 1)
        return refuse(r, "VOFF", "wrong size");
    v->n = (uint32_t)(bytes.len / 4 - 1);
    v->offset = (const void *)bytes.p;
    v->text = text.p;
    if (!rising(v->offset, v->n, text.len))
        return refuse(r, "VOFF", "strings out of order");
    for (uint32_t id = 0; id < v->n; id++)
        if (v->offset[id] == v->offset[id + 1])
            return refuse(r, "VOFF", "an n-gram is empty");
    if (take(r, "VTAB", SIZE_MAX, 4, &bytes) < 0)
        return -1;
    v->table = (const void *)bytes.p;
    v->n_slots = (uint32_t)(bytes.len / 4);
    if (!table_is_sound(v))
        return refuse(r, "VTAB", "not a table of the n-grams");
    return 0;
}

static int read_weights(struct reading *r)
{
    struct model *m = r->m;
    struct span bytes;
    size_t n_weights;

    if (take(r, "IDFW", m->vocab.n, 8, &bytes) < 0)
        return -1;
    m->idf = (const void *)bytes.p;
    if (take(r, "WVAL", SIZE_MAX, 8, &bytes) < 0)
        return -1;
    m->weight = (const void *)bytes.p;
    n_weights = bytes.len / 8;
    if (take(r, "WSTA", (size_t)m->vocab.n + 1, 4, &bytes) < 0)
        return -1;
    m->weight_start = (const void *)bytes.p;
    if (take(r, "WSLO", n_weights, 4, &bytes) < 0)
        return -1;
    m->weight_slot = (const void *)bytes.p;
    if (take(r, "WALP", m->n_slots, 8, &bytes) < 0)
        return -1;
    m->alpha = (const void *)bytes.p;
    if (!rising(m->weight_start, m->vocab.n, n_weights))
        return refuse(r, "WSTA", "positions out of order");
    if (!all_below(m->weight_slot, n_weights, m->n_slots))
        return refuse(r, "WSLO", "a weight of no pair and target");
    m->most_idf = largest(m->idf, m->vocab.n);
    m->most_weight = largest(m->weight, n_weights);
    if (!isfinite(m->most_idf) || !isfinite(m->most_weight) || !all_finite(m->alpha, m->n_slots))
        return refuse(r, "WVAL", "a weight is not a finite number");
    return 0;
}

static bool owns_label(const struct model *m, uint32_t label)
{
    for (uint32_t t = 0; t < m->n_targets; t++)
        if (m->own[(size_t)t * m->n_labels + label] != 0)
            return true;
    return false;
}

/* A pair that added rows do not both have is of one heap (trainset.h). */
static void set_reach(struct model *m)
{
    m->reach = mem_array((size_t)m->n_pairs * m->n_domains, sizeof *m->reach);
    for (uint32_t k = 0; k < m->n_pairs; k++) {
        bool held = owns_label(m, m->pair[k].a) && owns_label(m, m->pair[k].b);
        for (uint32_t d = 0; d < m->n_domains; d++)
            m->reach[k * m->n_domains + d] =
                d == DOMAIN_MAIN && m->n_domains > 1 && held ? m->share : 1;
    }
}

/* What each target may be given, by its own counts or those of all (model_owns()). */
static uint64_t *allowed(const struct model *m,
                         uint64_t *(*by)(const uint64_t *seen, uint32_t, uint32_t))
{
    uint64_t *may = by(m->seen, m->n_targets, m->n_labels), *own;

    if (m->n_domains == 1)
        return may;
    own = by(m->own, m->n_targets, m->n_labels);
    for (uint32_t t = 0; t < m->n_targets; t++)
        if (model_owns(m, t))
            memcpy(may + (size_t)t * m->n_labels, own + (size_t)t * m->n_labels,
                   m->n_labels * sizeof *may);
    free(own);
    return may;
}

/* Without the chunk, other comments of a thread say nothing. */
static int read_context(struct reading *r)
{
    struct context_rule *rule = &r->m->context;
    struct span bytes;

    if (chunk_find(&r->file, "CTXT") == NULL)
        return 0;
    if (take(r, "CTXT", 1, sizeof *rule, &bytes) < 0)
        return -1;
    memcpy(rule, bytes.p, sizeof *rule);
    if (!(rule->thread >= 0 && rule->thread <= 1 && rule->author >= 0 && rule->author <= 1))
        return refuse(r, "CTXT", "exponents out of range");
    return 0;
}

/* [target][label]: the shares of what it goes by. */
static double *prior_of(const struct model *m)
{
    double *prior = mem_array((size_t)m->n_targets * m->n_labels, sizeof *prior);

    for (uint32_t t = 0; t < m->n_targets; t++)
        context_prior(model_seen(m, t), 1, m->n_labels, prior + (size_t)t * m->n_labels);
    return prior;
}

static int read_history(struct reading *r)
{
    struct model *m = r->m;
    size_t n = (size_t)m->n_labels * m->n_labels;
    struct span bytes;
    const struct chunk *meta = chunk_find(&r->file, "META");

    if (take(r, "CONF", m->n_targets * n, 8, &bytes) < 0)
        return -1;
    m->confusion = (const void *)bytes.p;
    if (take(r, "CONB", n, 8, &bytes) < 0)
        return -1;
    m->blind_confusion = (const void *)bytes.p;
    if (take(r, "FPRT", SIZE_MAX, sizeof *m->fingerprint, &bytes) < 0)
        return -1;
    m->fingerprint = (const void *)bytes.p;
    m->n_fingerprints = bytes.len / sizeof *m->fingerprint;
    m->meta = meta != NULL ? meta->bytes : (struct span){"", 0};
    return 0;
}

int modelfile_read(struct model *m, struct stance_err *err)
{
    struct reading r = {.m = m, .err = err};

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    return err_at(err, STANCE_MODEL, m->name, 0, 0,
                  "model files are used in place and need a little-endian machine");
#endif
    if (chunk_read(&r.file, m->image, m->name, err) < 0)
        return -1;
    m->checksum = r.file.checksum;
    if (known_chunks(&r) < 0 || read_settings(&r) < 0 || read_tasks(&r) < 0 || read_names(&r) < 0 ||
        read_pairs(&r) < 0 || read_vocab(&r) < 0 || read_weights(&r) < 0 || read_context(&r) < 0 ||
        read_history(&r) < 0)
        return -1;
    m->prior = prior_of(m);
    set_reach(m);
    m->may = allowed(m, family_allowed);
    m->blind_may = allowed(m, family_counts);
    m->similarity = targets_similarity(m->statement, m->n_targets, &m->set.ngram);
    return 0;
}
