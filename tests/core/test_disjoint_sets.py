"""Groups that only grow together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy

from clusterlib.core.disjoint_sets import DisjointSet


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30))
def test_every_answer_is_scipys(merges):
    ours, theirs = DisjointSet(range(13)), hierarchy.DisjointSet(range(13))
    for x, y in merges:
        assert ours.merge(x, y) == theirs.merge(x, y)
        assert ours.n_subsets == theirs.n_subsets
        assert ours.connected(x, y)
    assert ours.subsets() == theirs.subsets()
    assert [ours[x] for x in range(13)] == [theirs[x] for x in range(13)]
    assert [ours.subset_size(x) for x in ours] == [len(ours.subset(x)) for x in ours]


def test_elements_keep_their_order_and_come_once():
    groups = DisjointSet(["b", "a", "b"])
    groups.add("c")
    assert list(groups) == ["b", "a", "c"] and len(groups) == 3 and "a" in groups


def test_an_unknown_element_is_a_key_error():
    groups = DisjointSet([1])
    for ask in (
        lambda: groups[2],
        lambda: groups.merge(1, 2),
        lambda: groups.subset(2),
        lambda: groups.connected(2, 1),
        lambda: groups.subset_size(2),
    ):
        with pytest.raises(KeyError, match="2"):
            ask()


def test_a_long_chain_of_merges_needs_no_recursion():
    groups = DisjointSet(range(20_000))
    for x in range(19_999):
        groups.merge(x, x + 1)
    assert groups.subset_size(0) == 20_000 and groups.n_subsets == 1


def test_an_element_that_differs_from_itself_is_still_found():
    nan = float("nan")
    groups = DisjointSet([nan, 1.0])
    assert groups.merge(nan, 1.0) and groups.subset_size(1.0) == 2
    assert groups.connected(1.0, nan)
