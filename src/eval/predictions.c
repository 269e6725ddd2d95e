/* SPDX-License-Identifier: MIT */
/*
 * predictions: each row read is put beside its gold row at once, so memory grows with the
 * gold and not with the files; only the first few of what does not match are remembered.
 */
#include "eval/predictions.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "eval/predrows.h"

enum { NAMED = 5 };

/* What went wrong in one way: how often, and the first few by name. */
struct trouble {
    uint64_t n;
    struct buf named;
};

struct matching {
    const struct corpus *gold;
    struct intern labels; /* as predicted */
    uint32_t *label;      /* per gold row: of those, INTERN_NONE until found */
    double *p;
    struct trouble missing, repeated, unknown;
    uint64_t n_unlabelled; /* rows that came without a label */
    uint64_t n_beside;     /* known comment and target, but no gold label for them */
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

static int compare_place(const struct mark *m, uint32_t comment, uint32_t target)
{
    if (m->comment != comment)
        return m->comment < comment ? -1 : 1;
    return (m->target > target) - (m->target < target);
}

/* The gold row of a comment and a target, or SIZE_MAX. */
static size_t find_row(const struct corpus *gold, size_t comment, uint32_t target)
{
    size_t low = 0, high = gold->n_marks;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = compare_place(&gold->mark[mid], (uint32_t)comment, target);
        if (d == 0)
            return mid;
        if (d < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return SIZE_MAX;
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
    if (comment == SIZE_MAX || target == UINT32_MAX) {
        blame(&m->unknown, row->id, name);
        return 0;
    }
    r = find_row(m->gold, comment, target);
    if (r == SIZE_MAX) {
        m->n_beside++;
    } else if (row->label.p == NULL) {
        m->n_unlabelled++;
    } else if (m->label[r] != INTERN_NONE) {
        blame(&m->repeated, row->id, name);
    } else {
        m->label[r] = intern_string(&m->labels, row->label);
        m->p[r] = row->p;
    }
    return 0;
}

static void find_missing(struct matching *m)
{
    for (size_t r = 0; r < m->gold->n_marks; r++) {
        const struct mark *row = &m->gold->mark[r];
        if (m->label[r] == INTERN_NONE)
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

static void count(const struct matching *m, struct evaluation *e, const uint32_t *place)
{
    const struct corpus *gold = m->gold;
    uint32_t *gold_place = evaluation_labels(e, gold->label, gold->n_labels);
    uint64_t *seen = mem_zalloc((size_t)e->n_targets * e->n_labels, sizeof *seen);
    struct majorities majorities;

    for (size_t r = 0; r < gold->n_marks; r++)
        seen[(size_t)gold->mark[r].target * e->n_labels + gold_place[gold->mark[r].label]]++;
    majorities = majorities_of(e, seen);
    for (size_t r = 0; r < gold->n_marks; r++) {
        uint32_t t = gold->mark[r].target, label = gold_place[gold->mark[r].label];
        uint32_t given = place[m->label[r]];
        evaluation_add(e, EVALUATION_MODEL, t, label, given);
        evaluation_add_majorities(e, &majorities, t, label);
        if (!isnan(m->p[r]))
            evaluation_confide(e, t, m->p[r], given == label);
    }
    majorities_release(&majorities);
    free(gold_place);
    free(seen);
}

static int fill(const struct matching *m, struct evaluation *e, struct stance_err *err)
{
    struct intern_view view = intern_frozen(&m->labels);
    struct span *name = mem_array(view.n, sizeof *name);
    uint32_t *place;
    int status;

    for (uint32_t i = 0; i < view.n; i++)
        name[i] = intern_text(&view, i);
    status = evaluation_open(e, EVALUATION_PREDICTIONS, m->gold, name, view.n,
                             (struct span){NULL, 0}, err);
    if (status == 0) {
        place = evaluation_labels(e, name, view.n);
        count(m, e, place);
        free(place);
        e->baselines_from = "the gold labels themselves, which flatters them";
        if (m->n_beside != 0)
            evaluation_note(e,
                            "%llu predictions left out: their comments have no gold label "
                            "for that target",
                            (unsigned long long)m->n_beside);
    }
    free(name);
    return status;
}

int predictions_run(struct evaluation *e, const char *const *path, size_t n_paths,
                    const struct corpus *gold, const struct stance_input *input,
                    struct stance_err *err)
{
    struct matching m = {.gold = gold,
                         .label = mem_array(gold->n_marks, sizeof *m.label),
                         .p = mem_array(gold->n_marks, sizeof *m.p)};
    int status;

    *e = (struct evaluation){0};
    memset(m.label, 0xFF, gold->n_marks * sizeof *m.label);
    status = gold->n_marks == 0
                 ? err_set(err, STANCE_DATA, "no labelled comment: nothing to compare with")
                 : predrows_read(path, n_paths, input, take, &m, err);
    if (status == 0)
        status = check(&m, n_paths == 1 ? path[0] : NULL, err);
    if (status == 0)
        status = fill(&m, e, err);
    free(m.label);
    free(m.p);
    intern_release(&m.labels);
    buf_release(&m.missing.named);
    buf_release(&m.repeated.named);
    buf_release(&m.unknown.named);
    return status;
}
