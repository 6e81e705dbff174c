"""Moves beyond Lloyd's: no single move is left, and swaps find what a bad start missed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from clusterlib import datasets
from clusterlib.validity import centroid_index
from clusterlib.vq import seeding
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.swaps import random_swaps, single_moves

CORNERS = np.array([[0, 0], [0, 1], [10, 0], [10, 1]], dtype=float)


def within(X, labels):
    """Return the sum of squares about the cluster means, from the definition."""
    return sum(((X[labels == j] - X[labels == j].mean(axis=0)) ** 2).sum() for j in set(labels))


def best_single_move(X, labels, k):
    """Return the smallest sum of squares that moving one observation gives, by trying all."""
    found = []
    for i in range(len(X)):
        for j in range(k):
            moved = labels.copy()
            moved[i] = j
            if len(set(moved)) == k:
                found.append(within(X, moved))
    return min(found)


@given(st.integers(0, 10**6), st.integers(2, 4))
def test_no_single_move_lowers_the_sum(seed, k):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(12, 2))
    start = X[rng.choice(12, k, replace=False)]
    end = single_moves(X, start)
    assert end.sse <= lloyd(X, start).sse * (1 + 1e-12)
    assert_allclose(end.sse, within(X, end.labels))
    assert_allclose(end.C, [X[end.labels == j].mean(axis=0) for j in range(k)], atol=1e-12)
    assert best_single_move(X, end.labels, k) >= end.sse * (1 - 1e-8)


def test_a_single_move_leaves_the_rectangle_where_lloyd_is_stuck():
    start = [[5, 0], [5, 1]]
    assert lloyd(CORNERS, start).sse == 100
    assert single_moves(CORNERS, start).sse == 1


def test_a_lone_observation_keeps_its_cluster():
    end = single_moves([[0.0], [1.0], [9.0]], [[0.0], [9.0]])
    assert sorted(np.bincount(end.labels).tolist()) == [1, 2]


def test_swaps_find_every_cluster_from_random_points():
    s2 = datasets.s_set(2)
    for seed in range(5):
        start = seeding.points(s2.X, 15, np.random.default_rng([7, seed]))
        assert centroid_index(lloyd(s2.X, start).C, s2.centres) > 0
        end = random_swaps(s2.X, start, 100, rng=seed)
        assert centroid_index(end.C, s2.centres) == 0


def test_no_swap_is_lloyd_and_more_swaps_never_raise_the_sum():
    X = datasets.iris().X
    start = X[[0, 1, 2]]
    assert random_swaps(X, start, 0).sse == lloyd(X, start).sse
    sums = [random_swaps(X, start, swaps, rng=3).sse for swaps in (0, 5, 20)]
    assert sums == sorted(sums, reverse=True)


@pytest.mark.parametrize(("swaps", "error"), [(-1, ValueError), (1.5, ValueError)])
def test_a_wrong_number_of_swaps_is_refused(swaps, error):
    with pytest.raises(error, match="swaps"):
        random_swaps(CORNERS, CORNERS[:2], swaps)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="`C`"):
        single_moves(CORNERS, [[0.0]])
