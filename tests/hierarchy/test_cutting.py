"""From a tree to flat clusters."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist

from clusterlib.datasets import iris, standardize, twelve_points, wine
from clusterlib.hierarchy.cutting import (
    cut_tree,
    fcluster,
    fclusterdata,
    is_isomorphic,
    leaders,
)
from clusterlib.hierarchy.inconsistency import inconsistent, maxdists
from clusterlib.hierarchy.linkage_matrix import ClusterWarning
from clusterlib.hierarchy.merging import linkage
from tests.oracles import chain, groups, members
from tests.strategies import METHODS, points, trees

pytestmark = pytest.mark.filterwarnings("ignore:`t` = .* is compared")  # has its own test
few = settings(max_examples=60, deadline=None)
MONOTONE = tuple(m for m in METHODS if m not in ("centroid", "median"))


def count(Z, t, criterion="inconsistent", **more):
    return len(set(fcluster(Z, t, criterion, **more).tolist()))


# fcluster


@few
@given(trees(), st.floats(0, 3))
def test_cuts_by_threshold_are_scipys(Z, t):
    crit, R = hierarchy.maxdists(Z), hierarchy.inconsistent(Z)
    for height in (t, Z[len(Z) // 2, 2], -1, np.inf):  # at a height exactly, below all, above all
        for criterion, more in (
            ("distance", {}),
            ("monocrit", {"monocrit": crit}),
            ("inconsistent", {"R": R}),
        ):
            ours = fcluster(Z, height, criterion, **more)
            assert ours.dtype == np.int32
            assert_array_equal(ours, hierarchy.fcluster(Z, height, criterion, **more))


@few
@given(trees(methods=MONOTONE))
def test_cuts_by_count_are_scipys(Z):
    crit = hierarchy.maxdists(Z)
    for k in range(1, len(Z) + 4):
        want = hierarchy.fcluster(Z, k, "maxclust")
        assert_array_equal(fcluster(Z, k, "maxclust"), want)
        assert_array_equal(fcluster(Z, k, "maxclust_monocrit", monocrit=crit), want)


@few
@given(trees())
def test_cuts_by_count_have_the_lowest_threshold_that_will_do(Z):
    n = len(Z) + 1
    thresholds = np.unique(np.r_[-1, maxdists(Z)])
    for k in range(1, n + 1):
        t = next(t for t in thresholds if count(Z, t, "distance") <= k)
        assert groups(fcluster(Z, k, "maxclust")) == groups(fcluster(Z, t, "distance"))


@few
@given(trees(), st.integers(0, 99))
def test_a_monocrit_that_falls_counts_from_the_root_down(Z, seed):
    crit = np.random.default_rng(seed).random(len(Z))
    for t in (0.2, 0.5, 0.8):
        assert_array_equal(
            fcluster(Z, t, "monocrit", monocrit=crit),
            hierarchy.fcluster(Z, t, "monocrit", monocrit=crit),
        )


@few
@given(trees())
def test_a_higher_cut_joins_whole_clusters(Z):
    for criterion in ("distance", "inconsistent"):
        cuts = [fcluster(Z, t, criterion) for t in np.linspace(0, Z[-1, 2] + 1.2, 9)]
        for fine, coarse in itertools.pairwise(cuts):
            assert all(any(a <= b for b in groups(coarse)) for a in groups(fine))


@few
@given(trees(), st.floats(0, 2))
def test_no_pair_in_a_cluster_is_joined_above_the_threshold(Z, t):
    D = np.zeros((len(Z) + 1,) * 2)
    i, j = np.triu_indices(len(D), 1)
    D[i, j] = D[j, i] = hierarchy.cophenet(Z)
    T = fcluster(Z, t, "distance")
    for a, b in itertools.combinations(range(len(D)), 2):
        if T[a] == T[b]:
            assert D[a, b] <= t


def test_the_twelve_points_cut_in_every_way():
    Z = hierarchy.ward(twelve_points().X)
    halves, corners = [1] * 6 + [2] * 6, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    for t, want in (
        (2, halves),
        (3, halves),
        (4, corners),
        (5, corners),
        (6, corners),
        (8, [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8]),
        (11, [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8]),
        (12, list(range(1, 13))),
    ):
        assert fcluster(Z, t, "maxclust").tolist() == want
    for t, k in ((0.9, 12), (1.0, 8), (1.3, 4), (6, 2)):
        assert count(Z, t, "distance") == k
    for t, k in ((0.7, 8), (0.8, 4), (1.15, 4), (1.2, 1)):
        assert count(Z, t) == k
    assert count(Z, 2, "monocrit", monocrit=maxdists(Z)) == 4
    assert count(Z, 3, "maxclust_monocrit", monocrit=maxdists(Z)) == 2
    assert cut_tree(Z, 3).ravel().tolist() == [0] * 6 + [1] * 3 + [2] * 3


def test_counts_of_iris():
    Z = hierarchy.ward(iris().X)
    for t, k in ((2, 9), (4, 5), (6, 4), (8, 3), (10, 3), (12, 3), (20, 2), (32, 2), (33, 1)):
        assert count(Z, t, "distance") == k
    for t, k in ((0.7, 100), (0.8, 53), (1, 42), (1.1, 38), (1.15, 15), (1.154, 5), (1.2, 1)):
        assert count(Z, t) == k
    for k in (2, 3, 4, 5, 10):
        assert count(Z, k, "maxclust") == k


def test_counts_of_wine():
    Z = hierarchy.ward(standardize(wine().X))
    assert [count(Z, t, "maxclust") for t in (2, 3, 4)] == [2, 3, 4]
    assert [count(Z, t, "distance") for t in (2, 3, 4)] == [119, 65, 45]
    assert [count(Z, t) for t in (2, 3, 4)] == [1, 1, 1]
    assert [count(Z, t) for t in (0.8, 1, 1.15)] == [66, 62, 25]


@pytest.mark.parametrize("k", [0, -3, 0.99, -np.inf])
@pytest.mark.parametrize("criterion", ["maxclust", "maxclust_monocrit"])
def test_fewer_than_one_cluster_is_refused(criterion, k):
    for n in range(2, 7):
        with pytest.raises(ValueError, match="`t`"):
            fcluster(chain(n), k, criterion, monocrit=np.arange(n - 1.0))


def test_a_count_between_two_whole_numbers_is_the_lower_one():
    Z = chain(6)
    assert_array_equal(fcluster(Z, 2.9, "maxclust"), fcluster(Z, 2, "maxclust"))
    assert_array_equal(fcluster(Z, np.inf, "maxclust"), np.arange(1, 7))


@pytest.mark.parametrize("t", [2, 3, 20.5])
def test_a_number_taken_for_a_coefficient_is_told(t):
    Z = linkage(iris().X, "ward")
    with pytest.warns(ClusterWarning, match=r'criterion="maxclust", for a height') as told:
        assert count(Z, t) == 1
    assert [w.filename for w in told] == [__file__]


@pytest.mark.parametrize(
    ("t", "criterion"),
    [(1.1, "inconsistent"), (1.2, "inconsistent"), (3, "maxclust"), (40, "distance")],
)
def test_a_number_that_is_meant_is_not_told(t, criterion, recwarn):
    count(linkage(iris().X, "ward"), t, criterion)
    assert not recwarn.list


def test_equal_heights_may_give_fewer_clusters():
    Z = np.array([[0, 1, 1.0, 2], [2, 3, 1.0, 2], [4, 5, 1.0, 4]])
    assert [count(Z, k, "maxclust") for k in (1, 2, 3, 4)] == [1, 1, 1, 4]


@pytest.mark.parametrize(
    ("t", "more", "error", "named"),
    [
        (1, {"criterion": "height"}, ValueError, "`criterion`.*'maxclust_monocrit'"),
        (np.nan, {}, ValueError, "`t` is NaN"),
        ("a", {}, ValueError, "`t`"),
        (None, {}, TypeError, "`t`"),
        (1, {"R": np.zeros((3, 4))}, ValueError, "`R` has 3 rows"),
        (1, {"R": np.zeros((4, 3))}, ValueError, "4 columns"),
        (1, {"depth": -1}, ValueError, "`depth`"),
        (1, {"criterion": "monocrit"}, ValueError, "`monocrit` is None"),
        (1, {"criterion": "monocrit", "monocrit": [1.0]}, ValueError, "`monocrit` has length 1"),
        (1, {"criterion": "monocrit", "monocrit": [1, 2, np.nan, 4]}, ValueError, "NaN"),
    ],
)
def test_faults_of_the_arguments_are_named(t, more, error, named):
    with pytest.raises(error, match=named):
        fcluster(chain(5), t, **more)


def test_nan_heights_are_refused():
    with pytest.raises(ValueError, match="NaN"):
        fcluster([[0, 1, np.nan, 2], [2, 3, 4, 3]], 1, "distance")


@few
@given(points(max_n=12), st.sampled_from(METHODS), st.floats(0, 2))
def test_fclusterdata_is_measure_link_and_cut(X, method, t):
    y = pdist(X)
    for criterion in ("inconsistent", "distance"):
        ours = fclusterdata(X, t, criterion, method=method)
        assert_array_equal(ours, fcluster(linkage(y, method), t, criterion))
    Z = hierarchy.linkage(pdist(X, "cityblock"), "average")
    assert groups(fclusterdata(X, 2, "maxclust", "cityblock", method="average")) == groups(
        hierarchy.fcluster(Z, 2, "maxclust")
    )


def test_fclusterdata_wants_a_table():
    with pytest.raises(TypeError, match="`X`"):
        fclusterdata([1.0, 2.0], 1)


# cut_tree


def undo(Z, k):
    """Undo the last k - 1 merges, the highest first, of a tree without equal heights."""
    parts = [{leaf} for leaf in range(len(Z) + 1)]
    for v in np.argsort(maxdists(Z), kind="stable")[: len(Z) + 1 - k].tolist():
        new = set(members(Z)[len(Z) + 1 + v])
        parts = [part for part in parts if not part <= new] + [new]
    return {frozenset(part) for part in parts}


@few
@given(trees(methods=MONOTONE))
def test_cut_tree_is_scipys_where_heights_rise(Z):
    n = len(Z) + 1
    ours = cut_tree(Z)
    assert ours.dtype == np.int64
    assert_array_equal(ours, hierarchy.cut_tree(Z))
    for k in range(1, n + 1):
        assert_array_equal(cut_tree(Z, k), hierarchy.cut_tree(Z, k))
    for t in (*Z[:: max(1, n // 5), 2], 0.3, -1, 1e9):
        assert_array_equal(cut_tree(Z, height=t), hierarchy.cut_tree(Z, height=t))


@few
@given(trees(), st.data())
def test_several_cuts_are_the_single_cuts_side_by_side(Z, data):
    ask = data.draw(st.lists(st.integers(1, len(Z) + 1), max_size=6))
    cuts = cut_tree(Z, ask)
    assert cuts.shape == (len(Z) + 1, len(ask))
    for column, k in zip(cuts.T, ask, strict=True):
        assert set(column.tolist()) == set(range(k))
        assert_array_equal(column, cut_tree(Z, k).ravel())


@few
@given(trees())
def test_fewer_clusters_are_unions_of_more(Z):
    cuts = cut_tree(Z)
    for fine, coarse in itertools.pairwise(cuts.T):
        assert all(any(a <= b for b in groups(coarse)) for a in groups(fine))


def test_inversions_do_not_lose_clusters():
    """SciPy gives fewer clusters than asked (scipy#8063)."""
    short = 0
    for seed in range(20):
        Z = hierarchy.centroid(np.random.default_rng(seed).random((12, 2)))
        for k in range(1, 13):
            assert groups(cut_tree(Z, k)) == undo(Z, k)
            short += len(groups(hierarchy.cut_tree(Z, k))) < k
    assert short  # so the case is worth a test


def test_all_counts_at_once_with_n_among_them():
    X = np.random.RandomState(195).randn(5, 4)
    Z = hierarchy.average(X)
    cuts = cut_tree(Z, np.arange(1, 6))
    assert_array_equal(cuts[:, 4], np.arange(5))
    assert_array_equal(cuts[:, :4], hierarchy.cut_tree(Z, np.arange(1, 6))[:, :4])


def test_a_height_in_a_tree_with_inversions():
    Z = hierarchy.centroid(np.random.default_rng(1).normal(size=(20, 2)))
    t = np.median(Z[:, 2])
    assert len(groups(cut_tree(Z, height=t))) == count(Z, np.nextafter(t, 0), "distance")
    assert count(Z, t, "distance") == 10


@pytest.mark.parametrize(
    ("more", "error", "named"),
    [
        ({"n_clusters": 2, "height": 1}, ValueError, "not both"),
        ({"n_clusters": 0}, ValueError, "`n_clusters` is 0"),
        ({"n_clusters": [2, 6]}, ValueError, "`n_clusters` is 6.*at most 5"),
        ({"n_clusters": 2.5}, ValueError, "whole number"),
        ({"height": [1, np.nan]}, ValueError, "`height`"),
        ({"height": "high"}, ValueError, "`height`"),
    ],
)
def test_faults_of_a_cut_are_named(more, error, named):
    with pytest.raises(error, match=named):
        cut_tree(chain(5), **more)


# leaders


@few
@given(trees(), st.floats(0, 2))
def test_leaders_are_scipys(Z, t):
    T = fcluster(Z, t, "distance")
    for ours, theirs in zip(leaders(Z, T), hierarchy.leaders(Z, T), strict=True):
        assert ours.dtype == theirs.dtype == np.int32
        assert_array_equal(ours, theirs)


@few
@given(trees(), st.integers(1, 9))
def test_a_leader_holds_its_cluster_and_nothing_else(Z, k):
    T = fcluster(Z, k, "maxclust")
    below = members(Z)
    for node, label in zip(*leaders(Z, T), strict=True):
        assert set(below[node]) == set(np.flatnonzero(label == T).tolist())


def test_labels_may_be_any_numbers():
    """SciPy takes -1 for 'mixed' and loses that cluster."""
    Z = chain(4)
    L, M = leaders(Z, np.array([-1, -1, 5, 0], np.int32))
    assert dict(zip(M.tolist(), L.tolist(), strict=True)) == {-1: 4, 5: 2, 0: 3}


def test_labels_that_are_no_cut_are_refused():
    with pytest.raises(ValueError, match="cluster 1 is not one whole subtree"):
        leaders(chain(5), np.array([1, 2, 1, 1, 1], np.int32))
    with pytest.raises(TypeError, match="int32"):
        leaders(chain(3), np.array([1, 1, 2]))
    with pytest.raises(ValueError, match="`T` has length 2"):
        leaders(chain(3), np.array([1, 2], np.int32))


# is_isomorphic


def test_isomorphic_means_the_same_groups():
    for n in range(5):
        for a, b in itertools.product(itertools.product(range(min(n, 3)), repeat=n), repeat=2):
            assert is_isomorphic(a, b) == is_isomorphic(b, a) == (groups(a) == groups(b))


def test_a_label_used_twice_apart_is_seen():
    assert hierarchy.is_isomorphic([0, 1, 2, 3], [0, 1, 0, 1])  # SciPy's answer
    assert not is_isomorphic([0, 1, 2, 3], [0, 1, 0, 1])


def test_labels_of_any_kind():
    assert is_isomorphic(["a", "b", "a"], [1.5, 0.0, 1.5])
    assert is_isomorphic(np.array([True, False]), [b"x", b"y"])
    assert is_isomorphic([], [])
    with pytest.raises(ValueError, match="number of elements"):
        is_isomorphic([1], [1, 2])
    with pytest.raises(ValueError, match="`T2`"):
        is_isomorphic([1], [[1]])


# all


def test_a_chain_of_20000_leaves_passes_through():
    n = 20_000
    Z = chain(n)
    want = {frozenset([0, 1, 2, 3])} | {frozenset([i]) for i in range(4, n)}
    assert groups(fcluster(Z, 3.5, "distance")) == want
    for criterion in ("inconsistent", "monocrit", "maxclust_monocrit", "maxclust"):
        T = fcluster(Z, 3, criterion, monocrit=maxdists(Z))
        assert T.shape == (n,)
    assert np.bincount(cut_tree(Z, 3).ravel()).tolist() == [n - 2, 1, 1]
    L, _ = leaders(Z, fcluster(Z, 3, "maxclust"))
    assert sorted(L.tolist()) == [n - 2, n - 1, 2 * n - 4]


@pytest.mark.parametrize(
    "call",
    [
        lambda Z: fcluster(Z, 2, "maxclust"),
        lambda Z: cut_tree(Z, 2),
        cut_tree,
        lambda Z: leaders(Z, np.ones(len(Z) + 1, np.int32)),
        inconsistent,
    ],
)
def test_no_input_is_changed_and_lists_do(call):
    Z = chain(6)
    Z.flags.writeable = False
    first, second = call(Z), call(Z.tolist())
    assert_array_equal(np.asarray(first), np.asarray(second))
    assert_array_equal(Z, chain(6))


def test_labels_that_cannot_be_sorted_are_compared():
    assert is_isomorphic([None, 1, "a"], ["x", "y", "z"])
    assert not is_isomorphic([None, 1, None], [1, 1, 2])
