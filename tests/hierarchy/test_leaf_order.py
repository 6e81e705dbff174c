"""The shortest of all leaf orders of a tree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib.datasets import iris, twelve_points
from clusterlib.hierarchy.leaf_order import _min_plus, optimal_leaf_ordering
from clusterlib.hierarchy.linkage_matrix import ClusterWarning
from clusterlib.hierarchy.trees import leaves_list
from tests.oracles import chain, members, orders
from tests.strategies import METHODS, points

few = settings(max_examples=40, deadline=None)


def length(D, order):
    return D[order[:-1], order[1:]].sum()


def ordered_length(Z, y):
    return length(squareform(y), leaves_list(optimal_leaf_ordering(Z, y)))


@few
@given(points(max_n=8), st.sampled_from(METHODS))
def test_no_order_of_the_tree_is_shorter(X, method):
    y = pdist(X)
    Z = hierarchy.linkage(y, method)
    best = min(length(squareform(y), np.array(order)) for order in orders(Z))
    assert_allclose(ordered_length(Z, y), best, atol=1e-12)


@few
@given(st.integers(3, 8), st.integers(0, 999))
def test_distances_need_not_be_metric(n, seed):
    y = np.random.default_rng(seed).random(n * (n - 1) // 2)
    Z = hierarchy.complete(y)
    best = min(length(squareform(y), np.array(order)) for order in orders(Z))
    assert_allclose(ordered_length(Z, y), best, atol=1e-12)


@few
@given(points(max_n=40), st.sampled_from(METHODS))
def test_the_tree_stays_the_same_and_is_never_longer_than_scipys(X, method):
    y = pdist(X)
    Z = hierarchy.linkage(y, method)
    ours = optimal_leaf_ordering(Z, y)
    assert_array_equal(ours[:, 2:], Z[:, 2:])
    assert_array_equal(np.sort(ours[:, :2]), np.sort(Z[:, :2]))
    assert [set(m) for m in members(ours)] == [set(m) for m in members(Z)]
    theirs = leaves_list(hierarchy.optimal_leaf_ordering(Z, y))
    assert length(squareform(y), leaves_list(ours)) <= length(squareform(y), theirs) + 1e-9


def test_scipy_misses_the_optimum():
    """So that the difference from SciPy is pinned (scipy#11227)."""
    longer = 0
    for seed in range(30):
        y = np.random.default_rng(seed).random(36)
        Z = hierarchy.complete(y)
        theirs = leaves_list(hierarchy.optimal_leaf_ordering(Z, y))
        longer += ordered_length(Z, y) < length(squareform(y), theirs) - 1e-12
    assert longer >= 10


@pytest.mark.parametrize(
    ("method", "before", "scipys", "shortest"),
    [
        ("single", 90.262363, 71.083865, 63.749418),
        ("complete", 63.402479, 57.197588, 51.105148),
        ("average", 71.747901, 58.432323, 52.016777),
        ("ward", 70.502678, 56.231488, 50.552480),
    ],
)
def test_iris(method, before, scipys, shortest):  # whose second column is SciPy's order
    y = pdist(iris().X)
    Z = hierarchy.linkage(y, method)
    theirs = leaves_list(hierarchy.optimal_leaf_ordering(Z, y))
    assert_allclose(length(squareform(y), leaves_list(Z)), before, atol=5e-7)
    assert_allclose(length(squareform(y), theirs), scipys, atol=5e-7)
    assert_allclose(ordered_length(Z, y), shortest, atol=5e-7)


def test_twelve_points():
    y = pdist(twelve_points().X)
    Z = hierarchy.ward(y)
    assert_allclose(length(squareform(y), leaves_list(Z)), 18.79669128)
    assert_allclose(ordered_length(Z, y), 14)


def test_observations_metrics_and_lists_are_taken():
    X = np.random.default_rng(0).random((9, 3))
    Z = hierarchy.average(pdist(X, "cityblock"))
    want = optimal_leaf_ordering(Z, pdist(X, "cityblock"))
    assert_array_equal(optimal_leaf_ordering(Z, X, "cityblock"), want)
    assert_array_equal(optimal_leaf_ordering(Z.tolist(), X.tolist(), metric="cityblock"), want)


def test_a_square_matrix_of_distances_is_warned_of():
    X = np.arange(4.0)[:, None] ** 2
    Z = hierarchy.single(X)
    with pytest.warns(ClusterWarning, match="`y` looks like a square distance matrix"):
        optimal_leaf_ordering(Z, squareform(pdist(X)))


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_huge_and_tiny_distances(scale):
    y = np.random.default_rng(1).random(45)
    Z = hierarchy.average(y)
    want = optimal_leaf_ordering(Z, y)[:, :2]
    assert_array_equal(optimal_leaf_ordering(Z * [1, 1, scale, 1], y * scale)[:, :2], want)


def test_equal_distances_and_the_smallest_tree():
    assert_array_equal(optimal_leaf_ordering([[0, 1, 2.0, 2]], [2.0]), [[0, 1, 2.0, 2]])
    Z = optimal_leaf_ordering(chain(5), np.zeros(10))
    assert_array_equal(np.sort(Z[:, :2]), np.sort(chain(5)[:, :2]))


def test_a_deep_chain_passes_through():
    n = 2_000
    y = pdist(np.cumsum(np.arange(n))[:, None].astype(float))
    Z = chain(n)
    assert_allclose(ordered_length(Z, y), n * (n - 1) / 2)


def test_faults_of_the_arguments_are_named():
    Z = chain(4)
    with pytest.raises(ValueError, match="`y` speaks of 3 observations and the tree `Z` of 4"):
        optimal_leaf_ordering(Z, np.ones(3))
    with pytest.raises(ValueError, match=r"`y` holds.*finite"):
        optimal_leaf_ordering(Z, [1, 2, np.nan, 4, 5, 6])
    with pytest.raises(ValueError, match="1 or 2 dimensional"):
        optimal_leaf_ordering(Z, np.ones((4, 2, 1)))
    with pytest.raises(ValueError, match="`y`"):
        optimal_leaf_ordering(Z, np.ones(5))


@few
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_min_plus_is_its_definition(p, q, r, seed):
    rng = np.random.default_rng(seed)
    A, B = rng.random((p, q)), rng.random((q, r))
    assert_array_equal(_min_plus(A, B), (A[:, :, None] + B).min(axis=1))


def test_no_input_is_changed():
    y = np.random.default_rng(5).random(45)
    Z = hierarchy.average(y)
    keep = Z.copy(), y.copy()
    Z.flags.writeable = y.flags.writeable = False
    optimal_leaf_ordering(Z, y)
    assert_array_equal(Z, keep[0])
    assert_array_equal(y, keep[1])
