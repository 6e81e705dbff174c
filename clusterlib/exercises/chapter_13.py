"""Exercises of chapter 13, From clusterlib to SciPy and scikit-learn.

Question: can you carry a result from one library to another?
Chapter: 13, From clusterlib to SciPy and scikit-learn.
Symbols: Z linkage matrix, labels.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
from clusterlib.merging import linkage


def to_linkage(children, distances):
    """Return the linkage matrix of scikit-learn's two arrays."""
    size, Z = [1] * (len(children) + 1), []
    for (left, right), height in zip(children, distances, strict=True):
        size.append(size[left] + size[right])
        Z.append((min(left, right), max(left, right), height, size[-1]))
    return np.array(Z, dtype=float)


def sizes_of_two(children, distances):
    """Say that every merge has two leaves."""
    Z = to_linkage(children, distances)
    Z[:, 3] = 2
    return Z


def three_columns(children, distances):
    """Forget the sizes."""
    return to_linkage(children, distances)[:, :3]


def sizes_from_two(children, distances):
    """Count up, as in a chain."""
    Z = to_linkage(children, distances)
    Z[:, 3] = np.arange(2, len(Z) + 2)
    return Z


def two_arrays():
    """Return children and distances as scikit-learn stores them."""
    cases = []
    for X in (datasets.twelve_points().X, datasets.six_points().X):
        Z = linkage(X, "average")
        cases.append((Z[:, :2].astype(int).tolist(), Z[:, 2].tolist()))
    return cases


def relabel(labels):
    """Return labels in the order of first appearance."""
    names = {}
    return np.array([names.setdefault(label, len(names)) for label in np.asarray(labels).tolist()])


def by_size_of_name(labels):
    """Rank the names."""
    return np.unique(labels, return_inverse=True)[1].ravel()


def minus_the_first(labels):
    """Subtract the smallest name."""
    return np.asarray(labels) - np.min(labels)


def from_one(labels):
    """Count from one."""
    return relabel(labels) + 1


EXERCISES = {
    "13.1": Value(
        "++",
        [
            ("k-means++", "The right idea under scikit-learn's name. SciPy's word is shorter."),
            ("points", "`points` draws observations evenly; k-means++ weighs by squared distance."),
            ("random", "`random` draws from one Gaussian fitted to all data."),
            ("matrix", "`matrix` takes a code book that you bring."),
        ],
        "Look at the map: which `minit` draws by squared distance?",
        "Plain k-means++; scikit-learn's own default is the greedy variant.",
        "a string",
    ),
    "13.2": Function(
        to_linkage,
        two_arrays,
        [
            (sizes_of_two, "Merges of merges have more than two leaves. Add sizes."),
            (three_columns, "The fourth column is missing: the number of leaves below."),
            (sizes_from_two, "Sizes grow by one only in a chain. Add the sizes of the two parts."),
        ],
        "Keep a list of sizes: ones for the leaves, then the sum of the parts for each merge.",
        "Now fcluster, cophenet and dendrogram take it.",
    ),
    "13.4": Function(
        relabel,
        lambda: [([2, 2, 0, 1],), ([5, 3, 5, 9, 3],), ([1, 1, 2, 3],)],
        [
            (by_size_of_name, "You rank the names. The first label to appear becomes 0."),
            (minus_the_first, "Subtracting keeps gaps and order. Name them as they appear."),
            (from_one, "Count from 0."),
        ],
        "Go through the labels; a new name gets the next free number.",
        "One partition, one list of labels.",
    ),
}
