"""The nearest cluster of each cluster by Ward's distance, through a k-d tree of centroids.

Question: how do you find the cheapest merge of each of a million clusters?
Chapter: 9, Linkage.
Symbols: clusters their centroids and sizes; i the clusters that search, j those that they are
compared with; best the square of the least distance known of each cluster.

1. Plant a k-d tree over the centroids; each node keeps its box and its least size.
2. Compare each cluster with those of its own leaf and of the sibling leaf.
3. Go down the tree level by level, all clusters at once.  Clusters of sizes s and t whose
   centroids are g apart have the squared distance g^2 / (1/(2s) + 1/(2t)), so nothing under a
   node is nearer than the gap to its box gives with its least size in the place of t.
4. Drop a node that is farther away than `best`; compare what is left.

Sources: Yu, Wang, Gu, Dhulipala and Shun 2022, ParChain: a framework for parallel hierarchical
agglomerative clustering using nearest-neighbor chain (PVLDB 15).
"""

from __future__ import annotations

import numpy as np

from clusterlib.core.buffers import short_buffers
from clusterlib.core.lower_bounds import few_pairs
from clusterlib.hierarchy.algorithms.kd_tree import CELLS, children_of, levels_of, plant

__all__ = ["nearest_by_tree"]

TOGETHER = 1 << 14  # clusters that search together: their pairs stay in a few megabytes


def nearest_by_tree(clusters, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest cluster of each of `who`, and the squared distance.

    There must be more clusters than a leaf holds.  Of equally near ones it is the one with the
    least i XOR j, which both ends agree on.
    """
    with short_buffers():
        search = Search(clusters)
        parts = [search.nearest(i) for i in np.split(who, range(TOGETHER, len(who), TOGETHER))]
    near, square = (np.concatenate(part) for part in zip(*parts, strict=True))
    return near, square


class Search:
    """A k-d tree of centroids, and the square of the least distance known of each cluster."""

    def __init__(self, clusters):
        """Plant the tree."""
        self.clusters, self.tree = clusters, plant(clusters.hi.T)
        place = self.tree.place
        self.half = 0.5 / clusters.size
        self.halves = self.half[place]  # of the clusters of each leaf
        self.largest = levels_of(self.halves.max(axis=0), np.maximum)
        self.best = np.full(len(self.half), np.inf)
        self.own = np.empty(len(self.half), np.intp)
        self.own[place] = leaf = np.arange(place.shape[1])
        self.points = np.where(self.own[place] == leaf, self.tree.points, np.inf)  # each once

    def nearest(self, who):
        """Return the nearest cluster of each of `who`, and the squared distance."""
        own = self.own[who]
        found = [*self._compare(who, own, itself=True), *self._compare(who, own ^ 1)]
        found += self._compare(*self._descend(who, own))
        i, j, square = (np.concatenate(part) for part in zip(*found, strict=True))
        near = np.flatnonzero(square <= self._limit(i))
        row_of = np.empty(len(self.half), np.intp)
        row_of[who] = np.arange(len(who))
        return self.clusters.nearest(who, row_of[i[near]], j[near])

    def _limit(self, i):
        """Return `best` and what rounding may have hidden: a millionth, and near-duplicates."""
        return self.best[i] * (1 + 1e-6) + 2e-24 / self.half[i]

    def _descend(self, who, own):
        """Return the pairs (cluster, leaf, bound) in which a nearer cluster may be.

        On each level a cluster meets the node beside its own, and the children of those that it
        could not drop.
        """
        limit = np.empty(len(self.half))
        limit[who] = self._limit(who)
        i, node, bound = who[:0], own[:0], limit[:0]
        depth = len(self.largest) - 1
        for level in range(1, depth + 1):
            i, node = children_of(i, node)
            if level < depth:  # the leaf beside its own was compared before
                i, node = np.append(i, who), np.append(node, (own >> (depth - level)) ^ 1)
            bound = _gap(self.clusters.hi, i, self.tree.boxes[level], node)
            bound /= self.half.take(i) + self.largest[level].take(node)
            near = np.flatnonzero(bound <= limit.take(i))
            i, node, bound = i.take(near), node.take(near), bound.take(near)
        return i, node, bound

    def _compare(self, i, leaf, bound=None, itself=False):
        """Yield pairs (i, j) of clusters i and of those j in the leaf that may be the nearest of
        i, and about how far they are apart; `best` falls on the way.
        """
        place, step = self.tree.place, max(1, CELLS // len(self.tree.place))
        for at in range(0, len(i), step):
            who, there = i[at : at + step], leaf[at : at + step]
            if bound is not None:
                near = np.flatnonzero(bound[at : at + step] <= self._limit(who))
                who, there = who[near], there[near]
            square = self._squares(who, there)
            if itself:
                square[place.take(there, axis=1) == who] = np.inf
            np.minimum.at(self.best, who, square.min(axis=0))
            row, pair = few_pairs(square <= self._limit(who))
            yield who[pair], place[row, there[pair]], square[row, pair]

    def _squares(self, who, leaf):
        """Return the squared distances of clusters `who` to those in a leaf of each, b x m."""
        total = np.zeros((len(self.tree.place), len(who)))
        for point, feature in zip(self.clusters.hi, self.points, strict=True):
            gap = feature.take(leaf, axis=1)
            gap -= point.take(who)
            gap *= gap
            total += gap
        half = self.halves.take(leaf, axis=1)
        half += self.half.take(who)
        total /= half
        return total


def _gap(points, i, boxes, node):
    """Return the squared distance of point i from the box of its node; 0 inside."""
    square = np.zeros(len(i))
    for point, (low, high) in zip(points, boxes, strict=True):
        x = point.take(i)
        gap = np.maximum(x, low.take(node))
        np.minimum(gap, high.take(node), out=gap)
        gap -= x
        gap *= gap
        square += gap
    return square
