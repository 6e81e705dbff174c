"""Codebooks at work: known distortions, round trips and bad input."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, quantization
from clusterlib.quantization.information import index_entropy, psnr, snr_db
from clusterlib.validity import auc
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.seeding import greedy_plus_plus

few = settings(max_examples=30, deadline=None)


def mean_square(X, C):
    return float((quantization.anomaly_score(X, C) ** 2).sum() / X.size)


# ------------------------------------------------------------------- training
def test_lbg_doubles_and_each_stage_is_better():
    X = datasets.clouds().X
    states = list(quantization.lbg_steps(X, 8))
    assert [len(s.C) for s in states] == [1, 2, 4, 8]
    assert (np.diff([s.sse for s in states]) < 0).all()
    np.testing.assert_array_equal(states[0].C[0], X.mean(axis=0))
    np.testing.assert_array_equal(states[-1].C, quantization.lbg(X, 8))


def test_lbg_is_about_as_good_as_restarts_V2():
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


GAUSSIAN_V2 = [
    (1, 1, 0.36870, 0.36206), (1, 2, 0.36649, 0.36434), (1, 3, 0.35828, 0.35644),
    (1, 4, 0.34204, 0.34075), (1, 6, 0.32661, 0.33024), (2, 1, 0.11884, 0.11718),
    (2, 2, 0.10747, 0.10820), (1, 8, 0.31118, 0.32518), (2, 3, 0.10036, 0.10172),
    (2, 4, 0.09365, 0.09828),
]  # fmt: skip


@pytest.mark.parametrize(("R", "d", "train", "test"), GAUSSIAN_V2)
def test_vectors_of_independent_numbers_V2(R, d, train, test):
    X, Y = datasets.gaussian_rows(60000, d, 10), datasets.gaussian_rows(60000, d, 11)
    C = quantization.train_code_book(X, 2 ** (R * d), restarts=1, max_iter=60, seed=0)
    assert mean_square(X, C) == pytest.approx(train, rel=0.015)
    assert mean_square(Y, C) == pytest.approx(test, rel=0.015)


CORRELATED_V3 = [
    (1, 1, 4.342), (1, 2, 7.894), (1, 3, 9.324), (1, 4, 10.174), (1, 6, 10.958), (1, 8, 11.323),
    (2, 1, 9.250), (2, 2, 13.526), (2, 3, 14.915), (2, 4, 15.644),
]  # fmt: skip


@pytest.mark.parametrize(("R", "d", "snr"), CORRELATED_V3)
def test_vectors_of_correlated_numbers_V3(R, d, snr):
    X, Y = datasets.autoregressive_rows(60000, d, 10), datasets.autoregressive_rows(60000, d, 11)
    C = quantization.train_code_book(X, 2 ** (R * d), restarts=1, max_iter=60, seed=0)
    assert 10 * math.log10(Y.var() / mean_square(Y, C)) == pytest.approx(snr, rel=0.02)


# ------------------------------------------------------------------- images
@few
@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3), st.sampled_from([None, 3]))
def test_blocks_that_are_their_own_words_come_back(rows, columns, block, channels):
    shape = (rows, columns) if channels is None else (rows, columns, channels)
    image = np.random.default_rng(rows * 10 + columns).integers(0, 256, shape)
    if block > min(rows, columns):
        with pytest.raises(ValueError, match="`block`"):
            quantization.image_blocks(image, block)
        return
    X = quantization.image_blocks(image, block)
    coded = quantization.code_image(image, X, block)
    used = image[: rows - rows % block, : columns - columns % block]
    np.testing.assert_array_equal(coded.decode(), used)
    assert coded.channels == (channels or 1)
    assert coded.pixels == used.shape[0] * used.shape[1]


def test_rates_by_hand():
    coded = quantization.code_image(np.arange(16).reshape(4, 4), np.zeros((2, 4)), 2)
    assert coded.bits() == 4 * 1 + 2 * 4 * 8
    assert coded.bits(with_book=False) == 4
    assert coded.bits(entropy_coded=True, with_book=False) == 0
    assert coded.bits_per_pixel(with_book=False) == 0.25
    assert coded.ratio(with_book=False) == 32


BLOCKS_A1 = [
    ("hopper", 2, 16, 27.7239, 16.3582, 1.0, 0.8019),
    ("hopper", 2, 256, 34.3567, 22.9910, 2.0, 1.6792),
    ("hopper", 4, 256, 28.8307, 17.4650, 0.5, 0.3974),
    ("china", 2, 16, 24.1413, 14.3646, 1.0, 0.9178),
    ("china", 4, 256, 23.9476, 14.1709, 0.5, 0.3977),
    ("flower", 2, 16, 31.6795, 18.0017, 1.0, 0.8413),
    ("flower", 4, 256, 33.5840, 19.9062, 0.5, 0.3690),
]


@pytest.mark.parametrize(("name", "block", "k", "peak", "snr", "rate", "entropy"), BLOCKS_A1)
def test_blocks_A1(name, block, k, peak, snr, rate, entropy):
    image = quantization.grey(getattr(datasets, name)())
    X = quantization.image_blocks(image, block)
    restarts, max_iter = (3, 100) if k == 16 else (1, 40)
    C = quantization.train_code_book(X, k, restarts=restarts, max_iter=max_iter)
    coded = quantization.code_image(image, C, block)
    used = image[: coded.rows, : coded.columns]
    assert psnr(used, coded.decode()) == pytest.approx(peak, abs=0.1)
    assert snr_db(used, coded.decode()) == pytest.approx(snr, abs=0.1)
    assert coded.bits_per_pixel(with_book=False) == rate
    indices = coded.bits_per_pixel(with_book=False, entropy_coded=True)
    assert indices == pytest.approx(entropy, abs=0.01)
    if (name, block) == ("hopper", 4):
        book = coded.bits_per_pixel() - coded.bits_per_pixel(with_book=False)
        assert book == pytest.approx(0.1067, abs=5e-5)


def test_foreign_code_books_A1():
    pictures = {name: quantization.grey(getattr(datasets, name)()) for name in ("hopper", "china")}
    books = {
        name: quantization.train_code_book(
            quantization.image_blocks(image, 4), 256, restarts=1, max_iter=40
        )
        for name, image in pictures.items()
    }
    for own, foreign, peak in (("hopper", "china", 25.9869), ("china", "hopper", 22.3487)):
        coded = quantization.code_image(pictures[own], books[foreign], 4)
        used = pictures[own][: coded.rows, : coded.columns]
        assert psnr(used, coded.decode()) == pytest.approx(peak, abs=0.1)


PALETTES_A2 = [
    ("china", 4, 21.538, 1.8634, 11.997893), ("china", 16, 27.494, 3.8107, 5.997893),
    ("china", 64, 32.309, 5.6029, 3.996256), ("flower", 4, 23.433, 1.7826, 11.997893),
    ("flower", 16, 29.543, 3.5678, 5.997893), ("flower", 64, 34.066, 5.4363, 3.996256),
]  # fmt: skip


@pytest.mark.parametrize(("name", "k", "peak", "entropy", "ratio"), PALETTES_A2)
def test_palettes_A2(name, k, peak, entropy, ratio):
    image = getattr(datasets, name)()
    coded = quantization.code_image(image, quantization.palette(image, k))
    assert psnr(image, coded.decode()) == pytest.approx(peak, abs=0.03)
    assert index_entropy(coded.labels) == pytest.approx(entropy, abs=0.02)
    assert coded.ratio() == pytest.approx(ratio, abs=1e-6)


# ------------------------------------------------------------------- signals
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
def test_receivers_A3(degrees, fixed, learned, genie):
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


def test_error_rate_in_theory_A3():
    assert quantization.qam_error_rate(18) == pytest.approx(5.726413e-4, rel=1e-7)
    sent, received = quantization.qam_channel(200_000, 0, 10.0, m=4, rng=3)
    decided = 2 * (received[:, 0] > 0) + (received[:, 1] > 0)
    assert quantization.error_rate(sent, decided) == pytest.approx(
        quantization.qam_error_rate(10, 4), abs=4 * math.sqrt(0.0016 / 200_000)
    )


def test_cells_without_pilots_have_no_name():
    names = quantization.name_cells([1, 1, 3], [5, 4, 0], 4)
    assert names.tolist() == [-1, 4, -1, 0]


def test_detectors_A4():
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


# ------------------------------------------------------------------- search
PRODUCT_A5 = [
    (8, 16, 32, 223.4611, (0.3165, 0.8754, 1.0000)),
    (8, 64, 48, 98.92229, (0.6061, 0.9832, 1.0000)),
    (1, 256, 8, 209.9427, (0.1077, 0.7104, 0.9966)),
]


@pytest.mark.parametrize(("parts", "k", "bits", "error", "recalls"), PRODUCT_A5)
def test_product_quantization_A5(parts, k, bits, error, recalls):
    X = datasets.digits().X
    base, queries = X[:1500], X[1500:]
    quantizer = quantization.ProductQuantizer.train(base, parts, k, restarts=3, seed=0)
    codes = quantizer.encode(base)
    assert quantizer.bits == bits and codes.shape == (1500, parts)
    lost = ((base - quantizer.decode(codes)) ** 2).sum(axis=1).mean()
    assert lost == pytest.approx(error, rel=1e-4)
    exact = ((queries[:, None] - base) ** 2).sum(axis=2)
    found = quantizer.distances(queries, codes)
    for r, expected in zip((1, 10, 100), recalls, strict=True):
        assert quantization.recall(found, exact.argmin(axis=1), r) == pytest.approx(
            expected, abs=0.004
        )


def test_asymmetric_distances_are_distances_to_decoded_vectors():
    g = np.random.default_rng(1)
    X, Q = g.normal(size=(40, 6)), g.normal(size=(5, 6))
    quantizer = quantization.ProductQuantizer.train(X, parts=3, k=4, seed=0)
    codes = quantizer.encode(X)
    expected = ((Q[:, None] - quantizer.decode(codes)) ** 2).sum(axis=2)
    np.testing.assert_allclose(quantizer.distances(Q, codes), expected)
    for x, code in zip(X, codes, strict=True):
        words = itertools.product(range(4), repeat=3)
        best = min(((x - quantizer.decode([list(w)])[0]) ** 2).sum() for w in words)
        assert ((x - quantizer.decode([code])[0]) ** 2).sum() == pytest.approx(best)


# ------------------------------------------------------------------- bad input
QUANTIZER = quantization.ProductQuantizer.train(np.arange(16.0).reshape(4, 4), 2, 2, seed=0)


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
        (lambda: quantization.grey(np.zeros((3, 3))), "three channels"),
        (lambda: quantization.image_blocks(np.zeros(3), 1), "`image` has shape"),
        (lambda: quantization.image_blocks([[np.nan]], 1), "`image` holds"),
        (lambda: quantization.code_image(np.zeros((2, 2)), [[0.0]], 2), "a block of this image"),
        (lambda: quantization.palette(np.zeros((2, 2, 3)), 9), "`k` is 9"),
        (lambda: quantization.qam_constellation(8), "`m` is 8"),
        (lambda: quantization.qam_constellation(36), "`m` is 36"),
        (lambda: quantization.rotate([[1.0, 2, 3]], 4), "`X` has 3 columns"),
        (lambda: quantization.qam_channel(0, 4), "`n`"),
        (lambda: quantization.name_cells([4], [0], 4), "`labels` must lie"),
        (lambda: quantization.name_cells([0], [0, 1], 4), "`known` has 2"),
        (lambda: quantization.error_rate([], []), "`sent` has 0"),
        (lambda: quantization.gaussian_score([[0.0, 0]], [[1.0, 1], [2, 2], [3, 3]]), "no inverse"),
        (lambda: quantization.gaussian_score([[0.0]], [[1.0, 1]]), "`background` has shape"),
        (lambda: quantization.ProductQuantizer.train(np.zeros((3, 5)), 2, 1), "`parts` is 2"),
        (lambda: QUANTIZER.encode(np.zeros((2, 5))), "`X` has 5 columns"),
        (lambda: QUANTIZER.decode([[0, 2]]), "from 0 to 1"),
        (lambda: QUANTIZER.decode([[0, 0.5]]), "whole numbers"),
        (lambda: quantization.recall([[0.0]], [0, 1], 1), "2 entries for 1"),
        (lambda: quantization.recall([[0.0]], [0], 0), "`r`"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_grey_levels_that_end_in_a_half_round_to_even():
    red, green, blue = np.indices((256, 256, 256), dtype=np.uint32).reshape(3, -1)
    thousandths = 299 * red + 587 * green + 114 * blue
    halves = thousandths % 1000 == 500
    image = np.stack([red[halves], green[halves], blue[halves]], axis=1)[None]
    below = thousandths[halves] // 1000
    np.testing.assert_array_equal(quantization.grey(image)[0], below + below % 2)
