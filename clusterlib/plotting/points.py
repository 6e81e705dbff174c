"""Points with the mark of their cluster, and the code words that stand for them.

Question: which point belongs to which code word?
Chapter: 0, Start here.
Symbols: X observations, C codebook, labels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, as_vector, flag, real_number
from clusterlib.plotting.style import INK, MARKS, NOISE, PAPER, SMALLEST, mark_of

__all__ = ["code_words", "scatter_clusters", "steady_labels"]


def _as_plane(name, X):
    """Return X as points of the plane; a single column is laid on a line."""
    X = as_matrix(name, X).astype(float, copy=False)
    if X.shape[1] == 1:
        return np.column_stack([X, np.zeros(len(X))])
    if X.shape[1] != 2:
        raise ValueError(
            f"`{name}` has {X.shape[1]} columns; a picture shows one or two. "
            f"Choose them, for example `{name}[:, [0, 2]]`."
        )
    return X


def as_labels(name, labels, n):
    """Return `labels` as n whole numbers, -1 or above."""
    if labels is None:
        return np.full(n, -1)
    labels = np.asarray(as_vector(name, labels), dtype=float)
    if len(labels) != n:
        raise ValueError(f"`{name}` has {len(labels)} entries for {n} points; give one a point.")
    if (labels != np.floor(labels)).any() or (labels < -1).any() or (labels > 2**53).any():
        raise ValueError(f"`{name}` must hold whole numbers from 0, and -1 for no cluster.")
    return labels.astype(int)


def scatter_clusters(
    ax: Any, X: ArrayLike, labels: ArrayLike | None = None, C: ArrayLike | None = None,
    *, size: float = 30.0,
) -> Any:  # fmt: skip
    """Draw points with the mark of their cluster, and the code words on top.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw; its aspect becomes equal, for distance is the subject.
    X : array_like, shape (n, 1) or (n, 2)
        Points.
    labels : array_like, shape (n,), optional
        Cluster of each point from 0; -1 (and no labels at all) is a grey dot.
    C : array_like, shape (k, 1) or (k, 2), optional
        Code words, drawn by `code_words`.
    size : float, default 30
        Area of a marker in square points.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the points are not in one or two dimensions, or the labels do not fit.

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = scatter_clusters(ax, [[0, 0], [1, 0], [9, 9]], [0, 0, 1])
    >>> len(ax.collections)
    2
    """
    points, size = _as_plane("X", X), real_number("size", size, 0)
    cluster_of = as_labels("labels", labels, len(points))
    clusters = np.unique(cluster_of)
    for cluster in clusters.tolist():
        members = points[cluster_of == cluster]
        if cluster < 0:
            ax.scatter(*members.T, s=size / 4, c=NOISE, marker="o", linewidths=0)
        else:
            mark = mark_of(cluster)
            ax.scatter(*members.T, s=size, c=mark.colour, marker=mark.marker, edgecolors=INK,
                       linewidths=0.6)  # fmt: skip
        if clusters[-1] >= len(MARKS) and cluster >= 0:
            _number(ax, members.mean(axis=0), cluster)
    ax.set_aspect("equal", adjustable="datalim")
    return ax if C is None else code_words(ax, C, size=3 * size)


def _number(ax, where, cluster):
    """Write the number of a cluster: with more than eight, marks repeat."""
    box = {"boxstyle": "circle,pad=0.15", "facecolor": PAPER, "edgecolor": INK, "linewidth": 0.6}
    ax.annotate(
        str(cluster), where, ha="center", va="center", fontsize=SMALLEST, bbox=box, zorder=5
    )


def code_words(ax: Any, C: ArrayLike, *, hollow: bool = False, size: float = 90.0) -> Any:
    """Draw code words: the marker of their cluster, large, with a strong edge.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    C : array_like, shape (k, 1) or (k, 2)
        Code words, in the order of their clusters.
    hollow : bool, default False
        Draw outlines only, for positions that have been left.
    size : float, default 90
        Area of a marker in square points.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = code_words(ax, [[0, 0], [1, 1]])
    """
    hollow, size = flag("hollow", hollow), real_number("size", size, 0)
    for cluster, word in enumerate(_as_plane("C", C)):
        mark = mark_of(cluster)
        if not hollow:  # a rim of paper lifts the word out of its points
            ax.scatter(*word, s=size, marker=mark.marker, linewidths=5, c=PAPER, zorder=4)
        ax.scatter(*word, s=size, marker=mark.marker, linewidths=1.5, zorder=4,
                   facecolors="none" if hollow else mark.colour, edgecolors=INK)  # fmt: skip
    return ax


def steady_labels(X: ArrayLike, labels: ArrayLike, previous: ArrayLike | None = None) -> np.ndarray:
    """Renumber clusters so that each keeps its mark from one picture to the next.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    labels : array_like, shape (n,)
        Cluster of each observation; -1 stays -1.
    previous : array_like, shape (n,), optional
        Labels of the picture before.  Clusters take the numbers with which they
        share most observations, the largest overlap first; without a picture
        before, numbers follow the first coordinate of the means.

    Returns
    -------
    ndarray, shape (n,), int
        The same partition, renumbered.

    Raises
    ------
    ValueError
        If the lengths differ or a label is below -1 or no whole number.

    Examples
    --------
    >>> steady_labels([[5.0], [5.1], [0.0]], [0, 0, 1])
    array([1, 1, 0])
    >>> steady_labels([[5.0], [5.1], [0.0]], [2, 0, 1], previous=[1, 1, 0])
    array([1, 2, 0])
    """
    x = as_matrix("X", X)[:, 0]
    new = as_labels("labels", labels, len(x))
    old = None if previous is None else as_labels("previous", previous, len(x))
    clusters = np.unique(new[new >= 0])
    means = [x[new == c].mean() for c in clusters]
    order = clusters[np.argsort(means, kind="stable")].tolist()
    number = dict(zip(order, range(len(order)))) if old is None else _matched(order, new, old)
    return np.array([number.get(c, -1) for c in new.tolist()], dtype=int)


def _matched(order, labels, old):
    """Return cluster -> number, pairing clusters and old numbers by largest overlap."""
    overlaps = sorted(
        (-np.sum((labels == c) & (old == o)), rank, c, o)
        for rank, c in enumerate(order)
        for o in np.unique(old[(old >= 0) & (labels == c)]).tolist()
    )
    number: dict[int, int] = {}
    for _, _, c, o in overlaps:
        if c not in number and o not in number.values():
            number[c] = o
    free = (i for i in range(len(old) + len(order)) if i not in set(number.values()))
    for c in order:
        if c not in number:
            number[c] = next(free)
    return number
