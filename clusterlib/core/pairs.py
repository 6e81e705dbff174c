"""Pairs of n things in one row: how many there are, and where each stands.

Question: the pairs i < j stand in one row, those of 0 first, then those of 1; where is a pair?
Chapter: 8, Distances.
Symbols: n things, m = n(n-1)/2 pairs.

Condensed distances are stored so: the upper triangle of a square, row by row.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["row_start", "row_starts", "things_of_pairs"]


def things_of_pairs(m: int) -> int:
    """Return the n of n(n-1)/2 = m, or 0 if there is none."""
    n = (1 + math.isqrt(1 + 8 * m)) // 2
    return n if n * (n - 1) // 2 == m else 0


def row_start(i, n: int):
    """Return where row i (or each of rows i) would start: pair i < j is at row_start(i, n) + j."""
    return n * i - i * (i + 1) // 2 - i - 1


def row_starts(n: int) -> NDArray[np.intp]:
    """Return where each of n rows would start."""
    return row_start(np.arange(n), n)
