"""Scatter plots and steady labels: what is drawn, and what is refused."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from clusterlib import datasets, plotting

mpl.use("Agg")


def test_scatter_draws_each_point_once_with_its_mark():
    data = datasets.bridge()
    _, (ax,) = plotting.panels(1)
    plotting.scatter_clusters(ax, data.X, data.labels, data.centres)
    noise, first, second = ax.collections[:3]
    assert [len(c.get_offsets()) for c in (noise, first, second)] == [13, 60, 60]
    assert tuple(first.get_facecolor()[0][:3]) == to_rgb(plotting.MARKS[0].colour)
    assert tuple(second.get_edgecolor()[0][:3]) == to_rgb(plotting.INK)
    words = ax.collections[3:]
    assert {tuple(w.get_offsets()[0]) for w in words} == {(0, 0), (6, 0)}
    assert ax.get_aspect() == 1


def test_scatter_numbers_clusters_when_marks_repeat():
    _, (ax,) = plotting.panels(1)
    data = datasets.s_set(1)
    plotting.scatter_clusters(ax, data.X, data.labels)
    assert [t.get_text() for t in ax.texts] == [str(i) for i in range(15)]


def test_scatter_takes_a_line_and_no_labels():
    _, (ax,) = plotting.panels(1)
    plotting.scatter_clusters(ax, datasets.five_on_a_line().X)
    (dots,) = ax.collections
    assert len(dots.get_offsets()) == 5 and (dots.get_offsets()[:, 1] == 0).all()


@pytest.mark.parametrize(
    ("X", "labels", "message"),
    [
        (np.zeros((3, 3)), None, "`X` has 3 columns"),
        (np.zeros((3, 2)), [0, 1], "`labels` has 2 entries for 3 points"),
        (np.zeros((2, 2)), [0, 0.5], "whole numbers"),
        (np.zeros((2, 2)), [0, -2], "whole numbers"),
        ([[0, np.nan]], None, "`X` holds"),
    ],
)
def test_scatter_refuses(X, labels, message):
    _, (ax,) = plotting.panels(1)
    with pytest.raises(ValueError, match=message):
        plotting.scatter_clusters(ax, X, labels)


def test_hollow_code_words_are_outlines():
    _, (ax,) = plotting.panels(1)
    plotting.code_words(ax, [[0, 0], [1, 1]], hollow=True)
    assert all(len(c.get_facecolor()) == 0 for c in ax.collections)


def test_steady_labels_keep_a_partition_whatever_its_numbers():
    data = datasets.s_set(1)
    first = plotting.steady_labels(data.X, data.labels)
    for seed in range(5):
        shuffled = np.random.default_rng(seed).permutation(15)[data.labels]
        again = plotting.steady_labels(data.X, shuffled, previous=first)
        np.testing.assert_array_equal(again, first)


def test_steady_labels_only_renumber():
    g = np.random.default_rng(0)
    for _ in range(20):
        X, labels = g.normal(size=(30, 2)), g.integers(-1, 5, 30)
        previous = g.integers(-1, 7, 30)
        for old in (None, previous):
            new = plotting.steady_labels(X, labels, old)
            pairs = set(zip(labels.tolist(), new.tolist()))
            assert len(pairs) == len({p[0] for p in pairs}) == len({p[1] for p in pairs})
            assert (new[labels == -1] == -1).all() and (new[labels >= 0] >= 0).all()
