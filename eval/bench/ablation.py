# SPDX-License-Identifier: MIT
"""Measure what each feature of the program brings, by taking it away.

On the training part of every benchmark whose data is there (bench/parts.py), by nested
cross-validation: `stance eval --cv` with the defaults, and with one thing taken away or changed.
The metric is the benchmark's. Our corpus is measured by the mean of its two stances.

Writes DIR/ablation.tsv: a run replaces the rows that it measured, and the others stay. The
defaults are measured in every run, because differences are from them.

Exit: 0 done or skipped, 2 wrong command line, 3 bad benchmark file, 5 a program or a file failed.
"""
import argparse
import json
import os
import sys

from . import gains, parts, recipe
from .main import BENCHMARKS, RESULTS, ROOT, names_of
from .program import Program, ProgramError

HOW = "program"
SETTINGS = {  # the first is what the others are held against
    "defaults": [],
    "no-skips": ["--no-skips"],
    "no-openings": ["--no-openings"],
    "chars-from-2": ["--chars", "2,5"],
    "words-1": ["--words", "1"],
    "words-2": ["--words", "2"],
    "share-.2": ["--word-share", "0.2"],
    "share-.4": ["--word-share", "0.4"],
    "probable": ["--decide", "probable"],
    "unweighted": ["--class-weights", "none"],
    "min-count-2": ["--min-count", "2"],
    "unlabelled": ["--unlabelled"],  # its files are filled in
    "whole-threads": ["--whole-threads"],
    "coordinate": ["--solver", "coordinate"],
}
DEFAULTS = next(iter(SETTINGS))


def note(text):
    print(f"ablation: {text}", file=sys.stderr, flush=True)


def label_of(setting):
    """How the table calls a setting: by the options, as they would be given."""
    return " ".join(SETTINGS[setting]) or setting


def arguments():
    """The arguments and the recipes that they name."""
    parser = argparse.ArgumentParser(prog="eval/ablation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="SET,...", help="these benchmarks (default: all)")
    parser.add_argument("--settings", metavar="NAME,...",
                        help="these settings, beside the defaults (default: all: "
                        + ", ".join(list(SETTINGS)[1:]) + ")")
    parser.add_argument("--seeds", metavar="N,...",
                        help="seeds of the folds (default: 1,2,3, and 1 for large sets)")
    parser.add_argument("--output", metavar="DIR", default=RESULTS,
                        help="where the figures are kept (default: eval/results)")
    parser.add_argument("--jobs", type=int, default=0,
                        help="threads of the program (default: one per processor)")
    parser.add_argument("--stance", default=os.path.join(ROOT, "build", "stance"),
                        help="the program (default: build/stance)")
    args = parser.parse_args()
    recipes = recipe.read_all(BENCHMARKS)
    args.only = [name for name, r in recipes.items() if not r.unlabelled] \
        if args.only is None else \
        names_of(args.only, recipes, "benchmark", parser)
    args.settings = list(SETTINGS) if args.settings is None else \
        [DEFAULTS] + [name for name in names_of(args.settings, SETTINGS, "setting", parser)
                      if name != DEFAULTS]
    args.seeds = args.seeds and tuple(map(int, names_of(
        args.seeds, list(map(str, range(1000))), "seed", parser)))
    return args, recipes


def options_of(part, setting, unlabelled):
    """The options of a setting on a data set; None where it has no meaning there."""
    options = list(SETTINGS[setting])
    if setting == "unlabelled":
        if part.recipe.language != "French" or not unlabelled:
            return None
        return [word for file in unlabelled for word in ("--unlabelled", file)]
    if part.recipe.metric == "f_avg" and "--decide" not in options:
        options += ["--decide", "f-avg"]
    return options


def evaluate(program, part, options, seed, jobs):
    """{target: (figures, rows)} of one cross-validation."""
    said = program.run("eval", "--json", "-q", "--resamples=0", f"--jobs={jobs}",
                       *part.options(seed), *options, *part.files)
    found = {}
    for view in json.loads(said)["views"]:
        if view.get("field") is None:
            figures = view["systems"][0]["figures"]
            found[view["target"] or ""] = (
                {name: figures[name]["value"]
                 for name in (part.recipe.metric, *gains.PROBABILITIES)}, view["rows"])
    if part.targets:
        chosen = {target: found[target] for target in part.targets}
        mean = gains.mean_of([figures for figures, _ in chosen.values()])
        return {"": (mean, sum(rows for _, rows in chosen.values())), **chosen}
    return {"": found[""]}


def over_seeds(program, part, options, seeds, jobs):
    """{target: (figures, rows)}, means over the seeds."""
    runs = [evaluate(program, part, options, seed, jobs) for seed in seeds]
    return {target: (gains.mean_of([run[target][0] for run in runs]), runs[0][target][1])
            for target in runs[0]}


def measure(args, program, part, unlabelled):
    """The rows of one data set."""
    seeds, base, found = args.seeds or part.seeds, None, []
    for setting in args.settings:
        options = options_of(part, setting, unlabelled)
        if options is None:
            continue
        measured = over_seeds(program, part, options, seeds, args.jobs)
        base = base or measured
        for target, (figures, rows) in measured.items():
            found.append(gains.row(part.name, label_of(setting), target, part.recipe.metric,
                                   figures, base[target][0], seeds, rows, HOW))
        note("  ".join(map(str, found[-len(measured)][:8])))
    return found


def without_unknown(args, program):
    """Drops, and names, what this build of the program has no option for."""
    known = program.run("eval", "--help")
    for setting in list(args.settings):
        if SETTINGS[setting] and SETTINGS[setting][0] not in known:
            note(f"{setting}: skipped: the program has no {SETTINGS[setting][0]}")
            args.settings.remove(setting)


def run():
    args, recipes = arguments()
    data = os.environ.get("STANCE_DATA")
    without_unknown(args, Program(args.stance, ROOT))
    for name in args.only:
        part = parts.part_of(recipes[name], ROOT, data)
        if part is None:
            note(f"{name}: skipped: its data is absent (STANCE_DATA)")
            continue
        rows = measure(args, Program(args.stance, part.folder), part, parts.unlabelled(data))
        gains.keep(args.output, rows, [label_of(setting) for setting in SETTINGS])


def main():
    try:
        run()
    except recipe.RecipeError as error:
        note(error)
        return 3
    except (ProgramError, OSError, ValueError) as error:
        note(error)
        return 5
    return 0
