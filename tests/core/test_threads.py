"""Threads that run_in_threads blocks, and eight callers at once that get what one gets."""

import dataclasses
import inspect
import itertools
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from clusterlib import hierarchy
from clusterlib.core import threads
from clusterlib.core.threads import run_in_threads, thread_count
from clusterlib.distance import cdist, pdist
from clusterlib.distance.boolean import BOOLEAN_FORMULAS
from clusterlib.distance.formulas import FORMULAS
from tests.calls import CALLS, X, function_of

THREADS = 8
# matplotlib is not made for threads; the palette is one for all, as in SciPy
ALONE = {"hierarchy.dendrograms.set_link_color_palette"} | {
    n for n in CALLS if n.startswith("plotting.")
}
WORK = [(name, call) for name in CALLS if name not in ALONE for call in CALLS[name]]


# ---------------------------------------------------------------- threads that share blocks


@pytest.mark.parametrize("number", [1, 2, 5])
def test_each_block_is_done_once(number, monkeypatch):
    monkeypatch.setattr(threads, "thread_count", lambda: number)
    done, doers = [], set()

    def work(blocks):
        for block in blocks:
            time.sleep(0.002)
            done.append(block)
            doers.add(threading.get_ident())

    run_in_threads(work, range(30))
    assert sorted(done) == list(range(30))
    assert len(doers) == number


def test_few_blocks_are_worth_no_thread():
    doers = []
    run_in_threads(lambda blocks: doers.append((threading.get_ident(), list(blocks))), range(5))
    assert doers == [(threading.get_ident(), [0, 1, 2, 3, 4])]


def test_their_number_follows_the_environment(monkeypatch):
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    assert thread_count() >= 1
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert thread_count() == 3
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    assert thread_count() == 1


def test_an_error_in_a_thread_reaches_the_caller(monkeypatch):
    monkeypatch.setattr(threads, "thread_count", lambda: 2)

    def work(blocks):
        raise MemoryError(next(blocks))

    with pytest.raises(MemoryError):
        run_in_threads(work, range(40))


@pytest.mark.parametrize("metric", [*FORMULAS, *BOOLEAN_FORMULAS])
def test_distances_do_not_depend_on_their_number(metric, monkeypatch):
    """To the last bit, without a word of NumPy on what overflows in a thread."""
    monkeypatch.setattr(threads, "WORTH", 2)
    A = np.random.default_rng(1).normal(size=(900, 3))
    A = A > 0 if metric in BOOLEAN_FORMULAS else A
    A[5] = 0
    tables = []
    for number in (1, 4):
        monkeypatch.setattr(threads, "thread_count", lambda number=number: number)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tables.append((pdist(A, metric), cdist(A, A[:700], metric)))
    for one, four in zip(*tables, strict=True):
        np.testing.assert_array_equal(one, four)


# ---------------------------------------------------------------- callers at once


def plain(value):
    """Return `value` as something that == compares to the last bit."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.str, value.tobytes())
    if isinstance(value, np.generic):
        return (value.dtype.str, value.tobytes())
    if isinstance(value, hierarchy.ClusterNode):
        return (value.pre_order(), value.dist)
    if isinstance(value, BaseException):
        return repr(value)
    if inspect.isgenerator(value):
        value = list(itertools.islice(value, 20))
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return list(value) if isinstance(value, hierarchy.DisjointSet) else value


def result_of(name, call):
    """Return what a call gives; `out` is its own in each call."""
    own = {k: np.empty_like(v) if k == "out" else v for k, v in call.items()}
    return plain(function_of(name)(**own))


def differing(work, callers):
    """Let each thread do all the work in an order of its own; return what differs from alone."""
    alone = [result_of(*task) for task in work]
    start = threading.Barrier(callers)

    def run(seed):
        order = np.random.default_rng(seed).permutation(len(work)).tolist()
        start.wait()
        return {work[i][0] for i in order if result_of(*work[i]) != alone[i]}

    with ThreadPoolExecutor(callers) as pool:
        return set().union(*pool.map(run, range(callers)))


@pytest.fixture
def often():
    """Let threads change places a thousand times more often than usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def test_eight_threads_get_the_same(often):
    assert differing(WORK, THREADS) == set()


def test_all_public_rooms_take_part():
    modules = {name.rpartition(".")[0] for name, _ in WORK}
    cut = {"vq.nearest", "vq.lloyd", "hierarchy.merging", "hierarchy.cutting", "distance.pairwise"}
    assert cut <= modules
    assert len(WORK) > 150


def test_a_shared_state_is_seen(often, monkeypatch):
    """A function that keeps its work in one place for all gives mixed-up results."""
    shared = np.zeros(1)

    def careless(x):
        shared[0] = x
        time.sleep(0.01)  # long enough for another thread to write
        return shared.copy()

    monkeypatch.setitem(globals(), "function_of", lambda name: careless)
    work = [(f"careless.{i}", {"x": float(i)}) for i in range(40)]
    assert differing(work, THREADS)


def test_one_thread_shares_nothing_with_the_next():
    assert result_of("vq.nearest.vq", {"obs": X, "code_book": X[:2]}) == result_of(
        "vq.nearest.vq", {"obs": X.copy(), "code_book": X[:2].copy()}
    )
