/* SPDX-License-Identifier: MIT */
/* judges: see judges.h. */
#include "api/judges.h"

#include <stdlib.h>

#include "base/mem.h"

enum { CACHED_UNSEEN = 256 };

/* One thread's classifiers: one for the targets asked for, and, where records name their
 * own, one per target met that the model does not have. */
struct own_judge {
    const struct stance_model *model;
    bool allow_unseen;
    struct stance_classifier *all;
    struct intern names;
    struct stance_classifier *unseen[CACHED_UNSEEN];
    struct stance_prediction *scratch;
};

static size_t judge_all(void *arg, struct span text, struct span target,
                        struct stance_prediction *out)
{
    struct own_judge *j = arg;
    (void)target;
    stance_classify(j->all, text.p, text.len, out);
    return stance_classifier_n_targets(j->all);
}

static void settle(void *arg, size_t i, const double *p, struct stance_prediction *out)
{
    const struct own_judge *j = arg;

    api_settle(j->all, i, p, out);
}

static void forget_unseen(struct own_judge *j)
{
    for (uint32_t i = 0; i < j->names.n; i++) {
        stance_classifier_free(j->unseen[i]);
        j->unseen[i] = NULL;
    }
    intern_release(&j->names);
}

/* A target's name may hold a NUL; names of C strings end there, and then match nothing. */
static struct stance_classifier *unseen_classifier(struct own_judge *j, struct span target)
{
    uint32_t id;
    char *name;
    const char *list[1];

    if (j->names.n == CACHED_UNSEEN)
        forget_unseen(j);
    id = intern_string(&j->names, target);
    if (j->unseen[id] != NULL)
        return j->unseen[id];
    name = mem_copy(target.p, target.len);
    list[0] = name;
    j->unseen[id] = stance_classifier_new(j->model, list, 1, true, NULL);
    api_expect_few(j->unseen[id]);
    free(name);
    return j->unseen[id];
}

static size_t judge_own(void *arg, struct span text, struct span target,
                        struct stance_prediction *out)
{
    struct own_judge *j = arg;
    uint32_t t = model_find_target(j->model->model, target);

    if (t == UINT32_MAX) {
        if (!j->allow_unseen)
            return 0;
        stance_classify(unseen_classifier(j, target), text.p, text.len, out);
        return 1;
    }
    stance_classify(j->all, text.p, text.len, j->scratch);
    out[0] = j->scratch[t];
    return 1;
}

static void judge_release(struct own_judge *j)
{
    stance_classifier_free(j->all);
    forget_unseen(j);
    free(j->scratch);
}

static int judge_init(struct own_judge *j, const struct stance_model *model,
                      const struct judges_wanted *w, struct stance_err *err)
{
    *j = (struct own_judge){.model = model, .allow_unseen = w->allow_unseen};
    j->all = stance_classifier_new(model, w->own_target ? NULL : w->target,
                                   w->own_target ? 0 : w->n_targets, w->allow_unseen, err);
    j->scratch = mem_zalloc(model->model->n_targets, sizeof *j->scratch);
    return j->all != NULL ? 0 : -1;
}

int judges_make(struct judges *j, const struct stance_model *model, const struct judges_wanted *w,
                unsigned n, struct stance_err *err)
{
    *j = (struct judges){.n = n};
    j->own = mem_zalloc(n, sizeof *j->own);
    j->judge = mem_zalloc(n, sizeof *j->judge);
    for (unsigned i = 0; i < n; i++) {
        if (judge_init(&j->own[i], model, w, err) < 0)
            return -1;
        j->judge[i] =
            (struct dump_judge){&j->own[i], w->own_target ? judge_own : judge_all, settle};
    }
    return 0;
}

void judges_release(struct judges *j)
{
    for (unsigned i = 0; j->own != NULL && i < j->n; i++)
        judge_release(&j->own[i]);
    free(j->own);
    free(j->judge);
    *j = (struct judges){0};
}
