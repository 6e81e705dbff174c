"""Received signals and detectors: theory, known error rates, hand values."""

import math

import numpy as np
import pytest

from clusterlib import datasets, quantization
from clusterlib.validity import auc
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.seeding import greedy_plus_plus


@pytest.mark.parametrize("m", [4, 16, 64, 256])
def test_constellations_have_energy_one(m):
    points = quantization.qam_constellation(m)
    assert points.shape == (m, 2)
    assert (points**2).sum(axis=1).mean() == pytest.approx(1)
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=1e-15)


def test_rotation_keeps_lengths_and_adds_up():
    X = np.random.default_rng(0).normal(size=(20, 2))
    turned = quantization.rotate(quantization.rotate(X, 20), 70)
    np.testing.assert_allclose(turned, np.column_stack([-X[:, 1], X[:, 0]]), atol=1e-14)


@pytest.mark.parametrize(
    ("degrees", "fixed", "learned", "genie"),
    [(0, 0.00095, 0.00095, 0.00095), (10, 0.03875, 0.00085, 0.00085),
     (20, 0.46950, 0.00065, 0.00065), (30, 0.75640, 0.00070, 0.00070)],
)  # fmt: skip
def test_receivers(degrees, fixed, learned, genie):
    sent, received = quantization.qam_channel(20000, degrees, 18.0, rng=0)
    grid = quantization.qam_constellation(16)

    def nearest(C):
        return ((received[:, None] - C) ** 2).sum(axis=2).argmin(axis=1)

    assert quantization.error_rate(sent, nearest(grid)) == pytest.approx(fixed, abs=0.003)
    turned = quantization.rotate(grid, degrees)
    assert quantization.error_rate(sent, nearest(turned)) == pytest.approx(genie, abs=0.003)
    C = quantization.train_code_book(received, 16, seeding="greedy ++", restarts=10, seed=0)
    labels = nearest(C)
    names = quantization.name_cells(labels[:320], sent[:320], 16)
    assert quantization.error_rate(sent, names[labels]) == pytest.approx(learned, abs=0.003)


def test_error_rate_in_theory():
    assert quantization.qam_error_rate(18) == pytest.approx(5.726413e-4, rel=1e-7)
    sent, received = quantization.qam_channel(200_000, 0, 10.0, m=4, rng=3)
    decided = 2 * (received[:, 0] > 0) + (received[:, 1] > 0)
    assert quantization.error_rate(sent, decided) == pytest.approx(
        quantization.qam_error_rate(10, 4), abs=4 * math.sqrt(0.0016 / 200_000)
    )


def test_cells_without_pilots_have_no_name():
    names = quantization.name_cells([1, 1, 3], [5, 4, 0], 4)
    assert names.tolist() == [-1, 4, -1, 0]


def test_detectors():
    image = datasets.china().astype(float)
    target = np.array([192, 176, 160])
    patch = np.clip(target + np.random.default_rng(1).normal(0, 8, (12, 12, 3)), 0, 255)
    planted, truth = image.copy(), np.zeros(image.shape[:2], dtype=bool)
    planted[200:212, 300:312], truth[200:212, 300:312] = patch, True
    pixels = image.reshape(-1, 3)
    rows = np.random.default_rng(0).choice(len(pixels), 20000, replace=False)
    background, seen = pixels[rows], planted.reshape(-1, 3)
    one_mean = auc(truth.ravel(), quantization.gaussian_score(seen, background))
    assert one_mean == pytest.approx(0.527706, abs=0.01)
    areas = []
    for s in range(20):
        start = greedy_plus_plus(background, 32, np.random.default_rng([9, s]))
        scores = quantization.anomaly_score(seen, lloyd(background, start, 200).C)
        areas.append(auc(truth.ravel(), scores))
    assert min(areas) == pytest.approx(0.7865, abs=0.01)
    assert np.median(areas) == pytest.approx(0.905, abs=0.01)
    assert max(areas) == pytest.approx(0.9723, abs=0.01)


def test_gaussian_score_is_mahalanobis():
    g = np.random.default_rng(0)
    X = g.normal(size=(50, 3)) @ g.normal(size=(3, 3))
    inverse = np.linalg.inv(np.cov(X.T))
    expected = [math.sqrt((x - X.mean(0)) @ inverse @ (x - X.mean(0))) for x in X]
    np.testing.assert_allclose(quantization.gaussian_score(X, X), expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantization.qam_constellation(8), "`m` is 8"),
        (lambda: quantization.qam_constellation(36), "`m` is 36"),
        (lambda: quantization.rotate([[1.0, 2, 3]], 4), "`X` has 3 columns"),
        (lambda: quantization.qam_channel(0, 4), "`n`"),
        (lambda: quantization.name_cells([4], [0], 4), "`labels` must lie"),
        (lambda: quantization.name_cells([0], [0, 1], 4), "`known` has 2"),
        (lambda: quantization.error_rate([], []), "`sent` has 0"),
        (lambda: quantization.gaussian_score([[0.0, 0]], [[1.0, 1], [2, 2], [3, 3]]), "no inverse"),
        (lambda: quantization.gaussian_score([[0.0]], [[1.0, 1]]), "`background` has shape"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
