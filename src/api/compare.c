/* SPDX-License-Identifier: MIT */
/* compare: predictions of several systems to one comparison, written out. */
#include <stdlib.h>

#include "api/types.h"
#include "base/err.h"
#include "base/mem.h"
#include "eval/compare.h"
#include "eval/predicted.h"
#include "report/comparereport.h"

static int find_metric(const char *key, struct stance_err *err)
{
    struct buf known = {0};
    int m = key != NULL ? metric_find(key) : METRIC_MACRO_F1;

    for (int k = 0; m < 0 && k < N_METRICS; k++)
        buf_addf(&known, "%s%s", k != 0 ? ", " : "", metric_info[k].key);
    if (m < 0)
        err_set(err, STANCE_USAGE, "no metric '%s'; there are %s", key, buf_str(&known));
    buf_release(&known);
    return m;
}

static int read_all(struct predictions *source, const char *const *path, const char *const *name,
                    size_t n, const struct stance_corpus *gold, const struct stance_input *input,
                    bool by_line, struct stance_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (predictions_read(&source[i], &path[i], 1, by_line, &gold->data, input, err) < 0)
            return -1;
        source[i].name = span_of(name != NULL ? name[i] : path[i]);
    }
    return 0;
}

static int write(const struct comparison *c, bool json, struct stance_sink *sink,
                 struct stance_err *err)
{
    struct buf out = {0};
    int status;

    (json ? comparereport_json : comparereport_text)(c, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}

static int compare(struct evaluation *e, const struct stance_compare_options *o, int metric,
                   bool json, struct stance_sink *sink, const struct stance_talk *talk,
                   struct stance_err *err)
{
    struct comparison c;
    uint32_t n_resamples = o->n_resamples != 0 ? o->n_resamples : SUMMARY_RESAMPLES;
    int status = comparison_make(&c, e, (enum metric)metric, o->no_intervals ? 0 : n_resamples,
                                 o->n_rounds != 0 ? o->n_rounds : COMPARE_ROUNDS,
                                 o->seed != 0 ? o->seed : 1, o->n_jobs, talk, err);

    if (status == 0)
        status = write(&c, json, sink, err);
    comparison_release(&c);
    return status;
}

static int check_options(const struct stance_compare_options *o, struct stance_err *err)
{
    if (o->n_resamples > SUMMARY_MOST_RESAMPLES)
        return err_set(err, STANCE_USAGE, "%u resamples, expected 1 to %d", o->n_resamples,
                       SUMMARY_MOST_RESAMPLES);
    if (o->n_rounds > COMPARE_MOST_ROUNDS)
        return err_set(err, STANCE_USAGE, "%llu rounds, expected 1 to %d",
                       (unsigned long long)o->n_rounds, COMPARE_MOST_ROUNDS);
    return 0;
}

int stance_compare(const struct stance_corpus *gold, const char *const *path,
                   const char *const *name, size_t n, const struct stance_input *input,
                   const struct stance_compare_options *options, bool json,
                   struct stance_sink *sink, const struct stance_talk *talk, struct stance_err *err)
{
    static const struct stance_compare_options usual;
    const struct stance_compare_options *o = options != NULL ? options : &usual;
    struct evaluation_options by = {.n_errors = 0};
    struct predictions *source;
    struct evaluation e = {0};
    int metric = find_metric(o->metric, err), status;

    if (metric < 0 || check_options(o, err) < 0)
        return -1;
    if (n < 2)
        return err_set(err, STANCE_USAGE, "to compare takes the predictions of two systems");
    source = mem_zalloc(n, sizeof *source);
    if (o->group != NULL)
        by.group = span_of(o->group);
    status = read_all(source, path, name, n, gold, input, o->by_line, err);
    if (status == 0)
        status = predicted_open(&e, source, n, &gold->data, &by, err);
    if (status == 0)
        status = compare(&e, o, metric, json, sink, talk, err);
    evaluation_release(&e);
    for (size_t i = 0; i < n; i++)
        predictions_release(&source[i]);
    free(source);
    return status;
}
