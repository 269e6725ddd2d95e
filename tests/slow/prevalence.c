/* SPDX-License-Identifier: MIT */
/*
 * Estimates of shares where the share is known: how far off they are on average, and how often an
 * interval of 95 % has the share in it. population.h says what the dumps are like.
 *
 *     prevalence [FILE]   a line per world and estimator into FILE, as TSV
 *
 * Each line of ours is held against what is promised: coverage between 93 and 97 % with 400 labels,
 * drawn as comments or in 60 threads and more, of shares of 15 % and above; where coverage is
 * below 93 % the program doubts; intervals no wider on average than those of labels alone, and
 * narrower where the model is good. A coverage of 2,000 samples is known to .005, its standard
 * error, and that much is allowed.
 */
#include "population.h"

#include "base/jobs.h"
#include "prevalence/estimate.h"
#include "prevalence/quantify.h"

#include <stdio.h>
#include <string.h>

enum { REPLICATES = 2000, HELD_OUT = 2000, DRAWS = 100 };

enum estimator {
    DEFAULT,   /* what the program gives */
    ALONE,     /* the labels alone */
    TEXTBOOK,  /* λ tuned, m/(m-1), t with units - strata */
    IID,       /* Angelopoulos et al. 2023, as if comments had been drawn one by one from all */
    BY_THREAD, /* as the default, clustered by thread though comments were drawn */
    HALVES,    /* the second ten weeks less the first ten */
    WEEK,      /* one week */
    POOLED,    /* one week, by the error of all */
    ADJUSTED,  /* without labels: adjusted count */
    SLD,       /* without labels: expectation-maximisation */
    COUNT,     /* without labels: predictions counted */
    N_ESTIMATORS
};

static const char *const NAME[] = {"default",  "labels alone", "textbook", "iid",
                                   "thread",   "difference",   "week",     "week, pooled",
                                   "adjusted", "sld",          "count"};
static const char *const DRAWING[] = {"comments", "by week", "by predicted", "threads"};

static const double ICC[] = {0, 0.05, 0.1, 0.3};

struct tally {
    double n, bias, squares, se, covered, below, above, width, alone, undefined, doubted, lambda;
};

struct cell {
    struct world w;
    const char *quality;
    struct tally of[N_ESTIMATORS];
};

struct told {
    double value, se, low, high;
};

static void count(struct tally *t, struct told x, double truth)
{
    if (isnan(x.low) || isnan(x.value)) {
        t->undefined++;
        return;
    }
    t->n++;
    t->bias += x.value - truth;
    t->squares += (x.value - truth) * (x.value - truth);
    t->se += x.se;
    t->covered += x.low <= truth + 1e-12 && truth <= x.high + 1e-12;
    t->below += truth < x.low;
    t->above += truth > x.high;
    t->width += x.high - x.low;
}

static void count_estimate(struct tally *t, const struct estimate *e, double truth)
{
    count(t, (struct told){e->value, e->se, e->low, e->high}, truth);
    if (isnan(e->low))
        return;
    t->alone += e->alone_high - e->alone_low;
    t->doubted += e->doubt != NULL;
    t->lambda += e->lambda;
}

struct bench {
    struct dump dump;
    struct drawn s;
    uint32_t number[MOST_COMMENTS];
    double in[MOST_LABELS]; /* 1: of the weeks that are told */
    struct weeks {
        uint32_t from, to;
        double truth, v[WEEKS], fy[WEEKS], n, f;
    } first, second, week;
    struct quantify_cells cells;
};

static void dump_sums(struct estimate_totals *t, const struct dump *d)
{
    t->n_clusters = d->n_threads;
    for (uint32_t g = 0; g < d->n_threads; g++) {
        double v = d->start[g + 1] - d->start[g], y = 0;
        for (uint32_t i = d->start[g]; i < d->start[g + 1]; i++)
            y += d->p[i];
        t->vv += v * v;
        t->vy += v * y;
        t->vz += v * v;
        t->yy += y * y;
        t->yz += y * v;
        t->zz += v * v;
    }
}

/* --- Groups: some weeks of the dump --- */

static void weeks_of(struct weeks *x, const struct dump *d, const struct world *w, uint32_t from,
                     uint32_t to)
{
    double yes = 0;

    *x = (struct weeks){.from = from, .to = to};
    for (uint32_t i = 0; i < d->n; i++)
        if (d->week[i] >= from && d->week[i] < to) {
            x->v[stratum_of(d, w, i)]++;
            x->fy[stratum_of(d, w, i)] += d->p[i];
            x->n++;
            x->f += d->p[i];
            yes += d->yes[i];
        }
    x->truth = yes / x->n;
}

static void of_weeks(struct estimate *e, struct bench *b, const struct estimate_design *d,
                     const struct weeks *x)
{
    struct estimate_rows rows = {b->in, b->s.yes, b->s.one, b->s.p, b->s.one};
    struct estimate_totals t = {.v = x->v, .fy = x->fy, .fz = x->v};

    for (size_t k = 0; k < b->s.n; k++) {
        uint32_t week = b->dump.week[b->s.comment[k]];
        b->in[k] = week >= x->from && week < x->to;
    }
    estimate_share(e, d, &rows, &t);
}

static void groups(struct cell *c, struct bench *b, const struct estimate_design *d,
                   const struct estimate_rows *rows, const struct estimate_totals *totals)
{
    struct estimate first, second, week;
    struct estimate_difference x;

    of_weeks(&first, b, d, &b->first);
    of_weeks(&second, b, d, &b->second);
    x = estimate_difference(d, &first, &second);
    count(&c->of[HALVES], (struct told){x.value, x.se, x.low, x.high},
          b->second.truth - b->first.truth);
    estimate_release(&first);
    estimate_release(&second);
    of_weeks(&week, b, d, &b->week);
    count_estimate(&c->of[WEEK], &week, b->week.truth);
    estimate_release(&week);
    estimate_pooled(&week, d, rows, totals, b->week.n, b->week.f, b->week.n);
    count_estimate(&c->of[POOLED], &week, b->week.truth);
    estimate_release(&week);
}

/* --- Without labels --- */

/* The table of errors on rows like those the model learnt from. */
static void held_out(const struct world *w, struct rng *r, uint64_t errors[4])
{
    memset(errors, 0, 4 * sizeof *errors);
    for (int i = 0; i < HELD_OUT; i++) {
        bool yes = uniform(r) < w->trained;
        errors[2 * yes + (model_says(w, w->mu * yes + normal(r)) > 0.5)]++;
    }
}

static void without_labels(struct cell *c, struct bench *b, struct rng *r)
{
    const struct dump *d = &b->dump;
    uint64_t errors[4], predicted[2] = {0, 0};
    double share[2], low[2], high[2], prior[2], z = 1.959963984540054, se;

    held_out(&c->w, r, errors);
    quantify_cells_release(&b->cells);
    quantify_cells_init(&b->cells, 2);
    for (uint32_t i = 0; i < d->n; i++) {
        predicted[d->p[i] > 0.5]++;
        quantify_cells_add(&b->cells, (double[]){1 - d->p[i], d->p[i]}, 1);
    }
    quantify_count(predicted, 2, share);
    se = sqrt(share[0] * share[1] / d->n);
    count(&c->of[COUNT], (struct told){share[1], se, share[1] - z * se, share[1] + z * se},
          d->truth);
    quantify_adjusted(errors, predicted, 2, share);
    quantify_adjusted_interval(errors, predicted, 2, 0.95, DRAWS, rng_u64(r), low, high);
    count(&c->of[ADJUSTED], (struct told){share[1], NAN, low[1], high[1]}, d->truth);
    prior[1] = (double)(errors[2] + errors[3]) / HELD_OUT;
    prior[0] = 1 - prior[1];
    quantify_sld(b->cells.mean, b->cells.count, b->cells.n, prior, 2, share);
    quantify_sld_interval(&b->cells, prior, HELD_OUT, 0.95, DRAWS, rng_u64(r), low, high);
    count(&c->of[SLD], (struct told){share[1], NAN, low[1], high[1]}, d->truth);
}

/* --- One world --- */

static void other_forms(struct cell *c, struct bench *b, struct estimate_design d,
                        const struct estimate_rows *rows, const struct estimate_totals *totals)
{
    double n = b->dump.n, fy = 0, weight[MOST_LABELS];
    uint32_t one[MOST_LABELS], zero[MOST_LABELS];
    struct estimate_totals whole = {.v = &n, .fy = &fy, .fz = &n};
    struct estimate e;

    d.form = ESTIMATE_TEXTBOOK;
    estimate_share(&e, &d, rows, totals);
    count_estimate(&c->of[TEXTBOOK], &e, b->dump.truth);
    estimate_release(&e);
    d.form = ESTIMATE_BEST;
    if (c->w.drawing != THREADS && !c->w.beyond) {
        d.n_units = number_threads(&b->s, &b->dump, b->number);
        d.unit = b->s.thread;
        estimate_share(&e, &d, rows, totals);
        count_estimate(&c->of[BY_THREAD], &e, b->dump.truth);
        estimate_release(&e);
    }
    for (uint32_t h = 0; h < b->s.n_strata; h++)
        fy += b->s.fy[h];
    for (size_t k = 0; k < b->s.n; k++) {
        one[k] = (uint32_t)k;
        zero[k] = 0;
        weight[k] = 1;
    }
    d = (struct estimate_design){.n = b->s.n,
                                 .stratum = zero,
                                 .unit = one,
                                 .weight = weight,
                                 .n_strata = 1,
                                 .n_units = (uint32_t)b->s.n,
                                 .level = 0.95,
                                 .lambda = 1,
                                 .form = ESTIMATE_ASYMPTOTIC};
    estimate_share(&e, &d, rows, &whole);
    count_estimate(&c->of[IID], &e, b->dump.truth);
    estimate_release(&e);
}

static void replicate(struct cell *c, struct bench *b, struct rng *r)
{
    struct drawn *s = &b->s;
    struct estimate_rows rows = {s->one, s->yes, s->one, s->p, s->one};
    struct estimate_totals totals = {.v = s->v, .fy = s->fy, .fz = s->v};
    struct estimate_design d = {.stratum = s->stratum,
                                .unit = s->unit,
                                .weight = s->weight,
                                .fraction = s->fraction,
                                .level = 0.95,
                                .lambda = NAN,
                                .beyond_dump = c->w.beyond};
    struct estimate e;

    draw(s, &b->dump, &c->w, r);
    d.n = s->n;
    d.n_strata = s->n_strata;
    d.n_units = s->n_units;
    if (c->w.beyond) {
        dump_sums(&totals, &b->dump);
        d.n_units = number_threads(s, &b->dump, b->number);
        d.unit = s->thread;
    }
    estimate_share(&e, &d, &rows, &totals);
    count_estimate(&c->of[DEFAULT], &e, b->dump.truth);
    count(&c->of[ALONE], (struct told){e.alone, e.alone_se, e.alone_low, e.alone_high},
          b->dump.truth);
    estimate_release(&e);
    if (!c->w.beyond)
        groups(c, b, &d, &rows, &totals);
    other_forms(c, b, d, &rows, &totals);
}

static void new_dump(struct bench *b, const struct world *w, struct rng *r)
{
    fill_dump(&b->dump, w, r);
    draw_from(&b->s, &b->dump, w);
    weeks_of(&b->first, &b->dump, w, 0, WEEKS / 2);
    weeks_of(&b->second, &b->dump, w, WEEKS / 2, WEEKS);
    weeks_of(&b->week, &b->dump, w, 5, 6);
}

static void simulate(size_t i, void *arg)
{
    struct cell *c = (struct cell *)arg + i;
    struct bench *b = mem_zalloc(1, sizeof *b);
    struct rng r = rng_stream(2026, i);
    bool labelless = c->w.drawing == COMMENTS && c->w.n_labels == 400 && !c->w.beyond;

    new_dump(b, &c->w, &r);
    for (int k = 0; k < REPLICATES; k++) {
        if (c->w.beyond && k > 0)
            new_dump(b, &c->w, &r);
        replicate(c, b, &r);
    }
    for (int k = 0; labelless && c->w.icc == ICC[2] && k < REPLICATES / 2; k++) {
        fill_dump(&b->dump, &c->w, &r);
        without_labels(c, b, &r);
    }
    quantify_cells_release(&b->cells);
    free(b);
}

/* --- All worlds --- */

struct worlds {
    struct cell *cell;
    size_t n, cap;
};

static const double MU[] = {0, 0.302, 1.756, 3.29}; /* macro-F1 where half are yes, Phi(mu/2) */
static const char *const QUALITY[] = {"useless", "F1 .56", "F1 .81", "F1 .95"};
static const double SHARE[] = {0.5, 0.15, 0.03};

static void add(struct worlds *all, struct world w, int quality)
{
    MEM_GROW(all->cell, all->cap, all->n + 1);
    w.mu = MU[quality];
    all->cell[all->n++] = (struct cell){.w = w, .quality = QUALITY[quality]};
}

static void each_quality(struct worlds *all, struct world w)
{
    for (int s = 0; s < 3; s++)
        for (int q = 0; q < 4; q++) {
            w.share = SHARE[s];
            add(all, w, q);
        }
}

static void comment_worlds(struct worlds *all)
{
    struct world w = {.skewed = true, .trained = 0.4};

    for (uint32_t n = 400; n > 0; n = n == 400 ? 100 : 0)
        for (enum drawing d = COMMENTS; d <= BY_PREDICTED; d++)
            for (int i = 0; i < 4; i++) {
                w.drawing = d;
                w.n_labels = n;
                w.icc = ICC[i];
                if (i == 2 || (n == 400 && d == COMMENTS))
                    each_quality(all, w);
            }
    w = (struct world){.skewed = true, .n_labels = 400, .icc = 0.1};
    for (int s = 0; s < 3; s++)
        for (int q = 1; q < 4; q++) {
            w.share = w.trained = SHARE[s]; /* no shift */
            add(all, w, q);
            w.trained = 0.4;
            w.drift = 0.5; /* p(x | label) has moved too */
            add(all, w, q);
            w.drift = 0;
        }
}

static void thread_worlds(struct worlds *all)
{
    static const uint32_t threads[] = {20, 60, 100, 200};
    struct world w = {.drawing = THREADS, .n_labels = 400, .trained = 0.4};

    for (int t = 0; t < 4; t++)
        for (int skewed = 0; skewed < 2; skewed++)
            for (int i = 0; i < 4; i++) {
                w.n_threads = threads[t];
                w.skewed = skewed;
                w.icc = ICC[i];
                each_quality(all, w);
            }
}

static void beyond_worlds(struct worlds *all)
{
    struct world w = {.n_labels = 400, .trained = 0.4, .skewed = true, .beyond = true};

    for (int i = 2; i < 4; i++) {
        w.icc = ICC[i];
        w.drawing = COMMENTS;
        w.n_threads = 0;
        each_quality(all, w);
        w.drawing = THREADS;
        w.n_threads = 100;
        each_quality(all, w);
    }
}

/* --- What is told --- */

static void write_line(FILE *f, const struct cell *c, enum estimator e)
{
    const struct tally *t = &c->of[e];
    double bias = t->bias / t->n, all = t->n + t->undefined;
    bool audit = e != ADJUSTED && e != SLD && e != COUNT;
    char threads[16] = "";

    if (c->w.n_threads)
        snprintf(threads, sizeof threads, "%u", c->w.n_threads);
    fprintf(f, "%s\t%u\t%s\t%s\t%.2f\t%.2f\t%.2f\t%.1f\t%s\t%s\t%s\t", DRAWING[c->w.drawing],
            c->w.n_labels, threads, c->w.skewed ? "skewed" : "equal", c->w.icc, c->w.share,
            c->w.trained, c->w.drift, c->quality, c->w.beyond ? "beyond" : "dump", NAME[e]);
    fprintf(f, "%.0f\t%.4f\t%.4f\t", all, bias, sqrt(fmax(0, t->squares / t->n - bias * bias)));
    if (isnan(t->se))
        fprintf(f, "\t");
    else
        fprintf(f, "%.4f\t", t->se / t->n);
    fprintf(f, "%.3f\t%.3f\t%.3f\t%.4f\t", t->covered / t->n, t->below / t->n, t->above / t->n,
            t->width / t->n);
    if (audit && e != ALONE && e != HALVES && e != POOLED)
        fprintf(f, "%.3f\t%.2f\t%.3f", t->width / t->alone, t->lambda / t->n, t->doubted / all);
    else
        fprintf(f, "\t\t");
    fprintf(f, "\t%.3f\n", t->undefined / all);
}

static int write_all(const struct worlds *all, const char *path)
{
    FILE *f = fopen(path, "w");

    if (!f)
        return 1;
    fprintf(f, "drawing\tlabels\tthreads\tsizes\ticc\tshare\ttrained\tdrift\tmodel\tof\testimator\t"
               "replicates\tbias\tsd\tmean_se\tcoverage\tbelow\tabove\twidth\tto_alone\tlambda\t"
               "doubted\tundefined\n");
    for (size_t i = 0; i < all->n; i++)
        for (int e = 0; e < N_ESTIMATORS; e++)
            if (all->cell[i].of[e].n > 0)
                write_line(f, &all->cell[i], (enum estimator)e);
    return fclose(f) ? 1 : 0;
}

struct bar {
    const char *name;
    size_t n, missed;
    double least, most;
};

static void hold(struct bar *b, const struct cell *c, double value, double low, double high)
{
    b->n++;
    b->least = b->n == 1 || value < b->least ? value : b->least;
    b->most = b->n == 1 || value > b->most ? value : b->most;
    if (low <= value && value <= high)
        return;
    b->missed++;
    printf("# %s: %.4f: %s, %u labels, %u threads, %s, icc %.2f, share %.2f, %s%s\n", b->name,
           value, DRAWING[c->w.drawing], c->w.n_labels, c->w.n_threads,
           c->w.skewed ? "skewed" : "equal", c->w.icc, c->w.share, c->quality,
           c->w.beyond ? ", beyond" : "");
}

static bool tell(const struct bar *b)
{
    printf("%s %s: %zu worlds, %.3f to %.3f\n", b->missed ? "not ok" : "ok", b->name, b->n,
           b->least, b->most);
    return !b->missed;
}

static double coverage(const struct cell *c, enum estimator e)
{
    return c->of[e].covered / c->of[e].n;
}

static bool promised(const struct cell *c)
{
    bool many = c->w.drawing != THREADS || c->w.n_threads >= 60;
    return c->w.n_labels == 400 && many && c->w.share > 0.1;
}

static bool hold_all(const struct worlds *all)
{
    struct bar cover = {"default, 400 labels, comments or 60 threads: coverage", 0, 0, 0, 0};
    struct bar rare = {"default, the same, shares of 3 %, not doubted: coverage", 0, 0, 0, 0};
    struct bar beyond = {"beyond the dump: coverage", 0, 0, 0, 0};
    struct bar doubt = {"coverage below 93 %: doubted", 0, 0, 0, 0};
    struct bar wide = {"width by that of labels alone", 0, 0, 0, 0};
    struct bar good = {"width by that of labels alone, good model", 0, 0, 0, 0};
    struct bar halves = {"difference of two halves: coverage", 0, 0, 0, 0};
    struct bar iid = {"comments of whole threads taken as drawn one by one, icc .1: coverage", 0, 0,
                      0, 0};

    for (size_t i = 0; i < all->n; i++) {
        const struct cell *c = &all->cell[i];
        const struct tally *t = &c->of[DEFAULT];
        double doubted = t->doubted / t->n, ratio = t->width / t->alone;
        if (promised(c))
            hold(c->w.beyond ? &beyond : &cover, c, coverage(c, DEFAULT), 0.925, 0.975);
        else if (c->w.n_labels == 400 && doubted < 0.5)
            hold(&rare, c, coverage(c, DEFAULT), 0.925, 1);
        if (coverage(c, DEFAULT) < 0.925)
            hold(&doubt, c, doubted, 0.5, 1);
        hold(&wide, c, ratio, 0, 1);
        if (c->w.mu > 1 && c->w.drawing != BY_PREDICTED && c->w.share > 0.1)
            hold(&good, c, ratio, 0, 0.95);
        if (promised(c) && !c->w.beyond && (c->w.n_threads == 0 || c->w.n_threads >= 100))
            hold(&halves, c, coverage(c, HALVES), 0.925, 0.985);
        if (c->w.drawing == THREADS && c->w.icc > 0.09 && c->w.n_threads <= 60 && c->w.share > 0.1)
            hold(&iid, c, coverage(c, IID), 0, 0.93);
    }
    return (int)tell(&cover) & tell(&rare) & tell(&beyond) & tell(&doubt) & tell(&wide) &
           tell(&good) & tell(&halves) & tell(&iid);
}

int main(int argc, char **argv)
{
    struct worlds all = {NULL, 0, 0};
    int bad = 0;

    comment_worlds(&all);
    thread_worlds(&all);
    beyond_worlds(&all);
    printf("# %zu worlds, %d replicates of each\n", all.n, REPLICATES);
    fflush(stdout);
    jobs_run(0, all.n, simulate, all.cell);
    if (argc > 1)
        bad = write_all(&all, argv[1]);
    bad |= !hold_all(&all);
    free(all.cell);
    return bad;
}
