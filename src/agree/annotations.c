/* SPDX-License-Identifier: MIT */
/*
 * annotations: see annotations.h. Names are interned while reading and renumbered by sorting
 * at the end, as the corpus does it, so that the order of rows and files leaves no trace.
 */
#include "agree/annotations.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/labels.h"
#include "agree/annotrows.h"

enum { NAMED = 4 };

struct reading {
    struct annotations *a;
    struct intern id, target, label, annotator, file, file_annotator;
    uint8_t *known; /* per comment: it is among the comments */
    uint32_t last_file;
};

void annotations_release(struct annotations *a)
{
    if (a == NULL)
        return;
    free(a->comment);
    free(a->row);
    free(a->target);
    free(a->label);
    free(a->annotator);
    arena_release(&a->arena);
    *a = (struct annotations){0};
}

static void reading_release(struct reading *r)
{
    intern_release(&r->id);
    intern_release(&r->target);
    intern_release(&r->label);
    intern_release(&r->annotator);
    intern_release(&r->file);
    intern_release(&r->file_annotator);
    free(r->known);
}

/* ---- reading ---- */

/* What both say must agree; what only one says is kept. */
static int merge(struct reading *r, struct annotated *k, const struct annotrow *row,
                 struct stance_err *err)
{
    static const char *const what[] = {"thread", "author", "value to group by"};
    struct span *to[] = {&k->thread, &k->author, &k->field};
    struct span from[] = {row->comment.thread, row->comment.author, row->comment.field};

    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        if (to[i]->p == NULL && from[i].p != NULL)
            *to[i] = arena_copy(&r->a->arena, from[i]);
        else if (from[i].p != NULL && !span_eq(*to[i], from[i]))
            return err_at(err, STANCE_DATA, row->file, row->line, 1,
                          "another %s for id '%.*s': '%.*s', elsewhere '%.*s'%s", what[i],
                          (int)k->id.len, k->id.p, (int)from[i].len, from[i].p, (int)to[i]->len,
                          to[i]->p, i == 1 ? "; is it the --annotator-field?" : "");
    }
    return 0;
}

static uint32_t add_comment(struct reading *r, struct span id)
{
    struct annotations *a = r->a;
    uint32_t comment = intern_string(&r->id, id);

    if (comment == a->n_comments) {
        MEM_GROW(a->comment, a->comment_cap, a->n_comments + 1);
        a->comment[a->n_comments++] = (struct annotated){.id = arena_copy(&a->arena, id)};
    }
    return comment;
}

/* Two folders with an a1.csv each: nobody knows whether that is one annotator. */
static int check_file(struct reading *r, const struct annotrow *row, struct stance_err *err)
{
    uint32_t before = r->file.n, file = intern_string(&r->file, span_of(row->file));

    r->last_file = file;
    if (!row->named_by_file || file < before)
        return 0;
    before = r->file_annotator.n;
    if (intern_string(&r->file_annotator, row->annotator) == before)
        return 0;
    return err_at(err, STANCE_DATA, row->file, 0, 0,
                  "a second file called '%.*s' that names no annotator: expected one file each, "
                  "or a field",
                  (int)row->annotator.len, row->annotator.p);
}

static int take(void *arg, const struct annotrow *row, struct stance_err *err)
{
    struct reading *r = arg;
    struct annotations *a = r->a;
    uint32_t comment;

    if (row->target.p == NULL) {
        if (check_file(r, row, err) < 0)
            return -1;
        comment = add_comment(r, row->comment.id);
        return merge(r, &a->comment[comment], row, err);
    }
    MEM_GROW(a->row, a->row_cap, a->n_rows + 1);
    a->row[a->n_rows++] =
        (struct annotation){.comment = add_comment(r, row->comment.id),
                            .target = intern_string(&r->target, row->target),
                            .annotator = intern_string(&r->annotator, row->annotator),
                            .label = intern_string(&r->label, row->label),
                            .file = r->last_file,
                            .line = row->line};
    return 0;
}

/* Of the comments those that were annotated are looked at. */
static int take_comment(void *arg, const struct annotrow *row, struct stance_err *err)
{
    struct reading *r = arg;
    struct intern_view ids = intern_frozen(&r->id);
    uint32_t comment = intern_find(&ids, row->comment.id, hash_span(row->comment.id));

    if (comment == INTERN_NONE)
        return 0;
    r->known[comment] = 1;
    return merge(r, &r->a->comment[comment], row, err);
}

static int check_known(const struct reading *r, struct stance_err *err)
{
    struct buf first = {0};
    size_t n = 0;

    for (size_t i = 0; i < r->a->n_comments; i++) {
        struct span id = r->a->comment[i].id;
        if (r->known[i] || n++ >= NAMED)
            continue;
        buf_addf(&first, "%s%.*s", n > 1 ? ", " : "", (int)(id.len < 24 ? id.len : 24), id.p);
    }
    if (n != 0)
        err_set(err, STANCE_DATA,
                "annotated ids that are not among the comments: %zu of %zu (%s%s)", n,
                r->a->n_comments, buf_str(&first), n > NAMED ? ", …" : "");
    buf_release(&first);
    return n != 0 ? -1 : 0;
}

/* Those are kept of every comment. */
static bool is_usual(const char *group)
{
    return strcmp(group, "thread") == 0 || strcmp(group, "author") == 0 || strcmp(group, "id") == 0;
}

static int read_files(struct reading *r, const struct annotation_files *files,
                      const struct stance_talk *talk, struct stance_err *err)
{
    struct annotrows want = {.input = files->input,
                             .group = files->group != NULL && !is_usual(files->group) ? files->group
                                                                                      : NULL,
                             .with_comments = files->n_comments != 0,
                             .take = take,
                             .arg = r};

    for (size_t i = 0; i < files->n_paths; i++)
        if (annotrows_read(&want, files->path[i], talk, err) < 0)
            return -1;
    want.only_comments = true;
    want.take = take_comment;
    r->known = mem_zalloc(r->a->n_comments, 1);
    for (size_t i = 0; i < files->n_comments; i++)
        if (annotrows_read(&want, files->comments[i], talk, err) < 0)
            return -1;
    return files->n_comments != 0 ? check_known(r, err) : 0;
}

/* ---- one order ---- */

static int by_span(const void *a, const void *b)
{
    return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

/* The names in the order of their bytes; *rank maps ids to positions. */
static struct span *sorted_names(struct annotations *a, const struct intern *names, uint32_t **rank)
{
    struct intern_view view = intern_frozen(names);
    struct span *sorted = mem_array(view.n, sizeof *sorted);

    for (uint32_t i = 0; i < view.n; i++)
        sorted[i] = arena_copy(&a->arena, intern_text(&view, i));
    qsort(sorted, view.n, sizeof *sorted, by_span);
    *rank = mem_array(view.n, sizeof **rank);
    for (uint32_t i = 0; i < view.n; i++)
        (*rank)[intern_find(&view, sorted[i], hash_span(sorted[i]))] = i;
    return sorted;
}

static int by_id(const void *a, const void *b)
{
    return span_cmp(((const struct annotated *)a)->id, ((const struct annotated *)b)->id);
}

/* By place; of equal places by label, so that what is told of them is always the same. */
static int by_place(const void *a, const void *b)
{
    const struct annotation *x = a, *y = b;
    const uint64_t p[] = {x->comment, x->target, x->annotator, x->label, x->file, x->line};
    const uint64_t q[] = {y->comment, y->target, y->annotator, y->label, y->file, y->line};

    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

static bool same_place(const struct annotation *a, const struct annotation *b)
{
    return a->comment == b->comment && a->target == b->target && a->annotator == b->annotator;
}

static void renumber(struct reading *r, struct span **file)
{
    struct annotations *a = r->a;
    uint32_t *target, *label, *annotator, *files, *id;
    struct intern_view ids = intern_frozen(&r->id);

    a->target = sorted_names(a, &r->target, &target);
    a->label = sorted_names(a, &r->label, &label);
    a->annotator = sorted_names(a, &r->annotator, &annotator);
    *file = sorted_names(a, &r->file, &files);
    a->n_targets = r->target.n;
    a->n_labels = r->label.n;
    a->n_annotators = r->annotator.n;
    qsort(a->comment, a->n_comments, sizeof *a->comment, by_id);
    id = mem_array(a->n_comments, sizeof *id);
    for (size_t i = 0; i < a->n_comments; i++)
        id[intern_find(&ids, a->comment[i].id, hash_span(a->comment[i].id))] = (uint32_t)i;
    for (size_t i = 0; i < a->n_rows; i++) {
        struct annotation *k = &a->row[i];
        k->comment = id[k->comment];
        k->target = target[k->target];
        k->label = label[k->label];
        k->annotator = annotator[k->annotator];
        k->file = files[k->file];
    }
    qsort(a->row, a->n_rows, sizeof *a->row, by_place);
    free(target);
    free(label);
    free(annotator);
    free(files);
    free(id);
}

/* Labels that one annotator gave one unit besides another: how many, the first few by name,
 * and the place of the first. */
struct conflicts {
    uint64_t n;
    struct buf named;
    struct annotation first;
};

static void blame(struct conflicts *c, const struct annotations *a, const struct annotation *k,
                  uint32_t other)
{
    struct span id = a->comment[k->comment].id;

    if (c->n == 0)
        c->first = *k;
    if (c->n++ >= NAMED)
        return;
    buf_addf(&c->named, "%s%.24s %.*s %.24s '%.16s' and '%.16s'", c->n > 1 ? "; " : "",
             a->annotator[k->annotator].p, (int)(id.len < 24 ? id.len : 24), id.p,
             a->target[k->target].p, a->label[other].p, a->label[k->label].p);
}

/* Keeps the first label of each annotator and unit. */
static void drop_repeated(struct annotations *a, struct conflicts *c)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n_rows; i++) {
        const struct annotation *last = n != 0 ? &a->row[n - 1] : NULL;
        if (last == NULL || !same_place(last, &a->row[i])) {
            a->row[n++] = a->row[i];
            continue;
        }
        a->n_repeated++;
        if (last->label != a->row[i].label)
            blame(c, a, &a->row[i], last->label);
    }
    a->n_rows = n;
}

static int check_repeated(struct annotations *a, const struct span *file, struct stance_err *err)
{
    struct conflicts c = {0};

    drop_repeated(a, &c);
    if (c.n != 0)
        err_at(err, STANCE_DATA, file[c.first.file].p, c.first.line, 1,
               "two labels of one annotator for one comment and target, %llu time%s: %s%s",
               (unsigned long long)c.n, c.n != 1 ? "s" : "", buf_str(&c.named),
               c.n > NAMED ? "; …" : "");
    buf_release(&c.named);
    return c.n != 0 ? -1 : 0;
}

static int check_sizes(const struct reading *r, struct stance_err *err)
{
    if (r->a->n_rows == 0)
        return err_set(err, STANCE_DATA, "not one label in the annotations: " LABELS_EXPECTED);
    if (r->label.n > ANNOTATIONS_MAX_LABELS)
        return err_set(err, STANCE_DATA,
                       "%u different labels, expected %d at most: is another field the label?",
                       r->label.n, ANNOTATIONS_MAX_LABELS);
    return 0;
}

int annotations_read(struct annotations *a, const struct annotation_files *files,
                     const struct stance_talk *talk, struct stance_err *err)
{
    struct reading r = {.a = a};
    struct span *file = NULL;
    int status = read_files(&r, files, talk, err);

    a->has_comments = files->n_comments != 0;
    if (status == 0)
        status = check_sizes(&r, err);
    if (status == 0) {
        renumber(&r, &file);
        status = check_repeated(a, file, err);
        labels_note_missing(a->label, a->n_labels, talk);
    }
    free(file);
    reading_release(&r);
    return status;
}

/* ---- use ---- */

size_t annotations_unit_end(const struct annotations *a, size_t from)
{
    size_t end = from;

    while (end < a->n_rows && a->row[end].comment == a->row[from].comment &&
           a->row[end].target == a->row[from].target)
        end++;
    return end;
}

static uint32_t find_name(const struct span *name, uint32_t n, struct span wanted)
{
    for (uint32_t i = 0; i < n; i++)
        if (span_eq(name[i], wanted))
            return i;
    return UINT32_MAX;
}

static size_t find_mark(const struct corpus *gold, size_t comment, uint32_t target)
{
    size_t low = 0, high = gold->n_marks;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct mark *m = &gold->mark[mid];
        if (m->comment == comment && m->target == target)
            return mid;
        if (m->comment < comment || (m->comment == comment && m->target < target))
            low = mid + 1;
        else
            high = mid;
    }
    return SIZE_MAX;
}

uint32_t *annotations_of_corpus(const struct annotations *a, const struct corpus *gold)
{
    size_t n = (size_t)a->n_annotators * gold->n_marks;
    uint32_t *label = mem_array(n, sizeof *label);

    memset(label, 0xFF, n * sizeof *label);
    for (size_t from = 0, end; from < a->n_rows; from = end) {
        uint32_t target = find_name(gold->target, gold->n_targets, a->target[a->row[from].target]);
        size_t comment = corpus_find(gold, a->comment[a->row[from].comment].id), mark;
        end = annotations_unit_end(a, from);
        mark = comment != SIZE_MAX && target != UINT32_MAX ? find_mark(gold, comment, target)
                                                           : SIZE_MAX;
        for (size_t i = from; i < end && mark != SIZE_MAX; i++)
            label[a->row[i].annotator * gold->n_marks + mark] = a->row[i].label;
    }
    return label;
}
