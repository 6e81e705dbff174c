"""What a data set carries: its numbers, its names and where it came from.

Question: which numbers are these, who measured them, and may you use them?
Chapter: 0, Start here.
Symbols: X observations, labels the class of each observation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix
from clusterlib.core.floats import near_one

__all__ = ["Dataset", "PriceTable", "standardize"]


def read_only(array):
    """Return `array` locked against writing, so that a cached data set cannot drift."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Dataset:
    """Observations with names, source and licence; the arrays are read-only.

    Attributes
    ----------
    name : str
        Name of the data set.
    X : ndarray, shape (n, d), float64
        Observations, one row each.
    labels : ndarray, shape (n,), int, or None
        Class of each observation, -1 for none.
    label_names, feature_names : tuple of str
        What the classes and the columns mean.
    centres : ndarray, shape (k, d), or None
        The centres the points were drawn around, for made data.
    source, licence : str
        Who measured or made the data, and the terms of use.

    Examples
    --------
    >>> from clusterlib import datasets
    >>> datasets.iris()
    Dataset iris: 150 observations, 4 features, 3 classes
    """

    name: str
    X: np.ndarray
    labels: np.ndarray | None
    label_names: tuple[str, ...]
    feature_names: tuple[str, ...]
    source: str
    licence: str
    centres: np.ndarray | None = None

    def __repr__(self):
        n, d = self.X.shape
        return f"Dataset {self.name}: {n} observations, {d} features, {self._classes()} classes"

    def _classes(self):
        return 0 if self.labels is None else len(np.unique(self.labels[self.labels >= 0]))


@dataclass(frozen=True, eq=False)
class PriceTable:
    """Monthly prices of several series; the arrays are read-only.

    Attributes
    ----------
    name : str
        Name of the data set.
    dates : ndarray, shape (n,), datetime64[D]
        First day of each period.
    prices : ndarray, shape (n, s), float64
        Price of each series, NaN before a series was traded.
    names : tuple of str
        Ticker of each column.
    source, licence : str
        Where the prices come from, and the terms of use.
    """

    name: str
    dates: np.ndarray
    prices: np.ndarray
    names: tuple[str, ...]
    source: str
    licence: str

    def __repr__(self):
        n, s = self.prices.shape
        return f"PriceTable {self.name}: {n} dates from {self.dates[0]}, {s} series"


def standardize(X: ArrayLike) -> np.ndarray:
    """Return each column with mean 0 and standard deviation 1 (``ddof=0``).

    A constant column has no spread to divide by and becomes a column of zeros.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Finite observations, at least one.

    Returns
    -------
    ndarray, shape (n, d), float64
        ``(X - X.mean(axis=0)) / X.std(axis=0)``.

    Raises
    ------
    ValueError
        If `X` has no rows, is not two-dimensional or is not finite.

    Examples
    --------
    >>> standardize([[1.0, 5.0], [3.0, 5.0]])
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    return _standardize(as_matrix("X", X).astype(float, copy=False))


def _standardize(X):
    if not len(X):
        raise ValueError("`X` has no rows; it must hold at least one observation.")
    constant = X.max(axis=0) == X.min(axis=0)
    X, _ = near_one(X, axis=0)
    spread = np.where(constant, 1.0, X.std(axis=0))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / spread)
