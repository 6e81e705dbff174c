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
Each rule stands twice, one form below the other: as coefficients, to read, and
as an update of a whole row of distances, to compute.

Sources: Lance and Williams 1967; Sokal and Michener 1958 (average, centroid);
McQuitty 1966 (weighted); Gower 1967 (median); Ward 1963; Wishart 1969 (ward's
coefficients).
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

__all__ = ["RULES", "Rule"]


class Rule(ABC):
    """One way to measure the distance of clusters; the seven are only named, never made."""

    meaning: str
    squared = False  # the coefficients apply to squared distances
    on_squares = False  # so does the update; the others take and return distances
    monotone = True  # a merge is never lower than the one before it

    @staticmethod
    @abstractmethod
    def coefficients(n_x, n_y, n):
        """Return a_x, a_y, b and c."""

    @staticmethod
    @abstractmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        """Return the distances to the merged cluster."""


class Single(Rule):
    """The nearer of the two."""

    meaning = "distance of the nearest two points"

    @staticmethod
    def coefficients(n_x, n_y, n):
        return 1 / 2, 1 / 2, 0, -1 / 2

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return np.minimum(d_x, d_y)


class Complete(Rule):
    """The farther of the two."""

    meaning = "distance of the farthest two points"

    @staticmethod
    def coefficients(n_x, n_y, n):
        return 1 / 2, 1 / 2, 0, 1 / 2

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return np.maximum(d_x, d_y)


class Average(Rule):
    """The mean over all pairs of points: the larger cluster weighs more."""

    meaning = "mean distance over all pairs of points (UPGMA)"

    @staticmethod
    def coefficients(n_x, n_y, n):
        return n_x / (n_x + n_y), n_y / (n_x + n_y), 0, 0

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return (n_x * d_x + n_y * d_y) / (n_x + n_y)


class Weighted(Rule):
    """The mean of the two distances: both clusters weigh the same."""

    meaning = "mean of the distances of the two halves (WPGMA)"

    @staticmethod
    def coefficients(n_x, n_y, n):
        return 1 / 2, 1 / 2, 0, 0

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return 0.5 * (d_x + d_y)


class Centroid(Rule):
    """The distance from the mean of all points, by Stewart's theorem."""

    meaning = "distance of the means (UPGMC)"
    squared, monotone = True, False

    @staticmethod
    def coefficients(n_x, n_y, n):
        return n_x / (n_x + n_y), n_y / (n_x + n_y), -n_x * n_y / (n_x + n_y) ** 2, 0

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        square = n_x * d_x * d_x + n_y * d_y * d_y - n_x * n_y * d_xy * d_xy / (n_x + n_y)
        return np.sqrt(square / (n_x + n_y))


class Median(Rule):
    """The distance from the middle between the two centres, by Apollonius' theorem."""

    meaning = "distance of the middles of the middles (WPGMC)"
    squared, monotone = True, False

    @staticmethod
    def coefficients(n_x, n_y, n):
        return 1 / 2, 1 / 2, -1 / 4, 0

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return np.sqrt(0.5 * (d_x * d_x + d_y * d_y) - 0.25 * d_xy * d_xy)


class Ward(Rule):
    """The growth of the sum of squares; all are squares, and d_x and d_y share the factor n."""

    meaning = "root of twice the growth of the sum of squares"
    squared = on_squares = True

    @staticmethod
    def coefficients(n_x, n_y, n):
        three = n_x + n_y + n
        return (n_x + n) / three, (n_y + n) / three, -n / three, 0

    @staticmethod
    def update(d_x, d_y, d_xy, n_x, n_y, n):
        return (n * (d_x + d_y - d_xy) + n_x * d_x + n_y * d_y) / (n + n_x + n_y)


RULES: dict[str, type[Rule]] = {
    "single": Single,
    "complete": Complete,
    "average": Average,
    "weighted": Weighted,
    "centroid": Centroid,
    "median": Median,
    "ward": Ward,
}
