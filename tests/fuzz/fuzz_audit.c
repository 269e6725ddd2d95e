/* SPDX-License-Identifier: MIT */
/*
 * audit: any bytes as an audit. The first byte says whether lines stand as they are or get a check
 * that is good, without which nothing would be read but the check. What is read has its
 * probabilities, strata and labels in range, and is written in a form that reads back as itself.
 */
#include "audit/audit.h"

#include "corpus/jsonout.h"
#include "fuzz.h"

/* The line with its last byte, which should be a brace, made room for a check. */
static void sign(struct span line, struct buf *out)
{
    size_t from = out->len;

    buf_add(out, line.p, line.len - (line.len > 0));
    jsonout_hex(out, "check", hash_span((struct span){out->p + from, out->len - from}));
    buf_add_str(out, "}\n");
}

static void sign_lines(struct span text, struct buf *out)
{
    while (text.len > 0) {
        const char *end = memchr(text.p, '\n', text.len);
        struct span line = {text.p, end != NULL ? (size_t)(end - text.p) : text.len};
        buf_room(out, 1);
        sign(line, out);
        text.p += line.len + (end != NULL);
        text.len -= line.len + (end != NULL);
    }
}

static void check_say(const struct audit *a, const struct audit_say *s)
{
    MUST(s->annotator < a->n_annotators);
    for (size_t t = 0; t < a->n_targets; t++) {
        MUST(s->label[t] == AUDIT_NONE || s->label[t] < a->target[t].n_labels);
        MUST(s->code[t] == AUDIT_NONE || s->code[t] < a->target[t].n_codes);
    }
}

static void check_row(const struct audit *a, size_t i)
{
    const struct audit_row *row = &a->row[i];

    MUST(row->comment.id.p != NULL && row->comment.text.p != NULL);
    MUST(row->batch > 0 && row->repeats > 0);
    MUST(row->like == AUDIT_NONE || row->like < i);
    MUST(row->training == (row->stratum == AUDIT_NONE));
    MUST(row->training ||
         (row->stratum < a->n_strata && row->sample_prob > 0 && row->sample_prob <= 1));
    MUST(row->training || row->cluster.p != NULL);
    for (size_t s = 0; s < row->n_says; s++)
        check_say(a, &row->say[s]);
    for (uint32_t t = 0; t < a->n_targets; t++) {
        bool differ;
        uint32_t gold = audit_gold(a, row, t, &differ);
        MUST(gold == AUDIT_NONE || (gold < a->target[t].n_labels && !differ));
    }
}

static void check_again(const struct audit *a)
{
    struct buf once = {0}, twice = {0};
    struct stance_err err = {0};
    struct audit b;

    audit_text(a, &once);
    MUST(audit_parse(&b, buf_span(&once), "again", &err) == 0);
    MUST(b.n_rows == a->n_rows && b.id == a->id);
    audit_text(&b, &twice);
    MUST(span_eq(buf_span(&once), buf_span(&twice)));
    audit_release(&b);
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0};
    struct stance_err err = {0};
    struct audit a;

    if (size < 1)
        return 0;
    if ((data[0] & 1) != 0)
        sign_lines(fuzz_span(data + 1, size - 1), &text);
    else
        buf_add(&text, data + 1, size - 1);
    if (audit_parse(&a, buf_span(&text), "fuzz", &err) == 0) {
        for (size_t i = 0; i < a.n_rows; i++)
            check_row(&a, i);
        check_again(&a);
    } else {
        MUST(err.code == STANCE_DATA && err.message[0] != '\0');
    }
    audit_release(&a);
    buf_release(&text);
    return 0;
}
