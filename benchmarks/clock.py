"""Time our work and that of the peers alternately in one process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

# Threads of a BLAS library go on spinning for a tenth of a second after their work, on the
# core that the next in turn would use.
REST = 0.15


@dataclass(frozen=True)
class Case:
    """One piece of work to be timed.

    `row` is a key of `promises.ROWS`.  `peers` is a dict name -> function that does the same
    work; `route` names the algorithm that `clusterlib` chooses; `calls` is how many calls make
    one sample, so that the clock can see short work.  `rest` is a pause in seconds before each
    sample, and `REST` the one that work on BLAS threads asks for.  Work of one thread may be timed
    by `time.process_time`, which a busy machine disturbs less.
    """

    row: str
    name: str
    ours: Callable
    peers: dict[str, Callable] = field(default_factory=dict)
    repeats: int = 5
    calls: int = 1
    route: str = ""
    rest: float = 0.0
    clock: Callable = time.perf_counter


@dataclass(frozen=True)
class Reading:
    """A number that is read rather than timed here: bytes, or seconds of another process."""

    row: str
    name: str
    unit: str
    read: Callable  # without arguments, returns the numbers
    route: str = ""


@dataclass(frozen=True)
class Growth:
    """The same work at growing n: its time grows as n to some power."""

    name: str
    ns: list[int]
    at: Callable  # n -> a function without arguments
    repeats: int = 3
    route: str = ""


def alternately(functions, repeats=5, calls=1, rest=0.0, clock=time.perf_counter):
    """Call the functions in turn, `repeats` times; return seconds a call, one row a function."""
    seconds = np.empty((len(functions), repeats))
    for i in range(-1 if repeats > 1 else 0, repeats):  # round -1 warms the caches
        for j, function in enumerate(functions):
            time.sleep(rest)
            start = clock()
            for _ in range(calls):
                function()
            if i >= 0:
                seconds[j, i] = (clock() - start) / calls
    return seconds


def measure(work):
    """Return what was measured as a dict that JSON can hold."""
    if isinstance(work, Growth):
        seconds = alternately([work.at(n) for n in work.ns], work.repeats).min(axis=1)
        power = float(np.polyfit(np.log(work.ns), np.log(seconds), 1)[0])
        return {
            "row": "growth",
            "name": work.name,
            "route": work.route,
            "n": list(work.ns),
            "seconds": seconds.tolist(),
            "power": power,
        }
    if isinstance(work, Reading):
        return _record(work, work.unit, np.array(work.read()), {})
    ours, *theirs = alternately(
        [work.ours, *work.peers.values()], work.repeats, work.calls, work.rest, work.clock
    )
    return _record(work, "s", ours, dict(zip(work.peers, theirs, strict=True)))


def _record(work, unit, ours, peers):
    """Return medians and spreads; the spread of a ratio is that of the rounds."""
    record = {"row": work.row, "name": work.name, "route": work.route, "unit": unit}
    return (
        record
        | _spread(ours)
        | {
            "peers": {
                name: _spread(theirs) | {"ratio": _spread(ours / theirs)}
                for name, theirs in peers.items()
            }
        }
    )


def _spread(values):
    return {
        "median": float(np.median(values)),
        "low": float(values.min()),
        "high": float(values.max()),
    }
