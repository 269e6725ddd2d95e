/* SPDX-License-Identifier: MIT */
/* dump: what comes out of stance_classify_files() for what goes in. */
#include "small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

static struct stance_model *model; /* targets ban and spying */

static int make_model(void **state)
{
    struct corpus c;

    (void)state;
    tiny_corpus(&c);
    model = public_model(tiny_model(&c));
    corpus_release(&c);
    return 0;
}

static int drop_model(void **state)
{
    (void)state;
    stance_model_free(model);
    return 0;
}

/* The files' records classified; on failure *out is what was written before it. */
static int classify_all(const struct span *text, size_t n, const struct stance_dump_options *o,
                        struct buf *out, struct stance_tally *tally, struct stance_err *err)
{
    struct stance_sink sink;
    char *path[8];
    int status;

    *out = (struct buf){0};
    sink = gather(out);
    for (size_t i = 0; i < n; i++)
        path[i] = temp_file(text[i]);
    status = stance_classify_files(model, o, (const char *const *)path, n, &sink, tally, NULL, err);
    for (size_t i = 0; i < n; i++)
        remove_temp(path[i]);
    buf_str(out);
    return status;
}

static struct buf classify(struct span text, const struct stance_dump_options *o)
{
    struct stance_err err = {0};
    struct buf out;

    if (classify_all(&text, 1, o, &out, NULL, &err) < 0)
        fail_msg("%.*s: %s", (int)text.len, text.p, err.message);
    return out;
}

/* Digits of probabilities as "0.9999", so that what is expected can be written down. */
static void mask(struct buf *b)
{
    for (size_t i = 0; i + 5 < b->len; i++)
        if (memcmp(b->p + i, "0.", 2) == 0 && b->p[i + 2] >= '0' && b->p[i + 2] <= '9')
            memcpy(b->p + i + 2, "9999", 4);
}

static void expect(struct span text, const struct stance_dump_options *o, const char *expected)
{
    struct stance_dump_options usual = {.n_jobs = 2};
    struct buf out = classify(text, o != NULL ? o : &usual);

    mask(&out);
    assert_string_equal(buf_str(&out), expected);
    buf_release(&out);
}

static const char *const ban[] = {"ban"};

#define P(label)   "{\"label\":\"" label "\",\"p\":0.9999}"
#define BOTH(a, b) "\"predicted\":{\"ban\":" P(a) ",\"spying\":" P(b) "},\"stance_status\":\"ok\"}"

static void ndjson(void **state)
{
    (void)state;
    expect(SPAN("{\"id\":1,\"text\":\"c'est absurde\"}\n"), NULL,
           "{\"id\":1,\"text\":\"c'est absurde\"," BOTH("against", "against") "\n");
    /* bytes pass through: spaces, escapes, 19 digits, CR LF, no line end at all */
    expect(SPAN(" {\"id\": 7312345678901234567 , \"text\":\"c'est \\u0061bsurde\"  } \r\n"
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
    expect(
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
    expect(SPAN("id,text\n7312345678901234567,c'est absurde\n"), NULL,
           "id,text,ban,ban_p,spying,spying_p,stance_status\n"
           "7312345678901234567,c'est absurde,against,0.9999,against,0.9999,ok\n");
    /* several lines in a field, CR LF, semicolons, a mark, the last line without its end */
    expect(SPAN("\xEF\xBB\xBFid;text\r\n1;\"c'est\r\n\"\"absurde\"\"\"\r\n2;c'est excellent"), NULL,
           "id;text;ban;ban_p;spying;spying_p;stance_status\r\n"
           "1;\"c'est\r\n\"\"absurde\"\"\";against;0.9999;against;0.9999;ok\r\n"
           "2;c'est excellent;favor;0.9999;favor;0.9999;ok\n");
    expect(SPAN("id\ttext\n1\tc'est absurde\n2\t\n"), NULL,
           "id\ttext\tban\tban_p\tspying\tspying_p\tstance_status\n"
           "1\tc'est absurde\tagainst\t0.9999\tagainst\t0.9999\tok\n"
           "2\t\t\t\t\t\tblank\n");
    expect(SPAN("id,text\n1,a,b\n2\n\n3,\xE9\n4,[removed]\n"), NULL,
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
    expect(json, &csv_out,
           "id,thread,date,ban,ban_p,stance_status\n\"1,\t2\",t,2020,against,0.9999,ok\n");
    expect(json, &tsv_out,
           "id\tthread\tdate\tban\tban_p\tstance_status\n1,\\t2\tt\t2020\tagainst\t0.9999\tok\n");
    expect(SPAN("id,text\n\"a\"\"b\",c'est absurde\n,\n1\n"), &json_out,
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
    expect(SPAN("text\nc'est absurde\n"), &probs,
           "text,ban,ban_p,ban_against,ban_favor,ban_none,spying,spying_p,spying_against,"
           "spying_favor,stance_status\n"
           "c'est absurde,against,0.9999,0.9999,0.9999,0.9999,against,0.9999,0.9999,0.9999,ok\n");
    expect(SPAN("{\"text\":\"c'est absurde\"}\n{\"text\":\"\"}"), &flat,
           "{\"text\":\"c'est absurde\",\"x_ban\":\"against\",\"x_ban_p\":0.9999,\"x_spying\":"
           "\"against\",\"x_spying_p\":0.9999,\"x_stance_status\":\"ok\"}\n"
           "{\"text\":\"\",\"x_ban\":null,\"x_ban_p\":null,\"x_spying\":null,\"x_spying_p\":null,"
           "\"x_stance_status\":\"blank\"}\n");
    expect(SPAN("text\n"), &prefix,
           "text,été ban,été ban_p,été spying,été spying_p,été stance_status\n");
}

static void longform(void **state)
{
    static const struct stance_dump_options plain = {.longform = true},
                                            csv_out = {.longform = true, .output = STANCE_FORM_CSV};

    (void)state;
    expect(
        SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"text\":\"\"}\n"), &plain,
        "{\"id\":\"7\",\"target\":\"ban\",\"label\":\"against\",\"p\":0.9999,\"status\":\"ok\"}\n"
        "{\"id\":\"7\",\"target\":\"spying\",\"label\":\"against\",\"p\":0.9999,\"status\":"
        "\"ok\"}\n"
        "{\"id\":null,\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
        "{\"id\":null,\"target\":\"spying\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n");
    expect(SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"text\":\"\"}\n"), &csv_out,
           "id,target,label,p,status\n7,ban,against,0.9999,ok\n7,spying,against,0.9999,ok\n"
           ",ban,,,blank\n,spying,,,blank\n");
    expect(SPAN("id;text\n7;c'est absurde\n"), &plain,
           "id;target;label;p;status\n7;ban;against;0.9999;ok\n7;spying;against;0.9999;ok\n");
}

/* spying never had none: its cell is empty, its member absent. */
static void long_probabilities(void **state)
{
    static const char *const spying[] = {"spying"};
    struct stance_dump_options o = {.longform = true, .probs = true};

    (void)state;
    expect(SPAN("id,text\n7,c'est absurde\n8,\n"), &o,
           "id,target,label,p,p_against,p_favor,p_none,status\n"
           "7,ban,against,0.9999,0.9999,0.9999,0.9999,ok\n"
           "7,spying,against,0.9999,0.9999,0.9999,,ok\n"
           "8,ban,,,,,,blank\n8,spying,,,,,,blank\n");
    expect(SPAN("{\"id\":7,\"text\":\"c'est absurde\"}\n{\"id\":8,\"text\":\"\"}\n"), &o,
           "{\"id\":\"7\",\"target\":\"ban\",\"label\":\"against\",\"p\":0.9999,\"probs\":{"
           "\"against\":0.9999,\"favor\":0.9999,\"none\":0.9999},\"status\":\"ok\"}\n"
           "{\"id\":\"7\",\"target\":\"spying\",\"label\":\"against\",\"p\":0.9999,\"probs\":{"
           "\"against\":0.9999,\"favor\":0.9999},\"status\":\"ok\"}\n"
           "{\"id\":\"8\",\"target\":\"ban\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n"
           "{\"id\":\"8\",\"target\":\"spying\",\"label\":null,\"p\":null,\"status\":\"blank\"}\n");
    o.target = spying; /* a label that no target of the run had has no column */
    o.n_targets = 1;
    expect(SPAN("id\ttext\n7\tc'est absurde\n"), &o,
           "id\ttarget\tlabel\tp\tp_against\tp_favor\tstatus\n"
           "7\tspying\tagainst\t0.9999\t0.9999\t0.9999\tok\n");
    o.target = NULL;
    o.n_targets = 0;
    o.input.fields.target = "about"; /* which targets come is not known at the header */
    o.allow_unseen = true;
    expect(SPAN("id,text,about\n7,c'est absurde,spying\n8,c'est absurde,taxes\n"), &o,
           "id,target,label,p,p_against,p_favor,p_none,status\n"
           "7,spying,against,0.9999,0.9999,0.9999,,ok\n8,taxes,against,,,,,unseen-target\n");
}

static void own_target(void **state)
{
    struct stance_dump_options o = {.input = {.fields = {.target = "about"}}};

    (void)state;
    expect(SPAN("text,about\nc'est absurde,spying\nc'est absurde,\nc'est absurde,taxes\n"), &o,
           "text,about,stance,stance_p,stance_status\nc'est absurde,spying,against,0.9999,ok\n"
           "c'est absurde,,,,no-target\nc'est absurde,taxes,,,no-target\n");
    expect(SPAN("{\"text\":\"c'est absurde\",\"about\":\"ban\"}\n{\"text\":\"a\"}\n"), &o,
           "{\"text\":\"c'est absurde\",\"about\":\"ban\",\"predicted\":{\"ban\":" P(
               "against") "},"
                          "\"stance_status\":\"ok\"}\n"
                          "{\"text\":\"a\",\"predicted\":null,\"stance_status\":\"no-target\"}\n");
    o.allow_unseen = true;
    expect(SPAN("text,about\nc'est absurde,taxes\n"), &o,
           "text,about,stance,stance_p,stance_status\nc'est absurde,taxes,against,,"
           "unseen-target\n");
    o.longform = true;
    expect(SPAN("id,text,about\n1,c'est absurde,taxes\n2,c'est absurde,ban\n3,\"\",ban\n"), &o,
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
    assert_int_equal(classify_all(&text, 1, &o, &out, &tally, &err), 0);
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
    assert_int_equal(classify_all(&text, 1, &o, &out, NULL, &err), -1);
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.message, "the model has no target 'taxes'; it has 'ban', 'spying'");
    assert_int_equal(out.len, 0);
    buf_release(&out);
    o.allow_unseen = true;
    expect(text, &o,
           "text,ban,ban_p,taxes,taxes_p,stance_status\n"
           "c'est absurde,against,0.9999,against,,unseen-target\n");
}

static void abstain(void **state)
{
    struct stance_dump_options o = {.target = ban, .n_targets = 1, .min_p = 0.999999};

    (void)state;
    expect(SPAN("text\nc'est absurde\n"), &o,
           "text,ban,ban_p,stance_status\nc'est absurde,against,0.9999,abstain\n");
}

static void refused(struct span a, struct span b, const struct stance_dump_options *o,
                    enum stance_code code, uint64_t line, const char *message)
{
    const struct span text[] = {a, b};
    struct stance_err err = {0};
    struct buf out;

    assert_int_equal(classify_all(text, b.p != NULL ? 2 : 1, o, &out, NULL, &err), -1);
    if (err.code != code || err.line != line || strstr(err.message, message) == NULL)
        fail_msg("code %d, line %d: %s", (int)err.code, (int)err.line, err.message);
    buf_release(&out);
}

static const struct span nothing = {NULL, 0};

static void collisions(void **state)
{
    static const struct stance_dump_options usual = {.n_jobs = 2}, flat = {.flat = true},
                                            prefix = {.prefix = "my_"};

    (void)state;
    refused(SPAN("text,ban\na,b\n"), nothing, &usual, STANCE_USAGE, 1,
            "there already is a column 'ban': give --prefix");
    refused(SPAN("text,stance_status\na,b\n"), nothing, &usual, STANCE_USAGE, 1, "'stance_status'");
    refused(SPAN("{\"text\":\"a\"}\n{\"text\":\"a\",\"predicted\":1}\n"), nothing, &usual,
            STANCE_USAGE, 2, "already has a member 'predicted': give --prefix");
    refused(SPAN("{\"text\":\"a\",\"spying_p\":1}\n"), nothing, &flat, STANCE_USAGE, 1,
            "'spying_p'");
    refused(SPAN("{\"text\":\"a\",\"my_predicted\":1}\n"), nothing, &prefix, STANCE_USAGE, 1,
            "'my_predicted'");
    expect(SPAN("ban,text\na,\n"), &prefix,
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
    refused(SPAN("text\na\n"), nothing, &clash, STANCE_USAGE, 0, "columns would be called 'ban_p'");
    refused(SPAN("{\"text\":\"a\"}\n"), nothing, &clash_flat, STANCE_USAGE, 0, "'ban_p'");
    refused(SPAN("{\"text\":\"a\"}\n"), nothing, &repeated, STANCE_USAGE, 0,
            "target 'ban' is asked for twice");
    refused(SPAN("text\na\n"), nothing, &kept, STANCE_USAGE, 0, "columns would be called 'id'");
    refused(SPAN("text\na\n"), nothing, &no_text, STANCE_USAGE, 0, "is not UTF-8");
    refused(SPAN("text\na\n"), nothing, &prefix, STANCE_USAGE, 0, "is not UTF-8");
    expect(SPAN("text\n\"\"\n"), &apart,
           "id\tthread\tdate\tmy_id\tmy_id_p\tmy_stance_status\n\t\t\t\t\tblank\n");
}

static void strict(void **state)
{
    static const struct stance_dump_options o = {.strict = true};
    const struct span bad = SPAN("{\"text\":\"a\"}\n{\"text\":\"\"}\n{\"text\":}\n{}\n"),
                      good = SPAN("{\"text\":\"a\"}\n{\"text\":\"\"}\n{\"text\":\"[deleted]\"}\n");
    struct stance_tally tally;
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(classify_all(&bad, 1, &o, &out, &tally, &err), -1);
    assert_int_equal(err.code, STANCE_DATA);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 9);
    assert_non_null(strstr(err.message, "(the first of 2 such records)"));
    assert_int_equal(tally.records, 4); /* the run went on to its end */
    assert_int_equal(tally.status[STANCE_STATUS_NO_TEXT], 1);
    stance_tally_release(&tally);
    buf_release(&out);
    assert_int_equal(classify_all(&good, 1, &o, &out, NULL, &err), 0);
    buf_release(&out);
}

static void tally(void **state)
{
    const struct span text[] = {SPAN("text\nc'est absurde\nc'est absurde\nc'est excellent\n\n"),
                                SPAN("text\n\"c'est absurde\"\n")};
    static const struct stance_dump_options o = {.min_p = 0.9999999};
    struct stance_tally t;
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(classify_all(text, 2, &o, &out, &t, &err), 0);
    assert_int_equal(t.records, 5);
    assert_int_equal(t.status[STANCE_STATUS_ABSTAIN], 4);
    assert_int_equal(t.status[STANCE_STATUS_BLANK], 1);
    assert_int_equal(t.n_targets, 2);
    assert_string_equal(t.target[1], "spying");
    assert_string_equal(t.label[1], "favor");
    assert_int_equal(t.label_count[0], 3); /* abstentions included */
    assert_int_equal(t.label_count[1], 1);
    stance_tally_release(&t);
    stance_tally_release(NULL);
    buf_release(&out);
}

static void several_files(void **state)
{
    static const struct stance_dump_options usual = {.n_jobs = 2},
                                            csv_out = {.output = STANCE_FORM_CSV,
                                                       .target = ban,
                                                       .n_targets = 1};
    const struct span a = SPAN("id,text\n1,\n"), b = SPAN("id,text\n2,"),
                      other = SPAN("id,texte\n2,b\n"), semi = SPAN("id;text\n2;b\n"),
                      json = SPAN("{\"id\":3,\"text\":\"\"}\n"), none = SPAN("");
    const struct span alike[] = {none, a, none, b, a}, mixed[] = {a, json, semi};
    struct stance_err err = {0};
    struct buf out;

    (void)state;
    assert_int_equal(classify_all(alike, 5, &usual, &out, NULL, &err), 0);
    assert_string_equal(out.p, "id,text,ban,ban_p,spying,spying_p,stance_status\n1,,,,,,blank\n"
                               "2,,,,,,blank\n1,,,,,,blank\n");
    buf_release(&out);
    assert_int_equal(classify_all(mixed, 2, &csv_out, &out, NULL, &err), 0);
    assert_string_equal(out.p, "id,thread,date,ban,ban_p,stance_status\n1,,,,,blank\n"
                               "3,,,,,blank\n");
    buf_release(&out);
    refused(a, other, &usual, STANCE_USAGE, 1, "other columns than the first input");
    refused(a, json, &usual, STANCE_USAGE, 0, "need --output");
    refused(a, semi, &usual, STANCE_USAGE, 0, "need --output");
}

static void empty_input(void **state)
{
    (void)state;
    expect(SPAN(""), NULL, "");
    expect(SPAN("\xEF\xBB\xBF"), NULL, "");
    expect(SPAN("id,text\n"), NULL, "id,text,ban,ban_p,spying,spying_p,stance_status\n");
    expect(SPAN("id,text"), NULL, "id,text,ban,ban_p,spying,spying_p,stance_status\n");
}

static void page(void **state)
{
    struct buf in = slurp(test_path("data/page.txt"));
    struct buf out = classify(buf_span(&in), &(struct stance_dump_options){.n_jobs = 1});
    const char *p = out.p;
    size_t n = 0;

    (void)state;
    for (; *p != '\0'; p = strchr(p, '\n') + 1, n++) {
        json_t *j = json_loadb(p, strcspn(p, "\n"), 0, NULL);
        assert_non_null(j);
        assert_non_null(json_object_get(j, "index"));
        assert_non_null(json_object_get(j, "stance_status"));
        json_decref(j);
    }
    assert_true(n > 1);
    buf_release(&in);
    buf_release(&out);
}

static void overlong(void **state)
{
    struct stance_dump_options o = {.input = {.max_record = 1024}, .target = ban, .n_targets = 1};
    struct buf in = {0};

    (void)state;
    buf_add_str(&in, "{\"text\":\"c'est absurde\"}\n{\"text\":\"");
    for (int i = 0; i < 1500; i++)
        buf_add_char(&in, 'a');
    buf_add_str(&in, "\"}\n{\"text\":\"c'est absurde\"}\n");
    expect(buf_span(&in), &o,
           "{\"text\":\"c'est absurde\",\"predicted\":{\"ban\":" P(
               "against") "},"
                          "\"stance_status\":\"ok\"}\n"
                          "{\"line\":2,\"predicted\":null,\"stance_status\":\"over-long\"}\n"
                          "{\"text\":\"c'est absurde\",\"predicted\":{\"ban\":" P(
                              "against") "},"
                                         "\"stance_status\":\"ok\"}\n");
    o.strict = true;
    refused(buf_span(&in), nothing, &o, STANCE_DATA, 2, "over-long: longer than a record may be");
    buf_release(&in);
}

/* Thousands of records of every kind: one out per one in, in order, whatever the jobs. */
static void order_and_jobs(void **state)
{
    static const unsigned jobs[] = {2, 5, 0};
    enum { N = 5000 };
    struct stance_dump_options o = {.n_jobs = 1, .probs = true};
    struct buf in = {0}, one, other;
    const char *p;

    (void)state;
    for (int i = 0; i < N; i++)
        if (i % 7 == 3)
            buf_addf(&in, "broken %d\n", i);
        else
            buf_addf(&in, "{\"id\":%d,\"text\":\"%s, c'est %s %d\"}\n", i, i % 2 ? "bof" : "non",
                     i % 3 ? "absurde" : "excellent", i);
    one = classify(buf_span(&in), &o);
    p = one.p;
    for (int i = 0; i < N; i++) {
        json_t *j = json_loadb(p, strcspn(p, "\n"), 0, NULL);
        if (i % 7 == 3)
            assert_int_equal(json_integer_value(json_object_get(j, "line")), i + 1);
        else
            assert_int_equal(json_integer_value(json_object_get(j, "id")), i);
        json_decref(j);
        p = strchr(p, '\n') + 1;
    }
    assert_true(*p == '\0');
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        o.n_jobs = jobs[k];
        other = classify(buf_span(&in), &o);
        assert_int_equal(one.len, other.len);
        assert_memory_equal(one.p, other.p, one.len);
        buf_release(&other);
    }
    buf_release(&one);
    buf_release(&in);
}

static int full_disk(void *arg, const char *p, size_t len, struct stance_err *err)
{
    size_t *left = arg;

    (void)p;
    if (len <= *left) {
        *left -= len;
        return 0;
    }
    return err_set(err, STANCE_SYSTEM, "disk full");
}

static void sink_that_fails(void **state)
{
    struct buf in = {0};
    char *path;

    (void)state;
    buf_add_str(&in, "text\n");
    for (int i = 0; i < 4000; i++)
        buf_add_str(&in, "c'est absurde\n");
    path = temp_file(buf_span(&in));
    for (size_t room = 0; room < 100000; room = 4 * room + 10) {
        const char *const paths[] = {path};
        struct stance_dump_options o = {.n_jobs = 3};
        size_t left = room;
        struct stance_sink sink = {&left, full_disk};
        struct stance_err err = {0};
        assert_int_equal(stance_classify_files(model, &o, paths, 1, &sink, NULL, NULL, &err), -1);
        assert_int_equal(err.code, STANCE_SYSTEM);
        assert_string_equal(err.message, "disk full");
    }
    remove_temp(path);
    buf_release(&in);
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
        cmocka_unit_test(strict),
        cmocka_unit_test(tally),
        cmocka_unit_test(several_files),
        cmocka_unit_test(empty_input),
        cmocka_unit_test(page),
        cmocka_unit_test(overlong),
        cmocka_unit_test(order_and_jobs),
        cmocka_unit_test(sink_that_fails),
    };
    return cmocka_run_group_tests_name("dump", tests, make_model, drop_model);
}
