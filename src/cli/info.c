/* SPDX-License-Identifier: MIT */
/* stance info: what a model file says about itself. */
#include "base/err.h"
#include "cli/command.h"
#include "cli/installed.h"
#include "cli/output.h"

struct info {
    const char *model;
    bool json;
    struct term term;
};

static const struct option rows[] = {
    {"model", 'm', "MODEL", "the model; default: $STANCE_MODEL, else the one installed",
     AT_TEXT(struct info, model), .path = true},
    {"json", 0, NULL, "one JSON object instead of text", AT_FLAG(struct info, json)},
    {NULL},
};

static const struct option_group groups[] = {
    {"info", rows, 0},
    {"General", term_options, offsetof(struct info, term)},
    {NULL},
};

static int run(void *values, const char *const *operand, size_t n, struct stance_err *err)
{
    struct info *info = values;
    struct stance_model *model;
    struct output output;
    int r = -1;

    if (n + (info->model != NULL) > 1)
        return err_set(err, STANCE_USAGE, "one model at a time");
    term_talk(&info->term);
    model = installed_model(n != 0 ? operand[0] : info->model, &info->term, err);
    if (model != NULL && output_open(&output, NULL, err) == 0) {
        r = stance_model_describe(model, info->json, &output.sink, err);
        r = output_close(&output, r, err);
    }
    stance_model_free(model);
    return r;
}

const struct command info_command = {
    .name = "info",
    .summary = "describe a model file",
    .usage = "info [OPTION]... [MODEL]",
    .about = "Prints what the model file says about itself: targets, labels, what it was trained "
             "on and how, and how well it did on comments held out in training.",
    .groups = groups,
    .size = sizeof(struct info),
    .run = run,
};
