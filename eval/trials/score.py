# SPDX-License-Identifier: MIT
"""Figures of answers and probabilities, by the program's definitions (src/metrics/score.h)."""
import numpy as np

BINS = 10


def f1_of(label, gold, answer):
    either = (gold == label).sum() + (answer == label).sum()
    return 2 * ((gold == label) & (answer == label)).sum() / either if either else 0.0


def metric_of(name, labels):
    """A function of gold and answers; labels tells which are favor and against."""
    if name == "f_avg":
        counted = [labels.index("favor"), labels.index("against")]
        return lambda gold, answer: np.mean([f1_of(i, gold, answer) for i in counted])
    return lambda gold, answer: np.mean([f1_of(i, gold, answer) for i in np.unique(gold)])


def calibration_error(chance, right):
    """Expected calibration error of the probabilities of what was answered."""
    place = np.minimum(np.ceil(chance * BINS).astype(int), BINS) - 1
    return sum(abs(right[place == i].sum() - chance[place == i].sum())
               for i in range(BINS)) / len(right)


def figures(metric, gold, answer, chances):
    """{metric, log_loss, brier, ece}; metric: its name and its function."""
    rows = np.arange(len(gold))
    off = chances - np.eye(chances.shape[1])[gold]
    return {metric[0]: metric[1](gold, answer),
            "log_loss": -np.log(chances[rows, gold]).mean(),
            "brier": (off ** 2).sum(1).mean(),
            "ece": calibration_error(chances[rows, answer], answer == gold)}
