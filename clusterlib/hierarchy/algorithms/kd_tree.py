"""A k-d tree in NumPy: which boxes of points may hold a near one?

Question: how do you find neighbours without looking at all pairs?
Chapter: 9, Linkage.
Symbols: X observations; q, r leaves of the tree, node a node of one level.

The tree halves the points across the widest side of their box, and again, until a leaf holds
about ten.  All leaves descend it level by level at once: each level of the tree is one array,
and a list of pairs (leaf, node) is what is left of the search.  Who searches drops the pairs
whose boxes are too far apart, and goes on with the two children of each node that stays.

Sources: Friedman, Bentley and Finkel 1977, An algorithm for finding best matches in
logarithmic expected time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

__all__ = ["CELLS", "KDTree", "children_of", "gaps", "levels_of", "plant"]

LEAF = 12  # points in a leaf: fewer make longer lists of leaves, more make larger blocks
CELLS = 1 << 16  # distances in a block: its two buffers of 512 KiB stay in a core's cache


class KDTree(NamedTuple):
    """A k-d tree in which each level is one array: node i has the children 2i and 2i + 1."""

    place: np.ndarray  # b x leaves: the points of each leaf, some twice to fill it
    points: np.ndarray  # d x b x leaves
    boxes: list  # lowest and highest corner of each level, d x 2 x nodes


def plant(X: np.ndarray) -> KDTree:
    """Return the k-d tree of points; its leaves are all of one size."""
    n = len(X)
    depth = max(0, int(np.ceil(np.log2(n / LEAF))))
    size = -(-n >> depth) if depth else n
    place = (np.arange(size << depth) % n)[None]
    columns = np.array(X.T, order="C")
    for _ in range(depth):
        points = columns.take(place, axis=1)
        widest = (points.max(axis=2) - points.min(axis=2)).argmax(axis=0)
        along = points[widest, np.arange(len(place))]
        half = place.shape[1] // 2
        halves = np.argpartition(along, half, axis=1)
        place = np.take_along_axis(place, halves, axis=1).reshape(-1, half)
    points = columns.take(place.T, axis=1)
    boxes = [np.stack((points.min(axis=1), points.max(axis=1)), axis=1)]
    while boxes[0].shape[2] > 1:
        (low, high), left, right = boxes[0].swapaxes(0, 1), slice(0, None, 2), slice(1, None, 2)
        both = np.minimum(low[:, left], low[:, right]), np.maximum(high[:, left], high[:, right])
        boxes.insert(0, np.stack(both, axis=1))
    return KDTree(place.T.copy(), points, boxes)


def levels_of(values: np.ndarray, combine: np.ufunc) -> list[np.ndarray]:
    """Return the values of the nodes, a level an array, root first, given those of the leaves."""
    levels = [values]
    while len(levels[0]) > 1:
        levels.insert(0, combine(levels[0][::2], levels[0][1::2]))
    return levels


def children_of(q: np.ndarray, node: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (leaf, node) of the next level: each node gives way to its two children."""
    q, node = np.repeat(q, 2), np.repeat(2 * node, 2)
    node[1::2] += 1
    return q, node


def gaps(leaf_boxes, q, node_boxes, node) -> tuple[np.ndarray, np.ndarray]:
    """Return the squares of the least and the greatest distance of boxes q and node."""
    nearest, farthest = np.zeros((2, len(q)))
    for (q_low, q_high), (low, high) in zip(leaf_boxes, node_boxes, strict=True):
        ahead = low[node] - q_high[q]
        behind = q_low[q] - high[node]
        far = np.minimum(ahead, behind)
        farthest = farthest + far * far
        near = np.maximum(np.maximum(ahead, behind, out=ahead), 0.0, out=ahead)
        near *= near
        nearest = nearest + near
    return nearest, farthest
