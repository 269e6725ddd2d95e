/* SPDX-License-Identifier: MIT */
/* added: a corpus and comments of another domain beside it, from the kernel to the file. */
#include "added.h"
#include "small.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/apart.h"
#include "model/arms.h"
#include "model/modelfile.h"
#include "model/rest.h"
#include "model/scorer.h"
#include "model/solve.h"

static const enum solver solvers[] = {SOLVER_LIBSVM, SOLVER_COORDINATE};

/* A corpus, its trainset, and one fit on all that is labelled. */
struct pupil {
    struct corpus c;
    struct trainset t;
    struct fit f;
    uint8_t *use;
};

static void learn(struct pupil *p, bool apart, const struct settings *set)
{
    struct stance_err err = {0};

    added_corpus(&p->c, apart);
    if (trainset_init(&p->t, &p->c, p->c.target, set, &err) < 0)
        fail_msg("%s", err.message);
    p->use = corpus_labelled(&p->c);
    fit_open(&p->f, &p->t, p->use, &(struct choice){0});
}

static void forget(struct pupil *p)
{
    fit_release(&p->f);
    trainset_release(&p->t);
    corpus_release(&p->c);
    free(p->use);
}

static bool near(double a, double b, double by)
{
    return fabs(a - b) <= by * fmax(1, fabs(b));
}

/* ---- tasks and factors ---- */

static void tasks(void **state)
{
    static const struct task want[] = {{ADDED_BAN, DOMAIN_MAIN},
                                       {ADDED_BAN, DOMAIN_ADDED},
                                       {ADDED_NEW, DOMAIN_ADDED},
                                       {ADDED_SPYING, DOMAIN_MAIN},
                                       {ADDED_TOPIC, DOMAIN_MAIN}};
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct pupil p;

    (void)state;
    learn(&p, true, &set);
    assert_int_equal(p.t.n_tasks, 5);
    assert_memory_equal(p.t.task, want, sizeof want);
    assert_int_equal(p.t.n_own, ADDED_OWN);
    for (uint32_t k = 0; k < p.t.n_pairs; k++) /* labels: against favor none off on */
        assert_int_equal(p.t.held[k], p.t.pair[k].a == 0 && p.t.pair[k].b == 1);
    for (size_t r = 0; r < p.t.n_rows; r++) {
        struct task x = p.t.task[p.t.task_of[r]];
        assert_int_equal(x.target, p.t.row[r].target);
        assert_int_equal(x.domain, p.c.comment[p.t.row[r].comment].added);
    }
    forget(&p);
    learn(&p, false, &set);
    assert_int_equal(p.t.n_tasks, ADDED_TARGETS);
    assert_int_equal(p.t.n_domains, 1);
    assert_ptr_equal(p.t.own, p.t.seen);
    forget(&p);
}

/* a + b·q + c and d of added_settings(), with q 0 between the names; times the share. */
static void factors(void **state)
{
    static const struct {
        uint32_t task, other;
        bool blind;
        double share, times, plus;
    } cases[] = {
        {0, 0, false, 0.25, 4.5, 0.5},     /* ban, ban: of one domain */
        {0, 1, false, 0.25, 1.125, 0.125}, /* … of two */
        {1, 1, false, 0.25, 4.5, 0.5},     /* */
        {1, 2, false, 0.25, 1, 0},         /* ban, new: both added */
        {0, 2, false, 0.25, 0.25, 0},      /* */
        {0, 3, false, 0.25, 1, 0},         /* ban, spying: neither */
        {0, 1, false, 0, 0, 0},            /* nothing in common */
        {0, 1, false, 1, 4.5, 0.5},        /* one heap */
        {0, 0, true, 0.25, 4.5, 0.5},      /* domains, not tasks */
        {0, 1, true, 0.25, 1.125, 0.125},
    };
    struct settings set = added_settings(0.25, SOLVER_LIBSVM);
    struct pupil p;

    (void)state;
    learn(&p, true, &set);
    for (uint32_t i = 0; i < ADDED_TARGETS * ADDED_TARGETS; i++)
        p.t.similarity[i] = i % (ADDED_TARGETS + 1) == 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kernel k = {&set.kernel[0], cases[i].share, cases[i].blind};
        struct factors x = trainset_factors(&p.t, &k, cases[i].task, cases[i].other);
        struct factors y = trainset_factors(&p.t, &k, cases[i].other, cases[i].task);
        if (x.times != cases[i].times || x.plus != cases[i].plus)
            fail_msg("case %zu: %g, %g", i, x.times, x.plus);
        assert_memory_equal(&x, &y, sizeof x);
    }
    forget(&p);
}

/* ---- what the ends of the share are ---- */

static void same_margins(const struct pupil *p, const struct pupil *q, uint32_t pair, double by)
{
    double c = p->t.set.c[0];
    struct machine m, n;

    for (int blind = 0; blind < 2; blind++) {
        assert_int_equal(solve_pair(&p->f, pair, blind, 1, &c, &m, NULL), 0);
        assert_int_equal(solve_pair(&q->f, pair, blind, 1, &c, &n, NULL), 0);
        for (uint32_t r = 0, s = 0; r < p->t.n_rows && s < q->t.n_rows; r++) {
            if (p->t.row[r].comment != q->t.row[s].comment)
                continue;
            assert_true(near(fit_margin(&p->f, &m, r, blind), fit_margin(&q->f, &n, s, blind), by));
            s++;
        }
        machines_release(&m, 1);
        machines_release(&n, 1);
    }
}

static void one_is_one_heap(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct settings set = added_settings(1, solvers[i]);
        struct pupil p, q;
        learn(&p, true, &set);
        learn(&q, false, &set);
        for (uint32_t pair = 0; pair < p.t.n_pairs; pair++)
            same_margins(&p, &q, pair, solvers[i] == SOLVER_LIBSVM ? 1e-12 : 1e-6);
        forget(&p);
        forget(&q);
    }
}

/* ---- the model file ---- */

/* The folds are those of the added comments alone. */
static int search_pupil(struct search *s, const struct pupil *p, struct stance_err *err)
{
    struct arms arms;
    struct verdict v = {.t = NULL};
    struct search_first first;
    int status = arms_init(&arms, &p->c, p->c.target, &p->t.set, err);

    arms.n = 1;
    if (status == 0)
        status = arms_search(&v, &arms, p->use, (struct span){NULL, 0}, NULL, err);
    first = (struct search_first){&v.alone, &arms.alone, arms.own.comment, arms.own.mark};
    if (status == 0)
        status = search_beside(s, &p->t, p->use, &first, true, NULL, err);
    verdict_release(&v);
    arms_release(&arms);
    return status;
}

static struct model *model_of(const struct pupil *p, struct stance_err *err)
{
    struct span display[5 * MODEL_LANGS];
    struct target_names names[ADDED_TARGETS];
    struct search s = {0};
    struct model *m = NULL;

    for (size_t i = 0; i < sizeof display / sizeof *display; i++)
        display[i] = SPAN("");
    for (uint32_t i = 0; i < p->c.n_targets; i++)
        names[i] = (struct target_names){p->c.target[i], SPAN(""), display};
    if (search_pupil(&s, p, err) == 1 &&
        rest_calibrate(&s, &p->t, p->use, (struct span){NULL, 0}, err) == 0)
        m = train_model(&p->t, p->use, &s, names, SPAN("program=test\n"), err);
    search_release(&s);
    return m;
}

/* The margin of a comment toward a target as one of the added ones, by settings.h. */
static double by_hand(const struct pupil *p, const struct machine *m, uint32_t pair, size_t comment,
                      uint32_t target, bool blind)
{
    const struct trainset *t = &p->t;
    const struct kernel_settings *k = p->f.kernel;
    double sum = -m->rho;

    for (size_t i = 0; i < m->n; i++) {
        const struct mark *x = &t->row[m->row[i]];
        double same = blind || x->target == target;
        double q = blind ? 1 : t->similarity[target * t->corpus->n_targets + x->target];
        double s = p->c.comment[x->comment].added || !t->held[pair] ? 1 : t->set.add_share[0];
        double dot = p->f.gram[comment * t->counts.n_rows + x->comment];
        sum += m->coef[i] * s * (dot * (k->a + k->b * q + k->c * same) + k->d * same);
    }
    return sum;
}

static void same_as_machine(const struct pupil *p, struct scorer *s, uint32_t pair, double by)
{
    double c = p->t.set.c[0];
    struct machine m;

    for (int blind = 0; blind < 2; blind++) {
        assert_int_equal(solve_pair(&p->f, pair, blind, 1, &c, &m, NULL), 0);
        for (size_t i = 0; i < p->c.n_comments; i++) {
            scorer_read(s, p->c.comment[i].text);
            for (uint32_t t = 0; t < ADDED_TARGETS; t++)
                assert_true(
                    near(scorer_margins(s, t, blind)[pair], by_hand(p, &m, pair, i, t, blind), by));
        }
        machines_release(&m, 1);
    }
}

static void collapsed(void **state)
{
    static const uint32_t all[] = {0, 1, 2, 3};
    static const double share[] = {0.25, 0.5, 1};

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct settings set = added_settings(share[i / 2], SOLVER_LIBSVM), other = set;
        struct stance_err err = {0};
        struct pupil p, q;
        struct model *m;
        struct scorer *s;
        other.solver = solvers[i % 2];
        learn(&p, true, &set);
        learn(&q, true, &other);
        m = model_of(&q, &err);
        if (m == NULL)
            fail_msg("%s", err.message);
        s = scorer_new(m, all, NULL, ADDED_TARGETS);
        for (uint32_t pair = 0; pair < p.t.n_pairs; pair++)
            same_as_machine(&p, s, pair, i % 2 == 0 ? 1e-9 : 5e-3);
        scorer_free(s);
        model_free(m);
        forget(&p);
        forget(&q);
    }
}

static struct decision judged(const struct model *m, const char *text, uint32_t target,
                              const char *statement)
{
    struct span name = span_of(statement);
    struct scorer *s = scorer_new(m, &target, &name, 1);
    struct decision d;

    scorer_read(s, span_of(text));
    scorer_decide(s, 0, false, &d);
    scorer_free(s);
    return d;
}

/* Targets of added rows take the labels that those have; the others what theirs have. */
static void labels_that_may_be(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct pupil p;
    struct model *m;

    (void)state;
    learn(&p, true, &set);
    m = model_of(&p, NULL);
    assert_non_null(m);
    assert_int_equal(m->n_tasks, 5);
    assert_true(m->share == 0.5);
    assert_true(judged(m, "bof", ADDED_BAN, "").p[2] == 0); /* only the corpus has "none" */
    assert_true(model_seen(m, ADDED_BAN)[2] == 0 && m->seen[2] != 0);
    assert_true(judged(m, "pomme", ADDED_TOPIC, "").p[4] > 0.5);
    assert_true(judged(m, "écran", ADDED_TOPIC, "").p[3] > 0.5);
    assert_int_equal(judged(m, "top", ADDED_NEW, "").label, 1);
    assert_int_equal(judged(m, "nul", ADDED_BAN, "").label, 0);
    assert_true(judged(m, "pomme", UINT32_MAX, "inconnu").label < 2);
    for (uint32_t k = 0; k < m->n_pairs; k++)
        assert_true(m->pairs[k].sigmoid.a < 0 && m->pairs[k].blind_sigmoid.a <= 0);
    model_free(m);
    forget(&p);
}

static struct model *again(const struct model *m)
{
    struct buf image = {exact(m->image), m->image.len, m->image.len};

    return model_from_bytes(&image, "again", NULL);
}

static void round_trip(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct pupil p;
    struct model *m, *n;
    struct buf out = {0};

    (void)state;
    learn(&p, true, &set);
    m = model_of(&p, NULL);
    n = again(m);
    modelfile_write(&out, n);
    assert_int_equal(out.len, m->image.len);
    assert_memory_equal(out.p, m->image.p, out.len);
    assert_int_equal(n->n_slots, n->n_pairs * (5 + DOMAINS));
    buf_release(&out);
    model_free(n);
    model_free(m);
    forget(&p);
}

/* m with other tasks or another share, written and read. */
static void refused_tasks(const struct model *m, double share, uint32_t n, const struct task *task,
                          const char *why)
{
    struct model other = *m;
    struct stance_err err = {0};
    struct buf image = {0};
    struct task copy[8] = {{0, 0}};

    memcpy(copy, task, n * sizeof *task);
    other.share = share;
    other.n_tasks = n;
    other.task = copy;
    modelfile_write(&image, &other);
    assert_null(model_from_bytes(&image, "crafted", &err));
    assert_int_equal(err.code, STANCE_MODEL);
    if (strstr(err.message, why) == NULL)
        fail_msg("%s", err.message);
}

static void crafted(void **state)
{
    static const struct task twice[] = {{0, 0}, {0, 0}, {1, 1}, {2, 0}, {3, 0}};
    static const struct task far[] = {{0, 0}, {0, 1}, {1, 1}, {2, 0}, {4, 0}};
    static const struct task third[] = {{0, 0}, {0, 2}, {1, 1}, {2, 0}, {3, 0}};
    static const struct task falling[] = {{0, 1}, {0, 0}, {1, 1}, {2, 0}, {3, 0}};
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct pupil p;
    struct model *m;

    (void)state;
    learn(&p, true, &set);
    m = model_of(&p, NULL);
    refused_tasks(m, -0.5, 5, m->task, "'TASK'");
    refused_tasks(m, 1.5, 5, m->task, "'TASK'");
    refused_tasks(m, NAN, 5, m->task, "'TASK'");
    refused_tasks(m, 0.5, 5, twice, "'TASK'");
    refused_tasks(m, 0.5, 5, far, "'TASK'");
    refused_tasks(m, 0.5, 5, third, "'TASK'");
    refused_tasks(m, 0.5, 5, falling, "'TASK'");
    refused_tasks(m, 0.5, 0, m->task, "wrong size");
    refused_tasks(m, 0.5, 4, m->task, "");
    model_free(m);
    forget(&p);
}

/* ---- folds ---- */

static void left_out(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct corpus c;
    struct trainset t;
    uint8_t *train, *held, *left;

    (void)state;
    added_corpus(&c, true);
    c.comment[0].text = c.comment[ADDED_MAIN].text;     /* m00 copies o00 */
    c.comment[5].thread = c.comment[ADDED_MAIN].thread; /* m05 is in its thread */
    assert_int_equal(trainset_init(&t, &c, c.target, &set, NULL), 0);
    train = corpus_labelled(&c);
    held = calloc(c.n_comments, 1);
    left = calloc(c.n_comments, 1);
    held[ADDED_MAIN] = 1;
    train[ADDED_MAIN] = 0;
    apart_leave(&t, SPAN("thread"), held, train, left);
    for (size_t i = 0; i < c.n_comments; i++) {
        assert_int_equal(left[i], i == 0 || i == 5);
        assert_int_equal(train[i], i != 0 && i != 5 && i != ADDED_MAIN);
    }
    free(train);
    free(held);
    free(left);
    trainset_release(&t);
    corpus_release(&c);
}

static void only_added_are_held_out(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct search s = {0};
    struct pupil p;
    uint64_t n = 0;

    (void)state;
    set.n_shares = 3;
    set.add_share[0] = 0.25, set.add_share[1] = 0.5, set.add_share[2] = 1;
    learn(&p, true, &set);
    assert_int_equal(search_pupil(&s, &p, NULL), 1);
    assert_int_equal(s.n_candidates, 3);
    assert_int_equal(s.candidate[0].choice.share, 1); /* from the middle */
    for (size_t i = 0; i < p.c.n_comments; i++)
        assert_int_equal(s.split.fold[i] != SPLIT_UNUSED, p.c.comment[i].added);
    for (uint32_t t = 0; t < ADDED_TARGETS; t++)
        for (size_t k = 0; k < 25; k++)
            n += s.confusion[t].count[k];
    assert_int_equal(n, ADDED_OWN);
    search_release(&s);
    forget(&p);
}

/* ---- alone or together ---- */

/* A word of the added comments that says one thing in them and the opposite in the corpus, or the
 * same: one share of 1 beside 0. */
static void judge_arms(bool same, bool anyway, struct verdict *v, struct arms *arms,
                       struct pupil *p)
{
    struct settings set = added_settings(1, SOLVER_LIBSVM);

    learn(p, true, &set);
    for (size_t r = 0; r < p->t.n_rows; r++) { /* the corpus speaks of "nul" and "top" too */
        struct mark *m = &p->c.mark[r];
        struct comment *k = &p->c.comment[m->comment];
        if (!k->added && m->label < 2)
            k->text = (m->label == 0) == same ? SPAN("nul") : SPAN("top");
    }
    if (!anyway) {
        set.n_shares = 2;
        set.add_share[0] = 0, set.add_share[1] = 1;
    }
    assert_int_equal(arms_init(arms, &p->c, p->c.target, &set, NULL), 0);
    assert_int_equal(arms->n, 2);
    assert_int_equal(arms_search(v, arms, p->use, (struct span){NULL, 0}, NULL, NULL), 0);
}

static void clear_gain_or_alone(void **state)
{
    static const struct {
        bool same, anyway, together;
    } cases[] = {{true, false, true}, {false, false, false}, {false, true, true}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verdict v;
        struct arms arms;
        struct pupil p;
        judge_arms(cases[i].same, cases[i].anyway, &v, &arms, &p);
        assert_int_equal(v.is_together, cases[i].together);
        assert_int_equal(gain_is_clear(&v.together.gain), cases[i].same);
        assert_ptr_equal(v.t, cases[i].together ? &arms.together : &arms.alone);
        assert_ptr_equal(v.s, cases[i].together ? &v.together : &v.alone);
        for (size_t k = 0; k < arms.own.c.n_comments; k++)
            assert_int_equal(v.alone.split.fold[k], v.together.split.fold[arms.own.comment[k]]);
        verdict_release(&v);
        arms_release(&arms);
        forget(&p);
    }
}

/* ---- order ---- */

static void shuffled(struct corpus *to, const struct corpus *from, uint64_t seed)
{
    struct rng rng = {seed};
    size_t order[ADDED_MAIN + ADDED_OWN];

    *to = (struct corpus){0};
    for (size_t i = 0; i < from->n_comments; i++) {
        size_t j = rng_below(&rng, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (size_t i = 0; i < from->n_comments; i++) {
        struct comment k = from->comment[order[i]];
        const struct mark *m = &from->mark[order[i]]; /* one each */
        size_t at;
        k.line = i + 1;
        at = corpus_add(to, &k, SPAN("file"));
        corpus_label(to, at, from->target[m->target], from->label[m->label]);
    }
    assert_int_equal(corpus_seal(to, NULL), 0);
}

static void order_and_jobs(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_COORDINATE);
    struct pupil p;
    struct model *m;

    (void)state;
    learn(&p, true, &set);
    m = model_of(&p, NULL);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct settings other = set;
        struct pupil q;
        struct model *n;
        other.n_jobs = (unsigned)seed;
        shuffled(&q.c, &p.c, seed);
        assert_int_equal(trainset_init(&q.t, &q.c, q.c.target, &other, NULL), 0);
        q.use = corpus_labelled(&q.c);
        fit_open(&q.f, &q.t, q.use, &(struct choice){0});
        n = model_of(&q, NULL);
        assert_int_equal(n->image.len, m->image.len);
        assert_memory_equal(n->image.p, m->image.p, m->image.len);
        model_free(n);
        forget(&q);
    }
    model_free(m);
    forget(&p);
}

/* ---- what cannot be ---- */

static void cannot_be(void **state)
{
    struct settings set = added_settings(0.5, SOLVER_LIBSVM);
    struct stance_err err = {0};
    struct trainset t;
    struct corpus c;
    struct pupil p;

    (void)state;
    added_corpus(&c, true);
    for (size_t i = 0; i < c.n_marks; i++)
        if (c.comment[c.mark[i].comment].added)
            c.mark[i].label = 0;
    assert_int_equal(trainset_init(&t, &c, c.target, &set, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "the 20 added labels are all alike"));
    trainset_release(&t);
    c.n_marks = ADDED_MAIN; /* in the order of ids: those of the corpus */
    assert_int_equal(trainset_init(&t, &c, c.target, &set, &err), -1);
    assert_non_null(strstr(err.message, "not one of the added comments has a label"));
    trainset_release(&t);
    corpus_release(&c);
    set.n_folds = ADDED_OWN + 1;
    learn(&p, true, &set);
    assert_null(model_of(&p, &err));
    assert_int_equal(err.code, STANCE_DATA);
    assert_non_null(strstr(err.message, "of the added comments: 21 folds need as many groups"));
    forget(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks),           cmocka_unit_test(factors),
        cmocka_unit_test(one_is_one_heap), cmocka_unit_test(clear_gain_or_alone),
        cmocka_unit_test(collapsed),       cmocka_unit_test(labels_that_may_be),
        cmocka_unit_test(round_trip),      cmocka_unit_test(crafted),
        cmocka_unit_test(left_out),        cmocka_unit_test(only_added_are_held_out),
        cmocka_unit_test(order_and_jobs),  cmocka_unit_test(cannot_be),
    };
    return cmocka_run_group_tests_name("added", tests, NULL, NULL);
}
