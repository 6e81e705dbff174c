"""Null models: what they keep, what they destroy, and the place of a value among them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from clusterlib import datasets, validity
from clusterlib.validity.null_models import NULL_MODELS

few = settings(max_examples=40, deadline=None)


@st.composite
def tables(draw):
    seed, n, d = draw(st.integers(0, 2**16)), draw(st.integers(2, 30)), draw(st.integers(1, 4))
    g = np.random.default_rng(seed)
    return g.normal(size=(n, d)) @ g.normal(size=(d, d)) + g.normal(size=d)


@few
@given(tables(), st.integers(0, 99))
def test_shuffling_keeps_each_column(X, seed):
    Y = validity.shuffle_columns(X, np.random.default_rng(seed))
    np.testing.assert_array_equal(np.sort(Y, axis=0), np.sort(X, axis=0))


@few
@given(tables(), st.integers(0, 99))
def test_noise_stays_in_its_box(X, seed):
    Y = validity.uniform_box(X, np.random.default_rng(seed))
    assert ((X.min(axis=0) <= Y) & (X.max(axis=0) >= Y)).all()
    Y = validity.principal_box(X, np.random.default_rng(seed))
    centre = X.mean(axis=0)
    axes = np.linalg.svd(X - centre, full_matrices=False)[2]
    turned, noise = (X - centre) @ axes.T, (Y - centre) @ axes.T
    assert (noise >= turned.min(axis=0) - 1e-9).all()
    assert (noise <= turned.max(axis=0) + 1e-9).all()


def test_only_the_principal_box_keeps_a_correlation():
    g = np.random.default_rng(0)
    X = g.normal(size=(2000, 1)) + 0.1 * g.normal(size=(2000, 2))
    r = {name: np.corrcoef(null(X, g).T)[0, 1] for name, null in NULL_MODELS.items()}
    assert abs(r["shuffle"]) < 0.1
    assert abs(r["box"]) < 0.1
    assert r["principal box"] > 0.9


def test_shuffling_is_scipys_permutation_test():
    g = np.random.default_rng(2)
    X = g.normal(size=(12, 1)) + g.normal(size=(12, 2))

    def r(x, y):
        return np.corrcoef(x, y)[0, 1]

    theirs = permutation_test(
        X.T, r, permutation_type="pairings", alternative="greater", n_resamples=4000, rng=0
    )
    ours = validity.compare_with_null(lambda Y: r(*Y.T), X, draws=4000, rng=0)
    assert ours.real == pytest.approx(theirs.statistic)
    assert ours.p_above == pytest.approx(theirs.pvalue, abs=0.015)


def test_bands_and_places_by_hand():
    judged = validity.NullComparison(np.array([5.0, 0.0]), np.arange(8.0).reshape(4, 2))
    np.testing.assert_allclose(judged.p_above, [2 / 5, 1])  # nulls 0 2 4 6 and 1 3 5 7
    np.testing.assert_allclose(judged.p_below, [4 / 5, 1 / 5])
    low, high = judged.band(0.5)
    np.testing.assert_allclose(low, [1.5, 2.5])
    np.testing.assert_allclose(high, [4.5, 5.5])


def test_a_band_holds_new_noise_as_often_as_it_says():
    g, inside = np.random.default_rng(0), 0
    for _ in range(200):
        X = g.normal(size=(20, 2))
        judged = validity.compare_with_null(lambda Y: np.corrcoef(Y.T)[0, 1], X, draws=99, rng=g)
        low, high = judged.band(0.9)
        inside += low <= judged.real <= high
    assert 0.83 < inside / 200 < 0.96


def test_wine_is_more_than_nothing():
    wine = datasets.standardize(datasets.wine().X)

    def score(X):
        return validity.silhouette(X, validity.best_lloyd(X, 3, 2, np.random.default_rng(0)).labels)

    judged = validity.compare_with_null(score, wine, draws=9, rng=0)
    assert judged.real == pytest.approx(0.285, abs=0.002)
    assert judged.null.max() < 0.12
    assert judged.p_above == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model": "noise"}, "`model` is 'noise'"),
        ({"draws": 0}, "`draws`"),
        ({"X": [1.0, 2.0]}, "`X`"),
    ],
)
def test_refusals(change, message):
    call = {"statistic": np.mean, "X": [[0.0], [1.0]], **change}
    with pytest.raises(ValueError, match=message):
        validity.compare_with_null(**call)
    with pytest.raises(TypeError, match="`statistic` is 3"):
        validity.compare_with_null(3, [[0.0], [1.0]])
    with pytest.raises(ValueError, match="`level`"):
        validity.compare_with_null(np.mean, [[0.0], [1.0]], draws=2).band(1)
