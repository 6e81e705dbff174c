"""The number line explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest

from clusterlib.explorers import NumberLineExplorer, number_line
from tests.browsing import drag, moved, opened, status


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, NumberLineExplorer())
    yield root
    assert root.page.watch.faults == []


def sizes(state):
    return [size for _, _, _, size in state["clusters"]]


def test_what_the_question_claims():
    explorer = NumberLineExplorer()
    assert np.all(np.diff(explorer.state()["x"], 2) > 0)  # each gap is wider than the one before
    for method in number_line.METHODS:
        expected = [7, 1] if method == "single" else [4, 4]
        assert sizes(explorer.state(method=method, k=2)) == expected


@pytest.mark.parametrize("data", number_line.SETS)
def test_single_linkage_is_the_list_of_gaps(data):
    state = NumberLineExplorer().state(data=data, method="single")
    assert np.allclose(state["Z"][:, 2], np.sort(np.diff(np.sort(state["x"]))))


@pytest.mark.parametrize("method", number_line.METHODS)
def test_clusters_on_a_line_are_intervals(method):
    g = np.random.default_rng(2)
    explorer = NumberLineExplorer()
    for _ in range(20):
        points = ",".join(f"{v:.3f}" for v in g.uniform(0, 9, 9))
        found = explorer.state(method=method, points=points, k=int(g.integers(1, 9)))["clusters"]
        for (_, _, high, _), (_, low, _, _) in itertools.pairwise(found):
            assert high < low


def test_equal_gaps_cannot_be_parted_one_by_one():
    explorer = NumberLineExplorer()
    words = explorer.say(explorer.state(data="even", k=3))
    assert "asked for 3, got 1 cluster, because merges tie" in words


def test_a_point_moves_without_a_mouse():
    explorer = NumberLineExplorer()
    values = explorer.change({**explorer.state()["values"], "point": 7, "place": 50}, "place")
    low, high = explorer.reach("growing")
    state = explorer.state(**values)
    assert state["x"][7] == pytest.approx((low + high) / 2, abs=1e-3)
    assert state["values"]["place"] == 50


def test_page_and_package_say_the_same(root):
    explorer = NumberLineExplorer()
    for data in ("growing", "groups", "five"):
        for method in number_line.METHODS:
            for k in (1, 2, 4):
                page = moved(root, {"data": data, "method": method, "k": k}, "k", "values", "x")
                mine = explorer.state(**page["values"])
                assert status(root) == explorer.say(mine)
                assert page["x"] == mine["x"].tolist()


def test_points_and_the_cut_can_be_dragged(root):
    page = root.page
    drag(page, root.locator("circle[data-handle='7']"), -60, 0)
    assert root.evaluate("r => r.explorer.state.x[7]") < 9
    page.wait_for_timeout(400)
    assert "points=" in page.evaluate("location.hash")
    height = root.locator(".clx-main svg").bounding_box()["height"]
    drag(page, root.locator("[data-handle=cut]"), 0, 0.4 * height)
    assert root.evaluate("r => r.explorer.state.clusters.length") == 8
