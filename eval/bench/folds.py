# SPDX-License-Identifier: MIT
"""Folds: the outer ones as stance made them, the inner ones that peers are tuned on.

A split is (train, test), two lists of rows. Groups are whole on either side of every split.
"""
import random


def outer_splits(rows, predictions):
    """The splits of a cross-validation, from the fold column of its predictions file.

    rows: all labelled rows; predictions: the file's records. Fails where a row has no fold or a
    group was parted: peers would then not be measured on what stance was measured on.
    """
    fold = {(p["id"], p["target"]): p["fold"] for p in predictions}
    if len(fold) != len(predictions) or set(fold) != {row.key() for row in rows}:
        raise ValueError("the predictions file does not hold each labelled row once")
    if "" in fold.values():
        raise ValueError("the predictions file has rows without a fold")
    held = {}
    for row in rows:
        if held.setdefault(row.group, fold[row.key()]) != fold[row.key()]:
            raise ValueError("a group is in two folds: is its field the one stance grouped by?")
    names = sorted(set(fold.values()), key=int)
    return [([r for r in rows if fold[r.key()] != name],
             [r for r in rows if fold[r.key()] == name]) for name in names]


def inner_splits(rows, n_folds, seed):
    """n_folds splits (fewer where there are fewer groups) of about equal size.

    Groups are shuffled, then the largest left goes to the fold with the fewest rows.
    """
    size = {}
    for row in rows:
        size[row.group] = size.get(row.group, 0) + 1
    groups = sorted(size)
    random.Random(seed).shuffle(groups)
    groups.sort(key=lambda group: -size[group])
    n_folds = min(n_folds, len(groups))
    filled, fold = [0] * n_folds, {}
    for group in groups:
        fold[group] = filled.index(min(filled))
        filled[fold[group]] += size[group]
    return [([r for r in rows if fold[r.group] != k], [r for r in rows if fold[r.group] == k])
            for k in range(n_folds)]
