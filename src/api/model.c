/* SPDX-License-Identifier: MIT */
/* model: loading, saving and asking a model, for callers outside. */
#include "api/types.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/outfile.h"

static char **copies(const struct span *name, uint32_t n)
{
    char **out = mem_array(n, sizeof *out);
    for (uint32_t i = 0; i < n; i++)
        out[i] = mem_copy(name[i].p, name[i].len);
    return out;
}

struct stance_model *api_wrap_model(struct model *model)
{
    struct stance_model *m;

    if (model == NULL)
        return NULL;
    m = mem_alloc(sizeof *m);
    m->model = model;
    m->target = copies(model->target, model->n_targets);
    m->label = copies(model->label, model->n_labels);
    m->tables = api_tables_new();
    return m;
}

void api_note(const struct stance_talk *talk, const char *fmt, ...)
{
    char line[1024];
    va_list ap;

    if (talk == NULL || talk->note == NULL)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    talk->note(talk->arg, line);
}

struct stance_model *stance_model_load(const char *path, struct stance_err *err)
{
    return api_wrap_model(model_load(path, err));
}

struct stance_model *stance_model_from_bytes(const char *p, size_t len, const char *name,
                                             struct stance_err *err)
{
    struct buf image = {0};

    buf_add(&image, p, len);
    return api_wrap_model(model_from_bytes(&image, name, err));
}

void stance_model_bytes(const struct stance_model *model, const char **p, size_t *len)
{
    *p = model->model->image.p;
    *len = model->model->image.len;
}

int stance_model_save(const struct stance_model *model, const char *path, struct stance_err *err)
{
    struct outfile *out = outfile_open(path, err);

    if (out == NULL)
        return -1;
    if (outfile_write(out, model->model->image, err) < 0) {
        outfile_abort(out);
        return -1;
    }
    return outfile_commit(out, err);
}

void stance_model_free(struct stance_model *m)
{
    if (m == NULL)
        return;
    for (uint32_t t = 0; t < m->model->n_targets; t++)
        free(m->target[t]);
    for (uint32_t l = 0; l < m->model->n_labels; l++)
        free(m->label[l]);
    free(m->target);
    free(m->label);
    api_tables_free(m->tables);
    model_free(m->model);
    free(m);
}

size_t stance_model_n_targets(const struct stance_model *m)
{
    return m->model->n_targets;
}

size_t stance_model_n_labels(const struct stance_model *m)
{
    return m->model->n_labels;
}

const char *stance_model_target(const struct stance_model *m, size_t i)
{
    return i < m->model->n_targets ? m->target[i] : NULL;
}

const char *stance_model_label(const struct stance_model *m, size_t i)
{
    return i < m->model->n_labels ? m->label[i] : NULL;
}

uint64_t stance_model_seen(const struct stance_model *m, size_t target, size_t label)
{
    if (target >= m->model->n_targets || label >= m->model->n_labels)
        return 0;
    return m->model->seen[target * m->model->n_labels + label];
}
