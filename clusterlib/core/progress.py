"""Progress: tell a caller how much is done while results pass by.

Question: how far has a long computation come?
Chapter: 7, More data than memory.
Symbols: none.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

__all__ = ["Bar", "Progress", "told"]

Progress = Callable[[int, int], Any]  # called with how many are done, and of how many
Result = TypeVar("Result")


def told(
    results: Iterable[Result],
    total: int,
    progress: Progress | None,
    every: int = 1,
    count: Callable[[Result], int] = lambda _: 1,
) -> Iterable[Result]:
    """Pass `results` on; call ``progress(done, total)`` after `every` so many and at the end.

    A result counts once, or as often as `count` says of it.
    """
    return results if progress is None else _counted(results, total, progress, every, count)


def _counted(
    results: Iterable[Result],
    total: int,
    progress: Progress,
    every: int,
    count: Callable[[Result], int],
) -> Iterator[Result]:
    done = said = 0
    for result in results:
        yield result
        done += count(result)
        if done >= said + every or done == total:
            said = done
            progress(done, total)


class Bar:
    """A bar that grows on the terminal or in a notebook while work goes on.

    Pass it as `progress` to `clusterlib.hierarchy.linkage`, `clusterlib.vq.kmeans` or another
    function that has this argument.  It writes to the standard error stream.

    Examples
    --------
    >>> import contextlib, io
    >>> from clusterlib.hierarchy import linkage
    >>> with contextlib.redirect_stderr(io.StringIO()) as drawn:
    ...     Z = linkage([[0.0], [1.0], [5.0]], progress=Bar())
    >>> "[##############################] 100 %" in drawn.getvalue()
    True
    """

    def __init__(self) -> None:
        """Draw an empty bar and start the clock."""
        self.start = time.monotonic()
        self(0, 1)

    def __call__(self, done: int, total: int) -> None:
        """Draw how much of the work is done."""
        filled = 30 * done // total
        spent = time.monotonic() - self.start
        line = f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * done // total:3d} %, {spent:.0f} s"
        print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)


class Parts:
    """The progress of work that has parts of its own.

    Parameters
    ----------
    progress : callable, optional
        Called with how much is done, and of how much.
    parts : int
        How many parts the work has; call the object after each.
    steps : int, default 1
        How finely a part can be told of while it goes on: see `within`.

    Examples
    --------
    >>> parts = Parts(lambda done, total: print(done, "of", total), 2, steps=10)
    >>> parts.within(500, 1000)
    5 of 20
    >>> parts()
    10 of 20
    """

    def __init__(self, progress: Progress | None, parts: int, steps: int = 1) -> None:
        """Start with no part done."""
        self.progress, self.total, self.steps = progress, parts * steps, steps
        self.done = 0

    def __call__(self) -> None:
        """Tell that one more part is done."""
        self.done += self.steps
        if self.progress is not None:
            self.progress(self.done, self.total)

    def within(self, done: int, total: int) -> None:
        """Tell how far the part under way has come."""
        if self.progress is not None and done < total:
            self.progress(self.done + self.steps * done // total, self.total)
