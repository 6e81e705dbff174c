"""What all explorers share in the page: the life of one, its player, its linked rows."""

import pytest

from clusterlib.explorers import CutExplorer, LloydExplorer
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
