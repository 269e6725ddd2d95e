/* SPDX-License-Identifier: MIT */
/* dump: what comes out of stance_classify_files() for what goes in. */
#include "dumps.h"

static const char *const ban[] = {"ban"};

static void ndjson(void **state)
{
    (void)state;
    dumps_expect(SPAN("{\"id\":1,\"text\":\"c'est absurde\"}\n"), NULL,
                 "{\"id\":1,\"text\":\"c'est absurde\"," BOTH("against", "against") "\n");
    /* bytes pass through: spaces, escapes, 19 digits, CR LF, no line end at all */
    dumps_expect(
        SPAN(" {\"id\": 7312345678901234567 , \"text\":\"c'est \\u0061bsurde\"  } \r\n"
             "{\"text\":\"c'est excellent\",\"x\":1.50}"),
        NULL,
        " {\"id\": 7312345678901234567 , \"text\":\"c'est \\u0061bsurde\"  ," BOTH(
            "against",
            "against") " \r\n{\"text\":\"c'est excellent\",\"x\":1.50," BOTH("favor",
                                                                             "favor") "\n");
}

static void statuses(void **state)
{
    static const struct stance_dump_options one = {.target = ban, .n_targets = 1, .n_jobs = 1};

    (void)state;
    dumps_expect(
        SPAN("{\"text\":\"c'est absurde\"}\n\n{\"text\":\"\"}\n{\"text\":\"[deleted]\"}\n"
             "{\"text\":null}\n{}\n{\"text\":\"\xE9\"}\nnot json\n[1]\n{\"text\":\"a\"\n"),
        &one,
        "{\"text\":\"c'est absurde\",\"predicted\":{\"ban\":" P(
            "against") "},"
                       "\"stance_status\":\"ok\"}\n"
                       "{\"line\":2,\"predicted\":null,\"stance_status\":\"blank\"}\n"
                       "{\"text\":\"\",\"predicted\":null,\"stance_status\":\"blank\"}\n"
                       "{\"text\":\"[deleted]\",\"predicted\":null,\"stance_status\":\"deleted\"}\n"
                       "{\"text\":null,\"predicted\":null,\"stance_status\":\"no-text\"}\n"
                       "{\"predicted\":null,\"stance_status\":\"no-text\"}\n"
                       "{\"line\":7,\"predicted\":null,\"stance_status\":\"undecodable\"}\n"
                       "{\"line\":8,\"predicted\":null,\"stance_status\":\"unparsable\"}\n"
                       "{\"line\":9,\"predicted\":null,\"stance_status\":\"unparsable\"}\n"
                       "{\"line\":10,\"predicted\":null,\"stance_status\":\"unparsable\"}\n");
}

static void csv(void **state)
{
    (void)state;
    dumps_expect(SPAN("id,text\n7312345678901234567,c'est absurde\n"), NULL,
                 "id,text,ban,ban_p,spying,spying_p,stance_status\n"
                 "7312345678901234567,c'est absurde,against,0.9999,against,0.9999,ok\n");
    /* several lines in a field, CR LF, semicolons, a mark, the last line without its end */
    dumps_expect(SPAN("\xEF\xBB\xBFid;text\r\n1;\"c'est\r\n\"\"absurde\"\"\"\r\n2;c'est excellent"),
                 NULL,
                 "id;text;ban;ban_p;spying;spying_p;stance_status\r\n"
                 "1;\"c'est\r\n\"\"absurde\"\"\";against;0.9999;against;0.9999;ok\r\n"
                 "2;c'est excellent;favor;0.9999;favor;0.9999;ok\n");
    dumps_expect(SPAN("id\ttext\n1\tc'est absurde\n2\t\n"), NULL,
                 "id\ttext\tban\tban_p\tspying\tspying_p\tstance_status\n"
                 "1\tc'est absurde\tagainst\t0.9999\tagainst\t0.9999\tok\n"
                 "2\t\t\t\t\t\tblank\n");
    dumps_expect(SPAN("id,text\n1,a,b\n2\n\n3,\xE9\n4,[removed]\n"), NULL,
                 "id,text,ban,ban_p,spying,spying_p,stance_status\n"
                 ",,,,,,unparsable\n,,,,,,unparsable\n,,,,,,blank\n3,\xE9,,,,,undecodable\n"
                 "4,[removed],,,,,deleted\n");
}

static void other_forms(void **state)
{
    static const struct stance_dump_options
        csv_out = {.target = ban, .n_targets = 1, .output = STANCE_FORM_CSV},
        tsv_out = {.target = ban, .n_targets = 1, .output = STANCE_FORM_TSV},
        json_out = {.target = ban, .n_targets = 1, .output = STANCE_FORM_NDJSON};
    const struct span json = SPAN("{\"id\":\"1,\\t2\",\"thread\":\"t\",\"text\":\"c'est absurde\","
                                  "\"date\":\"2020\"}\n");

    (void)state;
    dumps_expect(json, &csv_out,
                 "id,thread,date,ban,ban_p,stance_status\n\"1,\t2\",t,2020,against,0.9999,ok\n");
    dumps_expect(
        json, &tsv_out,
        "id\tthread\tdate\tban\tban_p\tstance_status\n1,\\t2\tt\t2020\tagainst\t0.9999\tok\n");
    dumps_expect(
        SPAN("id,text\n\"a\"\"b\",c'est absurde\n,\n1\n"), &json_out,
        "{\"id\":\"a\\\"b\",\"thread\":null,\"date\":null,\"predicted\":{\"ban\":" P(
            "against") "},\"stance_status\":\"ok\"}\n"
                       "{\"id\":null,\"thread\":null,\"date\":null,\"predicted\":null,"
                       "\"stance_status\":\"blank\"}\n"
                       "{\"line\":4,\"predicted\":null,\"stance_status\":\"unparsable\"}\n");
}

static void columns(void **state)
{
    static const struct stance_dump_options probs = {.probs = true},
                                            flat = {.flat = true, .prefix = "x_"},
                                            prefix = {.prefix = "été "};

    (void)state;
    /* none was never seen for spying */
    dumps_expect(
        SPAN("text\nc'est absurde\n"), &probs,
        "text,ban,ban_p,ban_against,ban_favor,ban_none,spying,spying_p,spying_against,"
        "spying_favor,stance_status\n"
        "c'est absurde,against,0.9999,0.9999,0.9999,0.9999,against,0.9999,0.9999,0.9999,ok\n");
    dumps_expect(
        SPAN("{\"text\":\"c'est absurde\"}\n{\"text\":\"\"}"), &flat,
        "{\"text\":\"c'est absurde\",\"x_ban\":\"against\",\"x_ban_p\":0.9999,\"x_spying\":"
        "\"against\",\"x_spying_p\":0.9999,\"x_stance_status\":\"ok\"}\n"
        "{\"text\":\"\",\"x_ban\":null,\"x_ban_p\":null,\"x_spying\":null,\"x_spying_p\":null,"
        "\"x_stance_status\":\"blank\"}\n");
    dumps_expect(SPAN("text\n"), &prefix,
                 "text,été ban,été ban_p,été spying,été spying_p,été stance_status\n");
}

static void longform(void **state)
{
    static const struct stance_dump_options plain = {.longform = true},
                                            csv_out = {.longform = true, .output = STANCE_FORM_CSV};

    (void)state;
    dumps_expect(
        SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"text\":\"\"}\n"), &plain,
        "{\"id\":\"7\",\"target\":\"ban\",\"label\":\"against\",\"p\":0.9999,\"status\":\"ok\"}\n"
        "{\"id\":\"7\",\"target\":\"spying\",\"label\":\"against\",\"p\":0.9999,\"status\":"
        "\"ok\"}\n"
        "{\"id\":null,\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
        "{\"id\":null,\"target\":\"spying\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n");
    dumps_expect(SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"text\":\"\"}\n"), &csv_out,
                 "id,target,label,p,status\n7,ban,against,0.9999,ok\n7,spying,against,0.9999,ok\n"
                 ",ban,,,blank\n,spying,,,blank\n");
    dumps_expect(SPAN("id;text\n7;c'est absurde\n"), &plain,
                 "id;target;label;p;status\n7;ban;against;0.9999;ok\n7;spying;against;0.9999;ok\n");
}

/* spying never had none: its cell is empty, its member absent. */
static void long_probabilities(void **state)
{
    static const char *const spying[] = {"spying"};
    struct stance_dump_options o = {.longform = true, .probs = true};

    (void)state;
    dumps_expect(SPAN("id,text\n7,c'est absurde\n8,\n"), &o,
                 "id,target,label,p,p_against,p_favor,p_none,status\n"
                 "7,ban,against,0.9999,0.9999,0.9999,0.9999,ok\n"
                 "7,spying,against,0.9999,0.9999,0.9999,,ok\n"
                 "8,ban,,,,,,blank\n8,spying,,,,,,blank\n");
    dumps_expect(
        SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"id\":8,\"text\":\"\"}\n"), &o,
        "{\"id\":\"7\",\"target\":\"ban\",\"label\":\"against\",\"p\":0.9999,\"probs\":{"
        "\"against\":0.9999,\"favor\":0.9999,\"none\":0.9999},\"status\":\"ok\"}\n"
        "{\"id\":\"7\",\"target\":\"spying\",\"label\":\"against\",\"p\":0.9999,\"probs\":{"
        "\"against\":0.9999,\"favor\":0.9999},\"status\":\"ok\"}\n"
        "{\"id\":\"8\",\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
        "{\"id\":\"8\",\"target\":\"spying\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n");
    o.target = spying; /* a label that no target of the run had has no column */
    o.n_targets = 1;
    dumps_expect(SPAN("id\ttext\n7\tc'est absurde\n"), &o,
                 "id\ttarget\tlabel\tp\tp_against\tp_favor\tstatus\n"
                 "7\tspying\tagainst\t0.9999\t0.9999\t0.9999\tok\n");
    o.target = NULL;
    o.n_targets = 0;
    o.input.fields.target = "about"; /* which targets come is not known at the header */
    o.allow_unseen = true;
    dumps_expect(SPAN("id,text,about\n7,c'est absurde,spying\n8,c'est absurde,taxes\n"), &o,
                 "id,target,label,p,p_against,p_favor,p_none,status\n"
                 "7,spying,against,0.9999,0.9999,0.9999,,ok\n8,taxes,against,,,,,unseen-target\n");
}

static void own_target(void **state)
{
    struct stance_dump_options o = {.input = {.fields = {.target = "about"}}};

    (void)state;
    dumps_expect(
        SPAN("text,about\nc'est absurde,spying\nc'est absurde,\nc'est absurde,taxes\n"), &o,
        "text,about,stance,stance_p,stance_status\nc'est absurde,spying,against,0.9999,ok\n"
        "c'est absurde,,,,no-target\nc'est absurde,taxes,,,no-target\n");
    dumps_expect(
        SPAN("{\"text\":\"c'est absurde\",\"about\":\"ban\"}\n{\"text\":\"a\"}\n"), &o,
        "{\"text\":\"c'est absurde\",\"about\":\"ban\",\"predicted\":{\"ban\":" P(
            "against") "},"
                       "\"stance_status\":\"ok\"}\n"
                       "{\"text\":\"a\",\"predicted\":null,\"stance_status\":\"no-target\"}\n");
    o.allow_unseen = true;
    dumps_expect(SPAN("text,about\nc'est absurde,taxes\n"), &o,
                 "text,about,stance,stance_p,stance_status\nc'est absurde,taxes,against,,"
                 "unseen-target\n");
    o.longform = true;
    dumps_expect(
        SPAN("id,text,about\n1,c'est absurde,taxes\n2,c'est absurde,ban\n3,\"\",ban\n"), &o,
        "id,target,label,p,status\n1,taxes,against,,unseen-target\n2,ban,against,0.9999,ok\n"
        "3,ban,,,blank\n");
}

/* More targets than are remembered at once: those forgotten are made again. */
static void many_unseen_targets(void **state)
{
    struct stance_dump_options o = {
        .input = {.fields = {.target = "about"}}, .allow_unseen = true, .n_jobs = 1};
    struct buf in = {0}, out;
    struct stance_tally tally;
    struct stance_err err = {0};
    struct span text;

    (void)state;
    buf_add_str(&in, "text,about\n");
    for (int i = 0; i < 1400; i++)
        buf_addf(&in, "c'est absurde,sujet %d\n", i % 700);
    text = buf_span(&in);
    assert_int_equal(dumps_classify_all(&text, 1, &o, &out, &tally, &err), 0);
    assert_int_equal(tally.status[STANCE_STATUS_UNSEEN_TARGET], 1400);
    stance_tally_release(&tally);
    buf_release(&in);
    buf_release(&out);
}

static void unseen(void **state)
{
    static const char *const both[] = {"ban", "taxes"};
    struct stance_dump_options o = {.target = both, .n_targets = 2};
    struct stance_err err = {0};
    struct buf out;
    const struct span text = SPAN("text\nc'est absurde\n");

    (void)state;
    assert_int_equal(dumps_classify_all(&text, 1, &o, &out, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.message, "the model has no target 'taxes'; it has 'ban', 'spying'");
    assert_int_equal(out.len, 0);
    buf_release(&out);
    o.allow_unseen = true;
    dumps_expect(text, &o,
                 "text,ban,ban_p,taxes,taxes_p,stance_status\n"
                 "c'est absurde,against,0.9999,against,,unseen-target\n");
}

static void abstain(void **state)
{
    struct stance_dump_options o = {.target = ban, .n_targets = 1, .min_p = 0.999999};

    (void)state;
    dumps_expect(SPAN("text\nc'est absurde\n"), &o,
                 "text,ban,ban_p,stance_status\nc'est absurde,against,0.9999,abstain\n");
}

static void collisions(void **state)
{
    static const struct stance_dump_options usual = {.n_jobs = 2}, flat = {.flat = true},
                                            prefix = {.prefix = "my_"};

    (void)state;
    dumps_refused(SPAN("text,ban\na,b\n"), dumps_none, &usual, STANCE_USAGE, 1,
                  "there already is a column 'ban': give --prefix");
    dumps_refused(SPAN("text,stance_status\na,b\n"), dumps_none, &usual, STANCE_USAGE, 1,
                  "'stance_status'");
    dumps_refused(SPAN("{\"text\":\"a\"}\n{\"text\":\"a\",\"predicted\":1}\n"), dumps_none, &usual,
                  STANCE_USAGE, 2, "already has a member 'predicted': give --prefix");
    dumps_refused(SPAN("{\"text\":\"a\",\"spying_p\":1}\n"), dumps_none, &flat, STANCE_USAGE, 1,
                  "'spying_p'");
    dumps_refused(SPAN("{\"text\":\"a\",\"my_predicted\":1}\n"), dumps_none, &prefix, STANCE_USAGE,
                  1, "'my_predicted'");
    dumps_expect(SPAN("ban,text\na,\n"), &prefix,
                 "ban,text,my_ban,my_ban_p,my_spying,my_spying_p,my_stance_status\na,,,,,,blank\n");
}

/* Names that would stand twice in one record, or spoil its encoding. */
static void names_of_the_output(void **state)
{
    static const char *const ban_p[] = {"ban", "ban_p"}, *const twice[] = {"ban", "taxes", "ban"},
                             *const id[] = {"id"}, *const wild[] = {"\xFF"};
    static const struct stance_dump_options
        clash = {.target = ban_p, .n_targets = 2, .allow_unseen = true},
        clash_flat = {.target = ban_p, .n_targets = 2, .allow_unseen = true, .flat = true},
        repeated = {.target = twice, .n_targets = 3, .allow_unseen = true},
        kept = {.target = id, .n_targets = 1, .allow_unseen = true, .output = STANCE_FORM_TSV},
        no_text = {.target = wild, .n_targets = 1, .allow_unseen = true},
        prefix = {.prefix = "\xE9t\xE9"},
        apart = {.target = id,
                 .n_targets = 1,
                 .allow_unseen = true,
                 .output = STANCE_FORM_TSV,
                 .prefix = "my_"};

    (void)state;
    dumps_refused(SPAN("text\na\n"), dumps_none, &clash, STANCE_USAGE, 0,
                  "columns would be called 'ban_p'");
    dumps_refused(SPAN("{\"text\":\"a\"}\n"), dumps_none, &clash_flat, STANCE_USAGE, 0, "'ban_p'");
    dumps_refused(SPAN("{\"text\":\"a\"}\n"), dumps_none, &repeated, STANCE_USAGE, 0,
                  "target 'ban' is asked for twice");
    dumps_refused(SPAN("text\na\n"), dumps_none, &kept, STANCE_USAGE, 0,
                  "columns would be called 'id'");
    dumps_refused(SPAN("text\na\n"), dumps_none, &no_text, STANCE_USAGE, 0, "is not UTF-8");
    dumps_refused(SPAN("text\na\n"), dumps_none, &prefix, STANCE_USAGE, 0, "is not UTF-8");
    dumps_expect(SPAN("text\n\"\"\n"), &apart,
                 "id\tthread\tdate\tmy_id\tmy_id_p\tmy_stance_status\n\t\t\t\t\tblank\n");
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ndjson),
        cmocka_unit_test(statuses),
        cmocka_unit_test(csv),
        cmocka_unit_test(other_forms),
        cmocka_unit_test(columns),
        cmocka_unit_test(longform),
        cmocka_unit_test(long_probabilities),
        cmocka_unit_test(own_target),
        cmocka_unit_test(many_unseen_targets),
        cmocka_unit_test(unseen),
        cmocka_unit_test(abstain),
        cmocka_unit_test(collisions),
        cmocka_unit_test(names_of_the_output),
    };
    return cmocka_run_group_tests_name("dump", tests, dumps_make_model, dumps_drop_model);
}
