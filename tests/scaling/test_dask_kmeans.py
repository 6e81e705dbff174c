"""k-means on Dask arrays, on the threads of this process: answers, inputs and bad chunks."""

import subprocess
import sys

import dask
import dask.array as da
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets
from clusterlib.scaling import as_dask, dask_kmeans
from clusterlib.scaling.dask_chunks import as_chunks, need
from clusterlib.vq import lloyd, nearest, seeding
from clusterlib.vq.lloyd import ClusterError

seeds = st.integers(0, 2**32 - 1)
X3 = np.random.default_rng(0).normal(size=(300, 3)) + np.repeat([[0], [4], [9]], 100, axis=0)


@st.composite
def chunked(draw, n):
    """Draw sizes of chunks that add up to n: empty ones, tiny ones, one for all."""
    cuts = sorted(draw(st.lists(st.integers(0, n), max_size=6)))
    return tuple(np.diff([0, *cuts, n]).tolist())


def cut(X, rows):
    """Return X as a Dask array with the given chunks of rows, empty ones included."""
    parts = np.split(X, np.cumsum(rows)[:-1])
    return da.concatenate(
        [da.from_array(p, chunks=(-1, -1)) for p in parts], allow_unknown_chunksizes=True
    ) if len(parts) > 1 else da.from_array(X, chunks=(-1, -1))  # fmt: skip


# ---------------------------------------------------------------- the answers of the NumPy path


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 8), chunked(120))
def test_any_chunks_give_the_steps_of_the_numpy_path(seed, k, rows):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(120, 2))
    C = rng.normal(size=(k, 2))
    ours = list(dask_kmeans.lloyd_steps(cut(X, rows), C))
    theirs = [s for s in lloyd.lloyd_steps(X, C) if s.step == "assign"]
    assert len(ours) == len(theirs)
    for step, state in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(step.C, state.C, atol=1e-12)
        np.testing.assert_array_equal(step.sizes, np.bincount(state.labels, minlength=k))
        assert step.sse == pytest.approx(state.sse)


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 12), chunked(200))
def test_any_chunks_give_the_choice_of_the_numpy_seeding(seed, k, rows):
    X = np.random.default_rng(seed).normal(size=(200, 2))
    ours = dask_kmeans.parallel(cut(X, rows), k, rng=seed)
    np.testing.assert_array_equal(ours, seeding.parallel(X, k, rng=seed))


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 6), chunked(90))
def test_labels_are_those_of_vq(seed, k, rows):
    rng = np.random.default_rng(seed)
    X, C = rng.normal(size=(90, 2)), rng.normal(size=(k, 2))
    code, dist = dask.compute(*dask_kmeans.vq(cut(X, rows), C))
    expected_code, expected_dist = nearest.vq(X, C)
    np.testing.assert_array_equal(code, expected_code)
    np.testing.assert_array_equal(dist, expected_dist)
    assert code.dtype == expected_code.dtype
    assert dist.dtype == expected_dist.dtype


@pytest.mark.parametrize("empty", ["keep", "drop", "farthest"])
@pytest.mark.parametrize("seed", range(4))
def test_empty_cells_are_treated_as_in_memory(empty, seed):
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 9, size=(80, 2)).astype(float)
    C = np.concatenate([X[:4], [[50.0, 50.0], [60.0, 60.0]]])
    ours = dask_kmeans.lloyd(da.from_array(X, chunks=(17, 1)), C, empty=empty)
    theirs = lloyd.lloyd(X, C, empty=empty)
    np.testing.assert_allclose(ours.C, theirs.C, atol=1e-12)
    assert ours.iteration == theirs.iteration


def test_an_empty_cell_may_be_an_error():
    with pytest.raises(ClusterError):
        dask_kmeans.lloyd(X3, [[0.0] * 3, [90.0] * 3], empty="raise")


def test_float32_stays_float32():
    X = X3.astype(np.float32)
    ours, theirs = dask_kmeans.lloyd(da.from_array(X, chunks=70), X[:5]), lloyd.lloyd(X, X[:5])
    assert ours.C.dtype == np.float32
    np.testing.assert_array_equal(ours.C, theirs.C)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_threads_changes_no_digit(workers):
    X = da.from_array(X3, chunks=(7, 3))
    reference = dask_kmeans.lloyd(X, X3[:6])
    with dask.config.set(num_workers=workers):
        assert np.array_equal(dask_kmeans.lloyd(X, X3[:6]).C, reference.C)


def test_an_end_by_tolerance_and_by_number():
    X = da.from_array(X3, chunks=100)
    seen = []
    end = dask_kmeans.lloyd(X, X3[:6], 3, callback=seen.append)
    assert end.iteration == 4
    assert [step.iteration for step in seen] == [1, 2, 3, 4]
    assert seen[-1] is end
    assert dask_kmeans.lloyd(X, X3[:6], 0).iteration == 1
    early = dask_kmeans.lloyd(X, X3[:6], tol=0.1)
    assert early.shift <= 0.1 < list(dask_kmeans.lloyd_steps(X, X3[:6]))[early.iteration - 2].shift


def test_a_fit_goes_on_from_moved():
    steps = list(dask_kmeans.lloyd_steps(X3, X3[:6]))
    again = dask_kmeans.lloyd(X3, steps[2].moved)
    np.testing.assert_array_equal(again.C, steps[-1].C)


@pytest.mark.parametrize("X", [np.zeros((30, 2)), np.repeat([[0.0], [5.0]], 20, axis=0)])
def test_k_means_parallel_with_fewer_different_rows_than_k(X):
    C = dask_kmeans.parallel(da.from_array(X, chunks=8), 4, rng=0)
    assert C.shape == (4, X.shape[1])
    assert {tuple(c) for c in C} == {tuple(x) for x in X}


def test_random_numbers_of_every_kind():
    for rng in (None, 3, np.random.default_rng(3), np.random.Generator(np.random.MT19937(3))):
        assert dask_kmeans.parallel(X3, 3, rng).shape == (3, 3)
    first, second = (
        dask_kmeans.parallel(X3, 3, np.random.Generator(np.random.MT19937(3))) for _ in "ab"
    )
    np.testing.assert_array_equal(first, second)


def test_what_travels_does_not_grow_with_n():
    from clusterlib.scaling.dask_chunks import Chunk
    from clusterlib.scaling.dask_kmeans import _assign, _toss

    rng = np.random.default_rng(0)
    sent = []
    for n in (1_000, 100_000):
        X = rng.normal(size=(n, 4))
        sums = _assign(X, Chunk(0, 0, 4), X[:10])
        draw = _toss(X, Chunk(0, 0, 4), X[:1], 20, rng.bit_generator.state)
        sent.append((sum(np.size(a) for a in sums), len(draw.rows)))
    assert sent[0][0] == sent[1][0] == 10 * 4 + 10 + 2
    assert max(rows for _, rows in sent) < 60


# ---------------------------------------------------------------- inputs


def test_the_door_takes_files_through_dasks_readers(tmp_path):
    expected = lloyd.lloyd(X3, X3[:4])
    np.save(tmp_path / "x.npy", X3)
    da.to_npy_stack(str(tmp_path / "stack"), da.from_array(X3, chunks=(80, 3)))
    da.to_zarr(da.from_array(X3, chunks=(80, 3)), str(tmp_path / "x.zarr"))
    pd.DataFrame(X3, columns=list("abc")).to_parquet(tmp_path / "x.parquet")
    import dask.dataframe as dd

    frame = dd.read_parquet(tmp_path / "x.parquet")
    sources = {
        "memory": X3,
        "list": X3.tolist(),
        "npy": np.load(tmp_path / "x.npy", mmap_mode="r"),
        "part of npy": np.load(tmp_path / "x.npy", mmap_mode="r")[:],
        "npy stack": da.from_npy_stack(str(tmp_path / "stack")),
        "zarr": da.from_zarr(str(tmp_path / "x.zarr")),
        "frame": frame,
        "unknown lengths": frame.to_dask_array(),
        "columns cut": da.from_array(X3, chunks=(90, 1)),
    }
    for name, source in sources.items():
        end = dask_kmeans.lloyd(source, X3[:4])
        np.testing.assert_allclose(end.C, expected.C, atol=1e-12, err_msg=name)
        code, _ = dask_kmeans.vq(source, end.C)
        np.testing.assert_array_equal(code.compute(), expected.labels, err_msg=name)
        ours = dask_kmeans.parallel(source, 3, rng=1)
        np.testing.assert_array_equal(ours, seeding.parallel(X3, 3, rng=1), err_msg=name)


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_file_is_opened_by_those_who_read_it(tmp_path, order, monkeypatch):
    monkeypatch.setattr("clusterlib.scaling.dask_chunks.CHUNK", 480)
    file = np.lib.format.open_memmap(
        tmp_path / "x.npy", "w+", float, X3.shape, fortran_order=order == "F"
    )
    file[:] = X3
    file.flush()
    X = as_dask(np.load(tmp_path / "x.npy", mmap_mode="r"))
    assert X.chunks[0] == (20,) * 15
    np.testing.assert_array_equal(X.compute(), X3)
    assert not any(isinstance(v, np.ndarray) and v.size for v in dict(X.dask).values())
    part = np.load(tmp_path / "x.npy", mmap_mode="r")[40:]
    np.testing.assert_array_equal(as_dask(part).compute(), X3[40:])


def test_labels_wait_until_they_are_asked_for():
    reads = []

    def read(block):
        reads.append(len(block))
        return block

    X = da.from_array(X3, chunks=(100, 3)).map_blocks(read, dtype=float, meta=np.empty((0, 0)))
    code, dist = dask_kmeans.vq(X, X3[:2])
    assert reads == []
    dask.compute(code, dist)
    assert reads == [100, 100, 100]


# ---------------------------------------------------------------- faults


def with_number(value):
    X = X3.copy()
    X[215, 1] = value
    return da.from_array(X, chunks=(100, 3))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_named_with_its_chunk(value):
    words = rf"X, chunk 2 \(rows from 200\)` holds .*{value}.* at \(15, 1\)"
    for run in (
        lambda X: dask_kmeans.lloyd(X, X3[:3]),
        lambda X: dask_kmeans.parallel(X, 3, rng=0),
        lambda X: dask_kmeans.vq(X, X3[:3])[0].compute(),
    ):
        with pytest.raises(ValueError, match=words):
            run(with_number(value))


def test_a_reader_that_fails_is_told_with_the_iteration():
    calls = []

    def fail_later(block):
        calls.append(1)
        if len(calls) > 7:
            raise OSError("disk gone")
        return block

    X = da.from_array(X3, chunks=(100, 3)).map_blocks(
        fail_later, dtype=float, meta=np.empty((0, 0))
    )
    with pytest.raises(OSError, match="disk gone") as caught:
        dask_kmeans.lloyd(X, X3[:5])
    assert "iteration 3 of Lloyd's algorithm" in caught.value.__notes__[-1]


def test_blocks_of_another_width_are_named():
    wide = da.from_array(np.ones((50, 3))).map_blocks(
        lambda b: b[:, :2], dtype=float, chunks=(50, 3)
    )
    with pytest.raises(ValueError, match=r"chunk 0 .* has 2 features .* the others have 3"):
        dask_kmeans.lloyd(wide, X3[:2])


@pytest.mark.parametrize(
    ("X", "C", "words"),
    [
        (X3, np.ones((2, 4)), r"`C` has shape \(2, 4\).*\(k, 3\)"),
        (X3, np.empty((0, 3)), "at least 1"),
        (X3, [[np.nan] * 3], "`C` holds"),
        (da.from_array(X3[:, 0]), [[1.0]], "must be a matrix"),
        (da.from_array(X3 > 0).astype(complex), X3[:2], "real numbers"),
        (da.from_array(X3[:0]), X3[:2], "has no rows"),
        (da.from_array(X3 * 1e200, chunks=50), X3[:2] * 1e200, "power of two"),
        (da.from_array(X3 * 1e-200, chunks=50), X3[:2] * 1e-200, "power of two"),
    ],
)
def test_bad_input_is_refused(X, C, words):
    with pytest.raises(ValueError, match=words):
        dask_kmeans.lloyd(X, C)


def test_k_is_from_1_to_n():
    with pytest.raises(ValueError, match="`k` is 301, but there are only 300"):
        dask_kmeans.parallel(X3, 301)
    with pytest.raises(ValueError, match="`k` is 0"):
        dask_kmeans.parallel(X3, 0)


def test_without_dask_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(ImportError, match=r"pip install 'dask\[array,distributed\]'"):
        need("dask")
    monkeypatch.setitem(sys.modules, "dask.array", None)
    with pytest.raises(ImportError, match=r"dask\[array,distributed\]"):
        as_chunks(X3)


def test_the_rest_of_the_room_needs_no_dask():
    code = (
        "import sys; sys.modules['dask'] = sys.modules['distributed'] = None\n"
        "from clusterlib import scaling; import numpy as np\n"
        "X = np.arange(12.0).reshape(6, 2)\n"
        "print(scaling.hamerly(X, X[:2]).C.shape, scaling.summarize(X, 3, rng=0).Z.shape)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "(2, 2) (2, 4)\n", done.stderr


def test_input_is_not_changed():
    X = X3.copy()
    Y = da.from_array(X, chunks=(70, 3))
    unknown = Y[Y[:, 0] > -100]
    before = str(unknown.chunks)
    dask_kmeans.lloyd(unknown, X[:3])
    dask_kmeans.parallel(unknown, 3, rng=0)
    assert str(unknown.chunks) == before
    np.testing.assert_array_equal(X, X3)


def test_a_real_mixture_is_found():
    data = datasets.s_set(1)
    X = da.from_array(data.X, chunks=(700, 2))
    ends = [dask_kmeans.lloyd(X, dask_kmeans.parallel(X, 15, rng=seed)) for seed in range(8)]
    end = min(ends, key=lambda step: step.sse)
    gaps = np.sqrt(((end.C[:, None] - data.centres) ** 2).sum(axis=2)).min(axis=0)
    assert gaps.max() < 0.01
