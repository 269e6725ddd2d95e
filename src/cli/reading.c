/* SPDX-License-Identifier: MIT */
/* reading: rows, and their values as the library wants them. */
#include "cli/reading.h"

static const char *const encodings[] = {"auto", "utf-8", "windows-1252", "iso-8859-15", NULL};

#define FIELD(name_, member, what)                                                                 \
    {                                                                                              \
        name_, 0, "NAME", "field that holds " what, AT_TEXT(struct reading, fields.member)         \
    }
#define ENCODING                                                                                   \
    {                                                                                              \
        "encoding", 0, "NAME", "encoding of the input; auto: UTF-8, or UTF-16 with a mark",        \
            AT_CHOICE(struct reading, encoding), .choices = encodings                              \
    }

const struct option encoding_options[] = {ENCODING, {NULL}};

const struct option reading_options[] = {
    FIELD("text-field", text, "the comment's text (a.b: member b of a)"),
    FIELD("id-field", id, "its id"),
    FIELD("thread-field", thread, "its thread"),
    FIELD("parent-field", parent, "the id of the comment it replies to"),
    FIELD("author-field", author, "its author"),
    FIELD("date-field", date, "its date"),
    ENCODING,
    {"max-record", 0, "BYTES", "longest record, default 1M; longer ones are not read",
     AT_SIZE(struct reading, max_record), .low = 1024, .high = 1 << 30},
    {"lossy", 0, NULL, "read invalid UTF-8 as U+FFFD instead of refusing it",
     AT_FLAG(struct reading, lossy)},
    {NULL},
};

const struct option label_options[] = {
    FIELD("target-field", target, "a label's target"),
    FIELD("label-field", label, "the label"),
    {NULL},
};

struct stance_input reading_input(const struct reading *reading)
{
    return (struct stance_input){
        .fields = reading->fields,
        .encoding = (enum stance_encoding)reading->encoding,
        .max_record = (size_t)reading->max_record,
        .lossy = reading->lossy,
    };
}

struct stance_corpus *reading_kept(struct stance_corpus *corpus, const struct words *keep,
                                   struct stance_err *err)
{
    if (corpus == NULL || keep->n == 0 ||
        stance_corpus_keep_targets(corpus, keep->word, keep->n, err) == 0)
        return corpus;
    stance_corpus_free(corpus);
    return NULL;
}

struct stance_corpus *reading_gold(const struct reading *reading, const char *const *path, size_t n,
                                   bool textless, const char *definitions, const struct words *keep,
                                   const struct stance_talk *talk, struct stance_err *err)
{
    struct stance_input input = reading_input(reading);

    input.textless = textless;
    return reading_kept(stance_corpus_load(path, n, definitions, &input, talk, err), keep, err);
}
