"""One mark a cluster, one style a figure.

Question: how does a cluster look the same on every page, to every eye?
Chapter: 0, Start here.
Symbols: none of its own.
Sources: the hues of Okabe and Ito 2008, Color universal design.

Hue never works alone: each cluster has a marker, a hatch and a line of its own.
"""

from __future__ import annotations

import io
import sys
from typing import Any, NamedTuple

from clusterlib.core.checks import real_number, whole_number

__all__ = [
    "INK",
    "MARKS",
    "NOISE",
    "PAPER",
    "SMALLEST",
    "Mark",
    "figure_svg",
    "mark_error",
    "mark_of",
    "panels",
    "use_house_style",
]

INK = "#1A1A1A"
PAPER = "#FCFCFA"
NOISE = "#6E6E6E"
SMALLEST = 9.5  # points: 8 pixels of text where a phone shows 5.4 inches


class Mark(NamedTuple):
    """How one cluster is drawn: colour, marker, hatch of its area, dashes of its line."""

    name: str
    colour: str
    marker: str
    hatch: str
    dashes: tuple[int, tuple[float, ...]]


MARKS = (
    Mark("blue circle", "#0072B2", "o", "", (0, ())),
    Mark("orange square", "#E69F00", "s", "///", (0, (6, 2))),
    Mark("green triangle", "#009E73", "^", "...", (0, (6, 2, 1.5, 2))),
    Mark("pink diamond", "#CC79A7", "D", "xxx", (0, (1.5, 1.5))),
    Mark("sky triangle down", "#56B4E9", "v", "\\\\\\", (0, (10, 3))),
    Mark("vermilion plus", "#D55E00", "P", "+++", (0, (6, 2, 1.5, 2, 1.5, 2))),
    Mark("yellow star", "#F0E442", "*", "ooo", (0, (1.5, 4))),
    Mark("grey cross", "#7F7F7F", "X", "---", (0, (6, 5))),
)

_STYLE: dict[Any, Any] = {
    "figure.figsize": (5.4, 3.6),
    "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "legend.frameon": False,
    "legend.fontsize": 11,
    "lines.linewidth": 1.8,
    "hatch.linewidth": 0.6,
    "image.cmap": "cividis",
    "svg.hashsalt": "clusterlib",
    "svg.fonttype": "path",
}
_LINES = (0, 5, 2, 7)  # the marks whose hue alone stands 3:1 from the paper
_IN_INK: list[Any] = [
    "text.color",
    "axes.edgecolor",
    "axes.labelcolor",
    "xtick.color",
    "ytick.color",
]
_ON_PAPER: list[Any] = ["figure.facecolor", "axes.facecolor", "savefig.facecolor"]
_UNDATED = {"Date": None}


def mark_of(cluster: int) -> Mark:
    """Return the mark of a cluster; from the ninth cluster on the marks repeat.

    Parameters
    ----------
    cluster : int
        Number of the cluster, from 0.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_of(1).name, mark_of(9).name
    ('orange square', 'orange square')
    """
    return MARKS[whole_number("cluster", cluster, 0) % len(MARKS)]


def use_house_style() -> None:
    """Draw all figures from here on in the style of the book.

    Sets Matplotlib's defaults; in a notebook figures come out as SVG, byte for byte
    the same in each run.

    Examples
    --------
    >>> use_house_style()
    """
    import matplotlib as mpl
    from cycler import cycler

    marks = [MARKS[i] for i in _LINES]
    lines = cycler(color=[m.colour for m in marks]) + cycler(linestyle=[m.dashes for m in marks])
    mpl.rcParams.update(_STYLE)
    mpl.rcParams.update(dict.fromkeys(_IN_INK, INK))
    mpl.rcParams.update(dict.fromkeys(_ON_PAPER, PAPER))
    mpl.rcParams["axes.prop_cycle"] = lines
    _notebook_figures_as_svg()


def _notebook_figures_as_svg():
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if getattr(shell, "kernel", None) is None:
        return
    from matplotlib_inline.config import InlineBackend

    backend = InlineBackend.instance(parent=shell)
    backend.print_figure_kwargs = {"bbox_inches": None, "metadata": _UNDATED}
    backend.figure_formats = {"svg"}


def figure_svg(fig: Any) -> str:
    """Return a figure as SVG text that is the same in each run.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The figure; it stays open.

    Returns
    -------
    str
        An SVG document without a date and with fixed ids.

    Examples
    --------
    >>> fig, axes = panels(1)
    >>> figure_svg(fig) == figure_svg(fig)
    True
    """
    import matplotlib as mpl

    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "clusterlib", "svg.fonttype": "path"}):
        fig.savefig(text, format="svg", metadata=_UNDATED)
    return text.getvalue()


def panels(count: int, columns: int = 2, height: float = 2.7) -> tuple[Any, list[Any]]:
    """Return a figure of `count` axes, narrow enough to be read on a phone.

    Parameters
    ----------
    count : int
        Number of panels, at least 1.
    columns : int, default 2
        Panels side by side, at least 1.
    height : float, default 2.7
        Height of a row in inches.

    Returns
    -------
    fig : matplotlib.figure.Figure
    axes : list of matplotlib.axes.Axes
        In reading order.

    Examples
    --------
    >>> fig, axes = panels(3)
    >>> len(axes)
    3
    """
    from matplotlib.figure import Figure
    from matplotlib.pyplot import figure

    count, columns = whole_number("count", count, 1), whole_number("columns", columns, 1)
    columns, height = min(columns, count), real_number("height", height)
    rows = -(-count // columns)
    fig: Figure = figure(figsize=(5.4, height * rows), layout="constrained")
    return fig, [fig.add_subplot(rows, columns, i + 1) for i in range(count)]


def mark_error(ax: Any, x: float, y: float, note: str = "") -> Any:
    """Draw a vermilion "!" where something is wrong: an error, an inversion, a lost leaf.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    x, y : float
        Position in data coordinates.
    note : str, optional
        A few words beside the sign.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> fig, (ax,) = panels(1)
    >>> mark_error(ax, 0.5, 0.5, "a leaf is missing").texts[0].get_text()
    '! a leaf is missing'
    """
    box = {"boxstyle": "round,pad=0.2", "facecolor": PAPER, "edgecolor": MARKS[5].colour}
    ax.annotate(f"! {note}".strip(), (x, y), color="#A83F00", weight="bold", ha="center",
                va="center", bbox=box, zorder=6)  # fmt: skip
    return ax
