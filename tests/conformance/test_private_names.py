"""The private names of SciPy that public code imports: here, or the page says why not."""

import importlib
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from notebooks import ROOT

from clusterlib import distance, hierarchy, vq
from tests.outcomes import PAGES

PAGE = (ROOT / "reference" / "known_differences.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `(\w+)\.(_\w+)` \| .* \| (yes|no: .+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("page", "name", "here"), LISTED)
def test_the_page_tells_which_names_are_here(page, name, here):
    assert hasattr(importlib.import_module(f"clusterlib.{page}"), name) == (here == "yes")


def test_the_list_is_whole():
    assert len(LISTED) == len(re.findall(r"^\| `\w+\._\w+`", PAGE, re.MULTILINE)) > 25
    offered = {(page, name) for page, name, here in LISTED if here == "yes"}
    for page in PAGES:
        module = importlib.import_module(f"clusterlib.{page}.private_names")
        made = {name for name, thing in vars(module).items() if name[0] == "_" and name[1] != "_"}
        assert made - {"_palette", "_rows"} == {name for where, name in offered if where == page}


@pytest.mark.parametrize("name", ["_LINKAGE_METHODS", "_EUCLIDEAN_METHODS", "_link_line_colors"])
def test_tables_of_hierarchies_are_scipys(name):
    ours, scipys = getattr(hierarchy, name), importlib.import_module(PAGES["hierarchy"])
    assert list(ours) == list(getattr(scipys, name))
    if isinstance(ours, dict):
        assert ours == getattr(scipys, name)


def test_the_palette_is_the_one_that_is_drawn_with():
    hierarchy.set_link_color_palette(["r"])
    assert hierarchy._link_line_colors == ["r"]
    hierarchy.set_link_color_palette(None)


def test_sizes_and_rotations_of_labels_are_scipys():
    scipys = importlib.import_module(PAGES["hierarchy"])
    for n in (1, 20, 21, 40, 41, 50, 51, 85, 86, 10**6):
        assert hierarchy._get_tick_rotation(n) == scipys._get_tick_rotation(n)
        assert hierarchy._get_tick_text_size(n) == scipys._get_tick_text_size(n)
    assert hierarchy._remove_dups([3, 1, 3, 2]) == scipys._remove_dups([3, 1, 3, 2])


def test_metrics_are_scipys():
    scipys = importlib.import_module(PAGES["distance"])
    assert scipys._METRICS_NAMES == distance._METRICS_NAMES
    assert scipys._METRICS.keys() == distance._METRICS.keys()
    for ours, theirs in zip(distance._METRIC_INFOS, scipys._METRIC_INFOS, strict=True):
        assert ours.canonical_name == theirs.canonical_name
        assert ours.aka == theirs.aka
        assert ours.dist_func.__name__ == theirs.dist_func.__name__
    assert distance._METRIC_ALIAS["e"].canonical_name == "euclidean"
    assert scipys._METRIC_ALIAS.keys() == distance._METRIC_ALIAS.keys()


def test_a_vector_has_one_axis():
    assert distance._validate_vector((1, 2), dtype=float).tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="1-D"):
        distance._validate_vector([[1]])


@pytest.mark.parametrize("start", ["_kpoints", "_krandinit", "_kpp"])
@pytest.mark.parametrize("X", [np.arange(12.0).reshape(6, 2) ** 2, np.arange(6.0)[:, None]])
def test_starts_are_scipys(start, X):
    scipys = getattr(importlib.import_module(PAGES["vq"]), start)
    ours = getattr(vq, start)(X, 3, np.random.default_rng(0))
    np.testing.assert_allclose(ours, scipys(X, 3, np.random.default_rng(0), np))
    assert getattr(vq, start)(X[:, 0], 2).shape == (2, 1)
    assert vq._valid_init_meth.keys() == {"random", "points", "++"}


@pytest.mark.parametrize("orientation", ["top", "left"])
def test_a_tree_is_drawn_from_its_lists(orientation):
    Z = hierarchy.single([[0.0], [1.0], [3.0]])
    d = hierarchy.dendrogram(Z, no_plot=True)
    figure, (ours, ax) = plt.subplots(2)
    lists = (d["icoord"], d["dcoord"], d["ivl"], 30, 3, 2.0, orientation, False, d["color_list"])
    hierarchy._plot_dendrogram(*lists, ax=ours)
    hierarchy.dendrogram(Z, ax=ax, orientation=orientation)
    for one, other in zip(ours.collections, ax.collections, strict=True):
        np.testing.assert_array_equal(one.get_segments(), other.get_segments())
    assert [t.get_text() for t in ours.get_xticklabels()] == [
        t.get_text() for t in ax.get_xticklabels()
    ]
    plt.close(figure)
