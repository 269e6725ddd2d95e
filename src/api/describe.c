/* SPDX-License-Identifier: MIT */
/* describe: what a model says about itself, out through the caller's sink. */
#include "api/types.h"
#include "report/describe.h"

int stance_model_describe(const struct stance_model *model, bool json, struct stance_sink *sink,
                          struct stance_err *err)
{
    struct buf out = {0};
    int status;

    (json ? describe_json : describe_text)(model->model, &out);
    status = sink->write(sink->arg, out.p, out.len, err);
    buf_release(&out);
    return status;
}
