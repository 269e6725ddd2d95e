#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Worked examples of the estimates of shares, by the formulas of the papers and NumPy.

    tests/numpy/prevalence.py           hold tests/data/prevalence.tsv against what this computes now
    tests/numpy/prevalence.py --update  write it; tests/unit/test_estimate.c and test_quantify.c read it

Every formula is written out as the paper has it, on arrays that the paper would have: nothing here is
a copy of how src/prevalence does it. Prints a line "ok", "not ok" or "skip".
"""
import os
import sys
from statistics import NormalDist

try:
    import numpy as np
except ImportError:
    system = "/usr/bin/python3"
    if os.path.exists(system) and "STANCE_PYTHON" not in os.environ:
        os.environ["STANCE_PYTHON"] = system  # once is enough
        os.execv(system, [system] + sys.argv)
    print("skip worked examples of shares: python3-numpy is not installed")
    sys.exit(0)

STORED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "prevalence.tsv")
Z95 = NormalDist().inv_cdf(0.975)


def num(x):
    return repr(float(x))


class Example:
    """A design, rows and totals, and what is expected of it."""

    def __init__(self, name, form="textbook", lam=0.0, beyond=0):
        self.lines = [["example", name], ["setting", form, num(lam), str(beyond)]]

    def stratum(self, v, fy=0.0, fz=None, fraction=0.0):
        self.lines.append(["stratum", num(v), num(fy), num(v if fz is None else fz), num(fraction)])

    def row(self, stratum, unit, weight, y, z=1.0, fy=0.0, fz=1.0, v=1.0):
        self.lines.append(["row", str(stratum), str(unit)] + [num(x) for x in (weight, v, y, z, fy, fz)])

    def clusters(self, n, vv, vy, vz, yy, yz, zz):
        self.lines.append(["clusters"] + [num(x) for x in (n, vv, vy, vz, yy, yz, zz)])

    def figure(self, name, value):
        self.lines.append(["figure", name, num(value)])
        return self


def angelopoulos(rng):
    """Angelopoulos, Bates, Fannjiang, Jordan, Zrnic 2023, Science 382:669; Algorithm 1 of the supplement:
    theta = mean(f~) - mean(f - Y), se^2 = var(f~)/N + var(f - Y)/n, variances with n below, normal quantile."""
    n, N = 23, 140
    y = (rng.random(n) < 0.3).astype(float)
    f = np.clip(0.6 * y + 0.4 * rng.random(n), 0, 1)
    rest = rng.random(N)
    theta = rest.mean() - (f - y).mean()
    se = np.sqrt(np.var(rest) / N + np.var(f - y) / n)
    yield ppi(n, N, y, f, rest, 1.0, "Angelopoulos et al. 2023: a mean").figure("value", theta).figure("se", se).figure(
        "low", max(0, theta - Z95 * se)
    ).figure("high", theta + Z95 * se)
    # Angelopoulos, Duchi, Zrnic 2023 (PPI++), section 6: theta(lambda) = lambda*mean(f~) + mean(Y - lambda*f),
    # lambda = Cov_n(Y, f) / ((1 + n/N) * Var_(n+N)(f))
    lam = np.cov(y, f, bias=True)[0, 1] / ((1 + n / N) * np.var(np.concatenate([f, rest])))
    theta = lam * rest.mean() + (y - lam * f).mean()
    se = np.sqrt(lam**2 * np.var(rest) / N + np.var(y - lam * f) / n)
    yield ppi(n, N, y, f, rest, lam, "PPI++ 2023: with its lambda").figure("value", theta).figure("se", se)
    f = 0.25 * y + 0.75 * rng.random(n)
    # the lambda that makes that very se^2 least, both variances of f as they are in their own rows
    lam = np.cov(y, f, bias=True)[0, 1] / (np.var(f) + n / N * np.var(rest))
    theta = lam * rest.mean() + (y - lam * f).mean()
    se = np.sqrt(lam**2 * np.var(rest) / N + np.var(y - lam * f) / n)
    yield ppi(n, N, y, f, rest, np.nan, "PPI++ 2023: the least variance").figure("lambda", lam).figure(
        "value", theta
    ).figure("se", se)


def ppi(n, N, y, f, rest, lam, name):
    e = Example(name, "asymptotic", lam, 1)
    e.stratum(N, rest.sum())
    for i in range(n):
        e.row(0, i, N / n, y[i], fy=f[i])
    s = rest.sum()
    e.clusters(N, N, s, N, (rest**2).sum(), s, N)
    return e


def egami(rng):
    """Egami, Hinck, Stewart, Wei 2023 (NeurIPS; DSL): pseudo-outcomes y~ = f + R/pi * (y - f); the mean of
    these, its se from their spread: an M-estimator with moment y~ - theta, clustered where rows are."""
    N, n = 60, [6, 9]
    stratum = np.repeat([0, 1], [20, 40])
    y = (rng.random(N) < 0.35).astype(float)
    f = np.clip(0.5 * y + 0.5 * rng.random(N), 0, 1)
    pi = np.where(stratum == 0, n[0] / 20, n[1] / 40)
    R = np.zeros(N)
    for h in (0, 1):
        R[rng.choice(np.flatnonzero(stratum == h), n[h], replace=False)] = 1
    pseudo = f + R / pi * (y - f)
    theta = pseudo.mean()
    e = Example("Egami et al. 2023: a mean by its design", "best", 1.0)
    for h in (0, 1):
        e.stratum((stratum == h).sum(), f[stratum == h].sum())
    for k, i in enumerate(np.flatnonzero(R)):
        e.row(stratum[i], k, 1 / pi[i], y[i], fy=f[i])
    yield e.figure("value", theta)
    e = Example("Egami et al. 2023: the se of pseudo-outcomes", "asymptotic", 0.0, 1)
    e.stratum(N)
    for i in range(N):
        e.row(0, i, 1, pseudo[i])
    yield e.figure("value", theta).figure("se", np.sqrt(((pseudo - theta) ** 2).sum()) / N)
    cluster = rng.integers(0, 11, N)
    moments = np.array([(pseudo - theta)[cluster == c].sum() for c in range(11)])
    e = Example("Egami et al. 2023: the same by cluster", "asymptotic", 0.0, 1)
    e.stratum(N)
    for i in range(N):
        e.row(0, cluster[i], 1, pseudo[i])
    yield e.figure("value", theta).figure("se", np.sqrt((moments**2).sum()) / N)


def textbooks(rng):
    """Lohr, Sampling: Design and Analysis, 2nd ed.; Sarndal, Swensson, Wretman 1992."""
    # Lohr 3.2, stratified sample: mean = sum N_h/N ybar_h, V = sum (1 - n_h/N_h) (N_h/N)^2 s_h^2/n_h
    sizes, ns = np.array([50, 120, 30]), [5, 8, 4]
    e = Example("Lohr 3.2: a stratified proportion")
    mean = var = 0.0
    unit = 0
    for h, (N_h, n_h) in enumerate(zip(sizes, ns)):
        y = (rng.random(n_h) < 0.2 + 0.25 * h).astype(float)
        y[0], y[1] = 0, 1
        e.stratum(N_h, fraction=n_h / N_h)
        for value in y:
            e.row(h, unit, N_h / n_h, value)
            unit += 1
        mean += N_h / sizes.sum() * y.mean()
        var += (1 - n_h / N_h) * (N_h / sizes.sum()) ** 2 * y.var(ddof=1) / n_h
    yield e.figure("value", mean).figure("se", np.sqrt(var)).figure("df", sum(ns) - 3)
    # Lohr 4.1, ratio: B = sum y / sum x, V = (1 - n/N) s_e^2 / (n xbar^2), e = y - B x
    n, N = 14, 90
    x = (rng.random(n) < 0.7).astype(float)
    y = x * (rng.random(n) < 0.4)
    x[0] = y[0] = 1
    B = y.sum() / x.sum()
    s2 = ((y - B * x) ** 2).sum() / (n - 1)
    e = Example("Lohr 4.1: a ratio")
    e.stratum(N, fraction=n / N)
    for i in range(n):
        e.row(0, i, N / n, y[i], x[i])
    yield e.figure("value", B).figure("se", np.sqrt((1 - n / N) * s2 / (n * x.mean() ** 2)))
    # Lohr 5.2.3.2, clusters of unequal size, ratio: yhat = sum t_i / sum M_i,
    # SE^2 = (1 - n/N) 1/(n Mbar^2) sum M_i^2 (ybar_i - yhat)^2 / (n - 1)
    M = np.array([3, 1, 8, 2, 5, 1, 4])
    n, N, all_rows = len(M), 40, 160
    rows = [(rng.random(m) < 0.4).astype(float) for m in M]
    t = np.array([r.sum() for r in rows])
    ratio = t.sum() / M.sum()
    se = np.sqrt((1 - n / N) / (n * M.mean() ** 2) * (M**2 * (t / M - ratio) ** 2).sum() / (n - 1))
    yield clusters("Lohr 5.2: whole clusters, by size", "textbook", rows, N, all_rows).figure("value", ratio).figure(
        "se", se
    ).figure("df", n - 1)
    # the jackknife of that ratio, each cluster left out in turn (Lohr 9.3.2; Sarndal et al. 11.5)
    left = np.array([(t.sum() - t[i]) / (M.sum() - M[i]) for i in range(n)])
    se = np.sqrt((1 - n / N) * (n - 1) / n * ((left - ratio) ** 2).sum())
    yield clusters("the jackknife: whole clusters, by size", "best", rows, N, all_rows).figure("value", ratio).figure(
        "bare_se", se
    )
    # Sarndal et al. 6.3, difference estimator: t = sum_U f + sum_S (y - f)/pi, V = N^2 (1-n/N) s_D^2/n
    n, N = 12, 70
    y = (rng.random(n) < 0.5).astype(float)
    f = rng.random(n)
    rest = rng.random(N - n).sum()
    theta = (f.sum() + rest + N / n * (y - f).sum()) / N
    e = Example("Sarndal et al. 6.3: a difference estimator", lam=1.0)
    e.stratum(N, f.sum() + rest, fraction=n / N)
    for i in range(n):
        e.row(0, i, N / n, y[i], fy=f[i])
    yield e.figure("value", theta).figure("se", np.sqrt((1 - n / N) * (y - f).var(ddof=1) / n))
    # everything labelled: no error
    e = Example("everything is labelled", "best", np.nan)
    e.stratum(4, 1.7, fraction=1.0)
    for i, value in enumerate([1, 0, 0, 1]):
        e.row(0, i, 1, value, fy=0.3 + 0.1 * i)
    yield e.figure("value", 0.5).figure("se", 0).figure("low", 0.5).figure("high", 0.5)
    # Clopper and Pearson 1934: none of n
    e = Example("Clopper and Pearson 1934: none of twenty", "best", np.nan)
    e.stratum(1e9, 3e7)
    for i in range(20):
        e.row(0, i, 5e7, 0, fy=0.01 * i)
    yield e.figure("value", 0).figure("low", 0).figure("high", 1 - 0.025 ** (1 / 20))


def clusters(name, form, rows, N, all_rows):
    e = Example(name, form)
    e.stratum(all_rows, fraction=len(rows) / N)
    for u, values in enumerate(rows):
        for value in values:
            e.row(0, u, N / len(rows), value)
    return e


class Quantify:
    def __init__(self, name, n_labels):
        self.lines = [["quantify", name, str(n_labels)]]

    def add(self, kind, values):
        self.lines.append([kind] + [str(int(v)) if kind in ("errors", "predicted") else num(v) for v in values])
        return self


def saerens(rng):
    """Saerens, Latinne, Decaestecker 2002, Neural Computation 14:21, equations 2.9: from the training
    shares, p(w|x) = [p(w)/p_t(w)] p_t(w|x) / sum, p(w) = mean p(w|x), until it stays."""
    for n, L in ((40, 2), (75, 3)):
        prior = np.array([0.4, 0.6]) if L == 2 else np.array([0.5, 0.3, 0.2])
        scores = rng.random((n, L)) ** 3
        scores[:, 0] *= 0.4
        posterior = scores / scores.sum(axis=1, keepdims=True)
        p = prior.copy()
        for _ in range(200000):
            new = p / prior * posterior
            new /= new.sum(axis=1, keepdims=True)
            new = new.mean(axis=0)
            moved = np.abs(new - p).max()
            p = new
            if moved < 1e-15:
                break
        q = Quantify("Saerens et al. 2002: %d labels" % L, L).add("prior", prior)
        for row in posterior:
            q.add("posterior", row)
        yield q.add("sld", p)


def forman(rng):
    """Forman 2008, Data Mining and Knowledge Discovery 17:164: (counted - fpr)/(tpr - fpr), into 0 to 1;
    for K labels the linear system of p(predicted | gold), by least squares among shares."""
    errors = np.array([[70, 30], [12, 88]])  # gold yes, gold no; predicted yes, no
    for counted in (450, 900, 40):
        predicted = np.array([counted, 1000 - counted])
        tpr, fpr = 70 / 100, 12 / 100
        yes = min(1, max(0, (counted / 1000 - fpr) / (tpr - fpr)))
        yield acc("Forman 2008: %d of 1000 counted" % counted, errors, predicted, [yes, 1 - yes])
    errors = np.array([[80, 15, 5], [10, 60, 30], [20, 20, 160]])
    predicted = np.array([300, 250, 450])
    rate = errors / errors.sum(axis=1, keepdims=True)
    yield acc("Forman 2008: three labels", errors, predicted, np.linalg.solve(rate.T, predicted / predicted.sum()))
    predicted = np.array([30, 100, 870])
    yield acc("Forman 2008: three labels, at the edge", errors, predicted, simplex(rate, predicted / predicted.sum()))


def acc(name, errors, predicted, share):
    q = Quantify(name, len(errors)).add("predicted", predicted)
    for row in errors:
        q.add("errors", row)
    return q.add("adjusted", share)


def simplex(rate, counted):
    """Projected gradient, until it stays; the projection of Duchi et al. 2008."""
    p = np.full(len(counted), 1 / len(counted))
    step = 1 / np.linalg.eigvalsh(rate @ rate.T).max()
    for _ in range(200000):
        x = p - step * (rate @ (rate.T @ p - counted))
        u = np.sort(x)[::-1]
        k = np.flatnonzero(u - (np.cumsum(u) - 1) / np.arange(1, len(u) + 1) > 0)[-1]
        new = np.maximum(x - (u[: k + 1].sum() - 1) / (k + 1), 0)
        if np.abs(new - p).max() < 1e-16:
            break
        p = new
    return p


def text():
    lines = [
        "# Worked examples of estimates of shares, by tests/numpy/prevalence.py --update, where each",
        "# formula is cited. Read by tests/unit/test_estimate.c and test_quantify.c.",
        "# setting FORM LAMBDA BEYOND_DUMP; stratum V FY FZ FRACTION; row STRATUM UNIT WEIGHT V Y Z FY FZ;",
        "# clusters N VV VY VZ YY YZ ZZ; figure NAME VALUE",
    ]
    rng = np.random.default_rng(2023)
    for make in (angelopoulos, egami, textbooks, saerens, forman):
        for example in make(rng):
            lines += [""] + ["\t".join(line) for line in example.lines]
    return "\n".join(lines) + "\n"


def same(a, b):
    if a == b:
        return True
    try:
        return abs(float(a) - float(b)) < 1e-10 * max(1, abs(float(b)))
    except ValueError:
        return False


def main():
    if sys.argv[1:] == ["--update"]:
        with open(STORED, "w", encoding="utf-8") as f:
            f.write(text())
        return 0
    with open(STORED, encoding="utf-8") as f:
        kept = f.read().split()
    now = text().split()
    bad = len(kept) != len(now) or [(a, b) for a, b in zip(kept, now) if not same(a, b)]
    print("%s worked examples of shares are what the formulas give" % ("not ok" if bad else "ok"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
