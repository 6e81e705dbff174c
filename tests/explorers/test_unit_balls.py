"""The explorer of unit balls: its states, and the page that repeats them."""

import itertools

import numpy as np
import pytest
from scipy.spatial.distance import cdist as scipy_cdist

from clusterlib.explorers import UnitBallExplorer, unit_balls
from clusterlib.hierarchy.trees import leaves_list
from tests.browsing import drag, moved, opened, status

PLACES = [
    (metric, stretch, p)
    for metric, stretch in itertools.product(unit_balls.METRICS, (-20, 0, 13, 20))
    for p in ((5, 20, 80) if metric == "minkowski" else (20,))
]


@pytest.fixture(scope="module")
def explorer():
    return UnitBallExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def place(root, patch, key="metric"):
    """Return the state of the page after `patch`."""
    names = ("values", "best", "d", "r", "kept", "ball", "unit", "tree")
    return moved(root, patch, key, *names)


def test_the_default_frame_is_that_of_euclid(explorer):
    state = explorer.state()
    d = np.linalg.norm(unit_balls.cloud() - state["q"], axis=1)
    assert np.allclose(state["d"], d)
    assert state["order"][:5].tolist() == np.argsort(d)[:5].tolist()
    assert state["kept"] == 5


def test_a_stretch_changes_euclid_and_not_mahalanobis(explorer):
    for stretch in range(-20, 21):
        assert explorer.state(metric="mahalanobis", stretch=stretch)["kept"] == 5
    assert explorer.state(metric="euclidean", stretch=20)["kept"] < 5


def test_the_cosine_forgets_the_way_from_the_origin(explorer):
    orders = {tuple(explorer.state(metric="cosine", reach=r)["order"][:5]) for r in range(2, 161)}
    assert len(orders) == 1


@pytest.mark.parametrize("metric", unit_balls.METRICS)
def test_every_corner_of_a_ball_lies_at_its_radius(explorer, metric):
    for stretch, p in [(-20, 5), (0, 20), (15, 80)]:
        state = explorer.state(metric=metric, stretch=stretch, p=p)
        S, q = state["S"], state["q"]
        corners = state["ball"][1:] if metric == "cosine" else state["ball"]  # without the tip
        keywords = unit_balls.settings(metric, p / 10, unit_balls.cloud() * S)
        if metric == "cosine":
            corners = corners[[0, -1]]
        d = scipy_cdist((q * S)[None], corners * S, metric, **keywords)
        assert np.allclose(d, state["r"])


def test_all_places_agree_with_the_package(root, explorer):
    for metric, stretch, p in PLACES:
        values = {"metric": metric, "stretch": stretch, "p": p, "angle": 77, "reach": 83}
        page, state = place(root, values), explorer.state(**values)
        assert page["d"] == pytest.approx(state["d"].tolist(), rel=1e-9)
        assert page["best"] == state["order"][:5].tolist()
        assert (page["r"], page["kept"]) == (pytest.approx(state["r"]), state["kept"])
        assert page["tree"]["heights"] == pytest.approx(state["Z"][:, 2].tolist(), rel=1e-9)
        assert page["tree"]["order"] == leaves_list(state["Z"]).tolist()
        for name in ("ball", "unit"):
            assert np.allclose(page[name], state[name], rtol=1e-9, atol=1e-9)


def test_page_and_package_say_the_same(root, explorer):
    for values in [{"metric": "minkowski", "p": 5}, {"stretch": -7}, {"metric": "cosine"}]:
        now = place(root, values)["values"]
        assert status(root) == explorer.say(explorer.state(**now))


def test_moving_p_chooses_minkowski(root, explorer):
    assert place(root, {"p": 31}, "p")["values"]["metric"] == "minkowski"
    assert explorer.change({**explorer.values(), "p": 31}, "p")["metric"] == "minkowski"


@pytest.mark.parametrize("touch", [False, True])
def test_the_query_follows_a_drag(open_page, tmp_path, explorer, touch):
    root = opened(open_page, tmp_path, explorer, width=390, has_touch=touch)
    before = root.evaluate("r => r.explorer.state.q")
    drag(root.page, root.locator("circle[data-handle=query]"), 60, -60, touch=touch)
    after = root.evaluate("r => r.explorer.state.q")
    assert after[0] > before[0] + 0.5
    assert after[1] > before[1] + 0.5
    assert root.page.watch.faults == []
