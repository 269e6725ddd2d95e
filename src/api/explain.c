/* SPDX-License-Identifier: MIT */
/* explain: a target's name to its position; the rest is report/explain. */
#include "api/types.h"
#include "base/err.h"
#include "report/explain.h"

/* UINT32_MAX in *position for NULL: each target. */
static int find_target(const struct model *m, const char *target, uint32_t *position,
                       struct stance_err *err)
{
    struct buf known = {0};

    *position = target != NULL ? model_find_target(m, span_of(target)) : UINT32_MAX;
    if (target == NULL || *position != UINT32_MAX)
        return 0;
    model_list_targets(m, &known);
    err_set(err, STANCE_USAGE, "the model has no target '%s'; it has %s", target, buf_str(&known));
    buf_release(&known);
    return -1;
}

static int send(struct buf *out, struct stance_sink *sink, struct stance_err *err)
{
    int status = sink->write(sink->arg, out->p, out->len, err);
    buf_release(out);
    return status;
}

int stance_explain_model(const struct stance_model *model, const char *target, size_t n, bool json,
                         struct stance_sink *sink, struct stance_err *err)
{
    struct buf out = {0};
    uint32_t t;

    if (find_target(model->model, target, &t, err) < 0)
        return -1;
    explain_model(model->model, t, n, json, &out);
    return send(&out, sink, err);
}

int stance_explain_comment(const struct stance_model *model, const char *target, const char *text,
                           size_t len, size_t n, bool json, struct stance_sink *sink,
                           struct stance_err *err)
{
    struct buf out = {0};
    uint32_t t;

    if (find_target(model->model, target, &t, err) < 0)
        return -1;
    explain_comment(model->model, t, (struct span){text, len}, n, json, &out);
    return send(&out, sink, err);
}
