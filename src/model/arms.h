/* SPDX-License-Identifier: MIT */
/*
 * arms: added comments are trained on alone, or together with the corpus that they were added to.
 *
 * Each has its trainset. The one alone is what it would be without a corpus, in names, numbers,
 * settings and folds, so that a model of it is that of the added comments to the last bit. A share
 * of 0 stands for it. Together is tried with the other shares, and chosen where that is a clear
 * gain (search.h): never worse than one's own comments alone, as far as held-out ones can tell.
 * Where nothing was added, alone is all there is.
 */
#ifndef MODEL_ARMS_H
#define MODEL_ARMS_H

#include "corpus/own.h"
#include "model/search.h"

struct arms {
    struct own own;
    struct trainset alone;    /* of own.c */
    struct trainset together; /* of the whole, where n is 2; its shares are above 0 */
    uint32_t n;
    bool anyway; /* together whatever the gain: 0 is not among the shares */
};

/* statement: one per target of the corpus, borrowed, as the corpus is. Fails as
 * trainset_init(), for either. */
int arms_init(struct arms *a, const struct corpus *corpus, const struct span *statement,
              const struct settings *set, struct stance_err *err);
void arms_release(struct arms *a);

/* What was found, and the one chosen: trainset, comments of it used, and search. */
struct verdict {
    struct search alone, together; /* the second empty where n is 1 */
    uint8_t *use_alone;
    bool is_together;
    const struct trainset *t; /* the chosen one's, as the next two; not owned */
    const uint8_t *use;
    struct search *s;
};

/* use: per comment of the corpus, borrowed as long as the verdict. field, progress, errors: as for
 * search_run(). */
int arms_search(struct verdict *v, const struct arms *a, const uint8_t *use, struct span field,
                const struct search_progress *progress, struct stance_err *err);
void verdict_release(struct verdict *v);

/* How many steps that is. */
uint32_t arms_steps(const struct arms *a);

#endif
