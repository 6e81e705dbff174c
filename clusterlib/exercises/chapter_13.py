"""Exercises of chapter 13, From clusterlib to SciPy and scikit-learn.

Question: can you carry a result from one library to another?
Chapter: 13, From clusterlib to SciPy and scikit-learn.
Symbols: Z linkage matrix, labels.
"""

from dataclasses import dataclass, field

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Value
from clusterlib.hierarchy.merging import linkage


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


@dataclass
class Machine:
    """A clock, and other work that makes the calls of one moment slower than those of another."""

    load: tuple[float, ...]
    now: float = field(default=0.0, compare=False)
    calls: int = field(default=0, compare=False)


@dataclass
class Task:
    """Work that takes a while on a machine."""

    machine: Machine
    seconds: float

    def __call__(self):
        """Let the time pass."""
        self.machine.now += self.seconds * self.machine.load[self.machine.calls]
        self.machine.calls += 1


@dataclass
class Clock:
    """The clock of a machine, as a function without arguments."""

    machine: Machine

    def __call__(self):
        """Return the seconds."""
        return self.machine.now


def timings(ours, theirs, clock, order):
    """Return the seconds of both functions, called in the order of a list of 0 and 1."""
    seconds = [], []
    for which in order:
        start = clock()
        (ours, theirs)[which]()
        seconds[which].append(clock() - start)
    return np.array(seconds)


def median_ratio(ours, theirs, clock, repeats):
    """Return the median of the ratios of times taken in turn."""
    a, b = timings(ours, theirs, clock, [0, 1] * repeats)
    return float(np.median(a / b))


def one_after_the_other(ours, theirs, clock, repeats):
    """Take all times of one, then all of the other."""
    a, b = timings(ours, theirs, clock, [0] * repeats + [1] * repeats)
    return float(np.median(a / b))


def mean_ratio(ours, theirs, clock, repeats):
    """Average the ratios."""
    a, b = timings(ours, theirs, clock, [0, 1] * repeats)
    return float(np.mean(a / b))


def of_totals(ours, theirs, clock, repeats):
    """Divide the totals."""
    a, b = timings(ours, theirs, clock, [0, 1] * repeats)
    return float(a.sum() / b.sum())


def upside_down(ours, theirs, clock, repeats):
    """Divide the other way round."""
    return 1 / median_ratio(ours, theirs, clock, repeats)


def only_once(ours, theirs, clock, repeats):
    """Trust a single call of each."""
    return median_ratio(ours, theirs, clock, 1)


def two_machines():
    """Return tasks, clocks and repeats, with bursts of other work between."""
    cases = []
    for load in ((4, 1, 3, 3, 9, 1, 2, 2, 1, 1), (2, 2, 5, 1, 1, 1, 1, 1, 8, 4)):
        machine = Machine(load)
        cases.append((Task(machine, 0.3), Task(machine, 0.2), Clock(machine), 5))
    return cases


EXERCISES = {
    "13.1": Value(
        0.02,
        [
            (0.08, "scikit-learn multiplies your `tol` by the mean variance. Divide by it."),
            (0.32, "You multiplied. The product of `tol` and the mean variance is to be 0.08."),
            (0.08 / 12, "Take the mean of the three variances, not their sum."),
            (0.04, "The variances enter as they are, without a square root."),
        ],
        "The mean variance is (1 + 4 + 7) / 3; tol times that is to be 0.08.",
        "4 times 0.02 is 0.08: a tolerance that follows the scale of the data.",
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
    "13.3": Function(
        median_ratio,
        two_machines,
        [
            (
                one_after_the_other,
                "You take all times of one, then of the other. Other work comes in bursts: "
                "call them in turn, so that a burst meets both.",
            ),
            (mean_ratio, "One interrupted call moves the mean. Take the median of the ratios."),
            (of_totals, "In a total the slowest calls count most. Take a ratio for each pair."),
            (upside_down, "You divide theirs by ours. Below one should mean that ours is faster."),
            (only_once, "You call each of them once. Do it `repeats` times, in turn."),
        ],
        "Read the clock before and after each call; ours first, then theirs, `repeats` times.",
        "In turn, and the median: one burst of other work cannot decide.",
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
    "13.5": Value(
        frozenset({3, 4, 6, 7, 9}),
        [
            ({3, 6, 7, 9}, "`fcluster` got a 3 and no criterion. What does it take the 3 for?"),
            ({3, 4, 6, 9}, "How many starts does `n_init=1` try?"),
            ({3, 4, 7, 9}, "Thirteen columns in thirteen units: who decides the distance?"),
            ({4, 6, 7, 9}, "Which distances does Ward's rule need, and which does it get?"),
            ({3, 4, 6, 7}, "What happens to the inertia when k grows, whatever the data?"),
            ({1, 3, 4, 6, 7, 9}, "`pdist` returns the condensed vector, so mistake 1 is not here."),
            ({3, 4, 5, 6, 7, 9}, "Nothing is drawn, so no colour is read as a cut."),
        ],
        "Go line by line: units, metric and method, criterion, starts, and what is compared.",
        "Five mistakes in six lines, and no line raises an error.",
        "a set of numbers from 1 to 10",
    ),
}
