/* SPDX-License-Identifier: MIT */
/* sharestsv: a share a line (the columns are in sharesreport.h). */
#include <math.h>

#include "base/num.h"
#include "corpus/csv.h"
#include "report/shareswords.h"
#include "report/sharesreport.h"

static void add_cell(struct buf *out, struct span s)
{
    if (s.p != NULL)
        csv_add_tsv_field(out, s);
    buf_add_char(out, '\t');
}

static void add_number(struct buf *out, double value)
{
    if (isfinite(value))
        num_add_f64(out, value);
    buf_add_char(out, '\t');
}

static void add_count(struct buf *out, uint64_t n)
{
    buf_addf(out, "%llu\t", (unsigned long long)n);
}

static void add_names(const struct shares *s, const struct share_target *t, size_t group,
                      size_t label, struct buf *out)
{
    add_cell(out, t->id);
    add_cell(out, t->statement);
    add_cell(out, t->label[label]);
    add_cell(out, s->group[group].name);
    buf_addf(out, "%s\t%s\t%s\t", shareswords_among(s), shareswords_per(s), shareswords_method(s));
}

/* A number that was refused is not told, whatever is in the struct. */
static void add_numbers(const struct share *share, struct buf *out)
{
    bool told = share->refused == NULL;
    const double value[] = {told ? share->value : NAN,      told ? share->se : NAN,
                            told ? share->low : NAN,        told ? share->high : NAN,
                            told ? share->df : NAN,         told ? share->lambda : NAN,
                            told ? share->alone : NAN,      told ? share->alone_low : NAN,
                            told ? share->alone_high : NAN, share->counted};

    for (size_t i = 0; i < sizeof value / sizeof value[0]; i++)
        add_number(out, value[i]);
    add_count(out, share->n_labelled);
    add_count(out, share->n_units);
    add_count(out, share->n_yes);
}

static void add_line(const struct shares *s, const struct share_target *t, size_t group,
                     size_t label, struct buf *out)
{
    const struct share *share = shareswords_share(t, group, label);

    add_names(s, t, group, label, out);
    add_numbers(share, out);
    add_count(out, s->group[group].population);
    add_count(out, s->group[group].pooled);
    add_cell(out, span_of(share->refused != NULL ? share->refused : "ok"));
    add_cell(out, span_of(share->doubt != NULL ? share->doubt : ""));
    if (s->banner.p != NULL)
        csv_add_tsv_field(out, s->banner);
    buf_add_char(out, '\n');
}

void sharesreport_tsv(const struct shares *s, struct buf *out)
{
    buf_add_str(out,
                "target\tstatement\tlabel\tgroup\tamong\tper\tmethod\tshare\tse\tlow\thigh\tdf\t"
                "lambda\talone\talone_low\talone_high\tcounted_biased\tn_labelled\tn_units\t"
                "n_yes\tpopulation\tpooled\tstatus\tdoubt\tassumption\n");
    for (size_t t = 0; t < s->n_targets; t++)
        for (size_t g = 0; g < s->n_groups; g++)
            for (size_t l = 0; l < s->target[t].n_labels; l++)
                add_line(s, &s->target[t], g, l, out);
}
