"""Lines, labels and marks of a dendrogram on matplotlib axes.

Question: how does a computed tree get onto paper?
Chapter: 10, Dendrograms.
Symbols: the position axis holds the leaves, 10 apart; the height axis holds
the merges.

This module draws what `dendrograms` has computed and decides nothing but sizes.
matplotlib is imported where it is used, so that computing never needs it.

Sources: the looks follow SciPy's ``dendrogram`` (Eads 2007).
"""

from __future__ import annotations

import bisect

import numpy as np

__all__ = ["ORIENTATIONS", "draw", "tick_rotation", "tick_size"]

# where the root is -> (axis of the positions, side of the labels, do heights run backwards?)
ORIENTATIONS = {
    "top": ("x", "bottom", False),
    "bottom": ("x", "top", True),
    "left": ("y", "right", True),
    "right": ("y", "left", False),
}


def draw(drawn, top, orientation, last_color, marks=(), text=None, ax=None):
    """Draw the links `drawn`, of heights up to `top`, and the labels of the leaves.

    `text` holds size and rotation of the labels, None for what suits their number; an empty
    `text` leaves them out.  Links of `last_color` are drawn over all others.
    """
    interactive = ax is None
    if interactive:
        ax = _current_axes()
    across, side, backwards = ORIENTATIONS[orientation]
    n = len(drawn["ivl"])
    room = 1.05 * top if top > 0 else 1.0
    limits = {"x": ax.set_xlim, "y": ax.set_ylim}
    limits.pop(across)([0, 10 * n])
    limits.popitem()[1]([room, 0] if backwards else [0, room])
    _label_leaves(getattr(ax, f"{across}axis"), side, drawn["ivl"], text)
    _add_links(ax, drawn, across, last_color)
    _add_marks(ax, marks, across, room / 100)
    if interactive:
        _redraw()


def _current_axes():
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(
            "Drawing a dendrogram needs matplotlib: `pip install matplotlib`. With "
            "`no_plot=True` it is computed and not drawn."
        ) from error
    return plt.gca()


def _redraw():
    import matplotlib.pyplot as plt

    plt.draw_if_interactive()


def _label_leaves(axis, side, labels, text):
    if not text:
        axis.set_ticks([])
        return
    n = len(labels)
    axis.set_ticks(np.arange(5, 10 * n + 5, 10))
    axis.set_ticks_position(side)
    for line in axis.get_ticklines():  # the marks would cover the links
        line.set_visible(False)
    size, rotation = text["size"], text["rotation"]
    if rotation is None:
        rotation = 0 if side in ("left", "right") else tick_rotation(n)
    if size is None:
        size = tick_size(n)
    axis.set_ticklabels(labels, rotation=rotation, size=size)


def tick_rotation(n):
    """Return the rotation, in degrees, in which `n` labels have room side by side."""
    return float((0, 45, 90)[bisect.bisect_left((20, 40), n)])


def tick_size(n):
    """Return the size, in points, in which `n` labels have room."""
    return float((12, 10, 8, 6, 5)[bisect.bisect_left((20, 30, 50, 85), n)])


def _add_links(ax, drawn, across, last_color):
    """Add one collection for each colour, so that a legend has one entry for each."""
    from matplotlib.collections import LineCollection

    lines = {}
    for x, y, color in zip(drawn["icoord"], drawn["dcoord"], drawn["color_list"], strict=True):
        points = (x, y) if across == "x" else (y, x)
        lines.setdefault(color, []).append(np.transpose(points))
    last = lines.pop(last_color, None)
    if last is not None:
        lines[last_color] = last
    for color, segments in lines.items():
        ax.add_collection(LineCollection(segments, colors=(color,)))


def _add_marks(ax, marks, across, thickness):
    from matplotlib.patches import Ellipse

    for x, y in marks:
        center, width, height = (
            ((x, y), 1.0, thickness) if across == "x" else ((y, x), thickness, 1.0)
        )
        mark = Ellipse(center, width=width, height=height, alpha=0.5, facecolor="k")
        ax.add_artist(mark)
        mark.set_clip_box(ax.bbox)
