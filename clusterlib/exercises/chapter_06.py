"""Exercises of chapter 6, Choosing k.

Question: can you compute the witnesses yourself?
Chapter: 6, Choosing k.
Symbols: X observations, labels, k.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.chapter_04 import labelled_cases, within
from clusterlib.exercises.checking import Function, Value
from clusterlib.validity import best_lloyd, gap_statistic, silhouette


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


def penguins():
    """Return the k that the silhouette prefers and the k that the gap chooses."""
    X, rng = datasets.standardize(datasets.penguins().X), np.random.default_rng(0)
    score = {k: silhouette(X, best_lloyd(X, k, 20, rng).labels) for k in range(2, 7)}
    gap = gap_statistic(X, 6, references=20, rng=0, model="principal box")
    return [max(score, key=score.get), gap.chosen]


EXERCISES = {
    "6.1": Value(
        (3 - 7) / 7,
        [
            (4 / 7, "The sign is turned: b minus a. The point is nearer to the other cluster."),
            (-0.4, "Divide by the larger of a and b, not by their sum."),
            (-6 / 7, "Check b: the mean distance to 0 and to 4, not to the nearest of them."),
            (-0.5 / 3.5, "Check a: the mean distance to the *others* in the cluster is 7."),
            (0.5 / 4.5, "That is the silhouette of the point 4. Compute the one of 5."),
        ],
        "a is the distance to 12; b is the mean of the distances to 0 and 4.",
        "a = 7, b = 3, and (3 - 7) / 7 = -0.571: the point lies nearer to the other cluster.",
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
        penguins,
        [
            ([5, 2], "You exchanged the two: first the silhouette, then the gap."),
            ([2, 2], "Use the largest k of 6, 20 reference sets, seed 0 and `principal box`."),
            ([2, 4], "The gap has to choose among k up to 6: `gap_statistic(X, 6, ...)`."),
            ([2, 3], "Three is the number of species. Read the two numbers that you computed."),
            ([3, 5], "Read the silhouette again, for each k from 2 to 6."),
        ],
        "Standardize, take the silhouette of `best_run` for k = 2 to 6, then the `chosen` k.",
        "Two by the silhouette, five by the gap, and three species: each answers another question.",
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
