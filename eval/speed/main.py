# SPDX-License-Identifier: MIT
"""Measure how fast `stance classify` is, beside zcat and other programs, on the same comments.

Makes a dump of N comments out of TEXTS three times, repeated, fresh and in whole records
(speed/dumps.py), and runs every program on it RUNS times, in turns (on the last, zcat and stance
alone: its texts are the same): the first run of all, then the second. Before that each runs
once unmeasured: its records are counted, and those of stance on the same dump, however packed and
on however many cores, must be the same bytes. Dumps are in the page cache by then; output goes
nowhere. Then the start: one comment, from the start of the program to its end.

Prints medians and writes them to the file of results. TEXTS: NDJSON with a member "text"; without
any, all under the folder that STANCE_DATA names, or else our corpus. Seconds are of this machine;
nothing fails on one. Exit 1: records were lost, or differ; 2: wrong command line; 5: not built.
"""
import argparse
import os
import statistics
import sys
import tempfile

from . import clock, dumps, peers, programs, sheet

COLUMNS = ["text", "program", "cores", "comments", "runs", "seconds", "low", "high",
           "comments_per_s", "ratio", "ratio_to", "peak_mb", "note"]
RESULTS = os.path.join(dumps.ROOT, "eval", "results", "speed.tsv")
FRESH_SEED = 1


class Lost(Exception):
    """A program did not write what it should have."""


def say(words):
    print(f"bench-speed: {words}", file=sys.stderr, flush=True)


def check_output(rows):
    """Runs each program once; raises Lost where one writes other records than it should."""
    seen = {}
    for row in rows:
        lines, digest = clock.output_of(row.command, row.stdin)
        if lines - row.header != row.n:
            raise Lost(f"{row.name}: {lines - row.header} records out of {row.n}")
        if row.alike and seen.setdefault(row.alike, digest) != digest:
            raise Lost(f"{row.name}, {row.cores} cores: other records than before from the same dump")


def run_once(row, folder):
    cost = clock.measure(row.command, folder, row.stdin)
    if not row.own_clock:
        return cost
    with open(row.own_clock, encoding="ascii") as file:
        return cost._replace(seconds=float(file.read()))


def in_turns(rows, runs, folder):
    costs = [[] for _ in rows]
    for _ in range(runs):
        for row, found in zip(rows, costs):
            found.append(run_once(row, folder))
    return costs


def record(text, row, costs, baseline):
    """A row of the results; the ratio is of the time per comment to that of the baseline."""
    seconds = statistics.median(cost.seconds for cost in costs)
    per_comment = max(seconds, 1e-9) / row.n
    return {"text": text, "program": row.name, "cores": row.cores, "comments": row.n,
            "runs": len(costs), "seconds": "%.3f" % seconds,
            "low": "%.3f" % min(cost.seconds for cost in costs),
            "high": "%.3f" % max(cost.seconds for cost in costs),
            "comments_per_s": "%.0f" % (1 / per_comment),
            "ratio": "%.2f" % (per_comment / baseline) if baseline else "",
            "ratio_to": "zcat" if baseline else "",
            "peak_mb": "%.1f" % statistics.median(cost.peak_mb for cost in costs), "note": row.note}


def records(text, rows, costs):
    """All rows of a dump; each is held against zcat on as many cores."""
    zcat = {row.cores: statistics.median(cost.seconds for cost in found) / row.n
            for row, found in zip(rows, costs) if row.name == "zcat"}
    return [record(text, row, found, zcat.get(row.cores, zcat[programs.ALL]))
            for row, found in zip(rows, costs)]


def make_forms(args, text, folder):
    """The dump of one kind, by name of the form: as lines of text too, where others read it."""
    dump = dumps.make(os.path.join(folder, text + ".ndjson.gz"), args.texts, args.n,
                      None if text == dumps.REPEATED else FRESH_SEED, text == dumps.WHOLE)
    if text == dumps.WHOLE:
        return dumps.unpack(dump)
    forms = dumps.write_forms(dump, args.texts)
    forms["sample"] = dumps.head(forms["txt"], args.sample, os.path.join(folder, text + ".sample"))
    return forms


def sizes(text, forms, n):
    """What a comment of the dump takes in each form, as facts of the results."""
    means = {form: os.path.getsize(path) / n for form, path in forms.items()}
    found = {f"bytes of a record, {text}": f"{means['ndjson']:.0f}, in gzip {means['gz']:.0f}"}
    if "txt" in means:
        found[f"bytes of text per comment, {text}"] = f"{means['txt']:.0f}"
    return found


def measure_text(args, text, trained, folder):
    """(rows of the results, what was skipped, facts on the dump) for one kind of text."""
    say(f"making the dump of {text} text")
    forms = make_forms(args, text, folder)
    facts = sizes(text, forms, args.n)
    rows, absent = programs.everything(args, trained, forms, args.n)
    say(f"checking what {len(rows)} programs write, then {args.runs} runs of each")
    check_output(rows)
    found = records(text, rows, in_turns(rows, args.runs, folder))
    for path in forms.values():
        os.remove(path)
    return found, absent, facts


def measure_start(args, folder):
    """Rows of starting up, in turns, held against python3 -c pass."""
    comment = dumps.head(args.corpus, 1, os.path.join(folder, "one.ndjson"))
    commands, absent = programs.starts(args, comment)
    clock.output_of(commands["stance"])
    seconds = {name: [] for name in commands}
    for _ in range(args.starts):
        for name, command in commands.items():
            seconds[name].append(clock.start_up(command))
    peak = {name: clock.measure(command, folder).peak_mb for name, command in commands.items()}
    base = statistics.median(seconds.get("python3 -c pass", [0]))
    return [start_record(name, found, peak[name], base) for name, found in seconds.items()], absent


def start_record(name, seconds, peak, base):
    median = statistics.median(seconds)
    return {"text": "start", "program": name, "cores": programs.ALL,
            "comments": int(name == "stance"), "runs": len(seconds), "seconds": "%.4f" % median,
            "low": "%.4f" % min(seconds), "high": "%.4f" % max(seconds), "comments_per_s": "",
            "ratio": "%.2f" % (median / base) if base else "",
            "ratio_to": "python3 -c pass" if base else "", "peak_mb": "%.1f" % peak,
            "note": "loading the model and labelling one comment" if name == "stance" else ""}


def source_of(texts):
    name = "our corpus (synthetic)" if texts == [dumps.CORPUS] else \
        ", ".join(map(os.path.basename, texts))
    return f"{name}: {dumps.count(texts):,} comments"


def measure(args, folder):
    """(facts, rows) of the whole."""
    facts = sheet.facts("eval/bench-speed", args.stance, peers.MODULES)
    facts["texts"] = source_of(args.texts)
    trained, rows, skipped = peers.Trained(args, folder), [], {}
    for text in dumps.KINDS:
        found, absent, size = measure_text(args, text, trained, folder)
        rows += found
        skipped.update(dict.fromkeys(absent))
        facts.update(size)
    found, absent = measure_start(args, folder)
    skipped.update(dict.fromkeys(absent))
    for name in skipped:
        say(f"skipped: {name}")
    return {**facts, **({"skipped": "; ".join(skipped)} if skipped else {})}, rows + found


def show(rows):
    shown = [name for name in COLUMNS if name not in ("low", "high", "note", "ratio_to")]
    lines = [shown, *([str(row[name]) for name in shown] for row in rows)]
    width = [max(len(line[i]) for line in lines) for i in range(len(shown))]
    for line in lines:
        print("  ".join(cell.ljust(w) for cell, w in zip(line, width)).rstrip())


def arguments():
    parser = argparse.ArgumentParser(prog="eval/bench-speed", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", help="comments, NDJSON with a member text")
    parser.add_argument("-n", type=int, default=1_000_000, help="comments (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of each (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=100, help="of each (default: %(default)s)")
    parser.add_argument("--sample", type=int, default=10_000,
                        help="comments for scikit-learn (default: %(default)s)")
    parser.add_argument("--only", type=lambda text: text.split(","), metavar="WORD,...",
                        help="programs whose name has a word; zcat and the start always")
    parser.add_argument("-m", "--model", default=os.path.join(dumps.ROOT, "model/tiktok-fr.stance"))
    parser.add_argument("--corpus", default=dumps.CORPUS, help="what the peers learn from")
    parser.add_argument("--stance", default=os.path.join(dumps.ROOT, "build", "stance"))
    parser.add_argument("-o", "--output", default=RESULTS, help="default: eval/results/speed.tsv")
    args = parser.parse_args()
    if min(args.n, args.runs, args.starts, args.sample) < 1:
        parser.error("-n, --runs, --starts and --sample start at 1")
    args.texts = args.texts or dumps.default_texts(os.environ.get("STANCE_DATA"))
    args.sample = min(args.sample, args.n)
    return args


def main():
    args = arguments()
    if not os.access(args.stance, os.X_OK):
        say(f"{args.stance}: not built: run make")
        return 5
    if not clock.available():
        say(f"skipped: no {clock.TIME} (Debian: time)")
        return 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            facts, rows = measure(args, folder)
    except (Lost, clock.Failed) as error:
        say(error)
        return 1
    sheet.write(args.output, facts, COLUMNS, rows)
    show(rows)
    return 0
