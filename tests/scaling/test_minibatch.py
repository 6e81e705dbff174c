"""Mini-batches: streams, means of all rows seen, and bad batches."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, scaling
from clusterlib.vq.lloyd import lloyd, lloyd_steps

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 40), st.integers(1, 5), st.integers(1, 9))
def test_a_code_word_is_the_mean_of_all_it_was_ever_given(seed, n, k, size):
    rng = np.random.default_rng(seed)
    X, C = rng.normal(size=(n, 2)), rng.normal(size=(k, 2))
    given_to, words = [[] for _ in range(k)], C.copy()
    for start in range(0, n, size):  # by definition, from lists that keep everything
        batch = X[start : start + size]
        near = ((batch[:, None] - words) ** 2).sum(axis=2).argmin(axis=1)
        for x, j in zip(batch, near, strict=True):
            given_to[j].append(x)
        words = np.array([np.mean(g, axis=0) if g else c for g, c in zip(given_to, C, strict=True)])
    last = scaling.minibatch_fit(scaling.read_batches(X, size), C)
    np.testing.assert_allclose(last.C, words, atol=1e-12)
    np.testing.assert_array_equal(last.counts, [len(g) for g in given_to])


def test_a_stream_goes_on_where_it_was_left():
    X = np.random.default_rng(1).normal(size=(90, 3))
    whole = scaling.minibatch_fit(scaling.read_batches(X, 10), X[:4])
    half = scaling.minibatch_fit(scaling.read_batches(X[:40], 10), X[:4])
    rest = scaling.minibatch_fit(scaling.read_batches(X[40:], 10), half.C, half.counts)
    np.testing.assert_array_equal(rest.C, whole.C)
    np.testing.assert_array_equal(rest.counts, whole.counts)


def test_one_batch_of_everything_is_one_step_of_lloyd():
    X = np.random.default_rng(2).normal(size=(50, 2))
    steps = list(islice(lloyd_steps(X, X[:5]), 2))
    batch = scaling.minibatch_fit([X], X[:5])
    np.testing.assert_allclose(batch.C, steps[1].C, atol=1e-14)
    assert batch.loss == pytest.approx(steps[0].sse / 50)


def test_a_memory_mapped_file_is_read_batch_by_batch(tmp_path):
    X = np.random.default_rng(3).normal(size=(1000, 4)).astype(np.float32)
    np.save(tmp_path / "x.npy", X)
    file = np.load(tmp_path / "x.npy", mmap_mode="r")
    on_disk = scaling.minibatch_fit(scaling.draw_batches(file, 50, 20, rng=0), X[:3])
    in_memory = scaling.minibatch_fit(scaling.draw_batches(X, 50, 20, rng=0), X[:3])
    np.testing.assert_array_equal(on_disk.C, in_memory.C)
    batches = list(scaling.read_batches(file, 300))
    assert [len(batch) for batch in batches] == [300, 300, 300, 100]
    assert not any(isinstance(batch, np.memmap) for batch in batches)
    np.testing.assert_array_equal(np.concatenate(batches), X)


def test_mini_batches_come_near_to_lloyd():
    X = datasets.s_set(1).X
    start = datasets.s_set(1).centres + 0.01
    last = scaling.minibatch_fit(scaling.draw_batches(X, 200, 100, rng=0), start)
    best = lloyd(X, start)
    assert best.sse <= lloyd(X, last.C, 0).sse <= 1.05 * best.sse


def test_callback_sees_every_batch_and_an_empty_batch_teaches_nothing():
    seen = []
    X = np.ones((4, 1))
    last = scaling.minibatch_fit([X, X[:0], X], [[0.0]], callback=seen.append)
    assert [batch.number for batch in seen] == [1, 2, 3]
    assert np.isnan(seen[1].loss)
    np.testing.assert_array_equal(seen[1].C, seen[0].C)
    assert last.counts.tolist() == [8]


def test_a_stream_is_not_read_ahead():
    def stream():
        yield np.ones((2, 1))
        raise AssertionError("read ahead")

    first = next(scaling.minibatch_steps(stream(), [[0.0]]))
    assert first.counts.tolist() == [2]


@pytest.mark.parametrize(
    ("batches", "words"),
    [
        ([], "`batches` is empty"),
        ([np.ones((2, 2)), np.full((2, 2), np.nan)], "`batch 2` holds"),
        ([np.ones((2, 3))], r"Batch 1 has shape \(2, 3\); the codebook has 2"),
    ],
)
def test_a_bad_batch_is_named(batches, words):
    with pytest.raises(ValueError, match=words):
        scaling.minibatch_fit(batches, np.ones((2, 2)))


def test_bad_counts_and_rows_are_refused():
    with pytest.raises(ValueError, match="`counts` has 1 numbers"):
        scaling.minibatch_steps([], np.ones((2, 2)), counts=[3])
    with pytest.raises(ValueError, match="two dimensions and a row"):
        scaling.read_batches(np.ones(3), 2)
    with pytest.raises(ValueError, match="`size` is 0"):
        scaling.draw_batches(np.ones((3, 1)), 0, 1)
