"""Single linkage is a shortest network.

Question: which n-1 links join all points with the least total length?
Chapter: 9, Linkage.
Symbols: X observations; D square distances, y condensed; x the point visited
last; reach distance of each point outside to the nearest point visited; at
where x, or the next, stands among the points that are left.

A link of such a network (a minimum spanning tree) is the shortest bridge
between the two parts that it joins: exactly what single linkage merges.  So
any algorithm for the network gives the tree, once the links are sorted.

Sources: Gower and Ross 1969 (single linkage from the spanning tree); Prim
1957; Jarník 1930.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from clusterlib.core.lower_bounds import bound_columns, lower_bounds
from clusterlib.core.pairs import row_starts

__all__ = ["prim_square", "prim_condensed", "prim_points"]

COMPACT = 64  # fewer points are not worth moving together

Links = Iterator[tuple[int, int, float]]


def prim_square(D: np.ndarray) -> Links:
    """Yield n-1 links (x, y, length) in Prim's order: always the nearest point outside.

    The link recorded leads from the point visited last, not from the one that the next is
    nearest to: both lie in the same part when the links are sorted by length, and no parents
    are needed.  `visited` is infinite for the points inside, and zero for those outside.
    """
    n, x = len(D), 0
    reach, visited, outside = np.full(n, np.inf), np.zeros(n), np.empty(n)
    for _ in range(n - 1):
        visited[x] = np.inf
        np.minimum(reach, D[x], out=reach)
        np.maximum(reach, visited, out=outside)
        last, x = x, int(outside.argmin())
        yield last, x, outside.item(x)


def prim_condensed(y: np.ndarray, n: int) -> Links:
    """Yield the same links, in O(n) memory beside the condensed distances.

    They are read where they stand: pair a < b at start[a] + b.  Visited points are dropped
    when they are an eighth of the rest, and the others keep their order.
    """
    outside = np.arange(n)
    start = row_starts(n)
    first = start.tolist()
    reach, visited = np.full(n, np.inf), np.zeros(n)
    row, where = np.empty(n), np.empty(n, np.intp)
    x = at = gone = 0
    for _ in range(n - 1):
        visited[at], gone = np.inf, gone + 1
        if 8 * gone >= len(outside) > COMPACT:
            left = np.flatnonzero(visited == 0)
            at, gone = int(left.searchsorted(at)), 0
            outside, start = outside[left], start[left]
            reach, visited = reach[left], visited[left]
            row, where = row[: len(left)], where[: len(left)]
        np.add(start[:at], x, out=where[:at])
        np.add(outside[at:], first[x], out=where[at:])
        y.take(where, out=row, mode="clip")  # x itself, if it is still there, reads a neighbour
        np.minimum(reach, row, out=reach)
        np.maximum(reach, visited, out=row)
        at = int(row.argmin())
        yield x, int(outside[at]), row[at]
        x = int(outside[at])


def prim_points(X: np.ndarray) -> Links:
    """Yield the same links from points and Euclidean distance, in O(nd) memory.

    Most distances to the new point change nothing, and a lower bound is enough to see that
    (`lower_bounds`).  Where it is below the reach, take the true distance, by differences: near
    duplicates lose no digit, and ties go as they do on a matrix.  Visited points are dropped as
    from condensed distances.
    """
    points, place = np.ascontiguousarray(X.T), np.arange(len(X))
    table = bound_columns(points)
    reach = np.full(len(X), np.inf)
    limit = np.full(len(X), np.inf, np.float32)  # square of the reach, rounded up
    at = visited = 0
    for _ in range(len(X) - 1):
        x, visited = int(place[at]), visited + 1
        reach[at], limit[at] = np.inf, -np.inf
        near = np.flatnonzero(lower_bounds(table, at) < limit)
        gaps = points.take(near, axis=1) - points[:, at, None]
        gaps *= gaps
        length = np.sqrt(np.add.reduce(gaps, axis=0))
        closer = length < reach[near]
        near, length = near[closer], length[closer]
        reach[near] = length
        limit[near] = length * length * (1 + 1e-6)
        at = int(reach.argmin())
        yield x, int(place[at]), reach[at]
        if 8 * visited >= len(place) > COMPACT:
            left = np.flatnonzero(limit >= 0)
            points, table = points.take(left, axis=1), table.take(left, axis=1)
            place, reach, limit = place[left], reach[left], limit[left]
            at, visited = int(np.searchsorted(left, at)), 0
