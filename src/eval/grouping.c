/* SPDX-License-Identifier: MIT */
/* grouping: see grouping.h. Numbers follow the corpus' order or that of the values' bytes. */
#include "eval/grouping.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

static int no_such_field(struct span field, const char *what, struct stance_err *err)
{
    return err_set(err, STANCE_DATA,
                   "no comment has a field '%.*s' to %s by; expected thread, author, id or "
                   "another field of the records",
                   (int)field.len, field.p, what);
}

/* A comment without the field is told apart from named groups by a leading byte. */
static void number_groups(struct groups *g, const struct corpus *c, const uint32_t *comment,
                          uint32_t n)
{
    struct intern names = {0};
    struct buf key = {0};

    g->n_without = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct comment *k = &c->comment[comment[i]];
        struct span value = comment_field(k, g->field);
        g->n_without += value.p == NULL;
        buf_reset(&key);
        buf_add_char(&key, value.p != NULL ? '=' : '?');
        buf_add_span(&key, value.p != NULL ? value : k->id);
        g->of[i] = intern_string(&names, buf_span(&key));
    }
    g->n = names.n;
    buf_release(&key);
    intern_release(&names);
}

int groups_make(struct groups *g, const struct corpus *c, const uint32_t *comment, uint32_t n,
                struct span field, struct stance_err *err)
{
    const struct span usual[] = {SPAN("thread"), SPAN("author"), SPAN("id")};

    *g = (struct groups){.field = field, .of = mem_array(n, sizeof *g->of)};
    if (field.p != NULL) {
        number_groups(g, c, comment, n);
        return g->n_without < n ? 0 : no_such_field(field, "group", err);
    }
    for (size_t i = 0; i < 3; i++) {
        g->field = usual[i];
        number_groups(g, c, comment, n);
        if (g->n_without == 0)
            break;
        if (i == 0 && g->n_without < n)
            g->n_unthreaded = g->n_without;
    }
    return 0;
}

void groups_release(struct groups *g)
{
    free(g->of);
    *g = (struct groups){0};
}

struct value {
    struct span name;
    uint32_t id; /* in order of appearance */
    uint32_t n;
};

static int most_first(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return span_cmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return span_cmp(((const struct value *)a)->name, ((const struct value *)b)->name);
}

/* Values of the comments: `of` gets their numbers by appearance, UINT32_MAX without one. */
static struct value *count_values(struct slices *s, const struct corpus *c, const uint32_t *comment,
                                  uint32_t n, struct arena *arena, uint32_t *n_values)
{
    struct intern names = {0};
    struct intern_view view;
    struct value *value;

    for (uint32_t i = 0; i < n; i++) {
        struct span v = comment_field(&c->comment[comment[i]], s->field);
        s->of[i] = v.p != NULL ? intern_string(&names, v) : UINT32_MAX;
    }
    view = intern_frozen(&names);
    value = mem_zalloc((size_t)view.n + 1, sizeof *value);
    for (uint32_t v = 0; v < view.n; v++)
        value[v] = (struct value){arena_copy(arena, intern_text(&view, v)), v, 0};
    for (uint32_t i = 0; i < n; i++)
        if (s->of[i] != UINT32_MAX)
            value[s->of[i]].n++;
    *n_values = view.n;
    intern_release(&names);
    return value;
}

/* The most frequent values, sorted by name; the rest share one place. */
static void place_values(struct slices *s, struct value *value, uint32_t n_values, uint32_t *place)
{
    uint32_t kept = n_values > SLICES_MAX ? SLICES_MAX : n_values;

    qsort(value, n_values, sizeof *value, most_first);
    qsort(value, kept, sizeof *value, by_name);
    for (uint32_t v = 0; v < n_values; v++)
        place[value[v].id] = v < kept ? v : kept;
    for (uint32_t v = 0; v < kept; v++)
        s->value[s->n_values++] = value[v].name;
    if (kept < n_values)
        s->value[s->n_values++] = SPAN("(other)");
}

int slices_make(struct slices *s, const struct corpus *c, const uint32_t *comment, uint32_t n,
                struct span field, struct arena *arena, struct stance_err *err)
{
    uint32_t n_values, *place, n_without = 0;
    struct value *value;

    *s = (struct slices){.field = arena_copy(arena, field), .of = mem_array(n, sizeof *s->of)};
    value = count_values(s, c, comment, n, arena, &n_values);
    place = mem_array((size_t)n_values + 1, sizeof *place);
    s->value = mem_array(SLICES_MAX + 2, sizeof *s->value);
    place_values(s, value, n_values, place);
    for (uint32_t i = 0; i < n; i++) {
        n_without += s->of[i] == UINT32_MAX;
        s->of[i] = s->of[i] != UINT32_MAX ? place[s->of[i]] : s->n_values;
    }
    if (n_without != 0)
        s->value[s->n_values++] = SPAN("(none)");
    free(value);
    free(place);
    return n_values != 0 ? 0 : no_such_field(field, "slice", err);
}

void slices_release(struct slices *s)
{
    free(s->value);
    free(s->of);
    *s = (struct slices){0};
}
