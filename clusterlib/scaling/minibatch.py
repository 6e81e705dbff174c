"""Mini-batches: learn from a few observations, forget them, take the next.

Question: how do you find a codebook for observations that come one batch at a time?
Chapter: 7, More data than memory.
Symbols: X a batch of observations (m, d), C codebook (k, d), counts how many observations
each code word has had so far.
Sources: MacQueen 1967, *Some methods for classification and analysis of multivariate
observations*; Sculley 2010, *Web-scale k-means clustering*.

A code word is the mean of all observations that were ever given to it.  A mean is updated
from its old value and its count, so nothing else has to be kept: memory holds one batch and
the codebook, however long the stream is.  Old observations are not asked again whether they
still belong to their code word; that is the price.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_array,
    as_code_book,
    as_generator,
    as_matrix,
    as_vector,
    whole_number,
)
from clusterlib.core.floats import as_floats
from clusterlib.vq.nearest import cell_sums, nearest_codes

__all__ = ["Batch", "draw_batches", "minibatch_fit", "minibatch_steps", "read_batches"]


@dataclass(frozen=True)
class Batch:
    """What a batch has taught.

    Attributes
    ----------
    number : int
        1 for the first batch.
    C : ndarray of shape (k, d)
        The codebook after the batch.
    counts : ndarray of int, shape (k,)
        How many observations each code word has had so far.
    loss : float
        Mean squared distance of the batch to the codebook *before* it: the codebook had
        not seen these observations, so this is an honest estimate.  NaN for an empty batch.
    """

    number: int
    C: NDArray[np.float64]
    counts: NDArray[np.intp]
    loss: float


def _minibatch(
    batches: Iterable[NDArray], C: NDArray[np.float64], counts: NDArray[np.intp]
) -> Iterator[Batch]:
    """Yield the codebook after each batch."""
    k = len(C)
    for number, X in enumerate(batches, start=1):
        # assign: by the codebook that has not seen these observations
        distances = np.empty(len(X))
        labels = nearest_codes(X, C, distances)
        loss = float(np.mean(distances * distances)) if len(X) else np.nan
        # move: a mean of counts + sizes observations, from the mean of the first counts
        sizes = np.bincount(labels, minlength=k)
        sums = cell_sums(X, labels, k)
        counts = counts + sizes
        C = C + (sums - sizes[:, None] * C) / np.maximum(counts, 1)[:, None]
        yield Batch(number, C, counts, loss)


def minibatch_steps(
    batches: Iterable[ArrayLike], C: ArrayLike, counts: ArrayLike | None = None
) -> Iterator[Batch]:
    """Yield the codebook after each batch of a stream.

    Parameters
    ----------
    batches : iterable of array_like, shape (m, d)
        The stream; m may differ from batch to batch.  `read_batches` and `draw_batches` make
        one of an array or a memory-mapped file.
    C : array_like of shape (k, d)
        The codebook to start from.
    counts : array_like of int, shape (k,), optional
        How many observations each code word stands for already; default none, then a word
        forgets its start with its first observation.  `C` and `counts` of the last `Batch`
        go on with a stream where it was left.

    Yields
    ------
    Batch
        After each batch.

    Raises
    ------
    ValueError
        If shapes do not fit or a batch holds a number that is not finite; the message says
        which batch.

    References
    ----------
    Sculley 2010, *Web-scale k-means clustering*.

    Examples
    --------
    >>> for batch in minibatch_steps([[[1.0], [9.0]], [[3.0]]], [[0.0], [8.0]]):
    ...     print(batch.C.ravel().tolist(), batch.counts.tolist(), batch.loss)
    [1.0, 9.0] [1, 1] 1.0
    [2.0, 9.0] [2, 1] 4.0
    """
    C = as_floats("C", as_matrix("C", C)).astype(float)
    C = as_code_book("C", C, C.shape[1])
    known = np.zeros(len(C), np.intp) if counts is None else as_vector("counts", counts)
    if len(known) != len(C) or (known < 0).any():
        raise ValueError(
            f"`counts` has {len(known)} numbers from {known.min(initial=0)}; it must have "
            f"{len(C)}, one a code word, of at least 0."
        )
    return _minibatch(_trusted(batches, C.shape[1]), C, known.astype(np.intp))


def _trusted(batches: Iterable[ArrayLike], d: int) -> Iterator[NDArray[np.float64]]:
    """Pass the batches on as floats, or say what is wrong with which."""
    for number, batch in enumerate(batches, start=1):
        X = as_matrix(f"batch {number}", batch)
        if X.shape[1] != d:
            raise ValueError(
                f"Batch {number} has shape {X.shape}; the codebook has {d} features (columns)."
            )
        yield as_floats(f"batch {number}", X).astype(float)


def minibatch_fit(
    batches: Iterable[ArrayLike],
    C: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    callback: Callable[[Batch], Any] | None = None,
) -> Batch:
    """Learn a codebook from a stream of batches.

    Parameters
    ----------
    batches, C, counts
        As `minibatch_steps`.
    callback : callable, optional
        Called with each `Batch`.

    Returns
    -------
    Batch
        The last one: its `C` is the codebook.

    Raises
    ------
    ValueError
        If there is no batch, or as `minibatch_steps`.

    References
    ----------
    Sculley 2010, *Web-scale k-means clustering*.

    Examples
    --------
    >>> last = minibatch_fit([[[1.0], [9.0]], [[3.0]]], [[0.0], [8.0]])
    >>> last.number, last.C.ravel().tolist()
    (2, [2.0, 9.0])
    """

    def told() -> Iterator[Batch]:
        for batch in minibatch_steps(batches, C, counts):
            if callback is not None:
                callback(batch)
            yield batch

    last = deque(told(), maxlen=1)
    if not last:
        raise ValueError(
            "`batches` is empty; a codebook needs at least one batch. A generator that was "
            "read once is empty the second time."
        )
    return last.pop()


# ---------------------------------------------------------------- streams


def read_batches(X: ArrayLike, size: int) -> Iterator[NDArray]:
    """Yield the rows of an array or memory-mapped file, `size` at a time, in order.

    Parameters
    ----------
    X : array_like or numpy.memmap, shape (n, d)
        Observations.  Rows that are sorted in some way teach a wrong lesson first; then
        `draw_batches` is better.
    size : int
        Rows in a batch; the last batch may have fewer.

    Yields
    ------
    ndarray of shape (size, d)
        The rows, copied into memory.

    Examples
    --------
    >>> [batch.ravel().tolist() for batch in read_batches([[0.0], [1.0], [2.0]], 2)]
    [[0.0, 1.0], [2.0]]
    """
    X, size = _rows(X), whole_number("size", size, low=1)
    return (np.array(X[start : start + size]) for start in range(0, len(X), size))


def draw_batches(X: ArrayLike, size: int, number: int, rng: Any = None) -> Iterator[NDArray]:
    """Yield batches of rows drawn at random, with replacement.

    Parameters
    ----------
    X : array_like or numpy.memmap, shape (n, d)
        Observations.
    size : int
        Rows in a batch.
    number : int
        Number of batches.
    rng : None, int, Generator, BitGenerator or SeedSequence, default None
        Random numbers.

    Yields
    ------
    ndarray of shape (size, d)
        The rows, in the order of the file, copied into memory.

    Examples
    --------
    >>> [batch.shape for batch in draw_batches([[0.0], [1.0], [2.0]], 2, 3, rng=0)]
    [(2, 1), (2, 1), (2, 1)]
    """
    X, size = _rows(X), whole_number("size", size, low=1)
    number, rng = whole_number("number", number, low=0), as_generator("rng", rng)
    return (np.array(X[np.sort(rng.integers(len(X), size=size))]) for _ in range(number))


def _rows(X: ArrayLike) -> NDArray:
    """Return X as a matrix with rows; a file stays on disk."""
    rows = X if isinstance(X, np.memmap) else as_array("X", X)
    if rows.ndim != 2 or len(rows) == 0:
        raise ValueError(f"`X` has shape {rows.shape}; it must have two dimensions and a row.")
    return rows
