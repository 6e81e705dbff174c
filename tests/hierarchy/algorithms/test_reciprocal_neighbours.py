import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import pdist, squareform

from clusterlib.hierarchy.algorithms import reciprocal_neighbours
from clusterlib.hierarchy.algorithms.nn_chain import nearest_neighbour_chain
from clusterlib.hierarchy.algorithms.reciprocal_neighbours import (
    merge_reciprocal_pairs,
    merge_reciprocal_pairs_plainly,
)
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from tests.oracles import assert_merges_closest
from tests.strategies import points

REDUCIBLE = ["complete", "average", "weighted", "ward", "single"]


def by_rounds(y, n, method):
    rule = RULES[method]
    merges = merge_reciprocal_pairs(y, n, rule.update, rule.on_squares)
    return linkage_matrix_from_merges(merges, squared=rule.on_squares)


def by_chain(y, method):
    rule, D = RULES[method], squareform(y)
    D = D**2 if rule.on_squares else D
    return linkage_matrix_from_merges(
        nearest_neighbour_chain(D, rule.update), squared=rule.on_squares
    )


@pytest.mark.parametrize("method", REDUCIBLE)
@pytest.mark.parametrize("n", [2, 3, 4, 7, 50, 301])
def test_rounds_and_chain_give_one_tree(method, n, monkeypatch):
    """By themselves, too: the rounds go on until the square fits in the place of the vector."""
    monkeypatch.setattr(reciprocal_neighbours, "CACHED", 1)
    left, square = [], reciprocal_neighbours._square
    monkeypatch.setattr(
        reciprocal_neighbours, "_square", lambda *args: left.append(square(*args)) or left[0]
    )
    y = pdist(np.random.default_rng(n).normal(size=(n, 3)))
    y.flags.writeable = False
    Z, expected = by_rounds(y, n, method), by_chain(y, method)
    np.testing.assert_array_equal(Z[:, [0, 1, 3]], expected[:, [0, 1, 3]])
    np.testing.assert_allclose(Z[:, 2], expected[:, 2], rtol=1e-12)
    assert n < 4 or left[0].size < 0.4 * n * n


@pytest.mark.parametrize("method", REDUCIBLE)
@given(points(max_n=30))
@settings(max_examples=40, deadline=None)
def test_each_merge_joins_a_closest_pair(method, X):
    """Whichever of several: ties and duplicates are half of the inputs."""
    before, reciprocal_neighbours.CACHED = reciprocal_neighbours.CACHED, 1
    try:
        y = pdist(X)
        Z = by_rounds(y, len(X), method)
    finally:
        reciprocal_neighbours.CACHED = before
    assert_merges_closest(Z, squareform(y), RULES[method].update, RULES[method].on_squares)


@pytest.mark.parametrize("method", REDUCIBLE)
def test_a_tie_of_nearest_distances_goes_to_the_chain(method, monkeypatch):
    """On a lattice both take the same of the equal pairs, bit for bit."""
    monkeypatch.setattr(reciprocal_neighbours, "CACHED", 1)
    X = np.random.default_rng(0).integers(0, 12, (80, 2)).astype(float)
    y = pdist(X)
    np.testing.assert_array_equal(by_rounds(y, len(X), method), by_chain(y, method))


def test_rounds_that_merge_few_pairs_are_left_to_the_chain(monkeypatch):
    """Growing gaps: each point's nearest is the one before, and only the first two are mutual."""
    monkeypatch.setattr(reciprocal_neighbours, "CACHED", 1)
    called = []
    monkeypatch.setattr(reciprocal_neighbours, "_merge", lambda *args: called.append(args))
    y = pdist(1.1 ** np.arange(100)[:, None])
    Z = by_rounds(y, 100, "complete")
    assert not called
    np.testing.assert_allclose(Z, by_chain(y, "complete"))


def test_memory_is_less_than_the_square(monkeypatch):
    """In the plane, and in ten dimensions, where fewer points are mutual neighbours."""
    monkeypatch.setattr(reciprocal_neighbours, "CACHED", 1)
    n = 3_000
    for d, share in ((2, 0.3), (10, 0.45)):
        y = pdist(np.random.default_rng(0).normal(size=(n, d)))
        tracemalloc.start()
        for _ in merge_reciprocal_pairs(y, n, RULES["average"].update):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < share * 8 * n * n


@pytest.mark.parametrize("method", REDUCIBLE)
@pytest.mark.parametrize("n", [2, 3, 10, 150])
def test_the_rounds_for_readers_give_the_same_tree(method, n, monkeypatch):
    monkeypatch.setattr(reciprocal_neighbours, "CACHED", 1)
    rule, y = RULES[method], pdist(np.random.default_rng(n).normal(size=(n, 3)))
    D = squareform(y) ** 2 if rule.on_squares else squareform(y)
    plain = linkage_matrix_from_merges(
        merge_reciprocal_pairs_plainly(D, rule.update), squared=rule.on_squares
    )
    np.testing.assert_allclose(by_rounds(y, n, method), plain, rtol=1e-12)
