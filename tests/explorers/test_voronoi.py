"""The explorer of code words in the plane: its states, and the page that repeats them."""

import itertools

import numpy as np
import pytest

from clusterlib.datasets import gaussian_rows
from clusterlib.explorers import VoronoiExplorer, voronoi
from clusterlib.quantization import lbg
from clusterlib.vq.lloyd import lloyd_steps
from clusterlib.vq.nearest import distortion
from tests.browsing import drag, moved, opened, status


@pytest.fixture(scope="module")
def explorer():
    return VoronoiExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def water_filling(R, rho):
    """Return the bound by search for the water level, as Cover and Thomas tell it."""
    spectrum, low, high = np.array([1 - rho, 1 + rho]), 0.0, 2.0
    for _ in range(200):
        level = (low + high) / 2
        spent = np.log2(np.maximum(spectrum / level, 1)).sum() / 4  # bits per number
        low, high = (level, high) if spent > R else (low, level)
    return np.minimum(spectrum, level).mean()


def test_the_bound_is_that_of_water_filling():
    for R, rho in itertools.product(np.linspace(0, 2, 21), voronoi.RHOS):
        assert float(voronoi.bound(R, rho)) == pytest.approx(water_filling(R, rho), rel=1e-9)


def test_sixteen_free_words_beat_a_grid(explorer):
    grid, free = (explorer.state(place=p, k=16)["D"] for p in ("grid", "lbg"))
    assert grid == pytest.approx(0.11718, rel=0.015)  # R = 2, d = 1
    assert free == pytest.approx(0.10820, rel=0.015)  # R = 2, d = 2
    assert explorer.state(place="grid", k=4)["D"] == pytest.approx(0.36206, rel=0.015)


def test_even_pairs_promise_little_more_than_fresh_ones_keep(explorer):
    fresh = gaussian_rows(20000, 2, 11)
    shown = explorer.state(place="lbg", k=16)
    kept = distortion(fresh, shown["C"]) / 2 / len(fresh)
    assert shown["D"] < kept < 1.04 * shown["D"]
    drawn = gaussian_rows(voronoi.N, 2, 10)  # as many random pairs
    learned = lbg(drawn, 16)
    gap = distortion(fresh, learned) / 2 / len(fresh) / (distortion(drawn, learned) / 2 / voronoi.N)
    assert gap > kept / shown["D"]


def test_all_places_agree_with_the_package(root, explorer):
    for (i, rho), k, place in itertools.product(
        enumerate(voronoi.RHOS), range(1, 17), voronoi.PLACES
    ):
        patch = {"rho": str(i), "k": k, "place": place, "words": ""}
        page = moved(root, patch, "rho", "D", "C", "R", "bound")
        state = explorer.state(rho=rho, k=k, place=place)
        assert np.allclose(page["C"], state["C"])
        for name in ("D", "R", "bound"):
            assert page[name] == pytest.approx(state[name], rel=1e-3)


def test_a_grid_names_its_shape_and_nothing_beats_the_bound(root, explorer):
    for k, grid in ((1, ""), (12, " in a grid of 4 x 3"), (13, " in a grid of 13 x 1")):
        moved(root, {"rho": "0", "k": k, "place": "grid", "words": ""}, "k")
        said = status(root)
        assert said == explorer.say(explorer.state(rho=0.0, k=k, place="grid"))
        assert said.startswith(f"{k} code word{'s' * (k > 1)}{grid}, ")
        assert "-0.00" not in said


def test_lloyd_steps_of_the_page(root, explorer):
    moved(root, {"rho": "2", "k": 9, "place": "grid", "words": ""}, "rho")
    X, C = voronoi.pairs(0.9), voronoi.grid_words(0.9, 9)
    before = np.inf
    for mine in itertools.islice((s for s in lloyd_steps(X, C) if s.step == "move"), 6):
        root.get_by_role("button", name="One Lloyd step").click()
        page = moved(root, {}, "none", "C", "D")
        assert np.allclose(page["C"], mine.C, atol=5e-3)
        assert page["D"] < before
        before = page["D"]


def test_page_and_package_say_the_same(root, explorer):
    for patch in [{"k": 1}, {"k": 16}, {"rho": "1"}, {"place": "lbg"}, {"word": 3}]:
        moved(root, patch, next(iter(patch)))
        values = root.evaluate("r => r.explorer.state.values")
        state = explorer.state(**{**values, "rho": voronoi.RHOS[int(values["rho"])]})
        assert status(root) == explorer.say(state)


@pytest.mark.parametrize("touch", [False, True])
def test_a_dragged_word_takes_its_cell_along(open_page, tmp_path, explorer, touch):
    root = opened(open_page, tmp_path, explorer, width=390, has_touch=touch)
    before = root.evaluate("r => r.explorer.state.C")
    drag(root.page, root.locator("[data-handle='5']").first, 40, -40, touch=touch)
    page = moved(root, {}, "none", "C", "D", "values")
    assert page["C"][5][0] > before[5][0] + 0.5
    assert page["C"][5][1] > before[5][1] + 0.5
    rest = [c for i, c in enumerate(page["C"]) if i != 5]
    assert np.allclose(rest, [c for i, c in enumerate(before) if i != 5], atol=1e-3)
    assert page["D"] == pytest.approx(distortion(voronoi.pairs(0.0), page["C"]) / 2 / voronoi.N)
    assert root.page.watch.faults == []


def test_a_word_moves_without_a_mouse(root):
    root.get_by_role("slider", name="Code word to place").focus()
    root.page.keyboard.press("End")
    before = root.evaluate("r => r.explorer.state.C")
    root.get_by_role("slider", name="Its first number").focus()
    for _ in range(5):
        root.page.keyboard.press("ArrowLeft")
    after = root.evaluate("r => r.explorer.state.C")
    assert after[-1][0] < before[-1][0]
    assert np.allclose(after[:-1], before[:-1], atol=1e-3)


@pytest.mark.parametrize("words", ["x", "1,2", "1,2 3", "1,2,3 4,5,6", "NaN,0 1,1", "1,1 2,2 3,3"])
def test_words_that_nobody_placed_are_left_out(root, words):
    moved(root, {"k": 2}, "k")
    page = moved(root, {"words": words}, "words", "C", "D")
    assert np.shape(page["C"]) == (2, 2)
    assert np.isfinite(page["D"])
