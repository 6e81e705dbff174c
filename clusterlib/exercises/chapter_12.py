"""Exercises of chapter 12, Case studies.

Question: can you count all bits, and build a baseline?
Chapter: 12, Case studies.
Symbols: X observations, rng random numbers.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.merging import linkage


def largest(method):
    """Return the size of the largest of three clusters of the standardized wines."""
    Z = linkage(datasets.standardize(datasets.wine().X), method)
    return int(np.bincount(fcluster(Z, 3, "maxclust")).max())


def columns_kept(shuffle):
    """Judge a shuffle by facts that hold for any random numbers."""
    X = np.arange(40.0).reshape(20, 2)
    Y = np.asarray(shuffle(X.copy(), np.random.default_rng(0)))
    if Y.shape != X.shape:
        return "shape"
    if not np.array_equal(np.sort(Y, axis=0), X):
        return "mixed"
    if np.array_equal(Y, X):
        return "same"
    return "rows" if np.array_equal(Y[:, 1] - Y[:, 0], np.ones(20)) else "good"


class Shuffle(Function):
    """A function of random numbers is judged by its effect, not by its values."""

    def agrees(self, given, function):
        """Return whether two shuffles have the same effect."""
        return columns_kept(lambda X, rng: given[0]) == columns_kept(function)


EXERCISES = {
    "12.1": Value(
        10_000 * 4 + 16 * 24,
        [
            (10_000 * 4, "The palette has to be sent too: 16 colours of 24 bits."),
            (10_000 * 16, "Sixteen colours need four bits to name one, not sixteen."),
            (10_000 * 4 + 16, "A colour of the palette costs 24 bits, not one."),
            (10_000 * 4 + 16 * 3, "A colour has three numbers of 8 bits each."),
        ],
        "Four bits per pixel, and 24 bits for each colour of the palette.",
        "40,000 bits of indices and 384 of palette.",
    ),
    "12.2": Shuffle(
        lambda X, rng: rng.permuted(X, axis=0),
        lambda: [(np.arange(40.0).reshape(20, 2), np.random.default_rng(0))],
        [
            (lambda X, rng: rng.permutation(X), "Whole rows move together, so nothing is broken."),
            (lambda X, rng: rng.permuted(X), "Numbers change columns. Permute within each column."),
            (lambda X, rng: X.copy(), "Nothing moved. Return the permuted copy."),
        ],
        "Each column keeps its numbers, in a new order of its own.",
        "Same columns, no structure between them.",
    ),
    "12.3": Value(
        lambda: largest("average"),
        [
            (lambda: largest("ward"), "That is Ward's. Switch the method to average."),
            (lambda: largest("complete"), "That is complete linkage. Switch to average."),
            (178, "That is everybody, at k = 1. Step k to 3."),
        ],
        "Choose the wines, average linkage and k = 3, and read the sizes.",
        "Nearly everybody: average linkage splits off single wines.",
    ),
    "12.4": Value(
        frozenset({"metric", "validation"}),
        [
            ({"validation"}, "Average linkage takes any distance. Does the log name one?"),
            ({"metric"}, "A long gap chose k. Does anything show that noise would not do as well?"),
            (
                {"metric", "validation", "caveat"},
                "Read the last sentence again: it says what not to rely on.",
            ),
            ({"metric", "validation", "k"}, "k is there, and so is its reason: the longest gap."),
            (
                {"metric", "validation", "scaling"},
                "Logarithms and standard deviations are a scaling. What was done on that scale?",
            ),
            (
                {"metric", "k"},
                "k is there with its reason, the gap. A reason for k is not yet a baseline.",
            ),
        ],
        "Look for each of the six lines in turn, and for its reason.",
        "No metric is named, and no baseline. The other four lines are there.",
        "a set of the names scaling, metric, method, k, validation, caveat",
    ),
}
