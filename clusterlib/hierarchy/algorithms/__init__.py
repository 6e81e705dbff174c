"""The algorithms that build a tree, one per module.

From distances: `prim` (single linkage), `nn_chain` and `reciprocal_neighbours` (complete,
average, weighted, ward), `closest_pair` (centroid and median, with `heap` for ties).
From points, without a matrix of their distances: `prim` and `boruvka` (single linkage),
`centroids` (ward, centroid, median), `point_sets` (average, complete).
`clusterlib.hierarchy.merging` chooses among them.
"""
