/* SPDX-License-Identifier: MIT */
/* predgive: see predgive.h. */
#include "predictions/predgive.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"

int predgive_bad(const struct predgive *g, size_t at, const char *what, struct span detail)
{
    return err_at(g->err, STANCE_DATA, g->file, g->line, at + 1, "%s%s%.*s%s", what,
                  detail.len != 0 ? " '" : "", (int)detail.len, detail.len != 0 ? detail.p : "",
                  detail.len != 0 ? "'" : "");
}

static bool is_number(struct span text, double *p)
{
    return num_f64(text, p) && *p >= 0 && *p <= 1;
}

static uint32_t find_name(struct predgive *g, struct span label)
{
    uint32_t before = g->names.n, id = intern_string(&g->names, label);

    if (id == before) {
        MEM_GROW(g->place, g->place_cap, (size_t)id + 1);
        g->place[id] = 0;
    }
    return id;
}

int predgive_prob(struct predgive *g, struct span label, struct span text)
{
    uint32_t id;
    size_t at;
    double p;

    if (text.len == 0)
        return 0;
    if (label.len == 0)
        return predgive_bad(g, 0, "a probability of a label without a name:", text);
    if (!is_number(text, &p))
        return err_at(g->err, STANCE_DATA, g->file, g->line, 1,
                      "expected a probability from 0 to 1, found '%.*s' for the label '%.*s'",
                      (int)text.len, text.p, (int)label.len, label.p);
    id = find_name(g, label);
    at = g->place[id];
    if (at >= g->n || g->id[at] != id) {
        at = g->place[id] = g->n++;
        MEM_GROW(g->id, g->id_cap, g->n);
        MEM_GROW(g->prob, g->prob_cap, g->n);
        g->id[at] = id;
    }
    g->prob[at] = p;
    return 0;
}

int predgive_check_prefix(const struct predgive *g, const struct predcols *c)
{
    if (c->other_prefix.p == NULL)
        return 0;
    if (c->other_prefix.len == 0)
        return predgive_bad(g, 0, "the predictions here have no prefix: leave out --prefix",
                            c->other_prefix);
    return predgive_bad(g, 0, "the predictions here have another prefix: give --prefix",
                        c->other_prefix);
}

static void name_labels(struct predgive *g)
{
    struct intern_view view = intern_frozen(&g->names);

    if (g->n != 0)
        MEM_GROW(g->label, g->label_cap, g->n);
    for (size_t i = 0; i < g->n; i++)
        g->label[i] = intern_text(&view, g->id[i]);
}

int predgive_row(struct predgive *g, const struct predtext *text)
{
    struct predrow row = {
        .id = text->id, .target = text->target, .p = NAN, .file = g->file, .line = g->line};
    bool no_target = text->target.p != NULL && text->target.len == 0;

    row.n_probs = g->n;
    g->n = 0;
    if (text->label.len == 0 && text->status.len != 0 &&
        (text->id.len == 0 || text->target.len == 0))
        return 0;
    if (text->id.len == 0)
        return predgive_bad(g, 0, "a prediction without id; expected a member or column",
                            g->id_name);
    if (no_target)
        return predgive_bad(g, 0, "a prediction without target, id", text->id);
    if (text->label.len != 0)
        row.label = text->label;
    if (text->p.len != 0 && !is_number(text->p, &row.p))
        return predgive_bad(g, 0, "expected a probability from 0 to 1, found", text->p);
    g->n = row.n_probs;
    name_labels(g);
    g->n = 0;
    row.prob_label = g->label;
    row.prob = g->prob;
    return g->take(g->arg, &row, g->err);
}

void predgive_release(struct predgive *g)
{
    intern_release(&g->names);
    free(g->place);
    free(g->id);
    free(g->prob);
    free(g->label);
    *g = (struct predgive){0};
}
