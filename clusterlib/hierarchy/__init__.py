"""Hierarchical clustering: SciPy's `scipy.cluster.hierarchy`, name for name.

Question: where does each function of ``scipy.cluster.hierarchy`` live here?
Chapter: 9, Linkage; 10, Dendrograms; 11, Cutting the tree.
Symbols: as at the head of `clusterlib`.

What goes beyond SciPy is public in the modules named below.
"""

# Distances, under the name by which scripts reach them through SciPy's page.
from clusterlib import distance  # isort: skip  # noqa: F401

# Build a tree.
from clusterlib.hierarchy.merging import (  # isort: skip
    average,
    centroid,
    complete,
    linkage,
    median,
    single,
    ward,
    weighted,
)

# Check and convert a linkage matrix.
from clusterlib.hierarchy.linkage_matrix import (  # isort: skip
    ClusterWarning,
    correspond,
    from_mlab_linkage,
    is_monotonic,
    is_valid_im,
    is_valid_linkage,
    num_obs_linkage,
    to_mlab_linkage,
)

# Walk a tree, and order its leaves.
from clusterlib.hierarchy.trees import ClusterNode, leaves_list, to_tree  # isort: skip
from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering  # isort: skip

# Describe a tree by numbers.
from clusterlib.hierarchy.cophenetic import cophenet  # isort: skip
from clusterlib.hierarchy.inconsistency import (  # isort: skip
    inconsistent,
    maxdists,
    maxinconsts,
    maxRstat,
)

# Cut a tree into flat clusters.
from clusterlib.hierarchy.cutting import (  # isort: skip
    cut_tree,
    fcluster,
    fclusterdata,
    is_isomorphic,
    leaders,
)

# Draw a tree.
from clusterlib.hierarchy.dendrograms import dendrogram, set_link_color_palette  # isort: skip

# A structure that SciPy shows on this page too.
from clusterlib.core.disjoint_sets import DisjointSet  # isort: skip

# What scripts look up in SciPy's page though it is private there.
from clusterlib.hierarchy.private_names import (  # isort: skip  # noqa: F401
    _EUCLIDEAN_METHODS,
    _LINKAGE_METHODS,
    _get_tick_rotation,
    _get_tick_text_size,
    _link_line_colors,
    _plot_dendrogram,
    _remove_dups,
)

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
