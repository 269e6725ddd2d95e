# SPDX-License-Identifier: MIT
"""Metrics that peers are tuned for, inside the training side alone.

What is reported comes from `stance eval`; the tests hold these against it.
"""


def f1_of(label, gold, predicted):
    both = sum(g == p == label for g, p in zip(gold, predicted))
    either = sum((g == label) + (p == label) for g, p in zip(gold, predicted))
    return 2 * both / either if either else 0.0


def macro_f1(gold, predicted):
    """The mean of F1 over the labels of gold."""
    labels = sorted(set(gold))
    return sum(f1_of(label, gold, predicted) for label in labels) / len(labels)


def f_avg(gold, predicted):
    """The mean of F1 of favor and against (Mohammad et al. 2016)."""
    return (f1_of("favor", gold, predicted) + f1_of("against", gold, predicted)) / 2


METRICS = {"macro_f1": macro_f1, "f_avg": f_avg}
