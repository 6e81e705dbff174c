"""Exercises of chapter 0, answered as learners answer them."""

import numpy as np
import pytest

from clusterlib.exercises import check


def stub(*arguments): ...


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        ([150, 600], "leaves one group"),
        ([149, 447], "four numbers"),
        ([11175, 44700], "not a pair of flowers"),
        (149, "has 1 values"),
        ([148, 592], "How many until one is left"),
    ],
)
def test_merges_of_a_tree(answer, words):
    outcome = check("0.1", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_merges_of_150_flowers_are_149_rows_of_four():
    assert check("0.1", (149, 596)).passed


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
    assert check("0.3", 1.291).passed
    assert check("0.3", 1.29099).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Put your answer"),
        ("six", "has no score"),
        ([[0, 0], [4, 4]], "its shape is (2, 2), not (6, 2)"),
        (np.zeros((6, 2)), "Your score is 168, not 3.7 or less. Two corners"),
    ],
)
def test_six_code_words(answer, words):
    outcome = check("0.4", answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_any_six_good_code_words_will_do():
    words = [[0.3, 0.3], [0.3, 3.7], [0.5, 4], [3.7, 0.3], [4, 4], [3.4, 3.4]]
    other = [[0.5, 0], [0, 1], [0.5, 4], [0, 3], [11 / 3, 1 / 3], [11 / 3, 11 / 3]]
    assert not check("0.4", words).passed
    assert check("0.4", other).passed
    assert check("0.4", other[::-1]).passed
