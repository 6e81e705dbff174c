"""Pictures as code words: palettes, blocks, and every bit they cost.

Question: how small does a picture get, if the receiver must get the codebook too?
Chapter: 3, Codebooks at work.
Symbols: X blocks one per row, C codebook, labels one code word per block.
Sources: Gersho, Gray 1992, Vector Quantization and Signal Compression.

A palette is a codebook for blocks of one pixel and three channels; grey blocks have
one channel.  The same few functions serve both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_matrix,
    as_real,
    require_finite,
    whole_number,
)
from clusterlib.quantization.information import code_bits, index_entropy
from clusterlib.quantization.training import train_code_book
from clusterlib.vq.nearest import nearest_codes

__all__ = ["CodedImage", "code_image", "grey", "image_blocks", "palette"]


@dataclass(frozen=True, eq=False)
class CodedImage:
    """An image as labels and a codebook.

    Attributes
    ----------
    C : ndarray, shape (k, d)
        Codebook, one block a word.
    labels : ndarray, shape (blocks,), int
        Code word of each block, row by row.
    rows, columns : int
        Size of the coded image in pixels, a multiple of the block.
    block : int
        Side of a block.
    """

    C: np.ndarray
    labels: np.ndarray
    rows: int
    columns: int
    block: int

    @property
    def pixels(self) -> int:
        """Number of coded pixels."""
        return self.rows * self.columns

    @property
    def channels(self) -> int:
        """1 for grey, 3 for colour."""
        return self.C.shape[1] // self.block**2

    def decode(self) -> np.ndarray:
        """Return the image that the receiver sees, as floats."""
        b = self.block
        grid = (self.rows // b, self.columns // b, b, b, self.channels)
        shape = (self.rows, self.columns, self.channels)[: 3 if self.channels > 1 else 2]
        return self.C[self.labels].reshape(grid).swapaxes(1, 2).reshape(shape)

    def bits(self, *, entropy_coded: bool = False, with_book: bool = True) -> float:
        """Return all bits sent: the indices, and the codebook at 8 bits per number."""
        index_bits = index_entropy(self.labels) if entropy_coded else None
        word_bits = 8 * self.C.shape[1] if with_book else 0
        return code_bits(len(self.labels), len(self.C), word_bits, index_bits)

    def bits_per_pixel(self, *, entropy_coded: bool = False, with_book: bool = True) -> float:
        """Return the rate: the bits sent over the number of pixels."""
        return self.bits(entropy_coded=entropy_coded, with_book=with_book) / self.pixels

    def ratio(self, *, entropy_coded: bool = False, with_book: bool = True) -> float:
        """Return the compression ratio: 8 bits a channel over the rate."""
        rate = self.bits_per_pixel(entropy_coded=entropy_coded, with_book=with_book)
        return 8 * self.channels / rate


def _as_image(image):
    array = require_finite("image", as_real("image", image))
    if array.ndim not in (2, 3) or not array.size:
        raise ValueError(
            f"`image` has shape {array.shape}; it must be rows x columns of grey levels, or "
            "rows x columns x channels."
        )
    return array.astype(float)


def grey(image: ArrayLike) -> np.ndarray:
    """Return the grey levels of a colour image: rounded .299 R + .587 G + .114 B.

    Parameters
    ----------
    image : array_like, shape (rows, columns, 3)
        Red, green and blue.

    Returns
    -------
    ndarray, shape (rows, columns), float64

    Raises
    ------
    ValueError
        If the image does not have three channels.

    Examples
    --------
    >>> grey([[[255, 0, 0], [0, 255, 0]]])
    array([[ 76., 150.]])
    """
    array = _as_image(image)
    if array.ndim != 3 or array.shape[2] != 3:
        raise ValueError(f"`image` has shape {array.shape}; it must have three channels.")
    if not np.abs(array).max(initial=0.0) < 1e300:  # no pixel, and its thousandths overflow
        return np.rint(array @ [0.299, 0.587, 0.114])
    # In thousandths the sum is exact, so that halves round alike on every machine.
    return np.rint(array @ [299, 587, 114] / 1000)


def image_blocks(image: ArrayLike, block: int) -> np.ndarray:
    """Return the non-overlapping blocks of an image, one per row.

    Rows and columns that do not fill a block are left out.

    Parameters
    ----------
    image : array_like, shape (rows, columns) or (rows, columns, channels)
        Pixels.
    block : int
        Side of a block in pixels, at least 1 and no larger than the image.

    Returns
    -------
    ndarray, shape (blocks, block * block * channels), float64
        Blocks row by row, pixels of a block row by row.

    Raises
    ------
    ValueError
        If the image has another shape, is not finite, or is smaller than a block.

    Examples
    --------
    >>> image_blocks([[1, 2, 3, 4], [5, 6, 7, 8]], 2)
    array([[1., 2., 5., 6.],
           [3., 4., 7., 8.]])
    """
    return _image_blocks(*_as_image_and_block(image, block))


def _as_image_and_block(image, block):
    array, block = _as_image(image), whole_number("block", block, 1)
    if block > min(array.shape[:2]):
        raise ValueError(
            f"`block` is {block}, but the image has {array.shape[0]} x {array.shape[1]} pixels."
        )
    return array, block


def _image_blocks(image, b):
    rows, columns = (size - size % b for size in image.shape[:2])
    image = image[:rows, :columns].reshape(rows // b, b, columns // b, b, -1)
    return image.swapaxes(1, 2).reshape(rows // b * (columns // b), -1)


def code_image(image: ArrayLike, C: ArrayLike, block: int = 1) -> CodedImage:
    """Code an image with a codebook, its own or a foreign one.

    Parameters
    ----------
    image : array_like, shape (rows, columns) or (rows, columns, channels)
        Pixels.
    C : array_like, shape (k, d)
        Codebook for blocks of this size.
    block : int, default 1
        Side of a block in pixels.

    Returns
    -------
    CodedImage
        With ``decode``, ``bits``, ``bits_per_pixel`` and ``ratio``.

    Raises
    ------
    ValueError
        If the code words have not as many numbers as a block.

    References
    ----------
    A. Gersho, R. M. Gray, 1992, Vector Quantization and Signal Compression.

    Examples
    --------
    >>> coded = code_image([[0, 9], [250, 255]], [[0.0], [255.0]])
    >>> coded.decode()
    array([[  0.,   0.],
           [255., 255.]])
    >>> coded.bits()
    20.0
    """
    array, block = _as_image_and_block(image, block)
    words = np.asarray(as_matrix("C", C), dtype=float)
    X = _image_blocks(array, block)
    if words.shape[1] != X.shape[1] or not len(words):
        raise ValueError(
            f"`C` has shape {words.shape}, but a block of this image holds {X.shape[1]} numbers."
        )
    rows, columns = (size - size % block for size in array.shape[:2])
    return CodedImage(words, nearest_codes(X, words), rows, columns, block)


def palette(
    image: ArrayLike, k: int, *, sample: int = 20000, restarts: int = 3, seed: int = 0
) -> np.ndarray:
    """Return k colours for an image, learned from a sample of its pixels.

    Parameters
    ----------
    image : array_like, shape (rows, columns, 3)
        Red, green and blue.
    k : int
        Number of colours.
    sample : int, default 20000
        Number of pixels to learn from, drawn without replacement; all if there are fewer.
    restarts : int, default 3
        Runs of k-means++; the best counts.
    seed : int, default 0
        Of the sample and, as in `train_code_book`, of the starts.

    Returns
    -------
    ndarray, shape (k, 3), float64

    Raises
    ------
    ValueError
        If the image or a number is out of range.

    Examples
    --------
    >>> palette([[[0, 0, 0], [9, 9, 9]], [[0, 0, 0], [255, 0, 0]]], 3).shape
    (3, 3)
    """
    pixels = image_blocks(image, 1)
    sample = whole_number("sample", sample, 1)
    rng = np.random.default_rng(whole_number("seed", seed, 0))
    chosen = rng.choice(len(pixels), min(sample, len(pixels)), replace=False)
    return train_code_book(pixels[chosen], k, restarts=restarts, seed=seed)
