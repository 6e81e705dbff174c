"""From a table of any size to points that a page can carry.

Question: how do 50,000 observations, or 1,000 features, become a figure in one small file?
Chapter: 7, More data than memory.
Symbols: X observations, C code words, weights how many observations each stands for.

Many observations are quantized and their code words weighted, which loses a known share of
the sum of squares.  In few dimensions the cells are clusters of Ward's tree of all observations,
so the tree of the code words is the top of that tree; else k-means finds them.  Many features
are turned, not dropped: m points differ in at most m directions, so axes along these hold all
their distances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from clusterlib.explorers.shared.scenes import Scene, fitted, scene
from clusterlib.hierarchy import fcluster, linkage
from clusterlib.scaling import summarize
from clusterlib.vq.lloyd import means

__all__ = ["Crowd", "gather", "in_units"]

MOST = 300  # points that a page draws in one frame
SAMPLE = 500  # observations for the gap statistic
FEW_FEATURES = 3  # so many let Ward's tree be built of all observations in seconds, ...
TREE_OF = 1_000_000  # ... and of so many in less than a minute


@dataclass(frozen=True)
class Crowd:
    """What the explorers show of `X`.

    Attributes
    ----------
    X : ndarray, shape (n, d)
        The observations.
    scene : Scene
        The points shown: observations, or code words with weights.
    member : ndarray of int, shape (n,)
        The point that stands for each observation.
    lost : float
        The share of the sum of squares that the points do not show, from 0 to 1.
    turned : bool
        Whether the points lie on axes of their own instead of the features.
    whole : bool
        Whether Ward's tree of the points is the top of that of all observations.
    """

    X: np.ndarray
    scene: Scene
    member: np.ndarray
    lost: float
    turned: bool
    whole: bool = True


def gather(X, features, rng=0, apart=None, progress=None):
    """Return the Crowd of `X`: its rows, its different rows, or code words of them.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Observations, at least three of them different.
    features : sequence of str
        Names of the features.
    rng : int, default 0
        Seed of the summary and of the sample.
    apart : ndarray, optional
        Condensed distances of at most 300 rows, where they are not those of the coordinates.
    progress : callable, optional
        As for `clusterlib.hierarchy.linkage`: told of the merges of all rows, if there are any.

    Returns
    -------
    Crowd

    Examples
    --------
    >>> X = np.repeat([[0.0], [1.0], [5.0]], 200, axis=0)
    >>> crowd = gather(X, ["x"])
    >>> crowd.scene.X.ravel(), crowd.scene.weights, crowd.lost
    (array([0., 1., 5.]), array([200, 200, 200]), 0.0)
    """
    (n, d), whole = X.shape, True
    if n <= MOST:
        C, member, weights, lost = X, np.arange(n), None, 0.0
    else:
        C, member, weights = np.unique(X, axis=0, return_inverse=True, return_counts=True)
        member, lost = member.ravel(), 0.0
        if len(C) > MOST:
            whole = d <= FEW_FEATURES and n <= TREE_OF
            C, member, weights = _last_clusters(X, progress) if whole else _cells(X, rng)
            lost = float(((X - C[member]) ** 2).sum() / ((X - X.mean(axis=0)) ** 2).sum())
    turned = d > len(C)
    points = fitted(turn(C) if turned else C)
    count = f"{n:,} observations"
    if weights is not None:
        count += f" in {len(C)} points"
    shown = replace(scene(points, count, (*features, "")[:2], weights), apart=apart)
    if weights is not None or turned:
        drawn = np.random.default_rng(rng).permutation(n)[:SAMPLE]
        shown = replace(shown, sample=X[np.sort(drawn)])
    return Crowd(X, shown, member, lost, turned, whole)


def _last_clusters(X, progress):
    """Return means, members and sizes of the last 300 clusters of Ward's tree of all rows."""
    Z = linkage(X, "ward", progress=progress)
    member = fcluster(Z, MOST, "maxclust").astype(np.intp) - 1
    return means(X, member, member.max() + 1), member, np.bincount(member)


def _cells(X, rng):
    """Return code words of k-means, which of them stands for each row, and their counts."""
    summary = summarize(X, MOST, "single", rng)
    return summary.C, summary.labels, summary.counts


def turn(X):
    """Return the rows of `X` on their principal axes: the same distances in fewer columns."""
    centred = X - X.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return centred @ axes.T


def in_units(X):
    """Return `X` and the power of ten that it was divided by, so that it spreads over 0.1 to 1e5.

    Examples
    --------
    >>> in_units(np.array([[0.0], [2e-9]]))
    (array([[0.],
           [2.]]), 1e-09)
    """
    with np.errstate(over="ignore"):
        spread = float((X.max(axis=0) - X.min(axis=0)).max())
    if not np.isfinite(spread):
        raise ValueError(
            "`X` spreads over more than floating point numbers can hold; standardize it, or "
            "divide it by a power of ten."
        )
    if spread == 0 or 0.1 <= spread <= 1e5:
        return X, 1.0
    unit = 10.0 ** np.floor(np.log10(spread))
    return X / unit, float(unit)
