"""Exercises of chapter 9, Linkage.

Question: can you merge by hand and update by formula?
Chapter: 9, Linkage.
Symbols: D square distances, d(k,i) a distance between clusters, n_i sizes.
"""

import numpy as np

from clusterlib.exercises.checking import Function, Value


def average(dki, dkj, ni, nj):
    """Return the new distance under average linkage."""
    return (ni * dki + nj * dkj) / (ni + nj)


def weighted(dki, dkj, ni, nj):
    """Ignore the sizes."""
    return (dki + dkj) / 2


def crossed(dki, dkj, ni, nj):
    """Give each distance the other cluster's size."""
    return (nj * dki + ni * dkj) / (ni + nj)


def undivided(dki, dkj, ni, nj):
    """Forget to divide by the sum of the sizes."""
    return ni * dki + nj * dkj


def spanning_tree(D):
    """Return the length of the minimum spanning tree, by Prim."""
    outside = np.ones(len(D), bool)
    outside[0] = False
    reach, total = D[0].astype(float), 0.0
    while outside.any():
        nearest = int(np.argmin(np.where(outside, reach, np.inf)))
        total += reach[nearest]
        outside[nearest] = False
        reach = np.minimum(reach, D[nearest])
    return total


def nearest_of_each(D):
    """Add each point's nearest neighbour."""
    return float((D + np.diag(np.full(len(D), np.inf))).min(axis=1).sum())


def walk(D):
    """Always walk on from the point reached last."""
    left, here, total = set(range(1, len(D))), 0, 0.0
    while left:
        there = min(left, key=lambda j: (D[here, j], j))
        total += D[here, there]
        here = there
        left.remove(there)
    return total


def star(D):
    """Join every point to the first."""
    return float(D[0].sum())


def tables():
    """Return square distance matrices without ties."""
    rng = np.random.default_rng(9)
    tables = []
    for n in (5, 8, 12):
        X = rng.normal(size=(n, 2))
        tables.append((np.sqrt(((X[:, None] - X) ** 2).sum(axis=2)),))
    return tables


EXERCISES = {
    "9.1": Value(
        [2, 4, 9],
        [
            ([2, 3, 4], "Those are the gaps between neighbours: single linkage."),
            (
                [2, 4, 7],
                "The last height is not a gap between neighbours. Complete linkage looks at the "
                "farthest members of the two groups.",
            ),
            ([2, 5, 9], "Second merge: is 5 nearer to {0, 2}, by its farthest member, or to 9?"),
            ([2, 4, 6], "6 is between the means. Complete linkage takes the farthest members."),
        ],
        "First the closest pair. Then measure every pair of groups by their farthest members.",
        "0 and 2 at 2; 5 and 9 at 4, since 5 is 5 from the far end of {0, 2}; all at 9.",
        "a list of three numbers",
    ),
    "9.2": Function(
        average,
        lambda: [(3.0, 5.0, 1, 3), (2.0, 8.0, 4, 1), (1.5, 1.0, 2, 5)],
        [
            (weighted, "That is *weighted* linkage: it ignores the sizes. Use ni and nj."),
            (crossed, "The sizes are exchanged: dki goes with ni."),
            (undivided, "Divide by the sum of the sizes; a mean lies between its parts."),
        ],
        "A mean over all pairs: ni pairs' worth of dki and nj pairs' worth of dkj.",
        "The mean over all pairs of members.",
    ),
    "9.3": Value(
        frozenset({"median"}),
        [
            (frozenset({"centroid"}), "Centroid ends 3.33 three times here: level, not lower."),
            (frozenset({"centroid", "median"}), "Both *can* invert. Here only one does."),
            (frozenset(), "Look at the last merges under median: 3.0, 3.5, 3.25."),
            (frozenset({"ward"}), "Ward never inverts. Look at the methods that use centres."),
        ],
        "Step through each method to the end and compare each height with the one before.",
        "Only median: its last heights are 3.0, 3.5 and 3.25.",
        "a list of names",
    ),
    "9.4": Function(
        spanning_tree,
        tables,
        [
            (nearest_of_each, "You add every point's nearest neighbour; pairs may stay apart."),
            (walk, "You walk on from the last point. Look from *every* point inside."),
            (star, "You join everyone to row 0. Each new point joins its nearest inside point."),
        ],
        "Keep for each outside point its distance to the nearest inside point; update it.",
        "The sum of the heights of single linkage.",
    ),
}
