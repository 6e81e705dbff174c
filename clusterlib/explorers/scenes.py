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
from clusterlib.checks import as_matrix, require_finite

__all__ = ["SCENES", "Scene", "plane", "rounded", "scene"]


@dataclass(frozen=True)
class Scene:
    """Observations `X`, their `points` in the plane, a title and the names of both axes."""

    title: str
    X: np.ndarray
    points: np.ndarray
    axes: tuple[str, str]


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
    """Return the first two principal coordinates of `X` and their shares of the variance."""
    centred = X - X.mean(axis=0)
    _, s, axes = np.linalg.svd(centred, full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    coordinates = centred @ (axes * signs[:, None]).T
    shares = s**2 / max(float((s**2).sum()), np.finfo(float).tiny)
    if coordinates.shape[1] == 1:
        coordinates, shares = np.column_stack([coordinates, 0 * coordinates]), [shares[0], 0.0]
    return coordinates[:, :2], shares[:2]


def scene(X, title="your data", features=("first feature", "second feature")):
    """Return the Scene of `X`: as it is with two features, else on its principal axes."""
    X = require_finite("X", as_matrix("X", X)).astype(float)
    if X.shape[1] == 2:
        return Scene(title, X, X, (str(features[0]), str(features[1])))
    points, shares = plane(X)
    names = (f"principal axis {i + 1} ({100 * s:.0f} %)" for i, s in enumerate(shares))
    return Scene(title, X, points, tuple(names))


SCENES = {
    "twelve": lambda: scene(datasets.twelve_points().X, "twelve points", ("x", "y")),
    "clouds": lambda: scene(datasets.clouds().X, "three clouds", ("x", "y")),
    "iris": lambda: scene(datasets.iris().X, "iris, four features"),
    "wine": lambda: scene(datasets.standardize(datasets.wine().X), "wine, standardized"),
    "uniform": lambda: scene(datasets.uniform_noise().X, "uniform noise", ("x", "y")),
}

