/* SPDX-License-Identifier: MIT */
/* prevalence: a model, a dump and an audit to shares, for callers outside. */
#include "api/judges.h"

#include <stdlib.h>
#include <string.h>

#include "api/share.h"
#include "audit/behind.h"
#include "base/err.h"
#include "base/jobs.h"
#include "base/mem.h"
#include "html/sharespage.h"
#include "prevalence/rows.h"
#include "prevalence/sums.h"
#include "report/sharesreport.h"

static const char *const standard_input[] = {"-"};

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
    if (share_check(o, err) == 0 &&
        (o->audit == NULL ||
         (audit_behind(o->audit, err) == 0 && audit_read(&p->audit, o->audit, err) == 0)) &&
        (o->cross_fit == 0 || cross_fit(p, o, talk, err) == 0) && share_spec(p, o, spec, err) == 0)
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
    if (check_passes(path, n_paths, options, err) == 0 && share_golds(p, options, err) == 0 &&
        take_census(p, &spec, path, n_paths, options, talk, err) == 0 &&
        share_estimate(p, options, err) == 0)
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
    status = share_golds(p, options, err);
    for (size_t i = 0; i < n_sums && status == 0; i++)
        status = sums_add(&p->census, &head, sums[i], err);
    if (status == 0) {
        census_end(&p->census);
        status = share_estimate(p, options, err);
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
