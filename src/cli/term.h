/* SPDX-License-Identifier: MIT */
/*
 * term: what a command says besides its results, all of it on stderr: notes, one a line,
 * and a line of progress that comes and goes.
 */
#ifndef CLI_TERM_H
#define CLI_TERM_H

#include <pthread.h>
#include <time.h>

#include "cli/options.h"

struct term {
    /* set by term_options */
    bool quiet;
    int progress; /* 0: on a terminal, 1: yes, 2: no */
    /* state; zero before term_talk() */
    pthread_mutex_t lock; /* the library may report from its threads */
    bool shows;
    double started, updated; /* seconds */
    int width;               /* of the progress line on the screen */
};

extern const struct option term_options[]; /* offsets in struct term */

/* How the library talks to this terminal; the struct must not move from now on. */
struct stance_talk term_talk(struct term *term);

/* One line, control characters made '?'. */
void term_note(struct term *term, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Says so where standard input is among the files (n 0: it is) and is a terminal. */
void term_note_waiting(struct term *term, const char *const *path, size_t n);

/* Erases the progress line. Call before anything else is written to stderr. */
void term_end(struct term *term);

#endif
