"""Chosen pairs have the heights that `cophenet` gives for all pairs."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import squareform

from clusterlib.hierarchy import cophenet, linkage
from clusterlib.hierarchy.cophenetic import cophenetic_pairs, cophenetic_plainly
from clusterlib.hierarchy.lance_williams import RULES
from tests.oracles import chain
from tests.strategies import points


@pytest.mark.parametrize("method", ["single", "ward", "median"])
@given(points(max_n=60))
@settings(max_examples=60, deadline=None)
def test_chosen_pairs_are_those_of_all(method, X):
    """Median trees hold inversions."""
    Z = linkage(X, method)
    i, j = np.indices((len(X), len(X))).reshape(2, -1)
    D = cophenetic_pairs(Z, i, j).reshape(len(X), len(X))
    np.testing.assert_array_equal(D, squareform(cophenet(Z)))


def test_a_chain_of_many_merges_takes_memory_for_its_leaves():
    n = 100_000
    Z = chain(n)
    tracemalloc.start()
    heights = cophenetic_pairs(Z, [0, 5, n - 1], [1, n - 2, 0])
    assert tracemalloc.get_traced_memory()[1] < 200 * n
    tracemalloc.stop()
    np.testing.assert_array_equal(heights, Z[[0, n - 3, n - 2], 2])


@pytest.mark.parametrize("bad", [[-1], [3], [0.5], [[0]], ["a"]])
def test_what_is_no_leaf_is_named(bad):
    Z = linkage([[0.0], [1.0], [3.0]])
    with pytest.raises(ValueError, match="`i`"):
        cophenetic_pairs(Z, bad, [0])
    with pytest.raises(ValueError, match="equally long"):
        cophenetic_pairs(Z, [0, 1], [0])


@pytest.mark.parametrize("method", RULES)
@pytest.mark.parametrize("n", [2, 3, 40])
def test_the_printed_walk_gives_the_distances_of_the_fast_one(method, n):
    for X in (np.random.default_rng(n).random((n, 2)), np.arange(2 * n).reshape(n, 2) % 5.0):
        Z = linkage(X, method)
        np.testing.assert_array_equal(cophenetic_plainly(Z), cophenet(Z))
