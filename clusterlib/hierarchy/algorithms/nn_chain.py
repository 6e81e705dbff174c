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
points `reciprocal_neighbours` begins, without the square, and leaves fewer.

Sources: Benzécri 1982 and Juan 1982 (chain); Murtagh 1983; Müllner 2011,
Modern hierarchical, agglomerative clustering algorithms (both, and the ties).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

__all__ = ["nearest_neighbour_chain"]

COPIED = 500  # so few rows are compacted at once, in memory of their own
COMPACT = 128  # smaller matrices fit in a core's cache, where dead columns cost nothing
WIDE = 1000  # rows of a wider matrix lie so far apart that writing a column is slow

Merges = Iterator[tuple[int, int, float]]


def nearest_neighbour_chain_plainly(D: np.ndarray, update: Callable) -> Merges:
    """Yield the same merges on a square of its own that keeps its dead rows, for readers."""
    D, size, living = D.copy(), np.ones(len(D)), list(range(len(D)))
    np.fill_diagonal(D, np.inf)
    chain: list[int] = []
    while len(living) > 1:
        chain = chain or [living[0]]
        x = int(D[chain[-1]].argmin())
        if len(chain) == 1 or D[chain[-1], x] < D[chain[-1], chain[-2]]:
            chain.append(x)  # nearer than the one before
            continue
        x, y = sorted((chain.pop(), chain.pop()))  # each other's nearest: merge
        yield x, y, float(D[x, y])
        D[y] = D[:, y] = update(D[x], D[y], D[x, y], size[x], size[y], size)
        D[x] = D[:, x] = D[y, y] = np.inf
        size[y] += size[x]
        living.remove(x)


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
            D, dead, size = compact(D, keep), dead[keep], size[keep]
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


def compact(D, keep):
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
