# SPDX-License-Identifier: MIT
"""How well a label is guessed from what is not the text's meaning: its length, punctuation, register...

The guess for a cell (say, "youtube") is the label that is most over-represented in it: p(label | cell) /
p(label), counted on other threads. Labels weigh the same that way, as macro-F1 weighs them; who knows
nothing gets about one third with three labels, one half with two.
"""
import re
import statistics
from collections import Counter

FOLDS = 10
EMOJI = re.compile("[\U0001F300-\U0001FAFF\u2600-\u27BF]")
MARKS = (("?", re.compile(r"\?")), ("!", re.compile("!")), ("...", re.compile(r"\.\.\.|…")), ("emoji", EMOJI),
         ("link", re.compile("https?://")), ("quote", re.compile("^>|[«\"]", re.M)),
         ("capitals", re.compile(r"\b[A-ZÀ-Ý]{3,}\b")), ("end", re.compile(r"[.!?…]$")))


def length_cells(comments):
    sizes = [len(re.findall(r"\w+", c["text"])) for c in comments]
    cuts = statistics.quantiles(sizes, n=10)
    return [sum(size > cut for cut in cuts) for size in sizes]


def punctuation_cells(comments):
    return ["".join(name for name, mark in MARKS[:4] if mark.search(c["text"])) + "|" +
            "".join(name for name, mark in MARKS[4:] if mark.search(c["text"])) for c in comments]


def macro_f1(pairs):
    """Mean F1 of (gold, guess) counts over the gold labels."""
    scores = []
    for label in sorted({gold for gold, _ in pairs}):
        hit = pairs[label, label]
        gold = sum(n for (g, _), n in pairs.items() if g == label)
        said = sum(n for (_, s), n in pairs.items() if s == label)
        scores.append(2 * hit / (gold + said))
    return sum(scores) / len(scores)


def guess(cell_counts, totals):
    """The label most over-represented; ties and empty cells go to the most frequent label."""
    return max(totals, key=lambda label: ((cell_counts[label] + 0.5) / totals[label] if cell_counts else 0,
                                          totals[label], label))


def predictability(cells, labels, folds):
    """Macro-F1 of guessing each row's label from its cell, counted on the rows of the other folds."""
    pairs = Counter()
    for fold in set(folds):
        by_cell, totals = {}, Counter()
        for cell, label, own in zip(cells, labels, folds):
            if own != fold:
                by_cell.setdefault(cell, Counter())[label] += 1
                totals[label] += 1
        for cell, label, own in zip(cells, labels, folds):
            if own == fold:
                pairs[label, guess(by_cell.get(cell, Counter()), totals)] += 1
    return macro_f1(pairs)


def predictability_by_thread(threads, labels):
    """The same where the cell is the thread: its other comments tell."""
    by_thread, totals, pairs = {}, Counter(labels), Counter()
    for thread, label in zip(threads, labels):
        by_thread.setdefault(thread, Counter())[label] += 1
    for thread, label in zip(threads, labels):
        itself = Counter([label])
        pairs[label, guess(by_thread[thread] - itself, totals - itself)] += 1
    return macro_f1(pairs)
