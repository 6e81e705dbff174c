"""A table in the order of a tree, and two trees face to face."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from clusterlib import datasets
from clusterlib.hierarchy import dendrogram, linkage
from clusterlib.plotting import MARKS, clustermap, tanglegram
from clusterlib.plotting.style import NOISE

X = datasets.standardize(datasets.iris().X)[::5]
CLASSES = datasets.iris().labels[::5]
Z, OTHER = linkage(X, "ward"), linkage(X, "average")
ORDER = dendrogram(Z, no_plot=True)["leaves"]


def test_the_map_has_the_table_in_the_order_of_the_leaves():
    tree, heat = clustermap(Figure(), Z, X, columns=list("abcd"))
    assert np.array_equal(heat.images[0].get_array(), X[ORDER].T)
    assert [text.get_text() for text in heat.get_yticklabels()] == list("abcd")
    assert tree.get_xlim() == tuple(heat.images[0].get_extent()[:2])
    low, high = heat.images[0].get_clim()
    assert high == -low == abs(X).max()


def test_the_strip_has_the_colour_of_each_class():
    figure = Figure()
    clustermap(figure, Z, X, classes=CLASSES)
    strip = figure.axes[1].images[0]
    drawn = [to_hex(c) for c in strip.cmap(strip.norm(np.asarray(strip.get_array())[0]))]
    assert drawn == [MARKS[CLASSES[leaf]].colour.lower() for leaf in ORDER]


def test_the_strip_has_the_colour_of_noise_where_no_class_is_known():
    known = np.where(np.arange(len(X)) % 2, CLASSES, -1)
    figure = Figure()
    clustermap(figure, Z, X, classes=known)
    strip = figure.axes[1].images[0]
    drawn = [to_hex(c) for c in strip.cmap(strip.norm(np.asarray(strip.get_array())[0]))]
    wanted = [NOISE if known[leaf] < 0 else MARKS[known[leaf]].colour for leaf in ORDER]
    assert drawn == [colour.lower() for colour in wanted]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"X": X[1:]}, "`X` has 29 rows; the tree has 30 leaves"),
        ({"X": X, "columns": ["a"]}, "`columns` has 1 names; `X` has 4 columns"),
        ({"X": X, "classes": CLASSES[1:]}, "classes"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        clustermap(Figure(), Z, **arguments)


def test_each_leaf_is_joined_to_itself():
    figure = Figure()
    left, right = tanglegram(figure, Z, OTHER)
    places = [
        {text.get_text(): y for text, y in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)}
        for ax in (left, right)
    ]
    lines = [line.get_ydata() for line in figure.axes[1].lines]
    assert [tuple(map(float, y)) for y in lines] == [
        (places[0][str(leaf)], places[1][str(leaf)]) for leaf in range(30)
    ]
    assert left.get_xlim()[0] > 0 == left.get_xlim()[1]  # the leaves face each other
    assert right.get_xlim()[0] == 0 < right.get_xlim()[1]


def test_the_second_tree_follows_the_first_as_far_as_it_can():
    swapped = Z.copy()
    swapped[::2, :2] = Z[::2, 1::-1]
    left, right = tanglegram(Figure(), Z, swapped)
    orders = [[text.get_text() for text in ax.get_yticklabels()] for ax in (left, right)]
    assert orders[0] == orders[1]  # the same tree, so no line is crossed


def test_trees_of_other_observations_are_refused():
    with pytest.raises(ValueError, match="`other` has 29 leaves and `Z` 30"):
        tanglegram(Figure(), Z, linkage(X[1:], "ward"))
    with pytest.raises(ValueError, match="`names` has 2 entries for 30 leaves"):
        tanglegram(Figure(), Z, OTHER, names=["a", "b"])


def test_no_name_is_cut_in_a_figure_of_the_book():
    with mpl.rc_context({"figure.constrained_layout.use": True}):
        figure = Figure(figsize=(5.4, 6))
        tanglegram(figure, Z, OTHER)
        figure.canvas.draw()
        box = figure.bbox
        for ax in figure.axes:
            for text in ax.get_yticklabels():
                extent = text.get_window_extent()
                assert box.x0 <= extent.x0
                assert extent.x1 <= box.x1
