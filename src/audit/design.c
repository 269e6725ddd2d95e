/* SPDX-License-Identifier: MIT */
/* design: see design.h. */
#include "audit/design.h"

#include "corpus/period.h"
#include "corpus/labels.h"

static const struct {
    const char *asked, *field;
} short_names[] = {
    {"day", "date:day"}, {"week", "date:week"}, {"month", "date:month"}, {"year", "date:year"}};

struct span design_field(struct span asked)
{
    for (size_t i = 0; i < sizeof short_names / sizeof *short_names; i++)
        if (span_eq(asked, span_of(short_names[i].asked)))
            return span_of(short_names[i].field);
    return asked;
}

void design_id(const struct parsed *p, uint64_t number, struct buf *out)
{
    if (p->role[ROLE_ID].has)
        buf_add_span(out, p->role[ROLE_ID].text);
    else
        buf_addf(out, "#%llu", (unsigned long long)number);
}

uint64_t design_key(const struct parsed *p, uint64_t number)
{
    char name[24];
    struct span id = p->role[ROLE_ID].text;

    if (!p->role[ROLE_ID].has) {
        struct buf b = {name, 0, sizeof name}; /* never grows: a number has 20 digits */
        buf_addf(&b, "#%llu", (unsigned long long)number);
        id = buf_span(&b);
    }
    return audit_key(id, p->role[ROLE_TEXT].text);
}

bool design_is_predicted(struct span field, struct span *target)
{
    struct span head = SPAN("predicted");

    *target = (struct span){0};
    if (field.len < head.len || memcmp(field.p, head.p, head.len) != 0)
        return false;
    if (field.len > head.len + 1 && field.p[head.len] == ':')
        *target = (struct span){field.p + head.len + 1, field.len - head.len - 1};
    return field.len == head.len || target->p != NULL;
}

static struct span column_value(struct span name, const struct schema *schema,
                                const struct parsed *p)
{
    for (size_t i = schema->n_columns; i-- > 0;)
        if (i < p->row.n && span_eq(schema->column[i], name))
            return p->row.field[i];
    return (struct span){0};
}

static struct span member_value(struct span path, const struct parsed *p, struct buf *decoded)
{
    struct json_value v;

    return json_find(p->record, path, &v) ? labels_scalar(&v, decoded) : (struct span){0};
}

static struct span role_value(struct span field, const struct parsed *p, bool *is_role)
{
    for (int r = 0; r < N_ROLES; r++)
        if (span_eq(field, span_of(role_name((enum role)r)))) {
            *is_role = p->role[r].has;
            return p->role[r].text;
        }
    return (struct span){0};
}

void design_value(struct span field, const struct schema *schema, const struct parsed *p,
                  struct buf *out)
{
    struct buf decoded = {0};
    int period = period_named(field);
    bool found = false;
    struct span value;

    if (period >= 0) {
        if (!p->role[ROLE_DATE].has ||
            !period_of(p->role[ROLE_DATE].text, (enum period)period, out))
            buf_add_str(out, DESIGN_NONE);
        return;
    }
    value = role_value(field, p, &found);
    if (!found)
        value = schema->form == FORM_NDJSON ? member_value(field, p, &decoded)
                                            : column_value(field, schema, p);
    if (value.p != NULL && value.len > 0)
        buf_add_span(out, value);
    else
        buf_add_str(out, DESIGN_NONE);
    buf_release(&decoded);
}

void design_stratum(const struct span *by, size_t n_by, const struct schema *schema,
                    const struct parsed *p, const struct span *predicted, struct buf *out)
{
    struct span target;

    if (n_by == 0)
        buf_add_str(out, "all");
    for (size_t i = 0; i < n_by; i++) {
        if (i > 0)
            buf_add_str(out, " / ");
        if (design_is_predicted(by[i], &target))
            buf_add_span(out, predicted[i]);
        else
            design_value(by[i], schema, p, out);
    }
}
