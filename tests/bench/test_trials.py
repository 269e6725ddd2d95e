# SPDX-License-Identifier: MIT
"""Tests of eval/ablation and eval/trial, without a network or data of others.

    test_trials.py STANCE

As test_bench.py: a function test_* is one test. What needs NumPy, SciPy and scikit-learn is
skipped where they are absent; the last tests run STANCE on a part of our corpus.
"""
import contextlib
import io
import os
import sys
import tempfile

from test_bench import ROOT, STANCE, Skip, equal, needs_program, run_test, small_project

from bench import ablation, gains, main, parts, program, recipe

try:
    import numpy as np
    from trials import kernels, machine, score, spaces
    from trials import table as trial_table
    from trials.tokens import Comment, Token, comment
except ImportError:
    np = None


def needs_numpy():
    if np is None:
        raise Skip("no NumPy, SciPy or scikit-learn")


def test_training_parts():
    """nothing is tried on what a benchmark holds out, but for the dev part of our corpus"""
    recipes = recipe.read_all(main.BENCHMARKS)
    for read in recipes.values():
        held = set(parts.files_of(read)) & set(read.test)
        equal(held, set(parts.DEV) if read.name == "tiktok-fr" else set())
    equal(parts.part_of(recipes["repnum"], ROOT, None), None)


FIGURES = {"macro_f1": 0.5, "log_loss": 0.7, "brier": 0.3, "ece": None}


def gained(setting, value, how="program"):
    found = {**FIGURES, "macro_f1": value}
    return gains.row("set", setting, "", "macro_f1", found, FIGURES, (1, 2), 10, how)


def test_gains_kept():
    """a run replaces the settings that it measured, in their order, and the others stay"""
    with tempfile.TemporaryDirectory() as folder:
        gains.keep(folder, [gained("b", 0.4), gained("a", 0.5)], ["a", "b"])
        gains.keep(folder, [gained("b", 0.25)], ["a", "b"])
        gains.keep(folder, [gained("a", 0.6, "trial")], ["a"])
        kept = gains.read_tsv(os.path.join(folder, gains.NAME))
        equal([(r["how"], r["setting"], r["value"], r["difference"], r["ece"]) for r in kept],
              [("program", "a", "50.00", "+0.00", ""), ("program", "b", "25.00", "-25.00", ""),
               ("trial", "a", "60.00", "+10.00", "")])


def test_gains_of_the_project():
    """kept gains have their columns, and no path of a machine"""
    path = os.path.join(main.RESULTS, gains.NAME)
    for record in gains.read_tsv(path) if os.path.exists(path) else []:
        equal(list(record), gains.HEADER)
        assert " /" not in " ".join(record.values()), record


def said(text, kinds=None):
    """A Comment of words between blanks."""
    words = text.split()
    return Comment(f" {text} ", tuple(Token(int((kinds or "0" * len(words))[i]), False, word)
                                      for i, word in enumerate(words)))


def test_spaces():
    """spaces of n-grams hold what their names say"""
    needs_numpy()
    equal(comment(" ne « b »\t00ne\t70«\t01b").words(), ["ne", "«", "b"])
    equal(spaces.word_ngrams(said("a b c"), 2), ["a", "a b", "b", "b c", "c"])
    equal(spaces.skip_grams(said("a b c d")), ["a\tc", "a\td", "b\td"])
    equal(spaces.char_ngrams(said("ab"), 2, 3), [" a", " ab", "ab", "ab ", "b "])
    equal(spaces.negated(said("je ne veux pas ça , mais", "0000070")), ["veux", "ça"])
    equal(spaces.agreement(said("oui a b c d oui")), ["oui", "oui", "opening oui"])
    equal(spaces.split_hashtags("a #StopTheNRA."), "a #StopTheNRA Stop The NRA.")
    equal(spaces.quoted(comment(" x\t00a\t01b\t01c")), ["b", "c", "b c"])


def test_machine():
    """pairs are coupled to probabilities, sigmoids never fall, both losses part what is parted"""
    needs_numpy()
    wins = np.full((1, 3, 3), 0.5)
    equal(machine.couple(wins).round(6).tolist(), [[0.333333] * 3])
    wins[0, 0, 1:], wins[0, 1:, 0] = 0.9, 0.1
    assert machine.couple(wins)[0].argmax() == 0
    margins = np.array([-2.0, -1, 1, 2] * 5)
    assert machine.sigmoid(margins, margins > 0)[0] > 0.5
    equal(machine.sigmoid(margins, margins < 0)[0], 0)
    points = np.array([[1.0, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]])
    for loss in (machine.hinge, machine.logistic):
        for coefficients, bias in loss(points @ points.T, np.array([True, True, False, False]),
                                       (1.0, 10.0)):
            answers = points @ points.T @ coefficients + bias > 0
            equal(answers.tolist(), [True, True, False, False])


def test_scores_of_trials():
    """figures of trials follow the program's definitions"""
    needs_numpy()
    gold, answer = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1])
    f_avg = score.metric_of("f_avg", ["against", "favor", "none"])
    equal(f_avg(gold, answer).round(6), round((2 / 3 + 0.5) / 2, 6))
    chances = np.array([[0.75, 0.25], [0.75, 0.25]])
    metric = "macro_f1", score.metric_of("macro_f1", ["a", "b"])
    found = score.figures(metric, np.array([0, 1]), np.array([0, 0]), chances)
    equal([round(float(found[name]), 6) for name in ("brier", "ece")], [0.625, 0.25])


def test_weights():
    """n-grams that no training comment has weigh nothing"""
    needs_numpy()
    counts = kernels.count([["a", "b"], ["a"], ["c", "c"]])
    weights = kernels.idf(counts, np.array([True, True, False]))
    equal([round(float(w), 4) for w in weights], [1.0, 1.4055, 0.0])
    names = [trial.name for trial in trial_table.TRIALS]
    equal(len(names), len(set(names)))


def test_ablation():
    """the program is measured with its defaults and with one thing changed"""
    needs_program()
    with tempfile.TemporaryDirectory() as folder:
        small = parts.Part(small_project(folder), folder, ("small.ndjson",), 2, (1,), ("ban",))
        args = type("", (), {"seeds": None, "jobs": 1, "settings": ["defaults", "no-skips"]})
        with contextlib.redirect_stderr(io.StringIO()):
            found = ablation.measure(args, program.Program(STANCE, folder), small, [])
        equal([row[:4] for row in found],
              [["small", name, target, "macro_f1"] for name in ("defaults", "--no-skips")
               for target in ("", "ban")])
        equal(found[0][5], "+0.00")


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_") and callable(f)]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
