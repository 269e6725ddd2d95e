#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold the figures of src/metrics against scikit-learn's.

    tests/sklearn/metrics.py FIGURES   random tables, by the program tests/tools/figures.c
    tests/sklearn/metrics.py --update  write tests/data/metrics.tsv, which is checked everywhere

Prints a line "ok", "not ok" or "skip" per test. Where scikit-learn gives a number for what is
undefined by our rule (src/metrics/confusion.h), "undefined" is expected: the MCC where gold or
predictions are all of one label, F_avg where neither favor nor against is in either. Brier score and ECE have no function for many labels there: they
are put together from brier_score_loss() and calibration_curve().
"""
import math
import os
import random
import subprocess
import sys
import warnings

try:
    import numpy as np
    from sklearn import metrics
    from sklearn.calibration import calibration_curve
except ImportError:
    # another python3 may come first on the way than the one that Debian's packages are for
    system = "/usr/bin/python3"
    if os.path.exists(system) and "STANCE_PYTHON" not in os.environ:
        os.environ["STANCE_PYTHON"] = system  # once is enough
        os.execv(system, [system] + sys.argv)
    print("skip figures against scikit-learn: python3-sklearn is not installed")
    sys.exit(0)

warnings.simplefilter("ignore")  # "no predicted samples", which is the point of some tables

STORED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "metrics.tsv")
STANCES = ["against", "favor", "none", "other", "query"]
PLACES = ["east", "north", "south", "west", "zenith"]
ALL, ONE, NONE = "all", "one", "none"  # how many probabilities a row comes with


class Table:
    def __init__(self, name, labels):
        self.name, self.labels, self.rows = name, labels, []

    def add(self, gold, given, probs=()):
        self.rows.append((gold, given, tuple(probs)))
        return self

    def lines(self):
        yield "\t".join(["table", self.name] + self.labels)
        for gold, given, probs in self.rows:
            yield "\t".join(["row", str(gold), str(given)] + [repr(p) for p in probs])

    def figures(self):
        gold = [r[0] for r in self.rows]
        given = [r[1] for r in self.rows]
        varied = len(set(gold)) > 1 and len(set(given)) > 1
        out = {
            "macro_f1": metrics.f1_score(gold, given, average="macro"),
            "f_avg": self.f_avg(gold, given),
            "accuracy": metrics.accuracy_score(gold, given),
            "micro_f1": metrics.f1_score(gold, given, average="micro"),
            "balanced_accuracy": metrics.balanced_accuracy_score(gold, given),
            "mcc": metrics.matthews_corrcoef(gold, given) if varied else math.nan,
            "kappa": metrics.cohen_kappa_score(gold, given),
        }
        out.update(self.of_probabilities())
        return {key: float(value) for key, value in out.items()}

    def f_avg(self, gold, given):
        if "favor" not in self.labels or "against" not in self.labels:
            return math.nan
        two = [self.labels.index("favor"), self.labels.index("against")]
        if not set(two) & set(gold + given):
            return math.nan
        return metrics.f1_score(gold, given, labels=two, average="macro", zero_division=0)

    def of_probabilities(self):
        out = {"log_loss": math.nan, "brier": math.nan, "ece": math.nan}
        full = [r for r in self.rows if len(r[2]) > 1]
        if full:
            gold = np.array([r[0] for r in full])
            probs = np.array([r[2] for r in full])
            each = range(len(self.labels))
            out["log_loss"] = metrics.log_loss(gold, probs, labels=list(each))
            out["brier"] = sum(metrics.brier_score_loss(gold == k, probs[:, k], pos_label=True) for k in each)
        some = [r for r in self.rows if r[2]]
        if some:
            right = np.array([r[0] == r[1] for r in some], dtype=int)
            p = np.array([r[2][r[1]] if len(r[2]) > 1 else r[2][0] for r in some])
            out["ece"] = ece(right, p)
        return out


def ece(right, p):
    true, mean = calibration_curve(right, p, pos_label=1, n_bins=10, strategy="uniform")
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, 11)[1:-1], p))
    return np.sum(counts[counts > 0] * np.abs(true - mean)) / len(p)


def probabilities(rng, n, kind):
    """Probabilities of n labels: hundredths, so that bins' ends are hit, certainties, or any."""
    if kind == "hundredths":
        cuts = sorted(rng.randint(0, 100) for _ in range(n - 1))
        return [(b - a) / 100 for a, b in zip([0] + cuts, cuts + [100])]
    if kind == "certain":
        at = rng.randrange(n)
        return [1.0 if k == at else 0.0 for k in range(n)]
    weights = [rng.expovariate(1) ** 2 + 1e-9 for _ in range(n)]
    return [w / sum(weights) for w in weights]


def random_table(rng, name):
    n_labels = rng.randint(2, 5)
    n = rng.choice([1, 1, 2, 3, 10, 50, 400])
    table = Table(name, (STANCES if rng.random() < 0.7 else PLACES)[:n_labels])
    in_gold = rng.sample(range(n_labels), rng.randint(1, n_labels))
    in_given = rng.sample(range(n_labels), rng.randint(1, n_labels))
    come_with = rng.choice([[ALL], [ALL], [NONE], [ONE], [ALL, ONE, NONE]])
    skill = rng.random()
    for _ in range(n):
        gold = rng.choice(in_gold)
        given = gold if gold in in_given and rng.random() < skill else rng.choice(in_given)
        how = rng.choice(come_with)
        probs = probabilities(rng, n_labels, rng.choice(["hundredths", "certain", "any", "any"]))
        table.add(gold, given, probs if how == ALL else probs[given : given + 1] if how == ONE else [])
    return table


def stored_tables():
    yield Table("one row, right", STANCES[:2]).add(1, 1, [0.25, 0.75])
    yield Table("one row, wrong", STANCES[:3]).add(2, 0, [0.5, 0.25, 0.25])
    yield Table("certain and wrong", STANCES[:2]).add(0, 1, [0.0, 1.0]).add(1, 1, [0.0, 1.0])
    yield Table("gold and predictions of one label", STANCES[:3]).add(1, 1).add(1, 1)
    yield Table("gold of one label", STANCES[:3]).add(0, 0).add(0, 1).add(0, 2).add(0, 0)
    yield Table("one label predicted", STANCES[:3]).add(0, 0).add(1, 0).add(2, 0).add(0, 0)
    yield Table("all wrong", STANCES[:2]).add(0, 1).add(1, 0).add(0, 1)
    yield Table("neither favor nor against occurs", STANCES[:3]).add(2, 2).add(2, 2)
    yield Table("a probability of the label given alone", STANCES[:2]).add(0, 0, [0.9]).add(1, 0, [0.8])
    rng = random.Random(2016)
    for n_labels, n, names, in_gold, in_given in (
        (2, 12, STANCES, 2, 2),
        (3, 15, STANCES, 3, 3),
        (3, 10, STANCES, 2, 3),
        (3, 10, STANCES, 3, 2),
        (4, 12, PLACES, 4, 4),
        (5, 20, STANCES, 4, 5),
    ):
        name = "%d rows, %d of %d labels in gold, %d predicted" % (n, in_gold, n_labels, in_given)
        table = Table(name, names[:n_labels])
        for _ in range(n):
            gold = rng.randrange(in_gold)
            given = gold if gold < in_given and rng.random() < 0.6 else rng.randrange(in_given)
            table.add(gold, given, probabilities(rng, n_labels, "hundredths"))
        yield table


def written(value):
    return "undefined" if math.isnan(value) else repr(value)


def update():
    lines = [
        "# Tables with the figures that scikit-learn gives, by tests/sklearn/metrics.py --update.",
        "# tests/tools/table.h says what the lines are. Read by tests/unit/test_metrics.c.",
    ]
    for table in stored_tables():
        lines += [""] + list(table.lines())
        lines += ["figure\t%s\t%s" % (key, written(value)) for key, value in table.figures().items()]
    with open(STORED, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def read_figures(text):
    out = {}
    for line in text.splitlines():
        field = line.split("\t")
        if field[0] == "table":
            out[field[1]] = now = {}
        elif field[0] == "figure":
            now[field[1]] = math.nan if field[2] == "undefined" else float(field[2])
    return out


def same(a, b):
    return math.isnan(a) and math.isnan(b) or abs(a - b) <= 1e-12 * max(1, abs(b))


def compare(name, tables, ours):
    """One line, with the first figures that differ."""
    bad, n = [], 0
    for table in tables:
        expected, got = table.figures(), ours.get(table.name, {})
        if set(expected) != set(got):
            bad.append("%s: the figures are %s" % (table.name, ", ".join(sorted(got)) or "missing"))
            continue
        n += len(expected)
        bad += [
            "%s: %s is %s, scikit-learn's %s" % (table.name, key, written(got[key]), written(value))
            for key, value in expected.items()
            if not same(got[key], value)
        ]
    print("%s %s: %d figures of %d tables" % ("not ok" if bad else "ok", name, n, len(tables)))
    for line in bad[:5]:
        print("# " + line)
    return not bad


def main():
    if sys.argv[1:] == ["--update"]:
        update()
        return 0
    if len(sys.argv) != 2:
        sys.exit("usage: tests/sklearn/metrics.py FIGURES | --update")
    ok = True
    for seed in range(1, 7):
        rng = random.Random(seed)
        tables = [random_table(rng, "table %d" % i) for i in range(60)]
        text = "".join(line + "\n" for table in tables for line in table.lines())
        run = subprocess.run([sys.argv[1]], input=text, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        ok &= compare("figures equal scikit-learn's, seed %d" % seed, tables, read_figures(run.stdout))
    with open(STORED, encoding="utf-8") as f:
        ok &= compare("stored figures are scikit-learn's", list(stored_tables()), read_figures(f.read()))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
