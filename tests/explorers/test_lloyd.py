"""The explorer of Lloyd's steps: its states, and the page that repeats them."""

import itertools

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.explorers import LloydExplorer
from clusterlib.vq.lloyd import lloyd_steps
from tests.browsing import drag, moved, opened, status

END = 10**6  # half steps, more than any run takes


@pytest.fixture(scope="module")
def explorer():
    return LloydExplorer()


@pytest.fixture
def root(open_page, tmp_path, explorer):
    root = opened(open_page, tmp_path, explorer)
    yield root
    assert root.page.watch.faults == []


def press(root, name):
    root.get_by_role("button", name=name, exact=True).click()


def test_the_clouds_end_at_the_best_partition(explorer):
    assert explorer.state(data="clouds", k=3, step=END)["trace"][-1] == pytest.approx(
        341.37187, rel=1e-5
    )


def test_the_rectangle_is_a_trap(explorer):
    values = explorer.change({**explorer.values(), "data": "rectangle"}, "data")
    state = explorer.state(**values)
    assert state["trace"] == [16, 16, 16]
    assert explorer.state(data="rectangle", words="1,0 2,1", step=END)["trace"][-1] == 1


def test_six_points_by_hand():
    hand = LloydExplorer(datasets.six_points().X)
    trace = hand.state(words="0,0 2,0", step=END)["trace"]
    assert trace == pytest.approx([98, 35, 24.75, 18, 18])


def test_no_half_step_rises(explorer):
    for data, k in itertools.product(explorer.names, range(1, 9)):
        trace = explorer.state(data=data, k=k, step=END)["trace"]
        assert all(b <= a * (1 + 1e-12) for a, b in itertools.pairwise(trace))


def test_all_runs_agree_with_the_package(root, explorer):
    for data, k in itertools.product(explorer.names, range(1, 9)):
        page = moved(root, {"data": data, "words": "", "k": k, "step": 0}, "step", "values", "run")
        k = min(k, len(explorer.points(data)))
        run = list(lloyd_steps(explorer.points(data), explorer.start(data, k)))
        assert [s["move"] for s in page["run"]] == [s.step == "move" for s in run]
        assert [s["sse"] for s in page["run"]] == pytest.approx([s.sse for s in run], rel=1e-9)
        for mine, theirs in zip(run, page["run"], strict=True):
            assert np.array_equal(mine.labels, theirs["labels"])
            assert np.allclose(mine.C, theirs["C"])


def test_placed_words_agree_with_the_package(root, explorer):
    g = np.random.default_rng(4)
    for k in (1, 2, 5, 8):
        words = " ".join(f"{x:.3f},{y:.3f}" for x, y in g.uniform(-3, 8, (k, 2)))
        patch = {"data": "clouds", "k": k, "words": words, "step": 0}
        for step in (0, 1, 2, END):
            page = moved(root, {**patch, "step": step}, "step", "values", "C", "labels", "now.sse")
            state = explorer.state(**page["values"])
            assert np.allclose(page["C"], state["C"])
            assert page["labels"] == state["labels"].tolist()
            if step:
                assert page["now.sse"] == pytest.approx(state["trace"][page["values"]["step"] - 1])


def test_page_and_package_say_the_same(root, explorer):
    for patch in [{"step": 0}, {"step": 1}, {"step": 2}, {"step": END}, {"data": "rings"}]:
        moved(root, patch, next(iter(patch)))
        values = root.evaluate("r => r.explorer.state.values")
        assert status(root) == explorer.say(explorer.state(**values))


def test_buttons_walk_through_the_trap(root):
    root.get_by_label("Data").select_option("rectangle")
    press(root, "Back")  # the first frame is assigned already
    assert "no point assigned" in status(root)
    seen = []
    for name in ("Assign", "Move", "Assign"):
        press(root, name)
        seen.append(root.evaluate("r => [r.explorer.state.now.sse, r.explorer.state.C]"))
    assert seen == [[16, [[2, 0], [2, 1]]]] * 3
    assert "Nothing changes any more" in status(root)


@pytest.mark.parametrize("touch", [False, True])
def test_a_drag_leads_out_of_the_trap(open_page, tmp_path, explorer, touch):
    root = opened(open_page, tmp_path, explorer, width=390, has_touch=touch)
    root.get_by_label("Data").select_option("rectangle")
    drag(root.page, root.locator("[data-handle='0']").first, -60, 0, touch=touch)
    assert root.evaluate("r => r.explorer.state.C[0][0]") < 1.9
    press(root, "Run")
    assert root.evaluate("r => r.explorer.state.now.sse") == pytest.approx(1)
    assert root.page.watch.faults == []


def test_a_word_moves_without_a_mouse(root):
    root.get_by_role("slider", name="Code word to place").focus()
    root.page.keyboard.press("End")
    before = root.evaluate("r => r.explorer.state.C")
    root.get_by_role("slider", name="from left to right").focus()
    for _ in range(5):
        root.page.keyboard.press("ArrowRight")
    after = root.evaluate("r => r.explorer.state.C")
    assert after[-1][0] > before[-1][0]
    assert np.allclose(after[:-1], before[:-1], atol=1e-3)
    root.page.wait_for_timeout(400)
    assert "words=" in root.page.evaluate("location.hash")


@pytest.mark.parametrize("words", ["x", "1,2", "1,2 3", "1,2,3 4,5,6 7,8,9", "NaN,0 1,1 2,2"])
def test_words_that_nobody_placed_are_left_out(root, words):
    moved(root, {"words": words, "k": 3}, "step")
    C = root.evaluate("r => r.explorer.state.C")
    assert np.isfinite(C).all()
