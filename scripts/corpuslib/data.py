# SPDX-License-Identifier: MIT
"""The corpus folder in memory, its gold labels, its random tenth and its split.

An answer is what one reading says of a comment toward a target: (label, code), the code None where the
label carries none. Gold answers, the tenth and the split are computed from the other files by the
functions here and never edited by hand. Every reader raises CorpusError with the file and the line.
Python 3 standard library only.
"""
import hashlib
import json
from pathlib import Path

DEFAULT = Path(__file__).resolve().parent.parent.parent / "corpus"
READERS = ("a1", "a2")  # independent, both for every comment
FRESH = "a4"            # reads a random tenth again, without seeing a label
THIRD = "a3"            # decides where the others differ
SEED = 1                # of the tenth and of the split
PARTS = {"train": 0.70, "dev": 0.15, "test": 0.15}
SPLIT = "split.ndjson"
GOLD = "gold"           # the folder of the gold files, one a part


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


def line_of(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


class Corpus:
    """All files of the folder, in the order of articles.ndjson."""

    def __init__(self, root):
        self.root = Path(root)
        read = lambda *names: read_ndjson(self.root.joinpath(*names))  # noqa: E731
        self.targets = read("targets.ndjson")
        self.articles = read("articles.ndjson")
        self.threads = [read("threads", f"{a.get('thread')}.ndjson") for a in self.articles]
        self.intentions = read("intentions.ndjson")
        self.sessions = read("annotations", "sessions.ndjson")
        self.annotations = {who: read("annotations", f"{who}.ndjson") for who in READERS + (FRESH,)}
        self.decisions = read("decisions.ndjson")

    @property
    def target_ids(self):
        return [target["id"] for target in self.targets]

    def comments(self):
        return [comment for thread in self.threads for comment in thread]

    def answers(self, who):
        """(id, target) -> answer, as one annotator gave them."""
        return {(a["id"], target): (label, a.get("codes", {}).get(target))
                for a in self.annotations[who] for target, label in a["stance"].items()}

    def decided(self):
        """(id, target) -> answer, as decided."""
        return {(d["id"], d["target"]): (d["label"], d.get("code")) for d in self.decisions}


def rank(seed, name):
    """Orders names at random, the same way everywhere and however many there are."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def drawn_tenth(corpus, seed=SEED):
    """The ids of the comments that the fresh reader gets, a simple random sample, and its probability."""
    ids = sorted((comment["id"] for comment in corpus.comments()), key=lambda i: rank(seed, i))
    size = -(-len(ids) // 10)
    return set(ids[:size]), round(size / len(ids), 6)


def split_threads(corpus, seed=SEED):
    """thread -> part. Threads in random order within each subject and register, dealt by comments."""
    strata = {}
    for article, thread in zip(corpus.articles, corpus.threads):
        strata.setdefault((article["subject"], article["register"]), []).append((article["thread"], len(thread)))
    parts = {}
    for members in strata.values():
        members.sort(key=lambda member: rank(seed, member[0]))
        total, before = sum(size for _, size in members), 0
        for name, size in members:
            middle, upto = (before + size / 2) / total, 0.0
            for part, share in PARTS.items():
                upto += share
                if middle < upto or part == "test":
                    parts[name] = part
                    break
            before += size
    return parts


def split_lines(corpus):
    parts = split_threads(corpus)
    return [line_of({"thread": a["thread"], "part": parts[a["thread"]]}) for a in corpus.articles]


def gold_answers(corpus):
    """(id, target) -> answer: the decision if there is one, else what both readers said, else None."""
    first, second = (corpus.answers(who) for who in READERS)
    gold = {}
    for comment in corpus.comments():
        for target in corpus.target_ids:
            key = comment["id"], target
            gold[key] = first.get(key) if first.get(key) == second.get(key) else None
    gold.update(corpus.decided())
    return gold


def gold_record(corpus, article, comment, gold):
    record = {key: comment[key] for key in ("id", "thread", "parent", "author", "date") if comment[key] is not None}
    record.update({key: article[key] for key in ("register", "subject", "batch")})
    record["text"] = comment["text"]
    answers = {target: gold[comment["id"], target] for target in corpus.target_ids}
    missing = [target for target, answer in answers.items() if answer is None]
    if missing:
        raise CorpusError(f"{comment['id']}: no label for {', '.join(missing)}: the readers differ "
                          "and decisions.ndjson is silent")
    record["stance"] = {target: label for target, (label, _) in answers.items()}
    codes = {target: code for target, (_, code) in answers.items() if code is not None}
    if codes:
        record["codes"] = codes
    return record


def gold_lines(corpus):
    """part -> the lines of its gold file."""
    gold, parts = gold_answers(corpus), split_threads(corpus)
    lines = {part: [] for part in PARTS}
    for article, thread in zip(corpus.articles, corpus.threads):
        for comment in thread:
            lines[parts[article["thread"]]].append(line_of(gold_record(corpus, article, comment, gold)))
    return lines


def computed_files(corpus):
    """path -> text of every file that the program computes: the split and the gold of each part."""
    files = {corpus.root / SPLIT: "".join(split_lines(corpus))}
    for part, lines in gold_lines(corpus).items():
        files[corpus.root / GOLD / f"{part}.ndjson"] = "".join(lines)
    return files
