/* SPDX-License-Identifier: MIT */
/*
 * term: progress is shown only to someone who waits: on a terminal, after a second, at most
 * six times a second, and it leaves no trace. It is erased by blanks, not by an escape
 * sequence, so that any terminal does. Notes are lines that stay, -q drops them.
 */
#include "cli/term.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const double patience = 1.0, interval = 1.0 / 6;

const struct option term_options[] = {
    {"quiet", 'q', NULL, "no notes on stderr, only errors", AT_FLAG(struct term, quiet)},
    {"progress", 0, NULL, "show progress on stderr even where that is no terminal",
     AT_SET(struct term, progress), .low = 1},
    {"no-progress", 0, NULL, "show no progress", AT_SET(struct term, progress), .low = 2},
    {"help", 'h', NULL, "print this help", .kind = OPTION_HELP},
    {NULL},
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void erase(struct term *term)
{
    if (term->width > 0)
        fprintf(stderr, "\r%*s\r", term->width, "");
    term->width = 0;
}

static void draw(struct term *term, const char *what, uint64_t done, uint64_t total)
{
    char line[80];
    int n;

    if (total != 0)
        n = snprintf(line, sizeof line, "%d %% (%llu of %llu %.20s)",
                     (int)((double)done * 100 / (double)total), (unsigned long long)done,
                     (unsigned long long)total, what);
    else
        n = snprintf(line, sizeof line, "%llu %.20s", (unsigned long long)done, what);
    fprintf(stderr, "\r%s", line);
    if (n < term->width)
        fprintf(stderr, "%*s", term->width - n, "");
    fflush(stderr);
    if (n > term->width)
        term->width = n;
}

static void on_progress(void *arg, const char *what, uint64_t done, uint64_t total)
{
    struct term *term = arg;
    double t = now();

    pthread_mutex_lock(&term->lock);
    if (t - term->started >= patience && t - term->updated >= interval) {
        term->updated = t;
        draw(term, what, done, total);
    }
    pthread_mutex_unlock(&term->lock);
}

static void on_note(void *arg, const char *line)
{
    term_note(arg, "%s", line);
}

struct stance_talk term_talk(struct term *term)
{
    struct stance_talk talk = {.arg = term, .note = on_note};

    pthread_mutex_init(&term->lock, NULL);
    term->started = now();
    if (term->progress == 1 || (term->progress == 0 && isatty(STDERR_FILENO)))
        talk.progress = on_progress;
    return talk;
}

void term_note(struct term *term, const char *fmt, ...)
{
    struct buf line = {0};
    char text[1024];
    va_list ap;

    if (term->quiet)
        return;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    for (const char *p = text; *p != '\0'; p++)
        buf_add_char(&line, (unsigned char)*p < 0x20 || *p == 0x7f ? '?' : *p);
    pthread_mutex_lock(&term->lock);
    erase(term);
    fprintf(stderr, "%s\n", buf_str(&line));
    pthread_mutex_unlock(&term->lock);
    buf_release(&line);
}

void term_note_waiting(struct term *term, const char *const *path, size_t n)
{
    bool standard = n == 0;

    for (size_t i = 0; i < n; i++)
        standard |= strcmp(path[i], "-") == 0;
    if (standard && isatty(STDIN_FILENO))
        term_note(term, "reading from the terminal; Ctrl-D at the start of a line ends the input");
}

void term_end(struct term *term)
{
    erase(term);
    fflush(stderr);
}
