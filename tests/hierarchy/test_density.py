"""Dense groups, against scikit-learn's HDBSCAN and by their definition."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import HDBSCAN

from clusterlib import datasets
from clusterlib.distance import pdist, squareform
from clusterlib.hierarchy import density
from clusterlib.hierarchy.density import hdbscan, mutual_reachability
from clusterlib.validity import adjusted_rand_index


def partition(labels):
    """Return a partition that does not depend on the numbers of its clusters."""
    return {frozenset(np.flatnonzero(labels == c).tolist()) for c in set(labels.tolist()) - {-1}}


def by_levels(D, m):
    """Return stability and clusters below a set of points, level by level on the distances."""

    def explore(points, birth):
        """Return (stability, chosen clusters) of the branch that begins with `points`."""
        stability, now = 0.0, points
        for height in sorted({*D[np.ix_(now, now)].ravel()} - {0.0}, reverse=True):
            near = D[np.ix_(now, now)] < height
            _, parts = connected_components(near)
            groups = [now[parts == part] for part in range(parts.max() + 1)]
            large = [group for group in groups if len(group) >= m]
            if len(groups) == 1:
                continue
            gain = 1 / height - birth
            if len(large) == 1:
                stability += gain * (len(now) - len(large[0]))
                now = large[0]
                continue
            stability += gain * len(now)
            below = [explore(group, 1 / height) for group in large]
            total = sum(part[0] for part in below)
            if birth == 0 or total > stability:
                return total, [cluster for part in below for cluster in part[1]]
            break
        return stability, [frozenset(points.tolist())]

    return set(explore(np.arange(len(D)), 0.0)[1])


def sample(seed):
    """Return three clouds of 30 points in all, some of them close to each other."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(30, 2)) + rng.choice([0, 4, 9], size=(30, 1))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("m", [2, 3, 5, 8])
def test_the_groups_are_those_of_the_levels_of_the_distances(seed, m):
    X = sample(seed)
    found = hdbscan(X, m)
    expected = by_levels(squareform(mutual_reachability(X, m)), m)
    if found.chosen:
        assert partition(found.labels) == expected
    else:
        assert expected in (set(), {frozenset(range(30))})


@pytest.mark.parametrize("seed", range(10))
def test_clouds_far_apart_are_those_of_scikit_learn(seed):
    """Points that leave at the very height of a split are noise here; the peer keeps some."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(90, 2)) + np.repeat([[0, 0], [30, 0], [0, 30]], 30, axis=0)
    peer, mine = HDBSCAN(min_cluster_size=15, copy=True).fit(X).labels_, hdbscan(X, 15).labels
    both = (peer >= 0) & (mine >= 0)
    assert len(partition(peer)) == len(partition(mine)) == 3
    assert adjusted_rand_index(peer[both], mine[both]) == 1
    assert ((peer >= 0) != (mine >= 0)).sum() <= 3


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_mutual_reachability_is_its_definition(seed, m):
    X = np.random.default_rng(seed).normal(size=(12, 3))
    D = squareform(pdist(X))
    core = np.sort(D, axis=1)[:, m - 1]
    expected = np.maximum(D, np.maximum.outer(core, core))
    np.fill_diagonal(expected, 0)
    assert np.allclose(squareform(mutual_reachability(X, m)), expected)


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_mutual_reachability_does_not_depend_on_the_blocks(rows, monkeypatch):
    X = np.random.default_rng(0).integers(0, 9, (40, 2))
    whole = mutual_reachability(X, 4)
    monkeypatch.setattr(density, "ROWS", rows)
    np.testing.assert_array_equal(mutual_reachability(X, 4), whole)


def test_mutual_reachability_holds_little_beside_its_answer():
    X = np.random.default_rng(0).random((2000, 2))
    mutual_reachability(X[:300], 5)  # what the first call imports is not counted
    tracemalloc.start()
    y = mutual_reachability(X, 5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * y.nbytes


def test_every_observation_leaves_one_branch_at_or_after_its_birth():
    found = hdbscan(datasets.bridge().X, 10)
    left = sorted(point for branch in found.branches for point in branch.points)
    assert left == list(range(len(found.labels)))
    for branch in found.branches:
        assert branch.birth <= min(branch.leaves, default=np.inf)
        assert all(found.branches[child].birth >= branch.birth for child in branch.children)


def test_the_bridge_does_not_join_the_clouds():
    data = datasets.bridge()
    known = data.labels >= 0
    labels = hdbscan(data.X, 10).labels
    kept = known & (labels >= 0)
    assert len(set(labels[labels >= 0])) == 2
    assert adjusted_rand_index(data.labels[kept], labels[kept]) == 1


def test_copies_of_three_points_are_three_groups():
    X = np.repeat([[0.0, 0.0], [5.0, 5.0], [9.0, 0.0]], 6, axis=0)
    assert partition(hdbscan(X, 4).labels) == {frozenset(range(i, i + 6)) for i in (0, 6, 12)}


@pytest.mark.parametrize(("m", "message"), [(1, "`m`"), (8, "at most the 7 observations")])
def test_a_size_that_does_not_fit_is_refused(m, message):
    with pytest.raises(ValueError, match=message):
        hdbscan(np.arange(7.0)[:, None], m)
