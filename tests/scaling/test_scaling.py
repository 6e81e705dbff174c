"""More data than memory, on one machine: bounds, mini-batches, and trees of code words."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib import datasets, scaling
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.linkage_matrix import is_valid_linkage
from clusterlib.hierarchy.merging import linkage
from clusterlib.vq.lloyd import lloyd, lloyd_steps

seeds = st.integers(0, 2**32 - 1)


def grid_points(seed, n, d=2, top=6):
    """Return whole-numbered points, many of them equal."""
    return np.random.default_rng(seed).integers(0, top, size=(n, d)).astype(float)


# ---------------------------------------------------------------- bounds


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 60), st.integers(1, 4), st.integers(1, 8), st.booleans())
def test_hamerly_is_lloyd_with_fewer_distances(seed, n, d, k, ties):
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 4, (n, d)).astype(float) if ties else rng.normal(size=(n, d))
    C = X[rng.integers(0, n, k)] if ties else rng.normal(size=(k, d))
    fast = list(scaling.hamerly_steps(X, C))
    plain = [state for state in lloyd_steps(X, C) if state.step == "assign"]
    assert len(fast) == len(plain)
    for ours, theirs in zip(fast, plain, strict=True):
        np.testing.assert_array_equal(ours.labels, theirs.labels)
        np.testing.assert_array_equal(ours.C, theirs.C)


def test_late_passes_compute_few_distances():
    X = datasets.s_set(2).X
    C = X[:: len(X) // 15][:15]
    passes = list(scaling.hamerly_steps(X, C))
    full = len(X) * 15
    assert passes[0].computed == full
    assert passes[-1].computed < 0.1 * full
    assert sum(p.computed for p in passes) < 0.6 * full * len(passes)


def test_hamerly_stops_after_max_iter_moves():
    X = grid_points(0, 50)
    assert scaling.hamerly(X, X[:3], 2).iteration == 3
    np.testing.assert_array_equal(scaling.hamerly(X, X[:3]).C, lloyd(X, X[:3]).C)


@pytest.mark.parametrize(
    ("X", "C", "words"),
    [
        (np.ones((3, 2)), np.ones((1, 3)), r"`C` has shape \(1, 3\).*\(k, 2\)"),
        (np.empty((0, 2)), np.ones((1, 2)), "at least one observation"),
        (np.full((3, 2), np.nan), np.ones((1, 2)), "`X` holds"),
        (np.full((3, 2), 1e200), np.ones((1, 2)), "power of two"),
    ],
)
def test_hamerly_refuses(X, C, words):
    with pytest.raises(ValueError, match=words):
        scaling.hamerly_steps(X, C)


# ---------------------------------------------------------------- mini-batches


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


# ---------------------------------------------------------------- trees of code words


@pytest.mark.parametrize("method", list(RULES))
def test_counts_of_one_give_the_usual_tree(method):
    C = np.random.default_rng(4).normal(size=(60, 3))
    ours = scaling.link_code_words(C, np.ones(60), method)
    np.testing.assert_allclose(ours, scipy_hierarchy.linkage(C, method), atol=1e-12)


@pytest.mark.parametrize("method", ["single", "complete", "average", "centroid", "ward"])
@pytest.mark.parametrize("seed", range(6))
def test_code_words_of_duplicates_give_the_tree_of_all(method, seed):
    rng = np.random.default_rng(seed)
    C, counts = rng.normal(size=(15, 2)), rng.integers(1, 6, 15)
    Z = scaling.link_code_words(C, counts, method)
    full = scipy_hierarchy.linkage(np.repeat(C, counts, axis=0), method)
    assert is_valid_linkage(Z)
    np.testing.assert_allclose(full[: counts.sum() - 15, 2], 0, atol=1e-7)
    np.testing.assert_allclose(Z[:, 2], full[counts.sum() - 15 :, 2], atol=1e-9)
    owner = np.repeat(np.arange(15), counts)
    apart = squareform(scipy_hierarchy.cophenet(full))[np.ix_(*[np.unique(owner, True)[1]] * 2)]
    np.testing.assert_allclose(squareform(scipy_hierarchy.cophenet(Z)), apart, atol=1e-7)


@pytest.mark.parametrize("d", [2, 9])
def test_many_code_words_are_linked_from_their_points(d):
    """Without their distances, as the points that they stand for; equal code words count once."""
    rng = np.random.default_rng(d)
    C, counts = rng.normal(size=(2_100, d)), rng.integers(1, 4, 2_100)
    C[:50] = C[50:100]
    Z = scaling.link_code_words(C, counts, "ward")
    full = linkage(np.repeat(C, counts, axis=0), "ward")
    assert is_valid_linkage(Z)
    assert (Z[:50, 2] == 0).all()
    np.testing.assert_allclose(Z[50:, 2], full[-2_049:, 2], rtol=1e-9)


def test_by_hand():
    """Three points at 0, one at 1, one at 3: means 0 and 0.25, Ward from sizes 3, 1, 1."""
    Z = scaling.link_code_words([[0.0], [1.0], [3.0]], [3, 1, 1], "centroid")
    np.testing.assert_allclose(Z[:, 2], [1, 2.75])
    Z = scaling.link_code_words([[0.0], [1.0], [3.0]], [3, 1, 1], "ward")
    np.testing.assert_allclose(Z[:, 2] ** 2, [2 * 3 / 4, 2 * 4 / 5 * 2.75**2])


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(20, 80), st.integers(2, 15))
def test_ward_and_quantization_share_the_sum_of_squares(seed, n, k):
    X = np.random.default_rng(seed).normal(size=(n, 2))
    summary = scaling.summarize(X, k, "ward", rng=seed, max_iter=seed % 3)
    total = ((X - X.mean(axis=0)) ** 2).sum()
    assert summary.counts.sum() == n
    assert 0.5 * (summary.Z[:, 2] ** 2).sum() + summary.sse == pytest.approx(total)


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(20, 80), st.integers(2, 15))
def test_single_linkage_moves_by_two_radii_at_most(seed, n, k):
    X = np.random.default_rng(seed).normal(size=(n, 2))
    summary = scaling.summarize(X, k, "single", rng=seed)
    full = squareform(scipy_hierarchy.cophenet(scipy_hierarchy.linkage(X, "single")))
    small = squareform(scipy_hierarchy.cophenet(summary.Z))
    error = np.abs(full - small[np.ix_(summary.labels, summary.labels)]).max()
    assert error <= 2 * summary.radius + 1e-12


@pytest.mark.parametrize("method", list(RULES))
def test_as_many_code_words_as_points_give_the_full_tree(method):
    X = np.random.default_rng(5).normal(size=(40, 2))
    summary = scaling.summarize(X, 40, method, rng=0)
    assert summary.sse == 0
    heights = scipy_hierarchy.linkage(X, method)[:, 2]
    np.testing.assert_allclose(summary.Z[:, 2], heights, atol=1e-12)


def test_a_summary_labels_observations_by_its_cut():
    data = datasets.s_set(1)
    summary = scaling.summarize(data.X, 150, "ward", rng=0)
    ours = summary.cut(15)
    theirs = scipy_hierarchy.fcluster(scipy_hierarchy.ward(pdist(data.X)), 15, "maxclust")
    table = np.zeros((16, 16))
    np.add.at(table, (ours, theirs), 1)
    assert table.max(axis=1).sum() >= 0.99 * len(data.X)  # the same 15 clusters, up to borders
    assert (table.max(axis=1) > 0).sum() == 15


def test_equal_observations_leave_code_words_out():
    X = np.repeat([[0.0], [3.0], [9.0]], 5, axis=0)
    summary = scaling.summarize(X, 6, rng=0)
    assert sorted(summary.counts.tolist()) == [5, 5, 5]
    assert len(summary.C) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[0.0]], [1]), "at least two code words"),
        (([[0.0], [1.0]], [1, 0]), "greater than 0"),
        (([[0.0], [1.0]], [1]), "`counts` has 1 numbers"),
        (([[0.0], [1.0]], [1, 1], "wards"), "'ward'"),
    ],
)
def test_link_code_words_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        scaling.link_code_words(*arguments)


def test_summarize_refuses():
    with pytest.raises(ValueError, match=r"'\|\|'"):
        scaling.summarize(np.ones((5, 1)), 2, seeding="best")
    with pytest.raises(ValueError, match="`k` is 1"):
        scaling.summarize(np.ones((5, 1)), 1)
