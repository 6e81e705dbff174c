"""Exercises of chapter 2, answered as learners answer them."""

import math

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.exercises import check
from clusterlib.vq.nearest import distortion, vq


def stub(X, C): ...


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        ([0, 0, 7, 6], "words of the start"),
        ([0.6666667, 0.6666667, 5.3333333, 4], "20 from (0,0)"),
        ([6, 4, 12, 10], "Divide"),
        ([1, 1, 6, 5], "Take the mean"),
        ([1.5, 1, 6, 4], "mark the smaller"),
    ],
)
def test_one_iteration_by_hand(answer, words):
    outcome = check("2.1", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_one_iteration_by_hand_is_what_the_package_does():
    X = datasets.six_points().X
    labels, _ = vq(X, X[[0, 4]])
    means = [X[labels == j].mean(axis=0) for j in range(2)]
    assert check("2.1", np.ravel(means).tolist()).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "Replace the three dots"),
        (lambda X, C: (X @ C.T).argmax(axis=1), "favours long words"),
        (lambda X, C: vq(X, C)[1], "argmin, not min"),
        (lambda X, C: np.abs(X[:, None] - C).sum(axis=2).argmin(axis=1), "Add their squares"),
        (lambda X, C: ((X[:, None] - C) ** 2).sum(axis=2).argmin(axis=0), "Reduce over the words"),
        (lambda X, C: ((X - C) ** 2).sum(axis=1).argmin(), "stopped with ValueError"),
        (lambda X, C: vq(X, C)[0] + 1, "One label per row of X"),
    ],
)
def test_the_nearest_word(answer, words):
    outcome = check("2.2", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_the_nearest_word_may_come_from_the_package():
    assert check("2.2", lambda X, C: vq(X, C)[0]).passed


def bits(C):
    return math.log2(len(C))


def error(X, C):
    return distortion(X, C, "mean square")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (stub, "Replace the three dots"),
        (lambda X, C: (bits(C), error(X, C) / X.shape[1]), "divide its bits by d"),
        (lambda X, C: (bits(C) / X.shape[1], error(X, C)), "error is that of a vector"),
        (lambda X, C: (bits(C), error(X, C)), "Divide both by d"),
        (
            lambda X, C: (math.log(len(C)) / X.shape[1], error(X, C) / X.shape[1]),
            "to base 2",
        ),
        (lambda X, C: bits(C) / X.shape[1], "instead of"),
    ],
)
def test_both_prices(answer, words):
    outcome = check("2.3", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_both_prices_may_come_from_the_package():
    def both(X, C):
        return bits(C) / X.shape[1], error(X, C) / X.shape[1]

    assert check("2.3", both).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (256, "memory, not skill"),
        (512, "still ahead"),
        (2048, "smaller n"),
        (4096, "go up until"),
        ("1024 rows", "Drop the quotes"),
    ],
)
def test_rows_for_a_code_book(answer, words):
    outcome = check("2.4", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_rows_for_a_code_book_are_four_a_word():
    assert check("2.4", 1024).passed
