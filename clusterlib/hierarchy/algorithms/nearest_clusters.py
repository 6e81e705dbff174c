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
4. Drop a node that is farther away than `best`; compare what is left, the nearest first.

Sources: Yu, Wang, Gu, Dhulipala and Shun 2022, ParChain: a framework for parallel hierarchical
agglomerative clustering using nearest-neighbor chain (PVLDB 15).
"""

from __future__ import annotations

import numpy as np

from clusterlib.core.lower_bounds import few_pairs
from clusterlib.hierarchy.algorithms.kd_tree import CELLS, children_of, levels_of, plant

__all__ = ["nearest_by_tree"]

TOGETHER = 1 << 14  # clusters that search together: their pairs stay in a few megabytes


def nearest_by_tree(clusters, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest cluster of each of `who`, and the squared distance.

    There must be more clusters than a leaf holds.  Of equally near ones it is the one with the
    least i XOR j, which both ends agree on.
    """
    tree = plant(clusters.hi.T)
    own = np.empty(len(clusters.size), np.intp)
    own[tree.place] = np.arange(tree.place.shape[1])
    half = [0.5 / s for s in levels_of(clusters.size[tree.place].min(axis=0), np.minimum)]
    best = np.full(len(clusters.size), np.inf)
    row_of = np.empty(len(clusters.size), np.intp)
    parts = []
    for i in np.split(who, range(TOGETHER, len(who), TOGETHER)):
        found = list(_compare(tree, clusters, best, i, own[i], np.zeros(len(i))))
        found += _compare(tree, clusters, best, i, own[i] ^ 1, np.zeros(len(i)))
        found += _compare(tree, clusters, best, *_descend(tree, clusters, half, best, i, own[i]))
        x, j, square = (np.concatenate(part) for part in zip(*found, strict=True))
        near = np.flatnonzero(square <= _limit(best, clusters, x))
        row_of[i] = np.arange(len(i))
        parts.append(clusters.nearest(i, row_of[x[near]], j[near]))
    near, square = (np.concatenate(part) for part in zip(*parts, strict=True))
    return near, square


def _descend(tree, clusters, half, best, who, own):
    """Return the pairs (cluster, leaf, bound) in which a nearer cluster may be.

    On each level a cluster meets the node beside its own, and the children of those that it
    could not drop.
    """
    i, node, bound = who[:0], own[:0], best[:0]
    depth = len(half) - 1
    for level in range(1, depth + 1):
        i, node = children_of(i, node)
        if level < depth:  # the leaf beside its own was compared before
            i, node = np.append(i, who), np.append(node, (own >> (depth - level)) ^ 1)
        bound = _gap(clusters.hi, i, tree.boxes[level], node)
        bound /= 0.5 / clusters.size[i] + half[level][node]
        near = np.flatnonzero(bound <= _limit(best, clusters, i))
        i, node, bound = i[near], node[near], bound[near]
    return i, node, bound


def _limit(best, clusters, i):
    """Return `best` and what rounding may have hidden: a millionth, and near-duplicates."""
    return best[i] * (1 + 1e-6) + 4e-24 * clusters.size[i]


def _gap(points, i, boxes, node):
    """Return the squared distance of point i from the box of its node; 0 inside."""
    square = np.zeros(len(i))
    for point, (low, high) in zip(points, boxes, strict=True):
        x = point[i]
        gap = np.maximum(low[node] - x, x - high[node])
        np.maximum(gap, 0.0, out=gap)
        gap *= gap
        square += gap
    return square


def _compare(tree, clusters, best, i, leaf, bound):
    """Yield pairs (i, j) of clusters i and of those j in the leaf that may be the nearest of i,
    and about how far they are apart.

    The nearest leaves come first, and `best` falls on the way.
    """
    step, order = max(1, CELLS // len(tree.place)), bound.argsort()
    for at in range(0, len(i), step):
        now = order[at : at + step]
        now = now[bound[now] <= _limit(best, clusters, i[now])]
        who, j = i[now], tree.place.take(leaf[now], axis=1)
        square = np.zeros(j.shape)
        for point, feature in zip(clusters.hi, tree.points, strict=True):
            gap = feature.take(leaf[now], axis=1)
            gap -= point[who]
            gap *= gap
            square += gap
        size = clusters.size[j]
        square *= 2 * clusters.size[who] * size / (clusters.size[who] + size)
        square[j == who] = np.inf
        np.minimum.at(best, who, square.min(axis=0))
        row, pair = few_pairs(square <= _limit(best, clusters, who))
        yield who[pair], j[row, pair], square[row, pair]
