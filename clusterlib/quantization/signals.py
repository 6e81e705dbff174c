"""Codebooks that listen: symbols of a turned channel, targets against a background.

Question: what does a receiver gain from words it has learned itself?
Chapter: 3, Codebooks at work.
Symbols: X received points, C codebook, labels, m symbols, SNR in decibels.
Sources: Proakis, Salehi 2008, Digital Communications; Reed, Yu 1990, Adaptive
multiple-band CFAR detection of an optical pattern with unknown spectral distribution.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_generator,
    as_matrix,
    as_vector,
    real_number,
    whole_number,
)
from clusterlib.core.floats import power_of_two
from clusterlib.vq.nearest import py_vq

__all__ = [
    "anomaly_score",
    "error_rate",
    "gaussian_score",
    "name_cells",
    "qam_channel",
    "qam_constellation",
    "qam_error_rate",
    "rotate",
]


def qam_constellation(m: int = 16) -> np.ndarray:
    """Return the m points of quadrature amplitude modulation, with mean energy 1.

    Parameters
    ----------
    m : int, default 16
        Number of symbols, an even power of two: 4, 16, 64, ...

    Returns
    -------
    ndarray, shape (m, 2)
        A square grid, row by row.

    Raises
    ------
    ValueError
        If m is no even power of two.

    Examples
    --------
    >>> qam_constellation(4).round(4).tolist()
    [[-0.7071, -0.7071], [-0.7071, 0.7071], [0.7071, -0.7071], [0.7071, 0.7071]]
    """
    m = whole_number("m", m, 4)
    side = math.isqrt(m)
    if side * side != m or side & (side - 1):
        raise ValueError(f"`m` is {m}; it must be 4, 16, 64, 256, ...")
    places = np.arange(side) * 2.0 - (side - 1)
    grid = np.stack(np.meshgrid(places, places, indexing="ij"), axis=-1).reshape(-1, 2)
    return grid / math.sqrt(2 * (m - 1) / 3)


def rotate(X: ArrayLike, degrees: float) -> np.ndarray:
    """Turn points of the plane around the origin, against the clock.

    Parameters
    ----------
    X : array_like, shape (n, 2)
        Points.
    degrees : float
        Angle.

    Returns
    -------
    ndarray, shape (n, 2)

    Raises
    ------
    ValueError
        If the points are not in the plane.

    Examples
    --------
    >>> rotate([[1.0, 0.0]], 90).round(12).tolist()
    [[0.0, 1.0]]
    """
    points = as_matrix("X", X)
    if points.shape[1] != 2:
        raise ValueError(f"`X` has {points.shape[1]} columns; points of the plane have 2.")
    angle = math.radians(real_number("degrees", degrees))
    c, s = math.cos(angle), math.sin(angle)
    return points @ np.array([[c, s], [-s, c]])


def qam_channel(
    n: int, degrees: float, snr_db: float = 18.0, m: int = 16, rng: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """Send n random symbols through a channel that turns them and adds Gaussian noise.

    Parameters
    ----------
    n : int
        Number of symbols.
    degrees : float
        Angle by which the channel turns.
    snr_db : float, default 18.0
        Energy of a symbol over the energy of the noise, in decibels.
    m : int, default 16
        Number of different symbols.
    rng : None, int or numpy.random.Generator
        Random numbers: first the symbols, then the noise.

    Returns
    -------
    sent : ndarray, shape (n,), int
        Row of `qam_constellation` of each symbol.
    received : ndarray, shape (n, 2)
        Points that arrive.

    Raises
    ------
    ValueError
        If n is below 1 or m is no even power of two.

    Examples
    --------
    >>> sent, received = qam_channel(5, 20.0, rng=0)
    >>> sent.shape, received.shape
    ((5,), (5, 2))
    """
    points, n = qam_constellation(m), whole_number("n", n, 1)
    snr_db, degrees = real_number("snr_db", snr_db, -999, 999), real_number("degrees", degrees)
    g = as_generator("rng", rng)
    sent = g.integers(0, m, n)
    noise = g.normal(0, math.sqrt(10 ** (-snr_db / 10) / 2), (n, 2))
    return sent, rotate(points, degrees)[sent] + noise


def name_cells(labels: ArrayLike, known: ArrayLike, k: int) -> np.ndarray:
    """Return the symbol that each learned cell stands for, by majority of known symbols.

    Parameters
    ----------
    labels : array_like, shape (p,), int
        Learned cell of each pilot, from 0 to k-1.
    known : array_like, shape (p,), int
        Symbol that was sent as each pilot, at least 0.
    k : int
        Number of cells.

    Returns
    -------
    ndarray, shape (k,), int
        Most frequent symbol of each cell, of equals the smallest; -1 without a pilot.

    Raises
    ------
    ValueError
        If the lengths differ or a label is out of range.

    Examples
    --------
    >>> name_cells([0, 0, 0, 1], [7, 7, 5, 2], 3)
    array([ 7,  2, -1])
    """
    cells, symbols = as_vector("labels", labels), as_vector("known", known)
    k = whole_number("k", k, 1)
    if len(cells) != len(symbols) or not len(cells):
        raise ValueError(f"`labels` has {len(cells)} entries and `known` has {len(symbols)}.")
    if cells.min() < 0 or cells.max() >= k or symbols.min() < 0:
        raise ValueError(f"`labels` must lie from 0 to {k - 1}, and `known` must be at least 0.")
    votes = np.zeros((k, int(symbols.max()) + 1), dtype=int)
    np.add.at(votes, (cells.astype(int), symbols.astype(int)), 1)
    return np.where(votes.any(axis=1), votes.argmax(axis=1), -1)


def error_rate(sent: ArrayLike, decided: ArrayLike) -> float:
    """Return the share of symbols decided wrongly.

    Parameters
    ----------
    sent, decided : array_like, shape (n,)
        Symbols.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the lengths differ or there is no symbol.

    Examples
    --------
    >>> error_rate([1, 2, 3, 4], [1, 2, 3, 0])
    0.25
    """
    a, b = as_vector("sent", sent), as_vector("decided", decided)
    if len(a) != len(b) or not len(a):
        raise ValueError(f"`sent` has {len(a)} entries and `decided` has {len(b)}.")
    return float(np.mean(a != b))


def qam_error_rate(snr_db: float, m: int = 16) -> float:
    """Return the symbol error rate that theory gives for a channel that does not turn.

    Parameters
    ----------
    snr_db : float
        Energy of a symbol over the energy of the noise, in decibels.
    m : int, default 16
        Number of symbols.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If m is no even power of two.

    References
    ----------
    J. G. Proakis, M. Salehi, 2008, Digital Communications.

    Examples
    --------
    >>> round(qam_error_rate(18.0), 10)
    0.0005726413
    """
    side = math.isqrt(len(qam_constellation(m)))
    snr = 10 ** (real_number("snr_db", snr_db, -999, 999) / 10)
    tail = math.erfc(math.sqrt(3 * snr / (m - 1) / 2)) / 2  # Gaussian beyond half a step
    return 1 - (1 - 2 * (1 - 1 / side) * tail) ** 2


def anomaly_score(X: ArrayLike, C: ArrayLike) -> np.ndarray:
    """Return the distance of each observation to the nearest word of a background.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    C : array_like, shape (k, d)
        Codebook learned from the background.

    Returns
    -------
    ndarray, shape (n,), float64
        Large where no word of the background fits.

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> anomaly_score([[0.0], [5.0]], [[0.0], [9.0]])
    array([0., 4.])
    """
    return py_vq(as_matrix("X", X), as_matrix("C", C))[1]


def gaussian_score(X: ArrayLike, background: ArrayLike) -> np.ndarray:
    """Return the Mahalanobis distance of each observation to one Gaussian background.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    background : array_like, shape (b, d)
        Observations that give mean and covariance, with b above d.

    Returns
    -------
    ndarray, shape (n,), float64

    Raises
    ------
    ValueError
        If the shapes do not fit or the background fills no volume.

    References
    ----------
    I. S. Reed, X. Yu, 1990, Adaptive multiple-band CFAR detection of an optical pattern
    with unknown spectral distribution.

    Examples
    --------
    >>> gaussian_score([[3.0]], [[-1.0], [0.0], [1.0]])
    array([3.])
    """
    points, clutter = (
        np.asarray(as_matrix(name, value), dtype=float)
        for name, value in (("X", X), ("background", background))
    )
    if points.shape[1] != clutter.shape[1] or len(clutter) < 2:
        raise ValueError(
            f"`X` has shape {points.shape} and `background` has shape {clutter.shape}; both "
            "must have the same columns, and the background two rows or more."
        )
    scale = power_of_two(clutter)
    points, clutter = points * scale, clutter * scale
    covariance = np.atleast_2d(np.cov(clutter.T))
    if np.linalg.matrix_rank(covariance) < len(covariance):
        raise ValueError(
            "`background` lies in a plane of fewer dimensions than it has columns, so its "
            "covariance has no inverse; drop columns that depend on others."
        )
    away = np.linalg.solve(np.linalg.cholesky(covariance), (points - clutter.mean(axis=0)).T)
    scale = power_of_two(away)
    return np.sqrt(((away * scale) ** 2).sum(axis=0)) / scale
