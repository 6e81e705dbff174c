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
    clouds.move(0, 1, 1 / 3)
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


def closest_by_hand(X, halfway):
    """Measure all pairs each time; of the closest merge the first pair into its second."""
    X, size, place = X.copy(), np.ones(len(X)), list(range(len(X)))
    while len(place) > 1:
        square = ((X[place][:, None] - X[place]) ** 2).sum(axis=2)
        square[np.tri(len(place), dtype=bool)] = np.inf
        x, y = (place[at] for at in divmod(int(square.argmin()), len(place)))
        yield x, y, square.min()
        share = 0.5 if halfway else size[x] / (size[x] + size[y])
        X[y] += share * (X[x] - X[y])
        size[y] += size[x]
        place.remove(x)


@given(st.integers(2, 30), st.integers(1, 3), st.integers(2, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_of_equally_close_pairs_the_first_merges(n, d, side, seed):
    """Halves of halves of integers are exact, so ties stay ties."""
    X = np.random.default_rng(seed).integers(0, side, (n, d)) / 8
    X = X[np.sort(np.unique(X, axis=0, return_index=True)[1])]
    ours = list(centroid_from_points(X, np.ones(len(X)), halfway=True))
    assert ours == list(closest_by_hand(X, halfway=True))


def test_who_keeps_its_nearest_does_not_search_again(monkeypatch):
    calls, bounds = [], Centroids.bounds

    def counting(clusters, i, start=0):
        calls.append(np.size(i))
        return bounds(clusters, i, start)

    monkeypatch.setattr(Centroids, "bounds", counting)
    X = np.random.default_rng(3).random((600, 2))
    merges = list(centroid_from_points(X, np.ones(600), halfway=False))
    assert (
        len(merges) < calls.count(1) < 2 * len(merges)
    )  # one look around each new centroid, and few more


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
