"""Would the clusters come back: from noise, or from other draws of the same data?

Question: how many clusters are there, if any, and which of them can be trusted?
Chapter: 6, Choosing k.
Symbols: X observations, k clusters, SSE within-cluster sum of squares.
Sources: Tibshirani, Walther, Hastie 2001, Estimating the number of clusters in a data
set via the gap statistic; Ben-Hur, Elisseeff, Guyon 2002, A stability based method for
discovering structure in clustered data; Hennig 2007, Cluster-wise assessment of cluster stability.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_generator,
    as_matrix,
    as_vector,
    choose,
    real_number,
    whole_number,
)
from clusterlib.validity.agreement import adjusted_rand_index
from clusterlib.validity.null_models import NULL_MODELS
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.nearest import nearest_codes
from clusterlib.vq.seeding import greedy_plus_plus

__all__ = ["Gap", "best_lloyd", "cluster_stability", "gap_statistic", "stability"]


@dataclass(frozen=True, eq=False)
class Gap:
    """The gap statistic for each k, and the k it chooses.

    Attributes
    ----------
    k : ndarray of int
        1, 2, ..., k_max.
    gap : ndarray
        Mean log SSE of the reference sets minus log SSE of the data.
    s : ndarray
        Standard error of each gap.
    chosen : int or None
        The smallest k with ``gap[k] >= gap[k+1] - s[k+1]``; None if there is none.
    """

    k: np.ndarray
    gap: np.ndarray
    s: np.ndarray
    chosen: int | None


def best_lloyd(X: np.ndarray, k: int, restarts: int, rng: np.random.Generator) -> Any:
    """Return the best of several runs of Lloyd's algorithm from greedy k-means++ starts.

    Parameters
    ----------
    X : ndarray, shape (n, d), float
        Observations.
    k : int
        Number of code words, at most n.
    restarts : int
        Number of runs, at least 1.
    rng : numpy.random.Generator
        Random numbers, drawn run after run.

    Returns
    -------
    State
        The state of `clusterlib.vq.lloyd.lloyd` with the smallest sum of squares.

    Examples
    --------
    >>> X = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> best_lloyd(X, 2, 3, np.random.default_rng(0)).sse
    1.0
    """
    runs = (lloyd(X, greedy_plus_plus(X, k, rng)) for _ in range(restarts))
    return min(runs, key=lambda end: end.sse)


def gap_statistic(
    X: ArrayLike,
    k_max: int = 6,
    references: int = 50,
    restarts: int = 5,
    rng: Any = None,
    model: str = "box",
) -> Gap:
    """Compare the SSE of the data with that of data without structure.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations; more than `k_max` of them different.
    k_max : int, default 6
        The largest k, at least 1.
    references : int, default 50
        Number of reference sets, at least 2.
    restarts : int, default 5
        Runs of k-means for each k and set; the best counts.
    rng : None, int or numpy.random.Generator
        Random numbers: first all reference sets, then the starts.
    model : {"box", "principal box", "shuffle"}, default "box"
        How the reference sets are drawn, see `clusterlib.validity.compare_with_null`: the
        two boxes are the references (a) and (b) of the source.

    Returns
    -------
    Gap
        ``k``, ``gap``, ``s`` and the ``chosen`` k.  It can be 1, which no
        index of `clusterlib.validity.indices` can say.

    Raises
    ------
    ValueError
        If an argument is out of range, or no SSE is left at `k_max` clusters.

    References
    ----------
    R. Tibshirani, G. Walther, T. Hastie, 2001, Estimating the number of clusters in a
    data set via the gap statistic.

    Examples
    --------
    >>> g = np.random.default_rng(0)
    >>> X = np.vstack([g.normal(0, 0.1, (20, 2)), g.normal(1, 0.1, (20, 2))])
    >>> gap_statistic(X, 3, references=10, restarts=2, rng=1).chosen
    2
    """
    data = np.asarray(as_matrix("X", X), dtype=float)
    draw_null = choose("model", model, NULL_MODELS)
    k_max = whole_number("k_max", k_max, 1)
    references = whole_number("references", references, 2)
    restarts = whole_number("restarts", restarts, 1)
    different = len(np.unique(data, axis=0))
    if k_max >= different:
        raise ValueError(
            f"`k_max` is {k_max}, but `X` has {different} different rows: with as many "
            f"clusters nothing is left to compare. Choose at most {different - 1}."
        )
    return _gap_statistic(data, k_max, references, restarts, as_generator("rng", rng), draw_null)


def _gap_statistic(X, k_max, references, restarts, rng, draw_null):
    noise = [draw_null(X, rng) for _ in range(references)]

    def log_sse(Y):
        return [np.log(best_lloyd(Y, k, restarts, rng).sse) for k in range(1, k_max + 1)]

    expected = np.array([log_sse(Y) for Y in noise])
    gap = expected.mean(axis=0) - log_sse(X)
    s = expected.std(axis=0) * np.sqrt(1 + 1 / references)
    holds = np.flatnonzero(gap[:-1] >= gap[1:] - s[1:])
    chosen = int(holds[0]) + 1 if len(holds) else None
    return Gap(np.arange(1, k_max + 1), gap, s, chosen)


def stability(
    X: ArrayLike, k: int, draws: int = 20, share: float = 0.8, restarts: int = 3, rng: Any = None
) -> np.ndarray:
    """Return how well the clusterings of two random parts of the data agree.

    Each draw clusters two random parts, labels all observations by the nearest code
    word of either, and takes the adjusted Rand index of the two labellings.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    k : int
        Number of clusters, at least 2.
    draws : int, default 20
        Number of pairs of parts.
    share : float, default 0.8
        Size of a part as a share of the observations, above 0 and at most 1.
    restarts : int, default 3
        Runs of k-means for each part; the best counts.
    rng : None, int or numpy.random.Generator
        Random numbers.

    Returns
    -------
    ndarray, shape (draws,)
        Adjusted Rand indices, all near 1 if the clusters do not depend on the draw.

    Raises
    ------
    ValueError
        If an argument is out of range, or a part has fewer than k observations.

    References
    ----------
    A. Ben-Hur, A. Elisseeff, I. Guyon, 2002, A stability based method for discovering
    structure in clustered data.

    Examples
    --------
    >>> X = [[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]]
    >>> stability(X, 2, draws=3, rng=0)
    array([1., 1., 1.])
    """
    data = np.asarray(as_matrix("X", X), dtype=float)
    k, draws = whole_number("k", k, 2), whole_number("draws", draws, 1)
    restarts = whole_number("restarts", restarts, 1)
    if not 0 < real_number("share", share) <= 1:
        raise ValueError(f"`share` is {share!r}; it must be above 0 and at most 1.")
    size = int(np.floor(share * len(data)))
    if size < k:
        raise ValueError(f"`k` is {k}, but `share` leaves {size} observations in a part.")
    return _stability(data, k, draws, size, restarts, as_generator("rng", rng))


def _stability(X, k, draws, size, restarts, rng):
    def labels():
        part = X[rng.choice(len(X), size, replace=False)]
        return nearest_codes(X, best_lloyd(part, k, restarts, rng).C)

    return np.array([adjusted_rand_index(labels(), labels()) for _ in range(draws)])


def cluster_stability(
    X: ArrayLike,
    cluster: Callable[[np.ndarray], ArrayLike],
    draws: int = 50,
    share: float = 0.8,
    rng: Any = None,
) -> np.ndarray:
    """Return how well each cluster comes back when only a part of the data is clustered.

    Each draw clusters a random part anew.  A cluster of the whole data, restricted to that
    part, is compared with the most similar new cluster by the Jaccard index: the size of
    their intersection over that of their union.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    cluster : callable
        Takes a table of shape (m, d) and returns m labels.
    draws : int, default 50
        Number of parts.
    share : float, default 0.8
        Size of a part as a share of the observations, above 0 and at most 1.
    rng : None, int or numpy.random.Generator
        Random numbers.

    Returns
    -------
    ndarray, shape (draws, k)
        Jaccard indices, one column per cluster in the order of the sorted labels of
        ``cluster(X)``.  With a mean of at most .5 a cluster dissolves, with a
        mean above .75 it is stable, in the words of the source.

    Raises
    ------
    ValueError
        If an argument is out of range or `cluster` returns another number of labels.
    TypeError
        If `cluster` cannot be called.

    References
    ----------
    C. Hennig, 2007, Cluster-wise assessment of cluster stability.

    Examples
    --------
    >>> X = [[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]]
    >>> cluster_stability(X, lambda Y: Y[:, 0] > 5, draws=3, rng=0)
    array([[1., 1.],
           [1., 1.],
           [1., 1.]])
    """
    data = np.asarray(as_matrix("X", X), dtype=float)
    draws = whole_number("draws", draws, 1)
    if not 0 < real_number("share", share) <= 1:
        raise ValueError(f"`share` is {share!r}; it must be above 0 and at most 1.")
    if not callable(cluster):
        raise TypeError(
            f"`cluster` is {cluster!r}; it must be a function that takes a table of "
            "observations and returns a label for each."
        )
    size = max(1, int(np.floor(share * len(data))))

    def labels_of(part):
        labels = as_vector("cluster(X)", cluster(part))
        if len(labels) != len(part):
            raise ValueError(
                f"`cluster` returned {len(labels)} labels for {len(part)} observations; "
                "it must return one for each."
            )
        return np.unique(labels, return_inverse=True)[1]

    return _cluster_stability(data, labels_of, draws, size, as_generator("rng", rng))


def _cluster_stability(X, labels_of, draws, size, rng):
    whole = labels_of(X)
    k, found = whole.max() + 1, []
    for _ in range(draws):
        part = rng.choice(len(X), size, replace=False)
        new = labels_of(X[part])
        both = np.zeros((k, new.max() + 1))
        np.add.at(both, (whole[part], new), 1)
        union = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
        found.append((both / union).max(axis=1))
    return np.array(found)
