/* SPDX-License-Identifier: MIT */
/*
 * quick: any bytes, or a text spelled out of fragments (fragments.h), classified by the fast path
 * and by the scorer, with a model that is trained here once. Probabilities are within 1e-6; the
 * label is the same, but where the two best are as near as that; before the tables are built and
 * after: the same bits. The second byte says how often the text is repeated, and which targets are
 * asked for: one, two of which the model does not have the second, or so many that no row has lanes
 * for them.
 */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "fragments.h"

#include <stance.h>

#include "corpus/utf8.h"
#include "model/quick.h"

enum { N_MOST = 12, N_KINDS = 3, MANY = 1100 };

/* One model, three sets of targets. */
struct sides {
    uint32_t n;
    struct scorer *scorer;
    struct quick *cold, *warm;
};

static const struct model *model;

static struct stance_corpus *corpus_of(struct buf *rows)
{
    struct stance_err err = {0};
    struct stance_corpus *c;
    char path[32];
    const char *paths[] = {path};
    FILE *f = tmpfile();

    if (f == NULL || fwrite(rows->p, 1, rows->len, f) != rows->len || fflush(f) != 0)
        exit(70);
    rewind(f);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(f));
    c = stance_corpus_load(paths, 1, NULL, NULL, NULL, &err);
    MUST(c != NULL);
    fclose(f);
    return c;
}

/* Every fragment is in some comment, next to others. */
static struct stance_corpus *make_corpus(void)
{
    static const char *const show[] = {"oui excellent", "non absurd", "bof rien"};
    static const char *const label[] = {"favor", "against", "none"};
    struct stance_corpus *c;
    struct buf b = {0};

    buf_add_str(&b, "id,text,target,label\n");
    for (unsigned i = 0; i < 240; i++) {
        buf_addf(&b, "%u,\"%s", i, show[i % 3]);
        for (unsigned k = 0; k < 12; k++) {
            const char *more = fragments[(i * 7 + k * (i / 5 + 1)) % N_FRAGMENTS];
            buf_add_str(&b, k % 3 == 0 ? " " : "");
            if (more[0] != '"' && utf8_valid(span_of(more)) == strlen(more))
                buf_add_str(&b, more);
        }
        buf_addf(&b, "\",%s,%s\n", i / 3 % 2 == 0 ? "ban" : "spying", label[i % 3]);
    }
    c = corpus_of(&b);
    buf_release(&b);
    return c;
}

static const struct model *train(void)
{
    struct stance_train_options o = {.n_folds = 2, .n_jobs = 1};
    struct stance_err err = {0};
    struct stance_corpus *c = make_corpus();
    struct stance_model *m = stance_train(c, &o, NULL, &err);
    struct buf copy = {0};
    const struct model *made;
    const char *bytes;
    size_t n;

    MUST(m != NULL);
    stance_model_bytes(m, &bytes, &n);
    buf_add(&copy, bytes, n);
    made = model_from_bytes(&copy, "fuzz", &err);
    MUST(made != NULL);
    stance_model_free(m);
    stance_corpus_free(c);
    return made;
}

static struct sides make_sides(unsigned kind)
{
    static const uint32_t n[N_KINDS] = {1, 2, N_MOST};
    uint32_t target[N_MOST];
    struct span statement[N_MOST];
    struct sides s = {.n = n[kind]};
    struct quick_tables *tables;

    for (uint32_t i = 0; i < s.n; i++) {
        target[i] = i % 2 == 0 ? i / 2 % 2 : UINT32_MAX;
        statement[i] = SPAN("interdire la vente");
    }
    s.scorer = scorer_new(model, target, statement, s.n);
    tables = quick_tables_new(model, target, statement, s.n);
    s.cold = quick_new(tables);
    s.warm = quick_new(tables);
    quick_warm(s.cold, false);
    quick_warm(s.warm, true);
    return s;
}

static void check_target(struct sides *s, uint32_t i)
{
    const double *weight = scorer_rule(s->scorer, i, false);
    struct decision want, cold, warm;

    scorer_decide(s->scorer, i, false, &want);
    quick_decide(s->cold, i, &cold);
    quick_decide(s->warm, i, &warm);
    MUST(cold.label == warm.label);
    MUST(memcmp(cold.p, warm.p, model->n_labels * sizeof *cold.p) == 0);
    for (uint32_t l = 0; l < model->n_labels; l++)
        MUST(fabs(want.p[l] - warm.p[l]) <= 1e-6);
    MUST(warm.label == want.label ||
         want.p[want.label] * weight[want.label] - want.p[warm.label] * weight[warm.label] <=
             1e-6 * (weight[want.label] + weight[warm.label]));
}

/* What the bytes spell, several times. */
static void spell(struct buf *text, const uint8_t *data, size_t size)
{
    unsigned times = data[1] >= 0xF0 ? MANY : data[1] / N_KINDS % 4 + 1;

    buf_reset(text);
    for (; times > 0 && text->len <= QUICK_MOST_TEXT; times--)
        for (size_t i = 2; i < size; i++) {
            if (data[0] % 2 == 0)
                buf_add_char(text, (char)data[i]);
            else
                buf_add_str(text, fragments[data[i] % N_FRAGMENTS]);
        }
}

/* Read from a block of its own size, so that a byte too many is seen. */
static void read_all(struct sides *s, const struct buf *text)
{
    char *copy = malloc(text->len != 0 ? text->len : 1);
    struct span span = {copy, text->len};

    if (copy == NULL)
        exit(70);
    if (text->len != 0)
        memcpy(copy, text->p, text->len);
    scorer_read(s->scorer, span);
    quick_read(s->cold, span);
    quick_read(s->warm, span);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sides all[N_KINDS];
    static struct buf text;
    struct sides *s;

    if (size < 2)
        return 0;
    if (model == NULL)
        model = train();
    s = &all[data[1] % N_KINDS];
    if (s->n == 0)
        *s = make_sides(data[1] % N_KINDS);
    spell(&text, data, size);
    read_all(s, &text);
    for (uint32_t i = 0; i < s->n; i++)
        check_target(s, i);
    return 0;
}
