/* SPDX-License-Identifier: MIT */
/* pager: a text over the whole screen, and the short guide that the targets themselves are. */
#include "tui/inner.h"

#include <stdio.h>
#include <string.h>

#include "tui/keys.h"

struct pager {
    struct tui *t;
    struct span text;
    struct cells_page page;
    size_t top;
    int rows, columns;
    struct buf wanted; /* searched for */
    bool missing;      /* and not found */
};

static void make_page(struct pager *p)
{
    int rows, columns;

    screen_size(&rows, &columns);
    if (columns == p->columns && p->page.n != 0) {
        p->rows = rows;
        return;
    }
    p->rows = rows;
    p->columns = columns;
    cells_page_reset(&p->page);
    cells_add(&p->page, p->text, LOOK_PLAIN, columns > 6 ? columns - 2 : 4, 0, 0, p->t->set.ascii);
}

static size_t room(const struct pager *p)
{
    return p->rows > 2 ? (size_t)p->rows - 1 : 1;
}

static void keep_in(struct pager *p)
{
    size_t last = p->page.n > room(p) ? p->page.n - room(p) : 0;

    p->top = p->top < last ? p->top : last;
}

static struct span line_text(const struct pager *p, size_t i)
{
    return (struct span){p->page.text.p + p->page.line[i].at, p->page.line[i].len};
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* ASCII capitals are small ones; other letters are as they are typed. */
static bool holds(struct span line, struct span wanted)
{
    for (size_t i = 0; wanted.len != 0 && i + wanted.len <= line.len; i++) {
        size_t k = 0;
        while (k < wanted.len && lower(line.p[i + k]) == lower(wanted.p[k]))
            k++;
        if (k == wanted.len)
            return true;
    }
    return false;
}

static void search(struct pager *p, size_t from)
{
    p->missing = p->wanted.len != 0;
    for (size_t i = 0; p->missing && i < p->page.n; i++) {
        size_t at = (from + i) % p->page.n;
        if (holds(line_text(p, at), buf_span(&p->wanted))) {
            p->top = at;
            p->missing = false;
        }
    }
}

static void draw(struct pager *p)
{
    struct paint_line line;
    size_t last;
    char at[64];

    make_page(p);
    keep_in(p);
    screen_clear();
    last = p->top + room(p) < p->page.n ? p->top + room(p) : p->page.n;
    for (size_t i = p->top; i < last; i++) {
        struct span s = line_text(p, i);
        bool head = (s.len > 1 && s.p[0] == '#') || holds(s, buf_span(&p->wanted));
        screen_put((int)(i - p->top), 1, head ? LOOK_BOLD : LOOK_PLAIN, s.p != NULL ? s.p : "",
                   s.len);
    }
    line = paint_begin(p->rows - 1, p->t);
    snprintf(at, sizeof at, " %zu-%zu/%zu  ", p->top + 1, last, p->page.n);
    paint_add(&line, LOOK_BAR, at);
    if (p->missing) {
        paint_add(&line, LOOK_BAR, tui_word(p->t, WORD_NOT_FOUND));
        paint_add(&line, LOOK_BAR, "  ");
    }
    paint_add(&line, LOOK_BAR, tui_word(p->t, WORD_GUIDE_KEYS));
    paint_to(&line, LOOK_BAR, " ", line.columns);
    screen_show(-1, 0);
}

static void ask(struct pager *p)
{
    buf_reset(&p->wanted);
    if (prompt_line(p->t, tui_word(p->t, WORD_SEARCH), &p->wanted))
        search(p, p->top);
    else
        buf_reset(&p->wanted);
}

static void move(struct pager *p, int key)
{
    size_t step = room(p) > 2 ? room(p) - 2 : 1;

    switch (key) {
    case PRESS_UPWARD:
        p->top -= p->top > 0;
        break;
    case PRESS_DOWNWARD:
        p->top++;
        break;
    case 'b':
    case PRESS_PAGE_UP:
        p->top -= p->top < step ? p->top : step;
        break;
    case ' ':
    case PRESS_PAGE_DOWN:
        p->top += step;
        break;
    case PRESS_TOP:
        p->top = 0;
        break;
    case PRESS_BOTTOM:
        p->top = p->page.n;
        break;
    case '/':
        ask(p);
        break;
    case 'n':
        search(p, p->top + 1);
        break;
    default:
        break;
    }
}

void pager_show(struct tui *t, struct span text)
{
    struct pager p = {.t = t, .text = text};
    int key = PRESS_NONE;

    do {
        draw(&p);
        while ((key = screen_key()) == PRESS_NONE)
            ;
        if (key == PRESS_QUIT)
            t->quit = true;
        move(&p, key);
    } while (key != 'q' && key != 'g' && key != '?' && key != PRESS_CANCEL && key != PRESS_QUIT &&
             key != PRESS_DONE);
    cells_page_release(&p.page);
    buf_release(&p.wanted);
}

/* ---- the short guide ---- */

static void add_choice(const struct tui *t, struct buf *out, char key,
                       const struct stance_choice *c)
{
    buf_addf(out, "  %c%s%s (%s)", key != 0 ? key : ' ', "  ", tui_name(t, c), c->name);
}

static void add_target(const struct tui *t, size_t i, struct buf *out)
{
    const struct stance_labelled_target *target = &t->target[i];

    buf_addf(out, "# %s\n\n", target->id);
    if (target->statement[0] != '\0')
        buf_addf(out, "« %s »\n\n", target->statement);
    if (target->definition[0] != '\0')
        buf_addf(out, "%s\n\n", target->definition);
    for (size_t l = 0; l < target->n_labels; l++) {
        add_choice(t, out, keys_label(i, l), &target->label[l]);
        buf_add_char(out, '\n');
        for (size_t c = 0; c < target->n_codes; c++)
            if (stance_code_fits(target, c, l))
                buf_addf(out, "       %s (%s)\n", tui_name(t, &target->code[c]),
                         target->code[c].name);
    }
    buf_add_char(out, '\n');
}

void pager_guide(struct tui *t)
{
    struct buf text = {0};

    for (size_t i = 0; i < t->n_targets; i++)
        add_target(t, i, &text);
    if (t->set.guide.len != 0) {
        buf_add_str(&text, "----\n\n");
        buf_add_span(&text, t->set.guide);
    }
    pager_show(t, buf_span(&text));
    buf_release(&text);
}
