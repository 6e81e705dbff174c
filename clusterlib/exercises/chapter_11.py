"""Exercises of chapter 11, Cutting the tree.

Question: can you say how many clusters a cut leaves, and why?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, t threshold.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.merging import linkage
from clusterlib.validity import silhouette


def count_at(Z, t):
    """Return the number of clusters of a cut."""
    return len(Z) + 1 - int((Z[:, 2] <= t).sum())


def open_at_t(Z, t):
    """Leave out a merge at exactly t."""
    return len(Z) + 1 - int((Z[:, 2] < t).sum())


def merges_above(Z, t):
    """Count the merges above instead of the clusters."""
    return int((Z[:, 2] > t).sum())


def merges_below(Z, t):
    """Count the merges done."""
    return int((Z[:, 2] <= t).sum())


def cut_cases():
    """Return trees with ties and thresholds on and between their heights."""
    Z = linkage(datasets.twelve_points().X, "ward")
    return [(Z, 0.5), (Z, 1.0), (Z, 3.0), (Z, 9.0), (linkage(datasets.six_points().X), 2.0)]


def inconsistency(heights):
    """Return the coefficient of the first height."""
    heights = np.asarray(heights, dtype=float)
    if len(heights) < 2 or np.ptp(heights) == 0:
        return 0.0
    return (heights[0] - heights.mean()) / heights.std(ddof=1)


def population(heights):
    """Divide by n instead of n - 1."""
    heights = np.asarray(heights, dtype=float)
    if len(heights) < 2 or np.ptp(heights) == 0:
        return 0.0
    return (heights[0] - heights.mean()) / heights.std()


def of_the_largest(heights):
    """Take the largest height for the first."""
    return inconsistency(sorted(heights, reverse=True))


def undivided(heights):
    """Forget the deviation."""
    return heights[0] - np.mean(heights)


def unguarded(heights):
    """Divide by a deviation of zero."""
    heights = np.asarray(heights, dtype=float)
    with np.errstate(all="ignore"):
        deviation = heights.std(ddof=1) if len(heights) > 1 else 0.0
        return float(np.float64(heights[0] - heights.mean()) / deviation)


def choice(by):
    """Return the k from 2 to 6 that a witness prefers on the iris Ward tree."""
    X = datasets.iris().X
    Z = linkage(X, "ward")
    if by == "silhouette":
        score = {k: silhouette(X, fcluster(Z, k, "maxclust")) for k in range(2, 7)}
    else:
        score = {k: Z[1 - k, 2] - Z[-k, 2] for k in range(2, 7)}
    return max(score, key=score.get)


EXERCISES = {
    "11.1": Value(
        [3, 3],
        [
            ([5, 3], "At t = 2 the merges at exactly 2 are inside the cut, both of them."),
            ([2, 2], "Five merges mean six points. Subtract the merges done from six."),
            ([3, 2], "Between 2 and 5 there is no merge: nothing changes from t = 2 to t = 4."),
            ([4, 3], "Two merges tie at 2. Both are done at t = 2."),
        ],
        "Count the points, then take away one for each merge at or below t.",
        "Six points, three merges done, and no merge between 2 and 4.",
        "a list of two numbers",
    ),
    "11.2": Function(
        count_at,
        cut_cases,
        [
            (open_at_t, "A merge at exactly t is inside: use <=."),
            (merges_above, "You are one short: above the last merge one cluster is left."),
            (merges_below, "That counts the merges done. Each one takes away a cluster from n."),
        ],
        "Start with len(Z) + 1 clusters; each merge at or below t removes one.",
        "n minus the merges done.",
    ),
    "11.3": Value(
        lambda: [choice("silhouette"), choice("gap")],
        [
            ([3, 2], "Read the silhouette again, for every k from 2 to 6."),
            ([3, 3], "Three is what botany says. Read the two numbers on the screen."),
            ([2, 3], "The longest bar of the gaps stands between the last two merges."),
        ],
        "Step k from 2 to 6 and write down silhouette and gap for each.",
        "Both say two; the species are three. Distances do not know botany.",
        "a list of two numbers",
    ),
    "11.4": Function(
        inconsistency,
        lambda: [
            ([3.0, 1.0],),
            ([8.165, 5.7735, 5.7735],),
            ([1.0, 2.0, 6.0],),
            ([2.0, 2.0],),
            ([4.0],),
        ],
        [
            (population, "Divide by n - 1 in the deviation: ddof=1."),
            (of_the_largest, "The coefficient belongs to the first height, also if it is lower."),
            (undivided, "Divide by the standard deviation: the coefficient has no unit."),
            (unguarded, "Equal heights, or one alone, have no deviation: return 0 there."),
        ],
        "First height minus the mean, divided by the deviation with ddof=1.",
        "How far the merge stands above its own kind.",
    ),
}
