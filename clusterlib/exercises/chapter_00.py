"""Exercises of chapter 0, Start here.

Question: do you read the two tables, X and Z, for what they are?
Chapter: 0, Start here.
Symbols: X observations, C codebook, labels, Z linkage matrix.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
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


def sum_of_squares(X, C, labels):
    """Return the sum of squared distances to the code words."""
    return ((X - C[labels]) ** 2).sum()


def of_distances(X, C, labels):
    """Forget the square."""
    return np.sqrt(((X - C[labels]) ** 2).sum(axis=1)).sum()


def mean_of_squares(X, C, labels):
    """Divide by the number of observations."""
    return sum_of_squares(X, C, labels) / len(X)


def to_the_mean(X, C, labels):
    """Measure from the mean of all."""
    return ((X - X.mean(axis=0)) ** 2).sum()


def coded_data():
    """Return observations with a codebook and labels."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 9)
    return [(rng.normal(size=(9, d)), rng.normal(size=(3, d)), labels) for d in (1, 3)]


EXERCISES = {
    "0.1": Value(
        [11, 44],
        [
            ([12, 48], "The last merge leaves one group. From 12 to 1 there are fewer steps."),
            ([11, 33], "Each row holds four numbers: left, right, height and size."),
            ([66, 264], "66 is the number of pairs. A merge is not a pair of points."),
            ([11, 4], "11 merges is right; the matrix has 11 rows of 4 numbers."),
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
    "0.4": Function(
        sum_of_squares,
        coded_data,
        [
            (of_distances, "You add distances. Square them first; no root is needed."),
            (mean_of_squares, "That is the mean. The sum is asked for."),
            (to_the_mean, "Measure each row from its own code word: C[labels]."),
        ],
        "C[labels] has one code word for each row of X. Subtract, square, add.",
        "This number is what k-means makes small.",
    ),
}
