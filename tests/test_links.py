"""The linkage matrix as a table: what is one, and what it counts."""

import numpy as np
import pytest
import scipy.cluster.hierarchy as scipy_hierarchy
from hypothesis import given, settings
from strategies import points

from clusterlib import datasets
from clusterlib.links import (
    correspond,
    from_mlab_linkage,
    is_monotonic,
    is_valid_im,
    is_valid_linkage,
    num_obs_linkage,
    to_mlab_linkage,
)
from clusterlib.merging import linkage

GOOD = np.array([[0.0, 1, 1, 2], [3, 2, 4, 3]])


def broken(row, column, value):
    Z = GOOD.copy()
    Z[row, column] = value
    return Z


@pytest.mark.parametrize(
    ("Z", "word"),
    [
        (broken(0, 0, -1), "negative"),
        (broken(0, 2, -1), "negative"),
        (broken(0, 3, -2), "negative"),
        (broken(0, 0, 4), "before"),
        (broken(1, 0, 1), "more than once"),
        (broken(0, 2, np.nan), "nan|NaN"),
        (GOOD[:, :3], "4 columns"),
        (GOOD.ravel(), "two|2"),
        (np.empty((0, 4)), "least|empty|row"),
    ],
)
def test_a_broken_table_is_named(Z, word):
    assert not is_valid_linkage(Z)
    with pytest.raises((ValueError, TypeError), match=word) as error:
        is_valid_linkage(Z, throw=True, name="mine")
    assert "mine" in str(error.value)
    with pytest.warns(UserWarning):
        is_valid_linkage(Z, warning=True)


def test_a_tree_is_a_tree():
    assert is_valid_linkage(GOOD, throw=True)
    assert num_obs_linkage(GOOD) == 3
    assert correspond(GOOD, [1.0, 2.0, 3.0])
    assert not correspond(GOOD, [1.0])


def test_monotone_and_not():
    assert is_monotonic(GOOD)
    triangle = [[0, 0], [4, 0], [2, 3.5]]
    assert not is_monotonic(linkage(triangle, "centroid"))  # L3: 4, then 3.5


@settings(deadline=None, max_examples=30)
@given(points())
def test_every_tree_of_ours_is_valid_and_survives_matlab(X):
    for method in ("single", "average", "ward"):
        Z = linkage(X, method)
        assert is_valid_linkage(Z, throw=True)
        assert scipy_hierarchy.is_valid_linkage(Z)
        assert num_obs_linkage(Z) == len(X)
        np.testing.assert_allclose(from_mlab_linkage(to_mlab_linkage(Z)), Z)


def test_matlab_counts_from_one():
    M = to_mlab_linkage(GOOD)
    assert M.shape == (2, 3)
    np.testing.assert_array_equal(M[:, :2], GOOD[:, :2] + 1)
    for bad in ([[0, 1, 1.0], [2, 3, 2.0]], [[1, 2, 1.0], [99, 4, 3.0]]):
        with pytest.raises(ValueError):
            from_mlab_linkage(bad)


def test_inconsistency_matrices():
    R = scipy_hierarchy.inconsistent(scipy_hierarchy.linkage(datasets.twelve_points().X))
    assert is_valid_im(R)
    assert not is_valid_im(R[:, :3])
    assert not is_valid_im(-R)
