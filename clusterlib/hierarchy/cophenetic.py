"""Cophenetic distances: how high two leaves meet.

Question: how high must you climb to get from one leaf to another, and how well do these
heights keep the distances?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; n leaves; y cophenetic distances, condensed.

Sources: Sokal and Rohlf 1962, The comparison of dendrograms by objective methods.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_condensed, as_vector
from clusterlib.core.pairs import row_starts
from clusterlib.hierarchy.leaf_intervals import intervals, is_rising, linkage_intervals, node_sizes
from clusterlib.hierarchy.linkage_matrix import as_linkage

__all__ = ["cophenet", "cophenetic_pairs"]


def cophenet(
    Z: ArrayLike, Y: ArrayLike | None = None
) -> NDArray[np.float64] | tuple[np.float64, NDArray[np.float64]]:
    """Return the height at which each pair of observations is first joined.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    Y : array_like, shape (n(n-1)/2,), optional
        The distances from which `Z` was made, condensed, for the correlation.

    Returns
    -------
    c : float
        Only if `Y` is given: Pearson's correlation of `Y` with the cophenetic distances, a
        measure of how faithful the tree is; NaN if all distances are equal.
    d : ndarray, shape (n(n-1)/2,), float64
        The cophenetic distances, condensed.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, or `Y` holds no condensed distances of n observations.

    References
    ----------
    Sokal, Rohlf 1962, The comparison of dendrograms by objective methods.

    Examples
    --------
    >>> from clusterlib.hierarchy import cophenet
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.5, 3]]
    >>> cophenet(Z)
    array([1. , 2.5, 2.5])
    >>> c, d = cophenet(Z, [1.0, 2.0, 3.0])
    >>> round(float(c), 6)
    0.866025
    """
    Z = as_linkage("Z", Z)
    if Y is None:
        return _cophenetic(Z)
    Y = as_condensed("Y", Y)
    pairs = len(Z) * (len(Z) + 1) // 2
    if len(Y) != pairs:
        raise ValueError(
            f"`Y` has length {len(Y)}; the tree `Z` has {len(Z) + 1} observations, "
            f"so {pairs} distances are needed."
        )
    d = _cophenetic(Z)
    return _correlation(Y, d), d


def cophenetic_plainly(Z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same distances merge by merge, for readers: all pairs across it meet there."""
    n = len(Z) + 1
    D, leaves = np.zeros((n, n)), [[leaf] for leaf in range(n)]
    for left, right, height, _ in Z:
        below_left, below_right = leaves[int(left)], leaves[int(right)]
        D[np.ix_(below_left, below_right)] = height
        D[np.ix_(below_right, below_left)] = height
        leaves.append(below_left + below_right)
    return D[np.triu_indices(n, 1)]


def _cophenetic(Z):
    """Walk along the line of leaves and keep one row: where each leaf meets the one you stand on.

    Two leaves meet in the last merge of the gaps between them, which is the highest one too
    where no merge is lower than one below it.  Crossing a gap changes only the leaves joined
    there: those behind now meet you in that gap, and the smaller side, drawn ahead, is new.
    """
    n, heights = len(Z) + 1, Z[:, 2]
    tree = intervals(_smaller_side_right(Z), Z[:, 3])
    rising = is_rising(tree.up, heights)
    meet = heights[tree.gap] if rising else tree.gap.astype(np.float64)
    place = np.empty(n, np.intp)
    place[tree.order] = np.arange(n)
    starts = row_starts(n).tolist()
    begin = tree.start[n + tree.gap]
    end = begin + tree.size[n + tree.gap]
    d, row = np.empty(n * (n - 1) // 2), np.zeros(n)
    np.maximum.accumulate(meet, out=row[1:])
    for p, leaf in enumerate(tree.order.tolist()):
        behind = d[starts[leaf] + leaf + 1 : starts[leaf] + n]
        row.take(place[leaf + 1 :], out=behind, mode="clip")
        if p < n - 1:
            row[begin[p] : p + 1] = meet[p]
            np.maximum.accumulate(meet[p + 1 : end[p] - 1], out=row[p + 2 : end[p]])
    return d if rising else heights[d.astype(np.intp)]


def _smaller_side_right(Z):
    pairs = Z[:, :2].T.astype(np.intp, order="C")
    left, right = node_sizes(pairs.T, Z[:, 3])[pairs]
    return np.where(left < right, pairs[::-1], pairs).T


def _correlation(a, b):
    """Return Pearson's correlation; scaling first keeps huge and tiny distances in range."""
    a, b = (v / v.max() if 0 < v.max() < np.inf else v for v in (a, b))
    with np.errstate(invalid="ignore"):  # NaN if all are equal, or one is infinite
        a, b = a - a.mean(), b - b.mean()
        return (a @ b) / np.sqrt((a @ a) * (b @ b))


def cophenetic_pairs(Z: ArrayLike, i: ArrayLike, j: ArrayLike) -> NDArray[np.float64]:
    """Return the height at which chosen pairs of observations are joined.

    All n(n-1)/2 heights of `cophenet` do not fit into memory for many observations; this takes
    O(n log n) time and O(n) memory beside the pairs.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    i, j : array_like of int, shape (m,)
        The two observations of each pair, from 0 to n-1.

    Returns
    -------
    ndarray, shape (m,), float64
        The heights; 0 where i = j.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, or `i` and `j` are not whole numbers from 0 to n-1 of
        one length.

    References
    ----------
    Bender, Farach-Colton 2000, The LCA problem revisited.

    Examples
    --------
    >>> from clusterlib.hierarchy.cophenetic import cophenetic_pairs
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.5, 3]]
    >>> cophenetic_pairs(Z, [0, 0, 1], [1, 2, 1])
    array([1. , 2.5, 0. ])
    """
    Z = as_linkage("Z", Z)
    a, b = _as_leaves("i", i, len(Z) + 1), _as_leaves("j", j, len(Z) + 1)
    if len(a) != len(b):
        raise ValueError(
            f"`i` has {len(a)} entries and `j` has {len(b)}; they must be equally long."
        )
    return _heights_of_pairs(Z, a, b)


def _as_leaves(name, value, n):
    """Return `value` as indices of n leaves."""
    leaves = as_vector(name, value)
    if leaves.size and (leaves.dtype.kind not in "iu" or leaves.min() < 0 or leaves.max() >= n):
        raise ValueError(f"`{name}` must hold whole numbers from 0 to {n - 1}, one per pair.")
    return leaves.astype(np.intp)


def _heights_of_pairs(Z, i, j):
    """Find the last merge in the gaps between two leaves, by two windows that cover them.

    A window of width 1, 2, 4, ... at each gap holds its last merge; a pair that is g gaps apart
    looks at two windows of the greatest width up to g.
    """
    n = len(Z) + 1
    tree = linkage_intervals(Z)
    place = np.empty(n, np.intp)
    place[tree.order] = np.arange(n)
    first, last = np.minimum(place[i], place[j]), np.maximum(place[i], place[j])
    apart, last_merge = last - first, np.zeros(len(i), np.intp)
    bits, window, width = np.frexp(apart)[1], tree.gap, 1
    while width < n:
        of_width = np.flatnonzero(bits == width.bit_length())
        begin, end = first[of_width], last[of_width] - width
        last_merge[of_width] = np.maximum(window[begin], window[end])
        window, width = np.maximum(window[:-width], window[width:]), 2 * width
    return np.where(apart > 0, Z[last_merge, 2], 0.0)
