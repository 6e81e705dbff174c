"""Trees of weighted code words against trees of all their points."""

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

seeds = st.integers(0, 2**32 - 1)


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
