/* SPDX-License-Identifier: MIT */
/*
 * model: what prediction needs, used in place.
 *
 * A model always is a view on the bytes of a model file, mapped or in memory; training
 * builds those bytes and opens them too, so that what was just trained and what was loaded
 * are one thing. Nothing of it changes after loading: threads may share it.
 *
 * Weights are kept per (label pair, task), never per support vector, a task being a training
 * target t' in a domain (trainset.h):
 *     S[pair, t'] = Σ α·y·x over the support vectors of the task
 *     A[pair, t'] = Σ α·y
 * and for any target t, trained or not,
 *     f(x, t) = Σ_t' s·((a + b·q + c·[t=t'])·(S·x) + d·[t=t']·A) - rho.
 * A comment that is classified is like those that were added to a corpus, where some were: s is 1
 * for their tasks, and for the others the share that was chosen (1 too for a pair of labels that
 * they do not have, see trainset.h). One more row per pair and domain, the blind one, is the same
 * machine trained without targets.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/intern.h"
#include "model/calibrate.h"
#include "model/context.h"
#include "model/settings.h"
#include "model/trainset.h"

#include <stance.h>

struct model_pair {
    uint32_t a, b; /* labels, a < b; a is the positive side */
    double rho;
    struct sigmoid sigmoid;
    double blind_rho;
    struct sigmoid blind_sigmoid;
};

struct model_fingerprint {
    uint64_t thread, id, text; /* hash_span(); 0 where there is no thread */
};

enum { MODEL_LANGS = 2 }; /* display names: French, English */

struct model {
    struct span image;
    bool mapped;
    char *name; /* for messages */
    uint32_t checksum;
    struct settings set;             /* the part that prediction needs; one mix, the chosen one */
    double exponent, blind_exponent; /* of the rules of decision, see rule.h */
    struct context_rule context;     /* for whole threads; 0 and 0: they do not help */
    double *prior;                   /* [target][label]: its training shares, see context.h */
    uint32_t n_targets, n_labels, n_pairs, n_slots;
    uint32_t n_domains, n_tasks;
    struct task *task;                            /* by target, then domain */
    double share;                                 /* of the main domain; 1 where there is one */
    double *reach;                                /* s: [pair][domain] */
    struct span *target, *statement, *definition; /* per target */
    struct span *label;
    struct span *display;      /* [target][label][language], empty where not given */
    const uint64_t *seen;      /* [target][label] training rows */
    const uint64_t *own;       /* of them added ones; seen where there is one domain */
    uint64_t *may, *blind_may; /* [target][label] != 0: what may be given, see family.h */
    struct label_pair *pair;
    const struct model_pair *pairs;             /* in place */
    struct intern_view vocab;                   /* frozen */
    const double *idf;                          /* per feature */
    const uint32_t *weight_start, *weight_slot; /* per feature, its slots and values */
    const double *weight;
    double most_idf, most_weight;    /* in size */
    const double *alpha;             /* A per slot */
    double *similarity;              /* q of the targets, n_targets² */
    const uint64_t *confusion;       /* [target][gold][predicted], held out in training */
    const uint64_t *blind_confusion; /* [gold][predicted], all targets */
    const struct model_fingerprint *fingerprint; /* by thread, id, text */
    size_t n_fingerprints;
    struct span meta; /* key=value lines: how it was trained */
};

/* A slot is a column of the weights: pair · n_tasks + task, or a blind one of the pair. */
static inline uint32_t model_slot(const struct model *m, uint32_t pair, uint32_t task)
{
    return pair * m->n_tasks + task;
}

static inline uint32_t model_blind_slot(const struct model *m, uint32_t pair, uint32_t domain)
{
    return m->n_pairs * m->n_tasks + pair * m->n_domains + domain;
}

static inline double model_reach(const struct model *m, uint32_t pair, uint32_t domain)
{
    return m->reach[pair * m->n_domains + domain];
}

/* Whether the target has rows of the domain that is classified; those count then and no others,
 * for what labels it may be given, how frequent they are, and its majority. */
bool model_owns(const struct model *m, uint32_t target);

/* Those counts, or, where it has none, those of all rows: n_labels of them. */
const uint64_t *model_seen(const struct model *m, uint32_t target);

/* Both return NULL on failure. from_bytes takes over `image` (freed with the model, also
 * on failure). */
struct model *model_load(const char *path, struct stance_err *err);
struct model *model_from_bytes(struct buf *image, const char *name, struct stance_err *err);
void model_free(struct model *m);

/* The target of this id, or UINT32_MAX. */
uint32_t model_find_target(const struct model *m, struct span id);

/* Appends "'ban', 'spying'", for messages; of many the first few. */
void model_list_targets(const struct model *m, struct buf *out);

/* The value of a key of meta, p NULL where there is none. */
struct span model_meta(const struct model *m, const char *key);

#endif
