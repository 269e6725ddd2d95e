/* SPDX-License-Identifier: MIT */
/*
 * describe: the facts of a model file in the order in which one asks for them: which file
 * is this, what does it decide, from what, how well. Its held-out figures were measured on
 * the folds that C was chosen on, and that is said wherever they are shown.
 */
#include "report/describe.h"

#include "base/num.h"
#include "corpus/json.h"
#include "report/figures.h"
#include "report/layout.h"
#include "report/report.h"
#include "model/chunk.h"

static const char chosen_here[] = "measured on held-out folds in training; C was chosen on these "
                                  "folds, so they are a little too good";

/* A view on the model's table of one target; pooled ones are summed. */
static struct confusion held_out(const struct model *m, uint32_t target)
{
    size_t n = (size_t)m->n_labels * m->n_labels;
    return (struct confusion){m->n_labels, (uint64_t *)(uintptr_t)(m->confusion + target * n)};
}

static struct confusion pooled(const struct model *m)
{
    struct confusion sum, one;

    confusion_init(&sum, m->n_labels);
    for (uint32_t t = 0; t < m->n_targets; t++) {
        one = held_out(m, t);
        confusion_merge(&sum, &one);
    }
    return sum;
}

static struct confusion blind(const struct model *m)
{
    return (struct confusion){m->n_labels, (uint64_t *)(uintptr_t)m->blind_confusion};
}

static uint64_t seen(const struct model *m, uint32_t target, uint32_t label)
{
    return m->seen[(size_t)target * m->n_labels + label];
}

static uint64_t added(const struct model *m, uint32_t target, uint32_t label)
{
    return m->own[(size_t)target * m->n_labels + label];
}

static uint64_t n_added(const struct model *m)
{
    uint64_t n = 0;

    for (size_t i = 0; i < (size_t)m->n_targets * m->n_labels; i++)
        n += m->own[i];
    return n;
}

static struct span display(const struct model *m, uint32_t target, uint32_t label, uint32_t lang)
{
    return m->display[((size_t)target * m->n_labels + label) * MODEL_LANGS + lang];
}

static unsigned minor_version(const struct model *m)
{
    struct chunk_file f;
    return chunk_read(&f, m->image, m->name, NULL) == 0 ? f.minor : 0;
}

/* The lines of meta, one at a time; false after the last. */
static bool next_meta(struct span *rest, struct span *key, struct span *value)
{
    while (rest->len > 0) {
        const char *stop = memchr(rest->p, '\n', rest->len), *equals;
        size_t n = stop != NULL ? (size_t)(stop - rest->p) : rest->len;
        struct span line = {rest->p, n};
        n += stop != NULL;
        *rest = (struct span){rest->p + n, rest->len - n};
        equals = line.len != 0 ? memchr(line.p, '=', line.len) : NULL;
        if (equals == NULL)
            continue;
        *key = (struct span){line.p, (size_t)(equals - line.p)};
        *value = (struct span){equals + 1, line.len - key->len - 1};
        return true;
    }
    return false;
}

/* ---- text ---- */

static void add_target(const struct model *m, uint32_t t, struct buf *out)
{
    buf_add_char(out, '\n');
    layout_paragraph(out, "", m->target[t]);
    if (m->statement[t].len != 0 && !span_eq(m->statement[t], m->target[t]))
        layout_paragraph(out, "  statement: ", m->statement[t]);
    if (m->definition[t].len != 0)
        layout_paragraph(out, "  definition: ", m->definition[t]);
    for (uint32_t l = 0; l < m->n_labels; l++) {
        if (seen(m, t, l) == 0)
            continue;
        buf_add_str(out, "  ");
        layout_left(out, m->label[l], 18);
        layout_count(out, seen(m, t, l), 9);
        if (m->n_domains > 1)
            buf_addf(out, "  of them added: %llu", (unsigned long long)added(m, t, l));
        for (uint32_t lang = 0; lang < MODEL_LANGS; lang++) {
            buf_add_str(out, display(m, t, l, lang).len != 0 ? "  " : "");
            layout_clean(out, display(m, t, l, lang));
        }
        buf_add_char(out, '\n');
    }
}

static void add_features(const struct model *m, struct buf *out)
{
    const struct ngram_settings *g = &m->set.ngram;
    static const char *const name[] = {"words", "word pairs", "characters", "openings", "vectors"};
    const double *share = m->set.mix[0].share;
    unsigned any = 0;

    buf_addf(out,
             "\nfeatures: %u n-grams of words (1 to %u), word pairs (1 to %u between), openings "
             "(%u tokens) and characters (%u to %u)%s\n",
             m->vocab.n, g->word_max, g->skip_max, g->opening, g->char_min, g->char_max,
             g->vectors != 0 ? ", word vectors" : "");
    buf_add_str(out, "weighting: tf-idf; shares");
    for (unsigned i = 0; i < NGRAM_SPACES; i++) {
        if (share[i] == 0)
            continue;
        buf_addf(out, "%s ", any++ != 0 ? "," : "");
        num_add_fixed(out, share[i], 2);
        buf_addf(out, " %s", name[i]);
    }
    buf_addf(out, "; in at least %u comment%s\nkernel: a ", m->set.min_df,
             m->set.min_df != 1 ? "s" : "");
    num_add_f64(out, m->set.kernel[0].a);
    buf_add_str(out, ", b ");
    num_add_f64(out, m->set.kernel[0].b);
    buf_add_str(out, ", c ");
    num_add_f64(out, m->set.kernel[0].c);
    buf_add_str(out, ", d ");
    num_add_f64(out, m->set.kernel[0].d);
    buf_add_char(out, '\n');
    if (m->n_domains == 1) {
        if (model_meta(m, "add_share").p != NULL)
            buf_add_str(out, "for comments like those added, trained on them alone\n");
        return;
    }
    buf_addf(out, "for comments like those added (%llu labels); the others count ",
             (unsigned long long)n_added(m));
    num_add_f64(out, m->share);
    buf_add_char(out, '\n');
}

static void add_summary(struct span name, const struct confusion *c, struct buf *out)
{
    buf_add_str(out, "  ");
    layout_left(out, name, 46);
    layout_figure(out, confusion_accuracy(c), 3, 11);
    layout_figure(out, confusion_macro_f1(c), 3, 11);
    buf_add_char(out, '\n');
}

static void add_held_out(const struct model *m, struct buf *out)
{
    struct confusion all = pooled(m), without = blind(m), one;
    bool many = m->n_targets > REPORT_MANY_TARGETS;

    buf_add_char(out, '\n');
    layout_paragraph(out, "figures: ", span_of(chosen_here));
    buf_addf(out, "%59s%11s\n", "accuracy", "macro-F1");
    add_summary(SPAN("all targets together"), &all, out);
    if (m->n_targets > 1)
        add_summary(SPAN("target-blind"), &without, out);
    for (uint32_t t = 0; t < m->n_targets; t++) {
        one = held_out(m, t);
        if (many) {
            add_summary(m->target[t], &one, out);
            continue;
        }
        buf_add_char(out, '\n');
        layout_paragraph(out, "", m->target[t]);
        figures_labels(out, m->label, &one);
        figures_confusion(out, m->label, &one, "held out");
    }
    figures_footnote(out);
    confusion_release(&all);
}

void describe_text(const struct model *m, struct buf *out)
{
    struct span rest = m->meta, key, value;

    buf_addf(out, "stance model, format %d.%u, %zu bytes, checksum %08x\n", CHUNK_MAJOR,
             minor_version(m), m->image.len, m->checksum);
    buf_addf(out, "trained on %zu comments\n", m->n_fingerprints);
    for (uint32_t t = 0; t < m->n_targets; t++)
        add_target(m, t, out);
    add_features(m, out);
    while (next_meta(&rest, &key, &value)) {
        layout_clean(out, key);
        buf_add_str(out, ": ");
        layout_clean(out, value);
        buf_add_char(out, '\n');
    }
    add_held_out(m, out);
}

/* ---- JSON ---- */

static void open_member(struct buf *out, const char *key, char bracket)
{
    layout_key(out, span_of(key));
    buf_add_char(out, bracket);
}

static void string_member(struct buf *out, const char *key, struct span value)
{
    layout_key(out, span_of(key));
    json_add_string(out, value);
}

static void count_member(struct buf *out, const char *key, uint64_t n)
{
    layout_key(out, span_of(key));
    buf_addf(out, "%llu", (unsigned long long)n);
}

static void number_member(struct buf *out, const char *key, double value)
{
    layout_key(out, span_of(key));
    layout_json_f64(out, value);
}

static void figures_member(struct buf *out, const char *key, const struct model *m,
                           const struct confusion *c)
{
    open_member(out, key, '{');
    figures_json(out, m->label, c);
    buf_add_char(out, '}');
}

static void target_json(const struct model *m, uint32_t t, struct buf *out)
{
    struct confusion c = held_out(m, t);

    layout_comma(out);
    buf_add_char(out, '{');
    string_member(out, "target", m->target[t]);
    string_member(out, "statement", m->statement[t]);
    string_member(out, "definition", m->definition[t]);
    open_member(out, "labels", '{');
    for (uint32_t l = 0; l < m->n_labels; l++) {
        layout_key(out, m->label[l]);
        buf_add_char(out, '{');
        count_member(out, "seen", seen(m, t, l));
        if (m->n_domains > 1)
            count_member(out, "added", added(m, t, l));
        string_member(out, "fr", display(m, t, l, 0));
        string_member(out, "en", display(m, t, l, 1));
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
    figures_member(out, "held_out", m, &c);
    buf_add_char(out, '}');
}

static void settings_json(const struct model *m, struct buf *out)
{
    const struct settings *s = &m->set;

    open_member(out, "features", '{');
    count_member(out, "n", m->vocab.n);
    count_member(out, "word_max", s->ngram.word_max);
    count_member(out, "char_min", s->ngram.char_min);
    count_member(out, "char_max", s->ngram.char_max);
    count_member(out, "skip_max", s->ngram.skip_max);
    count_member(out, "opening", s->ngram.opening);
    count_member(out, "min_df", s->min_df);
    number_member(out, "word_share", s->mix[0].share[NGRAM_WORDS]);
    number_member(out, "skip_share", s->mix[0].share[NGRAM_SKIPS]);
    number_member(out, "char_share", s->mix[0].share[NGRAM_CHARS]);
    number_member(out, "opening_share", s->mix[0].share[NGRAM_OPENINGS]);
    number_member(out, "vector_share", s->mix[0].share[NGRAM_VECTORS]);
    buf_add_char(out, '}');
    open_member(out, "kernel", '{');
    number_member(out, "a", s->kernel[0].a);
    number_member(out, "b", s->kernel[0].b);
    number_member(out, "c", s->kernel[0].c);
    number_member(out, "d", s->kernel[0].d);
    buf_add_char(out, '}');
    if (m->n_domains > 1)
        number_member(out, "add_share", m->share);
    number_member(out, "rule_exponent", m->exponent);
    number_member(out, "thread_exponent", m->context.thread);
    number_member(out, "author_exponent", m->context.author);
}

static void held_out_json(const struct model *m, struct buf *out)
{
    struct confusion all = pooled(m), without = blind(m);

    open_member(out, "held_out", '{');
    string_member(out, "note", span_of(chosen_here));
    figures_member(out, "pooled", m, &all);
    figures_member(out, "target_blind", m, &without);
    buf_add_char(out, '}');
    confusion_release(&all);
}

void describe_json(const struct model *m, struct buf *out)
{
    struct span rest = m->meta, key, value;

    buf_add_char(out, '{');
    layout_key(out, SPAN("format"));
    buf_addf(out, "\"%d.%u\"", CHUNK_MAJOR, minor_version(m));
    count_member(out, "bytes", m->image.len);
    layout_key(out, SPAN("checksum"));
    buf_addf(out, "\"%08x\"", m->checksum);
    open_member(out, "targets", '[');
    for (uint32_t t = 0; t < m->n_targets; t++)
        target_json(m, t, out);
    buf_add_char(out, ']');
    open_member(out, "labels", '[');
    for (uint32_t l = 0; l < m->n_labels; l++) {
        layout_comma(out);
        json_add_string(out, m->label[l]);
    }
    buf_add_char(out, ']');
    settings_json(m, out);
    count_member(out, "trained_comments", m->n_fingerprints);
    held_out_json(m, out);
    open_member(out, "meta", '{');
    while (next_meta(&rest, &key, &value)) {
        layout_key(out, key);
        json_add_string(out, value);
    }
    buf_add_str(out, "}}\n");
}
