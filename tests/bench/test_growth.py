# SPDX-License-Identifier: MIT
"""Tests of eval/bench-growth; no figure is held to anything.

    test_growth.py STANCE

As test_bench.py: a function test_* is one test. The last ones run STANCE, and a program made of it
that loses a record, on tiny dumps.
"""
import os
import sys
import tempfile
import xml.dom.minidom

from test_bench import STANCE, equal, run_test
from test_speed import CORPUS, changed, needs_time, run_main

from speed import fit, growth, plot, sheet, targets


FITS = [  # points, slope of time
    ([(10, 1), (100, 10), (1000, 100)], 1),
    ([(10, 5), (100, 5), (1000, 5)], 0),
    ([(10, 1), (100, 100)], 2),
    ([(10_000, 9), (100_000, 10), (1_000_000, 100)], 1),  # what loading takes is left out
]


def test_fit():
    """the slope is 1 where time is proportional, 0 where it is the same, and none of one dump"""
    for points, slope in FITS:
        equal(round(fit.of_time(points), 9), slope)
    equal(fit.of_time([(10, 1), (10, 2)]), None)
    equal(fit.memory_ratio([(1000, 30), (10, 20), (100, 90)]), 1.5)


def test_plot():
    """a plot is good XML that has a point where the figure is, half-way between two decades"""
    drawn = plot.svg([("a < b", [("one", 0, 0, [(10, 1), (1000, 10)]), ("two", 1, 1, [(100, 3)])])],
                     "caption")
    circles = xml.dom.minidom.parseString(drawn).getElementsByTagName("circle")
    equal([circle.getAttribute("cx") for circle in circles],
          ["%.1f" % (plot.LEFT + part * plot.WIDTH) for part in (0, 1, 0.5)])
    equal([circle.getAttribute("cy") for circle in circles][:2],
          ["%.1f" % (plot.TOP + plot.HEIGHT), "%.1f" % plot.TOP])


def test_targets():
    """a corpus for many targets has as many labelled comments of each, the same every time"""
    comments = targets.read_corpus(CORPUS)
    found = list(targets.labelled(comments, 3))
    equal(found, list(targets.labelled(comments, 3)))
    counts = {}
    for record in found:
        for target in record["stance"]:
            counts[target] = counts.get(target, 0) + 1
    equal(counts, dict.fromkeys(["t000", "t001", "t002"], targets.EACH))


def test_growth_run():
    """all series are measured to their longest dump, but for runs over the cap, which are named"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        small = ["--sizes", "40,120", "--jobs", "1,2", "--targets", "2", "--corpus", CORPUS]
        status, out, err = run_main(growth, "bench-growth", *small, "--large", "40", "--stance",
                                    STANCE, "-o", folder)
        equal((status, err.count("making a dump")), (0, 2))
        facts, rows = sheet.read(os.path.join(folder, "growth.tsv"))
        equal([(r["model"], r["jobs"], r["comments"]) for r in rows],
              [(m, j, n) for n in ("40", "120") for m in ("shipped model", "2 targets")
               for j in "12" if m != "2 targets" or n == "40"])
        equal({(r["status"], r["comments"] == r["records"]) for r in rows}, {("measured", True)})
        equal("slope of time" in facts["shipped model, 2 threads"], True)
        equal("shipped model, 2 threads: slope" in out, True)
        xml.dom.minidom.parse(os.path.join(folder, "growth.svg"))
        status, _, err = run_main(growth, "bench-growth", *small, "-o", folder, "--stance",
                                  changed(folder, "*120.ndjson.gz", "$d"))
        equal((status, "119 records out of 120" in err), (1, True))


def test_growth_cap():
    """a run over the cap is ended, and longer dumps of its series are not begun"""
    needs_time()
    with tempfile.TemporaryDirectory() as folder:
        slow = os.path.join(folder, "slow")
        with open(slow, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nsleep 20\n")
        os.chmod(slow, 0o755)
        one = growth.Series("model", "model", 1)
        args = type("Args", (), {"cap": 0.2, "stance": slow})
        equal([one.run(args, n, "dump", folder)["status"] for n in (10, 20)],
              ["ended after 0.2 s", "not run: some 1 s, the cap is 0.2"])
        equal(one.kept(1), [])


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_")]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
