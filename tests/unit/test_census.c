/* SPDX-License-Identifier: MIT */
/* census: its totals are those that adding up comment by comment gives, in one pass or in pieces.
 */
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "prevalence/sums.h"

static const struct crowd_plan usual = {.n = 700, .every = 7, .by_source = true};

static double weight(const struct crowd *c, uint32_t i)
{
    uint32_t n = 0;

    if (!c->spec.per_author)
        return 1;
    if (crowd_author(i) == UINT32_MAX)
        return 0;
    for (uint32_t k = 0; k < c->plan.n; k++)
        n += crowd_author(k) == crowd_author(i);
    return 1.0 / n;
}

static bool is_in(const struct crowd *c, const struct census *census, uint32_t i,
                  const struct census_cell *cell)
{
    struct intern_view view = intern_frozen(&census->group[cell->level]);
    struct span name = intern_text(&view, cell->group);
    char month[16];

    snprintf(month, sizeof month, "2024-%02u", crowd_month(i));
    return (c->plan.by_source ? c->source[i] : 0) == cell->stratum &&
           (cell->level == 0 ||
            span_eq(name, cell->level == 1 ? span_of(c->source[i] ? "presse" : "forum")
                                           : span_of(month)));
}

static void expect_cell(const struct crowd *c, const struct census *census,
                        const struct census_cell *cell)
{
    for (uint32_t t = 0; t < CROWD_TARGETS; t++)
        for (uint32_t l = 0; l < CROWD_LABELS; l++) {
            uint32_t at = t * CROWD_LABELS + l;
            double v = 0, on = 0, p = 0, p_on = 0;
            uint64_t n = 0, counted = 0;
            for (uint32_t i = 0; i < c->plan.n; i++) {
                const double *own = c->p + (size_t)i * CROWD_TARGETS * CROWD_LABELS;
                double w = weight(c, i);
                if (!is_in(c, census, i, cell))
                    continue;
                n++;
                v += w;
                on += w * own[CROWD_LABELS + CROWD_ON];
                p += w * own[at];
                p_on += w * own[at] * own[CROWD_LABELS + CROWD_ON];
                counted += crowd_predicted(c, i, t) == l;
            }
            assert_int_equal(cell->n, n);
            assert_int_equal(cell->counted[at], counted);
            crowd_near(cell->v, v, 1e-9);
            crowd_near(cell->on, on, 1e-9);
            crowd_near(cell->p[at], p, 1e-9);
            crowd_near(cell->p_on[at], p_on, 1e-9);
        }
}

static void test_totals(void **state)
{
    (void)state;
    for (int per_author = 0; per_author < 2; per_author++) {
        struct crowd c;
        struct census census;
        uint64_t n[CROWD_LEVELS] = {0};
        crowd_make(&c, &usual);
        c.spec.per_author = per_author;
        crowd_census(&census, &c, 0, c.plan.n, 1);
        assert_int_equal(census.n_cells, 2 + 2 + 24);
        for (size_t i = 0; i < census.n_cells; i++) {
            expect_cell(&c, &census, &census.cell[i]);
            n[census.cell[i].level] += census.cell[i].n;
        }
        for (int k = 0; k < CROWD_LEVELS; k++)
            assert_int_equal(n[k], c.plan.n);
        assert_int_equal(census.n_no_author, per_author ? c.plan.n / 10 : 0);
        census_release(&census);
        crowd_release(&c);
    }
}

static void test_rows(void **state)
{
    struct crowd c;
    struct census census;

    (void)state;
    crowd_make(&c, &usual);
    crowd_census(&census, &c, 0, c.plan.n, 1);
    for (size_t r = 0; r < c.audit.n_rows; r++) {
        uint32_t i = (uint32_t)strtoul(c.audit.row[r].comment.id.p + 1, NULL, 10);
        const struct census_row *row = &census.row[r];
        assert_int_equal(row->n_found, 1);
        assert_memory_equal(row->p, c.p + i * CROWD_TARGETS * CROWD_LABELS,
                            CROWD_TARGETS * CROWD_LABELS * sizeof(double));
        for (uint32_t t = 0; t < CROWD_TARGETS; t++)
            assert_int_equal(row->predicted[t], crowd_predicted(&c, i, t));
    }
    census_release(&census);
    crowd_release(&c);
}

static void test_threads(void **state)
{
    struct crowd c;
    struct census census;
    double vv = 0, vy = 0, yy = 0, zz = 0, yz = 0;

    (void)state;
    crowd_make(&c, &usual);
    c.spec.by_thread = true;
    crowd_census(&census, &c, 0, c.plan.n, 1);
    for (uint32_t k = 0; k <= c.plan.n / 3; k++) {
        double v = 0, y = 0, z = 0;
        for (uint32_t i = 0; i < c.plan.n; i++) {
            const double *own = c.p + (size_t)i * CROWD_TARGETS * CROWD_LABELS;
            if (crowd_thread(i) != k)
                continue;
            v++;
            y += own[CROWD_FAVOR];
            z += 1 - own[CROWD_NONE];
        }
        vv += v * v;
        vy += v * y;
        yy += y * y;
        yz += y * z;
        zz += z * z;
    }
    crowd_near(census.moments[CROWD_FAVOR].vv, vv, 1e-9);
    crowd_near(census.moments[CROWD_FAVOR].vy[STANCE_AMONG_ALL], vy, 1e-9);
    crowd_near(census.moments[CROWD_FAVOR].yy[STANCE_AMONG_ALL], yy, 1e-9);
    crowd_near(census.moments[CROWD_FAVOR].zz[STANCE_AMONG_ALL], vv, 1e-9);
    crowd_near(census.moments[CROWD_FAVOR].yz[STANCE_AMONG_TAKING_SIDES], yz, 1e-9);
    crowd_near(census.moments[CROWD_FAVOR].zz[STANCE_AMONG_TAKING_SIDES], zz, 1e-9);
    census_release(&census);
    crowd_release(&c);
}

/* tolerance 0: bit by bit. */
static void expect_same(const struct census *a, const struct census *b, double tolerance)
{
    assert_int_equal(a->n_cells, b->n_cells);
    assert_int_equal(a->population, b->population);
    assert_int_equal(a->records, b->records);
    assert_int_equal(a->sum, b->sum);
    for (size_t i = 0; i < a->n_cells; i++) {
        size_t n;
        struct intern_view view = intern_frozen(&a->group[a->cell[i].level]);
        struct intern_view other = intern_frozen(&b->group[a->cell[i].level]);
        struct span name = intern_text(&view, a->cell[i].group);
        uint32_t group = intern_find(&other, name, hash_span(name));
        const struct census_cell *cell = census_cells(b, a->cell[i].level, group, &n);
        while (n > 1 && cell->stratum != a->cell[i].stratum)
            cell++, n--;
        assert_int_equal(cell->stratum, a->cell[i].stratum);
        assert_int_equal(cell->n, a->cell[i].n);
        for (uint32_t k = 0; k < CROWD_TARGETS * CROWD_LABELS; k++) {
            crowd_near(cell->p[k], a->cell[i].p[k], tolerance);
            crowd_near(cell->p_on[k], a->cell[i].p_on[k], tolerance);
            assert_int_equal(cell->counted[k], a->cell[i].counted[k]);
        }
    }
}

static void test_jobs(void **state)
{
    static const struct crowd_plan many = {.n = 9000, .every = 50, .by_source = true};
    struct crowd c;
    struct census one, three;

    (void)state;
    crowd_make(&c, &many);
    crowd_census(&one, &c, 0, c.plan.n, 1);
    crowd_census(&three, &c, 0, c.plan.n, 3);
    expect_same(&one, &three, 0);
    assert_memory_equal(one.cell[0].p, three.cell[0].p,
                        CROWD_TARGETS * CROWD_LABELS * sizeof(double));
    census_release(&one);
    census_release(&three);
    crowd_release(&c);
}

static void test_pieces(void **state)
{
    static const struct span target[] = {{"ban", 3}, {"topic", 5}};
    struct crowd c;
    struct census whole, piece, united;
    struct sums_head head = {0xabcd, target};
    struct stance_err err = {0};
    char *path = temp_file(SPAN(""));

    (void)state;
    crowd_make(&c, &usual);
    crowd_census(&whole, &c, 0, c.plan.n, 1);
    census_init(&united, &c.spec);
    for (uint32_t k = 3; k-- > 0;) { /* the last first */
        uint32_t cut[] = {0, 130, 131, c.plan.n};
        crowd_census(&piece, &c, cut[k], cut[k + 1], 1);
        assert_int_equal(census_check(&piece, &err), -1);
        assert_int_equal(sums_write(&piece, &head, path, &err), 0);
        assert_int_equal(sums_add(&united, &head, path, &err), 0);
        census_release(&piece);
    }
    census_end(&united);
    expect_same(&whole, &united, 1e-9);
    assert_int_equal(census_check(&whole, &err), 0);
    assert_int_equal(census_check(&united, &err), 0);
    for (size_t r = 0; r < c.audit.n_rows; r++)
        assert_memory_equal(whole.row[r].p, united.row[r].p,
                            CROWD_TARGETS * CROWD_LABELS * sizeof(double));
    head.model++;
    assert_int_equal(sums_add(&united, &head, path, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    remove_temp(path);
    census_release(&whole);
    census_release(&united);
    crowd_release(&c);
}

static void test_other_dump(void **state)
{
    enum what { POPULATION, STRATUM, ROW, TWICE, SUM, N };
    static const char *const said[N] = {"comments with a text", "stratum 'forum'", "is 1 times",
                                        "is 1 times", "not the same"};

    (void)state;
    for (int k = 0; k < N; k++) {
        struct crowd c;
        struct census census;
        struct stance_err err = {0};
        crowd_make(&c, &usual);
        crowd_census(&census, &c, 0, c.plan.n, 1);
        c.audit.dump.population += k == POPULATION;
        c.audit.dump.sum += k == SUM;
        c.audit.row[5].repeats += k == TWICE;
        c.audit.row[5].repeats -= k == ROW;
        if (k == STRATUM) {
            c.audit.stratum[0].population--;
            c.audit.stratum[1].population++;
        }
        assert_int_equal(census_check(&census, &err), -1);
        assert_int_equal(err.code, STANCE_DATA);
        assert_non_null(strstr(err.message, said[k]));
        assert_string_equal(err.file, "audit");
        assert_int_equal(err.line, k == ROW || k == TWICE ? 7 : 1);
        census_release(&census);
        crowd_release(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals),  cmocka_unit_test(test_rows),
        cmocka_unit_test(test_threads), cmocka_unit_test(test_jobs),
        cmocka_unit_test(test_pieces),  cmocka_unit_test(test_other_dump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
