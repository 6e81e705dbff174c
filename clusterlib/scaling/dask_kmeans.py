"""k-means on Dask arrays: the same two steps, with sums that travel instead of rows.

Question: how do many machines run one k-means, when none of them sees all observations?
Chapter: 7, More data than memory.
Symbols: X observations (n, d) in chunks of rows, C codebook (k, d), k its size, rng random
numbers.
Sources: Lloyd 1982 (1957); Bahmani, Moseley, Vattani, Kumar, Vassilvitskii 2012, *Scalable
k-means++*.

A mean is a sum and a count, and sums of parts add up.  So each chunk is labelled where it
lies, and what leaves it are k sums of rows, k counts and one sum of squares, however many
rows it has.  No labels travel: when they repeat, so do the sums, to the last digit, and that
is when the fit ends.

The functions have the names of their kin in `clusterlib.vq.lloyd`, `clusterlib.vq.seeding` and
`clusterlib.vq.nearest` and give the same answers.  They run wherever Dask would: on the threads
of this process, or on the cluster of the active client (`connect`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_code_book,
    as_generator,
    at_least,
    one_of,
    whole_number,
)
from clusterlib.core.floats import as_floats, same_floats
from clusterlib.scaling.dask_chunks import (
    Chunk,
    Chunks,
    as_chunks,
    in_range,
    one_pass,
)
from clusterlib.vq.lloyd import EMPTY, State
from clusterlib.vq.nearest import cell_sums, nearest_codes
from clusterlib.vq.nearest import vq as vq_of_rows
from clusterlib.vq.seeding import OVERSAMPLING, ROUNDS, weighted_plus_plus

__all__ = ["Step", "lloyd", "lloyd_steps", "parallel", "vq"]


@dataclass(frozen=True)
class Step:
    """One pass of Lloyd's algorithm over the data: an assignment and the move after it.

    Attributes
    ----------
    iteration : int
        1 for the first pass.
    C : ndarray of shape (k, d)
        The codebook that the observations were assigned to.
    sizes : ndarray of int, shape (k,)
        How many observations each code word of `C` has.
    sse : float
        The sum of squared distances to `C`.
    moved : ndarray of shape (k, d)
        The codebook after the move: the means of the cells of `C`.
    """

    iteration: int
    C: NDArray
    sizes: NDArray[np.intp]
    sse: float
    moved: NDArray

    @property
    def shift(self) -> float:
        """How far the code word that moved farthest went; infinite if one was dropped."""
        if len(self.moved) != len(self.C):
            return np.inf
        return float(np.sqrt(((self.moved - self.C).astype(float) ** 2).sum(axis=1)).max())


class Sums(NamedTuple):
    """What leaves a chunk: k sums of rows, k counts, a sum of squares, the largest number."""

    sums: NDArray
    sizes: NDArray
    sse: float
    peak: float


# ---------------------------------------------------------------- Lloyd's two steps


def _assign(block: Any, place: Chunk, C: NDArray) -> Sums:
    """Label the rows of a chunk and return what the move needs of them."""
    X = place.trusted(block)
    k, distances = len(C), np.empty(len(X), np.result_type(X, C))
    labels = nearest_codes(*same_floats(X, C), distances)
    sums = cell_sums(X, labels, k)
    with np.errstate(over="ignore"):  # the peak tells
        sse = float((distances.astype(float) ** 2).sum())
    peak = max(-float(X.min(initial=0)), float(X.max(initial=0)))
    return Sums(sums, np.bincount(labels, minlength=k), sse, peak)


def _add(parts: list[Sums]) -> Sums:
    """Add what several chunks have sent."""
    sums, sizes, sse, peak = zip(*parts, strict=True)
    return Sums(np.sum(sums, axis=0), np.sum(sizes, axis=0), sum(sse), max(peak))


def _lloyd(X: Chunks, C: NDArray, empty: str) -> Iterator[Step]:
    """Yield the passes of Lloyd's algorithm until a move moves nothing."""
    step, iteration, no_labels = None, 0, np.empty(0, np.intp)  # they stay where the rows are
    while True:
        iteration += 1
        where = f"in iteration {iteration} of Lloyd's algorithm"
        total = one_pass(X, _assign, _add, C, where=where, step=step)
        in_range(total.peak, X.dtype)
        with np.errstate(invalid="ignore"):
            moved = (total.sums / total.sizes[:, None]).astype(X.dtype)
        missing = total.sizes == 0
        far, distances = np.empty((0, X.d), X.dtype), np.empty(0)
        if empty == "farthest" and missing.any():
            far, distances, _ = one_pass(
                X, _farthest, _merge_farthest, C, int(missing.sum()), where=where, step=step
            )
        state = State("assign", iteration, no_labels, C, missing, far, None, distances)
        moved = EMPTY[empty](state, moved)
        step = Step(iteration, C, total.sizes, total.sse, moved)
        yield step
        if np.array_equal(moved, C):
            return
        C = moved


def _farthest(block: Any, place: Chunk, C: NDArray, count: int) -> tuple:
    """Return the rows of a chunk that are farthest from their code words."""
    X = place.trusted(block)
    distances = np.empty(len(X), np.result_type(X, C))
    nearest_codes(*same_floats(X, C), distances)
    return _merge_farthest([(X, distances, count)])


def _merge_farthest(parts: list[tuple]) -> tuple:
    """Return the farthest rows of several chunks, equals in the order of rows."""
    rows, distances, (count, *_) = zip(*parts, strict=True)
    X, d = np.concatenate(rows), np.concatenate(distances)
    first = np.argsort(-d, kind="stable")[:count]
    return X[first], d[first], count


def lloyd_steps(X: Any, C: ArrayLike, *, empty: str = "keep") -> Iterator[Step]:
    """Yield the passes of Lloyd's algorithm over observations in chunks.

    Parameters
    ----------
    X : dask.array.Array, Dask data frame, numpy.memmap or array_like, shape (n, d)
        Observations; see `as_dask`.  Chunks may be empty and smaller than k.
    C : array_like of shape (k, d)
        The codebook to start from.
    empty : {'keep', 'drop', 'farthest', 'raise'}, default 'keep'
        What happens to the code word of an empty cell, as in `clusterlib.vq.lloyd.lloyd_steps`.

    Yields
    ------
    Step
        After each pass over the data.  In the last one nothing moves.

    Raises
    ------
    ValueError
        If shapes do not fit or a chunk holds a number that is not finite; the message names
        the chunk and the row.
    ClusterError
        If a cell is empty and `empty` is 'raise'.
    Interrupted
        If the cluster fails; its `step` is the last pass that was finished.
    ImportError
        If Dask is not installed.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*.

    Examples
    --------
    >>> import dask.array as da
    >>> X = da.from_array([[0.0], [2.0], [9.0]], chunks=(2, 1))
    >>> for step in lloyd_steps(X, [[0.0], [2.0]]):
    ...     print(step.C.ravel().tolist(), step.sizes.tolist(), step.sse)
    [0.0, 2.0] [1, 2] 49.0
    [0.0, 5.5] [2, 1] 16.25
    [1.0, 9.0] [2, 1] 2.0
    """
    one_of("empty", empty, EMPTY)
    chunks = as_chunks(X)
    return _lloyd(chunks, as_floats("C", as_code_book("C", C, chunks.d)), empty)


def lloyd(
    X: Any,
    C: ArrayLike,
    max_iter: int = 300,
    empty: str = "keep",
    *,
    tol: float = 0.0,
    callback: Callable[[Step], Any] | None = None,
) -> Step:
    """Run Lloyd's algorithm over observations in chunks until nothing moves.

    Parameters
    ----------
    X : dask.array.Array, Dask data frame, numpy.memmap or array_like, shape (n, d)
        Observations; see `as_dask`.
    C : array_like of shape (k, d)
        The codebook to start from.
    max_iter : int, default 300
        Number of moves at most.
    empty : {'keep', 'drop', 'farthest', 'raise'}, default 'keep'
        See `lloyd_steps`.
    tol : float, default 0
        End when no code word would move farther than this.
    callback : callable, optional
        Called with each `Step` as soon as it is finished.

    Returns
    -------
    Step
        The last pass: its `C` is the codebook, `sizes` and `sse` belong to it.

    Raises
    ------
    ValueError, ClusterError, Interrupted, ImportError
        As `lloyd_steps`.

    See Also
    --------
    clusterlib.vq.lloyd.lloyd : the same for an array in memory; from the same start it visits
        the same codebooks, up to the rounding of sums.

    References
    ----------
    Lloyd 1982 (1957), *Least squares quantization in PCM*.

    Examples
    --------
    >>> import dask.array as da
    >>> end = lloyd(da.from_array([[0.0], [2.0], [9.0]], chunks=(2, 1)), [[0.0], [2.0]])
    >>> end.C.ravel().tolist(), end.sizes.tolist(), end.sse, end.iteration
    ([1.0, 9.0], [2, 1], 2.0, 3)
    """
    max_iter = whole_number("max_iter", max_iter, low=0)
    at_least("tol", tol, 0)

    def told() -> Iterator[Step]:
        for step in islice(lloyd_steps(X, C, empty=empty), max_iter + 1):
            if callback is not None:
                callback(step)
            yield step
            if step.shift <= tol:
                return

    return deque(told(), maxlen=1).pop()


# ---------------------------------------------------------------- k-means||


class Draw(NamedTuple):
    """What leaves a chunk in a round of k-means||: its sum of D^2, and rows that may be drawn."""

    total: float
    rows: NDArray
    numbers: NDArray
    D2: NDArray
    coins: NDArray


def _toss(block: Any, place: Chunk, C: NDArray, expected: int, random: Any) -> Draw:
    """Toss the coins of the rows of a chunk; return those that may come along.

    Row i of the data comes along if its coin is below `expected` D^2 / sum of D^2.  The
    chunk's own sum is no greater than that of all, so what fails here would fail there:
    about `expected` rows leave the chunk, and one pass finds both the sum and the rows.
    """
    X = place.trusted(block).astype(float)
    distances = np.empty(len(X))
    nearest_codes(X, C, distances)
    D2 = distances * distances
    coins = _coins(random, place.start, len(X))
    numbers = place.start + np.arange(len(X))
    return _merge_draws([Draw(D2.sum(), X, numbers, D2, coins)], expected)


def _merge_draws(parts: list[Draw], expected: int) -> Draw:
    """Add the sums of D^2, and keep the rows that may still come along."""
    total = float(sum(part.total for part in parts))
    keep = [part.coins * total <= 1.000001 * expected * part.D2 for part in parts]
    kept = [[a[good] for a in part[1:]] for part, good in zip(parts, keep, strict=True)]
    rows, numbers, D2, coins = (np.concatenate(many) for many in zip(*kept, strict=True))
    return Draw(total, rows, numbers, D2, coins)


def _coins(random: Any, start: int, count: int) -> NDArray:
    """Return the coins of `count` rows from row `start`: those of a row, however it is cut."""
    bits = getattr(np.random, random["bit_generator"])()
    bits.state = random
    return np.random.Generator(bits.advance(start)).random(count)


def parallel(X: Any, k: int, rng: Any = None) -> NDArray:
    """Choose k observations by k-means|| in six passes over observations in chunks.

    Parameters
    ----------
    X : dask.array.Array, Dask data frame, numpy.memmap or array_like, shape (n, d)
        Observations; see `as_dask`.
    k : int
        Number of code words, at most n.
    rng : None, int, Generator, BitGenerator or SeedSequence, default None
        Random numbers.  Each row has its own, so the answer depends neither on the chunks
        nor on the workers.

    Returns
    -------
    ndarray of shape (k, d), float64
        The codebook: k rows of X, those that `clusterlib.vq.seeding.parallel` would choose
        with the same `rng`.

    Raises
    ------
    ValueError
        If k is not from 1 to n, or as `lloyd_steps`.
    Interrupted, ImportError
        As `lloyd_steps`.

    References
    ----------
    Bahmani, Moseley, Vattani, Kumar, Vassilvitskii 2012, *Scalable k-means++*.

    Examples
    --------
    >>> import dask.array as da
    >>> X = da.from_array([[0.0], [0.0], [9.0]], chunks=(1, 1))
    >>> sorted(parallel(X, 2, rng=0).ravel().tolist())
    [0.0, 9.0]
    """
    chunks = as_chunks(X)
    k = whole_number("k", k, low=1)
    if k > chunks.n:
        raise ValueError(
            f"`k` is {k}, but there are only {chunks.n} observations; it must be from 1 to "
            f"{chunks.n}."
        )
    rng = as_generator("rng", rng)
    if not isinstance(rng.bit_generator, (np.random.PCG64, np.random.PCG64DXSM)):
        rng = np.random.default_rng(rng.integers(2**63))  # a generator that can jump to a row
    return _parallel(chunks, k, rng)


def _parallel(X: Chunks, k: int, rng: np.random.Generator) -> NDArray:
    """Draw candidates in rounds, weigh each by its followers, choose k of them."""
    found = {int(i): X.row(int(i)) for i in [rng.integers(X.n, dtype="int64")]}
    expected = OVERSAMPLING * k
    for number in range(1, ROUNDS + 1):
        candidates = np.concatenate([row for _, row in sorted(found.items())]).astype(float)
        draw = one_pass(
            X, _toss, lambda parts: _merge_draws(parts, expected),
            candidates, expected, rng.bit_generator.state,
            where=f"in round {number} of k-means||",
        )  # fmt: skip
        rng.bit_generator.advance(X.n)  # type: ignore[attr-defined]
        drawn = draw.coins < expected * draw.D2 / (draw.total or 1.0)
        found |= {int(i): row[None] for i, row in zip(draw.numbers[drawn], draw.rows[drawn])}
    while len(found) < k:  # hardly any rows differ: take some of the others
        i = int(rng.integers(X.n))
        if i not in found:
            found[i] = X.row(i)
    candidates = np.concatenate([row for _, row in sorted(found.items())]).astype(float)
    where = "while counting the followers of the candidates of k-means||"
    total = one_pass(X, _assign, _add, candidates, where=where)
    in_range(total.peak, X.dtype)
    return candidates[weighted_plus_plus(candidates, total.sizes, k, rng)]


# ---------------------------------------------------------------- labels


def vq(X: Any, C: ArrayLike) -> tuple[Any, Any]:
    """Give each observation the nearest code word, when somebody asks for it.

    Parameters
    ----------
    X : dask.array.Array, Dask data frame, numpy.memmap or array_like, shape (n, d)
        Observations; see `as_dask`.
    C : array_like of shape (k, d)
        Codebook.

    Returns
    -------
    code, dist : dask.array.Array of shape (n,)
        As `clusterlib.vq.nearest.vq`, chunk by chunk and lazy: nothing is read before they are
        computed or stored.  Compute them together, and each chunk is read once.

    Raises
    ------
    ValueError
        If shapes do not fit; when computed, if a chunk holds a number that is not finite.
    ImportError
        If Dask is not installed.

    Examples
    --------
    >>> import dask
    >>> import dask.array as da
    >>> code, dist = vq(da.from_array([[0.0], [4.0], [9.0]], chunks=(2, 1)), [[1.0], [9.0]])
    >>> code
    dask.array<getitem, shape=(3,), dtype=int32, chunksize=(2,), chunktype=numpy.ndarray>
    >>> dask.compute(code, dist)
    (array([0, 0, 1], dtype=int32), array([1., 3., 0.]))
    """
    chunks = as_chunks(X)
    C = as_floats("C", as_code_book("C", C, chunks.d))
    dtype = np.dtype([("code", np.int32), ("dist", np.result_type(chunks.dtype, C))])
    pairs = chunks.array.map_blocks(
        _pairs, C, chunks.places, dtype, drop_axis=1, dtype=dtype, meta=np.empty(0, dtype)
    )
    return pairs["code"], pairs["dist"]


def _pairs(block: Any, C: NDArray, places: list[Chunk], dtype: np.dtype, block_id: Any) -> NDArray:
    """Return code and distance of each row of a chunk."""
    pairs = np.empty(len(block), dtype)
    pairs["code"], pairs["dist"] = vq_of_rows(places[block_id[0]].trusted(block), C)
    return pairs
