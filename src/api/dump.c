/* SPDX-License-Identifier: MIT */
/* dump: files of comments through a model, and a page to records, for callers outside. */
#include "api/judges.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "classify/dump.h"
#include "corpus/pagefile.h"
#include "corpus/utf8.h"

struct run {
    struct dump dump;
    struct judges judges;
    struct span *target;
    uint64_t *may;
    double *prior; /* [target][label], for whole threads */
    struct stance_tally tally;
};

/* The targets asked for, as names and as rows of which labels each can get. */
static void name_targets(struct run *r, const struct stance_model *model,
                         const struct stance_dump_options *o)
{
    const struct model *m = model->model;
    bool asked = o->target != NULL && o->input.fields.target == NULL;
    size_t n = asked ? o->n_targets : m->n_targets;

    r->target = mem_array(n, sizeof *r->target);
    r->may = mem_array(n * m->n_labels, sizeof *r->may);
    r->prior = mem_array(n * m->n_labels, sizeof *r->prior);
    for (size_t i = 0; i < n; i++) {
        uint32_t t = asked ? model_find_target(m, span_of(o->target[i])) : (uint32_t)i;
        r->target[i] = asked ? span_of(o->target[i]) : m->target[i];
        for (uint32_t l = 0; l < m->n_labels; l++) {
            size_t at = (size_t)t * m->n_labels + l;
            r->may[i * m->n_labels + l] = t != UINT32_MAX ? m->may[at] : 1;
            r->prior[i * m->n_labels + l] = t != UINT32_MAX ? m->prior[at] : 1;
        }
    }
    r->dump.threads = (struct dump_threads){m->context, r->prior};
    r->dump.shape = (struct shape){.longform = o->longform,
                                   .flat = o->flat,
                                   .probs = o->probs,
                                   .own_target = o->input.fields.target != NULL,
                                   .prefix = span_of(o->prefix != NULL ? o->prefix : ""),
                                   .target = r->target,
                                   .label = m->label,
                                   .may = r->may,
                                   .n_targets = n,
                                   .n_labels = m->n_labels};
}

static void tally_init(struct stance_tally *t, const struct run *r,
                       const struct stance_model *model)
{
    const struct shape *s = &r->dump.shape;

    *t = (struct stance_tally){.n_targets = s->n_targets, .n_labels = s->n_labels};
    t->target = mem_array(s->n_targets, sizeof *t->target);
    t->label = mem_array(s->n_labels, sizeof *t->label);
    t->label_count = mem_zalloc(s->n_targets * s->n_labels, sizeof *t->label_count);
    for (size_t i = 0; i < s->n_targets; i++) {
        uint32_t k = model_find_target(model->model, s->target[i]);
        /* asked for by the caller, whose string it then is */
        t->target[i] = k != UINT32_MAX ? model->target[k] : s->target[i].p;
    }
    for (size_t l = 0; l < s->n_labels; l++)
        t->label[l] = model->label[l];
}

void stance_tally_release(struct stance_tally *t)
{
    if (t == NULL)
        return;
    free(t->target);
    free(t->label);
    free(t->label_count);
    *t = (struct stance_tally){0};
}

/* What goes out as it was given must not spoil the output: no bytes that are not UTF-8, and no
 * key twice in one object. */
static int check_options(const struct stance_dump_options *o, struct stance_err *err)
{
    struct intern names = {0};
    int status = 0;

    if (o->whole_threads && o->input.fields.target != NULL)
        return err_set(err, STANCE_USAGE,
                       "whole threads and records that name their targets exclude each other");
    if (o->prefix != NULL && utf8_valid(span_of(o->prefix)) != strlen(o->prefix))
        return err_set(err, STANCE_USAGE, "the prefix '%s' is not UTF-8", o->prefix);
    for (size_t i = 0; o->target != NULL && i < o->n_targets && status == 0; i++) {
        struct span id = span_of(o->target[i]);
        if (utf8_valid(id) != id.len)
            status = err_set(err, STANCE_USAGE, "the target '%s' is not UTF-8", o->target[i]);
        else if (intern_string(&names, id) != i)
            status = err_set(err, STANCE_USAGE, "target '%s' is asked for twice", o->target[i]);
    }
    intern_release(&names);
    return status;
}

static int run_init(struct run *r, const struct stance_model *model,
                    const struct stance_dump_options *o, struct stance_err *err)
{
    struct judges_wanted wanted = {.target = o->target,
                                   .n_targets = o->n_targets,
                                   .own_target = o->input.fields.target != NULL,
                                   .allow_unseen = o->allow_unseen};
    int status = check_options(o, err);

    r->dump.n_jobs = jobs_count(o->n_jobs);
    r->dump.options = o;
    if (status == 0)
        status = judges_make(&r->judges, model, &wanted, r->dump.n_jobs, err);
    r->dump.judge = r->judges.judge;
    if (o->whole_threads)
        runs_init(&r->dump.runs);
    name_targets(r, model, o);
    tally_init(&r->tally, r, model);
    r->dump.tally = &r->tally;
    return status;
}

static void run_release(struct run *r)
{
    judges_release(&r->judges);
    free(r->target);
    free(r->may);
    free(r->prior);
    dump_release(&r->dump);
}

static void hint_encoding(const struct run *r, const struct stance_talk *talk)
{
    uint64_t n = r->tally.status[STANCE_STATUS_UNDECODABLE];

    if (n != 0)
        api_note(talk,
                 "records that are not UTF-8: %llu; if the file is in another encoding, name it "
                 "with --encoding (windows-1252, iso-8859-15)",
                 (unsigned long long)n);
}

/* That what was asked for is not what was done. */
static void tell_threads(const struct run *r, const struct stance_talk *talk)
{
    const struct context_rule *rule = &r->dump.threads.rule;

    if (!r->dump.options->whole_threads)
        return;
    if (rule->thread == 0 && rule->author == 0)
        api_note(talk,
                 "whole threads change nothing: in the model's training they were of no help, "
                 "or there were none");
    else if (r->dump.runs.n_back != 0)
        api_note(talk,
                 "pieces of threads that were judged by themselves, because a thread came back "
                 "after others or is longer than 16 MiB or 131072 records: %llu; sort the records "
                 "by thread",
                 (unsigned long long)r->dump.runs.n_back);
}

/* Under `strict` the run goes to its end, and then says no. */
static int strict_verdict(const struct run *r, struct stance_err *err)
{
    uint64_t n = 0;

    for (int s = STANCE_STATUS_NO_TEXT; s < STANCE_N_STATUS; s++)
        n += r->tally.status[s];
    if (n == 0)
        return 0;
    *err = r->dump.first_bad;
    if (n > 1) {
        char more[64];
        size_t len = strlen(err->message);
        snprintf(more, sizeof more, " (the first of %llu such records)", (unsigned long long)n);
        if (len + strlen(more) < sizeof err->message)
            memcpy(err->message + len, more, strlen(more) + 1);
    }
    return -1;
}

int stance_classify_files(const struct stance_model *model,
                          const struct stance_dump_options *options, const char *const *path,
                          size_t n_paths, struct stance_sink *sink, struct stance_tally *tally,
                          const struct stance_talk *talk, struct stance_err *err)
{
    static const char *const standard_input[] = {"-"};
    struct run r = {.dump = {.sink = sink, .talk = talk}};
    int status = run_init(&r, model, options, err);

    if (path == NULL || n_paths == 0) {
        path = standard_input;
        n_paths = 1;
    }
    for (size_t i = 0; i < n_paths && status == 0; i++)
        status = dump_run(&r.dump, path[i] != NULL ? path[i] : "-", err);
    hint_encoding(&r, talk);
    tell_threads(&r, talk);
    if (status == 0 && options->strict)
        status = strict_verdict(&r, err);
    run_release(&r);
    if (tally != NULL)
        *tally = r.tally;
    else
        stance_tally_release(&r.tally);
    return status;
}

int stance_import_page(const char *path, enum stance_encoding encoding, struct stance_sink *sink,
                       const struct stance_talk *talk, struct stance_err *err)
{
    struct infile *in = infile_open(path, source_encoding(encoding), err);
    struct buf text = {0}, records = {0};
    int status;

    if (in == NULL)
        return -1;
    status = pagefile_read(in, &text, err);
    if (status == 0)
        status = pagefile_records(buf_span(&text), infile_name(in), &records, talk, err);
    if (status == 0)
        status = sink->write(sink->arg, records.p, records.len, err);
    infile_close(in);
    buf_release(&text);
    buf_release(&records);
    return status;
}
