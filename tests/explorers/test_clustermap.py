"""The clustermap explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import cdist, pdist

from clusterlib.explorers import ClustermapExplorer, clustermap
from tests.browsing import drag, moved, opened, status
from tests.node import call

CASES = list(itertools.product(clustermap.SETS, clustermap.METHODS))


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, ClustermapExplorer())
    yield root
    assert root.page.watch.faults == []


def test_what_the_question_claims():
    state = ClustermapExplorer().state(data="wine", method="ward", order="tree", k=3)
    order, labels = state["order"], state["labels"]
    assert len(order) == 30
    border = next(i for i in range(29) if labels[order[i]] != labels[order[i + 1]])
    first, neighbour = order[border : border + 2]
    d = cdist(state["X"][[first]], state["X"])[0]
    others = np.delete(np.arange(30), [first, neighbour])
    assert (len(others), (d[others] < d[neighbour]).sum()) == (28, 27)


@pytest.mark.parametrize(("data", "method"), CASES)
def test_the_optimal_order_keeps_the_tree_and_brings_neighbours_together(data, method):
    explorer = ClustermapExplorer()
    apart = {order: explorer.state(data=data, method=method, order=order)["apart"]
             for order in clustermap.ORDERS}  # fmt: skip
    assert apart["optimal"] < apart["tree"] < apart["table"]
    X = clustermap.table(data)[0]
    theirs = scipy_hierarchy.optimal_leaf_ordering(
        scipy_hierarchy.linkage(X, method), pdist(X)
    )
    order = scipy_hierarchy.leaves_list(theirs)
    steps = [np.linalg.norm(X[a] - X[b]) for a, b in itertools.pairwise(order)]
    assert apart["optimal"] <= np.mean(steps) + 1e-9


def test_shuffled_columns_keep_their_numbers_and_lose_their_blocks():
    X, names = clustermap.table("wine")
    shuffled = clustermap.table("shuffled")[0]
    assert np.array_equal(np.sort(X, axis=0), np.sort(shuffled, axis=0))
    assert len(names) == 13
    explorer = ClustermapExplorer()
    real, nothing = (np.abs(explorer.state(data=data)["means"]).max()
                     for data in ("wine", "shuffled"))  # fmt: skip
    assert real > nothing


def test_page_and_package_say_the_same(root):
    explorer = ClustermapExplorer()
    cases = zip(CASES, itertools.cycle(clustermap.ORDERS), itertools.cycle((1, 2, 3, 7)))
    for (data, method), order, k in cases:
        patch = {"data": data, "method": method, "order": order, "k": k, "g": 1 + k % 3}
        page = moved(root, patch, "k", "values", "labels", "groups", "means", "rows.order")
        mine = explorer.state(**page["values"])
        assert status(root) == explorer.say(mine)
        assert page["labels"] == mine["labels"].tolist()
        assert page["groups"] == mine["groups"].tolist()
        assert np.allclose(page["means"], mine["means"])
        assert page["rows.order"] == mine["order"].tolist()


def test_both_trees_are_cut_by_dragging(root):
    drag(root.page, root.locator("[data-handle=rows]"), 0, 25)
    assert root.evaluate("r => r.explorer.state.values.k") > 3
    drag(root.page, root.locator("[data-handle=columns]"), 25, 0)
    assert root.evaluate("r => r.explorer.state.values.g") > 2


def test_shades_are_those_of_the_static_picture():
    values = [-9, -2.5, -1, -0.01, 0, 0.3, 1.7, 2.5, 4]
    page = [call("clustermap.js", "shade", v) for v in values]
    assert page == [clustermap.shade(v) for v in values]
