"""The data sets of the explorers, with a plane to draw them in.

Question: how do points of many features get onto a screen?
Chapter: 6, Choosing k.
Symbols: X observations, points the same observations in the plane of the picture, labels.

Data of more than two features are shown on their first two principal axes:
the plane in which they spread most.  The clusters are found in all features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterlib import datasets
from clusterlib.checks import as_matrix

__all__ = ["SCENES", "Scene", "plane", "rounded", "scene"]


@dataclass(frozen=True)
class Scene:
    """Observations `X`, a title, and the plane that shows them: its names, origin and axes."""

    title: str
    X: np.ndarray
    axes: tuple[str, str]
    origin: np.ndarray
    lens: np.ndarray

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


def plane(X):
    """Return the first two principal axes of `X`, d x 2, and their shares of the variance."""
    _, s, axes = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    shares = s**2 / max(float((s**2).sum()), np.finfo(float).tiny)
    lens = np.zeros((X.shape[1], 2))  # with one feature, the second axis stays empty
    lens[:, : len(axes)] = (axes * signs[:, None])[:2].T
    return lens, [*shares, 0.0][:2]


def scene(X, title="your data", features=("first feature", "second feature")):
    """Return the Scene of `X`: as it is with two features, else on its principal axes."""
    X = as_matrix("X", X).astype(float)
    if X.shape[1] == 2:
        return Scene(title, X, (str(features[0]), str(features[1])), np.zeros(2), np.eye(2))
    lens, shares = plane(X)
    names = (f"principal axis {i + 1} ({100 * s:.0f} %)" for i, s in enumerate(shares))
    return Scene(title, X, tuple(names), X.mean(axis=0), lens)


SCENES = {
    "twelve": lambda: scene(datasets.twelve_points().X, "twelve points", ("x", "y")),
    "clouds": lambda: scene(datasets.clouds().X, "three clouds", ("x", "y")),
    "iris": lambda: scene(datasets.iris().X, "iris, four features"),
    "wine": lambda: scene(datasets.standardize(datasets.wine().X), "wine, standardized"),
    "uniform": lambda: scene(datasets.uniform_noise().X, "uniform noise", ("x", "y")),
}
