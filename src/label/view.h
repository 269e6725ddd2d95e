/* SPDX-License-Identifier: MIT */
/* view: the row at hand and the targets as stance.h describes them, every text safe to show. */
#ifndef LABEL_VIEW_H
#define LABEL_VIEW_H

#include "label/session.h"

struct view {
    struct stance_labelled_target *target; /* n of them, for good */
    size_t n;
    struct arena lasting; /* their texts */
    /* of the row at hand, until view_row() is called again */
    struct stance_labelled_row row;
    struct arena arena;
    bool names;
};

void view_init(struct view *v, const struct audit *a, bool names);
void view_release(struct view *v);

/* NULL where the queue is empty. */
const struct stance_labelled_row *view_row(struct view *v, struct session *s);

#endif
