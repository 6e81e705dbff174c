"""Where a codebook comes from: splitting word by word, or the best of several starts.

Question: how do you find k words for many vectors?
Chapter: 2, Codebooks.
Symbols: X observations, C codebook, k code words, labels.
Sources: Linde, Buzo, Gray 1980, An algorithm for vector quantizer design.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_matrix,
    choose,
    real_number,
    whole_number,
)
from clusterlib.vq.lloyd import State, lloyd
from clusterlib.vq.seeding import SEEDINGS

__all__ = ["lbg", "lbg_steps", "train_code_book"]


def _observations(X, k):
    """Return trusted observations and k, at most as many as there are different rows."""
    X = np.asarray(as_matrix("X", X), dtype=float)
    k = whole_number("k", k, 1)
    if k > len(X):
        raise ValueError(f"`k` is {k}, but `X` has {len(X)} rows; it must be at most that.")
    return X, k


def lbg_steps(X: ArrayLike, k: int, spread: float = 0.01) -> Iterator[State]:
    """Yield the codebooks of Linde, Buzo and Gray: 1 word, 2, 4, and on up to k.

    Each stage splits words into two neighbours and runs Lloyd's algorithm.  The last
    stage splits only the words with the largest error, if k is no power of two.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    k : int
        Number of code words at the end, at most n.
    spread : float, default 0.01
        Half the distance of the two neighbours, in standard deviations of a feature.

    Yields
    ------
    State
        Of `clusterlib.vq.lloyd.lloyd`, after each stage.

    Raises
    ------
    ValueError
        If X is not a finite matrix, k is out of range or `spread` is not above 0.

    References
    ----------
    Y. Linde, A. Buzo, R. M. Gray, 1980, An algorithm for vector quantizer design.

    Examples
    --------
    >>> X = [[0.0], [1.0], [8.0], [9.0]]
    >>> [len(state.C) for state in lbg_steps(X, 3)]
    [1, 2, 3]
    """
    data, k = _observations(X, k)
    spread = real_number("spread", spread)
    if not spread > 0:
        raise ValueError(f"`spread` is {spread!r}; it must be above 0.")
    return _lbg_steps(data, k, spread)


def _lbg_steps(X, k, spread):
    state = lloyd(X, X.mean(axis=0, keepdims=True))
    yield state
    step = spread * X.std(axis=0)
    while len(state.C) < k:
        errors = np.bincount(state.labels, state.distances**2, len(state.C))
        worst = np.argsort(-errors, kind="stable")[: k - len(state.C)]
        C = np.vstack([state.C, state.C[worst] + step])
        C[worst] -= step
        state = lloyd(X, C, empty="farthest")
        yield state


def lbg(X: ArrayLike, k: int, spread: float = 0.01) -> np.ndarray:
    """Return the codebook found by splitting; nothing in it is random.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    spread : float, default 0.01
        Half the distance of the two halves of a word, in standard deviations.

    Returns
    -------
    ndarray, shape (k, d)

    Raises
    ------
    ValueError
        As `lbg_steps`.

    References
    ----------
    Y. Linde, A. Buzo, R. M. Gray, 1980, An algorithm for vector quantizer design.

    Examples
    --------
    >>> lbg([[0.0], [1.0], [8.0], [9.0]], 2).ravel().tolist()
    [0.5, 8.5]
    """
    *_, last = lbg_steps(X, k, spread)
    return last.C


def train_code_book(
    X: ArrayLike,
    k: int,
    *,
    seeding: str = "++",
    restarts: int = 3,
    max_iter: int = 100,
    seed: int = 0,
) -> np.ndarray:
    """Return the best codebook of several runs of Lloyd's algorithm.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    seeding : str, default "++"
        A key of `clusterlib.vq.seeding.SEEDINGS`.
    restarts : int, default 3
        Number of runs; the smallest sum of squares wins.
    max_iter : int, default 100
        Moves a run at most.
    seed : int, default 0
        Run s draws from ``numpy.random.default_rng([seed, s])``, so that a run does not
        depend on the runs before it.

    Returns
    -------
    ndarray, shape (k, d)

    Raises
    ------
    ValueError
        If an argument is out of range or the seeding is unknown.

    Examples
    --------
    >>> C = train_code_book([[0.0], [1.0], [8.0], [9.0]], 2)
    >>> sorted(C.ravel().tolist())
    [0.5, 8.5]
    """
    data, k = _observations(X, k)
    start = choose("seeding", seeding, SEEDINGS)
    seed, restarts = whole_number("seed", seed, 0), whole_number("restarts", restarts, 1)
    streams = [np.random.default_rng([seed, s]) for s in range(restarts)]
    runs = (lloyd(data, start(data, k, rng), max_iter) for rng in streams)
    return min(runs, key=lambda end: end.sse).C
