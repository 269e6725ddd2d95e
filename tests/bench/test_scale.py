# SPDX-License-Identifier: MIT
"""Tests of eval/scale-benchmark on comments of our corpus: test_scale.py STANCE."""
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STANCE = os.path.abspath(sys.argv[1])
TEXTS = os.path.join(ROOT, "corpus", "gold", "dev.ndjson")
PEERS = ("svm-train", "svm-predict", "liblinear-train", "liblinear-predict")
MACHINES = ["stance, libsvm", "stance, coordinate", "liblinear-train -s 3 -B 1",
            "liblinear-train -s 3 -B 1 -e .001", "svm-train -t 0"]
JOBS = ["stance train -j 2", "stance train -j 1"]

CASES = [  # title, arguments, programs by row, their notes
    ("each program has a row", ["--sizes", "150"], MACHINES + JOBS,
     ["chosen", "", "", "", "", "libsvm", "libsvm"]),
    ("what does not fit in memory is refused and noted", ["--sizes", "150", "--max-memory", "0"],
     ["stance, coordinate", "stance, libsvm"], ["chosen", "refused: machine: matrices"]),
    ("what is too slow is stopped, noted, and not started again",
     ["--sizes", "150,160", "--limit", "0.0001", "--one-thread-to", "1"],
     ["stance", "stance, coordinate"] + MACHINES[2:] + JOBS
     + ["stance", "stance, coordinate"] + MACHINES[2:] + JOBS,
     (["stopped"] * 5 + ["libsvm", "not started: --one-thread-to"]
      + ["not started: stopped at fewer rows"] * 5 + ["libsvm", "not started: --one-thread-to"])),
]


def run(folder, arguments):
    table = os.path.join(folder, "training.tsv")
    command = [sys.executable, os.path.join(ROOT, "eval", "scale_benchmark.py"), "--stance", STANCE,
               "--tools", os.path.join(os.path.dirname(STANCE), "tools"), "--output", table]
    done = subprocess.run(command + arguments + [TEXTS], stderr=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, check=False, text=True)
    assert done.returncode == 0, done.stderr
    with open(table, encoding="utf-8") as file:
        header = next(file).rstrip("\n").split("\t")
        return [dict(zip(header, line.rstrip("\n").split("\t"))) for line in file]


def check(arguments, programs, notes):
    with tempfile.TemporaryDirectory() as folder:
        rows = run(folder, arguments)[:len(programs)]
    assert [row["program"] for row in rows] == programs, rows
    assert all(row["note"].startswith(note) for row, note in zip(rows, notes)), rows
    for row in rows:
        if row["note"] == "chosen":
            assert (row["ratio"], row["alike"]) == ("1.00", "100.0"), row
        if row["alike"]:
            assert float(row["alike"]) > 95 and float(row["accuracy"]) > 50, row


def main():
    absent = [name for name in PEERS if shutil.which(name) is None]
    good = True
    for title, *case in CASES:
        title = "scale-benchmark: " + title
        if absent:
            print("skip %s: no %s" % (title, ", ".join(absent)))
            continue
        try:
            check(*case)
            print("ok " + title)
        except AssertionError as error:
            print("not ok %s\n# %s" % (title, str(error).replace("\n", "\n# ")))
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
