/* SPDX-License-Identifier: MIT */
/*
 * corpus: see corpus.h. Everything is renumbered at the end by sorting, so that the order
 * of rows and files leaves no trace: it would otherwise reach libsvm, where it decides
 * label order and ties.
 */
#include "corpus/corpus.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "corpus/period.h"

void corpus_release(struct corpus *c)
{
    if (c == NULL)
        return;
    free(c->comment);
    free(c->mark);
    free(c->target);
    free(c->label);
    free(c->file);
    free(c->dropped);
    arena_release(&c->arena);
    intern_release(&c->target_names);
    intern_release(&c->label_names);
    intern_release(&c->file_names);
    *c = (struct corpus){0};
}

static struct span keep(struct corpus *c, struct span s)
{
    return s.p != NULL ? arena_copy(&c->arena, s) : s;
}

size_t corpus_add(struct corpus *c, const struct comment *comment, struct span file)
{
    struct comment *to;

    MEM_GROW(c->comment, c->comment_cap, c->n_comments + 1);
    to = &c->comment[c->n_comments];
    *to = (struct comment){.id = keep(c, comment->id),
                           .thread = keep(c, comment->thread),
                           .parent = keep(c, comment->parent),
                           .author = keep(c, comment->author),
                           .date = keep(c, comment->date),
                           .text = keep(c, comment->text),
                           .file = intern_string(&c->file_names, file),
                           .line = comment->line,
                           .added = comment->added};
    return c->n_comments++;
}

void corpus_extra(struct corpus *c, size_t comment, struct span key, struct span value)
{
    struct extra *x = arena_alloc(&c->arena, sizeof *x);
    *x = (struct extra){keep(c, key), keep(c, value), c->comment[comment].extra};
    c->comment[comment].extra = x;
}

void corpus_label(struct corpus *c, size_t comment, struct span target, struct span label)
{
    MEM_GROW(c->mark, c->mark_cap, c->n_marks + 1);
    c->mark[c->n_marks++] =
        (struct mark){(uint32_t)comment, intern_string(&c->target_names, target),
                      intern_string(&c->label_names, label)};
}

static int by_span(const void *a, const void *b)
{
    return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

/* The names of a table in the order of their bytes; *rank maps old ids to positions. */
static struct span *sorted_names(struct corpus *c, const struct intern *names, uint32_t **rank)
{
    struct intern_view view = intern_frozen(names);
    struct span *sorted = mem_array(view.n, sizeof *sorted);

    for (uint32_t i = 0; i < view.n; i++)
        sorted[i] = arena_copy(&c->arena, intern_text(&view, i));
    qsort(sorted, view.n, sizeof *sorted, by_span);
    *rank = mem_array(view.n, sizeof **rank);
    for (uint32_t i = 0; i < view.n; i++)
        (*rank)[intern_find(&view, sorted[i], hash_span(sorted[i]))] = i;
    return sorted;
}

struct keyed {
    struct comment comment;
    uint32_t old;
};

static int by_id(const void *a, const void *b)
{
    const struct comment *x = &((const struct keyed *)a)->comment;
    const struct comment *y = &((const struct keyed *)b)->comment;
    int d = span_cmp(x->id, y->id);
    if (d == 0)
        d = (x->file > y->file) - (x->file < y->file);
    return d != 0 ? d : (x->line > y->line) - (x->line < y->line);
}

static int duplicate(struct corpus *c, const struct comment *second, const struct comment *first,
                     const char *what, struct stance_err *err)
{
    return err_at(err, STANCE_DATA, c->file[second->file].p, second->line, 1,
                  "%s '%.*s', already at %s:%llu", what, (int)second->id.len, second->id.p,
                  c->file[first->file].p, (unsigned long long)first->line);
}

/* What folds may go by must not depend on which row comes first: extras that the first one
 * lacks are taken over, and of two values the smaller stays. */
static void merge_extra(struct comment *first, struct extra *more)
{
    struct extra *guess = first->extra; /* rows of one file have their keys in one order */

    for (struct extra *next; more != NULL; more = next) {
        struct extra *x = guess != NULL && span_eq(guess->key, more->key) ? guess : first->extra;
        next = more->next;
        while (x != NULL && !span_eq(x->key, more->key))
            x = x->next;
        if (x == NULL) {
            more->next = first->extra;
            first->extra = more;
            continue;
        }
        if (span_cmp(more->value, x->value) < 0)
            x->value = more->value;
        guess = x->next;
    }
}

/* Takes over what the first row lacks; what both say must agree, but for the date, which may
 * be when a row was collected: the smaller stays. */
static int merge(struct corpus *c, struct comment *first, const struct comment *second,
                 struct stance_err *err)
{
    static const char *const what[] = {"another text for id", "another thread for id",
                                       "another parent for id", "another author for id"};
    struct span *to[] = {&first->text, &first->thread, &first->parent, &first->author};
    struct span from[] = {second->text, second->thread, second->parent, second->author};

    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        if (to[i]->p == NULL)
            *to[i] = from[i];
        else if (from[i].p != NULL && !span_eq(*to[i], from[i]))
            return duplicate(c, second, first, what[i], err);
    }
    c->n_both += first->added != second->added;
    first->added = first->added || second->added;
    if (first->date.p == NULL ||
        (second->date.p != NULL && span_cmp(second->date, first->date) < 0))
        first->date = second->date;
    merge_extra(first, second->extra);
    return 0;
}

/* Sorts by id and drops repeated ones, whose labels move to the first. Of rows that repeat an id
 * one must be labelled (check_marks() sees to labels given twice): whichever it is, so that their
 * order does not matter. */
static int sort_comments(struct corpus *c, uint32_t *rank, const uint8_t *labelled,
                         struct stance_err *err)
{
    struct keyed *k = mem_array(c->n_comments, sizeof *k);
    const struct comment *repeated = NULL; /* of the last comment kept, no label so far */
    size_t n = 0;
    int status = 0;
    bool some = false; /* the last comment kept has a label */

    for (size_t i = 0; i < c->n_comments; i++)
        k[i] = (struct keyed){c->comment[i], (uint32_t)i};
    qsort(k, c->n_comments, sizeof *k, by_id);
    for (size_t i = 0; i < c->n_comments; i++) {
        struct comment *first = n > 0 ? &c->comment[n - 1] : NULL;
        if (first == NULL || !span_eq(first->id, k[i].comment.id)) {
            if (status == 0 && repeated != NULL && !some)
                status = duplicate(c, repeated, first, "duplicate id", err);
            c->comment[n++] = k[i].comment;
            repeated = NULL;
            some = false;
        } else {
            if (status == 0)
                status = merge(c, first, &k[i].comment, err);
            if (repeated == NULL)
                repeated = &k[i].comment;
        }
        some = some || labelled[k[i].old];
        rank[k[i].old] = (uint32_t)(n - 1);
    }
    if (status == 0 && repeated != NULL && !some)
        status = duplicate(c, repeated, &c->comment[n - 1], "duplicate id", err);
    c->n_comments = n;
    free(k);
    return status;
}

static int by_comment_target(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->comment != y->comment)
        return x->comment < y->comment ? -1 : 1;
    if (x->target != y->target)
        return x->target < y->target ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

static int check_marks(struct corpus *c, struct stance_err *err)
{
    for (size_t i = 1; i < c->n_marks; i++) {
        const struct mark *a = &c->mark[i - 1], *b = &c->mark[i];
        const struct comment *k = &c->comment[b->comment];
        struct span t = c->target[b->target];
        if (a->comment != b->comment || a->target != b->target)
            continue;
        if (a->label != b->label)
            return err_at(err, STANCE_DATA, c->file[k->file].p, k->line, 1,
                          "conflicting labels for id '%.*s', target '%.*s': '%s' and '%s'",
                          (int)k->id.len, k->id.p, (int)t.len, t.p, c->label[a->label].p,
                          c->label[b->label].p);
        return err_at(err, STANCE_DATA, c->file[k->file].p, k->line, 1,
                      "duplicate id '%.*s': target '%.*s' is labelled twice", (int)k->id.len,
                      k->id.p, (int)t.len, t.p);
    }
    return 0;
}

/* Each comment has one parent at most, so a cycle is met by walking up twice over. */
static int check_parents(struct corpus *c, struct stance_err *err)
{
    size_t *parent = mem_array(c->n_comments, sizeof *parent);
    uint32_t *seen = mem_zalloc(c->n_comments, sizeof *seen);
    int status = 0;

    for (size_t i = 0; i < c->n_comments; i++) {
        struct span p = c->comment[i].parent;
        parent[i] = p.p != NULL ? corpus_find(c, p) : SIZE_MAX;
        c->n_orphans += p.p != NULL && parent[i] == SIZE_MAX;
    }
    for (size_t i = 0; i < c->n_comments && status == 0; i++) {
        uint32_t walk = (uint32_t)i + 1;
        size_t at = i;
        while (at != SIZE_MAX && seen[at] == 0) {
            seen[at] = walk;
            at = parent[at];
        }
        if (at != SIZE_MAX && seen[at] == walk) {
            const struct comment *k = &c->comment[at];
            status = err_at(err, STANCE_DATA, c->file[k->file].p, k->line, 1,
                            "the parents of '%.*s' lead back to itself", (int)k->id.len, k->id.p);
        }
    }
    free(parent);
    free(seen);
    return status;
}

/* Of the dates that are left when comments given twice are one. */
static void name_weeks(struct corpus *c)
{
    struct buf week = {0};

    for (size_t i = 0; i < c->n_comments; i++) {
        buf_reset(&week);
        if (period_of(c->comment[i].date, PERIOD_WEEK, &week))
            c->comment[i].week = arena_copy(&c->arena, buf_span(&week));
    }
    buf_release(&week);
}

int corpus_seal(struct corpus *c, struct stance_err *err)
{
    uint32_t *target_rank, *label_rank, *file_rank;
    uint32_t *comment_rank = mem_array(c->n_comments, sizeof *comment_rank);
    uint8_t *labelled = corpus_labelled(c);
    int status;

    c->target = sorted_names(c, &c->target_names, &target_rank);
    c->label = sorted_names(c, &c->label_names, &label_rank);
    c->file = sorted_names(c, &c->file_names, &file_rank);
    c->n_targets = c->target_names.n;
    c->n_labels = c->label_names.n;
    c->n_files = c->file_names.n;
    for (size_t i = 0; i < c->n_comments; i++)
        c->comment[i].file = file_rank[c->comment[i].file];
    status = sort_comments(c, comment_rank, labelled, err);
    name_weeks(c);
    for (size_t i = 0; i < c->n_marks; i++) {
        struct mark *m = &c->mark[i];
        *m = (struct mark){comment_rank[m->comment], target_rank[m->target], label_rank[m->label]};
    }
    if (c->n_marks != 0) /* qsort takes no null pointer */
        qsort(c->mark, c->n_marks, sizeof *c->mark, by_comment_target);
    if (status == 0)
        status = check_marks(c, err);
    if (status == 0)
        status = check_parents(c, err);
    free(comment_rank);
    free(labelled);
    free(target_rank);
    free(label_rank);
    free(file_rank);
    return status;
}

size_t corpus_find(const struct corpus *c, struct span id)
{
    size_t low = 0, high = c->n_comments;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = span_cmp(c->comment[mid].id, id);
        if (d == 0)
            return mid;
        if (d < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return SIZE_MAX;
}

uint8_t *corpus_labelled(const struct corpus *c)
{
    uint8_t *labelled = mem_zalloc(c->n_comments, 1);

    for (size_t i = 0; i < c->n_marks; i++)
        labelled[c->mark[i].comment] = 1;
    return labelled;
}

static unsigned two_digits(const char *p)
{
    return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

/* The first `len` bytes of YYYY-MM-DD, where the date begins so and does not go on with a
 * digit; 4, 7 or 10 of them. */
static struct span date_prefix(struct span date, size_t len)
{
    static const char form[] = "dddd-dd-dd";
    const struct span none = {NULL, 0};

    if (date.len < len)
        return none;
    for (size_t i = 0; i < len; i++)
        if (form[i] == 'd' ? date.p[i] < '0' || date.p[i] > '9' : date.p[i] != '-')
            return none;
    if (date.len > len &&
        (len < 10 ? date.p[len] != '-' : date.p[len] >= '0' && date.p[len] <= '9'))
        return none;
    if (len >= 7 && (two_digits(date.p + 5) < 1 || two_digits(date.p + 5) > 12))
        return none;
    if (len == 10 && (two_digits(date.p + 8) < 1 || two_digits(date.p + 8) > 31))
        return none;
    return (struct span){date.p, len};
}

struct span comment_field(const struct comment *c, struct span field)
{
    const struct {
        struct span name, value;
    } known[] = {
        {SPAN("thread"), c->thread}, {SPAN("author"), c->author}, {SPAN("parent"), c->parent},
        {SPAN("id"), c->id},         {SPAN("date"), c->date},     {SPAN("date:week"), c->week},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (span_eq(field, known[i].name))
            return known[i].value;
    if (span_eq(field, SPAN("date:year")))
        return date_prefix(c->date, 4);
    if (span_eq(field, SPAN("date:month")))
        return date_prefix(c->date, 7);
    if (span_eq(field, SPAN("date:day")))
        return date_prefix(c->date, 10);
    for (const struct extra *x = c->extra; x != NULL; x = x->next)
        if (span_eq(x->key, field))
            return x->value;
    return (struct span){NULL, 0};
}
