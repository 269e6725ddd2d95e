/* SPDX-License-Identifier: MIT */
/* sharetold: from the sums over a dump and the labels of its audit to shares. */
#include "api/share.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

enum { USUAL_MIN_LABELS = 30 };

static void fill_target(struct stance_prevalence *p, size_t t, bool own_target)
{
    const struct model *m = p->model->model;
    struct share_target *out = &p->shares.target[t];
    struct span *fr = arena_alloc(&p->shares.arena, 2 * m->n_labels * sizeof *fr);

    *out = (struct share_target){.id = p->target[t],
                                 .label = m->label,
                                 .fr = fr,
                                 .en = fr + m->n_labels,
                                 .n_labels = m->n_labels};
    for (uint32_t l = 0; l < m->n_labels; l++) {
        const struct span *display =
            &m->display[((size_t)p->model_target[t] * m->n_labels + l) * MODEL_LANGS];
        bool known = !own_target && p->may[t * m->n_labels + l] != 0;
        fr[l] = known && display[0].len != 0 ? display[0] : (struct span){0};
        fr[m->n_labels + l] = known && display[1].len != 0 ? display[1] : (struct span){0};
    }
    if (own_target)
        out->statement = p->audit.n_targets == 1 ? p->audit.target[0].statement : (struct span){0};
    else
        out->statement = m->statement[p->model_target[t]];
    out->percent = out->alpha = NAN;
}

static void add_banner(struct shares *s)
{
    static const char *const banner[] = {
        [SHARES_ADJUSTED] =
            "ASSUMPTION, NOT MEASURED: no comment of this dump was labelled. These shares hold "
            "only "
            "if the model errs here exactly as often as on the comments it was trained on.",
        [SHARES_SLD] = "ASSUMPTION, NOT MEASURED: no comment of this dump was labelled. These "
                       "shares hold only "
                       "if comments of each label are written here as those it was trained on.",
        [SHARES_COUNT] =
            "BIASED: predicted labels, counted. Even a good model's counts are not shares, and no "
            "interval can be given."};

    if (s->method >= SHARES_ADJUSTED)
        s->banner = span_of(banner[s->method]);
}

static void fill_shares(struct stance_prevalence *p, const struct stance_prevalence_options *o)
{
    static const enum shares_method method[] = {SHARES_DIFFERENCE, SHARES_ADJUSTED, SHARES_SLD,
                                                SHARES_COUNT};
    const struct census *c = &p->census;
    struct shares *s = &p->shares;

    s->method = method[o->assume];
    s->among = (enum shares_among)o->among;
    s->per_author = o->per_author;
    s->beyond_dump = o->beyond_dump;
    s->cross_fit = o->cross_fit != 0;
    s->own_target = o->input.fields.target != NULL;
    s->level = o->level != 0 ? o->level : .95;
    if (p->n_levels > 1)
        s->by_asked = arena_copy(&s->arena, p->level[1]);
    s->n_targets = p->n_told != 0 ? p->n_told : p->n_targets;
    s->target = arena_alloc(&s->arena, s->n_targets * sizeof *s->target);
    for (size_t t = 0; t < s->n_targets; t++)
        fill_target(p, t, s->own_target);
    s->records = c->records;
    for (int i = 0; i < STANCE_N_STATUS; i++)
        s->status[i] = c->status[i];
    s->population = c->population;
    s->n_no_author = c->n_no_author;
    s->dump_sum = c->sum;
    s->stratum_by = p->audit.by;
    s->n_stratum_by = p->audit.n_by;
    s->model_checksum = p->model->model->checksum;
    s->version = stance_version();
    add_banner(s);
}

static void note_audit(struct shares *s)
{
    if (s->n_labelled < s->n_drawn - s->n_skipped)
        shares_note(s,
                    "comments drawn: %llu, of which %llu are labelled; the shares are those that a "
                    "smaller sample gives",
                    (unsigned long long)s->n_drawn, (unsigned long long)s->n_labelled);
    if (s->n_skipped != 0)
        shares_note(s,
                    "comments passed over while later ones were labelled: %llu; the shares assume "
                    "that they are as the others",
                    (unsigned long long)s->n_skipped);
    if (s->n_training != 0)
        shares_note(s, "comments that were drawn for training, left out: %llu",
                    (unsigned long long)s->n_training);
    if (s->n_no_author != 0)
        shares_note(s, "comments without an author, left out: %llu",
                    (unsigned long long)s->n_no_author);
}

static struct golds_spec golds_spec(const struct stance_prevalence *p,
                                    const struct stance_prevalence_options *o)
{
    return (struct golds_spec){.audit = &p->audit,
                               .target = p->target,
                               .n_targets = p->n_targets,
                               .label = p->model->model->label,
                               .n_labels = p->model->model->n_labels,
                               .own_target = o->input.fields.target != NULL,
                               .model = o->cross_fit == 0 ? p->model->model : NULL};
}

/* Before the dump is read, which may take hours: what is wrong with labels is known by then. */
int share_golds(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                struct stance_err *err)
{
    struct golds_spec spec = golds_spec(p, o);

    return o->audit != NULL ? golds_find(&p->golds, &spec, err) : 0;
}

int share_estimate(struct stance_prevalence *p, const struct stance_prevalence_options *o,
                   struct stance_err *err)
{
    struct golds_spec golds = golds_spec(p, o);

    p->source =
        (struct shares_source){.census = &p->census,
                               .model = p->model->model,
                               .model_target = p->model_target,
                               .may = p->may,
                               .pool_error = o->pool_error,
                               .min_labels = o->min_labels != 0 ? o->min_labels : USUAL_MIN_LABELS,
                               .seed = o->seed != 0 ? o->seed : 1};
    fill_shares(p, o);
    if (o->audit == NULL) {
        assumed_shares(&p->shares, &p->source);
        shares_keep_labels(&p->shares, p->may);
        return 0;
    }
    if (census_check(&p->census, err) < 0)
        return -1;
    p->source.audit = &p->audit;
    p->source.golds = &p->golds;
    golds_describe(&p->golds, &golds, &p->shares);
    note_audit(&p->shares);
    corrected_shares(&p->shares, &p->source);
    shares_keep_labels(&p->shares, p->may);
    return 0;
}
