/* SPDX-License-Identifier: MIT */
/* rows: see rows.h. A line is filled by name and written whole, so that every line has all columns.
 */
#include "prevalence/rows.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "corpus/csv.h"
#include "prevalence/labelled.h"

enum column {
    KIND,
    GROUP,
    TARGET,
    STRATUM,
    ID,
    CLUSTER,
    UNIT,
    SAMPLE_PROB,
    REPEATS,
    WEIGHT,
    V,
    LABEL,
    TOPIC,
    PREDICTED,
    P_ON,
    N,
    FY,
    FZ,
    N_COLUMNS
};

static const char *const names[N_COLUMNS] = {
    "kind",  "group",       "target",  "stratum", "id", "cluster",
    "unit",  "sample_prob", "repeats", "weight",  "v",  "label",
    "topic", "predicted",   "p_on",    "n",       "fy", "fz"};

struct line {
    struct buf cell[N_COLUMNS];
    struct buf *p; /* [label of the model] */
    size_t n_labels;
    struct span text;
};

struct writing {
    const struct shares *s;
    const struct shares_source *from;
    const struct rows_wanted *wanted;
    struct line line;
    struct buf *out;
};

static void set(struct writing *w, enum column c, struct span s)
{
    buf_reset(&w->line.cell[c]);
    csv_add_tsv_field(&w->line.cell[c], s);
}

static void set_number(struct writing *w, enum column c, double value)
{
    buf_reset(&w->line.cell[c]);
    num_add_f64(&w->line.cell[c], value);
}

static void end_line(struct writing *w)
{
    for (int c = 0; c < N_COLUMNS; c++) {
        if (c > 0)
            buf_add_char(w->out, '\t');
        buf_add_span(w->out, buf_span(&w->line.cell[c]));
        buf_reset(&w->line.cell[c]);
    }
    for (size_t l = 0; l < w->line.n_labels; l++) {
        buf_add_char(w->out, '\t');
        buf_add_span(w->out, buf_span(&w->line.p[l]));
        buf_reset(&w->line.p[l]);
    }
    if (!w->wanted->no_text) {
        buf_add_char(w->out, '\t');
        if (w->line.text.p != NULL)
            csv_add_tsv_field(w->out, w->line.text);
    }
    w->line.text = (struct span){0};
    buf_add_char(w->out, '\n');
}

static void add_header(struct writing *w)
{
    for (int c = 0; c < N_COLUMNS; c++)
        buf_addf(w->out, "%s%s", c > 0 ? "\t" : "", names[c]);
    for (size_t l = 0; l < w->line.n_labels; l++) {
        buf_add_str(w->out, "\tp:");
        csv_add_tsv_field(w->out, w->from->census->spec.label[l]);
    }
    buf_add_str(w->out, w->wanted->no_text ? "\n" : "\ttext\n");
}

/* An id, or a hash of it that nobody can turn back who has not the id. */
static void set_name(struct writing *w, enum column c, struct span name)
{
    if (!w->wanted->pseudonymize) {
        set(w, c, name);
        return;
    }
    buf_addf(&w->line.cell[c], "%016llx",
             (unsigned long long)hash_mix(hash_span(name) ^ hash_mix(w->from->audit->id)));
}

/* ---- kinds ---- */

static void add_setting(struct writing *w, const char *name, struct span value)
{
    set(w, KIND, SPAN("setting"));
    set(w, ID, span_of(name));
    set(w, LABEL, value);
    end_line(w);
}

static void add_switch(struct writing *w, const char *name, bool on)
{
    add_setting(w, name, on ? SPAN("1") : SPAN("0"));
}

static void add_settings(struct writing *w)
{
    static const char *const among[] = {"all", "on-topic", "taking-sides"};
    const struct census_spec *spec = &w->from->census->spec;
    struct buf level = {0};

    num_add_f64(&level, w->s->level);
    add_setting(w, "level", buf_span(&level));
    add_setting(w, "unit",
                w->from->audit->unit == AUDIT_THREADS ? SPAN("threads") : SPAN("comments"));
    add_setting(w, "among", span_of(among[w->s->among]));
    add_switch(w, "beyond_dump", w->s->beyond_dump);
    add_switch(w, "per_author", w->s->per_author);
    add_switch(w, "pooled", w->from->pool_error);
    if (w->s->among == SHARES_TAKING_SIDES)
        add_setting(w, "none", spec->label[spec->none]);
    buf_release(&level);
}

static void add_strata(struct writing *w, const struct labelled *m)
{
    const struct audit *a = w->from->audit;
    double *n = mem_zalloc(a->n_strata, sizeof *n);

    for (size_t i = 0; i < m->n; i++)
        n[m->stratum[i]] += a->row[m->row[i]].repeats;
    for (size_t h = 0; h < a->n_strata; h++) {
        set(w, KIND, SPAN("stratum"));
        set(w, TARGET, w->s->target[m->target].id);
        set(w, STRATUM, a->stratum[h].name);
        set_number(w, N, (double)a->stratum[h].population);
        set_number(w, V, n[h]);
        set_number(w, WEIGHT, w->s->beyond_dump ? 0 : m->fraction[h]);
        end_line(w);
    }
    free(n);
}

static void add_totals(struct writing *w, struct labelled *m, uint32_t level, uint32_t number,
                       size_t group, size_t label)
{
    const struct audit *a = w->from->audit;
    struct estimate_totals t;

    labelled_totals(m, level, number, label, &t);
    for (size_t h = 0; h < a->n_strata; h++) {
        if (!(t.v[h] > 0))
            continue;
        set(w, KIND, SPAN("total"));
        set(w, GROUP, w->s->group[group].name);
        set(w, TARGET, w->s->target[m->target].id);
        set(w, STRATUM, a->stratum[h].name);
        set(w, LABEL, w->from->census->spec.label[label]);
        set_number(w, V, t.v[h]);
        set_number(w, FY, t.fy[h]);
        set_number(w, FZ, t.fz[h]);
        if (w->s->group[group].pooled)
            set_number(w, SAMPLE_PROB, 1);
        end_line(w);
    }
    if (!w->s->beyond_dump)
        return;
    set(w, KIND, SPAN("cluster"));
    set(w, GROUP, w->s->group[group].name);
    set(w, TARGET, w->s->target[m->target].id);
    set(w, LABEL, w->from->census->spec.label[label]);
    set_number(w, N, t.n_clusters);
    set_number(w, SAMPLE_PROB, t.vv);
    set_number(w, REPEATS, t.vy);
    set_number(w, WEIGHT, t.vz);
    set_number(w, V, t.yy);
    set_number(w, FY, t.yz);
    set_number(w, FZ, t.zz);
    end_line(w);
}

static struct span label_name(const struct writing *w, uint32_t label)
{
    return label == GOLDS_NONE ? (struct span){"", 0} : w->from->census->spec.label[label];
}

static void add_row(struct writing *w, const struct labelled *m, size_t i, size_t group)
{
    const struct census_spec *spec = &w->from->census->spec;
    const struct audit_row *row = &w->from->audit->row[m->row[i]];
    const struct census_row *found = &w->from->census->row[m->row[i]];
    bool by_cluster = w->from->audit->unit == AUDIT_THREADS || w->s->beyond_dump;

    set(w, KIND, SPAN("audit"));
    set(w, GROUP, w->s->group[group].name);
    set(w, TARGET, w->s->target[m->target].id);
    set(w, STRATUM, w->from->audit->stratum[m->stratum[i]].name);
    set_name(w, ID, row->comment.id);
    set_name(w, CLUSTER, row->cluster);
    set_name(w, UNIT, by_cluster ? row->cluster : row->comment.id);
    set_number(w, SAMPLE_PROB, row->sample_prob);
    set_number(w, REPEATS, row->repeats);
    set_number(w, WEIGHT, m->weight[i]);
    set_number(w, V, m->v[i]);
    set(w, LABEL, label_name(w, labelled_gold(m, m->target, i)));
    set(w, PREDICTED, label_name(w, found->predicted[m->target]));
    if (w->s->among == SHARES_ON_TOPIC) {
        set(w, TOPIC, label_name(w, labelled_gold(m, spec->topic, i)));
        set_number(w, P_ON, found->p[spec->topic * spec->n_labels + spec->on]);
    }
    for (size_t l = 0; l < spec->n_labels; l++)
        if (w->from->may[m->target * spec->n_labels + l] != 0)
            num_add_f64(&w->line.p[l], found->p[m->target * spec->n_labels + l]);
    w->line.text = row->comment.text;
    end_line(w);
}

/* ---- all of it ---- */

/* The level that the shares' groups are of, and the group's number there. */
static uint32_t level_of(const struct writing *w)
{
    const struct census_spec *spec = &w->from->census->spec;

    for (uint32_t k = 1; w->s->by.p != NULL && k < spec->n_levels; k++)
        if (span_eq(spec->level[k], w->s->by))
            return k;
    return 0;
}

static uint32_t number_of(const struct writing *w, uint32_t level, size_t group)
{
    struct intern_view view = intern_frozen(&w->from->census->group[level]);
    struct span name = w->s->group[group].name;

    return group == 0 ? 0 : intern_find(&view, name, hash_span(name));
}

static void add_target(struct writing *w, size_t target)
{
    const struct census_spec *spec = &w->from->census->spec;
    uint32_t level = level_of(w);
    struct labelled m;

    labelled_make(&m, w->s, w->from, target);
    add_strata(w, &m);
    for (size_t g = 0; g < w->s->n_groups; g++) {
        uint32_t k = g > 0 ? level : 0, number = number_of(w, k, g);
        for (size_t l = 0; l < spec->n_labels; l++)
            if (w->from->may[target * spec->n_labels + l] != 0)
                add_totals(w, &m, k, number, g, l);
        labelled_rows(&m, k, number, 0);
        for (size_t i = 0; i < m.n; i++)
            if (m.v[i] > 0)
                add_row(w, &m, i, g);
    }
    labelled_release(&m);
}

void rows_write(const struct shares *s, const struct shares_source *from,
                const struct rows_wanted *wanted, struct buf *out)
{
    struct writing w = {.s = s, .from = from, .wanted = wanted, .out = out};

    w.line.n_labels = from->census->spec.n_labels;
    w.line.p = mem_zalloc(w.line.n_labels, sizeof *w.line.p);
    add_header(&w);
    add_settings(&w);
    for (size_t t = 0; t < s->n_targets; t++)
        if (from->golds->target[t] != AUDIT_NONE)
            add_target(&w, t);
    for (int c = 0; c < N_COLUMNS; c++)
        buf_release(&w.line.cell[c]);
    for (size_t l = 0; l < w.line.n_labels; l++)
        buf_release(&w.line.p[l]);
    free(w.line.p);
}
