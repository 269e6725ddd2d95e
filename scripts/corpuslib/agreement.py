# SPDX-License-Identifier: MIT
"""Agreement of two readings, from counts of (label, label).

`stance agree` prints the same figures; tests/cli/agree/corpus.sh holds the two programs against each
other. Here they serve the sub-codes too, and the writer's intentions.
"""
import random
from collections import Counter

RESAMPLES = 2000


def percent(pairs):
    """Observed agreement."""
    return sum(n for (a, b), n in pairs.items() if a == b) / sum(pairs.values())


def kappa(pairs):
    """Cohen's kappa (1960)."""
    total = sum(pairs.values())
    rows, columns = Counter(), Counter()
    for (a, b), n in pairs.items():
        rows[a] += n
        columns[b] += n
    chance = sum(rows[label] * columns[label] for label in rows) / total ** 2
    return (percent(pairs) - chance) / (1 - chance) if chance < 1 else 1.0


def alpha(pairs):
    """Krippendorff's alpha, nominal, two coders and no gaps: coincidences are both orders of each pair."""
    values = 2 * sum(pairs.values())
    held = Counter()
    for (a, b), n in pairs.items():
        held[a] += n
        held[b] += n
    expected = 1 - sum(n * (n - 1) for n in held.values()) / (values * (values - 1))
    return 1 - (1 - percent(pairs)) / expected if expected > 0 else 1.0


def interval(groups, measure, seed=1):
    """95 % percentile bootstrap over groups, each a Counter of pairs; empty ones count as groups too."""
    draw = random.Random(seed)
    values = []
    for _ in range(RESAMPLES):
        pairs = Counter()
        for group in draw.choices(groups, k=len(groups)):
            pairs.update(group)
        if pairs:
            values.append(measure(pairs))
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def figures(groups):
    """One line: how many differ, and each measure with its interval."""
    pairs = sum(groups, Counter())
    differ = sum(n for (a, b), n in pairs.items() if a != b)
    texts = [f"differ {differ} of {sum(pairs.values())}"]
    for name, measure in (("percent", percent), ("kappa", kappa), ("alpha", alpha)):
        low, high = interval(groups, measure)
        texts.append(f"{name} {measure(pairs):.3f} [{low:.3f}, {high:.3f}]")
    return "  ".join(texts)
