"""Three numbers that judge a partition by the points alone.

Question: are the points of a cluster nearer to each other than to the rest?
Chapter: 6, Choosing k.
Symbols: X observations, labels, k clusters, a and b mean distances inside and outside.
Sources: Rousseeuw 1987, Silhouettes; Calinski, Harabasz 1974, A dendrite method for
cluster analysis; Davies, Bouldin 1979, A cluster separation measure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_matrix, as_vector
from clusterlib.core.floats import power_of_two
from clusterlib.distance.pairwise import cdist
from clusterlib.vq.lloyd import means

__all__ = [
    "calinski_harabasz",
    "davies_bouldin",
    "silhouette",
    "silhouette_samples",
    "silhouettes_of_sums",
]

BLOCK = 2**20  # distances held at a time
LEARNED = {"seuclidean": "V", "mahalanobis": "VI"}  # what a metric would take from its tables


def _partition(X: Any, labels: Any) -> tuple[np.ndarray, np.ndarray, int]:
    """Return trusted observations, labels 0..k-1 and k, which lies from 2 to n-1."""
    X = np.asarray(as_matrix("X", X), dtype=float)
    labels = as_vector("labels", labels)
    if len(labels) != len(X):
        raise ValueError(
            f"`labels` has {len(labels)} entries for {len(X)} observations; give one each."
        )
    names, labels = np.unique(labels, return_inverse=True)
    if not 2 <= len(names) < len(X):
        raise ValueError(
            f"`labels` names {len(names)} clusters of {len(X)} observations; a partition "
            "can be judged from 2 clusters to one fewer than there are observations."
        )
    return X, labels, len(names)


def _scaled(X, labels, k):
    """Return the same partition in units in which no square overflows or vanishes."""
    return X * power_of_two(X), labels, k


def silhouette_samples(
    X: ArrayLike, labels: ArrayLike, metric: str = "euclidean", **settings: Any
) -> np.ndarray:
    """Return for each observation how much better its own cluster fits than the next.

    a is the mean distance to the others of its cluster, b the smallest mean distance
    to another cluster; the silhouette is ``(b - a) / max(a, b)``, and 0 for an
    observation alone in its cluster.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    labels : array_like, shape (n,)
        Cluster of each observation; 2 to n-1 different numbers.
    metric : str, default "euclidean"
        A metric of `clusterlib.distance.cdist`.
    **settings
        Its settings; "seuclidean" needs ``V`` and "mahalanobis" needs ``VI``.

    Returns
    -------
    ndarray, shape (n,), float64
        Between -1 (nearer to another cluster) and 1.

    Raises
    ------
    ValueError
        If the lengths differ or the number of clusters is not from 2 to n-1.

    References
    ----------
    P. J. Rousseeuw, 1987, Silhouettes: a graphical aid to the interpretation and
    validation of cluster analysis.

    Examples
    --------
    >>> silhouette_samples([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1]).round(3)
    array([0.895, 0.882, 0.882, 0.895])
    """
    return _silhouette_samples(*_partition(X, labels), _as_distance(metric, settings))


def _as_distance(metric, settings):
    """Return the distances of two tables as a function; it must not learn from a block."""
    needed = LEARNED.get(metric) if isinstance(metric, str) else None
    if needed and needed not in settings:
        raise ValueError(f"`{needed}` is missing; with metric {metric!r} give it for all of `X`.")
    return lambda A, B: cdist(A, B, metric, **settings)


def _silhouette_samples(X, labels, k, distances):
    sizes = np.bincount(labels, minlength=k)
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    by_cluster = X[order]
    s = np.zeros(len(X))
    step = max(1, BLOCK // len(X))
    for i in range(0, len(X), step):
        D = distances(X[i : i + step], by_cluster)
        D *= 2.0**-60 if D.max() > 1e290 else 1.0  # sums overflow, ratios do not
        sums = np.add.reduceat(D, starts, axis=1)
        s[i : i + step] = silhouettes_of_sums(sums, sizes, labels[i : i + step])
    return s


def silhouettes_of_sums(
    sums: NDArray,
    sizes: NDArray,
    own: NDArray,
) -> NDArray:
    """Return silhouettes from the sums of distances of each observation to each cluster.

    Parameters
    ----------
    sums : ndarray, shape (n, k)
        For each observation, the sum of its distances to all of each cluster.
    sizes : ndarray, shape (k,)
        Number of observations in each cluster.
    own : ndarray of int, shape (n,)
        Cluster of each observation, from 0.

    Returns
    -------
    ndarray, shape (n,), float64

    Examples
    --------
    >>> silhouettes_of_sums(np.array([[1.0, 18.0]]), np.array([2, 2]), np.array([0])).round(3)
    array([0.889])
    """
    rows = np.arange(len(own))
    a = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    b = others.min(axis=1)
    larger = np.maximum(a, b)
    judged = (sizes[own] > 1) & (larger > 0)
    return np.where(judged, (b - a) / np.where(larger > 0, larger, 1), 0.0)


def silhouette(
    X: ArrayLike, labels: ArrayLike, metric: str = "euclidean", **settings: Any
) -> float:
    """Return the mean silhouette of a partition: near 1 is compact and apart.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    labels : array_like, shape (n,)
        Cluster of each observation; 2 to n-1 different numbers.
    metric : str, default "euclidean"
        A metric of `clusterlib.distance.cdist`.
    **settings
        Its settings; "seuclidean" needs ``V`` and "mahalanobis" needs ``VI``.

    Returns
    -------
    float
        Between -1 and 1.  Uniform noise reaches .4: a silhouette alone proves nothing.

    Raises
    ------
    ValueError
        As `silhouette_samples`.

    References
    ----------
    P. J. Rousseeuw, 1987, Silhouettes.

    Examples
    --------
    >>> round(silhouette([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1]), 3)
    0.889
    """
    return float(silhouette_samples(X, labels, metric, **settings).mean())


def calinski_harabasz(X: ArrayLike, labels: ArrayLike) -> float:
    """Return the spread between clusters over the spread within: larger is better.

    ``(B / (k - 1)) / (W / (n - k))`` with B and W the sums of squares between and
    within clusters.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    labels : array_like, shape (n,)
        Cluster of each observation; 2 to n-1 different numbers.

    Returns
    -------
    float
        At least 0; infinite if every cluster is a single place.

    Raises
    ------
    ValueError
        As `silhouette_samples`.

    References
    ----------
    T. Calinski, J. Harabasz, 1974, A dendrite method for cluster analysis.

    Examples
    --------
    >>> calinski_harabasz([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1])
    162.0
    """
    return _calinski_harabasz(*_scaled(*_partition(X, labels)))


def _calinski_harabasz(X, labels, k):
    C = means(X, labels, k)
    within = ((X - C[labels]) ** 2).sum()
    between = (np.bincount(labels) * ((C - X.mean(axis=0)) ** 2).sum(axis=1)).sum()
    if within == 0:
        return float("inf") if between > 0 else float("nan")
    return float(between / (k - 1) / (within / (len(X) - k)))


def davies_bouldin(X: ArrayLike, labels: ArrayLike) -> float:
    """Return how much each cluster overlaps its worst neighbour: smaller is better.

    With s the mean distance of a cluster's observations to their mean and M the
    distance of two means, the mean over clusters of the largest ``(s_i + s_j) / M_ij``.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    labels : array_like, shape (n,)
        Cluster of each observation; 2 to n-1 different numbers.

    Returns
    -------
    float
        At least 0; infinite if two spread-out clusters share their mean.

    Raises
    ------
    ValueError
        As `silhouette_samples`.

    References
    ----------
    D. L. Davies, D. W. Bouldin, 1979, A cluster separation measure.

    Examples
    --------
    >>> round(davies_bouldin([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1]), 4)
    0.1111
    """
    return _davies_bouldin(*_scaled(*_partition(X, labels)))


def _davies_bouldin(X, labels, k):
    C = means(X, labels, k)
    spread = np.sqrt(((X - C[labels]) ** 2).sum(axis=1))
    s = np.bincount(labels, spread) / np.bincount(labels)
    M = cdist(C, C)
    both = s[:, None] + s
    np.fill_diagonal(both, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        overlap = np.where(both > 0, both / M, 0.0)
    return float(overlap.max(axis=1).mean())
