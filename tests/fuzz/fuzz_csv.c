/* SPDX-License-Identifier: MIT */
/* csv: fields written again and split again are the same fields, in CSV and in TSV. The
 * first byte chooses the delimiter. */
#include "corpus/csv.h"
#include "fuzz.h"

static void same_fields(const struct csv_row *a, const struct csv_row *b)
{
    MUST(a->n == b->n);
    for (size_t i = 0; i < a->n; i++)
        MUST(span_eq(a->field[i], b->field[i]) &&
             (a->field[i].p == NULL) == (b->field[i].p == NULL));
}

static void check_csv(struct span record, char delimiter)
{
    struct csv_row row = {0}, again = {0};
    struct buf written = {0};
    size_t at = 0;

    if (csv_split(record, delimiter, &row, &at) == 0) {
        for (size_t i = 0; i < row.n; i++) {
            if (i != 0)
                buf_add_char(&written, delimiter);
            csv_add_field(&written, row.field[i], delimiter);
        }
        MUST(csv_split(buf_span(&written), delimiter, &again, &at) == 0);
        same_fields(&row, &again);
    } else {
        MUST(at < record.len && record.p[at] == '"');
    }
    csv_row_release(&row);
    csv_row_release(&again);
    buf_release(&written);
}

static void check_tsv(struct span record)
{
    struct csv_row row = {0}, again = {0};
    struct buf written = {0};

    csv_split_tsv(record, &row);
    for (size_t i = 0; i < row.n; i++) {
        if (i != 0)
            buf_add_char(&written, '\t');
        csv_add_tsv_field(&written, row.field[i]);
    }
    csv_split_tsv(buf_span(&written), &again);
    same_fields(&row, &again);
    csv_row_release(&row);
    csv_row_release(&again);
    buf_release(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span record;

    if (size == 0)
        return 0;
    record = fuzz_span(data + 1, size - 1);
    check_csv(record, ",;\t|"[data[0] % 4]);
    check_tsv(record);
    csv_sniff(record);
    return 0;
}
