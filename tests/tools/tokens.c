/* SPDX-License-Identifier: MIT */
/*
 * tokens: what the library makes of texts, for eval/trials. Standard input holds texts, each
 * after its length in bytes and a line feed; for each the running text is written, and after a
 * tab every token: a digit for its kind (enum token_kind), 1 where it is quoted or 0, its text.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/tokenize.h"

static void print_tokens(const struct tokens *t)
{
    fwrite(t->running.p, 1, t->running.len, stdout);
    for (size_t i = 0; i < t->n; i++) {
        printf("\t%d%d", (int)t->token[i].kind, t->token[i].quoted);
        fwrite(t->token[i].text.p, 1, t->token[i].text.len, stdout);
    }
    putchar('\n');
}

int main(void)
{
    struct tokens t = {0};
    struct buf text = {0};
    size_t n;

    while (scanf("%zu", &n) == 1 && getchar() == '\n') {
        buf_reset(&text);
        buf_room(&text, n);
        if (fread(text.p, 1, n, stdin) != n)
            return EXIT_FAILURE;
        tokenize(&t, (struct span){text.p, n});
        print_tokens(&t);
    }
    buf_release(&text);
    tokens_release(&t);
    return feof(stdin) ? EXIT_SUCCESS : EXIT_FAILURE;
}
