"""Any distance as a place for points: coordinates to draw, distances to link.

Question: how do trees, pictures and k-means work on correlations, or on mixed columns?
Chapter: 8, Distances.
Symbols: X observations, D distances, L landmarks.
Sources: Gower 1966, Some distance properties of latent root and vector methods (principal
coordinates); de Silva and Tenenbaum 2004, Sparse multidimensional scaling using landmark points.

Trees take the distances as they are.  k-means and the picture need coordinates: the principal
coordinates, whose Euclidean distances come as near to the given ones as any can.  Of many rows
300 are landmarks, and every other row is placed by its distances to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from clusterlib.distance.condensed import squareform
from clusterlib.distance.mixed import gower
from clusterlib.distance.pairwise import METRICS, cdist, pdist
from clusterlib.reports.reduction import MOST

__all__ = ["METRIC_NAMES", "Metric", "placed", "principal"]

METRIC_NAMES = (*METRICS, "gower")
AXES = 50  # principal coordinates at most
CATEGORY = 0.5  # no two categories are nearer than this


@dataclass(frozen=True)
class Metric:
    """A distance between rows: its name, and which columns hold categories."""

    name: str = "euclidean"
    categorical: tuple[bool, ...] = ()

    def between(self, X):
        """Return the condensed distances of the rows of `X`."""
        if self.name == "gower":
            return gower(X, np.array(self.categorical, dtype=bool))
        return finite(pdist(X, self.name, **self.learned(X)), self.name)

    def across(self, X, L):
        """Return the distances from each row of `X` to each row of `L`, some rows of `X`."""
        if self.name != "gower":
            return finite(cdist(X, L, self.name, **self.learned(X)), self.name)
        total, count = np.zeros((len(X), len(L))), np.zeros((len(X), len(L)))
        for x, of, kind in zip(X.T, L.T, self.categorical, strict=True):
            apart = np.abs(x[:, None] - of)
            apart = apart > CATEGORY if kind else apart / (np.nanmax(x) - np.nanmin(x) or 1.0)
            known = ~np.isnan(x[:, None] - of)
            total += np.where(known, apart, 0.0)
            count += known
        if not count.all():
            raise ValueError("two rows share no column that both fill in; leave a column out")
        return total / count

    def learned(self, X) -> dict[str, Any]:
        """Return what the metric takes from all rows."""
        if self.name == "seuclidean":
            return {"V": X.var(axis=0, ddof=1)}
        if self.name == "mahalanobis":
            return {"VI": np.linalg.pinv(np.cov(X, rowvar=False).reshape(X.shape[1], -1))}
        return {}


def finite(D, name):
    """Return `D`, or say for which metric a distance is not defined."""
    if not np.isfinite(D).all():
        raise ValueError(
            f"the metric {name} is not defined for all rows (a row without variation, or of zeros "
            "only); choose another --metric or leave such rows out"
        )
    return D


def principal(D, others=None):
    """Return principal coordinates of points with distances `D`, and of `others`.

    Parameters
    ----------
    D : ndarray, shape (m, m)
        Distances of the points, or of the landmarks.
    others : ndarray, shape (n, m), optional
        Distances of more points to these.

    Returns
    -------
    ndarray, shape (m, q) or (n, q)
        The coordinates, of the others if there are any.

    Examples
    --------
    >>> D = np.array([[0.0, 3.0, 5.0], [3.0, 0.0, 4.0], [5.0, 4.0, 0.0]])
    >>> Y = principal(D)
    >>> np.sqrt(((Y[:, None] - Y) ** 2).sum(axis=2)).round(9)
    array([[0., 3., 5.],
           [3., 0., 4.],
           [5., 4., 0.]])
    """
    squares = D**2
    B = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    values, vectors = np.linalg.eigh(B)
    kept = np.flatnonzero(values > 1e-9 * max(values[-1], 1e-300))[::-1][:AXES]
    if not len(kept):
        return np.zeros((len(D if others is None else others), 1))
    values, vectors = values[kept], vectors[:, kept]
    if others is None:
        return vectors * np.sqrt(values)
    return 0.5 * (squares.mean(axis=0) - others**2) @ vectors / np.sqrt(values)


def placed(X, metric, rng=0):
    """Return coordinates of the rows of `X`, and their condensed distances if they are few.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations; for Gower's distances categories are whole numbers and NaN is missing.
    metric : Metric
        The distance.
    rng : int, default 0
        Seed of the landmarks.

    Returns
    -------
    Y : ndarray, shape (n, q)
        Coordinates; `X` itself where the distance is Euclidean.
    apart : ndarray or None
        The distances of at most 300 rows that are not Euclidean.
    """
    if metric.name == "euclidean":
        return X, None
    if len(X) <= MOST:
        apart = metric.between(X)
        return principal(squareform(apart)), apart
    chosen = np.sort(np.random.default_rng(rng).permutation(len(X))[:MOST])
    across = metric.across(X, X[chosen])
    return principal(across[chosen], across), None
