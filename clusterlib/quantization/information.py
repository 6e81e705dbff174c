"""Bits and distortion: what a code costs and what it loses.

Question: how many bits is a number worth?
Chapter: 1, One number, few levels.
Symbols: p probabilities, H entropy in bits, R rate in bits, D mean squared error.
Sources: Shannon 1948 and 1959; Bennett 1948, Spectra of quantized signals; Panter,
Dite 1951; Conway, Sloane 1999, Sphere Packings, Lattices and Groups; Cover, Thomas 2006.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_real,
    as_vector,
    one_of,
    real_number,
    require_finite,
    whole_number,
)
from clusterlib.core.floats import near_one

__all__ = [
    "DB_PER_BIT",
    "DIFFERENTIAL_ENTROPY",
    "PANTER_DITE",
    "SECOND_MOMENTS",
    "SPACE_FILLING_LIMIT",
    "code_bits",
    "decibels",
    "entropy",
    "gaussian_distortion_rate",
    "gaussian_rate_distortion",
    "high_rate_gaussian",
    "index_entropy",
    "psnr",
    "shannon_lower_bound",
    "snr_db",
    "space_filling_gain",
]

#: What one more bit per number is worth, in decibels.
DB_PER_BIT = 20 * math.log10(2)

#: N^2 D of the best N-level quantizer of a unit Gaussian, for large N.
PANTER_DITE = math.sqrt(3) * math.pi / 2

#: Ratio of the cube's second moment to that of a sphere of very high dimension.
SPACE_FILLING_LIMIT = math.pi * math.e / 6

#: Differential entropy in bits of the distributions with unit variance.
DIFFERENTIAL_ENTROPY = {
    "gaussian": 0.5 * math.log2(2 * math.pi * math.e),
    "laplace": math.log2(math.e * math.sqrt(2)),
    "uniform": 0.5 * math.log2(12),
}

#: Normalized second moment of each cell: the error of a code word's cell, per dimension.
SECOND_MOMENTS = {
    "interval": 1 / 12,
    "hexagon": 5 / (36 * math.sqrt(3)),
    "truncated octahedron": 19 / (192 * 2 ** (1 / 3)),
    "D4": 13 / (120 * math.sqrt(2)),
    "E8": 929 / 12960,
    "sphere": 1 / (2 * math.pi * math.e),
}


def entropy(weights: ArrayLike) -> float:
    """Return the entropy of a distribution in bits: the mean length of its best code.

    Parameters
    ----------
    weights : array_like, shape (m,)
        Probabilities or counts; at least 0 and not all 0.  They are scaled to sum to 1.

    Returns
    -------
    float
        Between 0 and ``log2(m)``.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all are 0.

    References
    ----------
    C. E. Shannon, 1948, A mathematical theory of communication.

    Examples
    --------
    >>> entropy([1, 1, 2])
    1.5
    """
    p = np.asarray(as_vector("weights", weights), dtype=float)
    if (p < 0).any() or not p.any():
        raise ValueError("`weights` must be at least 0 each, and not all 0.")
    p = p / p.max()
    p = p[p > 0] / p.sum()
    return float(max(-(p @ np.log2(p)), 0.0))


def index_entropy(labels: ArrayLike) -> float:
    """Return the entropy in bits of the labels that a code sends.

    Parameters
    ----------
    labels : array_like, shape (n,)
        One label each; at least one.

    Returns
    -------
    float
        Bits a label, if an entropy code packs them.

    Raises
    ------
    ValueError
        If there is no label.

    Examples
    --------
    >>> index_entropy([3, 3, 0, 7])
    1.5
    """
    return entropy(np.unique(as_vector("labels", labels), return_counts=True)[1])


def gaussian_distortion_rate(R: ArrayLike, variance: float = 1.0) -> np.ndarray:
    """Return the least mean squared error that R bits per number allow: D(R).

    ``variance * 2**(-2 R)`` for independent Gaussian numbers; no code does better.

    Parameters
    ----------
    R : array_like
        Bits per number, at least 0.
    variance : float, default 1.0
        Variance of the numbers, at least 0.

    Returns
    -------
    ndarray
        D, of the shape of `R` (a number for a number).

    Raises
    ------
    ValueError
        If a rate or the variance is negative or not finite.

    References
    ----------
    C. E. Shannon, 1959, Coding theorems for a discrete source with a fidelity criterion.

    Examples
    --------
    >>> gaussian_distortion_rate([1, 2, 3])
    array([0.25    , 0.0625  , 0.015625])
    """
    rates = require_finite("R", as_real("R", R))
    if (rates < 0).any():
        raise ValueError(f"`R` reaches down to {rates.min()}; a rate is at least 0 bits.")
    return real_number("variance", variance, 0) * 0.25**rates


def gaussian_rate_distortion(D: float, variance: float = 1.0) -> float:
    """Return the bits per number that a mean squared error of D needs: R(D).

    Parameters
    ----------
    D : float
        Mean squared error, above 0.
    variance : float, default 1.0
        Variance of the numbers, at least 0.

    Returns
    -------
    float
        ``log2(variance / D) / 2``, and 0 where D is the variance or more.

    Raises
    ------
    ValueError
        If `D` is not above 0 or the variance is negative.

    Examples
    --------
    >>> gaussian_rate_distortion(0.0625)
    2.0
    """
    D = real_number("D", D)
    if not D > 0:
        raise ValueError(f"`D` is {D!r}; only an endless code has no error, so give D above 0.")
    variance = real_number("variance", variance, 0)
    return 0.5 * math.log2(variance / D) if variance > D else 0.0


def shannon_lower_bound(law: str) -> float:
    """Return Shannon's lower bound on D of a unit-variance distribution, over ``2**(-2 R)``.

    Parameters
    ----------
    law : {'gaussian', 'laplace', 'uniform'}
        The distribution of the numbers.

    Returns
    -------
    float
        1 for the Gaussian, the distribution that is hardest to code.

    Raises
    ------
    ValueError
        If the distribution is unknown.

    Examples
    --------
    >>> round(shannon_lower_bound("laplace"), 6)
    0.865256
    """
    h = DIFFERENTIAL_ENTROPY[one_of("law", law, DIFFERENTIAL_ENTROPY)]
    return 2.0 ** (2 * (h - DIFFERENTIAL_ENTROPY["gaussian"]))


def space_filling_gain(cell: str) -> float:
    """Return what a rounder cell gains over the cube, in decibels.

    Parameters
    ----------
    cell : str
        A key of `SECOND_MOMENTS`; "sphere" is the limit of high dimension.

    Returns
    -------
    float
        Gain in dB at equal rate.

    Raises
    ------
    ValueError
        If the cell is unknown.

    References
    ----------
    J. H. Conway, N. J. A. Sloane, 1982, Voronoi regions of lattices, second moments of
    polytopes, and quantization.

    Examples
    --------
    >>> round(space_filling_gain("hexagon"), 6)
    0.167119
    """
    G = SECOND_MOMENTS[one_of("cell", cell, SECOND_MOMENTS)]
    return decibels(SECOND_MOMENTS["interval"] / G)


def high_rate_gaussian(G: float, n: int) -> float:
    """Return D over ``2**(-2 R)`` for Gaussian vectors of n numbers at a high rate.

    Parameters
    ----------
    G : float
        Normalized second moment of the cells, above 0.
    n : int
        Dimension, at least 1.

    Returns
    -------
    float
        ``2 pi G ((n + 2) / n)**((n + 2) / 2)``: 2.72 for numbers, 2.02 for pairs.

    Raises
    ------
    ValueError
        If `G` is not above 0 or `n` is below 1.

    References
    ----------
    P. L. Zador, 1982, Asymptotic quantization error of continuous signals.

    Examples
    --------
    >>> round(high_rate_gaussian(SECOND_MOMENTS["hexagon"], 2), 6)
    2.015333
    """
    G, n = real_number("G", G), whole_number("n", n, 1)
    if not G > 0:
        raise ValueError(f"`G` is {G!r}; a second moment is above 0.")
    return G * 2 * math.pi * ((n + 2) / n) ** ((n + 2) / 2)


def decibels(ratio: float) -> float:
    """Return ``10 log10(ratio)``: a ratio of powers as a sum.

    Parameters
    ----------
    ratio : float
        At least 0.

    Returns
    -------
    float
        Minus infinity for 0.

    Raises
    ------
    ValueError
        If the ratio is negative.

    Examples
    --------
    >>> decibels(100)
    20.0
    """
    ratio = real_number("ratio", ratio, 0)
    return 10 * math.log10(ratio) if ratio > 0 else -math.inf


def _signal_and_error(signal, coded):
    """Return the signal and what its coded form has lost, as floats."""
    sent = require_finite("signal", as_real("signal", signal)).astype(float)
    received = require_finite("coded", as_real("coded", coded)).astype(float)
    if sent.shape != received.shape or not sent.size:
        raise ValueError(
            f"`signal` has shape {sent.shape} and `coded` has shape {received.shape}; "
            "they must be equal, and not empty."
        )
    return sent, sent - received


def _power(x):
    """Return the mean square in decibels; its largest entry first, so that no square overflows."""
    x, exponent = near_one(x)
    return decibels(float(np.mean(x**2))) + exponent * DB_PER_BIT


def snr_db(signal: ArrayLike, coded: ArrayLike) -> float:
    """Return the variance of a signal over the error of its coded form, in decibels.

    Parameters
    ----------
    signal, coded : array_like of one shape
        The signal and what the decoder returns.

    Returns
    -------
    float
        Signal-to-noise ratio; infinite without error.

    Raises
    ------
    ValueError
        If the shapes differ, are empty, or a number is not finite.

    Examples
    --------
    >>> round(snr_db([0, 2, 4, 6], [1, 1, 5, 5]), 4)
    6.9897
    """
    sent, error = _signal_and_error(signal, coded)
    return _power(sent - sent.mean()) - _power(error) if error.any() else math.inf


def psnr(signal: ArrayLike, coded: ArrayLike, peak: float = 255.0) -> float:
    """Return the squared peak over the error of a coded image, in decibels.

    Parameters
    ----------
    signal, coded : array_like of one shape
        The image and what the decoder returns.
    peak : float, default 255.0
        Largest value a pixel can take, above 0.

    Returns
    -------
    float
        Peak signal-to-noise ratio; infinite without error.

    Raises
    ------
    ValueError
        If the shapes differ, are empty, or a number is not finite.

    Examples
    --------
    >>> round(psnr([0, 255], [1, 254]), 4)
    48.1308
    """
    peak = real_number("peak", peak)
    if not peak > 0:
        raise ValueError(f"`peak` is {peak!r}; it must be above 0.")
    _, error = _signal_and_error(signal, coded)
    return 2 * decibels(peak) - _power(error) if error.any() else math.inf


def code_bits(n: int, k: int, word_bits: float, index_bits: float | None = None) -> float:
    """Return all the bits of a coded message: the indices and the codebook.

    Parameters
    ----------
    n : int
        Number of indices sent.
    k : int
        Number of code words.
    word_bits : float
        Bits of one code word, for example 24 for a colour; 0 if the receiver has the book.
    index_bits : float, optional
        Bits of one index; default ``log2(k)``.  Give the entropy of the indices if an
        entropy code packs them.

    Returns
    -------
    float
        ``n * index_bits + k * word_bits``.

    Raises
    ------
    ValueError
        If a count is below 1 or a number of bits is negative.

    Examples
    --------
    >>> pixels = 427 * 640
    >>> round(24 * pixels / code_bits(pixels, 16, 24), 6)
    5.997893
    """
    n, k = whole_number("n", n, 1), whole_number("k", k, 1)
    word_bits = real_number("word_bits", word_bits, 0)
    bits = math.log2(k) if index_bits is None else real_number("index_bits", index_bits, 0)
    return n * bits + k * word_bits
