/* SPDX-License-Identifier: MIT */
/* predlines: see predlines.h. Lines are framed as NDJSON is: by their ends alone. */
#include "predictions/predlines.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "corpus/frame.h"
#include "corpus/source.h"
#include "corpus/utf8.h"

struct place {
    size_t row;
    uint64_t line;
};

struct reader {
    struct predictions *into;
    struct place *place; /* gold rows by line */
    size_t n, n_rows;
    const char *file;
    struct stance_err *err;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int order_rows(struct reader *r, const struct corpus *gold, struct stance_err *err)
{
    if (gold->n_files > 1)
        return err_set(err, STANCE_DATA,
                       "labels by line need all gold comments in one file, found %u: a corpus "
                       "does not keep the order of its files",
                       gold->n_files);
    r->n_rows = gold->n_marks;
    r->place = mem_array(r->n_rows, sizeof *r->place);
    for (size_t i = 0; i < r->n_rows; i++) {
        const struct comment *c = &gold->comment[gold->mark[i].comment];
        if (i > 0 && gold->mark[i - 1].comment == gold->mark[i].comment)
            return err_set(err, STANCE_DATA,
                           "comment '%.*s' has labels for several targets: lines cannot be told "
                           "apart by their order; give predictions with id and target",
                           (int)c->id.len, c->id.p);
        r->place[i] = (struct place){i, c->line};
    }
    qsort(r->place, r->n_rows, sizeof *r->place, by_place);
    return 0;
}

static size_t find_blank(struct span s)
{
    size_t i = 0;

    while (i < s.len && s.p[i] != ' ' && s.p[i] != '\t')
        i++;
    return i;
}

static int take(struct reader *r, const struct frame *f)
{
    static const struct span mark = {"__label__", 9};
    struct span text = utf8_trim(f->record), label, rest;
    size_t row, valid, end = find_blank(text);

    label = (struct span){text.p, end};
    rest = utf8_trim((struct span){text.p + end, text.len - end});
    if (label.len >= mark.len && memcmp(label.p, mark.p, mark.len) == 0)
        label = (struct span){label.p + mark.len, label.len - mark.len};
    if (f->status == FRAME_OVERLONG || label.len == 0)
        return err_at(r->err, STANCE_DATA, r->file, f->line, 1, "expected a label, found %s",
                      f->status == FRAME_OVERLONG ? "a line that is too long" : "an empty line");
    valid = utf8_valid(text);
    if (valid != text.len)
        return err_at(r->err, STANCE_DATA, r->file, f->line, valid + 1,
                      "byte 0x%02X is not UTF-8, expected --encoding windows-1252",
                      (unsigned char)text.p[valid]);
    if (r->n++ >= r->n_rows)
        return 0; /* counted, and refused in the end */
    row = r->place[r->n - 1].row;
    r->into->label[row] = intern_string(&r->into->names, label);
    if (rest.len != 0 &&
        (!num_f64(rest, &r->into->p[row]) || r->into->p[row] < 0 || r->into->p[row] > 1.0001))
        return err_at(r->err, STANCE_DATA, r->file, f->line, end + 2,
                      "expected a probability from 0 to 1, found '%.*s'", (int)rest.len, rest.p);
    if (r->into->p[row] > 1) /* fastText prints 1.00001 */
        r->into->p[row] = 1;
    return 0;
}

static int read_file(struct reader *r, const char *path, const struct stance_input *input)
{
    size_t max = input->max_record != 0 ? input->max_record : FRAME_MAX_RECORD;
    struct infile *in = infile_open(path, source_encoding(input->encoding), r->err);
    struct framer *framer;
    struct frame frame;
    int status;

    if (in == NULL)
        return -1;
    r->file = infile_name(in);
    framer = framer_over(in, max);
    framer_set_form(framer, FORM_NDJSON, 0);
    while ((status = framer_next(framer, &frame, r->err)) > 0 && (status = take(r, &frame)) == 0)
        ;
    framer_free(framer);
    infile_close(in);
    return status;
}

int predlines_read(struct predictions *p, const char *const *path, size_t n_paths,
                   const struct corpus *gold, const struct stance_input *input,
                   struct stance_err *err)
{
    static const struct stance_input usual;
    struct reader r = {.into = p, .err = err};
    int status = order_rows(&r, gold, err);

    for (size_t i = 0; i < n_paths && status == 0; i++)
        status = read_file(&r, path[i], input != NULL ? input : &usual);
    if (status == 0 && r.n != r.n_rows)
        status =
            err_at(err, STANCE_DATA, n_paths == 1 ? path[0] : NULL, 0, 0,
                   "by line, expected as many lines as gold labels, %zu; found %zu", r.n_rows, r.n);
    free(r.place);
    return status;
}
