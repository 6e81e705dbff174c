"""Names with an underscore that scripts import from SciPy's page of hierarchies.

Question: where do scripts find what they look up in ``scipy.cluster.hierarchy``?
Chapter: 9, Linkage; 10, Dendrograms.
Symbols: n leaves of a dendrogram, mh height of its highest merge.

SciPy promises none of them and drops some from version to version.  The page of known
differences lists what public code imports, what is here, and what is not and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from clusterlib.hierarchy.dendrogram_axes import draw, tick_rotation, tick_size
from clusterlib.hierarchy.dendrograms import _palette
from clusterlib.hierarchy.lance_williams import RULES

__all__: list[str] = []

_LINKAGE_METHODS = {
    "single": 0,
    "complete": 1,
    "average": 2,
    "centroid": 3,
    "median": 4,
    "ward": 5,
    "weighted": 6,
}
_EUCLIDEAN_METHODS = tuple(name for name, rule in RULES.items() if rule.squared)
_link_line_colors = _palette


def _get_tick_text_size(p: int) -> float:
    """Return the size of the labels of p leaves."""
    return tick_size(p)


def _get_tick_rotation(p: int) -> float:
    """Return the rotation of the labels of p leaves, in degrees."""
    return tick_rotation(p)


def _remove_dups(entries: Iterable) -> list:
    """Return each entry once, in the order of first appearance."""
    return list(dict.fromkeys(entries))


def _plot_dendrogram(
    icoords: Sequence,
    dcoords: Sequence,
    ivl: Sequence,
    p: int,  # noqa: ARG001
    n: int,  # noqa: ARG001
    mh: float,
    orientation: str,
    no_labels: bool,
    color_list: Sequence,
    leaf_font_size: float | None = None,
    leaf_rotation: float | None = None,
    contraction_marks: Sequence | None = None,
    ax: Any = None,
    above_threshold_color: str = "C0",
) -> None:
    """Draw a dendrogram from the lists that `dendrogram` returns; `p` and `n` are not needed."""
    drawn = {"icoord": icoords, "dcoord": dcoords, "ivl": ivl, "color_list": color_list}
    text = {} if no_labels else {"size": leaf_font_size, "rotation": leaf_rotation}
    marks = contraction_marks or ()
    draw(drawn, mh, orientation, above_threshold_color, marks, text, ax)
