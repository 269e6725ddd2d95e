# SPDX-License-Identifier: MIT
"""Measure stance beside its peers on every benchmark whose data is there.

Each file of eval/benchmarks is one benchmark (eval/bench/recipe.py says how it is written); the
data of others is read below the folder that STANCE_DATA names. Peers get the same rows and the
same outer folds, are tuned inside the training side, and their predictions are scored by
`stance eval` and held against ours by `stance compare`. What is absent is named and skipped.

Prints one table, means over seeds, in percent: stance with its 95 % interval, peers (* where
`stance compare` finds a difference at 5 % after Holm), the majority per target, what was
published. Keeps the figures in DIR/accuracy.tsv and DIR/comparisons.tsv, where the rows of the
benchmarks measured are replaced and the others stay.

Exit: 0 done or skipped, 2 wrong command line, 3 bad benchmark file, 5 a program or a file failed.
"""
import argparse
import os
import sys
import tempfile

from . import folds, peers, program, recipe, results, rows, table

EVAL = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(EVAL)
RESULTS = os.path.join(EVAL, "results")
BENCHMARKS = os.path.join(EVAL, "benchmarks")
CACHE = os.path.join(ROOT, "build", "bench")
OURS = "stance"


def note(text):
    print(f"bench-accuracy: {text}", file=sys.stderr, flush=True)


def names_of(text, known, what, parser):
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in known:
            parser.error(f"no {what} '{name}' (there are {', '.join(known)})")
    return names


def arguments():
    """The arguments and the recipes they name."""
    parser = argparse.ArgumentParser(prog="eval/bench-accuracy", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--benchmarks", metavar="DIR", default=BENCHMARKS,
                        help="where they are described (default: eval/benchmarks)")
    parser.add_argument("--only", metavar="NAME,...", help="these benchmarks (default: all)")
    parser.add_argument("--peers", metavar="NAME,...", default=",".join(peers.PEERS),
                        help=f"these peers (default: {','.join(peers.PEERS)}; '' for none)")
    parser.add_argument("--output", metavar="DIR",
                        help="where the figures are kept (default: eval/results)")
    parser.add_argument("--quick", action="store_true",
                        help="first seed, peers hardly tuned: a rehearsal, kept only with --output")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(),
                        help="peers measured at the same time (default: one per processor)")
    parser.add_argument("--cache", metavar="DIR", default=CACHE,
                        help="answers of peers, used again (default: build/bench)")
    parser.add_argument("--stance", default=os.path.join(ROOT, "build", "stance"),
                        help="the program (default: build/stance)")
    args = parser.parse_args()
    recipes = recipe.read_all(args.benchmarks)
    args.only = list(recipes) if args.only is None else \
        names_of(args.only, recipes, "benchmark", parser)
    args.peers = names_of(args.peers, peers.PEERS, "peer", parser)
    if args.jobs < 1:
        parser.error("--jobs starts at 1")
    return args, recipes


def folder_of(benchmark):
    """What the files of a benchmark are relative to; None, said, where they are absent."""
    folder = ROOT if benchmark.source == "project" else os.environ.get("STANCE_DATA")
    if not folder:
        note(f"{benchmark.name}: skipped: STANCE_DATA is not set")
        return None
    for file in benchmark.files() + benchmark.unlabelled:
        if not os.path.exists(os.path.join(folder, file)):
            note(f"{benchmark.name}: skipped: {file} is absent")
            return None
    return os.path.abspath(folder)


def present(names):
    """{peer: version} of those that can be run."""
    found = {name: peers.PEERS[name].version() for name in names}
    for name in [name for name in found if found[name] is None]:
        note(f"{name}: skipped: not installed (scripts/setup --bench)")
        del found[name]
    return found


class Run:
    """One benchmark with one seed: its rows of accuracy.tsv and comparisons.tsv."""

    def __init__(self, args, benchmark, folder, seed, versions, work):
        self.args, self.recipe, self.folder = args, benchmark, folder
        self.seed, self.versions, self.work = seed, versions, work
        self.program = program.Program(args.stance, folder)
        self.data = results.checksum(self.paths(benchmark.files()))
        self.accuracy, self.comparisons = [], []

    def paths(self, files):
        return [os.path.join(self.folder, file) for file in files]

    def rows_of(self, files):
        targets = self.recipe.targets
        statements = rows.read_statements(self.paths([targets])[0]) if targets else {}
        return rows.read_rows(self.paths(files), self.recipe.group, statements)

    def file(self, name):
        return os.path.join(self.work, name)

    def say(self, what):
        note(f"{self.recipe.name}, seed {self.seed}: {what}")

    def keep(self, report, systems, version, chosen, command):
        """Keeps the figures of a report; systems renames or, with None, drops."""
        for figure in program.figures(report, self.recipe.per_target):
            name = systems.get(figure.system, figure.system)
            if name:
                row = results.accuracy_row(self.recipe, figure, version, self.data, self.seed,
                                           chosen, command)
                row[results.ACCURACY.index("system")] = name
                self.accuracy.append(row)

    def ours(self):
        """Measures stance; the splits that peers are measured on."""
        self.say("stance")
        report, command = program.evaluate(self.program, self.recipe, self.seed,
                                           self.file(OURS), self.file("model"))
        self.keep(report, {}, self.program.version(), "", command)
        if not self.recipe.corpus:
            return [(self.rows_of(self.recipe.train), self.rows_of(self.recipe.test))]
        return folds.outer_splits(self.rows_of(self.recipe.corpus),
                                  rows.read_tsv(self.file(OURS)))

    def others(self, splits):
        self.say(" and ".join(self.versions))
        answers = peers.run(list(self.versions), splits, self.recipe.metric, self.seed,
                            self.args.quick, self.args.cache, self.args.jobs)
        for name, (test, labels, chosen) in answers.items():
            rows.write_predictions(self.file(name), test, labels)
            report = program.evaluate_predictions(self.program, self.recipe, self.seed,
                                                  self.file(name))
            baselines = {s["name"]: None for s in report["views"][0]["systems"]}
            self.keep(report, {**baselines, "predictions": name}, self.versions[name],
                      results.in_words(chosen),
                      f"eval/bench-accuracy --only {self.recipe.name} --peers {name}"
                      + " --quick" * self.args.quick)

    def compared(self):
        gold = self.file("gold.ndjson")
        with open(gold, "wb") as out:
            for path in self.paths(self.recipe.test + self.recipe.corpus):
                with open(path, "rb") as file:
                    out.write(file.read().rstrip(b"\n") + b"\n")
        files = [self.file(name) for name in (OURS, *self.versions)]
        metric, pairs = program.compare(self.program, self.recipe, self.seed, gold, files)
        for pair in pairs:
            self.comparisons.append(results.comparison_row(
                self.recipe, metric, pair, self.program.version(), self.data, self.seed))

    def run(self):
        splits = self.ours()
        if self.versions:
            self.others(splits)
            self.compared()


def measure(args, benchmark, folder, versions):
    """{file of results: its rows} for one benchmark, over its seeds."""
    found = {name: [] for name in results.FILES}
    for seed in benchmark.seeds[:1 if args.quick else None]:
        with tempfile.TemporaryDirectory() as work:
            run = Run(args, benchmark, folder, seed, versions, work)
            run.run()
        found["accuracy.tsv"] += run.accuracy
        found["comparisons.tsv"] += run.comparisons
    return found


def measure_all(args, recipes, scratch):
    """Keeps each benchmark as soon as it is measured: 0, or 5 where one could not be."""
    versions, status = present(args.peers), 0
    outputs = [scratch, args.output or (None if args.quick else RESULTS)]
    for name in args.only:
        folder = folder_of(recipes[name])
        try:
            found = measure(args, recipes[name], folder, versions) if folder else {}
        except (program.ProgramError, OSError, ValueError) as error:
            note(f"{name}: {error}")
            status, found = 5, {}
        for output in filter(None, outputs if found else []):
            for file, rows_ in found.items():
                results.keep(output, file, rows_, [name])
    return status


def main():
    try:
        args, recipes = arguments()
    except recipe.RecipeError as error:
        note(error)
        return 3
    if not os.access(args.stance, os.X_OK):
        note(f"{args.stance}: not built: run make")
        return 5
    with tempfile.TemporaryDirectory() as scratch:
        status = measure_all(args, recipes, scratch)
        shown = [results.read(scratch, name) for name in results.FILES]
    if shown[0]:
        print("\n".join(table.text_table(recipes, *shown)))
    return status
