"""The nearest code word: the one question that vector quantization asks.

Question: which code word stands nearest to each observation, and how far away is it?
Chapter: 2, Codebooks.
Symbols: X observations (n, d), C code book (k, d), labels one code word an observation,
D squared distances, one row a code word and one column an observation.
Sources: Gersho, Gray 1992, *Vector Quantization and Signal Compression*; Higham 2002,
*Accuracy and Stability of Numerical Algorithms*, chapter 3 (the rounding of inner products).

Observations are taken in blocks that fit in the cache, and turned on their side: one row
a feature.  Every step is then a few long, contiguous vector operations.  With few features
the squared differences are summed as they stand.  With many, one matrix product gives a
score for all pairs; its rounding error has a bound, and the observations whose best two
scores lie within that bound are settled by differences.  Both roads lead to one answer:
the nearest code word, and of equally near ones the first.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.checks import as_array, choose, require_finite

__all__ = [
    "DISTORTIONS",
    "as_floats",
    "distances_to",
    "distortion",
    "nearest_codes",
    "power_of_two",
    "py_vq",
    "same_floats",
    "squared_differences",
    "vq",
    "whiten",
]

BLOCK = 2**18  # numbers in one block of scores: 2 MiB, what a core's cache holds
FEW = 5  # below this many features differences are cheaper than a product


# ---------------------------------------------------------------- the core


def nearest_codes(X: NDArray, C: NDArray) -> NDArray[np.intp]:
    """Return the index of the nearest code word of each row of X; of equals the first.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Observations, float32 or float64.
    C : ndarray of shape (k, d)
        Code book of the same dtype.

    Returns
    -------
    ndarray of shape (n,) and dtype intp
        The labels.  Distances are compared to rounding: see the head of this module.

    Examples
    --------
    >>> import numpy as np
    >>> nearest_codes(np.array([[0.0], [4.0], [5.0]]), np.array([[0.0], [10.0]]))
    array([0, 0, 0])
    """
    labels = np.empty(len(X), np.intp)
    search = _by_differences if X.shape[1] < FEW else _by_product
    for block, x in _blocks(X, len(C)):
        labels[block] = search(x, C)
    return labels


def _blocks(X: NDArray, width: int) -> Iterator[tuple[slice, NDArray]]:
    """Cut X into blocks of about BLOCK / width rows, each turned: one row a feature."""
    rows = max(BLOCK // max(width, X.shape[1], 1), 16)
    for start in range(0, len(X), rows):
        block = slice(start, start + rows)
        yield block, np.ascontiguousarray(X[block].T)


def _by_differences(x: NDArray, C: NDArray) -> NDArray:
    """Return the nearest code word of each column of x: square, add, compare."""
    D = squared_differences(x, C)
    return _first(D == D.min(axis=0))


def squared_differences(x: NDArray, C: NDArray) -> NDArray:
    """Return the squared distances of all code words (rows) to the columns of x."""
    D = np.zeros((len(C), x.shape[1]), x.dtype)
    for feature, c in zip(x, C.T, strict=True):
        difference = feature - c[:, None]
        difference *= difference
        D += difference
    return D


def _by_product(x: NDArray, C: NDArray) -> NDArray:
    """Return the nearest code word of each column of x, by one matrix product.

    The squared distance of x to c = m + g is |x - m|^2 - 2 (x g - m g - |g|^2 / 2), and
    its first term is the same for all code words: the nearest has the highest score
    x g - h.  Rounding moves a score by at most `slack`, so a code word within two slacks
    of the best may be the nearest.  Where there is more than one, differences decide.
    """
    m = C.mean(axis=0)
    G = C - m
    h = G @ m + (G * G).sum(axis=1) / 2
    length = np.sqrt((G * G).sum(axis=1).max())
    unit = np.finfo(x.dtype).eps * (len(x) + 4) * length
    slack = unit * (np.sqrt((x * x).sum(axis=0)) + np.sqrt(m @ m) + length)

    score = G @ x
    score -= h[:, None]
    near = score >= score.max(axis=0) - 2 * slack
    labels = _first(near)
    if np.count_nonzero(near) != len(labels):
        doubtful = np.flatnonzero(near.sum(axis=0) != 1)
        for some in np.array_split(doubtful, len(doubtful) * len(C) // BLOCK + 1):
            labels[some] = _by_differences(x[:, some], C)
    return labels


def _first(hits: NDArray[np.bool_]) -> NDArray:
    """Return the first row with a hit in each column (0 where there is none).

    Rows are given falling weights k, k-1, ..., 1: the greatest weight that was hit tells
    the row.  Small integers make this a tenth of the cost of an argmax along columns.
    """
    k = len(hits)
    weights = np.arange(k, 0, -1, dtype=np.min_scalar_type(k))[:, None]
    first = k - (hits.view(np.uint8) * weights).max(axis=0).astype(np.intp)
    return np.where(first == k, 0, first)


def distances_to(X: NDArray, C: NDArray, labels: NDArray) -> NDArray:
    """Return the distance of each row of X to its code word ``C[labels]``.

    Taken from differences, so a distance is right to a few rounding errors however far
    from the origin the data lie.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1e8, 0.0], [1e8, 3.0]])
    >>> distances_to(X, X[:1], np.array([0, 0]))
    array([0., 3.])
    """
    distances = np.empty(len(X), X.dtype)
    for block, x in _blocks(X, 1):
        difference = np.take(C.T, labels[block], axis=1)
        difference -= x  # not x -= ...: where X lies by features, x is a view of it
        difference *= difference
        np.sqrt(difference.sum(axis=0), out=distances[block])
    return distances


# ---------------------------------------------------------------- SciPy's three


def vq(obs: ArrayLike, code_book: ArrayLike, check_finite: bool = True) -> tuple[NDArray, NDArray]:
    """Give each observation the nearest code word of a code book.

    Parameters
    ----------
    obs : array_like of shape (n, d) or (n,)
        Observations, one a row; a one-dimensional array holds n numbers.
    code_book : array_like of shape (k, d) or (k,)
        Code words, one a row.
    check_finite : bool, default True
        Refuse NaN and infinities.  Without the check an observation or code word that is
        not finite gets a distance that is not finite.

    Returns
    -------
    code : ndarray of shape (n,), int32
        Index of the nearest code word; of equally near ones the first.  When neither
        argument holds floating point numbers the dtype is that of an index (intp).
    dist : ndarray of shape (n,)
        Euclidean distance to that code word, float32 if both arguments are, else float64.

    Raises
    ------
    ValueError
        If the shapes do not fit, the code book is empty, or a number is not finite.
    TypeError
        If the numbers are complex, longer than float64, or no numbers.

    References
    ----------
    Gersho, Gray 1992, *Vector Quantization and Signal Compression*.

    Examples
    --------
    >>> code, dist = vq([[1.9, 2.3], [1.5, 2.5], [0.8, 0.6]], [[1.0, 1.0], [2.0, 2.0]])
    >>> code
    array([1, 1, 0], dtype=int32)
    >>> dist.round(4)
    array([0.3162, 0.7071, 0.4472])
    """
    X, C = _pair(obs, code_book, check_finite)
    floating = np.result_type(X, C).kind == "f"
    labels, distances = _vq(*same_floats(X, C))
    return labels.astype(np.int32 if floating else np.intp), distances


def py_vq(
    obs: ArrayLike, code_book: ArrayLike, check_finite: bool = True
) -> tuple[NDArray, NDArray]:
    """Give each observation the nearest code word, computing in float64.

    The same answer as `vq`, with the dtypes that SciPy's pure Python version returns.

    Parameters
    ----------
    obs : array_like of shape (n, d) or (n,)
        Observations, one a row.
    code_book : array_like of shape (k, d) or (k,)
        Code words, one a row.
    check_finite : bool, default True
        Refuse NaN and infinities.

    Returns
    -------
    code : ndarray of shape (n,), intp
        Index of the nearest code word; of equally near ones the first.
    min_dist : ndarray of shape (n,), float64
        Euclidean distance to that code word.

    Raises
    ------
    ValueError, TypeError
        As `vq`.

    Examples
    --------
    >>> py_vq([[0.0, 0.0], [3.0, 4.0]], [[0.0, 0.0]])
    (array([0, 0]), array([0., 5.]))
    """
    X, C = _pair(obs, code_book, check_finite)
    return _vq(*(as_floats(name, A).astype(float) for name, A in (("obs", X), ("code_book", C))))


def _vq(X: NDArray, C: NDArray) -> tuple[NDArray, NDArray]:
    """Scale, assign, measure: labels and distances of trusted arrays."""
    scale = power_of_two(X, C)
    if scale != 1:
        X, C = X * scale, C * scale
    labels = nearest_codes(X, C)
    return labels, distances_to(X, C, labels) / scale


def whiten(obs: ArrayLike, check_finite: bool | None = None) -> NDArray:
    """Divide each feature by its standard deviation.

    Parameters
    ----------
    obs : array_like of shape (n, d)
        Observations, one a row (any number of further axes is allowed).
    check_finite : bool, optional
        Refuse NaN and infinities, and warn of constant columns.  Default True.

    Returns
    -------
    ndarray of the shape of `obs`
        Each column divided by its population standard deviation (``ddof=0``).  Means stay
        where they are.  A constant column is left as it is.

    Raises
    ------
    ValueError
        If a number is not finite or there is no axis of observations.

    Warns
    -----
    RuntimeWarning
        If a column is constant.

    Examples
    --------
    >>> whiten([[1.0, 10.0], [3.0, 30.0]])
    array([[1., 1.],
           [3., 3.]])
    """
    X = as_array("obs", obs)
    check_finite = check_finite is None or check_finite
    if X.ndim == 0:
        raise ValueError(f"`obs` is the single number {X}; it must have one row an observation.")
    if check_finite:
        require_finite("obs", X)
    if len(X) == 0:
        return X / np.ones(X.shape[1:], X.dtype)
    constant = (X == X[0]).all(axis=0)
    if check_finite and constant.any():
        warnings.warn(
            "Some columns have standard deviation zero. They stay as they are.",
            RuntimeWarning,
            stacklevel=2,
        )
    return X / np.where(constant, X.dtype.type(1), X.std(axis=0))


# ---------------------------------------------------------------- distortion

DISTORTIONS = {
    "sum of squares": lambda d: np.sum(d * d),
    "mean square": lambda d: np.mean(d * d),
    "root mean square": lambda d: np.sqrt(np.mean(d * d)),
    "mean distance": np.mean,
}


def distortion(X: ArrayLike, C: ArrayLike, kind: str = "sum of squares") -> float:
    """Measure what is lost when each observation is replaced by its nearest code word.

    Parameters
    ----------
    X : array_like of shape (n, d) or (n,)
        Observations.
    C : array_like of shape (k, d) or (k,)
        Code book.
    kind : {'sum of squares', 'mean square', 'root mean square', 'mean distance'}
        Four numbers go by the name of distortion.  k-means minimises the first;
        `clusterlib.vq.kmeans` returns the last.

    Returns
    -------
    float
        The distortion.

    Raises
    ------
    ValueError
        If `kind` is unknown, X is empty, or as `vq`.

    References
    ----------
    Gersho, Gray 1992, *Vector Quantization and Signal Compression*.

    Examples
    --------
    >>> distortion([0.0, 1.0, 10.0], [0.0, 10.0])
    1.0
    >>> round(distortion([0.0, 1.0, 10.0], [0.0, 10.0], "mean distance"), 4)
    0.3333
    """
    measure = choose("kind", kind, DISTORTIONS)
    distances = py_vq(X, C)[1]
    if distances.size == 0:
        raise ValueError("`X` is empty; distortion needs at least one observation.")
    return float(measure(distances))


# ---------------------------------------------------------------- check


def _pair(obs: ArrayLike, code_book: ArrayLike, check_finite: bool) -> tuple[NDArray, NDArray]:
    """Return observations and code book as matrices of the same width, dtypes kept."""
    X, C = as_array("obs", obs), as_array("code_book", code_book)
    if check_finite:
        require_finite("obs", X)
        require_finite("code_book", C)
    if X.ndim != C.ndim or X.ndim not in (1, 2):
        raise ValueError(
            f"`obs` has shape {X.shape} and `code_book` {C.shape}; both must have one "
            "dimension (numbers) or both two (one row an observation or code word)."
        )
    if X.ndim == 1:
        X, C = X[:, None], C[:, None]
    if X.shape[1] != C.shape[1]:
        raise ValueError(
            f"`obs` has {X.shape[1]} features (columns) and `code_book` {C.shape[1]}; "
            "both must have the same number."
        )
    if len(C) == 0:
        raise ValueError("`code_book` is empty; it must hold at least one code word.")
    return X, C


def as_floats(name: str, A: NDArray) -> NDArray:
    """Return A in native float32 or float64; other whole and half numbers are widened."""
    if A.dtype.kind == "c" or A.dtype.itemsize > 8:
        raise TypeError(
            f"`{name}` has dtype {A.dtype}; code books need real numbers of at most 64 bits. "
            "Convert it first, for example with `.astype(float)`."
        )
    small = A.dtype in (np.dtype(np.float16), np.dtype(np.float32))
    return A.astype(np.float32 if small else np.float64, copy=False)


def same_floats(X: NDArray, C: NDArray) -> tuple[NDArray, NDArray]:
    """Return X and C in their common floating point dtype."""
    X, C = as_floats("obs", X), as_floats("code_book", C)
    dtype = np.result_type(X, C)
    return X.astype(dtype, copy=False), C.astype(dtype, copy=False)


def power_of_two(*arrays: NDArray) -> float:
    """Return the power of two that keeps squares from overflow and underflow, mostly 1."""
    peak = max((float(max(-A.min(), A.max())) for A in arrays if A.size), default=0.0)
    top = np.finfo(arrays[0].dtype).maxexp // 2 - 12
    exponent = int(np.frexp(peak)[1]) if 0 < peak < np.inf else 0
    if abs(exponent) < top:
        return 1.0
    return 2.0 ** min(top - exponent, 1000)
