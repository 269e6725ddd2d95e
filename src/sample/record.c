/* SPDX-License-Identifier: MIT */
/* record: lengths first, then the bytes; a field that is not there has the length NO_FIELD. */
#include "sample/record.h"

#include "audit/design.h"

#define NO_FIELD UINT32_MAX

enum { N_KEPT = 6 };
static const enum role kept[N_KEPT] = {ROLE_ID,     ROLE_THREAD, ROLE_PARENT,
                                       ROLE_AUTHOR, ROLE_DATE,   ROLE_TEXT};

void record_pack(const struct record_spec *spec, const struct sweep_record *r, struct buf *out)
{
    uint32_t len[N_KEPT + RECORD_MAX_EXTRA] = {0};
    size_t head = out->len, n = N_KEPT + spec->n_extra;

    buf_add(out, len, n * sizeof *len); /* for the room */
    for (size_t i = 0; i < n; i++) {
        size_t from = out->len;
        if (i == 0)
            design_id(r->parsed, r->number, out);
        else if (i < N_KEPT)
            buf_add_span(out, r->parsed->role[kept[i]].text);
        else
            design_value(spec->extra[i - N_KEPT], r->schema, r->parsed, out);
        len[i] = i > 0 && i < N_KEPT && !r->parsed->role[kept[i]].has ? NO_FIELD
                                                                      : (uint32_t)(out->len - from);
        if (len[i] == NO_FIELD)
            out->len = from;
    }
    memcpy(out->p + head, len, n * sizeof *len);
}

static struct span next_field(struct span *rest, uint32_t len, struct audit *a)
{
    struct span s = {rest->p, len};

    if (len == NO_FIELD)
        return (struct span){0};
    rest->p += len;
    rest->len -= len;
    return arena_copy(&a->arena, s);
}

void record_unpack(const struct record_spec *spec, struct span bytes, struct audit *a,
                   struct audit_row *row)
{
    struct comment *c = &row->comment;
    struct span *to[N_KEPT] = {&c->id, &c->thread, &c->parent, &c->author, &c->date, &c->text};
    uint32_t len[N_KEPT + RECORD_MAX_EXTRA];
    size_t n = N_KEPT + spec->n_extra;
    struct span rest = {bytes.p + n * sizeof *len, bytes.len - n * sizeof *len};
    struct extra **end = &c->extra;

    memcpy(len, bytes.p, n * sizeof *len);
    for (size_t i = 0; i < N_KEPT; i++)
        *to[i] = next_field(&rest, len[i], a);
    for (size_t i = N_KEPT; i < n; i++) {
        *end = arena_alloc(&a->arena, sizeof **end);
        **end = (struct extra){.key = arena_copy(&a->arena, spec->extra[i - N_KEPT]),
                               .value = next_field(&rest, len[i], a)};
        end = &(*end)->next;
    }
    *end = NULL;
    row->cluster = c->thread.p != NULL ? c->thread : c->id;
}
