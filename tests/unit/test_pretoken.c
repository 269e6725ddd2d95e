/* SPDX-License-Identifier: MIT */
/*
 * pretoken: how a text is cut, as tables; and, for those and for random texts, that what the pieces
 * hold is what the whole holds. plainword: which pieces are one plain word, and as what.
 */
#include "mixed.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/pretoken.h"
#include "text/plainword.h"

/* "within[...]first[...]": each piece between brackets, and before it whether it begins a line. */
static void write_pieces(struct buf *out, struct span text)
{
    static const char mark[] = {
        [PRETOKEN_WITHIN] = 'w', [PRETOKEN_FIRST] = 'f', [PRETOKEN_CARRIED] = 'c'};
    struct pretokens p = {0};

    pretokens_of(&p, text);
    for (size_t i = 0; i < p.n; i++) {
        assert_int_not_equal(p.piece[i].len, 0);
        assert_true(p.piece[i].from <= text.len && p.piece[i].len <= text.len - p.piece[i].from);
        buf_add_char(out, mark[p.piece[i].line]);
        buf_add_char(out, '[');
        buf_add(out, text.p + p.piece[i].from, p.piece[i].len);
        buf_add_char(out, ']');
    }
    pretokens_release(&p);
}

/* Appends a part's tokens to those met before. */
static size_t meet(const struct tokens *whole, size_t met, const struct tokens *part)
{
    for (size_t i = 0; i < part->n; i++, met++) {
        assert_true(met < whole->n);
        assert_int_equal(part->token[i].kind, whole->token[met].kind);
        assert_true(span_eq(part->token[i].text, whole->token[met].text));
        assert_true(span_eq(part->token[i].plain, whole->token[met].plain));
    }
    return met;
}

/* What plainword_read() takes, it takes as the tokenizer does. Returns whether it did. */
static bool same_plainword(struct span piece, const struct tokens *t)
{
    struct plainword w;

    if (!plainword_read(&w, piece))
        return false;
    assert_int_equal(w.n, t->n);
    for (size_t i = 0; i < w.n; i++)
        assert_true(span_eq(w.token[i], t->token[i].text));
    assert_true(span_eq(w.running, buf_span(&t->running)));
    return true;
}

/* Tokens and running text of the pieces are those of the whole. Each piece is read from a block of
 * its own. */
static void same_tokens(struct span text)
{
    struct tokens whole = {0}, part = {0};
    struct pretokens p = {0};
    struct buf running = {0};
    size_t met = 0;
    bool first = false;

    tokenize(&whole, text);
    pretokens_of(&p, text);
    for (size_t i = 0; i < p.n; i++) {
        const struct pretoken *t = &p.piece[i];
        struct span piece = {text.p + t->from, t->len};
        char *copy = exact(piece);
        piece.p = copy;
        if (t->line != PRETOKEN_CARRIED)
            first = t->line == PRETOKEN_FIRST;
        first = tokenize_pretoken(&part, piece, first);
        met = meet(&whole, met, &part);
        if (same_plainword(piece, &part))
            assert_false(first);
        buf_add(&running, part.running.p, part.running.len - 1);
        free(copy);
    }
    buf_add_char(&running, ' ');
    assert_int_equal(met, whole.n);
    assert_true(span_eq(buf_span(&running), buf_span(&whole.running)));
    tokens_release(&whole);
    tokens_release(&part);
    pretokens_release(&p);
    buf_release(&running);
}

static void expect_cut(struct span text, const char *expected)
{
    char *copy = exact(text);
    struct buf got = {0};

    write_pieces(&got, (struct span){copy, text.len});
    assert_string_equal(buf_str(&got), expected);
    same_tokens((struct span){copy, text.len});
    buf_release(&got);
    free(copy);
}

static void cuts(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {" ", ""},
        {" \n\t\r\v\f\x7F\x01 ", ""},
        {"a", "w[a]"},
        {" a", "w[a]"},
        {"a ", "w[a]"},
        {"je suis,  pour !", "w[je]w[suis,]w[pour]w[!]"},
        {"a\tb\nc\rd\ve\ff", "w[a]w[b]w[c]w[d]w[e]w[f]"},
        {"a\x01"
         "b\x1F"
         "c\x7F"
         "d",
         "w[a]w[b]w[c]w[d]"},
        /* numbers, and what may be one */
        {"1 500", "w[1 500]"},
        {"1  500", "w[1  500]"},
        {"1 500 000 fois", "w[1 500 000]w[fois]"},
        {"1 a 2", "w[1]w[a]w[2]"},
        {"1\n500", "w[1]w[500]"},
        {"1 \n 500", "w[1]w[500]"},
        {"1\t500", "w[1\t500]"},
        {"1\v500", "w[1]w[500]"},
        {"+1 %", "w[+1 %]"},
        {"10 $", "w[10 $]"},
        {"10 \xE2\x82\xAC", "w[10 \xE2\x82\xAC]"},
        {"10 !", "w[10]w[!]"},
        {"10 \xC3\xA9t\xC3\xA9", "w[10]w[\xC3\xA9t\xC3\xA9]"},
        {"\xC3\xA9 10", "w[\xC3\xA9]w[10]"},
        {"\xD9\xA3 10", "f[\xD9\xA3 10]"},
        /* the residue of a picture, and quotes of lines */
        {"\" />", "w[\" />]"},
        {"a\" />b", "w[a\" />b]"},
        {"\"\n/>", "w[\"]w[/>]"},
        {"\" a", "w[\"]w[a]"},
        {"a />", "w[a]w[/>]"},
        {"> > a", "f[> >]w[a]"},
        {"> >\n> a", "f[> >]f[>]w[a]"},
        {"a > b", "w[a]c[>]w[b]"},
        {"a\n> b", "w[a]f[>]w[b]"},
        {"a\r> b", "w[a]f[>]w[b]"},
        {">a", "f[>a]"},
        {" > a", "f[>]w[a]"},
        {"\n> a", "f[>]w[a]"},
        /* an entity may be anything */
        {"&gt; &gt; a", "f[&gt; &gt;]w[a]"},
        {"a &gt; b", "w[a]c[&gt;]w[b]"},
        {"1&#48; 500", "w[1&#48; 500]"},
        {"1 &#48;", "w[1 &#48;]"},
        {"a;\n1", "w[a;]w[1]"},
        {"; 1", "w[; 1]"},
        {"a&nbsp;b", "w[a&nbsp;b]"},
        /* what vanishes, what combines, and what is no UTF-8 */
        {"1 \xE2\x80\x8B 500", "w[1 \xE2\x80\x8B 500]"},
        {"a \xE2\x80\x8B> b", "w[a]c[\xE2\x80\x8B>]w[b]"},
        {"\xE2\x80\x8B a", "f[\xE2\x80\x8B]w[a]"},
        {"1 \xC2\xAD"
         "5",
         "w[1 \xC2\xAD"
         "5]"},
        {"a \xCC\x81"
         "b",
         "w[a]c[\xCC\x81"
         "b]"},
        {"\xFF 1", "f[\xFF 1]"},
        {"a\xC3 b", "w[a\xC3]w[b]"},
        {"a\xC2\xA0"
         "b c",
         "w[a\xC2\xA0"
         "b]w[c]"},
        /* settled: letters with accents, « », dashes and dots, pictures */
        {"\xC2\xAB 1 \xC2\xBB", "w[\xC2\xAB]w[1]w[\xC2\xBB]"},
        {"1 \xE2\x80\xA6", "w[1]w[\xE2\x80\xA6]"},
        {"1 \xE2\x80\x94 2", "w[1]w[\xE2\x80\x94]w[2]"},
        {"1 \xF0\x9F\x98\x80 2", "w[1]w[\xF0\x9F\x98\x80]w[2]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_cut(span_of(cases[i].text), cases[i].expected);
    expect_cut(SPAN("a\0b\0\0c"), "w[a]w[b]w[c]");
    expect_cut(SPAN("\0"), "");
    expect_cut(SPAN("1\0"
                    "500"),
               "w[1\0"
               "500]");
}

/* Blanks are found 64 bytes at a time: pieces that begin, end and lie across at each border. */
static void borders(void **state)
{
    struct buf text = {0}, want = {0};

    (void)state;
    for (size_t before = 0; before <= 130; before++)
        for (size_t len = 0; len <= 200; len += len < 3 ? 1 : 31) {
            buf_reset(&text);
            buf_reset(&want);
            buf_add_str(&want, before != 0 ? "w[" : "");
            for (size_t i = 0; i < before; i++) {
                buf_add_char(&text, 'a');
                buf_add_char(&want, 'a');
            }
            buf_add_str(&want, before != 0 ? "]" : "");
            buf_add_char(&text, ' ');
            buf_add_str(&want, len != 0 ? "w[" : "");
            for (size_t i = 0; i < len; i++) {
                buf_add_char(&text, 'b');
                buf_add_char(&want, 'b');
            }
            buf_add_str(&want, len != 0 ? "]" : "");
            expect_cut(buf_span(&text), buf_str(&want));
        }
    buf_release(&text);
    buf_release(&want);
}

/* A blank at every byte value's place in a block, told from what is none: all byte values. */
static void bytes(void **state)
{
    struct pretokens p = {0};
    char text[130];

    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t at = 1; at < 129; at++) {
            bool blank = c <= ' ' || c == 0x7F;
            memset(text, 'a', sizeof text);
            text[at] = (char)c;
            pretokens_of(&p, (struct span){text, sizeof text});
            assert_int_equal(p.n, blank ? 2 : 1);
            assert_int_equal(p.piece[0].len, blank ? at : sizeof text);
        }
    pretokens_release(&p);
}

static void random_texts(void **state)
{
    struct rng rng = {7};
    struct buf b = {0};

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char *copy;
        buf_reset(&b);
        mixed_text(&b, &rng, rng_below(&rng, i % 8 == 0 ? 100 : 12));
        copy = exact((struct span){b.p, b.len});
        same_tokens((struct span){copy, b.len});
        free(copy);
    }
    buf_release(&b);
}

/* ---- plain words ---- */

/* tokens: each with a bar before it; NULL where it is left to the tokenizer. */
static const struct {
    const char *text, *tokens, *running;
} plain[] = {
    {"avion", "|avion", " avion "},
    {"AVION", "|avion", " avion "},
    {"l'avion,", "|l'|avion|,", " l'avion, "},
    {"L'Avion", "|l'|avion", " l'avion "},
    {"d'accord.", "|d'|accord|.", " d'accord. "},
    {"\xC3\xA9t\xC3\xA9!", "|\xC3\xA9t\xC3\xA9|!", " ete! "},
    {"\xC3\x89T\xC3\x89", "|\xC3\xA9t\xC3\xA9", " ete "},
    {"l'\xC3\x8Ele", "|l'|\xC3\xAEle", " l'ile "},
    {"b\xC3\x80?", "|b\xC3\xA0|?", " ba? "},
    {"\xC3\xA7"
     "a)",
     "|\xC3\xA7"
     "a|)",
     " ca) "},
    {"y\xC3\xBF"
     "b",
     "|y\xC3\xBF"
     "b",
     " yyb "},
    {"nn", "|nn", " nn "},
    {"abcdefghijklmnopqrstuvwyzabcdefg", "|abcdefghijklmnopqrstuvwyzabcdefg",
     " abcdefghijklmnopqrstuvwyzabcdefg "},
    /* spelled in another way, or maybe a face */
    {"mdr", NULL, NULL},
    {"MDRRR", NULL, NULL},
    {"ptdr", NULL, NULL},
    {"lol", NULL, NULL},
    {"ooo", NULL, NULL},
    {"xd", NULL, NULL},
    {"XD", NULL, NULL},
    {"haha", NULL, NULL},
    {"h\xC3\xA9h\xC3\xA9", NULL, NULL},
    {"aaa", NULL, NULL},
    {"merrrci", NULL, NULL},
    {"cr\xC3\xA9\xC3\xA9\xC3\xA9", NULL, NULL},
    /* letters that are more than one, or of elsewhere */
    {"c\xC5\x93ur", NULL, NULL},
    {"stra\xC3\x9F"
     "e",
     NULL, NULL},
    {"\xC3\xA6quo", NULL, NULL},
    {"\xC3\xB8re", NULL, NULL},
    {"e\xCC\x81t\xC3\xA9", NULL, NULL},
    {"\xD0\xBC\xD0\xB8\xD1\x80", NULL, NULL},
    /* anything else */
    {"", NULL, NULL},
    {",", NULL, NULL},
    {"12", NULL, NULL},
    {"avion2", NULL, NULL},
    {"vend-il", NULL, NULL},
    {"avion,,", NULL, NULL},
    {"avion!?", NULL, NULL},
    {"avion:", NULL, NULL},
    {"(avion", NULL, NULL},
    {"@avion", NULL, NULL},
    {"#avion", NULL, NULL},
    {"avion'", NULL, NULL},
    {"qu'avion", NULL, NULL},
    {"l'", NULL, NULL},
    {"l'l'avion", NULL, NULL},
    {"l'a,", NULL, NULL},
    {"l\xE2\x80\x99"
     "avion",
     NULL, NULL},
    {"\xC3", NULL, NULL},
    {"avion\xC3", NULL, NULL},
    {"avion\xFF", NULL, NULL},
    {"\xC3n", NULL, NULL},
    {"abcdefghijklmnopqrstuvwyzabcdefgh", NULL, NULL},
};

static void plainwords(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        struct span s = span_of(plain[i].text);
        char *copy = exact(s);
        struct plainword w;
        struct tokens t = {0};
        struct buf got = {0};
        bool taken = plainword_read(&w, (struct span){copy, s.len});

        if (taken != (plain[i].tokens != NULL))
            fail_msg("%s: %s", plain[i].text, taken ? "taken" : "not taken");
        for (size_t k = 0; taken && k < w.n; k++) {
            buf_add_char(&got, '|');
            buf_add_span(&got, w.token[k]);
        }
        if (taken) {
            assert_string_equal(buf_str(&got), plain[i].tokens);
            assert_true(span_eq(w.running, span_of(plain[i].running)));
            assert_false(tokenize_pretoken(&t, s, true));
            assert_true(same_plainword(s, &t));
        }
        buf_release(&got);
        tokens_release(&t);
        free(copy);
    }
}

/* All words of up to four of these, alone and behind an elision. */
static void all_short_words(void **state)
{
    static const char *const piece[] = {
        "a", "e", "o", "h", "l",  "m", "d",        "r",        "p",        "t",        "x", "X",
        "D", "z", "'", "-", "l'", ",", "\xC3\xA9", "\xC3\x87", "\xC3\xBF", "\xC3\x9F", "1"};
    enum { N = sizeof piece / sizeof *piece };
    struct tokens t = {0};
    size_t n_taken = 0;

    (void)state;
    for (unsigned i = 0; i < N * N * N * N; i++) {
        char word[16];
        struct span s = {word, 0};
        s.len =
            (size_t)snprintf(word, sizeof word, "%s%s%s%s", piece[i % N], piece[i / N % N],
                             piece[i / N / N % N], i / N / N / N == 0 ? "" : piece[i / N / N / N]);
        tokenize_pretoken(&t, s, i % 2 == 0);
        n_taken += same_plainword(s, &t);
    }
    assert_true(n_taken > 10000);
    tokens_release(&t);
}

/* ---- how long a running text gets ---- */

static size_t n_characters(struct span s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* A text has at most as many running characters as it has bytes, besides the blank at either end,
 * and no more tokens: what QUICK_MOST_TEXT promises. */
static void expect_short(struct tokens *t, struct span text)
{
    tokenize(t, text);
    if (n_characters(buf_span(&t->running)) > text.len + 2 || t->n > text.len)
        fail_msg("%zu bytes, %zu characters, %zu tokens: %.*s", text.len,
                 n_characters(buf_span(&t->running)), t->n, (int)text.len, text.p);
}

static void no_longer_than_its_bytes(void **state)
{
    static const char *const around[][2] = {
        {"", ""}, {"a", ""}, {"", "a"}, {"1", "1"}, {"\"", " "}};
    struct tokens t = {0};
    struct buf b = {0};
    struct rng rng = {9};

    (void)state;
    for (unsigned c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        for (size_t i = 0; i < (c < 0x30000 ? sizeof around / sizeof *around : 1u); i++) {
            buf_reset(&b);
            buf_add_str(&b, around[i][0]);
            buf_add_utf8(&b, c);
            buf_add_str(&b, around[i][1]);
            expect_short(&t, buf_span(&b));
        }
    }
    for (int i = 0; i < 3000; i++) {
        buf_reset(&b);
        mixed_text(&b, &rng, rng_below(&rng, 60));
        expect_short(&t, (struct span){b.p, b.len});
    }
    for (int i = 0; i < 3000; i++) {
        char noise[64];
        for (size_t k = 0; k < sizeof noise; k++)
            noise[k] = (char)rng_u64(&rng);
        expect_short(&t, (struct span){noise, sizeof noise});
    }
    tokens_release(&t);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts),
        cmocka_unit_test(borders),
        cmocka_unit_test(bytes),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(plainwords),
        cmocka_unit_test(all_short_words),
        cmocka_unit_test(no_longer_than_its_bytes),
    };
    return cmocka_run_group_tests_name("pretoken", tests, NULL, NULL);
}
