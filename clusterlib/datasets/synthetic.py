"""Made data: every recipe is a seed and a few lines, and the answer is known.

Question: would a method find the truth, if the truth were known?
Chapter: 0, Start here.
Symbols: X observations, labels the cloud each point was drawn from, g random numbers.
Sources: the clouds and the twelve points are those of the book's first example; the
sets S1 to S4 follow the spirit of Franti and Virmajoki 2006.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from clusterlib.core.checks import as_generator, real_number, whole_number
from clusterlib.datasets.types import Dataset, read_only

__all__ = [
    "autoregressive_rows",
    "bridge",
    "clouds",
    "d32",
    "five_on_a_line",
    "gaussian_rows",
    "rings",
    "s_set",
    "six_points",
    "twelve_points",
    "unbalanced",
    "uniform_noise",
]

_SPREADS = {1: 0.02, 2: 0.035, 3: 0.05, 4: 0.065}


def made(name, X, labels=None, centres=None):
    """Return made points as a Dataset under the licence of the code."""
    X = read_only(np.array(X, dtype=float))
    d = X.shape[1]
    labels = None if labels is None else read_only(np.asarray(labels).astype(int))
    groups = () if labels is None else np.unique(labels[labels >= 0])
    return Dataset(
        name=name,
        X=X,
        labels=labels,
        label_names=tuple(f"group {group}" for group in groups),
        feature_names=tuple("xy"[:d]) if d < 3 else tuple(f"x{j}" for j in range(d)),
        source="made by clusterlib.datasets",
        licence="MIT",
        centres=None if centres is None else read_only(np.array(centres, dtype=float)),
    )


@cache
def clouds() -> Dataset:
    """Return the 100 points of the first example: three Gaussian clouds, shuffled.

    The draws are those of ``numpy.random.seed(12345678)``, from a random state of
    their own: the global one is not touched.

    Returns
    -------
    Dataset
        ``X`` of shape (100, 2), ``labels`` the cloud of each point (45, 30 and 25).

    Examples
    --------
    >>> clouds().X[0].round(8)
    array([1.43331826, 5.84905422])
    """
    g = np.random.RandomState(12345678)
    means = [[0, 6], [2, 0], [6, 4]]
    spreads = np.array([[[2, 1], [1, 1.5]], [[1, -1], [-1, 3]], [[5, 0], [0, 1.2]]])
    sizes = [45, 30, 25]
    parts = zip(means, spreads, sizes, strict=True)
    X = np.vstack([g.multivariate_normal(mean, cov, size) for mean, cov, size in parts])
    rows = np.column_stack([X, np.repeat([0, 1, 2], sizes)])
    g.shuffle(rows)
    return made("clouds", rows[:, :2], rows[:, 2], means)


@cache
def twelve_points() -> Dataset:
    """Return the twelve grid points of the second example: three in each corner.

    Returns
    -------
    Dataset
        ``X`` of shape (12, 2), ``labels`` the corner of each point.

    Examples
    --------
    >>> twelve_points().X[:3]
    array([[0., 0.],
           [0., 1.],
           [1., 0.]])
    """
    corners = [
        [[0, 0], [0, 1], [1, 0]],
        [[0, 4], [0, 3], [1, 4]],
        [[4, 0], [3, 0], [4, 1]],
        [[4, 4], [3, 4], [4, 3]],
    ]
    return made("twelve points", np.vstack(corners), np.repeat(range(4), 3))


@cache
def six_points() -> Dataset:
    """Return the six points of the hand trace: small enough for pencil and paper.

    Returns
    -------
    Dataset
        ``X`` of shape (6, 2); the first two rows are the trace's first codebook.

    Examples
    --------
    >>> six_points().X[:2]
    array([[0., 0.],
           [2., 0.]])
    """
    return made("six points", [[0, 0], [2, 0], [0, 2], [5, 4], [7, 6], [4, 2]])


@cache
def five_on_a_line() -> Dataset:
    """Return 0, 1, 3, 7, 12: five points on which the linkage rules part.

    Returns
    -------
    Dataset
        ``X`` of shape (5, 1).

    Examples
    --------
    >>> five_on_a_line().X.ravel()
    array([ 0.,  1.,  3.,  7., 12.])
    """
    return made("five on a line", [[0], [1], [3], [7], [12]])


def s_set(i: int) -> Dataset:
    """Return fifteen round clusters of 200 points; they overlap more as `i` grows.

    Parameters
    ----------
    i : int
        1, 2, 3 or 4, for a spread of .02, .035, .05 or .065 in the unit square.

    Returns
    -------
    Dataset
        ``X`` of shape (3000, 2), ``centres`` of shape (15, 2).

    Raises
    ------
    ValueError
        If `i` is not 1, 2, 3 or 4.

    Examples
    --------
    >>> round(float(s_set(1).X.sum()), 6)
    3052.201387
    """
    i = whole_number("i", i)
    if i not in _SPREADS:
        raise ValueError(f"`i` is {i}; it must be one of {', '.join(map(str, _SPREADS))}.")
    return _s_set(i)


@cache
def _s_set(i):
    g = np.random.default_rng(2026)
    centres: list[np.ndarray] = []
    while len(centres) < 15:
        c = g.uniform(0.1, 0.9, 2)
        if all(np.hypot(*(c - other)) >= 0.15 for other in centres):
            centres.append(c)
    X = np.vstack([c + _SPREADS[i] * g.standard_normal((200, 2)) for c in centres])
    return made(f"S{i}", X, np.repeat(range(15), 200), centres)


@cache
def unbalanced() -> Dataset:
    """Return three dense clusters of 2000 points and five thin ones of 100.

    Returns
    -------
    Dataset
        ``X`` of shape (6500, 2), ``centres`` of shape (8, 2).

    Examples
    --------
    >>> unbalanced()
    Dataset unbalanced: 6500 observations, 2 features, 8 classes
    """
    g = np.random.default_rng(2026)
    dense = [(0.10, 0.35), (0.20, 0.50), (0.10, 0.65)]
    thin = [(0.70, 0.20), (0.85, 0.35), (0.70, 0.50), (0.85, 0.65), (0.70, 0.80)]
    sizes, spreads = [2000] * 3 + [100] * 5, [0.01] * 3 + [0.02] * 5
    X = [
        np.array(c) + sd * g.standard_normal((n, 2))
        for c, n, sd in zip(dense + thin, sizes, spreads)
    ]
    return made("unbalanced", np.vstack(X), np.repeat(range(8), sizes), dense + thin)


@cache
def d32() -> Dataset:
    """Return sixteen tight clusters of 64 points in 32 dimensions.

    Returns
    -------
    Dataset
        ``X`` of shape (1024, 32), ``centres`` of shape (16, 32).

    Examples
    --------
    >>> d32()
    Dataset D32: 1024 observations, 32 features, 16 classes
    """
    g = np.random.default_rng(2026)
    centres = g.uniform(0, 1, (16, 32))
    X = np.vstack([c + 0.02 * g.standard_normal((64, 32)) for c in centres])
    return made("D32", X, np.repeat(range(16), 64), centres)


@cache
def uniform_noise() -> Dataset:
    """Return 500 uniform points of the unit square: no clusters at all.

    Returns
    -------
    Dataset
        ``X`` of shape (500, 2), no labels.

    Examples
    --------
    >>> uniform_noise().labels is None
    True
    """
    return made("uniform noise", np.random.default_rng(0).uniform(size=(500, 2)))


def _two_clouds(g):
    """Return two round clouds of 60 points, six apart."""
    return np.vstack([g.normal([0, 0], 0.5, (60, 2)), g.normal([6, 0], 0.5, (60, 2))])


@cache
def bridge() -> Dataset:
    """Return two clouds of 60 points and a bridge of 13 evenly spaced points.

    Returns
    -------
    Dataset
        ``X`` of shape (133, 2); ``labels`` 0 and 1 for the clouds, -1 for the bridge,
        whose points come last.

    Examples
    --------
    >>> bridge().X[-1]
    array([4.8, 0. ])
    """
    planks = np.column_stack([np.linspace(1.2, 4.8, 13), np.zeros(13)])
    X = np.vstack([_two_clouds(np.random.default_rng(0)), planks])
    return made("bridge", X, np.repeat([0, 1, -1], [60, 60, 13]), [[0, 0], [6, 0]])


@cache
def rings() -> Dataset:
    """Return two rings around one centre: 100 points at radius 1, 200 at radius 3.

    Returns
    -------
    Dataset
        ``X`` of shape (300, 2), ``labels`` the ring of each point.

    Examples
    --------
    >>> rings()
    Dataset rings: 300 observations, 2 features, 2 classes
    """
    g = np.random.default_rng(0)
    _two_clouds(g)  # the recipe draws the clouds of `bridge` first
    t = g.uniform(0, 2 * np.pi, 300)
    r = np.repeat([1, 3], [100, 200]) + 0.1 * g.normal(size=300)
    X = np.column_stack([r * np.cos(t), r * np.sin(t)])
    return made("rings", X, np.repeat([0, 1], [100, 200]))


def gaussian_rows(n: int, d: int, seed: int = 10) -> np.ndarray:
    """Return n rows of d independent unit Gaussian numbers.

    Parameters
    ----------
    n, d : int
        Number of rows and columns, at least 1.
    seed : int, default 10
        The book trains on seed 10 and tests on seed 11.

    Returns
    -------
    ndarray, shape (n, d), float64
        ``default_rng(seed).standard_normal((n, d))``.

    Examples
    --------
    >>> gaussian_rows(4, 2).shape
    (4, 2)
    """
    n, d = whole_number("n", n, 1), whole_number("d", d, 1)
    return as_generator("seed", seed).standard_normal((n, d))


def autoregressive_rows(n: int, d: int, seed: int = 10, rho: float = 0.9) -> np.ndarray:
    """Return a unit-variance sequence in which each number leans on the one before.

    ``x[t] = rho x[t-1] + sqrt(1 - rho^2) e[t]``, cut into n rows of d numbers.

    Parameters
    ----------
    n, d : int
        Number of rows and columns, at least 1.
    seed : int, default 10
        The book trains on seed 10 and tests on seed 11.
    rho : float, default 0.9
        Correlation of neighbours, between -1 and 1.

    Returns
    -------
    ndarray, shape (n, d), float64
        The sequence, row by row.

    Raises
    ------
    ValueError
        If a size is below 1 or `rho` is outside -1 to 1.

    References
    ----------
    Y. Linde, A. Buzo, R. M. Gray, 1980, An algorithm for vector quantizer design.

    Examples
    --------
    >>> autoregressive_rows(4, 2).shape
    (4, 2)
    """
    n, d = whole_number("n", n, 1), whole_number("d", d, 1)
    rho = real_number("rho", rho, -1, 1)
    e = as_generator("seed", seed).standard_normal(n * d)
    fresh = (np.sqrt(1 - rho**2) * e).tolist()
    x = [float(e[0])]
    for noise in fresh[1:]:
        x.append(rho * x[-1] + noise)
    return np.array(x).reshape(n, d)
