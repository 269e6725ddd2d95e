/* SPDX-License-Identifier: MIT */
/* model: loading by mapping, and the few look-ups that everybody needs. */
#include "model/model.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/modelfile.h"

void model_free(struct model *m)
{
    if (m == NULL)
        return;
    if (m->mapped)
        munmap((void *)(uintptr_t)m->image.p, m->image.len);
    else
        free((void *)(uintptr_t)m->image.p);
    free(m->name);
    free(m->target);
    free(m->statement);
    free(m->definition);
    free(m->label);
    free(m->display);
    free(m->pair);
    free(m->task);
    free(m->reach);
    free(m->similarity);
    free(m->prior);
    free(m->may);
    free(m->blind_may);
    free(m);
}

static struct model *finish(struct model *m, struct stance_err *err)
{
    if (modelfile_read(m, err) == 0)
        return m;
    model_free(m);
    return NULL;
}

struct model *model_from_bytes(struct buf *image, const char *name, struct stance_err *err)
{
    struct model *m = mem_zalloc(1, sizeof *m);

    m->image = buf_span(image);
    m->name = mem_string(name);
    *image = (struct buf){0};
    return finish(m, err);
}

/* -1 with err set, or 0 with m->image mapped. An empty file cannot be mapped. */
static int map_file(struct model *m, int fd, struct stance_err *err)
{
    struct stat st;
    void *p;

    if (fstat(fd, &st) < 0)
        return err_errno(err, m->name, "cannot read the model");
    if (S_ISDIR(st.st_mode))
        return err_at(err, STANCE_SYSTEM, m->name, 0, 0,
                      "cannot read the model: it is a directory");
    if (!S_ISREG(st.st_mode))
        return err_at(err, STANCE_MODEL, m->name, 0, 0,
                      "a model must be a regular file, it is used in place");
    if (st.st_size == 0)
        return err_at(err, STANCE_MODEL, m->name, 0, 0, "not a model file: it is empty");
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return err_errno(err, m->name, "cannot map the model");
    m->image = (struct span){p, (size_t)st.st_size};
    m->mapped = true;
    return 0;
}

struct model *model_load(const char *path, struct stance_err *err)
{
    struct model *m;
    int fd = open(path, O_RDONLY | O_CLOEXEC), status;

    if (fd < 0) {
        err_errno(err, path, "cannot open the model");
        return NULL;
    }
    m = mem_zalloc(1, sizeof *m);
    m->name = mem_string(path);
    status = map_file(m, fd, err);
    close(fd);
    if (status < 0) {
        model_free(m);
        return NULL;
    }
    return finish(m, err);
}

uint32_t model_find_target(const struct model *m, struct span id)
{
    for (uint32_t t = 0; t < m->n_targets; t++)
        if (span_eq(m->target[t], id))
            return t;
    return UINT32_MAX;
}

bool model_owns(const struct model *m, uint32_t target)
{
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (m->own[(size_t)target * m->n_labels + l] != 0)
            return true;
    return false;
}

const uint64_t *model_seen(const struct model *m, uint32_t target)
{
    return (model_owns(m, target) ? m->own : m->seen) + (size_t)target * m->n_labels;
}

void model_list_targets(const struct model *m, struct buf *out)
{
    enum { SHOWN = 12, ROOM = 200 }; /* bytes: a message has 512, and a name may be a sentence */
    size_t start = out->len;
    uint32_t t = 0;

    for (; t < m->n_targets && t < SHOWN && out->len - start < ROOM; t++)
        buf_addf(out, "%s'%.*s'", t != 0 ? ", " : "", (int)m->target[t].len, m->target[t].p);
    if (t < m->n_targets)
        buf_addf(out, " and %u more", m->n_targets - t);
}

struct span model_meta(const struct model *m, const char *key)
{
    struct span wanted = span_of(key);
    const char *p = m->meta.p, *end = p + m->meta.len;

    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        const char *equals;
        if (stop == NULL)
            stop = end;
        equals = memchr(p, '=', (size_t)(stop - p));
        if (equals != NULL && span_eq(wanted, (struct span){p, (size_t)(equals - p)}))
            return (struct span){equals + 1, (size_t)(stop - equals - 1)};
        p = stop + 1;
    }
    return (struct span){NULL, 0};
}
