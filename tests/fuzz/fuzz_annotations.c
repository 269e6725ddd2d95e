/* SPDX-License-Identifier: MIT */
/*
 * annotations: any bytes as a file of annotations. What is read is a table in order, each
 * annotator and unit once; the figures of it are shares, and their report is JSON. The first
 * byte chooses whether invalid UTF-8 is repaired, and whether the same file says the threads.
 */
#include <math.h>
#include <unistd.h>

#include "base/err.h"
#include "corpus/json.h"
#include "fuzz.h"
#include "report/agreereport.h"

static void check_table(const struct annotations *a)
{
    for (size_t i = 0; i < a->n_rows; i++) {
        const struct annotation *k = &a->row[i], *last = i != 0 ? k - 1 : k;
        MUST(k->comment < a->n_comments && k->target < a->n_targets);
        MUST(k->label < a->n_labels && k->annotator < a->n_annotators);
        MUST(i == 0 || last->comment < k->comment ||
             (last->comment == k->comment &&
              (last->target < k->target ||
               (last->target == k->target && last->annotator < k->annotator))));
    }
    for (size_t i = 1; i < a->n_comments; i++)
        MUST(span_cmp(a->comment[i - 1].id, a->comment[i].id) < 0);
}

static void check_share(double value)
{
    MUST(isnan(value) || (value >= 0 && value <= 1));
}

static void check_json(struct span text)
{
    struct json_walk walk = {0};
    struct json_member member;
    struct json_error e;
    int got = json_walk_begin(&walk, text, &e);

    while (got == 0 && (got = json_walk_next(&walk, &member, &e)) > 0)
        got = 0;
    MUST(got == 0);
    json_walk_release(&walk);
}

static void check_agreement(struct agreement *g)
{
    struct agree_settings set = {.n_resamples = 3, .seed = 1, .n_jobs = 1};
    struct buf text = {0}, json = {0};

    if (agree_run(g, &set, NULL, NULL) < 0)
        return;
    for (uint32_t i = 0; i < g->n_sections; i++) {
        check_share(g->section[i].observed.value);
        check_share(g->section[i].macro_f1.value);
        MUST(!(g->section[i].alpha.value > 1) && !(g->section[i].kappa.value > 1));
    }
    agreereport_text(g, 3, &text);
    agreereport_json(g, 3, &json);
    check_json(buf_span(&json));
    buf_release(&text);
    buf_release(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct agreement g = {0};
    struct stance_err err = {0};
    FILE *f = tmpfile();
    char path[32];
    const char *const paths[] = {path, path};
    struct stance_input input = {.max_record = 1024};
    struct annotation_files files = {.path = paths, .n_paths = 1, .input = &input};

    if (f == NULL || (size > 1 && fwrite(data + 1, 1, size - 1, f) != size - 1) || fflush(f) != 0)
        exit(70);
    rewind(f);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(f));
    input.lossy = size != 0 && (data[0] & 1) != 0;
    files.comments = paths + 1;
    files.n_comments = size != 0 && (data[0] & 2) != 0;
    if (annotations_read(&g.annotations, &files, NULL, &err) == 0) {
        check_table(&g.annotations);
        check_agreement(&g);
    } else {
        MUST(err.code == STANCE_DATA && err.message[0] != '\0');
    }
    agreement_release(&g);
    fclose(f);
    return 0;
}
