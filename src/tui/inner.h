/* SPDX-License-Identifier: MIT */
/* inner: what the files of this room share. */
#ifndef TUI_INNER_H
#define TUI_INNER_H

#include "tui/cells.h"
#include "tui/pace.h"
#include "tui/screen.h"
#include "tui/tui.h"
#include "tui/words.h"

enum { LEAST_ROWS = 12, LEAST_COLUMNS = 40 };

struct tui {
    struct stance_labelling *l;
    struct tui_settings set;
    const struct stance_labelled_target *target;
    size_t n_targets;
    const struct stance_labelled_row *row; /* NULL: no rows */
    size_t focus;                          /* target */
    bool codes;                            /* its sub-codes are asked for */
    bool whole;                            /* all of the context */
    size_t scroll;                         /* lines above the first shown */
    size_t page_lines;                     /* lines there is room for, as last drawn */
    struct buf message;
    bool warning, quit;
    struct pace pace;
    struct cells_page page;
};

static inline const char *tui_word(const struct tui *t, enum word w)
{
    return word(w, t->set.english);
}

static inline const char *tui_name(const struct tui *t, const struct stance_choice *c)
{
    return t->set.english ? c->en : c->fr;
}

/* Sub-codes that go with the label of the target at hand, into code[]; 0 where none is asked. At
 * most ten: they are digits. */
size_t tui_codes(const struct tui *t, size_t target, size_t *code);

/* paint.c: all of the screen. A window that is too small gets a line that says so. */
void paint_all(struct tui *t);
bool paint_is_small(void);

/* One line of mixed looks: begin, add, end. */
struct paint_line {
    int row, at, columns;
    bool ascii;
};
struct paint_line paint_begin(int row, const struct tui *t);
void paint_add(struct paint_line *line, enum screen_look look, const char *text);

/* The same text again and again, up to a column or the end of the row. */
void paint_to(struct paint_line *line, enum screen_look look, const char *text, int column);

/* prompt.c: asks for a line on the last row; text is what stands there at first, and the answer.
 * False where it was given up. */
bool prompt_line(struct tui *t, const char *question, struct buf *text);

/* pager.c */
void pager_show(struct tui *t, struct span text);
void pager_guide(struct tui *t);

#endif
