"""Scores as pictures: silhouettes of a partition, the curve of a detector.

Question: which observations carry a score, and which drag it down?
Chapter: 6, Choosing k.
Symbols: s silhouettes, labels, truth 1 for a target.
Sources: Rousseeuw 1987, Silhouettes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_vector
from clusterlib.plotting.points import as_labels
from clusterlib.plotting.style import INK, mark_of
from clusterlib.validity import roc_curve

__all__ = ["plot_roc", "silhouette_plot"]


def silhouette_plot(ax: Any, s: ArrayLike, labels: ArrayLike) -> Any:
    """Draw silhouettes as bars, cluster by cluster, longest first, with their mean.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    s : array_like, shape (n,)
        Silhouettes, from `clusterlib.validity.silhouette_samples`.
    labels : array_like, shape (n,)
        Cluster of each observation, from 0.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If lengths differ or a label is no whole number from 0.

    References
    ----------
    P. J. Rousseeuw, 1987, Silhouettes.

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = silhouette_plot(ax, [0.9, 0.5, -0.1], [0, 0, 1])
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['0', '1']
    """
    widths = as_vector("s", s)
    if not (np.abs(widths) <= 1).all():
        raise ValueError("`s` must hold silhouettes, which lie between -1 and 1.")
    clusters = as_labels("labels", labels, len(widths))
    numbers, base, middles = np.unique(clusters[clusters >= 0]), 0, []
    for cluster in numbers.tolist():
        bars = np.sort(widths[clusters == cluster])[::-1]
        mark = mark_of(cluster)
        ax.fill_betweenx(
            base + np.arange(len(bars) + 1), 0, np.append(bars, bars[-1]), step="post",
            facecolor=mark.colour, edgecolor=INK, linewidth=0.4, hatch=mark.hatch,
        )  # fmt: skip
        middles.append(base + len(bars) / 2)
        base += len(bars) + max(1, len(widths) // 40)
    ax.axvline(widths.mean(), color=INK, linewidth=1.2, linestyle=(0, (5, 3)))
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(middles, [str(cluster) for cluster in numbers.tolist()])
    ax.set(ylim=(base, 0), xlabel="silhouette", ylabel="cluster")
    return ax


def plot_roc(ax: Any, truth: ArrayLike, scores: ArrayLike, name: str = "", mark: int = 0) -> Any:
    """Draw detections against false alarms, with the line of a useless detector.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    truth : array_like, shape (n,), bool or 0/1
        True for a target.
    scores : array_like, shape (n,)
        Larger means more suspicious.
    name : str, optional
        Name in the legend.
    mark : int, default 0
        Number of the mark whose colour and line are used.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        As `clusterlib.validity.roc_curve`.

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = plot_roc(ax, [0, 1, 0, 1], [1, 2, 3, 4], "example")
    >>> len(ax.lines)
    2
    """
    false_alarms, detections, _ = roc_curve(truth, scores)
    style = mark_of(mark)
    if not ax.lines:
        ax.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    ax.plot(false_alarms, detections, color=style.colour, linestyle=style.dashes, label=name)
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="false alarms", ylabel="detections")
    ax.set_aspect("equal", adjustable="box")
    return ax
