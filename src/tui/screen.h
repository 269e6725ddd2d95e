/* SPDX-License-Identifier: MIT */
/*
 * screen: the terminal. The one file that knows ncurses and sets a locale (LC_CTYPE alone, which
 * is "C" again when the screen is closed). Text is UTF-8 that has been through cells.h.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include <stance.h>

enum screen_look {
    LOOK_PLAIN,
    LOOK_DIM,
    LOOK_BOLD,
    LOOK_BAR,    /* a line across */
    LOOK_CHOSEN, /* a label that was given */
    LOOK_WARNING
};

/* Keys beside characters, beyond all of these. */
enum screen_key {
    PRESS_NONE = 0x200000, /* nothing for a while */
    PRESS_QUIT,            /* asked to end: a signal, the terminal gone */
    PRESS_SIZE,            /* the size has changed */
    PRESS_UPWARD,
    PRESS_DOWNWARD,
    PRESS_LEFTWARD,
    PRESS_RIGHTWARD,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_TOP,
    PRESS_BOTTOM,
    PRESS_ERASE,
    PRESS_DONE,   /* Enter */
    PRESS_CANCEL, /* Escape */
    PRESS_TAB,
    PRESS_BACK_TAB,
    PRESS_OTHER
};

/* STANCE_SYSTEM where the terminal cannot move its cursor, or is none. *utf8: letters beyond ASCII
 * can be shown; *doubt: the locale did not say so. */
int screen_open(bool *utf8, bool *doubt, struct stance_err *err);
void screen_close(void);

void screen_size(int *rows, int *columns);
void screen_clear(void);
void screen_put(int row, int column, enum screen_look look, const char *text, size_t len);
void screen_fill(int row, enum screen_look look); /* the rest of a row in one look */
void screen_show(int row, int column);            /* row below 0: no cursor */
void screen_redraw(void);                         /* all of it anew, whatever others wrote there */

int screen_key(void); /* a code point or an enum screen_key */

#endif
