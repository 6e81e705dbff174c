"""Explorers: figures that answer back, in a static page and in a notebook.

Question: what changes when I move this?
Chapter: 0, Start here (how to use an explorer); one or more in most chapters.
Symbols: X observations, C code book, labels, Z linkage matrix, t, k.

Each explorer is a plain object.  Shown in a notebook cell, or in a page built
from it, it works without a kernel: Python has computed the data of every
state, and a small script draws them.  ``explorer.live()`` is the same thing on
ipywidgets, computed by the kernel, for data and parameters of your own.
``explore(X)`` puts two of them, the numbers and a picture on a page about your data.
"""

from clusterlib.explorers.balls import UnitBallExplorer
from clusterlib.explorers.batches import BatchExplorer
from clusterlib.explorers.choices import KExplorer
from clusterlib.explorers.criteria import CriteriaExplorer
from clusterlib.explorers.cuts import CutExplorer
from clusterlib.explorers.lloyds import LloydExplorer
from clusterlib.explorers.merges import MergesExplorer
from clusterlib.explorers.orders import LeafOrderExplorer
from clusterlib.explorers.pages import Explorer
from clusterlib.explorers.photos import PhotoExplorer
from clusterlib.explorers.quizzes import Quiz
from clusterlib.explorers.reports import Report, explore
from clusterlib.explorers.scalars import LloydMaxExplorer
from clusterlib.explorers.seedings import SeedingExplorer
from clusterlib.explorers.vectors import VoronoiExplorer

__all__ = [
    "BatchExplorer",
    "CriteriaExplorer",
    "CutExplorer",
    "Explorer",
    "KExplorer",
    "LeafOrderExplorer",
    "LloydExplorer",
    "LloydMaxExplorer",
    "MergesExplorer",
    "PhotoExplorer",
    "Quiz",
    "Report",
    "SeedingExplorer",
    "VoronoiExplorer",
    "UnitBallExplorer",
    "explore",
]
