/* SPDX-License-Identifier: MIT */
/*
 * mem: allocation that never returns NULL. When memory is out, one line goes to stderr
 * and the process ends with exit 70. A size that comes from a file must be checked
 * against the bytes left before it gets here.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);            /* not zeroed; size 0 gives 1 byte */
void *mem_zalloc(size_t n, size_t size); /* zeroed; overflow ends the process */
void *mem_array(size_t n, size_t size);  /* not zeroed; overflow ends the process */
/* As mem_array(), aligned to a line of the caches. */
void *mem_lines(size_t n, size_t size);
/* As mem_array(), for tables of many MB that are read all over: aligned to, and where the
 * system can, made of large pages. Not zeroed; free(). */
void *mem_large(size_t n, size_t size);
void *mem_resize(void *p, size_t n, size_t size); /* realloc to n·size bytes */
void *mem_copy(const void *p, size_t len);        /* len bytes and a final NUL */
char *mem_string(const char *s);                  /* a copy; NULL stays NULL */

/* Makes room for at least `need` elements in *p, doubling *cap. */
void mem_grow(void **p, size_t *cap, size_t need, size_t size);
#define MEM_GROW(p, cap, need)                                                                     \
    do {                                                                                           \
        size_t mem_need = (need);                                                                  \
        if (mem_need > (cap))                                                                      \
            mem_grow((void **)&(p), &(cap), mem_need, sizeof *(p));                                \
    } while (0)

#endif
