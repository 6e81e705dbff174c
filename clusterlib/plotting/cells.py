"""Voronoi cells: all that one code word stands for.

Question: which numbers would be coded by which word?
Chapter: 0, Start here.
Symbols: C codebook, p a point of the plane.
Sources: clipping after Sutherland and Hodgman 1974, Reentrant polygon clipping.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, as_vector, flag
from clusterlib.core.floats import power_of_two
from clusterlib.plotting.style import INK, mark_of

__all__ = ["voronoi_cells", "voronoi_polygons"]


def voronoi_polygons(C: ArrayLike, box: tuple[float, float, float, float]) -> list[np.ndarray]:
    """Return the cell of each code word: the points of a box that are nearest to it.

    Each cell starts as the whole box and loses, for every other code word, the half
    plane that lies nearer to that one.

    Parameters
    ----------
    C : array_like, shape (k, 2)
        Code words.
    box : tuple of float
        ``(left, right, bottom, top)``.

    Returns
    -------
    list of ndarray, shape (corners, 2)
        One convex polygon a code word.  A cell outside the box is empty, and of equal
        code words the first has the cell.

    Raises
    ------
    ValueError
        If C is not in the plane or the box is empty.

    References
    ----------
    I. E. Sutherland, G. W. Hodgman, 1974, Reentrant polygon clipping.

    Examples
    --------
    >>> left, right = voronoi_polygons([[0, 0], [2, 0]], (-1, 3, -1, 1))
    >>> print(left[:, 0].max(), right[:, 0].min())
    1.0 1.0
    """
    words = as_matrix("C", C).astype(float, copy=False)
    if words.shape[1] != 2:
        raise ValueError(f"`C` has {words.shape[1]} columns; cells lie in the plane, so give 2.")
    sides = as_vector("box", box).astype(float)
    if len(sides) != 4 or not (sides[0] < sides[1] and sides[2] < sides[3]):
        raise ValueError(f"`box` is {box}; it must be (left, right, bottom, top), not empty.")
    scale = power_of_two(words, sides)
    left, right, bottom, top = (sides * scale).tolist()
    corners = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    return [_cell(words * scale, i, corners) / scale for i in range(len(words))]


def _cell(C, i, polygon):
    """Return the part of `polygon` that is nearer to C[i] than to any other word."""
    for j, other in enumerate(C):
        normal = other - C[i]
        if normal.any():
            polygon = _clip(polygon, normal, normal @ (other + C[i]) / 2)
        elif j < i:
            return polygon[:0]
    return polygon


def _clip(polygon, normal, offset):
    """Return the part of a convex polygon where ``p @ normal <= offset``."""
    kept = []
    side = polygon @ normal - offset
    for p, s, q, t in zip(polygon, side, np.roll(polygon, -1, axis=0), np.roll(side, -1)):
        if s <= 0:
            kept.append(p)
        if min(s, t) < 0 < max(s, t):
            kept.append(p + s / (s - t) * (q - p))
    return np.array(kept).reshape(-1, 2)


def voronoi_cells(
    ax: Any, C: ArrayLike, box: tuple[float, float, float, float] | None = None,
    *, filled: bool = True,
) -> Any:  # fmt: skip
    """Draw the cells of a codebook behind the points.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    C : array_like, shape (k, 2)
        Code words, in the order of their clusters.
    box : tuple of float, optional
        ``(left, right, bottom, top)``; default is the present view.
    filled : bool, default True
        Tint and hatch the cells; otherwise draw their edges only.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> from clusterlib.plotting import panels
    >>> fig, (ax,) = panels(1)
    >>> ax = voronoi_cells(ax, [[0, 0], [2, 0]], (-1, 3, -1, 1), filled=False)
    >>> len(ax.patches)
    2
    """
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon

    filled = flag("filled", filled)
    if box is None:
        ax.autoscale_view()
        box = (*sorted(ax.get_xlim()), *sorted(ax.get_ylim()))
    for cluster, polygon in enumerate(voronoi_polygons(C, box)):
        if len(polygon):
            mark = mark_of(cluster)
            fill = to_rgba(mark.colour, 0.22) if filled else "none"
            ax.add_patch(Polygon(polygon, facecolor=fill, edgecolor=INK, linewidth=0.9, zorder=0))
            if filled and mark.hatch:
                ax.add_patch(Polygon(polygon, fill=False, linewidth=0, hatch=mark.hatch,
                                     edgecolor=to_rgba(mark.colour, 0.35), zorder=0))  # fmt: skip
    ax.set(xlim=box[:2], ylim=box[2:])
    ax.set_aspect("equal", adjustable="box")
    return ax
