/* SPDX-License-Identifier: MIT */
/*
 * predrows: each form, and the rows that are read of it. Rows are written
 * id|target|label|p|LABEL=P …, a target that the form has no place for as ?, nothing for what
 * is not given. The gold's targets are ban, spying, a and a_b.
 */
#include "helpers.h"

#include <math.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/num.h"
#include "predictions/predrows.h"

static const struct span about[] = {{"ban", 3}, {"spying", 6}, {"a", 1}, {"a_b", 3}};

static void add_p(struct buf *out, double p)
{
    if (!isnan(p))
        num_add_f64(out, p);
}

static int write_row(void *arg, const struct predrow *row, struct stance_err *err)
{
    struct buf *out = arg;

    (void)err;
    buf_add_span(out, row->id);
    buf_add_char(out, '|');
    buf_add_span(out, row->target.p != NULL ? row->target : SPAN("?"));
    buf_add_char(out, '|');
    buf_add_span(out, row->label);
    buf_add_char(out, '|');
    add_p(out, row->p);
    buf_add_char(out, '|');
    for (size_t i = 0; i < row->n_probs; i++) {
        buf_add_str(out, i != 0 ? " " : "");
        buf_add_span(out, row->prob_label[i]);
        buf_add_char(out, '=');
        add_p(out, row->prob[i]);
    }
    buf_add_char(out, '\n');
    return 0;
}

static int read_text(const char *text, const struct stance_input *input, struct buf *out,
                     struct stance_err *err)
{
    char *path = temp_file(span_of(text));
    const char *const paths[] = {path};
    int status =
        predrows_read(paths, 1, about, sizeof about / sizeof *about, input, write_row, out, err);

    remove_temp(path);
    return status;
}

struct row {
    const char *text, *rows;
};

static void expect_rows(const struct row *row, size_t n, const struct stance_input *input)
{
    for (size_t i = 0; i < n; i++) {
        struct stance_err err = {0};
        struct buf out = {0};
        if (read_text(row[i].text, input, &out, &err) < 0)
            fail_msg("%s\n%d: %s", row[i].text, (int)err.line, err.message);
        if (strcmp(buf_str(&out), row[i].rows) != 0)
            fail_msg("%s\nread as\n%s\nexpected\n%s", row[i].text, buf_str(&out), row[i].rows);
        buf_release(&out);
    }
}

#define EXPECT(rows, input) expect_rows(rows, sizeof(rows) / sizeof *(rows), input)

static void long_tables(void **state)
{
    static const struct row rows[] = {
        {"id,target,label\n1,ban,favor\n2,spying,x\n", "1|ban|favor||\n2|spying|x||\n"},
        /* a target of nobody's, no target at all, no p, no label */
        {"id,target,label,p\n1,taxes,favor,0.5\n2,ban,,\n", "1|taxes|favor|0.5|\n2|ban|||\n"},
        {"label,id\nfavor,1\n", "1|?|favor||\n"},
        /* as eval --predictions writes it: an empty cell is a label that the target has not */
        {"id\ttarget\tgold\tlabel\tp\tp_against\tp_favor\tp_none\tfold\n"
         "1\tban\tnone\tfavor\t0.5\t0.25\t0.5\t0.25\t1\n"
         "2\tspying\tnone\tfavor\t0.75\t0.25\t0.75\t\t2\n"
         "3\tban\tnone\tfavor\t\\N\t\t\t\t\n",
         "1|ban|favor|0.5|against=0.25 favor=0.5 none=0.25\n"
         "2|spying|favor|0.75|against=0.25 favor=0.75\n3|ban|favor||\n"},
        /* as classify --long --probs: what has no id or no target, and no label, is passed over */
        {"id,target,label,p,p_against,p_favor,status\n1,ban,favor,0.5,0.5,0.5,abstain\n"
         "2,ban,,,,,blank\n,ban,,,,,unparsable\n3,,,,,,no-target\n",
         "1|ban|favor|0.5|against=0.5 favor=0.5\n2|ban|||\n"},
        /* labels are whatever follows p_; p_ alone is none, p_p is the label p */
        {"id,label,p,p_,p_p,p_p_x\n1,p,1,9,1,0\n", "1|?|p|1|p=1 p_x=0\n"},
        /* a label beside columns named as targets: long */
        {"id,target,label,ban,ban_p\n1,ban,favor,against,0.5\n", "1|ban|favor||\n"},
        /* a mark, CR LF, another delimiter, quotes, white space around names, no last line end */
        {"\xEF\xBB\xBFid; label ;p_oui\r\n\"a;1\";\"fa\"\"vor\";1\r\n2;x;",
         "a;1|?|fa\"vor||oui=1\n2|?|x||\n"},
        /* of two columns of one name the last counts */
        {"id,label,p,p_x,label,p,p_x,id\n1,a,0.1,0.2,b,0.3,0.4,2\n", "2|?|b|0.3|x=0.4\n"},
        {"id,label\n", ""},
        {"", ""},
    };

    (void)state;
    EXPECT(rows, NULL);
}

static void wide_tables(void **state)
{
    static const struct row rows[] = {
        /* as classify writes by default, and with --probs */
        {"id,text,ban,ban_p,spying,spying_p,stance_status\n1,oui,favor,0.5,against,1,ok\n"
         "2,,,,,,blank\n,,,,,,unparsable\n",
         "1|ban|favor|0.5|\n1|spying|against|1|\n2|ban|||\n2|spying|||\n"},
        {"id,thread,date,ban,ban_p,ban_against,ban_favor,spying,spying_p,spying_favor,spying_none,"
         "stance_status\n1,t,,favor,0.5,0.5,0.5,none,1,0,1,abstain\n",
         "1|ban|favor|0.5|against=0.5 favor=0.5\n1|spying|none|1|favor=0 none=1\n"},
        /* the gold's own label beside it is not what was predicted */
        {"id,target,label,ban,ban_p,stance_status\n1,ban,against,favor,0.5,ok\n",
         "1|ban|favor|0.5|\n"},
        {"id,about,label,stance,stance_p,stance_favor,stance_status,target\n"
         "1,x,against,favor,0.5,0.5,ok,spying\n2,x,none,,,,no-target,\n",
         "1|spying|favor|0.5|favor=0.5\n"},
        /* of other programs: no status, no p, any order, labels that are new */
        {"spying\tid\tban\tban_p\tban_maybe\nnone\t1\tfavor\t1\t0\n",
         "1|ban|favor|1|maybe=0\n1|spying|none||\n"},
        /* a_b is a target, and a_b_c a probability of its; a_c is one of a's */
        {"id,a,a_p,a_c,a_b,a_b_c\n1,x,0.1,0.2,y,0.3\n", "1|a|x|0.1|c=0.2\n1|a_b|y||c=0.3\n"},
        {"id,a,a_b_c\n1,x,0.3\n", "1|a|x||b_c=0.3\n"},
        /* what stands before the target's column is something else's, and so is bans, and ban_ */
        {"id,ban_reason,ban,bans,ban_,Ban_x\n1,because,favor,x,y,z\n", "1|ban|favor||\n"},
        {"id,ban,ban_p,ban,ban_p\n1,favor,0.1,none,0.2\n", "1|ban|none|0.2|\n"},
    };

    (void)state;
    EXPECT(rows, NULL);
}

static void records(void **state)
{
    static const struct row rows[] = {
        {"{\"id\":1,\"target\":\"ban\",\"label\":\"favor\",\"p\":0.5}\n\n{\"id\":\"2\",\"label\":"
         "null}",
         "1|ban|favor|0.5|\n2|?|||\n"},
        {"{\"id\":\"1\",\"target\":\"ban\",\"label\":\"favor\",\"p\":0.5,\"probs\":{\"favor\":0.5,"
         "\"n\\u00e9\":\"0.5\",\"x\":null},\"status\":\"ok\"}\n"
         "{\"id\":\"1\",\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
         "{\"id\":null,\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
         "{\"id\":\"1\",\"target\":null,\"label\":null,\"p\":null,\"status\":\"no-target\"}\n",
         "1|ban|favor|0.5|favor=0.5 né=0.5\n1|ban|||\n"},
        {"{\"id\":1,\"label\":\"x\",\"predicted\":{\"ban\":{\"label\":\"favor\",\"p\":0.5,"
         "\"probs\":{"
         "\"favor\":0.5,\"none\":0.5}},\"spying\":\"none\",\"taxes\":{\"label\":\"x\",\"probs\":"
         "null}},"
         "\"stance_status\":\"ok\"}\n",
         "1|ban|favor|0.5|favor=0.5 none=0.5\n1|spying|none||\n1|taxes|x||\n"},
        /* nothing predicted; the gold's label is not taken for it */
        {"{\"id\":1,\"label\":\"x\",\"predicted\":null,\"stance_status\":\"blank\"}\n"
         "{\"line\":2,\"predicted\":null,\"stance_status\":\"unparsable\"}\n",
         "1|ban|||\n1|spying|||\n1|a|||\n1|a_b|||\n"},
        {"{\"id\":1,\"predicted\":{}}\n{\"id\":1,\"label\":\"x\",\"predicted\":null}\n",
         "1|?|x||\n"},
        /* flat */
        {"{\"id\":1,\"label\":\"x\",\"ban\":\"favor\",\"ban_p\":0.5,\"ban_favor\":0.5,\"ban_none\":"
         "null,\"stance_status\":\"ok\"}\n"
         "{\"id\":2,\"label\":\"x\",\"ban\":null,\"ban_p\":null,\"stance_status\":\"deleted\"}\n"
         "{\"id\":3,\"ban\":\"none\"}\n{\"id\":4,\"ban\":\"none\",\"label\":\"x\"}\n"
         "{\"line\":5,\"ban\":null,\"ban_p\":null,\"stance_status\":\"unparsable\"}\n",
         "1|ban|favor|0.5|favor=0.5\n2|ban|||\n3|ban|none||\n4|?|x||\n"},
        {"{\"id\":1,\"target\":\"spying\",\"label\":\"x\",\"stance\":\"favor\",\"stance_p\":1,"
         "\"stance_status\":\"ok\"}\n{\"id\":1,\"stance\":null,\"stance_p\":null,\"stance_status\":"
         "\"no-target\"}\n",
         "1|spying|favor|1|\n"},
        /* keys with escapes */
        {"{\"i\\u0064\":1,\"\\u0062an\":\"favor\",\"ba\\u006e_favor\":1,\"\":2}",
         "1|ban|favor||favor=1\n"},
        /* a key given twice: the last counts */
        {"{\"id\":1,\"label\":\"a\",\"label\":\"b\",\"probs\":{\"b\":0.1,\"a\":0,\"b\":0.9}}",
         "1|?|b||b=0.9 a=0\n"},
    };

    (void)state;
    EXPECT(rows, NULL);
}

static void names(void **state)
{
    static const struct stance_input input = {
        .fields = {.id = "Tweet", .target = "About", .label = "r.Stance"}, .prefix = "my "};
    static const struct row rows[] = {
        {"Tweet,id,About,r.Stance,label\n1,9,ban,favor,x\n", "1|ban|favor||\n"},
        {"id,target,label\n1,ban,favor\n", "1|ban|favor||\n"}, /* long forms have no prefix */
        {"{\"Tweet\":1,\"About\":\"ban\",\"r\":{\"Stance\":\"favor\"},\"my ban\":\"x\"}",
         "1|ban|favor||\n"},
        {"Tweet,ban,ban_p,my ban,my ban_p,my ban_favor,my stance_status\n1,x,y,favor,1,1,ok\n",
         "1|ban|favor|1|favor=1\n"},
        {"Tweet,About,stance,my stance,my stance_p,my stance_status\n1,a,x,favor,1,ok\n",
         "1|a|favor|1|\n"},
        {"{\"Tweet\":1,\"predicted\":{},\"my predicted\":{\"ban\":{\"label\":\"favor\"}},"
         "\"my stance_status\":\"ok\"}\n{\"Tweet\":2,\"my predicted\":null,\"my "
         "stance_status\":\"\"}",
         "1|ban|favor||\n2|ban|||\n2|spying|||\n2|a|||\n2|a_b|||\n"},
        {"{\"Tweet\":1,\"my ban\":\"favor\",\"my ban_favor\":1,\"my stance_status\":\"ok\"}",
         "1|ban|favor||favor=1\n"},
    };

    (void)state;
    EXPECT(rows, &input);
}

struct refusal {
    const char *text;
    int line;
    const char *message;
};

static void expect_refused(const struct refusal *r, size_t n, const struct stance_input *input)
{
    for (size_t i = 0; i < n; i++) {
        struct stance_err err = {0};
        struct buf out = {0};
        assert_int_equal(read_text(r[i].text, input, &out, &err), -1);
        if (strstr(err.message, r[i].message) == NULL)
            fail_msg("%s\nsays: %s", r[i].text, err.message);
        assert_int_equal(err.code, STANCE_DATA);
        assert_int_equal(err.line, r[i].line);
        buf_release(&out);
    }
}

#define REFUSED(rows, input) expect_refused(rows, sizeof(rows) / sizeof *(rows), input)

#define NOT_A_P "expected a probability from 0 to 1, found"

static void damaged(void **state)
{
    static const struct refusal rows[] = {
        {"id,target,stance\n1,ban,favor\n", 1,
         "a column 'label', or one for each target; the columns here are: id, target, stance"},
        {"target,label\nban,favor\n", 1, "need a column 'id'; the columns here are: target, label"},
        {"1,ban,favor\n2,ban,none\n", 1, "need a column 'id'; the columns here are: 1, ban, favor"},
        {"id,ban\n1,favor,x\n", 2, "3 fields where the header has 2"},
        {"id,label\n,favor\n", 2, "without id; expected a member or column 'id'"},
        {"id,label\n,\n", 2, "without id"}, /* no status says why */
        {"id,label,status\n,favor,ok\n", 2, "without id"},
        {"id,target,label\n1,,favor\n", 2, "without target, id '1'"},
        {"id,label\n1,\"favor\n", 2, "quote"},
        {"id,label\n1,fa\xFFvor\n", 2, "byte 0xFF is not UTF-8, expected --encoding"},
        {"id,label,p\n1,x,1.5\n", 2, NOT_A_P " '1.5'"},
        {"id,label,p\n1,x,-0.1\n", 2, NOT_A_P " '-0.1'"},
        {"id,label,p\n1,x,nan\n", 2, NOT_A_P " 'nan'"},
        {"id,label,p_x\n1,x,inf\n", 2, NOT_A_P " 'inf'"},
        {"id,label,p_x\n1,x,1.01\n", 2, NOT_A_P " '1.01'"},
        {"id,ban,ban_p\n1,x,2\n", 2, NOT_A_P " '2'"},
        {"id,ban,ban_x\n1,x,0.5\n2,x,NaN\n", 3, NOT_A_P " 'NaN' for the label 'x'"},
        {"id;label;p_x\n1;x;0,5\n", 2, NOT_A_P " '0,5'"},
        {"{\"id\":1,\"label\":\"x\"}\n{\"id\":}\n", 2, ""},
        {"{\"id\":1,\"label\":\"x\",\"p\":NaN}", 1, ""},
        {"{\"id\":1,\"label\":\"x\",\"p\":-1}", 1, NOT_A_P},
        {"{\"id\":1,\"label\":\"x\",\"probs\":{\"x\":1e9}}", 1, NOT_A_P},
        {"{\"id\":1,\"label\":\"x\",\"probs\":{\"\":0.5}}", 1, "a label without a name: '0.5'"},
        {"{\"id\":1,\"label\":\"x\",\"probs\":[1]}", 1, "expected an object of labels in 'probs'"},
        {"{\"id\":1,\"label\":\"x\",\"probs\":{\"x\":{}}}", 1, "expected text, a number or null"},
        {"{\"id\":1,\"predicted\":{\"ban\":{\"label\":[]}}}", 1, "expected text"},
        {"{\"id\":1,\"predicted\":{\"\":\"x\"}}", 1, "without target"},
        {"{\"id\":1,\"ban\":{\"label\":\"x\"}}", 1, "expected text, a number or null in 'label'"},
        {"{\"id\":1,\"ban\":\"x\",\"ban_p\":7}", 1, NOT_A_P " '7'"},
        {"{\"target\":\"ban\",\"label\":\"favor\"}\n", 1, "without id"},
        {"{\"id\":1,\"label\":\"x\"} x\n", 1, ""},
        /* written with a prefix that was not given */
        {"id,label,my_ban,my_ban_p,my_stance_status\n1,x,x,,ok\n", 1, "give --prefix 'my_'"},
        {"id,label,my_stance,my_stance_p,my_stance_status\n1,x,x,,ok\n", 1, "--prefix 'my_'"},
        {"{\"id\":1,\"label\":\"x\",\"my_predicted\":null,\"my_stance_status\":\"ok\"}", 1,
         "give --prefix 'my_'"},
    };
    static const struct stance_input input = {.prefix = "x"};
    static const struct refusal prefixed[] = {
        {"id,label,ban,ban_p,stance_status\n1,x,x,,ok\n", 1, "no prefix: leave out --prefix"},
        {"id,ban\n1,x\n", 1, "or one for each target"},
    };

    (void)state;
    REFUSED(rows, NULL);
    REFUSED(prefixed, &input);
}

static void compressed(void **state)
{
    static const char text[] = "id,label\n1,favor\n";
    char *path = temp_file(SPAN(""));
    const char *const paths[] = {path, path};
    struct stance_err err = {0};
    struct buf out = {0};
    gzFile z = gzopen(path, "wb");

    (void)state;
    assert_non_null(z);
    assert_int_equal(gzwrite(z, text, sizeof text - 1), (int)sizeof text - 1);
    assert_int_equal(gzclose(z), Z_OK);
    assert_int_equal(predrows_read(paths, 2, NULL, 0, NULL, write_row, &out, &err), 0);
    assert_string_equal(buf_str(&out), "1|?|favor||\n1|?|favor||\n");
    buf_release(&out);
    remove_temp(path);
}

/* Files may differ in form and columns. */
static void several_files(void **state)
{
    char *a = temp_file(SPAN("id,label,p\n1,favor,1\n")),
         *b = temp_file(SPAN("{\"id\":2,\"ban\":\"x\"}")),
         *c = temp_file(SPAN("spying\tid\nnone\t3\n"));
    const char *const paths[] = {a, b, c};
    struct buf out = {0};

    (void)state;
    assert_int_equal(predrows_read(paths, 3, about, 2, NULL, write_row, &out, NULL), 0);
    assert_string_equal(buf_str(&out), "1|?|favor|1|\n2|ban|x||\n3|spying|none||\n");
    buf_release(&out);
    remove_temp(a);
    remove_temp(b);
    remove_temp(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_tables),   cmocka_unit_test(wide_tables),
        cmocka_unit_test(records),       cmocka_unit_test(names),
        cmocka_unit_test(damaged),       cmocka_unit_test(compressed),
        cmocka_unit_test(several_files),
    };
    return cmocka_run_group_tests_name("predrows", tests, NULL, NULL);
}
