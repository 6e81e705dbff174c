"""Distances: SciPy's `scipy.spatial.distance`, name for name.

Question: how far apart are two observations?
Chapter: 8, Distances.
Symbols: as at the head of `clusterlib`.
"""

# All pairs.
from clusterlib.distance.pairwise import cdist, pdist  # isort: skip

# A table of distances: its two shapes, and their checks.
from clusterlib.distance.condensed import (  # isort: skip
    is_valid_dm,
    is_valid_y,
    num_obs_dm,
    num_obs_y,
    squareform,
)

# Two vectors of numbers.
from clusterlib.distance.vectors import (  # isort: skip
    braycurtis,
    canberra,
    chebyshev,
    cityblock,
    correlation,
    cosine,
    euclidean,
    hamming,
    jensenshannon,
    mahalanobis,
    minkowski,
    seuclidean,
    sqeuclidean,
)

# Two sets, as vectors of true and false.
from clusterlib.distance.boolean import (  # isort: skip
    dice,
    jaccard,
    rogerstanimoto,
    russellrao,
    sokalsneath,
    yule,
)

# Rows of mixed columns.
from clusterlib.distance.mixed import gower  # isort: skip

# Two sets of points.
from clusterlib.distance.hausdorff import directed_hausdorff  # isort: skip

# What scripts look up in SciPy's page though it is private there.
from clusterlib.distance.private_names import (  # isort: skip  # noqa: F401
    _METRIC_ALIAS,
    _METRIC_INFOS,
    _METRICS,
    _METRICS_NAMES,
    _validate_vector,
)

__all__ = [
    "braycurtis",
    "canberra",
    "cdist",
    "chebyshev",
    "cityblock",
    "correlation",
    "cosine",
    "dice",
    "directed_hausdorff",
    "euclidean",
    "gower",
    "hamming",
    "is_valid_dm",
    "is_valid_y",
    "jaccard",
    "jensenshannon",
    "mahalanobis",
    "minkowski",
    "num_obs_dm",
    "num_obs_y",
    "pdist",
    "rogerstanimoto",
    "russellrao",
    "seuclidean",
    "sokalsneath",
    "sqeuclidean",
    "squareform",
    "yule",
]
