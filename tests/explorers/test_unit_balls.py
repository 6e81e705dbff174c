"""The explorer of unit balls: its states, and the page that repeats them."""

import base64
import itertools
import json

import numpy as np
import pytest
from scipy.spatial.distance import cdist as scipy_cdist

from clusterlib.distance import cdist, pdist
from clusterlib.explorers import UnitBallExplorer, unit_balls
from clusterlib.explorers.shared import explorer as base
from clusterlib.hierarchy.merging import linkage
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


# ---------------------------------------------------------------- the small functions of the page


@pytest.fixture
def call(open_page, tmp_path):
    (tmp_path / "blank.html").write_text("<!doctype html><title>x</title>")
    page = open_page((tmp_path / "blank.html").as_uri())
    code = base64.b64encode(base.frontend_module().encode()).decode()

    def function(name, *arguments):
        return page.evaluate(
            "async ([code, name, text]) => (await import('data:text/javascript;base64,' + code))"
            "[name](...JSON.parse(text))",
            [code, name, json.dumps(arguments)],
        )

    return function


def test_distances_of_the_page(call):
    u, v = [1, 2, 3], [2, 4, 1]
    for metric, d in [("euclidean", 3), ("cityblock", 5), ("chebyshev", 2),
                      ("cosine", 0.24182460342)]:  # fmt: skip  # [D2]
        assert call("distanceBy", metric, u, v) == pytest.approx(d)
    VI = [[2.0, 0.5, 0], [0.5, 1, 0], [0, 0, 3]]
    for metric, keywords in [("minkowski", {"p": 0.5}), ("mahalanobis", {"VI": np.array(VI)})]:
        mine = cdist([u], [v], metric, **keywords)[0, 0]
        given = {k: np.asarray(x).tolist() for k, x in keywords.items()}
        assert call("distanceBy", metric, u, v, given) == pytest.approx(mine)


def test_average_linkage_of_the_page(call):
    X = np.random.default_rng(3).normal(size=(40, 3))
    D = np.linalg.norm(X[:, None] - X[None], axis=-1)
    tree, Z = call("averageLinkage", D.tolist()), linkage(pdist(X), "average")
    assert np.array_equal(np.sort(tree["merges"], axis=1), Z[:, :2])
    assert np.allclose(tree["heights"], Z[:, 2])
    assert tree["order"] == leaves_list(Z).tolist()
