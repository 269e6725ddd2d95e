/* SPDX-License-Identifier: MIT */
/*
 * parse: one record's bytes to the fields of one comment. A pure function of the record and
 * the schema: threads may share a schema, each with a struct parsed of its own.
 */
#ifndef CORPUS_PARSE_H
#define CORPUS_PARSE_H

#include "corpus/csv.h"
#include "corpus/fields.h"
#include "corpus/json.h"
#include "corpus/jsonmemory.h"

enum parse_status {
    PARSE_OK,
    PARSE_BLANK,       /* the record or the text is empty or white space */
    PARSE_DELETED,     /* the text is a marker: [deleted], [removed], [supprimé] */
    PARSE_UNDECODABLE, /* ill-formed UTF-8, unless the schema is lossy */
    PARSE_UNPARSABLE,  /* bad JSON, an open quote, a wrong number of columns */
    PARSE_NO_TEXT      /* the text's key is absent or null, its value \N or no text */
};

/* "ok", "blank", "deleted", "undecodable", "unparsable", "no_text": for output columns. */
const char *parse_status_name(enum parse_status status);

struct parsed_field {
    bool has;         /* false: absent, null, \N, or (but for the text) empty */
    struct span text; /* decoded UTF-8; a JSON number is its source text */
};

/* {0} is a valid one; reuse it from record to record: once it is warm nothing is allocated
 * (but for nested keys with escapes, and text in pieces). All spans are good until the next
 * parse_record, as long as `raw` is. */
struct parsed {
    enum parse_status status;
    size_t at;          /* UNDECODABLE, UNPARSABLE: offset in `record` of the byte that cannot be */
    char message[128];  /* the same: what is wrong and what was expected; else "" */
    bool repaired;      /* lossy, and something was */
    struct span record; /* raw, or its repaired form */
    struct parsed_field role[N_ROLES];

    /* NDJSON, unless unparsable: the output is record[0 … close), ',' unless empty_object,
     * new members, record[close … ) */
    size_t close;      /* offset in `record` of the closing brace */
    bool empty_object; /* "{}" */
    struct json_member *member;
    size_t n_members;

    struct csv_row row; /* CSV and TSV: all fields */

    /* owned */
    size_t member_cap;
    struct buf fixed, keys, scratch, text[N_ROLES];
    struct json_memory memory;
};

/* Also returns out->status. An author that is a deletion marker counts as absent (else all
 * deleted accounts were one), a parent equal to schema->top too. Fields of a record that is
 * UNDECODABLE or UNPARSABLE are all absent. */
enum parse_status parse_record(const struct schema *schema, struct span raw, struct parsed *out);

void parsed_release(struct parsed *p); /* NULL is fine */

/* NDJSON: the value of a top-level member, the last of its name; NULL where absent. */
const struct json_value *parsed_member(const struct parsed *p, struct span key);

#endif
