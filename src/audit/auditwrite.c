/* SPDX-License-Identifier: MIT */
/* auditwrite: members in the order of doc/AUDIT.md; every line ends in the hash of its bytes. */
#include <math.h>

#include "audit/audit.h"
#include "base/outfile.h"
#include "corpus/jsonout.h"

void audit_end_line(struct buf *out, size_t from)
{
    uint64_t check = hash_span((struct span){out->p + from, out->len - from});

    jsonout_hex(out, "check", check);
    buf_add_str(out, "}\n");
}

/* ---- the manifest ---- */

static void add_names(struct buf *out, struct span fr, struct span en)
{
    jsonout_maybe(out, "fr", fr);
    jsonout_maybe(out, "en", en);
    buf_add_char(out, '}');
}

static void add_target(struct buf *out, const struct audit_target *t)
{
    jsonout_open(out, NULL, '{');
    jsonout_text(out, "id", t->id);
    jsonout_maybe(out, "statement", t->statement);
    jsonout_maybe(out, "definition", t->definition);
    jsonout_open(out, "labels", '{');
    for (size_t l = 0; l < t->n_labels; l++) {
        jsonout_text(out, NULL, t->label[l].label);
        buf_add_str(out, ":{");
        add_names(out, t->label[l].fr, t->label[l].en);
    }
    buf_add_char(out, '}');
    if (t->n_codes != 0) {
        jsonout_open(out, "codes", '{');
        for (size_t c = 0; c < t->n_codes; c++) {
            jsonout_text(out, NULL, t->code[c].code);
            buf_add_str(out, ":{");
            jsonout_maybe(out, "label", t->code[c].label);
            add_names(out, t->code[c].fr, t->code[c].en);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_fields(const struct audit *a, struct buf *out)
{
    jsonout_open(out, "fields", '{');
    for (int r = 0; r < N_ROLES; r++)
        jsonout_maybe(out, role_name((enum role)r), a->field[r]);
    buf_add_char(out, '}');
    if (a->lossy)
        buf_add_str(out, ",\"lossy\":true");
}

static void add_strata(const struct audit *a, struct buf *out)
{
    jsonout_open(out, "strata", '[');
    for (size_t i = 0; i < a->n_strata; i++) {
        jsonout_open(out, NULL, '{');
        jsonout_text(out, "stratum", a->stratum[i].name);
        jsonout_count(out, "population", a->stratum[i].population);
        jsonout_count(out, "drawn", a->stratum[i].drawn);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_batches(const struct audit *a, struct buf *out)
{
    uint32_t last = 0;

    for (size_t i = 0; i < a->n_rows; i++)
        last = a->row[i].batch > last ? a->row[i].batch : last;
    jsonout_open(out, "batches", '[');
    for (uint32_t b = 1; b <= last; b++)
        for (int training = 0; training < 2; training++) {
            uint64_t n = 0;
            for (size_t i = 0; i < a->n_rows; i++)
                n += a->row[i].batch == b && a->row[i].training == (training == 1);
            if (n == 0)
                continue;
            jsonout_open(out, NULL, '{');
            jsonout_count(out, "batch", b);
            jsonout_text(out, "purpose", training ? SPAN("train") : SPAN("estimate"));
            jsonout_count(out, "n", n);
            buf_add_char(out, '}');
        }
    buf_add_char(out, ']');
}

static void add_dump(const struct audit *a, struct buf *out)
{
    jsonout_open(out, "dump", '{');
    jsonout_count(out, "records", a->dump.records);
    jsonout_count(out, "population", a->dump.population);
    jsonout_hex(out, "sum", a->dump.sum);
    buf_add_char(out, '}');
    if (a->unit == AUDIT_THREADS)
        jsonout_real(out, "threads_prob", a->threads_tau);
}

static void add_manifest(const struct audit *a, struct buf *out)
{
    size_t from = out->len;

    buf_add_str(out, "{\"" AUDIT_KEY "\":1");
    jsonout_hex(out, "audit", a->id);
    jsonout_text(out, "unit", a->unit == AUDIT_THREADS ? SPAN("threads") : SPAN("comments"));
    jsonout_count(out, "seed", a->seed);
    jsonout_open(out, "by", '[');
    for (size_t i = 0; i < a->n_by; i++)
        jsonout_text(out, NULL, a->by[i]);
    buf_add_char(out, ']');
    if (a->model != 0) {
        jsonout_key(out, "model");
        buf_addf(out, "\"%08x\"", a->model);
    }
    add_fields(a, out);
    add_dump(a, out);
    add_strata(a, out);
    add_batches(a, out);
    jsonout_open(out, "targets", '[');
    for (size_t t = 0; t < a->n_targets; t++)
        add_target(out, &a->target[t]);
    buf_add_char(out, ']');
    jsonout_open(out, "annotators", '[');
    for (size_t i = 0; i < a->n_annotators; i++)
        jsonout_text(out, NULL, a->annotator[i]);
    buf_add_char(out, ']');
    jsonout_count(out, "rows", a->n_rows);
    audit_end_line(out, from);
}

/* ---- rows ---- */

static void add_comment(const struct audit_row *row, struct buf *out)
{
    const struct comment *c = &row->comment;

    jsonout_text(out, "id", c->id);
    jsonout_maybe(out, "thread", c->thread);
    jsonout_maybe(out, "parent", c->parent);
    jsonout_maybe(out, "author", c->author);
    jsonout_maybe(out, "date", c->date);
    for (const struct extra *e = c->extra; e != NULL; e = e->next)
        jsonout_named(out, e->key, e->value);
    jsonout_text(out, "text", c->text);
    if (row->context.p != NULL) {
        jsonout_key(out, "context");
        buf_add_span(out, row->context);
    }
}

static void add_drawing(const struct audit *a, size_t i, struct buf *out)
{
    const struct audit_row *row = &a->row[i];
    uint64_t copies = 0;

    jsonout_hex(out, "audit", a->id);
    jsonout_hex(out, "key", row->key);
    jsonout_text(out, "purpose", row->training ? SPAN("train") : SPAN("estimate"));
    jsonout_count(out, "batch", row->batch);
    if (!row->training) {
        jsonout_text(out, "stratum", a->stratum[row->stratum].name);
        jsonout_text(out, "cluster", row->cluster);
        jsonout_real(out, "sample_prob", row->sample_prob);
    }
    if (row->repeats != 1)
        jsonout_count(out, "repeats", row->repeats);
    if (row->like != AUDIT_NONE)
        jsonout_text(out, "like", a->row[row->like].comment.id);
    for (size_t k = i + 1; k < a->n_rows; k++)
        copies += a->row[k].like == i;
    if (copies != 0)
        jsonout_count(out, "copies", copies);
}

/* "stance" or "codes": for each target the name of what value[] says, nothing where none does. */
static void add_values(const struct audit *a, const char *key, const uint32_t *value, bool codes,
                       struct buf *out)
{
    bool any = false;

    for (uint32_t t = 0; t < a->n_targets; t++) {
        const struct audit_target *target = &a->target[t];
        if (value[t] == AUDIT_NONE)
            continue;
        if (!any)
            jsonout_open(out, key, '{');
        any = true;
        jsonout_named(out, target->id,
                      codes ? target->code[value[t]].code : target->label[value[t]].label);
    }
    if (any)
        buf_add_char(out, '}');
}

/* The code beside the gold label: of the say that gave it, the last one first. */
static uint32_t gold_code(const struct audit *a, const struct audit_row *row, uint32_t t,
                          uint32_t gold)
{
    if (row->like != AUDIT_NONE)
        row = &a->row[row->like];
    for (size_t i = row->n_says; gold != AUDIT_NONE && i-- > 0;)
        if (row->say[i].label[t] == gold && row->say[i].code[t] != AUDIT_NONE)
            return row->say[i].code[t];
    return AUDIT_NONE;
}

static void add_gold(const struct audit *a, const struct audit_row *row, struct buf *out)
{
    uint32_t gold[AUDIT_MAX_TARGETS], code[AUDIT_MAX_TARGETS];

    for (uint32_t t = 0; t < a->n_targets; t++) {
        gold[t] = audit_gold(a, row, t, NULL);
        code[t] = gold_code(a, row, t, gold[t]);
    }
    add_values(a, "stance", gold, false, out);
    add_values(a, "codes", code, true, out);
}

void audit_add_say(const struct audit *a, const struct audit_say *say, struct buf *out)
{
    jsonout_open(out, NULL, '{');
    jsonout_text(out, "annotator", a->annotator[say->annotator]);
    add_values(a, "stance", say->label, false, out);
    add_values(a, "codes", say->code, true, out);
    jsonout_maybe(out, "note", say->note);
    if (say->decides)
        buf_add_str(out, ",\"decides\":true");
    if (say->suggested)
        buf_add_str(out, ",\"suggested\":true");
    if (say->skipped)
        buf_add_str(out, ",\"skipped\":true");
    buf_add_char(out, '}');
}

static void add_says(const struct audit *a, const struct audit_row *row, struct buf *out)
{
    bool any = false;

    for (size_t i = 0; i < row->n_says; i++) {
        if (!audit_says_something(a, &row->say[i]))
            continue; /* all of it was taken back */
        if (!any)
            jsonout_open(out, "annotations", '[');
        any = true;
        audit_add_say(a, &row->say[i], out);
    }
    if (any)
        buf_add_char(out, ']');
}

static void add_row(const struct audit *a, size_t i, struct buf *out)
{
    size_t from = out->len;

    buf_add_char(out, '{');
    add_comment(&a->row[i], out);
    add_drawing(a, i, out);
    add_gold(a, &a->row[i], out);
    add_says(a, &a->row[i], out);
    audit_end_line(out, from);
}

void audit_text(const struct audit *a, struct buf *out)
{
    add_manifest(a, out);
    for (size_t i = 0; i < a->n_rows; i++)
        add_row(a, i, out);
}

int audit_write(const struct audit *a, const char *path, struct stance_err *err)
{
    struct outfile *f = outfile_open(path, err);
    struct buf out = {0};
    int status;

    if (f == NULL)
        return -1;
    audit_text(a, &out);
    status = outfile_write(f, buf_span(&out), err);
    if (status == 0)
        status = outfile_commit(f, err);
    else
        outfile_abort(f);
    buf_release(&out);
    return status;
}
