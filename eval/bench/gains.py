# SPDX-License-Identifier: MIT
"""What features gain: ablation.tsv, rows of the program (ablation.py) and of trials (eval/trials).

One row per way it was measured, data set, setting and target ("": all pooled, or the mean of
those measured). value and difference are in percent and points, the rest as it comes; both
differences are from the first setting of the same run: the defaults, or the trials' base.
"""
import os
import statistics

from .rows import read_tsv, write_tsv

NAME = "ablation.tsv"
HEADER = ["data", "setting", "target", "metric", "value", "difference", "log_loss",
          "log_loss_difference", "brier", "ece", "seeds", "rows", "how"]
PROBABILITIES = ("log_loss", "brier", "ece")


def mean_of(figures):
    """The mean of several {name: value}; None where one has none."""
    found = {}
    for name in figures[0]:
        values = [f[name] for f in figures]
        found[name] = None if None in values else statistics.fmean(values)
    return found


def shown(form, value):
    return "" if value is None else form % value


def less(a, b):
    return None if a is None or b is None else a - b


def row(data, setting, target, metric, figures, base, seeds, rows, how):
    """figures and base: {metric, log_loss, brier, ece: value}, means over the seeds."""
    gain = less(figures[metric], base[metric])
    return [data, setting, target, metric, shown("%.2f", 100 * figures[metric]),
            shown("%+.2f", 100 * gain), shown("%.4f", figures["log_loss"]),
            shown("%+.4f", less(figures["log_loss"], base["log_loss"])),
            shown("%.4f", figures["brier"]), shown("%.4f", figures["ece"]),
            " ".join(map(str, seeds)), rows, how]


def key(record):
    return record[HEADER.index("how")], record[HEADER.index("data")], \
        record[HEADER.index("setting")]


def keep(folder, rows, settings):
    """Puts rows in the place of those of the same measurement; settings gives their order."""
    path = os.path.join(folder, NAME)
    old = read_tsv(path) if os.path.exists(path) else []
    measured = {key(new) for new in rows}
    kept = [[record[column] for column in HEADER] for record in old]
    kept = [record for record in kept if key(record) not in measured] + rows
    place = {name: i for i, name in enumerate(settings)}

    def order(record):
        how, data, setting = key(record)
        return how, data, place.get(setting, len(place))

    os.makedirs(folder, exist_ok=True)
    write_tsv(path + ".part", HEADER, sorted(kept, key=order))
    os.replace(path + ".part", path)
