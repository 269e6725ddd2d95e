/* SPDX-License-Identifier: MIT */
/*
 * descent: against libsvm on the same rows: the value of the dual problem, the loss, and the
 * margins of rows trained on and held out. Coefficients are not compared: where comments are alike
 * they are not unique.
 */
#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/descent.h"
#include "model/solve.h"

struct sample {
    const char *name;
    int n_comments, n_targets, n_words;
    int repeat; /* every so many comments has the text of the one before; 0: none */
    int empty;  /* every so many comments has no text */
    int one_of; /* one comment in so many is in favor */
    double prior;
    enum class_weights weights;
};

static const struct sample samples[] = {
    {"one target", 90, 1, 40, 0, 0, 2, 0, CLASS_WEIGHTS_BALANCED},
    {"three targets", 120, 3, 40, 0, 0, 2, 0, CLASS_WEIGHTS_BALANCED},
    {"many targets", 120, 40, 60, 0, 0, 2, 0, CLASS_WEIGHTS_BALANCED},
    {"unweighted", 120, 2, 40, 0, 0, 4, 0, CLASS_WEIGHTS_NONE},
    {"a prior", 120, 4, 40, 0, 0, 3, 1.5, CLASS_WEIGHTS_BALANCED},
    {"copies", 90, 2, 40, 3, 0, 2, 0, CLASS_WEIGHTS_BALANCED},
    {"empty comments", 90, 2, 40, 0, 5, 2, 0, CLASS_WEIGHTS_BALANCED},
    {"few words", 90, 2, 3, 0, 0, 2, 0, CLASS_WEIGHTS_NONE},
};

/* One comment in four is held out. */
struct pupil {
    struct trainset t;
    struct fit f;
    uint8_t *use;
};

static void make_corpus(struct corpus *c, const struct sample *s)
{
    struct rng rng = {17};
    char id[16], target[32], text[256] = "";

    *c = (struct corpus){0};
    for (int i = 0; i < s->n_comments; i++) {
        bool favor = rng_below(&rng, (uint64_t)s->one_of) == 0;
        if (s->repeat == 0 || i % s->repeat != s->repeat - 1) {
            int n = 3 + (int)rng_below(&rng, 8), at = 0;
            for (int w = 0; w < n; w++)
                at += snprintf(text + at, sizeof text - (size_t)at, "mot%dx ",
                               (int)rng_below(&rng, (uint64_t)s->n_words));
            if (rng_below(&rng, 3) != 0)
                snprintf(text + at, sizeof text - (size_t)at, favor ? "bon" : "nul");
        }
        if (s->empty != 0 && i % s->empty == 0)
            text[0] = '\0';
        snprintf(id, sizeof id, "c%03d", i);
        snprintf(target, sizeof target, "cible %d", i % s->n_targets);
        add_comment(c, id, NULL, NULL, text, target, favor ? "favor" : "against");
    }
    assert_int_equal(corpus_seal(c, NULL), 0);
}

static void open_pupil(struct pupil *p, const struct corpus *c, const struct sample *s,
                       enum solver solver)
{
    struct settings set = tiny_settings();
    struct stance_err err = {0};

    set.solver = solver;
    set.kernel[0].d = s->prior;
    set.class_weights = s->weights;
    set.n_jobs = 2;
    if (trainset_init(&p->t, c, c->target, &set, &err) < 0)
        fail_msg("%s: %s", s->name, err.message);
    p->use = calloc(c->n_comments, 1);
    for (size_t i = 0; i < c->n_comments; i++)
        p->use[i] = i % 4 != 0;
    fit_open(&p->f, &p->t, p->use, &(struct choice){0});
}

static void close_pupil(struct pupil *p)
{
    fit_release(&p->f);
    trainset_release(&p->t);
    free(p->use);
}

/* ½ αᵀQα - Σα, by the kernel of f. */
static double objective(const struct fit *f, const struct machine *m, bool blind)
{
    struct kernel k = {f->kernel, m->share, blind};
    double value = 0;

    for (size_t i = 0; i < m->n; i++) {
        for (size_t j = 0; j < m->n; j++)
            value += m->coef[i] * m->coef[j] * fit_kernel(f, &k, m->row[i], m->row[j]) / 2;
        value -= fabs(m->coef[i]);
    }
    return value;
}

static void near(const char *name, const char *what, double c, double got, double expected,
                 double within)
{
    if (!(fabs(got - expected) <= within))
        fail_msg("%s, C %g: %s %.9g, libsvm says %.9g", name, c, what, got, expected);
}

/* Σ C·weight·max(0, 1 - y·margin), of the rows trained on. */
static double loss(const struct fit *f, const struct machine *m, double c, bool blind)
{
    size_t n_pos = 0;
    double sum = 0;

    for (size_t i = 0; i < m->n; i++)
        n_pos += f->t->row[m->row[i]].label == f->t->pair[0].a;
    for (size_t i = 0; i < m->n; i++) {
        bool pos = f->t->row[m->row[i]].label == f->t->pair[0].a;
        double miss = 1 - (pos ? 1 : -1) * fit_margin(f, m, m->row[i], blind);
        double weight = (double)m->n / (2 * (double)(pos ? n_pos : m->n - n_pos));
        if (f->t->set.class_weights == CLASS_WEIGHTS_NONE)
            weight = 1;
        sum += miss > 0 ? c * weight * miss : 0;
    }
    return sum;
}

/* Margins, but for the bias; which is as good as libsvm's if not the same, as it need not be:
 * with all rows of both sides at their bounds, whole ranges of it are. */
static void compare_margins(const struct sample *s, double c, const double *mine,
                            const double *theirs, size_t n, double shift)
{
    for (size_t r = 0; r < n; r++)
        near(s->name, "margin", c, mine[r], theirs[r] + shift, 0.01);
    if (c >= 0.5)
        near(s->name, "bias", c, shift, 0, 0.02);
}

static void compare(const struct sample *s, struct pupil *a, struct pupil *b, bool blind)
{
    static const double c[] = {1e-6, 0.0625, 0.5, 2, 1000};
    enum { N = sizeof c / sizeof c[0] };
    size_t n = a->t.n_rows;
    uint32_t *row = calloc(n, sizeof *row);
    double *mine = calloc(N * n, sizeof *mine), *theirs = calloc(N * n, sizeof *theirs);
    struct machine x[N], y[N];
    struct stance_err err = {0};

    for (size_t r = 0; r < n; r++)
        row[r] = (uint32_t)(n - 1 - r);
    assert_int_equal(solve_pair(&a->f, 0, blind, N, c, x, &err), 0);
    assert_int_equal(solve_pair(&b->f, 0, blind, N, c, y, &err), 0);
    solve_pair_margins(&a->f, x, N, row, n, blind, mine);
    solve_pair_margins(&b->f, y, N, row, n, blind, theirs);
    /* copies at odds climb by 2 / K a sweep: see huge_c() */
    for (int k = 0; k < (s->repeat != 0 ? N - 1 : N); k++) {
        double value = objective(&b->f, &y[k], blind), sum = 0;
        near(s->name, "value", c[k], objective(&b->f, &x[k], blind), value, 1e-3 * fabs(value));
        for (size_t i = 0; i < x[k].n; i++)
            sum += x[k].coef[i];
        near(s->name, "sum", c[k], sum, 0, 2e-3 * fabs(value) + 1e-12);
        near(s->name, "loss", c[k], loss(&b->f, &x[k], c[k], blind),
             loss(&b->f, &y[k], c[k], blind), 2e-3 * (fabs(value) + c[k] * (double)y[k].n));
        compare_margins(s, c[k], mine + (size_t)k * n, theirs + (size_t)k * n, n,
                        y[k].rho - x[k].rho);
        for (size_t r = 0; r < n; r++)
            near(s->name, "margin by the kernel", c[k], mine[(size_t)k * n + r],
                 fit_margin(&a->f, &x[k], row[r], blind), 1e-5);
    }
    machines_release(x, N);
    machines_release(y, N);
    free(row);
    free(mine);
    free(theirs);
}

static void as_libsvm(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct pupil a, b;
        struct corpus c;
        make_corpus(&c, &samples[i]);
        open_pupil(&a, &c, &samples[i], SOLVER_COORDINATE);
        open_pupil(&b, &c, &samples[i], SOLVER_LIBSVM);
        assert_null(a.f.gram);
        assert_non_null(b.f.gram);
        compare(&samples[i], &a, &b, false);
        compare(&samples[i], &a, &b, true);
        close_pupil(&a);
        close_pupil(&b);
        corpus_release(&c);
    }
}

/* Products of the grouped columns are those of the kernel, with any coefficients. */
static void products(const struct sample *s, const struct pupil *p, bool blind)
{
    struct rng rng = {5};
    struct kernel kernel = fit_kernel_of(&p->f, 0, blind);
    struct design d;
    size_t n = 0;
    uint32_t *row = calloc(p->t.n_rows, sizeof *row);
    double *coef = calloc(p->t.n_rows, sizeof *coef), *u;

    for (size_t r = 0; r < p->t.n_rows; r++)
        if (p->use[p->t.row[r].comment])
            row[n++] = (uint32_t)r;
    design_open(&d, &p->t, &kernel, &p->f.x, row, n);
    assert_true(d.n_slots <= d.start[n]);
    assert_true(d.start[n] < p->f.x.start[p->f.x.n_rows]); /* some columns are groups */
    u = design_sums_new(&d);
    for (size_t i = 0; i < n; i++) {
        coef[i] = (double)rng_below(&rng, 2001) / 1000 - 1;
        design_add(&d, u, i, coef[i]);
    }
    for (size_t r = 0, i = 0; r < p->t.n_rows; r++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += coef[k] * fit_kernel(&p->f, &kernel, (uint32_t)r, row[k]);
        near(s->name, "outside", 0,
             design_outside(&d, u, &p->f.x, p->t.row[r].comment, trainset_task(&p->t, blind, r)),
             sum, 1e-5);
        if (i < n && row[i] == r) {
            near(s->name, "product", 0, design_product(&d, u, i), sum, 1e-5);
            near(s->name, "square", 0, design_square(&d, i),
                 fit_kernel(&p->f, &kernel, (uint32_t)r, (uint32_t)r), 1e-6);
            i++;
        }
    }
    design_release(&d);
    free(row);
    free(coef);
    free(u);
}

static void as_the_kernel(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct pupil p;
        struct corpus c;
        make_corpus(&c, &samples[i]);
        open_pupil(&p, &c, &samples[i], SOLVER_COORDINATE);
        products(&samples[i], &p, false);
        products(&samples[i], &p, true);
        close_pupil(&p);
        corpus_release(&c);
    }
}

/* A pair of which a fold has one label, or none. */
static void one_sided(void **state)
{
    static const uint32_t row[] = {0, 3};
    const double c[] = {0.5, 2};
    double margin[4] = {7, 7, 7, 7};

    (void)state;
    for (int kept = -1; kept <= 1; kept++) {
        struct pupil p;
        struct machine m[2];
        struct corpus corpus;
        struct stance_err err = {0};
        make_corpus(&corpus, &samples[1]);
        open_pupil(&p, &corpus, &samples[1], SOLVER_COORDINATE);
        fit_release(&p.f);
        for (size_t r = 0; r < p.t.n_rows; r++)
            p.use[p.t.row[r].comment] = p.t.row[r].label == (kept > 0 ? 0 : 1) && kept != 0;
        fit_open(&p.f, &p.t, p.use, &(struct choice){0});
        assert_int_equal(solve_pair(&p.f, 0, false, 2, c, m, &err), 0);
        solve_pair_margins(&p.f, m, 2, row, 2, false, margin);
        for (int i = 0; i < 4; i++)
            assert_true(margin[i] == kept);
        machines_release(m, 2);
        close_pupil(&p);
        corpus_release(&corpus);
    }
}

/* Two comments alike with other labels, and a C that no coefficient reaches: the sweeps end, and
 * the margins are right. */
static void huge_c(void **state)
{
    struct sample s = samples[5];
    struct pupil p;
    struct corpus c;
    struct stance_err err = {0};
    double huge = 1e6, margin;
    struct machine m;
    size_t right = 0, n = 0;

    (void)state;
    make_corpus(&c, &s);
    open_pupil(&p, &c, &s, SOLVER_COORDINATE);
    assert_int_equal(solve_pair(&p.f, 0, false, 1, &huge, &m, &err), 0);
    for (uint32_t r = 0; r < p.t.n_rows; r++) {
        solve_pair_margins(&p.f, &m, 1, &r, 1, false, &margin);
        assert_true(isfinite(margin));
        n += p.use[p.t.row[r].comment];
        right += p.use[p.t.row[r].comment] && (margin > 0) == (p.t.row[r].label == 0);
    }
    assert_true(right >= n * 9 / 10);
    machines_release(&m, 1);
    close_pupil(&p);
    corpus_release(&c);
}

/* Same bytes with any number of threads; other bytes than libsvm's, with the same labels. */
static void models(void **state)
{
    struct settings set = tiny_settings();
    struct stance_err err = {0};
    struct corpus c;
    struct model *libsvm, *one, *more;

    (void)state;
    tiny_corpus(&c);
    libsvm = train_on(&c, &set, &err);
    set.solver = SOLVER_COORDINATE;
    set.n_jobs = 1;
    one = train_on(&c, &set, &err);
    for (unsigned jobs = 0; jobs <= 4; jobs++) {
        set.n_jobs = jobs;
        more = train_on(&c, &set, &err);
        assert_int_equal(more->image.len, one->image.len);
        assert_memory_equal(more->image.p, one->image.p, one->image.len);
        model_free(more);
    }
    assert_true(libsvm->checksum != one->checksum);
    for (uint32_t k = 0; k < one->n_pairs; k++) {
        assert_true(fabs(one->pairs[k].rho - libsvm->pairs[k].rho) < 0.01);
        assert_true(fabs(one->pairs[k].blind_rho - libsvm->pairs[k].blind_rho) < 0.01);
    }
    model_free(libsvm);
    model_free(one);
    corpus_release(&c);
}

/* Which solver takes a corpus, by what there is of memory. */
static void choice(void **state)
{
    static const struct {
        enum solver asked;
        uint64_t max_memory;
        enum solver taken; /* SOLVER_AUTO: refused */
        const char *message;
    } rows[] = {
        {SOLVER_AUTO, 4u << 20, SOLVER_LIBSVM, ""},
        {SOLVER_LIBSVM, 4u << 20, SOLVER_LIBSVM, ""},
        {SOLVER_COORDINATE, 4u << 20, SOLVER_COORDINATE, ""},
        {SOLVER_AUTO, 700000, SOLVER_COORDINATE, ""},
        {SOLVER_LIBSVM, 700000, SOLVER_AUTO,
         "for kernel matrices, the limit is 1 MiB: raise "
         "--max-memory, train on fewer rows or with --solver"},
        {SOLVER_AUTO, 10000, SOLVER_AUTO,
         "for vectors, the limit is 0 MiB: raise --max-memory or "
         "train on fewer rows"},
    };
    const struct sample s = {"choice", 160, 1, 40, 0, 0, 2, 0, CLASS_WEIGHTS_BALANCED};
    struct corpus c;

    (void)state;
    make_corpus(&c, &s);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct settings set = tiny_settings();
        struct stance_err err = {0};
        struct trainset t;
        int status;
        set.ngram = (struct ngram_settings){.word_max = 1};
        set.solver = rows[i].asked;
        set.max_memory = rows[i].max_memory;
        status = trainset_init(&t, &c, c.target, &set, &err);
        assert_int_equal(status, rows[i].taken == SOLVER_AUTO ? -1 : 0);
        if (status < 0 && (err.code != STANCE_USAGE || !strstr(err.message, rows[i].message)))
            fail_msg("row %zu: %s", i, err.message);
        if (status == 0)
            assert_int_equal(t.solver, rows[i].taken);
        trainset_release(&t);
    }
    corpus_release(&c);
}

/* ---- many at once ---- */

enum { N_ASKED = 5, N_BATCH_C = 2 };
static const double batch_c[N_BATCH_C] = {0.25, 2};

/* Where the next margins go, and how many were handed out. */
struct taken {
    const struct pupil *p;
    const uint32_t *row;
    double *margin;
    size_t n;
};

static void take(const struct solved *s, void *arg)
{
    struct taken *t = arg;

    assert_int_equal(s->at, t->n);
    solve_margins(&t->p->f, s, N_BATCH_C, t->row, t->p->t.n_rows,
                  t->margin + t->n++ * N_BATCH_C * t->p->t.n_rows);
}

/* Margins of all that is asked are, to the bit, those of each asked alone, whatever the number of
 * threads and the memory for pairs. */
static void batches(void **state)
{
    static const struct {
        enum solver solver;
        unsigned n_jobs;
        double pair_memory;
    } cases[] = {{SOLVER_LIBSVM, 1, 1e9},     {SOLVER_LIBSVM, 7, 1e9},
                 {SOLVER_LIBSVM, 7, 0},       {SOLVER_COORDINATE, 1, 1e9},
                 {SOLVER_COORDINATE, 3, 1e9}, {SOLVER_COORDINATE, 3, 0}};
    struct solve_ask ask[N_ASKED] = {{0, false}, {0, true}, {0, true}, {0, false}, {0, false}};
    struct corpus c;

    (void)state;
    make_corpus(&c, &samples[1]);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pupil p;
        struct stance_err err = {0};
        open_pupil(&p, &c, &samples[1], cases[i].solver);
        size_t n = p.t.n_rows, n_margins = N_ASKED * N_BATCH_C * n;
        uint32_t *row = calloc(n, sizeof *row);
        double *margin = calloc(n_margins, sizeof *margin),
               *alone = calloc(n_margins, sizeof *alone);
        struct taken taken = {&p, row, margin, 0};
        for (size_t r = 0; r < n; r++)
            row[r] = (uint32_t)r;
        for (size_t k = 0; k < N_ASKED; k++) {
            struct machine m[N_BATCH_C];
            assert_int_equal(solve_pair(&p.f, 0, ask[k].blind, N_BATCH_C, batch_c, m, &err), 0);
            solve_pair_margins(&p.f, m, N_BATCH_C, row, n, ask[k].blind, alone + k * N_BATCH_C * n);
            machines_release(m, N_BATCH_C);
        }
        p.t.set.n_jobs = cases[i].n_jobs;
        p.t.pair_memory = cases[i].pair_memory;
        assert_int_equal(solve_all(&p.f, ask, N_ASKED, N_BATCH_C, batch_c, take, &taken, &err), 0);
        assert_int_equal(taken.n, N_ASKED);
        assert_memory_equal(margin, alone, n_margins * sizeof *margin);
        free(row);
        free(margin);
        free(alone);
        close_pupil(&p);
    }
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_libsvm), cmocka_unit_test(as_the_kernel), cmocka_unit_test(one_sided),
        cmocka_unit_test(huge_c),    cmocka_unit_test(models),        cmocka_unit_test(choice),
        cmocka_unit_test(batches),
    };
    return cmocka_run_group_tests_name("descent", tests, NULL, NULL);
}
