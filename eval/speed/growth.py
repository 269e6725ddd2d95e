# SPDX-License-Identifier: MIT
"""Measure how time and memory of `stance classify` grow with comments, threads and targets.

Dumps of fresh text (scripts/make-dump -f), NDJSON in gzip, are classified with the shipped model and
with models of other numbers of targets that are trained here for the purpose. Those over --large
comments are for the shipped model alone, and are several gzip members end to end, whose ids begin
anew. The output goes through `wc -l`. What takes under five seconds is run three times: the median.

A run that would take longer than --cap seconds, by the one before it in its series, is not
started, and one that takes longer is ended; the results say so in its row. Prints a row per run,
then per series the slope of time (1: proportional) and the memory of the longest dump over that of
the shortest, and draws both. Exit 1: a dump came out with another number of records; 2: wrong
command line; 5: not built, or no room for the dumps.
"""
import argparse
import os
import shutil
import statistics
import sys
import tempfile

from . import clock, dumps, fit, plot, sheet, targets

COLUMNS = ["model", "jobs", "comments", "records", "runs", "seconds", "comments_per_s", "peak_mb",
           "status"]
RESULTS = os.path.join(dumps.ROOT, "eval", "results")
SHIPPED = "shipped model"
SEED = 1
AGAIN, SHORT = 3, 5  # runs where one takes no longer than SHORT seconds
BYTES = 600  # of a packed record, twice: an upper bound


class Lost(Exception):
    """A dump came out with another number of records."""


def say(words):
    print(f"bench-growth: {words}", file=sys.stderr, flush=True)


class Series:
    """The runs of one model with one number of threads, from the shortest dump to the longest."""

    def __init__(self, name, model, jobs):
        self.name, self.model, self.jobs, self.points = name, model, jobs, []

    def expected(self, n):
        """Seconds for n comments, by the longest dump so far; loading counts as if it grew."""
        return self.points[-1][1] * n / self.points[-1][0] if self.points else 0

    def row(self, n, **found):
        return {**dict.fromkeys(COLUMNS, ""), "model": self.name, "jobs": self.jobs, "comments": n,
                **found}

    def run(self, args, n, dump, folder):
        """The row of one dump."""
        if self.expected(n) > args.cap:
            return self.row(n, status=f"not run: some {self.expected(n):.0f} s, the cap is {args.cap:g}")
        command = [args.stance, "classify", "-q", "-m", self.model, "-j", str(self.jobs),
                   "--output", "tsv", dump]
        try:
            costs = [clock.measure(command, folder, timeout=args.cap, counted=True)]
            while len(costs) < AGAIN and costs[0].seconds < SHORT:
                costs.append(clock.measure(command, folder, timeout=args.cap, counted=True))
        except clock.TooLong:
            self.points.append((n, float(args.cap) * 2, 0))
            return self.row(n, status=f"ended after {args.cap:g} s")
        return self.measured(n, costs)

    def measured(self, n, costs):
        if any(cost.lines - 1 != n for cost in costs):
            raise Lost(f"{self.name}: {costs[0].lines - 1} records out of {n}")
        seconds = statistics.median(cost.seconds for cost in costs)
        peak = max(cost.peak_mb for cost in costs)
        self.points.append((n, seconds, peak))
        return self.row(n, records=n, runs=len(costs), seconds="%.2f" % seconds,
                        comments_per_s="%.0f" % (n / seconds), peak_mb="%.1f" % peak, status="measured")

    def kept(self, which):
        return [(point[0], point[which]) for point in self.points if point[2]]

    def title(self):
        return f"{self.name}, {self.jobs} thread{'s' * (self.jobs != 1)}"


def all_series(args, folder):
    """One per model and number of threads; trains the models."""
    models = {SHIPPED: args.model}
    for n in args.targets:
        say(f"training a model of {n} targets")
        models[f"{n} targets"] = targets.train(args.stance, args.corpus, n, folder)
    return [Series(name, model, jobs) for name, model in models.items() for jobs in args.jobs]


def measure(args, folder):
    """(series, rows), from the shortest dump to the longest; a dump is removed once it is read."""
    series, rows = all_series(args, folder), []
    for n in sorted(args.sizes):
        chosen = [s for s in series if s.name == SHIPPED or n <= args.large]
        dump = os.path.join(folder, f"{n}.ndjson.gz")
        if any(s.expected(n) <= args.cap for s in chosen):
            say(f"making a dump of {n} comments")
            dumps.make_long(dump, args.texts, n, SEED, sheet.cores())
        for one in chosen:
            rows.append(one.run(args, n, dump, folder))
            print("\t".join(str(rows[-1][name]) for name in COLUMNS), flush=True)
        if os.path.exists(dump):
            os.remove(dump)
    return series, rows


def fitted(series):
    """What is found of each series, by its title."""
    found = {}
    for one in series:
        slope = fit.of_time(one.kept(1))
        if slope is not None:
            found[one.title()] = (f"slope of time {slope:.3f}, memory of the longest dump over the "
                                  f"shortest {fit.memory_ratio(one.kept(2)):.2f}")
    return found


def draw(path, series, facts):
    drawn = [one for one in series if one.kept(1)]
    names = list(dict.fromkeys(one.name for one in drawn))
    jobs = sorted({one.jobs for one in drawn})
    panels = [(title, [(one.title(), names.index(one.name), jobs.index(one.jobs), one.kept(which))
                       for one in drawn])
              for title, which in (("seconds by comments", 1), ("peak MB by comments", 2))]
    with open(path, "w", encoding="utf-8") as file:
        file.write(plot.svg(panels, f"stance classify: {facts['machine']}, {facts['date']}"))


def numbers(text):
    found = [int(word) for word in text.split(",")]
    if min(found) < 1:
        raise ValueError
    return found


def arguments():
    parser = argparse.ArgumentParser(prog="eval/bench-growth", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", help="comments, NDJSON; as for eval/bench-speed")
    lists = {"type": numbers, "metavar": "N,..."}
    parser.add_argument("--sizes", default="10000,100000,1000000,10000000", **lists,
                        help="comments of the dumps (default: %(default)s)")
    parser.add_argument("--jobs", default="1,2,4", **lists, help="threads (default: %(default)s)")
    parser.add_argument("--targets", default="2,20,145", **lists,
                        help="of the models that are trained (default: %(default)s)")
    parser.add_argument("--large", type=int, default=1_000_000,
                        help="longest dump for those (default: %(default)s)")
    parser.add_argument("--cap", type=float, default=100, help="seconds of a run (default: %(default)s)")
    parser.add_argument("-m", "--model", default=os.path.join(dumps.ROOT, "model/tiktok-fr.stance"))
    parser.add_argument("--corpus", default=dumps.CORPUS, help="what the models learn from")
    parser.add_argument("--stance", default=os.path.join(dumps.ROOT, "build", "stance"))
    parser.add_argument("-o", "--output", default=RESULTS, metavar="FOLDER",
                        help="of growth.tsv and growth.svg (default: eval/results)")
    args = parser.parse_args()
    args.texts = args.texts or dumps.default_texts(os.environ.get("STANCE_DATA"))
    return args


def ready(args, folder):
    """The exit status that stops the run before it begins, or None."""
    if not os.access(args.stance, os.X_OK):
        say(f"{args.stance}: not built: run make")
        return 5
    if not clock.available():
        say(f"skipped: no {clock.TIME} (Debian: time)")
        return 0
    free, needed = shutil.disk_usage(folder).free, BYTES * max(args.sizes)
    if free < needed:
        say(f"{needed >> 20} MB are needed in the temporary folder, {free >> 20} are free")
        return 5
    return None


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as folder:
        status = ready(args, folder)
        if status is not None:
            return status
        try:
            print("\t".join(COLUMNS))
            series, rows = measure(args, folder)
        except (Lost, clock.Failed) as error:
            say(error)
            return 1
    facts, found = sheet.facts("eval/bench-growth", args.stance), fitted(series)
    sheet.write(os.path.join(args.output, "growth.tsv"), {**facts, **found}, COLUMNS, rows)
    draw(os.path.join(args.output, "growth.svg"), series, facts)
    for title, words in found.items():
        print(f"{title}: {words}")
    return 0
