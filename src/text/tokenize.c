/* SPDX-License-Identifier: MIT */
/*
 * tokenize: see tokenize.h. One pass over the folded code points; at each position the kind
 * of the first code point says which scanner is asked, in a fixed order, and the first that
 * finds something makes the token.
 *
 * Invariants: every turn of the loop moves forward, and no scanner looks far beyond what it
 * takes. The bytes of all tokens lie in one growing buffer in order, text before plain, so
 * while it grows a span holds only its length (plain: 0 where it is the text itself) and
 * place() turns lengths into pointers at the end.
 */
#include "text/tokenize.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/scan.h"
#include "text/smiley.h"
#include "text/word.h"

enum quote { QUOTE_NONE, QUOTE_ANGLE, QUOTE_DOUBLE };

struct pass {
    struct tokens *out;
    const struct chars *s;
    enum quote quote;
    bool line_start, line_quoted;
};

void tokens_release(struct tokens *t)
{
    if (t == NULL)
        return;
    free(t->token);
    buf_release(&t->bytes);
    buf_release(&t->running);
    normalizer_release(&t->z);
    *t = (struct tokens){0};
}

const char *token_kind_name(enum token_kind kind)
{
    static const char *const names[] = {"word",    "number", "url",    "mention",
                                        "hashtag", "emoji",  "smiley", "punct"};
    return names[kind];
}

/* ---- output ---- */

static struct token *push(struct pass *p, enum token_kind kind)
{
    struct tokens *t = p->out;
    struct token *k;

    if (t->n == t->cap)
        MEM_GROW(t->token, t->cap, t->n + 1);
    k = &t->token[t->n++];
    *k = (struct token){.kind = kind, .quoted = p->quote != QUOTE_NONE || p->line_quoted};
    p->line_start = false;
    return k;
}

static void push_name(struct pass *p, enum token_kind kind, const char *name)
{
    struct token *k = push(p, kind);
    k->text.len = strlen(name);
    buf_add_str(&p->out->bytes, name);
}

static void push_chars(struct pass *p, enum token_kind kind, const int32_t *c, size_t n)
{
    struct buf *b = &p->out->bytes;
    struct token *k = push(p, kind);
    size_t from = b->len, mid;

    n = n < WORD_MOST ? n : WORD_MOST;
    buf_room(b, 4 * n);
    for (size_t i = 0; i < n; i++)
        if (c[i] < 0x80)
            b->p[b->len++] = (char)c[i];
        else
            buf_add_utf8(b, (unsigned)c[i]);
    mid = b->len;
    k->text.len = mid - from;
    if (k->text.len == n) /* ASCII */
        return;
    plain_add(b, c, n);
    k->plain.len = b->len - mid;
    if (span_eq((struct span){b->p + from, mid - from}, (struct span){b->p + mid, b->len - mid})) {
        b->len = mid;
        k->plain.len = 0;
    }
}

static void place(struct tokens *t)
{
    const char *q = t->bytes.p;

    for (size_t i = 0; i < t->n; i++) {
        struct token *k = &t->token[i];
        k->text.p = q;
        q += k->text.len;
        if (k->plain.len == 0) {
            k->plain = k->text;
        } else {
            k->plain.p = q;
            q += k->plain.len;
        }
    }
}

/* ---- words ---- */

static void push_word(struct pass *p, const int32_t *c, size_t n)
{
    int32_t stable[WORD_MOST];
    const char *smiley = smiley_word(c, n);
    size_t len;

    if (smiley != NULL) {
        push_name(p, TOKEN_SMILEY, smiley);
        return;
    }
    len = word_stable(c, n, stable);
    push_chars(p, TOKEN_WORD, stable, len);
}

/* l''avion has two apostrophes, its token l' one. */
static size_t push_elided(struct pass *p, size_t i, size_t end)
{
    size_t n = end - i;
    if (n > 2 && p->s->c[end - 2] == '\'')
        n--;
    push_word(p, p->s->c + i, n);
    return end;
}

static size_t take_word(struct pass *p, size_t i)
{
    size_t at[WORD_CLITICS], verb, end = word_scan(p->s, i), n;

    if (p->s->c[end - 1] == '\'')
        return push_elided(p, i, end);
    n = word_clitics(p->s, i, end, at, &verb);
    if (verb > i)
        push_word(p, p->s->c + i, verb - i);
    for (size_t k = 0; k < n; k++)
        push_word(p, p->s->c + at[k], (k + 1 < n ? at[k + 1] : end) - at[k]);
    /* "va-t'en": the word stops for the elision after its hyphen, which is no mark */
    return end + (char_at(p->s, end) == '-' && char_is_word(char_at(p->s, end + 1)));
}

/* ---- punctuation ---- */

static size_t skip_any(const struct chars *s, size_t i, int32_t a, int32_t b)
{
    while (char_at(s, i) == a || char_at(s, i) == b)
        i++;
    return i;
}

/* A run of ! and ?: one of each kind twice at most, mixed ones are all "?!". */
static size_t take_exclamation(struct pass *p, size_t i)
{
    size_t end = skip_any(p->s, i, '!', '?');
    size_t same = skip_any(p->s, i, p->s->c[i], p->s->c[i]);

    if (same != end)
        push_name(p, TOKEN_PUNCT, "?!");
    else
        push_chars(p, TOKEN_PUNCT, p->s->c + i, end - i < 2 ? end - i : 2);
    return end;
}

static size_t take_dots(struct pass *p, size_t i)
{
    size_t end = skip_any(p->s, i, '.', 0x2026);
    bool one = end == i + 1 && p->s->c[i] == '.';

    push_name(p, TOKEN_PUNCT, one ? "." : "\xE2\x80\xA6");
    return end;
}

/* The mark itself is never quoted. */
static void push_mark(struct pass *p, int32_t c, enum quote after)
{
    p->quote = QUOTE_NONE;
    push_chars(p, TOKEN_PUNCT, &c, 1);
    p->quote = after;
}

static size_t take_angle_quote(struct pass *p, size_t i)
{
    int32_t c = p->s->c[i];

    if (p->quote == QUOTE_DOUBLE)
        push_chars(p, TOKEN_PUNCT, &c, 1);
    else
        push_mark(p, c, c == 0xAB ? QUOTE_ANGLE : QUOTE_NONE);
    return i + 1;
}

/* “ ” „ " and '' are one mark: people mix them, and a keyboard has only one. */
static size_t take_double_quote(struct pass *p, size_t i, size_t len)
{
    int32_t c = '"';

    if (p->quote == QUOTE_ANGLE)
        push_chars(p, TOKEN_PUNCT, &c, 1);
    else
        push_mark(p, c, p->quote == QUOTE_NONE ? QUOTE_DOUBLE : QUOTE_NONE);
    return i + len;
}

/* The > that begins a line quotes the rest of it. */
static size_t take_quote_line(struct pass *p, size_t i)
{
    size_t end = skip_any(p->s, i, '>', ' ');

    push_name(p, TOKEN_PUNCT, ">");
    p->line_quoted = true;
    return end;
}

static size_t take_mark(struct pass *p, size_t i)
{
    int32_t c = p->s->c[i];
    size_t end;

    if (c == '!' || c == '?')
        return take_exclamation(p, i);
    if (c == '.' || c == 0x2026)
        return take_dots(p, i);
    if (c == 0xAB || c == 0xBB)
        return take_angle_quote(p, i);
    if (c == '"' || (c >= 0x201C && c <= 0x201F))
        return take_double_quote(p, i, 1);
    if (c == '\'' && char_at(p->s, i + 1) == '\'')
        return take_double_quote(p, i, 2);
    if (c == '>' && p->line_start)
        return take_quote_line(p, i);
    end = skip_any(p->s, i, c, c);
    push_chars(p, TOKEN_PUNCT, p->s->c + i, end - i < 2 ? end - i : 2);
    return end;
}

/* ---- the pass ---- */

static size_t take_letter(struct pass *p, size_t i)
{
    size_t end;

    if (!scan_may_be_address(p->s, i))
        return take_word(p, i);
    if ((end = scan_url(p->s, i)) != i) {
        push_name(p, TOKEN_URL, "URL");
        return end;
    }
    if ((end = scan_email(p->s, i)) != i) {
        push_name(p, TOKEN_MENTION, "MENTION");
        return end;
    }
    return take_word(p, i);
}

static size_t take_emoji(struct pass *p, size_t i)
{
    size_t end = scan_emoji(p->s, i), len = end - i;

    push_chars(p, TOKEN_EMOJI, p->s->c + i, len);
    while (scan_emoji(p->s, end) == end + len &&
           memcmp(p->s->c + i, p->s->c + end, len * sizeof *p->s->c) == 0)
        end += len;
    return end;
}

static size_t take_digit(struct pass *p, size_t i)
{
    size_t end;

    if (char_at(p->s, i + 1) == 0x20E3)
        return take_emoji(p, i);
    if ((end = scan_number(p->s, i)) == i)
        return take_letter(p, i);
    if (char_at(p->s, end) == '.' && scan_url(p->s, i) > end)
        return take_letter(p, i);
    push_name(p, TOKEN_NUMBER, "NUMBER");
    return end;
}

static size_t take_other(struct pass *p, size_t i)
{
    int32_t c = p->s->c[i];
    const char *name = NULL;
    size_t end;

    if ((end = smiley_code(p->s, i)) != i) {
        push_chars(p, TOKEN_SMILEY, p->s->c + i, end - i);
    } else if ((end = smiley_scan(p->s, i, &name)) != i) {
        push_name(p, TOKEN_SMILEY, name);
    } else if (c == '@' && (end = scan_mention(p->s, i)) != i) {
        push_name(p, TOKEN_MENTION, "MENTION");
    } else if (c == '#' && (end = scan_hashtag(p->s, i)) != i) {
        push_chars(p, TOKEN_HASHTAG, p->s->c + i, end - i);
    } else if ((c == '+' || c == '-') && (end = scan_agreement(p->s, i)) != i) {
        push_name(p, TOKEN_WORD, c == '+' ? "+1" : "-1");
    } else if ((c == '#' || c == '*') && scan_emoji(p->s, i) != i) {
        end = take_emoji(p, i);
    } else {
        end = take_mark(p, i);
    }
    return end;
}

static size_t take_newline(struct pass *p, size_t i)
{
    p->quote = QUOTE_NONE;
    p->line_quoted = false;
    p->line_start = true;
    return i + 1;
}

static size_t take(struct pass *p, size_t i)
{
    switch (char_kind(p->s->c[i])) {
    case CHAR_NEWLINE:
        return take_newline(p, i);
    case CHAR_SPACE:
    case CHAR_MARK: /* a mark with nothing to stand on */
        return i + 1;
    case CHAR_LETTER:
        return take_letter(p, i);
    case CHAR_DIGIT:
        return take_digit(p, i);
    case CHAR_IDEOGRAPH:
        push_chars(p, TOKEN_WORD, p->s->c + i, 1);
        return i + 1;
    case CHAR_EMOJI:
    case CHAR_FLAG:
        return take_emoji(p, i);
    case CHAR_OTHER:
        break;
    }
    return take_other(p, i);
}

static bool is_white(int32_t c)
{
    enum char_kind kind = char_kind(c);
    return kind == CHAR_SPACE || kind == CHAR_NEWLINE;
}

/* What lies between white space goes over whole, so that plain_add sees marks with the
 * letters that they stand on. */
static void add_running(struct buf *out, const struct chars *s)
{
    size_t i = 0;

    buf_add_char(out, ' ');
    while (i < s->n) {
        size_t from = i, before = out->len;
        while (i < s->n && !is_white(s->c[i]))
            i++;
        plain_add(out, s->c + from, i - from);
        if (out->len > before)
            buf_add_char(out, ' ');
        while (i < s->n && is_white(s->c[i]))
            i++;
    }
}

bool tokenize_pretoken(struct tokens *out, struct span text, bool line_start)
{
    struct pass p = {.out = out, .s = &out->z.out, .line_start = line_start};

    out->n = 0;
    buf_reset(&out->bytes);
    buf_reset(&out->running);
    normalize(&out->z, text, true);
    add_running(&out->running, p.s);
    for (size_t i = 0; i < p.s->n;)
        i = take(&p, i);
    place(out);
    return p.line_start;
}

void tokenize(struct tokens *out, struct span text)
{
    tokenize_pretoken(out, text, true);
}
