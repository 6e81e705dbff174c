"""The shortest network of many points in few dimensions.

Question: how do you join 100,000 points without looking at five thousand
million distances?
Chapter: 9, Linkage.
Symbols: X observations; q, r leaves of the k-d tree; group the part of the
network that each point is in by now; best the square of the shortest link
known that leads out of each group.

Borůvka's rounds: each group finds the shortest link that leads out of it, all
these links are added at once, and at least half of the groups are gone.  A k-d
tree finds the links.  It halves the points across the widest side of their box,
and again, until a leaf holds about ten.  Each leaf then descends the tree
level by level, all leaves at once, and drops a node that lies in the leaf's own
group or whose box is farther away than `best`.  Differences are exact, so ties
and near-duplicates need no tolerance.  Equal points are best joined before.

Sources: Borůvka 1926; Friedman, Bentley and Finkel 1977 (k-d tree); March, Ram
and Gray 2010, Fast Euclidean minimum spanning tree (the combination).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from clusterlib.core.disjoint_sets import root_of
from clusterlib.core.lower_bounds import few_pairs
from clusterlib.hierarchy.algorithms.kd_tree import CELLS, children_of, gaps, levels_of, plant

__all__ = ["boruvka_links"]


def boruvka_links_plainly(X: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """Yield links of the same lengths, found among all pairs of points, for readers."""
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=2))
    group = np.arange(len(X))
    while group.any():  # until all are in group 0
        across = np.where(group[:, None] == group, np.inf, D)  # from one group to another
        shortest = []
        for one in np.unique(group):
            members = np.flatnonzero(group == one)
            i, y = divmod(int(across[members].argmin()), len(X))
            shortest.append((float(across[members[i], y]), int(members[i]), y))
        for length, x, y in sorted(shortest):
            if group[x] != group[y]:  # an equally long link may have joined them
                group[group == max(group[x], group[y])] = min(group[x], group[y])
                yield x, y, length


def boruvka_links(X: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """Yield the n-1 links (x, y, length) of a minimum spanning tree of distinct points.

    Two groups may choose different links of the same length and close a circle.  So the links
    of a round are added from the shortest to the longest, and one whose ends are already
    joined is dropped: all links of a circle are equally long, whichever is left out.
    """
    tree = plant(X)
    group = np.arange(len(X))
    leaves = np.arange(tree.place.shape[1])
    pairs = leaves, leaves, np.zeros(len(leaves))
    while group.any():  # until all are in group 0
        links, pairs = _shortest_links(tree, group, pairs)
        parent, group_of = list(range(len(X))), group.tolist()
        for x, y, square in links:
            a, b = root_of(parent, group_of[x]), root_of(parent, group_of[y])
            if a != b:
                parent[max(a, b)] = min(a, b)
                yield x, y, math.sqrt(square)
        root = np.array(parent)
        while (root[root] < root).any():
            root = root[root]
        group = root[group]


def _shortest_links(tree, group, pairs):
    """Return a shortest link out of each group, and the pairs of leaves that were compared.

    Leaves that were near each other in the last round come first: they give `best` a good
    start, and few new pairs survive the descent.
    """
    group_of = group[tree.place]
    best = np.full(len(group), np.inf)
    pairs = _foreign(group_of, *pairs)
    found = list(_compare(tree, group_of, best, *pairs))
    more = _descend(tree, group_of, best)
    codes = [q * tree.place.shape[1] + r for q, r, _ in (pairs, more)]
    is_new = np.isin(codes[1], codes[0], assume_unique=True, invert=True)
    more = tuple(part[is_new] for part in more)
    found += _compare(tree, group_of, best, *more)
    x, y, square = (np.concatenate(part) for part in zip(*found, strict=True))
    shortest = np.flatnonzero(square == best[group[x]])
    _, one = np.unique(group[x[shortest]], return_index=True)
    one = shortest[one]
    one = one[square[one].argsort(kind="stable")]
    links = zip(x[one].tolist(), y[one].tolist(), square[one].tolist(), strict=True)
    return links, tuple(np.concatenate(both) for both in zip(pairs, more, strict=True))


def _foreign(group_of, q, r, gap):
    """Drop the pairs of leaves that lie in one and the same group."""
    low, high = group_of.min(axis=0), group_of.max(axis=0)
    mixed = (low[q] != high[q]) | (low[r] != high[r]) | (low[q] != low[r])
    return q[mixed], r[mixed], gap[mixed]


def _compare(tree, group_of, best, q, r, gap):
    """Yield links (x, y, square) from points of leaves q to the nearest of another group in r.

    The nearest leaves come first.  `best` falls on the way, so pairs of leaves farther apart
    than it are dropped when their turn comes.  In a block the pairs are the last axis, the
    longest: arithmetic runs along it.
    """
    size = len(tree.place)
    step, order = max(1, CELLS // size**2), gap.argsort()
    room = np.empty((2, size, size, step))
    for at in range(0, len(q), step):
        now = order[at : at + step]
        now = now[gap[now] <= best[group_of[:, q[now]]].max(axis=0)]
        a, b = q[now], r[now]
        square, gap_of = room[..., : len(now)]
        for k, feature in enumerate(tree.points):
            np.subtract(feature.take(a, axis=1)[:, None], feature.take(b, axis=1), out=gap_of)
            np.multiply(gap_of, gap_of, out=gap_of if k else square)
            if k:
                square += gap_of
        group = group_of.take(a, axis=1)
        np.copyto(square, np.inf, where=group[:, None] == group_of.take(b, axis=1))
        least = square.min(axis=1)
        closer = least < best[group]
        np.minimum.at(best, group[closer], least[closer])
        i, pair = few_pairs((least <= best[group]) & (least < np.inf))
        shortest = least[i, pair]
        j = (square[i, :, pair] == shortest[:, None]).argmax(axis=1)
        yield tree.place[i, a[pair]], tree.place[j, b[pair]], shortest


def _descend(tree, group_of, best):
    """Return all pairs of leaves between which a link shorter than `best` may be.

    A box that holds a foreign point is at most its farthest corner away, so `limit` falls
    even before a link is measured.
    """
    low, high = group_of.min(axis=0), group_of.max(axis=0)
    levels = zip(levels_of(low, np.minimum), levels_of(high, np.maximum), strict=True)
    limit = best[group_of].max(axis=0)
    q, node = np.arange(len(limit)), np.zeros(len(limit), np.intp)
    for (first, last), boxes in zip(levels, tree.boxes, strict=True):
        mixed = first[node] != last[node]
        foreign = mixed | (low[q] != high[q]) | (first[node] != low[q])
        q, node, mixed = q[foreign], node[foreign], mixed[foreign]
        nearest, farthest = gaps(tree.boxes[-1], q, boxes, node)
        sure = mixed | (low[q] == high[q])
        np.minimum.at(limit, q[sure], farthest[sure])
        near = nearest <= limit[q]
        q, node, nearest = q[near], node[near], nearest[near]
        if len(first) < len(low):
            q, node = children_of(q, node)
    return q, node, nearest
