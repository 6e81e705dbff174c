import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy as theirs
from scipy.spatial.distance import pdist

from clusterlib.hierarchy.algorithms import closest_pair
from clusterlib.hierarchy.algorithms.heap import LazyHeap
from clusterlib.hierarchy.merging import linkage


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_the_first_cluster_has_the_least_value(values, seed):
    """Whatever is written down, and whenever somebody asks."""
    rng = np.random.default_rng(seed)
    queue, known = LazyHeap(np.array(values, float)), dict(enumerate(map(float, values)))
    while known:
        if rng.random() < 0.3:
            clusters = rng.choice(list(known), rng.integers(1, len(known) + 1), replace=False)
            new = rng.integers(0, 6, len(clusters)).astype(float)
            queue.change(clusters, new)
            known.update(zip(clusters.tolist(), new.tolist(), strict=True))
        if rng.random() < 0.3:
            assert known[queue.first()] == min(known.values())
        if rng.random() < 0.3:
            del known[queue.first()]
            queue.pop()


def test_equal_values_come_in_the_order_of_a_heap():
    """By hand: taking out the top puts the last on top, which sinks to the left."""
    queue, order = LazyHeap(np.zeros(5)), []
    for _ in range(5):
        order.append(queue.first())
        queue.pop()
    assert order == [0, 4, 3, 2, 1]


def test_the_last_cluster_has_no_value():
    queue = LazyHeap(np.array([2.0, 1.0]))
    queue.change(2, 0.0)
    assert queue.first() == 1


@pytest.mark.parametrize("method", ["centroid", "median"])
@pytest.mark.parametrize("side", [2, 4, 30])
def test_ties_go_as_in_scipy(method, side):
    for seed in range(12):
        rng = np.random.default_rng(seed)
        y = pdist(rng.integers(0, side, (rng.integers(2, 150), 2)).astype(float))
        np.testing.assert_array_equal(linkage(y, method), theirs.linkage(y, method))


def test_without_ties_nothing_is_moved(monkeypatch):
    def first(self):
        raise AssertionError("asked without a tie")

    monkeypatch.setattr(closest_pair.LazyHeap, "first", first)
    assert len(linkage(pdist(np.random.default_rng(0).random((60, 3))), "centroid")) == 59
