"""What sets each cluster apart: its typical row, and the features in which it differs most.

Question: what is each of my clusters like, in words?
Chapter: 12, Case studies.
Symbols: X observations, one column per feature.
Sources: Cohen 1988, Statistical Power Analysis, which calls a difference of 0.8 standard
deviations large.

The effect size of a feature for a cluster is Cohen's d: the mean of the cluster less the mean of
all other rows, in units of their pooled standard deviation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["HUGE", "LARGE", "Profile", "effect_sizes", "profile_clusters", "telling"]

LARGE = 0.8
HUGE = 2.0
NEVER = 1e-3  # of the standard deviation: a pooled one below it is taken for none
TOLD = 5  # features of a profile


@dataclass(frozen=True)
class Profile:
    """One cluster: its number from 1, its rows, its typical row, and what sets it apart.

    ``told`` lists (feature, d, mean of the cluster, mean of the other rows), largest effect
    first; only large effects are told.
    """

    cluster: int
    size: int
    typical: int
    told: list[tuple[int, float, float, float]]


def effect_sizes(X, clusters):
    """Return Cohen's d of each feature for each cluster against all other rows.

    Parameters
    ----------
    X : ndarray, shape (n, d)
        Observations.
    clusters : ndarray of int, shape (n,)
        Labels from 0, without gaps, of at least two clusters.

    Returns
    -------
    effect, inside, outside : ndarray, shape (k, d)
        The effect sizes, and the means of the cluster and of the other rows.  Where neither
        varies, the effect is infinite, or 0 if both means are the same.

    Examples
    --------
    >>> effect, inside, outside = effect_sizes(np.array([[1.0], [3.0], [6.0], [8.0]]),
    ...                                        np.array([0, 0, 1, 1]))
    >>> effect[0], inside[0], outside[0]
    (array([-3.53553391]), array([2.]), array([7.]))
    """
    n, k = len(X), int(clusters.max()) + 1
    origin = X.mean(axis=0)
    member = np.arange(k)[:, None] == clusters
    size = member.sum(axis=1)[:, None]
    total, squares = member @ (X - origin), member @ (X - origin) ** 2
    inside, outside = total / size, (total.sum(axis=0) - total) / (n - size)
    within = squares.sum(axis=0) - size * inside**2 - (n - size) * outside**2
    pooled = np.sqrt(np.maximum(within, 0) / max(n - 2, 1))
    scale = np.abs(X - origin).max(axis=0)
    apart = np.where(np.abs(inside - outside) > 1e-12 * scale, inside - outside, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        varies = pooled > NEVER * X.std(axis=0)
        effect = np.where(varies, apart / pooled, np.inf * np.sign(apart))
    return np.nan_to_num(effect, nan=0.0, posinf=np.inf, neginf=-np.inf), \
        inside + origin, outside + origin  # fmt: skip


def profile_clusters(X, clusters, typical):
    """Return the Profile of each cluster; `typical` has a row of each.

    Examples
    --------
    >>> X = np.array([[1.0, 5.0], [1.2, 4.0], [6.0, 5.0], [6.2, 4.0]])
    >>> [(p.size, [feature for feature, *_ in p.told])
    ...  for p in profile_clusters(X, np.array([0, 0, 1, 1]), [0, 2])]
    [(2, [0]), (2, [0])]
    """
    sizes = np.bincount(clusters)
    if len(sizes) < 2:
        return [Profile(1, len(X), int(typical[0]), [])]
    effect, inside, outside = effect_sizes(X, clusters)
    out = []
    for c, size in enumerate(sizes):
        order = np.argsort(-np.abs(effect[c]), kind="stable")[:TOLD]
        told = [(int(j), float(effect[c, j]), float(inside[c, j]), float(outside[c, j]))
                for j in order if abs(effect[c, j]) >= LARGE]  # fmt: skip
        out.append(Profile(c + 1, int(size), int(typical[c]), told))
    return out


def telling(measured, crowd, cuts, most):
    """Return the features, at most `most`, that the cuts of a tree explain best.

    Parameters
    ----------
    measured : ndarray, shape (n, d)
        The features.
    crowd : Crowd
        The points that stand for the rows.
    cuts : iterable of ndarray of int
        Labels of the points, from 0.
    most : int
        How many features.

    Returns
    -------
    ndarray of int
        Their indices, the best explained first: by the highest share of the sum of squares
        that lies between clusters, over all cuts.
    """
    X = measured - measured.mean(axis=0)
    m = len(crowd.scene.X)
    totals = np.zeros((m, X.shape[1]))
    np.add.at(totals, crowd.member, X)
    count = np.bincount(crowd.member, minlength=m)
    squares = np.maximum((X**2).sum(axis=0), 1e-300)
    share = np.zeros(X.shape[1])
    for labels in cuts:
        k = int(labels.max()) + 1
        if k < 2:
            continue
        member = np.arange(k)[:, None] == labels
        share = np.maximum(share, ((member @ totals) ** 2 / (member @ count)[:, None]).sum(axis=0)
                           / squares)  # fmt: skip
    return np.argsort(-share, kind="stable")[:most]
