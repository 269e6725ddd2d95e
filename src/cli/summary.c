/* SPDX-License-Identifier: MIT */
/*
 * summary: the heading says what the counts are not. A share estimated by counting
 * predictions is biased by the classifier's own errors.
 */
#include "cli/summary.h"

#include <stdio.h>

/* Characters, as far as columns go: bytes that begin one in UTF-8. */
static int width_of(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static void pad(struct buf *line, int from, int to)
{
    for (; from < to; from++)
        buf_add_char(line, ' ');
}

static void add_right(struct buf *line, const char *text, int width)
{
    pad(line, width_of(text), width);
    buf_add_str(line, text);
}

static int widest(const char *const *text, size_t n, int least)
{
    for (size_t i = 0; i < n; i++)
        if (width_of(text[i]) > least)
            least = width_of(text[i]);
    return least;
}

static void note(struct buf *line, struct term *term)
{
    term_note(term, "%s", buf_str(line));
    buf_reset(line);
}

static void note_labels(const struct stance_tally *t, struct buf *line, struct term *term)
{
    int first = widest((const char *const *)t->target, t->n_targets, 6);
    int other = widest((const char *const *)t->label, t->n_labels, 8) + 2;
    char number[24];

    buf_add_str(line, "target");
    pad(line, 6, first);
    for (size_t j = 0; j < t->n_labels; j++)
        add_right(line, t->label[j], other);
    note(line, term);
    for (size_t i = 0; i < t->n_targets; i++) {
        buf_add_str(line, t->target[i]);
        pad(line, width_of(t->target[i]), first);
        for (size_t j = 0; j < t->n_labels; j++) {
            uint64_t count = t->label_count[i * t->n_labels + j];
            snprintf(number, sizeof number, "%llu", (unsigned long long)count);
            add_right(line, number, other);
        }
        note(line, term);
    }
}

static void note_statuses(const struct stance_tally *t, struct buf *line, struct term *term)
{
    const char *before = ": ";

    buf_addf(line, "records: %llu", (unsigned long long)t->records);
    for (int i = 0; i < STANCE_N_STATUS; i++) {
        if (i == STANCE_STATUS_OK || t->status[i] == 0)
            continue;
        buf_addf(line, "%s%llu %s", before, (unsigned long long)t->status[i],
                 stance_status_name((enum stance_status)i));
        before = ", ";
    }
    note(line, term);
}

void summary_note(const struct stance_tally *tally, struct term *term)
{
    struct buf line = {0};

    if (tally->records == 0)
        return;
    term_note(term, "predicted labels, not shares");
    note_labels(tally, &line, term);
    note_statuses(tally, &line, term);
    buf_release(&line);
}
