/* SPDX-License-Identifier: MIT */
/*
 * screen: ncurses, and signals that ask for an end: they only set a flag, because the journal has
 * everything already and the terminal must be given back as it was.
 */
#include "tui/screen.h"

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

enum { WAIT = 250 /* ms */, ESCAPE_WAIT = 30 };

static SCREEN *screen;
static bool colours;
static volatile sig_atomic_t ended;
static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
static struct sigaction before[sizeof ending / sizeof *ending];

static void on_end(int number)
{
    (void)number;
    ended = 1;
}

static void catch_end(void)
{
    struct sigaction action = {.sa_handler = on_end};

    sigemptyset(&action.sa_mask);
    ended = 0;
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        sigaction(ending[i], &action, &before[i]);
}

static void release_end(void)
{
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        sigaction(ending[i], &before[i], NULL);
}

/* A locale that says nothing ("C") is taken for UTF-8, as nearly all terminals are; one that names
 * another encoding is believed. */
static bool find_locale(bool *doubt)
{
    const char *set;

    *doubt = false;
    if (setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    *doubt = true;
    set = setlocale(LC_CTYPE, NULL);
    if (set != NULL && strcmp(set, "C") != 0 && strcmp(set, "POSIX") != 0)
        return false;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void find_colours(void)
{
    const char *no = getenv("NO_COLOR");

    colours = (no == NULL || no[0] == '\0') && has_colors() && start_color() == OK &&
              use_default_colors() == OK;
    if (!colours)
        return;
    init_pair(1, COLOR_GREEN, -1);
    init_pair(2, COLOR_RED, -1);
}

int screen_open(bool *utf8, bool *doubt, struct stance_err *err)
{
    const char *term = getenv("TERM");

    *utf8 = find_locale(doubt);
    if (term == NULL || term[0] == '\0' || strcmp(term, "dumb") == 0 ||
        (screen = newterm(NULL, stdout, stdin)) == NULL) {
        setlocale(LC_CTYPE, "C");
        return err_set(err, STANCE_SYSTEM,
                       "the terminal '%s' has no screen to label on: set TERM to what it is, or "
                       "give commands by --commands",
                       term != NULL ? term : "");
    }
    set_escdelay(ESCAPE_WAIT);
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    timeout(WAIT);
    find_colours();
    catch_end();
    return 0;
}

void screen_close(void)
{
    if (screen == NULL)
        return;
    endwin();
    delscreen(screen);
    screen = NULL;
    release_end();
    setlocale(LC_CTYPE, "C");
}

void screen_size(int *rows, int *columns)
{
    getmaxyx(stdscr, *rows, *columns);
}

void screen_clear(void)
{
    attrset(A_NORMAL);
    erase();
}

static void set_look(enum screen_look look)
{
    static const attr_t plain[] = {A_NORMAL, A_DIM, A_BOLD, A_REVERSE, A_BOLD, A_BOLD};
    attr_t attr = plain[look];

    if (colours && look == LOOK_CHOSEN)
        attr |= COLOR_PAIR(1);
    if (colours && look == LOOK_WARNING)
        attr |= COLOR_PAIR(2);
    attrset((int)attr);
}

void screen_put(int row, int column, enum screen_look look, const char *text, size_t len)
{
    set_look(look);
    mvaddnstr(row, column, text, (int)len);
}

void screen_fill(int row, enum screen_look look)
{
    int rows, columns, at;

    screen_size(&rows, &columns);
    set_look(look);
    at = getcury(stdscr) == row ? getcurx(stdscr) : columns;
    if (at < columns)
        mvhline(row, at, ' ' | (look == LOOK_BAR ? A_REVERSE : A_NORMAL), columns - at);
}

void screen_show(int row, int column)
{
    curs_set(row >= 0);
    if (row >= 0)
        move(row, column);
    refresh();
}

void screen_redraw(void)
{
    clearok(stdscr, TRUE);
}

static int named_key(wint_t key)
{
    switch (key) {
    case KEY_RESIZE:
        return PRESS_SIZE;
    case KEY_UP:
        return PRESS_UPWARD;
    case KEY_DOWN:
        return PRESS_DOWNWARD;
    case KEY_LEFT:
        return PRESS_LEFTWARD;
    case KEY_RIGHT:
        return PRESS_RIGHTWARD;
    case KEY_PPAGE:
        return PRESS_PAGE_UP;
    case KEY_NPAGE:
        return PRESS_PAGE_DOWN;
    case KEY_HOME:
        return PRESS_TOP;
    case KEY_END:
        return PRESS_BOTTOM;
    case KEY_BACKSPACE:
    case KEY_DC:
        return PRESS_ERASE;
    case KEY_ENTER:
        return PRESS_DONE;
    case KEY_BTAB:
        return PRESS_BACK_TAB;
    default:
        return PRESS_OTHER;
    }
}

int screen_key(void)
{
    wint_t key = 0;
    int got = ended ? ERR : get_wch(&key);

    if (ended)
        return PRESS_QUIT;
    if (got == KEY_CODE_YES)
        return named_key(key);
    if (got == ERR) /* a terminal that is gone would answer so at once, for ever */
        return isatty(STDIN_FILENO) ? PRESS_NONE : PRESS_QUIT;
    switch (key) {
    case '\r':
    case '\n':
        return PRESS_DONE;
    case '\t':
        return PRESS_TAB;
    case 0x1B:
        return PRESS_CANCEL;
    case 8:
    case 0x7F:
        return PRESS_ERASE;
    default:
        return (int)key;
    }
}
