import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import squareform

from clusterlib.hierarchy.algorithms.prim import (
    prim_condensed,
    prim_points,
    prim_square,
)
from tests.strategies import points


def square(X):
    """Distances with the sums taken in the order of the features."""
    return np.sqrt(sum((x[:, None] - x) ** 2 for x in X.T))


def visits(D):
    return list(prim_square(D))


def kruskal(D):
    """Return the lengths of a minimum spanning tree by brute force."""
    n = len(D)
    part, lengths = list(range(n)), []
    for length, i, j in sorted((D[a, b], a, b) for a in range(n) for b in range(a)):
        if part[i] != part[j]:
            lengths.append(length)
            old, new = part[i], part[j]
            part = [new if p == old else p for p in part]
    return lengths


@given(points(max_n=40))
@settings(max_examples=80, deadline=None)
def test_all_visit_in_the_same_order_and_find_the_shortest_network(X):
    """Bit for bit, ties and duplicates included."""
    D = square(X)
    on_matrix = visits(D)
    assert list(prim_condensed(squareform(D), len(D))) == on_matrix
    assert list(prim_points(X / 4)) == [(x, y, h / 4) for x, y, h in on_matrix]
    np.testing.assert_allclose(sorted(h for *_, h in on_matrix), kruskal(D), rtol=1e-12)


def test_the_order_is_prims_by_hand():
    """Five points on a line, started from the first."""
    D = square(np.array([[0.0], [1.0], [3.0], [7.0], [12.0]]))
    assert visits(D) == [(0, 1, 1.0), (1, 2, 2.0), (2, 3, 4.0), (3, 4, 5.0)]


@pytest.mark.parametrize("spread", [1e-2, 1e-4, 1e-6, 1e-8])
@pytest.mark.parametrize("d", [2, 10])
def test_near_duplicates_keep_all_digits(spread, d):
    """|p|^2 + |q|^2 - 2 p.q would lose them all at 1e-8."""
    rng = np.random.default_rng(0)
    X = np.repeat(rng.random((80, d)), 2, axis=0)
    X[1::2] += spread * rng.random((80, d))
    links = list(prim_points(X))
    np.testing.assert_allclose(
        sorted(h for *_, h in links), sorted(h for *_, h in visits(square(X))), rtol=1e-14
    )
    assert all(h > 0 for *_, h in links)


def test_points_that_were_visited_are_dropped_in_order():
    X = np.random.default_rng(3).integers(0, 12, (900, 2)) / 12
    D = square(X)
    assert list(prim_points(X)) == visits(D)
    assert list(prim_condensed(squareform(D), len(D))) == visits(D)


def test_condensed_distances_are_read_in_place():
    """No square matrix: 32 MB for 2,000 points, and none of it is made."""
    y = np.random.default_rng(0).random(2_000 * 1_999 // 2)
    kept = y.copy()
    y.flags.writeable = False
    tracemalloc.start()
    assert len(list(prim_condensed(y, 2_000))) == 1_999
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2e6
    np.testing.assert_array_equal(y, kept)
