# SPDX-License-Identifier: MIT
"""The programs that are measured: what each runs, on which form of the dump, and on how many cores.

Each row is a Program or the name of one that is absent and why; nothing is left out in silence.
zcat comes first of each number of cores: the others are held against it.
"""
import collections
import os
import shutil

from . import peers

ALL, ONE, THREAD = "all", "one", "any, one thread"

# name: words of the table. header: lines that are no record. alike: those of one dump that have
# the same word here must write the same bytes. own_clock: a file where the program leaves the
# seconds that count, where not all of its time does. n: comments it reads.
Program = collections.namedtuple("Program", "name cores command stdin header alike own_clock n note")


def pinned(command):
    """On one core, the last that this process may use: the first has the interrupts."""
    return ["taskset", "-c", str(max(os.sched_getaffinity(0))), *command]


def classify(args, *rest):
    return [args.stance, "classify", "-q", "-m", args.model, "--output", "tsv", *rest]


def program(name, command, n, cores=ALL, stdin=None, header=0, alike="", own_clock=None, note=""):
    return Program(name, cores, command, stdin, header, alike, own_clock, n, note)


def own(args, forms, n):
    """zcat and stance on all cores, then on one, then on the other forms of the dump."""
    same = {"header": 1, "alike": "records"}
    yield program("zcat", ["zcat", forms["gz"]], n, alike="zcat")
    yield program("stance, NDJSON in gzip", classify(args, forms["gz"]), n, **same)
    if shutil.which("taskset"):
        yield program("zcat", pinned(["zcat", forms["gz"]]), n, cores=ONE, alike="zcat")
        yield program("stance, NDJSON in gzip", pinned(classify(args, "-j", "1", forms["gz"])), n,
                      cores=ONE, **same)
    else:
        yield "on one core: no taskset (Debian: util-linux)"
    yield program("stance, NDJSON in gzip on stdin", classify(args), n, stdin=forms["gz"], **same)
    yield program("stance, NDJSON", classify(args, forms["ndjson"]), n, **same)
    if "csv" in forms:
        yield program("stance, CSV", classify(args, forms["csv"]), n, header=1)


def of_fasttext(trained, forms, n):
    if not trained.fasttext:
        yield f"fastText: {trained.no_fasttext}"
    for name, model in trained.fasttext.items():
        yield program(f"fastText, {name}", ["fasttext", "predict", model, forms["txt"]], n, cores=THREAD,
                      note="one target; plain text, unpacked and parsed before")


def of_sklearn(args, trained, forms, sample):
    if not trained.sklearn:
        yield f"scikit-learn: {trained.no_sklearn}"
        return
    clock = forms["txt"] + ".clock"
    yield program("scikit-learn, n-grams of stance",
                  peers.sklearn_command(trained.sklearn, forms["sample"], clock), sample,
                  own_clock=clock, cores=THREAD,
                  note=f"the first {sample} comments, its start and loading not counted; plain text")


def everything(args, trained, forms, n):
    """The programs of one dump, and the names of those that are not there."""
    rows = [*own(args, forms, n)]
    if "txt" in forms:
        rows += [*of_fasttext(trained, forms, n),
                 *of_sklearn(args, trained, forms, min(args.sample, n))]
    chosen = [row for row in rows if isinstance(row, Program)
              and (row.name == "zcat" or peers.wanted(args, row.name))]
    return chosen, [row for row in rows if isinstance(row, str)]


def starts(args, comment):
    """What is started again and again: by name, the command; and the absent."""
    python = "/usr/bin/python3"
    found = {"stance": [args.stance, "classify", "-q", "-m", args.model, comment]}
    if os.access(python, os.X_OK):
        found["python3 -c pass"] = [python, "-c", "pass"]
        return found, []
    return found, [f"python3 -c pass: no {python}"]
