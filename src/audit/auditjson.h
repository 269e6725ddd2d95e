/* SPDX-License-Identifier: MIT */
/*
 * auditjson: the values of one line of an audit, and the reading that goes from line to line.
 * What the files that read audits share among themselves.
 */
#ifndef AUDIT_AUDITJSON_H
#define AUDIT_AUDITJSON_H

#include "audit/audit.h"
#include "base/keymap.h"
#include "corpus/json.h"

struct auditjson {
    struct audit *a;
    const char *name;
    uint64_t line, announced; /* rows that the manifest speaks of */
    struct span text;         /* the line at hand, an object */
    struct keymap ids;
    struct span *like; /* per row: the id it is like */
    size_t like_cap;
    struct buf decoded;
    struct stance_err *err;
};

/* STANCE_DATA with the file and the line at hand; -1. */
int auditjson_refuse(const struct auditjson *r, const char *what);

bool auditjson_get(struct span object, const char *key, enum json_type type, struct json_value *v);

/* Strings decoded and copied into the audit; text: p NULL where the member is no string. */
struct span auditjson_copy(struct auditjson *r, const struct json_value *v);
struct span auditjson_text(struct auditjson *r, struct span object, const char *key);
bool auditjson_count(struct span object, const char *key, uint64_t *n);
bool auditjson_hex(struct auditjson *r, struct span object, const char *key, uint64_t *n);

/* Each element or member of the value of a key, if it is there; -1 as soon as take() says so. */
int auditjson_each(struct auditjson *r, struct span object, const char *key,
                   int (*take)(struct auditjson *r, const struct json_member *m, void *arg),
                   void *arg);
size_t auditjson_many(struct auditjson *r, struct span object, const char *key);

/* auditmanifest.c, auditrows.c: the line at hand. */
bool auditmanifest_target(struct auditjson *r, struct span object, struct audit_target *t);
int auditmanifest_read(struct auditjson *r);
int auditrows_read(struct auditjson *r);

#endif
