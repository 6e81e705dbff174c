"""From merges to a linkage matrix: which clusters did the two points belong to by then?

Question: an algorithm names one point of each side, in an order of its own; how do you number
the clusters?
Chapter: 9, Linkage.
Symbols: x, y points, one of each side of a merge; rank the place of a merge by height; label
the number that the linkage matrix gives to a cluster.

The merges are the links of a tree of points, and the lowest are made first.  A merge that is
the lowest of all that touch its two clusters can be made at once, whatever happens elsewhere:
so all of them are, a round of arrays.  Where rounds no longer pay, say on a chain, each point
looks its cluster up in a forest of pointers, one merge after the other.

Sources: Müllner 2011, Modern hierarchical, agglomerative clustering algorithms (the forest of
pointers); Borůvka 1926 (rounds).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

__all__ = ["linkage_matrix_from_merges"]

FEW = 1_000  # merges that are numbered faster one at a time
WORTH = 8  # a round should make one merge in as many


def linkage_matrix_from_merges(
    merges: Iterable[tuple], squared: bool = False, in_order: bool = False
) -> np.ndarray:
    """Return the linkage matrix of merges (x, y, height) that name one point of each side.

    Merges come one at a time, or a round of them at once, as three arrays.  They are sorted by
    height, and ties stay as they are, unless they come `in_order`.
    """
    x, y, height = (_column(part) for part in zip(*merges, strict=True))
    height = np.sqrt(height) if squared else height
    order = slice(None) if in_order else height.argsort(kind="stable")
    links = np.empty((len(x), 4))
    links[:, 2] = height[order]
    for rank, a, b, size in _numbered(x[order], y[order]):
        links[rank, 0], links[rank, 1] = np.minimum(a, b), np.maximum(a, b)
        links[rank, 3] = size
    return links


def _column(values):
    """Return numbers, or arrays of numbers, as one array."""
    return np.hstack(values) if np.ndarray in set(map(type, values)) else np.array(values)


def _numbered(x, y) -> Iterator[tuple]:
    """Yield rounds of merges (rank, label of x's cluster, label of y's, size of both)."""
    n, rank = len(x) + 1, np.arange(len(x))
    label, size, stands = np.arange(n), np.ones(n, np.intp), np.arange(n)
    lowest = np.empty(n, np.intp)
    while len(rank) > FEW:
        lowest[x] = lowest[y] = n
        np.minimum.at(lowest, x, rank)
        np.minimum.at(lowest, y, rank)
        now = (lowest[x] == rank) & (lowest[y] == rank)
        gone, kept, made = x[now], y[now], rank[now]
        if WORTH * len(made) < len(rank):  # what meets early should lie together in memory
            order = lowest.argsort()
            x, y = order.argsort()[np.stack((x, y))]
            label, size = label[order], size[order]
            break
        size[kept] += size[gone]
        yield made, label[gone], label[kept], size[kept]
        label[kept], stands[gone] = n + made, kept
        x, y, rank = stands[x[~now]], stands[y[~now]], rank[~now]
    yield rank, *_one_at_a_time(rank, x, y, label.tolist(), size.tolist())


def _one_at_a_time(rank, x, y, label, size):
    """Return the labels of both sides of each merge, and the size of the two together."""
    parent, n, sides, both = list(range(len(label))), len(label), [], []
    for new, a, b in zip((n + rank).tolist(), x.tolist(), y.tolist(), strict=True):
        while parent[a] != a:  # `root_of`, a call less
            parent[a] = a = parent[parent[a]]
        while parent[b] != b:
            parent[b] = b = parent[parent[b]]
        if size[a] > size[b]:
            a, b = b, a
        sides += label[a], label[b]
        parent[a], label[b] = b, new
        size[b] += size[a]
        both.append(size[b])
    sides = np.array(sides)
    return sides[::2], sides[1::2], both
