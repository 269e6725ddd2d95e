/* SPDX-License-Identifier: MIT */
/*
 * form: content first, the extension as a hint where content does not settle it. Wrong
 * guesses are cheap: the columns are looked for next, and not found.
 */
#include "corpus/form.h"

#include "corpus/csv.h"
#include "corpus/fields.h"
#include "corpus/page.h"
#include "corpus/utf8.h"

static const struct {
    const char *name;
    enum form form;
} names[] = {
    {"ndjson", FORM_NDJSON}, {"csv", FORM_CSV},      {"tsv", FORM_TSV},
    {"page", FORM_PAGE},     {"jsonl", FORM_NDJSON}, {"tab", FORM_TSV},
};

bool form_by_name(const char *name, enum form *form)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i].name) == 0) {
            *form = names[i].form;
            return true;
        }
    return false;
}

const char *form_name(enum form form)
{
    static const char *const name[] = {"NDJSON", "CSV", "TSV", "page"};
    return name[form];
}

static bool ends(struct span s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.len > n && memcmp(s.p + s.len - n, suffix, n) == 0;
}

/* The form that the path's last extension names, packing aside. */
static bool by_extension(const char *path, enum form *form)
{
    struct span s = span_of(path != NULL ? path : "");
    const char *dot;
    size_t from;

    if (ends(s, ".gz"))
        s.len -= 3;
    else if (ends(s, ".zst"))
        s.len -= 4;
    for (from = s.len; from > 0 && s.p[from - 1] != '.' && s.p[from - 1] != '/'; from--)
        ;
    dot = from > 0 && s.p[from - 1] == '.' ? s.p + from : NULL;
    for (size_t i = 0; dot != NULL && i < sizeof names / sizeof names[0]; i++)
        if (names[i].form != FORM_PAGE &&
            span_eq((struct span){dot, s.len - from}, span_of(names[i].name))) {
            *form = names[i].form;
            return true;
        }
    return false;
}

static struct span first_line(struct span s)
{
    const char *end = s.len != 0 ? memchr(s.p, '\n', s.len) : NULL;
    if (end != NULL)
        s.len = (size_t)(end - s.p);
    if (s.len != 0 && s.p[s.len - 1] == '\r')
        s.len--;
    return s;
}

/* A cell of the first line is called as text columns are. */
static bool has_text_column(struct span line, char delimiter)
{
    struct csv_row row = {0};
    size_t at;
    bool found = false;

    if (csv_split(line, delimiter, &row, &at) == 0)
        for (size_t i = 0; i < row.n && !found; i++)
            found = fields_is_generic(ROLE_TEXT, utf8_trim(row.field[i]));
    csv_row_release(&row);
    return found;
}

/* Tabs with quotes: some field of the block is quoted, and none only begins like one. */
static bool is_quoted(struct span block)
{
    size_t whole = 0, broken = 0;
    enum csv_state state = CSV_START, next;

    for (size_t i = 0; i < block.len; i++) {
        char c = block.p[i];
        if (state == CSV_QUOTE) {
            bool end = c == '\t' || c == '\n' || c == '\r';
            whole += end;
            broken += !end && c != '"';
        }
        next = csv_step(state, c, '\t');
        state = c == '\n' && state != CSV_QUOTED ? CSV_START : next;
    }
    return whole != 0 && broken == 0;
}

struct form_guess form_sniff(struct span block, const char *path)
{
    struct span text = utf8_trim((struct span){block.p, utf8_valid(block)});
    /* the line goes on past a byte that is not UTF-8 */
    size_t skipped = text.len != 0 ? (size_t)(text.p - block.p) : 0;
    struct span line = first_line((struct span){block.p + skipped, block.len - skipped});
    struct form_guess guess = {FORM_CSV, csv_sniff(line)};
    bool named = by_extension(path, &guess.form);

    if (text.len != 0 && (text.p[0] == '{' || (text.p[0] == '[' && !named)))
        guess.form = FORM_NDJSON;
    else if (!named && page_looks_like(block) && !has_text_column(line, guess.delimiter))
        guess.form = FORM_PAGE;
    else if (!named && guess.delimiter == '\t')
        guess.form = FORM_TSV;
    if (guess.form == FORM_TSV)
        guess.delimiter = '\t';
    if (guess.form == FORM_TSV && is_quoted(block))
        guess.form = FORM_CSV;
    return guess;
}
