"""Progress: tell a caller how much is done while results pass by.

Question: how far has a long computation come?
Chapter: 7, More data than memory.
Symbols: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

__all__ = ["Progress", "told"]

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
