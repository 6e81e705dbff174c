"""Worlds: small clouds of points, each made to trouble one kind of method.

Question: what must clusters look like for this method to find them?
Chapter: 4, k-means; 9, Linkage; and the explorers, which offer them all under these names.
Symbols: X observations, labels the group that each point was drawn from, g random numbers.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from clusterlib.core.checks import one_of
from clusterlib.datasets.synthetic import clouds, made, uniform_noise
from clusterlib.datasets.types import Dataset

__all__ = ["WORLDS", "world"]


def _elongated(g):
    which = np.repeat([0, 1, 2], 30)
    X = np.column_stack([np.tile(np.linspace(-5, 5, 30), 3), 2.0 * which])
    return X + 0.2 * g.normal(size=X.shape), which


def _unequal_size(g):
    return _groups(g, [(0, 0), (4, 2), (4, -2)], [[1.1, 1.1], [0.5, 0.5], [0.5, 0.5]], (70, 12, 8))


def _unequal_spread(g):
    spreads = [[1.6, 1.6], [0.25, 0.25], [0.25, 0.25]]
    return _groups(g, [(0, 0), (5, 1), (5, -1)], spreads, (40, 25, 25))


def _rings(g):
    t, r = g.uniform(0, 2 * np.pi, 90), np.repeat([1.0, 3.0], [30, 60])
    r += 0.1 * g.normal(size=90)
    return np.column_stack([r * np.cos(t), r * np.sin(t)]), np.repeat([0, 1], [30, 60])


def _moons(g):
    t = np.tile(np.linspace(0, np.pi, 45), 2)
    lower = np.repeat([0, 1], 45)
    X = np.column_stack([np.cos(t) + lower, np.where(lower, 0.5 - np.sin(t), np.sin(t))])
    return X + 0.06 * g.normal(size=X.shape), lower


def _bridge(g):
    X, labels = _groups(g, [(0, 0), (6, 0)], [[0.5, 0.5]] * 2, (40, 40))
    planks = np.column_stack([np.linspace(1.2, 4.8, 13), np.zeros(13)])
    return np.vstack([X, planks]), np.append(labels, np.full(13, -1))


def _noise(_):
    return uniform_noise().X[:90], None


def _grid_with_ties(_):
    return np.array([[i, j] for i in range(9) for j in range(9)], dtype=float), None


def _one_outlier(g):
    X, labels = _groups(g, [(0, 0), (3, 0)], [[0.5, 0.5]] * 2, (40, 40))
    return np.vstack([X, [[9.0, 7.0]]]), np.append(labels, -1)


def _groups(g, means, spreads, sizes):
    """Return Gaussian groups, with their numbers."""
    X = [mean + spread * g.normal(size=(n, 2))
         for mean, spread, n in zip(means, np.array(spreads), sizes, strict=True)]  # fmt: skip
    return np.vstack(X), np.repeat(range(len(sizes)), sizes)


_MADE = {
    "elongated": _elongated,
    "unequal size": _unequal_size,
    "unequal spread": _unequal_spread,
    "rings": _rings,
    "moons": _moons,
    "bridge": _bridge,
    "noise": _noise,
    "grid with ties": _grid_with_ties,
    "one outlier": _one_outlier,
}

#: The names of the worlds.
WORLDS = ("clouds", *_MADE)


@cache
def _world(name):
    if name == "clouds":
        return clouds()
    X, labels = _MADE[name](np.random.default_rng(19))
    return made(name, np.round(X, 3), labels)


def world(name: str) -> Dataset:
    """Return a small cloud of points that troubles one kind of method.

    Parameters
    ----------
    name : str
        One of `WORLDS`: "clouds" are those of `clouds`; "elongated", "unequal size" and
        "unequal spread" trouble k-means; "rings" and "moons" trouble all methods that look for
        round clusters; "bridge" and "one outlier" trouble single linkage; "noise" has no
        clusters; "grid with ties" has many equal distances.

    Returns
    -------
    Dataset
        ``X`` of shape (n, 2), n at most 100, to three decimals; ``labels`` the group that each
        point was drawn from, -1 for the points between groups, or None without groups.

    Raises
    ------
    ValueError
        If there is no world of that name.

    Examples
    --------
    >>> world("moons")
    Dataset moons: 90 observations, 2 features, 2 classes
    """
    return _world(one_of("name", name, WORLDS))
