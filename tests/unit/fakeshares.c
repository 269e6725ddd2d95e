/* SPDX-License-Identifier: MIT */
/*
 * fakeshares: see fakeshares.h. Labels are a third each, more or less, in waves from group to
 * group. Of groups the third is refused, the fourth pooled, the fifth missing in the calendar, the
 * last doubtful.
 */
#include "fakeshares.h"
#include "helpers.h"

#include <math.h>
#include <stdio.h>

const struct fakeshares_plan fakeshares_plans[] = {
    {"weeks", SHARES_DIFFERENCE, SHARES_ALL, 2, 16, "date:week", false, false, false, false},
    {"bare", SHARES_AUDIT, SHARES_ALL, 1, 0, NULL, true, false, false, false},
    {"sources", SHARES_DIFFERENCE, SHARES_TAKING_SIDES, 1, 5, "source", true, true, false, false},
    {"days", SHARES_DIFFERENCE, SHARES_ON_TOPIC, 1, 120, "date:day", false, false, false, false},
    {"adjusted", SHARES_ADJUSTED, SHARES_ALL, 1, 6, "date:month", false, false, false, false},
    {"sld", SHARES_SLD, SHARES_ALL, 1, 0, NULL, false, false, false, false},
    {"count", SHARES_COUNT, SHARES_ALL, 1, 3, "date:year", false, false, false, false},
    {"evil", SHARES_DIFFERENCE, SHARES_ALL, 3, 7, "<b>champ</b>", false, false, true, false},
    {"nothing", SHARES_DIFFERENCE, SHARES_ALL, 1, 4, "date:month", false, false, false, true},
    {0},
};

static const char *const evil_names[] = {
    "<script>alert(1)</script>",
    "a & b \"quoted\" 'twice'",
    "tab\there\x01\x7f",
    "une cible dont le nom est une phrase entière, qui ne tient sur aucune ligne d’un téléphone, "
    "et qui continue encore un peu pour être sûre d’être coupée",
};
enum { N_EVIL = sizeof evil_names / sizeof evil_names[0] };

static struct span copy(struct shares *s, const char *text)
{
    return arena_copy(&s->arena, span_of(text));
}

static void *array(struct shares *s, size_t n, size_t size)
{
    void *p = arena_alloc(&s->arena, n * size);
    memset(p, 0, n * size);
    return p;
}

/* ---- Groups ---- */

static void name_group(const struct fakeshares_plan *plan, uint32_t g, char *out, size_t size)
{
    static const char *const source[] = {"jeuxvideo.com", "lemonde.fr", "YouTube", "(none)",
                                         "Radio France, les commentaires de la matinale"};
    uint32_t k = g + (g > 4); /* one is missing in the calendar */

    if (plan->evil)
        snprintf(out, size, "%u %s", g, evil_names[g % N_EVIL]);
    else if (strcmp(plan->by, "date:week") == 0)
        snprintf(out, size, "%u-W%02u", 2024 + (k + 44) / 52, (k + 44) % 52 + 1);
    else if (strcmp(plan->by, "date:month") == 0)
        snprintf(out, size, "2024-%02u", k + 1);
    else if (strcmp(plan->by, "date:day") == 0)
        snprintf(out, size, "2024-%02u-%02u", 2 + k / 28, k % 28 + 1);
    else if (strcmp(plan->by, "date:year") == 0)
        snprintf(out, size, "%u", 2020 + k);
    else
        snprintf(out, size, "%s", source[g % 5]);
}

static void add_groups(struct shares *s, const struct fakeshares_plan *plan)
{
    char name[256];

    s->n_groups = plan->n_groups + 1;
    s->group = array(s, s->n_groups, sizeof *s->group);
    s->group[0] = (struct share_group){SPAN("all"), 12000, UINT64_MAX, 900, false};
    for (uint32_t g = 0; g < plan->n_groups; g++) {
        name_group(plan, g, name, sizeof name);
        s->group[g + 1] = (struct share_group){copy(s, name), 12000 / plan->n_groups, UINT64_MAX,
                                               UINT64_MAX, g == 3};
    }
    if (plan->by != NULL) {
        s->by = copy(s, plan->by);
        s->by_asked = strcmp(plan->by, "date:month") == 0 ? copy(s, "date:week") : s->by;
    }
}

/* ---- Shares ---- */

static struct share made(const struct fakeshares_plan *plan, uint32_t g, size_t label)
{
    static const double level[] = {.18, .37, .44, .008, .002};
    double wave = g == 0 ? 0 : 0.06 * sin(g * 0.7 + (double)label * 2), v = level[label % 5];
    double se = (g == 0 ? 0.018 : 0.04) * sqrt(v * (1 - v)) * 2;
    struct share x = {
        .value = v + wave * v * 2, .se = se, .df = 179, .lambda = 0.61, .counted = v + 0.05};

    x.alone = x.value + 0.01;
    x.low = fmax(0, x.value - 1.97 * se);
    x.high = fmin(1, x.value + 2.1 * se);
    x.alone_low = fmax(0, x.alone - 2.6 * se);
    x.alone_high = fmin(1, x.alone + 2.7 * se);
    x.n_labelled = g == 0 ? 398 : 398 / plan->n_groups;
    x.n_units = plan->threads ? x.n_labelled / 3 : x.n_labelled;
    x.n_yes = (uint64_t)(v * (double)x.n_labelled);
    return x;
}

static struct share undefined(struct share x)
{
    x.value = x.se = x.low = x.high = x.df = x.lambda = NAN;
    x.alone = x.alone_low = x.alone_high = NAN;
    return x;
}

static struct share share_of(const struct fakeshares_plan *plan, uint32_t g, size_t label)
{
    struct share x = made(plan, g, label);

    if (plan->nothing || g == 3) {
        x = undefined(x);
        x.refused = "not enough labels";
    }
    if (plan->nothing)
        x.counted = NAN;
    if (g != 0 && g == plan->n_groups && !plan->nothing)
        x.doubt = "few threads";
    if (plan->method != SHARES_DIFFERENCE && plan->method != SHARES_AUDIT) {
        x.n_labelled = x.n_units = x.n_yes = 0;
        x.alone = x.alone_low = x.alone_high = x.lambda = x.df = NAN;
        x.doubt = NULL;
    }
    if (plan->method == SHARES_COUNT)
        x.se = x.low = x.high = NAN;
    if (plan->method == SHARES_AUDIT)
        x.counted = NAN;
    return x;
}

static void name_labels(struct shares *s, struct share_target *t, bool evil)
{
    static const char *const label[] = {"favor", "against", "none", "autre", "ironie"};
    static const char *const fr[] = {"pour", "contre", "ne se prononce pas", NULL, NULL};
    struct span *names, *french;

    t->n_labels = evil ? 5 : 3;
    names = array(s, t->n_labels, sizeof *names);
    french = array(s, t->n_labels, sizeof *french);
    for (size_t l = 0; l < t->n_labels; l++) {
        names[l] = copy(s, evil && l < N_EVIL ? evil_names[l] : label[l]);
        if (fr[l] != NULL && !evil)
            french[l] = copy(s, fr[l]);
    }
    t->label = names;
    t->fr = french;
}

static void add_target(struct shares *s, const struct fakeshares_plan *plan, uint32_t i)
{
    static const char *const id[] = {"ban", "spying", "topic"};
    static const char *const statement[] = {
        "TikTok doit être interdit, bloqué ou vendu de force, partout ou pour certains appareils, "
        "territoires ou publics.",
        "TikTok espionne ses utilisateurs."};
    struct share_target *t = &s->target[i];

    t->id = copy(s, plan->evil ? evil_names[i % N_EVIL] : id[i]);
    if (i < 2 && strcmp(plan->name, "bare") != 0)
        t->statement = copy(s, plan->evil ? evil_names[3 - i] : statement[i]);
    name_labels(s, t, plan->evil);
    t->share = array(s, s->n_groups * t->n_labels, sizeof *t->share);
    for (uint32_t g = 0; g < s->n_groups; g++)
        for (size_t l = 0; l < t->n_labels; l++)
            t->share[g * t->n_labels + l] = share_of(plan, g, l);
    t->homogeneity_p = plan->by != NULL && plan->method == SHARES_DIFFERENCE && !plan->nothing
                           ? 0.21 - 0.2 * i
                           : NAN;
    t->n_twice = s->n_labelled != 0 && strcmp(plan->name, "bare") != 0 ? 100 : 0;
    t->percent = t->n_twice != 0 ? 0.87 - 0.02 * i : NAN;
    t->alpha = t->n_twice != 0 && i != 2 ? 0.713 - 0.1 * i : NAN;
}

static void add_differences(struct shares *s)
{
    if (s->n_groups < 3 || s->method != SHARES_DIFFERENCE)
        return;
    s->difference = array(s, 3, sizeof *s->difference);
    s->n_differences = 3;
    s->difference[0] = (struct share_difference){0, 0, 1, 2, 0.0523, .024, 0.005, 0.1, 0.03};
    s->difference[1] =
        (struct share_difference){0, 1, 1, 2, -0.0041, .002, -0.0081, -0.0001, 0.0004};
    s->difference[2] = (struct share_difference){0, 2, 1, 2, NAN, NAN, NAN, NAN, NAN};
}

/* ---- The rest ---- */

static void add_audit(struct shares *s, const struct fakeshares_plan *plan)
{
    s->audit_id = 0x0123456789abcdef;
    s->audit_seed = 7;
    s->n_drawn = 400;
    s->n_labelled = 398;
    s->n_training = 100;
    s->n_undecided = 1;
    s->n_skipped = 1;
    s->n_decided = 12;
    s->n_like = 3;
    s->n_annotators = 2;
    s->prob_low = 0.03125;
    s->prob_high = plan->threads ? 0.03125 : 0.0524;
    s->by_threads = plan->threads;
    s->n_strata = 1;
    if (plan->threads)
        return;
    s->n_strata = 12;
    s->stratum_by = array(s, 2, sizeof *s->stratum_by);
    s->stratum_by[0] = copy(s, "date:month");
    s->stratum_by[1] = copy(s, plan->evil ? "<i>\x02" : "source");
    s->n_stratum_by = 2;
}

static void add_notes(struct shares *s, const struct fakeshares_plan *plan)
{
    s->note = array(s, 2, sizeof *s->note);
    s->note[0] = copy(s, plan->evil ? "a note with <b>markup</b> & \"quotes\""
                                    : "12 comments of the audit are in the corpus of the model");
    s->n_notes = 1;
    if (plan->method == SHARES_ADJUSTED || plan->method == SHARES_SLD)
        s->banner =
            copy(s, "ASSUMES that the model errs on this dump as on held-out comments of its own "
                    "corpus: no comment of this dump was labelled");
    if (plan->method == SHARES_COUNT || plan->evil)
        s->banner = copy(s, plan->evil ? "BIASED <b>\x1b" : "BIASED: predicted labels counted");
}

void fakeshares_make(struct shares *s, const char *name)
{
    const struct fakeshares_plan *plan = fakeshares_plans;

    while (plan->name != NULL && strcmp(plan->name, name) != 0)
        plan++;
    if (plan->name == NULL)
        fail_msg("no plan %s", name);
    *s = (struct shares){
        .method = plan->method, .among = plan->among, .per_author = plan->per_author};
    s->level = .95;
    s->records = 12345;
    s->population = 12000;
    s->status[STANCE_STATUS_OK] = 12000;
    s->status[STANCE_STATUS_DELETED] = 300;
    s->status[STANCE_STATUS_BLANK] = 45;
    s->n_no_author = plan->per_author ? 17 : 0;
    s->dump_sum = 0xfedcba9876543210;
    s->model_checksum = 0x89abcdef;
    s->version = "0.1.0";
    s->cross_fit = strcmp(name, "sources") == 0;
    s->beyond_dump = strcmp(name, "sources") == 0;
    if (plan->method == SHARES_DIFFERENCE || plan->method == SHARES_AUDIT)
        add_audit(s, plan);
    add_groups(s, plan);
    s->n_targets = plan->n_targets;
    s->target = array(s, s->n_targets, sizeof *s->target);
    for (uint32_t t = 0; t < plan->n_targets; t++)
        add_target(s, plan, t);
    add_differences(s);
    add_notes(s, plan);
}

void fakeshares_release(struct shares *s)
{
    arena_release(&s->arena);
}
