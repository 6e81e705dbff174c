"""The closest pair of all clusters, again and again.

Question: centroid and median may merge clusters that come nearer afterwards; how do you find
the closest pair without looking at all pairs each time?
Chapter: 9, Linkage.
Symbols: D square distances, overwritten; x, y the clusters that merge; update
a rule of Lance and Williams; row distances of one cluster to all others; size
how many observations each cluster holds, one each unless given.

Sources: Müllner 2011, Modern hierarchical, agglomerative clustering algorithms (bounds, and
the ties).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

import numpy as np

from clusterlib.hierarchy.algorithms.heap import LazyHeap
from clusterlib.hierarchy.algorithms.nn_chain import COMPACT, WIDE, compact

__all__ = ["all_pairs", "closest_pairs"]

FEW = 120  # to look at all pairs of so few clusters is faster than to keep bounds
TINY = 40  # to search so few is nothing beside the call

Merges = Iterator[tuple[int, int, float]]


def closest_pairs(D: np.ndarray, update: Callable, size: np.ndarray | None = None) -> Merges:
    """Yield the merges of any rule, always the closest pair of all, in order.

    Lower bounds say where the closest pair may be.
    """
    np.fill_diagonal(D, np.inf)
    yield from closest_by_bounds(D, update, np.ones(len(D)) if size is None else size.astype(float))


def all_pairs(D: np.ndarray, update: Callable, size: np.ndarray | None = None) -> Merges:
    """Yield the same merges: the least number in D is the closest pair.

    If several are the least, bounds and a heap decide as they do for `closest_pairs`.
    """
    np.fill_diagonal(D, np.inf)
    size = np.ones(len(D)) if size is None else size.astype(float)
    yield from closest_of_few(D, update, size) or closest_by_bounds(D, update, size)


def closest_of_few(D: np.ndarray, update: Callable, size: np.ndarray) -> list[tuple]:
    """Return the merges of the closest pairs, or none if a tie may have decided one of them.

    A tie is a height that comes a second time among all the distances that there ever were, so
    one look at the end finds any.  Ties from the start are seen sooner: the number that is the
    least of three rows belongs to two pairs.
    """
    nearest = np.sort(D.min(axis=0))
    if (nearest[2:] == nearest[:-2]).any():
        return []
    D, size = D.copy(), size.copy()  # to begin again with if there is a tie
    place, nowhere = list(range(len(D))), np.full(len(D), np.inf)
    merges, rows = [], [D[np.tri(len(D), k=-1, dtype=bool)]]
    for living in range(len(D), 1, -1):
        if 2 * living <= len(D) and len(D) > TINY:
            keep = np.flatnonzero(D.min(axis=0) < np.inf)
            D, size, nowhere = compact(D, keep), size[keep], nowhere[: len(keep)]
            place = [place[x] for x in keep]
        x, y = divmod(int(D.argmin()), len(D))
        height, n_x, n_y = D.item(x, y), size.item(x), size.item(y)
        merges.append((place[x], place[y], height))
        row = update(D[x], D[y], height, n_x, n_y, size)
        row[x] = row[y] = np.inf
        D[x] = D[:, x] = nowhere
        D[y] = D[:, y] = row
        size[y] = n_x + n_y
        rows.append(row)
    heights = np.array([height for _, _, height in merges])
    ever = np.concatenate(rows)
    low = np.sort(ever[ever <= heights.max(initial=0)])
    once = low.searchsorted(heights, "right") - low.searchsorted(heights) == 1
    return merges if once.all() else []


def closest_pairs_plainly(D: np.ndarray, update: Callable) -> Merges:
    """Yield the same merges where no distances tie, without a heap, for readers."""
    D, size = D.copy(), np.ones(len(D))
    np.fill_diagonal(D, np.inf)
    near = np.array([x + D[x, x:].argmin() for x in range(len(D))])
    bound = D[range(len(D)), near]
    for _ in range(len(D) - 1):
        while D[x := bound.argmin(), near[x]] > bound[x]:  # its nearest has merged
            near[x] = x + D[x, x:].argmin()
            bound[x] = D[x, near[x]]
        y = near[x]
        yield int(x), int(y), float(bound[x])
        row = update(D[x], D[y], bound[x], size[x], size[y], size)
        D[x] = D[:, x] = row[[x, y]] = bound[x] = np.inf
        D[y] = D[:, y] = row
        size[y] += size[x]
        closer = np.flatnonzero(row[:y] < bound[:y])
        near[closer], bound[closer] = y, row[closer]
        near[y] = y + row[y:].argmin()
        bound[y] = row[near[y]]


def closest_by_bounds(D: np.ndarray, update: Callable, size: np.ndarray) -> Merges:
    """Yield the merges of the closest pairs without looking at all pairs.

    Remember for each cluster its nearest among those after it.  A merge can make a remembered
    distance too small but never too large, because each new distance is compared with it at
    once: they are lower bounds.  So take the smallest; if its pair is still as near as that,
    no pair is closer; if not, search the row again.  Usual data need few searches per merge.
    The `queue` is asked only when bounds tie (`heap`).
    """
    n = len(D)
    place, dead = list(range(n)), np.zeros(n)
    near = [x + int(D[x, x:].argmin()) for x in range(n)]
    bound, heir, wide = D[place, near], list(range(n)), n > WIDE
    queue = LazyHeap(bound[:-1])
    for living in range(n, 1, -1):
        if living == FEW < n or (2 * living <= len(D) and living >= COMPACT):
            keep = np.flatnonzero(dead == 0)
            D, dead, size, bound = compact(D, keep), dead[keep], size[keep], bound[keep]
            near = np.searchsorted(keep, [_living(heir, near[x]) for x in keep]).tolist()
            place, heir, wide = [place[x] for x in keep], list(range(living)), living > WIDE
        if living == FEW < n and (few := closest_of_few(D, update, size)):
            yield from ((place[x], place[y], height) for x, y, height in few)
            return
        while True:  # closest pair
            x = int(bound.argmin())
            height, after = bound.item(x), bound[x + 1 :]
            if after.item(after.argmin()) == height:
                x = bisect_left(place, queue.first())
            y = _living(heir, near[x])
            if D.item(x, y) == height:
                break
            near[x] = x + int((D[x, x:] + dead[x:] if wide else D[x, x:]).argmin())
            bound[x] = height = D.item(x, near[x])
            queue.change(place[x], height)
        yield place[x], place[y], height  # merge
        queue.pop()
        n_x, n_y, heir[x] = size.item(x), size.item(y), y
        row = update(D[x] + dead if wide else D[x], D[y], height, n_x, n_y, size)
        row[x] = row[y] = bound[x] = dead[x] = np.inf
        D[y] = D[:, y] = row
        if not wide:
            D[:, x] = np.inf
        size[y] = n_x + n_y
        for z in (row[:y] < bound[:y]).nonzero()[0].tolist():
            near[z], bound[z] = y, row[z]
            queue.change(place[z], row.item(z))
        near[y] = y + int(row[y:].argmin())
        bound[y] = height = row.item(near[y])
        queue.change(place[y], height)


def _living(heir, x):
    """Return the cluster that x is in by now."""
    while heir[x] != x:
        x = heir[x]
    return x
