# SPDX-License-Identifier: MIT
"""The dumps that are classified, in every form that a program reads.

Three kinds. "repeated": the records of the files again and again under new ids, kind to caches
since every text but the first round was seen before. "fresh": spliced from the files so that no
text comes twice, 9 of 100 words in none before. "whole": the texts of "fresh" in records that have
all that a forum's own dump keeps beside a text. All by scripts/make-dump, so the same bytes
everywhere from the same files.
"""
import csv
import glob
import gzip
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

from bench.peer_fasttext import line_of

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CORPUS = os.path.join(ROOT, "corpus", "gold", "train.ndjson")
REPEATED, FRESH, WHOLE = "repeated", "fresh", "whole"
KINDS = (REPEATED, FRESH, WHOLE)
MEMBER = 1_000_000  # records of a gzip member; longer dumps are several, end to end


def default_texts(data):
    """The comments under the folder STANCE_DATA, those of a forum first, or else our corpus."""
    found = sorted(glob.glob(os.path.join(data, "unlabelled", "*.jsonl"))) if data else []
    found.sort(key=lambda path: os.path.basename(path) != "reddit-france.jsonl")
    return found or [CORPUS]


def make(path, texts, n, seed=None, whole=False):
    """A dump of n records; fresh ones where there is a seed."""
    options = ([] if seed is None else ["-f", str(seed)]) + ["-w"] * whole
    subprocess.run([os.path.join(ROOT, "scripts", "make-dump"), "-n", str(n), *options, "-o", path,
                    *texts], check=True)
    return path


def make_long(path, texts, n, seed, workers):
    """A fresh dump of any length, whose members have seeds of their own and are made side by side."""
    sizes = [min(MEMBER, n - first) for first in range(0, n, MEMBER)]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(lambda i: make(f"{path}.{i}", texts, sizes[i], seed + i),
                              range(len(sizes))))
    with open(path, "wb") as whole:
        for part in parts:
            with open(part, "rb") as file:
                shutil.copyfileobj(file, whole)
            os.remove(part)
    return path


def records_of(texts):
    for path in texts:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, filter(str.strip, file))


def count(texts):
    return sum(1 for _ in records_of(texts))


def columns_of(texts):
    """The members of the records that a table can hold: numbers and strings, id and text first."""
    names = {"id": None, "text": None}
    for record in records_of(texts):
        names.update((name, None) for name, value in record.items()
                     if isinstance(value, (str, int, float)))
    return list(names)


def unpack(dump):
    """A dump and what is in it, by name of the form."""
    forms = {"gz": dump, "ndjson": dump.removesuffix(".gz")}
    with gzip.open(dump) as source, open(forms["ndjson"], "wb") as plain:
        shutil.copyfileobj(source, plain)
    return forms


def write_forms(dump, texts):
    """The other forms of a dump, beside it: NDJSON, CSV, lines of text. Returns all by name."""
    base = dump.removesuffix(".ndjson.gz")
    forms = {"gz": dump, **{form: f"{base}.{form}" for form in ("ndjson", "csv", "txt")}}
    with gzip.open(dump, "rt", encoding="utf-8") as source, \
            open(forms["ndjson"], "w", encoding="utf-8") as plain, \
            open(forms["csv"], "w", encoding="utf-8", newline="") as table, \
            open(forms["txt"], "w", encoding="utf-8") as lines:
        rows = csv.DictWriter(table, columns_of(texts), extrasaction="ignore", lineterminator="\n")
        rows.writeheader()
        for line in source:
            record = json.loads(line)
            plain.write(line)
            rows.writerow(record)
            lines.write(line_of(record["text"]) + "\n")
    return forms


def head(path, n, target):
    """The first n lines of a file, as a file."""
    with open(path, encoding="utf-8") as source, open(target, "w", encoding="utf-8") as file:
        for _ in range(n):
            file.write(source.readline())
    return target
