/* SPDX-License-Identifier: MIT */
/* prompt: one line with its end always in sight; erasing takes a whole code point. */
#include "tui/inner.h"

#include <string.h>

enum { LONGEST = 2000 };

static void erase_last(struct buf *text)
{
    while (text->len > 0 && ((unsigned char)text->p[text->len - 1] & 0xC0) == 0x80)
        text->len--;
    text->len -= text->len > 0;
}

/* The end of the text that fits beside the question. */
static void draw(struct tui *t, const char *question, const struct buf *text)
{
    int rows, columns, width;
    struct paint_line line;
    struct span rest = text->p != NULL ? buf_span(text) : SPAN("");
    struct buf shown = {0};

    paint_all(t);
    screen_size(&rows, &columns);
    line = paint_begin(rows - 1, t);
    paint_add(&line, LOOK_BOLD, " ");
    paint_add(&line, LOOK_BOLD, question);
    while (rest.len > 0 && cells_width(rest, t->set.ascii) > line.columns - line.at - 1) {
        size_t n = cells_next(rest, t->set.ascii, NULL, &width);
        rest = (struct span){rest.p + n, rest.len - n};
    }
    buf_add(&shown, rest.p, rest.len);
    paint_add(&line, LOOK_PLAIN, buf_str(&shown));
    rows = line.at;
    paint_to(&line, LOOK_PLAIN, " ", line.columns);
    screen_show(line.row, rows);
    buf_release(&shown);
}

bool prompt_line(struct tui *t, const char *question, struct buf *text)
{
    for (;;) {
        int key;
        draw(t, question, text);
        while ((key = screen_key()) == PRESS_NONE)
            ;
        if (key == PRESS_DONE)
            return true;
        if (key == PRESS_CANCEL || key == PRESS_QUIT)
            return false;
        if (key == PRESS_ERASE)
            erase_last(text);
        else if (key == 0x15) /* Ctrl-U */
            buf_reset(text);
        else if (key >= 0x20 && key < PRESS_NONE && key != 0x7F && text->len < LONGEST &&
                 !(key >= 0xD800 && key < 0xE000) && key < 0x110000)
            buf_add_utf8(text, (unsigned)key);
    }
}
