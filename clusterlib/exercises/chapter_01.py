"""Exercises of chapter 1, One number, few levels.

Question: can you find the levels, and count the bits?
Chapter: 1, One number, few levels.
Symbols: x numbers, p probabilities.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Score, Value, error_of_words


def entropy_bits(counts):
    """Return the entropy of the indices in bits."""
    p = np.asarray(counts, dtype=float)
    p = p[p > 0] / p.sum()
    return -(p * np.log2(p)).sum()


def in_nats(counts):
    """Use the natural logarithm."""
    return entropy_bits(counts) * np.log(2)


def fixed_length(counts):
    """Count the bits of a code of one length."""
    return np.log2(len(counts))


def negative(counts):
    """Forget the sign."""
    return -entropy_bits(counts)


def unscaled(counts):
    """Forget to turn counts into shares."""
    c = np.asarray(counts, dtype=float)
    c = c[c > 0]
    return -(c * np.log2(c)).sum()


def quantize(x, levels):
    """Return the nearest level of each number."""
    x, levels = np.asarray(x, dtype=float), np.asarray(levels, dtype=float)
    return levels[np.abs(x[:, None] - levels).argmin(axis=1)]


def indices(x, levels):
    """Return which level, not its value."""
    return np.abs(np.asarray(x)[:, None] - np.asarray(levels)).argmin(axis=1)


def level_below(x, levels):
    """Take levels for thresholds."""
    place = np.clip(np.searchsorted(levels, x, side="right") - 1, 0, len(levels) - 1)
    return np.asarray(levels, dtype=float)[place]


def equal_cells(x, levels):
    """Put the thresholds at equal steps between the outer levels."""
    edges = np.linspace(levels[0], levels[-1], len(levels) + 1)[1:-1]
    return np.asarray(levels, dtype=float)[np.searchsorted(edges, x)]


def error_of_petal_widths(levels):
    """Return the squared error of the petal widths, each replaced by the nearest of four levels."""
    widths = datasets.iris().X[:, 3]
    return error_of_words(widths, levels, (4,), "sum of squares")


EXERCISES = {
    "1.1": Value(
        [1, 6.5],
        [
            ([0.5, 5], "The threshold is midway, at 2, and the number 2 goes to the left."),
            ([0, 4], "Those are the old levels. Move each to the mean of its cell."),
            ([2, 6.5], "Average the numbers of the lower cell: 0, 1 and 2."),
            ([1, 5], "Above the threshold lie 6 and 7 only."),
        ],
        "The threshold is the midpoint of 0 and 4. Average the numbers on each side.",
        "Threshold 2; 0, 1, 2 average to 1, and 6, 7 to 6.5.",
        "a list of two numbers",
    ),
    "1.2": Function(
        entropy_bits,
        lambda: [([1, 1, 1, 1],), ([8, 4, 2, 2],), ([5, 0, 3],), ([1, 7, 7, 1],)],
        [
            (in_nats, "Your logarithm is the natural one. Bits need log2."),
            (fixed_length, "That is a code of one length. Weigh each index by its share."),
            (negative, "Logarithms of shares are negative: turn the sign."),
            (unscaled, "Divide the counts by their sum first."),
        ],
        "Turn counts into shares p, drop zeros, and add -p log2 p.",
        "The mean length of the best code.",
    ),
    "1.3": Value(
        2.0,
        [
            (4.0, "Four is the number of levels. How many bits name one of them?"),
            (1.911099, "That is the Gaussian's. Switch the density to uniform."),
            (1.728258, "That is the Laplace law's. Switch the density to uniform."),
        ],
        "Uniform density, four levels, run to the end, read H.",
        "Equal levels, equally likely: exactly two bits.",
    ),
    "1.4": Function(
        quantize,
        lambda: [
            (np.array([-2.0, 0.1, 0.9, 2.6, 9.0]), np.array([0.0, 1.0, 4.0])),
            (np.array([0.4, 1.7, 2.2, 5.0]), np.array([0.0, 2.0, 2.5, 6.0])),
        ],
        [
            (indices, "You return which level. Return its value: levels[...]."),
            (level_below, "The levels are no thresholds; the nearest may lie above."),
            (equal_cells, "Thresholds lie midway between levels, not at equal steps."),
        ],
        "Measure each number against each level and take the nearest.",
        "The nearest level, for each number.",
    ),
    "1.6": Score(
        error_of_petal_widths,
        2.77,
        [0.246, 1.3, 1.824, 2.274],
        "Try other starts, or let the dynamic programme `scalar.optimal_levels` find the levels.",
        "The least squared error of four levels is 2.762.",
        "a list of four numbers",
    ),
}
