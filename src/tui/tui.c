/* SPDX-License-Identifier: MIT */
/*
 * tui: keys to commands. A key either changes what the labelling holds, and then "saved" is said
 * after the library has said so, or what is looked at.
 */
#include "tui/tui.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "tui/inner.h"
#include "tui/keys.h"

/* ---- what is said below ---- */

static void say(struct tui *t, const char *text)
{
    buf_reset(&t->message);
    buf_add_str(&t->message, text);
    t->warning = false;
}

static void warn(struct tui *t, const char *text)
{
    say(t, text);
    t->warning = true;
}

/* True where a change was made; else its reason is shown. */
static bool done(struct tui *t, int status, const struct stance_err *err, enum word w)
{
    if (status < 0)
        warn(t, err->message);
    else
        say(t, tui_word(t, w));
    return status >= 0;
}

/* ---- places ---- */

size_t tui_codes(const struct tui *t, size_t target, size_t *code)
{
    const struct stance_labelled_target *x = &t->target[target];
    size_t n = 0;

    for (size_t c = 0; c < x->n_codes && n < 9; c++)
        if (stance_code_fits(x, c, t->row->label[target]))
            code[n++] = c;
    return n;
}

/* The next target from `from` that waits for a label; from itself where none does. */
static size_t waiting(const struct tui *t, size_t from)
{
    for (size_t i = 0; i < t->n_targets; i++) {
        size_t at = (from + i) % t->n_targets;
        if (t->row->asked[at] && t->row->label[at] == STANCE_NOTHING)
            return at;
    }
    return from < t->n_targets ? from : t->n_targets - 1;
}

/* After a change of place. */
static void arrive(struct tui *t)
{
    t->row = stance_labelling_row(t->l);
    t->scroll = 0;
    t->codes = false;
    t->whole = false;
    t->focus = t->row != NULL ? waiting(t, 0) : 0;
}

static void go(struct tui *t, size_t at, enum word otherwise)
{
    if (stance_labelling_go(t->l, at))
        arrive(t);
    else
        say(t, tui_word(t, otherwise));
}

static void go_on(struct tui *t)
{
    go(t, stance_labelling_next_open(t->l), WORD_ALL_DONE);
}

static void go_to_number(struct tui *t)
{
    struct buf text = {0};
    uint64_t number;

    if (prompt_line(t, tui_word(t, WORD_GOTO), &text) && text.len != 0) {
        size_t at = stance_labelling_find(t->l, buf_str(&text));
        if (at == STANCE_NOTHING && num_u64(buf_span(&text), &number) && number > 0)
            at = (size_t)number - 1;
        go(t, at, WORD_NO_SUCH_ROW);
    }
    buf_release(&text);
}

/* ---- changes ---- */

static bool is_done(const struct tui *t)
{
    return t->row->state == STANCE_ROW_DONE;
}

/* After a label or a code: which target next, or which row. */
static void advance(struct tui *t)
{
    if (t->codes)
        return;
    t->focus = waiting(t, t->focus);
    if (t->set.advance && is_done(t))
        go_on(t);
}

static void give_label(struct tui *t, size_t target, size_t label)
{
    struct stance_err err = {0};
    size_t code[10];

    if (target >= t->n_targets || label >= t->target[target].n_labels)
        return;
    if (!done(t, stance_labelling_label(t->l, target, label, &err), &err, WORD_SAVED))
        return;
    t->row = stance_labelling_row(t->l);
    t->focus = target;
    t->codes = tui_codes(t, target, code) != 0;
    advance(t);
}

static void give_code(struct tui *t, size_t digit)
{
    struct stance_err err = {0};
    size_t code[10], n = tui_codes(t, t->focus, code);
    size_t chosen = digit == 0 ? STANCE_NOTHING : digit <= n ? code[digit - 1] : SIZE_MAX - 1;

    if (chosen == SIZE_MAX - 1)
        return;
    if (!done(t, stance_labelling_code(t->l, t->focus, chosen, &err), &err, WORD_SAVED))
        return;
    t->row = stance_labelling_row(t->l);
    t->codes = false;
    advance(t);
}

static void clear_label(struct tui *t)
{
    struct stance_err err = {0};

    done(t, stance_labelling_label(t->l, t->focus, STANCE_NOTHING, &err), &err, WORD_SAVED);
    t->codes = false;
}

static void undo(struct tui *t)
{
    struct stance_err err = {0};
    int r = stance_labelling_undo(t->l, &err);

    if (r != 0 && done(t, r, &err, WORD_UNDONE))
        arrive(t);
    else if (r == 0)
        say(t, tui_word(t, WORD_NOTHING_TO_UNDO));
}

static void skip(struct tui *t)
{
    struct stance_err err = {0};

    if (done(t, stance_labelling_skip(t->l, &err), &err, WORD_SAVED))
        go_on(t);
}

static void note(struct tui *t)
{
    struct stance_err err = {0};
    struct buf text = {0};

    buf_add_str(&text, t->row->note);
    if (prompt_line(t, tui_word(t, WORD_NOTE), &text))
        done(t, stance_labelling_note(t->l, buf_str(&text), &err), &err, WORD_NOTE_KEPT);
    buf_release(&text);
}

static void accept(struct tui *t)
{
    bool was_asked = t->codes;

    t->codes = false;
    if (is_done(t) || t->row->state == STANCE_ROW_SKIPPED) {
        buf_reset(&t->message);
        go_on(t);
        return;
    }
    t->focus = waiting(t, t->focus);
    if (was_asked)
        return;
    warn(t, tui_word(t, WORD_MISSING));
    for (size_t i = 0; i < t->n_targets; i++)
        if (t->row->asked[i] && t->row->label[i] == STANCE_NOTHING)
            buf_addf(&t->message, " %s", t->target[i].id);
}

static void turn_focus(struct tui *t, size_t by)
{
    t->codes = false;
    for (size_t i = 0; i < t->n_targets; i++) {
        t->focus = (t->focus + by) % t->n_targets;
        if (t->row->asked[t->focus])
            return;
    }
}

static void scroll(struct tui *t, int key)
{
    size_t page = t->page_lines > 2 ? t->page_lines - 1 : 1;

    switch (key) { /* the end is found when it is drawn */
    case PRESS_UPWARD:
        t->scroll -= t->scroll > 0;
        break;
    case PRESS_DOWNWARD:
        t->scroll++;
        break;
    case PRESS_PAGE_UP:
        t->scroll -= t->scroll < page ? t->scroll : page;
        break;
    case PRESS_PAGE_DOWN:
        t->scroll += page;
        break;
    case PRESS_TOP:
        t->scroll = 0;
        break;
    case PRESS_BOTTOM:
        t->scroll = SIZE_MAX / 2;
        break;
    default:
        break;
    }
}

/* ---- keys ---- */

/* What can be done without a row. */
static bool general_key(struct tui *t, int key)
{
    switch (key) {
    case PRESS_QUIT:
    case 'q':
        t->quit = true;
        break;
    case 'g':
        pager_guide(t);
        break;
    case '?':
        pager_show(t, span_of(tui_word(t, WORD_KEYS)));
        break;
    case 'l':
        t->set.english = !t->set.english;
        break;
    case 0x0C:
        screen_redraw();
        break; /* Ctrl-L */
    case PRESS_SIZE:
        break;
    default:
        return false;
    }
    return true;
}

static bool place_key(struct tui *t, int key)
{
    size_t at = t->row->at;

    switch (key) {
    case 'n':
    case PRESS_RIGHTWARD:
        go(t, at + 1, WORD_NO_FURTHER);
        break;
    case 'p':
    case PRESS_LEFTWARD:
        go(t, at - 1, WORD_NO_FURTHER);
        break; /* before 0: none */
    case 'j':
        go_on(t);
        break;
    case '#':
    case ':':
        go_to_number(t);
        break;
    default:
        return false;
    }
    return true;
}

static bool row_key(struct tui *t, int key)
{
    switch (key) {
    case ' ':
    case PRESS_DONE:
        accept(t);
        break;
    case 'u':
    case PRESS_ERASE:
        undo(t);
        break;
    case 'k':
        skip(t);
        break;
    case 'm':
        note(t);
        break;
    case 'z':
        clear_label(t);
        break;
    case 'o':
        t->whole = !t->whole;
        break;
    case PRESS_TAB:
        turn_focus(t, 1);
        break;
    case PRESS_BACK_TAB:
        turn_focus(t, t->n_targets - 1);
        break;
    case PRESS_CANCEL:
        t->codes = false;
        break;
    default:
        return false;
    }
    return true;
}

static void press(struct tui *t, int key)
{
    size_t target, label;

    if (key != PRESS_SIZE)
        buf_reset(&t->message);
    if (general_key(t, key) || t->row == NULL)
        return;
    if (place_key(t, key) || row_key(t, key))
        return;
    if (key >= '0' && key <= '9' && t->codes)
        give_code(t, (size_t)(key - '0'));
    else if (key >= '1' && key <= '9')
        give_label(t, t->focus, (size_t)(key - '1'));
    else if (keys_find(key, &target, &label))
        give_label(t, target, label);
    else
        scroll(t, key);
}

static void loop(struct tui *t)
{
    while (!t->quit) {
        int key;
        t->row = stance_labelling_row(t->l);
        paint_all(t);
        while ((key = screen_key()) == PRESS_NONE)
            ;
        if (paint_is_small() && key != 'q' && key != PRESS_QUIT)
            continue;
        press(t, key);
        pace_key(&t->pace, stance_labelling_counts(t->l).done);
    }
}

int tui_run(struct stance_labelling *labelling, const struct tui_settings *settings,
            struct stance_err *err)
{
    struct tui t = {.l = labelling, .set = *settings};
    bool utf8, doubt;

    if (screen_open(&utf8, &doubt, err) < 0)
        return -1;
    t.target = stance_labelling_targets(labelling, &t.n_targets);
    if (doubt && !t.set.ascii)
        warn(&t, tui_word(&t, utf8 ? WORD_DOUBT : WORD_PLAIN));
    if (settings->notice != NULL && settings->notice[0] != '\0')
        warn(&t, settings->notice);
    t.set.ascii |= !utf8;
    pace_begin(&t.pace, stance_labelling_counts(labelling).done);
    arrive(&t);
    loop(&t);
    screen_close();
    cells_page_release(&t.page);
    buf_release(&t.message);
    return 0;
}
