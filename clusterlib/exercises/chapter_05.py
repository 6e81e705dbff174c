"""Exercises of chapter 5, Where you start decides where you end.

Question: can you seed by a rule, and count what luck costs?
Chapter: 5, Where you start decides where you end.
Symbols: X observations, k, D^2 squared distance to the nearest code word so far, p a chance.
"""

import math

import numpy as np

from clusterlib.exercises.checking import Function, Value
from clusterlib.explorers.seeding import key, successes


def squares_to(X, i):
    """Return the squared distance of each observation to observation i."""
    return ((X - X[i]) ** 2).sum(axis=1)


def farthest_first(X, k, first):
    """Return k rows: `first`, then always the one farthest from all so far."""
    chosen, D2 = [first], squares_to(X, first)
    while len(chosen) < k:
        chosen.append(int(D2.argmax()))
        D2 = np.minimum(D2, squares_to(X, chosen[-1]))
    return chosen


def far_from_the_last(X, k, first):
    """Look at the last code word only."""
    chosen = [first]
    while len(chosen) < k:
        chosen.append(int(squares_to(X, chosen[-1]).argmax()))
    return chosen


def far_from_the_first(X, k, first):
    """Take the observations farthest from the first, without looking again."""
    return [first, *np.argsort(-squares_to(X, first), kind="stable")[: k - 1].tolist()]


def far_in_sum(X, k, first):
    """Add the squared distances to all code words instead of taking the smallest."""
    chosen = [first]
    while len(chosen) < k:
        chosen.append(int(sum(squares_to(X, i) for i in chosen).argmax()))
    return chosen


def nearest_first(X, k, first):
    """Take the smallest gap instead of the largest."""
    chosen = [first]
    while len(chosen) < k:
        D2 = np.min([squares_to(X, i) for i in chosen], axis=0)
        D2[chosen] = np.inf
        chosen.append(int(D2.argmin()))
    return chosen


def rows_of(X, k, first):
    """Return the observations instead of their indices."""
    return X[farthest_first(X, k, first)]


def scattered():
    """Return small data with k and a first row, on which the mistakes differ."""
    rng = np.random.default_rng(3)
    return [(rng.normal(size=(n, d)), k, n // 3) for n, d, k in ((12, 2, 4), (20, 3, 6), (9, 1, 5))]


def restarts(p, wanted):
    """Return the least R for which 1 - (1 - p)^R reaches `wanted`."""
    return math.ceil(math.log(1 - wanted) / math.log(1 - p))


def rounded_down(p, wanted):
    """Stop one restart early."""
    return math.floor(math.log(1 - wanted) / math.log(1 - p))


def not_rounded(p, wanted):
    """Forget that restarts are whole."""
    return math.log(1 - wanted) / math.log(1 - p)


def added_up(p, wanted):
    """Add the chances of the runs."""
    return math.ceil(wanted / p)


def on_average(p, wanted):
    """Return the mean waiting time."""
    return math.ceil(1 / p)


def failures_multiplied(p, wanted):
    """Ask for all runs to succeed."""
    return math.ceil(math.log(wanted) / math.log(p))


def found(method, outlier):
    """Return how many of the explorer's 300 runs find every cluster."""
    return successes()[key(method, outlier)].count("1")


EXERCISES = {
    "5.1": Value(
        81 / 110,
        [
            (9 / 18, "You drew by the distance. k-means++ draws by its square: 9, 4, 0, 16, 81."),
            (144 / 203, "Those are the weights from the code word 0. The first word here is 3."),
            (1 / 4, "That is a uniform draw from the others. Weigh each point by D squared."),
            (1 / 5, "That is a uniform draw. Weigh each point by D squared."),
            (1.0, "Maximin takes 12 for certain. k-means++ draws, so something is left for 7."),
            (81 / 29, "A chance is at most 1: divide by the sum of all weights, 81 among them."),
            (81, "81 is the weight of 12. Divide it by the sum of all five weights."),
        ],
        "Write the squared distances of 0, 1, 3, 7 and 12 to 3, then divide the last by their sum.",
        "81 of 110: the farthest point is likely, not certain.",
        "a chance between 0 and 1",
        digits=3,
    ),
    "5.2": Function(
        farthest_first,
        scattered,
        [
            (far_from_the_last, "You look at the last code word only. Keep, for each point, the "
             "smallest distance to any word so far: np.minimum."),
            (far_from_the_first, "You measure from the first code word once. Measure again after "
             "each choice."),
            (far_in_sum, "You add the distances to all words. A point far from nine words and next "
             "to the tenth is served: take the smallest, not the sum."),
            (nearest_first, "You take the point nearest to the code words. Use argmax."),
            (rows_of, "You return the points. Return their row numbers, starting with `first`."),
        ],
        "Return k row numbers: `first`, then each time the row whose nearest word is farthest.",
        "This is the rule of Gonzalez and of Katsavounidis, Kuo and Zhang.",
    ),
    "5.3": Function(
        restarts,
        lambda: [(14 / 300, 0.95), (0.18, 0.95), (0.62, 0.99), (0.5, 0.9)],
        [
            (rounded_down, "One short: the last restart is the one that crosses. Round up."),
            (not_rounded, "The formula is right. Restarts are whole: round up."),
            (added_up, "You add chances, as if runs could not succeed twice. Multiply the chances "
             "to fail instead: (1 - p) ** R."),
            (on_average, "1 / p is the mean number of runs until the first success. By then you "
             "have failed with a chance of up to 0.37."),
            (failures_multiplied, "That asks for every run to succeed. One success is enough."),
        ],
        "All R runs fail with chance (1 - p) ** R. Make that at most 1 - wanted, solve for R.",
        "Two logarithms and a ceiling.",
    ),
    "5.4": Value(
        lambda: [found("maximin", True), found("greedy ++", True)],
        [
            (lambda: [found("maximin", False), found("greedy ++", False)],
             "These are the numbers without the outlier. Tick the box."),
            (lambda: [found("greedy ++", True), found("maximin", True)],
             "The other way round: maximin first, then greedy k-means++."),
            (lambda: [found("maximin", True), found("++", True)],
             "The second number is that of k-means++. Choose `greedy ++` in the list."),
            (lambda: [300 - found("maximin", True), 300 - found("greedy ++", True)],
             "You counted the runs that fail. Count those that find every cluster."),
        ],
        "Tick *Add one far outlier*, choose the method, read the end of the line of text.",
        "One point among three thousand and one turns a rule that mostly works into one that never "
        "does.",
        "a list of two numbers",
    ),
}  # fmt: skip
