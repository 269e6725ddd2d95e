# SPDX-License-Identifier: MIT
"""A training part as arrays: comments, and rows (comment, target, label) with their folds."""
import dataclasses
import hashlib
import json
import os

import numpy as np

from bench.program import Program
from bench.results import checksum
from bench.rows import read_statements, read_tsv
from .tokens import NOTHING, tokenize

# Folds do not depend on what is learnt, so as little as possible is
QUICKLY = ["-q", "--resamples=0", "--folds=2", "--grid=1", "--words=1", "--chars=2,3",
           "--no-skips", "--word-share=0.2", "--decide=probable", "--output-file", os.devnull]


@dataclasses.dataclass(frozen=True)
class Tools:
    """What trials run with."""
    stance: str
    tokenizer: str
    cache: str      # a folder, for folds and vectors of words
    sources: dict   # {name: files of texts that vectors are learnt from}

    def tokenize(self, texts):
        return tokenize(self.tokenizer, texts)


def read_records(paths):
    records = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            records += [json.loads(line) for line in file if line.strip()]
    return records


def labels_of(record, targets):
    """(target, label) of what is labelled, and measured."""
    return [(target, label) for target, label in (record.get("stance") or {}).items()
            if label is not None and (not targets or target in targets)]


def numbered(values):
    """The values as numbers, and the sorted names of the numbers."""
    names = sorted(set(values))
    number = {name: i for i, name in enumerate(names)}
    return np.array([number[value] for value in values]), names


class Data:
    """The comments of a part, and its rows: arrays comment, target and label of numbers."""

    def __init__(self, part, tools):
        self.part, self.name, self.tools = part, part.name, tools
        self.records = [r for r in read_records(part.paths()) if labels_of(r, part.targets)]
        self.texts = [record["text"] for record in self.records]
        rows = [(i, target, label) for i, record in enumerate(self.records)
                for target, label in labels_of(record, part.targets)]
        self.comment = np.array([i for i, _, _ in rows])
        self.target, self.target_ids = numbered([target for _, target, _ in rows])
        self.label, self.labels = numbered([label for _, _, label in rows])
        self.comments = tools.tokenize(self.texts)
        statements = read_statements(os.path.join(part.folder, part.recipe.targets)) \
            if part.recipe.targets else {}
        self.targets = tools.tokenize([statements.get(t, t) for t in self.target_ids])
        self.kept = {}  # counts of spaces, vectors of words

    def target_of_comment(self):
        """The first target of each comment: all that most data sets have."""
        found = {}
        for comment, target in zip(self.comment, self.target):
            found.setdefault(comment, self.targets[target])
        return [found[i] for i in range(len(self.comments))]

    def parents(self):
        """What each comment replies to; nothing where that is not there."""
        place = {record["id"]: comment for record, comment in zip(self.records, self.comments)}
        given = self.tools.tokenize([r.get("parent_text") or "" for r in self.records])
        return [place.get(record.get("parent"), text if text.tokens else NOTHING)
                for record, text in zip(self.records, given)]

    def dealt(self, seed):
        """The program's predictions on its own folds, kept: what they say is not looked at."""
        options = [*self.part.options(seed), *QUICKLY]
        told = " ".join([checksum(self.part.paths()), *options])
        kept = os.path.join(self.tools.cache, hashlib.sha256(told.encode()).hexdigest()[:12])
        if not os.path.exists(kept):
            os.makedirs(self.tools.cache, exist_ok=True)
            Program(self.tools.stance, self.part.folder).run(
                "eval", *options, "--predictions", os.path.abspath(kept) + ".part",
                *self.part.files)
            os.replace(kept + ".part", kept)
        return read_tsv(kept)

    def folds(self, seed):
        """The fold of each row, from 0, as the program deals them."""
        fold = {(p["id"], p["target"]): int(p["fold"]) for p in self.dealt(seed)}
        found = np.array([fold[str(self.records[c]["id"]), self.target_ids[t]]
                          for c, t in zip(self.comment, self.target)])
        return found - found.min()


class Joined(Data):
    """A data set and others that are always trained on: their rows follow, in fold -1.

    Labels and comments are numbered as in the first; rows with other labels are left out.
    """

    def __init__(self, first, others):
        parts = [first, *others]
        self.part, self.name, self.tools, self.labels = (
            first.part, first.name, first.tools, first.labels)
        self.comments = sum((d.comments for d in parts), [])
        self.targets = sum((d.targets for d in parts), [])
        self.domain = np.repeat(range(len(parts)), [len(d.targets) for d in parts])
        self.n, self.kept = len(first.label), {}
        rows = [self.rows_of(parts, i) for i in range(len(parts))]
        self.comment, self.target, self.label = map(np.concatenate, zip(*rows))

    def rows_of(self, parts, i):
        """(comment, target, label) of a part, numbered anew."""
        data, before = parts[i], parts[:i]
        names = [data.labels[label] for label in data.label]
        used = np.array([name in self.labels for name in names])
        labels = [self.labels.index(name) for name in names if name in self.labels]
        return (data.comment[used] + sum(len(d.comments) for d in before),
                data.target[used] + sum(len(d.targets) for d in before), np.array(labels, int))
