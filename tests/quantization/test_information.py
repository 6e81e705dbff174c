"""Bits and decibels against closed forms and hand values."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets
from clusterlib.quantization import information

few = settings(max_examples=50, deadline=None)


def test_currency():
    assert pytest.approx(6.0205999133, abs=1e-10) == information.DB_PER_BIT
    assert pytest.approx(2.7206990463514, abs=1e-13) == information.PANTER_DITE
    assert information.decibels(information.PANTER_DITE) == pytest.approx(4.3468050439, abs=1e-10)
    limit = information.SPACE_FILLING_LIMIT
    assert limit == pytest.approx(1.4232890371, abs=1e-10)
    assert information.decibels(limit) == pytest.approx(1.5329310421, abs=1e-10)
    assert 0.5 * math.log2(limit) == pytest.approx(0.2546143348, abs=1e-10)
    h = information.DIFFERENTIAL_ENTROPY
    assert h["gaussian"] == pytest.approx(2.0470955852, abs=1e-10)
    assert h["laplace"] == pytest.approx(1.9426950409, abs=1e-10)
    assert h["uniform"] == pytest.approx(1.7924812504, abs=1e-10)
    assert information.shannon_lower_bound("laplace") == pytest.approx(0.8652559794, abs=1e-10)
    assert information.shannon_lower_bound("uniform") == pytest.approx(0.7025979783, abs=1e-10)
    assert information.shannon_lower_bound("gaussian") == 1


@pytest.mark.parametrize(
    ("cell", "G", "gain"),
    [
        ("interval", 0.0833333333, 0.0),
        ("hexagon", 0.0801875374, 0.167119),
        ("truncated octahedron", 0.0785432812, 0.257097),
        ("D4", 0.0766032346, 0.365716),
        ("E8", 0.0716820988, 0.654080),
        ("sphere", 0.0585498315, 1.532931),
    ],
)
def test_space_filling(cell, G, gain):
    assert information.SECOND_MOMENTS[cell] == pytest.approx(G, abs=1e-10)
    assert information.space_filling_gain(cell) == pytest.approx(gain, abs=1e-6)


def test_high_rate():
    G = information.SECOND_MOMENTS
    one = information.high_rate_gaussian(G["interval"], 1)
    two = information.high_rate_gaussian(G["hexagon"], 2)
    assert one == pytest.approx(2.7206990, abs=1e-7) and two == pytest.approx(2.0153326, abs=1e-7)
    assert information.decibels(one / two) == pytest.approx(1.303, abs=5e-4)


def test_hexagon_moment_by_sampling():
    g = np.random.default_rng(0)
    turns = np.arange(6) * np.pi / 3
    normals = np.column_stack([np.cos(turns), np.sin(turns)])
    points = g.uniform(-1.2, 1.2, (400_000, 2))
    points = points[(points @ normals.T <= 1).all(axis=1)]
    area = 2 * math.sqrt(3)
    G = (points**2).sum(axis=1).mean() / 2 / area
    assert pytest.approx(information.SECOND_MOMENTS["hexagon"], rel=5e-3) == G


@few
@given(st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any))
def test_entropy_is_the_formula_and_bounded(counts):
    p = np.array([c for c in counts if c]) / sum(counts)
    expected = -sum(x * math.log2(x) for x in p.tolist())
    assert information.entropy(counts) == pytest.approx(expected, abs=1e-12)
    assert 0 <= information.entropy(counts) <= math.log2(len(p)) + 1e-12


def test_entropy_by_hand():
    assert information.entropy([0.5, 0.5]) == 1
    assert information.entropy([7]) == 0
    assert information.entropy([1e300, 1e300]) == 1
    assert information.index_entropy([4, 4, 9, 1]) == 1.5


def test_entropy_of_colours():
    pixels = datasets.china().reshape(-1, 3).astype(int)
    colours = pixels @ [65536, 256, 1]
    assert information.index_entropy(colours) == pytest.approx(14.595521, abs=0.02)


def test_palette_ratio():
    n = 427 * 640
    for k, ratio in ((4, 11.997893), (16, 5.997893), (64, 3.996256)):
        assert 24 * n / information.code_bits(n, k, 24) == pytest.approx(ratio, abs=1e-6)


def test_code_bits_count_the_book():
    assert information.code_bits(1, 256, 16 * 8, 0) == 32768
    assert information.code_bits(8, 4, 0, index_bits=1.5) == 12


@few
@given(st.floats(0, 20), st.floats(1e-3, 1e3))
def test_rate_and_distortion_are_inverse(R, variance):
    D = information.gaussian_distortion_rate(R, variance)
    assert information.gaussian_rate_distortion(float(D), variance) == pytest.approx(R, abs=1e-9)


def test_rate_distortion_keeps_shapes():
    D = information.gaussian_distortion_rate([[1, 2], [3, 0]])
    np.testing.assert_array_equal(D, [[0.25, 0.0625], [0.015625, 1]])
    assert information.gaussian_rate_distortion(2.0) == 0


def test_signal_to_noise():
    signal = np.array([0.0, 2.0, 4.0, 6.0])
    assert information.snr_db(signal, signal + 1) == pytest.approx(10 * math.log10(5))
    assert information.snr_db(signal, signal) == math.inf
    image = np.array([[0, 255], [10, 20]], dtype=np.uint8)
    assert information.psnr(image, image) == math.inf
    worse = np.array([[255, 0], [10, 20]], dtype=np.uint8)
    assert information.psnr(image, worse) == pytest.approx(10 * math.log10(2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: information.entropy([-1, 2]), "`weights`"),
        (lambda: information.entropy([0, 0]), "`weights`"),
        (lambda: information.entropy([]), "`weights`"),
        (lambda: information.entropy([np.nan]), "`weights`"),
        (lambda: information.index_entropy([]), "`weights`"),
        (lambda: information.gaussian_distortion_rate(-1), "`R`"),
        (lambda: information.gaussian_distortion_rate(1, -1), "`variance`"),
        (lambda: information.gaussian_rate_distortion(0), "`D`"),
        (lambda: information.gaussian_rate_distortion(float("nan")), "`D`"),
        (lambda: information.shannon_lower_bound("cauchy"), "'gaussian', 'laplace', 'uniform'"),
        (lambda: information.space_filling_gain("ball"), "'hexagon'"),
        (lambda: information.high_rate_gaussian(0, 2), "`G`"),
        (lambda: information.high_rate_gaussian(0.1, 0), "`n`"),
        (lambda: information.decibels(-1), "`ratio`"),
        (lambda: information.snr_db([1, 2], [1]), "`signal` has shape"),
        (lambda: information.psnr([], []), "`signal` has shape"),
        (lambda: information.psnr([1], [1], peak=0), "`peak`"),
        (lambda: information.code_bits(0, 2, 8), "`n`"),
        (lambda: information.code_bits(1, 2, -8), "`word_bits`"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
