"""Moves that Lloyd's two steps do not make: one observation, or one code word, at a time.

Question: k-means has stopped at a bad place; what can still help?
Chapter: 5, Where you start decides where you end.
Symbols: X observations (n, d), C codebook (k, d), k its size, labels one code word per
observation, rng random numbers.
Sources: Hartigan, Wong 1979, *A k-means clustering algorithm*; Fränti 2018, *Efficiency of
random swap clustering*.

Lloyd's algorithm stops where no observation has a nearer mean.  That is not yet the best that
single moves can do: an observation pulls the mean of its own cluster towards itself, so its own
mean looks nearer than it is.  `single_moves` takes this into account.  `random_swaps` repairs
what no small step can: it takes a code word away from one place and puts it down in another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_generator, as_matrix, whole_number
from clusterlib.vq.lloyd import State, lloyd

__all__ = ["random_swaps", "single_moves"]

SETTLED = 1 - 1e-9  # a move must lower the sum by more than rounding does


def _move(X, labels, C, sizes, i):
    """Give observation i to the cluster where it costs least; return whether it moved."""
    own = labels[i]
    if sizes[own] == 1:
        return False  # a cluster keeps its last observation
    squares = ((X[i] - C) ** 2).sum(axis=1)
    saved = squares[own] * sizes[own] / (sizes[own] - 1)
    costs = squares * sizes / (sizes + 1)
    costs[own] = np.inf
    new = costs.argmin()
    if costs[new] >= saved * SETTLED:
        return False
    C[own] -= (X[i] - C[own]) / (sizes[own] - 1)
    C[new] += (X[i] - C[new]) / (sizes[new] + 1)
    sizes[own] -= 1
    sizes[new] += 1
    labels[i] = new
    return True


def single_moves(X: ArrayLike, C: ArrayLike) -> State:
    """Run Lloyd's algorithm, then move single observations while that lowers the SSE.

    Taking an observation x out of a cluster of m saves ``m / (m - 1) * |x - mean|^2``; putting
    it into another of m costs ``m / (m + 1) * |x - mean|^2``.  The observation moves where it
    costs less than it saves.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.

    Returns
    -------
    State
        Its `labels`, its codebook `C` and its `sse`, which no single move lowers.

    Raises
    ------
    ValueError
        If the shapes do not fit, or numbers are not finite.

    References
    ----------
    Hartigan, Wong 1979, *A k-means clustering algorithm*.

    Examples
    --------
    Lloyd's algorithm is stuck on this rectangle, with a sum of 100.

    >>> corners = [[0, 0], [0, 1], [10, 0], [10, 1]]
    >>> single_moves(corners, [[5, 0], [5, 1]]).sse
    1.0
    """
    end = lloyd(X, C)
    X, C, labels = end.X, end.C.copy(), end.labels.copy()
    sizes = np.bincount(labels, minlength=len(C)).astype(float)
    while sum(_move(X, labels, C, sizes, i) for i in range(len(X))):
        pass  # until a round over all observations moves none
    return State("move", end.iteration, labels, C, sizes == 0, X)


def random_swaps(X: ArrayLike, C: ArrayLike, swaps: int, rng: Any = None) -> State:
    """Run Lloyd's algorithm, then try to put random code words down in other places.

    Each swap puts one random code word on one random observation and lets two iterations of
    Lloyd's algorithm run.  The swap stays if it lowered the SSE.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.
    swaps : int
        Number of swaps to try, at least 0.
    rng : None, int or numpy.random.Generator, optional
        Where the random numbers come from.

    Returns
    -------
    State
        The end of Lloyd's algorithm from the best codebook that was found.

    Raises
    ------
    ValueError
        If the shapes do not fit, numbers are not finite, or `swaps` is negative.

    References
    ----------
    Fränti 2018, *Efficiency of random swap clustering*.

    Examples
    --------
    >>> X = [[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]]
    >>> random_swaps(X, [[0.0], [1.0], [15.0]], 20, rng=0).sse
    1.5
    """
    X, rng = as_matrix("X", X), as_generator("rng", rng)
    best = lloyd(X, C)
    for _ in range(whole_number("swaps", swaps, 0)):
        C = best.C.copy()
        C[rng.integers(len(C))] = X[rng.integers(len(X))]
        tried = lloyd(X, C, 2)
        if tried.sse < best.sse * SETTLED:
            best = tried
    return lloyd(X, best.C)
