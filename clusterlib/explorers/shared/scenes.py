"""The data sets of the explorers, with a plane to draw them in.

Question: how do points of many features get onto a screen?
Chapter: 6, Choosing k.
Symbols: X observations, points the same observations in the plane of the picture, labels,
weights how many observations each row stands for.

Data of more than two features are shown on their first two principal axes:
the plane in which they spread most.  The clusters are found in all features.
"""

from __future__ import annotations

import base64
import functools
from dataclasses import dataclass

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import as_matrix
from clusterlib.distance.condensed import squareform
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.merging import linkage
from clusterlib.scaling import link_code_words
from clusterlib.validity import silhouette_samples
from clusterlib.validity.indices import silhouettes_of_sums

__all__ = [
    "SCENES",
    "Scene",
    "crowd_silhouettes",
    "fitted",
    "packed",
    "plane",
    "rounded",
    "scene",
    "written",
]


WIDE = 40  # features; tables of more are packed
GRID = 2**15 - 1


@dataclass(frozen=True)
class Scene:
    """Observations `X`, a title, and the plane that shows them: its names, origin and axes.

    Where the rows of `X` are code words, `weights` counts the observations of each, and
    `sample` holds some observations for the scores that code words cannot give.  `apart` are
    condensed distances that are not those of the coordinates; trees and silhouettes use them.
    """

    title: str
    X: np.ndarray
    axes: tuple[str, str]
    origin: np.ndarray
    lens: np.ndarray
    weights: np.ndarray | None = None
    sample: np.ndarray | None = None
    apart: np.ndarray | None = None

    @property
    def n(self):
        """The number of observations."""
        return len(self.X) if self.weights is None else int(self.weights.sum())

    @functools.cached_property
    def distances(self):
        """The distances of the rows, as a square."""
        return squareform(pdist(self.X) if self.apart is None else self.apart)

    def linkage(self, method, rows=None):
        """Return the linkage matrix of all rows, or of those at the indices `rows`.

        Centroid, median and Ward need coordinates; the other methods take `apart` if it is
        there.
        """
        X, weights = (self.X, self.weights) if rows is None else (
            self.X[rows], None if self.weights is None else self.weights[rows])  # fmt: skip
        if weights is not None:
            return link_code_words(X, weights, method)
        if self.apart is None or method in ("centroid", "median", "ward"):
            return linkage(X, method)
        D = self.distances if rows is None else self.distances[np.ix_(rows, rows)]
        return linkage(squareform(D, checks=False), method)

    def silhouettes(self, labels):
        """Return the silhouette of each row and the mean of all observations."""
        if self.apart is not None:
            each = crowd_silhouettes(self.distances, labels, np.ones(len(labels)))
        elif self.weights is None:
            each = silhouette_samples(self.X, labels)
        else:
            each = crowd_silhouettes(self.distances, labels, self.weights)
        return each, float(np.average(each, weights=self.weights))

    def judge(self, score, labels):
        """Return ``score(X, labels)`` of the observations, each at the place of its row."""
        if self.weights is None:
            return float(score(self.X, labels))
        return float(score(*(np.repeat(a, self.weights, axis=0) for a in (self.X, labels))))

    def counted(self):
        """Return the weights as the front end takes them: an entry, or nothing."""
        return {} if self.weights is None else {"weights": self.weights.tolist()}

    def radii(self):
        """Return how large each point is drawn: its area follows its weight."""
        if self.weights is None:
            return 4.0
        return 1.2 + 3.8 * np.sqrt(self.weights / self.weights.max())

    def sizes(self, labels):
        """Return how many observations each cluster has, the largest first."""
        count = np.bincount(labels, self.weights).astype(int)
        return sorted(count[count > 0].tolist(), reverse=True)

    @property
    def points(self):
        """The observations in the plane."""
        return self.project(self.X)

    def project(self, X):
        """Return the rows of `X`, observations or code words, in the plane."""
        return (X - self.origin) @ self.lens


def rounded(values, digits=4):
    """Return `values` as nested lists of numbers of `digits` decimals; NaN becomes None."""
    if np.ndim(values):
        return [rounded(v, digits) for v in values]
    value = float(values)
    if not np.isfinite(value):
        return None
    short = round(value, digits)
    return int(short) if short == int(short) else short


def fitted(X):
    """Return `X` as a page carries it: to four decimals, or wide tables on 2^16 steps."""
    if X.shape[1] <= WIDE:
        return np.round(X, 4)
    whole, step = _on_grid(X)
    return whole * step


def _on_grid(X):
    """Return `X` as whole numbers up to 2^15 - 1, and the step that they count."""
    step = float(np.abs(X).max()) / GRID or 1.0
    return np.round(X / step), step


def packed(X):
    """Return `X` as JSON: rows of numbers, or wide tables as two bytes a number and the step."""
    if X.shape[1] <= WIDE:
        return {"X": rounded(X)}
    whole, step = _on_grid(X)
    code = base64.b64encode(whole.astype("<i2").tobytes()).decode()
    return {"X": code, "d": X.shape[1], "unit": step}


def written(value, digits=5):
    """Return `value` with `digits` significant digits, whole where it is larger: no exponent."""
    if not np.isfinite(value):
        return "not defined"
    return f"{value:.0f}" if abs(value) >= 10**digits else f"{value:.{digits}g}"


def plane(X, weights=None):
    """Return the mean of `X`, its first two principal axes, d x 2, and their shares of variance."""
    w = np.ones(len(X)) if weights is None else weights
    mean = np.average(X, axis=0, weights=w)
    _, s, axes = np.linalg.svd((X - mean) * np.sqrt(w)[:, None], full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    shares = s**2 / max(float((s**2).sum()), np.finfo(float).tiny)
    lens = np.zeros((X.shape[1], 2))  # with one feature, the second axis stays empty
    lens[:, : len(axes)] = (axes * signs[:, None])[:2].T
    return mean, lens, [*shares, 0.0][:2]


def scene(X, title="your data", features=("first feature", "second feature"), weights=None):
    """Return the Scene of `X`: as it is with one or two features, else on its principal axes."""
    X = as_matrix("X", X).astype(float)
    d = X.shape[1]
    if d <= 2:
        names = (str(features[0]), str(features[1]) if d == 2 else "")
        return Scene(title, X, names, np.zeros(d), np.eye(d, 2), weights)
    mean, lens, shares = plane(X, weights)
    names = tuple(f"principal axis {i + 1} ({100 * s:.0f} %)" for i, s in enumerate(shares))
    return Scene(title, X, names, mean, lens, weights)


def crowd_silhouettes(D, labels, weights):
    """Return the silhouette of each point where it stands for `weights` observations.

    It is what `silhouette_samples` says of these observations, all at their point.

    Parameters
    ----------
    D : ndarray of shape (n, n)
        Distances of the points.
    labels : ndarray of int, shape (n,)
        Clusters 0 to k-1, at least two.
    weights : ndarray of int, shape (n,)
        How many observations stand at each point.

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> D = np.abs(np.subtract.outer([0.0, 1.0, 9.0], [0.0, 1.0, 9.0]))
    >>> crowd_silhouettes(D, np.array([0, 0, 1]), np.array([1, 1, 2])).round(3)
    array([0.889, 0.875, 1.   ])
    """
    size = np.bincount(labels, weights)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(size)))
    total = np.add.reduceat((D * weights)[:, order], starts, axis=1)
    return silhouettes_of_sums(total, size, labels)


SCENES = {
    "twelve": lambda: scene(datasets.twelve_points().X, "twelve points", ("x", "y")),
    "clouds": lambda: scene(datasets.clouds().X, "three clouds", ("x", "y")),
    "iris": lambda: scene(datasets.iris().X, "iris, four features"),
    "wine": lambda: scene(datasets.standardize(datasets.wine().X), "wine, standardized"),
    "uniform": lambda: scene(datasets.uniform_noise().X, "uniform noise", ("x", "y")),
}
