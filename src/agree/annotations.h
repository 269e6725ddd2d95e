/* SPDX-License-Identifier: MIT */
/*
 * annotations: who gave which label to what. Files of annotators' labels become one table of
 * units (a comment and a target) by annotators, in an order that does not depend on that of
 * files and rows: comments, targets, labels and annotators are sorted by bytes, and every
 * number below is a position in those orders.
 *
 * The forms are those of corpora (labels.h), without a text: NDJSON {"id", "annotator",
 * "stance": {TARGET: LABEL}}, flat NDJSON and tables with id, annotator, target, label, or
 * columns stance.TARGET; and audits (doc/AUDIT.md), of which the readings count, not what decides.
 * A file that names no annotator is the work of one, called as the file is. Nothing is passed over:
 * what cannot be read is STANCE_DATA with its place.
 */
#ifndef AGREE_ANNOTATIONS_H
#define AGREE_ANNOTATIONS_H

#include "corpus/corpus.h"

/* More are no labels: a text was taken for one. Tables are labels × labels. */
enum { ANNOTATIONS_MAX_LABELS = 256 };

/* p NULL where it is not known. `field` is the member or column asked for to group by. */
struct annotated {
    struct span id, thread, author, field;
};

/* One label. A unit is a run of rows with equal comment and target. */
struct annotation {
    uint32_t comment, target, annotator, label;
    uint32_t file; /* where it was read, for messages */
    uint64_t line;
};

struct annotations {
    struct annotated *comment;
    size_t n_comments, comment_cap;
    struct annotation *row; /* by comment, target, annotator: each once */
    size_t n_rows, row_cap;
    struct span *target, *label, *annotator; /* names, NUL-terminated */
    uint32_t n_targets, n_labels, n_annotators;
    uint64_t n_repeated; /* labels given twice alike, counted once */
    bool has_comments;   /* threads and authors are those of annotation_files.comments */
    struct arena arena;
};

struct annotation_files {
    const char *const *path; /* "-" is standard input, which must name its annotators */
    size_t n_paths;
    /* files of comments, annotated or not, that say what their threads and authors are; with
     * them what the annotations say of that is not looked at. Any dump will do. */
    const char *const *comments;
    size_t n_comments;
    const struct stance_input *input; /* not NULL; .fields.annotator too */
    const char *group; /* a field to keep; NULL, "thread", "author" and "id" are there anyway */
};

/* Reads all of it. STANCE_DATA besides what is damaged:
 *   - one annotator gave one unit two different labels: how many, and the first few;
 *   - two files without an annotator have one name;
 *   - a comment has two threads or authors, or is not among the comments;
 *   - no label at all, or more than ANNOTATIONS_MAX_LABELS different ones.
 * Release in any case. */
int annotations_read(struct annotations *a, const struct annotation_files *files,
                     const struct stance_talk *talk, struct stance_err *err);
void annotations_release(struct annotations *a); /* {0} is a valid empty table */

/* The end of the unit that begins at row `from`. */
size_t annotations_unit_end(const struct annotations *a, size_t from);

/* What each annotator says of a sealed corpus: [annotator][mark] positions in a->label,
 * UINT32_MAX where that annotator did not label the mark's comment and target. Owned by the
 * caller. To judge annotators beside a model. */
uint32_t *annotations_of_corpus(const struct annotations *a, const struct corpus *gold);

#endif
