# SPDX-License-Identifier: MIT
"""Models of any number of targets, for measuring alone: what the labels say does not matter.

Each target has 40 comments of our corpus, drawn with a seed, and the labels that they have toward
the ban or the spying under the name of the target. Training is cut short: one C, one share of
words, two folds. The same number gives the same bytes.
"""
import json
import os
import random
import subprocess

EACH = 40
SEED = 1
LABELS_OF = ("ban", "spying")
QUICK = ["--grid", "0.5", "--word-share", "0.2", "--folds", "2", "--solver", "coordinate",
         "--min-count", "2"]


def read_corpus(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def labelled(comments, n):
    """The records of a corpus of n targets."""
    draw = random.Random(SEED).random
    for number in range(n):
        source = LABELS_OF[number % 2]
        known = [c for c in comments if (c.get("stance") or {}).get(source)]
        for i in range(EACH):
            comment = known[int(draw() * len(known))]
            yield {"id": f"{number}-{i}", "text": comment["text"],
                   "stance": {"t%03d" % number: comment["stance"][source]}}


def train(stance, corpus, n, folder):
    """The path of a model of n targets."""
    path = os.path.join(folder, f"{n}-targets")
    with open(path + ".ndjson", "w", encoding="utf-8") as file:
        for record in labelled(read_corpus(corpus), n):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    subprocess.run([stance, "train", "-q", *QUICK, "-o", path + ".stance", path + ".ndjson"],
                   check=True)
    return path + ".stance"
