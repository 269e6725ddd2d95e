/* SPDX-License-Identifier: MIT */
/*
 * bring: labels of a table. The agree room reads the forms; here each is looked up and kept, and
 * they are put in only when all of them can be.
 */
#include <stdlib.h>

#include "agree/annotrows.h"
#include "base/err.h"
#include "base/mem.h"
#include "label/merge.h"

enum { TOLD = 20 }; /* more of what is wrong is counted only */

struct brought {
    uint32_t row, annotator, target, label;
};

struct bringing {
    struct labelfile *file;
    const struct merge_table *table;
    const struct stance_talk *talk;
    struct brought *found;
    size_t n, cap;
    uint64_t wrong;
};

/* A line of what is wrong, the first few of them. */
static void wrong(struct bringing *b, const struct annotrow *r, const char *what, struct span name,
                  const char *of)
{
    if (b->wrong++ < TOLD)
        label_note(b->talk, "%s:%llu: %s '%.*s'%s", r->file, (unsigned long long)r->line, what,
                   (int)(name.len < 80 ? name.len : 80), name.p, of);
}

static uint32_t who(struct bringing *b, const struct annotrow *r)
{
    struct span name = r->annotator;

    if (r->named_by_file)
        name = span_of(b->table->annotator);
    return audit_add_annotator(&b->file->audit, name);
}

static void look_up(struct bringing *b, const struct annotrow *r)
{
    const struct audit *a = &b->file->audit;
    uint32_t row = audit_find_row(a, r->comment.id), t = audit_find_target(a, r->target);
    uint32_t label = t != AUDIT_NONE ? audit_find_label(&a->target[t], r->label) : AUDIT_NONE;

    if (row == AUDIT_NONE)
        wrong(b, r, "no row of the audit has the id", r->comment.id, "");
    else if (a->row[row].like != AUDIT_NONE)
        wrong(b, r, "this row takes the labels of one with nearly the same text:", r->comment.id,
              "");
    else if (t == AUDIT_NONE)
        wrong(b, r, "the audit has no target", r->target, "");
    else if (label == AUDIT_NONE)
        wrong(b, r, "the target has no label", r->label, "");
    else {
        MEM_GROW(b->found, b->cap, b->n + 1);
        b->found[b->n++] = (struct brought){row, who(b, r), t, label};
    }
}

static int take(void *arg, const struct annotrow *r, struct stance_err *err)
{
    struct bringing *b = arg;

    if (r->target.p != NULL) {
        look_up(b, r);
        return 0;
    }
    if (r->named_by_file && b->table->annotator == NULL)
        return err_at(err, STANCE_USAGE, r->file, r->line, 0,
                      "whose labels are these? The file names no annotator; expected --annotator");
    return 0;
}

/* Labels that the annotator, or an earlier line, gave otherwise. */
static void check(struct bringing *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct brought *x = &b->found[i];
        struct audit_say say = labelfile_copy(b->file, x->row, x->annotator, false);
        const struct audit *a = &b->file->audit;
        const struct audit_target *t = &a->target[x->target];
        uint32_t had = say.label[x->target];
        bool twice = false;
        for (size_t k = 0; k < i && !twice; k++)
            if (b->found[k].row == x->row && b->found[k].annotator == x->annotator &&
                b->found[k].target == x->target && b->found[k].label != x->label) {
                had = b->found[k].label;
                twice = true;
            }
        if (had == AUDIT_NONE || had == x->label || (b->table->replace && !twice))
            continue;
        if (b->wrong++ < TOLD)
            label_note(b->talk, "%s: %s %s %s of %s, not %s", a->row[x->row].comment.id.p,
                       a->annotator[x->annotator].p, twice ? "is also said to say" : "said",
                       t->label[had].label.p, t->id.p, t->label[x->label].label.p);
    }
}

static void put(struct bringing *b, uint64_t *taken)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct brought *x = &b->found[i];
        struct audit_say say = labelfile_copy(b->file, x->row, x->annotator, false);
        if (say.label[x->target] == x->label)
            continue;
        say.label[x->target] = x->label;
        say.code[x->target] = AUDIT_NONE;
        say.skipped = false;
        labelfile_set(b->file, x->row, &say);
        ++*taken;
    }
}

int merge_labels(struct labelfile *file, const struct merge_table *table, uint64_t *taken,
                 const struct stance_talk *talk, struct stance_err *err)
{
    struct bringing b = {.file = file, .table = table, .talk = talk};
    struct annotrows want = {.input = table->input, .take = take, .arg = &b};
    struct stance_talk quiet = {0}; /* "is read as the work of …" would not be so */
    int status;

    *taken = 0;
    status = annotrows_read(&want, table->path, &quiet, err);
    if (status == 0)
        check(&b);
    if (status == 0 && b.wrong != 0)
        status = err_at(err, STANCE_DATA, table->path, 0, 0,
                        "labels that cannot be brought in: %llu; nothing was changed",
                        (unsigned long long)b.wrong);
    if (status == 0)
        put(&b, taken);
    free(b.found);
    return status;
}
