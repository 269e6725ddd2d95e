/* SPDX-License-Identifier: MIT */
/*
 * sums: see sums.h. Doubles are written so that they read back as the same; sums of one dump in
 * two pieces differ from those in one by rounding alone.
 */
#include "prevalence/sums.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/infile.h"
#include "base/num.h"
#include "base/outfile.h"
#include "corpus/json.h"
#include "corpus/jsonout.h"

enum { LARGEST = 1 << 30 };

/* ---- writing ---- */

static void add_reals(struct buf *out, const char *key, const double *v, size_t n)
{
    jsonout_key(out, key);
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++)
        jsonout_real(out, NULL, v[i]);
    buf_add_char(out, ']');
}

static void add_texts(struct buf *out, const char *key, const struct span *s, size_t n)
{
    jsonout_key(out, key);
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++)
        jsonout_text(out, NULL, s[i].p != NULL ? s[i] : SPAN(""));
    buf_add_char(out, ']');
}

/* What must be the same in all that are added, as one text: compared byte for byte. */
static void add_agreed(const struct census *c, const struct sums_head *head, struct buf *out)
{
    const struct census_spec *s = &c->spec;

    buf_addf(out, "{\"stance_sums\":1,\"model\":\"%08x\",\"audit\":\"%016llx\"", head->model,
             (unsigned long long)(s->audit != NULL ? s->audit->id : 0));
    add_texts(out, "targets", head->target, s->n_targets);
    add_texts(out, "labels", s->label, s->n_labels);
    add_texts(out, "levels", s->level, s->n_levels);
    jsonout_key(out, "topic");
    buf_add_str(out, s->topic != SIZE_MAX ? "true" : "false");
}

static void add_head(const struct census *c, const struct sums_head *head, struct buf *out)
{
    add_agreed(c, head, out);
    jsonout_count(out, "records", c->records);
    jsonout_key(out, "status");
    buf_add_char(out, '[');
    for (int i = 0; i < STANCE_N_STATUS; i++)
        jsonout_count(out, NULL, c->status[i]);
    buf_add_char(out, ']');
    jsonout_count(out, "population", c->population);
    jsonout_count(out, "key_sum", c->sum);
    buf_add_str(out, "}\n");
}

static struct span name_of(const struct intern *names, uint32_t id)
{
    struct intern_view view = intern_frozen(names);

    return id < view.n ? intern_text(&view, id) : SPAN("all");
}

static void add_cell(const struct census *c, const struct census_cell *cell, struct buf *out)
{
    size_t n = c->spec.n_targets * c->spec.n_labels;

    buf_add_char(out, '{');
    jsonout_count(out, "level", cell->level);
    jsonout_text(out, "group", name_of(&c->group[cell->level], cell->group));
    jsonout_text(out, "stratum", name_of(&c->stratum, cell->stratum));
    jsonout_count(out, "n", cell->n);
    jsonout_real(out, "v", cell->v);
    jsonout_real(out, "on", cell->on);
    add_reals(out, "p", cell->p, n);
    if (cell->p_on != NULL)
        add_reals(out, "p_on", cell->p_on, n);
    jsonout_key(out, "counted");
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++)
        jsonout_count(out, NULL, cell->counted[i]);
    buf_add_str(out, "]}\n");
}

static void add_row(const struct census *c, size_t i, struct buf *out)
{
    const struct census_row *row = &c->row[i];

    buf_addf(out, "{\"key\":\"%016llx\"", (unsigned long long)c->spec.audit->row[i].key);
    jsonout_count(out, "found", row->n_found);
    jsonout_key(out, "groups");
    buf_add_char(out, '[');
    for (size_t k = 0; k < c->spec.n_levels; k++)
        jsonout_text(out, NULL, name_of(&c->group[k], row->group[k]));
    buf_add_char(out, ']');
    add_reals(out, "p", row->p, c->spec.n_targets * c->spec.n_labels);
    jsonout_key(out, "predicted");
    buf_add_char(out, '[');
    for (size_t t = 0; t < c->spec.n_targets; t++)
        jsonout_count(out, NULL, row->predicted[t]);
    buf_add_str(out, "]}\n");
}

int sums_write(const struct census *c, const struct sums_head *head, const char *path,
               struct stance_err *err)
{
    struct outfile *f = outfile_open(path, err);
    struct buf out = {0};
    int status;

    if (f == NULL)
        return -1;
    add_head(c, head, &out);
    for (size_t i = 0; i < c->n_cells; i++)
        add_cell(c, &c->cell[i], &out);
    for (size_t i = 0; c->spec.audit != NULL && i < c->spec.audit->n_rows; i++)
        if (c->row[i].n_found != 0)
            add_row(c, i, &out);
    buf_addf(&out, "{\"check\":\"%016llx\"}\n", (unsigned long long)hash_span(buf_span(&out)));
    status = outfile_write(f, buf_span(&out), err);
    if (status < 0)
        outfile_abort(f);
    else
        status = outfile_commit(f, err);
    buf_release(&out);
    return status;
}

/* ---- reading ---- */

struct adding {
    struct census *c;
    const char *path;
    uint64_t line;
    struct stance_err *err;
    struct buf text; /* of a string being read */
};

static int refuse(const struct adding *a, const char *what)
{
    return err_at(a->err, STANCE_DATA, a->path, a->line, 0, "%s", what);
}

static bool find(struct span object, const char *key, enum json_type type, struct json_value *v)
{
    return json_find(object, span_of(key), v) && v->type == type;
}

static bool read_count(struct span object, const char *key, uint64_t *n)
{
    struct json_value v;

    return find(object, key, JSON_NUMBER, &v) && num_u64(v.raw, n);
}

/* The string in a->text. */
static bool read_text(struct adding *a, const struct json_value *v)
{
    buf_reset(&a->text);
    return v->type == JSON_STRING && json_string_decode(v->raw, &a->text) == 0;
}

/* n numbers of an array, each given to add(). */
static bool read_array(struct span object, const char *key, size_t n,
                       bool (*add)(void *to, size_t i, struct span number), void *to)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct json_value v;
    bool good = find(object, key, JSON_ARRAY, &v) && json_walk_begin(&walk, v.raw, &e) == 0;
    size_t i = 0;

    while (good && json_walk_next(&walk, &m, &e) > 0) {
        good = i < n && m.value.type == JSON_NUMBER && add(to, i, m.value.raw);
        i++;
    }
    json_walk_release(&walk);
    return good && i == n;
}

/* Sums of parts of 1: never below 0, and never so large that they are no number. */
static bool plus(struct span number, double *sum)
{
    double value;

    if (!num_f64(number, &value) || !(value >= 0) || !isfinite(*sum + value))
        return false;
    *sum += value;
    return true;
}

static bool plus_real(void *to, size_t i, struct span number)
{
    return plus(number, &((double *)to)[i]);
}

static bool plus_count(void *to, size_t i, struct span number)
{
    uint64_t value;

    if (!num_u64(number, &value))
        return false;
    ((uint64_t *)to)[i] += value;
    return true;
}

struct labels_read {
    uint32_t *label;
    size_t n_labels;
};

static bool set_label(void *to, size_t i, struct span number)
{
    struct labels_read *l = to;
    uint64_t value;

    if (!num_u64(number, &value) || value >= l->n_labels)
        return false;
    l->label[i] = (uint32_t)value;
    return true;
}

static int add_head_line(struct adding *a, struct span line, const struct sums_head *head)
{
    struct buf agreed = {0};
    uint64_t records, population, sum;
    bool same;

    add_agreed(a->c, head, &agreed);
    same = line.len > agreed.len && memcmp(line.p, agreed.p, agreed.len) == 0;
    buf_release(&agreed);
    if (!same)
        return refuse(a,
                      "these sums are of another model, audit, targets or groups than asked for");
    if (!read_count(line, "records", &records) || !read_count(line, "population", &population) ||
        !read_count(line, "key_sum", &sum) ||
        !read_array(line, "status", STANCE_N_STATUS, plus_count, a->c->status))
        return refuse(a, "no head of a file of sums");
    a->c->records += records;
    a->c->population += population;
    a->c->sum += sum;
    return 0;
}

static bool add_real(struct span object, const char *key, double *sum)
{
    struct json_value v;

    return find(object, key, JSON_NUMBER, &v) && plus(v.raw, sum);
}

static int add_cell_line(struct adding *a, struct span line)
{
    size_t n = a->c->spec.n_targets * a->c->spec.n_labels;
    struct census_cell *cell;
    struct json_value v;
    uint64_t level, count;
    uint32_t group, stratum;

    if (!read_count(line, "level", &level) || level >= a->c->spec.n_levels ||
        !read_count(line, "n", &count) || !json_find(line, SPAN("group"), &v) || !read_text(a, &v))
        return refuse(a, "no cell of a file of sums");
    group = intern_string(&a->c->group[level], buf_span(&a->text));
    if (!json_find(line, SPAN("stratum"), &v) || !read_text(a, &v))
        return refuse(a, "a cell without a stratum");
    stratum = a->c->spec.audit != NULL ? intern_string(&a->c->stratum, buf_span(&a->text)) : 0;
    if (a->c->spec.audit != NULL && stratum >= a->c->spec.audit->n_strata)
        return refuse(a, "a stratum that the audit does not have");
    cell = census_cell(a->c, (uint32_t)level, group, stratum);
    cell->n += count;
    if (!add_real(line, "v", &cell->v) || !add_real(line, "on", &cell->on))
        return refuse(a, "a cell whose sums are no numbers of 0 or more");
    if (!read_array(line, "p", n, plus_real, cell->p) ||
        (cell->p_on != NULL && !read_array(line, "p_on", n, plus_real, cell->p_on)) ||
        !read_array(line, "counted", n, plus_count, cell->counted))
        return refuse(a, "a cell whose numbers are not as many as targets and labels, or below 0");
    return 0;
}

static bool read_groups(struct adding *a, struct span line, uint32_t *group)
{
    struct json_walk walk = {0};
    struct json_member m;
    struct json_error e;
    struct json_value v;
    bool good = find(line, "groups", JSON_ARRAY, &v) && json_walk_begin(&walk, v.raw, &e) == 0;
    size_t k = 0;

    while (good && json_walk_next(&walk, &m, &e) > 0) {
        good = k < a->c->spec.n_levels && read_text(a, &m.value);
        if (good)
            group[k] = intern_string(&a->c->group[k], buf_span(&a->text));
        k++;
    }
    json_walk_release(&walk);
    return good && k == a->c->spec.n_levels;
}

static int add_row_line(struct adding *a, struct span line)
{
    struct census *c = a->c;
    struct json_value v;
    struct census_row *row;
    uint64_t key, found;

    if (c->spec.audit == NULL || !json_find(line, SPAN("key"), &v) || !read_text(a, &v) ||
        !num_hex64(buf_span(&a->text), &key) || !read_count(line, "found", &found))
        return refuse(a, "no row of a file of sums");
    row = census_find_row(c, key);
    if (row == NULL)
        return refuse(a, "a row that the audit does not have");
    row->n_found += found;
    if (row->p != NULL)
        return 0; /* in another piece as well: the same text, the same answer */
    census_row_room(c, row);
    row->v = 1;
    if (!read_groups(a, line, row->group) ||
        !read_array(line, "p", c->spec.n_targets * c->spec.n_labels, plus_real, row->p) ||
        !read_array(line, "predicted", c->spec.n_targets, set_label,
                    &(struct labels_read){row->predicted, c->spec.n_labels}))
        return refuse(a, "a row whose numbers are not as many as targets and labels");
    return 0;
}

static int add_line(struct adding *a, struct span line, const struct sums_head *head)
{
    struct json_value v;

    if (a->line == 1)
        return add_head_line(a, line, head);
    return json_find(line, SPAN("level"), &v) ? add_cell_line(a, line) : add_row_line(a, line);
}

/* The last line holds the hash of all before it; *body is what it is of. */
static int check_whole(const struct adding *a, struct span all, struct span *body)
{
    char check[64];
    size_t len, tail = (size_t)snprintf(check, sizeof check, "{\"check\":\"%016llx\"}\n", 0ull);

    if (all.len < 15 || memcmp(all.p, "{\"stance_sums\":", 15) != 0)
        return refuse(a, "no file of sums, which `stance prevalence --sum` writes");
    if (all.len < tail)
        return refuse(a, "the file of sums is cut off");
    len = all.len - tail;
    snprintf(check, sizeof check, "{\"check\":\"%016llx\"}\n",
             (unsigned long long)hash_span((struct span){all.p, len}));
    if (memcmp(all.p + len, check, tail) != 0)
        return refuse(a, "the file of sums is damaged, or was edited");
    *body = (struct span){all.p, len};
    return 0;
}

static int read_all(const char *path, struct buf *all, struct stance_err *err)
{
    struct infile *in = infile_open(path, ENCODING_UTF8, err);
    ssize_t got = in != NULL ? 1 : -1;

    while (got > 0) {
        buf_room(all, 1 << 16);
        got = infile_read(in, all->p + all->len, 1 << 16, err);
        if (got > 0)
            all->len += (size_t)got;
        if (all->len > LARGEST)
            got = err_at(err, STANCE_DATA, path, 0, 0, "a file of sums is never so large");
    }
    infile_close(in);
    return (int)got;
}

int sums_add(struct census *c, const struct sums_head *head, const char *path,
             struct stance_err *err)
{
    struct adding a = {.c = c, .path = path, .err = err};
    struct buf all = {0};
    struct span rest = {0};
    int status = read_all(path, &all, err);

    if (status == 0)
        status = check_whole(&a, buf_span(&all), &rest);
    while (status == 0 && rest.len > 0) {
        const char *end = memchr(rest.p, '\n', rest.len);
        size_t len = end != NULL ? (size_t)(end - rest.p) : rest.len;
        a.line++;
        status = add_line(&a, (struct span){rest.p, len}, head);
        rest.p += len + (end != NULL);
        rest.len -= len + (end != NULL);
    }
    buf_release(&a.text);
    buf_release(&all);
    return status;
}
