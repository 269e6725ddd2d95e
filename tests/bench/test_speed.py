# SPDX-License-Identifier: MIT
"""Tests of eval/bench-speed; no figure is held to anything.

    test_speed.py STANCE

As test_bench.py: a function test_* is one test. The last ones run STANCE, and programs made of it
that lose or change a record, on tiny dumps.
"""
import contextlib
import io
import os
import sys
import tempfile

from test_bench import ROOT, STANCE, Skip, equal, fails, needs_program, run_test

from speed import clock, main, readme, sheet

CORPUS = os.path.join(ROOT, "corpus", "gold", "dev.ndjson")


def speed_row(text, program, **more):
    return {**dict.fromkeys(main.COLUMNS, ""), "text": text, "program": program, "cores": "all",
            "comments": "1000000", "runs": "3", "comments_per_s": "123456", "ratio": "1.50",
            "peak_mb": "30.0", **more}


FACTS = {"machine": "2 cores", "date": "2020-01-01", "versions": "v", "command": "c", "texts": "t",
         "bytes of text per comment, repeated": "90", "bytes of text per comment, fresh": "91",
         "bytes of a record, fresh": "190, in gzip 88", "bytes of a record, whole": "1600, in gzip 222",
         "skipped": "this: no that"}


def test_speed_block():
    """the README has a row per program, all dumps in it; what was skipped and not measured is said"""
    rows = [speed_row("repeated", "zcat"), speed_row("fresh", "zcat", peak_mb="31.0"),
            speed_row("fresh", "other", note="half of it"), speed_row("whole", "zcat", ratio="1.00"),
            speed_row("start", "stance", seconds="0.0304", ratio="")]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "speed.tsv")
        equal(readme.lines(*sheet.read(path)), ["Not measured yet: `make bench`."])
        sheet.write(path, FACTS, main.COLUMNS, rows)
        lines = readme.lines(*sheet.read(path))
    equal(lines[2:4], [
        "| zcat | all | 123,456 | 1.50 | 123,456 | 1.50 | 123,456 | 1.00 | 31.0 |",
        "| other (half of it) | all | – | – | 123,456 | 1.50 | – | – | 30.0 |"])
    for words in ("1,000,000 comments of 90 and 91 bytes", "stance 30 ms, 30 MB",
                  "bytes a record 1600, in gzip 222, where",
                  "Skipped: this: no that."):
        equal([words in line for line in lines].count(True), 1)


def needs_time():
    needs_program()
    if not clock.available():
        raise Skip(f"no {clock.TIME}")


def test_clock():
    """a command's memory is its own, its lines are counted; one too long or failing is told"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        ballast = bytearray(b"x") * 60_000_000
        cost = clock.measure(["printf", "a\\nb\\n"], folder, counted=True)
        equal((cost.lines, cost.peak_mb < 30, len(ballast)), (2, True, 60_000_000))
        fails(clock.TooLong, "longer than 0.2 s", clock.measure, ["sleep", "20"], folder, None, 0.2)
        fails(clock.Failed, "exit 1", clock.measure, ["false"], folder)
        fails(clock.Failed, "exit 1", clock.output_of, ["false"])
        fails(clock.Failed, "exit 1", clock.start_up, ["/bin/false"])


def run_main(module, name, *arguments):
    """(exit status, standard output, standard error) of a benchmark on our corpus."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.argv[:] = [name, *arguments, CORPUS]
        status = module.main()
    return status, out.getvalue(), err.getvalue()


def changed(folder, where, how):
    """A program that is STANCE but for its output, through sed, where its arguments match."""
    path = os.path.join(folder, "changed")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\ncase \"$*\" in\n{where}) '{STANCE}' \"$@\" | sed '{how}' ;;\n"
                   f"*) exec '{STANCE}' \"$@\" ;;\nesac\n")
    os.chmod(path, 0o755)
    return path


SMALL = ["-n", "60", "--runs", "2", "--starts", "2", "--only", "stance, "]


def test_speed_run():
    """every form of each dump is measured, each in its row, and what is left out is named"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "speed.tsv")
        status, _, err = run_main(main, "bench-speed", *SMALL, "--stance", STANCE, "-o", path)
        equal((status, "skipped: fastText: not among" in err), (0, True))
        facts, rows = sheet.read(path)
    equal(facts["skipped"].startswith("fastText: not among --only; scikit-learn: not"), True)
    equal(folder in str(facts), False)
    ndjson = {"stance, NDJSON in gzip", "stance, NDJSON in gzip on stdin", "stance, NDJSON"}
    for text, more in (("repeated", {"stance, CSV"}), ("fresh", {"stance, CSV"}), ("whole", set())):
        found = [row["program"] for row in rows if row["text"] == text]
        equal({name for name in found if "stance" in name}, ndjson | more)
    equal({(row["runs"], row["comments"]) for row in rows if row["text"] != "start"}, {("2", "60")})
    equal("stance" in [row["program"] for row in rows if row["text"] == "start"], True)


def test_speed_peers():
    """fastText and scikit-learn, where they are, write a label per comment, or else are named"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        path, corpus = os.path.join(folder, "speed.tsv"), os.path.join(folder, "corpus")
        with open(CORPUS, encoding="utf-8") as file, open(corpus, "w", encoding="utf-8") as part:
            part.writelines(file.readline() for _ in range(150))
        status, _, err = run_main(main, "bench-speed", *SMALL[:6], "--stance", STANCE, "-o", path,
                                  "--only", "fastText,scikit", "--corpus", corpus, "--sample", "9")
        equal(status, 0)
        rows = sheet.read(path)[1]
    found = [(row["program"].partition(",")[0], row["comments"]) for row in rows]
    for name, comments, n in (("fastText", "60", 4), ("scikit-learn", "9", 2)):
        equal(found.count((name, comments)), 0 if f"skipped: {name}: no" in err else n)


LOSSES = [  # where, what sed does to the output, what is said
    ("*ndjson.gz", "$d", "59 records out of 60"),
    ("*.csv", "$d", "stance, CSV: 59 records"),
    ("*repeated.ndjson", "$s/[0-9]/x/", "other records than before"),
]


def test_speed_losses():
    """a lost record is exit 1, and so is one that differs by how the dump is packed"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "speed.tsv")
        for where, how, words in LOSSES:
            status, _, err = run_main(main, "bench-speed", *SMALL, "-o", path, "--stance",
                                      changed(folder, where, how))
            equal((status, words in err, os.path.exists(path)), (1, True, False))


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_")]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
