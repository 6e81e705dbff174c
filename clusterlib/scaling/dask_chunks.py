"""Chunks of observations, the work on each, and what to do when a machine fails.

Question: how does a sum over more observations than fit in memory get made, and where did it
break if it did?
Chapter: 7, More data than memory.
Symbols: X observations (n, d) cut into chunks of rows, n, d.
Sources: Rocklin 2015, *Dask: parallel computation with blocked algorithms and task
scheduling*.

A pass over the data is one task a chunk and a tree of tasks that combine eight results into
one.  The tree has the same shape whoever does the work, so a sum does not depend on the
number of workers, not even in its last digit.  Between two passes no worker holds anything
that another could miss: what a dead worker had in hand is computed again elsewhere.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from clusterlib.core.checks import as_matrix, require_finite, whole_number
from clusterlib.core.floats import as_floats, power_of_two

__all__ = ["Chunk", "Chunks", "Interrupted", "as_chunks", "as_dask", "connect", "need", "one_pass"]

ARITY = 8  # results combined by one task
PATIENCE = 60  # seconds without any worker, or any answer, before a pass is given up
CHUNK = 2**23  # bytes in a chunk of an array or file that is not cut yet


class Interrupted(RuntimeError):
    """The engine under a fit failed: no worker is left, or the scheduler is lost.

    Attributes
    ----------
    step : object
        The last step that was finished, to go on from; None if there was none.
    """

    step: Any = None


# ---------------------------------------------------------------- the engine


def need(module: str) -> Any:
    """Return a module of Dask, or say how to get Dask."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(
            f"Arrays in chunks need Dask, and {module} cannot be imported ({error}). "
            "Install it with: pip install 'dask[array,distributed]'."
        ) from error


@contextmanager
def connect(
    address: str | None = None, workers: int | None = None, timeout: float = 30
) -> Iterator[Any]:
    """Work on the cluster whose scheduler answers at `address`, or on one made here.

    Parameters
    ----------
    address : str, optional
        Address of a Dask scheduler, for example ``'tcp://10.0.0.1:8786'``.  Without one, a
        local cluster of processes is started, and stopped at the end.
    workers : int, optional
        Number of processes of a local cluster, one thread each; default one a core.
    timeout : float, default 30
        Seconds to wait for an answer.

    Yields
    ------
    distributed.Client
        Dask's own client; inside the ``with`` block all Dask arrays use it.

    Raises
    ------
    ConnectionError
        If nobody answers at `address`.
    ImportError
        If Dask is not installed.

    Examples
    --------
    ::

        with connect(workers=2) as client:
            print(client.dashboard_link)
            last = on_dask.lloyd(X, C)
    """
    distributed = need("distributed")
    if address is None:
        count = None if workers is None else whole_number("workers", workers, low=1)
        with (
            distributed.LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0"
            ) as cluster,
            distributed.Client(cluster, timeout=timeout) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address, timeout=timeout)
    except (OSError, TimeoutError) as error:
        raise ConnectionError(
            f"No Dask scheduler answers at {address} within {timeout} seconds; check that it "
            "runs and that this machine may reach it."
        ) from error
    with client:
        yield client


# ---------------------------------------------------------------- chunks of rows


@dataclass(frozen=True)
class Chunk:
    """Where a chunk stands, so that an error can say it."""

    number: int
    start: int
    d: int

    def trusted(self, block: Any) -> NDArray:
        """Return the rows of this chunk as floats, or say which number is not finite."""
        X = as_floats("X", as_matrix(f"X, {self}", block, finite=False))
        if X.shape[1] != self.d:
            raise ValueError(
                f"`X`, {self}, has {X.shape[1]} features (columns); the others have {self.d}."
            )
        if not np.isfinite([X.min(initial=0), X.max(initial=0)]).all():
            require_finite(f"X, {self}", X)
        return X

    def __str__(self) -> str:
        return f"chunk {self.number} (rows from {self.start})"


@dataclass(frozen=True)
class Chunks:
    """Observations in chunks: a lazy block each, its place, and the size of the whole."""

    array: Any
    blocks: list[Any]
    places: list[Chunk]
    n: int
    dtype: np.dtype

    @property
    def d(self) -> int:
        """Number of features."""
        return self.places[0].d

    def row(self, i: int) -> NDArray:
        """Return row i as a matrix of one row."""
        at = int(np.searchsorted([place.start for place in self.places], i, "right")) - 1
        place = self.places[at]
        rows = need("dask").delayed(_row, pure=False)(self.blocks[at], place, i - place.start)
        return gather(rows, f"while fetching row {i - place.start} of {place}")


def _row(block: Any, place: Chunk, i: int) -> NDArray:
    return place.trusted(block)[i : i + 1]


def as_chunks(X: Any) -> Chunks:
    """Return observations as chunks of rows; see `as_dask` for what may be given."""
    delayed = need("dask").delayed
    X = as_dask(X)
    if X.ndim != 2 or X.dtype.kind not in "biuf":
        raise ValueError(
            f"`X` has shape {X.shape} and dtype {X.dtype}; it must be a matrix of real numbers, "
            "one row an observation and one column a feature."
        )
    d = X.shape[1]
    if np.isnan(d) or d == 0:
        raise ValueError(f"`X` has shape {X.shape}; its number of features must be known.")
    if len(X.chunks[1]) > 1:
        X = X.rechunk({1: -1})
    blocks = list(X.to_delayed()[:, 0])
    rows = X.chunks[0]
    if np.isnan(rows).any():  # a reader that does not know how many rows it will meet
        rows = gather(
            delayed(list)([delayed(len)(block) for block in blocks]),
            "while counting the rows of `X`",
        )
    starts = np.concatenate([[0], np.cumsum(rows)]).astype(int).tolist()
    n = starts.pop()
    if n == 0:
        raise ValueError(f"`X` has no rows in its {len(blocks)} chunks; it must have at least one.")
    places = [Chunk(number, start, int(d)) for number, start in enumerate(starts)]
    return Chunks(X, blocks, places, n, as_floats("X", np.empty(0, X.dtype)).dtype)


def as_dask(X: Any) -> Any:
    """Return observations as a Dask array.

    Parameters
    ----------
    X : dask.array.Array, Dask data frame, numpy.memmap or array_like
        A Dask array is returned as it is and a data frame as the array of its values.  A
        memory-mapped file is opened again by each worker, which reads its own rows; the
        workers must see the file under the same path.  Any other array is cut here.

    Returns
    -------
    dask.array.Array
        The observations, in chunks of about 8 MiB if they had none.

    Examples
    --------
    >>> import numpy as np
    >>> as_dask(np.zeros((3, 2))).chunks
    ((3,), (2,))
    """
    da = need("dask.array")
    if isinstance(X, da.Array):
        return X
    if hasattr(X, "to_dask_array"):
        return X.to_dask_array()
    source = X if isinstance(X, np.memmap) else as_matrix("X", X, finite=False)
    chunks = (max(CHUNK // max(source[:1].nbytes, 1), 1), -1) if source.ndim == 2 else -1
    if isinstance(source, np.memmap) and source.ndim == 2 and _is_whole(source):
        lengths, width = da.core.normalize_chunks(chunks, source.shape, dtype=source.dtype)
        where = (source.filename, source.dtype, source.offset, source.shape,
                 "C" if source.flags.c_contiguous else "F")  # fmt: skip
        return da.map_blocks(
            _read, *where, dtype=source.dtype, chunks=(lengths, width), meta=np.empty((0, 0))
        )
    return da.from_array(np.asarray(source), chunks=chunks, name=False)


def _is_whole(file: np.memmap) -> bool:
    """Return whether this is a whole memory-mapped array, not a part of one."""
    return isinstance(file.base, mmap.mmap) and file.filename is not None


def _read(
    filename: str, dtype: np.dtype, offset: int, shape: tuple, order: Any, block_info: Any = None
) -> NDArray:
    """Open a file and return the rows of one chunk, still on disk."""
    (start, stop), _ = block_info[None]["array-location"]
    return np.memmap(filename, dtype, "r", offset, shape, order)[start:stop]


# ---------------------------------------------------------------- a pass over the data


def one_pass(
    X: Chunks, work: Callable, combine: Callable, *shared: Any, where: str, step: Any = None
) -> Any:
    """Do `work(block, place, *shared)` for each chunk and combine the results in a tree.

    Parameters
    ----------
    X : Chunks
        The observations.
    work : callable
        Returns the result of a chunk.
    combine : callable
        Makes one result of a list of results.
    *shared : object
        Small things that every chunk needs; sent once to each worker.
    where : str
        What is going on, for error messages: 'in iteration 3'.
    step : object, optional
        The last finished step, which an `Interrupted` carries to the caller.

    Returns
    -------
    object
        The combined result.
    """
    dask = need("dask")
    name, tag = work.__name__.strip("_"), uuid4().hex[:8]
    sent = [dask.delayed(thing, pure=False) for thing in shared]
    work, combine = dask.delayed(work, pure=False), dask.delayed(combine, pure=False)
    results = [
        work(block, place, *sent, dask_key_name=f"{name}-chunk-{place.number}-{tag}")
        for block, place in zip(X.blocks, X.places, strict=True)
    ]
    while len(results) > 1:
        results = [combine(results[i : i + ARITY]) for i in range(0, len(results), ARITY)]
    return gather(results[0], where, step)


def gather(task: Any, where: str, step: Any = None) -> Any:
    """Compute a task where Dask would, and say what was going on if it cannot be done."""
    client = _client(task)
    try:
        return task.compute() if client is None else _wait(client, client.compute(task))
    except Exception as error:
        if client is None or not _is_loss(error):
            error.add_note(f"This happened {where}.")
            raise
        after = " `error.step` is the last finished step; go on from its `moved`." if step else ""
        lost = Interrupted(f"The cluster failed {where}: {str(error).rstrip('.')}.{after}")
        lost.step = step
        raise lost from error


def _client(task: Any) -> Any:
    """Return the client of the cluster that would compute `task`; None for local threads."""
    owner = getattr(need("dask.base").get_scheduler(collections=[task]), "__self__", None)
    return owner if type(owner).__module__.startswith("distributed") else None


def _is_loss(error: Exception) -> bool:
    """Return whether an error says that workers or scheduler are gone."""
    from concurrent.futures import CancelledError

    from distributed import CancelledError as Cancelled
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    return isinstance(error, (Cancelled, CancelledError, KilledWorker, CommClosedError, Silence))


class Silence(Exception):
    """A cluster has had no worker, or its scheduler no answer, for too long."""


def _wait(client: Any, future: Any) -> Any:
    """Return the result of a future, unless workers or scheduler stay away."""
    done, idle = threading.Event(), 0
    future.add_done_callback(lambda _: done.set())
    while not done.wait(timeout=1):
        try:  # a frozen scheduler keeps its connections open and never answers
            known = client.sync(client.scheduler.identity, callback_timeout=PATIENCE)
        except TimeoutError:
            raise Silence(f"no answer of the scheduler for {PATIENCE} seconds") from None
        idle = 0 if known["workers"] else idle + 1
        if idle >= PATIENCE:
            future.cancel()
            raise Silence(f"no worker for {PATIENCE} seconds")
    return future.result()


def in_range(peak: float, dtype: np.dtype) -> None:
    """Refuse numbers whose squares leave the range of their dtype."""
    if power_of_two(np.array([peak], dtype)) != 1:
        raise ValueError(
            f"The largest number of `X` is {peak:g}, and squares leave the range of {dtype}; "
            "multiply `X` by a power of two that brings it near 1."
        )
