/* SPDX-License-Identifier: MIT */
/* crowd: see crowd.h. */
#include "crowd.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "classify/judge.h"

static const struct span labels[CROWD_LABELS] = {
    {"against", 7}, {"favor", 5}, {"none", 4}, {"off", 3}, {"on", 2}};
static const char *const targets[CROWD_TARGETS] = {"ban", "topic"};
static const struct span levels[CROWD_LEVELS] = {{NULL, 0}, {"source", 6}, {"date:month", 10}};
static const char *const sources[] = {"forum", "presse"};
static const size_t no_predictions[AUDIT_MAX_BY] = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};

void crowd_near(double got, double expected, double by)
{
    if (isnan(got) != isnan(expected) || fabs(got - expected) > by)
        fail_msg("got %.17g, expected %.17g", got, expected);
}

uint32_t crowd_thread(uint32_t i)
{
    return i / 3 - (i % 7 == 0 && i >= 3);
}

uint32_t crowd_author(uint32_t i)
{
    return i % 10 == 9 ? UINT32_MAX : i * i % 23;
}

uint32_t crowd_month(uint32_t i)
{
    return 1 + i / 40 % 12;
}

static double lot(uint32_t i, uint32_t what)
{
    return (double)(hash_mix(((uint64_t)what << 32 | i) + 1) >> 11) / 9007199254740992.0;
}

static bool has_label(uint32_t target, uint32_t label)
{
    return (label >= CROWD_OFF) == (target == 1);
}

static void make_comment(struct crowd *c, uint32_t i)
{
    uint32_t *truth = c->truth + i * CROWD_TARGETS;
    double d = lot(i, 1);

    c->source[i] = lot(i, 2) < .3;
    truth[0] = d < .2 ? CROWD_FAVOR : d < .55 ? CROWD_AGAINST : CROWD_NONE;
    truth[1] = truth[0] != CROWD_NONE || lot(i, 3) < .3 ? CROWD_ON : CROWD_OFF;
    for (uint32_t t = 0; t < CROWD_TARGETS; t++) {
        double *p = c->p + (i * CROWD_TARGETS + t) * CROWD_LABELS, sum = 0;
        for (uint32_t l = 0; l < CROWD_LABELS; l++) {
            p[l] = !has_label(t, l) ? 0 : c->plan.says == CROWD_CONSTANT ? l + 1 : lot(i, 10 + l);
            if (c->plan.says == CROWD_GOOD && truth[t] == l && lot(i, 4) < .85)
                p[l] += 2;
            sum += p[l];
        }
        for (uint32_t l = 0; l < CROWD_LABELS; l++)
            p[l] /= sum;
    }
    c->line[i] = c->text.len;
    buf_addf(&c->text, "{\"id\":\"c%u\",\"thread\":\"t%u\",\"text\":\"r%u\"", i, crowd_thread(i),
             i);
    if (crowd_author(i) != UINT32_MAX)
        buf_addf(&c->text, ",\"author\":\"a%u\"", crowd_author(i));
    buf_addf(&c->text, ",\"date\":\"2024-%02u-03\",\"source\":\"%s\"}\n", crowd_month(i),
             sources[c->source[i]]);
}

uint32_t crowd_predicted(const struct crowd *c, uint32_t i, uint32_t target)
{
    const double *p = c->p + (i * CROWD_TARGETS + target) * CROWD_LABELS;
    uint32_t best = 0;

    for (uint32_t l = 1; l < CROWD_LABELS; l++)
        best = p[l] > p[best] ? l : best;
    return best;
}

/* Texts are "r<i>". */
static size_t judge(void *arg, struct span text, struct span target, struct stance_prediction *out)
{
    const struct crowd *c = arg;
    uint32_t i = (uint32_t)strtoul(text.p + 1, NULL, 10);

    (void)target;
    for (uint32_t t = 0; t < CROWD_TARGETS; t++) {
        uint32_t best = crowd_predicted(c, i, t);
        const double *p = c->p + (i * CROWD_TARGETS + t) * CROWD_LABELS;
        out[t] = (struct stance_prediction){
            .target = targets[t], .label = labels[best].p, .p = p[best], .probs = p};
    }
    return CROWD_TARGETS;
}

/* ---- the audit ---- */

static struct span copy(struct audit *a, const char *s)
{
    return arena_copy(&a->arena, span_of(s));
}

static struct span numbered(struct audit *a, char letter, uint32_t i)
{
    char s[16];

    snprintf(s, sizeof s, "%c%u", letter, i);
    return copy(a, s);
}

static bool is_drawn(const struct crowd *c, uint32_t i)
{
    return (c->plan.threads ? crowd_thread(i) : i) % c->plan.every == 0;
}

static void draw(struct crowd *c, uint32_t i)
{
    struct audit *a = &c->audit;
    struct audit_row *row = audit_add_row(a);

    row->comment.id = numbered(a, 'c', i);
    row->comment.text = numbered(a, 'r', i);
    row->comment.thread = row->cluster = numbered(a, 't', crowd_thread(i));
    row->key = audit_key(row->comment.id, row->comment.text);
    row->batch = 1;
    row->stratum = c->plan.by_source ? c->source[i] : 0;
    row->sample_prob = 1.0 / c->plan.every;
    row->repeats = 1;
    row->line = a->n_rows + 1;
    a->stratum[row->stratum].drawn++;
}

static void make_audit(struct crowd *c)
{
    static const char *const definition[CROWD_TARGETS] = {
        "{\"id\":\"ban\",\"labels\":{\"against\":{},\"favor\":{},\"none\":{}}}",
        "{\"id\":\"topic\",\"labels\":{\"off\":{},\"on\":{}}}"};
    struct audit *a = &c->audit;

    *a = (struct audit){.path = mem_copy("audit", 5),
                        .id = 7,
                        .unit = c->plan.threads ? AUDIT_THREADS : AUDIT_COMMENTS,
                        .seed = 1,
                        .threads_tau = 1.0 / c->plan.every,
                        .dump = {c->plan.n, c->plan.n, 0},
                        .n_targets = CROWD_TARGETS};
    a->target = arena_alloc(&a->arena, CROWD_TARGETS * sizeof *a->target);
    for (uint32_t t = 0; t < CROWD_TARGETS; t++)
        assert_true(audit_read_target(a, span_of(definition[t]), &a->target[t]));
    a->n_strata = c->plan.by_source ? 2 : 1;
    a->stratum = arena_alloc(&a->arena, a->n_strata * sizeof *a->stratum);
    for (uint32_t h = 0; h < a->n_strata; h++)
        a->stratum[h] =
            (struct audit_stratum){copy(a, c->plan.by_source ? sources[h] : "all"), 0, 0};
    if (c->plan.by_source)
        a->by[a->n_by++] = copy(a, "source");
    for (uint32_t i = 0; i < c->plan.n; i++) {
        char id[16], text[16];
        snprintf(id, sizeof id, "c%u", i);
        snprintf(text, sizeof text, "r%u", i);
        a->dump.sum += audit_key(span_of(id), span_of(text));
        a->stratum[c->plan.by_source ? c->source[i] : 0].population++;
        if (is_drawn(c, i))
            draw(c, i);
    }
}

void crowd_say(struct crowd *c, size_t row, const char *who, uint32_t target, uint32_t label)
{
    struct audit *a = &c->audit;
    uint32_t annotator = audit_add_annotator(a, span_of(who));

    audit_say_of(a, &a->row[row], annotator, strcmp(who, "chef") == 0)->label[target] =
        audit_find_label(&a->target[target], labels[label]);
}

void crowd_label(struct crowd *c)
{
    for (size_t r = 0; r < c->audit.n_rows; r++)
        for (uint32_t t = 0; t < CROWD_TARGETS; t++) {
            size_t i = strtoul(c->audit.row[r].comment.id.p + 1, NULL, 10);
            crowd_say(c, r, "zoé", t, c->truth[i * CROWD_TARGETS + t]);
        }
}

/* ---- the whole ---- */

void crowd_make(struct crowd *c, const struct crowd_plan *plan)
{
    size_t n = plan->n;

    *c = (struct crowd){.plan = *plan};
    c->p = mem_array(n * CROWD_TARGETS * CROWD_LABELS, sizeof *c->p);
    c->truth = mem_array(n * CROWD_TARGETS, sizeof *c->truth);
    c->source = mem_array(n, sizeof *c->source);
    c->line = mem_array(n + 1, sizeof *c->line);
    for (uint32_t i = 0; i < plan->n; i++)
        make_comment(c, i);
    c->line[n] = c->text.len;
    make_audit(c);
    for (int j = 0; j < CROWD_JOBS; j++)
        c->judge[j] = (struct dump_judge){.arg = c, .judge = judge};
    for (uint32_t i = 0; i < CROWD_TARGETS * CROWD_LABELS; i++)
        c->may[i] = has_label(i / CROWD_LABELS, i % CROWD_LABELS);
    c->spec = (struct census_spec){.audit = &c->audit,
                                   .level = levels,
                                   .n_levels = CROWD_LEVELS,
                                   .n_targets = CROWD_TARGETS,
                                   .n_labels = CROWD_LABELS,
                                   .label = labels,
                                   .topic = 1,
                                   .on = CROWD_ON,
                                   .none = CROWD_NONE,
                                   .stratum_target = no_predictions};
}

void crowd_release(struct crowd *c)
{
    free(c->p);
    free(c->truth);
    free(c->source);
    free(c->line);
    buf_release(&c->text);
    audit_release(&c->audit);
}

void crowd_census(struct census *census, struct crowd *c, uint32_t first, uint32_t last,
                  unsigned n_jobs)
{
    static const struct stance_input input;
    struct stance_err err = {0};
    char *path =
        temp_file((struct span){c->text.p + c->line[first], c->line[last] - c->line[first]});
    const char *const paths[] = {path};

    if (census_take(census, &c->spec, paths, 1, &input, c->judge, n_jobs, NULL, &err) < 0)
        fail_msg("%s", err.message);
    remove_temp(path);
}

void crowd_shares(struct shares *s, enum shares_among among)
{
    static const struct span nothing[CROWD_LABELS];

    *s = (struct shares){.among = among, .level = .95, .n_targets = CROWD_TARGETS};
    s->target = arena_alloc(&s->arena, CROWD_TARGETS * sizeof *s->target);
    for (uint32_t t = 0; t < CROWD_TARGETS; t++)
        s->target[t] = (struct share_target){.id = span_of(targets[t]),
                                             .label = labels,
                                             .fr = nothing,
                                             .en = nothing,
                                             .n_labels = CROWD_LABELS,
                                             .percent = NAN,
                                             .alpha = NAN};
}
