# SPDX-License-Identifier: MIT
"""A recipe: what a benchmark is measured on and how, from a file of eval/benchmarks.

The form is one `key: value` a line; empty lines and lines that start with # are passed over. The
name of the file is the name of the benchmark. Keys, each at most once but published and note:

    title      what it is, for tables (required)
    language   of the comments (required)
    from       STANCE_DATA (the default) or project: what the files are relative to
    train      files to train on, separated by spaces, with
    test       files to score; or, instead of both,
    corpus     files to cross-validate, with
    folds      how many outer folds
    group      field whose values folds keep whole; absent: thread, else author, else comment
    targets    definitions of the targets (NDJSON), relative as the files are
    unlabelled texts without labels that stance learns vectors of words from, and its peers do not
    seeds      seeds of the folds, separated by spaces (default 1)
    metric     macro_f1 or f_avg: what peers are tuned for and tables show (required)
    aim        the figure, in percent, that was aimed at before any was measured
    per_target yes: keep and show figures per target too
    published  SYSTEM VALUE; what it was measured on; source (any number of lines)
    note       what a reader of the figures should know (any number of lines)
"""
import dataclasses
import os
import re

METRICS = ("macro_f1", "f_avg")
LISTS = ("train", "test", "corpus", "unlabelled", "seeds")
REPEATED = ("published", "note")
PUBLISHED = re.compile(r"(?P<system>.+) (?P<value>\d+\.\d+); (?P<on>[^;]+); (?P<source>[^;]+)")


class RecipeError(Exception):
    """What is wrong, and where: one line."""


@dataclasses.dataclass(frozen=True)
class Published:
    system: str
    value: str  # in percent, as published
    on: str
    source: str


@dataclasses.dataclass(frozen=True)
class Recipe:
    name: str
    title: str = ""
    language: str = ""
    source: str = "STANCE_DATA"
    train: tuple = ()
    test: tuple = ()
    corpus: tuple = ()
    folds: int = 0
    group: str = ""
    targets: str = ""
    unlabelled: tuple = ()
    seeds: tuple = (1,)
    metric: str = ""
    aim: float = None
    per_target: bool = False
    published: tuple = ()
    note: tuple = ()

    def files(self):
        """The files of comments, in the order in which they are summed and read."""
        return self.train + self.test + self.corpus


def published(value, where):
    match = PUBLISHED.fullmatch(value)
    if not match:
        raise RecipeError(f"{where}: expected 'SYSTEM VALUE; measured on; source'")
    return Published(**{name: text.strip() for name, text in match.groupdict().items()})


def number(value, least, where):
    if not re.fullmatch(r"[0-9]+", value) or int(value) < least:
        raise RecipeError(f"{where}: '{value}': expected a whole number from {least}")
    return int(value)


def convert(key, value, where):
    """The value of a key as a field of Recipe."""
    if key == "published":
        return published(value, where)
    if key == "folds":
        return number(value, 2, where)
    if key == "aim":
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
            raise RecipeError(f"{where}: '{value}': expected a figure in percent")
        return float(value)
    if key == "seeds":
        return tuple(number(v, 0, where) for v in value.split())
    if key in LISTS:
        return tuple(value.split())
    choices = {"from": ("STANCE_DATA", "project"), "metric": METRICS, "per_target": ("yes", "no")}
    if key in choices and value not in choices[key]:
        raise RecipeError(f"{where}: '{value}': expected {' or '.join(choices[key])}")
    return value == "yes" if key == "per_target" else value


def check(recipe, path):
    """Fails where keys are missing or contradict each other."""
    for key in ("title", "language", "metric"):
        if not getattr(recipe, key):
            raise RecipeError(f"{path}: no {key}")
    held_out = bool(recipe.train and recipe.test)
    if held_out == bool(recipe.corpus) or bool(recipe.train) != bool(recipe.test):
        raise RecipeError(f"{path}: expected train and test, or corpus and folds")
    if bool(recipe.corpus) != bool(recipe.folds):
        raise RecipeError(f"{path}: corpus and folds go together")


def parse(text, path):
    """The recipe that text holds; path names it in messages and gives it its name."""
    keys = {f.name for f in dataclasses.fields(Recipe)} - {"name", "source"} | {"from"}
    fields = {}
    for number_, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        where, value = f"{path}:{number_}", value.strip()
        if not colon or key not in keys or not value:
            raise RecipeError(f"{where}: expected 'key: value', with a key of eval/bench/recipe.py")
        field = "source" if key == "from" else key
        if key in REPEATED:
            fields[field] = fields.get(field, ()) + (convert(key, value, where),)
        elif field in fields:
            raise RecipeError(f"{where}: {key} is there twice")
        else:
            fields[field] = convert(key, value, where)
    recipe = Recipe(name=os.path.basename(path), **fields)
    check(recipe, path)
    return recipe


def read_all(folder):
    """Every recipe of the folder, by name."""
    recipes = {}
    for name in sorted(os.listdir(folder)):
        if not name.startswith(".") and not name.endswith("~"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                recipes[name] = parse(file.read(), path)
    return recipes
