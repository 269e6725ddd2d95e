# SPDX-License-Identifier: MIT
"""The program: its commands as the benchmarks run them, its JSON reports as rows of figures."""
import dataclasses
import json
import os
import subprocess

METRICS = ("f_avg", "macro_f1", "accuracy")
NAMES = {"model": "stance"}  # of systems; the others are called as the program calls them


class ProgramError(Exception):
    """A command that failed: one line."""


@dataclasses.dataclass(frozen=True)
class Figure:
    system: str
    target: str  # "": all targets pooled
    metric: str
    value: float
    low: float   # None where the program gives no interval
    high: float
    rows: int
    groups: int
    grouped_by: str


class Program:
    """One executable; folder, where the commands run, is what their files are relative to."""

    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder

    def run(self, *arguments):
        done = subprocess.run([self.path, *arguments], cwd=self.folder, capture_output=True,
                              encoding="utf-8", check=False)
        if done.returncode != 0:
            said = done.stderr.strip().split("\n")[-1]
            raise ProgramError(f"stance {arguments[0]}: exit {done.returncode}: {said}")
        return done.stdout

    def version(self):
        return self.run("--version").split()[1]


def training_options(recipe, seed):
    """As peers, the rule of decision is chosen for the metric of the benchmark."""
    return [f"--seed={seed}"] + ([f"--group={recipe.group}"] if recipe.group else []) \
        + ([f"--targets={recipe.targets}"] if recipe.targets else []) \
        + [f"--unlabelled={file}" for file in recipe.unlabelled] \
        + (["--decide=f-avg"] if recipe.metric == "f_avg" else [])


def resampling(recipe, seed):
    """For a report on predictions: resample what the folds kept whole."""
    return [f"--seed={seed}"] + ([f"--group={recipe.group}"] if recipe.group else [])


def evaluate(program, recipe, seed, predictions, model):
    """Our own report, predictions written as TSV; and the commands, for the record."""
    if recipe.corpus:
        shown = ["eval", "--json", "--cv", str(recipe.folds), *training_options(recipe, seed),
                 *recipe.corpus]
        report = program.run(*shown, "-q", "--predictions", predictions)
        return json.loads(report), "stance " + " ".join(shown)
    train = ["train", *training_options(recipe, seed)]
    judge = ["eval", "--json", *resampling(recipe, seed)]
    program.run(*train, "-q", "-o", model, *recipe.train)
    report = program.run(*judge, "-q", "-m", model, *recipe.test, "--predictions", predictions)
    return json.loads(report), "; ".join(
        " ".join(words) for words in (["stance", *train, "-o MODEL", *recipe.train],
                                      ["stance", *judge, "-m MODEL", *recipe.test]))


def evaluate_predictions(program, recipe, seed, predictions):
    """The report on a peer's predictions, by the same program, metric and intervals."""
    gold = [part for path in recipe.test + recipe.corpus for part in ("--gold", path)]
    return json.loads(program.run("eval", "--json", "-q", *resampling(recipe, seed), "--pred",
                                  predictions, *gold))


def compare(program, recipe, seed, gold, predictions):
    """Metric and pairs; systems are called as the files of their predictions."""
    report = json.loads(program.run("compare", "--json", "-q", *resampling(recipe, seed),
                                    f"--metric={recipe.metric}", gold, *predictions))
    return report["metric"], report["pairs"]


def figures_of_view(report, view):
    for system in view["systems"]:
        for metric in METRICS:
            figure = system["figures"].get(metric)
            if figure and figure.get("value") is not None:
                yield Figure(NAMES.get(system["name"], system["name"]), view["target"] or "",
                             metric, figure["value"], figure.get("low"), figure.get("high"),
                             view["rows"], view["groups"], report["grouped_by"])


def figures(report, per_target):
    """The figures of a report: of all targets pooled, and of each target if per_target."""
    views = [v for v in report["views"] if v.get("field") is None]
    return [figure for view in views if view["target"] is None or per_target
            for figure in figures_of_view(report, view)]
