"""Single linkage is a shortest network.

Question: which n-1 links join all points with the least total length?
Chapter: 9, Linkage.
Symbols: X observations; D square distances; x the point visited last; y the
next one; reach distance of each point outside to the nearest point visited.

A link of such a network (a minimum spanning tree) is the shortest bridge
between the two parts that it joins: exactly what single linkage merges.  So
any algorithm for the network gives the tree, once the links are sorted.

Sources: Gower and Ross 1969 (single linkage from the spanning tree); Prim
1957; Jarník 1930.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

__all__ = ["visit_nearest"]

Links = Iterator[tuple[int, int, float]]


def visit_nearest(D: np.ndarray) -> Links:
    """Yield n-1 links (x, y, length) in Prim's order: always the nearest point outside.

    The link recorded leads from the point visited last, not from the one that y is nearest to:
    both lie in the same part when the links are sorted by length, and no parents are needed.
    """
    n = len(D)
    reach, visited, row = np.full(n, np.inf), np.zeros(n), np.empty(n)
    x = 0
    for _ in range(n - 1):
        visited[x] = np.inf
        np.minimum(reach, D[x], out=reach)
        np.maximum(reach, visited, out=row)
        y = int(row.argmin())
        yield x, y, row[y]
        x = y
