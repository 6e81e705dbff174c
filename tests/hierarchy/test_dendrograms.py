"""The tree as a picture: order, prune, place, colour, draw."""

import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy.cluster import hierarchy

from clusterlib.datasets import iris, twelve_points
from clusterlib.hierarchy.dendrograms import (
    coordinates,
    dendrogram,
    link_colors,
    prune,
    set_link_color_palette,
    sides_in_order,
)
from clusterlib.hierarchy.leaf_intervals import intervals
from clusterlib.hierarchy.trees import leaves_list
from tests.oracles import chain
from tests.strategies import trees

mpl.use("Agg")
few = settings(max_examples=60, deadline=None)

#   6 (height 4)
#   |-- 4 (height 1): leaves 0, 1
#   `-- 5 (height 2): leaves 2, 3
FOUR = np.array([[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 4.0, 4]])


def computed(Z, **options):
    return dendrogram(Z, no_plot=True, **options)


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "count_sort": st.sampled_from([False, True, "ascending", "descending"]),
        "distance_sort": st.sampled_from([False, True, "ascending", "descending"]),
        "color_threshold": st.sampled_from([None, "default", -1, 0, 0.2, 1.0, 50]),
        "above_threshold_color": st.sampled_from(["C0", "grey"]),
        "show_leaf_counts": st.booleans(),
        "leaf_label_func": st.just("node {}".format),
        "link_color_func": st.just("C{}".format),
        "orientation": st.sampled_from(["top", "bottom", "left", "right"]),
    },
)


def colours_of_leaves(drawn):
    """Return the colour of the first link that ends at height 0 where each leaf stands.

    SciPy takes the last: above merges of equal points that is another link (found here).
    """
    first = {}
    for x, y, colour in zip(drawn["icoord"], drawn["dcoord"], drawn["color_list"]):
        for end in (0, 3):
            if y[end] == 0:
                first.setdefault(x[end], colour)
    return [first.get(5.0 + 10 * i) for i in range(len(drawn["leaves"]))]


@few
@given(trees(), OPTIONS, st.integers(0, 30), st.booleans())
def test_what_is_drawn_is_scipys(Z, options, p, truncate):
    if truncate:
        options |= {"truncate_mode": "lastp", "p": p}
    options["labels"] = [f"leaf {i}" for i in range(len(Z) + 1)]
    ours, theirs = computed(Z, **options), hierarchy.dendrogram(Z, no_plot=True, **options)
    assert list(ours) == list(theirs)
    theirs["leaves_color_list"] = colours_of_leaves(theirs)
    for key in theirs:
        assert np.array_equal(ours[key], theirs[key]), key


@few
@given(trees(), st.integers(-1, 8))
def test_levels_are_scipys_but_for_the_first_merge(Z, p):
    """SciPy never contracts node n, so one link may show a level too deep (found here)."""
    n = len(Z) + 1
    ours = computed(Z, truncate_mode="level", p=p)
    theirs = hierarchy.dendrogram(Z, truncate_mode="level", p=p, no_plot=True)
    theirs["leaves_color_list"] = colours_of_leaves(theirs)
    if n not in ours["leaves"]:
        assert all(np.array_equal(ours[key], theirs[key]) for key in theirs)
    else:
        place = ours["leaves"].index(n)
        pair = Z[0, :2].astype(int).tolist()
        assert ours["leaves"][:place] + pair + ours["leaves"][place + 1 :] == theirs["leaves"]


def test_the_first_merge_is_contracted_below_the_levels_shown():
    Z = chain(5)
    assert computed(Z, truncate_mode="level", p=2)["ivl"] == ["4", "3", "2", "(2)"]
    assert computed(Z, truncate_mode="level", p=3)["ivl"] == ["4", "3", "2", "0", "1"]


@few
@given(trees())
def test_the_drawing_is_a_tree(Z):
    drawn = computed(Z)
    n = len(Z) + 1
    assert drawn["leaves"] == leaves_list(Z).tolist()
    assert drawn["ivl"] == [str(leaf) for leaf in drawn["leaves"]]
    assert len(drawn["icoord"]) == len(drawn["color_list"]) == n - 1
    tops = {
        ((x[0] + x[2]) / 2, y[1]) for x, y in zip(drawn["icoord"], drawn["dcoord"], strict=True)
    }
    feet = {(10.0 * i + 5, 0.0) for i in range(n)}
    for x, y in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        assert (x[0], y[0]) in tops | feet and (x[3], y[3]) in tops | feet
        assert x[0] == x[1] < x[2] == x[3] and y[1] == y[2]


# the four steps


def test_sides_in_order():
    Z = np.array([[0, 1, 2.0, 2], [2, 3, 3.0, 2], [5, 6, 4.0, 3], [4, 7, 5.0, 5]])
    Z = np.array([[0, 1, 2.0, 2], [3, 4, 3.0, 2], [5, 2, 4.0, 3], [7, 6, 5.0, 5]])
    assert sides_in_order(Z).tolist() == [[0, 1], [3, 4], [5, 2], [7, 6]]
    assert sides_in_order(Z, "ascending").tolist() == [[0, 1], [3, 4], [2, 5], [6, 7]]
    assert sides_in_order(Z, "descending").tolist() == [[1, 0], [4, 3], [5, 2], [7, 6]]
    assert sides_in_order(Z, None, "ascending").tolist() == [[0, 1], [3, 4], [2, 5], [6, 7]]


def test_prune_gives_a_smaller_tree():
    nodes, children = prune(FOUR[:, :2].astype(int), np.array([False, True, True]))
    assert sorted(nodes[:3].tolist()) == [2, 3, 4] and nodes[3:].tolist() == [5, 6]
    assert nodes[children].tolist() == [[2, 3], [4, 5]]
    nodes, children = prune(FOUR[:, :2].astype(int), np.zeros(3, dtype=bool))
    assert nodes.tolist() == [6] and children.shape == (0, 2)


def test_coordinates_by_hand():
    height = np.array([0, 0, 0, 0, 1.0, 2.0, 4.0])
    icoord, dcoord = coordinates(intervals(FOUR[:, :2].astype(int)), height)
    assert icoord.tolist() == [[5, 5, 15, 15], [25, 25, 35, 35], [10, 10, 30, 30]]
    assert dcoord.tolist() == [[0, 1, 1, 0], [0, 2, 2, 0], [1, 4, 4, 2]]


def test_colours_by_hand():
    tree = intervals(FOUR[:, :2].astype(int))
    height = np.array([0, 0, 0, 0, 1.0, 2.0, 4.0])
    assert link_colors(tree, height, 3.0, ["r", "g"], "k") == ["r", "g", "k"]
    assert link_colors(tree, height, 3.0, ["r"], "k") == ["r", "r", "k"]
    assert link_colors(tree, height, 2.0, ["r", "g"], "k") == ["r", "k", "k"]
    assert link_colors(tree, height, 0.0, ["r", "g"], "k") == ["k", "k", "k"]
    assert link_colors(tree, height, 9.0, ["r", "g"], "k") == ["r", "r", "r"]


# data


def test_default_colours_of_the_twelve_points():
    drawn = computed(hierarchy.ward(twelve_points().X))
    assert drawn["leaves_color_list"] == ["C1"] * 3 + ["C2"] * 3 + ["C3"] * 3 + ["C4"] * 3


def test_truncated_iris():
    Z = hierarchy.ward(iris().X)
    drawn = computed(Z, truncate_mode="lastp", p=8)
    assert drawn["ivl"] == ["(21)", "(29)", "(24)", "(12)", "(4)", "(22)", "(15)", "(23)"]
    below = [color for color in set(computed(Z)["color_list"]) if color != "C0"]
    assert len(below) == 2


def test_leaf_colours_where_merges_have_no_height():
    X = np.array([[3.0, 0], [0, 3], [0, 5], [0, 3], [0, 4], [0, 4], [9, 9], [9, 9]])
    Z = hierarchy.single(X)
    drawn = computed(Z, link_color_func=lambda node: f"link {node}")
    joins = {int(c): f"link {8 + row}" for row in range(7) for c in Z[row, :2]}
    assert drawn["leaves_color_list"] == [joins[leaf] for leaf in drawn["leaves"]]
    assert computed(np.array([[0, 1, 0.0, 2]]))["color_list"] == ["C0"]


def test_one_leaf_is_left():
    drawn = computed(FOUR, truncate_mode="lastp", p=1)
    assert drawn["ivl"] == ["(4)"] and drawn["leaves"] == [6]
    assert drawn["icoord"] == drawn["color_list"] == [] and drawn["leaves_color_list"] == [None]


def test_get_leaves_false_leaves_them_out():
    """SciPy ends in a TypeError (found here)."""
    drawn = computed(FOUR, get_leaves=False)
    assert drawn["leaves"] is None and drawn["leaves_color_list"] == ["C1", "C1", "C2", "C2"]


@pytest.mark.parametrize("p", [2, np.int64(2), np.float32(2.9), 2.0])
def test_p_may_be_any_kind_of_number(p):
    assert computed(FOUR, truncate_mode="lastp", p=p)["leaves"] == [4, 5]
    assert len(computed(FOUR, truncate_mode="lastp", p=np.inf)["leaves"]) == 4


NAMES = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "labels",
    [
        NAMES,
        tuple(NAMES),
        np.array(NAMES),
        pd.Index(NAMES),
        pd.Series(NAMES),
        "abcd",
        pd.Series(NAMES, index=[9, 2, 0, 1]),
        pd.Categorical(NAMES),
        dict.fromkeys(NAMES),
    ],
)
def test_labels_go_by_position(labels):
    assert computed(FOUR, labels=labels, count_sort="descending")["ivl"] == list("dcba")


@pytest.mark.parametrize("labels", [[], list("abc"), list("abcde"), np.array(["a"])])
def test_a_wrong_number_of_labels_is_refused(labels):
    with pytest.raises(ValueError, match="Dimensions of Z and labels must be consistent"):
        computed(FOUR, labels=labels)


@pytest.mark.parametrize(
    ("options", "error", "named"),
    [
        ({"orientation": "up"}, ValueError, "`orientation`.*'bottom'"),
        ({"truncate_mode": "last"}, ValueError, "`truncate_mode`.*'lastp'"),
        ({"p": "3"}, TypeError, "`p`"),
        ({"truncate_mode": "lastp", "p": -1}, ValueError, "`p`"),
        ({"truncate_mode": "level", "p": np.nan}, ValueError, "`p`"),
        ({"count_sort": "descendent"}, ValueError, "`count_sort`.*'descending'"),
        ({"distance_sort": "down"}, ValueError, "`distance_sort`"),
        ({"color_threshold": np.nan}, ValueError, "`color_threshold`"),
        ({"link_color_func": lambda node: node}, TypeError, "`link_color_func`"),
    ],
)
def test_faults_of_the_options_are_named(options, error, named):
    with pytest.raises(error, match=named):
        computed(FOUR, **options)


def test_the_palette_is_used_again_and_brought_back():
    Z = hierarchy.single(np.array([[0.0], [1], [10], [11], [20], [21]]))

    def colors():
        return [c for c in computed(Z, color_threshold=5)["color_list"] if c != "C0"]

    default = colors()
    try:
        set_link_color_palette(["m", "y"])
        assert colors() == ["m", "y", "m"]
    finally:
        set_link_color_palette(None)
    assert colors() == default == ["C1", "C2", "C3"]
    for bad in ("my", ["m", 1], 3):
        with pytest.raises(TypeError, match="`palette`"):
            set_link_color_palette(bad)
    with pytest.raises(ValueError, match="`palette` is empty"):
        set_link_color_palette([])
    assert colors() == default


def test_a_chain_of_20000_leaves_passes_through():
    n = 20_000
    drawn = computed(chain(n), color_threshold=0)
    assert drawn["leaves"][:3] == [n - 1, n - 2, n - 3] and len(drawn["icoord"]) == n - 1
    last = computed(chain(n), truncate_mode="lastp", p=3)
    assert last["ivl"] == [str(n - 1), str(n - 2), f"({n - 2})"]
    assert len(computed(chain(n), truncate_mode="level", p=7)["ivl"]) == 9
    drawn = dendrogram(chain(n), truncate_mode="lastp", p=2, show_contracted=True)
    assert len(plt.gca().artists) + len(plt.gca().patches) == n - 3
    plt.close("all")


def test_no_input_is_changed():
    Z = FOUR.copy()
    Z.flags.writeable = False
    for options in ({}, {"count_sort": "descending"}, {"truncate_mode": "lastp", "p": 2}):
        computed(Z, **options)
        computed(Z.tolist(), **options)
    assert_array_equal(Z, FOUR)


# drawing


@pytest.fixture(autouse=True)
def _clean():
    plt.close("all")
    yield
    plt.close("all")


def picture(function, Z, **options):
    """Draw, and return everything about the axes that a reader can see."""
    fig, ax = plt.subplots()
    function(Z, ax=ax, **options)
    fig.canvas.draw()
    lines = {
        tuple(c.get_color()[0]): sorted(np.round(s, 9).tolist() for s in c.get_segments())
        for c in ax.collections
    }
    texts = [
        (t.get_text(), t.get_rotation(), t.get_size(), *np.round(t.get_position(), 9))
        for axis in (ax.xaxis, ax.yaxis)
        for t in axis.get_ticklabels()
    ]
    marks = [
        (
            *np.round(e.get_center(), 9),
            *np.round([e.get_width(), e.get_height()], 9),
            e.get_alpha(),
            e.get_facecolor(),
        )
        for e in (*ax.artists, *ax.patches)
    ]
    ticks = [line.get_visible() for line in (*ax.get_xticklines(), *ax.get_yticklines())]
    plt.close(fig)
    return *np.round(ax.axis(), 9), list(lines), lines, texts, sorted(marks), ticks


@pytest.mark.parametrize("orientation", ["top", "bottom", "left", "right"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"no_labels": True},
        {"leaf_rotation": 0},
        {"leaf_rotation": 30, "leaf_font_size": 7},
        {"leaf_font_size": 20},
        {"truncate_mode": "lastp", "p": 5, "show_contracted": True},
        {"color_threshold": 0.5, "above_threshold_color": "k"},
        {
            "link_color_func": lambda node: f"C{node % 5}",
            "labels": list("abcdefghijklmnopqrstuvwx"),
        },
    ],
)
def test_the_picture_is_scipys(orientation, options):
    X = np.random.default_rng(3).random((24, 2))
    Z = hierarchy.average(X)
    ours = picture(dendrogram, Z, orientation=orientation, **options)
    assert ours == picture(hierarchy.dendrogram, Z, orientation=orientation, **options)


@pytest.mark.parametrize("n", [20, 21, 30, 31, 50, 51, 85, 86])
def test_labels_grow_smaller_and_turn_as_they_grow_in_number(n):
    Z = chain(n)
    assert picture(dendrogram, Z) == picture(hierarchy.dendrogram, Z)


def test_only_the_given_axes_are_touched():
    _, (left, right) = plt.subplots(1, 2)
    dendrogram(FOUR, ax=left)
    assert left.collections and not right.collections and len(plt.get_fignums()) == 1


def test_the_current_axes_are_the_default():
    dendrogram(FOUR)
    assert len(plt.gca().collections) == 3  # two clusters and what joins them


def test_a_tree_without_height_is_drawn():
    """SciPy warns of identical limits (found here)."""
    _, ax = plt.subplots()
    dendrogram(FOUR * [1, 1, 0, 1], ax=ax)
    assert ax.get_ylim() == (0, 1)


def test_without_matplotlib_computing_works_and_drawing_says_what_to_do():
    code = """
import sys
sys.modules["matplotlib"] = None
from clusterlib.hierarchy.dendrograms import dendrogram
Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 3]]
assert dendrogram(Z, no_plot=True)["ivl"] == ["2", "0", "1"]
try:
    dendrogram(Z)
except ImportError as error:
    assert "no_plot=True" in str(error), error
else:
    sys.exit("drew without matplotlib")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
