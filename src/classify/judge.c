/* SPDX-License-Identifier: MIT */
/* judge: see judge.h. Everything a thread needs is its own; nothing is allocated once warm. */
#include "classify/judge.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

struct bench {
    const struct dump *d;
    const struct dump_judge *judge;
    struct parsed parsed;
    struct stance_prediction *prediction;
    enum stance_status *each;
    struct buf scratch;
    const char **known; /* per label: where it was last seen; its bytes stay what they are */
    /* whole threads */
    struct context context;
    double *p; /* [record][target][label] */
    size_t p_cap;
    const double *given; /* of the record at hand; NULL: it is judged by itself */
};

const char *stance_status_name(enum stance_status status)
{
    static const char *const name[] = {"ok",          "abstain",   "unseen-target", "blank",
                                       "deleted",     "no-text",   "no-target",     "over-long",
                                       "undecodable", "unparsable"};
    return (unsigned)status < STANCE_N_STATUS ? name[status] : "unknown";
}

bool judge_is_bad(enum stance_status status)
{
    return status >= STANCE_STATUS_NO_TEXT && status < STANCE_N_STATUS;
}

struct bench *bench_new(const struct dump *d, const struct dump_judge *judge)
{
    struct bench *b = mem_zalloc(1, sizeof *b);
    b->d = d;
    b->judge = judge;
    b->prediction = mem_zalloc(d->shape.n_targets, sizeof *b->prediction);
    b->each = mem_zalloc(d->shape.n_targets, sizeof *b->each);
    b->known = mem_zalloc(d->shape.n_labels, sizeof *b->known);
    return b;
}

void bench_free(struct bench *b)
{
    if (b == NULL)
        return;
    parsed_release(&b->parsed);
    free(b->prediction);
    free(b->each);
    free(b->known);
    buf_release(&b->scratch);
    context_release(&b->context);
    free(b->p);
    free(b);
}

enum stance_status judge_status(const struct frame *frame, enum parse_status parse)
{
    if (frame->status == FRAME_OVERLONG)
        return STANCE_STATUS_OVERLONG;
    if (frame->status == FRAME_BLANK)
        return STANCE_STATUS_BLANK;
    switch (parse) {
    case PARSE_OK:
        break;
    case PARSE_BLANK:
        return STANCE_STATUS_BLANK;
    case PARSE_DELETED:
        return STANCE_STATUS_DELETED;
    case PARSE_UNDECODABLE:
        return STANCE_STATUS_UNDECODABLE;
    case PARSE_UNPARSABLE:
        return STANCE_STATUS_UNPARSABLE;
    case PARSE_NO_TEXT:
        return STANCE_STATUS_NO_TEXT;
    }
    return STANCE_STATUS_OK;
}

static size_t position(const struct span *name, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (span_eq(name[i], span_of(wanted)))
            return i;
    return SIZE_MAX;
}

/* A judge has few labels and says them from the same places again and again. */
static size_t label_of(struct bench *b, const char *label)
{
    const struct shape *s = &b->d->shape;
    size_t l = 0;

    while (l < s->n_labels && b->known[l] != label)
        l++;
    if (l < s->n_labels)
        return l;
    l = position(s->label, s->n_labels, label);
    if (l != SIZE_MAX)
        b->known[l] = label;
    return l;
}

/* Status of each prediction; the record's is the first that is not ok. */
static void grade(struct bench *b, struct shaped *r, struct judged *count)
{
    const struct shape *s = &b->d->shape;

    for (size_t i = 0; i < r->n; i++) {
        const struct stance_prediction *p = &b->prediction[i];
        size_t t = s->own_target ? position(s->target, s->n_targets, p->target) : i;
        size_t l = label_of(b, p->label);
        b->each[i] = isnan(p->p)                   ? STANCE_STATUS_UNSEEN_TARGET
                     : p->p < b->d->options->min_p ? STANCE_STATUS_ABSTAIN
                                                   : STANCE_STATUS_OK;
        if (r->status == STANCE_STATUS_OK)
            r->status = b->each[i];
        if (t != SIZE_MAX && l != SIZE_MAX)
            count->label_count[t * s->n_labels + l]++;
    }
}

/* What the record and its company say together. */
static size_t take_given(struct bench *b)
{
    const struct shape *s = &b->d->shape;

    for (size_t i = 0; i < s->n_targets; i++)
        b->judge->settle(b->judge->arg, i, b->given + i * s->n_labels, &b->prediction[i]);
    return s->n_targets;
}

static void judge(struct bench *b, struct shaped *r, struct judged *count)
{
    if (b->d->shape.own_target && r->own_target.p == NULL) {
        r->status = STANCE_STATUS_NO_TARGET;
        return;
    }
    r->n = b->given != NULL ? take_given(b)
                            : b->judge->judge(b->judge->arg, b->parsed.role[ROLE_TEXT].text,
                                              r->own_target, b->prediction);
    if (r->n == 0)
        r->status = STANCE_STATUS_NO_TARGET;
    grade(b, r, count);
}

static void remember_bad(struct judged *count, const struct source *source,
                         const struct frame *frame, const struct shaped *r)
{
    const char *why = r->parsed->message;
    bool at = why[0] != '\0' && r->status != STANCE_STATUS_OVERLONG; /* cut, not bad there */

    if (!judge_is_bad(r->status) || count->bad.code != STANCE_OK)
        return;
    if (r->status == STANCE_STATUS_OVERLONG)
        why = "longer than a record may be, or a quote is not closed";
    err_at(&count->bad, STANCE_DATA, source_name(source), frame->line, at ? r->parsed->at + 1 : 0,
           "%s%s%s", stance_status_name(r->status), why[0] != '\0' ? ": " : "", why);
}

/* A row with bytes that are no UTF-8 still has its columns, and passes through. */
static void split_anyway(const struct source *source, const struct frame *frame, struct parsed *p)
{
    size_t at;

    if (source->form == FORM_TSV)
        csv_split_tsv(frame->record, &p->row);
    else if (source->form == FORM_CSV &&
             csv_split(frame->record, source->delimiter, &p->row, &at) < 0)
        p->row.n = 0;
}

static void answer(struct bench *b, const struct source *source, const struct frame *frame,
                   struct judged *count, struct buf *out)
{
    const struct shape *s = &b->d->shape;
    enum parse_status parse = parse_record(&source->schema, frame->record, &b->parsed);
    struct shaped r = {.parsed = &b->parsed,
                       .frame = frame,
                       .schema = &source->schema,
                       .status = judge_status(frame, parse),
                       .prediction = b->prediction,
                       .each = b->each,
                       .scratch = &b->scratch};

    if (s->own_target && b->parsed.role[ROLE_TARGET].has)
        r.own_target = b->parsed.role[ROLE_TARGET].text;
    if (parse == PARSE_UNDECODABLE)
        split_anyway(source, frame, &b->parsed);
    if (source->form == FORM_NDJSON && s->append && count->fatal.code == STANCE_OK &&
        parse != PARSE_UNPARSABLE && parse != PARSE_UNDECODABLE &&
        shape_collides(s, &source->schema, &b->parsed, &b->scratch))
        err_at(&count->fatal, STANCE_USAGE, source_name(source), frame->line, 0,
               "the record already has a member '%s': give --prefix to name the new ones apart",
               buf_str(&b->scratch));
    if (r.status == STANCE_STATUS_OK)
        judge(b, &r, count);
    count->status[r.status]++;
    remember_bad(count, source, frame, &r);
    shape_record(s, &r, out);
}

/* ---- whole threads ---- */

/* What the words of a record say, kept at p; a target that the model does not have has no shares
 * of labels to compare with, and stays what the words say. */
static void read_words(struct bench *b, const struct source *source, const struct frame *frame,
                       uint32_t run, double *p)
{
    const struct shape *s = &b->d->shape;
    struct span thread = {run != RUNS_NONE ? (const char *)&run : NULL, sizeof run}, author = {0};
    enum parse_status parse = parse_record(&source->schema, frame->record, &b->parsed);

    if (judge_status(frame, parse) != STANCE_STATUS_OK)
        return;
    if (b->parsed.role[ROLE_AUTHOR].has)
        author = b->parsed.role[ROLE_AUTHOR].text;
    b->judge->judge(b->judge->arg, b->parsed.role[ROLE_TEXT].text, (struct span){0}, b->prediction);
    for (uint32_t i = 0; i < s->n_targets; i++) {
        memcpy(p + i * s->n_labels, b->prediction[i].probs, s->n_labels * sizeof *p);
        if (!isnan(b->prediction[i].p))
            context_add(&b->context, i, thread, author, p + i * s->n_labels);
    }
}

/* What the words of all records say, and then their company. */
static void read_runs(struct bench *b, const struct source *source, const struct frame *frame,
                      const uint32_t *run, size_t n)
{
    const struct shape *s = &b->d->shape;
    size_t size = s->n_targets * s->n_labels;

    MEM_GROW(b->p, b->p_cap, n * size);
    for (size_t i = 0; i < n; i++)
        read_words(b, source, &frame[i], run[i], b->p + i * size);
    context_apply(&b->context, &b->d->threads.rule, b->d->threads.prior, (uint32_t)s->n_labels);
    context_reset(&b->context);
}

void bench_records(struct bench *b, const struct source *source, const struct frame *frame,
                   const uint32_t *run, size_t n, struct judged *count, struct buf *out)
{
    size_t size = b->d->shape.n_targets * b->d->shape.n_labels;

    if (run != NULL)
        read_runs(b, source, frame, run, n);
    for (size_t i = 0; i < n; i++) {
        b->given = run != NULL ? b->p + i * size : NULL;
        answer(b, source, &frame[i], count, out);
    }
}
