"""Pictures: marks, house style, cells, and the counts each picture must show."""

import collections
import itertools
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from nbclient import NotebookClient
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib import datasets, plotting, validity

mpl.use("Agg")


@pytest.fixture(autouse=True)
def house_style():
    with mpl.rc_context():
        plotting.use_house_style()
        yield
        plt.close("all")


def luminance(colour):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(channels, [0.2126, 0.7152, 0.0722]))


def contrast(a, b):
    dark, light = sorted([luminance(a), luminance(b)])
    return (light + 0.05) / (dark + 0.05)


# ------------------------------------------------------------------- marks and style
def test_marks_are_told_apart_without_hue():
    assert len(plotting.MARKS) == 8
    for field in ("name", "colour", "marker", "hatch", "dashes"):
        assert len({getattr(m, field) for m in plotting.MARKS}) == 8, field
    assert plotting.MARKS[0].colour == "#0072B2" and plotting.MARKS[5].colour == "#D55E00"


def test_marks_repeat_from_the_ninth_cluster():
    assert plotting.mark_of(8) is plotting.MARKS[0]
    with pytest.raises(ValueError, match="`cluster`"):
        plotting.mark_of(-1)


def test_text_edges_and_lines_stand_out_from_the_paper():
    assert contrast(plotting.INK, plotting.PAPER) > 7
    assert contrast(plotting.NOISE, plotting.PAPER) > 4.5
    for colour in mpl.rcParams["axes.prop_cycle"].by_key()["color"]:
        assert contrast(colour, plotting.PAPER) > 3, colour


def test_figures_are_legible_at_phone_width():
    fig, axes = plotting.panels(2)
    shown = 358 / (fig.get_figwidth() * 96)  # CSS pixels of a phone column
    tick = axes[0].xaxis.get_ticklabels()[0].get_fontsize() * 96 / 72
    assert tick * shown > 10


def test_svg_is_the_same_each_time_and_undated():
    def draw():
        fig, (ax,) = plotting.panels(1)
        plotting.scatter_clusters(ax, datasets.clouds().X, datasets.clouds().labels)
        return plotting.figure_svg(fig)

    first, second = draw(), draw()
    assert first == second
    assert "dc:date" not in first
    assert ET.fromstring(first).tag.endswith("svg")


def test_notebook_shows_the_same_svg_in_each_run():
    cells = [
        "from clusterlib import plotting\nplotting.use_house_style()",
        "fig, (ax,) = plotting.panels(1)\nax = plotting.scatter_clusters(ax, [[0, 0]], [1])",
    ]

    def run():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
        (output,) = [o for o in notebook.cells[1].outputs if o.output_type == "display_data"]
        return output.data

    first, second = run(), run()
    assert set(first) == {"image/svg+xml", "text/plain"}
    assert first["image/svg+xml"] == second["image/svg+xml"]
    assert "dc:date" not in first["image/svg+xml"]


# ------------------------------------------------------------------- scatter
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


# ------------------------------------------------------------------- steady labels
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


# ------------------------------------------------------------------- cells
def area(polygon):
    x, y = polygon.T
    return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


@pytest.mark.parametrize("k", [1, 2, 3, 8, 30])
def test_cells_tile_the_box_and_hold_their_nearest_points(k):
    g = np.random.default_rng(k)
    C = g.uniform(-0.5, 1.5, (k, 2))
    polygons = plotting.voronoi_polygons(C, (0, 1, 0, 1))
    assert sum(area(p) for p in polygons if len(p)) == pytest.approx(1)
    points = g.uniform(0, 1, (20000, 2))
    nearest = ((points[:, None] - C) ** 2).sum(2).argmin(1)
    share = np.bincount(nearest, minlength=k) / len(points)
    np.testing.assert_allclose([area(p) if len(p) else 0 for p in polygons], share, atol=0.02)
    for i, polygon in enumerate(polygons):
        for corner in polygon:
            distances = np.hypot(*(C - corner).T)
            assert distances[i] == pytest.approx(distances.min(), abs=1e-9)


def test_equal_code_words_share_one_cell():
    polygons = plotting.voronoi_polygons([[0.2, 0.5], [0.2, 0.5], [0.8, 0.5]], (0, 1, 0, 1))
    assert [len(p) > 0 for p in polygons] == [True, False, True]
    assert area(polygons[0]) == pytest.approx(0.5)


def test_cells_of_a_lattice_touch_in_exact_corners():
    C = list(itertools.product([0.0, 1.0], repeat=2))
    for polygon in plotting.voronoi_polygons(C, (-0.5, 1.5, -0.5, 1.5)):
        assert area(polygon) == 1


def test_cells_refuse():
    with pytest.raises(ValueError, match="`box`"):
        plotting.voronoi_polygons([[0, 0]], (1, 0, 0, 1))
    with pytest.raises(ValueError, match="`C` has 3 columns"):
        plotting.voronoi_polygons([[0, 0, 0]], (0, 1, 0, 1))


def test_cells_fill_the_present_view():
    _, (ax,) = plotting.panels(1)
    plotting.scatter_clusters(ax, datasets.clouds().X)
    plotting.voronoi_cells(ax, datasets.clouds().centres)
    assert ax.get_xlim()[0] < datasets.clouds().X[:, 0].min()
    assert len(ax.patches) == 5  # three tints; the first mark has no hatch


# ------------------------------------------------------------------- trees
def ward_of_twelve():
    X = datasets.twelve_points().X
    return X, hierarchy.linkage(X, "ward")


def colours_of_links(ax):
    return [tuple(c) for c in ax.collections[0].get_colors()]


def test_tree_shows_the_cut_0_2():
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


def test_inversions_are_marked_L3_L4():
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


# ------------------------------------------------------------------- scores
def test_silhouette_bars_hold_each_value_once():
    X, labels = datasets.iris().X, datasets.iris().labels
    s = validity.silhouette_samples(X, labels)
    _, (ax,) = plotting.panels(1)
    plotting.silhouette_plot(ax, s, labels)
    assert len(ax.collections) == 3
    for cluster, bars in enumerate(ax.collections):
        assert tuple(bars.get_facecolor()[0][:3]) == to_rgb(plotting.MARKS[cluster].colour)
        assert (bars.get_hatch() or "") == plotting.MARKS[cluster].hatch
        widths = bars.get_paths()[0].vertices[:, 0]
        assert widths.max() == pytest.approx(s[labels == cluster].max())
    assert ax.lines[0].get_xdata()[0] == pytest.approx(s.mean())


def test_roc_picture_shares_the_line_of_chance():
    truth, scores = [0, 1, 0, 1, 1], [1, 2, 3, 4, 5]
    _, (ax,) = plotting.panels(1)
    plotting.plot_roc(ax, truth, scores, "first")
    plotting.plot_roc(ax, truth, [1, 1, 2, 2, 2], "second", mark=5)
    assert len(ax.lines) == 3
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), validity.roc_curve(truth, scores)[1])
    assert ax.lines[2].get_color() == plotting.MARKS[5].colour


def test_importing_the_room_imports_no_matplotlib():
    code = "import sys, clusterlib.plotting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
