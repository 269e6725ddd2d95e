/* SPDX-License-Identifier: MIT */
/*
 * predrows: any bytes as predictions. A row that is given has an id, a target that is not empty,
 * a label or none, probabilities from 0 to 1, each of another label; a failure says why. Rows
 * written again as long NDJSON are read as the same rows. The first byte chooses options, the
 * second how long a record may be.
 */
#include <math.h>

#include "base/num.h"
#include "corpus/json.h"
#include "corpus/utf8.h"
#include "predictions/predrows.h"
#include "fuzz.h"

static const struct span about[] = {{"ban", 3}, {"spying", 6}, {"a", 1}, {"a_b", 3}};

static void add_member(struct buf *out, const char *name, struct span text)
{
    json_add_string(out, span_of(name));
    buf_add_char(out, ':');
    if (text.p != NULL)
        json_add_string(out, text);
    else
        buf_add_str(out, "null");
    buf_add_char(out, ',');
}

static void add_number(struct buf *out, double p)
{
    MUST(isnan(p) || (p >= 0 && p <= 1));
    if (isnan(p))
        buf_add_str(out, "null");
    else
        num_add_f64(out, p);
}

static void add_row(struct buf *out, const struct predrow *row)
{
    buf_add_char(out, '{');
    add_member(out, "id", row->id);
    add_member(out, "target", row->target);
    add_member(out, "label", row->label);
    buf_add_str(out, "\"p\":");
    add_number(out, row->p);
    buf_add_str(out, ",\"probs\":{");
    for (size_t i = 0; i < row->n_probs; i++) {
        buf_add_str(out, i != 0 ? "," : "");
        json_add_string(out, row->prob_label[i]);
        buf_add_char(out, ':');
        add_number(out, row->prob[i]);
    }
    buf_add_str(out, "}}\n");
}

static int take(void *arg, const struct predrow *row, struct stance_err *err)
{
    (void)err;
    MUST(row->id.len != 0 && utf8_valid(row->id) == row->id.len);
    MUST(row->target.p == NULL || row->target.len != 0);
    MUST((row->label.p == NULL) == (row->label.len == 0));
    MUST(row->file != NULL && row->line != 0);
    for (size_t i = 0; i < row->n_probs; i++) {
        MUST(row->prob_label[i].len != 0 && !isnan(row->prob[i]));
        for (size_t k = 0; k < i && k < 100; k++)
            MUST(!span_eq(row->prob_label[i], row->prob_label[k]));
    }
    add_row(arg, row);
    return 0;
}

static int read_rows(struct span text, const struct stance_input *input, struct buf *out)
{
    struct stance_err err = {0};
    char path[32];
    const char *const paths[] = {path};
    FILE *f = tmpfile();
    int status;

    if (f == NULL || fwrite(text.p, 1, text.len, f) != text.len || fflush(f) != 0)
        exit(70);
    rewind(f);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(f));
    status = predrows_read(paths, 1, about, sizeof about / sizeof *about, input, take, out, &err);
    MUST((status == 0) == (err.code == STANCE_OK));
    MUST(status == 0 || err.message[0] != '\0');
    fclose(f);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct stance_input usual = {.max_record = (size_t)1 << 28};
    struct stance_input input = {.lossy = true};
    struct buf rows = {0}, again = {0};

    if (size < 2)
        return 0;
    input.lossy = (data[0] & 1) == 0;
    input.prefix = (data[0] & 2) != 0 ? "x_" : NULL;
    input.fields.label = (data[0] & 4) != 0 ? "said.label" : NULL;
    input.fields.target = (data[0] & 8) != 0 ? "about" : NULL;
    input.max_record = 64 + data[1] * 64u;
    read_rows(fuzz_span(data + 2, size - 2), &input, &rows);
    if (rows.len != 0) {
        MUST(read_rows(buf_span(&rows), &usual, &again) == 0);
        MUST(span_eq(buf_span(&rows), buf_span(&again)));
    }
    buf_release(&rows);
    buf_release(&again);
    return 0;
}
