/* SPDX-License-Identifier: MIT */
/*
 * session: every change is made on a copy of what is said of the row, saved whole, and only then
 * seen. Another's decision is not overruled: who adjudicates next is told whose it is.
 */
#include "label/session.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "corpus/utf8.h"
#include "label/queue.h"

enum { LONGEST_NAME = 64, LONGEST_NOTE = 4096 };

/* ---- opening ---- */

static int check_name(struct span name, struct stance_err *err)
{
    bool good = name.len > 0 && name.len <= LONGEST_NAME && utf8_valid(name) == name.len;

    for (size_t i = 0; good && i < name.len; i++)
        good = (unsigned char)name.p[i] >= 0x20 && name.p[i] != 0x7F;
    if (good && name.len == utf8_trim(name).len)
        return 0;
    return err_set(err, STANCE_USAGE,
                   "who labels? Expected --annotator NAME, at most %d bytes of UTF-8 without "
                   "control characters or blanks at the ends",
                   LONGEST_NAME);
}

static void line_up(struct session *s, const struct session_settings *set)
{
    s->queue = queue_all(&s->file.audit, &s->n);
    if (set->adjudicate)
        queue_disputed(&s->file.audit, s->queue, &s->n);
    if (set->twice != 0)
        queue_sample(&s->file.audit, s->queue, &s->n, set->twice);
}

static bool is_shown(const struct session *s, uint32_t row)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->queue[i] == row)
            return true;
    return false;
}

/* Undo reaches back into the journal that was replayed, but to one's own changes alone, and to
 * rows that are shown: nothing changes unseen. */
static void keep_own_past(struct session *s)
{
    struct labelfile *f = &s->file;
    size_t kept = 0;

    for (size_t i = 0; i < f->n_past; i++)
        if (f->past[i].say.annotator == s->annotator && f->past[i].say.decides == s->decides &&
            is_shown(s, f->past[i].row))
            f->past[kept++] = f->past[i];
    f->n_past = kept;
}

int session_open(struct session *s, const char *path, const struct session_settings *set,
                 struct stance_err *err)
{
    size_t first;

    *s = (struct session){.file.journal.fd = -1, .decides = set->adjudicate};
    if (check_name(set->annotator, err) < 0 || labelfile_open(&s->file, path, err) < 0)
        return -1;
    s->name = arena_copy(&s->file.audit.arena, set->annotator);
    s->annotator = audit_find_annotator(&s->file.audit, s->name);
    line_up(s, set);
    keep_own_past(s);
    s->at = s->n - (s->n > 0);
    first = session_next_open(s);
    s->at = first != SIZE_MAX ? first : s->at;
    return 0;
}

void session_release(struct session *s)
{
    free(s->queue);
    labelfile_release(&s->file);
    *s = (struct session){.file.journal.fd = -1};
}

/* ---- what is said ---- */

const struct audit_row *session_row(const struct session *s)
{
    return s->n != 0 ? &s->file.audit.row[s->queue[s->at]] : NULL;
}

struct audit_say session_say(struct session *s)
{
    return labelfile_copy(&s->file, s->queue[s->at], s->annotator, s->decides);
}

static const struct audit_say *find_say(const struct session *s, const struct audit_row *row)
{
    for (size_t i = 0; i < row->n_says; i++)
        if (row->say[i].annotator == s->annotator && row->say[i].decides == s->decides)
            return &row->say[i];
    return NULL;
}

bool session_asks(const struct session *s, uint32_t row, uint32_t target)
{
    return !s->decides || queue_differ(&s->file.audit.row[row], target);
}

/* Who else has decided this target of a row; AUDIT_NONE: nobody. */
static uint32_t decided_by(const struct session *s, const struct audit_row *row, uint32_t target)
{
    for (size_t i = 0; s->decides && i < row->n_says; i++)
        if (row->say[i].decides && row->say[i].label[target] != AUDIT_NONE &&
            row->say[i].annotator != s->annotator)
            return row->say[i].annotator;
    return AUDIT_NONE;
}

enum session_state session_state(const struct session *s, size_t at)
{
    const struct audit_row *row = &s->file.audit.row[s->queue[at]];
    const struct audit_say *say = find_say(s, row);
    size_t asked = 0, said = 0;

    for (uint32_t t = 0; t < s->file.audit.n_targets; t++) {
        if (!session_asks(s, s->queue[at], t))
            continue;
        asked++;
        said += (say != NULL && say->label[t] != AUDIT_NONE) || decided_by(s, row, t) != AUDIT_NONE;
    }
    if (said == asked)
        return SESSION_DONE;
    if (said == 0 && say != NULL && say->skipped)
        return SESSION_SKIPPED;
    return said != 0 ? SESSION_PARTIAL : SESSION_OPEN;
}

/* ---- changes ---- */

bool session_code_fits(const struct audit_target *t, uint32_t code, uint32_t label)
{
    struct span own = t->code[code].label;

    if (label == AUDIT_NONE)
        return false;
    if (own.p != NULL)
        return span_eq(own, t->label[label].label);
    return !span_eq(t->label[label].label, SPAN("none"));
}

static int begin(struct session *s, struct audit_say *say, struct stance_err *err)
{
    if (s->n == 0)
        return err_set(err, STANCE_USAGE, "there is no row to label");
    if (s->annotator == AUDIT_NONE)
        s->annotator = audit_add_annotator(&s->file.audit, s->name);
    *say = session_say(s);
    return 0;
}

static int check_target(const struct session *s, uint32_t target, struct stance_err *err)
{
    const struct audit *a = &s->file.audit;
    uint32_t other;

    if (target >= a->n_targets)
        return err_set(err, STANCE_USAGE, "no such target");
    if (!session_asks(s, s->queue[s->at], target))
        return err_set(err, STANCE_USAGE, "annotators agree on %s here: nothing is to be decided",
                       a->target[target].id.p);
    other = decided_by(s, session_row(s), target);
    if (other == AUDIT_NONE)
        return 0;
    return err_set(err, STANCE_USAGE,
                   "%s has decided %s here: adjudicate under that name to change it",
                   a->annotator[other].p, a->target[target].id.p);
}

static void mark_suggested(struct session *s, struct audit_say *say, uint32_t target)
{
    uint32_t label[AUDIT_MAX_TARGETS];
    double p[AUDIT_MAX_TARGETS];

    if (s->suggest == NULL)
        return;
    s->suggest(s->suggest_arg, session_row(s), label, p);
    say->suggested |= label[target] != AUDIT_NONE;
}

static bool without_label(const struct session *s, const struct audit_say *say)
{
    for (uint32_t t = 0; t < s->file.audit.n_targets; t++)
        if (say->label[t] != AUDIT_NONE)
            return false;
    return true;
}

int session_label(struct session *s, uint32_t target, uint32_t label, struct stance_err *err)
{
    const struct audit_target *t;
    struct audit_say say;

    if (begin(s, &say, err) < 0 || check_target(s, target, err) < 0)
        return -1;
    t = &s->file.audit.target[target];
    if (label != AUDIT_NONE && label >= t->n_labels)
        return err_set(err, STANCE_USAGE, "no such label");
    if (say.label[target] == label)
        return 0;
    say.label[target] = label;
    if (say.code[target] != AUDIT_NONE && !session_code_fits(t, say.code[target], label))
        say.code[target] = AUDIT_NONE;
    if (label != AUDIT_NONE) {
        say.skipped = false;
        mark_suggested(s, &say, target);
    } else if (without_label(s, &say))
        say.suggested = false;
    return labelfile_put(&s->file, s->queue[s->at], &say, false, err);
}

int session_code(struct session *s, uint32_t target, uint32_t code, struct stance_err *err)
{
    const struct audit_target *t;
    struct audit_say say;

    if (begin(s, &say, err) < 0 || check_target(s, target, err) < 0)
        return -1;
    t = &s->file.audit.target[target];
    if (code != AUDIT_NONE && code >= t->n_codes)
        return err_set(err, STANCE_USAGE, "no such sub-code");
    if (code != AUDIT_NONE && !session_code_fits(t, code, say.label[target]))
        return err_set(err, STANCE_USAGE, "the sub-code %s of %s does not go with %s",
                       t->code[code].code.p, t->id.p,
                       say.label[target] == AUDIT_NONE ? "no label"
                                                       : t->label[say.label[target]].label.p);
    if (say.code[target] == code)
        return 0;
    say.code[target] = code;
    return labelfile_put(&s->file, s->queue[s->at], &say, false, err);
}

int session_note(struct session *s, struct span note, struct stance_err *err)
{
    struct audit_say say;

    if (begin(s, &say, err) < 0)
        return -1;
    if (note.len > LONGEST_NOTE || utf8_valid(note) != note.len)
        return err_set(err, STANCE_USAGE, "a note is UTF-8, at most %d bytes", LONGEST_NOTE);
    if (span_eq(say.note, note))
        return 0;
    say.note = note.len != 0 ? note : (struct span){NULL, 0};
    return labelfile_put(&s->file, s->queue[s->at], &say, false, err);
}

int session_skip(struct session *s, struct stance_err *err)
{
    struct audit_say say;

    if (begin(s, &say, err) < 0)
        return -1;
    if (say.skipped)
        return 0;
    for (uint32_t t = 0; t < s->file.audit.n_targets; t++)
        say.label[t] = say.code[t] = AUDIT_NONE;
    say.suggested = false;
    say.skipped = true;
    return labelfile_put(&s->file, s->queue[s->at], &say, false, err);
}

int session_undo(struct session *s, struct stance_err *err)
{
    struct label_past last;

    if (s->file.n_past == 0)
        return 0;
    last = s->file.past[s->file.n_past - 1];
    if (labelfile_put(&s->file, last.row, &last.say, true, err) < 0)
        return -1;
    for (size_t i = 0; i < s->n; i++)
        if (s->queue[i] == last.row)
            s->at = i;
    return 1;
}

/* ---- places ---- */

size_t session_find(const struct session *s, struct span id)
{
    for (size_t i = 0; i < s->n; i++)
        if (span_eq(s->file.audit.row[s->queue[i]].comment.id, id))
            return i;
    return SIZE_MAX;
}

size_t session_next_open(const struct session *s)
{
    for (size_t i = 1; i <= s->n; i++) {
        size_t at = (s->at + i) % s->n;
        enum session_state state = session_state(s, at);
        if (state == SESSION_OPEN || state == SESSION_PARTIAL)
            return at;
    }
    return SIZE_MAX;
}
