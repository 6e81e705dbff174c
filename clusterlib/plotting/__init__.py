"""The pictures of the book, in one house style.

Question: how does a cluster look the same on every page, to every eye?
Chapter: 0, Start here.
Symbols: X observations, C codebook, labels, Z linkage matrix, D square distances.

Matplotlib is imported inside the functions; it comes with the extra ``plot``.
"""

from clusterlib.plotting.cells import voronoi_cells, voronoi_polygons
from clusterlib.plotting.clustermaps import clustermap, tanglegram
from clusterlib.plotting.points import (
    code_words,
    scatter_clusters,
    steady_labels,
)
from clusterlib.plotting.scores import plot_roc, silhouette_plot
from clusterlib.plotting.style import (
    INK,
    MARKS,
    NOISE,
    PAPER,
    Mark,
    figure_svg,
    mark_error,
    mark_of,
    panels,
    use_house_style,
)
from clusterlib.plotting.trees import (
    draw_tree,
    inversions,
    tree_and_heat_map,
)

__all__ = [
    "INK",
    "MARKS",
    "NOISE",
    "PAPER",
    "Mark",
    "clustermap",
    "code_words",
    "draw_tree",
    "figure_svg",
    "inversions",
    "mark_error",
    "mark_of",
    "panels",
    "plot_roc",
    "scatter_clusters",
    "silhouette_plot",
    "steady_labels",
    "tanglegram",
    "tree_and_heat_map",
    "use_house_style",
    "voronoi_cells",
    "voronoi_polygons",
]
