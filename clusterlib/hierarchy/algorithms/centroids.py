"""Merging points by their centroids, without a matrix of distances.

Question: how do you build a ward, centroid or median tree of points whose n^2
distances do not fit into memory?
Chapter: 9, Linkage.
Symbols: X observations; hi + lo centroids, d x m: a rounded value and the rest;
size number of points of each cluster; square squared distance of centroids.

These three methods need no distances of points: a cluster is its centroid and
its size.  Searching all pairs would cost n^2 differences each time.  So a lower
bound is computed first, |p|^2 + |q|^2 - 2 p.q in single precision, less the
most that rounding can add, for many pairs in one product of matrices.  Only
pairs whose bound is as low as the best true distance are measured, by
differences.  For ward in few dimensions `nearest_clusters` does not even bound
them all: it takes less than n^2 time.  Centroids keep the digits that rounding
cuts off, so clusters of near-duplicates lose none of theirs.

Sources: Ward 1963; Müllner 2011 (closest pairs); Dekker 1971 (value and rest).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from clusterlib.core.lower_bounds import (
    bound_columns,
    few_pairs,
    least_in_rows,
    lower_bounds,
)
from clusterlib.hierarchy.algorithms.nearest_clusters import nearest_by_tree
from clusterlib.hierarchy.algorithms.reciprocal_neighbours import merge_rounds

__all__ = ["Centroids", "centroid_from_points", "ward_from_points"]

# Features -> how many clusters a k-d tree searches faster than a look at all pairs does, as
# measured; with more features most boxes are near each other.
TREE_FROM = {1: 400, 2: 550, 3: 600, 4: 2_000, 5: 8_000, 6: 20_000}
UNKNOWN = -1  # instead of the nearest cluster
CELLS = 1 << 18  # bounds in a block: 1 MiB in single precision

Merges = Iterator[tuple[int, int, float]]


class Centroids:
    """Clusters as centroids and sizes; coordinates are of the order of 1."""

    def __init__(self, X: np.ndarray, size: np.ndarray, grows: bool):
        """Start with the points of X; `grows` says whether distances grow with sizes (ward)."""
        n, d = X.shape
        self.hi = np.array(X.T, order="C")  # a copy: it will move
        self.lo = np.zeros((d, n))
        self.size = size.astype(float)
        self.place = np.arange(n)
        self.grows = grows
        self.table = bound_columns(self.hi)

    def keep(self, kept):
        """Drop all clusters but `kept`, in their order."""
        self.hi, self.lo = self.hi.take(kept, axis=1), self.lo.take(kept, axis=1)
        self.table = self.table.take(kept, axis=1)
        self.size, self.place = self.size[kept], self.place[kept]

    def bounds(self, i, start=0):
        """Return lower bounds of the distances of clusters i to all from `start` on."""
        lower = lower_bounds(self.table, i, start)
        if self.grows:
            half = (0.5 / self.size).astype(np.float32)
            lower /= half[i, None] + half[start:]
        return lower

    def squares(self, i, j):
        """Return the true squared distances of clusters i and j, by differences.

        Both are numbers, slices or arrays.
        """
        gaps = self.hi[:, i] - self.hi[:, j]
        gaps += self.lo[:, i] - self.lo[:, j]
        gaps *= gaps
        square = np.add.reduce(gaps, axis=0)
        if self.grows:
            square *= 2 * (self.size[i] * self.size[j] / (self.size[i] + self.size[j]))
        return square

    def nearest(self, who, row, j):
        """Return the nearest cluster of each of `who`, and the squared distance.

        Only the pairs of clusters who[row] and j are measured.  Of equally near ones it is the
        one with the least who XOR j, which both ends agree on.
        """
        i = who[row]
        least, code = least_in_rows(row, self.squares(i, j), i ^ j, len(who))
        return who ^ code, least

    def merge(self, x, y):
        """Join clusters x to clusters y in their common means; return which clusters are left."""
        self.move(x, y, self.size[x] / (self.size[x] + self.size[y]))
        kept = np.delete(np.arange(len(self.size)), x)
        self.keep(kept)
        return kept

    def move(self, x, y, share):
        """Move centroid y by `share` of the way to centroid x, and keep what rounding cuts off.

        Cluster y takes over the size of x.
        """
        way = (self.hi[:, x] - self.hi[:, y]) + (self.lo[:, x] - self.lo[:, y])
        rest = self.lo[:, y] + share * way
        old = self.hi[:, y]
        new = old + rest
        added = new - old
        self.lo[:, y] = (old - (new - added)) + (rest - added)
        self.hi[:, y] = new
        self.size[y] += self.size[x]
        self.table[:, y] = bound_columns(new)

    def remove(self, x):
        """Put cluster x out of reach: its size is zero, and all bounds to it are infinite."""
        self.size[x], self.table[-2, x] = 0, np.inf


def ward_from_points(X: np.ndarray, size: np.ndarray) -> Iterator[tuple]:
    """Yield the merges (x, y, squared height) of Ward's method, a round of them at once.

    Two clusters that are each other's nearest merge in the final tree, whatever happens
    elsewhere, because no merge brings clusters nearer together.  So each round merges all such
    pairs at once, and searches again only for clusters that are new or have lost their
    nearest: in few dimensions through a k-d tree, else among all.  Ties go to the partner with
    the least i XOR j, which both ends agree on and which pairs up a lattice in one round.
    """
    tree_from = TREE_FROM.get(X.shape[1], np.inf)

    def search(clusters, who):
        by = nearest_by_tree if len(clusters.size) >= tree_from else nearest_by_bounds
        return by(clusters, who)

    return merge_rounds(Centroids(X, size, grows=True), search)


def nearest_by_bounds(clusters, who):
    """Return the nearest cluster of each cluster in `who`, and the squared distance."""
    found = []
    step = max(1, CELLS // len(clusters.size))
    for at in range(0, len(who), step):
        i = who[at : at + step]
        lower = clusters.bounds(i)
        lower[np.arange(len(i)), i] = np.inf
        found.append(_measure(clusters, i, lower))
    return (np.concatenate(part) for part in zip(*found, strict=True))


def _measure(clusters, i, lower, start=0):
    """Return the nearest cluster of each of i and the squared distance, by measuring few pairs."""
    row, j = _few(clusters, i, lower, start)
    return clusters.nearest(i, row, j)


def _few(clusters, i, lower, start):
    """Return row and cluster of the pairs among which is the nearest of each of i.

    The pair with the least bound is measured first; a nearer one has a bound below that.
    """
    guess = clusters.squares(i, start + lower.argmin(axis=1))
    row, j = few_pairs(lower <= (guess * (1 + 1e-6)).astype(np.float32)[:, None])
    return row, j + start


def centroid_from_points(X: np.ndarray, size: np.ndarray, halfway: bool) -> Merges:
    """Yield the merges (x, y, squared height) of centroid (or median) linkage, in order.

    As in `closest_pairs`, keep for each cluster the nearest of those after it, and how far it
    is.  When that one moves or goes, what is left is a lower bound, and the cluster searches
    again only if its bound is the least of all.  Distances to the merged cluster come from its
    new centroid; `halfway` puts that in the middle between the two (median).
    """
    clusters = Centroids(X, size, grows=False)
    near, bound = _first_neighbours(clusters)
    for living in range(len(X), 1, -1):
        if 8 * living <= 7 * len(bound):
            kept = np.flatnonzero(clusters.size)
            clusters.keep(kept)
            bound, near = bound[kept], near[kept]
            near = np.where(near == UNKNOWN, UNKNOWN, np.searchsorted(kept, near))
        while near[x := int(bound.argmin())] == UNKNOWN:  # closest pair
            near[x], bound[x] = _nearest_after(clusters, x)
        y = int(near[x])
        yield int(clusters.place[x]), int(clusters.place[y]), float(bound[x])  # merge
        share = 0.5 if halfway else clusters.size[x] / (clusters.size[x] + clusters.size[y])
        clusters.move(x, y, share)
        clusters.remove(x)
        bound[x] = np.inf
        near[(near == x) | (near == y)] = UNKNOWN
        lower = clusters.bounds(y)
        _come_closer(clusters, y, near, bound, lower)
        near[y], bound[y] = UNKNOWN, lower[y + 1 :].min(initial=np.inf)


def _come_closer(clusters, y, near, bound, lower):
    """Let those before y know that y has moved; of equally near ones they keep the first."""
    closer = (lower[:y] < bound[:y]).nonzero()[0]
    if len(closer):
        square, old = clusters.squares(closer, slice(y, y + 1)), bound[closer]
        first = (square == old) & (near[closer] > y)  # not of those whose nearest is unknown
        near[closer[(square < old) | first]] = y
        bound[closer] = np.minimum(square, old)


def _nearest_after(clusters, x):
    """Return the first of the nearest clusters after x, and the squared distance."""
    if x + 1 == len(clusters.size):
        return UNKNOWN, np.inf
    lower = clusters.bounds(x, x + 1)
    guess = int(lower.argmin())
    if lower[guess] == np.inf:  # all after x are gone
        return UNKNOWN, np.inf
    square = clusters.squares(x, x + 1 + guess)
    j = x + 1 + (lower <= np.float32(square * (1 + 1e-6))).nonzero()[0]
    if len(j) == 1:
        return j[0], square
    squares = clusters.squares(slice(x, x + 1), j)
    first = squares.argmin()
    return j[first], squares[first]


def _first_neighbours(clusters):
    """Return the first of the nearest clusters after each cluster, and the squared distance."""
    n = len(clusters.size)
    near, bound = np.full(n, UNKNOWN), np.full(n, np.inf)
    step = max(1, CELLS // n)
    for at in range(0, n - 1, step):
        i = np.arange(at, min(at + step, n - 1))
        lower = clusters.bounds(i, at)
        lower[:, : len(i)][np.tri(len(i), dtype=bool)] = np.inf
        row, j = _few(clusters, i, lower, at)
        bound[i], near[i] = least_in_rows(row, clusters.squares(i[row], j), j, len(i))
    return near, bound
