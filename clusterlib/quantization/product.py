"""Product quantization: a few small codebooks that act as one huge one.

Question: how many bits does it take to find a neighbour again?
Chapter: 3, Codebooks at work.
Symbols: X observations, C one codebook a part, codes one label a part.
Sources: Jegou, Douze, Schmid 2011, Product quantization for nearest neighbor search.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_matrix, as_vector, whole_number
from clusterlib.quantization.training import train_code_book
from clusterlib.vq.nearest import nearest_codes, squared_differences

__all__ = ["ProductQuantizer", "recall"]


@dataclass(frozen=True, eq=False)
class ProductQuantizer:
    """Codebooks for the parts of a vector.

    Attributes
    ----------
    books : ndarray, shape (parts, k, d / parts)
        One codebook a part.

    Examples
    --------
    >>> X = np.array([[0.0, 0, 5, 5], [9, 9, 5, 5], [0, 0, 1, 1], [9, 9, 1, 1]])
    >>> quantizer = ProductQuantizer.train(X, parts=2, k=2)
    >>> np.array_equal(quantizer.decode(quantizer.encode(X)), X), quantizer.bits
    (True, 2.0)
    """

    books: np.ndarray

    @classmethod
    def train(
        cls, X: ArrayLike, parts: int = 8, k: int = 16, *, restarts: int = 3, seed: int = 0
    ) -> ProductQuantizer:
        """Learn a codebook of k words for each of `parts` equal parts of the columns.

        Raises ValueError if the columns do not divide into `parts`.
        """
        data = np.asarray(as_matrix("X", X), dtype=float)
        parts = whole_number("parts", parts, 1)
        if data.shape[1] % parts or not data.shape[1]:
            raise ValueError(
                f"`parts` is {parts}, but the {data.shape[1]} columns of `X` do not divide into "
                "as many equal parts."
            )
        books = [
            train_code_book(part, k, restarts=restarts, seed=seed)
            for part in np.split(data, parts, axis=1)
        ]
        return cls(np.stack(books))

    @property
    def bits(self) -> float:
        """Bits of one coded vector."""
        parts, k, _ = self.books.shape
        return parts * math.log2(k)

    def _parts(self, name, X):
        parts, _, width = self.books.shape
        data = np.asarray(as_matrix(name, X), dtype=float)
        if data.shape[1] != parts * width:
            raise ValueError(
                f"`{name}` has {data.shape[1]} columns, but the codebooks were learned from "
                f"{parts * width}."
            )
        return [np.ascontiguousarray(part) for part in np.split(data, parts, axis=1)]

    def encode(self, X: ArrayLike) -> np.ndarray:
        """Return the nearest word of each part: codes of shape (n, parts)."""
        pairs = zip(self._parts("X", X), self.books, strict=True)
        return np.column_stack([nearest_codes(part, C) for part, C in pairs])

    def decode(self, codes: ArrayLike) -> np.ndarray:
        """Return the vectors that codes of shape (n, parts) stand for."""
        columns = self._codes(codes).T
        return np.hstack([C[labels] for C, labels in zip(self.books, columns, strict=True)])

    def _codes(self, codes):
        parts, k, _ = self.books.shape
        codes = np.asarray(as_matrix("codes", codes))
        if codes.shape[1] != parts or codes.dtype.kind not in "iu":
            raise ValueError(f"`codes` must hold whole numbers, in {parts} columns.")
        if codes.size and not (codes.min() >= 0 and codes.max() < k):
            raise ValueError(f"`codes` must lie from 0 to {k - 1}.")
        return codes

    def distances(self, queries: ArrayLike, codes: ArrayLike) -> np.ndarray:
        """Return squared distances of plain queries (rows) to coded vectors (columns).

        Only the coded side is quantized.  Each query needs one small table a part;
        after that, a distance is `parts` look-ups and additions.
        """
        columns = self._codes(codes).T
        parts = self._parts("queries", queries)
        total = np.zeros((len(parts[0]), columns.shape[1]))
        for part, C, labels in zip(parts, self.books, columns, strict=True):
            table = squared_differences(part.T, C)  # one row a word, one column a query
            total += table[labels].T
        return total


def recall(distances: ArrayLike, nearest: ArrayLike, r: int) -> float:
    """Return the share of queries whose true neighbour is among the first r found.

    Parameters
    ----------
    distances : array_like, shape (queries, n)
        Approximate distances; equal ones keep the order of the columns.
    nearest : array_like, shape (queries,)
        Column of the true nearest neighbour of each query.
    r : int
        Length of the list looked at, at least 1.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the shapes do not fit or r is below 1.

    References
    ----------
    H. Jegou, M. Douze, C. Schmid, 2011, Product quantization for nearest neighbor search.

    Examples
    --------
    >>> recall([[3.0, 1.0, 2.0], [1.0, 2.0, 3.0]], [2, 0], 1)
    0.5
    """
    table, true = as_matrix("distances", distances), as_vector("nearest", nearest)
    if len(true) != len(table) or not len(true):
        raise ValueError(f"`nearest` has {len(true)} entries for {len(table)} queries.")
    first = np.argsort(table, axis=1, kind="stable")[:, : whole_number("r", r, 1)]
    return float((first == true[:, None]).any(axis=1).mean())
