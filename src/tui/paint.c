/* SPDX-License-Identifier: MIT */
/*
 * paint: the screen from top to bottom: a bar, the page of the comment, a rule, the targets with
 * their keys, the sub-codes that are asked for, a line of what happened. All of it each time;
 * ncurses sends what changed.
 */
#include "tui/inner.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"

enum { WIDEST = 100 }; /* columns of a line that an eye can follow */

/* ---- lines ---- */

struct paint_line paint_begin(int row, const struct tui *t)
{
    struct paint_line line = {.row = row, .ascii = t->set.ascii};
    int rows;

    screen_size(&rows, &line.columns);
    return line;
}

void paint_add(struct paint_line *line, enum screen_look look, const char *text)
{
    struct buf shown = {0};
    int room = line->columns - line->at;

    if (room > 0 && text[0] != '\0') {
        int used = cells_fit(&shown, span_of(text), room, line->ascii);
        screen_put(line->row, line->at, look, shown.p != NULL ? shown.p : "", shown.len);
        line->at += used;
    }
    buf_release(&shown);
}

void paint_to(struct paint_line *line, enum screen_look look, const char *text, int column)
{
    int before = -1;

    while (line->at < column && line->at != before) { /* not where the window ends before that */
        before = line->at;
        paint_add(line, look, text);
    }
}

bool paint_is_small(void)
{
    int rows, columns;

    screen_size(&rows, &columns);
    return rows < LEAST_ROWS || columns < LEAST_COLUMNS;
}

/* ---- the bar ---- */

static void add_pace(const struct tui *t, const struct stance_labelling_counts *c, struct buf *out)
{
    double rate = t->set.no_pace ? 0 : pace_an_hour(&t->pace);
    double left;

    if (rate <= 0)
        return;
    left = (double)(c->rows - c->done - c->skipped) / rate * 60;
    buf_addf(out, "%.0f %s, %s ", rate, tui_word(t, WORD_PER_HOUR), tui_word(t, WORD_LEFT));
    if (left < 60)
        buf_addf(out, "%.0f min", ceil(left));
    else
        buf_addf(out, "%.0f h %02.0f", floor(left / 60), fmod(floor(left), 60));
    buf_add_str(out, "   ");
}

static void draw_bar(const struct tui *t)
{
    struct stance_labelling_counts c = stance_labelling_counts(t->l);
    struct paint_line line = paint_begin(0, t);
    struct buf left = {0}, right = {0};
    int width;

    if (t->row != NULL)
        buf_addf(&left, " %zu/%zu  %s   ", c.at + 1, c.rows, t->row->id);
    buf_addf(&left, "%s %zu", tui_word(t, WORD_DONE), c.done);
    if (c.skipped != 0)
        buf_addf(&left, ", %s %zu", tui_word(t, WORD_SKIPPED), c.skipped);
    buf_add_str(&left, "  ");
    add_pace(t, &c, &right);
    buf_addf(&right, "%s ", t->set.annotator);
    width = cells_width(buf_span(&right), t->set.ascii);
    paint_add(&line, LOOK_BAR, buf_str(&left));
    paint_to(&line, LOOK_BAR, " ", line.columns - width);
    paint_add(&line, LOOK_BAR, buf_str(&right));
    buf_release(&left);
    buf_release(&right);
}

/* ---- the page ---- */

static void add_text(struct tui *t, const char *before, const char *text, enum screen_look look,
                     size_t most)
{
    struct buf all = {0};
    int rows, columns;

    if (text[0] == '\0')
        return;
    screen_size(&rows, &columns);
    buf_addf(&all, "%s%s", before, text);
    columns = columns - 1 < WIDEST ? columns - 1 : WIDEST;
    cells_add(&t->page, buf_span(&all), (int)look, columns, look == LOOK_DIM ? 2 : 0, most,
              t->set.ascii);
    buf_release(&all);
}

static void add_who(struct tui *t, const char *author, const char *date)
{
    struct buf who = {0};

    buf_addf(&who, "%s%s%s", author, author[0] != '\0' && date[0] != '\0' ? ", " : "", date);
    add_text(t, "", buf_str(&who), LOOK_DIM, 1);
    buf_release(&who);
}

static void add_notes(struct tui *t)
{
    const struct stance_labelled_row *row = t->row;
    struct buf text = {0};

    for (size_t i = 0; i < row->n_said; i++)
        if (row->said[i].note[0] != '\0') {
            buf_reset(&text);
            buf_addf(&text, "%s: %s", row->said[i].who, row->said[i].note);
            add_text(t, "", buf_str(&text), LOOK_DIM, 0);
        }
    add_text(t, tui_word(t, WORD_NOTE), row->note, LOOK_DIM, 0);
    if (row->copies != 0) {
        buf_reset(&text);
        buf_addf(&text, "+ %llu %s", (unsigned long long)row->copies, tui_word(t, WORD_COPIES));
        add_text(t, "", buf_str(&text), LOOK_DIM, 0);
    }
    buf_release(&text);
}

static void blank_line(struct tui *t)
{
    cells_add(&t->page, SPAN(""), LOOK_PLAIN, LEAST_COLUMNS, 0, 0, t->set.ascii);
}

/* room: lines on the screen; what is around the comment takes a third of them at most, unless all
 * of it was asked for. */
static void make_page(struct tui *t, size_t room)
{
    const struct stance_labelled_row *row = t->row;
    const char *arrow = t->set.ascii ? "> " : "↳ ";
    struct buf before = {0};

    cells_page_reset(&t->page);
    add_text(t, tui_word(t, WORD_ARTICLE), row->article, LOOK_DIM, t->whole ? 0 : 1);
    if (t->whole)
        add_text(t, "  ", row->summary, LOOK_DIM, 0);
    buf_addf(&before, "%s%s%s", arrow, row->parent_author, row->parent_author[0] ? " : " : "");
    add_text(t, buf_str(&before), row->parent, LOOK_DIM,
             t->whole       ? 0
             : room / 3 > 1 ? room / 3 - 1
                            : 1);
    if (t->whole)
        add_who(t, row->author, row->date);
    if (t->page.n != 0)
        blank_line(t);
    add_text(t, "", row->text, LOOK_PLAIN, 0);
    if (row->note[0] != '\0' || row->n_said != 0 || row->copies != 0)
        blank_line(t);
    add_notes(t);
    buf_release(&before);
}

static void draw_page(struct tui *t, int from, int to)
{
    size_t room = (size_t)(to - from);

    make_page(t, room);
    t->page_lines = room;
    if (t->scroll + room > t->page.n)
        t->scroll = t->page.n > room ? t->page.n - room : 0;
    for (size_t i = 0; i < room && t->scroll + i < t->page.n; i++) {
        const struct cells_line *line = &t->page.line[t->scroll + i];
        screen_put(from + (int)i, 1, (enum screen_look)line->look, t->page.text.p + line->at,
                   line->len);
    }
}

static void draw_rule(const struct tui *t, int row)
{
    struct paint_line line = paint_begin(row, t);
    size_t shown = t->scroll + t->page_lines;
    struct buf text = {0};

    for (int i = 0; i < 3; i++)
        paint_add(&line, LOOK_DIM, t->set.ascii ? "-" : "─");
    if (shown < t->page.n) {
        buf_addf(&text, " %zu %s ", t->page.n - shown, tui_word(t, WORD_MORE_LINES));
        paint_add(&line, LOOK_BOLD, buf_str(&text));
    }
    paint_to(&line, LOOK_DIM, t->set.ascii ? "-" : "─", line.columns);
    buf_release(&text);
}

/* ---- targets ---- */

static int id_width(const struct tui *t)
{
    int widest = 0;

    for (size_t i = 0; i < t->n_targets; i++) {
        int w = cells_width(span_of(t->target[i].id), t->set.ascii);
        widest = w > widest ? w : widest;
    }
    return widest < 16 ? widest : 16;
}

static void draw_choice(const struct tui *t, struct paint_line *line, size_t target, size_t label)
{
    const struct stance_labelled_row *row = t->row;
    bool chosen = row->label[target] == label;
    char key[4] = {keys_label(target, label), ' ', '\0'};
    enum screen_look look = chosen ? LOOK_CHOSEN : LOOK_PLAIN;
    char p[16];

    if (key[0] == 0) {
        if (label < 9)
            key[0] = (char)('1' + label);
        else
            key[0] = '-';
    }
    paint_add(line, look, chosen ? "[" : " ");
    paint_add(line, chosen ? LOOK_CHOSEN : LOOK_BOLD, key);
    paint_add(line, look, tui_name(t, &t->target[target].label[label]));
    if (row->suggested[target] == label) {
        snprintf(p, sizeof p, " ~%.2f", row->p[target]);
        paint_add(line, LOOK_DIM, p);
    }
    paint_add(line, look, chosen ? "]" : " ");
    paint_add(line, LOOK_PLAIN, " ");
}

static void draw_target(const struct tui *t, int row, size_t i)
{
    struct paint_line line = paint_begin(row, t);
    const struct stance_labelled_target *target = &t->target[i];
    int width = id_width(t);
    struct buf id = {0};

    paint_add(&line, LOOK_BOLD, i == t->focus ? ">" : " ");
    cells_fit(&id, span_of(target->id), width, t->set.ascii);
    paint_add(&line, LOOK_DIM, buf_str(&id));
    paint_to(&line, LOOK_PLAIN, " ", width + 2);
    for (size_t l = 0; l < target->n_labels && t->row->asked[i]; l++)
        draw_choice(t, &line, i, l);
    if (t->row->code[i] != STANCE_NOTHING)
        paint_add(&line, LOOK_CHOSEN, tui_name(t, &target->code[t->row->code[i]]));
    if (!t->row->asked[i]) {
        for (size_t k = 0; k < t->row->n_said; k++)
            if (t->row->said[k].label[i] != STANCE_NOTHING) {
                paint_add(&line, LOOK_DIM, tui_name(t, &target->label[t->row->said[k].label[i]]));
                break;
            }
        paint_add(&line, LOOK_DIM, " (");
        paint_add(&line, LOOK_DIM, tui_word(t, WORD_AGREED));
        paint_add(&line, LOOK_DIM, ")");
    }
    buf_release(&id);
}

static void add_said(const struct tui *t, struct paint_line *line, size_t i,
                     const struct stance_said *said)
{
    const struct stance_labelled_target *target = &t->target[i];

    if (said->decides)
        paint_add(line, LOOK_DIM, tui_word(t, WORD_DECIDED));
    paint_add(line, LOOK_BOLD, said->who);
    paint_add(line, LOOK_PLAIN, " ");
    paint_add(line, LOOK_PLAIN, tui_name(t, &target->label[said->label[i]]));
    if (said->code[i] != STANCE_NOTHING) {
        paint_add(line, LOOK_DIM, " : ");
        paint_add(line, LOOK_DIM, tui_name(t, &target->code[said->code[i]]));
    }
    paint_add(line, LOOK_PLAIN, "   ");
}

/* "    A pour : mineurs   B contre", another's decision first: what is last may not fit. */
static void draw_said(const struct tui *t, int row, size_t i)
{
    struct paint_line line = paint_begin(row, t);

    paint_to(&line, LOOK_PLAIN, " ", id_width(t) + 3);
    for (int decides = 1; decides >= 0; decides--)
        for (size_t k = 0; k < t->row->n_said; k++) {
            const struct stance_said *said = &t->row->said[k];
            if (said->label[i] != STANCE_NOTHING && said->decides == (decides == 1))
                add_said(t, &line, i, said);
        }
}

/* Rows of the screen that a target takes. */
static int target_rows(const struct tui *t, size_t i)
{
    return t->row->n_said != 0 && t->row->asked[i] ? 2 : 1;
}

/* The targets that fit in `room` rows, the one at hand among them; the rows they take. */
static int choose_targets(const struct tui *t, int room, size_t *from, size_t *to)
{
    int used = target_rows(t, t->focus);

    *from = t->focus;
    *to = t->focus + 1;
    while (*from > 0 && used + target_rows(t, *from - 1) <= room)
        used += target_rows(t, --*from);
    while (*to < t->n_targets && used + target_rows(t, *to) <= room)
        used += target_rows(t, (*to)++);
    return used;
}

static void draw_targets(const struct tui *t, int row, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        draw_target(t, row++, i);
        if (target_rows(t, i) == 2)
            draw_said(t, row++, i);
    }
}

/* ---- sub-codes ---- */

/* In as many lines as they need; drawn where `draw`, the lines counted in any case. */
static int put_codes(const struct tui *t, int row, bool draw)
{
    size_t code[10], n = tui_codes(t, t->focus, code);
    struct paint_line line = paint_begin(row, t);
    int rows = n != 0 && t->codes;

    line.at = 3;
    for (size_t i = 0; rows != 0 && i <= n; i++) {
        const char *name =
            i < n ? tui_name(t, &t->target[t->focus].code[code[i]]) : tui_word(t, WORD_NO_CODE);
        char key[4] = {i < n ? (char)('1' + i) : '0', ' ', '\0'};
        int width = 4 + cells_width(span_of(name), t->set.ascii);
        bool chosen = i < n && t->row->code[t->focus] == code[i];
        if (line.at > 3 && line.at + width > line.columns) {
            line.row++;
            line.at = 3;
            rows++;
        }
        if (draw) {
            paint_add(&line, chosen ? LOOK_CHOSEN : LOOK_BOLD, key);
            paint_add(&line, chosen ? LOOK_CHOSEN : LOOK_PLAIN, name);
            paint_add(&line, LOOK_PLAIN, "  ");
        } else
            line.at += width;
    }
    return rows;
}

/* ---- all ---- */

static void draw_message(const struct tui *t, int row)
{
    struct paint_line line = paint_begin(row, t);

    if (t->message.len != 0) {
        struct buf text = {0};
        buf_add_span(&text, buf_span(&t->message));
        paint_add(&line, t->warning ? LOOK_WARNING : LOOK_BOLD, " ");
        paint_add(&line, t->warning ? LOOK_WARNING : LOOK_BOLD, buf_str(&text));
        paint_add(&line, LOOK_PLAIN, "  ");
        buf_release(&text);
    } else
        paint_add(&line, LOOK_DIM, " ");
    paint_add(&line, LOOK_DIM, tui_word(t, WORD_HINTS));
}

void paint_all(struct tui *t)
{
    struct paint_line line = paint_begin(0, t);
    int rows, columns, codes, targets, top;
    size_t from = 0, to = 0;

    screen_size(&rows, &columns);
    screen_clear();
    if (paint_is_small()) {
        paint_add(&line, LOOK_BOLD, tui_word(t, WORD_SMALL));
        screen_show(-1, 0);
        return;
    }
    draw_bar(t);
    draw_message(t, rows - 1);
    if (t->row == NULL) {
        line = paint_begin(2, t);
        paint_add(&line, LOOK_BOLD, tui_word(t, WORD_NO_ROWS));
        screen_show(-1, 0);
        return;
    }
    codes = put_codes(t, 0, false);
    codes = codes < rows / 2 ? codes : rows / 2;
    targets = choose_targets(t, rows - 6 - codes, &from, &to);
    top = rows - 2 - codes - targets; /* of the rule */
    draw_page(t, 1, top);
    draw_rule(t, top);
    draw_targets(t, top + 1, from, to);
    put_codes(t, top + 1 + targets, true);
    draw_message(t, rows - 1);
    screen_show(-1, 0);
}
