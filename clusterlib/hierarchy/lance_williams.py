"""Seven rules for the distance to a merged cluster.

Question: x and y have become one cluster; how far is it from each of the others?
Chapter: 9, Linkage.
Symbols: d_x, d_y distances of the other clusters to x and to y; d_xy distance
of x and y; n_x, n_y, n sizes of x, y and the others.

Lance and Williams saw that one formula with four coefficients covers them all:

    d(k, xy) = a_x d(k, x) + a_y d(k, y) + b d(x, y) + c |d(k, x) - d(k, y)|

so a tree needs the distances of the points and nothing else.  The rules marked
`squared` (centroid, median, ward) use it on squared Euclidean distances and
report the root.  Ward's update stays with squares until the tree is done;
centroid's and median's take the root each time, because these two compare
distances that were rounded, and SciPy's rounding decides their ties.
Below, each rule stands twice: as coefficients, to read, and as an update of a
whole row of distances, to compute.

Sources: Lance and Williams 1967; Sokal and Michener 1958 (average, centroid);
McQuitty 1966 (weighted); Gower 1967 (median); Ward 1963; Wishart 1969 (ward's
coefficients).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

__all__ = ["RULES", "Rule"]


class Rule(NamedTuple):
    """One way to measure the distance of clusters."""

    meaning: str
    coefficients: Callable  # (n_x, n_y, n) -> a_x, a_y, b, c
    update: Callable  # (d_x, d_y, d_xy, n_x, n_y, n) -> distances to the merged cluster
    squared: bool = False  # the coefficients apply to squared distances
    on_squares: bool = False  # so does the update; the others take and return distances
    monotone: bool = True  # a merge is never lower than the one before it


def update_single(d_x, d_y, d_xy, n_x, n_y, n):
    """Keep the nearer of the two."""
    return np.minimum(d_x, d_y)


def update_complete(d_x, d_y, d_xy, n_x, n_y, n):
    """Keep the farther of the two."""
    return np.maximum(d_x, d_y)


def update_average(d_x, d_y, d_xy, n_x, n_y, n):
    """Average over all pairs of points: the larger cluster weighs more."""
    return (n_x * d_x + n_y * d_y) / (n_x + n_y)


def update_weighted(d_x, d_y, d_xy, n_x, n_y, n):
    """Average the two distances: both clusters weigh the same."""
    return 0.5 * (d_x + d_y)


def update_centroid(d_x, d_y, d_xy, n_x, n_y, n):
    """Measure from the mean of all points, by Stewart's theorem."""
    both = n_x + n_y
    square = (d_x if n_x == 1 else n_x * d_x) * d_x  # most clusters are of one point
    square += (d_y if n_y == 1 else n_y * d_y) * d_y
    square -= n_x * n_y * d_xy * d_xy / both
    square /= both
    return np.sqrt(square, square)


def update_median(d_x, d_y, d_xy, n_x, n_y, n):
    """Measure from the middle between the two centres, by Apollonius' theorem."""
    square = d_x * d_x
    square += d_y * d_y
    square *= 0.5
    square -= 0.25 * d_xy * d_xy
    return np.sqrt(square, square)


def update_ward(d_x, d_y, d_xy, n_x, n_y, n):
    """Measure the growth of the sum of squares (all squares; d_x and d_y share the factor n)."""
    return (n * (d_x + d_y - d_xy) + n_x * d_x + n_y * d_y) / (n + n_x + n_y)


RULES: dict[str, Rule] = {
    "single": Rule(
        "distance of the nearest two points",
        lambda n_x, n_y, n: (1 / 2, 1 / 2, 0, -1 / 2),
        update_single,
    ),
    "complete": Rule(
        "distance of the farthest two points",
        lambda n_x, n_y, n: (1 / 2, 1 / 2, 0, 1 / 2),
        update_complete,
    ),
    "average": Rule(
        "mean distance over all pairs of points (UPGMA)",
        lambda n_x, n_y, n: (n_x / (n_x + n_y), n_y / (n_x + n_y), 0, 0),
        update_average,
    ),
    "weighted": Rule(
        "mean of the distances of the two halves (WPGMA)",
        lambda n_x, n_y, n: (1 / 2, 1 / 2, 0, 0),
        update_weighted,
    ),
    "centroid": Rule(
        "distance of the means (UPGMC)",
        lambda n_x, n_y, n: (
            n_x / (n_x + n_y),
            n_y / (n_x + n_y),
            -n_x * n_y / (n_x + n_y) ** 2,
            0,
        ),
        update_centroid,
        squared=True,
        monotone=False,
    ),
    "median": Rule(
        "distance of the middles of the middles (WPGMC)",
        lambda n_x, n_y, n: (1 / 2, 1 / 2, -1 / 4, 0),
        update_median,
        squared=True,
        monotone=False,
    ),
    "ward": Rule(
        "root of twice the growth of the sum of squares",
        lambda n_x, n_y, n: (
            (n_x + n) / (n_x + n_y + n),
            (n_y + n) / (n_x + n_y + n),
            -n / (n_x + n_y + n),
            0,
        ),
        update_ward,
        squared=True,
        on_squares=True,
    ),
}
