"""Merging on a square matrix of distances.

Question: how do you find the pair to merge without searching all pairs, all
the time?
Chapter: 9, Linkage.
Symbols: D square distances, overwritten; x, y the clusters that merge; update
a rule of Lance and Williams; row distances of one cluster to all others; size
how many observations each cluster holds, one each unless given.

The functions yield merges (x, y, height), one at a time.  A cluster lives
in the row and column of one of its points: the merged cluster takes the place
of y, and x is dead: its column becomes infinite, or, where columns are slow to
write, `dead` holds an infinity for it, which is added to a row before its
minimum is sought.  When half of the rows are dead, D is compacted to the living
ones, in their old order, so that ties go to the same pair as before.  For many
points `rounds` begins, without the square, and leaves fewer.

Sources: Benzécri 1982 and Juan 1982 (chain); Murtagh 1983; Müllner 2011,
Modern hierarchical, agglomerative clustering algorithms (both, and the ties).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

import numpy as np

from clusterlib.ties import Queue

__all__ = ["closest_pairs", "nearest_neighbour_chain"]

COPIED = 500  # so few rows are compacted at once, in memory of their own
COMPACT = 128  # smaller matrices fit in a core's cache, where dead columns cost nothing
FEW = 120  # to look at all pairs of so few clusters is faster than to keep bounds
TINY = 40  # to search so few is nothing beside the call
WIDE = 1000  # rows of a wider matrix lie so far apart that writing a column is slow

Merges = Iterator[tuple[int, int, float]]


def nearest_neighbour_chain(
    D: np.ndarray, update: Callable, size: np.ndarray | None = None
) -> Merges:
    """Yield the merges of a rule under which no merge brings clusters nearer together.

    Follow nearest neighbours: from any cluster to its nearest, to the nearest of that, and on.
    The distances fall, so the chain ends at two clusters that are each other's nearest.  These
    merge in the final tree as well, because no other merge can come between them (the rule is
    *reducible*); what is left of the chain stays a chain.  So each cluster is searched about
    three times in all, and the merges come out of order: sort them by height.
    """
    n = len(D)
    np.fill_diagonal(D, np.inf)
    place, dead = list(range(n)), np.zeros(n)
    size = np.ones(n) if size is None else size.astype(float)
    chain: list[int] = []
    wide = n > WIDE
    for living in range(n, 1, -1):
        if 2 * living <= len(D) and living >= COMPACT:
            keep = np.flatnonzero(dead == 0)
            D, dead, size = _compact(D, keep), dead[keep], size[keep]
            place, chain = [place[i] for i in keep], np.searchsorted(keep, chain).tolist()
            wide = living > WIDE
        if not chain:
            chain.append(int(dead.argmin()))
        height = D.item(chain[-2], chain[-1]) if len(chain) > 1 else np.inf
        while True:  # chain
            row = D[chain[-1]] + dead if wide else D[chain[-1]]
            x = int(row.argmin())
            if row.item(x) >= height:  # no nearer than the one before: a tie goes back, or we
                break  # may circle
            height = row.item(x)
            chain.append(x)
        x, y = sorted((chain.pop(), chain.pop()))  # merge
        n_x, n_y = size.item(x), size.item(y)
        yield place[x], place[y], height
        row = update(D[x], D[y], height, n_x, n_y, size)
        row[y] = dead[x] = np.inf
        D[y] = D[:, y] = row
        if not wide:
            D[:, x] = np.inf
        size[y] = n_x + n_y


def closest_pairs(D: np.ndarray, update: Callable, size: np.ndarray | None = None) -> Merges:
    """Yield the merges of any rule, always the closest pair of all, in order.

    Among few clusters that is the least number in D.  Among many, bounds say where it may be.
    """
    np.fill_diagonal(D, np.inf)
    size = np.ones(len(D)) if size is None else size.astype(float)
    few = len(D) <= FEW and closest_of_few(D, update, size)
    yield from few or closest_by_bounds(D, update, size)


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
            D, size, nowhere = _compact(D, keep), size[keep], nowhere[: len(keep)]
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


def closest_by_bounds(D: np.ndarray, update: Callable, size: np.ndarray) -> Merges:
    """Yield the merges of the closest pairs without looking at all pairs.

    Remember for each cluster its nearest among those after it.  A merge can make a remembered
    distance too small but never too large, because each new distance is compared with it at
    once: they are lower bounds.  So take the smallest; if its pair is still as near as that,
    no pair is closer; if not, search the row again.  Usual data need few searches per merge.
    The `queue` is asked only when bounds tie (`ties`).
    """
    n = len(D)
    place, dead = list(range(n)), np.zeros(n)
    near = [x + int(D[x, x:].argmin()) for x in range(n)]
    bound, heir, wide = D[place, near], list(range(n)), n > WIDE
    queue = Queue(bound[:-1])
    for living in range(n, 1, -1):
        if living == FEW < n or (2 * living <= len(D) and living >= COMPACT):
            keep = np.flatnonzero(dead == 0)
            D, dead, size, bound = _compact(D, keep), dead[keep], size[keep], bound[keep]
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


def _compact(D, keep):
    """Return D of the clusters in `keep`, moved to the front of its own memory.

    At most half are kept, so a row never moves onto rows that are still to be read.
    """
    m = len(keep)
    if m <= COPIED:
        return D.take(keep, axis=0).take(keep, axis=1)
    smaller = D.reshape(-1)[: m * m].reshape(m, m)
    for row, i in zip(smaller, keep, strict=True):
        row[:] = D[i].take(keep)
    return smaller
