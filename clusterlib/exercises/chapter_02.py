"""Exercises of chapter 2, Codebooks.

Question: can you code vectors, and name what it costs?
Chapter: 2, Codebooks.
Symbols: X observations, C codebook, k code words, d features.
"""

import math

import numpy as np

from clusterlib.exercises.checking import Function, Value


def squares(X, C):
    """Return the squared distances of rows of X to rows of C."""
    return ((X[:, None] - C) ** 2).sum(axis=2)


def nearest_word(X, C):
    """Return the label of the nearest word."""
    return squares(X, C).argmin(axis=1)


def farthest_word(X, C):
    """Take the largest distance."""
    return squares(X, C).argmax(axis=1)


def most_aligned(X, C):
    """Take the largest inner product, which favours long words."""
    return (X @ C.T).argmax(axis=1)


def by_city_block(X, C):
    """Add absolute differences."""
    return np.abs(X[:, None] - C).sum(axis=2).argmin(axis=1)


def last_of_equals(X, C):
    """Decide ties for the last word."""
    return len(C) - 1 - squares(X, C[::-1]).argmin(axis=1)


def distances(X, C):
    """Return the distance instead of the label."""
    return np.sqrt(squares(X, C).min(axis=1))


def nearest_point(X, C):
    """Look for the nearest point of each word."""
    return squares(X, C).argmin(axis=0)


def points_and_words():
    """Return points with codebooks; the last has ties."""
    rng = np.random.default_rng(2)
    drawn = [(rng.normal(size=(15, d)), 2 * rng.normal(size=(k, d))) for d, k in ((2, 5), (4, 3))]
    return [*drawn, (np.array([[1.0], [3.0], [0.2]]), np.array([[0.0], [2.0], [4.0]]))]


def prices(X, C):
    """Return bits per number and mean squared error per number."""
    k, d = C.shape
    return math.log2(k) / d, squares(X, C).min(axis=1).mean() / d


def bits_a_vector(X, C):
    """Forget that a label stands for d numbers."""
    return math.log2(len(C)), prices(X, C)[1]


def error_a_vector(X, C):
    """Forget to divide the error."""
    return prices(X, C)[0], prices(X, C)[1] * X.shape[1]


def nothing_divided(X, C):
    """Forget both divisions."""
    return math.log2(len(C)), prices(X, C)[1] * X.shape[1]


def in_nats(X, C):
    """Use the natural logarithm."""
    return prices(X, C)[0] * math.log(2), prices(X, C)[1]


def root_of_error(X, C):
    """Average distances instead of their squares."""
    return prices(X, C)[0], distances(X, C).mean() / X.shape[1]


def sum_of_errors(X, C):
    """Add instead of averaging."""
    return prices(X, C)[0], squares(X, C).min(axis=1).sum()


EXERCISES = {
    "2.1": Value(
        [1.5, 1, 6, 5],
        [
            ([0, 0, 7, 6], "These are the words of the start. Assign the points, then average."),
            ([2 / 3, 2 / 3, 16 / 3, 4], "Look at (4,2) again: 20 from (0,0), 25 from (7,6)."),
            ([6, 4, 12, 10], "You added the members of each cell. Divide by how many they are."),
            ([2, 4 / 3, 6, 5], "The word at (0,0) has its own point among its members."),
            ([1, 1, 6, 5], "That is the middle value of each coordinate. Take the mean."),
        ],
        "Write both squared distances beside each point, mark the smaller, average the marked.",
        "Four points average to (1.5, 1), two to (6, 5).",
        "a list of four numbers",
    ),
    "2.2": Function(
        nearest_word,
        points_and_words,
        [
            (farthest_word, "You take the largest distance. Use argmin."),
            (most_aligned, "The largest inner product favours long words. Compare distances."),
            (by_city_block, "You add absolute differences. Add their squares."),
            (last_of_equals, "Of equally near words take the first, as argmin does."),
            (distances, "You return distances. Return the number of the word: argmin, not min."),
            (nearest_point, "You look for the point nearest to each word. Reduce over the words."),
        ],
        "One label per row of X: the index of the row of C at the smallest distance.",
        "This rule is all of coding.",
    ),
    "2.3": Function(
        prices,
        lambda: points_and_words()[:2],
        [
            (bits_a_vector, "A label stands for d numbers: divide its bits by d."),
            (error_a_vector, "Your error is that of a vector. Divide it by d."),
            (nothing_divided, "Both prices are for a vector. Divide both by d."),
            (in_nats, "Bits need the logarithm to base 2."),
            (root_of_error, "Average squared distances, not distances."),
            (sum_of_errors, "That is a sum over all numbers. Take the mean."),
        ],
        "Return log2(k) / d, then the mean of (x - its word) ** 2 over all numbers.",
        "With both prices for a number, codes of any block length compare.",
    ),
    "2.4": Value(
        1024,
        [
            (256, "Look at the fresh rows: 0 on the training rows is memory, not skill."),
            (512, "Close, but on fresh rows the scalar quantizer is still ahead."),
            (2048, "It wins, but a smaller n of the list wins already."),
        ],
        "Set n, run the cell, compare the last two numbers; go up until the fresh one is lower.",
        "Four rows for each word, and the codebook begins to pay.",
    ),
}  # fmt: skip
