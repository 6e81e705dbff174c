import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from clusterlib.hierarchy.algorithms.centroids import (
    Centroids,
    centroid_from_points,
    ward_from_points,
)
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from clusterlib.hierarchy.merging import linkage
from tests.oracles import assert_merges_closest

METHODS = ("ward", "centroid", "median")


def tree(X, method, size=None):
    size = np.ones(len(X)) if size is None else size
    if method == "ward":
        return linkage_matrix_from_merges(ward_from_points(X, size), squared=True)
    merges = centroid_from_points(X, size, halfway=method == "median")
    return linkage_matrix_from_merges(merges, squared=True, in_order=True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("d", [1, 2, 10, 60])
def test_the_tree_is_that_of_the_distances(method, d):
    X = np.random.default_rng(d).normal(size=(150, d))
    X /= np.abs(X).max()
    np.testing.assert_allclose(tree(X, method), linkage(pdist(X), method), rtol=1e-11)


@pytest.mark.parametrize("method", METHODS)
@given(st.integers(2, 40), st.integers(1, 3), st.integers(2, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_with_ties_each_merge_joins_a_closest_pair(method, n, d, side, seed):
    X = np.random.default_rng(seed).integers(0, side, (n, d)) / side
    rule = RULES[method]
    assert_merges_closest(tree(X, method), squareform(pdist(X)), rule.update, rule.on_squares)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("spread", [1e-4, 1e-8, 1e-12])
def test_clusters_of_near_duplicates_keep_their_digits(method, spread):
    """A rounded centroid would be off by 1e-16, which is 1e-8 of a spread of 1e-8."""
    rng = np.random.default_rng(1)
    X = np.repeat(rng.random((12, 3)), 5, axis=0)
    X += spread * rng.random(X.shape)
    np.testing.assert_allclose(tree(X, method), linkage(pdist(X), method), rtol=1e-12)


def test_a_centroid_keeps_what_rounding_cuts_off():
    clouds = Centroids(np.array([[0.7], [0.7 + 2**-50], [0.2]]), np.ones(3), grows=False)
    clouds.merge(0, 1, 1 / 3)
    exact = np.longdouble(0.7) + np.longdouble(2) ** -50 * (2 / np.longdouble(3))
    assert abs(np.longdouble(clouds.hi[0, 1]) + clouds.lo[0, 1] - exact) < 1e-30 + 1e-16 * 2**-50
    assert clouds.size[1] == 2


def test_sizes_count():
    """A point of size 3 is three equal points that have merged."""
    X = np.random.default_rng(0).random((20, 2))
    size = np.r_[3.0, np.ones(19)]
    for method in METHODS:
        whole = linkage(pdist(np.vstack((X[:1], X[:1], X))), method)
        np.testing.assert_allclose(tree(X, method, size)[:, 2], whole[2:, 2], rtol=1e-12)


def test_a_lattice_pairs_up_in_few_rounds(monkeypatch):
    """Ties by the least i XOR j: with the least index, one pair a round would merge."""
    searches = []
    monkeypatch.setattr(Centroids, "keep", lambda self, kept, keep=Centroids.keep: (
        searches.append(len(kept)), keep(self, kept))[1])  # fmt: skip
    X = np.indices((32, 32)).reshape(2, -1).T / 32
    assert len(tree(X, "ward")) == 1023
    assert len(searches) < 60


@pytest.mark.parametrize("method", METHODS)
def test_memory_grows_with_n_and_not_with_its_square(method):
    X = np.random.default_rng(0).random((3_000, 2))
    tracemalloc.start()
    tree(X, method)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6 < 8 * 3_000**2 / 3
