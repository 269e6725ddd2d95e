/* SPDX-License-Identifier: MIT */
/* sample: a dump to an audit, for callers outside. */
#include "api/judges.h"

#include <stdlib.h>

#include "audit/behind.h"
#include "audit/design.h"
#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "sample/plan.h"
#include "sample/sample.h"

static const char *const standard_input[] = {"-"};

struct sampling {
    const struct stance_sample_options *o;
    const struct stance_model *model;
    struct audit audit;
    struct sample_spec spec;
    struct stance_input input;
    struct judges judges;
    size_t stratum_target[AUDIT_MAX_BY];
    bool *doubted; /* per target of the model: it is to be labelled */
};

/* ---- targets ---- */

static struct target_label model_label(struct audit *a, const struct model *m, uint32_t t,
                                       uint32_t l)
{
    const struct span *display = &m->display[((size_t)t * m->n_labels + l) * MODEL_LANGS];
    struct target_label out = {.label = arena_copy(&a->arena, m->label[l])};

    if (display[0].len != 0)
        out.fr = arena_copy(&a->arena, display[0]);
    if (display[1].len != 0)
        out.en = arena_copy(&a->arena, display[1]);
    return out;
}

static struct audit_target model_target(struct audit *a, const struct model *m, uint32_t t)
{
    struct audit_target out = {.id = arena_copy(&a->arena, m->target[t])};

    if (m->statement[t].len != 0)
        out.statement = arena_copy(&a->arena, m->statement[t]);
    if (m->definition[t].len != 0)
        out.definition = arena_copy(&a->arena, m->definition[t]);
    out.label = arena_alloc(&a->arena, m->n_labels * sizeof *out.label);
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (m->may[(size_t)t * m->n_labels + l] != 0)
            out.label[out.n_labels++] = model_label(a, m, t, l);
    return out;
}

static int targets_of_model(struct sampling *s, struct stance_err *err)
{
    const struct model *m = s->model != NULL ? s->model->model : NULL;
    struct audit *a = &s->audit;

    if (m == NULL)
        return err_set(err, STANCE_USAGE,
                       "what is to be labelled? Name a model (-m) or definitions (--targets)");
    if (m->n_targets > AUDIT_MAX_TARGETS)
        return err_set(err, STANCE_USAGE,
                       "the model has %u targets, an audit at most %d: choose with --target",
                       m->n_targets, AUDIT_MAX_TARGETS);
    a->target = arena_alloc(&a->arena, m->n_targets * sizeof *a->target);
    for (uint32_t t = 0; t < m->n_targets; t++)
        a->target[a->n_targets++] = model_target(a, m, t);
    return 0;
}

/* Those asked for, in the order they were. */
static int keep_targets(struct sampling *s, struct stance_err *err)
{
    struct audit *a = &s->audit;
    struct audit_target *kept;

    if (s->o->n_targets == 0)
        return a->n_targets != 0 ? 0 : err_set(err, STANCE_USAGE, "no target is defined");
    kept = arena_alloc(&a->arena, s->o->n_targets * sizeof *kept);
    for (size_t i = 0; i < s->o->n_targets; i++) {
        uint32_t t = audit_find_target(a, span_of(s->o->target[i]));
        if (t == AUDIT_NONE)
            return err_set(err, STANCE_USAGE, "no target '%s' is defined", s->o->target[i]);
        kept[i] = a->target[t];
    }
    a->target = kept;
    a->n_targets = s->o->n_targets;
    return 0;
}

/* ---- strata ---- */

/* "predicted" alone is of the first target; what it is of is said in full in the audit. */
static int predicted_by(struct sampling *s, size_t i, struct span target, struct stance_err *err)
{
    struct audit *a = &s->audit;
    struct buf name = {0};
    uint32_t at;

    if (s->model == NULL)
        return err_set(err, STANCE_USAGE, "strata of predictions need a model (-m)");
    if (target.p == NULL)
        target = a->target[0].id;
    at = model_find_target(s->model->model, target);
    if (at == UINT32_MAX)
        return err_set(err, STANCE_USAGE, "the model has no target '%.*s' to predict",
                       (int)target.len, target.p);
    s->stratum_target[i] = at;
    buf_add_str(&name, "predicted:");
    buf_add_span(&name, target);
    a->by[i] = arena_copy(&a->arena, buf_span(&name));
    buf_release(&name);
    a->model = s->model->model->checksum;
    return 0;
}

static int make_strata(struct sampling *s, struct stance_err *err)
{
    struct audit *a = &s->audit;

    if (s->o->n_by > AUDIT_MAX_BY)
        return err_set(err, STANCE_USAGE, "strata are made of %d fields at most", AUDIT_MAX_BY);
    for (size_t i = 0; i < s->o->n_by; i++) {
        struct span target, field = design_field(span_of(s->o->by[i]));
        s->stratum_target[i] = SIZE_MAX;
        a->by[i] = arena_copy(&a->arena, field);
        if (design_is_predicted(field, &target) && predicted_by(s, i, target, err) < 0)
            return -1;
    }
    a->n_by = s->o->n_by;
    return 0;
}

/* An audit that is extended knows its strata; those of predictions must be of its model. */
static int known_strata(struct sampling *s, struct stance_err *err)
{
    const struct audit *a = &s->audit;

    for (size_t i = 0; i < a->n_by; i++) {
        struct span target;
        s->stratum_target[i] = SIZE_MAX;
        if (!design_is_predicted(a->by[i], &target))
            continue;
        if (s->model == NULL || s->model->model->checksum != a->model)
            return err_at(
                err, STANCE_MODEL, a->path, 1, 0,
                "the audit's strata are predictions of the model with checksum %08x: name "
                "it with -m",
                a->model);
        s->stratum_target[i] = model_find_target(s->model->model, target);
    }
    return 0;
}

/* ---- the audit before anything is drawn ---- */

static const char **field_of(struct stance_input *in, enum role r)
{
    const char **place[N_ROLES] = {
        [ROLE_TEXT] = &in->fields.text,     [ROLE_ID] = &in->fields.id,
        [ROLE_THREAD] = &in->fields.thread, [ROLE_PARENT] = &in->fields.parent,
        [ROLE_AUTHOR] = &in->fields.author, [ROLE_DATE] = &in->fields.date,
        [ROLE_TARGET] = &in->fields.target, [ROLE_LABEL] = &in->fields.label};

    return place[r];
}

static int new_audit(struct sampling *s, const char *path, struct stance_err *err)
{
    struct audit *a = &s->audit;

    *a = (struct audit){.path = mem_copy(path, strlen(path)),
                        .unit = s->o->threads ? AUDIT_THREADS : AUDIT_COMMENTS,
                        .seed = s->o->seed != 0 ? s->o->seed : 1,
                        .lossy = s->o->input.lossy};
    for (int r = 0; r < N_ROLES; r++) {
        const char *name = *field_of(&s->input, (enum role)r);
        if (name != NULL && r != ROLE_LABEL)
            a->field[r] = arena_copy(&a->arena, span_of(name));
    }
    if (s->o->targets != NULL ? audit_read_targets(a, s->o->targets, err) < 0
                              : targets_of_model(s, err) < 0)
        return -1;
    if (keep_targets(s, err) < 0 || make_strata(s, err) < 0)
        return -1;
    if (s->o->n_uncertain != 0 && s->model != NULL)
        a->model = s->model->model->checksum;
    return 0;
}

static int old_audit(struct sampling *s, const char *extend, struct stance_err *err)
{
    if (s->o->n_by != 0 || s->o->threads || s->o->n_targets != 0 || s->o->targets != NULL)
        return err_set(err, STANCE_USAGE,
                       "an audit that is extended says itself what is drawn "
                       "(no --by, --threads, --target, --targets)");
    if (audit_behind(extend, err) < 0 || audit_read(&s->audit, extend, err) < 0)
        return -1;
    for (int r = 0; r < N_ROLES; r++)
        if (s->audit.field[r].p != NULL)
            *field_of(&s->input, (enum role)r) = s->audit.field[r].p;
    s->input.lossy = s->audit.lossy;
    return known_strata(s, err);
}

/* ---- judges ---- */

static int make_judges(struct sampling *s, struct stance_err *err)
{
    struct judges_wanted wanted = {.own_target = s->input.fields.target != NULL,
                                   .allow_unseen = true};
    bool predicted = s->o->n_uncertain != 0;

    for (size_t i = 0; i < s->audit.n_by; i++)
        predicted = predicted || s->stratum_target[i] != SIZE_MAX;
    if (!predicted)
        return 0;
    if (s->model == NULL)
        return err_set(err, STANCE_USAGE, "comments that a model is unsure of need a model (-m)");
    if (judges_make(&s->judges, s->model, &wanted, s->spec.n_jobs, err) < 0)
        return -1;
    s->spec.judge = s->judges.judge;
    s->spec.n_targets = s->model->model->n_targets;
    s->spec.n_labels = s->model->model->n_labels;
    if (wanted.own_target)
        return 0;
    s->doubted = mem_array(s->spec.n_targets, sizeof *s->doubted);
    for (size_t t = 0; t < s->spec.n_targets; t++)
        s->doubted[t] = audit_find_target(&s->audit, s->model->model->target[t]) != AUDIT_NONE;
    s->spec.doubted = s->doubted;
    return 0;
}

static void begin(struct sampling *s, const struct stance_model *model, const char *const *dump,
                  size_t n_dumps, const struct stance_sample_options *o,
                  const struct stance_talk *talk)
{
    *s = (struct sampling){.o = o, .model = model, .input = o->input};
    s->spec = (struct sample_spec){.path = dump != NULL ? dump : standard_input,
                                   .n_paths = dump != NULL ? n_dumps : 1,
                                   .input = &s->input,
                                   .n_jobs = jobs_count(o->n_jobs),
                                   .stratum_target = s->stratum_target,
                                   .n = o->n,
                                   .least = o->least != 0 ? o->least : 2,
                                   .equal = o->equal,
                                   .n_uncertain = o->n_uncertain,
                                   .articles = o->articles,
                                   .talk = talk};
}

static void tell(const struct sampling *s, const struct stance_talk *talk)
{
    const struct audit *a = &s->audit;
    size_t n_like = 0, n_training = 0;

    for (size_t i = 0; i < a->n_rows; i++) {
        n_like += a->row[i].like != AUDIT_NONE;
        n_training += a->row[i].training;
    }
    api_note(talk, "drawn at random: %llu of %llu comments, in %zu strat%s",
             (unsigned long long)sample_drawn(a), (unsigned long long)a->dump.population,
             a->n_strata, a->n_strata == 1 ? "um" : "a");
    if (n_training != 0)
        api_note(talk, "for training, never in an estimate: %zu", n_training);
    if (n_like != 0)
        api_note(talk, "nearly the same text as another one drawn, labelled with it: %zu", n_like);
    if (a->dump.records != a->dump.population)
        api_note(talk, "records without a text to label (deleted, blank, unreadable): %llu",
                 (unsigned long long)(a->dump.records - a->dump.population));
}

int stance_sample(const struct stance_model *model, const char *const *dump, size_t n_dumps,
                  const struct stance_sample_options *options, const char *extend, const char *path,
                  const struct stance_talk *talk, struct stance_err *err)
{
    struct sampling s;
    int status;

    begin(&s, model, dump, n_dumps, options, talk);
    status = extend != NULL ? old_audit(&s, extend, err) : new_audit(&s, path, err);
    if (status == 0)
        status = make_judges(&s, err);
    if (status == 0)
        status = sample_draw(&s.audit, &s.spec, err);
    if (status == 0)
        status = audit_write(&s.audit, path, err);
    if (status == 0)
        tell(&s, talk);
    judges_release(&s.judges);
    free(s.doubted);
    audit_release(&s.audit);
    return status;
}

int stance_sample_plan(const struct stance_model *model, const char *const *dump, size_t n_dumps,
                       const struct stance_sample_options *options, struct stance_sink *sink,
                       const struct stance_talk *talk, struct stance_err *err)
{
    struct sampling s;
    struct span by[AUDIT_MAX_BY + 2] = {SPAN("date:week"), SPAN("date:month")};
    struct plan_spec spec;
    struct judges_wanted wanted = {.allow_unseen = true};
    struct buf out = {0};
    int status = 0;

    begin(&s, model, dump, n_dumps, options, talk);
    spec = (struct plan_spec){.path = s.spec.path,
                              .n_paths = s.spec.n_paths,
                              .input = &s.input,
                              .n_jobs = s.spec.n_jobs,
                              .by = by,
                              .n_by = options->n_by != 0 ? options->n_by : 2,
                              .half = options->plan_half,
                              .seconds = options->plan_seconds > 0 ? options->plan_seconds : 30,
                              .n = options->n,
                              .talk = talk};
    if (options->n_by > AUDIT_MAX_BY)
        return err_set(err, STANCE_USAGE, "at most %d fields", AUDIT_MAX_BY);
    for (size_t i = 0; i < options->n_by; i++)
        by[i] = design_field(span_of(options->by[i]));
    if (model != NULL && options->input.fields.target == NULL) {
        status = judges_make(&s.judges, model, &wanted, spec.n_jobs, err);
        spec.judge = s.judges.judge;
        spec.target = model->model->target;
        spec.n_targets = model->model->n_targets;
        spec.n_labels = model->model->n_labels;
    }
    if (status == 0)
        status = plan_make(&spec, &out, err);
    if (status == 0)
        status = sink->write(sink->arg, out.p, out.len, err);
    judges_release(&s.judges);
    buf_release(&out);
    return status;
}
