"""Would these clusters come back, and would chance show as much?

Question: how many clusters does a table support, if any?
Chapter: 6, Choosing k.
Symbols: X observations, k number of clusters, Z linkage matrix.
Sources: Hennig 2007, Cluster-wise assessment of cluster stability; Ben-Hur, Elisseeff, Guyon
2002, A stability based method for discovering structure in clustered data.

A cluster comes back if most subsamples of the table hold one that shares most of its members.
Chance is of two kinds: the columns shuffled, which breaks all ties between them, and one cloud
of normal noise with the same covariance, which keeps them and has no clusters.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clusterlib.explorers.shared.scenes import scene as scene_of
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.reports.spaces import Metric, placed

__all__ = ["BACK", "beyond_chance", "recurrence", "supported"]

EUCLIDEAN = Metric()
BACK = 0.75  # Hennig's bound for a cluster that is stable
DRAWS = 25
SHARE = 0.8
NULLS = 19  # of each kind: beaten by none of 19, the chance is 1 in 20
MOST = 300  # rows that are compared with chance


def recurrence(Z, scene, method, k, rng):
    """Return, for each cluster of a tree cut into k, how well subsamples bring it back.

    Parameters
    ----------
    Z : ndarray, shape (n - 1, 4)
        The tree.
    scene : Scene
        The observations, or code words with weights.
    method : str
        The linkage method.
    k : int
        Number of clusters.
    rng : int
        Seed.

    Returns
    -------
    labels : ndarray of int, shape (n,)
        The clusters, from 1.
    back : ndarray, shape (k,)
        The mean Jaccard index of each cluster and its best match, over 25 subsamples of 80 %
        of the rows.

    Examples
    --------
    >>> from clusterlib.hierarchy import linkage
    >>> X = np.array([[0.0], [0.1], [0.2], [0.3], [9.0], [9.1], [9.2], [9.3]])
    >>> recurrence(linkage(X, "ward"), scene_of(X), "ward", 2, 0)[1]
    array([1., 1.])
    """
    labels, generator = fcluster(Z, k, "maxclust"), np.random.default_rng(rng)
    n, clusters, weights = len(scene.X), np.unique(labels), scene.weights
    drawn = max(2, round(SHARE * n))
    found: list[list[float]] = [[] for _ in clusters]
    for _ in range(DRAWS):
        S = np.sort(generator.permutation(n)[:drawn])
        own = fcluster(scene.linkage(method, S), k, "maxclust")
        w = None if weights is None else weights[S]
        shared = np.zeros((len(clusters), own.max()))
        np.add.at(shared, (labels[S] - 1, own - 1), 1 if w is None else w)
        union = shared.sum(axis=1)[:, None] + shared.sum(axis=0) - shared
        for c in range(len(clusters)):
            if shared[c].sum():
                found[c].append(float((shared[c] / union[c]).max()))
    return labels, np.array([np.mean(values) if values else 0.0 for values in found])


def supported(tree, method, rng, most=8):
    """Return how many clusters come back, and the recurrence of each for k = 2, 3, ...

    The number is the largest k up to which all clusters of each k come back, 1 if not even
    two do.
    """
    scene, best, told = tree.scene, 1, {}
    for k in range(2, min(most, len(scene.X) - 1) + 1):
        told[k] = recurrence(tree.Z, scene, method, k, rng)[1]
        if len(told[k]) < k or told[k].min() < BACK:
            break
        best = k
    return best, told


def beyond_chance(X, method, k, rng, metric=EUCLIDEAN):
    """Return whether clusters are more compact than all those that chance gave.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations.
    method : str
        The linkage method.
    k : int
        Number of clusters, at least 2.
    rng : int
        Seed.
    metric : Metric, optional
        The distance between rows.

    Returns
    -------
    mean : float
        The mean silhouette of the data cut into k.
    shuffled, cloud : float
        The highest of 19 tables with shuffled columns, and of 19 clouds of normal noise with
        the covariance of the data.  A covariance needs more rows than columns; without them
        `cloud` is NaN, as it is for other distances than the Euclidean one.
    """
    generator = np.random.default_rng(rng)
    if len(X) > MOST:
        X = X[np.sort(generator.permutation(len(X))[:MOST])]
    plain = metric.name == "euclidean"
    X = X - X.mean(axis=0) if plain else X

    def score(Y):
        Y, apart = placed(Y, metric)
        shown = replace(scene_of(Y), apart=apart)
        labels = fcluster(shown.linkage(method), k, "maxclust")
        return shown.silhouettes(labels - 1)[1] if 1 < labels.max() < len(Y) else -1.0

    shuffled = [score(generator.permuted(X, axis=0)) for _ in range(NULLS)]
    if X.shape[1] >= len(X) or not plain:
        return score(X), max(shuffled), float("nan")
    spread = X / np.sqrt(len(X))
    clouds = [score(generator.normal(size=(len(X), len(X))) @ spread) for _ in range(NULLS)]
    return score(X), max(shuffled), max(clouds)
