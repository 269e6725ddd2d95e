# SPDX-License-Identifier: MIT
"""Shares of a real dump against the truth.

République numérique's comments are labelled by their own authors, for or against the proposal that
each stands under, and dated: so the share for, overall and by week, is known. Half of the authors
train a model; the other half's comments are the dump. Their labels stand in for an annotator. Many
samples are drawn, each is labelled and estimated from, and the intervals are held against the
truth. Nothing of the data is written but counts and shares.
"""
import argparse
import collections
import datetime
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile

TARGET = {"id": "proposal", "statement": "La proposition sous laquelle le commentaire est écrit.",
          "labels": {"against": {"fr": "contre", "en": "against"},
                     "favor": {"fr": "pour", "en": "for"}}}
WAYS = {  # name: options of sample, of prevalence, whether models are trained on the sample's labels
    "comments": ([], [], False),
    "weeks": (["--by", "week"], [], False),
    "pooled": ([], ["--pool-error"], False),
    "threads": (["--threads"], [], False),
    "cross-fit": ([], ["--cross-fit", "5"], True),
}


def week(date):
    year, number, _ = datetime.date.fromisoformat(date[:10]).isocalendar()
    return f"{year}-W{number:02d}"


def read(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            (r["target"], r["label"]), = r.pop("stance").items()
            rows.append(r)
    return rows


def is_training(row):
    return hashlib.sha256(row["author"].encode()).digest()[0] < 128


def write(path, rows, labelled):
    with open(path, "w", encoding="utf-8") as f:
        for r in rows:
            out = dict(r)
            if not labelled:
                del out["label"]
            f.write(json.dumps(out, ensure_ascii=False) + "\n")


def truth(rows):
    n, favor = collections.Counter(), collections.Counter()
    for r in rows:
        for group in ("all", week(r["date"])):
            n[group] += 1
            favor[group] += r["label"] == "favor"
    return {g: favor[g] / n[g] for g in n}, n


class Study:
    def __init__(self, program, data, folder, n):
        self.program, self.folder, self.n = program, folder, n
        rows = read(os.path.join(data, "repnum", "train.jsonl"))
        training = [r for r in rows if is_training(r)]
        self.dump = [r for r in rows if not is_training(r)]
        write(self.path("train"), training, True)
        write(self.path("dump"), self.dump, False)
        with open(self.path("targets"), "w", encoding="utf-8") as f:
            f.write(json.dumps(TARGET, ensure_ascii=False) + "\n")
        with open(self.path("labels"), "w", encoding="utf-8") as f:
            for r in self.dump:
                f.write(json.dumps({"id": r["id"], "target": "proposal", "label": r["label"]}) + "\n")
        self.run("train", "-q", "--group", "author", "-o", self.path("model"), self.path("train"))

    def path(self, name):
        return os.path.join(self.folder, name + ("" if name == "model" else ".jsonl"))

    def run(self, *command):
        r = subprocess.run([self.program, *command], capture_output=True, text=True, check=False)
        if r.returncode != 0:
            sys.exit(f"repnum-shares: {' '.join(command)}: {r.stderr}")
        return r.stdout

    def estimate(self, way, seed):
        draw, options, own = WAYS[way]
        audit = self.path("audit")
        self.run("sample", "-q", "-n", str(self.n), "--seed", str(seed), "--targets",
                 self.path("targets"), "--target-field", "target", "-m", self.path("model"), *draw,
                 "-o", audit, self.path("dump"))
        ids = set()
        with open(audit, encoding="utf-8") as f:
            next(f)
            for line in f:
                row = json.loads(line)
                if "like" not in row:  # the others take the labels of the row they are like
                    ids.add(row["id"])
        with open(self.path("labels"), encoding="utf-8") as f, \
                open(self.path("import"), "w", encoding="utf-8") as out:
            out.writelines(line for line in f if json.loads(line)["id"] in ids)
        self.run("label", "-q", audit, "--annotator", "author", "--import", self.path("import"))
        model = [] if own else ["-m", self.path("model")]
        return json.loads(self.run("prevalence", "-q", *model, "--audit", audit, "--target-field",
                                   "target", "--by", "week", *options, "--json",
                                   self.path("dump")))


def favor(answer):
    """Of each group the figures of `favor`."""
    target = answer["targets"][0]
    shares = {}
    for g in target["groups"]:
        shares[g["group"]] = next(x for x in g["labels"] if x["label"] == "favor")
        shares[g["group"]]["one_error_rate_p"] = target["homogeneity_p"]
    return shares


def summary(way, group, shares, true, n):
    told = [s for s in shares if s["low"] is not None]
    if not told:
        return None
    alone = [s for s in told if s["alone_low"] is not None]
    width = statistics.mean(s["high"] - s["low"] for s in told)
    return {"way": way, "group": group, "comments": n, "true": true, "samples": len(told),
            "mean": statistics.mean(s["share"] for s in told),
            "covered": sum(s["low"] <= true <= s["high"] for s in told) / len(told),
            "half_width": width / 2,
            "half_width_labels_alone":
                statistics.mean(s["alone_high"] - s["alone_low"] for s in alone) / 2 if alone else None,
            "counted": statistics.mean(s["counted_biased"] for s in told)
                       if told[0]["counted_biased"] is not None else None,
            "one_error_rate_rejected":
                sum((s["one_error_rate_p"] or 1) < .05 for s in told) / len(told)
                if group == "all" else None,
            "labels": statistics.mean(s["n_labelled"] for s in told)}


def cell(value):
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def main():
    parser = argparse.ArgumentParser(prog="eval/repnum-shares", description=__doc__)
    parser.add_argument("--stance", default="build/stance")
    parser.add_argument("--data", default=os.environ.get("STANCE_DATA"))
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--labels", type=int, default=400)
    parser.add_argument("--way", action="append", choices=list(WAYS))
    parser.add_argument("-o", "--output", default="eval/results/repnum-shares.tsv")
    o = parser.parse_args()
    if o.data is None:
        sys.exit("repnum-shares: name the data others made in STANCE_DATA")
    with tempfile.TemporaryDirectory() as folder:
        study = Study(os.path.abspath(o.stance), o.data, folder, o.labels)
        true, n = truth(study.dump)
        lines = []
        for way in o.way or WAYS:
            samples = o.samples // (5 if WAYS[way][2] else 1)  # training takes long
            answers = [favor(study.estimate(way, seed)) for seed in range(1, samples + 1)]
            for group in sorted(true, key=lambda g: (g != "all", g)):
                s = summary(way, group, [a[group] for a in answers if group in a], true[group],
                            n[group])
                if s is not None:
                    lines.append(s)
                    print("\t".join(cell(v) for v in s.values()), flush=True)
        with open(o.output, "w", encoding="utf-8") as f:
            f.write("\t".join(lines[0]) + "\n")
            f.writelines("\t".join(cell(v) for v in s.values()) + "\n" for s in lines)


if __name__ == "__main__":
    main()
