# SPDX-License-Identifier: MIT
"""Tables from kept results: plain text for a terminal, Markdown for the README."""
import os
import statistics

SYSTEMS = ("stance", "fasttext", "scikit-learn", "majority per target")
CELLS = {"fasttext": "fastText", "scikit-learn": "scikit-learn", "stance": "stance",
         "majority per target": "majority"}
METRICS = {"f_avg": "F_avg", "macro_f1": "macro-F1"}
NOTHING = "–"
ALPHA = 0.05
BEGIN, END = "<!-- results:begin -->\n", "<!-- results:end -->\n"


def mean(records, column):
    """The mean over seeds, or None where one was not measured."""
    values = [record[column] for record in records]
    return statistics.fmean(map(float, values)) if values and all(values) else None


def select(accuracy, recipe, system, target=""):
    return [r for r in accuracy if (r["benchmark"], r["system"], r["target"], r["metric"])
            == (recipe.name, system, target, recipe.metric)]


def figure(records, interval=False):
    """A value of all seeds, with its interval where wanted and measured."""
    value, low, high = (mean(records, column) for column in ("value", "low", "high"))
    if value is None:
        return NOTHING
    shown = "%.1f" % value
    return shown + " [%.1f, %.1f]" % (low, high) if interval and low is not None else shown


def differs(comparisons, recipe, system):
    """Whether system and stance differ, at 5 % after Holm, with every seed."""
    found = [c for c in comparisons if c["benchmark"] == recipe.name
             and {c["a"], c["b"]} == {"stance", system}]
    return bool(found) and all(float(c["p_holm"]) < ALPHA for c in found)


def cell(accuracy, comparisons, recipe, system, target=""):
    text = figure(select(accuracy, recipe, system, target), interval=system == "stance")
    return text + " *" if not target and differs(comparisons, recipe, system) else text


def data_of(recipe):
    """How a benchmark is measured, in a few words."""
    if recipe.corpus:
        text = f"{recipe.title}, {recipe.language}, {recipe.folds} folds"
        text += f" by {recipe.group}" if recipe.group else ""
        return text + (f", mean of {len(recipe.seeds)} seeds" if len(recipe.seeds) > 1 else "")
    parts = [os.path.splitext(os.path.basename(path))[0] for path in recipe.train + recipe.test]
    return f"{recipe.title}, {recipe.language}, {' → '.join(parts)}"


def published(recipe):
    return ", ".join(f"{p.system} {p.value}" for p in recipe.published) or NOTHING


def aim(recipe, accuracy):
    """What was aimed at, and whether the mean over seeds, rounded as kept, got there."""
    if recipe.aim is None:
        return NOTHING
    value = round(mean(select(accuracy, recipe, "stance"), "value"), 2)
    return "%.1f, %s" % (recipe.aim, "reached" if value >= recipe.aim else "missed")


def measured(recipes, accuracy):
    return [r for r in recipes.values() if select(accuracy, r, "stance")]


def main_rows(recipes, accuracy, comparisons):
    for recipe in measured(recipes, accuracy):
        yield [data_of(recipe), METRICS[recipe.metric]] + \
            [cell(accuracy, comparisons, recipe, system) for system in SYSTEMS] + \
            [aim(recipe, accuracy), published(recipe)]


def target_rows(recipe, accuracy):
    targets = dict.fromkeys(r["target"] for r in accuracy if r["benchmark"] == recipe.name)
    systems = (*SYSTEMS[:-1], "target-blind", SYSTEMS[-1])
    for target in filter(None, targets):
        yield [f"`{target}`"] + [cell(accuracy, [], recipe, system, target) for system in systems]


HEADER = ["data", "metric", *(CELLS[s] for s in SYSTEMS), "aim", "published"]
TARGET_HEADER = ["target", *(CELLS[s] for s in SYSTEMS[:-1]), "target-blind", "majority"]


def plain(header, rows):
    rows = [header, *rows]
    width = [max(len(row[i]) for row in rows) for i in range(len(header))]
    return ["  ".join(text.ljust(w) for text, w in zip(row, width)).rstrip() for row in rows]


def markdown(header, rows):
    marked = [f"`{text}`" if text == "stance" else text for text in header]
    return ["| " + " | ".join(row) + " |" for row in [marked, ["---"] * len(header), *rows]]


def text_table(recipes, accuracy, comparisons):
    """The table of a run, as lines."""
    return plain(HEADER, main_rows(recipes, accuracy, comparisons))


def readme_tables(recipes, accuracy, comparisons):
    """What stands between the marks of the README, as lines."""
    lines = markdown(HEADER, main_rows(recipes, accuracy, comparisons))
    for recipe in measured(recipes, accuracy):
        if recipe.per_target:
            lines += ["", f"{data_of(recipe)}, {METRICS[recipe.metric]} per target:", ""]
            lines += markdown(TARGET_HEADER, target_rows(recipe, accuracy))
    return lines


def filled(text, lines, marks=(BEGIN, END)):
    """text with lines between the marks."""
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise ValueError(f"README.md: no marks {marks[0].strip()}")
    return before + begin + "".join(line + "\n" for line in lines) + end + after
