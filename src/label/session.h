/* SPDX-License-Identifier: MIT */
/*
 * session: one annotator at the rows of an audit, one after the other. No terminal here: a screen
 * and a script give the same commands.
 *
 * The queue is fixed when the session begins. Rows that are like another are not in it. Rows come
 * batch by batch, the strata of a batch in proportion, so that who stops half way has labelled half
 * of each; whole threads, where these were drawn, come as they are. An annotator sees nothing of
 * what others said, but when adjudicating: then the queue holds the rows where they differ, and
 * what is said decides.
 */
#ifndef LABEL_SESSION_H
#define LABEL_SESSION_H

#include "label/labelfile.h"

struct session_settings {
    struct span annotator; /* not empty */
    bool adjudicate;
    uint64_t twice; /* only so many rows, drawn by the audit's id; 0: all */
};

struct session {
    struct labelfile file;
    uint32_t annotator; /* AUDIT_NONE before the first word of a new one */
    struct span name;
    bool decides;
    uint32_t *queue; /* rows */
    size_t n, at;    /* at: place in the queue */
    /* what a model says of a row, into label[target] (AUDIT_NONE: nothing); NULL: no model */
    void (*suggest)(void *arg, const struct audit_row *row, uint32_t *label, double *p);
    void *suggest_arg;
};

/* Opens the audit (labelfile_open) and stands at the first row that is not done. STANCE_USAGE for
 * a name that is none. Release in any case. */
int session_open(struct session *s, const char *path, const struct session_settings *set,
                 struct stance_err *err);
void session_release(struct session *s); /* does not fold */

/* What this annotator says of the row at hand; good until the next change. */
struct audit_say session_say(struct session *s);
const struct audit_row *session_row(const struct session *s); /* NULL where the queue is empty */

/* Whether there is a question of this target at a row: where annotators differ, else always. */
bool session_asks(const struct session *s, uint32_t row, uint32_t target);

enum session_state { SESSION_OPEN, SESSION_PARTIAL, SESSION_DONE, SESSION_SKIPPED };
enum session_state session_state(const struct session *s, size_t at);

/* Changes of the row at hand, saved when they return 0. AUDIT_NONE takes a label or code away; a
 * code that does not go with a new label goes with the old one. STANCE_USAGE, and nothing changed,
 * for a code without a stance, a target that is not asked, an empty queue. */
int session_label(struct session *s, uint32_t target, uint32_t label, struct stance_err *err);
int session_code(struct session *s, uint32_t target, uint32_t code, struct stance_err *err);
int session_note(struct session *s, struct span note, struct stance_err *err); /* empty: none */
int session_skip(struct session *s, struct stance_err *err); /* drops the row's labels */

/* Takes the last change back and goes to its row: 1; 0 where there is nothing to take back. */
int session_undo(struct session *s, struct stance_err *err);

/* Whether this code can go with this label: its own, or any label but the last, which is none. */
bool session_code_fits(const struct audit_target *t, uint32_t code, uint32_t label);

/* Places in the queue; SIZE_MAX where there is none. */
size_t session_find(const struct session *s, struct span id);
size_t session_next_open(const struct session *s); /* after this one, then from the start */

#endif
