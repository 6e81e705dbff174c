"""Trees in the colours of a cut, alone or above their heat map.

Question: which cluster does each branch belong to, and where did it come from?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix, D square distances, labels of a flat cut, t its height.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, flag, real_number
from clusterlib.hierarchy.dendrograms import dendrogram
from clusterlib.hierarchy.linkage_matrix import as_linkage
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.plotting.points import as_labels
from clusterlib.plotting.style import INK, SMALLEST, mark_error, mark_of

__all__ = ["draw_tree", "inversions", "tree_and_heat_map"]

NAMED = 30  # up to this many leaves carry their number


def inversions(Z: ArrayLike) -> np.ndarray:
    """Return the rows of Z that merge lower than one of their own parts.

    Parameters
    ----------
    Z : array_like, shape (n - 1, 4)
        Linkage matrix.

    Returns
    -------
    ndarray of int
        Row numbers; empty for a tree that only rises.

    Raises
    ------
    ValueError, TypeError
        If Z is no linkage matrix.

    Examples
    --------
    >>> inversions([[0, 1, 1.0, 2], [2, 3, 0.9, 3]])
    array([1])
    """
    links = as_linkage("Z", Z)
    height = np.concatenate([np.zeros(len(links) + 1), links[:, 2]])
    below = height[links[:, :2].astype(int)].max(axis=1)
    return np.flatnonzero(links[:, 2] < below)


def draw_tree(
    ax: Any,
    Z: ArrayLike,
    labels: ArrayLike | None = None,
    *,
    names: Any = None,
    t: float | None = None,
) -> Any:
    """Draw a dendrogram in the colours of a cut, with its line and its inversions.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    Z : array_like, shape (n - 1, 4)
        Linkage matrix.
    labels : array_like, shape (n,), optional
        Flat cluster of each observation from 0.  Branches within a cluster take its
        colour, and its marker stands at the top of the branch.  Numbers from `fcluster`
        start at 1: subtract 1, or give them to `steady_labels` first.
    names : sequence of str, optional
        Names of the observations; without it they are numbered, if there are few.
    t : float, optional
        Height of the cut, drawn as a dashed line.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError, TypeError
        If Z is no linkage matrix, or labels or names are not one an observation.

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = draw_tree(ax, [[0, 1, 1.0, 2], [2, 3, 3.0, 3]], [0, 0, 1], t=2.0)
    >>> [tick.get_text() for tick in ax.get_xticklabels()]
    ['2', '0', '1']
    """
    links = as_linkage("Z", Z)
    n = len(links) + 1
    flat = as_labels("labels", labels, n)
    leaves = None if names is None else list(map(str, names))
    if leaves is not None and len(leaves) != n:
        raise ValueError(f"`names` has {len(leaves)} entries for {n} leaves; give one a leaf.")
    drawn = dendrogram(links, labels=leaves, no_plot=True, link_color_func=str)
    owner = _owners(links, flat)
    _draw_links(ax, drawn, owner)
    _draw_tops(ax, links, drawn, owner)
    _draw_inversions(ax, links, drawn)
    cut = 0.0 if t is None else real_number("t", t)
    if t is not None:
        ax.axhline(cut, color=INK, linewidth=1.2, linestyle=(0, (5, 3)))
    room = max(float(links[:, 2].max()), cut) or 1.0
    ax.set(xlim=(0, 10 * n), ylim=(0, 1.08 * room), ylabel="height")
    _name_leaves(ax, drawn["ivl"], names is not None or n <= NAMED)
    return ax


def _owners(Z, labels):
    """Return the cluster of each node: that of all its leaves, or -1 if they differ."""
    owner = labels.tolist()
    for left, right in Z[:, :2].astype(int).tolist():
        owner.append(owner[left] if owner[left] == owner[right] else -1)
    return owner


def _positions(drawn):
    """Return node -> (x of its stem, height), for leaves and links."""
    where = {leaf: (5.0 + 10 * i, 0.0) for i, leaf in enumerate(drawn["leaves"])}
    for node, x, y in zip(drawn["color_list"], drawn["icoord"], drawn["dcoord"], strict=True):
        where[int(node)] = ((x[1] + x[2]) / 2, y[1])
    return where


def _draw_links(ax, drawn, owner):
    """Draw the links, those within clusters in their colours."""
    from matplotlib.collections import LineCollection

    clusters = [owner[int(node)] for node in drawn["color_list"]]
    lines = [np.column_stack(link) for link in zip(drawn["icoord"], drawn["dcoord"], strict=True)]
    colours = [mark_of(c).colour if c >= 0 else INK for c in clusters]
    width = 1.6 if len(lines) <= 100 else 0.9
    ax.add_collection(LineCollection(lines, colors=colours, linewidths=width))


def _draw_tops(ax, Z, drawn, owner):
    """Put the marker of each cluster at the top of its branch."""
    where, n = _positions(drawn), len(Z) + 1
    above = np.full(len(owner), -1)
    above[Z[:, :2].astype(int)] = np.array(owner[n:])[:, None]
    for node, cluster in enumerate(owner):
        if cluster >= 0 and above[node] != cluster:
            mark = mark_of(cluster)
            ax.scatter(*where[node], s=55, c=mark.colour, marker=mark.marker, edgecolors=INK,
                       linewidths=0.8, zorder=4, clip_on=False)  # fmt: skip


def _draw_inversions(ax, Z, drawn):
    """Mark each merge that lies lower than one of its parts."""
    where = _positions(drawn)
    for row in inversions(Z).tolist():
        mark_error(ax, *where[len(Z) + 1 + row])


def _name_leaves(ax, names, shown):
    ax.set_xticks(5.0 + 10 * np.arange(len(names)) if shown else [])
    if shown:
        upright = len(names) <= 15 and max(map(len, names)) <= 3
        size = 11 if len(names) <= 8 else 9
        ax.set_xticklabels(names, rotation=0 if upright else 90, size=size)
    ax.tick_params(axis="x", length=0)


def draw_cells(ax: Any, table: np.ndarray, *, signed: bool) -> Any:
    """Draw a table below a tree, ten units a cell as `dendrogram` has them for a leaf."""
    rows, columns = table.shape
    reach = abs(table).max() or 1.0
    limits = {"cmap": "PuOr", "vmin": -reach, "vmax": reach} if signed else {"cmap": "cividis"}
    return ax.imshow(
        table, extent=(0, 10 * columns, 10 * rows, 0), aspect="auto", interpolation="nearest",
        **limits,
    )  # fmt: skip


def tree_and_heat_map(
    fig: Any,
    Z: ArrayLike,
    D: ArrayLike,
    labels: ArrayLike | None = None,
    *,
    names: Any = None,
    signed: bool = False,
) -> tuple[Any, Any]:
    """Draw a tree above the matrix it came from, rows and columns in the order of the leaves.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    Z : array_like, shape (n - 1, 4)
        Linkage matrix.
    D : array_like, shape (n, n)
        Distances or similarities of the observations.
    labels : array_like, shape (n,), optional
        Flat cluster of each observation, as in `draw_tree`.
    names : sequence of str, optional
        Names of the observations.
    signed : bool, default False
        Colour D around zero, for correlations.

    Returns
    -------
    tree, map : matplotlib.axes.Axes

    Raises
    ------
    ValueError, TypeError
        If Z is no linkage matrix or D has not one row and column an observation.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> D = [[0, 1, 3], [1, 0, 3], [3, 3, 0]]
    >>> tree, heat = tree_and_heat_map(Figure(), [[0, 1, 1.0, 2], [2, 3, 3.0, 3]], D)
    >>> heat.images[0].get_array()[0].tolist()
    [0.0, 3.0, 3.0]
    """
    links, square = as_linkage("Z", Z), np.asarray(as_matrix("D", D), dtype=float)
    n, signed = len(links) + 1, flag("signed", signed)
    if square.shape != (n, n):
        raise ValueError(f"`D` has shape {square.shape}; the tree has {n} leaves, so give {n, n}.")
    tree, heat = fig.subplots(2, 1, height_ratios=[1, 2])
    draw_tree(tree, links, labels, names=names)
    ticks = [tick.get_text() for tick in tree.get_xticklabels()]
    tree.set_xticks([])
    order = leaves_list(links)
    image = draw_cells(heat, square[np.ix_(order, order)], signed=signed)
    for axis in (heat.xaxis, heat.yaxis):
        axis.set_ticks(5.0 + 10 * np.arange(len(ticks)), ticks, size=SMALLEST)
        axis.set_tick_params(length=0)
    heat.xaxis.set_tick_params(rotation=90)
    fig.colorbar(image, ax=[tree, heat], shrink=0.6, label="" if signed else "distance")
    return tree, heat
