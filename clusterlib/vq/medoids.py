"""k-medoids: each cluster is represented by one of its members, so distances are enough.

Question: how do I cluster when there are distances, but no means?
Chapter: 4, k-means: Lloyd's two steps.
Symbols: y condensed distances (n(n-1)/2,), D square distances (n, n), k clusters.
Sources: Kaufman, Rousseeuw 1990, *Finding Groups in Data*, chapter 2 (PAM); Schubert,
Rousseeuw 2021, *Fast and eager k-medoids clustering* (all swaps of a round at once).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_array, as_condensed, whole_number
from clusterlib.distance.condensed import square_form, squareform

__all__ = ["Medoids", "k_medoids"]

SETTLED = 1 - 1e-12  # a swap must lower the loss by more than rounding does


class Medoids(NamedTuple):
    """The outcome of `k_medoids`."""

    medoids: np.ndarray
    """Index of the observation that represents each cluster, of shape (k,)."""
    labels: np.ndarray
    """Cluster of each observation, of shape (n,)."""
    loss: float
    """Sum of the distances of all observations to the medoid of their cluster."""


def _build(D, k):
    """Choose the best single medoid, then add the one that lowers the loss most."""
    medoids, nearest = [], np.full(len(D), np.inf)
    for _ in range(k):
        losses = np.minimum(D, nearest).sum(axis=1)
        losses[medoids] = np.inf
        medoids.append(int(losses.argmin()))
        nearest = np.minimum(nearest, D[medoids[-1]])
    return medoids


def _losses_after_swaps(D, medoids):
    """Return, for observation x and medoid j, the loss with x in the place of j."""
    to_medoids = D[medoids]
    labels = to_medoids.argmin(axis=0)
    two = np.partition(np.vstack([to_medoids, np.full(len(D), np.inf)]), 1, axis=0)[:2]
    stay = np.minimum(D, two[0])  # o keeps its medoid, or goes to x
    leave = np.minimum(D, two[1])  # its medoid is gone: o goes to the second nearest, or to x
    own = np.eye(len(medoids))[labels]
    return stay.sum(axis=1, keepdims=True) + (leave - stay) @ own


def _swap(D, medoids):
    """Make the best swap while it lowers the loss."""
    loss = D[medoids].min(axis=0).sum()
    while True:
        losses = _losses_after_swaps(D, medoids)
        losses[medoids] = np.inf
        x, j = np.unravel_index(losses.argmin(), losses.shape)
        if losses[x, j] >= loss * SETTLED:
            return medoids
        medoids[j], loss = int(x), losses[x, j]


def k_medoids(y: ArrayLike, k: int) -> Medoids:
    """Choose k observations with the least sum of distances from all to the nearest of them.

    PAM, partitioning around medoids: build a first choice greedily, then try each observation
    in the place of each medoid, make the best of these swaps, and stop when none helps.  A
    round takes time in n².  Nothing is random.  The end need not be the optimum.

    Parameters
    ----------
    y : array_like of shape (n(n-1)/2,) or (n, n)
        Condensed or square distances; they need not be metric.
    k : int
        Number of clusters, from 1 to n.

    Returns
    -------
    Medoids
        Its `medoids`, `labels` and `loss`; clusters are ordered by their medoid.

    Raises
    ------
    ValueError
        If `y` is no table of distances, holds numbers that are not finite or are negative, or
        `k` is not between 1 and n.

    References
    ----------
    Kaufman, Rousseeuw 1990, *Finding Groups in Data*.

    Examples
    --------
    Words have no mean, but you can count the letters in which two of them differ.

    >>> import numpy as np
    >>> words = np.array([list(word) for word in ("barn", "bark", "park", "lime", "time", "tide")])
    >>> found = k_medoids((words[:, None] != words).sum(axis=2), 2)
    >>> ["".join(words[i]) for i in found.medoids], found.labels.tolist(), found.loss
    (['bark', 'time'], [0, 0, 0, 1, 1, 1], 4.0)
    """
    y = as_array("y", y)
    D = square_form(as_condensed("y", squareform(y) if y.ndim == 2 else y))
    if (D < 0).any():
        raise ValueError("`y` holds a negative number; distances are at least 0.")
    k = whole_number("k", k, 1)
    if k > len(D):
        raise ValueError(f"`k` is {k}; there are only {len(D)} observations.")
    medoids = sorted(_swap(D, _build(D, k)))
    to_medoids = D[medoids]
    return Medoids(
        np.array(medoids), to_medoids.argmin(axis=0), float(to_medoids.min(axis=0).sum())
    )
