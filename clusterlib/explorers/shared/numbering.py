"""Numbers of the clusters of a tree that stay while the cut moves.

Question: which cluster keeps its number when one more splits?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, labels.

The tree is walked from the root down.  When a branch above the cut splits, its larger part
keeps the number and the smaller part takes the next one.  So the numbers depend on the tree
and the cut alone, and a step from k to k + 1 clusters renames nothing but the part split off.
"""

from __future__ import annotations

import numpy as np

__all__ = ["split_numbers"]


def split_numbers(Z, labels):
    """Return `labels` renumbered from 0 in the order in which their clusters split off.

    Parameters
    ----------
    Z : ndarray, shape (n - 1, 4)
        The tree.
    labels : ndarray of int, shape (n,)
        A flat clustering of it, from 0: each cluster is a branch of the tree.

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    >>> Z = np.array([[0, 1, 1, 2], [2, 3, 1, 2], [4, 6, 2, 3], [5, 7, 9, 5]], dtype=float)
    >>> split_numbers(Z, np.array([0, 0, 1, 1, 2])), split_numbers(Z, np.array([2, 2, 1, 1, 0]))
    (array([1, 1, 0, 0, 2]), array([1, 1, 0, 0, 2]))
    """
    n, merges = len(labels), Z[:, :2].astype(int)
    size = np.concatenate([np.ones(n), Z[:, 3]])
    cluster = np.concatenate([labels, np.full(n - 1, -1)])  # of a node, -1 above the cut
    for i, (a, b) in enumerate(merges):
        if cluster[a] == cluster[b]:
            cluster[n + i] = cluster[a]
    number, taken = {2 * n - 2: 0}, 0
    for i in reversed(range(n - 1)):
        if cluster[n + i] < 0:
            a, b = merges[i]
            larger, smaller = (b, a) if size[b] > size[a] else (a, b)
            taken += 1
            number[larger], number[smaller] = number[n + i], taken
    to = {cluster[node]: own for node, own in number.items() if cluster[node] >= 0}
    return np.array([to[c] for c in labels])
