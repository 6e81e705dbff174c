"""Judging a clustering: by its points, by another partition, by noise, by truth.

Question: how many clusters are there, and do you believe them?
Chapter: 6, Choosing k.
Symbols: X observations, labels, k clusters.

`indices` look at the points of one partition, `agreement` compares two partitions,
`null_models` computes any number anew on data without structure, `resampling` asks whether
clusters come back from noise or from parts of the data, `detection` scores a detector.
"""

from clusterlib.validity.agreement import (
    adjusted_mutual_information,
    adjusted_rand_index,
    centroid_index,
    contingency,
    rand_index,
    v_measure,
)
from clusterlib.validity.detection import auc, roc_curve
from clusterlib.validity.indices import (
    calinski_harabasz,
    davies_bouldin,
    silhouette,
    silhouette_samples,
)
from clusterlib.validity.null_models import (
    NULL_MODELS,
    NullComparison,
    compare_with_null,
    principal_box,
    shuffle_columns,
    uniform_box,
)
from clusterlib.validity.resampling import (
    Gap,
    best_lloyd,
    cluster_stability,
    gap_statistic,
    stability,
)

__all__ = [
    "Gap",
    "NULL_MODELS",
    "NullComparison",
    "adjusted_mutual_information",
    "adjusted_rand_index",
    "auc",
    "best_lloyd",
    "calinski_harabasz",
    "centroid_index",
    "cluster_stability",
    "compare_with_null",
    "contingency",
    "davies_bouldin",
    "gap_statistic",
    "principal_box",
    "rand_index",
    "roc_curve",
    "shuffle_columns",
    "silhouette",
    "silhouette_samples",
    "stability",
    "uniform_box",
    "v_measure",
]
