"""How unusual a merge is among the merges below it."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster import hierarchy

from clusterlib.datasets import twelve_points
from clusterlib.hierarchy.inconsistency import (
    inconsistent,
    maxdists,
    maxinconsts,
    maxRstat,
)
from tests.oracles import chain
from tests.strategies import trees

few = settings(max_examples=60, deadline=None)


def by_definition(Z, d):
    """Collect the heights within d levels of each merge, then ask NumPy."""
    n = len(Z) + 1
    R = []
    for row in range(n - 1):
        level, heights = [row], []
        for _ in range(max(d, 1)):
            heights += [Z[r, 2] for r in level]
            level = [int(c) - n for r in level for c in Z[r, :2] if c >= n]
        std = np.std(heights, ddof=1) if len(set(heights)) > 1 else 0.0
        score = (Z[row, 2] - np.mean(heights)) / std if std > 0 else 0.0
        R.append([np.mean(heights), std, len(heights), score])
    return np.array(R)


@few
@given(trees(), st.integers(0, 6))
def test_the_table_is_that_of_the_definition(Z, d):
    assert_allclose(inconsistent(Z, d), by_definition(Z, d), rtol=1e-9, atol=1e-12)


@few
@given(trees(max_n=16), st.integers(0, 4))
def test_scipys_table_is_the_same_where_heights_differ(Z, d):
    Z[:, 2] = np.arange(1, len(Z) + 1)  # far apart, so that SciPy's sums of squares lose nothing
    assert_allclose(inconsistent(Z, d), hierarchy.inconsistent(Z, d), atol=1e-10)


@few
@given(trees())
def test_with_two_levels_no_coefficient_exceeds_the_ceiling(Z):
    R = inconsistent(Z)
    assert (R[:, 2] <= 3).all()
    assert (np.abs(R[:, 3]) <= 2 / np.sqrt(3) + 1e-12).all()


def test_rows_of_the_twelve_points():
    R = inconsistent(hierarchy.ward(twelve_points().X))
    want = [
        (1.1454972244, 0.2057641480, 2, 0.7071067812),
        (2.7851638631, 2.5879773408, 3, 1.1547005384),
        (6.5706570644, 1.3807118746, 3, 1.1547005384),
    ]
    assert_allclose(R[[4, 8, 10]], want, atol=5e-11)


def test_equal_heights_have_no_deviation_at_any_offset():
    Z = np.array([[0, 1, 0.1, 2], [2, 3, 0.1, 2], [4, 5, 0.1, 4]])
    for scale in (1.0, 1e9, 1e-9, 1e300):
        assert_array_equal(inconsistent(Z * [1, 1, scale, 1])[2, [1, 3]], 0)


@pytest.mark.parametrize("scale", [1e-250, 1e250])
def test_huge_and_tiny_heights_keep_their_coefficients(scale):
    Z = chain(9)
    R, scaled = inconsistent(Z), inconsistent(Z * [1, 1, scale, 1])
    assert_allclose(scaled[:, 3], R[:, 3])
    assert_allclose(scaled[:, :2], R[:, :2] * scale)


def test_a_large_offset_does_not_drown_the_deviation():
    Z = np.array([[0, 1, 1e8, 2], [2, 3, 1e8 + 1, 3], [4, 5, 1e8 + 2, 4]])
    Z[2, :2] = 3, 5
    Z[1, :2] = 2, 4
    assert_allclose(inconsistent(Z, 3)[2], [1e8 + 1, 1, 3, 1])


def test_an_infinite_height_is_no_score():
    Z = np.array([[0, 1, 1.0, 2], [2, 3, np.inf, 3]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_array_equal(inconsistent(Z), [[1, 0, 1, 0], [np.inf, 0, 2, 0]])


@few
@given(trees(), st.integers(0, 99))
def test_maxima_are_scipys(Z, seed):
    assert_array_equal(maxdists(Z), hierarchy.maxdists(Z))
    R = np.random.default_rng(seed).random((len(Z), 4))
    assert_array_equal(maxinconsts(Z, R), hierarchy.maxinconsts(Z, R))
    for i in range(4):
        assert_array_equal(maxRstat(Z, R, i), hierarchy.maxRstat(Z, R, i))


def test_maxdists_is_a_copy():
    Z = chain(5)
    maxdists(Z)[:] = -1
    assert_array_equal(Z, chain(5))


def test_a_chain_of_20000_leaves_passes_through():
    Z = chain(20_000)
    assert maxdists(Z)[-1] == 19_999
    R = inconsistent(Z)
    assert R.shape == (19_999, 4) and maxinconsts(Z, R)[-1] == R[:, 3].max()


@pytest.mark.parametrize("d", [-1, 1.5, np.nan])
def test_a_depth_that_is_no_count_is_refused(d):
    with pytest.raises(ValueError, match="`d`"):
        inconsistent(chain(4), d)
    assert_array_equal(inconsistent(chain(4), 3.0), inconsistent(chain(4), 3))


def test_faults_of_the_arguments_are_named():
    Z, R = chain(4), inconsistent(chain(4))
    with pytest.raises(TypeError, match="`i`"):
        maxRstat(Z, R, 1.0)
    for i in (-1, 4):
        with pytest.raises(ValueError, match="`i`"):
            maxRstat(Z, R, i)
    with pytest.raises(ValueError, match="`R` has 2 rows and the linkage matrix `Z` has 3"):
        maxinconsts(Z, R[1:])
    bad = R.copy()
    bad[1, 3] = np.nan
    with pytest.raises(ValueError, match="`R` holds a NaN in column 3"):
        maxinconsts(Z, bad)
    with pytest.raises(ValueError, match="negative"):
        maxdists(-Z)
