/* SPDX-License-Identifier: MIT */
/*
 * tokenize: a comment to tokens. The decisions are the rows of tests/data/tokens.tsv.
 *
 * Every token has two views: `text` is normalized (NFC, case-folded, accents kept: ou and
 * où differ), `plain` is the same without diacritics (and oe for œ, ae for æ). What cannot
 * be counted word by word becomes a stable token in capitals, which folded text can never
 * contain: URL, MENTION, NUMBER, SMILEY+, SMILEY-, SMILEY.
 *
 * No stop words are removed and nothing is stemmed: the learner decides what counts.
 */
#ifndef TEXT_TOKENIZE_H
#define TEXT_TOKENIZE_H

#include "text/normalize.h"

enum token_kind {
    TOKEN_WORD,    /* also the agreement markers +1 and -1, and each ideograph */
    TOKEN_NUMBER,  /* NUMBER */
    TOKEN_URL,     /* URL */
    TOKEN_MENTION, /* MENTION: @name, or an e-mail address */
    TOKEN_HASHTAG, /* #ecologie */
    TOKEN_EMOJI,   /* one whole sequence, no skin tone; a run of the same is one */
    TOKEN_SMILEY,  /* SMILEY+, SMILEY-, SMILEY, or a forum's code: :noel: */
    TOKEN_PUNCT    /* one mark, or a run made stable: !! ?? ?! … -- */
};

/* Neither span is empty; both are valid UTF-8 and hold at most 64 code points (of `text`).
 * They may share their bytes. */
struct token {
    enum token_kind kind;
    struct span text;
    struct span plain;
    bool quoted; /* between « », “ ” or " on one line, or on a line that begins with > */
};

/* {0} is a valid empty one. One per thread; reuse it from comment to comment: nothing is
 * allocated once its buffers have grown to the longest comment. */
struct tokens {
    struct token *token;
    size_t n, cap;
    struct buf running;  /* the running text: folded, accent-free, as written otherwise, one
                            space for any white space and at both ends; at least " " */
    struct buf bytes;    /* behind the spans */
    struct normalizer z; /* the folded text */
};

/* Tokenizes any bytes; valid UTF-8 is expected and a byte that is not is read as U+FFFD.
 * The tokens stay good until the next call with the same `out`. Linear in the length. */
void tokenize(struct tokens *out, struct span text);

/* The same of a piece of a text (text/pretoken.h): line_start says whether it begins a line, the
 * result whether what follows it does, because it ends in a line end or has no token. */
bool tokenize_pretoken(struct tokens *out, struct span text, bool line_start);

void tokens_release(struct tokens *t); /* may be NULL; t is {0} again */

/* "word", "number", … : the name of a kind, for tables and debugging. */
const char *token_kind_name(enum token_kind kind);

#endif
