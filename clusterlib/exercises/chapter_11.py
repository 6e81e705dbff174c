"""Exercises of chapter 11, Cutting the tree.

Question: can you say how many clusters a cut leaves, and why?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, t threshold.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
from clusterlib.hierarchy.merging import linkage
from clusterlib.validity import compare_with_null


def count_at(Z, t):
    """Return the number of clusters of a cut: a branch is whole if no merge in it is above t."""
    n = len(Z) + 1
    highest = [0.0] * n
    for left, right, height, _ in Z:
        highest.append(max(height, highest[int(left)], highest[int(right)]))
    return n - sum(height <= t for height in highest[n:])


def rows_at_most_t(Z, t):
    """Count the rows, also those whose parts are not yet together."""
    return len(Z) + 1 - int((Z[:, 2] <= t).sum())


def open_at_t(Z, t):
    """Leave out a merge at exactly t."""
    return count_at(Z, np.nextafter(t, -1))


def merges_above(Z, t):
    """Count the merges above instead of the clusters."""
    return count_at(Z, t) - 1


def merges_below(Z, t):
    """Count the merges done."""
    return len(Z) + 1 - count_at(Z, t)


def cut_cases():
    """Return trees with ties and inversions, and thresholds on and between their heights."""
    Z = linkage(datasets.twelve_points().X, "ward")
    even = linkage([[0.0, 0.0], [1.0, 0.0], [0.5, 0.866]], "centroid")
    cases = [(Z, 0.5), (Z, 1.0), (Z, 3.0), (Z, 9.0), (linkage(datasets.six_points().X), 2.0)]
    return [*cases, (even, 0.9), (even, 1.0)]


def last_coefficient(Z, ddof=1):
    """Return the inconsistency coefficient of the last merge, at depth 2."""
    n = len(Z) + 1
    parts = [int(part) for part in Z[-1, :2] if part >= n]
    return coefficient([Z[-1, 2], *(Z[part - n, 2] for part in parts)], ddof)


def coefficient(heights, ddof=1):
    """Return how many deviations the first height stands above the mean of all."""
    heights = np.asarray(heights, dtype=float)
    if np.ptp(heights) == 0:
        return 0.0
    return float((heights[0] - heights.mean()) / heights.std(ddof=ddof))


def of_three_rows(Z):
    """Take the last three rows, whatever the last merge joins."""
    return coefficient(Z[:-4:-1, 2])


def population(Z):
    """Divide by n instead of n - 1."""
    return last_coefficient(Z, ddof=0)


def leaves_as_heights(Z):
    """Count a leaf as a merge at height zero."""
    n = len(Z) + 1
    parts = [0.0 if part < n else Z[int(part) - n, 2] for part in Z[-1, :2]]
    return coefficient([Z[-1, 2], *parts])


def last_merges():
    """Return trees whose last merge joins two branches, a branch and a leaf, or two leaves."""
    line = np.array([[0.0], [1.0], [3.0], [7.0], [15.0]])
    uneven = np.array([[0.0], [0.1], [0.3], [5.0], [5.5], [7.0], [30.0], [32.0]])
    return [
        (linkage(datasets.twelve_points().X, "ward"),),
        (linkage(uneven, "average"),),
        (linkage(line),),
        (linkage(line[:2]),),
        (linkage([[0.0], [1.0], [2.0], [3.0]]),),
    ]


def gaps(X):
    """Return the gap below k = 2 to 6 clusters of Ward's tree."""
    Z = linkage(X, "ward")
    return [Z[1 - k, 2] - Z[-k, 2] for k in range(2, 7)]


def penguins():
    """Return the k of the longest gap, and how many of 99 draws have as long a gap there."""
    X = datasets.standardize(datasets.penguins().X)
    null = compare_with_null(gaps, X, "principal box", draws=99, rng=0)
    place = int(np.argmax(null.real))
    return [place + 2, int((null.null[:, place] >= null.real[place]).sum())]


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
            (
                rows_at_most_t,
                "Think of a centroid tree: a merge at or below t may join parts that are above t.",
            ),
            (open_at_t, "A merge at exactly t is inside: use <=."),
            (merges_above, "You are one short: above the last merge one cluster is left."),
            (merges_below, "That counts the merges done. Each one takes away a cluster from n."),
        ],
        "For each merge take the largest height in its branch; each one at or below t joins.",
        "n minus the branches that are whole at t.",
    ),
    "11.3": Value(
        penguins,
        [
            ([3, 7], "Read the five gaps again: which k has the longest?"),
            ([2, 0], "Take the box along the principal axes; shuffled columns are another null."),
            ([2, 8], "Eight in a hundred is p, which counts the penguins too. Count the draws."),
            ([2, 92], "Count the draws whose gap is at least as long."),
            ([7, 2], "You exchanged the two: first k, then the count."),
        ],
        "The statistic returns five gaps; `real` and `null` of the result hold them.",
        "Seven of 99 gaps in noise are as long, so the longest gap alone does not defend two.",
        "a list of two numbers",
    ),
    "11.4": Function(
        last_coefficient,
        last_merges,
        [
            (of_three_rows, "The two rows before the last need not be its parts. Read Z[-1, :2]."),
            (population, "Divide by n - 1 in the deviation: ddof=1."),
            (leaves_as_heights, "A part that is a leaf has no height and does not enter."),
        ],
        "Columns 0 and 1 of the last row name its parts; part p >= n is row p - n.",
        "The merges directly below count, wherever their rows stand.",
    ),
}
