"""Exercises of chapter 0, answered as learners answer them."""

import numpy as np
import pytest

from clusterlib.exercises import check


def stub(*arguments): ...


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        ([12, 48], "leaves one group"),
        ([11, 33], "four numbers"),
        ([66, 264], "not a pair of points"),
        (11, "has 1 values"),
        ([10, 40], "How many until one is left"),
    ],
)
def test_merges_of_twelve_points(answer, words):
    outcome = check("0.1", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_merges_of_twelve_points_are_eleven_rows_of_four():
    assert check("0.1", (11, 44)).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "Replace the three dots"),
        (lambda Z, X: len(Z) == len(X), "Add one"),
        (lambda Z, X: len(Z) - 1 == len(X), "other side"),
        (lambda Z, X: Z.size == X.size, "Compare rows"),
        (lambda Z, X: True, "one row less"),
    ],
)
def test_same_points(answer, words):
    outcome = check("0.2", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_same_points_may_be_read_off_the_sizes():
    assert check("0.2", lambda Z, X: bool(Z[-1, 3] == len(X))).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        (1, "eight clusters"),
        (10 / np.sqrt(3), "lower end"),
        (1.3, "a little lower"),
        (7, "eighth merge"),
    ],
)
def test_the_lowest_height_with_four_clusters(answer, words):
    outcome = check("0.3", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_the_lowest_height_is_the_root_of_five_thirds():
    assert check("0.3", 1.2909944487).passed


def distances(X, C, labels):
    return np.linalg.norm(X - C[labels], axis=1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "Replace the three dots"),
        (lambda X, C, labels: distances(X, C, labels).sum(), "Square them first"),
        (lambda X, C, labels: (distances(X, C, labels) ** 2).mean(), "That is the mean"),
        (lambda X, C, labels: ((X - X.mean(axis=0)) ** 2).sum(), "its own code word"),
        (lambda X, C, labels: ((X - C) ** 2).sum(), "stopped with ValueError"),
        (lambda X, C, labels: (X - C[labels]).sum(), "Subtract, square, add"),
    ],
)
def test_sum_of_squares(answer, words):
    outcome = check("0.4", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_sum_of_squares_may_be_a_loop():
    def looped(X, C, labels):
        return sum(float((x - C[j]) @ (x - C[j])) for x, j in zip(X, labels, strict=True))

    assert check("0.4", looped).passed
