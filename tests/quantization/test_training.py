"""Codebooks by splitting and by restarts: known distortions and seeds."""

import math

import numpy as np
import pytest

from clusterlib import datasets, quantization


def mean_square(X, C):
    return float((quantization.anomaly_score(X, C) ** 2).sum() / X.size)


def test_lbg_doubles_and_each_stage_is_better():
    X = datasets.clouds().X
    states = list(quantization.lbg_steps(X, 8))
    assert [len(s.C) for s in states] == [1, 2, 4, 8]
    assert (np.diff([s.sse for s in states]) < 0).all()
    np.testing.assert_array_equal(states[0].C[0], X.mean(axis=0))
    np.testing.assert_array_equal(states[-1].C, quantization.lbg(X, 8))


def test_lbg_is_about_as_good_as_restarts():
    X = datasets.gaussian_rows(60000, 2)
    assert mean_square(X, quantization.lbg(X, 4)) == pytest.approx(0.36649, rel=0.015)
    assert mean_square(X, quantization.lbg(X, 16)) == pytest.approx(0.10747, rel=0.015)


def test_lbg_can_split_along_the_wrong_line():
    X = datasets.twelve_points().X
    corners = np.vstack([X[i : i + 3].mean(axis=0) for i in (0, 3, 6, 9)])
    assert mean_square(X, quantization.lbg(X, 4)) > 2 * mean_square(X, corners)


@pytest.mark.parametrize("k", [1, 2, 3, 5, 6, 7, 12])
def test_lbg_takes_any_k(k):
    C = quantization.lbg(datasets.twelve_points().X, k)
    assert C.shape == (k, 2) and np.isfinite(C).all()


def test_lbg_survives_equal_points():
    assert quantization.lbg(np.ones((5, 2)), 3).tolist() == [[1, 1]] * 3


def test_training_is_a_function_of_its_seed():
    X = datasets.iris().X
    first = quantization.train_code_book(X, 3, seed=4)
    np.testing.assert_array_equal(first, quantization.train_code_book(X, 3, seed=4))
    assert mean_square(X, first) * X.size == pytest.approx(78.8514, abs=0.01)


GAUSSIAN = [
    (1, 1, 0.36870, 0.36206), (1, 2, 0.36649, 0.36434), (1, 3, 0.35828, 0.35644),
    (1, 4, 0.34204, 0.34075), (1, 6, 0.32661, 0.33024), (2, 1, 0.11884, 0.11718),
    (2, 2, 0.10747, 0.10820), (1, 8, 0.31118, 0.32518), (2, 3, 0.10036, 0.10172),
    (2, 4, 0.09365, 0.09828),
]  # fmt: skip


@pytest.mark.parametrize(("R", "d", "train", "test"), GAUSSIAN)
def test_vectors_of_independent_numbers(R, d, train, test):
    X, Y = datasets.gaussian_rows(60000, d, 10), datasets.gaussian_rows(60000, d, 11)
    C = quantization.train_code_book(X, 2 ** (R * d), restarts=1, max_iter=60, seed=0)
    assert mean_square(X, C) == pytest.approx(train, rel=0.015)
    assert mean_square(Y, C) == pytest.approx(test, rel=0.015)


CORRELATED = [
    (1, 1, 4.342), (1, 2, 7.894), (1, 3, 9.324), (1, 4, 10.174), (1, 6, 10.958), (1, 8, 11.323),
    (2, 1, 9.250), (2, 2, 13.526), (2, 3, 14.915), (2, 4, 15.644),
]  # fmt: skip


@pytest.mark.parametrize(("R", "d", "snr"), CORRELATED)
def test_vectors_of_correlated_numbers(R, d, snr):
    X, Y = datasets.autoregressive_rows(60000, d, 10), datasets.autoregressive_rows(60000, d, 11)
    C = quantization.train_code_book(X, 2 ** (R * d), restarts=1, max_iter=60, seed=0)
    assert 10 * math.log10(Y.var() / mean_square(Y, C)) == pytest.approx(snr, rel=0.02)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantization.lbg([[0.0], [1.0]], 3), "`k` is 3"),
        (lambda: quantization.lbg([[0.0], [1.0]], 0), "`k`"),
        (lambda: quantization.lbg([[0.0], [np.nan]], 1), "`X` holds"),
        (lambda: quantization.lbg([[0.0], [1.0]], 2, spread=0), "`spread`"),
        (lambda: quantization.train_code_book([[0.0]], 1, seeding="best"), "'greedy \\+\\+'"),
        (lambda: quantization.train_code_book([[0.0]], 1, restarts=0), "`restarts`"),
        (lambda: quantization.train_code_book([[0.0]], 2), "`k` is 2"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
