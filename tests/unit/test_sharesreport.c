/* SPDX-License-Identifier: MIT */
/*
 * sharesreport: what each form says and never says. `test_sharesreport --FORM PLAN` prints a form
 * (text, tsv, json, fr, en) of fakeshares.h instead of testing, for those who look at it.
 */
#include "fakeshares.h"
#include "helpers.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "report/layout.h"
#include "report/sharesprose.h"
#include "report/sharesreport.h"

static void methods_fr(const struct shares *s, struct buf *out)
{
    sharesreport_methods(s, true, out);
}

static void methods_en(const struct shares *s, struct buf *out)
{
    sharesreport_methods(s, false, out);
}

static const struct form {
    const char *name;
    void (*write)(const struct shares *, struct buf *);
} forms[] = {{"text", sharesreport_text},
             {"tsv", sharesreport_tsv},
             {"json", sharesreport_json},
             {"fr", methods_fr},
             {"en", methods_en}};
enum { N_FORMS = sizeof forms / sizeof forms[0] };

static struct buf form_of(const char *form, const char *plan)
{
    struct buf out = {0};
    struct shares s;

    fakeshares_make(&s, plan);
    for (int i = 0; i < N_FORMS; i++)
        if (strcmp(forms[i].name, form) == 0)
            forms[i].write(&s, &out);
    fakeshares_release(&s);
    buf_str(&out);
    return out;
}

static void has(const struct buf *text, const char *what)
{
    if (strstr(text->p, what) == NULL)
        fail_msg("lacks: %s", what);
}

static void lacks(const struct buf *text, const char *what)
{
    const char *at = strstr(text->p, what);
    if (at != NULL)
        fail_msg("has: %.60s", at);
}

/* ---- Numbers ---- */

static void percents(void **state)
{
    static const struct {
        double value, low, high;
        const char *out;
    } row[] = {
        {.15, .12, .19, "15 12–19"},
        {.1549, .12, .19, "15 12–19"},
        {.145, .135, .155, "15 14–16"}, /* a half width of a point: no decimal; halves go up */
        {.145, .1351, .155, "14.5 13.5–15.5"},
        {.15244, .1516, .1533, "15.24 15.16–15.33"}, /* less than a tenth of a point */
        {.15244, .1514, .1534, "15.2 15.1–15.3"},
        {.012, .003, .03, "1.2 0.3–3.0"}, /* a bound inside that 0 would be said of */
        {.012, 0, .03, "1 0–3"},
        {0, 0, .009, "0.0 0.0–0.9"},
        {.004, 0, .03, "0.4 0.0–3.0"}, /* it is not 0 */
        {.975, .96, .997, "97.5 96.0–99.7"},
        {1, .95, 1, "100 95–100"},
        {.996, .95, 1, "99.6 95.0–100.0"},
        {.5, 0, 1, "50 0–100"},
        {.1234, NAN, NAN, "12.3 "},
        {NAN, NAN, NAN, "– "},
        {NAN, .1, .2, "– 10–20"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        int decimals = shareswords_decimals(row[i].value, row[i].low, row[i].high);
        struct buf out = {0};
        shareswords_percent(&out, row[i].value, decimals);
        buf_add_char(&out, ' ');
        shareswords_interval(&out, row[i].low, row[i].high, decimals);
        assert_string_equal(buf_str(&out), row[i].out);
        buf_release(&out);
    }
}

static void points_and_p(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *points, *p, *equals;
    } row[] = {
        {.05, 0, "+5", "0.050", "p = 0.050"},
        {-.05, 1, "−5.0", "<0.001", "p < 0.001"},
        {.004, 0, "0", "0.004", "p = 0.004"},
        {-.0004, 1, "0.0", "<0.001", "p < 0.001"},
        {.0009, 1, "+0.1", "<0.001", "p < 0.001"},
        {1, 0, "+100", "1.000", "p = 1.000"},
        {NAN, 1, "–", "–", "p = –"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = {0};
        shareswords_points(&out, row[i].value, row[i].decimals);
        assert_string_equal(buf_str(&out), row[i].points);
        buf_reset(&out);
        shareswords_p(&out, row[i].value, false);
        assert_string_equal(buf_str(&out), row[i].p);
        buf_reset(&out);
        shareswords_p(&out, row[i].value, true);
        assert_string_equal(buf_str(&out), row[i].equals);
        buf_release(&out);
    }
}

#define WIDE   "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static void prose(void **state)
{
    static const struct {
        double value;
        const char *number_en, *number_fr, *percent_en, *percent_fr;
    } row[] = {
        {.03125, "0.0312", "0,0312", "3%", "3" NARROW "%"},
        {.000123456, "0.000123", "0,000123", "0%", "0" NARROW "%"},
        {.5, "0.5", "0,5", "50%", "50" NARROW "%"},
        {1, "1", "1", "100%", "100" NARROW "%"},
        {.0999, "0.0999", "0,0999", "10%", "10" NARROW "%"},
    };
    struct buf out = {0};
    struct sharesprose p = {NULL, false, &out};

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        for (int french = 0; french < 2; french++) {
            p.french = french != 0;
            buf_reset(&out);
            sharesprose_number(&p, row[i].value);
            assert_string_equal(buf_str(&out), french ? row[i].number_fr : row[i].number_en);
            buf_reset(&out);
            sharesprose_percent(&p, row[i].value);
            assert_string_equal(buf_str(&out), french ? row[i].percent_fr : row[i].percent_en);
        }
    buf_reset(&out);
    sharesprose_count(&p, 1002003);
    sharesprose_say(&p, "", "~: a~; b~! c~? ");
    sharesprose_quote(&p, SPAN("~x\x01"));
    sharesprose_fixed(&p, -.257, 2);
    assert_string_equal(buf_str(&out), "1" NARROW "002" NARROW "003" WIDE ": a" NARROW "; b" NARROW
                                       "! c" NARROW "? «" WIDE "~x?" WIDE "»−0,26");
    buf_release(&out);
}

static void marks(void **state)
{
    static const char many[40][3];
    struct shareswords_notes notes = {0};

    (void)state;
    assert_int_equal(shareswords_mark(&notes, "x"), 'a');
    assert_int_equal(shareswords_mark(&notes, "y"), 'b');
    assert_int_equal(shareswords_mark(&notes, "x"), 'a');
    assert_int_equal(shareswords_mark(&notes, many[0]), 'c');
    assert_int_equal(notes.n, 3);
}

/* ---- All forms of all plans ---- */

static void never(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++)
        for (int f = 0; f < N_FORMS; f++) {
            struct buf a = form_of(forms[f].name, fakeshares_plans[i].name);
            struct buf b = form_of(forms[f].name, fakeshares_plans[i].name);
            assert_string_equal(a.p, b.p);
            lacks(&a, "nan");
            lacks(&a, "inf,");
            lacks(&a, "(null)");
            for (size_t k = 0; k < a.len; k++)
                if (((unsigned char)a.p[k] < 0x20 && a.p[k] != '\n' && a.p[k] != '\t' && f != 1) ||
                    a.p[k] == 0)
                    fail_msg("%s %s: control character %d", fakeshares_plans[i].name, forms[f].name,
                             a.p[k]);
            buf_release(&a);
            buf_release(&b);
        }
}

static void width(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++) {
        struct buf out = form_of("text", fakeshares_plans[i].name);
        for (const char *p = out.p, *end; (end = strchr(p, '\n')) != NULL; p = end + 1) {
            if (layout_width((struct span){p, (size_t)(end - p)}) > LAYOUT_WIDTH)
                fail_msg("%s: too wide: %.*s", fakeshares_plans[i].name, (int)(end - p), p);
            assert_true(end == p || end[-1] != ' ');
        }
        buf_release(&out);
    }
}

/* An assumption is first and last; without one there is no banner. */
static void banner(void **state)
{
    static const struct {
        const char *plan, *words;
    } row[] = {{"adjusted",
                "ASSUMES that the model errs on this dump as on held-out comments of its "
                "own\n    corpus: no comment of this dump was labelled\n"},
               {"count", "BIASED: predicted labels counted\n"}};

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = form_of("text", row[i].plan);
        size_t n = strlen(row[i].words);
        assert_int_equal(strncmp(out.p, "!!  ", 4), 0);
        assert_int_equal(strncmp(out.p + 4, row[i].words, n), 0);
        assert_string_equal(out.p + out.len - n, row[i].words);
        buf_release(&out);
    }
    struct buf out = form_of("text", "weeks");
    lacks(&out, "!!");
    buf_release(&out);
}

static void says(void **state)
{
    static const struct {
        const char *form, *plan, *words;
    } row[] = {
        {"text", "weeks", "counted apart: 45\n          blank, 300 deleted\n"},
        {"text", "weeks",
         "ban: TikTok doit être interdit, bloqué ou vendu de force, partout ou pour\n"
         "certains appareils, territoires ou publics.\n  share of all comments; 398"},
        {"text", "weeks",
         "  pour (favor)                  18       15–21        15–23       23      71/398\n"},
        {"text", "weeks", "(biased)"},
        {"text", "weeks", "  2024-W47              750       24  not enough labels\n"},
        {"text", "weeks", "  2024-W48 [a]          750       24  19 (13–25)"},
        {"text", "weeks",
         "  [a] pooled: corrected by the error rate of all groups together\n"
         "  [b] few threads\n"},
        {"text", "weeks", "errs alike in all groups: p = 0.010; it does not seem so"},
        {"text", "weeks",
         "  favor: 2024-W46 less 2024-W45                      +5       +1 to +10    0.030"},
        {"text", "bare", "share of all comments; 398 labelled, in 132 threads\n"},
        {"text", "sources", "share of comments that take a side, per author"},
        {"text", "sources", "(17 without an"},
        {"text", "days", "share of comments that speak of it"},
        {"text", "nothing",
         "  pour (favor) [a]               –           –            –      71/398\n"},
        {"fr", "weeks", "12" NARROW "345 enregistrements"},
        {"fr", "weeks", "(«" WIDE "TikTok doit être"},
        {"fr", "weeks", "allant de 0,0312 à 0,0524 (graine 7, audit 0123456789abcdef)."},
        {"fr", "weeks",
         "accord de 87" NARROW "%, alpha de Krippendorff de 0,71 (n" WIDE "=" WIDE "100)"},
        {"fr", "weeks", "modèle de somme de contrôle 89abcdef"},
        {"fr", "bare", "les fils de discussion étant les grappes"},
        {"fr", "sources", "chaque auteur comptant une fois"},
        {"fr", "adjusted", "par mois (6 groupes) et non, faute d’étiquettes, par semaine"},
        {"en", "weeks", "stratified by month and “source” (12 strata)"},
        {"en", "weeks",
         "(test that it errs alike in all groups: ban, p = 0.210; spying, p = 0.010)"},
        {"en", "bare", "no prediction enters them"},
        {"en", "sources", "cross-fitting"},
        {"en", "adjusted", "adjusted counts (Forman 2008)"},
        {"en", "sld", "(Saerens, Latinne and Decaestecker 2002)"},
        {"en", "weeks", "\nReferences:\nAngelopoulos"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = form_of(row[i].form, row[i].plan);
        has(&out, row[i].words);
        buf_release(&out);
    }
}

static void lets_be(void **state)
{
    static const struct {
        const char *form, *plan, *words;
    } row[] = {
        {"text", "bare", "counted  "},
        {"text", "bare", "checksum"},
        {"text", "bare", "interval labels alone"},
        {"text", "sources", "(none)  "}, /* takes no side */
        {"text", "adjusted", "labelled  "},
        {"text", "count", "interval  95"},
        {"fr", "bare", "vecteurs"},
        {"fr", "bare", "Krippendorff"},
        {"fr", "adjusted", "annotateur"},
        {"en", "sld", "Forman"},
        {"en", "weeks", "Assumption"},
        {"fr", "count", "Les intervalles sont"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = form_of(row[i].form, row[i].plan);
        lacks(&out, row[i].words);
        buf_release(&out);
    }
}

/* What is assumed is said in plain words, first and last, in both languages. */
static void methods_assume(void **state)
{
    static const struct {
        const char *form, *plan, *first, *last;
    } row[] = {
        {"fr", "adjusted",
         "Hypothèse" WIDE ": parmi les commentaires d’une position donnée, le modèle",
         "ne tiennent.\n\nRéférences"},
        {"fr", "sld", "Hypothèse" WIDE ": ", "ne tiennent.\n\nRéférences"},
        {"fr", "count", "Avertissement" WIDE ": ", "des parts des positions.\n\nRéférences"},
        {"en", "adjusted", "Assumption: among the comments",
         "nor their intervals do.\n\nReferences"},
        {"en", "sld", "Assumption: ", "nor their intervals do.\n\nReferences"},
        {"en", "count", "Warning: ", "of the shares of stances.\n\nReferences"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct buf out = form_of(row[i].form, row[i].plan);
        assert_int_equal(strncmp(out.p, row[i].first, strlen(row[i].first)), 0);
        has(&out, row[i].last);
        buf_release(&out);
    }
}

/* No sign that wants a space which does not break stands behind one that does; but for names. */
static void french_spaces(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++) {
        struct buf out = form_of("fr", fakeshares_plans[i].name);
        char *references = strstr(out.p, "Références");
        assert_non_null(references);
        *references = '\0'; /* titles are English */
        for (const char *p = out.p; (p = strpbrk(p, ";!?%")) != NULL; p++)
            if (p > out.p && p[-1] == ' ')
                fail_msg("a space that breaks: %.20s", p - 8);
        lacks(&out, " :");
        lacks(&out, "« ");
        lacks(&out, " »");
        lacks(&out, "'t ");
        buf_release(&out);
    }
}

/* ---- TSV and JSON ---- */

static void tsv_is_square(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++) {
        struct buf out = form_of("tsv", fakeshares_plans[i].name);
        size_t columns = 0, n = 0;
        for (const char *p = out.p, *end; (end = strchr(p, '\n')) != NULL; p = end + 1) {
            size_t tabs = 0;
            for (const char *c = p; c < end; c++)
                tabs += *c == '\t';
            columns = n == 0 ? tabs : columns;
            assert_int_equal(tabs, columns);
            n++;
        }
        assert_int_equal(columns, 24);
        buf_release(&out);
    }
    struct buf out = form_of("tsv", "weeks");
    has(&out, "\tfavor\t2024-W47\tall\tcomment\tdifference\t\t\t\t\t\t\t\t\t\t0.");
    has(&out, "\tnot enough labels\t\t\n");
    has(&out, "\t0\tok\tfew threads\t\n");
    buf_release(&out);
    out = form_of("tsv", "count");
    has(&out, "\tok\t\tBIASED: predicted labels counted\n");
    buf_release(&out);
}

static void json_reads(void **state)
{
    (void)state;
    for (size_t i = 0; fakeshares_plans[i].name != NULL; i++) {
        struct buf out = form_of("json", fakeshares_plans[i].name);
        json_error_t error;
        json_t *o = json_loadb(out.p, out.len, 0, &error), *all, *share;
        if (o == NULL)
            fail_msg("%s: %s at %d", fakeshares_plans[i].name, error.text, error.position);
        all = json_array_get(
            json_object_get(json_array_get(json_object_get(o, "targets"), 0), "groups"), 0);
        assert_string_equal(json_string_value(json_object_get(all, "group")), "all");
        share = json_object_get(json_array_get(json_object_get(all, "labels"), 0), "share");
        if (fakeshares_plans[i].nothing)
            assert_true(json_is_null(share));
        else
            assert_float_equal(json_number_value(share), .18, 0);
        assert_int_equal(json_is_null(json_object_get(o, "assumption")),
                         strstr("adjusted sld count evil", fakeshares_plans[i].name) == NULL);
        assert_int_equal(json_array_size(json_object_get(o, "groups")),
                         fakeshares_plans[i].n_groups + 1);
        json_decref(o);
        buf_release(&out);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percents),      cmocka_unit_test(points_and_p),
        cmocka_unit_test(prose),         cmocka_unit_test(marks),
        cmocka_unit_test(never),         cmocka_unit_test(width),
        cmocka_unit_test(banner),        cmocka_unit_test(says),
        cmocka_unit_test(lets_be),       cmocka_unit_test(methods_assume),
        cmocka_unit_test(french_spaces), cmocka_unit_test(tsv_is_square),
        cmocka_unit_test(json_reads),
    };

    if (argc == 3 && strncmp(argv[1], "--", 2) == 0) {
        struct buf out = form_of(argv[1] + 2, argv[2]);
        bool whole = fwrite(out.p, 1, out.len, stdout) == out.len;
        buf_release(&out);
        return whole ? 0 : 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
