"""Merging on a square matrix of distances.

Question: how do you find the pair to merge without searching all pairs, all
the time?
Chapter: 9, Linkage.
Symbols: D square distances, overwritten; x, y the clusters that merge; update
a rule of Lance and Williams; row distances of one cluster to all others.

Both functions yield the merges (x, y, height) one at a time.  A cluster lives
in the row and column of one of its points: the merged cluster takes the place
of y, and x is dead.  Dead columns are not rewritten; `dead` holds an infinity
for each, which is added to a row before its minimum is sought.  When half of
the rows are dead, D is compacted to the living ones, in their old order, so
that ties go to the same pair as before.

Sources: Benzécri 1982 and Juan 1982 (chain); Murtagh 1983; Müllner 2011,
Modern hierarchical, agglomerative clustering algorithms (both, and the ties).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

__all__ = ["closest_pairs", "nearest_neighbour_chain"]

COMPACT = 64  # smaller matrices fit in the first cache, where dead columns cost nothing

Merges = Iterator[tuple[int, int, float]]


def nearest_neighbour_chain(D: np.ndarray, update: Callable) -> Merges:
    """Yield the merges of a rule under which no merge brings clusters nearer together.

    Follow nearest neighbours: from any cluster to its nearest, to the nearest of that, and on.
    The distances fall, so the chain ends at two clusters that are each other's nearest.  These
    merge in the final tree as well, because no other merge can come between them (the rule is
    *reducible*); what is left of the chain stays a chain.  So each cluster is searched about
    three times in all, and the merges come out of order: sort them by height.
    """
    n = len(D)
    np.fill_diagonal(D, np.inf)
    place, dead, size, row = np.arange(n), np.zeros(n), np.ones(n), np.empty(n)
    chain: list[int] = []
    for living in range(n, 1, -1):
        if 2 * living <= len(D) and living >= COMPACT:
            D, keep = _living(D, dead)
            place, dead, size, row = place[keep], dead[keep], size[keep], row[keep]
            chain = np.searchsorted(keep, chain).tolist()
        if not chain:
            chain.append(int(dead.argmin()))
        while True:  # chain
            y = chain[-1]
            np.add(D[y], dead, out=row)
            x = int(row.argmin())
            if len(chain) > 1 and row[chain[-2]] <= row[x]:  # a tie goes back, or we may circle
                break
            chain.append(x)
        x, y = sorted((chain.pop(), chain.pop()))  # merge
        height = D[x, y]
        yield place[x], place[y], height
        row[:] = update(D[x], D[y], height, size[x], size[y], size)
        row[y] = np.inf
        D[y] = row
        D[:, y] = row
        dead[x] = np.inf
        size[x], size[y] = 0, size[x] + size[y]


def closest_pairs(D: np.ndarray, update: Callable) -> Merges:
    """Yield the merges of any rule, always the closest pair of all, in order.

    Remember for each cluster its nearest among those after it.  A merge can make a remembered
    distance too small but never too large, when each new distance is compared at once: they
    are lower bounds.  So take the smallest bound, and search that one row again if it is out
    of date.  Little more than one search per merge is needed on usual data.
    """
    n = len(D)
    np.fill_diagonal(D, np.inf)
    place, dead, size = np.arange(n), np.zeros(n), np.ones(n)
    near = np.array([x + 1 + int(D[x, x + 1 :].argmin()) for x in range(n - 1)] + [n - 1])
    bound = D[np.arange(n), near]
    for living in range(n, 1, -1):
        if 2 * living <= len(D) and living >= COMPACT:
            D, keep = _living(D, dead)
            place, dead, size, bound = place[keep], dead[keep], size[keep], bound[keep]
            near = np.searchsorted(keep, near[keep])
        while True:  # closest pair
            x = int(bound.argmin())
            y = int(near[x])
            height = bound[x]
            if D[x, y] == height:
                break
            near[x], bound[x] = _nearest_after(x, D[x], dead)
        yield place[x], place[y], height  # merge
        dead[x] = bound[x] = np.inf
        row = update(D[x], D[y], height, size[x], size[y], size) + dead
        row[y] = np.inf
        D[y] = row
        D[:, y] = row
        size[x], size[y] = 0, size[x] + size[y]
        near[:x][near[:x] == x] = y  # a guess; the check above corrects it
        closer = np.flatnonzero(row[:y] < bound[:y])
        near[closer], bound[closer] = y, row[closer]
        near[y], bound[y] = _nearest_after(y, row, dead)


def _nearest_after(x, row, dead):
    """Return the nearest living cluster after x and its distance."""
    if x + 1 == len(row):
        return x, np.inf
    later = row[x + 1 :] + dead[x + 1 :]
    y = int(later.argmin())
    return x + 1 + y, later[y]


def _living(D, dead):
    """Return D without its dead rows and columns, and the indices of the living ones."""
    keep = np.flatnonzero(dead == 0)
    return D[np.ix_(keep, keep)], keep
