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


def decomposition(X, labels):
    """Return total, within and between."""
    total = ((X - X.mean(axis=0)) ** 2).sum()
    return total, within(X, labels), total - within(X, labels)


def total_about_zero(X, labels):
    """Forget to subtract the mean of all."""
    total = (X**2).sum()
    return total, within(X, labels), total - within(X, labels)


def between_without_sizes(X, labels):
    """Forget that every member carries its cluster's mean."""
    total, inside, _ = decomposition(X, labels)
    centre = X.mean(axis=0)
    gaps = [((X[labels == j].mean(axis=0) - centre) ** 2).sum() for j in np.unique(labels)]
    return total, inside, sum(gaps)


def within_unsquared(X, labels):
    """Sum distances instead of squared distances."""
    total = ((X - X.mean(axis=0)) ** 2).sum()
    inside = sum(
        np.sqrt(((X[labels == j] - X[labels == j].mean(axis=0)) ** 2).sum(axis=1)).sum()
        for j in np.unique(labels)
    )
    return total, inside, total - inside


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
        decomposition,
        lambda: [case[:2] for case in labelled_cases()],
        [
            (total_about_zero, "Your total is about the origin. Subtract the mean of all first."),
            (between_without_sizes, "Between: count each cluster's squared gap once a member."),
            (within_unsquared, "Within adds squared distances, not distances."),
        ],
        "The three numbers are total, within and between, and total = within + between.",
        "The books balance.",
    ),
}
