"""The directed Hausdorff distance: brute force, SciPy's pairs, and degenerate sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial.distance import directed_hausdorff as scipys

from clusterlib.distance import cdist, directed_hausdorff

SIZES = st.integers(1, 60)
few = settings(max_examples=60, deadline=None)


@few
@given(
    st.integers(1, 60), st.integers(1, 60), st.integers(1, 3), st.integers(0, 999), st.booleans()
)
def test_brute_force_and_the_pairs_of_scipy(a, b, d, seed, tied):
    g = np.random.default_rng(seed)
    draw = (lambda n: g.integers(0, 3, (n, d))) if tied else (lambda n: g.normal(size=(n, d)))
    u, v = draw(a), draw(b)
    D = cdist(u, v)
    got = directed_hausdorff(u, v)
    assert_allclose(got[0], D.min(axis=1).max(), rtol=1e-15)
    assert got[0] == scipys(u, v)[0]
    for more in ({}, {"rng": seed}, {"seed": seed}, {"rng": np.random.default_rng(seed)}):
        ours = directed_hausdorff(u, v, **more)
        if isinstance(more.get("rng"), np.random.Generator):
            more = {"rng": np.random.default_rng(seed)}
        assert ours == scipys(u, v, **more)
    assert directed_hausdorff(u, v, seed) == scipys(u, v, seed)


def test_points_are_dropped_early_and_blocks_do_not_matter():
    g = np.random.default_rng(0)
    u, v = g.normal(size=(3000, 3)), g.normal(size=(2500, 3))
    assert directed_hausdorff(u, v) == scipys(u, v)
    u[17] += 40
    assert directed_hausdorff(u, v) == scipys(u, v)
    assert directed_hausdorff(u, u)[0] == 0


def test_extreme_points():
    u, v = np.array([[3.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 4.0], [0.0, 0.5]])
    want = directed_hausdorff(u, v)[0]
    for scale in (1e-300, 1e200):
        assert_allclose(directed_hausdorff(u * scale, v * scale)[0], want * scale)


def test_types_and_inputs():
    u, v = np.array([[1, 2], [3, 4]], np.uint8), np.array([[0, 0]], np.uint8)
    keep = u.copy()
    got = directed_hausdorff(u, v)
    assert got == (5.0, 1, 0)
    assert [type(part) for part in got] == [float, int, int]
    assert (u == keep).all()


def test_the_global_random_state_is_left_alone():
    np.random.seed(5)
    before = np.random.get_state()[1].copy()
    directed_hausdorff([[1.0], [2.0]], [[3.0]])
    directed_hausdorff([[1.0], [2.0]], [[3.0]], seed=None)
    assert (before == np.random.get_state()[1]).all()


@pytest.mark.parametrize(
    ("u", "v", "more", "error", "word"),
    [
        (np.zeros((0, 2)), [[1.0, 2]], {}, ValueError, "`u` has 0 rows"),
        ([[1.0, 2]], np.zeros((0, 2)), {}, ValueError, "`v` has 0"),
        ([[1.0, 2]], [[1.0]], {}, ValueError, "columns"),
        ([1.0, 2], [[1.0]], {}, ValueError, "`u`"),
        ([[np.nan, 2]], [[1.0, 2]], {}, ValueError, "finite"),
        ([[1.0]], [[2.0]], {"rng": 1, "seed": 1}, TypeError, "twice"),
        ([[1.0]], [[2.0]], {"rng": "a"}, TypeError, "rng"),
        ([[1.0]], [[2.0]], {"rng": -3}, ValueError, "rng"),
    ],
)
def test_errors_teach(u, v, more, error, word):
    with pytest.raises(error, match=word):
        directed_hausdorff(u, v, **more)
    if not more:
        return
    with pytest.raises(TypeError, match="twice"):
        directed_hausdorff(u, v, 0, **more)
