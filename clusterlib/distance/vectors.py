"""The distance of two vectors, one function a metric.

Question: how far apart are these two?
Chapter: 8, Distances.
Symbols: u, v two vectors; w one weight a feature; p an order.

These functions are the definitions, one line each; `formulas` has the same formulas for
blocks of pairs, and the tests hold the two against each other.  Integers are subtracted as
integers that cannot wrap around, floats in double precision, and a largest entry is taken
out before anything is squared, so neither 200 - 100 in a byte nor 1e200 squared goes wrong.
The sets' measures (`jaccard` and its kin) are in `boolean`.
"""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import (
    as_pair,
    as_real,
    as_real_pair,
    as_weights,
    flag,
    stretched,
)
from clusterlib.core.containers import as_entries
from clusterlib.distance.formulas import FORMULAS, as_order, by_feature, entropy_gap

__all__ = [
    "braycurtis", "canberra", "chebyshev", "cityblock", "correlation", "cosine", "euclidean",
    "hamming", "jensenshannon", "mahalanobis", "minkowski", "seuclidean", "sqeuclidean",
]  # fmt: skip

DOUBLE = np.dtype(np.float64)


def _gaps(u, v):
    """Return |u - v| without wrap-around, in double precision; of two integers, as integers."""
    if u.dtype == v.dtype == DOUBLE:  # what nearly everybody gives: nothing to convert
        with np.errstate(all="ignore"):
            return np.abs(u - v)
    u, v = (x.astype(np.int8) if x.dtype.kind == "b" else x for x in (u, v))
    common = np.result_type(u, v)
    if common.kind in "iu":
        u, v = u.astype(common), v.astype(common)
        high, low = np.maximum(u, v), np.minimum(u, v)
        # The gap of two signed integers always fits the unsigned integers of their size.
        return np.subtract(high, low).view(f"u{common.itemsize}").astype(np.uint64)
    wide = np.result_type(common, np.float64)
    with np.errstate(all="ignore"):
        return np.abs(u.astype(wide) - v.astype(wide))


def _result(value, u, v):
    """Return `value` with the precision of u and v: integers as int64 when it fits."""
    if u.dtype == v.dtype == DOUBLE:
        return np.float64(value)
    common = np.result_type(u, v)
    if common.kind in "iub":
        return np.int64(value) if value < 2**63 else np.float64(value)
    real = common.type(0).real.dtype
    with np.errstate(over="ignore"):
        return np.asarray(value).astype(real)[()]


def _largest(gaps, w):
    """Return the largest gap among the features that count, 0 if none does."""
    return np.maximum.reduce(gaps if w is None else gaps[w > 0], initial=0)


def _power_sum(gaps, p, w):
    """(sum of w gaps^p)^(1/p) with the largest gap taken out, so that no power overflows."""
    if p == 2 and gaps.dtype == DOUBLE:
        total = gaps.dot(gaps if w is None else w * gaps)
        if 2.0**-900 < total < 2.0**900:  # what was too small to be squared does not count
            return math.sqrt(total)
    gaps = gaps.astype(np.result_type(gaps.dtype, np.float64))
    largest = _largest(gaps, w)
    if not 0 < largest < np.inf:  # an undefined gap stays undefined with weight 0, too
        return largest or (0 * gaps).sum()
    # Dividing by a power of two changes no digit; high powers need all of `largest` gone.
    unit = largest if p > 2 else np.ldexp(1.0, np.frexp(largest)[1])
    powers = (gaps / unit) ** p
    return unit * (powers if w is None else w * powers).sum() ** (1 / p)


def minkowski(u: ArrayLike, v: ArrayLike, p: float = 2, w: ArrayLike | None = None) -> np.float64:
    """Return the Minkowski distance ``(sum of w |u - v|^p)^(1/p)`` of two vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    p : float, optional
        The order, above 0; infinity gives the largest gap.  Below 1 the triangle inequality
        does not hold.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, `p` is not above 0, or a weight is
        negative.
    TypeError
        If `p` is no number.

    References
    ----------
    Minkowski, H. (1910). Geometrie der Zahlen.

    Examples
    --------
    >>> from clusterlib.distance import minkowski
    >>> float(minkowski([1, 2, 3], [2, 4, 1], p=1)), float(minkowski([1, 2, 3], [2, 4, 1]))
    (5.0, 3.0)
    """
    u, v = as_pair(u, v)
    w = as_weights("w", w, len(u))
    p = as_order(p)
    gaps = _gaps(u, v)
    with np.errstate(all="ignore"):
        if p == np.inf:
            return np.float64(_largest(gaps, w))
        return np.float64(_power_sum(gaps, p, w))


def euclidean(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the Euclidean distance sqrt(sum of w (u - v)^2): a ruler's answer.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    Examples
    --------
    >>> from clusterlib.distance import euclidean
    >>> float(euclidean([0, 0], [3, 4]))
    5.0
    """
    return minkowski(u, v, 2, w)


def sqeuclidean(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> Any:
    """Return the squared Euclidean distance, ``sum of w |u - v|^2``, that k-means adds up.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    number
        Of the common floating or complex type of `u` and `v`, otherwise float64.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    Examples
    --------
    >>> from clusterlib.distance import sqeuclidean
    >>> float(sqeuclidean([0, 0], [3, 4]))
    25.0
    """
    u, v = as_pair(u, v)
    w = as_weights("w", w, len(u))
    gaps = _gaps(u, v)
    with np.errstate(over="ignore"):
        if w is None and gaps.dtype == u.dtype == v.dtype == DOUBLE:
            return np.float64(gaps.dot(gaps))
        squares = np.square(gaps, dtype=np.result_type(gaps.dtype, np.float64))
        total = (squares if w is None else w * squares).sum()
        types = [x.dtype if x.dtype.kind in "fc" else np.dtype(np.float64) for x in (u, v)]
        return np.asarray(total).astype(np.result_type(*types, *([] if w is None else [w])))[()]


def cityblock(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> Any:
    """Return the city block distance, ``sum of w |u - v|``: the way along the streets.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    number
        int64 for integers without weights, otherwise of the floating type of `u` and `v`.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    Examples
    --------
    >>> from clusterlib.distance import cityblock
    >>> int(cityblock([0, 0], [3, 4]))
    7
    """
    u, v = as_pair(u, v)
    w = as_weights("w", w, len(u))
    gaps = _gaps(u, v)
    if w is not None:
        return np.float64((w * gaps).sum())
    if gaps.dtype.kind == "u" and len(gaps) and int(gaps.max()) * len(gaps) >= 2**63:
        gaps = gaps.astype(np.float64)
    return _result(gaps.sum(), u, v)


def chebyshev(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> Any:
    """Return the Chebyshev distance ``max |u - v|``: the moves of a king on a chess board.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weights, at least 0; features of weight 0 are left out.

    Returns
    -------
    number
        int64 for integers, otherwise of the floating type of `u` and `v`; 0 without features.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    Examples
    --------
    >>> from clusterlib.distance import chebyshev
    >>> int(chebyshev([0, 0], [3, 4]))
    4
    """
    u, v = as_pair(u, v)
    w = as_weights("w", w, len(u))
    return _result(_largest(_gaps(u, v), w), u, v)


def _in_block(name, u, v, **settings):
    """Return the distance of one pair by the block formula `name`."""
    u, v = as_real_pair(u, v)
    X = np.array([u, v], dtype=np.result_type(u, v, np.float64))
    with np.errstate(all="ignore"):
        X, block = FORMULAS[name](X, as_weights("w", settings.pop("w", None), len(u)), **settings)
        X = by_feature(X)  # as `pdist` has it, so that both round alike
        return block(X[:, :1], X[:, 1:], np.empty((1, 1), X.dtype))[0, 0]


def canberra(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the Canberra distance, ``sum of w |u - v| / (|u| + |v|)``, with 0/0 as 0.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.
    TypeError
        If a vector is complex.

    References
    ----------
    Lance, G. N. and Williams, W. T. (1967). Mixed-data classificatory programs.

    Examples
    --------
    >>> from clusterlib.distance import canberra
    >>> round(float(canberra([1, 2, 3], [2, 4, 1])), 6)
    1.166667
    """
    return _in_block("canberra", u, v, w=w)


def braycurtis(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the Bray-Curtis dissimilarity, ``sum of w |u - v|`` over ``sum of w |u + v|``.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors, usually counts.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64
        From 0 to 1 for counts; NaN if both vectors are zero.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.
    TypeError
        If a vector is complex.

    References
    ----------
    Bray, J. R. and Curtis, J. T. (1957). An ordination of upland forest communities.

    Examples
    --------
    >>> from clusterlib.distance import braycurtis
    >>> round(float(braycurtis([1, 2, 3], [2, 4, 1])), 6)
    0.384615
    """
    return _in_block("braycurtis", u, v, w=w)


def correlation(
    u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None, centered: bool = True
) -> Any:
    """Return 1 minus the correlation of two vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.
    centered : bool, optional
        Whether to subtract the (weighted) means first; without it this is `cosine`.

    Returns
    -------
    number
        From 0 to 2, of the floating type of `u` and `v`; NaN if a vector is constant.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.
    TypeError
        If a vector is complex.

    Examples
    --------
    >>> from clusterlib.distance import correlation
    >>> round(float(correlation([1, 2, 3], [2, 4, 1])), 6)
    1.327327
    """
    distance = _in_block("correlation" if flag("centered", centered) else "cosine", u, v, w=w)
    types = [x.dtype for x in as_pair(u, v)]
    return distance.astype(np.float32) if set(types) == {np.dtype(np.float32)} else distance


def cosine(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> Any:
    """Return 1 minus the cosine of the angle between two vectors.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    number
        From 0 to 2, of the floating type of `u` and `v`; NaN if a vector is zero.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.
    TypeError
        If a vector is complex.

    Examples
    --------
    >>> from clusterlib.distance import cosine
    >>> float(cosine([1, 0], [0, 2])), float(cosine([1, 1], [3, 3]))
    (1.0, 0.0)
    """
    return correlation(u, v, w, centered=False)


def hamming(u: ArrayLike, v: ArrayLike, w: ArrayLike | None = None) -> np.float64:
    """Return the share of features (or of their weight) in which two vectors differ.

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Vectors of anything that can be compared, text too.
    w : array_like, shape (d,), optional
        Weight of each feature, at least 0.  Default: 1 each.

    Returns
    -------
    numpy.float64
        From 0 to 1; NaN without features or weight.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or a weight is negative.

    References
    ----------
    Hamming, R. W. (1950). Error detecting and error correcting codes.

    Examples
    --------
    >>> from clusterlib.distance import hamming
    >>> float(hamming(["a", "b", "b", "a"], ["a", "a", "b", "a"]))
    0.25
    """
    u, v = as_entries("u", u), as_entries("v", v)
    if u.shape != v.shape or u.ndim != 1:
        raise ValueError(f"`u` and `v` have shapes {u.shape} and {v.shape}; give equal lengths.")
    w = as_weights("w", w, len(u))
    differ = (u != v).astype(np.float64)
    with np.errstate(all="ignore"):
        total = np.float64(len(u)) if w is None else w.sum()
        return np.float64((differ if w is None else w * differ).sum() / total)


def seuclidean(u: ArrayLike, v: ArrayLike, V: ArrayLike) -> np.float64:
    """Return the standardized Euclidean distance sqrt(sum of (u - v)^2 / V).

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    V : array_like, shape (d,)
        Variance of each feature, above 0.

    Returns
    -------
    numpy.float64

    Raises
    ------
    TypeError
        If `V` has not one entry a feature.
    ValueError
        If `u` and `v` are no vectors of one length, or a variance is not above 0.

    Examples
    --------
    >>> from clusterlib.distance import seuclidean
    >>> float(seuclidean([0, 0], [3, 8], [1, 4]))
    5.0
    """
    u, v = as_real("u", u), as_real("v", v)
    V = np.asarray(as_real("V", V), dtype=np.float64)
    if V.ndim != 1:
        raise ValueError(f"`V` has shape {V.shape}; give one variance a feature.")
    if u.ndim == v.ndim == 1 and not len(u) == len(v) == len(V):
        raise TypeError(f"`u`, `v` and `V` have {len(u)}, {len(v)} and {len(V)} entries; not one.")
    if not (V > 0).all():
        raise ValueError("`V` must hold variances above 0; drop features that never vary.")
    if V.min() < 2.0**-1000:  # its inverse would overflow
        return seuclidean(u, v, np.minimum(V, 2.0**600) * 2.0**400) * 2.0**200
    return minkowski(u, v, 2, 1 / V)


def mahalanobis(u: ArrayLike, v: ArrayLike, VI: ArrayLike) -> np.float64:
    """Return the Mahalanobis distance sqrt((u - v)' VI (u - v)).

    Parameters
    ----------
    u, v : array_like, shape (d,)
        Two vectors.
    VI : array_like, shape (d, d)
        The inverse of a covariance matrix.

    Returns
    -------
    numpy.float64
        NaN if `VI` is no such inverse and the form is negative.

    Raises
    ------
    ValueError
        If `u` and `v` are no vectors of one length, or `VI` is not d by d.

    References
    ----------
    Mahalanobis, P. C. (1936). On the generalized distance in statistics.

    Examples
    --------
    >>> from clusterlib.distance import mahalanobis
    >>> float(mahalanobis([0, 0], [1, 1], [[1, 0.5], [0.5, 1]]))
    1.7320508075688772
    """
    u, v = as_real_pair(u, v)
    VI = as_real("VI", VI)
    VI = VI if VI.ndim > 1 else np.atleast_2d(VI)
    if VI.shape != (len(u), len(u)):
        raise ValueError(f"`VI` has shape {VI.shape}; it must be ({len(u)}, {len(u)}).")
    gaps = u.astype(np.float64) - v
    with np.errstate(all="ignore"):
        return np.sqrt(gaps.dot(VI).dot(gaps))


def jensenshannon(
    p: ArrayLike,
    q: ArrayLike,
    base: float | None = None,
    *,
    axis: int = 0,
    keepdims: bool = False,
) -> Any:
    """Return the Jensen-Shannon distance of two distributions, the root of their divergence.

    Parameters
    ----------
    p, q : array_like
        Weights of the outcomes, at least 0; they are divided by their sums along `axis`.
    base : float, optional
        Base of the logarithm.  Default: e; with 2 the distance is at most 1.
    axis : int, optional
        The axis of the outcomes.
    keepdims : bool, optional
        Whether to keep that axis in the result, with length 1.

    Returns
    -------
    float or ndarray
        Infinite if a weight is negative, NaN if all weights are zero.

    Raises
    ------
    ValueError
        If `p` and `q` cannot be broadcast together, or hold no real numbers.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy.
    Endres, D. M. and Schindelin, J. E. (2003). A new metric for probability distributions.

    Examples
    --------
    >>> from clusterlib.distance import jensenshannon
    >>> float(jensenshannon([1, 0], [0, 1], base=2))
    1.0
    """
    p, q = as_real("p", p), as_real("q", q)
    root = None if base is None else as_real("base", base)
    if isinstance(axis, numbers.Integral) and not -p.ndim <= axis < p.ndim:
        raise np.exceptions.AxisError(f"`axis` is {axis}; `p` has {p.ndim} dimensions.")
    keepdims = flag("keepdims", keepdims)
    kind = np.result_type(p, q, np.float16)
    wide = np.result_type(kind, np.float64)
    with np.errstate(all="ignore"):
        p, q = (x.astype(wide) / x.astype(wide).sum(axis=axis, keepdims=True) for x in (p, q))
        p, q = stretched(p, q)
        total = entropy_gap(p, q, np.empty_like(p)).sum(axis=axis, keepdims=keepdims)
        distance = np.sqrt(total / 2 if root is None else total / np.log(root) / 2)
    return distance.astype(kind) if kind == np.float32 else distance
