# SPDX-License-Identifier: MIT
"""Shapes: how a peer, which classifies plain texts, is told the target.

    comment     one model, the comment alone: where there is one target
    joined      one model, the target's statement in front of the comment
    per target  one model per target: where each target has rows enough to train on

A peer is a module or object with
    predict_all(settings, texts, labels, test_texts, seed) -> one list of labels per setting
where seed is an int and a setting whatever the peer defines.
"""
COMMENT, JOINED, PER_TARGET = "comment", "joined", "per target"
ENOUGH = 50  # training rows of a target, to have a model of its own


def by_target(rows):
    found = {}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    return found


def possible(train, test):
    """The shapes that these rows allow, in order of preference where they score the same."""
    seen = by_target(train)
    if len(seen.keys() | by_target(test).keys()) == 1:
        return [COMMENT]
    enough = all(len(seen.get(target, ())) >= ENOUGH for target in by_target(test))
    return [JOINED, PER_TARGET] if enough else [JOINED]


def text_of(row, shape):
    return f"{row.statement} {row.text}" if shape == JOINED else row.text


def fit(peer, settings, shape, train, test, seed):
    """Predictions for test, one list per setting."""
    labels = [row.label for row in train]
    if len(set(labels)) == 1:
        return [[labels[0]] * len(test) for _ in settings]
    return peer.predict_all(settings, [text_of(row, shape) for row in train], labels,
                            [text_of(row, shape) for row in test], seed)


def predict(peer, settings, shape, train, test, seed):
    """As fit(), whatever the shape."""
    if shape != PER_TARGET:
        return fit(peer, settings, shape, train, test, seed)
    seen, found = by_target(train), [{} for _ in settings]
    for target, rows in by_target(test).items():
        of_target = fit(peer, settings, shape, seen.get(target) or train, rows, seed)
        for labels, answers in zip(found, of_target):
            labels.update(zip((row.key() for row in rows), answers))
    return [[labels[row.key()] for row in test] for labels in found]
