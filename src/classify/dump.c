/* SPDX-License-Identifier: MIT */
/*
 * dump: a ring of batches. A batch is empty, filled by the reader, done by a worker, and
 * empty again once written; batches are filled and written in order, judged in any.
 * The first thing that goes wrong is remembered at its place in that order, so that what
 * was written before it does not depend on timing.
 */
#include "classify/dump.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/judge.h"

enum {
    BATCH_RECORDS = 4096,
    BATCH_BYTES = 256 << 10,
    BATCH_LEAST = 64 << 10,
    BATCH_MOST = 512 << 10,
    BATCH_AHEAD = 4 << 10, /* bytes read beyond a batch, to be copied, that are little */
    RUN_BYTES = 16 << 20,  /* a run that is longer is cut: memory stays fixed */
    RUN_RECORDS = 1 << 17,
    BATCHES_PER_JOB = 3
};

enum batch_state { BATCH_EMPTY, BATCH_FILLED, BATCH_TAKEN, BATCH_DONE, N_BATCH_STATES };

struct batch {
    enum batch_state state;
    struct buf bytes;    /* the framer's memory, with the records in it */
    size_t n_bytes;      /* where the last record ends in it */
    struct frame *frame; /* records are told by `at` until the batch is full */
    uint32_t *run;       /* per record, where whole threads are judged: RUNS_NONE, or which */
    uint32_t n_runs;
    size_t n, frame_cap, run_cap;
    struct buf out;
    struct judged count;
    struct stance_err err; /* reading failed after these records */
    uint64_t n_stored;     /* bytes of the file taken when it was filled */
    bool last;
};

struct ring {
    struct dump *d;
    struct source *source;
    struct batch *batch;
    size_t n;
    size_t taken; /* batches that workers have begun */
    bool stop;
    struct frame next; /* whole threads: a record read that begins the next batch */
    enum runs_step next_step;
    bool has_next;
    pthread_mutex_t lock;
    pthread_cond_t reached[N_BATCH_STATES]; /* by state: some batch has come to it */
};

struct worker {
    struct ring *ring;
    const struct dump_judge *judge;
};

/* ---- reading ---- */

static void batch_reset(struct batch *b, const struct shape *s)
{
    uint64_t *label_count = b->count.label_count;

    buf_reset(&b->out);
    b->n = 0;
    b->n_bytes = 0;
    b->n_runs = 0;
    b->count = (struct judged){.label_count = label_count};
    memset(label_count, 0, s->n_targets * s->n_labels * sizeof *label_count);
    b->err = (struct stance_err){0};
    b->last = false;
}

static void keep_frame(struct batch *b, const struct frame *frame, size_t end)
{
    MEM_GROW(b->frame, b->frame_cap, b->n + 1);
    b->frame[b->n++] = *frame;
    b->n_bytes = end;
}

/* The framer's memory becomes the batch's, so that no record is copied; the frames can now point
 * into it. */
static void take_bytes(struct ring *ring, struct batch *b)
{
    framer_take(ring->source->framer, b->n_bytes, &b->bytes);
    for (size_t i = 0; i < b->n; i++)
        b->frame[i].record.p = b->bytes.p + b->frame[i].at;
}

static bool is_full(const struct batch *b)
{
    return b->n >= BATCH_RECORDS || b->n_bytes >= BATCH_BYTES;
}

/* Where little has been read beyond, too: what is beyond must be copied. */
static int fill_records(struct ring *ring, struct batch *b)
{
    const struct framer *framer = ring->source->framer;
    struct frame frame;
    int got = 1;

    while (b->n < BATCH_RECORDS && b->n_bytes < BATCH_MOST &&
           !(b->n_bytes >= BATCH_LEAST && framer_ahead(framer) < BATCH_AHEAD) &&
           (got = source_next(ring->source, &frame, &b->err)) > 0)
        keep_frame(b, &frame, framer_at(framer));
    return got;
}

/* ---- whole threads ---- */

static bool is_outgrown(const struct batch *b)
{
    return b->n_bytes >= RUN_BYTES || b->n >= RUN_RECORDS;
}

/* Whether the next record belongs to another batch: before a run, where no run is open, or where
 * one grows too long. */
static bool ends_batch(const struct batch *b, enum runs_step step)
{
    return is_full(b) &&
           (step == RUNS_NEW || (step == RUNS_OUTSIDE && b->n_runs == 0) || is_outgrown(b));
}

/* A run whose beginning is in the batch before is another one here. */
static void keep_in_run(struct ring *ring, struct batch *b, const struct frame *frame,
                        enum runs_step step)
{
    if (step == RUNS_SAME && b->n_runs == 0) {
        runs_cut(&ring->d->runs);
        step = RUNS_NEW;
    }
    MEM_GROW(b->run, b->run_cap, b->n + 1);
    b->n_runs += step == RUNS_NEW;
    b->run[b->n] = step == RUNS_OUTSIDE ? RUNS_NONE : b->n_runs - 1;
    keep_frame(b, frame, framer_at(ring->source->framer));
}

/* It will be the first in the framer's memory, once this batch has taken what is before it. */
static void keep_for_next(struct ring *ring, const struct frame *frame, enum runs_step step)
{
    ring->next = *frame;
    ring->next.at = 0;
    ring->next_step = step;
    ring->has_next = true;
}

static int fill_runs(struct ring *ring, struct batch *b)
{
    struct frame frame;
    int got;

    if (ring->has_next)
        keep_in_run(ring, b, &ring->next, ring->next_step);
    ring->has_next = false;
    while ((got = source_next(ring->source, &frame, &b->err)) > 0) {
        enum runs_step step = runs_next(&ring->d->runs, &ring->source->schema, frame.record);
        if (ends_batch(b, step)) {
            keep_for_next(ring, &frame, step);
            break;
        }
        keep_in_run(ring, b, &frame, step);
    }
    return got;
}

static void fill(struct ring *ring, struct batch *b)
{
    batch_reset(b, &ring->d->shape);
    b->last = (ring->d->options->whole_threads ? fill_runs(ring, b) : fill_records(ring, b)) <= 0;
    take_bytes(ring, b);
    b->n_stored = infile_info(ring->source->in).n_stored;
}

static bool wait_for(struct ring *ring, const struct batch *b, enum batch_state state)
{
    while (b->state != state && !ring->stop)
        pthread_cond_wait(&ring->reached[state], &ring->lock);
    return !ring->stop;
}

/* Each state is waited for by one kind of thread: of readers and writers there is one, and one
 * batch filled is work for one worker, so that waking one is enough. */
static void set_state(struct ring *ring, struct batch *b, enum batch_state state)
{
    b->state = state;
    pthread_cond_signal(&ring->reached[state]);
}

static void *read_batches(void *arg)
{
    struct ring *ring = arg;
    bool last = false;

    for (size_t i = 0; !last; i = (i + 1) % ring->n) {
        struct batch *b = &ring->batch[i];
        pthread_mutex_lock(&ring->lock);
        if (!wait_for(ring, b, BATCH_EMPTY)) {
            pthread_mutex_unlock(&ring->lock);
            break;
        }
        pthread_mutex_unlock(&ring->lock);
        fill(ring, b);
        last = b->last;
        pthread_mutex_lock(&ring->lock);
        set_state(ring, b, BATCH_FILLED);
        pthread_mutex_unlock(&ring->lock);
    }
    return NULL;
}

/* ---- judging ---- */

static struct batch *take_batch(struct ring *ring)
{
    struct batch *b = NULL;

    pthread_mutex_lock(&ring->lock);
    while (!ring->stop && b == NULL) {
        struct batch *next = &ring->batch[ring->taken % ring->n];
        if (next->state == BATCH_FILLED) {
            b = next;
            b->state = BATCH_TAKEN;
            ring->taken++;
        } else {
            pthread_cond_wait(&ring->reached[BATCH_FILLED], &ring->lock);
        }
    }
    pthread_mutex_unlock(&ring->lock);
    return b;
}

static void *judge_batches(void *arg)
{
    struct worker *w = arg;
    struct ring *ring = w->ring;
    struct bench *bench = bench_new(ring->d, w->judge);
    struct batch *b;

    while ((b = take_batch(ring)) != NULL) {
        bench_records(bench, ring->source, b->frame,
                      ring->d->options->whole_threads ? b->run : NULL, b->n, &b->count, &b->out);
        pthread_mutex_lock(&ring->lock);
        set_state(ring, b, BATCH_DONE);
        pthread_mutex_unlock(&ring->lock);
    }
    bench_free(bench);
    return NULL;
}

/* ---- writing ---- */

static void add_counts(struct dump *d, const struct batch *b)
{
    struct stance_tally *t = d->tally;

    t->records += b->n;
    for (int s = 0; s < STANCE_N_STATUS; s++)
        t->status[s] += b->count.status[s];
    for (size_t i = 0; i < t->n_targets * t->n_labels; i++)
        t->label_count[i] += b->count.label_count[i];
    if (d->first_bad.code == STANCE_OK)
        d->first_bad = b->count.bad;
}

static int write_batch(struct ring *ring, struct batch *b, struct stance_err *err)
{
    struct dump *d = ring->d;

    if (b->count.fatal.code != STANCE_OK) {
        *err = b->count.fatal;
        return -1;
    }
    if (b->out.len > 0 && d->sink->write(d->sink->arg, b->out.p, b->out.len, err) < 0)
        return -1;
    add_counts(d, b);
    if (b->err.code != STANCE_OK) {
        *err = b->err;
        return -1;
    }
    if (d->talk != NULL && d->talk->progress != NULL)
        d->talk->progress(d->talk->arg, "bytes", b->n_stored, infile_info(ring->source->in).size);
    return 0;
}

static int write_batches(struct ring *ring, struct stance_err *err)
{
    bool last = false;
    int status = 0;

    for (size_t i = 0; !last && status == 0; i = (i + 1) % ring->n) {
        struct batch *b = &ring->batch[i];
        pthread_mutex_lock(&ring->lock);
        wait_for(ring, b, BATCH_DONE);
        pthread_mutex_unlock(&ring->lock);
        last = b->last;
        status = write_batch(ring, b, err);
        pthread_mutex_lock(&ring->lock);
        set_state(ring, b, BATCH_EMPTY);
        pthread_mutex_unlock(&ring->lock);
    }
    return status;
}

/* ---- one input ---- */

static void ring_make(struct ring *ring, struct dump *d, struct source *source)
{
    *ring = (struct ring){.d = d, .source = source, .n = (size_t)d->n_jobs * BATCHES_PER_JOB};
    ring->batch = mem_zalloc(ring->n, sizeof *ring->batch);
    for (size_t i = 0; i < ring->n; i++)
        ring->batch[i].count.label_count =
            mem_zalloc(d->shape.n_targets * d->shape.n_labels, sizeof(uint64_t));
    pthread_mutex_init(&ring->lock, NULL);
    for (int i = 0; i < N_BATCH_STATES; i++)
        pthread_cond_init(&ring->reached[i], NULL);
}

static void ring_release(struct ring *ring)
{
    for (size_t i = 0; i < ring->n; i++) {
        struct batch *b = &ring->batch[i];
        buf_release(&b->bytes);
        buf_release(&b->out);
        free(b->frame);
        free(b->run);
        free(b->count.label_count);
    }
    free(ring->batch);
    pthread_mutex_destroy(&ring->lock);
    for (int i = 0; i < N_BATCH_STATES; i++)
        pthread_cond_destroy(&ring->reached[i]);
}

static void stop(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    ring->stop = true;
    for (int i = 0; i < N_BATCH_STATES; i++)
        pthread_cond_broadcast(&ring->reached[i]);
    pthread_mutex_unlock(&ring->lock);
}

/* As many workers as can be had; one is enough. */
static unsigned start_workers(struct ring *ring, pthread_t *thread, struct worker *worker)
{
    unsigned n = 0;

    for (; n < ring->d->n_jobs; n++) {
        worker[n] = (struct worker){ring, &ring->d->judge[n]};
        if (pthread_create(&thread[n], NULL, judge_batches, &worker[n]) != 0)
            break;
    }
    return n;
}

static int run_threads(struct dump *d, struct source *source, struct stance_err *err)
{
    struct ring ring;
    pthread_t reader, *thread = mem_array(d->n_jobs, sizeof *thread);
    struct worker *worker = mem_array(d->n_jobs, sizeof *worker);
    unsigned n;
    bool reading;
    int status;

    ring_make(&ring, d, source);
    framer_keep(source->framer);
    n = start_workers(&ring, thread, worker);
    reading = n > 0 && pthread_create(&reader, NULL, read_batches, &ring) == 0;
    status =
        reading ? write_batches(&ring, err) : err_set(err, STANCE_SYSTEM, "cannot start a thread");
    stop(&ring);
    for (unsigned i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    if (reading)
        pthread_join(reader, NULL);
    ring_release(&ring);
    free(thread);
    free(worker);
    return status;
}

static enum form output_form(const struct dump *d, enum form input)
{
    switch (d->options->output) {
    case STANCE_FORM_NDJSON:
        return FORM_NDJSON;
    case STANCE_FORM_CSV:
        return FORM_CSV;
    case STANCE_FORM_TSV:
        return FORM_TSV;
    case STANCE_FORM_AS_INPUT:
        break;
    }
    return input;
}

/* The first input settles the form; the others must fit it. */
static int start(struct dump *d, const struct source *s, struct stance_err *err)
{
    struct buf name = {0};
    bool as_input = d->options->output == STANCE_FORM_AS_INPUT;
    int status = 0;

    if (d->options->whole_threads && s->schema.role[ROLE_THREAD].kind == FIELD_NONE)
        return err_at(err, STANCE_DATA, source_name(s), 0, 0,
                      "no field tells the thread of a comment, so whole threads cannot be judged: "
                      "name it with --thread-field");
    if (d->started) {
        if (as_input && (s->form != d->shape.form ||
                         (s->form != FORM_NDJSON && s->delimiter != d->shape.delimiter)))
            return err_at(err, STANCE_USAGE, source_name(s), 0, 0,
                          "inputs of different forms in one run need --output");
        if (d->shape.append && !span_eq(buf_span(&d->header), buf_span(&s->header)))
            return err_at(err, STANCE_USAGE, source_name(s), 1, 0,
                          "other columns than the first input: classify it by itself, or give "
                          "--output");
        return 0;
    }
    d->started = true;
    d->shape.form = output_form(d, s->form);
    d->shape.append = as_input && !d->options->longform;
    d->shape.delimiter = as_input && s->form == FORM_CSV ? s->delimiter
                         : d->shape.form == FORM_TSV     ? '\t'
                                                         : ',';
    buf_add_span(&d->header, buf_span(&s->header));
    if (shape_repeats(&d->shape, &name)) {
        status =
            err_set(err, STANCE_USAGE,
                    "two columns would be called '%s': take the targets one by one (--target), "
                    "or --long",
                    buf_str(&name));
    } else if (s->form != FORM_NDJSON && shape_collides(&d->shape, &s->schema, NULL, &name)) {
        status = err_at(err, STANCE_USAGE, source_name(s), 1, 0,
                        "there already is a column '%s': give --prefix to name the new ones apart",
                        buf_str(&name));
    } else {
        buf_reset(&name);
        shape_header(&d->shape, s, &name);
        if (name.len > 0)
            status = d->sink->write(d->sink->arg, name.p, name.len, err);
    }
    buf_release(&name);
    return status;
}

int dump_run(struct dump *d, const char *path, struct stance_err *err)
{
    struct source s;
    int status = source_open(&s, path, &d->options->input, d->talk, err);

    if (status < 0)
        return -1;
    if (!s.empty) {
        if (d->options->whole_threads)
            runs_restart(&d->runs);
        status = start(d, &s, err);
        if (status == 0)
            status = run_threads(d, &s, err);
    }
    source_close(&s);
    return status;
}

void dump_release(struct dump *d)
{
    buf_release(&d->header);
    runs_release(&d->runs);
}
