"""What all explorers share in the page: the life of one, its player, its linked rows."""

import pytest

from clusterlib.explorers import (
    CriteriaExplorer,
    CutExplorer,
    KExplorer,
    LloydExplorer,
    MergesExplorer,
)
from tests.browsing import opened


@pytest.fixture
def root(open_page, tmp_path):
    root = opened(open_page, tmp_path, CutExplorer())
    yield root
    assert root.page.watch.faults == []


def test_play_goes_step_by_step_on_a_scaled_slider(root):
    root.evaluate("r => r.explorer.send({ data: 'iris', t: 3 }, 't')")
    seen = root.evaluate(
        """r => new Promise((done) => {
        const play = r.querySelector('button[aria-label$="play or pause"]');
        const seen = [];
        r.addEventListener('clx-change', (e) => {
          if (seen.push(e.detail.values.t) === 4) { play.click(); done(seen); }
        });
        play.click(); })"""
    )
    assert seen == [4, 5, 6, 7]
    assert root.get_by_role("button", name="play or pause").first.inner_text() == "Play"


def test_what_is_lit_stays_lit_when_the_picture_changes(root):
    root.evaluate("r => r.explorer.send({ data: 'twelve', t: 2 }, 't')")
    branch = root.locator("[data-panel=tree] .br").first
    rows = branch.get_attribute("data-rows").split()
    branch.dispatch_event("pointerover")
    lit = "r => [...r.querySelectorAll('[data-panel=scatter] .lit')].map(n => n.dataset.rows)"
    assert sorted(root.evaluate(lit)) == sorted(rows)
    root.evaluate("r => r.explorer.send({ t: 4 }, 't')")
    assert sorted(root.evaluate(lit)) == sorted(rows)


def test_an_explorer_that_asks_computes_one_state_at_its_start(open_page, tmp_path):
    root = opened(open_page, tmp_path, LloydExplorer())
    count = root.evaluate(
        """r => { const late = r.cloneNode(false);
        late.id = 'x-late'; late.removeAttribute('data-ready');
        late.append(r.querySelector("script[type='application/json']").cloneNode(true));
        document.querySelector('main').append(late);
        let count = 0;
        late.addEventListener('clx-change', () => { count += 1; });
        window.clusterlib.mount(late);
        return count; }"""
    )
    assert count == 1


def lit(root, panel):
    """Return the rows of the data that each lit part of a panel stands for."""
    return root.evaluate(
        """(r, panel) => [...r.querySelectorAll(`[data-panel=${panel}] .lit`)]
        .map((n) => n.dataset.rows)""",
        panel,
    )


def test_a_branch_lights_its_points_and_its_rows_of_z(open_page, tmp_path):
    root = opened(open_page, tmp_path, MergesExplorer())
    root.evaluate("r => r.explorer.send({ data: 'twelve', step: 9 }, 'data')")
    root.evaluate("r => r.explorer.send({ step: 9 }, 'step')")
    branch = root.locator("[data-panel=tree] .br").last
    rows = branch.get_attribute("data-rows").split()
    branch.dispatch_event("pointerover")
    assert sorted(lit(root, "points")) == sorted(rows)
    inside = [own.split() for own in lit(root, "Z")]
    assert len(inside) == len(rows) - 1  # a branch of m leaves holds m - 1 merges
    assert all(set(own) <= set(rows) for own in inside)
    assert root.page.watch.faults == []


def test_a_point_lights_its_silhouette(open_page, tmp_path):
    root = opened(open_page, tmp_path, KExplorer())
    bars = root.locator("[data-panel=silhouette] .si")
    assert bars.count() == root.evaluate("r => r.explorer.state.labels.length")
    bars.nth(3).dispatch_event("pointerover")
    row = bars.nth(3).get_attribute("data-rows")
    assert lit(root, "scatter") == lit(root, "silhouette") == [row]
    assert root.page.watch.faults == []


ANIMATED = """r => [...r.querySelectorAll('.clx-walk, .clx-grow')]
    .map((n) => getComputedStyle(n).animationName)"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_code_words_walk_and_balls_grow_unless_motion_is_reduced(open_page, tmp_path, motion):
    expected = {"no-preference": lambda name: [name], "reduce": lambda name: ["none"]}[motion]
    root = opened(open_page, tmp_path, LloydExplorer(), reduced_motion=motion)
    root.evaluate("r => r.explorer.send({ data: 'clouds' }, 'data')")
    assert root.evaluate(ANIMATED) == []  # nothing has moved yet
    root.evaluate("r => r.explorer.send({ step: 2 }, 'step')")
    assert root.evaluate(ANIMATED) == 3 * expected("clx-walk")
    assert root.locator("[data-panel=scatter] .tr").count() == 3
    root = opened(open_page, tmp_path, MergesExplorer(), reduced_motion=motion)
    root.evaluate("r => r.explorer.send({ method: 'single', step: 1 }, 'step')")
    root.evaluate("r => r.explorer.send({ step: 2 }, 'step')")
    assert root.evaluate(ANIMATED) == 5 * expected("clx-grow")


def test_balls_touch_where_single_linkage_merges_next(open_page, tmp_path):
    root = opened(open_page, tmp_path, MergesExplorer())
    root.evaluate("r => r.explorer.send({ data: 'twelve', method: 'single', step: 3 }, 'data')")
    for step in (1, 5, 9):
        root.evaluate("(r, step) => r.explorer.send({ step }, 'step')", step)
        radius, gap = root.evaluate(
            """r => { const { x } = r.explorer.panels[0].drawn, s = r.explorer.state;
            return [+r.querySelector('.ba').getAttribute('r'),
              x(s.tree.heights[s.values.step - 1]) - x(0)]; }"""
        )
        assert 2 * radius == pytest.approx(gap, abs=0.11)


@pytest.mark.parametrize("kind", [CriteriaExplorer, CutExplorer, KExplorer, LloydExplorer])
def test_while_it_asks_a_figure_counts_no_clusters_and_offers_no_handle(open_page, tmp_path, kind):
    path = tmp_path / "page.html"
    path.write_text(kind().page(), encoding="utf-8")
    page = open_page(path.as_uri())
    caption = page.locator(".clx-main figcaption")
    caption.wait_for(state="attached")
    page.wait_for_timeout(200)
    assert not any(word in caption.inner_text() for word in ("rag ", "lick ", " cluster"))
    if kind is CriteriaExplorer:  # not a cluster's colour, nor a count for those who listen
        assert page.locator(".clx-main svg [style*='#0072B2']").count() == 0
        assert "cluster" not in page.locator(".clx-main svg").get_attribute("aria-label")
    page.get_by_role("button", name="Skip the question").click()
    assert caption.inner_text()
