"""axe-core finds no violation on any page: light and dark, wide, narrow, and enlarged."""

import accessible
import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import CHAPTERS, PAGES

from tests.sampling import sample

# WCAG 2.2, A and AA, and the rule on visible labels, which axe leaves off unless it is asked.
OPTIONS = {
    "preload": False,  # axe would fetch the style sheets again, which file:// refuses
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],  # to describe all that is right takes half of the time
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


# Ten words of each colour in each kind of box stand for the thousands that look alike.
THIN = """() => {
    const seen = {};
    for (const word of document.querySelectorAll("pre span, pre b, pre i")) {
        const box = word.closest(".cell_input, .cell_output, .clusterlib-source, .admonition");
        const look = [word.className, box?.className, word.parentElement.className].join("|");
        seen[look] = (seen[look] ?? 0) + 1;
        if (seen[look] > 10) word.replaceWith(...word.childNodes);
    }
}"""


def opened(page):
    """Unfold all that is folded, once the page is settled, and keep a few of many coloured words.

    Axe takes half of its time to look at each coloured word of the code.
    """
    settled(page).evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(THIN)
    return page


@pytest.mark.parametrize("name", sample(PAGES, 3))
def test_no_violation(book, open_page, name):
    """Each page is seen light and dark, wide and narrow; the bars beside it, which all pages
    share and which narrow ones fold away, wide on every second page light, on the others dark.
    """
    schemes = ("light", "dark") if PAGES.index(name) % 2 else ("dark", "light")
    page = opened(
        open_page((book / name).as_uri(), color_scheme=schemes[0], reduced_motion="reduce")
    )
    found = {f"{schemes[0]}, 1280": violations(page)}
    page.emulate_media(color_scheme=schemes[1])
    page.set_viewport_size({"width": 640, "height": 900})  # 1280 at 200 %
    found[f"{schemes[1]}, 640"] = sideways(page, 640)
    page.set_viewport_size({"width": 360, "height": 900})
    page.reload()  # the theme looks once for boxes that scroll
    found[f"{schemes[1]}, 360"] = sideways(opened(page), 360) + violations(page)
    assert {place: lines for place, lines in found.items() if lines} == {}


def sideways(page, width):
    """Return a line if the open page is wider than `width`."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"the page is {wide} pixels wide"] if wide > width else []


# A group of radio buttons is one stop; the arrow keys move within it.
CONTROLS = """() => {
    window.reached = new Set();
    document.addEventListener("focusin", event => window.reached.add(event.target));
    const first = e => (all => e === (all.find(r => r.checked) ?? all[0]))(
        [...document.getElementsByName(e.name)]);
    window.seen = e => e.checkVisibility({visibilityProperty: true});
    window.controls = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary")]
        .filter(e => window.seen(e) && !e.disabled && e.tabIndex >= 0)
        .filter(e => e.type !== "radio" || first(e));
    return window.controls.length;
}"""


def unreached(page):
    """Press the tab key to the end of an open page; return the visible controls not reached."""
    count = page.evaluate(CONTROLS)
    for pressed in range(2 * count):  # boxes that scroll are stops, too
        page.keyboard.press("Tab")
        if pressed >= count and page.evaluate("document.activeElement === document.body"):
            break
    return page.evaluate(
        "window.controls.filter(e => !window.reached.has(e) && window.seen(e))"
        ".map(e => e.outerHTML.slice(0, 200))"
    )


@pytest.mark.parametrize("name", [PAGES[0], *CHAPTERS, "search.html"])
def test_the_keyboard_reaches_and_leaves_every_control(book, open_page, name):
    page = settled(open_page((book / name).as_uri()))
    assert unreached(page) == []
    assert page.evaluate("window.controls.length") > 20


def test_a_control_that_keeps_the_keyboard_is_found(tmp_path, open_page):
    path = tmp_path / "trap.html"
    keep = "onkeydown='if (event.key === `Tab`) event.preventDefault()'"
    for more, left in (("", 0), (keep, 2)):
        buttons = "<button>one</button>", f"<input {more}>", 2 * "<button>more</button>"
        path.write_text(f"<!doctype html><main>{''.join(buttons)}</main>")
        assert len(unreached(open_page(path.as_uri()))) == left


def test_a_fault_is_found(tmp_path, open_page):
    path = tmp_path / "bad.html"
    path.write_text(
        '<!doctype html><html lang="en"><title>t</title><main><h1>t</h1>'
        '<p style="color:#aaa;background:#fff">pale</p><input type="range">'
        '<button aria-label="Find">Search</button><div style="width:900px">wide</div>'
        "</main></html>"
    )
    page = open_page(path.as_uri(), width=360)
    found = " ".join(violations(page))
    for rule in ("color-contrast", "label (", "label-content-name-mismatch"):
        assert rule in found
    assert sideways(page, 360) != []


def test_repairing_twice_changes_nothing_more():
    html = (
        '<button class="btn search-button-field x" title="Search" aria-label="Search">S</button>'
        '<summary aria-label="Toggle hidden content"></summary>'
        '<div role="doc-biblioentry"></div>'
        '<button class="btn theme-switch-button" aria-label="Color mode" id="x">'
        '<div id="pst-primary-sidebar" class="bd">'
    )
    once = accessible.repair(html)
    assert once.count("aria-label") == 1
    assert accessible.repair(once) == once


HIDDEN = """[...document.querySelectorAll("main figcaption:not([data-explorer] *)")]
    .filter(caption => !caption.getClientRects().length).map(caption => caption.innerText)"""


def test_the_caption_of_a_figure_is_seen_in_both_modes(book, open_page):
    """The theme hides a caption that follows the variant of a picture for the other mode."""
    name = next(name for name in CHAPTERS if "only-dark" in (book / name).read_text())
    page = settled(open_page((book / name).as_uri()))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(HIDDEN) == []


CARDS = """[...document.querySelectorAll("main img:is(.only-dark, .only-light)")]
    .filter(img => getComputedStyle(img).backgroundColor !== "rgba(0, 0, 0, 0)").length"""


def test_a_drawing_with_a_dark_variant_stands_on_no_card(book, open_page):
    """Also one from a file, which is in no output of a cell: the chart of speed in chapter 13."""
    name = next(name for name in CHAPTERS if "/13_" in name)
    page = settled(open_page((book / name).as_uri(), color_scheme="dark"))
    assert page.locator("main img.only-dark").count() > 1
    assert page.evaluate(CARDS) == 0


CUT = """[...document.querySelectorAll(".clusterlib-source pre")]
    .filter(pre => pre.scrollWidth > pre.clientWidth + 1).length"""


def test_no_line_of_a_source_is_cut_on_a_wide_page(book, open_page):
    name = next(name for name in CHAPTERS if "/09b_" in name)
    page = settled(open_page((book / name).as_uri()))
    assert page.locator(".clusterlib-source pre").count() > 5
    assert page.evaluate(CUT) == 0
