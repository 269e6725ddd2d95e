/* SPDX-License-Identifier: MIT */
/*
 * train: search and training in one call, with the account of what was done: told line by
 * line, and kept in the model as key=value lines.
 */
#include "api/types.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "model/apart.h"
#include "model/arms.h"
#include "model/pairsvm.h"
#include "model/rest.h"
#include "report/layout.h"
#include "text/normalize.h"

enum { SHOWN_TARGETS = 12 };

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

/* Of the arm chosen, but for what is told of the whole, `read`, and what is said of the other. */
struct account {
    const struct arms *arms;
    const struct verdict *v;
    const struct trainset *read;
    const uint8_t *use; /* per comment of `read` */
    const struct trainset *t;
    const struct search *s;
    const struct stance_talk *talk;
    struct confusion all;      /* held out, all targets */
    struct confusion majority; /* the most frequent label of each target */
    size_t n_comments, n_threads, n_added;
    size_t n_dealt; /* threads that folds are dealt of */
    bool has_f_avg;
    uint32_t favor, against;
};

static size_t count_threads(const struct corpus *c, const uint8_t *use)
{
    struct intern names = {0};
    size_t n;

    for (size_t i = 0; i < c->n_comments; i++)
        if (use[i] && c->comment[i].thread.p != NULL)
            intern_string(&names, c->comment[i].thread);
    n = names.n;
    intern_release(&names);
    return n;
}

/* One number for the labelled text, whatever the order of rows and files. */
static uint64_t fingerprint_of(const struct corpus *c)
{
    uint64_t h = HASH_START;

    for (size_t i = 0; i < c->n_marks; i++) {
        const struct mark *m = &c->mark[i];
        const struct comment *k = &c->comment[m->comment];
        uint64_t part[4] = {hash_span(k->id), hash_span(k->text), hash_span(c->target[m->target]),
                            hash_span(c->label[m->label])};
        for (size_t j = 0; j < 4; j++)
            h = hash_mix(h ^ part[j]) * 3 + 1;
        if (k->added)
            h = hash_mix(h);
    }
    return h;
}

/* What answering each target's most frequent training label would have scored. */
static void majority_baseline(struct account *a)
{
    const struct corpus *c = a->t->corpus;

    for (uint32_t t = 0; t < c->n_targets; t++) {
        const uint64_t *seen = a->t->own + (size_t)t * c->n_labels;
        uint32_t best = 0;
        for (uint32_t l = 1; l < c->n_labels; l++)
            if (seen[l] > seen[best])
                best = l;
        for (uint32_t l = 0; l < c->n_labels; l++)
            a->majority.count[(size_t)l * c->n_labels + best] += seen[l];
    }
}

static size_t count_comments(const struct corpus *c, const uint8_t *use)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_comments; i++)
        n += use[i];
    return n;
}

static void account_make(struct account *a)
{
    const struct corpus *c = a->t->corpus;

    confusion_init(&a->all, c->n_labels);
    confusion_init(&a->majority, c->n_labels);
    for (uint32_t t = 0; t < c->n_targets; t++)
        confusion_merge(&a->all, &a->s->confusion[t]);
    majority_baseline(a);
    a->n_comments = count_comments(c, a->v->use);
    a->n_threads = count_threads(c, a->v->use);
    a->n_added = count_comments(&a->arms->own.c, a->v->use_alone);
    a->n_dealt = count_threads(&a->arms->own.c, a->v->use_alone);
    a->has_f_avg = confusion_stance_labels(c->label, c->n_labels, &a->favor, &a->against);
}

static void account_release(struct account *a)
{
    confusion_release(&a->all);
    confusion_release(&a->majority);
}

static void add_labels(struct buf *line, const struct corpus *c, const uint64_t *seen)
{
    size_t before = line->len;

    for (uint32_t l = 0; l < c->n_labels; l++)
        if (seen[l] != 0)
            buf_addf(line, " %s %llu", c->label[l].p, (unsigned long long)seen[l]);
    if (line->len == before)
        buf_add_str(line, " none");
}

static void tell_targets(const struct account *a)
{
    const struct corpus *c = a->read->corpus;
    struct buf line = {0};

    for (uint32_t t = 0; t < c->n_targets && t < SHOWN_TARGETS; t++) {
        const uint64_t *seen = a->read->seen + (size_t)t * c->n_labels;
        buf_reset(&line);
        buf_addf(&line, "  %s:", c->target[t].p);
        add_labels(&line, c, seen);
        if (a->read->n_domains > 1) {
            buf_add_str(&line, "; of them added:");
            add_labels(&line, c, a->read->own + (size_t)t * c->n_labels);
        }
        api_note(a->talk, "%s", buf_str(&line));
    }
    if (c->n_targets > SHOWN_TARGETS)
        api_note(a->talk, "  … and %u more targets", c->n_targets - SHOWN_TARGETS);
    buf_release(&line);
}

static void note_split(void *arg, const char *line)
{
    const struct account *a = arg;

    api_note(a->talk, "%s", line);
}

static bool same_choice(const struct candidate *k, const struct candidate *other)
{
    return k->choice.mix == other->choice.mix && k->choice.kernel == other->choice.kernel &&
           k->choice.vectors == other->choice.vectors && k->choice.share == other->choice.share;
}

/* Of the comments beside added ones. */
static double share_of(const struct trainset *t, struct choice choice)
{
    return t->n_domains > 1 ? t->set.add_share[choice.share] : 0;
}

/* words W, kernel A B C[, share S] */
static void add_choice(struct buf *out, const struct account *a, const struct trainset *t,
                       struct choice choice)
{
    const struct settings *set = &t->set;
    const struct kernel_settings *k = &set->kernel[choice.kernel];

    buf_add_str(out, "words ");
    num_add_f64(out, set->mix[choice.mix].words);
    buf_add_str(out, ", kernel ");
    num_add_f64(out, k->a);
    buf_add_char(out, ' ');
    num_add_f64(out, k->b);
    buf_add_char(out, ' ');
    num_add_f64(out, k->c);
    if (choice.vectors != 0) {
        buf_add_str(out, ", vectors ");
        num_add_f64(out, set->vector_share[choice.vectors]);
    }
    if (!a->arms->own.apart)
        return;
    buf_add_str(out, ", share ");
    num_add_f64(out, share_of(t, choice));
}

static void tell_line(const struct account *a, struct buf *line)
{
    if (line->len != 0)
        api_note(a->talk, "%s", buf_str(line));
    buf_reset(line);
}

static void tell_candidates(const struct account *a, const struct trainset *t,
                            const struct search *s)
{
    struct buf line = {0};

    for (uint32_t i = 0; i < s->n_candidates; i++) {
        const struct candidate *k = &s->candidate[i];
        bool first = i == 0 || !same_choice(k, k - 1);
        if (first) {
            tell_line(a, &line);
            buf_add_str(&line, "log loss held out, ");
            add_choice(&line, a, t, k->choice);
        }
        buf_add_str(&line, first ? ": C " : ", C ");
        num_add_f64(&line, t->set.c[k->c]);
        buf_add_char(&line, ' ');
        num_add_fixed(&line, k->log_loss, 4);
    }
    tell_line(a, &line);
    buf_release(&line);
}

/* Targets that only the corpus has are nothing to a model of the added comments. */
static void tell_dropped(const struct account *a)
{
    const struct corpus *whole = a->read->corpus;
    uint32_t n = whole->n_targets - a->t->corpus->n_targets;

    if (n != 0)
        api_note(
            a->talk,
            "not in the model: %u %s that only the corpus has; for %s keep a model of the corpus",
            n, n == 1 ? "target" : "targets", n == 1 ? "it" : "them");
}

/* What was compared, and why the arm chosen is. */
static void tell_arm(const struct account *a)
{
    const struct search *s = &a->v->together;
    struct buf line = {0};

    if (a->arms->n == 1)
        return;
    buf_add_str(&line, "gain of share ");
    num_add_f64(&line, share_of(&a->arms->together, search_best(s)->choice));
    buf_add_str(&line, " over the added comments alone: ");
    num_add_fixed(&line, s->gain.mean, 4);
    buf_add_str(&line, " of log loss, standard error ");
    num_add_fixed(&line, s->gain.error, 4);
    buf_addf(&line, " (%u groups): ", s->gain.n_groups);
    buf_add_str(&line, gain_is_clear(&s->gain) ? "taken"
                       : a->v->is_together     ? "taken, as 0 is not to choose from"
                                               : "not clear, trained on those alone");
    tell_line(a, &line);
    buf_release(&line);
    tell_dropped(a);
}

static void tell_search(const struct account *a)
{
    const struct settings *set = &a->t->set;
    size_t n_left = a->v->together.n_left;

    api_note(a->talk, "%u folds by %s (%u groups), seed %llu", set->n_folds, a->s->split.field.p,
             a->s->split.n_groups, (unsigned long long)set->seed);
    if (a->s->split.cuts_threads)
        api_note(a->talk,
                 "folds cut threads: there are %zu for %u folds, or some comment is in none; the "
                 "figures below are too good",
                 a->n_dealt, set->n_folds);
    if (a->s->split.n_without != 0)
        api_note(a->talk, "comments without %.*s: %zu, each a group of its own",
                 (int)a->s->split.field.len, a->s->split.field.p, a->s->split.n_without);
    split_tell_copies(&a->s->split, note_split, (void *)(uintptr_t)a);
    if (n_left != 0)
        api_note(a->talk, APART_LEFT, n_left, (int)a->s->split.field.len, a->s->split.field.p);
    tell_candidates(a, &a->arms->alone, &a->v->alone);
    if (a->arms->n > 1)
        tell_candidates(a, &a->arms->together, &a->v->together);
    tell_arm(a);
}

static void tell_scores(const struct account *a)
{
    const struct candidate *best = search_best(a->s);
    struct buf line = {0};

    add_choice(&line, a, a->t, best->choice);
    buf_add_str(&line, ", C = ");
    num_add_f64(&line, a->t->set.c[best->c]);
    buf_add_str(&line, ", labels by p·n^-");
    num_add_f64(&line, a->s->exponent);
    buf_add_str(&line, ": cross-validated macro-F1 ");
    num_add_fixed(&line, confusion_macro_f1(&a->all), 4);
    if (a->has_f_avg) {
        buf_add_str(&line, ", F_avg ");
        num_add_fixed(&line, confusion_f_avg(&a->all, a->favor, a->against), 4);
    }
    buf_add_str(&line, a->arms->own.apart ? " on the added comments (all chosen on these folds)"
                                          : " (all chosen on these folds)");
    api_note(a->talk, "%s", buf_str(&line));
    buf_reset(&line);
    buf_add_str(&line, "baselines: majority of each target, macro-F1 ");
    num_add_fixed(&line, confusion_macro_f1(&a->majority), 4);
    if (a->has_f_avg) {
        buf_add_str(&line, ", F_avg ");
        num_add_fixed(&line, confusion_f_avg(&a->majority, a->favor, a->against), 4);
    }
    if (a->t->corpus->n_targets > 1) {
        buf_add_str(&line, "; target-blind model, macro-F1 ");
        num_add_fixed(&line, a->s->blind_macro_f1, 4);
    }
    api_note(a->talk, "%s", buf_str(&line));
    buf_release(&line);
}

static bool has_context(const struct search *s)
{
    return s->context.thread != 0 || s->context.author != 0;
}

/* What `classify --whole-threads` will do. */
static void tell_context(const struct account *a)
{
    struct buf line = {0};

    if (!has_context(a->s))
        return;
    buf_add_str(&line, "in whole threads (thread^");
    num_add_f64(&line, a->s->context.thread);
    buf_add_str(&line, ", author^");
    num_add_f64(&line, a->s->context.author);
    buf_add_str(&line, "): log loss ");
    num_add_fixed(&line, a->s->context_log_loss, 4);
    buf_add_str(&line, " for ");
    num_add_fixed(&line, search_best(a->s)->log_loss, 4);
    buf_add_str(&line, ", macro-F1 ");
    num_add_fixed(&line, a->s->context_macro_f1, 4);
    api_note(a->talk, "%s", buf_str(&line));
    buf_release(&line);
}

static void meta_number(struct buf *b, const char *key, double value)
{
    buf_addf(b, "%s=", key);
    num_add_f64(b, value);
    buf_add_char(b, '\n');
}

/* Figures are rounded, so that the last bits of another C library do not show. */
static void meta_score(struct buf *b, const char *key, double value)
{
    buf_addf(b, "%s=", key);
    num_add_fixed(b, value, 6);
    buf_add_char(b, '\n');
}

/* KEY.WORDS.A.VECTORS.C=VALUE: of the candidate with those shares, a of the kernel and C; with
 * added comments KEY.WORDS.A.VECTORS.SHARE.C */
static void meta_candidate(struct buf *b, const char *key, const struct account *a,
                           const struct trainset *t, const struct candidate *k, double value)
{
    const struct settings *set = &t->set;

    buf_addf(b, "%s.", key);
    num_add_f64(b, set->mix[k->choice.mix].words);
    buf_add_char(b, '.');
    num_add_f64(b, set->kernel[k->choice.kernel].a);
    buf_add_char(b, '.');
    num_add_f64(b, set->vector_share[k->choice.vectors]);
    buf_add_char(b, '.');
    if (a->arms->own.apart) {
        num_add_f64(b, share_of(t, k->choice));
        buf_add_char(b, '.');
    }
    num_add_f64(b, set->c[k->c]);
    buf_add_char(b, '=');
    num_add_fixed(b, value, 6);
    buf_add_char(b, '\n');
}

/* How many of the rows and comments were added, and what the others count. */
static void meta_added(struct buf *b, const struct account *a)
{
    if (!a->arms->own.apart)
        return;
    buf_addf(b, "added_rows=%zu\nadded_comments=%zu\n", a->t->n_own, a->n_added);
    meta_number(b, "add_share", share_of(a->t, search_best(a->s)->choice));
    if (a->arms->n == 1)
        return;
    meta_score(b, "add_gain", a->v->together.gain.mean);
    meta_score(b, "add_gain_error", a->v->together.gain.error);
}

static void meta_candidates(struct buf *b, const struct account *a, const struct trainset *t,
                            const struct search *s)
{
    for (uint32_t i = 0; i < s->n_candidates; i++) {
        const struct candidate *k = &s->candidate[i];
        meta_candidate(b, "cv_log_loss", a, t, k, k->log_loss);
        meta_candidate(b, "cv_macro_f1", a, t, k, k->macro_f1);
    }
}

static void compose_meta(struct buf *b, const struct account *a)
{
    const struct settings *set = &a->t->set;

    buf_addf(b, "program=stance %s\nlibsvm=%d\ntext=%s\n", STANCE_VERSION,
             pairsvm_library_version(), normalize_version());
    buf_addf(b, "corpus=%016llx\nrows=%zu\ncomments=%zu\nthreads=%zu\n",
             (unsigned long long)fingerprint_of(a->t->corpus), a->t->n_rows, a->n_comments,
             a->n_threads);
    buf_addf(b, "seed=%llu\nfolds=%u\ngroup=%s\ngroups=%u\n", (unsigned long long)set->seed,
             set->n_folds, a->s->split.field.p, a->s->split.n_groups);
    buf_addf(b, "class_weights=%s\n",
             set->class_weights == CLASS_WEIGHTS_BALANCED ? "balanced" : "none");
    if (a->t->solver == SOLVER_COORDINATE) /* the others are as they were before there were two */
        buf_add_str(b, "solver=coordinate\n");
    meta_added(b, a);
    meta_number(b, "c", set->c[search_best(a->s)->c]);
    meta_number(b, "rule_exponent", a->s->exponent);
    meta_candidates(b, a, &a->arms->alone, &a->v->alone);
    if (a->arms->n > 1)
        meta_candidates(b, a, &a->arms->together, &a->v->together);
    meta_score(b, "cv_macro_f1", confusion_macro_f1(&a->all));
    if (a->has_f_avg)
        meta_score(b, "cv_f_avg", confusion_f_avg(&a->all, a->favor, a->against));
    meta_score(b, "majority_macro_f1", confusion_macro_f1(&a->majority));
    if (a->t->corpus->n_targets > 1)
        meta_score(b, "target_blind_macro_f1", a->s->blind_macro_f1);
    if (has_context(a->s)) {
        meta_number(b, "thread_exponent", a->s->context.thread);
        meta_number(b, "author_exponent", a->s->context.author);
        meta_score(b, "thread_cv_log_loss", a->s->context_log_loss);
        meta_score(b, "thread_cv_macro_f1", a->s->context_macro_f1);
    }
}

static void tell_all(const struct account *a)
{
    const struct corpus *c = a->read->corpus;
    struct buf line = {0};

    layout_counted(&line, a->read->n_rows, "row");
    buf_add_str(&line, ": ");
    layout_counted(&line, count_comments(c, a->use), "comment");
    buf_add_str(&line, " in ");
    layout_counted(&line, count_threads(c, a->use), "thread");
    buf_add_str(&line, ", ");
    layout_counted(&line, c->n_targets, "target");
    buf_add_str(&line, ", ");
    layout_counted(&line, c->n_labels, "label");
    api_note(a->talk, "%s", buf_str(&line));
    if (a->read->n_domains > 1)
        api_note(a->talk,
                 "of them added: %zu rows, %zu comments; what is chosen and measured below is of "
                 "these alone",
                 a->t->n_own, a->n_added);
    else if (a->arms->own.apart)
        api_note(a->talk, "the added comments alone, as there is no share but 0");
    buf_release(&line);
    tell_targets(a);
    tell_search(a);
    tell_scores(a);
    tell_context(a);
}

struct steps {
    const struct stance_talk *talk;
    uint32_t done, total;
};

static void step(void *arg)
{
    struct steps *s = arg;
    if (s->talk != NULL && s->talk->progress != NULL)
        s->talk->progress(s->talk->arg, "folds", ++s->done, s->total);
}

/* Of the targets and labels of the arm chosen; the spans stay the corpus'. */
static struct target_names *names_of(const struct account *a, const struct target_names *all)
{
    const struct corpus *c = a->t->corpus;
    const struct own *own = &a->arms->own;
    struct target_names *names = mem_array(c->n_targets, sizeof *names);

    for (uint32_t t = 0; t < c->n_targets; t++) {
        const struct target_names *from = &all[a->v->is_together ? t : own->target[t]];
        names[t] = *from;
        names[t].display = mem_array((size_t)c->n_labels * MODEL_LANGS, sizeof(struct span));
        for (uint32_t l = 0; l < c->n_labels; l++)
            memcpy(names[t].display + l * MODEL_LANGS,
                   from->display + (a->v->is_together ? l : own->label[l]) * MODEL_LANGS,
                   MODEL_LANGS * sizeof(struct span));
    }
    return names;
}

static struct model *train_chosen(const struct account *a, const struct target_names *all,
                                  struct span meta, struct stance_err *err)
{
    struct target_names *names = names_of(a, all);
    struct model *m = train_model(a->t, a->v->use, a->s, names, meta, err);

    for (uint32_t t = 0; t < a->t->corpus->n_targets; t++)
        free(names[t].display);
    free(names);
    return m;
}

static struct model *train_searched(const struct stance_corpus *corpus, const struct arms *arms,
                                    const struct verdict *v, const uint8_t *use,
                                    const struct stance_talk *talk, struct stance_err *err)
{
    bool both = arms->n > 1;
    struct account account = {.arms = arms,
                              .v = v,
                              .read = both ? &arms->together : &arms->alone,
                              .use = both ? use : v->use_alone,
                              .t = v->t,
                              .s = v->s,
                              .talk = talk};
    struct account *a = &account;
    struct buf meta = {0};
    struct model *m;

    account_make(a);
    compose_meta(&meta, a);
    m = train_chosen(a, corpus->names, buf_span(&meta), err);
    if (m != NULL) {
        tell_all(a);
        api_note(a->talk, "model: %u n-grams, %zu bytes, checksum %08x", m->vocab.n, m->image.len,
                 m->checksum);
    }
    buf_release(&meta);
    account_release(a);
    return m;
}

/* Before the folds: it tells why memory is kept to and time is not. */
static void tell_solver(const struct trainset *t, const struct stance_talk *talk)
{
    if (t->solver == SOLVER_COORDINATE && t->set.solver == SOLVER_AUTO)
        api_note(talk, TRAINSET_SWITCHED, t->matrix_memory / 1048576,
                 (double)t->set.max_memory / 1048576);
}

static struct model *train_arms(const struct stance_corpus *corpus, const struct arms *arms,
                                struct span field, const struct stance_talk *talk,
                                struct stance_err *err)
{
    struct steps steps = {talk, 0, arms_steps(arms)};
    struct search_progress progress = {step, &steps};
    uint8_t *use = corpus_labelled(&corpus->data);
    struct verdict v;
    struct model *m = NULL;

    tell_solver(arms->n > 1 ? &arms->together : &arms->alone, talk);
    if (arms_search(&v, arms, use, field, &progress, err) == 0 &&
        rest_calibrate(v.s, v.t, v.use, field, err) == 0)
        m = train_searched(corpus, arms, &v, use, talk, err);
    verdict_release(&v);
    free(use);
    return m;
}

struct stance_model *stance_train(const struct stance_corpus *corpus,
                                  const struct stance_train_options *options,
                                  const struct stance_talk *talk, struct stance_err *err)
{
    struct settings set;
    struct wordvec vectors;
    struct span field = {NULL, 0}, *statement;
    struct arms arms;
    struct model *m = NULL;

    if (api_settings(options, &set, err) < 0)
        return NULL;
    if (api_vectors(&vectors, &set, options, talk, err) < 0) {
        wordvec_release(&vectors);
        return NULL;
    }
    if (options != NULL && options->group != NULL)
        field = span_of(options->group);
    statement = mem_array(corpus->data.n_targets, sizeof *statement);
    for (uint32_t i = 0; i < corpus->data.n_targets; i++)
        statement[i] = corpus->names[i].statement;
    if (arms_init(&arms, &corpus->data, statement, &set, err) == 0)
        m = train_arms(corpus, &arms, field, talk, err);
    arms_release(&arms);
    wordvec_release(&vectors);
    free(statement);
    return api_wrap_model(m);
}
