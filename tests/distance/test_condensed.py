"""Condensed and square distances: round trips, checks and their messages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy.spatial import distance as scipy_distance

from clusterlib.distance import condensed
from clusterlib.distance.condensed import (
    is_valid_dm,
    is_valid_y,
    num_obs_dm,
    num_obs_y,
    squareform,
)

DTYPES = ("f8", "f4", "i2", "u1", "?", "c16", "O", "U3", "m8[s]")


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.sampled_from(DTYPES), st.integers(1, 9), st.booleans())
def test_round_trip_as_scipy(n, dtype, block, strided):
    m = n * (n - 1) // 2
    y = np.random.default_rng(n).integers(0, 9, 2 * m).astype("i8").astype(dtype)
    y = y[::2] if strided else y[:m].copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(condensed, "BLOCK", block)
        patch.setattr(condensed, "SMALL", 20)  # above it, blocks
        D = squareform(y)
    assert D.dtype == y.dtype
    assert_array_equal(D, scipy_distance.squareform(y))
    if D.dtype.kind not in "UO":
        assert_array_equal(squareform(np.asfortranarray(D)), y)
    assert_array_equal(squareform(D, checks=False), y)
    assert not np.may_share_memory(D, y)


def test_smallest_forms():
    assert_array_equal(squareform([]), [[0]])
    assert squareform(np.zeros((0, 0))).shape == squareform([[0]]).shape == (0,)
    assert_array_equal(squareform(5), [[0, 5], [5, 0]])
    assert squareform(np.array([], "f4")).dtype == np.float32


def test_force():
    y, D = [1.0, 2.0, 3.0], squareform([1.0, 2.0, 3.0])
    assert_array_equal(squareform(y, force="ToMatrix"), D)
    assert_array_equal(squareform(D, force="tovector"), y)
    for bad, force, word in (
        (D, "tomatrix", "tomatrix"),
        (y, "tovector", "tovector"),
        (y, "matrix", "`force`"),
        (y, None, "`force` is None"),
    ):
        with pytest.raises(ValueError, match=word):
            squareform(bad, force=force)


def test_what_is_no_table_of_distances():
    """A last-bit asymmetry is refused with its cure; checks=False takes it."""
    a = 0.1 + 0.2
    near = np.array([[0.0, a], [0.3, 0.0]])
    with pytest.raises(ValueError, match=r"symmetric.*\(0, 1\).*\(D \+ D.T\) / 2"):
        squareform(near)
    assert_array_equal(squareform(near, checks=False), [a])
    assert_array_equal(squareform((near + near.T) / 2), [(a + 0.3) / 2])
    with pytest.raises(ValueError, match="diagonal"):
        squareform([[1e-9, 1.0], [1.0, 0.0]])
    with pytest.raises(ValueError, match="symmetric"):
        squareform([[0.0, np.nan], [np.nan, 0.0]])
    with pytest.raises(ValueError, match=r"n\(n-1\)/2"):
        squareform([1.0, 2.0])
    with pytest.raises(ValueError, match="square"):
        squareform(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="3 dimensions"):
        squareform(np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match="mask"):
        squareform(np.ma.masked_equal([1.0, 2.0, 3.0], 2.0))


def test_tolerance_of_a_distance_matrix():
    near = np.array([[0.0, 1.0], [1.0 + 1e-10, 0.0]])
    assert is_valid_dm(near, tol=1e-9)
    assert is_valid_dm(near.T, tol=1e-9)
    assert not is_valid_dm(near)
    assert is_valid_dm([[1e-10, 1.0], [1.0, 0.0]], tol=1e-9)
    # SciPy lets any negative diagonal pass, and refuses infinite distances with a tolerance.
    assert not is_valid_dm([[-3.0, 1.0], [1.0, 0.0]], tol=1e-9)
    assert is_valid_dm([[0.0, np.inf], [np.inf, 0.0]], tol=1e-9)
    assert num_obs_dm([[0.0, np.inf], [np.inf, 0.0]]) == 2
    assert is_valid_dm([[0, True], [True, 0]])
    # Bytes would wrap around, booleans have no difference, text is compared as numbers.
    assert not is_valid_dm(np.array([[0, 255], [0, 0]], dtype=np.uint8), tol=2)
    assert is_valid_dm(np.array([[False, True], [True, False]]), tol=0.1)
    assert not is_valid_dm([["a", "b"], ["b", "a"]], tol=0.1)


def test_verdicts_name_the_fault():
    for bad, word in (
        ([1, 2], "shape=2"),
        ([[0, 1, 2], [1, 0, 3]], "square"),
        ([[0, 1], [2, 0]], "symmetric"),
        ([[1, 2], [2, 1]], "diagonal"),
    ):
        assert not is_valid_dm(bad)
        with pytest.raises(ValueError, match=f"'Q'.*{word}"):
            is_valid_dm(bad, throw=True, name="Q")
        with pytest.warns(UserWarning, match=word):
            assert not is_valid_dm(bad, warning=True)
        with pytest.raises(ValueError, match=word):  # SciPy: TypeError without a name
            is_valid_dm(bad, throw=True, name="", tol=1e-9)
    assert is_valid_y([])  # one observation has no distances, as in SciPy
    for bad, word in (([[1.0]], "shape=1"), ([1, 2], r"n\(n-1\)/2")):
        assert not is_valid_y(bad)
        with pytest.raises(ValueError, match=f"'Q'.*{word}"):
            is_valid_y(bad, throw=True, name="Q")
        with pytest.warns(UserWarning, match=word):
            assert not is_valid_y(bad, warning=True)


def test_numbers_of_observations():
    for n in (2, 3, 10, 1000):
        assert num_obs_y(np.zeros(n * (n - 1) // 2)) == n
        assert num_obs_dm(np.zeros((n, n))) == n
    for bad in ([], [1, 2], [[1.0]]):
        with pytest.raises(ValueError, match="'Y'"):
            num_obs_y(bad)
    with pytest.raises(ValueError, match="'d'"):
        num_obs_dm([1, 2])
