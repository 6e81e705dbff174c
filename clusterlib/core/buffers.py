"""Broadcast arrays without copies.

Question: why does NumPy take three times as long to subtract a column from short rows as from
long ones?
Chapter: 13, From clusterlib to SciPy and scikit-learn.
Symbols: a row, the numbers along the last axis of an array.

Where an operand is repeated (broadcast), NumPy from 2.3 on copies it into a buffer until the
buffer is full, so that its inner loop has more than one row to work on.  That pays for rows of a
few dozen numbers.  Rows of hundreds are worked on faster where they lie, and a shorter buffer
tells NumPy so.  No result depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["short_buffers"]

LENGTH = 512  # numbers in a buffer: longer rows are not copied


@contextmanager
def short_buffers() -> Iterator[None]:
    """Let NumPy work on broadcast rows where they lie, in this thread, in this block.

    Examples
    --------
    >>> import numpy as np
    >>> with short_buffers():
    ...     np.getbufsize()
    512
    """
    before = np.setbufsize(LENGTH)
    try:
        yield
    finally:
        np.setbufsize(before)
