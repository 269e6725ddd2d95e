# SPDX-License-Identifier: MIT
"""Tests of the model card's parts and of eval/outside-check, without the data of others."""
import json
import os
import subprocess
import sys
import tempfile

from test_bench import ROOT, equal, run_test

sys.path.insert(0, os.path.join(ROOT, "eval"))
from card import collect, text  # noqa: E402

DOUBTS = (  # the notes of a comment, and the slice it falls into
    ([], "no doubt"),
    (["ironie possible"], "no rule named"),
    (["r4 question"], "rule 4"),
    (["règle 11, doute"], "rule 11"),
    (["r4", "r4 encore"], "rule 4"),
    (["r4", "Règle 10"], "several rules"),
)


def test_doubts():
    """a reader's note falls into the slice of the rule it names"""
    for notes, wanted in DOUBTS:
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, "corpus", "annotations"))
            for who in collect.ANNOTATORS:
                path = os.path.join(folder, "corpus", "annotations", f"{who}.ndjson")
                with open(path, "w", encoding="utf-8") as file:
                    for note in notes[:1] if who == "a1" else notes[1:]:
                        file.write(json.dumps({"id": "c1", "note": note}) + "\n")
            equal(collect.doubt_of(collect.doubts(collect.Path(folder)).get("c1")), wanted)


def test_lengths():
    """comments fall into slices by their words"""
    for words, wanted in ((0, "under 10 words"), (9, "under 10 words"), (10, "10 to 49 words"),
                          (49, "10 to 49 words"), (50, "50 words or more")):
        equal(collect.length_of("mot " * words), wanted)


def test_figures():
    """figures of the card are percent, and what is undefined is a dash"""
    equal(text.spread({"value": None}), "–")
    equal(text.spread({"value": 0.5, "low": 0.25, "high": 0.75}), "50.0 [25.0, 75.0]")
    equal(text.spread({"value": 0.5, "low": None, "high": None}), "50.0")
    equal(text.shortened("a|b\n c"), "a\\|b c")
    assert text.shortened("mot " * 100).endswith(" …")


def test_card_of_another_model():
    """a card is refused where the false alarms are of another model"""
    with tempfile.TemporaryDirectory() as folder:
        stance = os.path.join(folder, "stance")
        with open(stance, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho '{\"checksum\":\"other\"}'\n")
        os.chmod(stance, 0o755)
        done = subprocess.run([os.path.join(ROOT, "eval", "model-card"), "--check", "--stance", stance],
                              stderr=subprocess.PIPE, check=False)
        equal(done.returncode, 5)
        assert b"outside.tsv is of another model" in done.stderr, done.stderr


def outside_check(*arguments, **environment):
    env = {key: value for key, value in os.environ.items() if key != "STANCE_DATA"}
    done = subprocess.run([os.path.join(ROOT, "eval", "outside-check"), *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, env={**env, **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_outside_draw():
    """200 distinct comments are drawn, the same again, and none that is empty or deleted"""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "unlabelled"))
        with open(os.path.join(folder, "unlabelled", "reddit-france.jsonl"), "w", encoding="utf-8") as file:
            for n in range(300):
                file.write(json.dumps({"text": f"commentaire {n % 250}"}) + "\n")
            for empty in ("", "[deleted]", "[removed]", "123 ?", None):
                file.write(json.dumps({"text": empty}) + "\n")
        status, out, _ = outside_check("draw", "reddit-france", STANCE_DATA=folder)
        equal(status, 0)
        with open(os.path.join(ROOT, out.strip()), encoding="utf-8") as file:
            drawn = [line[6:] for line in file.read().splitlines() if line]
        equal((len(drawn), len(set(drawn))), (200, 200))
        assert all(line.startswith("commentaire ") for line in drawn), drawn


def test_outside_refusals():
    """outside-check says what it lacks"""
    for arguments, environment, wanted in (
            (("draw",), {}, (1, "STANCE_DATA names no folder: skipped")),
            (("draw", "other"), {}, (2, "expected draw")),
            (("count",), {"STANCE_DATA": "/nowhere"}, (1, "No such file")),
            ((), {}, (2, "expected draw"))):
        status, _, err = outside_check(*arguments, **environment)
        equal(status, wanted[0])
        assert wanted[1] in err, err


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_")]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
