"""Distances between all pairs: `pdist` and `cdist`.

Question: which points are near each other?
Chapter: 8, Distances.
Symbols: X observations (n x d), y condensed distances, D square distances.

`pdist` and `cdist` check what they are given, look up the metric, and fill their output
block by block.  The formulas are in `formulas` (numbers) and `boolean` (sets), the functions
of two vectors in `vectors`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, as_real, as_weights, describe
from clusterlib.core.choices import MetricName
from clusterlib.core.containers import require_positions
from clusterlib.core.floats import shared_exponent
from clusterlib.distance import boolean, vectors
from clusterlib.distance.boolean import (
    BOOLEAN_FORMULAS,
)
from clusterlib.distance.formulas import (
    DEGREES,
    FLOAT64_ONLY,
    FORMULAS,
    as_order,
    between,
    by_feature,
    within,
)

__all__ = ["FUNCTIONS", "METRICS", "NAMES", "cdist", "pdist"]

METRICS = dict(sorted((FORMULAS | BOOLEAN_FORMULAS).items()))
ALIASES = {
    "chebyshev": ("chebychev", "cheby", "cheb", "ch"),
    "cityblock": ("cblock", "cb", "c"),
    "correlation": ("co",),
    "cosine": ("cos",),
    "euclidean": ("euclid", "eu", "e"),
    "hamming": ("matching", "hamm", "ha", "h"),
    "jaccard": ("jacc", "ja", "j"),
    "jensenshannon": ("js",),
    "mahalanobis": ("mahal", "mah"),
    "minkowski": ("mi", "m", "pnorm"),
    "seuclidean": ("se", "s"),
    "sqeuclidean": ("sqe", "sqeuclid"),
}
NAMES = {name: name for name in METRICS}
NAMES |= {alias: name for name, aliases in ALIASES.items() for alias in aliases}
# SciPy's own tests call a slow twin of each metric "test_..."; here both are one.
NAMES |= {f"test_{name}": name for name in METRICS}
FUNCTIONS = {
    name: getattr(boolean if name in BOOLEAN_FORMULAS else vectors, name) for name in METRICS
}
KEYWORDS = {  # what `pdist` and `cdist` accept besides the weights `w` of the others
    "jensenshannon": (),
    "mahalanobis": ("VI",),
    "minkowski": ("w", "p"),
    "seuclidean": ("V",),
}


# ------------------------------------------------------------------ check


def _metric_name(metric):
    """Return the full name of `metric`, or None for a function that is not ours."""
    if callable(metric):
        return next((name for name, function in FUNCTIONS.items() if function is metric), None)
    if not isinstance(metric, str):
        raise TypeError(
            f"`metric` is {describe(metric)}; it must be a string identifier or a function."
        )
    if metric.lower() not in NAMES:
        raise ValueError(
            f"Unknown Distance Metric: {metric!r}. It must be one of {', '.join(METRICS)}, "
            "or a function of two vectors."
        )
    return NAMES[metric.lower()]


def _fast_name(metric, keywords):
    """Return the name of a metric that is computed for whole tables at once, or None.

    One of our own functions takes more keywords alone (the base of a logarithm, say) than by
    name.  With such a keyword it is called pair by pair, like any other function.
    """
    name = _metric_name(metric)
    more = name and callable(metric) and not keywords.keys() <= set(KEYWORDS.get(name, ("w",)))
    return None if more else name


def _is_named_like_ours(metric):
    """Say whether a function is called like a metric; as in SciPy it then sees float rows."""
    return getattr(metric, "__name__", None) in NAMES


def _as_table(name, value) -> np.ndarray:
    """Return `value` as rows of float64 or longer floats."""
    X = as_matrix(name, value, finite=False)
    return X.astype(np.result_type(X.dtype, np.float64))


def _as_rows(name, value) -> np.ndarray:
    """Return `value` as two-dimensional array of anything, for a metric of the caller's."""
    X = np.asarray(value)
    require_positions(name, X)
    if np.ma.is_masked(value) or X.ndim != 2:
        raise ValueError(
            f"`{name}` has shape {X.shape}; it must have two dimensions and no masked entries."
        )
    return X


def _as_settings(name, d, keywords):
    """Return the checked keywords of the metric `name` for `d` features."""
    allowed = KEYWORDS.get(name, ("w",))
    given = {key: value for key, value in keywords.items() if value is not None or key == "p"}
    if not given.keys() <= set(allowed):
        unknown = min(given.keys() - set(allowed))
        raise TypeError(
            f"the metric '{name}' got an unexpected keyword argument {unknown!r}; it takes "
            f"{' and '.join(repr(key) for key in allowed) or 'no keywords'}."
        )
    settings: dict[str, Any] = {"w": as_weights("w", given.get("w"), d, "a row of `X`")}
    if "p" in allowed:
        settings["p"] = as_order(given.get("p", 2))
    for key, shape in (("V", (d,)), ("VI", (d, d))):
        if key in allowed:
            settings[key] = _as_scale(key, given.get(key), shape)
    return settings


def _as_scale(name, value, shape):
    """Return the variances `V` or the inverse covariance `VI` as float64, or None."""
    if value is None:
        return None
    array = np.array(as_real(name, value), dtype=np.float64, ndmin=2 if name == "VI" else 0)
    if array.shape != shape:
        raise ValueError(f"`{name}` has shape {array.shape}; for this data it must be {shape}.")
    if name == "V" and (array < 0).any():
        raise ValueError(f"`V` holds {array.min()}; variances must be non-negative.")
    return array


def _as_out(out, shape, dtype):
    """Return `out` if the distances can be written into it, or a new array."""
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray) or out.shape != shape:
        raise ValueError(f"`out` is {describe(out)}; it must be an array of shape {shape}.")
    if not out.flags.c_contiguous:
        raise ValueError("`out` must be C-contiguous; for example np.empty(shape).")
    if out.dtype != dtype:
        raise ValueError(f"`out` has dtype {out.dtype}; it must be {np.dtype(dtype)}.")
    return out


# ------------------------------------------------------------------ core


def _prepare(name, X, settings):
    """Return the data feature by feature, the block function, and the exponent of the result."""
    if name in FLOAT64_ONLY:
        X = X.astype(np.float64)
    exponent = shared_exponent(X) if name in DEGREES else 0
    X = np.ldexp(X, -exponent) if exponent else X
    learned = any(settings.get(key, "given") is None for key in ("V", "VI"))
    X, block = METRICS[name](X, settings.pop("w"), **settings)
    degree = 0 if learned else DEGREES.get(name, 0)
    return by_feature(X), block, exponent * degree


def _rescale(out, exponent):
    if exponent:
        np.ldexp(out, exponent, out=out)


# ------------------------------------------------------------------ the two public tables


def pdist(
    X: ArrayLike,
    metric: MetricName | Callable[..., float] = "euclidean",
    *,
    out: np.ndarray | None = None,
    **kwargs: Any,
) -> np.ndarray:
    """Return the distances between all pairs of rows of `X`, in condensed form.

    Parameters
    ----------
    X : array_like, shape (n, d)
        One row an observation.  Integers and booleans are converted to float64.
    metric : str or callable, optional
        A name ('euclidean', 'cityblock', ...; the error for an unknown one lists them) or a
        function of two rows.  One of this package's own functions costs nothing extra, unless
        it is given a keyword that its name does not take.
    out : ndarray, shape (n(n-1)/2,), optional
        Where to write the distances; float64 and C-contiguous.
    **kwargs
        ``w``, weights of the features (all but 'seuclidean', 'mahalanobis' and
        'jensenshannon'); ``p`` > 0, the order of 'minkowski' (default 2); ``V``, variances
        for 'seuclidean' (default those of `X`, ddof 1); ``VI``, the inverse covariance for
        'mahalanobis' (default that of `X`).  Handed on to a callable `metric` as they are.

    Returns
    -------
    ndarray, shape (n(n-1)/2,)
        Pair i < j is at n i - i(i+1)/2 + j - i - 1; see `squareform`.  NaN in a row, or a
        distance that is not defined (the cosine of a zero row), gives NaN.

    Raises
    ------
    ValueError
        If `X` is no table of real numbers, the metric is unknown, or a keyword or `out` has
        the wrong shape or values.
    TypeError
        If `metric` is neither, or does not take a keyword.
    numpy.linalg.LinAlgError
        If 'mahalanobis' has to invert a singular covariance.

    See Also
    --------
    cdist : distances between two tables.
    clusterlib.distance.condensed.squareform : the same distances as a matrix.

    Examples
    --------
    >>> from clusterlib.distance import pdist
    >>> pdist([[0, 0], [3, 4], [0, 1]])
    array([5.        , 1.        , 4.24264069])
    >>> pdist([[0, 0], [3, 4], [0, 1]], "cityblock", w=[1, 2])
    array([11.,  2.,  9.])
    """
    name = _fast_name(metric, kwargs)
    if name is None:
        given = {k: v for k, v in kwargs.items() if v is not None or k not in ("w", "V", "VI")}
        convert = _as_table if _is_named_like_ours(metric) else _as_rows
        return _pdist_by_pairs(convert("X", X), metric, out, given)
    X = _as_table("X", X)
    n, d = X.shape
    settings = _as_settings(name, d, kwargs)
    y = _as_out(out, (n * (n - 1) // 2,), np.float64 if name in FLOAT64_ONLY else X.dtype)
    with np.errstate(all="ignore"):
        features, block, exponent = _prepare(name, X, settings)
        within(features, block, y)
        _rescale(y, exponent)
    return y


def cdist(
    XA: ArrayLike,
    XB: ArrayLike,
    metric: MetricName | Callable[..., float] = "euclidean",
    *,
    out: np.ndarray | None = None,
    **kwargs: Any,
) -> np.ndarray:
    """Return the distances between each row of `XA` and each row of `XB`.

    Parameters
    ----------
    XA : array_like, shape (a, d)
        One row an observation.  Integers and booleans are converted to float64.
    XB : array_like, shape (b, d)
        The other observations.
    metric : str or callable, optional
        As in `pdist`.
    out : ndarray, shape (a, b), optional
        Where to write the distances; float64 and C-contiguous.
    **kwargs
        As in `pdist`; ``V`` and ``VI`` are by default those of both tables together.

    Returns
    -------
    ndarray, shape (a, b)

    Raises
    ------
    ValueError, TypeError, numpy.linalg.LinAlgError
        As `pdist`; also ValueError if the tables have not the same number of columns.

    See Also
    --------
    pdist : distances within one table.

    Examples
    --------
    >>> from clusterlib.distance import cdist
    >>> cdist([[0, 0], [3, 4]], [[0, 1], [0, 0]], "chebyshev")
    array([[1., 0.],
           [3., 4.]])
    """
    name = _fast_name(metric, kwargs)
    convert = _as_table if name or _is_named_like_ours(metric) else _as_rows
    XA, XB = convert("XA", XA), convert("XB", XB)
    if XA.shape[1] != XB.shape[1]:
        raise ValueError(
            f"`XA` has {XA.shape[1]} columns and `XB` has {XB.shape[1]}; both must have the "
            "same number of columns (features)."
        )
    if name is None:
        return _cdist_by_pairs(XA, XB, metric, out, kwargs)
    a, b = len(XA), len(XB)
    settings = _as_settings(name, XA.shape[1], kwargs)
    X = np.vstack([XA, XB])
    D = _as_out(out, (a, b), np.float64 if name in FLOAT64_ONLY else X.dtype)
    with np.errstate(all="ignore"):
        features, block, exponent = _prepare(name, X, settings)
        between(features[:, :a], features[:, a:], block, D)
        _rescale(D, exponent)
    return D


def _pdist_by_pairs(X, metric, out, kwargs):
    """Call a function of the caller's for each pair."""
    n = len(X)
    y = _as_out(out, (n * (n - 1) // 2,), np.float64)
    X = X.copy() if np.may_share_memory(X, y) else X
    k = 0
    for i in range(n - 1):
        for j in range(i + 1, n):
            y[k] = metric(X[i], X[j], **kwargs)
            k += 1
    return y


def _cdist_by_pairs(XA, XB, metric, out, kwargs):
    """Call a function of the caller's for each pair."""
    D = _as_out(out, (len(XA), len(XB)), np.float64)
    XA, XB = (X.copy() if np.may_share_memory(X, D) else X for X in (XA, XB))
    for i, u in enumerate(XA):
        for j, v in enumerate(XB):
            D[i, j] = metric(u, v, **kwargs)
    return D
