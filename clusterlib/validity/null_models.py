"""What would the same number be on data without structure?

Question: is a silhouette, a gap or a correlation more than structureless data give?
Chapter: 6, Choosing k.
Symbols: X observations, n of d columns; statistic a function of X.
Sources: Tibshirani, Walther, Hastie 2001, Estimating the number of clusters in a data
set via the gap statistic (both boxes); Phipson, Smyth 2010, Permutation p-values should
never be zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_generator,
    as_matrix,
    choose,
    real_number,
    whole_number,
)

__all__ = [
    "NULL_MODELS",
    "NullComparison",
    "compare_with_null",
    "principal_box",
    "shuffle_columns",
    "uniform_box",
]


def shuffle_columns(X: NDArray, rng: np.random.Generator) -> NDArray:
    """Return `X` with the entries of each column in a random order of their own.

    Every column keeps its distribution, and all dependence between columns is gone.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations.
    rng : numpy.random.Generator
        Random numbers.

    Returns
    -------
    ndarray, shape (n, d)

    Examples
    --------
    >>> X = np.array([[0, 10], [1, 11], [2, 12]])
    >>> np.sort(shuffle_columns(X, np.random.default_rng(0)), axis=0)
    array([[ 0, 10],
           [ 1, 11],
           [ 2, 12]])
    """
    return rng.permuted(X, axis=0)


def uniform_box(X: NDArray, rng: np.random.Generator) -> NDArray:
    """Return uniform noise in the smallest box around `X` along the columns.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations.
    rng : numpy.random.Generator
        Random numbers.

    Returns
    -------
    ndarray, shape (n, d), float64

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie, 2001, reference (a).

    Examples
    --------
    >>> Y = uniform_box(np.array([[0.0, 5.0], [1.0, 9.0]]), np.random.default_rng(0))
    >>> bool(((Y >= [0, 5]) & (Y <= [1, 9])).all())
    True
    """
    return rng.uniform(X.min(axis=0), X.max(axis=0), X.shape)


def principal_box(X: NDArray, rng: np.random.Generator) -> NDArray:
    """Return uniform noise in the smallest box around `X` along its principal axes.

    The box lies in space as the cloud of observations does, so correlated columns stay
    correlated; only the groups inside the cloud are gone.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations.
    rng : numpy.random.Generator
        Random numbers.

    Returns
    -------
    ndarray, shape (n, d), float64

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie, 2001, reference (b).

    Examples
    --------
    >>> line = np.array([[0.0, 0.0], [1.0, 1.0], [4.0, 4.0]])
    >>> Y = principal_box(line, np.random.default_rng(0))
    >>> np.allclose(Y[:, 0], Y[:, 1])
    True
    """
    centre = X.mean(axis=0)
    axes = np.linalg.svd(X - centre, full_matrices=False)[2]
    return uniform_box((X - centre) @ axes.T, rng) @ axes + centre


NULL_MODELS: dict[str, Callable[[NDArray, np.random.Generator], NDArray]] = {
    "shuffle": shuffle_columns,
    "principal box": principal_box,
    "box": uniform_box,
}


@dataclass(frozen=True, eq=False)
class NullComparison:
    """A statistic of the data beside its values on data without structure.

    Attributes
    ----------
    real : ndarray, shape (...)
        The statistic of the data.
    null : ndarray, shape (draws, ...)
        The same statistic of each null data set.
    """

    real: NDArray
    null: NDArray

    def band(self, level: float = 0.95) -> tuple[NDArray, NDArray]:
        """Return the lower and upper end of the middle share `level` of the null values."""
        if not 0 < real_number("level", level) < 1:
            raise ValueError(f"`level` is {level!r}; it must be above 0 and below 1.")
        low, high = np.quantile(self.null, [(1 - level) / 2, (1 + level) / 2], axis=0)
        return low, high

    @property
    def p_above(self) -> NDArray:
        """The p-value of a large statistic: (1 + how many null values reach it) / (1 + draws)."""
        return (1 + (self.null >= self.real).sum(axis=0)) / (1 + len(self.null))

    @property
    def p_below(self) -> NDArray:
        """The p-value of a small statistic, for indices where small is good."""
        return (1 + (self.null <= self.real).sum(axis=0)) / (1 + len(self.null))


def compare_with_null(
    statistic: Callable[[NDArray], Any],
    X: ArrayLike,
    model: str = "shuffle",
    draws: int = 99,
    rng: Any = None,
) -> NullComparison:
    """Compute a statistic of the data, and of data whose structure is destroyed.

    Parameters
    ----------
    statistic : callable
        Takes a table of shape (n, d) and returns a number or an array, for example one
        index for each k.  It should repeat all that you did to the data, the clustering included.
    X : array_like, shape (n, d)
        Observations.
    model : {"shuffle", "principal box", "box"}, default "shuffle"
        How the structure is destroyed: permute each column, or draw uniformly from the box
        along the principal axes or along the columns.
    draws : int, default 99
        Number of null data sets, at least 1.
    rng : None, int or numpy.random.Generator
        Random numbers.

    Returns
    -------
    NullComparison
        ``real`` and ``null``, with the ``band`` of the null values and the p-values
        ``p_above`` and ``p_below``, each of the shape of the statistic.

    Raises
    ------
    ValueError
        If an argument is out of range or the model is unknown.
    TypeError
        If `statistic` cannot be called.

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie, 2001; B. Phipson, G. K. Smyth, 2010.

    Examples
    --------
    >>> g = np.random.default_rng(0)
    >>> X = g.normal(size=(50, 1)) + [[0.0, 0.0]]
    >>> judged = compare_with_null(lambda Y: np.corrcoef(Y.T)[0, 1], X, draws=19, rng=1)
    >>> round(float(judged.real), 6), bool(judged.real > judged.band()[1]), float(judged.p_above)
    (1.0, True, 0.05)
    """
    data = np.asarray(as_matrix("X", X), dtype=float)
    if data.size == 0:
        raise ValueError(f"`X` has shape {data.shape}; it must hold at least one observation.")
    destroy = choose("model", model, NULL_MODELS)
    draws = whole_number("draws", draws, 1)
    if not callable(statistic):
        raise TypeError(
            f"`statistic` is {statistic!r}; it must be a function that takes a table of "
            "observations and returns a number or an array."
        )
    rng = as_generator("rng", rng)
    real = np.asarray(statistic(data), dtype=float)
    null = np.array([statistic(destroy(data, rng)) for _ in range(draws)], dtype=float)
    return NullComparison(real, null)
