"""The public page of trees: SciPy's names, nothing else.

Question: where does each function of ``scipy.cluster.hierarchy`` live here?
Chapter: 9, Linkage; 10, Dendrograms; 11, Cutting the tree.
Symbols: as at the head of `clusterlib`.

Build a tree (`merging`), check it and convert it (`links`), walk it (`trees`),
order and draw it (`leaforder`, `dendrograms`), cut it (`inconsistency`,
`cutting`).  What goes beyond SciPy is public in those rooms.
"""

from clusterlib.cutting import cut_tree, fcluster, fclusterdata, is_isomorphic, leaders
from clusterlib.dendrograms import dendrogram, set_link_color_palette
from clusterlib.inconsistency import inconsistent, maxdists, maxinconsts, maxRstat
from clusterlib.leaforder import optimal_leaf_ordering
from clusterlib.links import (
    ClusterWarning,
    correspond,
    from_mlab_linkage,
    is_monotonic,
    is_valid_im,
    is_valid_linkage,
    num_obs_linkage,
    to_mlab_linkage,
)
from clusterlib.merging import average, centroid, complete, linkage, median, single, ward, weighted
from clusterlib.trees import ClusterNode, cophenet, leaves_list, to_tree
from clusterlib.unions import DisjointSet

__all__ = [
    "ClusterNode",
    "ClusterWarning",
    "DisjointSet",
    "average",
    "centroid",
    "complete",
    "cophenet",
    "correspond",
    "cut_tree",
    "dendrogram",
    "fcluster",
    "fclusterdata",
    "from_mlab_linkage",
    "inconsistent",
    "is_isomorphic",
    "is_monotonic",
    "is_valid_im",
    "is_valid_linkage",
    "leaders",
    "leaves_list",
    "linkage",
    "maxRstat",
    "maxdists",
    "maxinconsts",
    "median",
    "num_obs_linkage",
    "optimal_leaf_ordering",
    "set_link_color_palette",
    "single",
    "to_mlab_linkage",
    "to_tree",
    "ward",
    "weighted",
]
