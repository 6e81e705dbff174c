"""Threads that share blocks of work.

Question: how do all cores work on one call without a word about threads in its formula?
Chapter: 13, From clusterlib to SciPy and scikit-learn.
Symbols: blocks a list of pieces of work, done in any order.

NumPy lets go of the interpreter inside its loops, so threads run side by side while each has
long arrays to work on.  Every block is computed alike whoever takes it, and writes to a place of
its own: the result does not depend on the number of threads.  That number is the one that a
matrix product would use, so who limits BLAS limits these threads, too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

__all__ = ["run_in_threads", "thread_count"]

WORTH = 16  # to start threads for fewer blocks costs more than it saves


def run_in_threads(work: Callable[[Iterator], None], blocks: Sequence[Any]) -> None:
    """Call `work` with an iterator of the blocks, in several threads if there are enough.

    Each thread takes the next block when it is free.

    Examples
    --------
    >>> squares = [0] * 40
    >>> def work(blocks):
    ...     for i in blocks:
    ...         squares[i] = i * i
    >>> run_in_threads(work, range(40))
    >>> sum(squares)
    20540
    """
    turn, number = iter(blocks), thread_count() if len(blocks) >= WORTH else 1
    if number == 1:
        work(turn)
        return
    from concurrent.futures import ThreadPoolExecutor  # here: it is slow to import

    with ThreadPoolExecutor(number) as pool:
        for done in [pool.submit(work, turn) for _ in range(number)]:
            done.result()


def thread_count() -> int:
    """Return how many threads a BLAS library would use: what the user set, or all cores."""
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name, "").isdigit():
            return max(int(os.environ[name]), 1)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
