/* SPDX-License-Identifier: MIT */
/* dumps: what comes out of stance_classify_files() for what goes in, for several tests. */
#ifndef TESTS_DUMPS_H
#define TESTS_DUMPS_H

#include "small.h"

/* With targets ban and spying; made and dropped as set-up and tear-down of a group. */
extern struct stance_model *dumps_model;
int dumps_make_model(void **state);
int dumps_drop_model(void **state);

/* A file that is not there, for dumps_refused(). */
static const struct span dumps_none = {NULL, 0};

/* The files' records classified; on failure *out is what was written before it. */
int dumps_classify_all(const struct span *text, size_t n, const struct stance_dump_options *o,
                       struct buf *out, struct stance_tally *tally, struct stance_err *err);

/* One file, without failing. */
struct buf dumps_classify(struct span text, const struct stance_dump_options *o);

/* The same, compared; digits of probabilities are "0.9999", so that what is expected can be
 * written down. o NULL: the usual. */
void dumps_expect(struct span text, const struct stance_dump_options *o, const char *expected);

/* The same, of one file or two, refused with this code, line and part of the message. */
void dumps_refused(struct span a, struct span b, const struct stance_dump_options *o,
                   enum stance_code code, uint64_t line, const char *message);

#define P(label)   "{\"label\":\"" label "\",\"p\":0.9999}"
#define BOTH(a, b) "\"predicted\":{\"ban\":" P(a) ",\"spying\":" P(b) "},\"stance_status\":\"ok\"}"

#endif
