/* SPDX-License-Identifier: MIT */
/* training: rows, and their values as the library wants them. */
#include "cli/training.h"

#include "base/err.h"

static const char *const weightings[] = {"none", "balanced", NULL};
static const char *const rules[] = {"macro-f1", "f-avg", "probable", NULL};
static const char *const solvers[] = {"auto", "libsvm", "coordinate", NULL};

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
    {"unlabelled", 0, "DUMP",
     "comments without labels, read twice: vectors of words are learnt from "
     "them, and used where held-out labels say that they help; repeat for more",
     AT_LIST(struct training, unlabelled), .path = true},
    {"words", 0, "N", "longest n-gram of words, default 3", AT_COUNT(struct training, words),
     .low = 1, .high = 8},
    {"no-skips", 0, NULL, "no pairs of words with one or two others between",
     AT_FLAG(struct training, no_skips)},
    {"no-openings", 0, NULL, "no n-grams of words kept for the first four tokens",
     AT_FLAG(struct training, no_openings)},
    {"chars", 0, "LOW,HIGH", "shortest and longest n-gram of characters, default 3,6",
     AT_GRID(struct training, chars), .high = 2, .least = 1, .most = 16, .whole = true},
    {"word-share", 0, "W1,W2,...",
     "parts of 1 that words count, to choose from, rising, at most 4; pairs "
     "count half as much, characters the rest; default 0.2,0.4",
     AT_GRID(struct training, word_share), .high = 4, .least = 0, .most = 0.66},
    {"add", 0, "FILE",
     "labelled comments of your own, a few hundred, to train on together with the corpus: the "
     "model is then for comments like those; repeat for more files",
     AT_LIST(struct training, add), .path = true},
    {"add-share", 0, "S1,S2,...",
     "with --add: what the other comments count, from 0, nothing, to 1, the same, to choose from "
     "(0 unless another is a clear gain by held-out log loss), rising, at most 8; default "
     "0,0.25,0.5,1",
     AT_GRID(struct training, add_share), .high = 8, .least = 0, .most = 1},
    {"train-on-audit", 0, NULL,
     "take the comments of an audit that were drawn at random, too: labels that a model was "
     "trained on cannot correct its shares, and prevalence refuses them",
     AT_FLAG(struct training, on_audit)},
    {"decide", 0, "HOW",
     "what the rule of decision is chosen for: macro-f1, the default, gives rare labels more "
     "often than the most probable label would; f-avg, that of favor and against; or probable",
     AT_CHOICE(struct training, decide), .low = 1, .choices = rules},
    {"seed", 0, "N", "seed of the folds, default 1", AT_COUNT(struct training, seed), .low = 1,
     .high = UINT64_MAX},
    {"solver", 0, "HOW",
     "libsvm, or coordinate descent, which takes less memory; default auto: "
     "libsvm where its matrices fit",
     AT_CHOICE(struct training, solver), .low = 1, .choices = solvers},
    {"max-memory", 0, "MIB", "memory for training, in MiB, default 4096",
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
        .solver = training->solver,
        .seed = training->seed,
        .min_count = (uint32_t)training->min_count,
        .unlabelled = training->unlabelled.word,
        .n_unlabelled = training->unlabelled.n,
        .words = (uint32_t)training->words,
        .no_skips = training->no_skips,
        .no_openings = training->no_openings,
        .char_min = training->chars.n != 0 ? (uint32_t)training->chars.number[0] : 0,
        .char_max =
            training->chars.n != 0 ? (uint32_t)training->chars.number[training->chars.n - 1] : 0,
        .word_share = training->word_share.number,
        .n_word_share = (uint32_t)training->word_share.n,
        .add_share = training->add_share.number,
        .n_add_share = (uint32_t)training->add_share.n,
        .decide = training->decide,
        .n_jobs = (unsigned)jobs,
        .max_memory = training->max_memory_mib << 20,
    };
}

struct stance_corpus *training_corpus(const struct training *training, const char *const *path,
                                      size_t n, const struct stance_input *input,
                                      const struct stance_talk *talk, struct stance_err *err)
{
    struct stance_input spared = *input;

    spared.spare_audit = !training->on_audit;
    if (training->add_share.n != 0 && training->add.n == 0) {
        err_set(err, STANCE_USAGE, "--add-share goes with --add FILE");
        return NULL;
    }
    return stance_corpus_load_added(path, n, training->add.word, training->add.n, training->targets,
                                    &spared, talk, err);
}

bool training_is_default(const struct training *t)
{
    return t->targets == NULL && t->group == NULL && t->folds == 0 && t->seed == 0 &&
           t->max_memory_mib == 0 && t->grid.n == 0 && t->class_weights == 0 && t->min_count == 0 &&
           t->words == 0 && t->unlabelled.n == 0 && !t->no_skips && !t->no_openings &&
           t->chars.n == 0 && t->word_share.n == 0 && t->decide == 0 && t->solver == 0 &&
           t->add.n == 0 && t->add_share.n == 0 && !t->on_audit;
}
