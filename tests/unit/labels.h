/* SPDX-License-Identifier: MIT */
/* labels: a copy of the audit under tests/data/label, and a labelling of it. */
#ifndef TESTS_LABELS_H
#define TESTS_LABELS_H

#include "label/session.h"

enum { BAN, SPYING, TOPIC }; /* targets of the audit under tests/data/label */
enum { FAVOR, AGAINST, NEITHER };

char *label_copy_audit(void); /* its path: remove_temp() */
bool label_exists(const char *path);

/* Each fails the test where it fails. */
void label_begin(struct session *s, const char *path, const char *name, bool adjudicate);
void label_end(struct session *s); /* folds */
void label_go(struct session *s, const char *id);
void label_give(struct session *s, uint32_t target, uint32_t value);

/* The audit as it stands in memory, as text. */
struct buf label_state(const struct session *s);

void label_assert_same(struct buf *a, struct buf *b); /* and releases both */

#endif
