"""The search through the k-d tree gives the nearest cluster, bit for bit, whatever the sizes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy as scipy_hierarchy

from clusterlib.hierarchy import linkage
from clusterlib.hierarchy.algorithms import centroids, nearest_clusters
from clusterlib.hierarchy.algorithms.centroids import Centroids, ward_from_points
from clusterlib.hierarchy.algorithms.nearest_clusters import nearest_by_tree
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from tests.strategies import shaped

RNG = np.random.default_rng


def nearest_by_hand(clusters, who):
    """Measure all pairs; of equally near ones the least i XOR j."""
    n = len(clusters.size)
    near, square = [], []
    for i in who.tolist():
        j = np.delete(np.arange(n), i)
        true = clusters.squares(np.full(n - 1, i), j)
        first = np.lexsort((j ^ i, true))[0]
        near.append(j[first])
        square.append(true[first])
    return np.array(near), np.array(square)


@st.composite
def worlds(draw):
    """Points of the order of 1 with sizes: normal, tied, collinear, near-duplicate, skewed."""
    n, d = draw(st.integers(13, 400)), draw(st.integers(1, 5))
    rng = RNG(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["normal", "lattice", "line", "tiny", "heavy"]))
    X = shaped(kind, n, d, rng, side=6, apart=1e-12)
    size = rng.integers(1, draw(st.sampled_from([2, 10, 10_000])), n).astype(float)
    return X, size, rng


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_it_finds_what_a_look_at_all_pairs_finds(world):
    X, size, rng = world
    clusters = Centroids(X, size, grows=True)
    who = np.sort(rng.choice(len(X), rng.integers(1, len(X) + 1), replace=False))
    for ours, by_hand in zip(
        nearest_by_tree(clusters, who), nearest_by_hand(clusters, who), strict=True
    ):
        np.testing.assert_array_equal(ours, by_hand)


def test_clusters_search_in_parts(monkeypatch):
    clusters = Centroids(RNG(0).random((300, 2)), np.ones(300), grows=True)
    whole = nearest_by_tree(clusters, np.arange(300))
    monkeypatch.setattr(nearest_clusters, "TOGETHER", 7)
    monkeypatch.setattr(nearest_clusters, "CELLS", 50)
    for a, b in zip(nearest_by_tree(clusters, np.arange(300)), whole, strict=True):
        np.testing.assert_array_equal(a, b)


def both_routes(X, size=None):
    """Return the linkage matrices with the k-d tree from the start, and without it."""
    size = np.ones(len(X)) if size is None else size
    out = []
    for first in (13, 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(centroids, "TREE_FROM", dict.fromkeys(range(1, 6), first))
            merges = list(ward_from_points(X, size))
        out.append(linkage_matrix_from_merges(merges, squared=True))
    return out


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_the_tree_is_that_of_the_look_at_all_pairs(world):
    X, size, _ = world
    X, first = np.unique(X, axis=0, return_index=True)
    if len(X) > 12:
        by_tree, by_bounds = both_routes(X, size[first])
        np.testing.assert_array_equal(by_tree, by_bounds)
        assert (np.diff(by_tree[:, 2]) >= 0).all()


@pytest.mark.parametrize("d", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("offset", "scale"), [(0.0, 1.0), (1e8, 1.0), (0.0, 2.0**-500), (0.0, 2.0**500)]
)
def test_linkage_of_many_points_is_scipys(d, offset, scale):
    X = RNG(d).normal(size=(2_500, d)) * scale + offset
    ours, theirs = linkage(X, "ward"), scipy_hierarchy.linkage(X / scale, "ward")
    np.testing.assert_allclose(ours[:, 2] / scale, theirs[:, 2], rtol=1e-7 if offset else 1e-11)
    cut = [scipy_hierarchy.fcluster(Z, 20, "maxclust") for Z in (ours, theirs)]
    assert len(set(zip(*cut, strict=True))) == 20


@pytest.mark.parametrize("d", [2, 3])
def test_the_heights_keep_the_sum_of_squares(d):
    """Half the sum of squared heights is the total sum of squares."""
    X = RNG(d).standard_t(3, size=(60_000, d))
    Z = linkage(X, "ward")
    total = ((X - X.mean(axis=0)) ** 2).sum()
    assert abs((Z[:, 2] ** 2).sum() / 2 / total - 1) < 1e-12
    assert (np.diff(Z[:, 2]) >= 0).all()


def test_few_pairs_of_clusters_are_compared(monkeypatch):
    """Ten times as many points: about ten times as many pairs, where all pairs are a hundred."""
    counts = []
    squares = nearest_clusters.Search._squares

    def counting(search, who, leaf):
        counts[-1] += len(who)
        return squares(search, who, leaf)

    monkeypatch.setattr(nearest_clusters.Search, "_squares", counting)
    for n in (3_000, 30_000):
        counts.append(0)
        linkage(RNG(0).normal(size=(n, 2)), "ward")
    assert 0 < counts[1] < 20 * counts[0]


def test_a_cluster_that_fills_up_a_second_leaf_is_found_in_one_only():
    clusters = Centroids(RNG(1).random((1_000, 2)), np.ones(1_000), grows=True)
    search = nearest_clusters.Search(clusters)
    finite = np.isfinite(search.points).all(axis=0)
    leaves = [set(np.nonzero(finite & (search.tree.place == i))[1]) for i in range(1_000)]
    assert set(map(len, leaves)) == {1}
    assert not finite.all()  # else no leaf was filled up with another's cluster
    who = np.arange(1_000)
    for ours, by_hand in zip(
        nearest_by_tree(clusters, who), nearest_by_hand(clusters, who), strict=True
    ):
        np.testing.assert_array_equal(ours, by_hand)
