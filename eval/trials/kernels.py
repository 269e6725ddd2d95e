# SPDX-License-Identifier: MIT
"""Similarities of comments, fitted on the comments that are trained on.

A View is one fold of one data set: what it gives is a matrix over all comments, weighted by the
training comments alone.
"""
import collections

import numpy as np
import scipy.sparse as sp

from .spaces import SPACES, char_ngrams

BASE = {"words 1-3": 0.2, "skips": 0.1, "chars 3-6": 0.7}  # settings_mix(0.2)
TERM = {"sublinear": lambda n: 1 + np.log(n), "presence": np.ones_like, "count": lambda n: n}


def count(lists):
    """Counts of strings as a sparse matrix, a row per list."""
    names, columns, values, ends = {}, [], [], [0]
    for strings in lists:
        for string, n in collections.Counter(strings).items():
            columns.append(names.setdefault(string, len(names)))
            values.append(n)
        ends.append(len(columns))
    return sp.csr_matrix((np.array(values, float), columns, ends), (len(lists), len(names)))


def scaled(matrix):
    """Rows of length 1."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    return sp.diags(1 / np.where(length > 0, length, 1)) @ matrix


def products(a):
    """Of all rows with all."""
    a = a.tocsr().astype(np.float32)
    return (a @ a.T).toarray()


def idf(counts, training):
    """ln((1 + n) / (1 + documents)) + 1; 0 for what no training comment has."""
    documents = np.bincount(counts[training].indices, minlength=counts.shape[1])
    weights = np.log((1 + training.sum()) / (1 + documents)) + 1
    return np.where(documents > 0, weights, 0)


def likeness(targets):
    """The cosine of the character n-grams of statements, as the program has it."""
    return products(scaled(count([char_ngrams(target, 3, 6) for target in targets])))


class View:
    """A data set, its rows and comments that are trained on, and what was made of them."""

    def __init__(self, data, training_rows):
        self.data, self.rows = data, training_rows
        self.training = np.zeros(len(data.comments), bool)
        self.training[data.comment[training_rows]] = True
        self.kept = {}

    def counts(self, space):
        if space not in self.data.kept:
            self.data.kept[space] = count(SPACES[space](self.data))
        return self.data.kept[space]

    def vectors(self, space, power=1.0, term="sublinear"):
        """Weighted counts, unscaled."""
        counts = self.counts(space).copy()
        weights = idf(counts, self.training) ** power
        counts.data = TERM[term](counts.data)
        return counts @ sp.diags(weights)

    def cosine(self, space):
        if space not in self.kept:
            found = products(scaled(self.vectors(space)))
            if space not in BASE:  # used once
                return found
            self.kept[space] = found
        return self.kept[space]


def mix(shares):
    """The kernel of the program: cosines of spaces, by shares of their sum."""
    total = sum(shares.values())
    return lambda view: sum(np.float32(share / total) * view.cosine(space)
                            for space, share in shares.items())


base = mix(BASE)


def plus(**spaces):
    """The base and other spaces; their names with _ for blanks."""
    return mix({**BASE, **{name.replace("_", " "): share for name, share in spaces.items()}})


def weighted(power=1.0, term="sublinear"):
    """The base with another weight of n-grams."""
    return lambda view: sum(np.float32(share) * products(scaled(view.vectors(
        space, power, term))) for space, share in BASE.items())


def of_base(function):
    """A function of each similarity of the base."""
    return lambda view: function(base(view))


def log_ratios(counts, positive):
    """How far each n-gram tells the rows with the first label from those without."""
    seen = counts > 0
    p, q = (np.asarray(seen[side].sum(0)).ravel() + 1 for side in (positive, ~positive))
    ratio = np.abs(np.log(p / (positive.sum() + 2)) - np.log(q / ((~positive).sum() + 2)))
    return ratio, p + q - 2


def log_ratio(part, power=1.0):
    """Weights by naive Bayes (Wang and Manning, Baselines and bigrams, ACL 2012): a kernel for a
    pair of labels, where n-grams count by their log-count ratio for the part, else as before."""
    def kernel(view, rows, positive):
        total = 0
        for space, share in BASE.items():
            ratio, times = log_ratios(view.counts(space)[view.data.comment[rows]], positive)
            ratio = ratio ** power
            ratio /= np.average(ratio, weights=times)
            vectors = view.vectors(space) @ sp.diags(1 - part + part * ratio)
            total = total + np.float32(share) * products(scaled(vectors))
        return total
    return kernel
