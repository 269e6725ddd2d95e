/* SPDX-License-Identifier: MIT */
/* shareasked: what is asked of shares, checked against the model and the audit. */
#include "api/share.h"

#include <stdlib.h>
#include <string.h>

#include "audit/design.h"
#include "corpus/period.h"
#include "base/err.h"
#include "base/mem.h"

int share_check(const struct stance_prevalence_options *o, struct stance_err *err)
{
    if (o->audit == NULL && o->assume == STANCE_ASSUME_NOTHING)
        return err_set(err, STANCE_NO,
                       "without a labelled random sample of this dump there is no share: draw one "
                       "with `stance sample`, label it with `stance label`, and name it with "
                       "--audit (or give --assume-same-errors, and read what that assumes)");
    if (o->audit != NULL && o->assume != STANCE_ASSUME_NOTHING)
        return err_set(err, STANCE_USAGE, "with an audit nothing needs to be assumed");
    if (o->assume != STANCE_ASSUME_NOTHING && o->among != STANCE_AMONG_ALL)
        return err_set(err, STANCE_USAGE,
                       "shares among some of the comments need an audit: whether a comment is one "
                       "of them is only predicted too");
    if (o->assume != STANCE_ASSUME_NOTHING && (o->per_author || o->beyond_dump || o->pool_error))
        return err_set(err, STANCE_USAGE,
                       "shares per author, beyond the dump or with pooled "
                       "errors need an audit");
    if (o->assume != STANCE_ASSUME_NOTHING && o->input.fields.target != NULL)
        return err_set(err, STANCE_USAGE, "where records name their targets, shares need an audit");
    if (o->pool_error && o->by == NULL)
        return err_set(err, STANCE_USAGE, "pooled errors are for groups: give --by");
    if (o->beyond_dump && o->by != NULL)
        return err_set(err, STANCE_USAGE,
                       "what lies beyond the dump is told for all of it, not by groups");
    if (o->cross_fit == 1)
        return err_set(err, STANCE_USAGE, "cross-fitting needs two folds or more");
    if (o->pool_error && o->per_author)
        return err_set(err, STANCE_USAGE, "pooled errors and shares per author exclude each other");
    return 0;
}

/* The finest level asked for, and the coarser ones of a date. */
static void make_levels(struct stance_prevalence *p, const struct stance_prevalence_options *o)
{
    int period;

    p->level[p->n_levels++] = (struct span){0};
    if (o->by == NULL)
        return;
    p->level[p->n_levels] = design_field(span_of(o->by));
    period = period_named(p->level[p->n_levels++]);
    for (int k = period + 1; period >= 0 && k < N_PERIODS && !o->pool_error; k++)
        p->level[p->n_levels++] = span_of(period_field((enum period)k));
}

static int unknown_target(const struct model *m, struct span id, struct stance_err *err)
{
    struct buf list = {0};

    model_list_targets(m, &list);
    err_set(err, STANCE_USAGE, "the model has no target '%.*s'; it has %s", (int)id.len, id.p,
            buf_str(&list));
    buf_release(&list);
    return -1;
}

static int add_target(struct stance_prevalence *p, struct span id, struct stance_err *err)
{
    uint32_t at = model_find_target(p->model->model, id);

    for (size_t t = 0; t < p->n_targets; t++)
        if (span_eq(p->target[t], id))
            return err_set(err, STANCE_USAGE, "target '%.*s' is asked for twice", (int)id.len,
                           id.p);
    if (at == UINT32_MAX)
        return unknown_target(p->model->model, id, err);
    p->model_target[p->n_targets] = at;
    p->target[p->n_targets++] = p->model->model->target[at];
    return 0;
}

static int other_target(const struct stance_prevalence *p, size_t i, struct stance_err *err)
{
    struct buf list = {0};

    model_list_targets(p->model->model, &list);
    err_at(err, STANCE_DATA, p->audit.path, 1, 0,
           "the audit has labels of '%s', which is no target of the model; it has %s",
           p->audit.target[i].id.p, buf_str(&list));
    buf_release(&list);
    return -1;
}

/* Those asked for, else the audit's, else the model's. Where records name theirs, one stands for
 * all of them. */
static int make_targets(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                        struct stance_err *err)
{
    const struct model *m = p->model->model;
    size_t n = o->n_targets + p->audit.n_targets + m->n_targets + 1;
    int status = 0;

    p->target = mem_array(n, sizeof *p->target);
    p->model_target = mem_array(n, sizeof *p->model_target);
    if (o->input.fields.target != NULL) {
        p->target[0] = p->audit.n_targets == 1 ? p->audit.target[0].id : SPAN("target");
        p->model_target[0] = 0;
        p->n_targets = 1;
        return 0;
    }
    for (size_t i = 0; i < o->n_targets && status == 0; i++)
        status = add_target(p, span_of(o->target[i]), err);
    for (size_t i = 0; o->n_targets == 0 && i < p->audit.n_targets && status == 0; i++)
        status = model_find_target(m, p->audit.target[i].id) != UINT32_MAX
                     ? add_target(p, p->audit.target[i].id, err)
                     : other_target(p, i, err);
    for (uint32_t i = 0; o->n_targets == 0 && o->audit == NULL && i < m->n_targets; i++)
        status = add_target(p, m->target[i], err);
    p->n_told = p->n_targets;
    return status;
}

/* The topic, told or not, is judged where the denominator is of it. */
static int make_topic(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                      struct census_spec *spec, struct stance_err *err)
{
    const struct model *m = p->model->model;
    struct span id = span_of(o->topic != NULL ? o->topic : "topic");

    spec->topic = spec->on = SIZE_MAX;
    if (o->among != STANCE_AMONG_ON_TOPIC)
        return 0;
    for (size_t t = 0; t < p->n_targets; t++)
        if (span_eq(p->target[t], id))
            spec->topic = t;
    if (spec->topic == SIZE_MAX) {
        if (o->input.fields.target != NULL || add_target(p, id, err) < 0)
            return err_set(err, STANCE_USAGE,
                           "shares among comments on the topic need a target '%.*s' (or --topic)",
                           (int)id.len, id.p);
        spec->topic = p->n_targets - 1;
    }
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (span_eq(m->label[l], SPAN("on")) &&
            m->may[(size_t)p->model_target[spec->topic] * m->n_labels + l] != 0)
            spec->on = l;
    if (spec->on == SIZE_MAX)
        return err_set(err, STANCE_USAGE, "target '%.*s' has no label 'on'", (int)id.len, id.p);
    return 0;
}

/* A stratum that is a prediction is of a target that is judged. */
static int make_strata(struct stance_prevalence *p, struct stance_err *err)
{
    for (size_t i = 0; i < p->audit.n_by; i++) {
        struct span id;
        p->stratum_target[i] = SIZE_MAX;
        if (!design_is_predicted(p->audit.by[i], &id))
            continue;
        if (p->audit.model != p->model->model->checksum)
            return err_at(err, STANCE_MODEL, p->audit.path, 1, 0,
                          "the audit's strata are predictions of another model (checksum %08x, "
                          "this one's is %08x)",
                          p->audit.model, p->model->model->checksum);
        for (size_t t = 0; t < p->n_targets; t++)
            if (span_eq(p->target[t], id))
                p->stratum_target[i] = t;
        if (p->stratum_target[i] == SIZE_MAX) {
            if (add_target(p, id, err) < 0)
                return -1;
            p->stratum_target[i] = p->n_targets - 1;
        }
    }
    return 0;
}

/* Where records name their target, the audit's one target says which labels there are. */
static bool own_target_has(const struct audit *a, struct span label)
{
    return a->n_targets != 1 || audit_find_label(&a->target[0], label) != AUDIT_NONE;
}

static void make_may(struct stance_prevalence *p, bool own_target)
{
    const struct model *m = p->model->model;

    p->may = mem_zalloc(p->n_targets * m->n_labels, sizeof *p->may);
    for (size_t t = 0; t < p->n_targets; t++)
        for (uint32_t l = 0; l < m->n_labels; l++)
            p->may[t * m->n_labels + l] =
                own_target ? own_target_has(&p->audit, m->label[l])
                           : m->may[(size_t)p->model_target[t] * m->n_labels + l] != 0;
}

int share_spec(struct stance_prevalence *p, const struct stance_prevalence_options *o,
               struct census_spec *spec, struct stance_err *err)
{
    const struct model *m = p->model->model;

    *spec = (struct census_spec){.audit = o->audit != NULL ? &p->audit : NULL,
                                 .level = p->level,
                                 .n_labels = m->n_labels,
                                 .label = m->label,
                                 .none = SIZE_MAX,
                                 .stratum_target = p->stratum_target,
                                 .per_author = o->per_author,
                                 .by_thread = o->beyond_dump,
                                 .keep_posteriors = o->assume == STANCE_ASSUME_SLD};
    make_levels(p, o);
    if (make_targets(p, o, err) < 0 || make_topic(p, o, spec, err) < 0 || make_strata(p, err) < 0)
        return -1;
    make_may(p, o->input.fields.target != NULL);
    spec->n_levels = p->n_levels;
    spec->n_targets = p->n_targets;
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (span_eq(m->label[l], SPAN("none")))
            spec->none = l;
    if (o->among == STANCE_AMONG_TAKING_SIDES && spec->none == SIZE_MAX)
        return err_set(
            err, STANCE_USAGE,
            "shares among those taking sides need a label 'none', which the model lacks");
    return 0;
}
