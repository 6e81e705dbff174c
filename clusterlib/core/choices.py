"""The names that functions choose by, for type checkers.

Question: which words may stand here?
Chapter: 13, To SciPy and scikit-learn.
Symbols: none.

Tests hold them to the tables that the functions look into.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["Criterion", "Method", "MetricName", "Minit", "MissingCluster"]

Method = Literal["single", "complete", "average", "weighted", "centroid", "median", "ward"]
Criterion = Literal["inconsistent", "distance", "maxclust", "monocrit", "maxclust_monocrit"]
MissingCluster = Literal["warn", "raise"]
Minit = Literal[
    "random", "gaussian", "points", "partition", "maximin", "++", "greedy ++", "||", "matrix",
]
# The metrics, and their short names.
MetricName = Literal[
    "braycurtis", "canberra", "chebyshev", "cityblock", "correlation", "cosine", "dice",
    "euclidean", "hamming", "jaccard", "jensenshannon", "mahalanobis", "minkowski",
    "rogerstanimoto", "russellrao", "seuclidean", "sokalsneath", "sqeuclidean", "yule",
    "chebychev", "cheby", "cheb", "ch", "cblock", "cb", "c", "co", "cos", "euclid", "eu", "e",
    "matching", "hamm", "ha", "h", "jacc", "ja", "j", "js", "mahal", "mah", "mi", "m", "pnorm",
    "se", "s", "sqe", "sqeuclid",
]
