/* SPDX-License-Identifier: MIT */
/*
 * explain: weights are asked of the scorer, the same code that classifies, so that an
 * explanation cannot drift from the decision. Orders are total: by strength, then by
 * feature.
 */
#include "report/explain.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "corpus/json.h"
#include "report/layout.h"
#include "features/ngramtext.h"
#include "model/scorer.h"

/* A feature of the model, or of a comment. */
struct weighed {
    uint32_t id;
    double value, weight, product; /* of a model: strength is product */
};

struct explaining {
    const struct model *m;
    struct scorer *scorer; /* for the one target below */
    uint32_t target;
    size_t n; /* at most so many n-grams per list; SIZE_MAX: all */
    bool json;
    struct weighed *list;
    size_t n_list, list_cap;
    struct span text; /* of a comment */
    struct buf *out;
};

static int by_product(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    double p = fabs(x->product), q = fabs(y->product);
    if (p != q)
        return p > q ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool has_label(const struct explaining *x, uint32_t label)
{
    return x->m->may[(size_t)x->target * x->m->n_labels + label] != 0;
}

static bool has_pair(const struct explaining *x, uint32_t pair)
{
    return has_label(x, x->m->pair[pair].a) && has_label(x, x->m->pair[pair].b);
}

static void add_member(struct buf *out, const char *key, double value)
{
    layout_key(out, span_of(key));
    layout_json_f64(out, value);
}

static void add_text_member(struct buf *out, const char *key, struct span value)
{
    layout_key(out, span_of(key));
    json_add_string(out, value);
}

/* Members "ngram" and "space" ("word", "skip", "char", "opening" or "vector") of an open object. */
static void add_ngram_members(struct buf *out, struct span ngram)
{
    static const char *const name[] = {"word", "skip", "char", "opening", "vector"};
    struct buf text = {0};

    ngramtext_add(&text, ngram);
    add_text_member(out, "ngram", buf_span(&text));
    add_text_member(out, "space", span_of(name[ngram_space(ngram)]));
    buf_release(&text);
}

/* ---- a model ---- */

/* Toward a label, the mean over its pairs; NAN where it has none. */
static double strength(const struct explaining *x, uint32_t label, uint32_t feature)
{
    double sum = 0;
    uint32_t n = 0;

    for (uint32_t p = 0; p < x->m->n_pairs; p++) {
        struct label_pair pair = x->m->pair[p];
        if (!has_pair(x, p) || (pair.a != label && pair.b != label))
            continue;
        sum += (pair.a == label ? 1 : -1) * scorer_weight(x->scorer, 0, p, feature);
        n++;
    }
    return n != 0 ? x->m->idf[feature] * sum / n : NAN;
}

static void rank_features(struct explaining *x, uint32_t label)
{
    MEM_GROW(x->list, x->list_cap, (size_t)x->m->vocab.n + 1);
    x->n_list = 0;
    for (uint32_t f = 0; f < x->m->vocab.n; f++) {
        double s = strength(x, label, f);
        if (s > 0)
            x->list[x->n_list++] = (struct weighed){.id = f, .product = s};
    }
    qsort(x->list, x->n_list, sizeof *x->list, by_product);
}

static void list_strongest(struct explaining *x, uint32_t label)
{
    rank_features(x, label);
    if (x->json) {
        layout_comma(x->out);
        buf_add_char(x->out, '{');
        add_text_member(x->out, "label", x->m->label[label]);
        layout_key(x->out, SPAN("ngrams"));
        buf_add_char(x->out, '[');
    } else {
        buf_add_str(x->out, "\n  toward ");
        layout_clean(x->out, x->m->label[label]);
        buf_add_char(x->out, '\n');
    }
    for (size_t i = 0; i < x->n_list && i < x->n; i++) {
        struct span ngram = intern_text(&x->m->vocab, x->list[i].id);
        if (x->json) {
            layout_comma(x->out);
            buf_add_char(x->out, '{');
            add_ngram_members(x->out, ngram);
            add_member(x->out, "strength", x->list[i].product);
            buf_add_char(x->out, '}');
        } else {
            layout_figure(x->out, x->list[i].product, 4, 12);
            buf_add_str(x->out, "  ");
            ngramtext_add(x->out, ngram);
            buf_add_char(x->out, '\n');
        }
    }
    buf_add_str(x->out, x->json ? "]}" : "");
}

static void one_target(struct explaining *x)
{
    const struct model *m = x->m;

    if (x->json) {
        layout_comma(x->out);
        buf_add_char(x->out, '{');
        add_text_member(x->out, "target", m->target[x->target]);
        add_text_member(x->out, "statement", m->statement[x->target]);
        layout_key(x->out, SPAN("labels"));
        buf_add_char(x->out, '[');
    } else {
        buf_add_char(x->out, '\n');
        layout_paragraph(x->out, "", m->target[x->target]);
    }
    for (uint32_t l = 0; l < m->n_labels; l++)
        if (has_label(x, l))
            list_strongest(x, l);
    buf_add_str(x->out, x->json ? "]}" : "");
}

static void each_target(struct explaining *x, uint32_t target, void (*one)(struct explaining *x))
{
    for (uint32_t t = 0; t < x->m->n_targets; t++) {
        if (target != UINT32_MAX && target != t)
            continue;
        x->target = t;
        x->scorer = scorer_new(x->m, &t, NULL, 1);
        one(x);
        scorer_free(x->scorer);
    }
    free(x->list);
}

static const char how[] = "idf times the mean weight toward the label over its label pairs: what "
                          "one occurrence moves the margin by, before the comment's length "
                          "divides it";

void explain_model(const struct model *m, uint32_t target, size_t n, bool json, struct buf *out)
{
    struct explaining x = {.m = m, .n = n != 0 ? n : SIZE_MAX, .json = json, .out = out};

    if (json) {
        buf_add_char(out, '{');
        add_text_member(out, "strength", span_of(how));
        layout_key(out, SPAN("targets"));
        buf_add_char(out, '[');
    } else {
        layout_paragraph(out, "strength: ", span_of(how));
        layout_paragraph(out, "", SPAN("(c: character n-gram, _ the boundary of a word)"));
    }
    each_target(&x, target, one_target);
    buf_add_str(out, json ? "]}\n" : "");
}

/* ---- a comment ---- */

static void weigh_features(struct explaining *x, uint32_t pair)
{
    struct scorer_features f = scorer_features(x->scorer);

    MEM_GROW(x->list, x->list_cap, f.n + 1);
    x->n_list = f.n;
    for (size_t i = 0; i < f.n; i++) {
        double w = scorer_weight(x->scorer, 0, pair, f.id[i]);
        x->list[i] = (struct weighed){f.id[i], f.value[i], w, f.value[i] * w};
    }
    qsort(x->list, x->n_list, sizeof *x->list, by_product);
}

/* Σ product from position `from` on. */
static double sum_from(const struct explaining *x, size_t from)
{
    double sum = 0;

    for (size_t i = from; i < x->n_list; i++)
        sum += x->list[i].product;
    return sum;
}

static void pair_json(struct explaining *x, uint32_t pair, double margin, size_t n)
{
    const struct model *m = x->m;
    struct buf *out = x->out;

    layout_comma(out);
    buf_add_char(out, '{');
    add_text_member(out, "positive", m->label[m->pair[pair].a]);
    add_text_member(out, "negative", m->label[m->pair[pair].b]);
    add_member(out, "margin", margin);
    add_member(out, "intercept", scorer_intercept(x->scorer, 0, pair));
    layout_key(out, SPAN("ngrams"));
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        layout_comma(out);
        buf_add_char(out, '{');
        add_ngram_members(out, intern_text(&m->vocab, x->list[i].id));
        add_member(out, "value", x->list[i].value);
        add_member(out, "weight", x->list[i].weight);
        add_member(out, "product", x->list[i].product);
        buf_add_char(out, '}');
    }
    buf_addf(out, "], \"others\": {\"n\": %zu", x->n_list - n);
    add_member(out, "product", sum_from(x, n));
    buf_add_str(out, "}}");
}

static void pair_line(struct buf *out, const char *what, double value)
{
    buf_add_str(out, "  ");
    layout_figure(out, value, 4, 10);
    buf_addf(out, "%21s  %s\n", "", what);
}

static void pair_text(struct explaining *x, uint32_t pair, double margin, size_t n)
{
    const struct model *m = x->m;
    struct buf *out = x->out;

    buf_add_char(out, '\n');
    layout_clean(out, m->label[m->pair[pair].a]);
    buf_add_str(out, " (+) or ");
    layout_clean(out, m->label[m->pair[pair].b]);
    buf_add_str(out, " (-)\n     product      value     weight  n-gram\n");
    for (size_t i = 0; i < n; i++) {
        buf_add_str(out, "  ");
        layout_figure(out, x->list[i].product, 4, 10);
        layout_figure(out, x->list[i].value, 4, 11);
        layout_figure(out, x->list[i].weight, 4, 11);
        buf_add_str(out, "  ");
        ngramtext_add(out, intern_text(&m->vocab, x->list[i].id));
        buf_add_char(out, '\n');
    }
    if (n < x->n_list) {
        struct buf others = {0};
        buf_addf(&others, "(%zu other n-grams)", x->n_list - n);
        pair_line(out, buf_str(&others), sum_from(x, n));
        buf_release(&others);
    }
    pair_line(out, "(intercept)", scorer_intercept(x->scorer, 0, pair));
    pair_line(out, "= margin", margin);
}

static void verdict(struct explaining *x)
{
    const struct model *m = x->m;
    struct buf *out = x->out;
    struct decision d;

    scorer_read(x->scorer, x->text);
    scorer_decide(x->scorer, 0, false, &d);
    if (x->json) {
        add_text_member(out, "target", m->target[x->target]);
        add_text_member(out, "label", m->label[d.label]);
        add_member(out, "p", d.p[d.label]);
        layout_key(out, SPAN("probs"));
        buf_add_char(out, '{');
    } else {
        layout_clean(out, m->target[x->target]);
        buf_add_str(out, ": ");
        layout_clean(out, m->label[d.label]);
        buf_add_str(out, "\nprobabilities:");
    }
    for (uint32_t l = 0; l < m->n_labels; l++) {
        if (!has_label(x, l))
            continue;
        if (x->json) {
            layout_key(out, m->label[l]);
            layout_json_f64(out, d.p[l]);
            continue;
        }
        buf_add_str(out, "  ");
        layout_clean(out, m->label[l]);
        layout_figure(out, d.p[l], 3, 6);
    }
    buf_add_str(out, x->json ? "}" : "\n");
}

static void comment_for_target(struct explaining *x)
{
    if (x->json) {
        layout_comma(x->out);
        buf_add_char(x->out, '{');
    } else if (x->out->len != 0) {
        buf_add_char(x->out, '\n');
    }
    verdict(x);
    if (x->json) {
        layout_key(x->out, SPAN("pairs"));
        buf_add_char(x->out, '[');
    }
    for (uint32_t p = 0; p < x->m->n_pairs; p++) {
        double margin = scorer_margins(x->scorer, 0, false)[p];
        size_t n;
        if (!has_pair(x, p))
            continue;
        weigh_features(x, p);
        n = x->n < x->n_list ? x->n : x->n_list;
        if (x->json)
            pair_json(x, p, margin, n);
        else
            pair_text(x, p, margin, n);
    }
    buf_add_str(x->out, x->json ? "]}" : "");
}

void explain_comment(const struct model *m, uint32_t target, struct span text, size_t n, bool json,
                     struct buf *out)
{
    struct explaining x = {
        .m = m, .n = n != 0 ? n : SIZE_MAX, .json = json, .text = text, .out = out};

    buf_add_str(out, json ? "{\"targets\": [" : "");
    each_target(&x, target, comment_for_target);
    buf_add_str(out, json ? "]}\n" : "");
}
