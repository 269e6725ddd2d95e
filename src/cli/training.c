/* SPDX-License-Identifier: MIT */
/* training: rows, and their values as the library wants them. */
#include "cli/training.h"

static const char *const weightings[] = {"none", "balanced", NULL};

const struct option training_options[] = {
    {"targets", 0, "FILE", "definitions of the targets (NDJSON)", AT_TEXT(struct training, targets),
     .path = true},
    {"folds", 0, "N", "folds of the cross-validation that chooses C, default 5",
     AT_COUNT(struct training, folds), .low = 2, .high = 1000},
    {"group", 0, "FIELD",
     "field whose values are kept whole by folds; default: the thread, else "
     "the author, else each comment",
     AT_TEXT(struct training, group)},
    {"grid", 0, "C1,C2,...", "values of C to choose from, rising, at most 16",
     AT_GRID(struct training, grid), .high = 16, .least = 1e-6, .most = 1e6},
    {"class-weights", 0, "HOW", "weight of a label's examples, default balanced",
     AT_CHOICE(struct training, class_weights), .low = 1, .choices = weightings},
    {"min-count", 0, "N",
     "comments that an n-gram must occur in to count, default 1; 2 makes a "
     "model some four times smaller",
     AT_COUNT(struct training, min_count), .low = 1, .high = UINT32_MAX},
    {"seed", 0, "N", "seed of the folds, default 1", AT_COUNT(struct training, seed), .low = 1,
     .high = UINT64_MAX},
    {"max-memory", 0, "MIB", "memory for kernel matrices, in MiB, default 4096",
     AT_COUNT(struct training, max_memory_mib), .low = 1, .high = 1 << 24},
    {NULL},
};

struct stance_train_options training_train(const struct training *training, uint64_t jobs)
{
    return (struct stance_train_options){
        .n_folds = (uint32_t)training->folds,
        .group = training->group,
        .c = training->grid.number,
        .n_c = (uint32_t)training->grid.n,
        .class_weights = training->class_weights,
        .seed = training->seed,
        .min_count = (uint32_t)training->min_count,
        .n_jobs = (unsigned)jobs,
        .max_memory = training->max_memory_mib << 20,
    };
}

bool training_is_default(const struct training *t)
{
    return t->targets == NULL && t->group == NULL && t->folds == 0 && t->seed == 0 &&
           t->max_memory_mib == 0 && t->grid.n == 0 && t->class_weights == 0 && t->min_count == 0;
}
