/* SPDX-License-Identifier: MIT */
/*
 * rest: the label pairs that added comments do not have. The search holds out added comments
 * alone, so nothing is held out for those pairs; they are of one heap, and here that heap is
 * dealt to folds, once, with what the search has chosen, for the sake of their sigmoids.
 */
#ifndef MODEL_REST_H
#define MODEL_REST_H

#include "model/search.h"

/* Replaces the sigmoids of those pairs in s, both kinds. use and field as for search_run();
 * where there are too few groups by `field` they are chosen by split_folds_apart(). Does nothing
 * where the search held out every pair. */
int rest_calibrate(struct search *s, const struct trainset *t, const uint8_t *use,
                   struct span field, struct stance_err *err);

#endif
