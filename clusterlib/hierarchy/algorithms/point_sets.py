"""Average and complete linkage of points, without a matrix of their distances.

Question: a tree by the mean, or the greatest, of all distances between two clusters seems to
need them all; how do you hold only a few?
Chapter: 9, Linkage.
Symbols: sets the clusters, each with its points; centre their weighted means; spread the mean
squared distance of the points of a cluster from its centre; i, j clusters; gap^2 the squared
distance of two centres.

Small clusters are near few others.  The root mean square distance of two clusters is
sqrt(gap^2 + spread_i + spread_j), and no mean is above it, no greatest distance below it.  The
mean is never below the gap, either.  So the distance to any one cluster, measured, says how far
away the centres of nearer ones can lie, and a k-d tree finds those few.  All pairs of clusters
that are each other's nearest merge, round after round (`merge_rounds`).

When few clusters are left, one pass over the distances of the points, never held together,
fills a square of those of the clusters, and the chain goes on as usual.

Sources: Yu, Wang, Gu, Dhulipala and Shun 2022, ParChain: a framework for parallel hierarchical
agglomerative clustering using nearest-neighbor chain (PVLDB 15; the range queries).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from clusterlib.core.lower_bounds import few_pairs, least_in_rows
from clusterlib.hierarchy.algorithms.kd_tree import CELLS, children_of, gaps, levels_of, plant
from clusterlib.hierarchy.algorithms.nn_chain import nearest_neighbour_chain
from clusterlib.hierarchy.algorithms.reciprocal_neighbours import merge_rounds

__all__ = ["PointSets", "merge_point_sets"]

SQUARE = 1_000  # so few clusters are left to one pass over all distances


class PointSets:
    """Clusters of weighted points; the points of a cluster lie side by side."""

    def __init__(self, X: np.ndarray, weight: np.ndarray, farthest: bool):
        """Start with a cluster for each point; `farthest` asks for the greatest distance."""
        self.points, self.weight = np.array(X.T, order="C"), weight.astype(float)
        self.start, self.count = np.arange(len(X)), np.ones(len(X), np.intp)
        self.place, self.farthest = np.arange(len(X)), farthest
        self.combine = np.maximum if farthest else np.add
        self._describe()

    def _describe(self):
        """Set size and centre of each cluster, and the spread where it is asked for."""
        self.size = np.add.reduceat(self.weight, self.start)
        self.centre = np.add.reduceat(self.weight * self.points, self.start, axis=1) / self.size
        if self.farthest:  # the mean of distances is bounded without it
            off = self.points - np.repeat(self.centre, self.count, axis=1)
            square = self.weight * (off * off).sum(axis=0)
            self.spread = np.add.reduceat(square, self.start) / self.size

    def merge(self, x, y):
        """Join clusters x to clusters y; return which clusters are left."""
        joined = np.arange(len(self.count))
        joined[x] = y
        kept = np.flatnonzero(joined == np.arange(len(joined)))
        order = np.argsort(np.repeat(joined, self.count), kind="stable")
        self.points, self.weight = self.points.take(order, axis=1), self.weight[order]
        self.count = np.bincount(joined, self.count, len(joined))[kept].astype(np.intp)
        self.start = np.cumsum(self.count) - self.count
        self.place = self.place[kept]
        self._describe()
        return kept

    def distances(self, i, j):
        """Return the distances of clusters i and j: over all pairs of their points."""
        i, j = np.minimum(i, j), np.maximum(i, j)  # both ends see the same rounding
        pair = np.repeat(np.arange(len(i)), self.count[i])
        a, j_of, total = _ranges(self.start[i], self.count[i]), j[pair], np.zeros(len(i))
        cells = np.cumsum(self.count[j_of])
        at = 0
        while at < len(a):  # so many points of clusters i that the pairs fit into a block
            to = max(at + 1, int(np.searchsorted(cells, cells[at] + CELLS)))
            rows = slice(at, to)
            self.combine.at(total, pair[rows], self._to_cluster(a[rows], j_of[rows]))
            at = to
        return np.sqrt(total) if self.farthest else total / (self.size[i] * self.size[j])

    def _to_cluster(self, a, j):
        """Return the distance of each point of a to the points of cluster j, combined."""
        width = self.count[j]
        left, right = np.repeat(a, width), _ranges(self.start[j], width)
        square = np.zeros(len(left))
        for points in self.points:
            step = points[left] - points[right]
            square += step * step
        if not self.farthest:
            square = self.weight[left] * self.weight[right] * np.sqrt(square)
        return self.combine.reduceat(square, np.cumsum(width) - width)

    def square(self):
        """Return the square of all distances of clusters, by one pass over those of points."""
        n, m, at = len(self.weight), len(self.count), 0
        cluster, D = np.repeat(np.arange(m), self.count), np.zeros((m, m))
        while at < n:
            a = cluster[at]
            to = min(n, at + max(1, CELLS // (n - self.start[a])))
            rows = self._to_clusters(at, to, a)
            first = np.flatnonzero(np.diff(cluster[at:to], prepend=-1))
            part = D[a : cluster[to - 1] + 1, a:]
            self.combine(part, self.combine.reduceat(rows, first), out=part)
            at = to
        D = np.triu(D, 1)  # below it some are missing, and others were summed in another order
        D += D.T
        return np.sqrt(D) if self.farthest else D / (self.size[:, None] * self.size)

    def _to_clusters(self, at, to, a):
        """Return the distances of points `at` to `to` to the clusters from a on, combined."""
        rows, columns = slice(at, to), slice(self.start[a], None)
        square, step = np.zeros((2, to - at, len(self.weight) - self.start[a]))
        for points in self.points:
            np.subtract(points[rows, None], points[columns], out=step)
            square += np.multiply(step, step, out=step)
        if not self.farthest:
            np.sqrt(square, out=square)
            square *= np.multiply(self.weight[rows, None], self.weight[columns], out=step)
        return self.combine.reduceat(square, self.start[a:] - self.start[a], axis=1)


def _ranges(start, length):
    """Return start[0], start[0] + 1, ..., `length[0]` of them, then those from start[1] on."""
    end = np.cumsum(length)
    return np.arange(end[-1] if len(end) else 0) + np.repeat(start - (end - length), length)


def merge_point_sets(
    X: np.ndarray, weight: np.ndarray, farthest: bool, update: Callable
) -> Iterator[tuple]:
    """Yield the merges (x, y, height) of average (or, `farthest`, complete) linkage."""
    sets = PointSets(X, weight, farthest)
    yield from merge_rounds(sets, nearest_sets, until=SQUARE)
    for a, b, height in nearest_neighbour_chain(sets.square(), update, sets.size):
        yield sets.place[a], sets.place[b], height


def nearest_sets(sets: PointSets, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest cluster of each of `who`, and its distance.

    Of equally near ones it is the one with the least i XOR j, which both ends agree on.
    """
    tree = plant(sets.centre.T)
    limit = np.full(len(sets.size), -np.inf)
    guess = _beside(tree)[who]
    limit[who] = sets.distances(who, guess) ** 2 * (1 + 1e-6) + 4e-24  # what rounding may hide
    if sets.farthest:
        limit[who] -= sets.spread[who]
    i, j = _within(tree, limit, sets.spread if sets.farthest else np.zeros(len(limit)))
    least, code = least_in_rows(i, sets.distances(i, j), i ^ j, len(limit))
    return who ^ code[who], least[who]


def _beside(tree):
    """Return for each point the nearest other one in its leaf."""
    beside = np.empty(tree.place.max() + 1, np.intp)
    square = np.zeros((len(tree.place), *tree.place.shape))
    for points in tree.points:
        step = points[:, None] - points
        square += step * step
    square[tree.place[:, None] == tree.place] = np.inf
    nearest = square.argmin(axis=1)
    beside[tree.place] = np.take_along_axis(tree.place, nearest, axis=0)
    return beside


def _within(tree, limit, extra):
    """Return the pairs of points (i, j), i != j, of which square + extra[j] <= limit[i]."""
    of_leaf = limit[tree.place].max(axis=0)
    q = np.flatnonzero(of_leaf > -np.inf)
    node = np.zeros(len(q), np.intp)
    levels = levels_of(extra[tree.place].min(axis=0), np.minimum)
    for depth, (boxes, least) in enumerate(zip(tree.boxes, levels, strict=True)):
        if depth:
            q, node = children_of(q, node)
        near = gaps(tree.boxes[-1], q, boxes, node)[0] + least[node] <= of_leaf[q]
        q, node = q[near], node[near]
    found, step = [(q[:0], q[:0])], max(1, CELLS // len(tree.place) ** 2)
    for at in range(0, len(q), step):
        a, b = q[at : at + step], node[at : at + step]
        i, j = tree.place.take(a, axis=1), tree.place.take(b, axis=1)
        square = np.repeat(extra[j][None], len(i), axis=0)
        for points in tree.points:
            gap = points.take(a, axis=1)[:, None] - points.take(b, axis=1)
            square += gap * gap
        row, cell = few_pairs((square <= limit[i][:, None]).reshape(len(i) * len(j), -1))
        i, j = i[row // len(j), cell], j[row % len(j), cell]
        found.append((i[i != j], j[i != j]))
    i, j = (np.concatenate(part) for part in zip(*found, strict=True))
    return np.divmod(np.unique(i * len(limit) + j), len(limit))  # a leaf may hold a point twice
