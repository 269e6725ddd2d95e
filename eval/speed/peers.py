# SPDX-License-Identifier: MIT
"""fastText and scikit-learn, trained on our corpus before anything is timed.

fastText learns one target, small (10 dimensions) so that it is as fast as it can be. scikit-learn
learns all targets on the n-grams of stance, once vectorised; its process times its own reading and
predicting, since importing it takes longer than many comments.
"""
import os
import pickle
import subprocess
import sys
import time

from bench import peer_fasttext, peer_sklearn
from bench.ngrams import vectorizers
from bench.rows import read_rows

EVAL = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MODULES = (peer_fasttext, peer_sklearn)
SMALL = ["-dim", "10", "-lr", "0.5", "-epoch", "25", "-seed", "1", *peer_fasttext.FIXED]
NGRAMS = {"words": ["-wordNgrams", "1", "-minn", "0", "-maxn", "0"],
          "words, characters 2 to 5": ["-wordNgrams", "1", "-minn", "2", "-maxn", "5"]}
BATCH = 1000


class Trained:
    """Models by name, or why there are none."""

    def __init__(self, args, folder):
        rows = read_rows([args.corpus])
        self.fasttext, self.no_fasttext = {}, "no program fasttext (scripts/setup --bench)"
        self.sklearn, self.no_sklearn = "", "no Python has it (scripts/setup --bench)"
        if not wanted(args, "fastText"):
            self.no_fasttext = "not among --only"
        elif peer_fasttext.version():
            self.fasttext = train_fasttext(rows, folder)
        if not wanted(args, "scikit-learn"):
            self.no_sklearn = "not among --only"
        elif peer_sklearn.version():
            self.sklearn = train_sklearn(args.corpus, folder)


def wanted(args, name):
    return not args.only or any(word in name for word in args.only)


def train_fasttext(rows, folder):
    target, path, models = rows[0].target, os.path.join(folder, "fasttext.train"), {}
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            if row.target == target:
                file.write(f"__label__{row.label} {peer_fasttext.line_of(row.text)}\n")
    for number, (name, ngrams) in enumerate(NGRAMS.items()):
        model = os.path.join(folder, f"fasttext-{number}")
        subprocess.run(["fasttext", "supervised", "-input", path, "-output", model, *ngrams, *SMALL],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        models[name] = model + ".bin"
    return models


def train_sklearn(corpus, folder):
    """By a process of its own: this one stays small."""
    path = os.path.join(folder, "sklearn.pickle")
    subprocess.run([*module(), "train", corpus, path], check=True)
    return path


def module():
    """This file as a program, wherever it is started from."""
    code = f"import sys; sys.path.insert(0, {EVAL!r}); from speed import peers; peers.run()"
    return [sys.executable, "-B", "-c", code]


def sklearn_command(model, lines, clock):
    return [*module(), "predict", model, lines, clock]


def fit(corpus, path):
    from sklearn.svm import LinearSVC
    rows, union = read_rows([corpus]), vectorizers()
    texts = list(dict.fromkeys(row.text for row in rows))
    place, x, machines = {text: i for i, text in enumerate(texts)}, union.fit_transform(texts), {}
    for target in dict.fromkeys(row.target for row in rows):
        chosen = [row for row in rows if row.target == target]
        machines[target] = LinearSVC(C=0.5).fit(x[[place[row.text] for row in chosen]],
                                                [row.label for row in chosen])
    with open(path, "wb") as file:
        pickle.dump((union, machines), file)


def predict(path, lines, clock):
    """Writes a line of labels per line of text, and the seconds of that to the file clock."""
    with open(path, "rb") as file:
        union, machines = pickle.load(file)
    start = time.monotonic()
    with open(lines, encoding="utf-8") as file:
        texts = file.read().split("\n")[:-1]
    for first in range(0, len(texts), BATCH):
        x = union.transform(texts[first:first + BATCH])
        for labels in zip(*(machine.predict(x) for machine in machines.values())):
            print("\t".join(labels))
    sys.stdout.flush()
    with open(clock, "w", encoding="ascii") as file:
        print(time.monotonic() - start, file=file)


def run():
    {"train": fit, "predict": predict}[sys.argv[1]](*sys.argv[2:])
