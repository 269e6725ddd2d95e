#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computes again the shares of `stance prevalence`, from the rows that it wrote, by the formulas.

    stance prevalence -m MODEL --audit AUDIT --rows ROWS --json DUMP > SHARES
    eval/recompute.py ROWS SHARES

Prints a table, and the largest difference from SHARES. Exit 1: one of share, standard error, ends of the
interval, degrees of freedom, lambda, the same by labels alone, difference of two groups or a count differs by
more than 1e-9 (of what is above 1: relative). Needs NumPy.

What is computed is told in src/prevalence/estimate.h; here it is written with arrays over labelled rows.
"""
import json
import math
import os
import re
import sys

try:
    import numpy as np
except ImportError:
    system = "/usr/bin/python3"
    if os.path.exists(system) and "STANCE_PYTHON" not in os.environ:
        os.environ["STANCE_PYTHON"] = system  # once is enough
        os.execv(system, [system] + sys.argv)
    sys.exit("recompute: NumPy is not installed")

TOLERANCE = 1e-9
UNSEEN = 0.5  # rows in error that a sample may have missed
LEAST_DF = 4
ROUNDING = 1e-24  # squares below this part: errors that are all in common


# ---- Student's t ----


def beta_fraction(x, a, b):
    """The continued fraction of the incomplete beta (Abramowitz and Stegun 26.5.8), by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10000):
        before = h
        for part in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 + part * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + part / c
            c = c if abs(c) > tiny else tiny
            h *= c * d
        if h == before:
            break
    return h


def incomplete_beta(x, y, a, b):
    """I_x(a, b), y being 1 - x without what is lost in subtracting."""
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x < (a + 1) / (a + b + 2):
        return front * beta_fraction(x, a, b) / a
    return 1 - front * beta_fraction(y, b, a) / b


def t_upper(t, df):
    """P(T > t), t above 0."""
    return incomplete_beta(df / (df + t * t), t * t / (df + t * t), df / 2, 0.5) / 2


def t_quantile(p, df):
    """Of p above one half, by bisection: the quantile of SciPy 1.10 is off by up to 3e-9 where df is no integer."""
    low, high = 0.0, 1.0
    while t_upper(high, df) > 1 - p:
        low, high = high, 2 * high
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        low, high = (middle, high) if t_upper(middle, df) > 1 - p else (low, middle)


# ---- the file of rows ----


def unescape(cell):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), cell)


def read_rows(path):
    """{kind: [line]}, a line being {column: text}, in the order of the file."""
    kinds = {}
    with open(path, encoding="utf-8", newline="\n") as f:
        columns = [unescape(c) for c in f.readline().rstrip("\n").split("\t")]
        for line in f:
            cells = dict(zip(columns, map(unescape, line.rstrip("\n").split("\t"))))
            kinds.setdefault(cells["kind"], []).append(cells)
    return kinds


def numbers(lines, column):
    return np.array([float(line[column]) for line in lines])


class Target:
    """What the file has of one target: settings, strata in order, lines by group."""

    def __init__(self, kinds, name):
        self.setting = {line["id"]: line["label"] for line in kinds["setting"]}
        self.lines = {kind: [line for line in kinds.get(kind, []) if line["target"] == name]
                      for kind in ("stratum", "total", "cluster", "audit")}
        self.strata = {line["stratum"]: i for i, line in enumerate(self.lines["stratum"])}
        self.units = {}
        for line in self.lines["audit"]:
            self.units.setdefault(line["unit"], len(self.units))

    def audit(self, group):
        return [line for line in self.lines["audit"] if line["group"] == group]

    def totals(self, group, label):
        return [line for line in self.lines["total"] if (line["group"], line["label"]) == (group, label)]

    def pooled(self, group, label):
        return any(line["sample_prob"] for line in self.totals(group, label))

    def weight_difference(self):
        """Of rows drawn one by one from what their weights must be, N_h/m_h as often as they repeat."""
        if self.setting["unit"] != "comments" or not self.lines["audit"]:
            return 0.0
        one = numbers(self.lines["stratum"], "n") / np.maximum(numbers(self.lines["stratum"], "v"), 1e-300)
        at = [self.strata[line["stratum"]] for line in self.lines["audit"]]
        wanted = one[at] * numbers(self.lines["audit"], "repeats")
        return float(np.max(np.abs(numbers(self.lines["audit"], "weight") / wanted - 1)))


# ---- strata that have units enough ----


def together(units, fraction, more, f):
    """The part that is labelled of two strata: their units by all the units these are of."""
    if units == 0:
        return f
    if f <= 0 or fraction <= 0:
        return 0.0
    return (units + more) / (units / fraction + more / f)


def cells_of(stratum, unit, v, fraction):
    """Of each stratum that the dump has something of (v above 0) the cell it falls in, -1 for others, and each
    cell's number of units and part labelled. A cell is closed with two units or where it is labelled whole."""
    of, count, part, is_open = np.full(len(v), -1), [], [], False
    for h in np.flatnonzero(v > 0):
        if not is_open:
            count.append(0)
            part.append(0.0)
            seen = set()
        of[h] = len(count) - 1
        new = set(unit[stratum == h].tolist()) - seen
        seen |= new
        part[-1] = together(count[-1], part[-1], len(new), fraction[h])
        count[-1] += len(new)
        is_open = not (count[-1] >= 2 or count[-1] > 0 and part[-1] >= 1)
    if is_open and len(count) > 1:
        last, f = count.pop(), part.pop()
        of[of == len(count)] -= 1
        part[-1] = together(count[-1], part[-1], last, f)
        count[-1] += last
    return of, np.array(count, dtype=float), np.array(part)


def linked(cell, unit):
    """Cells, those that share a unit counted as one."""
    parent = list(range(int(cell.max()) + 1))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for u in np.unique(unit):
        mine = [root(int(c)) for c in np.unique(cell[unit == u])]
        for other in mine[1:]:
            parent[root(other)] = root(mine[0])
    return sum(parent[i] == i for i in range(len(parent)))


# ---- one share ----


class Share:
    """The labelled rows of a group (all, where its error is pooled) and the sums over the dump, for one label."""

    def __init__(self, target, group, label):
        self.target, self.among = target, target.setting["among"]
        self.level = float(target.setting["level"])
        self.pooled = target.pooled(group, label)
        source = "all" if self.pooled else group
        self.lines = target.audit(source)
        self.read_dump(source, group, label)
        if self.lines:
            self.read_labels(label)
            self.read_design()

    def read_dump(self, source, group, label):
        totals = self.target.totals(source, label)
        self.sums = np.zeros((3, len(self.target.strata)))  # V, FY, FZ by stratum
        for line in totals:
            self.sums[:, self.target.strata[line["stratum"]]] = [float(line[c]) for c in ("v", "fy", "fz")]
        told = self.target.totals(group, label)
        self.v, self.fy_dump, self.fz_dump = (math.fsum(numbers(told, c)) for c in ("v", "fy", "fz"))
        self.clusters = [line for line in self.target.lines["cluster"]
                         if (line["group"], line["label"]) == (source, label)]

    def read_labels(self, label):
        gold = np.array([line["label"] for line in self.lines])
        p = numbers(self.lines, "p:" + label)
        self.y, self.z = (gold == label).astype(float), np.ones(len(gold))
        self.fy, self.fz = p, np.ones(len(gold))
        if self.among == "on-topic":
            on = numbers(self.lines, "p_on")
            self.z = np.array([line["topic"] == "on" for line in self.lines], dtype=float)
            self.y, self.fy, self.fz = self.y * self.z, p * on, on
        elif self.among == "taking-sides":
            none = self.target.setting["none"]
            self.z, self.fz = (gold != none).astype(float), 1 - numbers(self.lines, "p:" + none)

    def read_design(self):
        stratum = np.array([self.target.strata[line["stratum"]] for line in self.lines])
        self.unit = np.array([self.target.units[line["unit"]] for line in self.lines])
        self.n_units = len(np.unique(self.unit))
        of, m, f = cells_of(stratum, self.unit, self.sums[0], numbers(self.target.lines["stratum"], "weight"))
        self.cell = of[stratum]
        self.n_linked = linked(self.cell, self.unit)
        v = np.bincount(of[of >= 0], self.sums[0][of >= 0], minlength=len(m))
        self.part_told = self.v / math.fsum(v)
        wv = numbers(self.lines, "weight") * numbers(self.lines, "v")
        self.held = np.bincount(self.cell, wv, minlength=len(m))
        self.wv = wv
        self.stands_for = self.part_told * (v / np.where(self.held > 0, self.held, 1))[self.cell] * wv
        pairs, pair = np.unique(np.stack([self.unit, self.cell]), axis=1, return_inverse=True)
        of_pair = np.bincount(pair.ravel(), wv / self.held[self.cell], minlength=pairs.shape[1])
        left = 1 - of_pair[pair.ravel()]
        self.open = np.where(f < 1, 1 - f, 0.0)[self.cell]
        factor = np.sqrt(self.open * ((m - 1) / np.maximum(m, 1))[self.cell])
        self.scale = np.where(left > 0, factor / np.where(left > 0, left, 1), 0) * self.stands_for

    def centred(self, x):
        return x - (np.bincount(self.cell, self.wv * x, minlength=len(self.held)) / np.where(
            self.held > 0, self.held, 1))[self.cell]

    def by_unit(self, x):
        return np.bincount(self.unit, x, minlength=len(self.target.units))

    def totals_at(self, lam):
        return (lam * self.fy_dump + np.sum(self.stands_for * (self.y - lam * self.fy)),
                lam * self.fz_dump + np.sum(self.stands_for * (self.z - lam * self.fz)))

    def ratio(self, lam):
        y, z = self.totals_at(lam)
        return float(y / z) if z > 0 else math.nan

    def errors(self, r):
        """Of each unit what its labels add to the error, and its guesses."""
        return (self.by_unit(self.scale * self.centred(self.y - r * self.z)),
                self.by_unit(self.scale * self.centred(self.fy - r * self.fz)))

    def of_threads(self, r):
        """Σ over the dump's threads of (Y - R·Z - q·V)², as a sample of more of their kind, over λ²."""
        if not self.clusters or not float(self.clusters[0]["n"]) > 1:
            return 0.0
        vv, vy, vz, yy, yz, zz = (float(self.clusters[0][c])
                                  for c in ("sample_prob", "repeats", "weight", "v", "fy", "fz"))
        n = float(self.clusters[0]["n"])
        x = np.array([1.0, -r, -(self.fy_dump - r * self.fz_dump) / self.v])
        return max(float(x @ np.array([[yy, yz, vy], [yz, zz, vz], [vy, vz, vv]]) @ x), 0.0) * n / (n - 1)

    def tuned(self):
        """λ with the least variance for the R of the λ before it: three rounds, from 0."""
        lam = 0.0
        for _ in range(3):
            r = self.ratio(lam)
            if math.isnan(r):
                return 0.0
            a, b = self.errors(r)
            below = float(b @ b) + self.of_threads(r)
            lam = min(max(float(a @ b) / below, 0.0), 1.0) if below > 0 else 0.0
        return lam

    def df(self, errors):
        size = self.by_unit(self.stands_for) ** 1.5
        df = size.sum() ** 2 / (size @ size) * (1 - self.n_linked / self.n_units)
        fourth = float(np.sum(errors ** 4))
        if fourth > 0:
            df = min(df, max(3 * float(errors @ errors) ** 2 / fourth - 1, LEAST_DF))
        return max(df, 1.0) if df > 0 else 0.0

    def unanimous(self, share, x):
        """Clopper and Pearson 1934 where all are yes or all no."""
        squares, rows = float(np.sum(self.open * x * x)), len(x)
        n = x.sum() ** 2 / squares if squares > 0 else math.inf
        if squares > 0 and self.n_units < rows:
            n = min(n, self.n_units)
        tail = ((1 - self.level) / 2) ** (1 / n)
        return (0.0, 1 - tail) if share < 0.5 else (tail, 1.0)

    def interval(self, share, variance, reference, df):
        t = t_quantile((1 + self.level) / 2, df)
        if self.pooled:
            half = t * math.sqrt(variance)
            return clip(share - half), clip(share + half)
        p = clip(share)
        if not variance > 0:
            return p, p
        n = reference * (1 - reference) / variance
        middle = (p + t * t / (2 * n)) / (1 + t * t / n)
        half = t / (1 + t * t / n) * math.sqrt(p * (1 - p) / n + t * t / (4 * n * n))
        return clip(middle - half), clip(middle + half)

    def at(self, lam, reference):
        """Everything for one λ; reference: the share by the labels alone."""
        r, z = self.ratio(lam), self.totals_at(lam)[1]
        if math.isnan(r):
            return None
        a, b = self.errors(r)
        parts, extra = (a - lam * b) / z, lam ** 2 * self.of_threads(r) / z ** 2
        variance, df = float(parts @ parts) + extra, self.df(a - lam * b)
        reference = r if math.isnan(reference) else reference
        x, ends = self.stands_for / z, (math.nan, math.nan)
        if not 0 < reference < 1:
            ends = self.unanimous(r, x)
        else:
            binomial = reference * (1 - reference) * np.sum(self.open * x * x)
            if variance < binomial:
                unseen = UNSEEN * np.sum(self.open * x ** 3) / x.sum() * (1 - variance / binomial)
                variance, extra = variance + unseen, extra + unseen
            if df > 0:
                ends = self.interval(r, variance, reference, df)
        return {"share": r, "se": math.sqrt(variance), "low": ends[0], "high": ends[1], "df": df, "lambda": lam,
                "parts": parts, "extra": float(extra)}

    def compute(self):
        """What is told of the share; None where it is undefined."""
        if not self.lines:
            return None
        inside = self.z > 0  # labelled, and in the denominator
        counts = {"n_labelled": int(np.sum(inside)), "n_units": len(np.unique(self.unit[inside])), "n_yes": int(np.sum(self.y > 0))}
        if self.pooled:
            told = self.at(1.0, self.ratio(0.0))
            return told and {**told, "share": clip(told["share"]), **counts}
        told = alone = self.at(0.0, math.nan)
        if alone is None:
            return None
        lam = self.tuned()
        if lam != 0:
            best = self.at(lam, alone["share"])
            if best and best["high"] - best["low"] < alone["high"] - alone["low"]:
                told = best
        return {**told, "alone": alone["share"], "alone_low": alone["low"], "alone_high": alone["high"], **counts}


def clip(x):
    return min(max(x, 0.0), 1.0)


# ---- two groups ----


def difference(a, b, level):
    """b less a; ends by Zou and Donner 2008, degrees of freedom by Welch and Satterthwaite."""
    if not a["df"] > 0 or not b["df"] > 0 or math.isnan(a["low"] + b["low"]):
        return dict.fromkeys(OF_TWO[1:], math.nan) | {"difference": b["share"] - a["share"]}
    d = b["parts"] - a["parts"]
    aa, bb, dd = (float(x @ x) for x in (a["parts"], b["parts"], d))
    fourth, least = float(np.sum(d ** 4)), min(a["df"], b["df"])
    if dd < ROUNDING * (aa + bb):
        dd = fourth = 0.0
    below = aa ** 2 / a["df"] + bb ** 2 / b["df"]
    welch = (aa + bb) ** 2 / below if below > 0 else least
    df = max(least, min(welch, max(3 * dd ** 2 / fourth - 1, LEAST_DF) if fourth > 0 else LEAST_DF))
    both = a["se"] * b["se"]
    r = float(a["parts"] @ b["parts"]) / both if both > 0 else 0.0

    def reach(x, y):
        return math.sqrt(max(x * x + y * y - 2 * r * x * y, 0.0))

    value = b["share"] - a["share"]
    down = reach(a["high"] - a["share"], b["share"] - b["low"])
    up = reach(a["share"] - a["low"], b["high"] - b["share"])
    facing = down if value > 0 else up
    t = abs(value) / facing * t_quantile((1 + level) / 2, df) if facing > 0 else math.inf
    p = 1.0 if value == 0 else 0.0 if facing == 0 else 2 * t_upper(t, df)
    return {"difference": value, "se": math.sqrt(dd + a["extra"] + b["extra"]), "low": max(value - down, -1.0),
            "high": min(value + up, 1.0), "p": p}


# ---- against what the program told ----

FIGURES = ("share", "se", "low", "high", "df", "lambda", "alone", "alone_low", "alone_high")
COUNTS = ("n_labelled", "n_units", "n_yes")
OF_TWO = ("difference", "se", "low", "high", "p")


def apart(told, own):
    """How far two figures are apart; None is no number."""
    own = None if own is None or not math.isfinite(own) else own
    if told is None or own is None:
        return 0.0 if told is own else math.inf
    return abs(told - own) / max(1.0, abs(told))


def largest(told, own, names):
    return max(apart(told[name], (own or {}).get(name)) for name in names)


def text(x):
    return "-" if x is None or not math.isfinite(x) else f"{x:.6f}"


class Check:
    def __init__(self):
        self.worst, self.n, self.n_refused, self.n_two = 0.0, 0, 0, 0

    def line(self, names, own, columns, far):
        self.worst = max(self.worst, far)
        print("\t".join([*names, *(text((own or {}).get(c)) for c in columns), f"{far:.1e}"]))

    def shares(self, target, told):
        own = {}
        for group in told["groups"]:
            for share in group["labels"]:
                if share["refused"] not in (None, "nothing is labelled"):
                    self.n_refused += 1
                    continue
                key = group["group"], share["label"]
                own[key] = Share(target, *key).compute()
                far = largest(share, own[key], FIGURES + (COUNTS if own[key] else ()))
                self.line([told["target"], *key], own[key], FIGURES[:6], far)
                self.n += 1
        return own

    def differences(self, target, told, own, level):
        for d in told:
            if d["target"] == target:
                x = difference(own[d["a"], d["label"]], own[d["b"], d["label"]], level)
                self.line([target, f"{d['b']} - {d['a']}", d["label"]],
                          {**x, "share": x["difference"], "df": None, "lambda": None}, FIGURES[:6],
                          largest(d, x, OF_TWO))
                self.n_two += 1


def main(arguments):
    if len(arguments) != 2:
        sys.exit("usage: eval/recompute.py ROWS SHARES")
    kinds = read_rows(arguments[0])
    with open(arguments[1], encoding="utf-8") as f:
        told = json.load(f)
    check = Check()
    print("\t".join(["target", "group", "label", *FIGURES[:6], "apart"]))
    for one in told["targets"]:
        target = Target(kinds, one["target"])
        own = check.shares(target, one)
        check.differences(one["target"], told["differences"], own, told["level"])
        check.worst = max(check.worst, target.weight_difference())
    print(f"{check.n} shares and {check.n_two} differences computed, {check.n_refused} refused by the program; "
          f"largest difference {check.worst:.1e}, tolerance {TOLERANCE:.0e}")
    return 0 if check.n > 0 and check.worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
