"""Exercises of chapter 6, Choosing k.

Question: can you compute the witnesses yourself?
Chapter: 6, Choosing k.
Symbols: X observations, labels, k.
"""

import numpy as np

from clusterlib.exercises.chapter_04 import labelled_cases, within
from clusterlib.exercises.checking import Function, Value


def pairs_alike(a, b):
    """Return for each pair of points whether a joins it and whether b joins it."""
    a, b = np.asarray(a), np.asarray(b)
    i, j = np.triu_indices(len(a), 1)
    return a[i] == a[j], b[i] == b[j]


def rand(a, b):
    """Return the share of pairs that both labellings treat alike."""
    first, second = pairs_alike(a, b)
    return float((first == second).mean())


def share_together(a, b):
    """Count only the pairs that both labellings join."""
    first, second = pairs_alike(a, b)
    return float((first & second).mean())


def share_of_equal_labels(a, b):
    """Compare the names of the labels."""
    return float((np.asarray(a) == np.asarray(b)).mean())


def jaccard_of_pairs(a, b):
    """Leave out the pairs that both keep apart."""
    first, second = pairs_alike(a, b)
    return float((first & second).sum() / max((first | second).sum(), 1))


def labellings():
    """Return pairs of labellings."""
    return [
        ([0, 0, 1, 1], [1, 1, 0, 0]),
        ([0, 0, 1, 1], [0, 0, 1, 2]),
        ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]),
    ]


def variance_ratio(X, labels):
    """Return the ratio of Calinski and Harabasz."""
    n, k = len(X), len(np.unique(labels))
    inside = within(X, labels)
    between = ((X - X.mean(axis=0)) ** 2).sum() - inside
    return (between / (k - 1)) / (inside / (n - k))


def without_degrees(X, labels):
    """Forget to divide by the degrees of freedom."""
    inside = within(X, labels)
    return (((X - X.mean(axis=0)) ** 2).sum() - inside) / inside


def upside_down(X, labels):
    """Divide within by between."""
    return 1 / variance_ratio(X, labels)


def total_for_between(X, labels):
    """Take the total for the between scatter."""
    n, k = len(X), len(np.unique(labels))
    return (((X - X.mean(axis=0)) ** 2).sum() / (k - 1)) / (within(X, labels) / (n - k))


EXERCISES = {
    "6.1": Value(
        7.5 / 8.5,
        [
            (7.5 / 9.5, "Divide by the larger of a and b, not by their sum."),
            (-7.5 / 8.5, "The sign is turned: b minus a. The point sits well, so s is positive."),
            (8 / 8.5, "Check a: the mean distance to the *others* in the cluster is 1."),
            (7 / 8, "Check b: the mean distance to 9 and to 10, not to the nearest."),
        ],
        "a is the distance to 0; b is the mean of the distances to 9 and 10.",
        "a = 1, b = 8.5, and (8.5 - 1) / 8.5 = 0.882.",
        digits=3,
    ),
    "6.2": Function(
        rand,
        labellings,
        [
            (share_of_equal_labels, "You compare names. Compare pairs: joined in a, joined in b."),
            (share_together, "Pairs that both labellings keep apart count as agreement too."),
            (jaccard_of_pairs, "That is the Jaccard index of pairs; Rand counts joint separation."),
        ],
        "Go through all pairs i < j and count those that a and b treat alike.",
        "Names do not matter, pairs do.",
    ),
    "6.3": Value(
        [4, 1],
        [
            ([4, 4], "The gap statistic can answer 1. Look at its mark again."),
            ([1, 4], "You exchanged the two: first the silhouette, then the gap."),
            ([2, 1], "Compare the heights of the silhouette curve once more; 2 is not its peak."),
        ],
        "Move k through 2 to 8 and read silhouette and gap on the uniform data.",
        "The silhouette finds four clusters in noise; the gap finds one.",
        "a list of two numbers",
    ),
    "6.4": Function(
        variance_ratio,
        lambda: [case[:2] for case in labelled_cases()],
        [
            (without_degrees, "Divide between by k - 1 and within by n - k."),
            (upside_down, "Your fraction stands on its head: between over within."),
            (total_for_between, "Between is the total minus within."),
        ],
        "Between over k - 1, divided by within over n - k.",
        "A ratio of two mean scatters.",
    ),
}
