/* SPDX-License-Identifier: MIT */
/* labelscript: a table of commands; each answers with one line, `show` with several. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "cli/labelling.h"
#include "cli/output.h"

struct script {
    struct stance_labelling *l;
    const struct stance_labelled_target *target;
    size_t n_targets;
    bool english, quit;
    const char *name; /* of the file */
    uint64_t line;
    struct buf out;
    struct stance_err *err;
};

static int refuse(const struct script *s, const char *what, const char *name)
{
    return err_at(s->err, STANCE_DATA, s->name, s->line, 0, "%s '%s'", what, name);
}

/* Gives an error of the library the place of the command. */
static int placed(const struct script *s, int status)
{
    if (status < 0 && s->err->code == STANCE_USAGE) {
        char message[sizeof s->err->message];
        memcpy(message, s->err->message, sizeof message);
        return err_at(s->err, STANCE_DATA, s->name, s->line, 0, "%s", message);
    }
    return status;
}

/* The next word of the rest of a line, cut out of it; NULL where there is none. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t");
    size_t len = strcspn(word, " \t");

    *rest = word + len;
    if (**rest != '\0')
        *(*rest)++ = '\0';
    return len != 0 ? word : NULL;
}

/* ---- names ---- */

static int find_target(const struct script *s, const char *id, size_t *t)
{
    for (*t = 0; id != NULL && *t < s->n_targets; ++*t)
        if (strcmp(s->target[*t].id, id) == 0)
            return 0;
    return refuse(s, "no such target:", id != NULL ? id : "");
}

static int find_choice(const struct script *s, const struct stance_choice *c, size_t n,
                       const char *name, const char *what, size_t *i)
{
    *i = STANCE_NOTHING;
    if (name != NULL && strcmp(name, "-") == 0)
        return 0;
    for (*i = 0; name != NULL && *i < n; ++*i)
        if (strcmp(c[*i].name, name) == 0)
            return 0;
    return refuse(s, what, name != NULL ? name : "");
}

/* ---- answers ---- */

static const char *const states[] = {"open", "in part", "done", "skipped"};

static void add_stance(struct script *s, size_t t, size_t label, size_t code)
{
    const struct stance_labelled_target *target = &s->target[t];

    buf_add_str(&s->out, label != STANCE_NOTHING ? target->label[label].name : "-");
    if (code != STANCE_NOTHING)
        buf_addf(&s->out, ":%s", target->code[code].name);
}

/* "#1 c1 in part: ban favor:minors, spying -" */
static void answer(struct script *s, const struct stance_labelled_row *row)
{
    buf_addf(&s->out, "#%zu %s %s", row->at + 1, row->id, states[row->state]);
    for (size_t t = 0; t < s->n_targets; t++) {
        buf_addf(&s->out, "%s %s ", t == 0 ? ":" : ",", s->target[t].id);
        add_stance(s, t, row->label[t], row->code[t]);
    }
    if (row->note[0] != '\0')
        buf_addf(&s->out, "; %s", row->note);
    buf_add_char(&s->out, '\n');
}

static int tell_row(struct script *s)
{
    const struct stance_labelled_row *row = stance_labelling_row(s->l);

    if (row == NULL)
        buf_add_str(&s->out, "no rows\n");
    else
        answer(s, row);
    return 0;
}

/* ---- showing ---- */

static void add_member(struct buf *out, const char *name, const char *text)
{
    if (text[0] == '\0')
        return;
    buf_addf(out, "  %-8s ", name);
    for (const char *p = text; *p != '\0'; p++) {
        buf_add_char(out, *p);
        if (*p == '\n')
            buf_add_str(out, "           ");
    }
    buf_add_char(out, '\n');
}

static void add_name(struct script *s, const struct stance_choice *c)
{
    buf_add_str(&s->out, s->english ? c->en : c->fr);
}

static void add_target(struct script *s, const struct stance_labelled_row *row, size_t t)
{
    const struct stance_labelled_target *target = &s->target[t];

    buf_addf(&s->out, "  %-8s ", target->id);
    add_stance(s, t, row->label[t], row->code[t]);
    if (row->label[t] != STANCE_NOTHING) {
        buf_add_str(&s->out, " (");
        add_name(s, &target->label[row->label[t]]);
        if (row->code[t] != STANCE_NOTHING) {
            buf_add_str(&s->out, ": ");
            add_name(s, &target->code[row->code[t]]);
        }
        buf_add_char(&s->out, ')');
    }
    if (row->suggested[t] != STANCE_NOTHING)
        buf_addf(&s->out, " [model: %s %.2f]", target->label[row->suggested[t]].name, row->p[t]);
    if (!row->asked[t])
        buf_add_str(&s->out, " [agreed]");
    buf_add_char(&s->out, '\n');
}

static void add_said(struct script *s, const struct stance_said *said)
{
    buf_addf(&s->out, "  %s%s", said->who, said->decides ? " decided:" : ":");
    for (size_t t = 0; t < s->n_targets; t++) {
        buf_addf(&s->out, "%s %s ", t == 0 ? "" : ",", s->target[t].id);
        add_stance(s, t, said->label[t], said->code[t]);
    }
    buf_addf(&s->out, "%s%s%s\n", said->skipped ? ", skipped" : "", said->note[0] ? "; " : "",
             said->note);
}

static int do_show(struct script *s, char *rest)
{
    const struct stance_labelled_row *row = stance_labelling_row(s->l);
    struct buf parent = {0};

    (void)rest;
    if (row == NULL)
        return tell_row(s);
    buf_addf(&s->out, "#%zu %s %s\n", row->at + 1, row->id, states[row->state]);
    add_member(&s->out, "article", row->article);
    add_member(&s->out, "summary", row->summary);
    if (row->parent[0] != '\0')
        buf_addf(&parent, "%s%s%s", row->parent_author, row->parent_author[0] ? ": " : "",
                 row->parent);
    add_member(&s->out, "parent", buf_str(&parent));
    add_member(&s->out, "author", row->author);
    add_member(&s->out, "date", row->date);
    add_member(&s->out, "text", row->text);
    for (size_t i = 0; i < row->n_said; i++)
        add_said(s, &row->said[i]);
    for (size_t t = 0; t < s->n_targets; t++)
        add_target(s, row, t);
    add_member(&s->out, "note", row->note);
    buf_release(&parent);
    return 0;
}

/* ---- commands ---- */

static int do_label(struct script *s, char *rest)
{
    const char *id = next_word(&rest), *label = next_word(&rest), *code = next_word(&rest);
    size_t t, l, c = STANCE_NOTHING;

    if (find_target(s, id, &t) < 0 ||
        find_choice(s, s->target[t].label, s->target[t].n_labels, label, "no such label:", &l) < 0)
        return -1;
    if (code != NULL &&
        find_choice(s, s->target[t].code, s->target[t].n_codes, code, "no such sub-code:", &c) < 0)
        return -1;
    if (c != STANCE_NOTHING && !stance_code_fits(&s->target[t], c, l))
        return refuse(s, "with this label does not go the sub-code", code);
    if (stance_labelling_label(s->l, t, l, s->err) < 0 ||
        (code != NULL && stance_labelling_code(s->l, t, c, s->err) < 0))
        return placed(s, -1);
    return tell_row(s);
}

static int do_code(struct script *s, char *rest)
{
    const char *id = next_word(&rest), *code = next_word(&rest);
    size_t t, c;

    /* `code minors` is enough where one target has a code of that name */
    if (code == NULL && id != NULL) {
        size_t found = 0;
        for (size_t i = 0; i < s->n_targets; i++)
            for (size_t k = 0; k < s->target[i].n_codes; k++)
                if (strcmp(s->target[i].code[k].name, id) == 0 && found++ == 0) {
                    t = i;
                    c = k;
                }
        if (found == 1)
            return placed(s, stance_labelling_code(s->l, t, c, s->err)) < 0 ? -1 : tell_row(s);
    }
    if (find_target(s, id, &t) < 0 ||
        find_choice(s, s->target[t].code, s->target[t].n_codes, code, "no such sub-code:", &c) < 0)
        return -1;
    return placed(s, stance_labelling_code(s->l, t, c, s->err)) < 0 ? -1 : tell_row(s);
}

static int do_note(struct script *s, char *rest)
{
    rest += strspn(rest, " \t");
    return placed(s, stance_labelling_note(s->l, rest, s->err)) < 0 ? -1 : tell_row(s);
}

static int do_skip(struct script *s, char *rest)
{
    (void)rest;
    return placed(s, stance_labelling_skip(s->l, s->err)) < 0 ? -1 : tell_row(s);
}

static int do_undo(struct script *s, char *rest)
{
    int r = stance_labelling_undo(s->l, s->err);

    (void)rest;
    if (r < 0)
        return -1;
    if (r == 0)
        buf_add_str(&s->out, "nothing to undo\n");
    return r == 0 ? 0 : tell_row(s);
}

static int move_to(struct script *s, size_t at)
{
    if (stance_labelling_go(s->l, at))
        return tell_row(s);
    buf_add_str(&s->out, "no further row\n");
    return 0;
}

static int do_next(struct script *s, char *rest)
{
    (void)rest;
    return move_to(s, stance_labelling_counts(s->l).at + 1);
}

static int do_previous(struct script *s, char *rest)
{
    size_t at = stance_labelling_counts(s->l).at;

    (void)rest;
    return move_to(s, at > 0 ? at - 1 : STANCE_NOTHING);
}

static int do_open(struct script *s, char *rest)
{
    size_t at = stance_labelling_next_open(s->l);

    (void)rest;
    if (at != STANCE_NOTHING)
        return move_to(s, at);
    buf_add_str(&s->out, "all rows are done\n");
    return 0;
}

static int do_goto(struct script *s, char *rest)
{
    const char *where = next_word(&rest);
    uint64_t number;
    size_t at;

    if (where != NULL && where[0] == '#' && num_u64(span_of(where + 1), &number))
        at = number > 0 ? (size_t)number - 1 : STANCE_NOTHING;
    else
        at = where != NULL ? stance_labelling_find(s->l, where) : STANCE_NOTHING;
    if (!stance_labelling_go(s->l, at))
        return refuse(s, "no such row to label:", where != NULL ? where : "");
    return tell_row(s);
}

static int do_status(struct script *s, char *rest)
{
    struct stance_labelling_counts c = stance_labelling_counts(s->l);

    (void)rest;
    buf_addf(&s->out, "%zu of %zu done, %zu in part, %zu skipped\n", c.done, c.rows, c.partial,
             c.skipped);
    return 0;
}

static int do_quit(struct script *s, char *rest)
{
    (void)rest;
    s->quit = true;
    return 0;
}

static const struct {
    const char *name;
    int (*run)(struct script *s, char *rest);
} table[] = {{"label", do_label}, {"code", do_code},     {"note", do_note},
             {"skip", do_skip},   {"undo", do_undo},     {"next", do_next},
             {"open", do_open},   {"goto", do_goto},     {"previous", do_previous},
             {"show", do_show},   {"status", do_status}, {"quit", do_quit}};

static int run_line(struct script *s, char *line)
{
    const char *name = next_word(&line);

    if (name == NULL || name[0] == '#')
        return 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return table[i].run(s, line);
    return refuse(
        s,
        "expected label, code, note, skip, undo, next, previous, open, goto, show, status "
        "or quit, not",
        name);
}

static int flush(struct script *s, int status)
{
    if (s->out.len != 0 && fwrite(s->out.p, 1, s->out.len, stdout) != s->out.len && status == 0)
        status = err_errno(s->err, "<stdout>", "cannot write");
    if (fflush(stdout) != 0 && status == 0)
        status = err_errno(s->err, "<stdout>", "cannot write");
    buf_reset(&s->out);
    return status;
}

static int run_lines(struct script *s, FILE *f)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int status = 0;

    while (status == 0 && !s->quit && (n = getline(&line, &cap, f)) >= 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            line[--n] = '\0';
        s->line++;
        status = flush(s, run_line(s, line));
    }
    if (status == 0 && ferror(f))
        status = err_errno(s->err, s->name, "cannot read");
    free(line);
    return status;
}

int labelling_script(struct stance_labelling *labelling, const char *path, bool english,
                     struct stance_err *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct script s = {
        .l = labelling, .english = english, .name = standard ? "<stdin>" : path, .err = err};
    FILE *f = standard ? stdin : fopen(path, "r");
    int status;

    if (f == NULL)
        return err_errno(err, path, "cannot open");
    s.target = stance_labelling_targets(labelling, &s.n_targets);
    status = run_lines(&s, f);
    if (!standard)
        fclose(f);
    buf_release(&s.out);
    return status;
}
