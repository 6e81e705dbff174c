"""Exercises of chapter 1, answered as learners answer them."""

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.exercises import check
from clusterlib.quantization import scalar


def as_the_page_gives_it(counts):
    p = np.asarray(counts)
    return -(p * np.log2(p)).sum()


def the_level_above(x, levels):
    place = np.searchsorted(levels, x)
    return np.asarray(levels, dtype=float)[np.minimum(place, len(levels) - 1)]


@pytest.mark.parametrize(
    ("number", "answer", "words"),
    [
        ("1.1", [0.5, 5], "goes to the left"),
        ("1.2", lambda counts: counts / sum(counts), "stopped with TypeError"),
        ("1.4", the_level_above, "Measure each number"),
        ("1.6", [0.25, 1.23, 1.68, 2.22], "Your score is 2.857, not 2.77 or less"),
        ("1.6", [0.25, 1.23, 1.68], "its shape is (3,), not (4,)"),
    ],
)
def test_what_is_said_of_an_answer(number, answer, words):
    outcome = check(number, answer)
    assert not outcome.passed
    assert words in outcome.hint


def test_the_function_to_repair_is_not_right_yet():
    with np.errstate(divide="ignore", invalid="ignore"):
        assert not check("1.2", as_the_page_gives_it).passed


def test_any_four_good_levels_will_do():
    width = datasets.iris().X[:, 3]
    levels = scalar.optimal_levels(width, 4).levels
    assert check("1.6", levels).passed
    assert check("1.6", levels[::-1].tolist()).passed
