/* SPDX-License-Identifier: MIT */
/* label: labelling, for callers outside. */
#include <math.h>
#include <stdlib.h>

#include "api/types.h"
#include "audit/behind.h"
#include "base/err.h"
#include "base/mem.h"
#include "label/merge.h"
#include "label/table.h"
#include "label/view.h"

struct stance_labelling {
    struct session session;
    struct view view;
    /* with a model: a classifier for the targets that it has */
    struct stance_classifier *classifier;
    struct stance_prediction *prediction;
    uint32_t *target; /* [prediction] in the audit */
    size_t n_predictions;
    const struct audit_row *judged; /* whose prediction stands above */
};

/* ---- suggestions ---- */

static void suggest(void *arg, const struct audit_row *row, uint32_t *label, double *p)
{
    struct stance_labelling *l = arg;
    const struct audit *a = &l->session.file.audit;

    for (size_t t = 0; t < a->n_targets; t++) {
        label[t] = AUDIT_NONE;
        p[t] = NAN;
    }
    if (l->judged != row)
        stance_classify(l->classifier, row->comment.text.p, row->comment.text.len, l->prediction);
    l->judged = row;
    for (size_t i = 0; i < l->n_predictions; i++) {
        uint32_t t = l->target[i];
        label[t] = audit_find_label(&a->target[t], span_of(l->prediction[i].label));
        p[t] = l->prediction[i].p;
    }
}

static int find_suggestions(struct stance_labelling *l, const struct stance_model *model,
                            const struct stance_talk *talk, struct stance_err *err)
{
    const struct audit *a = &l->session.file.audit;
    const char **name = mem_array(a->n_targets, sizeof *name);
    size_t n = 0;

    l->target = mem_array(a->n_targets, sizeof *l->target);
    l->prediction = mem_zalloc(a->n_targets, sizeof *l->prediction);
    for (uint32_t t = 0; t < a->n_targets; t++)
        for (size_t i = 0; i < stance_model_n_targets(model); i++)
            if (span_eq(span_of(stance_model_target(model, i)), a->target[t].id)) {
                name[n] = stance_model_target(model, i);
                l->target[n++] = t;
            }
    if (n == 0) {
        free(name);
        api_note(talk, "the model has none of the audit's targets: it suggests nothing");
        return 0;
    }
    l->n_predictions = n;
    l->classifier = stance_classifier_new(model, name, n, false, err);
    free(name);
    if (l->classifier == NULL)
        return -1;
    l->session.suggest = suggest;
    l->session.suggest_arg = l;
    return 0;
}

/* ---- opening and closing ---- */

static void free_labelling(struct stance_labelling *l)
{
    stance_classifier_free(l->classifier);
    free(l->prediction);
    free(l->target);
    view_release(&l->view);
    session_release(&l->session);
    free(l);
}

static void tell_journal(const struct labelfile *f, const struct stance_talk *talk)
{
    if (f->torn != 0)
        api_note(talk,
                 "the last line of the journal was torn, %llu bytes: that change was never "
                 "saved, and is dropped",
                 (unsigned long long)f->torn);
    if (f->replayed != 0)
        api_note(talk, "changes found in the journal, now in the audit: %llu",
                 (unsigned long long)f->replayed);
}

struct stance_labelling *stance_labelling_open(const char *path,
                                               const struct stance_labelling_options *options,
                                               const struct stance_talk *talk,
                                               struct stance_err *err)
{
    struct stance_labelling *l = mem_zalloc(1, sizeof *l);
    const char *name = options->annotator != NULL ? options->annotator : "";
    struct session_settings set = {span_of(name), options->adjudicate, options->twice};

    if (session_open(&l->session, path, &set, err) == 0) {
        tell_journal(&l->session.file, talk);
        view_init(&l->view, &l->session.file.audit, options->names);
        if (options->model == NULL || find_suggestions(l, options->model, talk, err) == 0)
            return l;
    }
    free_labelling(l);
    return NULL;
}

int stance_labelling_close(struct stance_labelling *l, struct stance_err *err)
{
    int status;

    if (l == NULL)
        return 0;
    status = labelfile_fold(&l->session.file, err);
    free_labelling(l);
    return status;
}

/* ---- looking ---- */

const struct stance_labelled_target *stance_labelling_targets(const struct stance_labelling *l,
                                                              size_t *n)
{
    *n = l->view.n;
    return l->view.target;
}

const struct stance_labelled_row *stance_labelling_row(struct stance_labelling *l)
{
    return view_row(&l->view, &l->session);
}

struct stance_labelling_counts stance_labelling_counts(const struct stance_labelling *l)
{
    const struct session *s = &l->session;
    struct stance_labelling_counts c = {.rows = s->n, .at = s->at, .undoable = s->file.n_past};

    for (size_t i = 0; i < s->n; i++) {
        enum session_state state = session_state(s, i);
        c.done += state == SESSION_DONE;
        c.partial += state == SESSION_PARTIAL;
        c.skipped += state == SESSION_SKIPPED;
    }
    return c;
}

size_t stance_labelling_find(const struct stance_labelling *l, const char *id)
{
    return session_find(&l->session, span_of(id));
}

size_t stance_labelling_next_open(const struct stance_labelling *l)
{
    return session_next_open(&l->session);
}

bool stance_labelling_go(struct stance_labelling *l, size_t at)
{
    if (at >= l->session.n)
        return false;
    l->session.at = at;
    return true;
}

bool stance_code_fits(const struct stance_labelled_target *t, size_t code, size_t label)
{
    if (label >= t->n_labels || code >= t->n_codes)
        return false;
    if (t->code[code].label != STANCE_NOTHING)
        return t->code[code].label == label;
    return strcmp(t->label[label].name, "none") != 0;
}

/* ---- changes ---- */

static uint32_t number(size_t n)
{
    return n < AUDIT_NONE ? (uint32_t)n : AUDIT_NONE;
}

int stance_labelling_label(struct stance_labelling *l, size_t target, size_t label,
                           struct stance_err *err)
{
    return session_label(&l->session, number(target), number(label), err);
}

int stance_labelling_code(struct stance_labelling *l, size_t target, size_t code,
                          struct stance_err *err)
{
    return session_code(&l->session, number(target), number(code), err);
}

int stance_labelling_note(struct stance_labelling *l, const char *note, struct stance_err *err)
{
    return session_note(&l->session, span_of(note), err);
}

int stance_labelling_skip(struct stance_labelling *l, struct stance_err *err)
{
    return session_skip(&l->session, err);
}

int stance_labelling_undo(struct stance_labelling *l, struct stance_err *err)
{
    return session_undo(&l->session, err);
}

/* ---- the whole file ---- */

int stance_audit_fold(const char *path, const struct stance_talk *talk, struct stance_err *err)
{
    struct labelfile f;
    int status = labelfile_open(&f, path, err);

    if (status == 0)
        tell_journal(&f, talk);
    labelfile_release(&f);
    return status;
}

static int write_out(struct buf *text, int status, struct stance_sink *sink, struct stance_err *err)
{
    if (status == 0)
        status = sink->write(sink->arg, text->p, text->len, err);
    buf_release(text);
    return status;
}

int stance_audit_status(const char *path, struct stance_sink *sink, struct stance_err *err)
{
    struct labelfile f;
    struct buf text = {0};
    int status = labelfile_look(&f, path, err);

    if (status == 0)
        table_status(&f, &text);
    labelfile_release(&f);
    return write_out(&text, status, sink, err);
}

int stance_audit_export(const char *path, const char *annotator, struct stance_sink *sink,
                        struct stance_err *err)
{
    struct labelfile f;
    struct buf text = {0};
    int status = labelfile_look(&f, path, err);

    if (status == 0)
        table_export(&f, span_of(annotator), &text);
    labelfile_release(&f);
    return write_out(&text, status, sink, err);
}

/* Folds what was brought in, and says how much that was. */
static int finish(struct labelfile *f, int status, uint64_t taken, const char *what,
                  const struct stance_talk *talk, struct stance_err *err)
{
    if (status == 0)
        status = labelfile_fold(f, err);
    if (status == 0)
        api_note(talk, "%s brought in: %llu", what, (unsigned long long)taken);
    labelfile_release(f);
    return status;
}

int stance_audit_merge(const char *path, const char *other, const struct stance_talk *talk,
                       struct stance_err *err)
{
    struct labelfile f = {.journal = {.fd = -1}}, o;
    uint64_t taken = 0;
    int status = audit_behind(other, err);

    o = f;
    if (status == 0)
        status = labelfile_open(&f, path, err);
    if (status == 0) {
        tell_journal(&f, talk);
        status = labelfile_look(&o, other, err);
    }
    if (status == 0)
        status = merge_audit(&f, &o, &taken, talk, err);
    labelfile_release(&o);
    return finish(&f, status, taken, "rows with labels", talk, err);
}

int stance_audit_import(const char *path, const char *labels, const struct stance_input *input,
                        const char *annotator, bool replace, const struct stance_talk *talk,
                        struct stance_err *err)
{
    static const struct stance_input usual;
    struct merge_table table = {labels, input != NULL ? input : &usual, annotator, replace};
    struct labelfile f;
    uint64_t taken = 0;
    int status = labelfile_open(&f, path, err);

    if (status == 0) {
        tell_journal(&f, talk);
        status = merge_labels(&f, &table, &taken, talk, err);
    }
    return finish(&f, status, taken, "labels", talk, err);
}
