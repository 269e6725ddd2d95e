/* SPDX-License-Identifier: MIT */
/* tables: see tables.h. A list, since hardly anybody asks one model for two sets of targets. */
#include "api/tables.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct entry {
    struct buf names; /* each with a NUL behind it */
    struct quick_tables *tables;
    size_t users;
    struct entry *next;
};

struct api_tables {
    pthread_mutex_t lock;
    struct entry *first;
};

struct api_tables *api_tables_new(void)
{
    struct api_tables *t = mem_zalloc(1, sizeof *t);

    pthread_mutex_init(&t->lock, NULL);
    return t;
}

static void entry_free(struct entry *e)
{
    quick_tables_free(e->tables);
    buf_release(&e->names);
    free(e);
}

void api_tables_free(struct api_tables *t)
{
    while (t->first != NULL) {
        struct entry *e = t->first;
        t->first = e->next;
        entry_free(e);
    }
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static struct entry *find(struct api_tables *t, struct span names)
{
    struct entry *e = t->first;

    while (e != NULL && !span_eq(buf_span(&e->names), names))
        e = e->next;
    return e;
}

struct quick_tables *api_tables_take(struct api_tables *t, const struct model *m,
                                     const uint32_t *target, const struct span *name, uint32_t n)
{
    struct buf names = {0};
    struct entry *e;

    for (uint32_t i = 0; i < n; i++) {
        buf_add_span(&names, name[i]);
        buf_add_char(&names, '\0');
    }
    pthread_mutex_lock(&t->lock);
    e = find(t, buf_span(&names));
    if (e == NULL) {
        e = mem_zalloc(1, sizeof *e);
        *e = (struct entry){names, quick_tables_new(m, target, name, n), 0, t->first};
        t->first = e;
    } else {
        buf_release(&names);
    }
    e->users++;
    pthread_mutex_unlock(&t->lock);
    return e->tables;
}

void api_tables_give(struct api_tables *t, struct quick_tables *tables)
{
    pthread_mutex_lock(&t->lock);
    for (struct entry **at = &t->first; *at != NULL; at = &(*at)->next) {
        struct entry *e = *at;
        if (e->tables != tables)
            continue;
        if (--e->users == 0) {
            *at = e->next;
            entry_free(e);
        }
        break;
    }
    pthread_mutex_unlock(&t->lock);
}
