/* SPDX-License-Identifier: MIT */
/*
 * merge: two copies of one audit. A say that is in one copy alone is taken; of two that differ
 * what only one of them holds is taken, a label before a skip; the rest is a conflict.
 */
#include "label/merge.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

void label_note(const struct stance_talk *talk, const char *fmt, ...)
{
    char line[1024];
    va_list ap;

    if (talk == NULL || talk->note == NULL)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    talk->note(talk->arg, line);
}

struct merging {
    struct labelfile *file;
    const struct labelfile *other;
    const struct stance_talk *talk;
    uint64_t conflicts;
    bool write; /* the second time over */
    uint64_t taken;
};

static void conflict(struct merging *m, const struct audit_row *row, const char *who,
                     const char *what, const char *here, const char *there)
{
    label_note(m->talk, "%s: %s says %s of %s here, %s in the other", row->comment.id.p, who, here,
               what, there);
    m->conflicts++;
}

/* Takes what only `from` holds. True where that changed something. */
static bool unite_target(struct merging *m, const struct audit_row *row, struct audit_say *to,
                         const struct audit_say *from, uint32_t t)
{
    const struct audit *a = &m->file->audit;
    const struct audit_target *target = &a->target[t];

    if (from->label[t] == AUDIT_NONE)
        return false;
    if (to->label[t] == AUDIT_NONE) {
        to->label[t] = from->label[t];
        to->code[t] = from->code[t];
        return true;
    }
    if (to->label[t] != from->label[t]) {
        conflict(m, row, a->annotator[to->annotator].p, target->id.p,
                 target->label[to->label[t]].label.p, target->label[from->label[t]].label.p);
        return false;
    }
    if (from->code[t] == AUDIT_NONE || from->code[t] == to->code[t])
        return false;
    if (to->code[t] != AUDIT_NONE) {
        conflict(m, row, a->annotator[to->annotator].p, target->id.p,
                 target->code[to->code[t]].code.p, target->code[from->code[t]].code.p);
        return false;
    }
    to->code[t] = from->code[t];
    return true;
}

static bool labels_any(const struct audit *a, const struct audit_say *say)
{
    for (uint32_t t = 0; t < a->n_targets; t++)
        if (say->label[t] != AUDIT_NONE)
            return true;
    return false;
}

static bool unite_rest(struct merging *m, const struct audit_row *row, struct audit_say *to,
                       const struct audit_say *from)
{
    const struct audit *a = &m->file->audit;
    bool labelled = labels_any(a, to), changed = false;
    bool skipped = (to->skipped || from->skipped) && !labelled;

    if (from->note.len != 0 && to->note.len == 0) {
        to->note = from->note;
        changed = true;
    } else if (from->note.len != 0 && !span_eq(from->note, to->note))
        conflict(m, row, a->annotator[to->annotator].p, "its note", to->note.p, from->note.p);
    if (from->suggested && labelled && !to->suggested)
        changed = to->suggested = true;
    changed |= to->skipped != skipped;
    to->skipped = skipped;
    return changed;
}

static void take_say(struct merging *m, uint32_t row, const struct audit_say *from)
{
    const struct audit *other = &m->other->audit;
    uint32_t who = audit_add_annotator(&m->file->audit, other->annotator[from->annotator]);
    struct audit_say say = labelfile_copy(m->file, row, who, from->decides);
    const struct audit_row *here = &m->file->audit.row[row];
    bool changed = false;

    for (uint32_t t = 0; t < other->n_targets; t++)
        changed |= unite_target(m, here, &say, from, t);
    changed |= unite_rest(m, here, &say, from);
    if (!changed || !m->write)
        return;
    labelfile_set(m->file, row, &say);
    m->taken++;
}

static int check_same(const struct merging *m, struct stance_err *err)
{
    const struct audit *a = &m->file->audit, *b = &m->other->audit;
    bool same = a->id == b->id && a->n_targets == b->n_targets;

    for (size_t t = 0; same && t < a->n_targets; t++) {
        const struct audit_target *x = &a->target[t], *y = &b->target[t];
        same = span_eq(x->id, y->id) && x->n_labels == y->n_labels && x->n_codes == y->n_codes;
        for (size_t l = 0; same && l < x->n_labels; l++)
            same = span_eq(x->label[l].label, y->label[l].label);
        for (size_t c = 0; same && c < x->n_codes; c++)
            same = span_eq(x->code[c].code, y->code[c].code);
    }
    if (same)
        return 0;
    return err_at(err, STANCE_DATA, m->other->path, 1, 0,
                  "this is no copy of %s: expected the same drawing and the same targets",
                  m->file->path);
}

static int walk(struct merging *m, struct stance_err *err)
{
    const struct audit *b = &m->other->audit;

    for (size_t i = 0; i < b->n_rows; i++) {
        const struct audit_row *there = &b->row[i];
        uint32_t row = audit_find_row(&m->file->audit, there->comment.id);
        if (there->n_says == 0)
            continue;
        if (row == AUDIT_NONE || m->file->audit.row[row].key != there->key)
            return err_at(err, STANCE_DATA, m->other->path, there->line, 0,
                          "'%s' is labelled here, and %s lacks it: merge the other way round, into "
                          "the audit that has all rows",
                          there->comment.id.p, m->file->path);
        for (size_t k = 0; k < there->n_says; k++)
            take_say(m, row, &there->say[k]);
    }
    return 0;
}

int merge_audit(struct labelfile *file, const struct labelfile *other, uint64_t *taken,
                const struct stance_talk *talk, struct stance_err *err)
{
    struct merging m = {.file = file, .other = other, .talk = talk};

    *taken = 0;
    if (check_same(&m, err) < 0 || walk(&m, err) < 0)
        return -1;
    if (m.conflicts != 0)
        return err_at(err, STANCE_DATA, other->path, 0, 0,
                      "one annotator said different things in the two, %llu times; nothing was "
                      "merged: undo one "
                      "of each, or label the rows anew under other names",
                      (unsigned long long)m.conflicts);
    m.write = true;
    if (walk(&m, err) < 0)
        return -1;
    *taken = m.taken;
    return 0;
}
