import numpy as np
import pytest

from clusterlib.core.lower_bounds import (
    SERIAL,
    bound_columns,
    few_pairs,
    lower_bounds,
)

KINDS = {
    "clouds": lambda rng, n, d: rng.normal(size=(d, n)),
    "near duplicates": lambda rng, n, d: rng.normal(size=(d, 1)) + 1e-8 * rng.normal(size=(d, n)),
    "one far away": lambda rng, n, d: np.c_[1e-6 * rng.normal(size=(d, n - 1)), np.ones(d)],
    "tiny": lambda rng, n, d: 1e-20 * rng.normal(size=(d, n)),
    "equal": lambda rng, n, d: np.full((d, n), 0.7),
    "mixed scales": lambda rng, n, d: rng.normal(size=(d, n)) * 10.0 ** rng.integers(-9, 1, (d, n)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("d", [1, 2, 3, 10, 100])
def test_a_bound_is_never_above_the_distance(kind, d):
    P = KINDS[kind](np.random.default_rng(d), 60, d)
    P /= max(1.0, np.abs(P).max())
    true = ((P[:, :, None].astype(np.longdouble) - P[:, None, :]) ** 2).sum(axis=0)
    table = bound_columns(P)
    lower = lower_bounds(table, np.arange(60))
    assert (lower <= true).all()
    for i in (0, 31, 59):
        assert (lower_bounds(table, i) <= true[i]).all()
        assert (lower_bounds(table, i, 17) <= true[i, 17:]).all()


def test_a_bound_is_close_to_the_distance():
    P = np.random.default_rng(0).random((10, 500))
    true = ((P[:, :, None] - P[:, None, :]) ** 2).sum(axis=0)
    lower = lower_bounds(bound_columns(P), np.arange(500))
    assert (true - lower).max() < 1e-4


def test_slices_of_a_product_are_joined():
    """Calls of BLAS stay small, whatever the number of points."""
    P = np.random.default_rng(0).random((6, 3 * SERIAL // 8 + 5))
    table = bound_columns(P)
    whole = (np.array([*(-2 * table[:6, 5]), 1, table[6, 5]], np.float32)) @ table
    np.testing.assert_allclose(lower_bounds(table, 5), whole, atol=1e-5)
    np.testing.assert_allclose(lower_bounds(table, np.array([5]))[0], whole, atol=1e-5)
    assert lower_bounds(table, 5, table.shape[1]).shape == (0,)


@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (0, 4), (40, 500)])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 1])
def test_few_pairs_are_those_of_nonzero(shape, share):
    near = np.random.default_rng(0).random(shape) < share
    for ours, numpys in zip(few_pairs(near), np.nonzero(near), strict=True):
        np.testing.assert_array_equal(ours, numpys)
