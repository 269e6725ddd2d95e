/* SPDX-License-Identifier: MIT */
/* table: counts are over rows that are shown; those like another count where they are said. */
#include "label/table.h"

#include <stdlib.h>

#include "corpus/csv.h"
#include "corpus/json.h"
#include "label/queue.h"
#include "label/shown.h"

/* ---- status ---- */

struct tally {
    uint64_t done, partial, skipped, notes, suggested;
};

static void count_say(const struct audit *a, const struct audit_say *say, struct tally *n)
{
    size_t said = 0;

    for (size_t t = 0; t < a->n_targets; t++)
        said += say->label[t] != AUDIT_NONE;
    n->done += said == a->n_targets;
    n->partial += said != 0 && said != a->n_targets;
    n->skipped += say->skipped;
    n->notes += say->note.len != 0;
    n->suggested += say->suggested;
}

static struct tally tally_of(const struct audit *a, uint32_t annotator)
{
    struct tally n = {0};

    for (size_t i = 0; i < a->n_rows; i++)
        for (size_t k = 0; k < a->row[i].n_says; k++)
            if (a->row[i].say[k].annotator == annotator && !a->row[i].say[k].decides)
                count_say(a, &a->row[i].say[k], &n);
    return n;
}

static void add_annotators(const struct audit *a, struct buf *out)
{
    buf_addf(out, "\n%10s %10s %10s %10s %10s  %s\n", "labelled", "in part", "skipped", "notes",
             "suggested", "annotator");
    for (uint32_t i = 0; i < a->n_annotators; i++) {
        struct tally n = tally_of(a, i);
        buf_addf(out, "%10llu %10llu %10llu %10llu %10llu  ", (unsigned long long)n.done,
                 (unsigned long long)n.partial, (unsigned long long)n.skipped,
                 (unsigned long long)n.notes, (unsigned long long)n.suggested);
        shown_add_line(out, a->annotator[i]);
        buf_add_char(out, '\n');
    }
}

/* Labels given by two or more, those on which they differ, and those of these that wait. */
static void add_targets(const struct audit *a, struct buf *out)
{
    buf_addf(out, "\n%10s %10s %10s %10s  %s\n", "counts", "twice", "differ", "undecided",
             "target");
    for (uint32_t t = 0; t < a->n_targets; t++) {
        uint64_t counts = 0, twice = 0, differ = 0, undecided = 0;
        for (size_t i = 0; i < a->n_rows; i++) {
            const struct audit_row *row = &a->row[i];
            size_t said = 0;
            bool open;
            if (row->like != AUDIT_NONE)
                continue;
            for (size_t k = 0; k < row->n_says; k++)
                said += !row->say[k].decides && row->say[k].label[t] != AUDIT_NONE;
            twice += said > 1;
            differ += queue_differ(row, t);
            counts += audit_gold(a, row, t, &open) != AUDIT_NONE;
            undecided += open;
        }
        buf_addf(out, "%10llu %10llu %10llu %10llu  ", (unsigned long long)counts,
                 (unsigned long long)twice, (unsigned long long)differ,
                 (unsigned long long)undecided);
        shown_add_line(out, a->target[t].id);
        buf_add_char(out, '\n');
    }
}

void table_status(const struct labelfile *f, struct buf *out)
{
    const struct audit *a = &f->audit;
    uint64_t alike = 0, training = 0;

    for (size_t i = 0; i < a->n_rows; i++) {
        alike += a->row[i].like != AUDIT_NONE;
        training += a->row[i].training;
    }
    buf_addf(out,
             "%llu rows: %llu to label, %llu like another; %llu drawn at random, %llu for "
             "training\n",
             (unsigned long long)a->n_rows, (unsigned long long)(a->n_rows - alike),
             (unsigned long long)alike, (unsigned long long)(a->n_rows - training),
             (unsigned long long)training);
    if (f->replayed != 0)
        buf_addf(out, "changes that wait in the journal, counted here: %llu\n",
                 (unsigned long long)f->replayed);
    add_annotators(a, out);
    add_targets(a, out);
}

/* ---- spreadsheet ---- */

static void add_cell(struct buf *out, struct span s)
{
    struct buf text = {0};

    if (s.len != 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL)
        buf_add_char(&text, '\'');
    if (s.p != NULL)
        shown_add(&text, s);
    csv_add_field(out, text.p != NULL ? buf_span(&text) : SPAN(""), ',');
    buf_release(&text);
}

/* Ids and names are read back: as they are. */
static void add_name(struct buf *out, struct span s)
{
    csv_add_field(out, s, ',');
}

static void add_context(struct buf *out, const struct audit_row *row, const char *path)
{
    struct json_value v;
    struct buf text = {0};

    if (row->context.p != NULL && json_find(row->context, span_of(path), &v) &&
        v.type == JSON_STRING)
        json_string_decode(v.raw, &text);
    buf_add_char(out, ',');
    add_cell(out, buf_span(&text));
    buf_release(&text);
}

static uint32_t label_by(const struct audit_row *row, uint32_t annotator, uint32_t target)
{
    for (size_t i = 0; i < row->n_says; i++)
        if (row->say[i].annotator == annotator && !row->say[i].decides)
            return row->say[i].label[target];
    return AUDIT_NONE;
}

static void add_head(const struct audit *a, struct buf *out)
{
    buf_add_str(out, "id,annotator,text,parent,article");
    for (size_t t = 0; t < a->n_targets; t++) {
        struct buf name = {0};
        buf_add_str(&name, "stance.");
        buf_add_span(&name, a->target[t].id);
        buf_add_char(out, ',');
        add_name(out, buf_span(&name));
        buf_release(&name);
    }
    buf_add_char(out, '\n');
}

void table_export(const struct labelfile *f, struct span annotator, struct buf *out)
{
    const struct audit *a = &f->audit;
    uint32_t who = audit_find_annotator(a, annotator);
    size_t n;
    uint32_t *queue = queue_all(a, &n);

    add_head(a, out);
    for (size_t i = 0; i < n; i++) {
        const struct audit_row *row = &a->row[queue[i]];
        add_name(out, row->comment.id);
        buf_add_char(out, ',');
        add_name(out, annotator);
        buf_add_char(out, ',');
        add_cell(out, row->comment.text);
        add_context(out, row, "parent.text");
        add_context(out, row, "article.title");
        for (uint32_t t = 0; t < a->n_targets; t++) {
            uint32_t label = label_by(row, who, t);
            buf_add_char(out, ',');
            if (label != AUDIT_NONE)
                add_name(out, a->target[t].label[label].label);
        }
        buf_add_char(out, '\n');
    }
    free(queue);
}
