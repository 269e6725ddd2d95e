/* SPDX-License-Identifier: MIT */
/*
 * err: messages are cut to the struct's room, never allocated, and hold no control
 * character, so that text taken from an input cannot play with the terminal.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void copy_clean(char *dst, size_t cap, const char *src)
{
    size_t n = 0;
    for (; src[n] != '\0' && n + 1 < cap; n++) {
        unsigned char c = (unsigned char)src[n];
        dst[n] = (c < 0x20 || c == 0x7f) ? '?' : (char)c;
    }
    /* never leave half a UTF-8 character at the cut */
    if (src[n] != '\0')
        while (n > 0 && ((unsigned char)dst[n - 1] & 0xC0) == 0x80)
            n--;
    dst[n] = '\0';
}

static int fill(struct stance_err *err, enum stance_code code, const char *file, uint64_t line,
                uint64_t column, const char *fmt, va_list ap)
{
    char raw[sizeof err->message * 2];

    if (err == NULL)
        return -1;
    vsnprintf(raw, sizeof raw, fmt, ap);
    err->code = code;
    err->line = line;
    err->column = column;
    copy_clean(err->message, sizeof err->message, raw);
    copy_clean(err->file, sizeof err->file, file != NULL ? file : "");
    return -1;
}

int err_set(struct stance_err *err, enum stance_code code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(err, code, NULL, 0, 0, fmt, ap);
    va_end(ap);
    return -1;
}

int err_at(struct stance_err *err, enum stance_code code, const char *file, uint64_t line,
           uint64_t column, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(err, code, file, line, column, fmt, ap);
    va_end(ap);
    return -1;
}

int err_errno(struct stance_err *err, const char *file, const char *what)
{
    return err_at(err, STANCE_SYSTEM, file, 0, 0, "%s: %s", what, strerror(errno));
}

void err_print(const struct stance_err *err)
{
    fputs("stance: ", stderr);
    if (err->file[0] != '\0') {
        fputs(err->file, stderr);
        if (err->line != 0)
            fprintf(stderr, ":%llu", (unsigned long long)err->line);
        if (err->line != 0 && err->column != 0)
            fprintf(stderr, ":%llu", (unsigned long long)err->column);
        fputs(": ", stderr);
    }
    fprintf(stderr, "%s\n", err->message);
}
