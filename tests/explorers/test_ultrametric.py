"""The ultrametric explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import squareform

from clusterlib.explorers import UltrametricExplorer, ultrametric
from tests.browsing import drag, moved, opened, status


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, UltrametricExplorer())
    yield root
    assert root.page.watch.faults == []


def drawn(n, seed=0):
    """Return `n` random states of the explorer as values."""
    g = np.random.default_rng(seed)
    for _ in range(n):
        halves = g.integers(1, ultrametric.STEPS + 1, len(ultrametric.PAIRS))
        method, pair = g.choice(ultrametric.METHODS), g.choice(ultrametric.PAIR_NAMES)
        yield {"distances": ",".join(map(str, halves)), "method": str(method),
               "pair": str(pair), "data": "a chain"}  # fmt: skip


def test_what_the_question_claims():
    explorer = UltrametricExplorer()
    before, after = explorer.state(), explorer.state(place=8)
    assert (before["d"][6], after["d"][6]) == (7, 4)
    lower = [ultrametric.PAIR_NAMES[i] for i in np.flatnonzero(after["u"] < before["u"])]
    assert lower == ["AD", "AE", "BD", "BE", "CD", "CE"]
    assert sum("B" in pair or "E" in pair for pair in ultrametric.PAIR_NAMES) == 7
    for place in range(12, ultrametric.STEPS + 1):  # from 6 on, C and D are nearer
        assert np.array_equal(explorer.state(place=place)["u"], before["u"])


def test_the_third_set_is_its_own_tree():
    state = UltrametricExplorer().state(data="a tree")
    assert np.array_equal(state["u"], state["d"])


def test_heights_are_ultrametric_and_single_linkage_is_the_largest_below():
    explorer = UltrametricExplorer()
    for values in drawn(40):
        state = explorer.state(**values)
        u = squareform(state["u"])
        for i, j, k in itertools.permutations(range(5), 3):
            assert u[i, j] <= max(u[i, k], u[k, j])
        if values["method"] == "complete":
            assert (state["u"] >= state["d"]).all()
        if values["method"] == "single":
            assert (state["u"] <= state["d"]).all()
            walk = [ultrametric.NAMES.index(name) for name in state["walk"]]
            steps = [squareform(state["d"])[a, b] for a, b in itertools.pairwise(walk)]
            assert max(steps) == state["u"][state["chosen"]]
        theirs = scipy_hierarchy.linkage(state["d"], values["method"])
        if len(set(state["d"])) == len(state["d"]):
            assert np.allclose(state["u"], scipy_hierarchy.cophenet(theirs))


def test_page_and_package_say_the_same(root):
    explorer = UltrametricExplorer()
    for values in [*drawn(25, seed=1), {"data": "two groups", "pair": "AE", "method": "average"}]:
        page = moved(root, values, "distances", "d", "u", "values")
        mine = explorer.state(**page["values"])
        assert status(root) == explorer.say(mine)
        assert page["d"] == mine["d"].tolist()
        assert page["u"] == pytest.approx(mine["u"].tolist())


def test_a_bar_can_be_dragged(root):
    drag(root.page, root.locator("[data-handle='6']"), 0, 60)
    assert root.evaluate("r => r.explorer.state.values.pair") == "BE"
    assert root.evaluate("r => r.explorer.state.d[6]") < 7
    root.page.wait_for_timeout(400)
    assert "distances=" in root.page.evaluate("location.hash")
