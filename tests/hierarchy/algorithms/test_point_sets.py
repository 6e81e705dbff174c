"""Average and complete linkage of points: the nearest is found, and nothing large is held."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist, pdist

from clusterlib.hierarchy import linkage
from clusterlib.hierarchy.algorithms import point_sets
from clusterlib.hierarchy.algorithms.point_sets import (
    PointSets,
    merge_point_sets,
    nearest_sets,
)
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from tests.strategies import shaped

RNG = np.random.default_rng
KINDS = ["normal", "lattice", "line", "tiny", "heavy", "offset"]


@st.composite
def worlds(draw):
    """Weighted points of the order of 1, no two equal, and a generator."""
    n, d = draw(st.integers(40, 300)), draw(st.integers(1, 4))
    rng = RNG(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(KINDS))
    X = np.unique(shaped(kind, n, d, rng, side=30, apart=1e-9), axis=0)
    weight = rng.integers(1, draw(st.sampled_from([2, 10])), len(X)).astype(float)
    return rng.permutation(X), weight, kind, rng


def some_sets(X, weight, farthest, rng):
    """Return clusters after a few merges of whatever pairs, one of them of many points."""
    sets = PointSets(X, weight, farthest)
    for _ in range(2):
        order = rng.permutation(len(sets.count))
        third = len(order) // 3
        sets.merge(order[:third], order[third : 2 * third])
    sets.merge(np.arange(1, len(sets.count) // 4), np.zeros(len(sets.count) // 4 - 1, np.intp))
    return sets


def by_hand(sets):
    """Return the distances of all clusters, one pair after the other."""
    X, m = sets.points.T, len(sets.count)
    of = [slice(a, a + c) for a, c in zip(sets.start, sets.count, strict=True)]
    table = np.zeros((m, m))
    for i in range(m):
        for j in range(m):
            D = cdist(X[of[i]], X[of[j]])
            both = np.outer(sets.weight[of[i]], sets.weight[of[j]])
            table[i, j] = D.max() if sets.farthest else np.average(D, weights=both)
    np.fill_diagonal(table, np.inf)
    return table


@given(worlds(), st.booleans(), st.sampled_from([50, 1 << 16]))
@settings(max_examples=25, deadline=None)
def test_the_nearest_clusters_and_the_square_are_those_of_all_distances(world, farthest, cells):
    X, weight, _, rng = world
    sets = some_sets(X, weight, farthest, rng)
    expected = by_hand(sets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(point_sets, "CELLS", cells)
        square = sets.square()
        np.fill_diagonal(square, np.inf)
        np.testing.assert_allclose(square, expected, rtol=1e-9)
        np.testing.assert_array_equal(square, square.T)
        if len(sets.count) > 12:
            who = np.sort(rng.choice(len(sets.count), len(sets.count) // 2, replace=False))
            near, least = nearest_sets(sets, who)
            np.testing.assert_allclose(least, expected[who].min(axis=1), rtol=1e-9)
            np.testing.assert_allclose(expected[who, near], least, rtol=1e-9)
            i, j = np.triu_indices(len(sets.count), 1)
            np.testing.assert_array_equal(sets.distances(i, j), sets.distances(j, i))


@given(worlds(), st.sampled_from(["average", "complete"]))
@settings(max_examples=80, deadline=None)
def test_the_tree_is_that_of_the_distances(world, method):
    X, _, kind, _ = world
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(point_sets, "SQUARE", 15)
        update = RULES[method].update
        Z = linkage_matrix_from_merges(
            merge_point_sets(X, np.ones(len(X)), method == "complete", update)
        )
    expected = linkage(pdist(X), method)
    if kind != "lattice":  # with ties there is more than one tree, see `test_merging`
        rtol = 1e-9 if kind in ("normal", "heavy") else 1e-6
        np.testing.assert_allclose(Z[:, 2], expected[:, 2], rtol=rtol)
    assert (np.diff(Z[:, 2]) >= 0).all()


@pytest.mark.parametrize("method", ["average", "complete"])
def test_weights_count_as_points_in_one_place(method):
    rng = RNG(3)
    X, weight = rng.normal(size=(1_500, 2)), rng.integers(1, 4, 1_500)
    merges = merge_point_sets(X, weight, method == "complete", RULES[method].update)
    Z = linkage_matrix_from_merges(merges)
    full = linkage(pdist(np.repeat(X, weight, axis=0)), method)
    np.testing.assert_allclose(Z[:, 2], full[-1_499:, 2], rtol=1e-9)


@pytest.mark.parametrize("method", ["average", "complete"])
@pytest.mark.parametrize("kind", ["normal", "one giant cluster"])
def test_no_table_of_distances_is_held(method, kind):
    n = 6_000
    X = RNG(0).normal(size=(n, 2))
    if kind != "normal":
        X[n // 10 :] *= 1e-3
    tracemalloc.start()
    linkage(X, method)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < n * (n - 1) // 2 * 8 / 3


@pytest.mark.parametrize("method", ["average", "complete"])
def test_a_lattice_of_many_ties_comes_to_an_end(method):
    X = np.stack(np.meshgrid(np.arange(75.0), np.arange(75.0)), axis=-1).reshape(-1, 2)
    Z = linkage(X, method)
    assert len(Z) == len(X) - 1
    assert (Z[: len(X) // 3, 2] == 1).all()
