"""Lloyd's algorithm: assign, move, and again.

Question: given a codebook to start with, how does it become a better one?
Chapter: 4, k-means.
Symbols: X observations (n, d), C codebook (k, d), labels one code word per observation,
k the size of the codebook, rng random numbers.
Sources: Lloyd 1982 (1957), *Least squares quantization in PCM*; MacQueen 1967, *Some
methods for classification and analysis of multivariate observations*; Arthur,
Vassilvitskii 2007, *k-means++: the advantages of careful seeding*.

`lloyd_steps` yields the state after each half step, and everything else in this module
drains it: what an explorer draws is what `kmeans` and `kmeans2` compute.  Neither half
step can raise the sum of squares, and there are finitely many ways to label n
observations, so the labels repeat in the end.
"""

from __future__ import annotations

import functools
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_array,
    as_code_book,
    as_vector,
    at_least,
    choose,
    flag,
    one_of,
    require_finite,
    rng_or_seed,
    whole_number,
)
from clusterlib.core.choices import Minit, MissingCluster
from clusterlib.core.containers import dimensions
from clusterlib.core.floats import as_floats, power_of_two, require_squares, same_floats
from clusterlib.core.progress import Progress, told
from clusterlib.vq.nearest import cell_sums, distances_to, nearest_codes
from clusterlib.vq.seeding import SEEDINGS

__all__ = [
    "EMPTY",
    "STARTS",
    "ClusterError",
    "State",
    "kmeans",
    "kmeans2",
    "lloyd",
    "lloyd_steps",
    "means",
]


class ClusterError(Exception):
    """A cluster became empty and the caller asked for that to be an error."""


@dataclass(frozen=True)
class State:
    """The state of Lloyd's algorithm after a half step.

    Attributes
    ----------
    step : {'assign', 'move'}
        Which half was done last.
    iteration : int
        1 for the first assignment and the move that follows it.
    labels : ndarray of shape (n,)
        The label of each observation.
    C : ndarray of shape (k, d)
        The codebook.
    empty : ndarray of bool, shape (k,)
        Which code words have no observation under `labels`.
    X, weights, measured
        The observations, their weights, and their distances if these are known already.
    """

    step: str
    iteration: int
    labels: NDArray[np.intp]
    C: NDArray
    empty: NDArray[np.bool_]
    X: NDArray
    weights: NDArray | None = None
    measured: NDArray | None = None

    @functools.cached_property
    def distances(self) -> NDArray:
        """The distance of each observation to the code word of its label."""
        if self.measured is not None:
            return self.measured
        return distances_to(self.X, self.C, self.labels)

    @functools.cached_property
    def sse(self) -> float:
        """The sum of squared distances, each counted with its weight."""
        squares = self.distances.astype(float) ** 2
        return float(squares.sum() if self.weights is None else squares @ self.weights)


# ---------------------------------------------------------------- the core


def means(X: NDArray, labels: NDArray, k: int, weights: NDArray | None = None) -> NDArray:
    """Return the mean of the observations of each label; NaN where there is none.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Observations.
    labels : ndarray of int, shape (n,)
        The label of each, from 0 to k - 1.
    k : int
        Number of labels.
    weights : ndarray of shape (n,), optional
        How often each observation counts; default once.

    Returns
    -------
    ndarray of shape (k, d)
        The means, summed in float64 and returned in the dtype of X.

    Examples
    --------
    >>> import numpy as np
    >>> means(np.array([[0.0], [2.0], [7.0]]), np.array([0, 0, 1]), 2)
    array([[1.],
           [7.]])
    """
    sizes = np.bincount(labels, weights, k)
    with np.errstate(invalid="ignore"):
        C = cell_sums(X, labels, k, weights) / sizes[:, None]
    return C.astype(X.dtype, copy=False)


def _lloyd(
    X: NDArray, C: NDArray, weights: NDArray | None, empty: str, measure: bool = False
) -> Iterator[State]:
    """Yield the state after each half step until the labels repeat.

    With `measure`, distances are found in the same pass as labels; else when asked for.
    """
    features = np.asfortranarray(X)  # each feature in one run of memory: summed without jumps
    labels, iteration = None, 0
    while True:
        iteration += 1
        # assign: each observation takes the nearest code word
        before = labels
        Y, B = same_floats(X, C)
        distances = np.empty(len(Y), Y.dtype) if measure else None
        labels = nearest_codes(Y, B, distances)
        missing = np.bincount(labels, weights, len(C)) == 0
        state = State("assign", iteration, labels, C, missing, X, weights, distances)
        yield state
        if before is not None and np.array_equal(labels, before):
            return
        # move: each code word goes to the mean of its observations
        C = EMPTY[empty](state, means(features, labels, len(C), weights))
        if len(C) < len(missing):
            names = np.cumsum(~missing) - 1  # dropped code words: the others move up
            labels, missing = names[labels], np.zeros(len(C), bool)
        yield State("move", iteration, labels, C, missing, X, weights)


def _keep(state: State, C: NDArray) -> NDArray:
    """An empty cell keeps its code word where it was."""
    return np.where(state.empty[:, None], state.C, C).astype(C.dtype)


def _drop(state: State, C: NDArray) -> NDArray:
    """An empty cell loses its code word."""
    return C[~state.empty]


def _farthest(state: State, C: NDArray) -> NDArray:
    """An empty cell gets the observation that is farthest from its code word."""
    last = np.argsort(-state.distances, kind="stable")[: state.empty.sum()]
    C = _keep(state, C)
    C[np.flatnonzero(state.empty)[: len(last)]] = state.X[last]
    return C


def _refuse(state: State, C: NDArray) -> NDArray:
    """An empty cell is an error."""
    if state.empty.any():
        raise ClusterError(MESSAGE)
    return C


MESSAGE = "One of the clusters is empty. Re-run kmeans with a different initialization."
EMPTY: dict[str, Callable[[State, NDArray], NDArray]] = {
    "keep": _keep,
    "drop": _drop,
    "farthest": _farthest,
    "raise": _refuse,
}
MISSING = {"warn": "keep", "raise": "raise"}  # SciPy's two words for what to do
STARTS = {"random": SEEDINGS["gaussian"], **SEEDINGS}


# ---------------------------------------------------------------- steps for the reader


def lloyd_steps(
    X: ArrayLike, C: ArrayLike, *, weights: ArrayLike | None = None, empty: str = "keep"
) -> Iterator[State]:
    """Yield the state of Lloyd's algorithm after each half step.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.
    weights : array_like of shape (n,), optional
        How often each observation counts, at least 0; default once each.
    empty : {'keep', 'drop', 'farthest', 'raise'}, default 'keep'
        What happens to the code word of an empty cell: it stays, it goes, it moves to the
        observation farthest from its own code word, or a `ClusterError` is raised.

    Yields
    ------
    State
        After each assignment and each move.  The last is the assignment whose labels
        repeat the one before: nothing would change any more.

    Raises
    ------
    ValueError
        If shapes do not fit, numbers are not finite, or `empty` is unknown.
    ClusterError
        If a cell is empty and `empty` is 'raise'.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*.

    Examples
    --------
    >>> for state in lloyd_steps([[0.0], [2.0], [9.0]], [[0.0], [2.0]]):
    ...     print(state.step, state.C.ravel().tolist(), round(state.sse, 3))
    assign [0.0, 2.0] 49.0
    move [0.0, 5.5] 24.5
    assign [0.0, 5.5] 16.25
    move [1.0, 9.0] 2.0
    assign [1.0, 9.0] 2.0
    """
    one_of("empty", empty, EMPTY)
    X = _observations("X", X)
    C = _code_book("C", C, X)
    if weights is not None:
        weights = _weights(weights, len(X))
    require_squares(X, C)
    return _lloyd(X, C, weights, empty)


def lloyd(
    X: ArrayLike,
    C: ArrayLike,
    max_iter: int = 300,
    empty: str = "keep",
    *,
    weights: ArrayLike | None = None,
) -> State:
    """Run Lloyd's algorithm until the labels repeat.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    C : array_like of shape (k, d)
        The codebook to start from.
    max_iter : int, default 300
        Number of moves at most.
    empty : {'keep', 'drop', 'farthest', 'raise'}, default 'keep'
        See `lloyd_steps`.
    weights : array_like of shape (n,), optional
        How often each observation counts; default once each.

    Returns
    -------
    State
        The last assignment: its `C` is the codebook, its `labels` point to the nearest
        code words, its `sse` is the sum of squares, its `iteration` counts assignments.

    Raises
    ------
    ValueError, ClusterError
        As `lloyd_steps`.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*.

    Examples
    --------
    >>> end = lloyd([[0.0], [2.0], [9.0]], [[0.0], [2.0]])
    >>> end.C.ravel().tolist(), end.labels.tolist(), end.sse, end.iteration
    ([1.0, 9.0], [0, 0, 1], 2.0, 3)
    """
    max_iter = whole_number("max_iter", max_iter, low=0)
    states = islice(lloyd_steps(X, C, weights=weights, empty=empty), 2 * max_iter + 1)
    return deque(states, maxlen=1).pop()


# ---------------------------------------------------------------- SciPy's two


@rng_or_seed
def kmeans(
    obs: ArrayLike,
    k_or_guess: int | ArrayLike,
    iter: int = 20,
    thresh: float = 1e-5,
    check_finite: bool = True,
    *,
    rng: Any = None,
    seed: Any = None,  # noqa: ARG001 (read by rng_or_seed)
    progress: Progress | None = None,
) -> tuple[NDArray[Any], np.floating]:
    """Find a codebook by k-means, the best of several starts.

    Parameters
    ----------
    obs : array_like of shape (n, d) or (n,)
        Observations, one per row; scale the features first, for example with `whiten`.
    k_or_guess : int or array_like of shape (k, d) or (k,)
        Number of code words, or the codebook to start from (then there is one run).
    iter : int, default 20
        Number of runs, each from k observations taken at random.  It does not limit the
        iterations of a run.
    thresh : float, default 1e-5
        A run ends when the mean distance changes by no more than this from one iteration
        to the next.
    check_finite : bool, default True
        Refuse NaN and infinities.
    rng : None, int, Generator, BitGenerator or SeedSequence, optional
        Random numbers, read by `numpy.random.default_rng`.  When neither `rng` nor `seed`
        is given, NumPy's global random state is used.
    seed : None, int, RandomState or Generator, optional
        The older way to give random numbers; an int seeds a ``RandomState``.
    progress : callable, optional
        Called as ``progress(done, iter)`` after each run.

    Returns
    -------
    codebook : ndarray of shape (k, d) or (k,)
        The codebook with the smallest distortion.  A code word whose cell became empty is
        dropped, so there may be fewer than k.
    distortion : float
        Mean distance (not squared) of the observations to the nearest word of `codebook`.

    Raises
    ------
    ValueError
        If shapes do not fit, k is not from 1 to n, or a number is out of range.
    TypeError
        If both `rng` and `seed` are given, or `k_or_guess` is no number.

    See Also
    --------
    kmeans2 : a fixed number of iterations, labels returned, choice of starts.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*.

    Examples
    --------
    >>> import numpy as np
    >>> codebook, distortion = kmeans([0.0, 1.0, 10.0, 11.0], 2, rng=0)
    >>> np.sort(codebook), float(distortion)
    (array([ 0.5, 10.5]), 0.5)
    """
    X = _observations("obs", obs, flag("check_finite", check_finite))
    runs = whole_number("iter", iter, low=1)
    at_least("thresh", thresh, 0)
    if dimensions("k_or_guess", k_or_guess):
        guess = _code_book("k_or_guess", k_or_guess, X, np.ndim(obs), check_finite)
        runs, scale = 1, power_of_two(X, guess)
        X, guess = _times(scale, X), _times(scale, guess)
        starts: Iterable[NDArray] = [guess]
    else:
        k, scale = _count("k_or_guess", k_or_guess), power_of_two(X)
        X = _times(scale, X)
        starts = (SEEDINGS["points"](X, k, rng) for _ in range(runs))
    results = (_kmeans(X, start, thresh * scale) for start in starts)
    C, mean = min(told(results, runs, progress), key=lambda result: result[1])
    return _unfold(C / scale, obs), type(mean)(mean / scale)  # NumPy 1 would widen float32


def _kmeans(X: NDArray, C: NDArray, thresh: float) -> tuple[NDArray, Any]:
    """Run until the mean distance settles; return the codebook and its mean distance."""
    mean, settled = np.inf, False
    for state in _lloyd(X, C, None, "drop", measure=True):
        if state.step == "assign":
            before, mean = mean, state.distances.mean()
            if settled:
                break  # this assignment measures the codebook that is returned
            settled = abs(before - mean) <= thresh
    return state.C, mean


@rng_or_seed
def kmeans2(
    data: ArrayLike,
    k: int | ArrayLike,
    iter: int = 10,
    thresh: float = 1e-5,  # noqa: ARG001 (SciPy does not use it either)
    minit: Minit = "random",
    missing: MissingCluster = "warn",
    check_finite: bool = True,
    *,
    rng: Any = None,
    seed: Any = None,  # noqa: ARG001 (read by rng_or_seed)
    progress: Progress | None = None,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Run a number of iterations of k-means from one start.

    Parameters
    ----------
    data : array_like of shape (n, d) or (n,)
        Observations, one per row.
    k : int or array_like of shape (k, d) or (k,)
        Number of code words, or the codebook to start from.
    iter : int, default 10
        Number of iterations: assignments, each followed by a move.
    thresh : float, default 1e-5
        Not used; SciPy's signature has it.
    minit : {'random', 'points', '++', 'matrix', ...}, default 'random'
        How the first codebook is found when `k` is a number: 'random' draws from a
        Gaussian, 'points' takes observations, '++' is k-means++, and the other names of
        `clusterlib.vq.seeding.SEEDINGS` may be used too.  'matrix' says that `k` is the
        codebook, which is understood without saying.
    missing : {'warn', 'raise'}, default 'warn'
        What happens when a cell is empty: its code word stays and a warning is given, or
        a `ClusterError` is raised.
    check_finite : bool, default True
        Refuse NaN and infinities.
    rng : None, int, Generator, BitGenerator or SeedSequence, optional
        Random numbers, read by `numpy.random.default_rng`.  When neither `rng` nor `seed`
        is given, NumPy's global random state is used.
    seed : None, int, RandomState or Generator, optional
        The older way to give random numbers; an int seeds a ``RandomState``.
    progress : callable, optional
        Called as ``progress(done, iter)`` after each iteration.

    Returns
    -------
    centroid : ndarray of shape (k, d) or (k,)
        The codebook after the last move.
    label : ndarray of shape (n,), int32
        The labels that the last move took the means of.  If the run has not converged,
        ``vq(data, centroid)`` gives newer ones.

    Raises
    ------
    ValueError
        If shapes do not fit, k or `iter` is out of range, or a word is unknown.
    TypeError
        If both `rng` and `seed` are given, or `k` is no number.
    ClusterError
        If a cell is empty and `missing` is 'raise'.

    Warns
    -----
    UserWarning
        If a cell is empty and `missing` is 'warn', or k is a fraction and is rounded down.

    See Also
    --------
    kmeans : the best of several runs.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*; Arthur, Vassilvitskii 2007.

    Examples
    --------
    >>> import numpy as np
    >>> centroid, label = kmeans2([0.0, 1.0, 10.0, 11.0], np.array([0.0, 1.0]))
    >>> centroid
    array([ 0.5, 10.5])
    >>> label
    array([0, 0, 1, 1], dtype=int32)
    """
    empty, steps = choose("missing", missing, MISSING), whole_number("iter", iter, low=1)
    X = _observations("data", data, flag("check_finite", check_finite))
    if (isinstance(minit, str) and minit == "matrix") or dimensions("k", k):
        C = _code_book("k", k, X, np.ndim(data), check_finite)
        scale = power_of_two(X, C)
        X, C = _times(scale, X), _times(scale, C)
    else:
        scale = power_of_two(X)
        X = _times(scale, X)
        C = choose("minit", minit, STARTS)(X, _count("k", k, stacklevel=4), rng)
    for state in islice(_lloyd(X, C, None, empty), 2 * steps):
        if missing == "warn" and state.step == "assign" and state.empty.any():
            warnings.warn(MESSAGE, UserWarning, stacklevel=3)
        if state.step == "move" and progress is not None:
            progress(state.iteration, steps)
    return _unfold(state.C / scale, data), state.labels.astype(np.int32)


# ---------------------------------------------------------------- check and pack


def _times(scale: float, A: NDArray) -> NDArray:
    """Return A times a power of two; A itself if that is 1."""
    return A if scale == 1 else A * scale


def _unfold(C: NDArray, data: ArrayLike) -> NDArray:
    """Return code words as the observations came: numbers if those were numbers."""
    return C[:, 0] if np.ndim(data) == 1 else C


def _observations(name: str, value: Any, finite: bool = True) -> NDArray:
    """Return observations as a matrix of floats with at least one row."""
    X = as_array(name, value)
    if finite:
        require_finite(name, X)
    if X.ndim not in (1, 2):
        raise ValueError(
            f"`{name}` has shape {X.shape}; it must have two dimensions, one row an "
            "observation, or one dimension for numbers."
        )
    if X.size == 0:
        raise ValueError(f"`{name}` has shape {X.shape}; it must not be empty.")
    return as_floats(name, X if X.ndim == 2 else X[:, None])


def _code_book(name: str, value: Any, X: NDArray, ndim: int = 2, finite: bool = True) -> NDArray:
    """Return a codebook as a matrix of floats with the features of X."""
    C = as_floats(name, as_array(name, value))
    return as_code_book(name, C, X.shape[1], ndim, finite=finite)


def _count(name: str, value: Any, stacklevel: int | None = None) -> int:
    """Return a number of code words; a fraction is an error, or with `stacklevel` a warning."""
    if np.asarray(value).dtype.kind not in "iuf":
        raise TypeError(f"`{name}` is {value!r}; it must be a whole number or a codebook.")
    if stacklevel is not None and np.isfinite(value) and int(value) != value:
        warnings.warn("k was not an integer, was converted.", UserWarning, stacklevel=stacklevel)
        value = int(value)
    return whole_number(name, value, low=1)


def _weights(value: Any, n: int) -> NDArray[np.float64]:
    """Return n weights of at least 0, not all 0."""
    weights = as_vector("weights", value).astype(float)
    if len(weights) != n or (weights < 0).any() or not weights.any():
        raise ValueError(
            f"`weights` has {len(weights)} numbers from {weights.min(initial=0)}; it must have "
            f"{n}, one an observation, of at least 0 and not all 0."
        )
    return weights
