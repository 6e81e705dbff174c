"""Where Lloyd's algorithm starts, and so where it ends.

Question: which k code words should the first step of k-means be given?
Chapter: 5, Where you start decides where you end.
Symbols: X observations (n, d), C codebook (k, d), k its size, rng random numbers,
weights the squared distances D^2 to the code words chosen so far.
Sources: Arthur, Vassilvitskii 2007, *k-means++: the advantages of careful seeding*;
Bahmani, Moseley, Vattani, Kumar, Vassilvitskii 2012, *Scalable k-means++*; Katsavounidis,
Kuo, Zhang 1994, *A new initialization technique for generalized Lloyd iteration*.

Every strategy is a function ``(X, k, rng) -> C``, and `SEEDINGS` lists them by name.  Those
that choose one observation after the other are generators of choices, and their strategy
drains the generator: what an explorer draws is what the algorithm did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_generator, as_matrix, whole_number
from clusterlib.core.floats import power_of_two
from clusterlib.core.lower_bounds import few_pairs
from clusterlib.vq.nearest import (
    cell_sums,
    nearest_codes,
    squared_differences,
)

__all__ = [
    "SEEDINGS",
    "Choice",
    "gaussian",
    "greedy_plus_plus",
    "greedy_steps",
    "maximin",
    "maximin_steps",
    "parallel",
    "parallel_steps",
    "partition",
    "plus_plus",
    "plus_plus_steps",
    "points",
]

Random = Any  # a numpy.random.Generator, or SciPy's older RandomState
ROUNDS = 5  # of k-means||
OVERSAMPLING = 2  # k-means|| draws about this many times k candidates a round


@dataclass(frozen=True)
class Choice:
    """One choice of a seeding: which observations, from which, and with what weights.

    Attributes
    ----------
    chosen : ndarray of int
        Index of the observation chosen in this step (k-means||: of all of this round).
    weights : ndarray of shape (n,)
        What the choice was made by: the squared distance of each observation to the
        nearest code word so far; ones before the first.
    candidates : ndarray of int
        The observations that competed; `chosen` itself where there was no competition.
    """

    chosen: NDArray[np.intp]
    weights: NDArray[np.float64]
    candidates: NDArray[np.intp]


# ---------------------------------------------------------------- without looking at distances


def gaussian(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Draw k code words from the Gaussian with the mean and covariance of the data.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook.  Its words need not lie near any observation.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is below 1.

    Examples
    --------
    >>> gaussian([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]], 4, rng=0).shape
    (4, 2)
    """
    X, k, rng = _check(X, k, rng)
    X = np.asarray(X, dtype=float)
    scale = power_of_two(X)
    X = X * scale
    mean, n = X.mean(axis=0), len(X)
    if X.shape[1] > n:
        _, s, axes = np.linalg.svd(X - mean, full_matrices=False)
        root = s[:, None] * axes / np.sqrt(max(n - 1, 1))
    else:
        root = _root(np.atleast_2d(np.cov(X.T)) if n > 1 else np.zeros((1, 1)))
    return (rng.standard_normal(size=(k, len(root))) @ root + mean) / scale


def _root(covariance: NDArray) -> NDArray:
    """Return R with R^T R = covariance; a flat cloud has one too, though no Cholesky factor."""
    try:
        return np.linalg.cholesky(covariance).T
    except np.linalg.LinAlgError:
        variances, axes = np.linalg.eigh(covariance)
        return np.sqrt(np.maximum(variances, 0))[:, None] * axes.T


def points(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Take k different observations at random.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d)
        The codebook: k rows of X.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    References
    ----------
    Forgy 1965, *Cluster analysis of multivariate data*.

    Examples
    --------
    >>> sorted(points([[0.0], [1.0], [2.0]], 3, rng=0).ravel().tolist())
    [0.0, 1.0, 2.0]
    """
    X, k, rng = _check(X, k, rng, at_most_n=True)
    return X[rng.choice(len(X), size=k, replace=False)]


def partition(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Give each observation a label at random and take the means of the labels.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k means, all near the mean of the data.  A label that nobody drew
        gets an observation at random.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    Examples
    --------
    >>> partition([[0.0], [1.0], [2.0]], 1, rng=0)
    array([[1.]])
    """
    X, k, rng = _check(X, k, rng, at_most_n=True)
    labels = _integers(rng, k, len(X))
    sizes = np.bincount(labels, minlength=k)
    C = cell_sums(X, labels, k) / np.maximum(sizes, 1)[:, None]
    missing = np.flatnonzero(sizes == 0)
    C[missing] = X[_integers(rng, len(X), len(missing))]
    return C


# ---------------------------------------------------------------- one after the other


def plus_plus(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Choose observations with probability proportional to D^2: k-means++.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k rows of X, in the order of choice.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    References
    ----------
    Arthur, Vassilvitskii 2007, *k-means++: the advantages of careful seeding*.

    Examples
    --------
    >>> sorted(plus_plus([[0.0], [0.0], [9.0]], 2, rng=0).ravel().tolist())
    [0.0, 9.0]
    """
    return _drain(plus_plus_steps, X, k, rng)


def plus_plus_steps(X: ArrayLike, k: int, rng: Any = None) -> Iterator[Choice]:
    """Yield the k choices of k-means++, one at a time.

    Parameters
    ----------
    X, k, rng
        As `plus_plus`, which drains this generator.

    Yields
    ------
    Choice
        The index chosen, and the weights D^2 that it was drawn by.

    Examples
    --------
    >>> first, second = plus_plus_steps([[0.0], [0.0], [9.0]], 2, rng=1)
    >>> int(first.chosen[0]), second.weights.tolist(), int(second.chosen[0])
    (1, [0.0, 0.0, 81.0], 2)
    """
    return _plus_plus(*_check(X, k, rng, at_most_n=True))


def _plus_plus(X: NDArray, k: int, rng: Random) -> Iterator[Choice]:
    """Yield k choices: the first at random, the others with probability D^2 / sum D^2."""
    x = _turned(X)
    i = _integers(rng, len(X))
    D2 = np.ones(len(X))
    yield Choice(np.array([i]), D2, np.array([i]))
    D2 = _squares(x, i)
    for _ in range(k - 1):
        i = _draw(D2, rng.uniform())
        yield Choice(np.array([i]), D2, np.array([i]))
        D2 = np.minimum(D2, _squares(x, i))


def greedy_plus_plus(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Draw several candidates by D^2 each time and keep the best: greedy k-means++.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k rows of X, in the order of choice.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    Notes
    -----
    2 + floor(ln k) candidates a step, the number in the authors' own program.

    References
    ----------
    Arthur, Vassilvitskii 2007, *k-means++: the advantages of careful seeding*, section 6.

    Examples
    --------
    >>> sorted(greedy_plus_plus([[0.0], [0.0], [9.0]], 2, rng=0).ravel().tolist())
    [0.0, 9.0]
    """
    return _drain(greedy_steps, X, k, rng)


def greedy_steps(X: ArrayLike, k: int, rng: Any = None) -> Iterator[Choice]:
    """Yield the k choices of greedy k-means++, one at a time.

    Parameters
    ----------
    X, k, rng
        As `greedy_plus_plus`, which drains this generator.

    Yields
    ------
    Choice
        The index chosen, the weights D^2, and the candidates drawn by them.

    Examples
    --------
    >>> first, second = greedy_steps([[0.0], [1.0], [9.0]], 2, rng=1)
    >>> len(second.candidates)
    2
    """
    return _greedy(*_check(X, k, rng, at_most_n=True))


def _greedy(X: NDArray, k: int, rng: Random) -> Iterator[Choice]:
    """Yield k choices, each the candidate that leaves the smallest sum of D^2."""
    x = _turned(X)
    x -= x.mean(axis=1, keepdims=True)  # small numbers, small rounding errors
    lengths = (x * x).sum(axis=0)
    x2 = np.vstack([x, lengths, np.ones(len(X))])
    i = _integers(rng, len(X))
    D2 = np.ones(len(X))
    yield Choice(np.array([i]), D2, np.array([i]))
    D2 = _squares(x, i)
    left = np.empty((2 + int(np.log(k)), len(X)))
    for _ in range(k - 1):
        candidates = _draws(D2, rng.uniform(size=len(left)))
        np.minimum(D2, _squares_of_many(x2, candidates, left), out=left)
        best = int(left.sum(axis=1).argmin())
        yield Choice(candidates[best : best + 1], D2, candidates)
        D2 = left[best].copy()


def maximin(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Choose the observation farthest from the code words so far, again and again.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers; only the first code word is drawn.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k rows of X, in the order of choice.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    References
    ----------
    Gonzalez 1985, *Clustering to minimize the maximum intercluster distance*; Katsavounidis,
    Kuo, Zhang 1994.

    Examples
    --------
    >>> sorted(maximin([[0.0], [1.0], [9.0]], 2, rng=0).ravel().tolist())[-1]
    9.0
    """
    return _drain(maximin_steps, X, k, rng)


def maximin_steps(X: ArrayLike, k: int, rng: Any = None) -> Iterator[Choice]:
    """Yield the k choices of maximin, one at a time.

    Parameters
    ----------
    X, k, rng
        As `maximin`, which drains this generator.

    Yields
    ------
    Choice
        The index chosen, and the weights D^2 of which it had the greatest.

    Examples
    --------
    >>> first, second = maximin_steps([[0.0], [0.0], [9.0]], 2, rng=1)
    >>> int(second.chosen[0])
    2
    """
    return _maximin(*_check(X, k, rng, at_most_n=True))


def _maximin(X: NDArray, k: int, rng: Random) -> Iterator[Choice]:
    """Yield k choices: the first at random, then the one with the greatest D^2."""
    x = _turned(X)
    i = _integers(rng, len(X))
    D2 = np.ones(len(X))
    yield Choice(np.array([i]), D2, np.array([i]))
    D2 = _squares(x, i)
    for _ in range(k - 1):
        i = int(D2.argmax())
        yield Choice(np.array([i]), D2, np.array([i]))
        D2 = np.minimum(D2, _squares(x, i))


# ---------------------------------------------------------------- many at a time


def parallel(X: ArrayLike, k: int, rng: Any = None) -> NDArray[Any]:
    """Draw about 2k candidates in each of five rounds, then choose k of them: k-means||.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator or RandomState, default None
        Random numbers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k rows of X.

    Raises
    ------
    ValueError
        If X is not a finite matrix or k is not from 1 to n.

    References
    ----------
    Bahmani, Moseley, Vattani, Kumar, Vassilvitskii 2012, *Scalable k-means++*.

    Examples
    --------
    >>> sorted(parallel([[0.0], [0.0], [9.0]], 2, rng=0).ravel().tolist())
    [0.0, 9.0]
    """
    X, k, rng = _check(X, k, rng, at_most_n=True)
    found = np.unique(np.concatenate([step.chosen for step in _parallel(X, k, rng)]))
    if len(found) < k:
        others = np.setdiff1d(np.arange(len(X)), found)
        found = np.append(found, rng.choice(others, size=k - len(found), replace=False))
    candidates = X[found].astype(float)
    followers = np.bincount(
        nearest_codes(X.astype(float, copy=False), candidates), minlength=len(found)
    )
    return candidates[weighted_plus_plus(candidates, followers, k, rng)]


def parallel_steps(X: ArrayLike, k: int, rng: Any = None) -> Iterator[Choice]:
    """Yield the rounds of k-means||: one random observation, then five draws of about 2k.

    Parameters
    ----------
    X, k, rng
        As `parallel`, which drains this generator and then picks k of the candidates.

    Yields
    ------
    Choice
        All indices chosen in the round, and the weights D^2 that they were drawn by.

    Examples
    --------
    >>> rounds = list(parallel_steps([[0.0], [0.0], [9.0]], 2, rng=1))
    >>> len(rounds), rounds[1].chosen.tolist()
    (6, [2])
    """
    return _parallel(*_check(X, k, rng, at_most_n=True))


def _parallel(X: NDArray, k: int, rng: Random) -> Iterator[Choice]:
    """Yield the rounds: each observation comes along with probability 2k D^2 / sum D^2."""
    X = X.astype(float)
    X *= power_of_two(X)
    chosen = np.array([_integers(rng, len(X))])
    D2 = np.ones(len(X))
    yield Choice(chosen, D2, chosen)
    D2 = np.full(len(X), np.inf)
    distances = np.empty(len(X))
    for _ in range(ROUNDS):
        if len(chosen):
            nearest_codes(X, X[chosen], distances)
            D2 = np.minimum(D2, distances * distances)
        chance = OVERSAMPLING * k * D2 / (D2.sum() or 1.0)
        chosen = np.flatnonzero(rng.uniform(size=len(X)) < chance)
        yield Choice(chosen, D2, chosen)


def weighted_plus_plus(X: NDArray, weights: NDArray, k: int, rng: Random) -> list[int]:
    """Return k indices by k-means++ on observations that count `weights` times.

    X (n, d) and weights (n,) are finite arrays; here for k-means|| in other modules as well.
    """
    x = _turned(X)
    chosen = [_draw(weights, rng.uniform())]
    D2 = _squares(x, int(chosen[0]))
    while len(chosen) < k:
        chosen.append(_draw(weights * D2, rng.uniform()))
        D2 = np.minimum(D2, _squares(x, chosen[-1]))
    return chosen


SEEDINGS: dict[str, Callable[..., NDArray]] = {
    "gaussian": gaussian,
    "points": points,
    "partition": partition,
    "maximin": maximin,
    "++": plus_plus,
    "greedy ++": greedy_plus_plus,
    "||": parallel,
}


# ---------------------------------------------------------------- tools


def _drain(steps: Callable[..., Iterator[Choice]], X: ArrayLike, k: int, rng: Any) -> NDArray:
    """Return the observations that `steps` chooses."""
    X = as_matrix("X", X)
    return X[[int(step.chosen[0]) for step in steps(X, k, rng)]].astype(float)


def _draw(weights: NDArray, r: float) -> int:
    """Return an index with probability proportional to `weights`, for r uniform in [0, 1)."""
    return int(_draws(weights, np.array([r]))[0])


def _draws(weights: NDArray, r: NDArray) -> NDArray[np.intp]:
    """Return an index with probability proportional to `weights` for each r in [0, 1)."""
    total = weights.sum()
    if total == 0:  # every observation stands on a code word: nothing is left to choose by
        return np.zeros(len(r), np.intp)
    shares = (weights / total).cumsum()
    return np.minimum(np.searchsorted(shares, r), len(weights) - 1)


def _turned(X: NDArray) -> NDArray[np.float64]:
    """Return X turned, one row a feature, scaled so that no square leaves the number range."""
    x = np.ascontiguousarray(X.T, dtype=float)
    return x * power_of_two(x)


def _squares(x: NDArray, i: int) -> NDArray[np.float64]:
    """Return the squared distance of each column of x to column i."""
    return squared_differences(x, x[:, i : i + 1].T)[0]


def _squares_of_many(x2: NDArray, many: NDArray, room: NDArray) -> NDArray[np.float64]:
    """Return the squared distances of all columns to each of `many` columns, a row each.

    |x|^2 - 2 x c + |c|^2 as one matrix product: the last two rows of `x2` are |x|^2 and 1.
    Where the terms nearly cancel, the differences themselves are squared instead.
    """
    x, lengths = x2[:-2], x2[-2]
    C2 = np.vstack([-2 * x[:, many], np.ones(len(many)), lengths[many]])
    np.matmul(C2.T, x2, out=room)
    j, i = few_pairs(room < 1e-6 * lengths)
    difference = x[:, i] - x[:, many[j]]
    room[j, i] = (difference * difference).sum(axis=0)
    return room


def _integers(rng: Random, high: int, size: int | None = None) -> Any:
    """Return whole numbers from 0 to high - 1 from either kind of random numbers."""
    draw = rng.integers if isinstance(rng, np.random.Generator) else rng.randint
    return draw(high, size=size, dtype="int64")


def _check(X: Any, k: Any, rng: Any, at_most_n: bool = False) -> tuple[NDArray, int, Random]:
    """Return trusted observations, number of code words and random numbers."""
    X = as_matrix("X", X)
    k = whole_number("k", k, low=1)
    if len(X) == 0:
        raise ValueError(f"`X` has shape {X.shape}; it must hold at least one observation.")
    if at_most_n and k > len(X):
        raise ValueError(
            f"`k` is {k}, but there are only {len(X)} observations; it must be from 1 to {len(X)}."
        )
    state = rng if isinstance(rng, np.random.RandomState) else as_generator("rng", rng)
    return X, k, state
