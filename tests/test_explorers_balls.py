"""The explorer of unit balls: its states, and the page that repeats them."""

import base64
import itertools
import json

import numpy as np
import pytest
from scipy.spatial.distance import cdist as scipy_cdist

from clusterlib.distance import cdist, pdist
from clusterlib.explorers import UnitBallExplorer, balls, pages
from clusterlib.merging import linkage
from clusterlib.trees import leaves_list

PLACES = [
    (metric, stretch, p)
    for metric, stretch in itertools.product(balls.METRICS, (-20, 0, 13, 20))
    for p in ((5, 20, 80) if metric == "minkowski" else (20,))
]


@pytest.fixture(scope="module")
def explorer():
    return UnitBallExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    path = tmp_path / "page.html"
    path.write_text(explorer.page(), encoding="utf-8")
    page = open_page(path.as_uri())
    page.locator("[data-explorer] .clx-body").wait_for()
    yield page.locator("[data-explorer]")
    assert page.watch.faults == []


def moved(root, patch, key="metric"):
    """Return the state of the page after `patch`."""
    return root.evaluate(
        """(r, [patch, key]) => { r.explorer.send(patch, key); const s = r.explorer.state;
          return {values: s.values, best: s.best, d: s.d, r: s.r, kept: s.kept, ball: s.ball,
                  unit: s.unit, heights: s.tree.heights, leaves: s.tree.order}; }""",
        [patch, key],
    )


def test_the_default_frame_is_that_of_euclid(explorer):
    state = explorer.state()
    d = np.linalg.norm(balls.cloud() - state["q"], axis=1)
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


@pytest.mark.parametrize("metric", balls.METRICS)
def test_every_corner_of_a_ball_lies_at_its_radius(explorer, metric):
    for stretch, p in [(-20, 5), (0, 20), (15, 80)]:
        state = explorer.state(metric=metric, stretch=stretch, p=p)
        S, q = state["S"], state["q"]
        corners = state["ball"][1:] if metric == "cosine" else state["ball"]  # without the tip
        keywords = balls.settings(metric, p / 10, balls.cloud() * S)
        if metric == "cosine":
            corners = corners[[0, -1]]
        d = scipy_cdist((q * S)[None], corners * S, metric, **keywords)
        assert np.allclose(d, state["r"])


def test_all_places_agree_with_the_package(root, explorer):
    for metric, stretch, p in PLACES:
        values = {"metric": metric, "stretch": stretch, "p": p, "angle": 77, "reach": 83}
        page, state = moved(root, values), explorer.state(**values)
        assert page["d"] == pytest.approx(state["d"].tolist(), rel=1e-9)
        assert page["best"] == state["order"][:5].tolist()
        assert (page["r"], page["kept"]) == (pytest.approx(state["r"]), state["kept"])
        assert page["heights"] == pytest.approx(state["Z"][:, 2].tolist(), rel=1e-9)
        assert page["leaves"] == leaves_list(state["Z"]).tolist()
        for name in ("ball", "unit"):
            assert np.allclose(page[name], state[name], rtol=1e-9, atol=1e-9)


def test_page_and_package_say_the_same(root, explorer):
    for values in [{"metric": "minkowski", "p": 5}, {"stretch": -7}, {"metric": "cosine"}]:
        moved(root, values)
        root.page.wait_for_timeout(250)
        now = root.evaluate("r => r.explorer.state.values")
        words = root.locator("[role=status]").inner_text()
        assert words == explorer.say(explorer.state(**now))


def test_moving_p_chooses_minkowski(root, explorer):
    assert moved(root, {"p": 31}, "p")["values"]["metric"] == "minkowski"
    assert explorer.change({**explorer.values(), "p": 31}, "p")["metric"] == "minkowski"


@pytest.mark.parametrize("touch", [False, True])
def test_the_query_follows_a_drag(open_page, tmp_path, explorer, touch):
    path = tmp_path / "page.html"
    path.write_text(explorer.page(), encoding="utf-8")
    page = open_page(path.as_uri(), width=390, has_touch=touch)
    handle = page.locator("circle[data-handle=query]")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    read = "document.querySelector('[data-explorer]').explorer.state.q"
    before = page.evaluate(read)
    if touch:
        session = page.context.new_cdp_session(page)
        for kind, at in [("touchStart", 0), ("touchMove", 30), ("touchMove", 60)]:
            points = [{"x": x + at, "y": y - at}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y - 60, steps=3)
        page.mouse.up()
    after = page.evaluate(read)
    assert after[0] > before[0] + 0.5
    assert after[1] > before[1] + 0.5
    assert page.watch.faults == []


# ---------------------------------------------------------------- the small functions of the page


@pytest.fixture
def call(open_page, tmp_path):
    (tmp_path / "blank.html").write_text("<!doctype html><title>x</title>")
    page = open_page((tmp_path / "blank.html").as_uri())
    code = base64.b64encode(pages.frontend_module().encode()).decode()

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
