"""Exercises of chapter 0, Start here.

Question: do you read the two tables, X and Z, for what they are?
Chapter: 0, Start here.
Symbols: X observations, Z linkage matrix.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Score, Value, error_of_words
from clusterlib.hierarchy.merging import linkage


def same_points(Z, X):
    """Return whether the tree has a leaf for each observation."""
    return len(Z) + 1 == len(X)


def as_many_rows(Z, X):
    """Compare merges with observations."""
    return len(Z) == len(X)


def by_elements(Z, X):
    """Compare the numbers of all entries."""
    return Z.size == X.size


def one_too_many(Z, X):
    """Add one on the wrong side."""
    return len(Z) == len(X) + 1


def tables():
    """Return pairs of a tree and observations, matching and not."""
    X = datasets.twelve_points().X
    Z = linkage(X, "ward")
    return [(Z, X), (linkage(X[:11], "complete"), X), (Z, X[:11]), (Z[:10], X[:9])]


def sse_of_six(words):
    """Return the SSE of six code words for the twelve points."""
    return error_of_words(datasets.twelve_points().X, words, (6, 2), "sum of squares")


EXERCISES = {
    "0.1": Value(
        [149, 596],
        [
            ([150, 600], "The last merge leaves one group. From 150 to 1 there are fewer steps."),
            ([149, 447], "Each row holds four numbers: left, right, height and size."),
            ([11175, 44700], "11175 is the number of pairs. A merge is not a pair of flowers."),
            ([149, 4], "149 merges is right; the matrix has 149 rows of 4 numbers."),
        ],
        "Each merge leaves one group less. How many until one is left? A row holds four numbers.",
        "n - 1 merges, four numbers each.",
        "a list of two numbers",
    ),
    "0.2": Function(
        same_points,
        tables,
        [
            (as_many_rows, "A tree of n points has n - 1 rows. Add one."),
            (one_too_many, "The one goes to the other side: merges plus one is points."),
            (by_elements, "Compare rows, not entries: X may have any number of columns."),
        ],
        "A linkage matrix has one row less than there are observations.",
        "Put it after every tree you build.",
    ),
    "0.3": Value(
        lambda: np.sqrt(5 / 3),
        [
            (1.0, "At height 1 there are eight clusters. Go on to the next merges."),
            (lambda: 10 / np.sqrt(3), "That is where four become two. Look for the lower end."),
            (1.3, "1.3 is inside the band, but four clusters begin a little lower."),
        ],
        "In the table of merges, four groups are left after the eighth merge. Read its height.",
        "The corners close at 1.291, and a merge at exactly t counts.",
        digits=3,
    ),
    "0.4": Score(
        sse_of_six,
        3.7,
        [[0.5, 0], [0, 1], [0.5, 4], [0, 3], [3.7, 0.3], [3.7, 3.7]],
        "Two corners have room for a second code word. Start `k_means` with two rows from each.",
        "Two corners have two code words now.",
        "six rows of two numbers",
    ),
}
