"""Exercises of chapter 5, answered as learners answer them."""

import math

import numpy as np
import pytest

from clusterlib.exercises import check


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        (0.5, "by its square"),
        (144 / 203, "first word here is 3"),
        (0.25, "uniform draw"),
        (1, "Maximin"),
        (0.7, "Write the squared distances"),
        ("likely", "Drop the quotes"),
    ],
)
def test_the_chance_of_the_second_word(answer, words):
    outcome = check("5.1", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_the_chance_of_the_second_word_is_81_of_110():
    weights = np.array([0, 1, 3, 7, 12.0])
    weights = (weights - 3) ** 2
    assert check("5.1", (weights / weights.sum())[-1]).passed


def squares(X, i):
    return ((X - X[i]) ** 2).sum(axis=1)


def my_maximin(X, k, first):
    chosen = np.array([first])
    for _ in range(k - 1):
        nearest = ((X[:, None] - X[chosen]) ** 2).sum(axis=2).min(axis=1)
        chosen = np.append(chosen, nearest.argmax())
    return chosen


def from_the_last(X, k, first):
    chosen = [first]
    for _ in range(k - 1):
        chosen.append(squares(X, chosen[-1]).argmax())
    return chosen


def by_the_sum(X, k, first):
    chosen = [first]
    for _ in range(k - 1):
        chosen.append(np.sum([squares(X, i) for i in chosen], axis=0).argmax())
    return chosen


def stub(X, k, first): ...


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "Replace the three dots"),
        (from_the_last, "last code word only"),
        (by_the_sum, "take the smallest, not the sum"),
        (lambda X, k, first: X[my_maximin(X, k, first)], "row numbers"),
        (lambda X, k, first: [first, *np.argsort(-squares(X, first))[: k - 1]], "Measure again"),
        (lambda X, k, first: list(range(k)), "instead of"),
    ],
)
def test_maximin(answer, words):
    outcome = check("5.2", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_maximin_may_be_written_another_way():
    assert check("5.2", my_maximin).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "stopped with TypeError"),
        (lambda p, wanted: None, "Replace the three dots"),
        (lambda p, wanted: math.ceil(wanted / p), "add chances"),
        (lambda p, wanted: math.log(1 - wanted, 1 - p), "Restarts are whole"),
        (lambda p, wanted: int(math.log(1 - wanted, 1 - p)), "Round up"),
        (lambda p, wanted: math.ceil(1 / p), "mean number of runs"),
    ],
)
def test_restarts(answer, words):
    outcome = check("5.3", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_restarts_may_be_counted():
    def counted(p, wanted):
        R = 1
        while 1 - (1 - p) ** R < wanted:
            R += 1
        return R

    assert check("5.3", counted).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([171, 186], "without the outlier"),
        ([167, 0], "other way round"),
        ([0, 35], "`greedy ++`"),
        ([300, 133], "runs that fail"),
        (0, "has 1 values"),
    ],
)
def test_the_theatre_with_an_outlier(answer, words):
    outcome = check("5.4", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_the_theatre_with_an_outlier_ruins_maximin():
    assert check("5.4", [0, 167]).passed
