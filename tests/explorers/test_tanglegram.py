"""The tanglegram explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.stats import kendalltau
from sklearn.metrics import adjusted_rand_score

from clusterlib.explorers import TanglegramExplorer, tanglegram
from clusterlib.hierarchy import is_valid_linkage, leaves_list
from tests.browsing import drag, moved, opened, status

CASES = list(itertools.product(tanglegram.SETS, tanglegram.METHODS, tanglegram.ORDERS))


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, TanglegramExplorer())
    yield root
    assert root.page.watch.faults == []


def test_what_the_question_claims():
    explorer, both = TanglegramExplorer(), {"data": "wine", "left": "ward", "right": "ward"}
    tangled = explorer.state(**both, order="random")
    assert (tangled["crossings"], len(tangled["here"])) == (219, 30)
    assert 30 * 29 // 2 == 435
    assert tangled["r"] == pytest.approx(1)
    assert tangled["rand"] == 1
    assert explorer.state(**both, order="follow")["crossings"] == 0


@pytest.mark.parametrize("data", tanglegram.SETS)
def test_swapped_arms_change_the_order_and_nothing_else(data):
    explorer = TanglegramExplorer()
    states = [explorer.state(data=data, right="complete", order=order, swapped=swapped)
              for order in tanglegram.ORDERS for swapped in ("", "3", "0,7,28")]  # fmt: skip
    assert len({tuple(state["there"].tolist()) for state in states}) == len(states)
    u = scipy_hierarchy.cophenet(states[0]["V"])
    for state in states:
        assert is_valid_linkage(state["V"])
        assert np.array_equal(scipy_hierarchy.cophenet(state["V"]), u)
        assert np.array_equal(leaves_list(state["V"]), state["there"])


@pytest.mark.parametrize(("data", "right", "order"), CASES[::2])
def test_numbers_are_those_of_others(data, right, order):
    state = TanglegramExplorer().state(data=data, right=right, order=order, k=4)
    tau = kendalltau(np.argsort(state["here"]), np.argsort(state["there"])).statistic
    assert state["crossings"] == round(435 * (1 - tau) / 2)
    trees = state["Z"], state["V"]
    assert state["r"] == pytest.approx(np.corrcoef(*map(scipy_hierarchy.cophenet, trees))[0, 1])
    cuts = [scipy_hierarchy.cut_tree(tree, 4).ravel() for tree in trees]
    assert state["rand"] == pytest.approx(adjusted_rand_score(*cuts))


def test_following_crosses_less_than_chance():
    explorer = TanglegramExplorer()
    for data, right in itertools.product(tanglegram.SETS, tanglegram.METHODS):
        follow, random = (explorer.state(data=data, right=right, order=order)["crossings"]
                          for order in ("follow", "random"))  # fmt: skip
        assert follow < random


def test_page_and_package_say_the_same(root):
    explorer = TanglegramExplorer()
    for (data, right, order), k in zip(CASES, itertools.cycle((1, 3, 8, 2)), strict=False):
        left = tanglegram.METHODS[k % 5]
        for patch, key in (
            ({"data": data, "left": left, "right": right, "order": order, "k": k}, "order"),
            ({"merge": 3 * k, "swapped": f"2,{3 * k}"}, "merge"),
        ):
            page = moved(root, patch, key, "values", "labels", "left.order", "right.order")
            mine = explorer.state(**page["values"])
            assert status(root) == explorer.say(mine)
            assert page["labels"] == mine["labels"].tolist()
            assert page["left.order"] == mine["here"].tolist()
            assert page["right.order"] == mine["there"].tolist()


def test_a_click_swaps_the_arms_of_a_merge_and_so_does_the_box(root):
    order = "r => r.explorer.state.right.order.join()"
    before = root.evaluate(order)
    drag(root.page, root.locator("[data-handle='28']"), 0, 0)
    assert root.evaluate("r => r.explorer.state.values.swapped") == "28"
    assert root.evaluate(order) != before
    box = root.get_by_label("Swap its arms")
    assert box.is_checked()
    box.focus()
    root.page.keyboard.press("Space")
    assert root.evaluate(order) == before


def test_a_swap_moves_the_explorer_of_the_kernel_too():
    explorer = TanglegramExplorer()
    values = explorer.change({**explorer.state()["values"], "merge": 5, "swap": True}, "swap")
    assert explorer.state(**values)["values"]["swapped"] == "5"
    values = explorer.change({**values, "swap": False}, "swap")
    assert explorer.state(**values)["values"]["swapped"] == ""
    values["swapped"] = "4"
    assert explorer.change(values, "right")["swapped"] == ""
