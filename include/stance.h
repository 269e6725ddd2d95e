/* SPDX-License-Identifier: MIT */
/*
 * stance: the stance of forum comments toward targets.
 *
 * The library never prints and never exits on bad input: a function that can fail
 * returns 0 or -1 (or NULL) and fills the `struct stance_err` it was given. Only memory
 * exhaustion ends the process (exit 70, one line), because no caller could go on.
 * Text is always (pointer, length) in bytes of UTF-8; a NUL is a byte like another.
 */
#ifndef STANCE_H
#define STANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STANCE_API __attribute__((visibility("default")))

/* What went wrong; the numbers are the program's exit codes. */
enum stance_code {
    STANCE_OK = 0,
    STANCE_NO = 1,       /* the answer is no: a gate not reached */
    STANCE_USAGE = 2,    /* wrong command line or arguments */
    STANCE_DATA = 3,     /* bad corpus or text */
    STANCE_MODEL = 4,    /* bad or unsupported model file */
    STANCE_SYSTEM = 5,   /* cannot open, read, write; disk full */
    STANCE_INTERNAL = 70 /* out of memory, or a bug */
};

/* line and column are 1-based, 0 where they mean nothing; column counts bytes.
 * message and file are NUL-terminated, cut to fit, control characters made '?'. */
struct stance_err {
    enum stance_code code;
    char message[512];
    char file[256];
    uint64_t line, column;
};

#ifdef __cplusplus
}
#endif
#endif
