# SPDX-License-Identifier: MIT
"""Tests of scripts/make-dump, and of what scripts/fresh-records and whole-records make for it.

    test_dump.py

As test_bench.py: a function test_* is one test.
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile

from test_bench import ROOT, equal, run_test

CORPUS = os.path.join(ROOT, "corpus", "gold", "dev.ndjson")
ODD = ["", " ", "😂😂", "a\\b \"c\"\nd\té", "oui", "oui", "l'été 2023 http://x.fr/a?b=1 </s>"]


def dump(folder, *arguments, comments=CORPUS):
    """What make-dump wrote, as bytes."""
    path = os.path.join(folder, "dump.gz")
    subprocess.run([os.path.join(ROOT, "scripts", "make-dump"), "-o", path, *arguments, comments],
                   check=True)
    with gzip.open(path) as file:
        return file.read()


def texts_of(lines):
    return [json.loads(line)["text"] for line in lines.splitlines()]


def test_fresh_bytes():
    """a fresh dump is the same bytes with the same seed, and its records the same with any length"""
    with tempfile.TemporaryDirectory() as folder:
        first = dump(folder, "-n", "300", "-f", "7")
        equal(dump(folder, "-n", "300", "-f", "7") == first, True)
        equal(dump(folder, "-n", "300", "-f", "8") == first, False)
        equal(dump(folder, "-n", "100", "-f", "7").splitlines(), first.splitlines()[:100])


def test_fresh_words():
    """in a fresh dump no text comes twice and 8 to 10 words of 100 are in none before"""
    with tempfile.TemporaryDirectory() as folder:
        texts = texts_of(dump(folder, "-n", "5000", "-f", "1"))
    with open(CORPUS, encoding="utf-8") as file:
        seen = {word for line in file for word in json.loads(line)["text"].split()}
    equal(len(set(texts)), 5000)
    words = new = 0
    for word in (word for text in texts for word in text.split()):
        words, new = words + 1, new + (word not in seen)
        seen.add(word)
    assert 0.08 < new / words < 0.10, new / words


def test_fresh_records():
    """a fresh record keeps the members and about the length of the old, but for id and labels"""
    with tempfile.TemporaryDirectory() as folder, open(CORPUS, encoding="utf-8") as file:
        old = [json.loads(line) for line in file]
        new = [json.loads(line) for line in dump(folder, "-n", "50", "-f", "1").splitlines()]
    for number, (a, b) in enumerate(zip(old, new)):
        equal(b.pop("id"), f"d{number + 1}")
        equal(len(b.pop("text").split()), len(a.pop("text").split()))
        equal(b, {name: value for name, value in a.items() if name not in ("id", "stance", "codes")})


def test_fresh_odd():
    """a fresh dump of odd texts is good JSON, and no text comes twice"""
    with tempfile.TemporaryDirectory() as folder:
        comments = os.path.join(folder, "odd")
        with open(comments, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": text}) + "\n" for text in ODD)
        texts = texts_of(dump(folder, "-n", "2000", "-f", "1", comments=comments))
        equal(len(set(texts)), 2000)


def test_whole_records():
    """a whole record has its text as it was, an id that rises, a thread, and a parent before it in it"""
    with tempfile.TemporaryDirectory() as folder:
        comments = os.path.join(folder, "odd")
        with open(comments, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": text}) + "\n" for text in ODD)
        whole = dump(folder, "-n", "3000", "-w", comments=comments)
        equal(dump(folder, "-n", "3000", "-w", comments=comments) == whole, True)
        equal(dump(folder, "-n", "3000", "-w", "-f", "2", comments=comments) == whole, False)
    records = [json.loads(line) for line in whole.splitlines()]
    equal([record["body"] for record in records], [ODD[i % len(ODD)] for i in range(3000)])
    ids = [int(record["id"], 36) for record in records]
    equal(ids == sorted(set(ids)), True)
    thread_of = {}
    for record in records:
        equal(thread_of.get(record["parent_id"], record["link_id"]), record["link_id"])
        equal(record["parent_id"] in thread_of or record["parent_id"] == record["link_id"], True)
        thread_of[record["name"]] = record["link_id"]
    equal({len(record) for record in records}, {67})


BAD_DUMPS = [  # arguments, input, exit status, what is said
    (["-n", "x"], '{"text": "a"}', 2, "usage:"),
    (["-f", "x"], '{"text": "a"}', 2, "usage:"),
    (["-n", "3"], "no record", 3, "no record"),
    (["-n", "3", "-f", "1"], '{"text": "a"\n', 5, "could not be made"),
    (["-n", "3", "-f", "1"], '{"text": ""}', 5, "no word"),
    (["-n", "3", "-w"], '{"title": "a"}', 5, "record 1: no text"),
]


def test_bad_dumps():
    """make-dump says what it cannot do, also where the records end in a pipe"""
    with tempfile.TemporaryDirectory() as folder:
        comments = os.path.join(folder, "comments")
        for arguments, text, status, words in BAD_DUMPS:
            with open(comments, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            done = subprocess.run([os.path.join(ROOT, "scripts", "make-dump"), *arguments, comments],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                  check=False)
            equal((done.returncode, words in done.stderr), (status, True))


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_")]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
