/* SPDX-License-Identifier: MIT */
/* runs: see runs.h. */
#include "classify/runs.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

enum { PLACES = 1 << 20 };

void runs_init(struct runs *r)
{
    *r = (struct runs){.before = mem_zalloc(PLACES, sizeof *r->before)};
}

void runs_release(struct runs *r)
{
    if (r == NULL)
        return;
    parsed_release(&r->parsed);
    free(r->before);
    *r = (struct runs){0};
}

void runs_restart(struct runs *r)
{
    r->any = false;
}

enum runs_step runs_next(struct runs *r, const struct schema *schema, struct span record)
{
    uint64_t thread, *place;

    parse_record(schema, record, &r->parsed);
    if (!r->parsed.role[ROLE_THREAD].has)
        return RUNS_OUTSIDE;
    thread = hash_span(r->parsed.role[ROLE_THREAD].text);
    if (r->any && thread == r->thread)
        return RUNS_SAME;
    r->any = true;
    r->thread = thread;
    place = &r->before[hash_mix(thread) & (PLACES - 1)];
    r->n_back += *place == thread;
    *place = thread;
    return RUNS_NEW;
}

void runs_cut(struct runs *r)
{
    r->n_back++;
}
