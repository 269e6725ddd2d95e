# SPDX-License-Identifier: MIT
"""Everything that the model card says, as figures: what the program prints and what was kept of longer runs.

Slices of the test part are fields written into a copy of it: whether a comment answers another, how long it
is, which rule of the guide a reader doubted about.
"""
import csv
import json
import re
import subprocess
import tempfile
from pathlib import Path

MODEL = "model/tiktok-fr.stance"
TEST = "corpus/gold/test.ndjson"
TRAINED_ON = ("corpus/gold/train.ndjson", "corpus/gold/dev.ndjson")
ANNOTATORS = ("a1", "a2")
SLICES = ("register", "subject", "place", "length", "doubt")


class CardError(Exception):
    """What could not be had: one line."""


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Program:
    def __init__(self, root, path):
        self.root, self.path = root, path

    def json(self, *arguments):
        try:
            done = subprocess.run([self.path, *map(str, arguments)], cwd=self.root, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, check=True)
        except OSError as error:
            raise CardError(f"{self.path}: {error.strerror}") from None
        except subprocess.CalledProcessError as error:
            raise CardError(error.stderr.decode("utf-8", "replace").strip()) from None
        return json.loads(done.stdout)


def length_of(text):
    words = len(re.findall(r"\w+", text))
    return "under 10 words" if words < 10 else "10 to 49 words" if words < 50 else "50 words or more"


def doubts(root):
    """id -> the rules of the guide that readers named where they doubted; an empty set where they named none."""
    found = {}
    for who in ANNOTATORS:
        for line in read_lines(root / "corpus" / "annotations" / f"{who}.ndjson"):
            if "note" in line:
                rules = re.findall(r"\b(?:r|[Rr]ègle) ?(\d+)\b", line["note"])
                found.setdefault(line["id"], set()).update(rules)
    return found


def doubt_of(rules):
    if rules is None:
        return "no doubt"
    return f"rule {next(iter(rules))}" if len(rules) == 1 else "several rules" if rules else "no rule named"


def sliced_gold(root, path):
    noted = doubts(root)
    with open(path, "w", encoding="utf-8") as out:
        for line in read_lines(root / TEST):
            line["place"] = "answers another" if "parent" in line else "first-level"
            line["length"] = length_of(line["text"])
            line["doubt"] = doubt_of(noted.get(line["id"]))
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def annotator_on_test(program, root, folder, who):
    """One annotator's labels judged by the decision, on the test part."""
    gold = {line["id"] for line in read_lines(root / TEST)}
    path = folder / f"{who}.ndjson"
    with open(path, "w", encoding="utf-8") as out:
        for line in read_lines(root / "corpus" / "annotations" / f"{who}.ndjson"):
            for target, label in line["stance"].items() if line["id"] in gold else ():
                out.write(json.dumps({"id": line["id"], "target": target, "label": label}) + "\n")
    return program.json("eval", "-q", "--json", "--pred", path, "--gold", TEST)


def outside(root):
    path = root / "eval" / "results" / "outside.tsv"
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def collect(root, stance):
    program = Program(root, stance)
    report = root / "eval" / "results" / "tiktok-fr"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sliced_gold(root, folder / "test.ndjson")
        by = [option for field in SLICES for option in ("--by", field)]
        test = program.json("eval", "-q", "--json", "-m", MODEL, *by, folder / "test.ndjson")
        annotators = {who: annotator_on_test(program, root, folder, who) for who in ANNOTATORS}
    facts = {
        "info": program.json("info", "--json", MODEL),
        "test": test,
        "test_threads": program.json("eval", "-q", "--json", "-m", MODEL, "--whole-threads", TEST),
        "annotators": annotators,
        "cv": json.loads((report / "figures.json").read_text(encoding="utf-8")),
        "cv_threads": json.loads((report / "threads.json").read_text(encoding="utf-8")),
        "ngrams": program.json("explain", "--json", "-m", MODEL, "-n", 12),
        "outside": outside(root),
        "sizes": {path: sum(1 for _ in open(root / path, encoding="utf-8")) for path in TRAINED_ON + (TEST,)},
    }
    for row in facts["outside"]:
        if row["model"] != facts["info"]["checksum"]:
            raise CardError("eval/results/outside.tsv is of another model: run eval/outside-check count")
    return facts
