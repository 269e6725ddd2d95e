# SPDX-License-Identifier: MIT
"""Read the corpus folder and compute its gold labels; shared by corpus-gold and corpus-check.

Python 3 standard library only. Every reader raises CorpusError with the file and the line.
"""
import json
from pathlib import Path

DEFAULT = Path(__file__).resolve().parent.parent / "corpus"
GOLD = "tiktok-fr.ndjson"
READERS = ("a1", "a2")  # independent, both for every comment
THIRD = "a3"            # decides where they differ


class CorpusError(Exception):
    """What is wrong, and where: one line."""


def unique_keys(pairs):
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key is written twice")
    return record


def read_ndjson(path):
    """The records of a file: UTF-8, one JSON object a line, every line ended by LF alone."""
    try:
        data = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not UTF-8") from None
    if data and not data.endswith("\n"):
        raise CorpusError(f"{path}: the last line has no end")
    records = []
    for number, line in enumerate(data.split("\n")[:-1], 1):
        try:
            record = json.loads(line, object_pairs_hook=unique_keys)
        except ValueError as error:
            raise CorpusError(f"{path}:{number}: {error}") from None
        if not isinstance(record, dict):
            raise CorpusError(f"{path}:{number}: expected a JSON object")
        if line != line.strip():
            raise CorpusError(f"{path}:{number}: white space around the object")
        records.append(record)
    return records


class Corpus:
    """All files of the folder, in the order of articles.ndjson."""

    def __init__(self, root):
        self.root = Path(root)
        self.targets = read_ndjson(self.root / "targets.ndjson")
        self.articles = read_ndjson(self.root / "articles.ndjson")
        self.threads = [read_ndjson(self.root / "threads" / f"{a.get('thread')}.ndjson") for a in self.articles]
        self.annotations = {who: read_ndjson(self.root / "annotations" / f"{who}.ndjson")
                            for who in READERS + (THIRD,)}
        self.decisions = read_ndjson(self.root / "decisions.ndjson")

    @property
    def target_ids(self):
        return [target["id"] for target in self.targets]

    def comments(self):
        return [comment for thread in self.threads for comment in thread]

    def stances(self, who):
        """id -> {target: label} as one annotator gave them."""
        return {a["id"]: a["stance"] for a in self.annotations[who]}

    def decided(self):
        """(id, target) -> label as decided."""
        return {(d["id"], d["target"]): d["label"] for d in self.decisions}


def gold_labels(corpus):
    """(id, target) -> label: the decision if there is one, else the label both readers gave, else None."""
    first, second = (corpus.stances(who) for who in READERS)
    labels = {}
    for comment in corpus.comments():
        one, two = first.get(comment["id"], {}), second.get(comment["id"], {})
        for target in corpus.target_ids:
            same = one.get(target) if one.get(target) == two.get(target) else None
            labels[comment["id"], target] = same
    labels.update(corpus.decided())
    return labels


def gold_lines(corpus):
    """The text of the gold file, line by line."""
    labels = gold_labels(corpus)
    for article, thread in zip(corpus.articles, corpus.threads):
        for comment in thread:
            record = {key: comment[key] for key in ("id", "thread", "parent", "author", "date")
                      if comment[key] is not None}
            record["register"] = article["register"]
            record["text"] = comment["text"]
            record["stance"] = {target: labels[comment["id"], target] for target in corpus.target_ids}
            missing = [target for target, label in record["stance"].items() if label is None]
            if missing:
                raise CorpusError(f"{comment['id']}: no label for {', '.join(missing)}: the readers differ "
                                  "and decisions.ndjson is silent")
            yield json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
