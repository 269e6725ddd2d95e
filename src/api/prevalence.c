/* SPDX-License-Identifier: MIT */
/* prevalence: a model, a dump and an audit to shares, for callers outside. */
#include "api/judges.h"

#include <math.h>
#include <stdlib.h>

#include "api/share.h"
#include "audit/behind.h"
#include "audit/design.h"
#include "corpus/period.h"
#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "html/sharespage.h"
#include "prevalence/rows.h"
#include "prevalence/sums.h"
#include "report/sharesreport.h"

enum { USUAL_MIN_LABELS = 30 };

static const char *const standard_input[] = {"-"};

/* ---- what is asked for ---- */

static int check_options(const struct stance_prevalence_options *o, struct stance_err *err)
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

static int make_spec(struct stance_prevalence *p, const struct stance_prevalence_options *o,
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

/* ---- from sums to shares ---- */

static void fill_target(struct stance_prevalence *p, size_t t, bool own_target)
{
    const struct model *m = p->model->model;
    struct share_target *out = &p->shares.target[t];
    struct span *fr = arena_alloc(&p->shares.arena, 2 * m->n_labels * sizeof *fr);

    *out = (struct share_target){.id = p->target[t],
                                 .label = m->label,
                                 .fr = fr,
                                 .en = fr + m->n_labels,
                                 .n_labels = m->n_labels};
    for (uint32_t l = 0; l < m->n_labels; l++) {
        const struct span *display =
            &m->display[((size_t)p->model_target[t] * m->n_labels + l) * MODEL_LANGS];
        bool known = !own_target && p->may[t * m->n_labels + l] != 0;
        fr[l] = known && display[0].len != 0 ? display[0] : (struct span){0};
        fr[m->n_labels + l] = known && display[1].len != 0 ? display[1] : (struct span){0};
    }
    if (own_target)
        out->statement = p->audit.n_targets == 1 ? p->audit.target[0].statement : (struct span){0};
    else
        out->statement = m->statement[p->model_target[t]];
    out->percent = out->alpha = NAN;
}

static void add_banner(struct shares *s)
{
    static const char *const banner[] = {
        [SHARES_ADJUSTED] =
            "ASSUMPTION, NOT MEASURED: no comment of this dump was labelled. These shares hold "
            "only "
            "if the model errs here exactly as often as on the comments it was trained on.",
        [SHARES_SLD] = "ASSUMPTION, NOT MEASURED: no comment of this dump was labelled. These "
                       "shares hold only "
                       "if comments of each label are written here as those it was trained on.",
        [SHARES_COUNT] =
            "BIASED: predicted labels, counted. Even a good model's counts are not shares, and no "
            "interval can be given."};

    if (s->method >= SHARES_ADJUSTED)
        s->banner = span_of(banner[s->method]);
}

static void fill_shares(struct stance_prevalence *p, const struct stance_prevalence_options *o)
{
    static const enum shares_method method[] = {SHARES_DIFFERENCE, SHARES_ADJUSTED, SHARES_SLD,
                                                SHARES_COUNT};
    const struct census *c = &p->census;
    struct shares *s = &p->shares;

    s->method = method[o->assume];
    s->among = (enum shares_among)o->among;
    s->per_author = o->per_author;
    s->beyond_dump = o->beyond_dump;
    s->cross_fit = o->cross_fit != 0;
    s->own_target = o->input.fields.target != NULL;
    s->level = o->level != 0 ? o->level : .95;
    if (p->n_levels > 1)
        s->by_asked = arena_copy(&s->arena, p->level[1]);
    s->n_targets = p->n_told != 0 ? p->n_told : p->n_targets;
    s->target = arena_alloc(&s->arena, s->n_targets * sizeof *s->target);
    for (size_t t = 0; t < s->n_targets; t++)
        fill_target(p, t, s->own_target);
    s->records = c->records;
    for (int i = 0; i < STANCE_N_STATUS; i++)
        s->status[i] = c->status[i];
    s->population = c->population;
    s->n_no_author = c->n_no_author;
    s->dump_sum = c->sum;
    s->stratum_by = p->audit.by;
    s->n_stratum_by = p->audit.n_by;
    s->model_checksum = p->model->model->checksum;
    s->version = stance_version();
    add_banner(s);
}

static void note_audit(struct shares *s)
{
    if (s->n_labelled < s->n_drawn - s->n_skipped)
        shares_note(s,
                    "comments drawn: %llu, of which %llu are labelled; the shares are those that a "
                    "smaller sample gives",
                    (unsigned long long)s->n_drawn, (unsigned long long)s->n_labelled);
    if (s->n_skipped != 0)
        shares_note(s,
                    "comments passed over while later ones were labelled: %llu; the shares assume "
                    "that they are as the others",
                    (unsigned long long)s->n_skipped);
    if (s->n_training != 0)
        shares_note(s, "comments that were drawn for training, left out: %llu",
                    (unsigned long long)s->n_training);
    if (s->n_no_author != 0)
        shares_note(s, "comments without an author, left out: %llu",
                    (unsigned long long)s->n_no_author);
}

static struct golds_spec golds_spec(const struct stance_prevalence *p,
                                    const struct stance_prevalence_options *o)
{
    return (struct golds_spec){.audit = &p->audit,
                               .target = p->target,
                               .n_targets = p->n_targets,
                               .label = p->model->model->label,
                               .n_labels = p->model->model->n_labels,
                               .own_target = o->input.fields.target != NULL,
                               .model = o->cross_fit == 0 ? p->model->model : NULL};
}

/* Before the dump is read, which may take hours: what is wrong with labels is known by then. */
static int find_golds(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                      struct stance_err *err)
{
    struct golds_spec spec = golds_spec(p, o);

    return o->audit != NULL ? golds_find(&p->golds, &spec, err) : 0;
}

static int estimate(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                    struct stance_err *err)
{
    struct golds_spec golds = golds_spec(p, o);

    p->source =
        (struct shares_source){.census = &p->census,
                               .model = p->model->model,
                               .model_target = p->model_target,
                               .may = p->may,
                               .pool_error = o->pool_error,
                               .min_labels = o->min_labels != 0 ? o->min_labels : USUAL_MIN_LABELS,
                               .seed = o->seed != 0 ? o->seed : 1};
    fill_shares(p, o);
    if (o->audit == NULL) {
        assumed_shares(&p->shares, &p->source);
        shares_keep_labels(&p->shares, p->may);
        return 0;
    }
    if (census_check(&p->census, err) < 0)
        return -1;
    p->source.audit = &p->audit;
    p->source.golds = &p->golds;
    golds_describe(&p->golds, &golds, &p->shares);
    note_audit(&p->shares);
    corrected_shares(&p->shares, &p->source);
    shares_keep_labels(&p->shares, p->may);
    return 0;
}

/* ---- the three ways ---- */

static int cross_fit(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                     const struct stance_talk *talk, struct stance_err *err)
{
    if (o->audit == NULL)
        return err_set(err, STANCE_USAGE, "models are cross-fitted to an audit: name it");
    if (crossfit_train(&p->crossfit, &p->audit, o, talk, err) < 0)
        return -1;
    p->model = p->crossfit.model[0];
    return 0;
}

static struct stance_prevalence *begin(const struct stance_model *model,
                                       const struct stance_prevalence_options *o,
                                       struct census_spec *spec, const struct stance_talk *talk,
                                       struct stance_err *err)
{
    struct stance_prevalence *p = mem_zalloc(1, sizeof *p);

    p->model = model;
    if (check_options(o, err) == 0 &&
        (o->audit == NULL ||
         (audit_behind(o->audit, err) == 0 && audit_read(&p->audit, o->audit, err) == 0)) &&
        (o->cross_fit == 0 || cross_fit(p, o, talk, err) == 0) && make_spec(p, o, spec, err) == 0)
        return p;
    stance_prevalence_free(p);
    return NULL;
}

/* The dump is read as it was when the audit was drawn. */
static struct stance_input input_of(const struct stance_prevalence *p,
                                    const struct stance_prevalence_options *o)
{
    struct stance_input in = o->input;
    const char **name[] = {[ROLE_TEXT] = &in.fields.text,     [ROLE_ID] = &in.fields.id,
                           [ROLE_THREAD] = &in.fields.thread, [ROLE_PARENT] = &in.fields.parent,
                           [ROLE_AUTHOR] = &in.fields.author, [ROLE_DATE] = &in.fields.date};

    for (int r = 0; r <= ROLE_DATE; r++)
        if (*name[r] == NULL && p->audit.field[r].p != NULL)
            *name[r] = p->audit.field[r].p;
    in.lossy = in.lossy || p->audit.lossy;
    return in;
}

static int take_census(struct stance_prevalence *p, const struct census_spec *spec,
                       const char *const *path, size_t n_paths,
                       const struct stance_prevalence_options *o, const struct stance_talk *talk,
                       struct stance_err *err)
{
    struct stance_input input = input_of(p, o);
    const char **target = mem_array(p->n_targets, sizeof *target);
    struct judges_wanted wanted = {.target = target,
                                   .n_targets = p->n_targets,
                                   .own_target = input.fields.target != NULL,
                                   .allow_unseen = input.fields.target != NULL};
    struct judges judges = {0};
    struct dump_judge *judge;
    unsigned n_jobs = jobs_count(o->n_jobs);
    int status;

    for (size_t t = 0; t < p->n_targets; t++)
        target[t] = p->model->target[p->model_target[t]]; /* ends in a NUL */
    status = o->cross_fit != 0 ? crossfit_judges(&p->crossfit, &wanted, n_jobs, err)
                               : judges_make(&judges, p->model, &wanted, n_jobs, err);
    judge = o->cross_fit != 0 ? p->crossfit.judge : judges.judge;
    if (status == 0)
        status = census_take(&p->census, spec, path, n_paths, &input, judge, n_jobs, talk, err);
    if (status == 0 && o->cross_fit != 0)
        crossfit_rows(&p->crossfit, &p->census, input.fields.target);
    judges_release(&judges);
    free(target);
    return status;
}

static int check_passes(const char *const *path, size_t n,
                        const struct stance_prevalence_options *o, struct stance_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (o->per_author && strcmp(path[i], "-") == 0)
            return err_set(err, STANCE_USAGE,
                           "shares per author take two passes, and standard input can be read "
                           "once: give a file");
    return 0;
}

struct stance_prevalence *stance_prevalence_take(const struct stance_model *model,
                                                 const char *const *path, size_t n_paths,
                                                 const struct stance_prevalence_options *options,
                                                 const struct stance_talk *talk,
                                                 struct stance_err *err)
{
    struct census_spec spec;
    struct stance_prevalence *p = begin(model, options, &spec, talk, err);

    if (p == NULL)
        return NULL;
    if (path == NULL || n_paths == 0) {
        path = standard_input;
        n_paths = 1;
    }
    if (check_passes(path, n_paths, options, err) == 0 && find_golds(p, options, err) == 0 &&
        take_census(p, &spec, path, n_paths, options, talk, err) == 0 &&
        estimate(p, options, err) == 0)
        return p;
    stance_prevalence_free(p);
    return NULL;
}

static struct sums_head sums_head(const struct stance_prevalence *p)
{
    return (struct sums_head){.model = p->model->model->checksum, .target = p->target};
}

static int check_sums(const struct stance_prevalence_options *o, struct stance_err *err)
{
    if (o->per_author || o->beyond_dump || o->assume == STANCE_ASSUME_SLD)
        return err_set(err, STANCE_USAGE,
                       "sums of pieces tell nothing per author, beyond the dump, or by "
                       "expectation-maximisation: authors and threads may be in several pieces");
    return 0;
}

int stance_prevalence_sum(const struct stance_model *model, const char *const *path, size_t n_paths,
                          const struct stance_prevalence_options *options, const char *sums,
                          const struct stance_talk *talk, struct stance_err *err)
{
    struct census_spec spec;
    struct stance_prevalence *p;
    struct sums_head head;
    int status = -1;

    if (check_sums(options, err) < 0 || (p = begin(model, options, &spec, talk, err)) == NULL)
        return -1;
    head = sums_head(p);
    if (take_census(p, &spec, path != NULL ? path : standard_input, path != NULL ? n_paths : 1,
                    options, talk, err) == 0)
        status = sums_write(&p->census, &head, sums, err);
    stance_prevalence_free(p);
    return status;
}

struct stance_prevalence *stance_prevalence_merge(const struct stance_model *model,
                                                  const char *const *sums, size_t n_sums,
                                                  const struct stance_prevalence_options *options,
                                                  const struct stance_talk *talk,
                                                  struct stance_err *err)
{
    struct census_spec spec;
    struct stance_prevalence *p;
    struct sums_head head;
    int status;

    if (check_sums(options, err) < 0 || (p = begin(model, options, &spec, talk, err)) == NULL)
        return NULL;
    head = sums_head(p);
    census_init(&p->census, &spec);
    status = find_golds(p, options, err);
    for (size_t i = 0; i < n_sums && status == 0; i++)
        status = sums_add(&p->census, &head, sums[i], err);
    if (status == 0) {
        census_end(&p->census);
        status = estimate(p, options, err);
    }
    if (status == 0)
        return p;
    stance_prevalence_free(p);
    return NULL;
}

void stance_prevalence_free(struct stance_prevalence *p)
{
    if (p == NULL)
        return;
    crossfit_release(&p->crossfit);
    shares_release(&p->shares);
    golds_release(&p->golds);
    census_release(&p->census);
    audit_release(&p->audit);
    free(p->target);
    free(p->model_target);
    free(p->may);
    free(p);
}

int stance_prevalence_write(const struct stance_prevalence *p, enum stance_prevalence_form form,
                            unsigned flags, struct stance_sink *sink, struct stance_err *err)
{
    struct rows_wanted wanted = {.no_text = (flags & STANCE_ROWS_NO_TEXT) != 0,
                                 .pseudonymize = (flags & STANCE_ROWS_PSEUDONYMIZE) != 0};
    struct buf out = {0};
    int status;

    if (form == STANCE_PREVALENCE_ROWS && p->source.audit == NULL)
        return err_set(err, STANCE_USAGE, "rows are those of an audit, and there is none");
    if (form == STANCE_PREVALENCE_TSV)
        sharesreport_tsv(&p->shares, &out);
    else if (form == STANCE_PREVALENCE_JSON)
        sharesreport_json(&p->shares, &out);
    else if (form == STANCE_PREVALENCE_HTML)
        sharespage_html(&p->shares, &out);
    else if (form == STANCE_PREVALENCE_ROWS)
        rows_write(&p->shares, &p->source, &wanted, &out);
    else if (form == STANCE_PREVALENCE_TEXT)
        sharesreport_text(&p->shares, &out);
    else
        sharesreport_methods(&p->shares, form == STANCE_PREVALENCE_METHODS_FR, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}
