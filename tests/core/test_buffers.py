"""Short buffers change how NumPy works on broadcast rows, and nothing else."""

import numpy as np
import pytest

from clusterlib.core.buffers import LENGTH, short_buffers
from clusterlib.distance import cdist, pdist


def test_the_buffer_is_short_inside_and_as_before_outside():
    before = np.getbufsize()
    with short_buffers():
        assert np.getbufsize() == LENGTH < before
    assert np.getbufsize() == before


def test_an_error_inside_puts_the_buffer_back():
    before = np.getbufsize()
    with pytest.raises(ZeroDivisionError), short_buffers():
        raise ZeroDivisionError
    assert np.getbufsize() == before


@pytest.mark.parametrize("table", [pdist, lambda X: cdist(X, X)])
def test_distances_leave_the_buffer_of_their_caller(table):
    before = np.setbufsize(4096)
    try:
        table(np.random.default_rng(0).normal(size=(300, 3)))
        assert np.getbufsize() == 4096
    finally:
        np.setbufsize(before)


@pytest.mark.parametrize(("rows", "columns"), [(1, 5), (7, 64), (40, LENGTH), (9, 3000)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_results_do_not_depend_on_it(rows, columns, dtype):
    rng = np.random.default_rng(rows)
    a = rng.normal(size=(rows, 1)).astype(dtype)
    b = rng.normal(size=(1, columns))
    with short_buffers():
        inside = np.subtract(a, b), np.maximum(a, b), np.not_equal(a, b).astype(dtype)
    for one, other in zip(inside, (a - b, np.maximum(a, b), (a != b).astype(dtype)), strict=True):
        np.testing.assert_array_equal(one, other)
