/* SPDX-License-Identifier: MIT */
/*
 * decode: text encodings to UTF-8, a stream at a time.
 * UTF-8 input passes through unchecked (each record is validated later, where its line is
 * known); everything else comes out as valid UTF-8.
 */
#ifndef BASE_DECODE_H
#define BASE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

enum encoding {
    ENCODING_AUTO, /* UTF-8 with or without byte order mark; UTF-16 by its mark */
    ENCODING_UTF8,
    ENCODING_WINDOWS_1252,
    ENCODING_ISO_8859_15,
    ENCODING_UTF16LE, /* found by AUTO, not offered by name */
    ENCODING_UTF16BE
};

/* "auto", "utf-8", "windows-1252", "iso-8859-15", in any case of ASCII letters, with "utf8",
 * "cp1252" and "latin-9" for the last three. false where the name is none of them. */
bool encoding_by_name(const char *name, enum encoding *encoding);
const char *encoding_name(enum encoding encoding);

/* What ENCODING_AUTO means for a stream that starts with these bytes (at least 4 of them,
 * or the whole stream), and how long its byte order mark is. Any other encoding is returned
 * unchanged; a UTF-8 mark is dropped from declared UTF-8 as well. false: UTF-32, which is
 * not read. */
bool encoding_find(enum encoding declared, const char *p, size_t len, enum encoding *found,
                   size_t *mark);

/* A decoder in mid-stream; {.from = …} is one at the start. */
struct decode {
    enum encoding from;
    unsigned char half[3]; /* bytes of a UTF-16 character not yet complete */
    size_t n_half;
};

enum { DECODE_GROWTH = 3 }; /* at most so many bytes out for one in, and 6 at the end */

/* Decodes all of in[0 … len) to out, which has room for DECODE_GROWTH·(len + 3) + 6 bytes;
 * `last` says that nothing follows. Returns the bytes written. Unpaired surrogates, an odd
 * last byte and codes without a meaning become U+FFFD. */
size_t decode_run(struct decode *d, const char *in, size_t len, bool last, char *out);

#endif
