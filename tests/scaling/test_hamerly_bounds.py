"""Hamerly's bounds: the same codebook as Lloyd, with fewer distances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, scaling
from clusterlib.vq.lloyd import lloyd, lloyd_steps

seeds = st.integers(0, 2**32 - 1)


def grid_points(seed, n, d=2, top=6):
    """Return whole-numbered points, many of them equal."""
    return np.random.default_rng(seed).integers(0, top, size=(n, d)).astype(float)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 60), st.integers(1, 4), st.integers(1, 8), st.booleans())
def test_hamerly_is_lloyd_with_fewer_distances(seed, n, d, k, ties):
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 4, (n, d)).astype(float) if ties else rng.normal(size=(n, d))
    C = X[rng.integers(0, n, k)] if ties else rng.normal(size=(k, d))
    fast = list(scaling.hamerly_steps(X, C))
    plain = [state for state in lloyd_steps(X, C) if state.step == "assign"]
    assert len(fast) == len(plain)
    for ours, theirs in zip(fast, plain, strict=True):
        np.testing.assert_array_equal(ours.labels, theirs.labels)
        np.testing.assert_array_equal(ours.C, theirs.C)


def test_late_passes_compute_few_distances():
    X = datasets.s_set(2).X
    C = X[:: len(X) // 15][:15]
    passes = list(scaling.hamerly_steps(X, C))
    full = len(X) * 15
    assert passes[0].computed == full
    assert passes[-1].computed < 0.1 * full
    assert sum(p.computed for p in passes) < 0.6 * full * len(passes)


def test_hamerly_stops_after_max_iter_moves():
    X = grid_points(0, 50)
    assert scaling.hamerly(X, X[:3], 2).iteration == 3
    np.testing.assert_array_equal(scaling.hamerly(X, X[:3]).C, lloyd(X, X[:3]).C)


@pytest.mark.parametrize(
    ("X", "C", "words"),
    [
        (np.ones((3, 2)), np.ones((1, 3)), r"`C` has shape \(1, 3\).*\(k, 2\)"),
        (np.empty((0, 2)), np.ones((1, 2)), "at least one observation"),
        (np.full((3, 2), np.nan), np.ones((1, 2)), "`X` holds"),
        (np.full((3, 2), 1e200), np.ones((1, 2)), "power of two"),
    ],
)
def test_hamerly_refuses(X, C, words):
    with pytest.raises(ValueError, match=words):
        scaling.hamerly_steps(X, C)
