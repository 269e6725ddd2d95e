/* SPDX-License-Identifier: MIT */
/* classifier: one comment at a time, for callers outside. */
#include "api/types.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/quick.h"

struct stance_classifier {
    const struct stance_model *model;
    struct quick_tables *tables;
    struct quick *quick;
    size_t n;
    uint32_t *target;   /* position in the model, or UINT32_MAX */
    char **name;        /* owned: a target asked for need not be the model's */
    struct decision *d; /* one per target, so that probs stay good */
};

static int unknown_target(const struct model *m, struct span id, struct stance_err *err)
{
    struct buf list = {0};

    model_list_targets(m, &list);
    err_set(err, STANCE_USAGE, "the model has no target '%.*s'; it has %s", (int)id.len, id.p,
            buf_str(&list));
    buf_release(&list);
    return -1;
}

struct stance_classifier *stance_classifier_new(const struct stance_model *model,
                                                const char *const *targets, size_t n,
                                                bool allow_unseen, struct stance_err *err)
{
    struct stance_classifier *k = mem_zalloc(1, sizeof *k);
    const struct model *m = model->model;
    struct span *statement;

    k->model = model;
    k->n = targets != NULL ? n : m->n_targets;
    k->target = mem_array(k->n, sizeof *k->target);
    k->name = mem_zalloc(k->n, sizeof *k->name);
    k->d = mem_zalloc(k->n, sizeof *k->d);
    statement = mem_array(k->n, sizeof *statement);
    for (size_t i = 0; i < k->n; i++) {
        struct span id = targets != NULL ? span_of(targets[i]) : m->target[i];
        k->name[i] = mem_copy(id.p, id.len);
        k->target[i] = model_find_target(m, id);
        statement[i] = id;
        if (k->target[i] == UINT32_MAX && !allow_unseen) {
            unknown_target(m, id, err);
            free(statement);
            stance_classifier_free(k);
            return NULL;
        }
    }
    k->tables = api_tables_take(model->tables, m, k->target, statement, (uint32_t)k->n);
    k->quick = quick_new(k->tables);
    free(statement);
    return k;
}

void stance_classifier_free(struct stance_classifier *k)
{
    if (k == NULL)
        return;
    quick_free(k->quick);
    if (k->tables != NULL)
        api_tables_give(k->model->tables, k->tables);
    for (size_t i = 0; i < k->n; i++)
        free(k->name[i]);
    free(k->name);
    free(k->target);
    free(k->d);
    free(k);
}

size_t stance_classifier_n_targets(const struct stance_classifier *k)
{
    return k->n;
}

void api_expect_few(struct stance_classifier *k)
{
    quick_warm(k->quick, false);
}

void api_settle(const struct stance_classifier *k, size_t i, const double *p,
                struct stance_prediction *out)
{
    uint32_t n_labels = k->model->model->n_labels;
    uint32_t label = decide_label(p, n_labels, quick_rule(k->quick, (uint32_t)i));

    *out = (struct stance_prediction){
        .target = k->name[i],
        .label = k->model->label[label],
        .p = k->target[i] != UINT32_MAX ? p[label] : NAN,
        .probs = p,
    };
}

void stance_classify(struct stance_classifier *k, const char *text, size_t len,
                     struct stance_prediction *out)
{
    quick_read(k->quick, (struct span){text, len});
    for (size_t i = 0; i < k->n; i++) {
        quick_decide(k->quick, (uint32_t)i, &k->d[i]);
        api_settle(k, i, k->d[i].p, &out[i]);
    }
}
