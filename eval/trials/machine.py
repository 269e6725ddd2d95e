# SPDX-License-Identifier: MIT
"""The program's machine in a few lines: an SVM per pair of labels on the kernel of comments and
targets, a sigmoid per pair on held-out margins, coupling, a rule of decision."""
import itertools

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

GRID = (0.125, 0.25, 0.5, 1.0)
TOLERANCE = 0.01                     # of a solver, ten times what the program's is
JITTER = 1e-4                        # on the diagonal of a kernel, whose comments may be copies
EXPONENTS = (0, 0.25, 0.5, 0.75, 1)  # of the rule of decision, src/model/rule.h
LEAST = 1e-7                         # probability


def hinge(kernel, positive, grid):
    """For each C, (coefficient of each training row, bias)."""
    for c in grid:
        machine = SVC(C=c, kernel="precomputed", class_weight="balanced", cache_size=500,
                      tol=TOLERANCE)
        machine.fit(kernel, positive)
        coefficients = np.zeros(len(positive))
        coefficients[machine.support_] = machine.dual_coef_[0]
        yield coefficients, machine.intercept_[0]


def logistic(kernel, positive, grid):
    """As hinge(), with the logistic loss, on a root of the kernel."""
    root = cholesky(kernel + JITTER * np.eye(len(kernel)), lower=True)
    machine = LogisticRegression(class_weight="balanced", tol=TOLERANCE, warm_start=True)
    for c in grid:
        machine.set_params(C=c).fit(root, positive)
        yield solve_triangular(root, machine.coef_[0], lower=True, trans="T"), \
            machine.intercept_[0]


def sigmoid(margins, positive):
    """(slope, offset) by Platt 1999, the slope never negative."""
    n, m = positive.sum(), (~positive).sum()
    wanted = np.where(positive, (n + 1) / (n + 2), 1 / (m + 2))

    def loss(at):
        z = at[0] * margins + at[1]
        off = expit(z) - wanted
        return (np.logaddexp(0, z) - wanted * z).sum(), np.array([off @ margins, off.sum()])

    start = np.array([1.0, np.log((n + 1) / (m + 1))])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)]).x


def couple(wins):
    """Probabilities of labels from those of pairs (Wu, Lin and Weng 2004, second method)."""
    n, k, _ = wins.shape
    system = np.zeros((n, k + 1, k + 1))
    for i, j in itertools.permutations(range(k), 2):
        system[:, i, i] += wins[:, j, i] ** 2
        system[:, i, j] = -wins[:, j, i] * wins[:, i, j]
    system[:, :k, k] = system[:, k, :k] = 1
    found = np.linalg.solve(system, np.tile(np.eye(k + 1)[k], (n, 1)))[:, :k].clip(LEAST)
    return found / found.sum(1, keepdims=True)


def pairs_of(data):
    return list(itertools.combinations(range(len(data.labels)), 2))


def margins_of_pair(trial, view, shared, similar, pair, grid, extra):
    """Margins of all rows of one pair of labels, a row per C."""
    data = view.data
    rows = np.flatnonzero(view.rows & np.isin(data.label, pair))
    positive = data.label[rows] == pair[0]
    own = trial.pair(view, rows, positive) if trial.pair else shared
    kernel = own[np.ix_(data.comment, data.comment[rows])] * \
        similar[np.ix_(data.target, data.target[rows])]
    inside = kernel[rows].astype(float)
    return [kernel[extra] @ coefficients + bias
            for coefficients, bias in trial.loss(inside, positive, grid)]


def held_out_margins(trial, views, folds, similar, grid, kernel):
    """[C, pair, row]: of rows that are in a fold (number from 0), trained on all others."""
    data = views[0].data
    pairs = pairs_of(data)
    found = np.zeros((len(grid), len(pairs), len(folds)))
    for fold, view in enumerate(views):
        out = np.flatnonzero(folds == fold)
        shared = None if trial.pair else kernel(view)
        for p, pair in enumerate(pairs):
            found[:, p, out] = margins_of_pair(trial, view, shared, similar, pair, grid, out)
    return found


def probabilities(margins, label, folds, pairs):
    """[row, label] from [pair, row]: the sigmoids of a fold are fitted on the others."""
    k = max(max(pair) for pair in pairs) + 1
    found = np.zeros((len(label), k))
    for fold in np.unique(folds):
        out = folds == fold
        wins = np.full((out.sum(), k, k), 0.5)
        for p, (i, j) in enumerate(pairs):
            known = ~out & ((label == i) | (label == j))
            slope, offset = sigmoid(margins[p, known], label[known] == i)
            wins[:, i, j] = expit(slope * margins[p, out] + offset).clip(LEAST, 1 - LEAST)
            wins[:, j, i] = 1 - wins[:, i, j]
        found[out] = couple(wins)
    return found


def decided(chances, label, folds, metric):
    """Labels by the largest p · share^-e, with e chosen on the other folds for the metric."""
    share = np.bincount(label, minlength=chances.shape[1]) / len(label)
    answers = [(chances * share ** -e).argmax(1) for e in EXPONENTS]
    found = np.zeros(len(label), int)
    for fold in np.unique(folds):
        out = folds == fold
        best = max(answers, key=lambda answer: metric(label[~out], answer[~out]))
        found[out] = best[out]
    return found
