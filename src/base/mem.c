/* SPDX-License-Identifier: MIT */
/* mem: see mem.h. The one place of the project that ends the process. */
#define _DEFAULT_SOURCE /* madvise() */

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <stance.h>

enum { CACHE_LINE = 64, LARGE_PAGE = 2 << 20 };

static void out_of_memory(void)
{
    fputs("stance: out of memory\n", stderr);
    exit(STANCE_INTERNAL);
}

static size_t product(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        out_of_memory();
    return n * size;
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size != 0 ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *mem_zalloc(size_t n, size_t size)
{
    void *p = calloc(n != 0 ? n : 1, size != 0 ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *mem_array(size_t n, size_t size)
{
    return mem_alloc(product(n, size));
}

void *mem_lines(size_t n, size_t size)
{
    size_t bytes = product(n, size);
    void *p = NULL;

    if (posix_memalign(&p, CACHE_LINE, bytes != 0 ? bytes : 1) != 0)
        out_of_memory();
    return p;
}

void *mem_large(size_t n, size_t size)
{
    size_t bytes = product(n, size);
    void *p = NULL;

    if (bytes < LARGE_PAGE)
        return mem_alloc(bytes);
    if (posix_memalign(&p, LARGE_PAGE, bytes) != 0)
        out_of_memory();
#ifdef MADV_HUGEPAGE
    madvise(p, bytes, MADV_HUGEPAGE); /* a hint: refused, it costs time alone */
#endif
    return p;
}

void *mem_resize(void *p, size_t n, size_t size)
{
    size_t bytes = product(n, size);
    void *q = realloc(p, bytes != 0 ? bytes : 1);
    if (q == NULL)
        out_of_memory();
    return q;
}

void *mem_copy(const void *p, size_t len)
{
    char *q = mem_alloc(len + 1);
    if (len != 0)
        memcpy(q, p, len);
    q[len] = '\0';
    return q;
}

char *mem_string(const char *s)
{
    return s != NULL ? mem_copy(s, strlen(s)) : NULL;
}

void mem_grow(void **p, size_t *cap, size_t need, size_t size)
{
    size_t n = *cap != 0 ? *cap : 16;
    if (need <= *cap)
        return;
    while (n < need)
        n = n <= SIZE_MAX / 2 ? n * 2 : need;
    *p = mem_resize(*p, n, size);
    *cap = n;
}
