/* SPDX-License-Identifier: MIT */
/* golds: which label of a row may estimate, and when none may. */
#include "crowd.h"

#include <stdlib.h>
#include <string.h>

static const struct span targets[] = {{"ban", 3}, {"topic", 5}};

static struct golds_spec spec_of(const struct crowd *c)
{
    return (struct golds_spec){.audit = &c->audit,
                               .target = targets,
                               .n_targets = 2,
                               .label = c->spec.label,
                               .n_labels = CROWD_LABELS};
}

static void make(struct crowd *c)
{
    crowd_make(c, &(struct crowd_plan){.n = 30, .every = 5}); /* six rows, lines 2 to 7 */
    assert_int_equal(c->audit.n_rows, 6);
}

enum { NOTHING = 99 };

struct said {
    const char *who;
    size_t row;
    uint32_t label;
};

/* What is said of ban, and what row 1 has for it; message: it is refused. */
static const struct {
    const char *name;
    struct said said[4];
    uint32_t like;     /* of row 1: NOTHING: of none */
    bool training;     /* row 1 */
    uint32_t expected; /* of row 1 */
    enum stance_code code;
    uint64_t line;
    const char *message;
} cases[] = {
    {"one says", {{"anna", 1, CROWD_FAVOR}}, NOTHING, false, CROWD_FAVOR, 0, 0, NULL},
    {"two agree",
     {{"anna", 1, CROWD_FAVOR}, {"zoé", 1, CROWD_FAVOR}},
     NOTHING,
     false,
     CROWD_FAVOR,
     0,
     0,
     NULL},
    {"two differ",
     {{"anna", 1, CROWD_FAVOR}, {"zoé", 1, CROWD_NONE}},
     NOTHING,
     false,
     0,
     STANCE_DATA,
     3,
     "differ"},
    {"decided",
     {{"anna", 1, CROWD_FAVOR}, {"zoé", 1, CROWD_NONE}, {"chef", 1, CROWD_AGAINST}},
     NOTHING,
     false,
     CROWD_AGAINST,
     0,
     0,
     NULL},
    {"two of three",
     {{"anna", 1, CROWD_FAVOR}, {"zoé", 1, CROWD_FAVOR}, {"léo", 1, CROWD_NONE}},
     NOTHING,
     false,
     0,
     STANCE_DATA,
     3,
     "differ"},
    {"like another", {{"anna", 0, CROWD_FAVOR}}, 0, false, CROWD_FAVOR, 0, 0, NULL},
    {"like one that is not labelled", {{"anna", 2, CROWD_FAVOR}}, 0, false, GOLDS_NONE, 0, 0, NULL},
    {"for training",
     {{"anna", 1, CROWD_FAVOR}, {"anna", 2, CROWD_NONE}},
     NOTHING,
     true,
     GOLDS_NONE,
     0,
     0,
     NULL},
    {"only for training",
     {{"anna", 1, CROWD_FAVOR}},
     NOTHING,
     true,
     0,
     STANCE_NO,
     0,
     "not one comment"},
    {"differ in training",
     {{"anna", 1, CROWD_FAVOR}, {"zoé", 1, CROWD_NONE}, {"anna", 0, CROWD_NONE}},
     NOTHING,
     true,
     GOLDS_NONE,
     0,
     0,
     NULL},
    {"nothing", {{NULL, 0, 0}}, NOTHING, false, 0, STANCE_NO, 0, "not one comment"},
};

static void test_labels(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct crowd c;
        struct golds g;
        struct golds_spec spec;
        struct stance_err err = {0};
        int status;
        make(&c);
        for (size_t i = 0; i < 4 && cases[k].said[i].who != NULL; i++)
            crowd_say(&c, cases[k].said[i].row, cases[k].said[i].who, 0, cases[k].said[i].label);
        c.audit.row[1].training = cases[k].training;
        if (cases[k].like != NOTHING)
            c.audit.row[1].like = cases[k].like;
        spec = spec_of(&c);
        status = golds_find(&g, &spec, &err);
        if ((status == 0) != (cases[k].message == NULL))
            fail_msg("%s: %d, %s", cases[k].name, status, err.message);
        if (status == 0 && g.label[1] != cases[k].expected)
            fail_msg("%s: label %u", cases[k].name, g.label[1]);
        if (status != 0) {
            assert_int_equal(err.code, cases[k].code);
            assert_int_equal(err.line, cases[k].line);
            assert_non_null(strstr(err.message, cases[k].message));
        }
        golds_release(&g);
        crowd_release(&c);
    }
}

/* Of a model with fewer labels, of another number of targets, and one that knows a row. */
static void test_other_models(void **state)
{
    enum { FEWER_LABELS, OWN_TARGET, TRAINED, UNKNOWN_TARGET, N };
    static const struct span few[] = {{"against", 7}, {"none", 4}, {"off", 3}, {"on", 2}};
    static const struct span others[] = {{"ban", 3}, {"spying", 6}};
    static const char *const said[N] = {"'favor', which the model never gives", "have one target",
                                        "was trained on", NULL};

    (void)state;
    for (int k = 0; k < N; k++) {
        struct crowd c;
        struct golds g;
        struct golds_spec spec;
        struct model_fingerprint print[2] = {{1, 2, 3}, {0, 0, 0}};
        struct model model = {.fingerprint = print, .n_fingerprints = 2};
        struct stance_err err = {0};
        make(&c);
        crowd_label(&c);
        print[1].id = hash_span(c.audit.row[4].comment.id);
        print[1].text = hash_span(c.audit.row[4].comment.text);
        spec = spec_of(&c);
        if (k == FEWER_LABELS) {
            spec.label = few;
            spec.n_labels = 4;
        }
        spec.own_target = k == OWN_TARGET;
        spec.model = k == TRAINED ? &model : NULL;
        if (k == UNKNOWN_TARGET)
            spec.target = others;
        assert_int_equal(golds_find(&g, &spec, &err), said[k] != NULL ? -1 : 0);
        if (said[k] != NULL) {
            assert_int_equal(err.code, STANCE_DATA);
            assert_int_equal(err.line, k == TRAINED ? 6 : 1);
            assert_non_null(strstr(err.message, said[k]));
        } else { /* a target that the audit lacks has no labels */
            assert_int_equal(g.target[1], AUDIT_NONE);
            assert_int_equal(g.label[0], c.truth[0]);
            assert_int_equal(g.label[6], GOLDS_NONE);
        }
        golds_release(&g);
        crowd_release(&c);
    }
}

static void test_describe(void **state)
{
    struct crowd c;
    struct golds g;
    struct golds_spec spec;
    struct shares s;
    struct stance_err err = {0};

    (void)state;
    make(&c);
    crowd_say(&c, 0, "anna", 0, CROWD_FAVOR);
    crowd_say(&c, 0, "zoé", 0, CROWD_FAVOR);
    crowd_say(&c, 2, "anna", 0, CROWD_FAVOR); /* row 1 is passed over */
    crowd_say(&c, 2, "zoé", 0, CROWD_NONE);
    crowd_say(&c, 2, "chef", 0, CROWD_NONE);
    c.audit.row[3].like = 0;
    c.audit.row[3].repeats = 3;
    c.audit.row[5].training = true; /* row 4 is not reached */
    spec = spec_of(&c);
    assert_int_equal(golds_find(&g, &spec, &err), 0);
    crowd_shares(&s, SHARES_ALL);
    golds_describe(&g, &spec, &s);
    assert_int_equal(s.n_drawn, 5);
    assert_int_equal(s.n_labelled, 3);
    assert_int_equal(s.n_training, 1);
    assert_int_equal(s.n_skipped, 1);
    assert_int_equal(s.n_repeats, 2);
    assert_int_equal(s.n_like, 1);
    assert_int_equal(s.n_decided, 1);
    assert_int_equal(s.n_annotators, 3);
    assert_int_equal(s.target[0].n_twice, 2);
    crowd_near(s.target[0].percent, .5, 1e-12);
    crowd_near(s.prob_low, .2, 1e-12);
    crowd_near(s.prob_high, .2, 1e-12);
    shares_release(&s);
    golds_release(&g);
    crowd_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_other_models),
        cmocka_unit_test(test_describe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
