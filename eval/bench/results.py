# SPDX-License-Identifier: MIT
"""Kept results: TSV without text, ids, paths of a machine or dates. Figures are in percent.

accuracy.tsv     one row per benchmark, seed, system, target ("": all pooled) and metric
comparisons.tsv  one row per benchmark, seed and pair of systems: the difference is of a less b
"""
import collections
import hashlib
import os

from .rows import read_tsv, write_tsv

ACCURACY = ["benchmark", "system", "target", "metric", "value", "low", "high", "rows", "groups",
            "grouped_by", "version", "data", "seed", "chosen", "command"]
COMPARISONS = ["benchmark", "metric", "a", "b", "difference", "low", "high", "test", "p",
               "p_holm", "version", "data", "seed"]
FILES = {"accuracy.tsv": ACCURACY, "comparisons.tsv": COMPARISONS}


def percent(value):
    return "" if value is None else "%.2f" % (100 * value)


def checksum(paths):
    """First 12 digits of the SHA-256 of the files, one after another."""
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(file.read())
    return total.hexdigest()[:12]


def in_words(chosen):
    """What a peer chose, fold by fold, as one cell: the most frequent first."""
    counts = collections.Counter(chosen).most_common()
    return "; ".join(f"{text} ({n})" if len(chosen) > 1 else text for text, n in counts)


def accuracy_row(recipe, figure, version, data, seed, chosen, command):
    return [recipe.name, figure.system, figure.target, figure.metric, percent(figure.value),
            percent(figure.low), percent(figure.high), figure.rows, figure.groups,
            figure.grouped_by, version, data, seed, chosen, command]


def comparison_row(recipe, metric, pair, version, data, seed):
    return [recipe.name, metric, pair["a"], pair["b"], percent(pair["difference"]),
            percent(pair["low"]), percent(pair["high"]), pair["test"], "%.4f" % pair["p"],
            "%.4f" % pair["p_holm"], version, data, seed]


def read(folder, name):
    """The records of a file of results; none where it is absent."""
    path = os.path.join(folder, name)
    return read_tsv(path) if os.path.exists(path) else []


def keep(folder, name, rows, measured):
    """Puts rows in the place of what the file holds on the benchmarks measured."""
    header, path = FILES[name], os.path.join(folder, name)
    kept = [[record[column] for column in header] for record in read(folder, name)
            if record["benchmark"] not in measured]
    os.makedirs(folder, exist_ok=True)
    write_tsv(path + ".part", header, sorted(kept + rows, key=lambda row: row[0]))
    os.replace(path + ".part", path)
