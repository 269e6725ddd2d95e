/* SPDX-License-Identifier: MIT */
/*
 * evaluation: see evaluation.h. All counts are whole numbers and rows are added in the
 * corpus' order, so an evaluation does not depend on how many threads made the labels.
 */
#include "eval/evaluation.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/split.h"

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

/* One fold holds every group, which makes the splitter a counter of groups. */
static int count_groups(struct evaluation *e, const struct corpus *gold, struct span group,
                        struct stance_err *err)
{
    uint8_t *use = corpus_labelled(gold);
    struct split split;
    int status = split_folds(&split, gold, use, group, 1, 0, err);

    for (size_t i = 0; i < gold->n_comments; i++)
        e->n_comments += use[i];
    if (status == 0) {
        e->n_groups = split.n_groups;
        e->grouped_by = arena_copy(&e->arena, split.field);
    }
    split_release(&split);
    free(use);
    return status;
}

int evaluation_open(struct evaluation *e, enum evaluation_method method, const struct corpus *gold,
                    const struct span *label, size_t n, struct span group, struct stance_err *err)
{
    *e = (struct evaluation){.method = method, .n_rows = gold->n_marks};
    if (gold->n_marks == 0)
        return err_set(err, STANCE_DATA, "no labelled comment: nothing to compare with");
    unite_labels(e, gold, label, n);
    e->n_targets = gold->n_targets;
    e->target = mem_array(e->n_targets, sizeof *e->target);
    for (uint32_t t = 0; t < e->n_targets; t++)
        e->target[t] = arena_copy(&e->arena, gold->target[t]);
    e->confidence = mem_zalloc(e->n_targets, sizeof *e->confidence);
    return count_groups(e, gold, group, err);
}

void evaluation_release(struct evaluation *e)
{
    if (e == NULL)
        return;
    for (int s = 0; s < EVALUATION_SYSTEMS; s++) {
        for (uint32_t t = 0; e->table[s] != NULL && t < e->n_targets; t++)
            confusion_release(&e->table[s][t]);
        free(e->table[s]);
    }
    free(e->target);
    free(e->label);
    free(e->confidence);
    free(e->fold);
    free(e->note);
    arena_release(&e->arena);
    *e = (struct evaluation){0};
}

uint32_t evaluation_label(const struct evaluation *e, struct span name)
{
    for (uint32_t i = 0; i < e->n_labels; i++)
        if (span_eq(e->label[i], name))
            return i;
    return UINT32_MAX;
}

uint32_t *evaluation_labels(const struct evaluation *e, const struct span *name, uint32_t n)
{
    uint32_t *place = mem_array(n, sizeof *place);

    for (uint32_t i = 0; i < n; i++)
        place[i] = evaluation_label(e, name[i]);
    return place;
}

void evaluation_add(struct evaluation *e, enum evaluation_system system, uint32_t target,
                    uint32_t gold, uint32_t predicted)
{
    if (e->table[system] == NULL) {
        e->table[system] = mem_array(e->n_targets, sizeof *e->table[system]);
        for (uint32_t t = 0; t < e->n_targets; t++)
            confusion_init(&e->table[system][t], e->n_labels);
    }
    confusion_add(&e->table[system][target], gold, predicted);
}

void evaluation_confide(struct evaluation *e, uint32_t target, double p, bool right)
{
    static const double nearly_zero = 1e-15;
    struct evaluation_confidence *c = &e->confidence[target];
    double miss = p - right, given = right ? p : 1 - p;

    c->n++;
    c->right += right;
    c->p += p;
    c->brier += miss * miss;
    c->loss -= log(given > nearly_zero ? given : nearly_zero);
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

static uint32_t largest(const uint64_t *count, uint32_t n)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < n; i++)
        if (count[i] > count[best])
            best = i;
    return best;
}

struct majorities majorities_of(const struct evaluation *e, const uint64_t *seen)
{
    struct majorities m = {.of_target = mem_array(e->n_targets, sizeof *m.of_target)};
    uint64_t *all = mem_zalloc(e->n_labels, sizeof *all);

    for (size_t i = 0; i < (size_t)e->n_targets * e->n_labels; i++)
        all[i % e->n_labels] += seen[i];
    m.all = largest(all, e->n_labels);
    for (uint32_t t = 0; t < e->n_targets; t++) {
        const uint64_t *of = seen + (size_t)t * e->n_labels;
        uint32_t best = largest(of, e->n_labels);
        m.of_target[t] = of[best] != 0 ? best : m.all;
    }
    free(all);
    return m;
}

void majorities_release(struct majorities *m)
{
    free(m->of_target);
    *m = (struct majorities){0};
}

void evaluation_add_majorities(struct evaluation *e, const struct majorities *m, uint32_t target,
                               uint32_t gold)
{
    evaluation_add(e, EVALUATION_MAJORITY_PER_TARGET, target, gold, m->of_target[target]);
    evaluation_add(e, EVALUATION_MAJORITY, target, gold, m->all);
}

struct confusion evaluation_pooled(const struct evaluation *e, enum evaluation_system system)
{
    struct confusion sum;

    confusion_init(&sum, e->n_labels);
    for (uint32_t t = 0; e->table[system] != NULL && t < e->n_targets; t++)
        confusion_merge(&sum, &e->table[system][t]);
    return sum;
}

struct evaluation_confidence evaluation_confidence_pooled(const struct evaluation *e)
{
    struct evaluation_confidence sum = {0};

    for (uint32_t t = 0; t < e->n_targets; t++) {
        sum.n += e->confidence[t].n;
        sum.right += e->confidence[t].right;
        sum.p += e->confidence[t].p;
        sum.brier += e->confidence[t].brier;
        sum.loss += e->confidence[t].loss;
    }
    return sum;
}
