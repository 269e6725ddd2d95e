/* SPDX-License-Identifier: MIT */
#include "worked.h"

#include <math.h>
#include <stdlib.h>

void worked_open(struct worked *w, const char *name)
{
    *w = (struct worked){.file = slurp(test_path(name))};
    buf_add_char(&w->file, '\0');
    w->at = w->file.p;
}

static void cut(struct worked *w, char *line)
{
    w->n = 0;
    while (line && w->n < WORKED_FIELDS) {
        char *tab = strchr(line, '\t');
        w->field[w->n++] = line;
        if (tab)
            *tab++ = '\0';
        line = tab;
    }
}

bool worked_line(struct worked *w)
{
    while (*w->at) {
        char *line = w->at, *end = strchr(line, '\n');
        w->at = end ? end + 1 : line + strlen(line);
        if (end)
            *end = '\0';
        if (*line == '#' || *line == '\0')
            continue;
        cut(w, line);
        return true;
    }
    return false;
}

double worked_number(const struct worked *w, size_t i)
{
    char *end;
    double x;

    if (i >= w->n)
        fail_msg("%s: no field %zu", w->field[0], i);
    if (strcmp(w->field[i], "nan") == 0)
        return NAN;
    x = strtod(w->field[i], &end);
    if (end == w->field[i] || *end)
        fail_msg("%s: no number", w->field[i]);
    return x;
}

void worked_close(struct worked *w)
{
    buf_release(&w->file);
}
