/* SPDX-License-Identifier: MIT */
/* form: which form a first block and a path are taken for. */
#include "helpers.h"

#include <stdlib.h>

#include "corpus/form.h"

#define H "Le 03/08/2020 \xC3\xA0 10h19\n"

static const struct {
    const char *path, *block;
    enum form form;
    char delimiter;
} cases[] = {
    {NULL, "{\"a\":1}\n", FORM_NDJSON, 0},
    {"x.csv", "\xEF\xBB\xBF \n {\"a\":1}\n", FORM_NDJSON, 0},
    {NULL, "[{\"a\":1}]", FORM_NDJSON, 0},
    {"x.csv.gz", "[a],text\n", FORM_CSV, ','},
    {NULL, "id,text\n1,a\n", FORM_CSV, ','},
    {NULL, "id;text\r\n1;a,b,c\r\n", FORM_CSV, ';'},
    {"dump.zst", "id\ttext\n1\ta\n", FORM_TSV, '\t'},
    {NULL, "id\ttext\n1\t\"a\nb\"\n", FORM_CSV, '\t'},
    {NULL, "id\ttext\n1\t\"a\" dit-il\n", FORM_TSV, '\t'},
    {NULL, "id\ttext\n1\t\"\"\"a\"\" dit-il\"\n", FORM_CSV, '\t'},
    {"x.csv", "id\ttext\n1\ta\n", FORM_CSV, '\t'},
    {"a.b/x.ndjson.zst", "", FORM_NDJSON, 0},
    {"a.csv/x", "id\ttext\n", FORM_TSV, '\t'},
    {NULL, "", FORM_CSV, ','},
    {NULL, "num\xE9ro;texte\n", FORM_CSV, ';'},
    {NULL, "\n\nid;date;texte,ou pas\n", FORM_CSV, ';'},
    {NULL, "Titre\nTexte\nCommentaires (2)\nAbonnez-vous" H "a\n" H "b\n", FORM_PAGE, 0},
    {"x.txt", "Titre, ou pas\n" H "a\n" H, FORM_PAGE, 0},
    {NULL, "Titre\n" H "a\n", FORM_CSV, ','},
    {NULL, "id,text\n1,\"\n" H H "\"\n", FORM_CSV, ','},
    {"x.csv", "a\n" H H, FORM_CSV, ','},
    {"x.ndjson", "a\n" H H, FORM_NDJSON, 0},
};

static void sniff(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct span s = span_of(cases[i].block);
        char *copy = exact(s);
        struct form_guess g = form_sniff((struct span){copy, s.len}, cases[i].path);
        if (g.form != cases[i].form ||
            (cases[i].delimiter != 0 && g.delimiter != cases[i].delimiter))
            fail_msg("case %zu: taken for %s, '%c'", i, form_name(g.form), g.delimiter);
        for (size_t n = 0; n < s.len; n++)
            form_sniff((struct span){copy, n}, cases[i].path);
        free(copy);
    }
}

static void names(void **state)
{
    enum form form;

    (void)state;
    assert_true(form_by_name("jsonl", &form) && form == FORM_NDJSON);
    assert_true(form_by_name("page", &form) && form == FORM_PAGE);
    assert_false(form_by_name("xml", &form));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sniff),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
