"""Blocks and palettes: known rates and ratios, and blocks that come back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, quantization
from clusterlib.quantization.information import index_entropy, psnr, snr_db

few = settings(max_examples=30, deadline=None)


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


BLOCKS = [
    ("hopper", 2, 16, 27.7239, 16.3582, 1.0, 0.8019),
    ("hopper", 2, 256, 34.3567, 22.9910, 2.0, 1.6792),
    ("hopper", 4, 256, 28.8307, 17.4650, 0.5, 0.3974),
    ("china", 2, 16, 24.1413, 14.3646, 1.0, 0.9178),
    ("china", 4, 256, 23.9476, 14.1709, 0.5, 0.3977),
    ("flower", 2, 16, 31.6795, 18.0017, 1.0, 0.8413),
    ("flower", 4, 256, 33.5840, 19.9062, 0.5, 0.3690),
]


@pytest.mark.parametrize(("name", "block", "k", "peak", "snr", "rate", "entropy"), BLOCKS)
def test_blocks(name, block, k, peak, snr, rate, entropy):
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


def test_foreign_code_books():
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


PALETTES = [
    ("china", 4, 21.538, 1.8634, 11.997893), ("china", 16, 27.494, 3.8107, 5.997893),
    ("china", 64, 32.309, 5.6029, 3.996256), ("flower", 4, 23.433, 1.7826, 11.997893),
    ("flower", 16, 29.543, 3.5678, 5.997893), ("flower", 64, 34.066, 5.4363, 3.996256),
]  # fmt: skip


@pytest.mark.parametrize(("name", "k", "peak", "entropy", "ratio"), PALETTES)
def test_palettes(name, k, peak, entropy, ratio):
    image = getattr(datasets, name)()
    coded = quantization.code_image(image, quantization.palette(image, k))
    assert psnr(image, coded.decode()) == pytest.approx(peak, abs=0.03)
    assert index_entropy(coded.labels) == pytest.approx(entropy, abs=0.02)
    assert coded.ratio() == pytest.approx(ratio, abs=1e-6)


def test_grey_levels_that_end_in_a_half_round_to_even():
    red, green, blue = np.indices((256, 256, 256), dtype=np.uint32).reshape(3, -1)
    thousandths = 299 * red + 587 * green + 114 * blue
    halves = thousandths % 1000 == 500
    image = np.stack([red[halves], green[halves], blue[halves]], axis=1)[None]
    below = thousandths[halves] // 1000
    np.testing.assert_array_equal(quantization.grey(image)[0], below + below % 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantization.grey(np.zeros((3, 3))), "three channels"),
        (lambda: quantization.image_blocks(np.zeros(3), 1), "`image` has shape"),
        (lambda: quantization.image_blocks([[np.nan]], 1), "`image` holds"),
        (lambda: quantization.code_image(np.zeros((2, 2)), [[0.0]], 2), "a block of this image"),
        (lambda: quantization.palette(np.zeros((2, 2, 3)), 9), "`k` is 9"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
