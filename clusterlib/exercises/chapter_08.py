"""Exercises of chapter 8, Distances.

Question: can you measure by hand, and find a pair without a table?
Chapter: 8, Distances.
Symbols: u, v two vectors, i < j a pair, n number of observations.
"""

import numpy as np

from clusterlib.distance import pdist
from clusterlib.exercises.checking import Function, Value


def pair_at(place, n):
    """Return the pair that stands at a place of the condensed vector."""
    i = 0
    while place >= n - 1 - i:
        place -= n - 1 - i
        i += 1
    return i, i + 1 + place


def as_in_a_square(place, n):
    """Divide as if every row were full."""
    return divmod(place, n)


def from_the_row_start(place, n):
    """Forget that a row starts behind the diagonal."""
    i, j = pair_at(place, n)
    return i, j - i - 1


def turned(place, n):
    """Return the pair with the larger index first."""
    i, j = pair_at(place, n)
    return j, i


def half_squares(prepare):
    """Return a function that prepares a table and gives half its squared distances."""

    def judged(X):
        prepared = prepare(X)
        if np.shape(prepared) != np.shape(X):
            return prepared
        return pdist(prepared, "sqeuclidean") / 2

    return judged


class Prepared(Function):
    """A function whose table counts only by the distances of its rows."""

    def judge(self, answer):
        """Return whether the distances are right: a turned table is as good."""
        return super().judge(half_squares(answer) if callable(answer) else answer)


@half_squares
def unit_rows(X):
    """Scale each row to length one."""
    return X / np.linalg.norm(X, axis=1, keepdims=True)


@half_squares
def unit_columns(X):
    """Scale the columns instead."""
    return X / np.linalg.norm(X, axis=0)


@half_squares
def shares(X):
    """Divide each row by its sum of sizes."""
    return X / np.abs(X).sum(axis=1, keepdims=True)


@half_squares
def squared_lengths(X):
    """Divide by the squared length."""
    return X / (X**2).sum(axis=1, keepdims=True)


@half_squares
def centred(X):
    """Subtract the mean of each row first."""
    X = X - X.mean(axis=1, keepdims=True)
    return X / np.linalg.norm(X, axis=1, keepdims=True)


@half_squares
def unscaled(X):
    """Leave the rows as they are."""
    return X


def tables():
    """Return two tables without a row of zeros."""
    rng = np.random.default_rng(8)
    return [(rng.normal(size=(5, 3)).round(2),), (rng.uniform(1, 9, size=(4, 6)).round(1),)]


def ways(points):
    """Return the three distances of three points of the plane, Minkowski with p = .5, sorted."""
    u, v, w = np.asarray(points, float)
    return sorted(float(np.sqrt(np.abs(a - b)).sum() ** 2) for a, b in ((u, v), (v, w), (u, w)))


def detour(points):
    """Judge three points by what breaks, or does not: a kind of triangle."""
    if np.shape(points) != (3, 2):
        return "shape"
    short, middle, long = ways(points)
    if short == 0:
        return "twice"
    return "broken" if long > short + middle + 1e-9 else "kept"


class Detour(Value):
    """Points of the reader's own choice, judged by their distances."""

    def judge(self, answer):
        """Return whether the direct way is longer than the detour, and the words for it."""
        if answer is None or answer is ...:
            return super().judge(answer)
        try:
            kind = detour(answer)
        except (TypeError, ValueError):
            kind = "shape"
        if kind == "broken":
            return True, self.praise
        return False, next((h for wrong, h in self.mistakes if detour(wrong) == kind), "")


EXERCISES = {
    "8.1": Value(
        [5, 7, 4],
        [
            ([5, 4, 7], "The last two are exchanged: city block adds, Chebyshev takes the most."),
            ([25, 7, 4], "25 is the squared distance. Take the root."),
            ([5, -1, 4], "City block adds absolute values: 3 and 4."),
            ([7, 5, 4], "The first two are exchanged: Euclid is the straight line."),
        ],
        "The differences are 3 and 4: root of the squares, sum, largest.",
        "Straight line 5, taxi 7, king 4.",
        "a list of three numbers",
    ),
    "8.2": Function(
        pair_at,
        lambda: [(0, 6), (7, 6), (14, 6), (33, 12), (65, 12)],
        [
            (as_in_a_square, "Rows have different lengths: row i holds n - 1 - i entries."),
            (from_the_row_start, "Row i starts at column i + 1, so add i + 1 to the rest."),
            (turned, "Return the smaller index first."),
        ],
        "Take away whole rows of n - 1, n - 2, ... entries while you can.",
        "The inverse of the picture.",
    ),
    "8.3": Value(
        False,
        [
            (True, "Cosine looks at direction only, and moving outward keeps it. Watch the list."),
            ("no", "Answer with True or False, without quotes."),
            (0, "Answer with True or False."),
        ],
        "Answer with True or False.",
        "The direction stays, so every cosine distance stays.",
        "True or False",
    ),
    "8.4": Prepared(
        unit_rows,
        tables,
        [
            (unit_columns, "You scaled the columns. Cosine compares rows: scale each row."),
            (
                shares,
                "Each row now adds up to 1. The root of its squares must be 1.",
            ),
            (squared_lengths, "Divide by the length, not by its square."),
            (centred, "Subtracting the mean first gives the correlation distance."),
            (unscaled, "The rows are as long as before. Cosine ignores length."),
        ],
        "For two vectors of length one the squared Euclidean distance is 2 - 2 cos.",
        "On the unit sphere half the squared Euclidean distance is the cosine distance.",
    ),
    "8.5": Detour(
        ((0, 0), (1, 0), (1, 1)),
        [
            (((0, 0), (1, 0), (2, 0)), "The direct way is not longer here. Turn a corner."),
            (((0, 0), (0, 0), (1, 1)), "Two of your points are the same, so there is no detour."),
            ((0, 1, 2), "Give three points of the plane: three pairs of numbers."),
        ],
        "Compare the longest of the three distances with the sum of the other two.",
        "The direct way is longer than the detour: with p below 1 this is no metric.",
        "three points of two numbers each",
    ),
}
