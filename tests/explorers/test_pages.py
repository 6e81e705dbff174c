"""The explorers in a browser: stand-alone pages, no network, no kernel, the package's numbers."""

import itertools

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from clusterlib import explorers
from clusterlib.explorers import seeding
from clusterlib.explorers.shared import explorer as base
from clusterlib.explorers.shared.cut_trees import CRITERIA
from clusterlib.explorers.shared.scenes import SCENES
from tests.browsing import skip_questions
from tests.sampling import sample

ALL = [getattr(explorers, name) for name in explorers.__all__ if name.endswith("Explorer")]
ALL.remove(explorers.Explorer)
AXE = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # to describe all that is right takes half of the time
}


@pytest.fixture(scope="module", params=sample(ALL, 2), ids=lambda kind: kind.__name__)
def explorer(request):
    return request.param()


@pytest.fixture(scope="module")
def address(explorer, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / f"{explorer.name}.html"
    path.write_text(explorer.page(), encoding="utf-8")
    return path.as_uri()


def ready(page):
    page.locator("[data-explorer] .clx-body").first.wait_for()
    skip_questions(page)
    return page.locator("[data-explorer]").first


def shown(root):
    """Return what picture and numbers show."""
    return root.evaluate(
        "r => [[...r.querySelectorAll('.clx-panel')].map(e => e.innerHTML).join(''),"
        " r.querySelector('[role=status]').textContent]"
    )


@pytest.fixture
def opened(open_page, address):
    page = open_page(address)
    yield page, ready(page)
    assert page.watch.faults == []


def stops(slider):
    """Return the values at which a slider stops: whole numbers, or those of a scaled one."""
    low, high, places = slider.evaluate("s => [+s.min, +s.max, s.dataset.places]")
    return [int(p) for p in places.split()] or list(range(int(low), int(high) + 1))


def test_every_slider_answers_every_key(opened):
    page, root = opened
    sliders = root.locator("input[type=range]")
    assert sliders.count() > 0
    for slider in sliders.all():
        if not slider.is_visible():
            continue
        scaled = slider.get_attribute("data-places")
        page_by = 10 if scaled else max(1, round(len(stops(slider)) - 1) / 10 + 1e-9)
        slider.focus()
        for key, expected in [
            ("Home", 0), ("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 1),
            ("ArrowDown", 0), ("PageUp", int(page_by + 0.5)), ("PageDown", 0), ("End", 10**9),
        ]:  # fmt: skip
            page.keyboard.press(key)
            value, text, named = slider.evaluate(
                "s => [+s.value, s.getAttribute('aria-valuetext'), s.labels.length]"
            )
            there = stops(slider)  # one slider may change how far another goes
            nearest = min(range(len(there)), key=lambda i: abs(there[i] - value))
            assert nearest == min(expected, len(there) - 1)
            assert text
            assert named == 1


def test_every_slider_follows_the_mouse_and_its_buttons(opened):
    page, root = opened
    for slider in root.locator("input[type=range]").all():
        if not slider.is_visible() or slider.evaluate("s => s.min === s.max"):
            continue
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["height"] >= 44
        before = shown(root)[0]
        share = slider.evaluate("s => (s.value - s.min) / (s.max - s.min)")
        page.mouse.click(box["x"] + box["width"] * (0.1 if share > 0.5 else 0.9),
                         box["y"] + box["height"] / 2)  # fmt: skip
        assert shown(root)[0] != before
        before = slider.input_value()
        beside = slider.locator("xpath=..")
        up = beside.locator("button[data-step='1']").is_enabled()
        beside.locator(f"button[data-step='{1 if up else -1}']").click()
        assert slider.input_value() != before


def test_reset_returns_to_the_first_frame(opened):
    page, root = opened
    page.wait_for_timeout(300)
    first = shown(root)
    slider = root.locator("input[type=range]:visible").first
    slider.focus()
    page.keyboard.press("End" if slider.evaluate("s => s.value !== s.max") else "Home")
    page.wait_for_timeout(400)
    assert shown(root) != first
    assert f"x-{root.get_attribute('data-explorer')}:" in page.evaluate("location.hash")
    root.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(400)
    assert shown(root) == first
    assert page.evaluate("location.hash") == ""


def test_the_address_leads_back_to_a_state(opened, open_page):
    page, root = opened
    slider = root.locator("input[type=range]:visible").first
    slider.focus()
    page.keyboard.press("End" if slider.evaluate("s => s.value !== s.max") else "Home")
    page.wait_for_timeout(600)
    again = open_page(page.url)
    other = ready(again)
    again.wait_for_timeout(300)
    assert shown(other)[1] == shown(root)[1]


def test_a_broken_address_shows_a_frame(explorer, address, open_page):
    broken = "data=nowhere;method=none;law=x;k=1e9;step=-5;t=x;words=1,a;levels=a b;__proto__=1;%;k"
    page = open_page(f"{address}#x-{explorer.name}:{broken}&%&:;=")
    assert ready(page).locator("[role=status]").inner_text()
    assert page.watch.faults == []


@pytest.fixture
def asking(open_page, address):
    """An explorer whose question is open."""
    page = open_page(address, width=390, height=844)
    root = page.locator("[data-explorer]")
    root.locator(".clx-body").wait_for()
    page.wait_for_timeout(200)
    yield page, root
    assert page.watch.faults == []


def test_the_outcome_is_hidden_until_an_answer(asking, explorer):
    page, root = asking
    assert root.locator("svg[role=img]:visible, .clx-panel img:visible").count() == 1
    assert root.locator("input[type=range]:visible, .clx-panels table:visible").count() == 0
    assert root.locator("[role=status]").inner_text().startswith("Answer the question, or skip it")
    for i, (option, reply) in enumerate(explorer.question.options.items()):
        root.locator(".clx-ask input[type=radio]").nth(i).check()
        said = root.locator(".clx-verdict").inner_text()
        right = i == explorer.question.answer
        assert said.startswith("Right: " if right else "Not so. The answer is: ")
        assert reply.split("`")[0] in said
        assert root.locator("input[type=range]:visible").count() > 0
        learned = page.evaluate("JSON.parse(localStorage.getItem('cbd-progress'))")
        (entry,) = [v for k, v in learned.items() if k.endswith(f"#x-{explorer.name}")]
        assert (entry["kind"], entry["right"]) == ("prediction", right), option
    page.wait_for_timeout(500)
    assert not root.locator("[role=status]").inner_text().startswith("Answer the question")


def test_who_has_answered_is_not_asked_again(asking, open_page):
    page, root = asking
    root.locator(".clx-ask input[type=radio]").first.check()
    page.reload()
    root.locator("input[type=range]:visible").first.wait_for()
    assert "answered this before" in root.locator(".clx-verdict").inner_text()


def test_skipping_shows_the_figure(asking):
    _, root = asking
    root.get_by_role("button", name="Skip the question").click()
    assert root.locator("input[type=range]:visible").count() > 0
    assert root.get_by_role("button", name="Skip the question").count() == 0


def test_on_a_phone_plot_and_slider_are_in_view_together(asking):
    page, root = asking
    root.get_by_role("button", name="Skip the question").click()
    page.wait_for_timeout(500)  # the status line has been told
    for slider in root.locator(".clx-controls").first.locator("input[type=range]").all():
        slider.evaluate("s => s.scrollIntoView({block: 'end'})")
        page.wait_for_timeout(100)
        plot, box = root.locator(".clx-main svg").bounding_box(), slider.bounding_box()
        assert plot["y"] >= 0
        assert plot["y"] + plot["height"] <= box["y"]
        assert box["y"] + box["height"] <= 845  # pages scroll by whole pixels


def test_at_most_four_controls_are_in_sight(opened):
    _, root = opened
    assert root.locator(".clx-controls").first.locator(".clx-control:visible").count() <= 4


def test_the_wide_view_covers_the_page_and_escape_closes_it(opened):
    page, root = opened
    before = root.locator(".clx-main").bounding_box()["width"]
    root.get_by_role("button", name="Wide view").click()
    page.wait_for_timeout(100)
    assert root.locator(".clx-main").bounding_box()["width"] > before
    page.keyboard.press("Escape")
    assert "clx-full" not in root.get_attribute("class")
    page.wait_for_timeout(100)
    assert root.locator(".clx-main").bounding_box()["width"] == before


def test_mounting_twice_is_mounting_once(opened):
    page, root = opened
    page.evaluate("window.clusterlib.mount(); window.clusterlib.mount(document.body)")
    assert root.locator(".clx-body").count() == 1
    copy = root.evaluate(
        """(r) => { const late = document.createElement('div');
          const data = r.querySelector('script[type="application/json"]').textContent;
          late.innerHTML = `<div class="clx" data-explorer="${r.dataset.explorer}" id="x-late">`
            + '<script type="application/json"></script></div>';
          late.querySelector('script').textContent = data;
          document.querySelector('main').append(late);
          window.clusterlib.mount(late);
          return late.querySelectorAll('.clx-body').length; }"""
    )
    assert copy == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_no_violation_and_no_sideways_scroll(address, open_page, width, scheme):
    page = open_page(address, width=width, color_scheme=scheme, reduced_motion="reduce")
    root = ready(page)
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.hidden = false; d.open = true })"
    )
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert root.get_by_role("button", name="play").count() == 0  # motion is reduced


def test_every_target_is_large_enough(address, open_page):
    root = ready(open_page(address, width=390, has_touch=True))
    small = root.evaluate(
        """r => [...r.querySelectorAll('button, select, input[type=range], summary, .clx-check')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML)"""
    )
    assert small == []


def test_without_script_and_on_paper_a_picture_stands(address, open_page):
    root = open_page(address, java_script_enabled=False).locator("[data-explorer]")
    assert root.locator("img[alt]:visible").count() == 1
    assert root.locator("input").count() == 0
    page = open_page(address)
    root = ready(page)
    page.emulate_media(media="print")
    assert root.locator("input[type=range]:visible").count() == 0
    assert root.locator("svg[role=img]:visible").count() > 0


def test_pictures_carry_words_that_follow(opened):
    page, root = opened
    labels = "r => [...r.querySelectorAll('svg[role=img]')].map(s => s.getAttribute('aria-label'))"
    before = root.evaluate(labels)
    assert all(before)
    slider = root.locator("input[type=range]:visible").first
    slider.focus()
    page.keyboard.press("End" if slider.evaluate("s => s.value !== s.max") else "Home")
    assert root.evaluate(labels) != before


def test_an_answer_comes_with_the_event_and_leaves_nothing_behind(opened):
    """The picture follows a slider before the event returns; old pictures do not pile up."""
    _, root = opened
    answers = root.evaluate(
        """r => {
          const slider = [...r.querySelectorAll('input[type=range]')]
            .find(s => s.offsetParent && s.min !== s.max);
          const picture = () => [...r.querySelectorAll('.clx-panel')].map(e => e.innerHTML).join();
          const visit = (place) => {
            slider.value = place;
            slider.dispatchEvent(new Event('input', {bubbles: true}));
            return {picture: picture(), marks: r.querySelectorAll('*').length};
          };
          return Array.from({length: 6}, (_, i) => visit(i % 2 ? slider.max : slider.min));
        }"""
    )
    for low, high in zip(answers[::2], answers[1::2], strict=True):
        assert low["picture"] != high["picture"]
    assert answers[-1]["marks"] == answers[-3]["marks"]
    assert answers[-2]["marks"] == answers[-4]["marks"]


def test_a_move_draws_each_panel_once(opened):
    _, root = opened
    counts = root.evaluate(
        """async (r) => {
          const seen = new Map();
          const watch = new MutationObserver((list) => list.forEach(({target}) => {
            const panel = target.closest?.('.clx-panel > svg, .clx-panel > div');
            if (panel === target) seen.set(target, (seen.get(target) ?? 0) + 1);
          }));
          watch.observe(r, {childList: true, subtree: true});
          const slider = [...r.querySelectorAll('input[type=range]')].find(
            (s) => s.offsetParent && s.min !== s.max);
          slider.value = slider.value === slider.max ? slider.min : slider.max;
          slider.dispatchEvent(new Event('input', {bubbles: true}));
          await new Promise((done) => setTimeout(done, 50));
          return [...seen.values()];
        }"""
    )
    assert counts
    assert set(counts) == {1}


# ---------------------------------------------------------------- the page agrees with the package


def states(root, moves):
    """Return, for each dict of `moves`, what the page computes after it."""
    return root.evaluate(
        """(r, moves) => moves.map((m) => { r.explorer.send(m.patch, m.key);
          const s = r.explorer.state;
          return {values: s.values, labels: s.shown ?? s.labels, status: s.status,
                  sse: s.now?.sse ?? s.cost, C: s.now?.C ?? s.C, mean: s.mean, count: s.count,
                  orphans: s.orphans, candidates: s.candidates,
                  steps: s.run?.map((t) => t.sse)}; })""",
        moves,
    )


@pytest.fixture
def show(open_page, tmp_path):
    def open_explorer(explorer):
        path = tmp_path / "page.html"
        path.write_text(explorer.page(), encoding="utf-8")
        return ready(open_page(path.as_uri()))

    return open_explorer


def partition(labels):
    return np.unique(labels, return_inverse=True)[1][np.argsort(np.argsort(labels, kind="stable"))]


def same(a, b):
    return len(set(zip(a, b, strict=True))) == len(set(a)) == len(set(b))


def test_all_cuts_are_those_of_the_package(show):
    explorer = explorers.CutExplorer()
    root = show(explorer)
    for data, method in itertools.product(explorer.sets, ("single", "ward", "centroid")):
        for criterion in ("distance", "inconsistent", "monocrit"):
            start = {"data": data, "method": method, "criterion": criterion, "k": 4, "t": 0}
            stops = explorer.tree(data, method).cuts[CRITERIA[criterion]]["t"]
            at = range(0, len(stops), 1 if len(stops) < 40 else 9)
            moves = [{"patch": start, "key": "criterion"}]
            moves += [{"patch": {"criterion": criterion, "t": t}, "key": "t"} for t in at]
            for t, page_state in zip(at, states(root, moves)[1:], strict=True):
                state = explorer.state(**{**start, "t": t})
                assert same(page_state["labels"], state["labels"])
                assert page_state["count"] == state["count"]


def test_the_cut_tells_what_the_package_says(show):
    explorer = explorers.CutExplorer()
    root = show(explorer)
    for patch in [{"k": 3}, {"k": 7}, {"data": "wine"}, {"k": 3}, {"method": "centroid"}]:
        states(root, [{"patch": patch, "key": next(iter(patch))}])
        root.page.wait_for_timeout(250)
        values = root.evaluate("r => r.explorer.state.values")
        words = root.locator("[role=status]").inner_text()
        mine = explorer.say(explorer.state(**values))
        assert words.split(". Sizes")[0] == mine.split(". Sizes")[0]


def test_dragging_the_line_cuts_there(show):
    root = show(explorers.CutExplorer())
    page = root.page
    line = root.locator("[data-handle=cut]")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + box["height"] / 2)
    page.mouse.down()
    counts = []
    for up in range(0, round(root.locator(".clx-main svg").bounding_box()["height"]), 8):
        page.mouse.move(box["x"] + 50, box["y"] + box["height"] / 2 - up)
        counts.append(root.evaluate("r => r.explorer.state.count"))
    page.mouse.up()
    assert counts == sorted(counts, reverse=True)
    assert set(counts) == {4, 2, 1}


def test_colours_stay_while_the_line_moves(show):
    root = show(explorers.CutExplorer())
    moves = [{"patch": {"data": "wine"}, "key": "data"}]
    moves += [{"patch": {"k": k}, "key": "k"} for k in (2, 3, 4, 5, 6, 5, 4, 3, 2)]
    frames = [np.array(s["labels"]) for s in states(root, moves)[1:]]
    for before, after in itertools.pairwise(frames):
        overlap = np.zeros((12, 12), int)
        np.add.at(overlap, (before, after), 1)
        assert overlap.argmax() in {
            13 * c for c in range(12)
        }  # the largest overlap keeps its number
        assert (before == after).mean() > 0.5


def test_a_report_numbers_clusters_on_the_page_as_in_its_files(show):
    explorer = explorers.CutExplorer(SCENES["clouds"]().X, numbered="splits")
    root = show(explorer)
    for k in (5, 2, 8, 3):
        (page,) = states(root, [{"patch": {"k": k}, "key": "k"}])
        assert page["labels"] == explorer.state(**page["values"])["labels"].tolist()


def test_runs_of_the_k_explorer_are_those_of_the_package(show):
    explorer = explorers.KExplorer(SCENES["clouds"]().X)
    root = show(explorer)
    for method, k, seed in [("++", 3, 0), ("gaussian", 5, 1), ("partition", 4, 2), ("||", 2, 0)]:
        patch = {"method": method, "k": k, "seed": seed}
        (end,) = states(root, [{"patch": patch, "key": "k"}])
        state = explorer.state(**patch)
        assert end["steps"] == pytest.approx(state["trace"])
        assert same(end["labels"], state["labels"])
        assert end["mean"] == pytest.approx(state["silhouette"])
        for step in range(len(state["trace"])):
            (page_state,) = states(root, [{"patch": {"step": step}, "key": "step"}])
            state = explorer.state(**patch, step=step)
            assert np.allclose(page_state["C"], state["C"])
            assert same(page_state["labels"], state["labels"])


def test_the_seeding_explorer_repeats_the_package(show):
    explorer = explorers.SeedingExplorer()
    root = show(explorer)
    for method, seed, outlier in [
        ("gaussian", 3, False), ("++", 7, True), ("maximin", 0, True), ("greedy ++", 1, True)
    ]:  # fmt: skip
        base = {"method": method, "seed": seed, "outlier": outlier}
        last = seeding.run(method, seed, outlier)[0]
        for step, iteration in [(1, 0), (9, 0), (15, 0), (15, 3), (15, last)]:
            patch = {**base, "step": step, "iteration": iteration}
            (page_state,) = states(root, [{"patch": patch, "key": "method"}])
            state = explorer.state(**patch)
            assert page_state["sse"] == pytest.approx(state["sse"], rel=1e-9)
            assert page_state["orphans"] == state["orphans"]
            assert page_state["candidates"] == state["candidates"]
            assert np.allclose(page_state["C"], state["C"])


def test_two_explorers_on_a_page_keep_apart(open_page, tmp_path):
    one, two = explorers.CutExplorer(), explorers.CutExplorer(uid="other")
    path = tmp_path / "page.html"
    path.write_text(base.page("Two", one, two), encoding="utf-8")
    page = open_page(path.as_uri())
    ready(page)
    roots = page.locator("[data-explorer]")
    assert roots.count() == 2
    before = shown(roots.nth(0))
    roots.nth(1).evaluate("r => r.explorer.send({k: 8}, 'k')")
    assert shown(roots.nth(0)) == before
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash").startswith("#x-other:")
    assert page.watch.faults == []


def test_a_quiz_answers_without_script(open_page, tmp_path):
    quiz = explorers.Quiz(
        "Is `t` a height?", {"always": "No.", "by one criterion": "Yes."}, right=1
    )
    path = tmp_path / "quiz.html"
    path.write_text(
        f"<!doctype html><html lang=en><title>q</title><main><h1>q</h1>{quiz.html()}</main>"
    )
    page = open_page(path.as_uri(), java_script_enabled=False)
    assert page.locator(".feedback:visible").count() == 0
    page.get_by_label("always").check()
    assert page.locator(".feedback:visible").inner_text() == "Not this one. No."
    page.keyboard.press("ArrowDown")
    assert page.locator(".feedback:visible").inner_text() == "Right. Yes."


def test_the_line_of_a_cut_goes_wherever_it_is_dragged(tmp_path, open_page):
    """Below twelve clusters too, where the slider for k ends."""
    path = tmp_path / "cut.html"
    path.write_text(explorers.CutExplorer().page(), encoding="utf-8")
    page = open_page(f"{path.as_uri()}#x-cut:data=iris")
    root = ready(page)
    tree = root.locator(".clx-panel svg").first.bounding_box()
    across = tree["x"] + tree["width"] / 2
    dash = root.locator("[data-handle=cut]").first.bounding_box()
    page.mouse.move(across, dash["y"] + dash["height"] / 2)
    page.mouse.down()
    page.mouse.move(across, tree["y"] + tree["height"] - 30, steps=5)
    page.mouse.up()
    count, k = page.evaluate("(() => { const s = document.querySelector('[data-explorer]').explorer"
                             ".state; return [s.count, s.values.k]; })()")  # fmt: skip
    assert count > 12 == k
