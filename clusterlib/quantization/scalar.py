"""Scalar quantizers: one number, few levels.

Question: where do the levels go, and what does each bit buy?
Chapter: 1, One number, few levels.
Symbols: k levels, t thresholds between them, D mean squared error, H entropy of the
indices in bits; F0, F1, F2 the probability, the mean and the square gathered up to x.
Sources: Lloyd 1982 (1957), Least squares quantization in PCM; Max 1960, Quantizing for
minimum distortion; Gish, Pierce 1968, Asymptotically efficient quantizing; Wang, Song
2011, Ckmeans.1d.dp.

A quantizer is best when each threshold lies in the middle of its two levels and each
level is the mean of the numbers in its cell.  Everything here is one of the two
conditions, or both at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_real,
    as_vector,
    choose,
    real_number,
    require_finite,
    whole_number,
)
from clusterlib.core.floats import near_one, power_of_two
from clusterlib.quantization.information import entropy

__all__ = [
    "LAWS",
    "Law",
    "Quantizer",
    "best_uniform",
    "entropy_coded_uniform",
    "lloyd_max",
    "lloyd_max_steps",
    "optimal_levels",
    "quantizer_for",
]

Moment = Callable[[np.ndarray], np.ndarray]


class Law(NamedTuple):
    """A distribution of random numbers, even about 0, by what it gathers up to x.

    Attributes
    ----------
    pdf : callable
        Density at x.
    F0, F1, F2 : callable
        Integrals of the density, of x and of x squared times it, up to x.
    reach : float
        Beyond plus or minus this the distribution holds nothing that a float can see.
    """

    pdf: Moment
    F0: Moment
    F1: Moment
    F2: Moment
    reach: float


class Quantizer(NamedTuple):
    """Levels and thresholds of a scalar quantizer, and what it costs and loses.

    Attributes
    ----------
    levels : ndarray, shape (k,)
        Output values, rising.
    thresholds : ndarray, shape (k - 1,)
        Cell i holds the numbers above threshold i-1 and not above threshold i.
    D : float
        Mean squared error.
    H : float
        Entropy of the indices in bits.
    """

    levels: np.ndarray
    thresholds: np.ndarray
    D: float
    H: float

    def encode(self, x: ArrayLike) -> np.ndarray:
        """Return the index of the cell of each number."""
        numbers = require_finite("x", as_real("x", x))
        return np.searchsorted(self.thresholds, numbers, side="left")

    def decode(self, indices: ArrayLike) -> np.ndarray:
        """Return the level of each index."""
        return self.levels[np.asarray(indices)]


# ------------------------------------------------------------------- laws


def _gaussian_pdf(x):
    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _gaussian_F0(x):
    return np.array([(1 + math.erf(v)) / 2 for v in (x / math.sqrt(2)).tolist()])


_B = math.sqrt(0.5)  # scale of the Laplace distribution with unit variance
_E = math.sqrt(3.0)  # edge of the uniform distribution with unit variance


def _laplace_pdf(x):
    return np.exp(-abs(x) / _B) / (2 * _B)


def _laplace_F0(x):
    tail = np.exp(-abs(x) / _B) / 2
    return np.where(x < 0, tail, 1 - tail)


def _laplace_F2(x):
    a = abs(x)
    tail = (a * a + 2 * _B * a + 2 * _B * _B) * np.exp(-a / _B) / 2
    return np.where(x < 0, tail, 1 - tail)


#: The distributions of the book, each with unit variance.
LAWS = {
    "gaussian": Law(
        _gaussian_pdf,
        _gaussian_F0,
        lambda x: -_gaussian_pdf(x),
        lambda x: _gaussian_F0(x) - x * _gaussian_pdf(x),
        reach=9.0,
    ),
    "laplace": Law(
        _laplace_pdf,
        _laplace_F0,
        lambda x: -(abs(x) + _B) * np.exp(-abs(x) / _B) / 2,
        _laplace_F2,
        reach=30.0,
    ),
    "uniform": Law(
        lambda x: np.where(abs(x) <= _E, 1 / (2 * _E), 0.0),
        lambda x: (np.clip(x, -_E, _E) + _E) / (2 * _E),
        lambda x: (np.clip(x, -_E, _E) ** 2 - 3) / (4 * _E),
        lambda x: (np.clip(x, -_E, _E) ** 3 + _E**3) / (6 * _E),
        reach=_E,
    ),
}


def _as_law(law):
    return law if isinstance(law, Law) else choose("law", law, LAWS)


def _edges(law, thresholds):
    """Return the thresholds with an end on either side, beyond which nothing lies."""
    end = max(law.reach + 1, *abs(thresholds), 0) if len(thresholds) else law.reach + 1
    return np.concatenate([[-end], thresholds, [end]])


def _cells(law, thresholds):
    """Return probability, mean times probability and square gathered in each cell."""
    edges = _edges(law, thresholds)
    return np.maximum(np.diff(law.F0(edges)), 0), np.diff(law.F1(edges)), np.diff(law.F2(edges))


def _centroids(law, thresholds, levels):
    """Return the mean of each cell; an empty cell keeps its level."""
    p, m, _ = _cells(law, thresholds)
    edges = _edges(law, thresholds)
    means = np.divide(m, p, out=np.array(levels, dtype=float), where=p > 0)
    return np.where(p > 0, np.clip(means, edges[:-1], edges[1:]), levels)


def _midpoints(levels):
    return (levels[1:] + levels[:-1]) / 2


def _measured(law, levels, thresholds):
    """Return a quantizer with its error and entropy under a distribution."""
    p, m, s = _cells(law, thresholds)
    D = float((s - 2 * levels * m + levels**2 * p).sum())
    return Quantizer(levels, thresholds, max(D, 0.0), entropy(p))


# ------------------------------------------------------------------- the two conditions


def lloyd_max_steps(law: str | Law, levels: ArrayLike) -> Iterator[Quantizer]:
    """Yield a quantizer after each half step: thresholds to midpoints, levels to means.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'} or Law
        The distribution of the numbers.
    levels : array_like, shape (k,)
        Rising levels to start from.

    Yields
    ------
    Quantizer
        After the thresholds moved, then after the levels moved, and so on without end;
        D never rises.  An empty cell keeps its level.

    Raises
    ------
    ValueError
        If the distribution is unknown or the levels do not rise.

    References
    ----------
    S. P. Lloyd, 1982 (1957), Least squares quantization in PCM.

    Examples
    --------
    >>> steps = lloyd_max_steps("gaussian", [-1.0, 1.0])
    >>> [round(next(steps).D, 4) for _ in range(3)]
    [0.4042, 0.3634, 0.3634]
    """
    start = np.asarray(as_vector("levels", levels), dtype=float)
    if not len(start) or (np.diff(start) <= 0).any():
        raise ValueError("`levels` must rise from each to the next, and hold at least one.")
    return _lloyd_max_steps(_as_law(law), start)


def _lloyd_max_steps(law, levels):
    while True:
        thresholds = _midpoints(levels)
        yield _measured(law, levels, thresholds)
        levels = _centroids(law, thresholds, levels)
        yield _measured(law, levels, thresholds)


def quantizer_for(law: str | Law, levels: ArrayLike) -> Quantizer:
    """Return the quantizer with these levels and the best thresholds for them.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'} or Law
        The distribution of the numbers.
    levels : array_like, shape (k,)
        Rising levels.

    Returns
    -------
    Quantizer
        Thresholds in the middle between neighbours, with D and H under the distribution.

    Raises
    ------
    ValueError
        If the distribution is unknown or the levels do not rise.

    Examples
    --------
    >>> round(quantizer_for("uniform", [-1.0, 1.0]).D, 4)
    0.2679
    """
    return next(lloyd_max_steps(law, levels))


def lloyd_max(law: str | Law, k: int) -> Quantizer:
    """Return the k-level quantizer with the least mean squared error.

    The levels meet both of Lloyd's conditions at once; Newton's method finds them, for
    the steps of `lloyd_max_steps` lead there slowly when k is large.  For a distribution whose
    log density is concave, as those of `LAWS`, the answer is the only one.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'} or Law
        The distribution of the numbers.
    k : int
        Number of levels, 1 to 1024.

    Returns
    -------
    Quantizer

    Raises
    ------
    ValueError
        If the distribution is unknown or k is out of range.

    References
    ----------
    J. Max, 1960, Quantizing for minimum distortion.
    S. P. Lloyd, 1982 (1957), Least squares quantization in PCM.

    Examples
    --------
    >>> best = lloyd_max("gaussian", 4)
    >>> best.levels.round(4), round(best.D, 6)
    (array([-1.5104, -0.4528,  0.4528,  1.5104]), 0.117482)
    """
    return _lloyd_max(_as_law(law), _as_count(k))


def _as_count(k):
    k = whole_number("k", k, 1)
    if k > 1024:
        raise ValueError(f"`k` is {k}; it must be at most 1024 levels, which is ten bits.")
    return k


def _lloyd_max(law, k):
    levels = _companded(law, k)
    for _ in range(10):
        levels = _centroids(law, _midpoints(levels), levels)
    for _ in range(30):
        gap = _centroids(law, _midpoints(levels), levels) - levels
        if abs(gap).max() < 1e-14:
            break
        J = _slopes(law, levels) - 1 / k  # holds the middle: Laplace lets all levels slide
        levels = levels + np.linalg.solve(np.eye(k) - J, gap)
    return _measured(law, levels, _midpoints(levels))


def _companded(law, k):
    """Return levels as dense as the cube root of the density: nearly best for large k."""
    x = np.linspace(-law.reach, law.reach, 20001)
    share = np.cumsum(law.pdf(x) ** (1 / 3))
    levels = np.interp((np.arange(k) + 0.5) / k, share / share[-1], x)
    return (levels - levels[::-1]) / 2  # even to the last digit


def _slopes(law, levels):
    """Return how each centroid moves when a level moves: it pulls half of a threshold."""
    t = _midpoints(levels)
    p = _cells(law, t)[0]
    c = _centroids(law, t, levels)
    upper = law.pdf(t) * (t - c[:-1]) / p[:-1] / 2  # of centroid i by threshold i
    lower = law.pdf(t) * (c[1:] - t) / p[1:] / 2  # of centroid i+1 by threshold i
    J = np.diag(upper, 1) + np.diag(lower, -1)
    return J + np.diag(np.append(upper, 0) + np.append(0, lower))


# ------------------------------------------------------------------- equal steps


def best_uniform(law: str | Law, k: int) -> tuple[Quantizer, float]:
    """Return the best quantizer with equal steps, and its step.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'} or Law
        The distribution of the numbers.
    k : int
        Number of levels, 2 to 1024.

    Returns
    -------
    quantizer : Quantizer
        Levels in the middle of equal steps around 0; both end cells are unbounded.
    step : float

    Raises
    ------
    ValueError
        If the distribution is unknown or k is out of range.

    References
    ----------
    J. Max, 1960, Quantizing for minimum distortion, table II.

    Examples
    --------
    >>> quantizer, step = best_uniform("gaussian", 4)
    >>> round(step, 6), round(quantizer.D, 6)
    (0.995687, 0.118846)
    """
    whole_number("k", k, 2)
    return _best_uniform(_as_law(law), _as_count(k))


def _best_uniform(law, k):
    places = np.arange(k) - (k - 1) / 2

    def too_small(step):
        """Would a larger step lower D?  Its slope, at the best thresholds for it."""
        p, m, _ = _cells(law, _midpoints(step * places))
        return places @ (m - step * places * p) > 0

    step = _bisect(too_small, 0.0, 2 * law.reach / k)
    return _measured(law, step * places, _midpoints(step * places)), step


def _bisect(below, low, high):
    """Return where `below` turns from true to false."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


def entropy_coded_uniform(law: str | Law, H: float) -> tuple[Quantizer, float]:
    """Return equal thresholds whose indices have an entropy of H bits, and their step.

    Zero lies in the middle of a cell, cells go on to both sides, and each level is the
    mean of its cell.  With an entropy code this beats `lloyd_max` from 1 bit on.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'} or Law
        The distribution of the numbers.
    H : float
        Entropy of the indices, above 0 and at most 8 bits.

    Returns
    -------
    quantizer : Quantizer
    step : float

    Raises
    ------
    ValueError
        If the distribution is unknown or H is out of range.

    References
    ----------
    H. Gish, J. N. Pierce, 1968, Asymptotically efficient quantizing.

    Examples
    --------
    >>> quantizer, step = entropy_coded_uniform("gaussian", 1.0)
    >>> round(step, 6), round(quantizer.D, 6)
    (2.421619, 0.348339)
    """
    H = real_number("H", H)
    if not 0 < H <= 8:
        raise ValueError(f"`H` is {H!r}; it must be above 0 and at most 8 bits.")
    chosen = _as_law(law)

    def quantizer(step):
        half = np.arange(0.5, max(chosen.reach / step, 1)) * step
        thresholds = np.concatenate([-half[::-1], half])
        middles = np.concatenate([[-half[-1]], _midpoints(thresholds), [half[-1]]])
        return _measured(chosen, _centroids(chosen, thresholds, middles), thresholds)

    step = _bisect(lambda s: quantizer(s).H > H, 2.0 ** -(H + 2), 2 * chosen.reach)
    return quantizer(step), step


# ------------------------------------------------------------------- measured numbers


def optimal_levels(values: ArrayLike, k: int, weights: ArrayLike | None = None) -> Quantizer:
    """Return the k levels with the least squared error on given numbers, exactly.

    A dynamic programme over the sorted numbers: the best k cells of the first j numbers
    are the best k-1 cells of the first i and one cell from i to j.  The time grows with
    the square of the number of different values: a second or so for ten thousand.

    Parameters
    ----------
    values : array_like, any shape
        Numbers, for example the pixels of a grey image.
    k : int
        Number of levels, at most the number of different values.
    weights : array_like, shape of `values`, optional
        How often each value occurs; default once.  With ``values=range(256)`` this is
        a histogram.

    Returns
    -------
    Quantizer
        With D the mean squared error and H the entropy of the indices on these numbers.

    Raises
    ------
    ValueError
        If the input is not finite, a weight is negative, or k is out of range.

    References
    ----------
    H. Wang, M. Song, 2011, Ckmeans.1d.dp: optimal k-means clustering in one dimension
    by dynamic programming.

    Examples
    --------
    >>> optimal_levels([0, 1, 9, 10, 11], 2).levels
    array([ 0.5, 10. ])
    """
    numbers = np.asarray(require_finite("values", as_real("values", values)), dtype=float)
    times = np.ones_like(numbers)
    if weights is not None:
        times = np.asarray(require_finite("weights", as_real("weights", weights)), dtype=float)
    if times.shape != numbers.shape or (times < 0).any():
        raise ValueError("`weights` must give each value how often it occurs, at least 0.")
    k = whole_number("k", k, 1)
    times, _ = near_one(times)
    scale = power_of_two(numbers)
    x, place = np.unique(numbers[times > 0] * scale, return_inverse=True)
    if k > len(x):
        raise ValueError(f"`k` is {k}, but `values` holds {len(x)} different numbers.")
    best = _optimal_levels(x, np.bincount(place.ravel(), times[times > 0]), k)
    return Quantizer(best.levels / scale, best.thresholds / scale, best.D / scale / scale, best.H)


def _optimal_levels(x, w, k):
    middle = w @ x / w.sum()
    gathered = [np.concatenate([[0.0], np.cumsum(w * (x - middle) ** p)]) for p in range(3)]
    W, S, Q = gathered

    def cost(i, j):
        """Squared error of one cell that holds the numbers i to j - 1."""
        weight = W[j] - W[i]  # 0 if it is lost beside the others
        return Q[j] - Q[i] - (S[j] - S[i]) ** 2 / np.where(weight > 0, weight, 1)

    n = len(x)
    first = np.zeros((k + 1, n + 1), dtype=int)  # where the last of c cells begins
    best = np.append(0.0, cost(0, np.arange(1, n + 1)))
    for c in range(2, k + 1):
        before, best = best, np.full(n + 1, np.inf)
        begin = c - 1
        for j in range(c, n + 1):
            starts = np.arange(begin, j)  # the best start never moves back
            errors = before[starts] + cost(starts, j)
            begin += int(np.argmin(errors))
            first[c, j], best[j] = begin, errors.min()
    bounds = [n]
    for c in range(k, 0, -1):
        bounds.append(int(first[c, bounds[-1]]))
    return _of_sample(x, w, np.array(bounds[::-1]))


def _of_sample(x, w, bounds):
    """Return the quantizer whose cells start at `bounds` of the sorted numbers."""
    shares = np.add.reduceat(w, bounds[:-1])
    levels = np.add.reduceat(w * x, bounds[:-1]) / shares
    errors = x - np.repeat(levels, np.diff(bounds))
    D = float(w @ errors**2 / w.sum())
    return Quantizer(levels, _midpoints(levels), D, entropy(shares))
