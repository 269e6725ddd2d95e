/* SPDX-License-Identifier: MIT */
/* route: see route.h. A pair that no target had in training says nothing: even odds. */
#include "model/route.h"

#include <string.h>

#define NO_PLACE UINT32_MAX

static size_t pair_index(uint32_t first, uint32_t second)
{
    return first + second - 1;
}

/* The places of the labels that may be given, NO_PLACE for the others; returns how many. */
static uint32_t place_labels(const uint64_t *may, uint32_t n_labels, uint32_t *place)
{
    uint32_t n = 0;

    for (uint32_t l = 0; l < n_labels; l++)
        place[l] = may[l] != 0 ? n++ : NO_PLACE;
    return n;
}

void route_init(struct route *r, const struct fixed *f, const struct scorer *s, uint32_t i)
{
    const struct model *m = f->m;
    const uint32_t *lane = f->lane + (size_t)i * m->n_pairs;
    uint32_t place[CALIBRATE_MAX_LABELS], n = place_labels(scorer_labels(s, i), m->n_labels, place);

    *r = (struct route){.n_labels = m->n_labels, .weight = scorer_rule(s, i, false)};
    if (n < 2 || n > ROUTE_LABELS)
        return;
    r->n = n;
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (place[l] != NO_PLACE)
            r->label[place[l]] = l;
    for (int k = 0; k < ROUTE_LABELS; k++)
        r->pair[k].lane = UINT32_MAX;
    for (uint32_t p = 0; p < m->n_pairs; p++)
        if (lane[p] != UINT32_MAX)
            r->pair[pair_index(place[m->pair[p].a], place[m->pair[p].b])] =
                (struct route_pair){lane[p], m->pairs[p].sigmoid};
}

void route_decide(const struct route *route, const double *margin, struct decision *out)
{
    uint32_t n = route->n;
    double r[ROUTE_LABELS * ROUTE_LABELS] = {0}, p[ROUTE_LABELS];

    for (uint32_t a = 0; a + 1 < n; a++)
        for (uint32_t b = a + 1; b < n; b++) {
            const struct route_pair *pair = &route->pair[pair_index(a, b)];
            double one = 0.5;
            if (pair->lane != UINT32_MAX)
                one = decide_pair(&pair->sigmoid, margin[pair->lane]);
            r[a * n + b] = one;
            r[b * n + a] = 1 - one;
        }
    couple_at_once(r, n, p);
    memset(out->p, 0, route->n_labels * sizeof *out->p);
    for (uint32_t k = 0; k < n; k++)
        out->p[route->label[k]] = p[k];
    out->label = decide_label(out->p, route->n_labels, route->weight);
}
