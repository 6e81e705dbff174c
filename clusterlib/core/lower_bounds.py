"""Lower bounds of distances: cheap enough for all pairs, good enough for nearly all.

Question: most pairs are far too distant to matter; how do you know without
measuring them?
Chapter: 9, Linkage.
Symbols: p, q points; P points feature by feature, d x m; table the bounds'
ingredients, (d+2) x m.

|p - q|^2 = |p|^2 + |q|^2 - 2 p.q is one product of matrices for many pairs, but
near-duplicates cancel: of two points 1e-8 apart nothing is left.  Taken as a
*lower bound*, less the most that rounding can add, the formula is safe, and
single precision will do.  Whoever needs the distance of the few pairs that the
bound lets through takes differences.

Sources: Higham 2002, Accuracy and Stability of Numerical Algorithms (the
rounding error of inner products).
"""

from __future__ import annotations

import numpy as np

__all__ = ["bound_columns", "few_pairs", "least_in_rows", "lower_bounds"]

SERIAL = 1 << 18  # multiplications in one call; BLAS starts threads above, which busy cores stall


def bound_columns(P: np.ndarray) -> np.ndarray:
    """Return the columns of the table for points of the order of 1: p, |p|^2 less slack, 1.

    An inner product of d + 2 terms in single precision is off by at most (d + 4) eps/2 times
    the sum of the sizes of its terms, which is at most 2 |p|^2 + 2 |q|^2.
    """
    d = len(P)
    table = np.empty((d + 2, *P.shape[1:]), np.float32)
    table[:d] = P
    norms = np.einsum("k...,k...->...", P, P)
    table[d] = norms * (1 - 2 * (d + 4) * np.finfo(np.float32).eps) - 1e-30
    table[d + 1] = 1
    return table


def lower_bounds(table: np.ndarray, i, start: int = 0) -> np.ndarray:
    """Return lower bounds of the squared distances of the points i to all from `start` on."""
    query = -2 * table[:, i]
    query[-2], query[-1] = 1, table[-2, i]
    m = table.shape[1] - start
    lower = np.empty((*query.shape[1:], m), np.float32)
    width = max(1, SERIAL // query.size)
    for at in range(0, m, width):
        some = table[:, start + at : start + at + width]
        np.matmul(query.T, some, out=lower[..., at : at + width])
    return lower


def few_pairs(near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return row and column of each true entry of a mask, in the order of the rows.

    As `np.nonzero` does, which takes many times as long where few entries are true, unless the
    mask is flat.
    """
    return divmod(np.flatnonzero(near), near.shape[1])


def least_in_rows(row, value, code, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the least of the values measured in each row, and the least code of its equals.

    `row` says to which of the rows each value belongs; `code` decides between equal values.
    """
    least, first = np.full(rows, np.inf), np.full(rows, np.iinfo(np.intp).max)
    np.minimum.at(least, row, value)
    equal = np.flatnonzero(value == least[row])
    np.minimum.at(first, row[equal], code[equal])
    return least, first
