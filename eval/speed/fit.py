# SPDX-License-Identifier: MIT
"""How time and memory grow: the slope of their logarithms by that of the number of comments.

1: twice the comments take twice the time; 0: the same memory however many. Starting up and loading
the model count for as much as 10,000 comments do, so that times are fitted from 100,000 on where
there are two such.
"""
import math

LOADED = 100_000


def slope(points):
    """Least squares of log y by log x; None with fewer than two values of x."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) \
        / sum((x - mean_x) ** 2 for x, _ in logs)


def of_time(points):
    late = [point for point in points if point[0] >= LOADED]
    return slope(late if len({x for x, _ in late}) > 1 else points)


def memory_ratio(points):
    """The memory of the longest dump over that of the shortest."""
    ordered = sorted(points)
    return ordered[-1][1] / ordered[0][1]
