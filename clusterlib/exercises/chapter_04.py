"""Exercises of chapter 4, k-means: Lloyd's two steps.

Question: can you run the two steps, and keep their books?
Chapter: 4, k-means.
Symbols: X observations, labels, C codebook, k.
"""

import numpy as np

from clusterlib.exercises.checking import Function, Value


def means(X, labels, k):
    """Return the codebook of means."""
    return np.array([X[labels == j].mean(axis=0) for j in range(k)])


def sums(X, labels, k):
    """Forget to divide by the number of observations."""
    return np.array([X[labels == j].sum(axis=0) for j in range(k)])


def medians(X, labels, k):
    """Take the middle instead of the mean."""
    return np.array([np.median(X[labels == j], axis=0) for j in range(k)])


def one_number_a_word(X, labels, k):
    """Average over the features as well."""
    return np.array([X[labels == j].mean() for j in range(k)])


def labelled_cases():
    """Return small data with labels, none of them empty."""
    rng = np.random.default_rng(4)
    return [
        (rng.normal(size=(12, d)), np.concatenate([np.arange(k), rng.integers(0, k, 12 - k)]), k)
        for d, k in ((2, 3), (3, 2), (1, 4))
    ]


def within(X, labels):
    """Return the sum of squares about the cluster means."""
    names = np.unique(labels)
    return sum(((X[labels == j] - X[labels == j].mean(axis=0)) ** 2).sum() for j in names)


def share_between(X, labels):
    """Return the share of the sum of squares that lies between the clusters."""
    return 1 - within(X, labels) / ((X - X.mean(axis=0)) ** 2).sum()


def share_without_sizes(X, labels):
    """Count each cluster once, however many members it has."""
    middle = X.mean(axis=0)
    gaps = [((X[labels == j].mean(axis=0) - middle) ** 2).sum() for j in np.unique(labels)]
    return sum(gaps) / ((X - middle) ** 2).sum()


def share_within(X, labels):
    """Return the share of the other part."""
    return 1 - share_between(X, labels)


def share_of_averages(X, labels):
    """Divide the mean of the clusters' gaps by the mean of the observations'."""
    return share_without_sizes(X, labels) * len(X) / len(np.unique(labels))


def between_by_within(X, labels):
    """Divide by the part within."""
    share = share_between(X, labels)
    return share / (1 - share)


EXERCISES = {
    "4.1": Value(
        [0, 5.5],
        [
            ([0.5, 7], "You split at the largest gap. The labels come from the words at 0 and 1."),
            ([0, 5], "Check the mean of 1, 5, 6 and 10: the point 1 belongs to the word at 1."),
            ([0, 7], "The point 1 chooses the word at 1 too, and pulls its mean down."),
            ([0, 1], "These are the old words. Assign first, then move each to its mean."),
        ],
        "Write the distance of each point to 0 and to 1, mark the smaller, average the marked.",
        "0 stays alone, and 1, 5, 6, 10 average to 5.5.",
        "a list of two numbers",
    ),
    "4.2": Function(
        means,
        labelled_cases,
        [
            (sums, "You add the members of each cell but do not divide by how many they are."),
            (medians, "That is the median of each cell. The SSE is lowest at the mean."),
            (one_number_a_word, "Each code word needs one number a feature: average over axis 0."),
        ],
        "Row j should be the mean of the rows of X whose label is j.",
        "Each row is the mean of its cell.",
    ),
    "4.3": Value(
        1.0,
        [
            (16.0, "16 is the trap itself, with both words on the middle line. Drag one away."),
            (2.0, "Each word stands half a unit from its points: square the half."),
            (4.0, "You added distances of 1. The word stands midway between its two points."),
        ],
        "At the best codebook each word stands in the middle of a short side.",
        "Four points, each half a unit from its word: 4 times 0.25.",
    ),
    "4.4": Function(
        share_between,
        lambda: [case[:2] for case in labelled_cases()],
        [
            (share_without_sizes, "A cluster of many members counts once. Count it per member."),
            (share_of_averages, "Clusters of unequal size have unequal weights: count members."),
            (share_within, "That is the share within the clusters; 1 minus it lies between."),
            (between_by_within, "Divide by the total, not by the part within."),
        ],
        "The share between is 1 minus the SSE about the cluster means over the total.",
        "A cluster's mean stands for each of its members.",
    ),
}
