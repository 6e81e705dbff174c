"""A tree above its data, and two trees face to face.

Question: what do the clusters of a tree look like in the table it came from, and in what do
two trees of the same observations differ?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix, X observations (n, d), classes a known class for each observation.
Sources: Eisen, Spellman, Brown, Botstein 1998, *Cluster analysis and display of genome-wide
expression patterns*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix
from clusterlib.hierarchy.dendrograms import dendrogram
from clusterlib.hierarchy.linkage_matrix import as_linkage
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.plotting.points import as_labels
from clusterlib.plotting.style import INK, NOISE, SMALLEST, mark_of
from clusterlib.plotting.trees import draw_cells, draw_tree

__all__ = ["clustermap", "tanglegram"]


def clustermap(
    fig: Any,
    Z: ArrayLike,
    X: ArrayLike,
    labels: ArrayLike | None = None,
    *,
    classes: ArrayLike | None = None,
    columns: Sequence[str] | None = None,
) -> tuple[Any, Any]:
    """Draw a tree above its table, with the observations in the order of the leaves.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    Z : array_like, shape (n - 1, 4)
        Linkage matrix.
    X : array_like, shape (n, d)
        Observations in comparable units, such as standardized columns.  They become the
        columns of the map; the colour scale is symmetric around zero.
    labels : array_like, shape (n,), optional
        Flat cluster of each observation, as in `draw_tree`.
    classes : array_like of int, shape (n,), optional
        Known classes, drawn as a strip of colours between tree and map.
    columns : sequence of str, optional
        Names of the d columns of X.

    Returns
    -------
    tree, map : matplotlib.axes.Axes

    Raises
    ------
    ValueError, TypeError
        If Z is no linkage matrix, or X, labels, classes or columns do not fit it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Z = [[0, 2, 1.0, 2], [1, 3, 3.0, 3]]
    >>> tree, heat = clustermap(Figure(), Z, [[0.0], [5.0], [1.0]])
    >>> heat.images[0].get_array().tolist()
    [[5.0, 0.0, 1.0]]
    """
    links, table = as_linkage("Z", Z), np.asarray(as_matrix("X", X), dtype=float)
    n = len(links) + 1
    if len(table) != n:
        raise ValueError(f"`X` has {len(table)} rows; the tree has {n} leaves, so give {n}.")
    known = None if classes is None else as_labels("classes", classes, n)
    if columns is not None and len(columns) != table.shape[1]:
        raise ValueError(f"`columns` has {len(columns)} names; `X` has {table.shape[1]} columns.")
    ratios = [3, 4] if known is None else [3, 0.3, 4]
    tree, *strip, heat = fig.subplots(len(ratios), 1, height_ratios=ratios)
    draw_tree(tree, links, labels)
    tree.set_xticks([])
    order = leaves_list(links)
    if known is not None:
        _draw_strip(strip[0], known[order])
    image = draw_cells(heat, table[order].T, signed=True)
    heat.set(xticks=[], yticks=[])
    if columns is not None:
        heat.set_yticks(5 + 10 * np.arange(len(columns)), columns, size=SMALLEST)
    heat.tick_params(length=0)
    heat.grid(visible=False)
    fig.colorbar(image, ax=[tree, *strip, heat], shrink=0.5)
    return tree, heat


def _draw_strip(ax, classes):
    """Draw one coloured cell for each class, in the order given."""
    from matplotlib.colors import ListedColormap

    colours = ListedColormap([NOISE, *(mark_of(j).colour for j in range(classes.max() + 1))])
    ax.imshow(
        classes[None, :], extent=(0, 10 * len(classes), 0, 1), aspect="auto", cmap=colours,
        vmin=-1.5, vmax=classes.max() + 0.5, interpolation="nearest",
    )  # fmt: skip
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)


def tanglegram(
    fig: Any, Z: ArrayLike, other: ArrayLike, *, names: Sequence[str] | None = None
) -> tuple[Any, Any]:
    """Draw two trees of the same leaves face to face, each leaf joined to itself by a line.

    The arms of the second tree are swapped so that its leaves follow those of the first as far
    as its merges allow: the smaller mean place of the leaves comes first.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        An empty figure.
    Z, other : array_like, shape (n - 1, 4)
        Linkage matrices of the same n observations.
    names : sequence of str, optional
        Names of the leaves; by default their numbers.

    Returns
    -------
    left, right : matplotlib.axes.Axes

    Raises
    ------
    ValueError, TypeError
        If one is no linkage matrix, or the numbers of leaves and names differ.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Z, other = [[0, 1, 1.0, 2], [2, 3, 2.0, 3]], [[1, 2, 1.0, 2], [0, 3, 2.0, 3]]
    >>> left, right = tanglegram(Figure(), Z, other, names=["a", "b", "c"])
    >>> [text.get_text() for text in right.get_yticklabels()]
    ['a', 'c', 'b']
    """
    first, second = as_linkage("Z", Z), as_linkage("other", other)
    if len(first) != len(second):
        raise ValueError(
            f"`other` has {len(second) + 1} leaves and `Z` {len(first) + 1}; give trees of the "
            "same observations."
        )
    names = list(map(str, range(len(first) + 1) if names is None else names))
    if len(names) != len(first) + 1:
        raise ValueError(f"`names` has {len(names)} entries for {len(first) + 1} leaves.")
    left, middle, right = fig.subplots(1, 3, width_ratios=[3, 1.4, 3])
    here = _draw_sideways(left, first, names, "left")
    there = _draw_sideways(right, in_the_order_of(here, second), names, "right")
    for leaf in range(len(names)):
        middle.plot([0, 1], [here[leaf], there[leaf]], "-", color=INK, linewidth=0.8)
    middle.set(xlim=(0, 1), ylim=(0, 10 * len(names)))
    middle.axis("off")
    return left, right


def in_the_order_of(place, links):
    """Return the tree with the arms of each merge in the order of their mean place."""
    turned, total = links.copy(), [place[leaf] for leaf in range(len(links) + 1)]
    size = [1.0] * len(total)
    for row in turned:
        a, b = row[:2].astype(int)
        if total[a] / size[a] > total[b] / size[b]:
            row[:2] = b, a
        total.append(total[a] + total[b])
        size.append(size[a] + size[b])
    return turned


def _draw_sideways(ax, links, names, side):
    """Draw a tree whose leaves face the other tree; return the place of each leaf."""
    drawn = dendrogram(
        links, orientation=side, labels=names, leaf_font_size=SMALLEST, ax=ax,
        link_color_func=lambda _: INK,
    )  # fmt: skip
    ax.set_xlabel("height")
    return {leaf: 5.0 + 10 * i for i, leaf in enumerate(drawn["leaves"])}
