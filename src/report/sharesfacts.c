/* SPDX-License-Identifier: MIT */
/* sharesfacts: see sharesfacts.h. */
#include "report/sharesfacts.h"

#include "base/num.h"
#include "report/layout.h"

static unsigned long long ull(uint64_t n)
{
    return (unsigned long long)n;
}

static void add_dump(const struct shares *s, struct buf *line)
{
    struct buf apart = {0};

    layout_counted(line, s->records, "record");
    buf_add_str(line, ", of which ");
    layout_counted(line, s->population, "comment");
    buf_add_str(line, " with a text");
    if (shareswords_apart(&apart, s)) {
        buf_add_str(line, "; counted apart: ");
        buf_add_span(line, buf_span(&apart));
    }
    buf_release(&apart);
}

static void add_drawing(const struct shares *s, struct buf *line)
{
    buf_addf(line, "%s drawn at random", s->by_threads ? "whole threads" : "comments");
    if (s->n_stratum_by != 0) {
        buf_add_str(line, " by ");
        shareswords_strata(line, s);
        buf_add_str(line, " (");
        layout_counted(line, s->n_strata, s->n_strata == 1 ? "stratum" : "strat");
        if (s->n_strata != 1)
            line->p[line->len - 1] = 'a'; /* strata */
        buf_add_char(line, ')');
    }
    if (s->prob_low > 0) {
        buf_addf(line, ", each with probability %.3g", s->prob_low);
        if (s->prob_high > s->prob_low)
            buf_addf(line, " to %.3g", s->prob_high);
    }
}

static void add_left_out(uint64_t n, const char *what, struct buf *line)
{
    if (n != 0)
        buf_addf(line, "; %llu %s", ull(n), what);
}

static void add_audit(const struct shares *s, struct buf *line)
{
    buf_addf(line, "%016llx, seed %llu: ", ull(s->audit_id), ull(s->audit_seed));
    add_drawing(s, line);
    buf_addf(line, "; %llu of %llu labelled", ull(s->n_labelled), ull(s->n_drawn));
    if (s->n_annotators != 0) {
        buf_add_str(line, " by ");
        layout_counted(line, s->n_annotators, "annotator");
    }
    add_left_out(s->n_undecided, "left out: annotators differ, and nobody has decided", line);
    add_left_out(s->n_skipped, "left out: skipped", line);
    add_left_out(s->n_training, "chosen for learning, not estimated from", line);
    add_left_out(s->n_decided, "decided where annotators differed", line);
    add_left_out(s->n_repeats, "records repeat a drawn one and count with it", line);
    add_left_out(s->n_like, "nearly repeat another and have its labels", line);
}

static void add_share(const struct shares *s, struct buf *line)
{
    buf_addf(line, "%s, %s", shareswords_denominator(s) + strlen("share "),
             s->per_author ? "each author counted once" : "each comment counted once");
    if (s->per_author && s->n_no_author != 0)
        buf_addf(line, " (%llu without an author left out)", ull(s->n_no_author));
    if (s->by.p == NULL)
        return;
    buf_add_str(line, "; by ");
    buf_add_span(line, shareswords_by(s->by));
    if (s->by_asked.p != NULL && !span_eq(s->by, s->by_asked)) {
        buf_add_str(line, ", for want of labels: asked for was by ");
        buf_add_span(line, shareswords_by(s->by_asked));
    }
}

static void add_interval(const struct shares *s, struct buf *line)
{
    num_add_f64(line, s->level * 100);
    buf_add_str(line, " %");
    if (shareswords_audited(s))
        buf_addf(line, ", %s as units; %s", shareswords_units(s),
                 s->beyond_dump ? "of threads like these, beyond this dump"
                                : "of this dump, as if all of it had been labelled");
}

static void add_model(const struct shares *s, struct buf *line)
{
    buf_addf(line, "checksum %08x%s", (unsigned)s->model_checksum,
             s->cross_fit ? ", trained anew without the labels that it is corrected by" : "");
}

static void add_how(const struct shares *s, struct buf *line)
{
    buf_add_str(line, shareswords_how(s));
}

static bool has_model(const struct shares *s)
{
    return s->method != SHARES_AUDIT;
}

static bool has_interval(const struct shares *s)
{
    return s->method != SHARES_COUNT;
}

static const struct {
    const char *name;
    bool (*told)(const struct shares *); /* NULL: always */
    void (*add)(const struct shares *, struct buf *);
} facts[SHARESFACTS] = {
    {"dump", NULL, add_dump},        {"audit", shareswords_audited, add_audit},
    {"model", has_model, add_model}, {"method", NULL, add_how},
    {"share", NULL, add_share},      {"interval", has_interval, add_interval},
};

const char *sharesfacts_add(const struct shares *s, int i, struct buf *out)
{
    if (facts[i].told != NULL && !facts[i].told(s))
        return NULL;
    facts[i].add(s, out);
    return facts[i].name;
}
