/* SPDX-License-Identifier: MIT */
/*
 * audit: the file that goes from `sample` by `label` to `prevalence`: which comments were drawn
 * from a dump and how, and what people said of them. doc/AUDIT.md has it member by member.
 *
 * One manifest and its rows, in memory whole (a sample is small whatever the dump). What is
 * read was written by the program: every line ends in a check of its own bytes, so that a row that
 * was edited, moved from another audit or lost is refused and named, never estimated from.
 * All text is owned by the audit, NUL-terminated, good until audit_release().
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "base/arena.h"
#include "corpus/corpus.h"
#include "corpus/dialect.h"
#include "corpus/targetfile.h"

#define AUDIT_NONE UINT32_MAX
enum { AUDIT_MAX_BY = 4, AUDIT_MAX_TARGETS = 64 };
#define AUDIT_KEY "stance_audit" /* first member of the manifest, which is the first line */

enum audit_unit { AUDIT_COMMENTS, AUDIT_THREADS }; /* what was drawn */

/* How many records of which the dump was made, and which: the sum, modulo 2^64, of the keys of
 * its population (audit_key()), which is the same in any order and adds up over shards. */
struct audit_dump {
    uint64_t records, population; /* the population: records with a text to label */
    uint64_t sum;
};

struct audit_stratum {
    struct span name;    /* values of `by` joined by " / "; "all" where there is no by */
    uint64_t population; /* comments of the dump in it */
    uint64_t drawn;      /* drawn of these at random, in rows or in what rows repeat */
};

/* One sub-code of a target: what a stance is about. */
struct audit_code {
    struct span code, label, fr, en; /* label: the only one it goes with, p NULL: any but none */
};

/* A target that is labelled: labels in the order they are offered. */
struct audit_target {
    struct span id, statement, definition; /* p NULL where not given */
    struct target_label *label;
    size_t n_labels;
    struct audit_code *code;
    size_t n_codes;
};

/* What one annotator said of one row. Indices in the target's labels and codes, AUDIT_NONE for
 * nothing said. */
struct audit_say {
    uint32_t annotator; /* in audit.annotator */
    uint32_t *label;    /* [target] */
    uint32_t *code;     /* [target] */
    struct span note;   /* p NULL */
    bool decides;       /* an adjudication, which overrules the others */
    bool suggested;     /* a model's label was shown */
    bool skipped;       /* passed over knowingly; no label then */
};

struct audit_row {
    struct comment comment; /* thread, parent, author, date, extra members: as drawn */
    struct span context;    /* the object as JSON: article, parent's text; p NULL where none */
    uint64_t key;           /* audit_key() */
    bool training;          /* drawn for learning: never in an estimate */
    uint32_t batch;         /* from 1 */
    uint32_t stratum;       /* AUDIT_NONE for training */
    struct span cluster;    /* thread, else author's … else the comment's own id */
    double sample_prob;     /* NAN for training */
    uint32_t repeats;       /* records of the dump with this id and text: it counts so often */
    uint32_t like;          /* an earlier row with nearly the same text, whose labels are its own
                               too, or AUDIT_NONE */
    struct audit_say *say;  /* by annotator; the deciding one, if any, last */
    size_t n_says;
    uint64_t line; /* in the file it was read from */
};

struct audit {
    char *path;  /* for messages */
    uint64_t id; /* of this drawing: every row names it */
    enum audit_unit unit;
    uint64_t seed;
    struct span
        by[AUDIT_MAX_BY]; /* what strata are made of: "date:week", FIELD, "predicted:TARGET" */
    size_t n_by;
    uint32_t model; /* checksum of the model that strata or training rows rest on; 0: none */
    struct audit_dump dump;
    struct span field[N_ROLES]; /* what the user named of the dump's fields; p NULL */
    bool lossy;
    double threads_tau; /* AUDIT_THREADS: the probability with which each thread was drawn */
    struct audit_stratum *stratum; /* arrays but `row` lie in the arena */
    size_t n_strata;
    struct audit_target *target;
    size_t n_targets;
    struct span *annotator;
    size_t n_annotators;
    struct audit_row *row; /* in random order within a stratum: a prefix is a smaller sample */
    size_t n_rows, row_cap;
    struct arena arena;
};

/* Reads the whole file. STANCE_DATA, with file and line: no manifest, a newer version, a check that
 * does not match (edited by hand), a row of another audit, a row twice or missing, labels of
 * another target. STANCE_SYSTEM. Release in any case. */
int audit_read(struct audit *a, const char *path, struct stance_err *err);
void audit_release(struct audit *a); /* {0} is a valid empty one */

/* The whole file, in a form that depends on the audit alone; written beside path and renamed. */
int audit_write(const struct audit *a, const char *path, struct stance_err *err);

/* The same as one text, and from one (name: for messages). */
void audit_text(const struct audit *a, struct buf *out);
int audit_parse(struct audit *a, struct span text, const char *name, struct stance_err *err);

/* What identifies a comment in its dump: of id and text, whatever else the record holds. */
uint64_t audit_key(struct span id, struct span text);

/* The label that counts for a target of a row: the deciding one, else the one that all who
 * labelled it gave; AUDIT_NONE where nobody did, or where they differ and nothing is decided
 * (*differ, which may be NULL, is then true). A row that is like another has the other's. */
uint32_t audit_gold(const struct audit *a, const struct audit_row *row, uint32_t target,
                    bool *differ);

/* The number of a target by id, of its label, of its code, of an annotator; AUDIT_NONE: none. */
uint32_t audit_find_target(const struct audit *a, struct span id);
uint32_t audit_find_label(const struct audit_target *t, struct span label);
uint32_t audit_find_code(const struct audit_target *t, struct span code);
uint32_t audit_find_annotator(const struct audit *a, struct span name);
uint32_t audit_find_row(const struct audit *a, struct span id);

/* The annotator of this name, new where there is none. */
uint32_t audit_add_annotator(struct audit *a, struct span name);

/* What this annotator says of a row, or decides: found, or made with nothing said. Good until the
 * next is made for the row. */
struct audit_say *audit_say_of(struct audit *a, struct audit_row *row, uint32_t annotator,
                               bool decides);

/* One with nothing said, for comparing and filling; not in any row. */
struct audit_say audit_say_empty(struct audit *a, uint32_t annotator, bool decides);

/* Whether it holds a label, a note or a skip. */
bool audit_says_something(const struct audit *a, const struct audit_say *say);

/* A say as one JSON object, as in "annotations", and from one. Its annotator is added to the
 * audit where it is new; name and line are for messages. */
void audit_add_say(const struct audit *a, const struct audit_say *say, struct buf *out);
int audit_parse_say(struct audit *a, struct span object, const char *name, uint64_t line,
                    struct audit_say *say, struct stance_err *err);

/* Ends a line that began at `from` with "{": its check, "}" and the line end. */
void audit_end_line(struct buf *out, size_t from);

/* Whether a line (without its end) ends in the check of its bytes. */
bool audit_line_is_whole(struct span line);

/* A row more, zeroed; good until the next. */
struct audit_row *audit_add_row(struct audit *a);

/* From a definition as in corpus/targets.ndjson: false where it is none or has no labels. */
bool audit_read_target(struct audit *a, struct span object, struct audit_target *target);
int audit_read_targets(struct audit *a, const char *path, struct stance_err *err);

#endif
