"""Judging a clustering: by its points, by another partition, by noise, by truth.

Question: how many clusters are there, and do you believe them?
Chapter: 6, Choosing k.
Symbols: X observations, labels, k clusters.

`indices` look at the points of one partition, `agreement` compares two partitions,
`resampling` draws noise or parts of the data, `detection` scores a detector.
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
from clusterlib.validity.resampling import (
    Gap,
    best_lloyd,
    gap_statistic,
    stability,
)

__all__ = [
    "Gap",
    "adjusted_mutual_information",
    "adjusted_rand_index",
    "auc",
    "best_lloyd",
    "calinski_harabasz",
    "centroid_index",
    "contingency",
    "davies_bouldin",
    "gap_statistic",
    "rand_index",
    "roc_curve",
    "silhouette",
    "silhouette_samples",
    "stability",
    "v_measure",
]
