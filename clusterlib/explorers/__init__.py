"""Explorers: figures that answer back, in a static page and in a notebook.

Question: what changes when I move this?
Chapter: 0, Start here (how to use an explorer); one or more in most chapters.
Symbols: X observations, C codebook, labels, Z linkage matrix, t, k.

Each explorer is a plain object.  Shown in a notebook cell, or in a page built
from it, it works without a kernel: Python has computed the data of every
state, and a small script draws them.  ``explorer.live()`` is the same thing on
ipywidgets, computed by the kernel, for data and parameters of your own.
``explore(X)`` puts two of them, the numbers and a picture on a page about your data; it is
made by `clusterlib.reports`.
"""

from importlib import import_module

from clusterlib.explorers.batches import BatchExplorer
from clusterlib.explorers.choosing_k import KExplorer
from clusterlib.explorers.clustermap import ClustermapExplorer
from clusterlib.explorers.criteria import CriteriaExplorer
from clusterlib.explorers.cut import CutExplorer
from clusterlib.explorers.leaf_order import LeafOrderExplorer
from clusterlib.explorers.lloyd import LloydExplorer
from clusterlib.explorers.lloyd_max import LloydMaxExplorer
from clusterlib.explorers.merges import MergesExplorer
from clusterlib.explorers.null import NullExplorer
from clusterlib.explorers.number_line import NumberLineExplorer
from clusterlib.explorers.photo import PhotoExplorer
from clusterlib.explorers.quiz import Quiz
from clusterlib.explorers.reachability import ReachabilityExplorer
from clusterlib.explorers.seeding import SeedingExplorer
from clusterlib.explorers.shared.explorer import Explorer
from clusterlib.explorers.staircase import StaircaseExplorer
from clusterlib.explorers.tanglegram import TanglegramExplorer
from clusterlib.explorers.ultrametric import UltrametricExplorer
from clusterlib.explorers.unit_balls import UnitBallExplorer
from clusterlib.explorers.voronoi import VoronoiExplorer

__all__ = [
    "BatchExplorer",
    "ClustermapExplorer",
    "CriteriaExplorer",
    "CutExplorer",
    "Explorer",
    "KExplorer",
    "LeafOrderExplorer",
    "LloydExplorer",
    "LloydMaxExplorer",
    "MergesExplorer",
    "NullExplorer",
    "NumberLineExplorer",
    "PhotoExplorer",
    "Quiz",
    "ReachabilityExplorer",
    "Report",
    "SeedingExplorer",
    "StaircaseExplorer",
    "TanglegramExplorer",
    "UltrametricExplorer",
    "UnitBallExplorer",
    "VoronoiExplorer",
    "explore",
]


# Their first home was here; they stand above the explorers and use them.
_MOVED = {"Report": "reports", "explore": "reports"}


def __getattr__(name: str):
    """Return a name that has moved from the part that holds it now."""
    if name in _MOVED:
        return getattr(import_module(f"clusterlib.{_MOVED[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
