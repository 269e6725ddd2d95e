# SPDX-License-Identifier: MIT
"""Corpora of any size: real texts, and labels that a hidden linear rule over their words gives.

Texts are joined until they have 25 words, with texts drawn at random, so that a corpus may be
larger than the file of texts without repeating itself, and its vocabulary grows as a real one
does. The rule is a hash, with noise: the same corpora everywhere from the same texts.
"""
import hashlib
import json
import random
import re

WORDS = 25
THREE, TWO = ("favor", "against", "none"), ("favor", "against")


def read_texts(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def joined(text, texts, rng):
    """A comment of 25 words or more that begins with this text."""
    while len(re.findall(r"\w+", text)) < WORDS:
        text += " " + rng.choice(texts)[:140]
    return text[:600]


def weight(word, label):
    """One word in four speaks, the others whisper."""
    digest = hashlib.md5((label + word).encode()).digest()
    return (digest[0] / 127.5 - 1) * (1 if digest[1] < 64 else 0.15)


def labelled(text, rng):
    """The label among three, and among two."""
    words = re.findall(r"\w+", text.lower())
    score = {label: sum(weight(w, label) for w in words) / max(1, len(words)) ** 0.5
             + rng.gauss(0, 0.25) for label in TWO}
    best = max(score, key=score.get)
    return best if score[best] > 0.15 else "none", best


def parted(texts, n_test):
    """Texts to train on and texts to test with, which have none in common."""
    n_test = min(n_test, len(texts) // 2)
    return texts[:-n_test], texts[-n_test:]


def write(paths, texts, n, seed):
    """One corpus with three labels and one with two, of the same comments: each text begins one
    before any begins a second."""
    rng = random.Random(seed)
    with open(paths[0], "w", encoding="utf-8") as three, \
            open(paths[1], "w", encoding="utf-8") as two:
        for i in range(n):
            text = joined(texts[i % len(texts)], texts, rng)
            for file, label in zip((three, two), labelled(text, rng)):
                row = {"id": "%d-%07d" % (seed, i), "text": text, "stance": {"target": label}}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
