"""A tree with every place where it can be cut, for the explorers that cut one.

Question: which flat clusterings can a threshold `t` give, and what do they score?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, t threshold, labels.

Every criterion of `fcluster` compares one number per merge with ``t``.  That
number never falls on the way up the tree, so the cuts of a tree can be listed:
one between each two neighbouring values, which is where the slider stops.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib.explorers.shared.scenes import SCENES, rounded
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.inconsistency import inconsistent, maxdists, maxinconsts
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.vq.lloyd import means

__all__ = ["CRITERIA", "METHODS", "Tree", "book_tree", "first_at_most", "thresholds"]

METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")
K_MAX = 12

# What each criterion compares with t, one number per merge.
STATISTICS = {
    "distance": maxdists,
    "inconsistent": lambda Z: maxinconsts(Z, inconsistent(Z)),
    "size": lambda Z: Z[:, 3].copy(),
}
CRITERIA = {
    "distance": "distance",
    "maxclust": "distance",
    "inconsistent": "inconsistent",
    "monocrit": "size",
    "maxclust_monocrit": "size",
}


def thresholds(statistic):
    """Return the places where a cut can lie: `t`, and how many distinct values are at most t.

    Each `t` is the shortest decimal between two neighbouring values; whole
    numbers, such as sizes, are their own threshold.  Values closer than rounding
    errors count as one.
    """
    values = np.unique(statistic)
    new = np.diff(values) > 1e-9 * max(1.0, float(values[-1]))
    low = values[np.concatenate([[True], new])]  # the lowest of each run of equal values
    high = values[np.concatenate([new, [True]])]
    if np.all(values == np.round(values)) and values[0] >= 2:
        return [1, *(int(v) for v in low)], list(range(len(low) + 1))
    t = [] if low[0] <= 0 else [_between(0.0, low[0])]
    t += [_between(a, b) for a, b in zip(high[:-1], low[1:], strict=True)]
    t.append(_between(high[-1], high[-1] * 1.08 + (high[-1] == 0)))
    return t, list(range(0 if low[0] > 0 else 1, len(low) + 1))


def _between(a, b):
    """Return the shortest decimal strictly between `a` and `b`, near their middle."""
    middle = (a + b) / 2
    for digits in range(1, 17):
        t = round(float(middle), digits)
        if a < t < b:
            return t
    return float(middle)


class Tree:
    """A tree with all its cuts: the linkage matrix and, by statistic, t, count and scores.

    Where the `scene` has weights, its rows are code words that stand for so many observations.
    `statistics` names those of `STATISTICS` whose cuts are wanted, "distance" among them.
    """

    def __init__(self, scene, method, statistics=tuple(STATISTICS)):
        self.scene, self.method, self.Z = scene, method, scene.linkage(method)
        self.order = leaves_list(self.Z)
        self.statistics = {name: STATISTICS[name](self.Z) for name in statistics}
        self.cuts = {name: self._cuts(name) for name in statistics}

    def labels(self, name, t):
        """Return the labels, from 0, of the cut at `t` of the statistic `name`."""
        return fcluster(self.Z, t, "monocrit", monocrit=self.statistics[name]) - 1

    def _cuts(self, name):
        t, limit = thresholds(self.statistics[name])
        cuts = {"t": t, "limit": [i - 1 for i in limit], "count": [], "sse": [], "silhouette": []}
        for value in t:
            labels = self.labels(name, value)
            count = int(labels.max()) + 1
            cuts["count"].append(count)
            cuts["sse"].append(within_sse(self.scene.X, labels, self.scene.weights))
            scored = 1 < count < len(labels)
            mean = self.scene.silhouettes(labels)[1] if scored else float("nan")
            cuts["silhouette"].append(mean)
        return cuts

    def room(self, most=K_MAX):
        """Return how far a level line can move at 2, 3, ... clusters, in height."""
        heights = np.append(np.sort(self.statistics["distance"])[::-1], 0.0)
        return heights[:-1][: most - 1] - heights[1:][: most - 1]

    def data(self):
        """Return the tree as the front end takes it."""
        ranks = {}
        for name, statistic in self.statistics.items():
            bounds = np.array(self.cuts[name]["t"])
            limits = np.array(self.cuts[name]["limit"])
            first = np.array([int(np.argmax(bounds >= v)) for v in statistic])
            ranks[name] = limits[first].tolist()
        cuts = {
            name: {**c, "sse": [short(v) for v in c["sse"]], "silhouette": rounded(c["silhouette"])}
            for name, c in self.cuts.items()
        }
        above = np.append(np.unique(self.statistics["distance"]), np.inf)
        distance = cuts["distance"]
        distance["above"] = [short(above[above > t][0]) for t in distance["t"]]
        return {
            "merges": self.Z[:, :2].astype(int).tolist(),
            "heights": [short(v) for v in self.Z[:, 2]],
            "order": self.order.tolist(),
            "rank": ranks,
            "cuts": cuts,
            "room": [short(v) for v in self.room()],
        }


def short(value):
    """Return `value` with six significant digits; what is not finite becomes None."""
    return float(f"{value:.6g}") if np.isfinite(value) else None


def within_sse(X, labels, weights=None):
    """Return the sum of squared distances of the rows of `X` to the mean of their cluster."""
    squares = ((X - means(X, labels, labels.max() + 1, weights)[labels]) ** 2).sum(axis=1)
    return float(squares.sum() if weights is None else squares @ weights)


@functools.cache
def book_tree(name, method):
    """Return the Tree of one of the book's data sets; it is computed once."""
    return Tree(SCENES[name](), method)


def first_at_most(cuts, k):
    """Return the index of the lowest cut with at most `k` clusters."""
    return next(i for i, count in enumerate(cuts["count"]) if count <= k)
