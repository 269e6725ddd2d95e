/* SPDX-License-Identifier: MIT */
/* queue: which rows an annotator is shown, and in which order; session.h says what holds. */
#ifndef LABEL_QUEUE_H
#define LABEL_QUEUE_H

#include "audit/audit.h"

/* Rows in order, owned by the caller. */
uint32_t *queue_all(const struct audit *a, size_t *n);

/* Keeps `wanted` of n rows, by the smallest hashes of the audit's id and the row's key: the same
 * rows whoever asks, and among more of them if more are asked. */
void queue_sample(const struct audit *a, uint32_t *queue, size_t *n, uint64_t wanted);

/* Keeps rows where annotators differ in a target, decided or not. */
void queue_disputed(const struct audit *a, uint32_t *queue, size_t *n);

/* Whether annotators differ in a target of a row; what was decided is not looked at. */
bool queue_differ(const struct audit_row *row, uint32_t target);

#endif
