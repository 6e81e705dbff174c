"""Merging in rounds: many pairs at once, before there is a square of distances.

Question: the chain needs a square of n^2 numbers, twice the condensed vector;
how do you begin without it?
Chapter: 9, Linkage.
Symbols: y condensed distances, only read; near, least the nearest other
cluster of each, and its distance; x, z the clusters that merge, x[p] < z[p];
update a rule of Lance and Williams; size how many observations each cluster
holds.

Two clusters that are each other's nearest merge in the final tree, whatever
happens elsewhere, if no merge brings clusters nearer together.  So a round
merges all such pairs: it reads the condensed vector once from front to back,
which is what memory does best, and writes the shorter one of the clusters that
are left, from the second round on in the place of the one before.  When the
square of those that are left fits in that place as well, the chain goes on: on
a quarter to a third of the n^2 numbers, and with as much less work.

Sources: Bruynooghe 1978 (reducible rules); Murtagh 1983 (reciprocal nearest
neighbours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from clusterlib.core.pairs import row_starts
from clusterlib.distance.condensed import spread
from clusterlib.hierarchy.algorithms.nn_chain import nearest_neighbour_chain

__all__ = ["merge_reciprocal_pairs", "merge_rounds"]

CACHED = 2_000  # clusters whose square fits in the processor's cache: the chain is as fast
WORTH = 12  # a round reads all distances: it should merge one cluster in as many

Merges = Iterator[tuple[int, int, float]]


def merge_reciprocal_pairs_plainly(D: np.ndarray, update: Callable) -> Merges:
    """Yield the same merges, round by round on a square of distances, for readers."""
    D, place, size = D.copy(), np.arange(len(D)), np.ones(len(D))
    while len(D) > 1:
        np.fill_diagonal(D, np.inf)
        near, kept = D.argmin(axis=1), np.ones(len(D), bool)
        for x, z in enumerate(near):
            if near[z] == x < z:  # each other's nearest
                yield int(place[x]), int(place[z]), float(D[x, z])
                D[x] = D[:, x] = update(D[x], D[z], D[x, z], size[x], size[z], size)
                size[x] += size[z]
                kept[z] = False
        D, place, size = D[np.ix_(kept, kept)], place[kept], size[kept]


def merge_reciprocal_pairs(
    y: np.ndarray, n: int, update: Callable, squares: bool = False
) -> Merges:
    """Yield the merges (x, z, height) of a rule that never brings clusters nearer together.

    Rounds go on while they pay, until the square fits in the place of the vector; then the
    chain takes over.  It does so at once if nearest distances tie, because a tie goes to the
    pair that the chain meets first.  With `squares` the rule is one on the squares of y.
    """
    place, size, room = np.arange(n), np.ones(n), np.empty(0)
    while len(place) > CACHED and len(place) ** 2 > len(room):
        near, least = _nearest(y, len(place))
        x = _mutual_pairs(near)
        tied = len(np.unique(least)) < len(least) - len(x)
        if tied or WORTH * len(x) < len(place):
            break
        z, height = near[x], least[x] * least[x] if squares else least[x]
        yield from zip(place[x].tolist(), place[z].tolist(), height.tolist(), strict=True)
        y = room = _merge(y, (x, z, height), size, update, squares, room)
        squares = False  # by now they are
        size[x] += size[z]
        place, size = np.delete(place, z), np.delete(size, z)
    D = _square(y, len(place), room, squares)
    del y, room
    for a, b, height in nearest_neighbour_chain(D, update, size):
        yield int(place[a]), int(place[b]), height


def merge_rounds(clusters, search: Callable, until: int = 1) -> Iterator[tuple]:
    """Yield the merges (x, y, distance) of clusters, a round of them at once, until few are left.

    `search(clusters, who)` returns the nearest cluster of each of `who`, and its distance;
    `clusters.merge(x, y)` joins each cluster x to its y, and returns which are left.  A round
    merges all pairs that are each other's nearest.  Only clusters that are new or have lost
    their nearest search again.
    """
    n = len(clusters.place)
    near, least, lost = np.zeros(n, np.intp), np.zeros(n), np.arange(n)
    while len(near) > until:
        near[lost], least[lost] = search(clusters, lost)
        x = _mutual_pairs(near)
        y = near[x]
        if not len(x):  # rounding, or ties broken in an older round, have hidden the closest pair
            lost = np.arange(len(near))
            continue
        yield clusters.place[x], clusters.place[y], least[x]
        changed = np.zeros(len(near), bool)
        changed[x] = changed[y] = True
        stale = changed | changed[near]
        kept = clusters.merge(x, y)
        near, least = np.searchsorted(kept, near[kept]), least[kept]
        lost = np.flatnonzero(stale[kept])


def _mutual_pairs(near: np.ndarray) -> np.ndarray:
    """Return the first of each two clusters of which each is the nearest of the other."""
    own = np.arange(len(near))
    return np.flatnonzero((near[near] == own) & (near > own))


def _nearest(y, n):
    """Return the nearest other of each of n clusters, and its distance."""
    near, least, end = np.zeros(n, np.intp), np.full(n, np.inf), 0
    for i in range(n - 1):
        row, end = y[end : end + n - 1 - i], end + n - 1 - i
        j = row.argmin()
        if row[j] < least[i]:
            near[i], least[i] = i + 1 + j, row[j]
        closer = (row < least[i + 1 :]).nonzero()[0]
        least[i + 1 :][closer] = row[closer]
        near[i + 1 :][closer] = i
    return near, least


def _merge(y, pairs, size, update, squares, room):
    """Return the condensed distances after merging pairs: each x[p] becomes the cluster of both.

    A new row is made of the old row, merged with that of the partner, from which the entries
    of those after it are taken; two of them become one where they are partners themselves.
    It is written to `room`, which may be y: never beyond the rows that have been read.
    """
    (x, z, height), n = pairs, len(size)
    kept = np.delete(np.arange(n), z)
    m, slot, start = len(kept), kept.searchsorted(x), row_starts(n)
    n_x, n_z = size[x], size[z]
    new, p, end = room if len(room) else np.empty(m * (m - 1) // 2), 0, 0
    row, other = np.zeros((2, n))
    for a, i in enumerate(kept[:-1].tolist(), 1):
        own = size[i]
        after = _read(row, i, i, y, start, squares)
        if p < len(x) and x[p] == i:
            partner = _read(other, i, int(z[p]), y, start, squares)
            after[:] = update(after, partner, height[p], own, n_z[p], size[i + 1 :])
            own, p = own + n_z[p], p + 1
        out, end = new[end : end + m - a], end + m - a
        row.take(kept[a:], out=out, mode="clip")
        both = row.take(x[p:]), row.take(z[p:])
        out[slot[p:] - a] = update(*both, height[p:], n_x[p:], n_z[p:], own)
    return new


def _read(row, i, k, y, start, squares):
    """Put the distances of cluster k >= i to those after i into `row`; return that part of it."""
    n, after = len(row), row[i + 1 :]
    if k > i:
        y.take(start[i + 1 : k] + k, out=row[i + 1 : k], mode="clip")
        row[k] = 0.0
    row[k + 1 :] = y[start[k] + k + 1 : start[k] + n]
    return np.multiply(after, after, out=after) if squares else after


def _square(y, n, room, squares):
    """Return the n(n-1)/2 distances in y as a square, in `room` if that is large enough."""
    D = (room if n * n <= len(room) else np.empty(n * n))[: n * n].reshape(n, n)
    spread(y[: n * (n - 1) // 2], D, squares)
    return D
