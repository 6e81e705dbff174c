"""Exercises of chapter 10, Dendrograms.

Question: can you read a tree, turn it and walk it?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.distance.condensed import squareform
from clusterlib.distance.pairwise import pdist
from clusterlib.exercises.checking import Function, Value
from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list


def swap(Z, row):
    """Return a copy with the arms of one merge exchanged."""
    turned = Z.copy()
    turned[row, :2] = Z[row, 1], Z[row, 0]
    return turned


def unchanged(Z, row):
    """Exchange through a view, so that both become the same or nothing happens."""
    return Z.copy()


def swap_all(Z, row):
    """Exchange the arms of every merge."""
    turned = Z.copy()
    turned[:, :2] = Z[:, 1::-1]
    return turned


def twice_the_same(Z, row):
    """Overwrite one arm before it was saved."""
    turned = Z.copy()
    turned[row, 0] = turned[row, 1]
    return turned


def swap_row_and_height(Z, row):
    """Reverse the whole row."""
    turned = Z.copy()
    turned[row] = Z[row, ::-1]
    return turned


def depth(Z):
    """Return the largest number of merges above a leaf."""
    below = [0] * (len(Z) + 1)
    for left, right in Z[:, :2].astype(int):
        below.append(1 + max(below[left], below[right]))
    return below[-1]


def merges(Z):
    """Count the merges."""
    return len(Z)


def shallowest(Z):
    """Follow the nearest leaf."""
    below = [0] * (len(Z) + 1)
    for left, right in Z[:, :2].astype(int):
        below.append(1 + min(below[left], below[right]))
    return below[-1]


def one_less(Z):
    """Count the nodes between root and leaf."""
    return depth(Z) - 1


def chain(n):
    """Return the tree in which one leaf joins at a time."""
    rows = np.arange(1, n)
    left = np.concatenate([[0], np.arange(n, 2 * n - 2)])
    return np.column_stack([left, rows, rows, rows + 1]).astype(float)


def trees():
    """Return trees of several shapes, one of them a long chain."""
    X = np.random.default_rng(10).normal(size=(9, 2))
    return [linkage(X, "average"), linkage(X, "single"), chain(10_000)]


def path(method, ordered):
    """Return the sum of the distances between neighbouring leaves of a tree of the wines."""
    y = pdist(datasets.standardize(datasets.wine().X))
    Z = linkage(y, method)
    leaves = leaves_list(optimal_leaf_ordering(Z, y) if ordered else Z)
    return squareform(y)[leaves[:-1], leaves[1:]].sum()


EXERCISES = {
    "10.1": Value(
        [1, 6, 2],
        [
            ([1, 1, 2], "0 and 2 meet for the first time at the root, not in the first merge."),
            ([1, 2, 6], "The last two are exchanged: 0 and 2 meet at the root."),
            ([1, 3, 2], "Heights are not added on the way up. Read the bar where the two meet."),
            ([0, 2, 1], "You counted merges. The cophenetic distance is a height."),
        ],
        "For each pair find the first merge that contains both, and read its height.",
        "Each pair meets once, and the height is what the tree says about it.",
        "a list of three numbers",
    ),
    "10.2": Function(
        swap,
        lambda: [(Z, row) for Z in trees()[:2] for row in (0, 3, 7)],
        [
            (unchanged, "Nothing changed. Assign both columns in one statement."),
            (swap_all, "You turned every merge. Only the given row is to change."),
            (twice_the_same, "One arm was overwritten before you saved it."),
            (swap_row_and_height, "Height and size stay; exchange the first two columns only."),
        ],
        "Copy Z, then exchange columns 0 and 1 of that row.",
        "Same tree, other drawing.",
    ),
    "10.3": Value(
        lambda: path("ward", True),
        [
            (lambda: path("ward", False), "That is the path before the leaves are ordered."),
            (lambda: path("average", True), "That is the tree of average linkage. Take Ward's."),
            (lambda: path("single", True), "That is the tree of single linkage. Take Ward's."),
        ],
        "`optimal_leaf_ordering` takes the tree and the condensed distances.",
        "The shortest path that this tree allows.",
        digits=2,
    ),
    "10.4": Function(
        depth,
        lambda: [(Z,) for Z in trees()],
        [
            (merges, "That is the number of merges. Follow one way down, the longest."),
            (shallowest, "You follow the shorter arm. Take the larger of the two depths."),
            (one_less, "You are one short: count the merge at the root too."),
        ],
        "A merge is one deeper than the deeper of its two arms. Go through the rows in order.",
        "One pass over the rows, and no function calls itself.",
    ),
}
