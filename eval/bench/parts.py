# SPDX-License-Identifier: MIT
"""Training parts: what settings and features are tried on.

Each is the training side of a benchmark (recipe.py): the files that it trains on, or all that it
cross-validates. What it holds out is left alone, but for the dev part of our own corpus, which
has a test part besides.
"""
import dataclasses
import os

FOLDS = {"cofe-fr": 10}                          # of 174 rows, a model needs all it can get
SEEDS = {"rumoureval2017": (1,), "tiktok-fr": (1,)}  # large: one
OTHERS = (1, 2, 3)
DEV = ("corpus/gold/dev.ndjson",)
JUDGED = {"tiktok-fr": ("ban", "spying")}        # topic, the third, is another question


@dataclasses.dataclass(frozen=True)
class Part:
    recipe: object
    folder: str    # what the files are relative to
    files: tuple
    folds: int
    seeds: tuple
    targets: tuple  # measured one by one, and their mean; (): all pooled

    @property
    def name(self):
        return self.recipe.name

    def paths(self):
        return [os.path.join(self.folder, file) for file in self.files]

    def options(self, seed):
        """Options of `stance eval` for these folds."""
        recipe = self.recipe
        return ["--cv", str(self.folds), f"--seed={seed}"] \
            + ([f"--group={recipe.group}"] if recipe.group else []) \
            + ([f"--targets={recipe.targets}"] if recipe.targets else [])


def files_of(recipe):
    return recipe.corpus or recipe.train + tuple(file for file in recipe.test if file in DEV)


def part_of(recipe, root, data):
    """The training part of a benchmark; None where its files are absent, or it is that of another
    one, with unlabelled texts beside."""
    if recipe.unlabelled:
        return None
    folder = root if recipe.source == "project" else data
    files = files_of(recipe)
    if not folder or not all(os.path.exists(os.path.join(folder, file)) for file in files):
        return None
    return Part(recipe, os.path.abspath(folder), files, FOLDS.get(recipe.name, 5),
                SEEDS.get(recipe.name, OTHERS), JUDGED.get(recipe.name, ()))


def unlabelled(data):
    """The files of texts without labels: French."""
    folder = os.path.join(data or "", "unlabelled")
    if not data or not os.path.isdir(folder):
        return []
    return sorted(os.path.abspath(os.path.join(folder, name)) for name in os.listdir(folder)
                  if name.endswith(".jsonl"))
