/* SPDX-License-Identifier: MIT */
/* predicted: see predicted.h. */
#include "eval/predicted.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "eval/baselines.h"
#include "eval/reasons.h"
#include "eval/surface.h"

enum { NAMED = 5 }; /* labels in a note */

/* The names of all sources' labels; owned by the caller. */
static struct span *all_names(const struct predictions *source, size_t n_sources, size_t *n)
{
    struct span *name;

    *n = 0;
    for (size_t s = 0; s < n_sources; s++)
        *n += source[s].names.n;
    name = mem_array(*n, sizeof *name);
    *n = 0;
    for (size_t s = 0; s < n_sources; s++) {
        struct intern_view view = intern_frozen(&source[s].names);
        for (uint32_t i = 0; i < view.n; i++)
            name[(*n)++] = intern_text(&view, i);
    }
    return name;
}

static void fill(struct evaluation *e, const struct predictions *p)
{
    struct intern_view view = intern_frozen(&p->names);
    uint32_t *place = mem_array(view.n, sizeof *place);
    size_t s = evaluation_add(e, EVALUATION_JUDGED, p->name, "", p->n_each != 0);
    struct evaluation_system *system = &e->system[s];

    for (uint32_t i = 0; i < view.n; i++)
        place[i] = evaluation_label(e, intern_text(&view, i));
    for (size_t r = 0; r < e->n_rows; r++) {
        system->label[r] = place[p->label[r]];
        system->p[r] = p->p[r];
    }
    for (size_t i = 0; i < p->n_each; i++) {
        double *probs = system->probs + p->each[i].row * e->n_labels;
        if (isnan(probs[0]))
            memset(probs, 0, e->n_labels * sizeof *probs); /* labels not named have none */
        probs[place[p->each[i].label]] = p->each[i].p;
    }
    free(place);
}

/* `who`: "FILE: " where there are several systems, else nothing. */
static void note_left_out(struct evaluation *e, const struct predictions *p, const char *who)
{
    if (p->n_beside != 0)
        evaluation_note(e,
                        "%spredictions left out, since their comments have no gold label for that "
                        "target: %llu",
                        who, (unsigned long long)p->n_beside);
    if (p->n_dropped != 0)
        evaluation_note(e,
                        "%spredictions left out, since they are about targets not asked for: %llu",
                        who, (unsigned long long)p->n_dropped);
}

/* How many labels `n` counts, the first of them named. */
static uint64_t name_counted(const struct evaluation *e, const uint64_t *n, struct buf *named)
{
    uint64_t total = 0;
    size_t n_named = 0;

    for (uint32_t l = 0; l < e->n_labels; l++) {
        total += n[l];
        if (n[l] != 0 && n_named++ < NAMED)
            buf_addf(named, "%s'%.*s'", n_named > 1 ? ", " : "", (int)e->label[l].len,
                     e->label[l].p);
    }
    buf_add_str(named, n_named > NAMED ? ", …" : "");
    return total;
}

/* Labels that the gold never has: they may be spelt otherwise there ("Favor", "1"). */
static void note_foreign(struct evaluation *e, size_t system, const char *who)
{
    uint64_t *n = mem_zalloc(e->n_labels, sizeof *n), total;
    struct buf named = {0};

    for (size_t r = 0; r < e->n_rows; r++)
        n[e->system[system].label[r]]++;
    for (size_t r = 0; r < e->n_rows; r++)
        n[e->row[r].gold] = 0;
    total = name_counted(e, n, &named);
    if (total != 0)
        evaluation_note(e, "%spredicted labels that the gold never has: %llu of %zu (%s)", who,
                        (unsigned long long)total, e->n_rows, buf_str(&named));
    buf_release(&named);
    free(n);
}

static void note_each(struct evaluation *e, const struct predictions *source, size_t n)
{
    struct buf who = {0};

    for (size_t s = 0; s < n; s++) {
        buf_reset(&who);
        if (n > 1)
            buf_addf(&who, "%.*s: ", (int)source[s].name.len, source[s].name.p);
        note_left_out(e, &source[s], buf_str(&who));
        note_foreign(e, s, buf_str(&who));
    }
    buf_release(&who);
}

int predicted_open(struct evaluation *e, const struct predictions *source, size_t n_sources,
                   const struct corpus *gold, const struct evaluation_options *options,
                   struct stance_err *err)
{
    size_t n;
    struct span *name = all_names(source, n_sources, &n);
    int status = evaluation_open(e, EVALUATION_PREDICTIONS, gold, name, n, options, err);

    for (size_t s = 0; s < n_sources && status == 0; s++)
        fill(e, &source[s]);
    if (status == 0)
        note_each(e, source, n_sources);
    free(name);
    return status;
}

/* Where only some rows have probabilities, figures of them are of fewer rows than the others. */
static void note_probs(struct evaluation *e)
{
    const struct evaluation_system *s = &e->system[0];
    size_t n_p = 0, n_probs = 0;

    for (size_t r = 0; r < e->n_rows; r++) {
        n_p += isnan(s->p[r]) ? 0 : 1;
        n_probs += s->probs == NULL || isnan(s->probs[r * e->n_labels]) ? 0 : 1;
    }
    if (n_p != 0 && n_p != e->n_rows)
        evaluation_note(e,
                        "%zu of %zu labels came with a probability: calibration and what "
                        "abstaining buys are of those",
                        n_p, e->n_rows);
    if (n_probs != 0 && n_probs != e->n_rows)
        evaluation_note(e,
                        "%zu of %zu labels came with the probabilities of all: log loss and "
                        "Brier score are of those",
                        n_probs, e->n_rows);
}

static void add_majorities(struct evaluation *e)
{
    struct majorities m = majorities_add(e, "the gold labels themselves, which flatters it");
    uint64_t *seen = mem_zalloc((size_t)e->n_targets * e->n_labels, sizeof *seen);

    for (size_t r = 0; r < e->n_rows; r++)
        seen[(size_t)e->row[r].target * e->n_labels + e->row[r].gold]++;
    majorities_set(e, &m, seen, NULL);
    free(seen);
}

/* A gold of labels alone has no looks to guess from. */
static void add_surface(struct evaluation *e, const struct corpus *gold)
{
    for (size_t r = 0; r < gold->n_marks; r++) {
        if (gold->comment[gold->mark[r].comment].text.len != 0) {
            surface_add(e, gold, NULL, SURFACE_FOLDS);
            return;
        }
    }
    evaluation_note(e, "the gold has no texts: the baseline of length and punctuation is left out");
}

int predicted_run(struct evaluation *e, const char *const *path, size_t n_paths, bool by_line,
                  const struct corpus *gold, const struct stance_input *input,
                  const struct evaluation_options *options, struct stance_err *err)
{
    struct predictions p;
    int status = predictions_read(&p, path, n_paths, by_line, gold, input, err);

    *e = (struct evaluation){0};
    p.name = SPAN("predictions");
    if (status == 0)
        status = predicted_open(e, &p, 1, gold, options, err);
    if (status == 0) {
        note_probs(e);
        add_majorities(e);
        add_surface(e, gold);
        reasons_unknown(e);
    }
    predictions_release(&p);
    return status;
}
