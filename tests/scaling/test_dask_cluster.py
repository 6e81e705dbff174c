"""k-means on a cluster of processes: the same digits, and an end when machines fail."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time

import dask
import dask.array as da
import distributed  # before its settings are set: they come with it
import numpy as np
import pytest

from clusterlib.scaling import (
    Interrupted,
    as_dask,
    connect,
    dask_chunks,
    dask_kmeans,
)
from clusterlib.vq import lloyd, nearest, seeding

X = np.random.default_rng(0).normal(size=(2000, 3)) + np.repeat([[0], [3], [6], [9]], 500, axis=0)
ROWS = (300, 0, 5, 695, 400, 600)  # an empty chunk, and one that is smaller than k
K = 7
MOVES = 6  # enough to fall in between


def slowly(block):
    """Return the block after a moment, so that a kill falls into the middle of a pass."""
    time.sleep(0.02)
    return block


@pytest.fixture(scope="module")
def client():
    logging.getLogger(distributed.__name__).setLevel(logging.CRITICAL)
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        connect(workers=2) as client,
    ):
        client.run(logging.disable)
        yield client


@pytest.fixture(scope="module")
def data():
    parts = np.split(X, np.cumsum(ROWS)[:-1])
    return da.concatenate([da.from_array(p, chunks=(-1, -1)) for p in parts]).map_blocks(
        slowly, dtype=float, meta=np.empty((0, 0))
    )


def kill(client, number):
    """Kill the processes of `number` workers, as a machine would die: without a word."""
    pids = [w.process.process.pid for w in client.cluster.workers.values() if w.process]
    for pid in pids[:number]:
        os.kill(pid, signal.SIGKILL)


def test_a_cluster_gives_the_digits_of_threads_and_of_memory(client, data):
    C = dask_kmeans.parallel(data, K, rng=1)
    np.testing.assert_array_equal(C, seeding.parallel(X, K, rng=1))
    end = dask_kmeans.lloyd(data, C, MOVES)
    with dask.config.set(scheduler="threads"):
        threads = dask_kmeans.lloyd(data, C, MOVES)
    np.testing.assert_array_equal(end.C, threads.C)
    expected = lloyd.lloyd(X, C, MOVES)
    np.testing.assert_allclose(end.C, expected.C, atol=1e-12)
    assert end.iteration == expected.iteration
    code, dist = dask.compute(*dask_kmeans.vq(data, end.C))
    np.testing.assert_array_equal(code, nearest.vq(X, end.C)[0])
    np.testing.assert_allclose(dist, nearest.vq(X, end.C)[1], atol=1e-12)


def test_workers_open_a_file_themselves(client, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_chunks, "CHUNK", 4800)
    np.save(tmp_path / "x.npy", X)
    file = np.load(tmp_path / "x.npy", mmap_mode="r")
    assert as_dask(file).numblocks == (10, 1)
    np.testing.assert_array_equal(
        dask_kmeans.parallel(file, K, rng=2), seeding.parallel(X, K, rng=2)
    )


def test_a_chunk_with_nan_is_named(client):
    bad = X.copy()
    bad[1234, 2] = np.nan
    with pytest.raises(ValueError, match=r"chunk 4 \(rows from 1200\)` holds .*nan.* at \(34, 2\)"):
        dask_kmeans.lloyd(da.from_array(bad, chunks=(300, 3)), X[:K])


def test_a_worker_that_dies_in_the_middle_changes_nothing(client, data):
    reference = lloyd.lloyd(X, X[:K], MOVES)
    killed = []

    def callback(step):
        if step.iteration == 2:
            killed.append(threading.Timer(0.03, kill, (client, 1)))
            killed[0].start()

    end = dask_kmeans.lloyd(data, X[:K], MOVES, callback=callback)
    killed[0].join()
    np.testing.assert_allclose(end.C, reference.C, atol=1e-12)
    assert end.iteration == reference.iteration


def test_a_chunk_that_kills_its_workers_is_named_and_the_last_step_kept(client, tmp_path):
    client.wait_for_workers(1, timeout=180)
    seen = []

    def deadly(block, block_id=None):
        if block_id[0] == 1 and flag.exists():
            os._exit(1)
        return block

    flag = tmp_path / "deadly"
    poison = da.from_array(X, chunks=(500, 3)).map_blocks(
        deadly, dtype=float, meta=np.empty((0, 0))
    )

    def callback(step):
        seen.append(step)
        if step.iteration == 2:
            flag.touch()

    try:
        with pytest.raises(Interrupted, match="iteration 3 of Lloyd's algorithm") as caught:
            dask_kmeans.lloyd(poison, X[:K], MOVES, callback=callback)
    finally:
        flag.unlink()
    assert caught.value.step is seen[-1]
    client.wait_for_workers(1, timeout=180)
    resumed = dask_kmeans.lloyd(
        da.from_array(X, chunks=(500, 3)), caught.value.step.moved, MOVES - 2
    )
    np.testing.assert_allclose(resumed.C, lloyd.lloyd(X, X[:K], MOVES).C, atol=1e-12)


def living(client):
    """Return the processes of the workers, once two of them answer."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        answers = client.run(os.getpid, on_error="ignore")
        if len(answers) == 2:
            return list(answers.values())
        time.sleep(0.2)
    return pytest.fail("two workers did not come back")


def test_a_cluster_that_loses_all_workers_says_so(client, data, monkeypatch):
    """The last test with this cluster: nobody is left after it."""
    pids = living(client)
    monkeypatch.setattr(dask_chunks, "PATIENCE", 2)
    for nanny in client.cluster.workers.values():
        nanny.close_gracefully()  # it will not start another worker when its own dies

    def callback(step):
        if step.iteration == 2:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)

    with pytest.raises(Interrupted, match=r"iteration 3 .* no worker for 2 seconds") as caught:
        dask_kmeans.lloyd(data, X[:K], MOVES, callback=callback)
    assert caught.value.step.iteration == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows freezes no process")
@pytest.mark.parametrize("loss", ["SIGKILL", "SIGSTOP"], ids=["killed", "frozen"])
def test_a_lost_scheduler_says_so_and_the_fit_goes_on_elsewhere(tmp_path, monkeypatch, loss):
    """The cluster is at an address here; its scheduler is lost in the third iteration."""
    monkeypatch.setattr(dask_chunks, "PATIENCE", 2)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    file = tmp_path / "scheduler.json"
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen(
        [*module, "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(file)], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not file.exists():
        assert scheduler.poll() is None
        time.sleep(0.05)
    worker = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file),
         "--nthreads", "1", "--no-nanny", "--no-dashboard"], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        import json

        address = json.loads(file.read_text())["address"]
        with connect(address) as client:
            client.wait_for_workers(1, timeout=60)
            numbers = da.from_array(X, chunks=(500, 3))

            def callback(step):
                if step.iteration == 3:
                    scheduler.send_signal(getattr(signal, loss))

            with pytest.raises(Interrupted, match="iteration 4 of Lloyd's algorithm") as caught:
                dask_kmeans.lloyd(numbers, X[:K], MOVES, callback=callback)
    finally:
        scheduler.kill()
        worker.kill()
        scheduler.wait()
        worker.wait()
    with dask.config.set(scheduler="threads"):
        end = dask_kmeans.lloyd(X, caught.value.step.moved, MOVES - 3)
    np.testing.assert_allclose(end.C, lloyd.lloyd(X, X[:K], MOVES).C, atol=1e-12)


def test_nobody_at_the_address(monkeypatch):
    given, client = [], distributed.Client
    monkeypatch.setattr(
        distributed, "Client", lambda *a, **k: given.append(k["timeout"]) or client(*a, **k)
    )
    words = r"No Dask scheduler answers at tcp://127.0.0.1:1 "
    with pytest.raises(ConnectionError, match=words), connect("tcp://127.0.0.1:1", timeout=1):
        pytest.fail("connected")
    assert given == [1]  # Dask itself would wait for half a minute
