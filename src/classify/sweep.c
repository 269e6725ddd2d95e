/* SPDX-License-Identifier: MIT */
/*
 * sweep: batches of chunks. While the chunks of one batch are worked on, the next is read, as one
 * task more; the caller's thread takes the digests in between. A chunk is judged by one thread,
 * with whichever judge is free: what a judge says depends on the text alone.
 */
#include "classify/sweep.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/jobs.h"
#include "base/mem.h"
#include "classify/judge.h"

enum { CHUNK_RECORDS = 128, CHUNKS_PER_JOB = 16, BATCH_BYTES = 8 << 20 };

struct chunk {
    size_t first, n; /* frames of the batch */
    struct buf out;
    size_t *end; /* of each digest in out */
    enum stance_status *status;
};

struct batch {
    struct buf bytes;
    struct frame *frame;
    size_t n, cap;
    int got; /* 1, 0: the input ends with it, -1: reading failed after it */
    struct stance_err err;
};

struct pass {
    struct sweep *s;
    struct source *source;
    struct batch batch[2];
    struct batch *now, *next; /* worked on, read */
    uint64_t before;          /* records of earlier batches */
    struct chunk *chunk;
    size_t n_chunks;
    pthread_mutex_t lock;
    bool *busy; /* per judge */
};

static unsigned borrow_judge(struct pass *p)
{
    unsigned i = 0;

    pthread_mutex_lock(&p->lock);
    while (p->busy[i])
        i++;
    p->busy[i] = true;
    pthread_mutex_unlock(&p->lock);
    return i;
}

static void return_judge(struct pass *p, unsigned i)
{
    pthread_mutex_lock(&p->lock);
    p->busy[i] = false;
    pthread_mutex_unlock(&p->lock);
}

static void judge_record(const struct sweep *s, const struct dump_judge *judge,
                         struct sweep_record *r, struct stance_prediction *prediction)
{
    const struct parsed_field *own = &r->parsed->role[ROLE_TARGET];

    r->n = 0;
    r->prediction = prediction;
    if (r->status == STANCE_STATUS_OK && s->own_target && !own->has)
        r->status = STANCE_STATUS_NO_TARGET;
    if (r->status != STANCE_STATUS_OK || judge == NULL)
        return;
    r->n = judge->judge(judge->arg, r->parsed->role[ROLE_TEXT].text,
                        s->own_target ? own->text : (struct span){0}, prediction);
    if (r->n == 0)
        r->status = STANCE_STATUS_NO_TARGET;
}

/* What the record came to, appended to the chunk's. */
static enum stance_status work_record(struct pass *p, const struct frame *frame, uint64_t number,
                                      const struct dump_judge *judge, struct parsed *parsed,
                                      struct stance_prediction *prediction, struct buf *out)
{
    static const struct parsed nothing;
    struct sweep_record r = {.schema = &p->source->schema, .parsed = &nothing, .number = number};
    enum parse_status parse = PARSE_BLANK;

    if (frame->status == FRAME_OK) {
        if (p->s->skip != NULL && p->s->skip(p->s->arg, r.schema, frame->record))
            return STANCE_N_STATUS;
        parse = parse_record(r.schema, frame->record, parsed);
        r.parsed = parsed;
    }
    r.status = judge_status(frame, parse);
    judge_record(p->s, judge, &r, prediction);
    p->s->digest(p->s->arg, &r, out);
    return r.status;
}

static void work_chunk(struct pass *p, size_t i)
{
    struct chunk *c = &p->chunk[i];
    struct parsed parsed = {0};
    struct stance_prediction *prediction = mem_array(p->s->n_targets, sizeof *prediction);
    unsigned j = borrow_judge(p);

    buf_reset(&c->out);
    for (size_t k = 0; k < c->n; k++) {
        c->status[k] =
            work_record(p, &p->now->frame[c->first + k], p->before + c->first + k + 1,
                        p->s->judge != NULL ? &p->s->judge[j] : NULL, &parsed, prediction, &c->out);
        c->end[k] = c->out.len;
    }
    return_judge(p, j);
    free(prediction);
    parsed_release(&parsed);
}

static void read_batch(struct pass *p, struct batch *b)
{
    struct frame frame;

    buf_reset(&b->bytes);
    b->n = 0;
    b->got = 1;
    while (b->n < p->n_chunks * CHUNK_RECORDS && b->bytes.len < BATCH_BYTES &&
           (b->got = source_next(p->source, &frame, &b->err)) > 0) {
        MEM_GROW(b->frame, b->cap, b->n + 1);
        b->frame[b->n++] = frame;
        buf_add_span(&b->bytes, frame.record);
    }
    for (size_t i = 0, at = 0; i < b->n; at += b->frame[i++].record.len)
        b->frame[i].record.p = b->bytes.p + at;
}

/* The first task is to read on, which takes longest. */
static void work(size_t i, void *arg)
{
    struct pass *p = arg;

    if (i > 0)
        work_chunk(p, i - 1);
    else if (p->now->got > 0)
        read_batch(p, p->next);
}

static int take_chunk(struct pass *p, const struct chunk *c, struct stance_err *err)
{
    size_t from = 0;

    for (size_t k = 0; k < c->n; k++) {
        p->s->records++;
        if (c->status[k] != STANCE_N_STATUS)
            p->s->status[c->status[k]]++;
        if (c->end[k] > from &&
            p->s->take(p->s->arg, (struct span){c->out.p + from, c->end[k] - from}, err) < 0)
            return -1;
        from = c->end[k];
    }
    return 0;
}

static int work_batch(struct pass *p, struct stance_err *err)
{
    size_t n = p->now->n, used = (n + CHUNK_RECORDS - 1) / CHUNK_RECORDS;

    for (size_t i = 0; i < used; i++) {
        struct chunk *c = &p->chunk[i];
        c->first = i * CHUNK_RECORDS;
        c->n = n - c->first < CHUNK_RECORDS ? n - c->first : CHUNK_RECORDS;
    }
    jobs_run(p->s->n_jobs, used + 1, work, p);
    for (size_t i = 0; i < used; i++)
        if (take_chunk(p, &p->chunk[i], err) < 0)
            return -1;
    p->before += n;
    return 0;
}

static void pass_make(struct pass *p, struct sweep *s, struct source *source)
{
    *p = (struct pass){.s = s, .source = source, .before = s->records};
    p->now = &p->batch[0];
    p->next = &p->batch[1];
    p->n_chunks = (size_t)s->n_jobs * CHUNKS_PER_JOB;
    p->chunk = mem_zalloc(p->n_chunks, sizeof *p->chunk);
    for (size_t i = 0; i < p->n_chunks; i++) {
        p->chunk[i].end = mem_array(CHUNK_RECORDS, sizeof(size_t));
        p->chunk[i].status = mem_array(CHUNK_RECORDS, sizeof(enum stance_status));
    }
    /* jobs_run takes no more threads than it is told, the caller's among them */
    p->busy = mem_zalloc(s->n_jobs, sizeof *p->busy);
    pthread_mutex_init(&p->lock, NULL);
}

static void pass_release(struct pass *p)
{
    for (size_t i = 0; i < p->n_chunks; i++) {
        buf_release(&p->chunk[i].out);
        free(p->chunk[i].end);
        free(p->chunk[i].status);
    }
    for (size_t i = 0; i < 2; i++) {
        free(p->batch[i].frame);
        buf_release(&p->batch[i].bytes);
    }
    free(p->chunk);
    free(p->busy);
    pthread_mutex_destroy(&p->lock);
}

static void tell(const struct pass *p)
{
    const struct stance_talk *talk = p->s->talk;
    struct infile_info info = infile_info(p->source->in);

    if (talk != NULL && talk->progress != NULL)
        talk->progress(talk->arg, "bytes", info.n_stored, info.size);
}

/* To the end of the input, or of what could be read of it. */
static int work_all(struct pass *p, struct stance_err *err)
{
    int got = 1;

    read_batch(p, p->now);
    while (got > 0) {
        struct batch *done = p->now;
        if (work_batch(p, err) < 0)
            return -1;
        got = done->got;
        if (got < 0)
            *err = done->err;
        p->now = p->next;
        p->next = done;
        tell(p);
    }
    return got;
}

int sweep_run(struct sweep *s, const char *path, struct stance_err *err)
{
    struct source source;
    struct pass p;
    int status = 0;

    if (source_open(&source, path, s->input, s->talk, err) < 0)
        return -1;
    pass_make(&p, s, &source);
    if (!source.empty)
        status = work_all(&p, err);
    pass_release(&p);
    source_close(&source);
    return status;
}
