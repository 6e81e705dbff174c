"""Pictures of trees and heat maps: what is drawn where."""

import collections

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib import datasets, plotting

mpl.use("Agg")


def ward_of_twelve():
    X = datasets.twelve_points().X
    return X, hierarchy.linkage(X, "ward")


def colours_of_links(ax):
    return [tuple(c) for c in ax.collections[0].get_colors()]


def test_tree_shows_the_cut():
    X, Z = ward_of_twelve()
    labels = plotting.steady_labels(X, hierarchy.fcluster(Z, 4, "maxclust"))
    _, (ax,) = plotting.panels(1)
    plotting.draw_tree(ax, Z, labels, t=3.0)
    segments = ax.collections[0].get_segments()
    assert len(segments) == 11
    assert sorted(s[:, 1].max() for s in segments) == pytest.approx(sorted(Z[:, 2]))
    by_cluster = collections.Counter(colours_of_links(ax))
    assert by_cluster.pop((*to_rgb(plotting.INK), 1.0)) == 3
    assert by_cluster == {(*to_rgb(m.colour), 1.0): 2 for m in plotting.MARKS[:4]}
    assert len(ax.collections) == 1 + 4  # a marker at the top of each cluster
    assert [line.get_ydata()[0] for line in ax.lines] == [3.0]
    leaves = [tick.get_text() for tick in ax.get_xticklabels()]
    assert leaves == [str(i) for i in hierarchy.leaves_list(Z)]


def test_tree_of_one_cluster_and_of_singletons():
    _, Z = ward_of_twelve()
    _, (one, many) = plotting.panels(2)
    plotting.draw_tree(one, Z, np.zeros(12))
    assert set(colours_of_links(one)) == {(*to_rgb(plotting.MARKS[0].colour), 1.0)}
    assert len(one.collections) == 2
    plotting.draw_tree(many, Z, np.arange(12))
    assert set(colours_of_links(many)) == {(*to_rgb(plotting.INK), 1.0)}
    assert len(many.collections) == 1 + 12


def test_inversions_are_marked():
    triangle = [[0, 0], [4, 0], [2, 3.5]]
    Z = hierarchy.linkage(triangle, "centroid")
    assert plotting.inversions(Z).tolist() == [1]
    _, (ax,) = plotting.panels(1)
    plotting.draw_tree(ax, Z, names=["a", "b", "c"])
    assert [text.get_text() for text in ax.texts] == ["!"]
    assert ax.texts[0].xy[1] == pytest.approx(3.5)
    X = datasets.iris().X
    assert len(plotting.inversions(hierarchy.linkage(X, "centroid"))) == 7
    assert len(plotting.inversions(hierarchy.linkage(X, "ward"))) == 0


def test_many_leaves_carry_no_names():
    _, (ax,) = plotting.panels(1)
    plotting.draw_tree(ax, hierarchy.linkage(datasets.iris().X, "ward"))
    assert list(ax.get_xticklabels()) == []
    assert len(ax.collections[0].get_segments()) == 149


def test_heat_map_stands_in_the_order_of_the_leaves():
    X, Z = ward_of_twelve()
    D = squareform(pdist(X))
    tree, heat = plotting.tree_and_heat_map(plt.figure(), Z, D, names=list("abcdefghijkl"))
    order = hierarchy.leaves_list(Z)
    np.testing.assert_array_equal(heat.images[0].get_array(), D[np.ix_(order, order)])
    names = ["abcdefghijkl"[i] for i in order]
    assert [t.get_text() for t in heat.get_xticklabels()] == names
    assert [t.get_text() for t in heat.get_yticklabels()] == names
    assert tree.get_xlim() == heat.get_xlim()
    assert heat.get_ylim() == (120, 0)


def test_signed_heat_map_is_centred():
    _, Z = ward_of_twelve()
    D = np.eye(12) - 0.5
    _, heat = plotting.tree_and_heat_map(plt.figure(), Z, D, signed=True)
    assert heat.images[0].get_clim() == (-0.5, 0.5)
    assert heat.images[0].get_cmap().name == "PuOr"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda ax, Z: plotting.draw_tree(ax, Z, [0, 1]), "`labels` has 2 entries for 12"),
        (lambda ax, Z: plotting.draw_tree(ax, Z, names=["a"]), "`names` has 1 entries for 12"),
        (lambda ax, Z: plotting.draw_tree(ax, Z[:, :3]), "'Z'"),
        (lambda ax, Z: plotting.tree_and_heat_map(ax.figure, Z, np.eye(3)), "`D` has shape"),
    ],
)
def test_trees_refuse(call, message):
    _, Z = ward_of_twelve()
    _, (ax,) = plotting.panels(1)
    with pytest.raises(ValueError, match=message):
        call(ax, Z)
