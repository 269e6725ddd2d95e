/* SPDX-License-Identifier: MIT */
/* settings: the options of training as settings, defaults filled in, each checked. */
#include "api/types.h"

#include <math.h>

#include "base/err.h"

static int check_grid(const double *c, uint32_t n, struct stance_err *err)
{
    if (n > SETTINGS_MAX_C)
        return err_set(err, STANCE_USAGE, "%u values of C, at most %d are supported", n,
                       SETTINGS_MAX_C);
    for (uint32_t i = 0; i < n; i++)
        if (!isfinite(c[i]) || c[i] <= (i != 0 ? c[i - 1] : 0))
            return err_set(err, STANCE_USAGE, "values of C must be positive and rise");
    return 0;
}

/* Shares to choose from: at most `places`, from 0 to `most`, rising. */
static int check_shares(const double *share, uint32_t n, uint32_t places, double most,
                        const char *what, struct stance_err *err)
{
    if (n > places)
        return err_set(err, STANCE_USAGE, "%u shares of %s, at most %u are supported", n, what,
                       places);
    for (uint32_t i = 0; i < n; i++)
        if (!(share[i] >= 0 && share[i] <= most) || (i != 0 && share[i] <= share[i - 1]))
            return err_set(err, STANCE_USAGE, "shares of %s must be 0 to %.3g and rise", what,
                           most);
    return 0;
}

static int check_ngrams(const struct stance_train_options *o, struct stance_err *err)
{
    if (o->words > 8)
        return err_set(err, STANCE_USAGE, "n-grams of %u words, at most 8 are supported", o->words);
    if (o->char_max > NGRAM_MAX_CHARS || o->char_min > o->char_max ||
        (o->char_min == 0) != (o->char_max == 0))
        return err_set(err, STANCE_USAGE, "n-grams of %u to %u characters, expected 1 to %d",
                       o->char_min, o->char_max, NGRAM_MAX_CHARS);
    return check_shares(o->word_share, o->n_word_share, SETTINGS_MAX_MIXES, 2.0 / 3, "words", err);
}

static void set_ngrams(const struct stance_train_options *o, struct settings *s)
{
    double w[SETTINGS_MAX_MIXES];

    if (o->words != 0)
        s->ngram.word_max = o->words;
    if (o->char_max != 0) {
        s->ngram.char_min = o->char_min;
        s->ngram.char_max = o->char_max;
    }
    if (o->no_skips)
        s->ngram.skip_max = 0;
    if (o->no_openings)
        s->ngram.opening = 0;
    for (uint32_t i = 0; i < s->n_mixes; i++)
        w[i] = s->mix[i].words;
    if (o->n_word_share != 0) {
        s->n_mixes = o->n_word_share;
        memcpy(w, o->word_share, s->n_mixes * sizeof *w);
    }
    for (uint32_t i = 0; i < s->n_mixes; i++)
        s->mix[i] = settings_mix(&s->ngram, w[i]);
}

int api_settings(const struct stance_train_options *o, struct settings *s, struct stance_err *err)
{
    *s = settings_default();
    if (o == NULL)
        return 0;
    if (o->n_folds == 1)
        return err_set(err, STANCE_USAGE, "cross-validation needs 2 folds or more");
    if (o->class_weights < 0 || o->class_weights > 2)
        return err_set(err, STANCE_USAGE, "class weights %d, expected 0, 1 or 2", o->class_weights);
    if (o->decide < 0 || o->decide > 3)
        return err_set(err, STANCE_USAGE, "rule of decision %d, expected 0 to 3", o->decide);
    if (check_ngrams(o, err) < 0 || check_shares(o->add_share, o->n_add_share, SETTINGS_MAX_SHARES,
                                                 1, "what is beside added comments", err) < 0)
        return -1;
    if (o->solver < 0 || o->solver > 3)
        return err_set(err, STANCE_USAGE, "solver %d, expected 0 to 3", o->solver);
    if (o->n_folds != 0)
        s->n_folds = o->n_folds;
    if (o->c != NULL && o->n_c > 0) {
        if (check_grid(o->c, o->n_c, err) < 0)
            return -1;
        s->n_c = o->n_c;
        memcpy(s->c, o->c, s->n_c * sizeof *s->c);
    }
    if (o->class_weights != 0)
        s->class_weights = o->class_weights == 2 ? CLASS_WEIGHTS_BALANCED : CLASS_WEIGHTS_NONE;
    set_ngrams(o, s);
    if (o->n_add_share != 0) {
        s->n_shares = o->n_add_share;
        memcpy(s->add_share, o->add_share, s->n_shares * sizeof *s->add_share);
    }
    if (o->decide != 0)
        s->rule = (enum rule_aim)(o->decide - 1);
    if (o->solver != 0)
        s->solver = o->solver == 1   ? SOLVER_AUTO
                    : o->solver == 2 ? SOLVER_LIBSVM
                                     : SOLVER_COORDINATE;
    if (o->min_count != 0)
        s->min_df = o->min_count;
    if (o->seed != 0)
        s->seed = o->seed;
    s->n_jobs = o->n_jobs;
    if (o->max_memory != 0)
        s->max_memory = o->max_memory;
    return 0;
}
