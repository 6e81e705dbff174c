"""The tree as a picture.

Question: where does each link of the drawing stand, what is shown and what is
contracted, and which links share a colour?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; leaves stand at 5, 15, 25, ...; a link is an
upside-down U: two legs and the bar at the height of the merge.

Four steps, each a function without drawing: order the two sides of each
merge, prune what is not shown, place the links, colour them.  A pruned tree is
a smaller tree, so the later steps know nothing of truncation.  Colours are
runs on the line of leaves: wherever a merge above the threshold stands between
two merges below it, the next colour begins.

Sources: MATLAB's ``dendrogram`` (default threshold: 0.7 of the greatest
height) and SciPy's (Eads 2007).
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_array,
    at_least,
    describe,
    flag,
    one_of,
    real_number,
)
from clusterlib.hierarchy.dendrogram_axes import ORIENTATIONS, draw
from clusterlib.hierarchy.leaf_intervals import (
    depths,
    intervals,
    parent_rows,
    post_order_key,
)
from clusterlib.hierarchy.linkage_matrix import as_linkage

__all__ = [
    "coordinates",
    "dendrogram",
    "link_colors",
    "prune",
    "set_link_color_palette",
    "sides_in_order",
]

_DEFAULT_PALETTE = tuple(f"C{i}" for i in range(1, 10))  # C0 is for links above the threshold
_palette = list(_DEFAULT_PALETTE)


def dendrogram(
    Z: ArrayLike,
    p: float = 30,
    truncate_mode: str | None = None,
    color_threshold: float | str | None = None,
    get_leaves: bool = True,
    orientation: str = "top",
    labels: Any = None,
    count_sort: bool | str = False,
    distance_sort: bool | str = False,
    show_leaf_counts: bool = True,
    no_plot: bool = False,
    no_labels: bool = False,
    leaf_font_size: float | None = None,
    leaf_rotation: float | None = None,
    leaf_label_func: Callable[[int], str] | None = None,
    show_contracted: bool = False,
    link_color_func: Callable[[int], str] | None = None,
    ax: Any = None,
    above_threshold_color: str = "C0",
) -> dict[str, Any]:
    """Draw a tree, and return what was drawn.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    p : int, default 30
        How much `truncate_mode` shows.
    truncate_mode : {None, 'none', 'lastp', 'level', 'mtica'}
        None and 'none' show the whole tree.  'lastp' shows `p` leaves: the last ``p - 1`` merges
        are kept, all earlier ones contracted (0: nothing is).  'level' and its old name 'mtica'
        show the last merge and `p` levels of merges below it (0 or less: all).
    color_threshold : float, optional
        Links below this height are coloured by cluster, the others with
        `above_threshold_color`; 0 or less colours none.  None or 'default': 0.7 of the greatest
        height.
    get_leaves : bool, default True
        Return the leaves under the key 'leaves'; if not, the key holds None.
    orientation : {'top', 'bottom', 'left', 'right'}
        Where the root is.
    labels : sequence, length n, optional
        Texts of the observations, by position (a list, an array, an Index, a Series, ...).
    count_sort, distance_sort : {False, 'ascending', True, 'descending'}
        Order the two sides of each merge by number of leaves or by height: the lesser side
        first ('ascending' or True), or last.  `count_sort` wins if both are given.
    show_leaf_counts : bool, default True
        Label contracted nodes with the number of observations, as '(4)'; if not, with ''.
    no_plot : bool, default False
        Compute only; matplotlib is not needed.
    no_labels : bool, default False
        Draw no labels.
    leaf_font_size, leaf_rotation : float, optional
        Size in points and angle in degrees of the labels; by default they suit their number.
    leaf_label_func : callable, optional
        Gets the number of a node shown as a leaf, returns its label.
    show_contracted : bool, default False
        Mark the heights of the merges below each contracted one on the leg above it.
    link_color_func : callable, optional
        Gets the number of a merge (n + row), returns the colour of its link.
    ax : matplotlib Axes, optional
        Where to draw; the current axes by default.
    above_threshold_color : str, default 'C0'
        Colour of the links at or above the threshold.

    Returns
    -------
    dict
        'icoord', 'dcoord': for each link four positions along the leaves and four heights, a
        link after those below it, left before right; 'color_list': their colours; 'ivl': the
        labels of the leaves; 'leaves': their node numbers; 'leaves_color_list': the colour of
        the link that joins each (None if there is no link).

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, an option is not one of those above, or the number of
        labels is not n.
    ImportError
        If the tree is to be drawn and matplotlib is not installed.

    Examples
    --------
    >>> from clusterlib.hierarchy.dendrograms import dendrogram
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 3]]
    >>> drawn = dendrogram(Z, labels=["a", "b", "c"], no_plot=True)
    >>> drawn["ivl"], drawn["icoord"]
    (['c', 'a', 'b'], [[15.0, 15.0, 25.0, 25.0], [5.0, 5.0, 20.0, 20.0]])
    """
    orientation = one_of("orientation", orientation, ORIENTATIONS)
    truncate_mode = _truncate_mode(truncate_mode)
    get_leaves, no_plot = flag("get_leaves", get_leaves), flag("no_plot", no_plot)
    no_labels = flag("no_labels", no_labels)
    show_leaf_counts = flag("show_leaf_counts", show_leaf_counts)
    show_contracted = flag("show_contracted", show_contracted)
    labels = _labels(labels, 1 + sum(as_array("Z", Z).shape[:1]))
    Z = as_linkage("Z", Z)
    children = sides_in_order(
        Z, _sort("count_sort", count_sort), _sort("distance_sort", distance_sort)
    )
    shown = _rows_shown(children, truncate_mode, p)
    nodes, tree, height = _shown_tree(Z, children, shown)
    walk = np.argsort(post_order_key(tree))
    icoord, dcoord = coordinates(tree, height)
    if link_color_func is None:
        threshold = _color_threshold(color_threshold, Z)
        colors = link_colors(tree, height, threshold, _palette, above_threshold_color)
    else:
        colors = _colors_of(link_color_func, nodes, walk)
    leaves = nodes[tree.order].tolist()
    drawn = {
        "icoord": icoord[walk].tolist(),
        "dcoord": dcoord[walk].tolist(),
        "ivl": _leaf_labels(leaves, Z, labels, leaf_label_func, show_leaf_counts),
        "leaves": leaves if get_leaves else None,
        "color_list": [colors[row] for row in walk.tolist()],
        "leaves_color_list": [colors[row] for row in tree.up[tree.order].tolist()]
        if colors
        else [None],
    }
    if not no_plot:
        marks = _contracted(Z, leaves) if show_contracted else []
        text = {} if no_labels else {"size": leaf_font_size, "rotation": leaf_rotation}
        draw(drawn, Z[:, 2].max(), orientation, above_threshold_color, marks, text, ax)
    return drawn


def sides_in_order(Z, count_sort=None, distance_sort=None):
    """Return the two sides of each merge in the order in which to draw them."""
    children = Z[:, :2].astype(np.intp)
    n = len(Z) + 1
    if count_sort or distance_sort:
        of_leaf, column = (1, 3) if count_sort else (0, 2)
        measure = np.concatenate((np.full(n, of_leaf), Z[:, column]))[children]
        swap = measure[:, 0] > measure[:, 1]
        if "descending" in (count_sort or distance_sort):
            swap = ~swap
        children[swap] = children[swap, ::-1]
    return children


def prune(children, shown):
    """Return the numbers of the nodes of the smaller tree of the rows `shown`, and its children.

    Rows that are not shown become leaves.  A shown row's parent must be shown.
    """
    n = len(children) + 1
    rows = np.flatnonzero(shown)
    is_merge = np.concatenate((np.zeros(n, dtype=bool), shown))
    below = children[rows]
    leaves = below[~is_merge[below]] if len(rows) else np.array([2 * n - 2])
    nodes = np.concatenate((leaves, n + rows))
    number = np.empty(2 * n - 1, np.intp)
    number[nodes] = np.arange(len(nodes))
    return nodes, number[below]


def coordinates(tree, height):
    """Return where each link stands: four positions and four heights, from left to right.

    A leaf stands at 5 + 10 times its place, a merge half way between its two sides.
    """
    n = len(tree.order)
    x = (5.0 + 10.0 * tree.start[:n]).tolist()
    for left, right in tree.children.tolist():
        x.append((x[left] + x[right]) / 2)
    left, right = tree.children.T
    x = np.array(x)
    icoord = np.column_stack((x[left], x[left], x[right], x[right]))
    dcoord = np.column_stack((height[left], height[n:], height[n:], height[right]))
    return icoord, dcoord


def link_colors(tree, height, threshold, palette, above_threshold_color):
    """Return the colour of each row: one colour for each run of merges below the threshold."""
    n = len(tree.order)
    if n == 1:
        return []
    high = (height[n + tree.gap] >= threshold) | (threshold <= 0)
    runs_before = np.concatenate(([0], np.cumsum(high[1:] & ~high[:-1])))
    code = np.empty(n - 1, np.intp)
    code[tree.gap] = np.where(high, len(palette), runs_before % len(palette))
    names = [*palette, above_threshold_color]
    return [names[i] for i in code.tolist()]


def set_link_color_palette(palette: Sequence[str] | None) -> None:
    """Set the colours of the clusters in dendrograms drawn from now on.

    Parameters
    ----------
    palette : list or tuple of str, or None
        matplotlib colours, used from left to right and again from the first when they are used
        up; None brings the default back.

    Raises
    ------
    TypeError
        If `palette` is not a list or tuple of strings.
    ValueError
        If it is empty.

    Examples
    --------
    >>> from clusterlib.hierarchy.dendrograms import dendrogram, set_link_color_palette
    >>> set_link_color_palette(["tab:olive", "tab:cyan"])
    >>> dendrogram([[0, 1, 1.0, 2], [2, 3, 2.0, 3]], no_plot=True)["color_list"]
    ['tab:olive', 'C0']
    >>> set_link_color_palette(None)
    """
    if palette is None:
        palette = _DEFAULT_PALETTE
    if not isinstance(palette, (list, tuple)) or not all(isinstance(c, str) for c in palette):
        raise TypeError(
            f"`palette` is {describe(palette)}; it must be a list or tuple of colour strings, "
            "or None for the default."
        )
    if not palette:
        raise ValueError("`palette` is empty; give at least one colour, or None for the default.")
    _palette[:] = palette


def _truncate_mode(mode):
    mode = "none" if mode is None else mode
    return one_of("truncate_mode", mode, ("lastp", "level", "mtica", "none"))


def _sort(name, value):
    if value is None or (np.isscalar(value) and not isinstance(value, str) and value in (0, 1)):
        return "ascending" if value else None  # 0 and 1 are flags, as in MATLAB
    return one_of(name, value, ("ascending", "descending"))


def _labels(labels, n):
    if labels is None:
        return None
    labels = list(labels)
    if len(labels) != n:
        raise ValueError(
            f"`labels` holds {len(labels)} labels; the tree `Z` has {n} observations. "
            "(Dimensions of Z and labels must be consistent.)"
        )
    return labels


def _color_threshold(threshold, Z):
    if threshold is None or (isinstance(threshold, str) and threshold == "default"):
        return 0.7 * Z[:, 2].max()
    return real_number("color_threshold", threshold)


def _rows_shown(children, mode, p):
    """Tell for each merge whether it is drawn as a link."""
    if not isinstance(p, numbers.Real):
        raise TypeError(f"`p` is {describe(p)}; it must be a number.")
    m = len(children)
    if mode == "none":
        return np.ones(m, dtype=bool)
    p = int(min(max(at_least("p", p, -math.inf), -1), m + 1))
    if mode == "lastp":
        links = m if at_least("p", p, 0) == 0 else p - 1
        return np.arange(m) >= m - links
    level = depths(parent_rows(children))[m + 1 :]
    return level <= (p if p > 0 else m)


def _shown_tree(Z, children, shown):
    """Return numbers, intervals and heights of the nodes drawn; leaves are drawn at height 0."""
    height = np.concatenate((np.zeros(len(Z) + 1), Z[:, 2]))
    if shown.all():
        return np.arange(2 * len(Z) + 1), intervals(children, Z[:, 3]), height
    nodes, children = prune(children, shown)
    height = height[nodes]
    height[: len(children) + 1] = 0
    return nodes, intervals(children), height


def _colors_of(link_color_func, nodes, walk):
    """Ask for the colour of each link, a link after those below it."""
    colors = [None] * len(walk)
    for row in walk.tolist():
        colors[row] = link_color_func(int(nodes[len(walk) + 1 + row]))
        if not isinstance(colors[row], str):
            raise TypeError(
                f"`link_color_func` returned {describe(colors[row])}; it must return a "
                "matplotlib colour string."
            )
    return colors


def _leaf_labels(leaves, Z, labels, leaf_label_func, show_leaf_counts):
    n = len(Z) + 1
    if leaf_label_func is not None:
        return [leaf_label_func(v) for v in leaves]
    single = str if labels is None else labels.__getitem__
    return [
        single(v) if v < n else f"({int(Z[v - n, 3])})" if show_leaf_counts else "" for v in leaves
    ]


def _contracted(Z, leaves):
    """Return (position, height) of each merge below a merge that is drawn as a leaf."""
    n = len(Z) + 1
    children = Z[:, :2].astype(np.intp).tolist()
    marks = []
    for place, leaf in enumerate(leaves):
        todo = children[leaf - n][::-1] if leaf >= n else []
        while todo:
            v = todo.pop()
            if v >= n:
                marks.append((5.0 + 10.0 * place, float(Z[v - n, 2])))
                todo += reversed(children[v - n])
    return marks
