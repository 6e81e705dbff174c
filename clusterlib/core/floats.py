"""Floating point numbers: dtypes, and powers of two that keep squares in range.

Question: in which dtype are these numbers computed, and how do their squares stay
between the smallest and the largest number?
Chapter: 2, Codebooks.
Symbols: X observations, C codebook.

A product with a power of two is exact, so data of extreme size are scaled, computed and
scaled back without a change of any digit.

Sources: Sterbenz 1974, *Floating-Point Computation* (exact differences).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "FLOATS",
    "as_floats",
    "near_one",
    "power_of_two",
    "require_squares",
    "same_floats",
    "shared_exponent",
    "to_unit",
]

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def as_floats(name: str, A: NDArray) -> NDArray:
    """Return A in native float32 or float64; whole and half numbers are widened."""
    if A.dtype.kind == "c" or A.dtype.itemsize > 8:
        raise TypeError(
            f"`{name}` has dtype {A.dtype}; codebooks need real numbers of at most 64 bits. "
            "Convert it first, for example with `.astype(float)`."
        )
    return A.astype(_float_dtype(A.dtype), copy=False)


def same_floats(X: NDArray, C: NDArray) -> tuple[NDArray, NDArray]:
    """Return X and C in their common floating point dtype."""
    if X.dtype == C.dtype and X.dtype in FLOATS:
        return X, C
    dtype = _float_dtype(np.result_type(X, C))
    return (
        as_floats("obs", X).astype(dtype, copy=False),
        as_floats("code_book", C).astype(dtype, copy=False),
    )


def _float_dtype(dtype: np.dtype) -> np.dtype:
    """Return the floating point dtype in which numbers of `dtype` are computed."""
    return np.dtype(np.float32 if dtype in (np.float16, np.float32) else np.float64)


def power_of_two(*arrays: NDArray) -> float:
    """Return the power of two that keeps squares from overflow and underflow, mostly 1."""
    peak = max((float(max(-A.min(), A.max())) for A in arrays if A.size), default=0.0)
    top = np.finfo(arrays[0].dtype).maxexp // 2 - 12
    exponent = int(np.frexp(peak)[1]) if 0 < peak < np.inf else 0
    if abs(exponent) < top:
        return 1.0
    return 2.0 ** min(top - exponent, 1000)


def require_squares(X: NDArray, C: NDArray) -> None:
    """Refuse observations and code words whose squares leave the range of numbers."""
    if power_of_two(X, C) != 1:
        raise ValueError(
            "The squares of `X` or `C` leave the range of numbers; multiply both by a power of "
            "two that brings the largest entry near 1."
        )


def near_one(A, axis=None):
    """Return A divided by the power of two that brings its largest size near 1, and its exponent.

    No square overflows then, and none that matters vanishes.  With `axis` 0, each column has an
    exponent of its own.
    """
    exponent = np.frexp(np.abs(A).max(axis=axis, initial=0))[1]
    return np.ldexp(A, -exponent), exponent if np.ndim(exponent) else int(exponent)


def shared_exponent(X):
    """Return e such that X / 2**e can be squared and summed; 0 when X already can.

    Squares overflow above 1e154 and vanish below 1e-162.  Dividing by a power of two
    changes no digit, so data out of that range are moved so that the largest entry is near
    2**480, where the squares of everything that matters fit.
    """
    sizes = np.abs(X)
    if sizes.max(initial=0) < 2.0**480 and not ((sizes < 2.0**-480) & (sizes > 0)).any():
        return 0
    largest = sizes.max(initial=0, where=np.isfinite(sizes))
    return int(np.frexp(largest)[1]) - 480 if largest else 0


def to_unit(X):
    """Return X moved and scaled to the order of 1, both exactly, and the exponent of the scale.

    A feature is moved where all its values are within a factor of two, because their differences
    to a value among them are exact (Sterbenz 1974).  Scaling is by a power of two.
    """
    low, high = X.min(axis=0), X.max(axis=0)
    near = ((low > 0) & (high / 2 <= low)) | ((high < 0) & (low / 2 >= high))
    X = X - np.where(near, low, 0.0)
    return near_one(X)
