"""Distances between rows of mixed columns: `gower`.

Question: how far apart are two customers, if one column is an age and the next a town?
Chapter: 8, Distances.
Symbols: X observations (n x d), y condensed distances.
Source: J. C. Gower, 1971, A general coefficient of similarity and some of its properties.

Each column gives a pair of rows a distance from 0 to 1: numbers their difference over the
range of the column, categories 0 if they are equal and 1 if not.  The distance of the pair
is the mean over the columns that both rows fill in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_weights, require_finite

__all__ = ["gower"]


def gower(
    X: ArrayLike, categorical: ArrayLike | None = None, *, w: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Return Gower's distances between the rows of mixed columns.

    Parameters
    ----------
    X : array_like or data frame, shape (n, d)
        Observations.  A column holds numbers or categories of any type; None and NaN are
        missing values.
    categorical : array_like of bool, shape (d,), optional
        Which columns hold categories; by default those that are not all numbers.
    w : array_like, shape (d,), optional
        Weights of the columns, not negative; by default all 1.

    Returns
    -------
    ndarray, shape (n (n - 1) / 2,), float64
        Condensed distances from 0 to 1, in the order of `pdist`.

    Raises
    ------
    ValueError
        If `X` is no table, a column of numbers holds an infinite one or no number, or two rows
        share no column that both fill in: their distance is not defined.

    See Also
    --------
    clusterlib.distance.pairwise.pdist : distances between rows of numbers.
    clusterlib.hierarchy.merging.linkage : takes what `gower` returns.

    References
    ----------
    J. C. Gower, 1971, A general coefficient of similarity and some of its properties.

    Examples
    --------
    >>> X = [[20, "Ulm"], [40, "Ulm"], [60, "Bonn"]]
    >>> gower(X)
    array([0.25, 1.  , 0.75])
    """
    columns = _columns(X)
    n, d = len(columns[0]) if columns else 0, len(columns)
    kinds = [not _all_numbers(column) for column in columns]
    if categorical is not None:
        given = np.asarray(categorical)
        if given.shape != (d,) or given.dtype != bool:
            raise ValueError(
                f"`categorical` has shape {given.shape} and dtype {given.dtype}; give one True "
                f"or False for each of the {d} columns of `X`."
            )
        kinds = given.tolist()
    weights = as_weights("w", w, d, "the columns of `X`")
    weights = np.ones(d) if weights is None else require_finite("w", weights)
    codes = [
        _categories(column) if kind else _numbers(column, j)
        for j, (column, kind) in enumerate(zip(columns, kinds, strict=True))
    ]
    return _gower(codes, kinds, weights, n)


def _gower(columns, categorical, weights, n):
    """Return the weighted mean of the distances in each column, row after row."""
    spread = [1.0 if kind else _range(x) for x, kind in zip(columns, categorical, strict=True)]
    y, end = np.empty(n * (n - 1) // 2), 0
    for i in range(n - 1):
        start, end = end, end + n - 1 - i
        total, count = np.zeros(n - 1 - i), np.zeros(n - 1 - i)
        for x, kind, width, weight in zip(columns, categorical, spread, weights, strict=True):
            apart = (x[i + 1 :] != x[i]) if kind else np.abs(x[i + 1 :] / width - x[i] / width)
            known = ~(np.isnan(x[i + 1 :]) | np.isnan(x[i]))
            total += weight * np.where(known, apart, 0.0)
            count += weight * known
        if not count.all():
            j = i + 1 + int(np.argmin(count != 0))
            raise ValueError(
                f"rows {i} and {j} of `X` share no column that both fill in; drop one of them."
            )
        y[start:end] = total / count
    return y


def _columns(X: Any) -> list[NDArray[Any]]:
    """Return the columns of a data frame or of a table."""
    if hasattr(X, "columns") and hasattr(X, "iloc"):
        return [np.asarray(X.iloc[:, j].astype(object)) for j in range(X.shape[1])]
    given = X if isinstance(X, np.ndarray) else np.array(X, dtype=object)
    if given.ndim != 2:
        raise ValueError(f"`X` has shape {given.shape}; it must be a table, (n, d).")
    return [given[:, j] for j in range(given.shape[1])]


def _missing(value):
    """Return whether `value` is None, NaN, NaT or pandas' NA: none of them equals itself."""
    if value is None:
        return True
    try:
        return not bool(value == value)
    except TypeError:  # NA gives no answer
        return True


def _all_numbers(column):
    if column.dtype != object:
        return column.dtype.kind in "biuf"
    return all(_missing(v) or isinstance(v, (int, float, np.number, np.bool_)) for v in column)


def _numbers(column, j):
    """Return a column of numbers as float64 within -1 to 1 or smaller, NaN where one is missing."""
    try:
        x = np.array([np.nan if _missing(v) else float(v) for v in column.tolist()])
    except OverflowError:
        x = np.array([np.inf])
    except (TypeError, ValueError):
        raise ValueError(
            f"column {j} of `X` holds values that are no numbers; say so in `categorical`."
        ) from None
    if np.isinf(x).any():
        raise ValueError(f"column {j} of `X` holds an infinite value; numbers must be finite.")
    return x / max(1.0, np.abs(x, where=~np.isnan(x), out=np.zeros_like(x)).max(initial=0.0))


def _categories(column):
    """Return a column of categories as codes, NaN where a value is missing."""
    codes: dict[Any, int] = {}
    return np.array(
        [np.nan if _missing(v) else codes.setdefault(v, len(codes)) for v in column.tolist()],
        dtype=float,
    )


def _range(x):
    """Return the range of the known values of `x`, 1 where it is empty or constant."""
    known = x[~np.isnan(x)]
    if not len(known) or known.max() == known.min():
        return 1.0
    return known.max() - known.min()
