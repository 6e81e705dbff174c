"""The explorer of scalar quantizers: its states, and the page that repeats them."""

import itertools
import math

import numpy as np
import pytest

from clusterlib.explorers import LloydMaxExplorer
from clusterlib.explorers import lloyd_max as figure
from clusterlib.quantization.scalar import LAWS, lloyd_max, lloyd_max_steps
from tests.browsing import drag, moved, opened, status


@pytest.fixture(scope="module")
def explorer():
    return LloydMaxExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def press(root, name):
    root.get_by_role("button", name=name).click()


BEST = {  # N: D, H
    "gaussian": {1: (1, 0), 2: (0.363380228, 1), 4: (0.117481848, 1.911099),
                 8: (0.034547761, 2.824865)},
    "laplace": {2: (0.5, 1), 3: (0.264241118, 1.316909), 8: (0.054475988, 2.565399)},
    "uniform": {n: (n**-2, math.log2(n)) for n in range(1, 9)},
}  # fmt: skip


@pytest.mark.parametrize("law", BEST)
def test_the_best_quantizers(explorer, law):
    for k, (D, H) in BEST[law].items():
        state = explorer.state(law=law, k=k, levels="best")
        assert (state["D"], state["H"]) == (pytest.approx(D, rel=1e-8), pytest.approx(H, abs=1e-6))


def test_any_quantizer_is_measured_by_the_package():
    for law in LAWS:
        levels = [-1.7, -0.4, 0.1, 2.0]
        midpoints = (np.diff(levels) / 2 + levels[:-1]).tolist()
        steps = lloyd_max_steps(law, levels)
        first, second = next(steps), next(steps)
        D, H, means = figure.measured(law, levels, midpoints)
        assert pytest.approx(first.D) == D
        assert pytest.approx(first.H) == H
        assert np.allclose(means, second.levels)


@pytest.mark.parametrize("law", BEST)
def test_run_to_the_end(root, explorer, law):
    for k in range(1, 9):
        moved(root, {"law": law, "k": k}, "k")
        press(root, "Run to the end")
        page = moved(root, {}, "none", "D", "levels", "m.H", "gap")
        best = lloyd_max(law, k)
        assert page["D"] == pytest.approx(best.D, rel=1e-6)
        assert page["m.H"] == pytest.approx(best.H, abs=1e-4)
        assert np.allclose(page["levels"], best.levels, atol=1e-4)
        bound = {"gaussian": 1, "uniform": 6 / (math.pi * math.e), "laplace": math.e / math.pi}
        above = 10 * math.log10(best.D * k**2 / bound[law])
        assert page["gap"] == pytest.approx(above, abs=1e-4)
        assert above > 0.6 or k == 1  # no scalar quantizer reaches the bound


def test_two_levels_settle_at_the_mean_of_a_half(root):
    moved(root, {"law": "gaussian", "k": 2}, "k")
    for _ in range(20):
        press(root, "Levels to centroids")
        press(root, "Thresholds to midpoints")
    levels = root.evaluate("r => r.explorer.state.levels")
    assert levels == pytest.approx([-math.sqrt(2 / math.pi), math.sqrt(2 / math.pi)], abs=1e-4)


@pytest.mark.parametrize("law", BEST)
def test_either_button_can_only_lower_the_error(root, law):
    moved(root, {"law": law, "k": 5}, "k")
    moved(root, {"levels": "-2.5 -2.2 -0.3 0.9 1.2", "thresholds": ""}, "levels")
    D = [root.evaluate("r => r.explorer.state.D")]
    steps = lloyd_max_steps(law, [-2.5, -2.2, -0.3, 0.9, 1.2])
    assert D[0] == pytest.approx(next(steps).D, rel=1e-6)
    for _ in range(10):
        for name in ("Levels to centroids", "Thresholds to midpoints"):
            press(root, name)
            D.append(root.evaluate("r => r.explorer.state.D"))
            assert D[-1] == pytest.approx(next(steps).D, rel=1e-4)
    assert all(b <= a + 1e-9 for a, b in itertools.pairwise(D))
    assert D[-1] < D[0]


def test_page_and_package_say_the_same(root, explorer):
    for patch in [{"k": 1}, {"k": 8}, {"law": "uniform"}, {"law": "laplace"}, {"level": 3}]:
        moved(root, patch, next(iter(patch)))
        values = root.evaluate("r => r.explorer.state.values")
        assert status(root) == explorer.say(explorer.state(**values))


@pytest.mark.parametrize("touch", [False, True])
def test_a_dragged_level_keeps_its_place_in_the_row(open_page, tmp_path, explorer, touch):
    root = opened(open_page, tmp_path, explorer, width=390, has_touch=touch)
    before = root.evaluate("r => r.explorer.state.levels")
    handle = root.locator("[data-panel=density] [data-handle='2']").first
    drag(root.page, handle, 150, 0, touch=touch)  # a finger must not swipe back to another page
    after = root.evaluate("r => r.explorer.state.levels")
    assert before[2] < after[2] < after[3]
    assert after[:2] == pytest.approx(before[:2])
    assert after[3] == pytest.approx(before[3])
    thresholds = root.evaluate("r => r.explorer.state.thresholds")
    assert np.allclose(thresholds, np.convolve(after, [0.5, 0.5], "valid"))
    assert root.page.watch.faults == []


def test_a_level_moves_without_a_mouse(root):
    root.get_by_role("slider", name="Level to place").focus()
    root.page.keyboard.press("Home")
    before = root.evaluate("r => r.explorer.state.levels")
    root.get_by_role("slider", name="Its place").focus()
    for _ in range(6):
        root.page.keyboard.press("ArrowRight")
    after = root.evaluate("r => r.explorer.state.levels")
    assert after[0] > before[0]
    assert after[1:] == pytest.approx(before[1:])


@pytest.mark.parametrize("levels", ["x", "1 0", "0 1 2", "NaN 1", "1 1"])
def test_levels_that_nobody_placed_are_left_out(root, levels):
    moved(root, {"law": "gaussian", "k": 2}, "k")
    moved(root, {"levels": levels}, "levels")
    assert root.evaluate("r => r.explorer.state.levels") == pytest.approx([-1.7 / 2, 1.7 / 2])
