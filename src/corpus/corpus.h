/* SPDX-License-Identifier: MIT */
/*
 * corpus: labelled comments in memory, in one order whatever the order of the files.
 *
 * Filled with corpus_add() and corpus_label(), then corpus_seal(): comments are sorted by
 * id, targets and labels by bytes, and every number below is a position in those orders.
 * All text is owned by the corpus and good until corpus_free().
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include "base/arena.h"
#include "base/intern.h"

#include <stance.h>

/* A member that the program gives no meaning to, kept to group by. */
struct extra {
    struct span key, value; /* value as text */
    struct extra *next;
};

/* p is NULL where a comment has no such field; id and text are always there, the text of a gold
 * without texts empty. */
struct comment {
    struct span id, thread, parent, author, date, text;
    struct span week; /* of the date, "2024-W20"; set by corpus_seal(), p NULL where none */
    struct extra *extra;
    uint32_t file; /* position in corpus.file */
    uint64_t line;
    bool added; /* one of the user's own, beside the corpus proper (--add) */
};

/* One label: this comment's stance toward this target. */
struct mark {
    uint32_t comment, target, label;
};

struct corpus {
    struct comment *comment;
    size_t n_comments, comment_cap;
    struct mark *mark; /* by comment, then target */
    size_t n_marks, mark_cap;
    struct span *target, *label, *file; /* names */
    uint32_t n_targets, n_labels, n_files;
    struct span *dropped; /* targets that corpus_keep_targets() left out (keep.h) */
    size_t n_dropped;
    size_t n_orphans; /* comments whose parent is in none of the files */
    size_t n_both;    /* comments given both as added ones and not: they are added ones */
    struct arena arena;
    struct intern target_names, label_names, file_names; /* before sealing */
};

void corpus_release(struct corpus *c); /* {0} is a valid empty corpus */

/* Copies the comment's text fields; `c->extra` must be NULL. Returns its position for
 * corpus_label() and corpus_extra(), good until corpus_seal(). */
size_t corpus_add(struct corpus *c, const struct comment *comment, struct span file);
void corpus_extra(struct corpus *c, size_t comment, struct span key, struct span value);
void corpus_label(struct corpus *c, size_t comment, struct span target, struct span label);

/* Sorts and checks: a comment given twice with the same text has its labels merged where
 * they are about different targets, and what only one of its rows says is taken over; of two
 * values of an extra member the smaller is kept. Errors, code STANCE_DATA with file and line:
 * the same id with another text, thread, parent or author, one target labelled twice,
 * parents that form a cycle. */
int corpus_seal(struct corpus *c, struct stance_err *err);

/* The position of a comment by id, or SIZE_MAX. Sealed corpora only. */
size_t corpus_find(const struct corpus *c, struct span id);

/* Which comments have a label, one byte each; owned by the caller. */
uint8_t *corpus_labelled(const struct corpus *c);

/* What comments are grouped by: "thread", "author", "parent", "id", "date", an extra member's
 * key, or "date:year", "date:month", "date:day": the first 4, 7 or 10 bytes of an ISO 8601 date
 * (2024-05-16T12:30); in a sealed corpus also "date:week", the ISO 8601 week of it (2024-W20). p
 * NULL where this comment lacks it, or its date is written otherwise. */
struct span comment_field(const struct comment *c, struct span field);

#endif
