"""How unusual is a merge among the merges below it?

Question: which links of the tree are much longer than their neighbours, and
what is the greatest length, or the greatest surprise, below each of them?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix; R inconsistency matrix, (n-1) x 4 (mean, standard
deviation, count, coefficient); d depth.

The inconsistency coefficient of a merge is (h - mean) / std over the heights
h of the merge itself and of the merges up to d - 1 levels below it.  With
d = 2 there are at most three heights, so the coefficient cannot exceed
2 / sqrt(3) = 1.1547: a threshold above it never cuts.

Sources: Jain and Dubes 1988, Algorithms for clustering data; pairwise update
of mean and variance, Chan, Golub and LeVeque 1983, Algorithms for computing
the sample variance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_real, whole_number
from clusterlib.core.floats import near_one
from clusterlib.hierarchy.leaf_intervals import (
    intervals,
    is_rising,
    parent_rows,
    subtree_max,
)
from clusterlib.hierarchy.linkage_matrix import as_linkage, is_valid_im

__all__ = ["as_inconsistency", "inconsistent", "maxRstat", "maxdists", "maxinconsts"]


def inconsistent(Z: ArrayLike, d: int = 2) -> NDArray[np.float64]:
    """Compare the height of each merge with the heights of the merges just below it.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    d : int, default 2
        How many levels of merges to look at, the merge itself included; 0 counts as 1.

    Returns
    -------
    ndarray, shape (n-1, 4), float64
        For each merge: mean of the heights looked at, their standard deviation (``ddof=1``; 0
        for one height), their number, and (height - mean) / deviation (0 where that is 0).

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix or `d` is not a whole number of at least 0.

    References
    ----------
    Jain, Dubes 1988, Algorithms for clustering data.

    Examples
    --------
    >>> from clusterlib.hierarchy.inconsistency import inconsistent
    >>> inconsistent([[0, 1, 1.0, 2], [2, 3, 2.0, 3]]).round(6)
    array([[1.      , 0.      , 1.      , 0.      ],
           [1.5     , 0.707107, 2.      , 0.707107]])
    """
    Z = as_linkage("Z", Z)
    return inconsistency_matrix(Z, max(1, whole_number("d", d, 0)))


@np.errstate(invalid="ignore")  # inf - inf, where a height is infinite
def inconsistency_matrix(Z, d):
    """Pass the moments of the heights of a tree up, one level per round, d levels.

    Means are kept as offsets from a height of the group and squares as sums about the mean, so
    equal heights give a deviation of exactly 0 however large they are.
    """
    n = len(Z) + 1
    heights, power = near_one(Z[:, 2])  # so that no square overflows or vanishes
    left, right = Z[:, :2].astype(np.intp).T
    count, mean, square = np.zeros((3, 2 * n - 1))
    for _ in range(d):
        seen = 1 + count[left] + count[right]
        if np.array_equal(seen, count[n:]):
            break
        from_left, from_right = mean[left] - heights, mean[right] - heights
        shift = (count[left] * from_left + count[right] * from_right) / seen
        spread = (
            square[left]
            + square[right]
            + shift**2
            + count[left] * (from_left - shift) ** 2
            + count[right] * (from_right - shift) ** 2
        )
        count[n:], mean[n:], square[n:] = seen, heights + shift, spread
    count, mean, square = count[n:], mean[n:], square[n:]
    std = np.sqrt(square / np.maximum(count - 1, 1))
    score = np.divide(heights - mean, std, out=np.zeros(n - 1), where=std > 0)
    R = np.column_stack((np.ldexp(mean, power), np.ldexp(std, power), count, score))
    R[np.isnan(mean)] = np.inf, 0, 1, 0
    R[:, 2] = count
    return R


def maxdists(Z: ArrayLike) -> NDArray[np.float64]:
    """Return the greatest height at or below each merge.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.

    Returns
    -------
    ndarray, shape (n-1,), float64
        Equal to the heights themselves unless the tree has inversions.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix.

    Examples
    --------
    >>> from clusterlib.hierarchy.inconsistency import maxdists
    >>> maxdists([[0, 1, 4.0, 2], [2, 3, 3.5, 3]])
    array([4., 4.])
    """
    Z = as_linkage("Z", Z)
    return _max_below(Z, Z[:, 2])


def maxinconsts(Z: ArrayLike, R: ArrayLike) -> NDArray[np.float64]:
    """Return the greatest inconsistency coefficient at or below each merge.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    R : array_like, shape (n-1, 4)
        The inconsistency matrix, from `inconsistent`.

    Returns
    -------
    ndarray, shape (n-1,), float64

    Raises
    ------
    TypeError, ValueError
        If `Z` or `R` is not such a matrix, or they differ in length.

    Examples
    --------
    >>> from clusterlib.hierarchy.inconsistency import inconsistent, maxinconsts
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 3]]
    >>> maxinconsts(Z, inconsistent(Z)).round(6)
    array([0.      , 0.707107])
    """
    return maxRstat(Z, R, 3)


def maxRstat(Z: ArrayLike, R: ArrayLike, i: int) -> NDArray[np.float64]:
    """Return the greatest value of one column of `R` at or below each merge.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    R : array_like, shape (n-1, 4)
        The inconsistency matrix, from `inconsistent`.
    i : int
        The column: 0 mean, 1 standard deviation, 2 count, 3 coefficient.

    Returns
    -------
    ndarray, shape (n-1,), float64

    Raises
    ------
    TypeError
        If `i` is not an integer, or a matrix does not hold numbers.
    ValueError
        If `Z` or `R` is not such a matrix, they differ in length, or `i` is not 0, 1, 2 or 3.

    Examples
    --------
    >>> from clusterlib.hierarchy.inconsistency import inconsistent, maxRstat
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 3]]
    >>> maxRstat(Z, inconsistent(Z), 0)
    array([1. , 1.5])
    """
    Z = as_linkage("Z", Z)
    R = as_inconsistency("R", R, Z)
    if not isinstance(i, (int, np.integer)) or isinstance(i, bool):
        raise TypeError(f"`i` is {i!r}; it must be an integer: 0, 1, 2 or 3.")
    if not 0 <= i <= 3:
        raise ValueError(f"`i` is {i}; it must be 0, 1, 2 or 3, a column of `R`.")
    return _max_below(Z, R[:, i])


def as_inconsistency(name, value, Z) -> np.ndarray:
    """Return `value` as a float64 inconsistency matrix with a row for each row of `Z`."""
    R = np.asarray(as_real(name, value), dtype=np.float64)
    is_valid_im(R, throw=True, name=name)
    if len(R) != len(Z):
        raise ValueError(
            f"`{name}` has {len(R)} rows and the linkage matrix `Z` has {len(Z)}; they must have "
            f"the same number of rows: `{name} = inconsistent(Z)` has."
        )
    if np.isnan(R[:, 3]).any():
        raise ValueError(f"`{name}` holds a NaN in column 3, the inconsistency coefficients.")
    return R


def _max_below(Z, value):
    children = Z[:, :2].astype(np.intp, order="F")
    if is_rising(parent_rows(children), value):
        return value.copy()
    return subtree_max(intervals(children, Z[:, 3]), value)
