/* SPDX-License-Identifier: MIT */
/*
 * corrected: for each target the rows of the audit that are labelled for it become the rows of an
 * estimate, the cells of the census its totals; groups differ by v alone, which is 0 outside.
 */
#include "prevalence/corrected.h"

#include <math.h>
#include <stdlib.h>

#include "corpus/period.h"
#include "base/mem.h"
#include "prevalence/labelled.h"

enum { MOST_GROUPS = 200, MOST_COMPARED = 6 };
static const double REJECTED = .05; /* one error rate in all groups, at this level */

static double counted_share(const struct labelled *m, uint32_t level, uint32_t number, size_t label)
{
    const struct census *c = m->from->census;
    uint64_t so = 0, all = 0;
    size_t n_cells;
    const struct census_cell *cell = census_cells(c, level, number, &n_cells);

    for (size_t i = 0; i < n_cells; i++)
        for (size_t l = 0; l < c->spec.n_labels; l++) {
            uint64_t n = cell[i].counted[m->target * c->spec.n_labels + l];
            if (m->s->among != SHARES_TAKING_SIDES || l != c->spec.none)
                all += n;
            so += l == label ? n : 0;
        }
    return m->s->among != SHARES_ON_TOPIC && !m->s->per_author && all != 0
               ? (double)so / (double)all
               : NAN;
}

static struct share share_of(const struct estimate *e)
{
    return (struct share){.value = e->value,
                          .se = e->se,
                          .low = e->low,
                          .high = e->high,
                          .df = e->df,
                          .lambda = e->lambda,
                          .alone = e->alone,
                          .alone_low = e->alone_low,
                          .alone_high = e->alone_high,
                          .n_yes = e->n_yes,
                          .doubt = e->doubt};
}

static struct share refused(struct share s, const char *why)
{
    s.value = s.se = s.low = s.high = s.df = s.lambda = s.alone = s.alone_low = s.alone_high = NAN;
    s.refused = why;
    s.doubt = NULL;
    return s;
}

/* ---- shares of a target ---- */

struct group_sums {
    double v, fy, fz;
};

static struct group_sums sums_of_group(const struct labelled *m, uint32_t level, uint32_t number,
                                       size_t label)
{
    struct group_sums g = {0};
    size_t n;
    const struct census_cell *cell = census_cells(m->from->census, level, number, &n);

    for (size_t i = 0; i < n; i++)
        labelled_cell(m, &cell[i], label, &g.v, &g.fy, &g.fz);
    return g;
}

static void estimate_one(struct labelled *m, uint32_t level, uint32_t number, bool pooled,
                         size_t label, struct estimate *e)
{
    struct estimate_rows rows = {m->v, m->y, m->z, m->fy, m->fz};
    struct estimate_totals totals;

    labelled_rows(m, pooled ? 0 : level, pooled ? 0 : number, label);
    labelled_totals(m, pooled ? 0 : level, pooled ? 0 : number, label, &totals);
    if (pooled) {
        struct group_sums g = sums_of_group(m, level, number, label);
        estimate_pooled(e, &m->design, &rows, &totals, g.v, g.fy, g.fz);
    } else {
        estimate_share(e, &m->design, &rows, &totals);
    }
}

/* One error rate in all groups? The smallest p of the labels, times their number (Bonferroni). */
static double homogeneity(struct labelled *m, uint32_t level, const struct shares *s)
{
    const struct census *c = m->from->census;
    struct estimate_rows rows = {m->v, m->y, m->z, m->fy, m->fz};
    uint32_t *group = mem_array(m->n, sizeof *group);
    const struct share_target *t = &s->target[m->target];
    double least = NAN, n = 0;

    for (size_t i = 0; i < m->n; i++)
        group[i] = c->row[m->row[i]].group[level];
    for (size_t l = 0; l < t->n_labels; l++) {
        double p;
        if (m->from->may[m->target * t->n_labels + l] == 0)
            continue;
        labelled_rows(m, 0, 0, l);
        p = estimate_homogeneity(&m->design, &rows, group, c->group[level].n, t->share[l].value);
        n++;
        if (!isnan(p) && !(least <= p))
            least = p;
    }
    free(group);
    return least * n > 1 ? 1 : least * n;
}

static void add_difference(struct shares *s, const struct labelled *m, size_t label, size_t a,
                           size_t b, const struct estimate *ea, const struct estimate *eb)
{
    struct estimate_difference d = estimate_difference(&m->design, ea, eb);

    s->difference[s->n_differences++] = (struct share_difference){
        .target = (uint32_t)m->target,
        .label = (uint32_t)label,
        .a = (uint32_t)a,
        .b = (uint32_t)b,
        .value = d.value,
        .se = d.se,
        .low = d.low,
        .high = d.high,
        .p = d.p,
    };
}

/* Periods one after the other; of few other groups each pair. */
static void differences(struct shares *s, const struct labelled *m, size_t label,
                        const struct estimate *e)
{
    const struct share_target *t = &s->target[m->target];
    bool dates = s->by.p != NULL && period_named(s->by) >= 0;
    size_t last = SIZE_MAX;

    for (size_t b = 1; b < s->n_groups; b++) {
        if (t->share[b * t->n_labels + label].refused != NULL)
            continue;
        if (dates && last != SIZE_MAX)
            add_difference(s, m, label, last, b, &e[last], &e[b]);
        for (size_t a = 1; !dates && s->n_groups <= MOST_COMPARED + 1 && a < b; a++)
            if (t->share[a * t->n_labels + label].refused == NULL)
                add_difference(s, m, label, a, b, &e[a], &e[b]);
        last = b;
    }
}

/* The rows that m is filled with: those in the denominator, and the units that they are in. */
static void count_labelled(const struct labelled *m, struct share *out)
{
    uint8_t *met = mem_zalloc(m->design.n_units, sizeof *met);

    out->n_labelled = out->n_units = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i] <= 0 || m->z[i] <= 0)
            continue;
        out->n_labelled++;
        out->n_units += met[m->unit[i]] == 0;
        met[m->unit[i]] = 1;
    }
    free(met);
}

static void shares_of_label(struct shares *s, struct labelled *m, uint32_t level,
                            const uint32_t *number, size_t label)
{
    struct share_target *t = &s->target[m->target];
    struct estimate *e = mem_zalloc(s->n_groups, sizeof *e);

    for (size_t g = 0; g < s->n_groups; g++) {
        struct share *out = &t->share[g * t->n_labels + label];
        bool pooled = g > 0 && m->from->pool_error;
        estimate_one(m, g > 0 ? level : 0, number[g], pooled, label, &e[g]);
        *out = share_of(&e[g]);
        count_labelled(m, out);
        out->counted = counted_share(m, g > 0 ? level : 0, number[g], label);
        if (isnan(out->value))
            *out = refused(*out, "nothing is labelled");
        else if (g > 0 && !pooled && out->n_labelled < m->from->min_labels)
            *out = refused(*out, "not enough labels");
        s->group[g].pooled = pooled;
    }
    differences(s, m, label, e);
    for (size_t g = 0; g < s->n_groups; g++)
        estimate_release(&e[g]);
    free(e);
}

static void no_share(struct shares *s, size_t target, size_t label, const char *why)
{
    struct share_target *t = &s->target[target];

    for (size_t g = 0; g < s->n_groups; g++)
        t->share[g * t->n_labels + label] = refused((struct share){.counted = NAN}, why);
}

/* Where labels say that the model errs otherwise in some groups, what was pooled is no number. */
static void take_pooled_back(struct shares *s, size_t target)
{
    struct share_target *t = &s->target[target];
    size_t kept = 0;

    for (size_t i = t->n_labels; i < s->n_groups * t->n_labels; i++)
        if (t->share[i].refused == NULL)
            t->share[i] = refused(t->share[i], "the model errs otherwise in some groups");
    for (size_t i = 0; i < s->n_differences; i++)
        if (s->difference[i].target != target)
            s->difference[kept++] = s->difference[i];
    s->n_differences = kept;
}

static void shares_of_target(struct shares *s, const struct shares_source *from, size_t target,
                             uint32_t level, const uint32_t *number)
{
    struct share_target *t = &s->target[target];
    size_t none = from->census->spec.none;
    bool sides = s->among == SHARES_TAKING_SIDES;
    struct labelled m;

    labelled_make(&m, s, from, target);
    for (size_t l = 0; l < t->n_labels; l++) {
        if (from->may[target * t->n_labels + l] == 0)
            no_share(s, target, l, "no label of this target");
        else if (from->golds->target[target] == AUDIT_NONE || m.n == 0)
            no_share(s, target, l, "nothing is labelled");
        else if (sides && (l == none || from->may[target * t->n_labels + none] == 0))
            no_share(s, target, l, l == none ? "takes no side" : "the target has no sides");
        else
            shares_of_label(s, &m, level, number, l);
    }
    t->homogeneity_p = NAN;
    if (level != 0 && m.n != 0)
        t->homogeneity_p = homogeneity(&m, level, s);
    if (from->pool_error && t->homogeneity_p < REJECTED)
        take_pooled_back(s, target);
    labelled_release(&m);
}

/* ---- groups ---- */

static uint8_t *any_label(const struct shares *s, const struct golds *g)
{
    uint8_t *any = mem_zalloc(g->n_rows, 1);

    for (size_t t = 0; t < s->n_targets; t++)
        for (size_t i = 0; i < g->n_rows; i++)
            any[i] |= g->label[t * g->n_rows + i] != GOLDS_NONE;
    return any;
}

static uint32_t choose_level(struct shares *s, const struct shares_source *from)
{
    const struct census *c = from->census;
    uint8_t *labelled = any_label(s, from->golds);
    uint32_t level =
        from->pool_error && c->spec.n_levels > 1 ? 1 : groups_choose(c, labelled, from->min_labels);

    if (level != 0) {
        s->by = arena_copy(&s->arena, c->spec.level[level]);
        if (level > 1)
            shares_note(s, "too few labels to tell %.*s apart: groups are by %.*s",
                        (int)s->by_asked.len, s->by_asked.p, (int)s->by.len, s->by.p);
    }
    free(labelled);
    return level;
}

static bool is_refused_everywhere(const struct shares *s, size_t group)
{
    for (size_t t = 0; t < s->n_targets; t++)
        for (size_t l = 0; l < s->target[t].n_labels; l++)
            if (s->target[t].share[group * s->target[t].n_labels + l].refused == NULL)
                return false;
    return true;
}

/* Of very many groups those without a number are only counted. Differences know groups by place,
 * so places are given anew. */
static void drop_refused(struct shares *s)
{
    size_t *place = mem_array(s->n_groups, sizeof *place), kept = 0, all = s->n_groups;

    if (all > MOST_GROUPS) {
        for (size_t g = 0; g < all; g++) {
            place[g] = kept;
            if (g > 0 && is_refused_everywhere(s, g))
                continue;
            s->group[kept] = s->group[g];
            for (size_t t = 0; t < s->n_targets; t++)
                memmove(&s->target[t].share[kept * s->target[t].n_labels],
                        &s->target[t].share[g * s->target[t].n_labels],
                        s->target[t].n_labels * sizeof(struct share));
            kept++;
        }
        s->n_groups = kept;
        for (size_t i = 0; i < s->n_differences; i++) {
            s->difference[i].a = (uint32_t)place[s->difference[i].a];
            s->difference[i].b = (uint32_t)place[s->difference[i].b];
        }
        if (kept < all)
            shares_note(s, "groups with too few labels, not listed: %zu", all - kept);
    }
    free(place);
}

void corrected_shares(struct shares *s, const struct shares_source *from)
{
    uint32_t level = choose_level(s, from);
    uint32_t *number = groups_of_level(s, from->census, level);
    size_t pairs = s->n_groups <= MOST_COMPARED + 1 ? s->n_groups * s->n_groups : s->n_groups;
    size_t n_labels = 0;

    for (size_t t = 0; t < s->n_targets; t++) {
        s->target[t].share =
            arena_alloc(&s->arena, s->n_groups * s->target[t].n_labels * sizeof(struct share));
        n_labels += s->target[t].n_labels;
    }
    s->difference = arena_alloc(&s->arena, pairs * n_labels * sizeof *s->difference + 1);
    for (size_t t = 0; t < s->n_targets; t++)
        shares_of_target(s, from, t, level, number);
    free(number);
    drop_refused(s);
}
