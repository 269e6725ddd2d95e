/* SPDX-License-Identifier: MIT */
/*
 * parse: framing whole or in odd-sized pieces gives the same records, which splitting finds
 * whole (no quote open but at the end of the input); roles are valid UTF-8;
 * a record parses the same in a fresh struct as in a used one. The first byte chooses form
 * and delimiter, the second the size of the pieces, the third max_record.
 */
#include "corpus/frame.h"
#include "corpus/parse.h"
#include "corpus/utf8.h"
#include "fuzz.h"

struct pieces {
    struct span left;
    size_t step;
};

static ssize_t read_pieces(void *arg, void *buf, size_t cap, struct stance_err *err)
{
    struct pieces *p = arg;
    size_t n = p->left.len < p->step ? p->left.len : p->step;

    (void)err;
    n = n < cap ? n : cap;
    if (n != 0)
        memcpy(buf, p->left.p, n);
    p->left = (struct span){p->left.p + n, p->left.len - n};
    return (ssize_t)n;
}

static void check_record(const struct schema *s, struct span record, struct parsed *used)
{
    struct parsed fresh = {0};
    enum parse_status status = parse_record(s, record, used);

    MUST(status == parse_record(s, record, &fresh));
    MUST(status != PARSE_UNDECODABLE || !s->lossy);
    MUST(status != PARSE_OK || used->role[ROLE_TEXT].has);
    for (int r = 0; r < N_ROLES; r++) {
        struct span v = used->role[r].text;
        MUST(used->role[r].has == fresh.role[r].has && span_eq(v, fresh.role[r].text));
        MUST(utf8_valid(v) == v.len);
    }
    if (s->form == FORM_NDJSON && status != PARSE_UNPARSABLE && status != PARSE_UNDECODABLE &&
        used->close != 0)
        MUST(used->record.p[used->close] == '}');
    parsed_release(&fresh);
}

/* Framer and splitter agree on where a record ends. */
static void check_csv(const struct frame *f, char delimiter)
{
    struct csv_row row = {0};
    size_t at;

    if (f->status == FRAME_OK && f->terminator.len != 0)
        MUST(csv_split(f->record, delimiter, &row, &at) == 0);
    csv_row_release(&row);
}

static void check_all(struct schema *s, struct pieces whole, struct pieces cut, size_t max)
{
    struct framer *a = framer_new(read_pieces, &whole, max);
    struct framer *b = framer_new(read_pieces, &cut, max);
    struct parsed used = {0};
    struct frame f, g;
    struct stance_err err;
    size_t n = 0;
    bool found = false;

    framer_set_form(a, s->form, s->delimiter);
    framer_set_form(b, s->form, s->delimiter);
    for (;;) {
        int r = framer_next(a, &f, &err);
        MUST(r == framer_next(b, &g, &err));
        if (r != 1)
            break;
        MUST(f.status == g.status && f.line == g.line && f.n_lines == g.n_lines);
        MUST(f.full_len == g.full_len && f.unclosed == g.unclosed);
        MUST(span_eq(f.record, g.record) && span_eq(f.terminator, g.terminator));
        if (s->form == FORM_CSV)
            check_csv(&f, s->delimiter);
        if (n++ == 0)
            found = schema_find(s, f.record, NULL, &err) == 0;
        else if (found)
            check_record(s, f.record, &used);
    }
    parsed_release(&used);
    framer_free(a);
    framer_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct schema s = {0};
    struct span text;

    if (size < 3)
        return 0;
    text = fuzz_span(data + 3, size - 3);
    s.form = (enum form)(data[0] % 3);
    s.delimiter = ",;\t"[data[0] / 3 % 3];
    s.lossy = (data[0] & 0x80) != 0;
    form_sniff(text, NULL);
    check_all(&s, (struct pieces){text, SIZE_MAX}, (struct pieces){text, 1u + data[1] % 16},
              1u + data[2] * 8u);
    schema_release(&s);
    return 0;
}
