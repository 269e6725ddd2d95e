/* SPDX-License-Identifier: MIT */
/* agree: annotators against each other, and what can be asked of the outcome. */
#include <stdlib.h>

#include "api/types.h"
#include "base/err.h"
#include "base/mem.h"
#include "agree/agree.h"
#include "audit/behind.h"
#include "report/agreereport.h"

enum { USUAL_RESAMPLES = 1000, MOST_RESAMPLES = 1000000 };

struct stance_agreement {
    struct agreement data;
};

static int find_settings(const struct stance_agree_options *o, struct agree_settings *set,
                         struct stance_err *err)
{
    if (o->n_resamples > MOST_RESAMPLES)
        return err_set(err, STANCE_USAGE, "%u resamples, expected 1 to %d", o->n_resamples,
                       MOST_RESAMPLES);
    *set = (struct agree_settings){.n_resamples =
                                       o->n_resamples != 0 ? o->n_resamples : USUAL_RESAMPLES,
                                   .seed = o->seed != 0 ? o->seed : 1,
                                   .group = o->group,
                                   .n_jobs = o->n_jobs};
    if (o->no_intervals)
        set->n_resamples = 0;
    return 0;
}

struct stance_agreement *stance_agree(const char *const *path, size_t n_paths,
                                      const struct stance_input *input,
                                      const struct stance_agree_options *options,
                                      const struct stance_talk *talk, struct stance_err *err)
{
    static const char *const standard_input[] = {"-"};
    static const struct stance_input usual_input;
    static const struct stance_agree_options usual_options;
    const struct stance_agree_options *o = options != NULL ? options : &usual_options;
    struct annotation_files files = {.path = path != NULL ? path : standard_input,
                                     .n_paths = path != NULL ? n_paths : 1,
                                     .comments = o->comments,
                                     .n_comments = o->comments != NULL ? o->n_comments : 0,
                                     .input = input != NULL ? input : &usual_input,
                                     .group = o->group};
    struct agree_settings set;
    struct stance_agreement *g;

    if (find_settings(o, &set, err) < 0)
        return NULL;
    for (size_t i = 0; i < files.n_paths; i++)
        if (audit_behind(files.path[i], err) < 0)
            return NULL;
    g = mem_zalloc(1, sizeof *g);
    if (annotations_read(&g->data.annotations, &files, talk, err) == 0 &&
        agree_run(&g->data, &set, talk, err) == 0)
        return g;
    stance_agreement_free(g);
    return NULL;
}

void stance_agreement_free(struct stance_agreement *agreement)
{
    if (agreement == NULL)
        return;
    agreement_release(&agreement->data);
    free(agreement);
}

double stance_agreement_alpha(const struct stance_agreement *agreement)
{
    return agreement->data.section[0].alpha.value;
}

double stance_agreement_kappa(const struct stance_agreement *agreement)
{
    return agreement->data.section[0].kappa.value;
}

double stance_agreement_macro_f1(const struct stance_agreement *agreement)
{
    return agreement->data.section[0].macro_f1.value;
}

int stance_agreement_write(const struct stance_agreement *agreement, size_t n_listed, bool json,
                           struct stance_sink *sink, struct stance_err *err)
{
    struct buf out = {0};
    int status;

    (json ? agreereport_json : agreereport_text)(&agreement->data, n_listed, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}
