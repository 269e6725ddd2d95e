/* SPDX-License-Identifier: MIT */
/*
 * audit: comments and targets as an audit for tests, with no dump behind it.
 *
 *   audit TARGETS COMMENTS AUDIT
 *
 * COMMENTS is NDJSON of id, thread, author, date, text, context; "like": an earlier id;
 * "training": true. One stratum, a hundred times as large as the sample.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/err.h"
#include "base/mem.h"
#include "corpus/json.h"

static struct span text(struct audit *a, struct span line, const char *key)
{
    struct json_value v;
    struct buf b = {0};
    struct span s = {NULL, 0};

    if (json_find(line, span_of(key), &v) && v.type == JSON_STRING) {
        json_string_decode(v.raw, &b);
        s = arena_copy(&a->arena, b.p != NULL ? buf_span(&b) : SPAN(""));
    }
    buf_release(&b);
    return s;
}

static void add(struct audit *a, struct span line)
{
    struct json_value v;
    struct span like = text(a, line, "like");
    uint32_t earlier = like.p != NULL ? audit_find_row(a, like) : AUDIT_NONE;
    struct audit_row *row = audit_add_row(a);
    struct comment *c = &row->comment;

    c->id = text(a, line, "id");
    c->thread = text(a, line, "thread");
    c->author = text(a, line, "author");
    c->date = text(a, line, "date");
    c->text = text(a, line, "text");
    if (json_find(line, SPAN("context"), &v))
        row->context = arena_copy(&a->arena, v.raw);
    row->key = audit_key(c->id, c->text);
    row->batch = 1;
    row->like = earlier;
    row->training = json_find(line, SPAN("training"), &v);
    if (row->training)
        return;
    row->stratum = 0;
    row->cluster = c->thread;
    row->sample_prob = .01;
    a->stratum[0].drawn++;
}

int main(int argc, char **argv)
{
    struct audit a = {.path = mem_copy("a", 1), .id = 0x1abe11ed, .seed = 1, .n_strata = 1};
    struct stance_err err = {0};
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    FILE *f;

    if (argc != 4 || (f = fopen(argv[2], "r")) == NULL) {
        fprintf(stderr, "usage: audit TARGETS COMMENTS AUDIT\n");
        return 2;
    }
    a.stratum = arena_alloc(&a.arena, sizeof *a.stratum);
    a.stratum[0] = (struct audit_stratum){.name = SPAN("all")};
    if (audit_read_targets(&a, argv[1], &err) < 0) {
        err_print(&err);
        return 1;
    }
    while ((n = getline(&line, &cap, f)) > 0)
        add(&a, (struct span){line, (size_t)n - (line[n - 1] == '\n')});
    a.stratum[0].population = a.dump.records = a.dump.population = a.stratum[0].drawn * 100;
    if (audit_write(&a, argv[3], &err) < 0) {
        err_print(&err);
        return 1;
    }
    audit_release(&a);
    free(line);
    fclose(f);
    return 0;
}
