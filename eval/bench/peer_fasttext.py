# SPDX-License-Identifier: MIT
"""fastText, supervised, through its command: one thread and a fixed seed, so that it repeats.

Texts are in lower case with marks set apart, as its tutorial does. A label is handed over as a
number, since a label of fastText is a word of the line.
"""
import os
import re
import shutil
import subprocess
import tempfile

NAME = "fasttext"
INNER_FOLDS = 3
START = {"wordNgrams": 2, "minn": 2, "maxn": 5, "lr": 0.5, "epoch": 25, "dim": 50}
NGRAMS = [{"wordNgrams": w, "minn": a, "maxn": b} for w in (1, 2) for a, b in ((0, 0), (2, 5))]
RATES = [{"lr": lr, "epoch": epoch} for lr, epoch in ((0.25, 25), (0.5, 50), (1, 25), (1, 50))]
STEPS = [NGRAMS, RATES, [{"dim": 100}]]
QUICK_STEPS = []
FIXED = ["-bucket", "200000", "-thread", "1", "-verbose", "0"]  # small data: 200,000 are enough
MARK = re.compile(r"([^\w\s])")


def version():
    """None where it is absent; the program itself does not say."""
    if not shutil.which("fasttext"):
        return None
    try:
        asked = subprocess.run(["dpkg-query", "-W", "-f=${Version}", "fasttext"],
                               capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return asked.stdout.partition("+")[0] or "unknown"


def words(setting):
    return " ".join("%s=%g" % pair for pair in setting.items())


def line_of(text):
    return " ".join(MARK.sub(r" \1 ", text.lower()).split()).replace("__label__", "label")


def options(setting, seed):
    return [text for name, value in setting.items() for text in ("-" + name, "%g" % value)] \
        + FIXED + ["-seed", str(seed)]


def run(arguments, text=None):
    """What fasttext prints, or None where it fails: it gives up where numbers overflow."""
    done = subprocess.run(["fasttext", *arguments], input=text, capture_output=True,
                          encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else None


def predict_one(setting, folder, names, test_lines, seed):
    """Where fastText fails or says nothing, the most frequent label, which is names[0]."""
    model = os.path.join(folder, "model")
    fitted = run(["supervised", "-input", os.path.join(folder, "train"), "-output", model,
                  *options(setting, seed)])
    answer = None if fitted is None else run(["predict", model + ".bin", "-"],
                                             "".join(line + "\n" for line in test_lines))
    if answer is None:
        return [names[0]] * len(test_lines)
    found = [line.removeprefix("__label__") for line in answer.split("\n")[:-1]]
    if len(found) != len(test_lines):
        raise RuntimeError(f"fasttext: {len(found)} answers to {len(test_lines)} lines")
    return [names[int(number)] if number else names[0] for number in found]


def predict_all(settings, texts, labels, test_texts, seed):
    names = sorted(set(labels), key=lambda label: (-labels.count(label), label))
    test_lines = [line_of(text) for text in test_texts]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "train"), "w", encoding="utf-8") as file:
            for text, label in zip(texts, labels):
                file.write(f"__label__{names.index(label)} {line_of(text)}\n")
        return [predict_one(setting, folder, names, test_lines, seed) for setting in settings]
