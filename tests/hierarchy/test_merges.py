"""The linkage matrix of merges, against one look-up after the other, and for a million merges."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.core.disjoint_sets import DisjointSet
from clusterlib.hierarchy import is_valid_linkage, merges
from clusterlib.hierarchy.merges import linkage_matrix_from_merges

RNG = np.random.default_rng


def by_hand(x, y, height):
    """Make one merge after the other, from the lowest on."""
    n = len(x) + 1
    groups, label, rows = DisjointSet(range(n)), list(range(n)), []
    for new, i in enumerate(np.argsort(height, kind="stable").tolist(), n):
        sides = sorted(label[groups[side]] for side in (int(x[i]), int(y[i])))
        groups.merge(int(x[i]), int(y[i]))
        label[groups[int(x[i])]] = new
        rows.append((*sides, height[i], groups.subset_size(int(x[i]))))
    return np.array(rows, dtype=float)


SHAPES = {
    "chain": lambda rng, n: np.arange(n - 1),
    "star": lambda rng, n: np.zeros(n - 1, np.intp),
    "random tree": lambda rng, n: (rng.random(n - 1) * np.arange(1, n)).astype(np.intp),
}


def some_merges(shape, n, seed, ties):
    """Return n - 1 merges of shuffled points that form a tree."""
    rng = RNG(seed)
    names, flip = rng.permutation(n), rng.random(n - 1) < 0.5
    x, y = names[SHAPES[shape](rng, n)], names[1:]
    height = rng.integers(0, 5, n - 1).astype(float) if ties else rng.random(n - 1)
    return np.where(flip, x, y), np.where(flip, y, x), height


@given(
    st.sampled_from(list(SHAPES)),
    st.integers(2, 200),
    st.integers(0, 2**32 - 1),
    st.booleans(),
    st.sampled_from([1, 10, 1_000]),
)
@settings(max_examples=150, deadline=None)
def test_it_is_the_tree_made_one_merge_at_a_time(shape, n, seed, ties, few):
    x, y, height = some_merges(shape, n, seed, ties)
    expected = by_hand(x, y, height)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merges, "FEW", few)
        one_by_one = zip(x.tolist(), y.tolist(), height.tolist(), strict=True)
        at = n // 3
        parts = [(x[:at], y[:at], height[:at]), (x[at:], y[at:], height[at:])]
        for given_as in (one_by_one, parts):
            Z = linkage_matrix_from_merges(given_as)
            np.testing.assert_array_equal(Z, expected)
            assert is_valid_linkage(Z)


def test_merges_in_order_stay_in_order_and_squares_become_heights():
    Z = linkage_matrix_from_merges([(0, 1, 4.0), (2, 1, 1.0)], squared=True, in_order=True)
    np.testing.assert_array_equal(Z, [[0, 1, 2, 2], [2, 3, 1, 3]])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hundred_times_as_many_merges_take_no_thousand_times_as_long(shape):
    seconds = []
    for n in (3_000, 300_000):
        work = [some_merges(shape, n, 0, False)]
        runs = []
        for _ in range(3):
            start = time.process_time()
            linkage_matrix_from_merges(work)
            runs.append(time.process_time() - start)
        seconds.append(min(runs))
    assert seconds[1] < 1_000 * seconds[0]
