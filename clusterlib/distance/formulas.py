"""The formula of each distance, for whole blocks of pairs.

Question: what does *near* mean, and how do you compute it for millions of pairs?
Chapter: 8, Distances.
Symbols: X observations (n x d); A and B two groups of them, feature by feature
(d x a and d x b); w one weight a feature; p the order of Minkowski's distance.

A distance looks at one feature at a time: it compares the two numbers (a *term*) and
collects the terms (a *fold*: add them up, keep the largest).  NumPy is fast when one call
handles many numbers, so the loop runs over the few features and each call compares one
feature of a whole block of pairs.  A block fits in a core's own cache, and threads share the
blocks (`threads`).  Differences are taken before anything is squared or summed, so two points
that are 1e-8 apart keep all their digits; the popular shortcut ``|a|^2 + |b|^2 - 2 a.b``
keeps none of them.

Each entry of `FORMULAS` prepares the data once and returns it with a function
``block(A, B, out)`` that fills ``out[i, j]`` with the distance of A[:, i] and B[:, j].

Sources: Deza and Deza, *Encyclopedia of Distances*; Lin 1991 (Jensen-Shannon); Endres and
Schindelin 2003 (its square root is a metric); Mahalanobis 1936.
"""

from __future__ import annotations

import numbers
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from clusterlib.core.buffers import short_buffers
from clusterlib.core.checks import describe
from clusterlib.core.pairs import row_start
from clusterlib.core.threads import run_in_threads

__all__ = [
    "CELLS",
    "DEGREES",
    "FLOAT64_ONLY",
    "FORMULAS",
    "as_order",
    "by_feature",
    "entropy_gap",
    "unit_rows",
    "between",
    "within",
]

CELLS = 1 << 16  # pairs in a block: it and its terms fill a core's second-level cache, 1 MiB
PARALLEL = 1e-3  # 1 - cos below which 1 - a.b has lost three of its sixteen digits
LOG_4 = 2 * np.log(2.0)


# ------------------------------------------------------------------ terms of one feature


def _absolute(a, b, out):
    return np.abs(np.subtract(a, b, out=out), out=out)


def _square(a, b, out):
    np.subtract(a, b, out=out)
    return np.multiply(out, out, out=out)


def _unequal(a, b, out):
    return np.not_equal(a, b, out=out)


def _sum(a, b, out):
    return np.abs(np.add(a, b, out=out), out=out)


def _relative(a, b, out):
    """|a - b| / (|a| + |b|), and nothing where both are zero."""
    whole = np.abs(a) + np.abs(b)
    whole[whole == 0] = 1
    return np.divide(_absolute(a, b, out), whole, out=out)


def entropy_gap(a, b, out):
    """Return m h(t) for m = (a + b) / 2 and t = (a - b) / (a + b), Jensen and Shannon's term.

    a log(a/m) + b log(b/m) = m ((1+t) log(1+t) + (1-t) log(1-t)) = m h(t).  Close to t = 0
    the two logarithms cancel; there h is log(1 - t^2) + 2 t artanh(t), which does not.
    """
    m = (a + b) / 2
    t = np.divide(a - b, a + b, out=np.zeros_like(out), where=m != 0)
    near = np.log1p(-t * t) + 2 * t * np.arctanh(t)
    far = (1 + t) * np.log1p(t) + (1 - t) * np.log1p(-t)
    h = np.where(np.abs(t) < 0.5, near, np.where(np.abs(t) == 1, LOG_4, far))
    np.multiply(m, h, out=out)
    out[(np.minimum(a, b) < 0) & ~np.isnan(m)] = np.inf  # no probability: infinitely far
    return out


# ------------------------------------------------------------------ folds over the features


def _fold(ufunc, term, w, A, B, out):
    """Collect the terms of all features: out[i, j] = ufunc over f of w[f] term(A[f,i], B[f,j]).

    Big blocks go feature by feature; small ones (wide data, few points) take as many
    features at a time as fill a block.  The longest axis is innermost in memory.
    """
    step = max(1, min(len(A), CELLS // max(1, out.size)))
    if step > out.shape[1]:
        buffer = np.empty((*out.shape, step), out.dtype).transpose(2, 0, 1)
    else:
        buffer = np.empty((step, *out.shape), out.dtype)

    def terms(f, into):
        """Compute the terms of the features from f on."""
        some = term(A[f : f + step, :, None], B[f : f + step, None, :], into)
        if w is not None:
            some *= w[f : f + step, None, None]
        return some

    if step > 1 or len(A) == 0:
        out.fill(0)
    else:
        terms(0, out[None])
    for f in range(0 if step > 1 else 1, len(A), step):
        some = terms(f, buffer[: len(A) - f])
        ufunc(out, some[0] if len(some) == 1 else ufunc.reduce(some, axis=0), out=out)
    return out


def _root_of_squares(w, A, B, out):
    return np.sqrt(_fold(np.add, _square, w, A, B, out), out=out)


def _power_mean(p, w, A, B, out):
    """(sum of w |a - b|^p)^(1/p), with the largest gap taken out so that no power overflows."""
    seen = slice(None) if w is None else w > 0
    largest = _fold(np.maximum, _absolute, None, A[seen], B[seen], np.empty_like(out))
    unit = np.where((largest == 0) | np.isinf(largest), 1, largest)

    def term(a, b, buffer):
        return np.power(np.divide(_absolute(a, b, buffer), unit, out=buffer), p, out=buffer)

    _fold(np.add, term, w, A, B, out)
    return np.multiply(np.power(out, 1 / p, out=out), unit, out=out)


def _share_unequal(w, A, B, out):
    return np.divide(
        _fold(np.add, _unequal, w, A, B, out), len(A) if w is None else w.sum(), out=out
    )


def _share_of_sums(w, A, B, out):
    whole = _fold(np.add, _sum, w, A, B, np.empty_like(out))
    return np.divide(_fold(np.add, _absolute, w, A, B, out), whole, out=out)


def _one_minus_dot(A, B, out):
    """1 - a.b for unit vectors; of nearly parallel ones |a - b|^2 / 2, which keeps its digits."""
    np.einsum("fi,fj->ij", A, B, out=out)
    np.clip(np.subtract(1, out, out=out), 0, 2, out=out)
    close = out < PARALLEL
    if np.count_nonzero(close) > close.size // 16:
        np.copyto(out, _fold(np.add, _square, None, A, B, np.empty_like(out)) / 2, where=close)
    else:
        i, j = np.divmod(np.flatnonzero(close), close.shape[1])
        out[i, j] = np.square(A[:, i] - B[:, j]).sum(axis=0) / 2
    return out


def _root_of_form(VI, A, B, out):
    """sqrt(g' VI g) for every difference g of the block, a few rows at a time."""
    rows = max(1, CELLS // max(1, len(A) * out.shape[1]))
    for i in range(0, out.shape[0], rows):
        gaps = A[:, i : i + rows, None] - B[:, None, :]
        moved = VI @ gaps.reshape(len(A), gaps[:1].size)
        np.einsum("fij,fij->ij", gaps, moved.reshape(gaps.shape), out=out[i : i + rows])
    return np.sqrt(out, out=out)


def _root_of_divergence(A, B, out):
    return np.sqrt(_fold(np.add, entropy_gap, None, A, B, out) / 2, out=out)


# ------------------------------------------------------------------ preparing the data


def by_feature(X):
    """Return X (n x d) as d x n, each feature together in memory; of few long rows, each row."""
    few_and_long = X.shape[1] > len(X) and len(X) ** 2 <= CELLS
    return np.array(X.T, order="F" if few_and_long else "C")


def unit_rows(X):
    """Divide each row by its length; the largest entry first, so that no square overflows."""
    if not X.shape[1]:
        return np.full((len(X), 1), np.nan)  # no features, no direction
    X = X / np.abs(X).max(axis=1, keepdims=True)
    return X / np.sqrt(np.einsum("ij,ij->i", X, X))[:, None]


def as_order(p: Any) -> float:
    """Return `p` as the order of a Minkowski distance: a number above 0, or infinity."""
    if isinstance(p, (numbers.Real, np.integer, np.floating)) or (
        isinstance(p, np.ndarray) and p.ndim == 0 and p.dtype.kind in "iuf"
    ):
        if float(p) > 0:
            return float(p)
        raise ValueError(f"`p` is {p!r}; p must be greater than 0.")
    raise TypeError(f"`p` is {describe(p)}; it must be a number greater than 0.")


def _city_block(X, w):
    return X, partial(_fold, np.add, _absolute, w)


def _sq_euclidean(X, w):
    return X, partial(_fold, np.add, _square, w)


def _euclidean(X, w):
    return X, partial(_root_of_squares, w)


def _chebyshev(X, w):
    X = X if w is None else X[:, w > 0]
    return X, partial(_fold, np.maximum, _absolute, None)


def _minkowski(X, w, p):
    shortcut = {1: _city_block, 2: _euclidean, np.inf: _chebyshev}.get(p)
    return shortcut(X, w) if shortcut else (X, partial(_power_mean, p, w))


def _canberra(X, w):
    X = X / 2 if np.abs(X).max(initial=0) > 2.0**1022 else X  # so that |a| + |b| is finite
    return X, partial(_fold, np.add, _relative, w)


def _bray_curtis(X, w):
    return X, partial(_share_of_sums, w)


def _hamming(X, w):
    return X, partial(_share_unequal, w)


def _cosine(X, w):
    return unit_rows(X if w is None else X * np.sqrt(w / w.max(initial=0))), _one_minus_dot


def _correlation(X, w):
    """Centre each row; a constant row has no direction, whatever the rounding of its mean."""
    mean = np.einsum("ij->i", X) / np.float64(X.shape[1]) if w is None else X @ w / w.sum()
    centred = X - mean[:, None]
    seen = X if w is None else X[:, w > 0]
    centred[seen.max(axis=1, initial=-np.inf) == seen.min(axis=1, initial=np.inf)] = 0
    return _cosine(centred, w)


def _standardized(X, _w, V):
    if V is None:
        centred = X - X.sum(axis=0) / np.float64(len(X))
        V = np.square(centred).sum(axis=0) / np.float64(len(X) - 1)
    return X, partial(_root_of_squares, 1 / V)


def _mahalanobis(X, _w, VI):
    return X, partial(_root_of_form, inverse_covariance(X) if VI is None else VI)


def inverse_covariance(X):
    """Return the inverse of the covariance of the columns of X, or say that there is none."""
    n, d = X.shape
    if d == 0:
        return np.zeros((0, 0))
    if n <= d:
        raise ValueError(
            f"The number of observations ({n}) is too small: the covariance matrix of {d} "
            f"features is singular. Give at least {d + 1} observations, or `VI`."
        )
    covariance = np.atleast_2d(np.cov(X.T))
    spread = np.sqrt(np.diag(covariance))
    scaled = covariance / np.outer(spread, spread)
    if np.isfinite(scaled).all() and np.linalg.matrix_rank(scaled) == d:
        return np.linalg.inv(covariance)
    if np.isfinite(covariance).all():
        raise np.linalg.LinAlgError(
            "Singular matrix: a feature is constant or a combination of others, so the "
            "covariance has no inverse. Drop such features, or give `VI`."
        )
    return np.full_like(covariance, np.nan)


def _jensen_shannon(X, _w):
    return X / X.sum(axis=1, keepdims=True), _root_of_divergence


FORMULAS = {
    "braycurtis": _bray_curtis,
    "canberra": _canberra,
    "chebyshev": _chebyshev,
    "cityblock": _city_block,
    "correlation": _correlation,
    "cosine": _cosine,
    "euclidean": _euclidean,
    "hamming": _hamming,
    "jensenshannon": _jensen_shannon,
    "mahalanobis": _mahalanobis,
    "minkowski": _minkowski,
    "seuclidean": _standardized,
    "sqeuclidean": _sq_euclidean,
}

# How a distance grows when all data are multiplied by c: as c ** degree.  Data of extreme
# size are rescaled for these metrics; 0 and 1 of the others must stay what they are.
DEGREES = {
    "braycurtis": 0,
    "chebyshev": 1,
    "cityblock": 1,
    "correlation": 0,
    "cosine": 0,
    "euclidean": 1,
    "jensenshannon": 0,
    "mahalanobis": 1,
    "minkowski": 1,
    "seuclidean": 1,
    "sqeuclidean": 2,
}
# Of these the result is float64 even for long doubles.
FLOAT64_ONLY = {"correlation", "cosine", "jensenshannon", "mahalanobis", "seuclidean"}


# Whole tables ----------------------------------------------------------


def within(X, block, y):
    """Fill y with the distances within X (d x n): blocks of rows, their tails copied out.

    A block also computes the distances left of the diagonal, which nobody needs, so fewer points
    get smaller blocks.  Wide data get blocks of fewer rows, for whole rows of features at a time.
    Threads share the blocks; each has one buffer for them, because fresh memory is slow.
    """
    (d, n), blocks, i, most = X.shape, [], 0, 0
    cells = min(CELLS, max(CELLS // 3, n * n // 40)) // max(1, d // 16)
    while i < n - 1:
        rows = min(max(1, cells // (n - i)), n - 1 - i)
        blocks.append((i, rows))
        i, most = i + rows, max(most, rows * (n - i - 1))

    def work(blocks):
        buffer = np.empty(most, y.dtype)
        with np.errstate(all="ignore"), short_buffers():  # each thread has its own
            for i, rows in blocks:
                D = buffer[: rows * (n - i - 1)].reshape(rows, n - i - 1)
                block(X[:, i : i + rows], X[:, i + 1 :], D)
                start = row_start(i, n) + i + 1
                for r in range(rows):
                    tail = D[r, r:]
                    y[start : start + len(tail)] = tail
                    start += len(tail)

    run_in_threads(work, blocks)


def between(A, B, block, D):
    """Fill D with the distances between A (d x a) and B (d x b), block by block."""
    columns = max(1, min(CELLS, D.shape[1]))
    rows = max(1, CELLS // columns)

    def work(blocks):
        with np.errstate(all="ignore"), short_buffers():
            for i, j in blocks:
                cells = D[i : i + rows, j : j + columns]
                block(A[:, i : i + rows], B[:, j : j + columns], cells)

    starts = [range(0, D.shape[0], rows), range(0, D.shape[1], columns)]
    run_in_threads(work, list(product(*starts)))
