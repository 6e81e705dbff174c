"""The reachability explorer: what its question claims, and the page against the package."""

import itertools

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from clusterlib import datasets
from clusterlib.explorers import ReachabilityExplorer, reachability
from clusterlib.validity import adjusted_rand_index
from tests.browsing import drag, moved, opened, status


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, ReachabilityExplorer())
    yield root
    assert root.page.watch.faults == []


def test_what_the_question_claims():
    explorer, world = ReachabilityExplorer(), datasets.world("bridge")
    cut = explorer.state(data="bridge", m=5, shown="cut", k=2)
    assert cut["sizes"] == [92, 1]
    assert world.labels[cut["labels"] < 0] != -1  # the stray point is one of a cloud
    plain = explorer.state(data="bridge", m=2, shown="cut", k=2)
    assert plain["sizes"] == [92, 1]  # as it does with plain distances
    groups = explorer.state(data="bridge", m=5)
    assert groups["sizes"] == [50, 39]
    assert (groups["labels"] < 0).sum() == 4
    apart = (world.labels >= 0) & (groups["labels"] >= 0)
    assert adjusted_rand_index(world.labels[apart], groups["labels"][apart]) == 1
    core = NearestNeighbors(n_neighbors=5).fit(world.X).kneighbors(world.X)[0][:, -1]
    assert core[cut["labels"] < 0] > core[world.labels < 0].max()  # lonelier than the bridge


def test_two_neighbours_change_no_distance():
    for name in datasets.WORLDS:
        X, _, Z = reachability.found(name, 2)
        nearest = NearestNeighbors(n_neighbors=2).fit(X).kneighbors(X)[0][:, 1]
        assert Z[0, 2] == pytest.approx(nearest.min())


def test_page_and_package_say_the_same(root):
    explorer = ReachabilityExplorer()
    cases = zip(datasets.WORLDS, itertools.cycle((2, 5, 9, 16)), itertools.cycle((2, 3, 8, 30)))
    for data, m, k in cases:
        for shown in reachability.SHOWN:
            patch = {"data": data, "m": m, "k": k, "shown": shown}
            page = moved(root, patch, "m", "values", "labels", "sizes", "built.heights", "core")
            mine = explorer.state(**page["values"])
            assert status(root) == explorer.say(mine)
            assert page["labels"] == mine["labels"].tolist()
            assert page["sizes"] == mine["sizes"]
            assert page["built.heights"] == pytest.approx(mine["Z"][:, 2].tolist())
            near = NearestNeighbors(n_neighbors=m).fit(mine["X"]).kneighbors(mine["X"])[0]
            assert np.allclose(page["core"], near[:, -1])


def test_the_line_can_be_dragged_and_shows_a_flat_cut(root):
    height = root.locator(".clx-main svg").bounding_box()["height"]
    drag(root.page, root.locator("[data-handle=cut]"), 0, 0.3 * height)
    assert root.evaluate("r => r.explorer.state.values.shown") == "cut"
    assert root.evaluate("r => r.explorer.state.values.k") > 2
