"""The block formulas: chunks of features, terms that keep their digits, and preparation."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from clusterlib.core.floats import shared_exponent
from clusterlib.distance import formulas
from clusterlib.distance.formulas import FORMULAS, entropy_gap, unit_rows

WITHOUT_SETTINGS = sorted(set(FORMULAS) - {"minkowski", "seuclidean", "mahalanobis"})


@pytest.mark.parametrize("name", WITHOUT_SETTINGS)
def test_features_in_chunks_or_one_by_one(name, monkeypatch):
    X = np.random.default_rng(0).random((7, 11))
    found = []
    for cells in (1, 40, 10_000):
        monkeypatch.setattr(formulas, "CELLS", cells)
        data, block = FORMULAS[name](X, None)
        F = np.ascontiguousarray(data.T)
        found.append(block(F[:, :3], F[:, 3:], np.empty((3, 4))))
    assert_allclose(found[1], found[0], rtol=1e-14)
    assert_allclose(found[2], found[0], rtol=1e-14)


@pytest.mark.parametrize("name", WITHOUT_SETTINGS)
def test_a_block_fills_its_output_and_leaves_the_data(name):
    X = np.random.default_rng(1).random((6, 4))
    keep = X.copy()
    data, block = FORMULAS[name](X, None)
    F = np.ascontiguousarray(data.T)
    room = np.full((2, 8), -1.0)
    out = room[:, ::2]  # not contiguous
    assert block(F[:, :2], F[:, 2:], out) is out
    assert (room[:, 1::2] == -1).all()
    assert (out >= 0).all()
    assert_array_equal(X, keep)


def test_entropy_gap_joins_its_two_forms():
    """On either side of |t| = 1/2 the two forms of h agree, and at t = 1 it is log 4."""
    for t in (0.5 - 1e-12, 0.5 + 1e-12, 0.1, 0.9):
        a, b = np.array([1 + t]), np.array([1 - t])
        want = (1 + t) * np.log(1 + t) + (1 - t) * np.log(1 - t)
        assert_allclose(entropy_gap(a, b, np.empty(1)), want, rtol=1e-13)  # `want` cancels
    with np.errstate(all="ignore"):
        assert_allclose(entropy_gap(np.array([1.0]), np.array([0.0]), np.empty(1)), np.log(2))
        assert entropy_gap(np.array([0.0]), np.array([0.0]), np.empty(1)) == 0
        assert entropy_gap(np.array([-1.0]), np.array([2.0]), np.empty(1)) == np.inf


def test_shared_exponent_moves_only_extreme_data():
    assert shared_exponent(np.array([[0.0, 1e-100, 1e100]])) == 0
    assert shared_exponent(np.zeros((2, 2))) == shared_exponent(np.zeros((0, 2))) == 0
    assert shared_exponent(np.array([[np.nan, np.inf]])) == 0
    for X in (np.array([[1e300, 1.0]]), np.array([[5e-324, 0.0]]), np.array([[1.0, 1e-200]])):
        e = shared_exponent(X)
        moved = np.ldexp(X, -e)
        assert 2.0**479 <= np.abs(moved).max() < 2.0**480
        assert_array_equal(np.ldexp(moved, e), X)


def test_unit_rows():
    X = np.array([[3.0, 4.0], [3e-200, 4e-200], [3e200, 4e200]])
    assert_allclose(unit_rows(X), [[0.6, 0.8]] * 3, rtol=1e-15)
    with np.errstate(all="ignore"):
        assert np.isnan(unit_rows(np.zeros((1, 2)))).all()
        assert np.isnan(unit_rows(np.zeros((1, 0)))).all()
