/* SPDX-License-Identifier: MIT */
/*
 * predictions: each row read is put beside its gold row at once, so memory grows with the
 * gold and not with the files; only the first few of what does not match are remembered.
 */
#include "predictions/predictions.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/labels.h"
#include "predictions/predlines.h"
#include "predictions/predrows.h"

enum { NAMED = 5 };

/* What went wrong in one way: how often, and the first few by name. */
struct trouble {
    uint64_t n;
    struct buf named;
};

struct matching {
    const struct corpus *gold;
    struct predictions *into; /* labels are INTERN_NONE until found */
    struct trouble missing, repeated, unknown;
    uint64_t n_unlabelled; /* rows that came without a label */
};

/* The first bytes of a name, whole characters: five names are to fit into a message. */
static void add_cut(struct buf *out, struct span name)
{
    size_t cut = 24;

    if (name.len > cut) {
        while (cut > 0 && ((unsigned char)name.p[cut] & 0xC0) == 0x80)
            cut--;
        name.len = cut;
    }
    buf_add_span(out, name);
}

static void blame(struct trouble *t, struct span id, struct span target)
{
    if (t->n++ >= NAMED)
        return;
    buf_add_str(&t->named, t->n > 1 ? ", " : "");
    add_cut(&t->named, id);
    buf_add_char(&t->named, ' ');
    add_cut(&t->named, target);
}

static uint32_t find_target(const struct corpus *gold, struct span id)
{
    for (uint32_t t = 0; t < gold->n_targets; t++)
        if (span_eq(gold->target[t], id))
            return t;
    return UINT32_MAX;
}

static bool is_dropped(const struct corpus *gold, struct span id)
{
    for (size_t t = 0; t < gold->n_dropped; t++)
        if (span_eq(gold->dropped[t], id))
            return true;
    return false;
}

/* Every target that the gold had, for columns named as they: what belongs to a dropped one must
 * not be taken for part of another. Owned by the caller. */
static struct span *all_targets(const struct corpus *gold, size_t *n)
{
    struct span *name = mem_array(gold->n_targets + gold->n_dropped, sizeof *name);

    *n = 0;
    for (uint32_t t = 0; t < gold->n_targets; t++)
        name[(*n)++] = gold->target[t];
    for (size_t t = 0; t < gold->n_dropped; t++)
        name[(*n)++] = gold->dropped[t];
    return name;
}

static int by_place(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->comment != y->comment)
        return x->comment < y->comment ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

/* The gold row of a comment and a target, or SIZE_MAX. */
static size_t find_row(const struct corpus *gold, size_t comment, uint32_t target)
{
    const struct mark wanted = {.comment = (uint32_t)comment, .target = target};
    const struct mark *found = NULL;

    if (gold->n_marks != 0)
        found = bsearch(&wanted, gold->mark, gold->n_marks, sizeof wanted, by_place);
    return found != NULL ? (size_t)(found - gold->mark) : SIZE_MAX;
}

static const double rounding = 0.02; /* probabilities come with as few as two digits */

/* Calibration is measured by p, log loss and Brier score by all: they must not tell two tales. */
static int check_p(const struct predrow *row, struct stance_err *err)
{
    for (size_t i = 0; i < row->n_probs; i++)
        if (span_eq(row->prob_label[i], row->label) && fabs(row->prob[i] - row->p) > rounding)
            return err_at(err, STANCE_DATA, row->file, row->line, 1,
                          "p of '%.*s' is %.3f, but the probability of its label %.3f",
                          (int)row->id.len, row->id.p, row->p, row->prob[i]);
    return 0;
}

static int check_sum(const struct predrow *row, struct stance_err *err)
{
    double sum = 0;

    for (size_t i = 0; i < row->n_probs; i++)
        sum += row->prob[i];
    if (fabs(sum - 1) <= rounding)
        return 0;
    return err_at(err, STANCE_DATA, row->file, row->line, 1,
                  "probabilities of '%.*s' add up to %.3f", (int)row->id.len, row->id.p, sum);
}

static int take_row(struct matching *m, const struct predrow *row, size_t r, struct stance_err *err)
{
    struct predictions *p = m->into;

    p->label[r] = intern_string(&p->names, row->label);
    p->p[r] = row->p;
    if (row->n_probs != 0 && (check_sum(row, err) < 0 || check_p(row, err) < 0))
        return -1;
    for (size_t i = 0; i < row->n_probs; i++) {
        uint32_t label = intern_string(&p->names, row->prob_label[i]);
        MEM_GROW(p->each, p->each_cap, p->n_each + 1);
        p->each[p->n_each++] = (struct prediction_p){r, label, row->prob[i]};
        if (label == p->label[r] && isnan(p->p[r]))
            p->p[r] = row->prob[i];
    }
    return 0;
}

static int take(void *arg, const struct predrow *row, struct stance_err *err)
{
    struct matching *m = arg;
    struct span name = row->target.p != NULL ? row->target : m->gold->target[0];
    uint32_t target = find_target(m->gold, name);
    size_t comment = corpus_find(m->gold, row->id), r;

    if (row->target.p == NULL && m->gold->n_targets > 1)
        return err_at(err, STANCE_DATA, row->file, row->line, 1,
                      "predictions need a target, since the gold has %u", m->gold->n_targets);
    if (comment != SIZE_MAX && is_dropped(m->gold, name)) {
        m->into->n_dropped += row->label.p != NULL;
        return 0;
    }
    if (comment == SIZE_MAX || target == UINT32_MAX) {
        blame(&m->unknown, row->id, name);
        return 0;
    }
    r = find_row(m->gold, comment, target);
    if (r == SIZE_MAX)
        m->into->n_beside += row->label.p != NULL;
    else if (row->label.p == NULL)
        m->n_unlabelled++;
    else if (m->into->label[r] != INTERN_NONE)
        blame(&m->repeated, row->id, name);
    else
        return take_row(m, row, r, err);
    return 0;
}

static void find_missing(struct matching *m)
{
    for (size_t r = 0; r < m->gold->n_marks; r++) {
        const struct mark *row = &m->gold->mark[r];
        if (m->into->label[r] == INTERN_NONE)
            blame(&m->missing, m->gold->comment[row->comment].id, m->gold->target[row->target]);
    }
}

static void tell_trouble(struct buf *out, struct trouble *t, const char *what)
{
    if (t->n == 0)
        return;
    buf_addf(out, "%s%llu %s (%s%s)", out->len != 0 ? "; " : "", (unsigned long long)t->n, what,
             buf_str(&t->named), t->n > NAMED ? ", …" : "");
}

static int check(struct matching *m, const char *path, struct stance_err *err)
{
    struct buf why = {0};
    int status = 0;

    find_missing(m);
    tell_trouble(&why, &m->missing, "missing");
    tell_trouble(&why, &m->unknown, "not in the gold");
    tell_trouble(&why, &m->repeated, "given more than once");
    if (why.len != 0 && m->n_unlabelled != 0)
        buf_addf(&why, "; rows without a label: %llu", (unsigned long long)m->n_unlabelled);
    if (why.len != 0)
        status = err_at(err, STANCE_DATA, path, 0, 0, "predictions do not match the gold: %s",
                        buf_str(&why));
    buf_release(&why);
    return status;
}

void predictions_release(struct predictions *p)
{
    if (p == NULL)
        return;
    intern_release(&p->names);
    free(p->label);
    free(p->p);
    free(p->each);
    *p = (struct predictions){0};
}

int predictions_read(struct predictions *p, const char *const *path, size_t n_paths, bool by_line,
                     const struct corpus *gold, const struct stance_input *input,
                     struct stance_err *err)
{
    struct matching m = {.gold = gold, .into = p};
    struct span *about;
    size_t n_about;
    int status;

    *p = (struct predictions){.label = mem_array(gold->n_marks, sizeof *p->label),
                              .p = mem_array(gold->n_marks, sizeof *p->p),
                              .name = span_of(path[0])};
    memset(p->label, 0xFF, gold->n_marks * sizeof *p->label);
    for (size_t r = 0; r < gold->n_marks; r++)
        p->p[r] = NAN;
    if (gold->n_marks == 0)
        return err_set(err, STANCE_DATA, "no labelled comment to compare with: " LABELS_EXPECTED);
    if (by_line)
        return predlines_read(p, path, n_paths, gold, input, err);
    about = all_targets(gold, &n_about);
    status = predrows_read(path, n_paths, about, n_about, input, take, &m, err);
    free(about);
    if (status == 0)
        status = check(&m, n_paths == 1 ? path[0] : NULL, err);
    buf_release(&m.missing.named);
    buf_release(&m.repeated.named);
    buf_release(&m.unknown.named);
    return status;
}
