"""The nearest code word: the one question that vector quantization asks.

Question: which code word stands nearest to each observation, and how far away is it?
Chapter: 2, Codebooks.
Symbols: X observations (n, d), C codebook (k, d), labels one code word per observation,
squares the squared distances, one row per code word and one column per observation.
Sources: Gersho, Gray 1992, *Vector Quantization and Signal Compression*; Higham 2002,
*Accuracy and Stability of Numerical Algorithms*, chapter 3 (the rounding of inner products).

One matrix product scores all pairs of a block of observations, in single precision, which
is twice as fast.  Its rounding error has a bound, and where more than one code word could be
the nearest within that bound, differences in full precision settle which.  So the answer is
the nearest code word, and of equally near ones the first.

Blocks fit in a core's cache, and their scores lie on their side, one row a code word and one
column an observation: every step is a few long, contiguous vector operations.  Threads share
the blocks (`threads`).  Each product is cut in pages below the size at which a BLAS library wakes
threads of its own: to wake them for a tenth of a millisecond of work costs more than it saves,
and on busy cores very much more.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_array, choose, flag, require_finite
from clusterlib.core.floats import FLOATS, as_floats, power_of_two, same_floats
from clusterlib.core.threads import run_in_threads

__all__ = [
    "DISTORTIONS",
    "cell_sums",
    "distances_to",
    "distortion",
    "nearest_codes",
    "py_vq",
    "squared_differences",
    "vq",
    "whiten",
]

Blocks = Iterator[slice]

BLOCK = 3 * 2**18  # numbers at work in one block: 3 MiB, a core's own share of the caches
SMALL = 2**14  # below this many differences a product costs more to prepare than it saves
PAGE = 2**19  # multiplications in one matrix product: below this BLAS wakes no threads
WIDE = 8  # fewer features make a row too short a run of memory


# ---------------------------------------------------------------- the core


def nearest_codes(X: NDArray, C: NDArray, distances: NDArray | None = None) -> NDArray[np.intp]:
    """Return the index of the nearest code word of each row of X; of equals the first.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Observations, float32 or float64.
    C : ndarray of shape (k, d)
        Codebook of the same dtype.
    distances : ndarray of shape (n,), optional
        Room for the distances, if they are wanted too.

    Returns
    -------
    ndarray of shape (n,) and dtype intp
        The labels.

    Examples
    --------
    >>> import numpy as np
    >>> nearest_codes(np.array([[0.0], [4.0], [5.0]]), np.array([[0.0], [10.0]]))
    array([0, 0, 0])
    """
    with np.errstate(over="ignore", invalid="ignore"):  # the caller looks at the result
        if X.size * len(C) <= SMALL:
            return _by_differences(X, C, distances)
        return _by_blocks(X, C, distances)


def nearest_codes_plainly(X: NDArray, C: NDArray) -> NDArray[np.intp]:
    """Return the same labels from one product in float64, for readers.

    With y = x - m and g = c - m the squared distance is |y|^2 - 2 (y g - |g|^2 / 2), and its
    first term is the same for all code words: the nearest has the highest score y g - |g|^2 / 2.
    """
    m = C.mean(axis=0)  # to subtract it keeps rounding errors small
    Y, G = X - m, C - m
    score = Y @ G.T - (G**2).sum(axis=1) / 2
    reach = np.sqrt((G**2).sum(axis=1).max())
    slack = np.finfo(float).eps * (X.shape[1] + 8) * reach * (np.linalg.norm(Y, axis=1) + reach)
    labels, near = score.argmax(axis=1), score >= (score.max(axis=1) - slack)[:, None]
    for i in np.flatnonzero(near.sum(axis=1) > 1):  # rounding might decide: take differences
        labels[i] = ((X[i] - C) ** 2).sum(axis=1).argmin()
    return labels


def _by_differences(X: NDArray, C: NDArray, distances: NDArray | None) -> NDArray[np.intp]:
    """Return the labels by all the differences between observations and code words."""
    x = np.ascontiguousarray(X.T)
    difference = x - C[:, :, None]
    squares = np.einsum("jfi,jfi->ji", difference, difference)
    if distances is not None:
        np.sqrt(squares.min(axis=0), out=distances)
    return squares.argmin(axis=0)


def _by_blocks(X: NDArray, C: NDArray, distances: NDArray | None) -> NDArray[np.intp]:
    """Return the labels block by block; threads share the blocks."""
    (n, d), k = X.shape, len(C)
    rows = min(max(BLOCK // (k + 2 * d + 30), 8), n)  # a row: k scores, its features, their copy
    page = min(max(PAGE // (k * (d + 1)) // 8 * 8, 8), rows)  # vectors hold 8 numbers
    pages = rows // page
    labels = np.empty(n, np.intp)

    def work(blocks: Blocks) -> None:
        with np.errstate(over="ignore", invalid="ignore"):  # each thread has its own
            _label(X, C, labels, distances, blocks, (pages, page))

    run_in_threads(work, list(_slices(n, pages * page)))
    return labels


def _slices(n: int, rows: int) -> Blocks:
    """Yield slices of `rows` of n rows; the last reaches back, so that all have one length."""
    for i in range(0, n, rows):
        yield slice(min(i, n - rows), min(i, n - rows) + rows)


def _label(
    X: NDArray, C: NDArray, labels: NDArray, distances: NDArray | None, blocks: Blocks, shape: tuple
) -> None:
    """Label the given blocks of X: a product scores all pairs, differences settle near ties.

    With y = x - m and g = c - m the squared distance is |y|^2 - 2 (y g - |g|^2 / 2), and its
    first term is the same for all code words: the nearest has the highest score y g - h.
    Single precision is twice as fast.  It moves two scores apart by at most `slack`, so only
    a code word whose score comes that close to the best can be the nearest.  To subtract the
    middle m of the codebook keeps `slack` small; code words around the origin do without.
    """
    (k, d), (pages, page) = C.shape, shape
    G, m = C.astype(float), (C.sum(axis=0) / len(C)).astype(X.dtype)
    if far := not m @ m < G.var(axis=0).sum():
        G -= m
    squares = np.einsum("jf,jf->j", G, G)
    reach = np.sqrt(squares.max())
    dtype = FLOATS[0] if 1e-12 < reach < 1e12 else FLOATS[1]
    unit, reach = np.array([np.finfo(dtype).eps * (d + 8) * reach, reach], dtype)

    Gh = np.column_stack((G, -squares / 2)).astype(dtype)
    y1 = np.ones((pages, page, d + 1), dtype).swapaxes(1, 2)  # a last feature 1, to subtract h
    if d < WIDE:
        y1 = y1.copy()  # then the long runs of memory are those along the observations
    y, score = y1[:, :d], np.empty((k, pages, page), dtype)
    near = np.empty((k, pages * page), bool)
    for block in blocks:
        x = X[block].reshape(pages, page, d).swapaxes(1, 2)
        if far:
            np.subtract(x, m[:, None], out=y, casting="same_kind")
        else:
            np.copyto(y, x, casting="same_kind")
        np.matmul(Gh, y1, out=score.swapaxes(0, 1))
        slack = unit * (np.sqrt(np.einsum("pfi,pfi->pi", y, y)) + reach)
        np.less(score, score.max(axis=0) - slack, out=near.reshape(score.shape))
        np.logical_not(near, out=near)  # not less: what overflowed is near, too
        labels[block] = _first(near)
        rivals = np.flatnonzero(_hits(near) != 1)
        if len(rivals):
            some = block.start + rivals
            labels[some] = _nearest_of(X[some], C, near[:, rivals].T)
        if distances is not None:
            distances[block] = distances_to(X[block], C, labels[block])


def _nearest_of(X: NDArray, C: NDArray, near: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the nearest code word of each row of X among those that its row of `near` names."""
    i, j = np.nonzero(near)
    squares = np.full(near.shape, np.inf)
    for pairs in np.array_split(np.arange(len(i)), X.shape[1] * len(i) // BLOCK + 1):
        difference = X[i[pairs]] - C[j[pairs]]
        squares[i[pairs], j[pairs]] = np.einsum("pf,pf->p", difference, difference)
    return squares.argmin(axis=1)


def squared_differences(x: NDArray, C: NDArray) -> NDArray:
    """Return the squared distances of all code words (rows) to the columns of x."""
    squares = np.zeros((len(C), x.shape[1]), x.dtype)
    for feature, c in zip(x, C.T, strict=True):
        difference = feature - c[:, None]
        difference *= difference
        squares += difference
    return squares


def _first(hits: NDArray[np.bool_]) -> NDArray:
    """Return the first row with a hit in each column (the last row where there is none).

    Rows are given falling weights k-1, ..., 0: the greatest weight that was hit tells the
    row.  On small integers this takes a tenth of the time of an argmax.
    """
    last = len(hits) - 1
    weights = np.arange(last, -1, -1, dtype=np.min_scalar_type(last))[:, None]
    return last - (hits.view(np.uint8) * weights).max(axis=0).astype(np.intp)


def _hits(hits: NDArray[np.bool_]) -> NDArray:
    """Return the number of hits in each column, counted in the smallest integers that do."""
    return np.add.reduce(hits.view(np.uint8), axis=0, dtype=np.min_scalar_type(len(hits) - 1))


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
    if X.shape[1] < WIDE:
        difference = np.take(C.T.copy(), labels, axis=1)
        difference -= X.T
        return np.sqrt(np.einsum("fi,fi->i", difference, difference))
    difference = np.take(C, labels, axis=0)
    difference -= X
    return np.sqrt(np.einsum("if,if->i", difference, difference))


def cell_sums(
    X: NDArray, labels: NDArray, k: int, weights: NDArray | None = None
) -> NDArray[np.float64]:
    """Return the sum of the rows of X in each cell, (k, d), each times its weight if given.

    Row after row is added in float64, a feature at a time, which is the form that NumPy adds
    fastest.  A sum that leaves the range of numbers is infinite, or NaN, without a warning.

    Examples
    --------
    >>> import numpy as np
    >>> cell_sums(np.array([[1.0, 0.0], [2.0, 5.0], [4.0, 0.0]]), np.array([0, 0, 1]), 2)
    array([[3., 5.],
           [4., 0.]])
    """
    sums = np.zeros((X.shape[1], k))
    with np.errstate(over="ignore", invalid="ignore"):
        for total, feature in zip(sums, X.T, strict=True):
            counted = feature.astype(float, copy=False) if weights is None else feature * weights
            np.add.at(total, labels, counted)
    return np.ascontiguousarray(sums.T)


# ---------------------------------------------------------------- SciPy's three


def vq(
    obs: ArrayLike, code_book: ArrayLike, check_finite: bool = True
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give each observation the nearest code word of a codebook.

    Parameters
    ----------
    obs : array_like of shape (n, d) or (n,)
        Observations, one per row; a one-dimensional array holds n numbers.
    code_book : array_like of shape (k, d) or (k,)
        Code words, one per row.
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
        If the shapes do not fit, the codebook is empty, or a number is not finite.
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
    check_finite = flag("check_finite", check_finite)
    X, C = _pair(obs, code_book, check_finite)
    floating = np.result_type(X, C).kind == "f"  # of int64 and uint64, too
    labels, distances = _vq(*same_floats(X, C), check_finite)
    return labels.astype(np.int32 if floating else np.intp), distances


def py_vq(
    obs: ArrayLike, code_book: ArrayLike, check_finite: bool = True
) -> tuple[NDArray, NDArray]:
    """Give each observation the nearest code word, computing in float64.

    The same answer as `vq`, with the dtypes that SciPy's pure Python version returns.

    Parameters
    ----------
    obs : array_like of shape (n, d) or (n,)
        Observations, one per row.
    code_book : array_like of shape (k, d) or (k,)
        Code words, one per row.
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
    check_finite = flag("check_finite", check_finite)
    X, C = _pair(obs, code_book, check_finite)
    X, C = as_floats("obs", X).astype(float), as_floats("code_book", C).astype(float)
    return _vq(X, C, check_finite)


def _vq(X: NDArray, C: NDArray, check_finite: bool) -> tuple[NDArray, NDArray]:
    """Assign and measure; look at the numbers themselves only where a distance is odd.

    A number that is not finite makes a distance that is not, and a square beyond the range
    of numbers gives a distance of infinity, or of zero to a code word that is not equal.
    """
    distances = np.empty(len(X), X.dtype)
    labels = nearest_codes(X, C, distances)
    top = 2.0 ** (np.finfo(X.dtype).maxexp // 2 - 12)
    if distances.max(initial=0) < top and distances.min(initial=1) > 1 / top:
        return labels, distances
    if check_finite:
        require_finite("obs", X)
    odd = np.flatnonzero(~((distances > 1 / top) & (distances < top)))
    if (X[odd] != C[labels[odd]]).any() and (scale := power_of_two(X, C)) != 1:
        labels = nearest_codes(X * scale, C * scale, distances)
        distances /= scale
    return labels, distances


def whiten(obs: ArrayLike, check_finite: bool | None = None) -> NDArray[Any]:
    """Divide each feature by its standard deviation.

    Parameters
    ----------
    obs : array_like of shape (n, d)
        Observations, one per row (any number of further axes is allowed).
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
    check_finite = check_finite is None or flag("check_finite", check_finite)
    if X.ndim == 0:
        raise ValueError(f"`obs` is the single number {X}; it must have one row an observation.")
    if check_finite:
        require_finite("obs", X)
    if len(X) == 0:
        return X / np.ones(X.shape[1:], X.dtype)
    deviation = _deviation(X)
    constant = np.equal(X, X[0]).all(axis=0) | (deviation == 0)
    if check_finite and constant.any():
        warnings.warn(
            "Some columns have standard deviation zero. They stay as they are.",
            RuntimeWarning,
            stacklevel=2,
        )
    return X / np.where(constant, X.dtype.type(1), deviation)


def _deviation(X):
    """Return the standard deviation of each column, scaled where squares leave their range."""
    if X.dtype.kind != "f":
        return X.std(axis=0)
    exponent = np.frexp(np.abs(X).max(axis=0))[1]
    exponent = np.where(np.abs(exponent) < np.finfo(X.dtype).maxexp // 2 - 12, 0, exponent)
    return (
        np.ldexp(np.ldexp(X, -exponent).std(axis=0), exponent) if exponent.any() else X.std(axis=0)
    )


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
        Codebook.
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
    with np.errstate(over="ignore"):  # a sum of squares beyond the largest number is infinite
        return float(measure(distances))


# ---------------------------------------------------------------- check


def _pair(obs: ArrayLike, code_book: ArrayLike, check_finite: bool) -> tuple[NDArray, NDArray]:
    """Return observations (unchecked numbers) and codebook as matrices of one width."""
    X, C = as_array("obs", obs), as_array("code_book", code_book)
    if check_finite:
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
