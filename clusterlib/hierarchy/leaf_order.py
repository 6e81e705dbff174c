"""The best of all orders in which a tree can be drawn.

Question: each merge may be flipped, so one tree has 2^(n-1) leaf orders; in
which of them are neighbours most alike?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; D square distance matrix; y condensed distances; X
observations; the length of an order is the sum of the distances between
neighbouring leaves.

For a cluster, let best[i, j] be the length of its shortest order that begins
at leaf i of one side and ends at leaf j of the other.  Such an order is an
order of the left side from i to some a, a step from a to b, and an order of
the right side from b to j, so

    best = minimum over a, b of  left[i, a] + D[a, b] + right[b, j],

a matrix product in which + takes the place of times, and minimum the place of
the sum.  Two such products a merge cost O(n^3) in all and O(n^2) memory.

Sources: Bar-Joseph, Gifford and Jaakkola 2001, Fast optimal leaf ordering for
hierarchical clustering.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_condensed, as_real, require_finite
from clusterlib.core.floats import near_one
from clusterlib.distance.condensed import looks_like_distances, square_form
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.leaf_intervals import linkage_intervals
from clusterlib.hierarchy.linkage_matrix import ClusterWarning, as_linkage

__all__ = ["best_order", "optimal_leaf_ordering"]


def optimal_leaf_ordering(
    Z: ArrayLike, y: ArrayLike, metric: str = "euclidean"
) -> NDArray[np.float64]:
    """Flip the merges of a tree so that neighbouring leaves are as near as the tree allows.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    y : array_like, shape (n(n-1)/2,) or (n, d)
        Condensed distances, or observations.
    metric : str or callable, default 'euclidean'
        The metric between observations, as for `pdist`; not used for distances.

    Returns
    -------
    ndarray, shape (n-1, 4), float64
        The same tree; columns 0 and 1 are swapped in some rows.  Of all 2^(n-1) leaf orders of
        the tree, `leaves_list` of the result has the least sum of distances between neighbours.

    Warns
    -----
    ClusterWarning
        If `y` is a square matrix that looks like distances and is taken as observations.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, or `y` is not finite or not of n observations.

    References
    ----------
    Bar-Joseph, Gifford, Jaakkola 2001, Fast optimal leaf ordering for hierarchical clustering.

    Examples
    --------
    >>> from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering
    >>> X = [[0.0], [1.0], [3.0], [4.5]]
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 1.5, 2], [5, 4, 2.0, 4]]
    >>> optimal_leaf_ordering(Z, X)
    array([[1. , 0. , 1. , 2. ],
           [3. , 2. , 1.5, 2. ],
           [5. , 4. , 2. , 4. ]])
    """
    Z = as_linkage("Z", Z)
    D = square_form(_as_distances("y", y, metric))
    if len(D) != len(Z) + 1:
        raise ValueError(
            f"`y` speaks of {len(D)} observations and the tree `Z` of {len(Z) + 1}; give the "
            "distances or observations from which `Z` was made."
        )
    return best_order(Z, D)


def best_order(Z: NDArray[np.float64], D: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a copy of Z whose sides are flipped as the square of finite distances D likes best."""
    flip = _rows_to_flip(Z, D)
    Z = Z.copy()
    Z[flip, :2] = Z[flip, 1::-1]
    return Z


def _as_distances(name, value, metric="euclidean") -> np.ndarray:
    """Return condensed distances, given such or given observations and a metric."""
    value = as_real(name, value).astype(np.float64, copy=False)
    if value.ndim == 1:
        return as_condensed(name, value)
    if value.ndim != 2:
        raise ValueError(
            f"`{name}` has shape {value.shape}; it must be 1 or 2 dimensional: condensed "
            "distances or observations."
        )
    if looks_like_distances(value):
        warnings.warn(
            f"`{name}` looks like a square distance matrix, but its rows are taken as "
            f"observations; `squareform({name})` gives the condensed distances to pass instead.",
            ClusterWarning,
            stacklevel=3,
        )
    return require_finite(name, pdist(value, metric))


def _rows_to_flip(Z, D):
    """Tell for each row whether its sides change places in the best order."""
    tree = linkage_intervals(Z)
    D = D[np.ix_(tree.order, tree.order)]
    D, _ = near_one(D)  # so that no sum overflows
    spans = [slice(a, a + m) for a, m in zip(tree.start.tolist(), tree.size.tolist(), strict=True)]
    children = tree.children.tolist()
    best = _best_lengths(children, spans, D)
    return _trace_back(children, spans, D, best)


def _best_lengths(children, spans, D):
    """Return best[i, j] for each pair of places i < j, in the block of the merge of i and j."""
    best = np.zeros_like(D)
    for left, right in children:
        after = spans[right]
        across = np.concatenate(
            [
                _min_plus(length, D[near, after])
                for _, near, length in _ends(left, children, spans, best)
            ]
        )
        for far, near, length in _ends(right, children, spans, best):
            steps = across[:, near.start - after.start : near.stop - after.start]
            best[spans[left], far] = _min_plus(steps, length.T)
    return best


def _ends(v, children, spans, best):
    """Return (far ends, near ends, shortest way from each to each) for both directions of v."""
    n = len(best)
    if v < n:
        return [(spans[v], spans[v], np.zeros((1, 1)))]
    left, right = (spans[child] for child in children[v - n])
    return [(left, right, best[left, right]), (right, left, best[left, right].T)]


def _trace_back(children, spans, D, best):
    """Return which rows to flip, from the root down: the ends of a node fix those of its sides."""
    n = len(D)
    flip = np.zeros(n - 1, dtype=bool)
    left, right = (spans[child] for child in children[-1])
    first, last = np.unravel_index(np.argmin(best[left, right]), best[left, right].shape)
    ends = {2 * n - 2: (left.start + first, right.start + last)}
    for v in range(2 * n - 2, n - 1, -1):
        left, right = children[v - n]
        first, last = ends.pop(v)
        flip[v - n] = first >= spans[left].stop
        if flip[v - n]:
            first, last = last, first
        near_left, to_left = _way_in(first, _ends(left, children, spans, best))
        near_right, to_right = _way_in(last, _ends(right, children, spans, best))
        total = to_left[:, None] + D[near_left, near_right] + to_right
        a, b = np.unravel_index(np.argmin(total), total.shape)
        a, b = near_left.start + a, near_right.start + b
        ends[left] = (a, first) if flip[v - n] else (first, a)
        ends[right] = (last, b) if flip[v - n] else (b, last)
    return flip


def _way_in(place, ends):
    """Return the near ends that an order starting at `place` may have, and the way to each."""
    return next(
        (near, length[place - far.start])
        for far, near, length in ends
        if far.start <= place < far.stop
    )


def _min_plus(A, B):
    """Return the minimum over a of A[i, a] + B[a, j], in a loop over the shortest axis."""
    p, q = A.shape
    r = B.shape[1]
    if r < min(p, q):
        return _min_plus(B.T, A.T).T
    if p < q:
        return np.stack([(row[:, None] + B).min(axis=0) for row in A])
    out, step = A[:, :1] + B[0], np.empty((p, r))
    for a in range(1, q):
        np.minimum(out, np.add(A[:, a, None], B[a], out=step), out=out)
    return out
