"""Bounds: distances that need not be computed, because they cannot matter.

Question: which observations can have changed their code word, after it moved this little?
Chapter: 7, More data than memory.
Symbols: X observations (n, d), C codebook (k, d), labels one code word an observation; upper
no less than the distance to the own code word, lower no more than that to any other.
Sources: Hamerly 2010, *Making k-means even faster*; Elkan 2003, *Using the triangle
inequality to accelerate k-means*.

A code word that moves by s comes nearer by at most s.  So two bounds for each observation
can be kept up to date without looking at it, and while its upper bound is below its lower
bound its label is certain.  The labels are those of Lloyd's algorithm, and so is everything
that follows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_code_book, as_matrix, whole_number
from clusterlib.core.floats import as_floats, require_squares
from clusterlib.distance.condensed import square_form
from clusterlib.distance.pairwise import pdist
from clusterlib.vq.lloyd import means
from clusterlib.vq.nearest import distances_to, nearest_codes

__all__ = ["Pass", "hamerly", "hamerly_steps"]

DOUBT = 1 + 1e-9  # bounds are rounded: call an observation certain only beyond this factor


@dataclass(frozen=True)
class Pass:
    """An assignment and what it cost.

    Attributes
    ----------
    iteration : int
        1 for the first.
    labels : ndarray of int, shape (n,)
        The nearest code word of each observation.
    C : ndarray of shape (k, d)
        The codebook.
    computed : int
        Number of distances computed, those between code words included; Lloyd's algorithm
        computes n k.
    """

    iteration: int
    labels: NDArray[np.intp]
    C: NDArray
    computed: int


def _hamerly(X: NDArray, C: NDArray) -> Iterator[Pass]:
    """Yield the assignments of Lloyd's algorithm until the labels repeat."""
    n, k, iteration = len(X), len(C), 1
    features = np.asfortranarray(X)
    labels, upper, lower = _nearest_two(X, C)
    yield Pass(1, labels, C, n * k)
    while True:
        iteration += 1
        # move, and let the bounds follow
        M = means(features, labels, k)
        before, C = C, np.where(np.isnan(M), C, M)
        moves = distances_to(C, before, np.arange(k))
        upper = upper + moves[labels]
        lower = lower - _largest_other(moves)[labels]
        # assign: only where the bounds leave a doubt
        bound = np.maximum(lower, _half_gaps(C)[labels])
        doubtful = np.flatnonzero(upper * DOUBT >= bound)
        upper[doubtful] = distances_to(X[doubtful], C, labels[doubtful])
        open_ = doubtful[upper[doubtful] * DOUBT >= bound[doubtful]]
        old, labels = labels, labels.copy()
        labels[open_], upper[open_], lower[open_] = _nearest_two(X[open_], C)
        yield Pass(iteration, labels, C, len(doubtful) + len(open_) * k + k * (k - 1) // 2)
        if np.array_equal(labels, old):
            return


def _largest_other(moves: NDArray) -> NDArray:
    """Return for each code word the largest move of any other."""
    other = np.full(len(moves), moves.max())
    if len(moves) > 1:
        other[moves.argmax()] = np.partition(moves, -2)[-2]
    return other


def _half_gaps(C: NDArray) -> NDArray:
    """Return half the distance of each code word to its nearest other."""
    gaps = square_form(pdist(C))
    np.fill_diagonal(gaps, np.inf)
    return gaps.min(axis=1) / 2


def _nearest_two(X: NDArray, C: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Return the labels, and the distances to the nearest and to the second nearest."""
    first, second = np.empty(len(X), X.dtype), np.full(len(X), np.inf, X.dtype)
    labels = nearest_codes(X, C, first)
    order = labels.argsort(kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(rows) and len(C) > 1:
            others, distances = np.delete(C, labels[rows[0]], axis=0), np.empty(len(rows), X.dtype)
            nearest_codes(X[rows], others, distances)
            second[rows] = distances
    return labels, first, second


def hamerly_steps(X: ArrayLike, C: ArrayLike) -> Iterator[Pass]:
    """Yield the assignments of Lloyd's algorithm, computing only the distances in doubt.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.  The code word of an empty cell stays.

    Yields
    ------
    Pass
        After each assignment, with the number of distances it took.

    Raises
    ------
    ValueError
        If shapes do not fit, numbers are not finite, or their squares leave the range.

    References
    ----------
    Hamerly 2010, *Making k-means even faster*.

    Examples
    --------
    >>> for step in hamerly_steps([[0.0], [2.0], [9.0]], [[0.0], [2.0]]):
    ...     print(step.labels.tolist(), step.C.ravel().tolist(), step.computed)
    [0, 1, 1] [0.0, 2.0] 6
    [0, 0, 1] [0.0, 5.5] 5
    [0, 0, 1] [1.0, 9.0] 1
    """
    X = as_floats("X", as_matrix("X", X)).astype(float)
    C = as_floats("C", as_code_book("C", C, X.shape[1])).astype(float)
    if len(X) == 0:
        raise ValueError(f"`X` has shape {X.shape}; it must hold at least one observation.")
    require_squares(X, C)
    return _hamerly(X, C)


def hamerly(X: ArrayLike, C: ArrayLike, max_iter: int = 300) -> Pass:
    """Run Lloyd's algorithm with Hamerly's bounds until the labels repeat.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.
    max_iter : int, default 300
        Number of moves at most.

    Returns
    -------
    Pass
        The last assignment.

    Raises
    ------
    ValueError
        As `hamerly_steps`.

    See Also
    --------
    clusterlib.vq.lloyd.lloyd : the same answer; faster where k is small.

    References
    ----------
    Hamerly 2010, *Making k-means even faster*.

    Examples
    --------
    >>> hamerly([[0.0], [2.0], [9.0]], [[0.0], [2.0]]).C.ravel().tolist()
    [1.0, 9.0]
    """
    max_iter = whole_number("max_iter", max_iter, low=0)
    return deque(islice(hamerly_steps(X, C), max_iter + 1), maxlen=1).pop()
