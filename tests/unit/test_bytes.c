/* SPDX-License-Identifier: MIT */
/* bytes: each scan against a byte at a time, with any byte at any place, in blocks of exact size.
 */
#include "helpers.h"

#include <stdlib.h>

#include "base/bytes.h"

enum { LONGEST = 40 };

static bool is_tsv(unsigned char c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

static bool is_escape(unsigned char c)
{
    return c == '"' || c == '\\' || c < 0x20;
}

static bool is_odd(unsigned char c)
{
    return is_escape(c) || c >= 0x80;
}

static size_t tsv(const char *p, size_t len)
{
    return bytes_before(p, len, '\t', '\n', '\r', '\\');
}

static size_t escape(const char *p, size_t len)
{
    return bytes_before_escape(p, len);
}

static size_t odd(const char *p, size_t len)
{
    return bytes_before_odd(p, len);
}

static const struct {
    bool (*is)(unsigned char c);
    size_t (*before)(const char *p, size_t len);
} scans[] = {{is_tsv, tsv}, {is_escape, escape}, {is_odd, odd}};

static size_t expected(bool (*is)(unsigned char c), const char *p, size_t len)
{
    size_t i = 0;

    while (i < len && !is((unsigned char)p[i]))
        i++;
    return i;
}

static void every_byte(void **state)
{
    (void)state;
    for (size_t len = 0; len < LONGEST; len++)
        for (size_t at = 0; at < len; at++) {
            char *p = malloc(len); /* so that a byte read past its end is seen */
            for (unsigned c = 0; c < 256; c++) {
                memset(p, 'a', len);
                p[at] = (char)c;
                p[len - 1 - at / 2] = (char)(255 - c);
                for (size_t s = 0; s < sizeof scans / sizeof *scans; s++)
                    if (scans[s].before(p, len) != expected(scans[s].is, p, len))
                        fail_msg("scan %zu, byte %u at %zu of %zu", s, c, at, len);
            }
            free(p);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_byte)};

    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
