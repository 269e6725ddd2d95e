/* SPDX-License-Identifier: MIT */
/* account: see account.h. */
#include "api/account.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "model/apart.h"
#include "model/pairsvm.h"
#include "report/layout.h"
#include "text/normalize.h"

enum { SHOWN_TARGETS = 12 };
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

void account_make(struct account *a)
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

void account_release(struct account *a)
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

void account_meta(struct buf *b, const struct account *a)
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

void account_tell(const struct account *a)
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
