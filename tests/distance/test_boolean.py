"""Distances between sets: the four counts by hand, and SciPy."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial import distance as scipy_distance

from clusterlib import distance
from clusterlib.distance.boolean import BOOLEAN_FORMULAS

few = settings(max_examples=40, deadline=None)


@st.composite
def two_sets(draw, degrees=False):
    """Draw two boolean vectors (or degrees of truth), and weights."""
    d = draw(st.integers(1, 10))
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    share = draw(st.sampled_from((0.0, 0.2, 0.5, 1.0)))
    X = g.random((2, d)) if degrees else g.random((2, d)) < share
    return X[0], X[1], g.integers(0, 3, d) * 0.5


def by_hand(name, u, v):
    """Return the measure from counts made one feature at a time; None where it is undefined."""
    counts = dict.fromkeys(("tt", "tf", "ft", "ff"), 0)
    for a, b in zip(u.tolist(), v.tolist(), strict=True):
        counts["ft"[a] + "ft"[b]] += 1
    tt, tf, ft, ff = counts.values()
    top, bottom = {
        "dice": (tf + ft, 2 * tt + tf + ft),
        "jaccard": (tf + ft, tt + tf + ft),
        "rogerstanimoto": (2 * (tf + ft), tt + ff + 2 * (tf + ft)),
        "russellrao": (len(u) - tt, len(u)),
        "sokalsneath": (2 * (tf + ft), tt + 2 * (tf + ft)),
        "yule": (2 * tf * ft, tt * ff + tf * ft),
    }[name]
    if name in ("jaccard", "yule") and top == 0:
        return 0.0
    return top / bottom if bottom else None


@pytest.mark.parametrize("name", BOOLEAN_FORMULAS)
def test_counts_by_hand(name):
    function = getattr(distance, name)

    @few
    @given(two_sets())
    def check(sets):
        u, v, _ = sets
        want = by_hand(name, u, v)
        table = distance.pdist([u, v], name)[0]
        if want is None:
            assert np.isnan(table)
            return
        assert_allclose([function(u, v), table], want, rtol=1e-15)
        assert isinstance(function(u, v), float)

    check()


@pytest.mark.parametrize("name", BOOLEAN_FORMULAS)
@pytest.mark.parametrize("degrees", [False, True])
def test_weights_and_degrees_agree_with_scipy(name, degrees):
    function, theirs = getattr(distance, name), getattr(scipy_distance, name)

    @few
    @given(two_sets(degrees))
    def check(sets):
        u, v, w = sets
        for more in ({}, {"w": w}):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    want = theirs(u, v, **more)
                except ZeroDivisionError:  # ours: NaN, as in the tables
                    want = np.nan
                except ValueError:
                    with pytest.raises(ValueError, match="entirely false"):
                        function(u, v, **more)
                    continue
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                got = function(u, v, **more)
            assert np.isclose(got, want, rtol=1e-12, atol=1e-15, equal_nan=True)

    check()


def test_small_integers_do_not_wrap():
    """SciPy multiplies bytes as bytes in russellrao and sokalsneath."""
    u, v = np.array([16, 1, 0], np.uint8), np.array([16, 0, 1], np.uint8)
    for name in set(BOOLEAN_FORMULAS) - {"jaccard"}:
        function = getattr(distance, name)
        assert function(u, v) == function(u.astype(float), v.astype(float)), name


def test_tables_ask_only_whether_an_entry_is_zero_but_for_dice():
    X = np.array([[0, 2.0, 0.5, 3], [1, 0, 0.25, 0]])
    for name in set(BOOLEAN_FORMULAS) - {"dice"}:
        assert distance.pdist(X, name) == distance.pdist(X != 0, name)
        assert distance.pdist(X, name) == scipy_distance.pdist(X, name)
    assert_allclose(distance.pdist(X, "dice"), scipy_distance.pdist(X, "dice"))


def test_without_features_or_weight_there_is_no_measure():
    """SciPy: ZeroDivisionError from some functions, NaN from others."""
    for name in ("dice", "rogerstanimoto", "russellrao"):
        assert np.isnan(getattr(distance, name)([], []))
        assert np.isnan(getattr(distance, name)([1, 0], [1, 1], w=[0, 0]))
    with pytest.raises(ValueError, match="entirely false"):
        distance.sokalsneath([0, 0], [0, 0])
    with pytest.raises(ValueError, match="entirely false"):
        distance.sokalsneath([1, 0], [1, 0], w=[0, 1])
