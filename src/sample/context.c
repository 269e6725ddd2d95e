/* SPDX-License-Identifier: MIT */
/*
 * context: parents are looked for among the rows first; what is missing, by a pass over the dump
 * that looks at ids alone.
 */
#include "sample/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/infile.h"
#include "base/keymap.h"
#include "corpus/json.h"
#include "corpus/jsonout.h"
#include "corpus/utf8.h"
#include "features/neardup.h"

enum { LONGEST_PARENT = 4000 }; /* bytes of a parent that are kept */

struct parent {
    struct span author, text; /* p NULL: not found */
};

struct article {
    struct span title, summary;
};

struct finding {
    struct audit *a;
    struct keymap wanted; /* of the hash of an id: its place in parent */
    struct parent *parent;
    struct keymap threads; /* of the hash of a thread: its place in article */
    struct article *article;
    size_t n_articles, article_cap;
};

struct head {
    uint64_t id;
    size_t author;
    bool has_author;
};

/* The text of a string or number that stands at p, after white space; p NULL: not so simple. */
static struct span plain_value(const char *p, const char *end)
{
    const char *stop, *from;

    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    stop = p < end && *p == '"' ? "\"\\" : ",} \t\\";
    from = *stop == '"' ? p + 1 : p;
    for (p = from; p < end && strchr(stop, *p) == NULL; p++)
        ;
    return p < end && *p != '\\' && *p != '\0' ? (struct span){from, (size_t)(p - from)}
                                               : (struct span){0};
}

/* Nearly all records are nobody's parent: told without parsing, by what stands behind each "id":
 * in the line, on whichever level. True where none of them is wanted; false in all doubt. */
static bool skip(void *arg, const struct schema *schema, struct span record)
{
    const struct finding *f = arg;
    const struct field *id = &schema->role[ROLE_ID];
    const char *p = record.p, *end = p + record.len;
    size_t len = id->kind == FIELD_NAMED ? strlen(id->name) : 0, n = 0;

    if (schema->form != FORM_NDJSON || len == 0 || strpbrk(id->name, ".\"\\,}") != NULL)
        return false;
    for (; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++) {
        const char *behind = p + 1 + len;
        struct span value;
        if ((size_t)(end - p) < len + 3 || memcmp(p + 1, id->name, len) != 0 || *behind++ != '"')
            continue;
        while (behind < end && (*behind == ' ' || *behind == '\t'))
            behind++;
        if (behind == end || *behind != ':')
            continue;
        value = plain_value(behind + 1, end);
        if (value.p == NULL || keymap_find(&f->wanted, hash_span(value)) != NULL)
            return false;
        n++;
    }
    return n > 0;
}

static void digest(void *arg, const struct sweep_record *r, struct buf *out)
{
    const struct finding *f = arg;
    const struct parsed_field *id = &r->parsed->role[ROLE_ID];
    const struct parsed_field *author = &r->parsed->role[ROLE_AUTHOR];
    struct head head = {.has_author = author->has, .author = author->text.len};

    if (r->status != STANCE_STATUS_OK || !id->has)
        return;
    head.id = hash_span(id->text);
    if (keymap_find(&f->wanted, head.id) == NULL)
        return;
    buf_add(out, &head, sizeof head);
    buf_add_span(out, author->has ? author->text : (struct span){0});
    buf_add_span(out, r->parsed->role[ROLE_TEXT].text);
}

/* A text cut between two characters. */
static struct span shortened(struct span s)
{
    size_t n = LONGEST_PARENT;

    if (s.len <= n)
        return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return (struct span){s.p, n};
}

static void keep_parent(struct finding *f, struct parent *p, struct span author, struct span text)
{
    if (p->text.p != NULL)
        return;
    p->author = author.p != NULL ? arena_copy(&f->a->arena, author) : author;
    p->text = arena_copy(&f->a->arena, shortened(text));
}

static int take(void *arg, struct span rest, struct stance_err *err)
{
    struct finding *f = arg;
    struct head head;
    struct span author = {0};

    (void)err;
    memcpy(&head, rest.p, sizeof head);
    rest.p += sizeof head;
    rest.len -= sizeof head;
    if (head.has_author) {
        author = (struct span){rest.p, head.author};
        rest.p += head.author;
        rest.len -= head.author;
    }
    keep_parent(f, &f->parent[*keymap_find(&f->wanted, head.id)], author, rest);
    return 0;
}

static int find_parents(struct finding *f, const struct sample_spec *s, struct stance_err *err)
{
    struct sweep sweep = {.input = s->input,
                          .n_jobs = s->n_jobs,
                          .arg = f,
                          .skip = skip,
                          .digest = digest,
                          .take = take};
    struct audit *a = f->a;
    bool missing = false;

    for (size_t i = 0; i < a->n_rows; i++)
        if (a->row[i].context.p == NULL && a->row[i].comment.parent.p != NULL)
            keymap_add(&f->wanted, hash_span(a->row[i].comment.parent), (uint32_t)f->wanted.n);
    f->parent = mem_zalloc(f->wanted.n, sizeof *f->parent);
    for (size_t i = 0; i < a->n_rows; i++) {
        uint32_t *at = keymap_find(&f->wanted, hash_span(a->row[i].comment.id));
        if (at != NULL)
            keep_parent(f, &f->parent[*at], a->row[i].comment.author, a->row[i].comment.text);
    }
    for (size_t i = 0; i < f->wanted.n; i++)
        missing = missing || f->parent[i].text.p == NULL;
    if (missing && !sample_rereads(s)) {
        if (s->talk != NULL && s->talk->note != NULL)
            s->talk->note(s->talk->arg,
                          "what is no file cannot be read again for the comments that "
                          "sampled ones answer to: they are left out");
        return 0;
    }
    for (size_t i = 0; missing && i < s->n_paths; i++)
        if (sweep_run(&sweep, s->path[i], err) < 0)
            return -1;
    return 0;
}

/* ---- articles ---- */

static struct span text_of(struct audit *a, struct span object, const char *key)
{
    struct json_value v;
    struct buf text = {0};
    struct span s = {0};

    if (!json_find(object, span_of(key), &v) || v.type != JSON_STRING)
        return s;
    json_string_decode(v.raw, &text);
    s = arena_copy(&a->arena, buf_span(&text));
    buf_release(&text);
    return s;
}

static int read_article(struct finding *f, const char *path, const struct frame *frame,
                        struct stance_err *err)
{
    struct span thread;

    if (frame->status == FRAME_BLANK)
        return 0;
    if (frame->status != FRAME_OK || utf8_valid(frame->record) != frame->record.len ||
        !json_whole_object(frame->record))
        return err_at(err, STANCE_DATA, path, frame->line, 0,
                      "expected one JSON object a line: \"thread\", \"title\", \"summary\"");
    thread = text_of(f->a, frame->record, "thread");
    if (thread.p == NULL)
        return err_at(err, STANCE_DATA, path, frame->line, 0, "an article without \"thread\"");
    keymap_add(&f->threads, hash_span(thread), (uint32_t)f->n_articles);
    MEM_GROW(f->article, f->article_cap, f->n_articles + 1);
    f->article[f->n_articles++] = (struct article){text_of(f->a, frame->record, "title"),
                                                   text_of(f->a, frame->record, "summary")};
    return 0;
}

static int read_articles(struct finding *f, const char *path, struct stance_err *err)
{
    struct infile *in = path != NULL ? infile_open(path, ENCODING_AUTO, err) : NULL;
    struct framer *framer;
    struct frame frame;
    int got;

    if (path == NULL || in == NULL)
        return path == NULL ? 0 : -1;
    framer = framer_over(in, FRAME_MAX_RECORD);
    while ((got = framer_next(framer, &frame, err)) > 0)
        if (read_article(f, path, &frame, err) < 0) {
            got = -1;
            break;
        }
    framer_free(framer);
    infile_close(in);
    return got;
}

/* ---- what a row gets ---- */

static void set_context(struct finding *f, struct audit_row *row)
{
    const struct comment *c = &row->comment;
    uint32_t *article = c->thread.p != NULL ? keymap_find(&f->threads, hash_span(c->thread)) : NULL;
    uint32_t *parent = c->parent.p != NULL ? keymap_find(&f->wanted, hash_span(c->parent)) : NULL;
    struct buf out = {0};

    buf_add_char(&out, '{');
    if (article != NULL) {
        jsonout_open(&out, "article", '{');
        jsonout_maybe(&out, "title", f->article[*article].title);
        jsonout_maybe(&out, "summary", f->article[*article].summary);
        buf_add_char(&out, '}');
    }
    if (parent != NULL && f->parent[*parent].text.p != NULL) {
        jsonout_open(&out, "parent", '{');
        jsonout_maybe(&out, "author", f->parent[*parent].author);
        jsonout_text(&out, "text", f->parent[*parent].text);
        buf_add_char(&out, '}');
    }
    buf_add_char(&out, '}');
    if (out.len > 2)
        row->context = arena_copy(&f->a->arena, buf_span(&out));
    buf_release(&out);
}

int context_find(struct audit *a, const struct sample_spec *spec, struct stance_err *err)
{
    struct finding f = {.a = a};
    int status = read_articles(&f, spec->articles, err);

    if (status == 0)
        status = find_parents(&f, spec, err);
    for (size_t i = 0; status == 0 && i < a->n_rows; i++)
        if (a->row[i].context.p == NULL)
            set_context(&f, &a->row[i]);
    keymap_release(&f.wanted);
    keymap_release(&f.threads);
    free(f.parent);
    free(f.article);
    return status;
}

/* ---- copies ---- */

/* What the record's own target is, where each names one. */
static struct span own_target(const struct audit *a, size_t row)
{
    for (const struct extra *x = a->row[row].comment.extra; x != NULL; x = x->next)
        if (a->field[ROLE_TARGET].p != NULL && span_eq(x->key, a->field[ROLE_TARGET]))
            return x->value;
    return (struct span){0};
}

/* The first of the copies of a row that is about the same target. */
static uint32_t original(const struct audit *a, const uint32_t *first, uint32_t i)
{
    uint32_t j = first[i];

    while (j < i && (first[j] != first[i] || !span_eq(own_target(a, j), own_target(a, i))))
        j++;
    return j;
}

/* A row that somebody labelled stays by itself. */
void context_copies(struct audit *a)
{
    struct corpus texts = {0};
    uint32_t *first;

    for (size_t i = 0; i < a->n_rows; i++) {
        struct comment c = {.id = a->row[i].comment.id, .text = a->row[i].comment.text};
        corpus_add(&texts, &c, SPAN("audit"));
    }
    first = neardup_find(&texts);
    for (uint32_t i = 0; i < a->n_rows; i++) {
        uint32_t j = original(a, first, i);
        if (j != i && a->row[i].like == AUDIT_NONE && a->row[i].n_says == 0)
            a->row[i].like = a->row[j].like != AUDIT_NONE ? a->row[j].like : j;
    }
    free(first);
    corpus_release(&texts);
}
