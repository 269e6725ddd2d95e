/* SPDX-License-Identifier: MIT */
/*
 * fuzz_pretoken: the tokens and the running text of the pretokens, one after another, are those of
 * the whole text. An input whose first byte is odd spells a text out of fragments, one a byte: what
 * reaches across a blank is made of a few of them, which bytes alone would seldom hit on.
 */
#include "fuzz.h"

#include "fragments.h"
#include "text/plainword.h"
#include "text/pretoken.h"

static struct buf text, running;

static struct span spell(const uint8_t *data, size_t size)
{
    if (size == 0 || data[0] % 2 == 0)
        return fuzz_span(data, size);
    buf_reset(&text);
    for (size_t i = 1; i < size; i++)
        buf_add_str(&text, fragments[data[i] % N_FRAGMENTS]);
    return text.len != 0 ? buf_span(&text) : (struct span){"", 0};
}

/* Returns how many of the whole's tokens have been met. */
static size_t meet(const struct tokens *whole, size_t met, const struct tokens *part)
{
    for (size_t i = 0; i < part->n; i++, met++) {
        MUST(met < whole->n);
        MUST(part->token[i].kind == whole->token[met].kind);
        MUST(span_eq(part->token[i].text, whole->token[met].text));
        MUST(span_eq(part->token[i].plain, whole->token[met].plain));
    }
    buf_add(&running, part->running.p, part->running.len - 1); /* the blank is the next one's too */
    return met;
}

/* What plainword_read() takes, it takes as the tokenizer does. */
static void check_plainword(struct span pretoken, const struct tokens *t, bool line_start)
{
    struct plainword w;

    if (!plainword_read(&w, pretoken))
        return;
    MUST(!line_start && w.n == t->n);
    for (size_t i = 0; i < w.n; i++)
        MUST(span_eq(w.token[i], t->token[i].text));
    MUST(span_eq(w.running, buf_span(&t->running)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tokens whole, part;
    static struct pretokens p;
    struct span input = spell(data, size);
    size_t met = 0, end = 0;
    bool line_start = false;

    tokenize(&whole, input);
    buf_reset(&running);
    pretokens_of(&p, input);
    for (size_t i = 0; i < p.n; i++) {
        const struct pretoken *t = &p.piece[i];
        MUST(t->len != 0);
        for (; end < t->from; end++)
            MUST((unsigned char)input.p[end] <= ' ' || input.p[end] == 0x7F);
        end += t->len;
        line_start =
            tokenize_pretoken(&part, (struct span){input.p + t->from, t->len},
                              t->line == PRETOKEN_CARRIED ? line_start : t->line == PRETOKEN_FIRST);
        check_plainword((struct span){input.p + t->from, t->len}, &part, line_start);
        met = meet(&whole, met, &part);
    }
    MUST(met == whole.n);
    buf_add_char(&running, ' ');
    MUST(span_eq(buf_span(&running), buf_span(&whole.running)));
    return 0;
}
