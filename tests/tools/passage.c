/* SPDX-License-Identifier: MIT */
/*
 * passage: a dump through everything of `stance classify` but the judging, so that what reading,
 * parsing and writing cost is measured alone: passage FORM FILE, with FORM one of ndjson, csv, tsv
 * or same. The records go to standard output, the seconds of processor time to standard error.
 * A judge of three targets says of each text what its length comes to: not the same of all, so
 * that no line is written twice, and at no cost.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "classify/dump.h"

enum { N_TARGETS = 3, N_LABELS = 2 };

static const char *const targets[N_TARGETS] = {"topic", "ban", "spying"};
static const char *const labels[N_LABELS] = {"favor", "none"};

static size_t judge(void *arg, struct span text, struct span target, struct stance_prediction *out)
{
    double(*probs)[N_LABELS] = arg;

    (void)target;
    for (size_t i = 0; i < N_TARGETS; i++) {
        probs[i][0] = (double)((text.len + i) % 997 + 1) / 1999;
        probs[i][1] = 1 - probs[i][0];
        out[i] = (struct stance_prediction){targets[i], labels[1], probs[i][1], probs[i]};
    }
    return N_TARGETS;
}

static int write_out(void *arg, const char *p, size_t len, struct stance_err *err)
{
    (void)arg;
    for (ssize_t n; len != 0; p += n, len -= (size_t)n)
        if ((n = write(STDOUT_FILENO, p, len)) < 0)
            return err_errno(err, "<stdout>", "cannot write");
    return 0;
}

static int form_of(const char *name)
{
    static const char *const names[] = {"same", "ndjson", "csv", "tsv"};

    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

static int pass(const char *path, enum stance_form form, struct stance_err *err)
{
    struct span target[N_TARGETS], label[N_LABELS];
    uint64_t may[N_TARGETS * N_LABELS], count[N_TARGETS * N_LABELS] = {0};
    double probs[N_TARGETS][N_LABELS];
    struct dump_judge one = {.arg = probs, .judge = judge};
    struct stance_dump_options options = {.output = form};
    struct stance_sink sink = {NULL, write_out};
    struct stance_tally tally = {
        .n_targets = N_TARGETS, .n_labels = N_LABELS, .label_count = count};
    struct dump d = {
        .options = &options, .n_jobs = 1, .judge = &one, .sink = &sink, .tally = &tally};
    int status;

    for (size_t i = 0; i < N_TARGETS; i++)
        target[i] = span_of(targets[i]);
    for (size_t i = 0; i < N_LABELS; i++)
        label[i] = span_of(labels[i]);
    for (size_t i = 0; i < N_TARGETS * N_LABELS; i++)
        may[i] = 1;
    d.shape = (struct shape){
        .target = target, .label = label, .may = may, .n_targets = N_TARGETS, .n_labels = N_LABELS};
    status = dump_run(&d, path, err);
    dump_release(&d);
    return status;
}

int main(int argc, char **argv)
{
    struct stance_err err = {0};
    int form = argc == 3 ? form_of(argv[1]) : -1;

    if (form < 0) {
        fputs("usage: passage same|ndjson|csv|tsv FILE\n", stderr);
        return EXIT_FAILURE;
    }
    if (pass(argv[2], (enum stance_form)form, &err) < 0) {
        fprintf(stderr, "passage: %s\n", err.message);
        return EXIT_FAILURE;
    }
    fprintf(stderr, "%.2f\n", (double)clock() / CLOCKS_PER_SEC);
    return EXIT_SUCCESS;
}
