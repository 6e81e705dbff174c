"""axe-core finds no violation on any page: light and dark, wide, narrow, and enlarged."""

import accessible
import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import PAGES

# WCAG 2.2, A and AA, and the rule on visible labels, which axe leaves off unless it is asked.
OPTIONS = {
    "preload": False,  # axe would fetch the style sheets again, which file:// refuses
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}


def violations(page):
    """Return one line for each violation on an open page."""
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} | {node['failureSummary'][:160]}"
        for found in Axe().run(page, options=OPTIONS).response["violations"]
        for node in found["nodes"]
    ]


def settled(page):
    """Wait until maths is set and return the page."""
    page.wait_for_function("!window.MathJax || !MathJax.startup || !!MathJax.startup.promise")
    page.evaluate("window.MathJax?.startup?.promise")
    return page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
@pytest.mark.parametrize("name", PAGES)
def test_no_violation(book, open_page, name, scheme, width):
    page = settled(
        open_page((book / name).as_uri(), width=width, color_scheme=scheme, reduced_motion="reduce")
    )
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 640])  # 640 = 1280 at 200 %
@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_does_not_scroll_sideways(book, open_page, name, width):
    page = settled(open_page((book / name).as_uri(), width=width))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_and_leaves_every_control_of_the_first_page(book, open_page):
    page = settled(open_page((book / PAGES[0]).as_uri()))
    count = page.evaluate("document.querySelectorAll('a[href],button,input').length")
    seen = []
    for _ in range(3 * count):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return e === document.body ? 'end' : e.outerHTML.slice(0, 200); })()"
        )
        if place == "end" or place == (seen[0] if seen else None):
            break
        assert not seen or place != seen[-1], f"the keyboard is caught in {place}"
        seen.append(place)
    assert len(seen) > 5


def test_a_fault_is_found(tmp_path, open_page):
    path = tmp_path / "bad.html"
    path.write_text(
        '<!doctype html><html lang="en"><title>t</title><main><h1>t</h1>'
        '<p style="color:#aaa;background:#fff">pale</p><input type="range">'
        '<button aria-label="Find">Search</button></main></html>'
    )
    found = " ".join(violations(open_page(path.as_uri())))
    for rule in ("color-contrast", "label (", "label-content-name-mismatch"):
        assert rule in found


def test_mending_twice_changes_nothing_more():
    html = (
        '<button class="btn search-button-field x" title="Search" aria-label="Search">S</button>'
        '<summary aria-label="Toggle hidden content"></summary>'
        '<div role="doc-biblioentry"></div>'
        '<button class="btn theme-switch-button" aria-label="Color mode" id="x">'
        '<div id="pst-primary-sidebar" class="bd">'
    )
    once = accessible.mend(html)
    assert once.count("aria-label") == 1
    assert accessible.mend(once) == once
