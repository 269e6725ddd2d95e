/* SPDX-License-Identifier: MIT */
/* evaluation: see evaluation.h. Columns begin as "said nothing" and are written once. */
#include "eval/evaluation.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/labels.h"

static int by_span(const void *a, const void *b)
{
    return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

/* The gold's labels and the others, sorted, each once. */
static void unite_labels(struct evaluation *e, const struct corpus *gold, const struct span *label,
                         size_t n)
{
    size_t n_all = gold->n_labels + n;
    struct span *all = mem_array(n_all, sizeof *all);

    memcpy(all, gold->label, gold->n_labels * sizeof *all);
    if (n != 0)
        memcpy(all + gold->n_labels, label, n * sizeof *all);
    qsort(all, n_all, sizeof *all, by_span);
    e->label = mem_array(n_all, sizeof *e->label);
    for (size_t i = 0; i < n_all; i++)
        if (i == 0 || !span_eq(all[i - 1], all[i]))
            e->label[e->n_labels++] = arena_copy(&e->arena, all[i]);
    free(all);
}

/* Rows and their comments; returns the comments' positions in the corpus. */
static uint32_t *take_rows(struct evaluation *e, const struct corpus *gold)
{
    uint32_t *comment = mem_array(gold->n_marks, sizeof *comment);
    uint32_t *label = evaluation_labels(e, gold->label, gold->n_labels);

    e->n_rows = gold->n_marks;
    e->row = mem_array(e->n_rows, sizeof *e->row);
    e->id = mem_array(e->n_rows, sizeof *e->id);
    for (size_t r = 0; r < e->n_rows; r++) {
        const struct mark *m = &gold->mark[r];
        if (e->n_comments == 0 || comment[e->n_comments - 1] != m->comment) {
            e->id[e->n_comments] = arena_copy(&e->arena, gold->comment[m->comment].id);
            comment[e->n_comments++] = m->comment;
        }
        e->row[r] = (struct evaluation_row){e->n_comments - 1, m->target, label[m->label]};
    }
    e->text = mem_zalloc(e->n_comments, sizeof *e->text);
    free(label);
    return comment;
}

void evaluation_note_unthreaded(struct evaluation *e)
{
    if (span_eq(e->grouped_by, SPAN("id")) && !e->cuts_threads)
        evaluation_note(e, "no threads or authors are known: comments are taken as independent, "
                           "and intervals are too short where they are not");
}

static int group(struct evaluation *e, const struct corpus *gold, const uint32_t *comment,
                 const struct evaluation_options *options, struct stance_err *err)
{
    struct groups g;
    int status = groups_make(&g, gold, comment, e->n_comments, options->group, err);

    e->group = g.of;
    e->n_groups = g.n;
    e->grouped_by = arena_copy(&e->arena, g.field);
    e->cuts_threads = g.n_unthreaded != 0;
    if (e->cuts_threads)
        evaluation_note(e,
                        "%u of %u comments have no thread, so threads are cut and groups are by "
                        "%.*s: intervals are too short where the comments of a thread are alike; "
                        "--group thread keeps those that are known whole",
                        g.n_unthreaded, e->n_comments, (int)e->grouped_by.len, e->grouped_by.p);
    if (status == 0 && options->group.p == NULL)
        evaluation_note_unthreaded(e);
    if (status == 0 && g.n_without != 0)
        evaluation_note(e, "comments without %.*s: %u, each resampled as a group of its own",
                        (int)e->grouped_by.len, e->grouped_by.p, g.n_without);
    return status;
}

static int slice(struct evaluation *e, const struct corpus *gold, const uint32_t *comment,
                 const struct evaluation_options *options, struct stance_err *err)
{
    e->slices = mem_zalloc(options->n_by, sizeof *e->slices);
    for (size_t i = 0; i < options->n_by; i++) {
        struct slices *s = &e->slices[e->n_slices++];
        if (slices_make(s, gold, comment, e->n_comments, options->by[i], &e->arena, err) < 0)
            return -1;
    }
    return 0;
}

int evaluation_open(struct evaluation *e, enum evaluation_method method, const struct corpus *gold,
                    const struct span *label, size_t n, const struct evaluation_options *options,
                    struct stance_err *err)
{
    static const struct evaluation_options usual = {.n_errors = 0};
    uint32_t *comment;
    int status;

    *e = (struct evaluation){.method = method};
    if (options == NULL)
        options = &usual;
    if (gold->n_marks == 0)
        return err_set(err, STANCE_DATA, "no labelled comment to compare with: " LABELS_EXPECTED);
    e->n_wanted_errors = options->n_errors;
    unite_labels(e, gold, label, n);
    e->n_targets = gold->n_targets;
    e->target = mem_array(e->n_targets, sizeof *e->target);
    for (uint32_t t = 0; t < e->n_targets; t++)
        e->target[t] = arena_copy(&e->arena, gold->target[t]);
    comment = take_rows(e, gold);
    status = group(e, gold, comment, options, err);
    if (status == 0)
        status = slice(e, gold, comment, options, err);
    for (uint32_t i = 0; i < e->n_comments && options->show_text; i++)
        e->text[i] = arena_copy(&e->arena, gold->comment[comment[i]].text);
    free(comment);
    return status;
}

static void release_system(struct evaluation_system *s)
{
    free(s->label);
    free(s->p);
    free(s->probs);
}

void evaluation_release(struct evaluation *e)
{
    if (e == NULL)
        return;
    for (size_t s = 0; s < e->n_systems; s++)
        release_system(&e->system[s]);
    for (size_t i = 0; i < e->n_slices; i++)
        slices_release(&e->slices[i]);
    for (size_t i = 0; i < e->n_errors; i++)
        free(e->error[i].reason);
    free(e->target);
    free(e->label);
    free(e->row);
    free(e->id);
    free(e->text);
    free(e->group);
    free(e->slices);
    free(e->system);
    free(e->fold);
    free(e->row_fold);
    free(e->error);
    free(e->note);
    arena_release(&e->arena);
    *e = (struct evaluation){0};
}

uint32_t evaluation_label(const struct evaluation *e, struct span name)
{
    for (uint32_t i = 0; i < e->n_labels; i++)
        if (span_eq(e->label[i], name))
            return i;
    return EVALUATION_NONE;
}

uint32_t *evaluation_labels(const struct evaluation *e, const struct span *name, uint32_t n)
{
    uint32_t *place = mem_array(n, sizeof *place);

    for (uint32_t i = 0; i < n; i++)
        place[i] = evaluation_label(e, name[i]);
    return place;
}

static void fill_nan(double *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        p[i] = NAN;
}

size_t evaluation_add(struct evaluation *e, enum evaluation_kind kind, struct span name,
                      const char *about, bool with_probs)
{
    struct evaluation_system s = {.name = arena_copy(&e->arena, name),
                                  .about = arena_copy(&e->arena, span_of(about)),
                                  .kind = kind};

    s.label = mem_array(e->n_rows, sizeof *s.label);
    memset(s.label, 0xFF, e->n_rows * sizeof *s.label);
    s.p = mem_array(e->n_rows, sizeof *s.p);
    fill_nan(s.p, e->n_rows);
    if (with_probs) {
        s.probs = mem_array(e->n_rows * e->n_labels, sizeof *s.probs);
        fill_nan(s.probs, e->n_rows * e->n_labels);
    }
    MEM_GROW(e->system, e->system_cap, e->n_systems + 1);
    e->system[e->n_systems] = s;
    return e->n_systems++;
}

void evaluation_drop(struct evaluation *e)
{
    release_system(&e->system[--e->n_systems]);
}

void evaluation_set(struct evaluation *e, size_t system, size_t row, uint32_t label,
                    const double *probs)
{
    struct evaluation_system *s;

    if (system == EVALUATION_NO_SYSTEM)
        return;
    s = &e->system[system];
    s->label[row] = label;
    if (probs == NULL)
        return;
    s->p[row] = probs[label];
    if (s->probs != NULL)
        memcpy(s->probs + row * e->n_labels, probs, e->n_labels * sizeof *probs);
}

void evaluation_note(struct evaluation *e, const char *fmt, ...)
{
    char line[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    MEM_GROW(e->note, e->note_cap, e->n_notes + 1);
    e->note[e->n_notes++] = arena_copy(&e->arena, span_of(line));
}

/* ---- the most confident errors ---- */

struct wrong {
    double p;
    uint32_t row;
};

static int by_confidence(const void *a, const void *b)
{
    const struct wrong *x = a, *y = b;
    if (x->p != y->p)
        return x->p > y->p ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

uint32_t *evaluation_worst(const struct evaluation *e, const uint8_t *use, size_t n, size_t *found)
{
    const struct evaluation_system *s = &e->system[0];
    struct wrong *wrong = mem_array(e->n_rows, sizeof *wrong);
    size_t n_wrong = 0;
    uint32_t *row;

    for (size_t r = 0; r < e->n_rows; r++) {
        if ((use != NULL && !use[r]) || s->label[r] == EVALUATION_NONE ||
            s->label[r] == e->row[r].gold || isnan(s->p[r]))
            continue;
        wrong[n_wrong++] = (struct wrong){s->p[r], (uint32_t)r};
    }
    qsort(wrong, n_wrong, sizeof *wrong, by_confidence);
    *found = n_wrong < n ? n_wrong : n;
    row = mem_array(*found, sizeof *row);
    for (size_t i = 0; i < *found; i++)
        row[i] = wrong[i].row;
    free(wrong);
    return row;
}
