# SPDX-License-Identifier: MIT
"""Tuning: a peer's settings and shape, chosen by inner folds of the training side alone.

A peer (see shapes.py) has START, a dict of settings, and STEPS, lists of dicts that change some
of them. Each step is scored from the best so far, which stays where nothing beats it; the first
step is scored for every shape that the rows allow. The score of a setting is the metric over the
held-out rows of all inner folds together.
"""
from . import folds, shapes
from .score import METRICS


def held_out_scores(peer, settings, shape, splits, metric, seed):
    gold, predicted = [], [[] for _ in settings]
    for train, test in splits:
        gold += [row.label for row in test]
        answers = shapes.predict(peer, settings, shape, train, test, seed)
        for labels, more in zip(predicted, answers):
            labels += more
    return [METRICS[metric](gold, labels) for labels in predicted]


def best_of(scored):
    """The first of those with the highest score: (score, setting)."""
    return max(scored, key=lambda pair: pair[0])


def tune(peer, train, test, metric, seed, steps):
    """(shape, setting) for training on train; of test, the targets alone are looked at."""
    allowed = shapes.possible(train, test)
    if not steps and len(allowed) == 1:
        return allowed[0], peer.START
    splits = folds.inner_splits(train, peer.INNER_FOLDS, seed)
    settings = [{**peer.START, **change} for change in (steps[0] if steps else [{}])]
    leaders = []
    for shape in allowed:
        scores = held_out_scores(peer, settings, shape, splits, metric, seed)
        leaders.append((*best_of(zip(scores, settings)), shape))
    score, setting, shape = best_of(leaders)
    for step in steps[1:]:
        settings = [{**setting, **change} for change in step]
        scores = held_out_scores(peer, settings, shape, splits, metric, seed)
        score, setting = best_of([(score, setting), *zip(scores, settings)])
    return shape, setting


def tuned_predictions(peer, train, test, metric, seed, steps):
    """(labels for test, what was chosen in words)."""
    shape, setting = tune(peer, train, test, metric, seed, steps)
    labels, = shapes.predict(peer, [setting], shape, train, test, seed)
    return labels, f"{peer.words(setting)} {shape}"
