# SPDX-License-Identifier: MIT
"""Try features outside the program, on the training parts of the benchmarks.

A trial changes one thing of the base, a machine like the program's with one mix of n-grams
(table.py). Rows and folds are the program's. Every row is decided by what was trained on the other
folds; C alone is the one with the lowest log loss on these same folds, for trial and base alike:
figures are good for differences and a little too high by themselves.

Writes DIR/ablation.tsv, where the rows of the trials run are replaced. The base is measured in
every run, because differences are from it.

Exit: 0 done or skipped, 2 wrong command line, 3 bad benchmark file, 5 a program or a file failed.
"""
import argparse
import os
import subprocess
import sys

import numpy as np

from bench import gains, parts, recipe
from bench.main import BENCHMARKS, RESULTS, ROOT, names_of
from bench.program import ProgramError
from . import kernels, machine, score
from .data import Data, Joined, Tools
from .table import TRIALS

HOW = "trial"
BASE = TRIALS[0].name
GRIDS = {"tiktok-fr": (0.5,), "rumoureval2017": (0.5,)}  # large
SEEDS = (1, 2)
ENGLISH = ("semeval2016-a", "rumoureval2017")  # whose texts vectors are learnt from
BUILD = os.path.join(ROOT, "build")


def note(text):
    print(f"trial: {text}", file=sys.stderr, flush=True)


def arguments():
    """The arguments, and the recipes by name."""
    parser = argparse.ArgumentParser(prog="eval/trial", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", metavar="TRIAL",
                        help="trials to run, in this order; none: list them; all: all of them")
    parser.add_argument("--only", metavar="SET,...",
                        help="on these benchmarks (default: where the trial can matter)")
    parser.add_argument("--seeds", metavar="N,...",
                        help="seeds of the folds (default: 1,2, and 1 for large sets)")
    parser.add_argument("--output", metavar="DIR", default=RESULTS,
                        help="where the figures are kept (default: eval/results)")
    parser.add_argument("--build", metavar="DIR", default=BUILD,
                        help="where stance and tools/tokens are (default: build)")
    args = parser.parse_args()
    recipes = recipe.read_all(BENCHMARKS)
    args.only = args.only and names_of(args.only, recipes, "benchmark", parser)
    known = [trial.name for trial in TRIALS]
    names_of(",".join(name for name in args.trials if name != "all"), known, "trial", parser)
    args.trials = known if "all" in args.trials else args.trials
    args.seeds = args.seeds and tuple(map(int, names_of(
        args.seeds, list(map(str, range(1000))), "seed", parser)))
    return args, recipes


class Bench:
    """One data set with its folds, and what trials share on it."""

    def __init__(self, data, seeds, data_of):
        self.data, self.data_of = data, data_of
        self.grid = GRIDS.get(data.name, machine.GRID)
        self.folds = {seed: data.folds(seed) for seed in seeds}
        self.views = {seed: self.views_of(data, folds) for seed, folds in self.folds.items()}
        name = data.part.recipe.metric
        self.metric = name, score.metric_of(name, data.labels)

    @staticmethod
    def views_of(data, folds):
        return [kernels.View(data, folds != fold) for fold in range(folds.max() + 1)]

    def setting_of(self, trial, seed):
        """(data, folds, views) that a trial is trained on."""
        if not trial.joined:
            return self.data, self.folds[seed], self.views[seed]
        data = Joined(self.data, [self.data_of(name) for name in trial.joined])
        folds = np.full(len(data.label), -1)
        folds[:data.n] = self.folds[seed]
        return data, folds, self.views_of(data, folds)

    def margins(self, trial, seed):
        """[C, pair, row of the data set]."""
        data, folds, views = self.setting_of(trial, seed)
        similar = trial.targets(kernels.likeness(data.targets))
        if trial.joined:
            similar = np.where(data.domain[:, None] == data.domain, 1, trial.across) * similar
        found = [machine.held_out_margins(trial, views, folds, similar.astype(np.float32),
                                          self.grid, kernel) for kernel in trial.kernels]
        return np.mean(found, 0)[:, :, :len(self.data.label)]

    def judged(self, chances, folds):
        """{target: figures}, those of several targets beside their mean."""
        data = self.data
        answer = machine.decided(chances, data.label, folds, self.metric[1])
        if not data.part.targets:
            return {"": score.figures(self.metric, data.label, answer, chances)}
        found = {}
        for target in data.part.targets:
            rows = data.target == data.target_ids.index(target)
            found[target] = score.figures(self.metric, data.label[rows], answer[rows],
                                          chances[rows])
        return {"": gains.mean_of(list(found.values())), **found}

    def measure(self, trial, seed):
        """The figures with the C of the lowest log loss."""
        pairs, folds = machine.pairs_of(self.data), self.folds[seed]
        found = [self.judged(machine.probabilities(margins, self.data.label, folds, pairs), folds)
                 for margins in self.margins(trial, seed)]
        return min(found, key=lambda figures: figures[""]["log_loss"])

    def over_seeds(self, trial):
        """{target: figures}, means over the seeds."""
        found = [self.measure(trial, seed) for seed in self.folds]
        return {target: gains.mean_of([f[target] for f in found]) for target in found[0]}

    def rows_of(self, trial, figures, base):
        counted = {target: (self.data.target == i).sum()
                   for i, target in enumerate(self.data.target_ids)}
        return [gains.row(self.data.name, trial.name, target, self.metric[0], figures[target],
                          base[target], self.folds, counted.get(target, len(self.data.label))
                          if target else len(self.data.label), HOW) for target in figures]


def run_on(bench, trials, output):
    """Measures the base, then each trial, and keeps its rows at once."""
    base = bench.over_seeds(TRIALS[0])
    for trial in [TRIALS[0]] + trials:
        figures = base if trial is TRIALS[0] else bench.over_seeds(trial)
        rows = bench.rows_of(trial, figures, base)
        gains.keep(output, rows, [trial.name for trial in TRIALS])
        note("  ".join(map(str, rows[0][:8])))


def listed():
    width = max(len(trial.name) for trial in TRIALS)
    for trial in TRIALS:
        print(f"{trial.name.ljust(width)}  {trial.what} ({', '.join(trial.sets)})")


def run():
    args, recipes = arguments()
    if not args.trials:
        return listed()
    found = {name: parts.part_of(r, ROOT, os.environ.get("STANCE_DATA"))
             for name, r in recipes.items()}
    known = {trial.name: trial for trial in TRIALS}
    tools = Tools(os.path.join(args.build, "stance"), os.path.join(args.build, "tools", "tokens"),
                  os.path.join(args.build, "trials"),
                  {"french": parts.unlabelled(os.environ.get("STANCE_DATA")),
                   "english": [p for name in ENGLISH if found[name] for p in found[name].paths()]})
    for name, part in found.items():
        trials = [known[t] for t in args.trials if t != BASE and name in known[t].sets]
        asked = name in args.only if args.only else trials
        if not asked or not trials and BASE not in args.trials:
            continue
        if part is None:
            note(f"{name}: skipped: its data is absent (STANCE_DATA)")
            continue
        seeds = args.seeds or (SEEDS if len(part.seeds) > 1 else part.seeds)
        bench = Bench(Data(part, tools), seeds, lambda other: Data(found[other], tools))
        run_on(bench, trials, args.output)
    return None


def main():
    try:
        run()
    except recipe.RecipeError as error:
        note(error)
        return 3
    except (ProgramError, OSError, ValueError, subprocess.SubprocessError) as error:
        note(error)
        return 5
    return 0
