"""Every slider of the built book moves the picture and the numbers, without kernel or network."""

import pytest
from moving import EXPLORER, SLIDER, dead_sliders
from pages import CHAPTERS, NOTEBOOKS, notebook, parsed

from tests.browsing import skip_questions

FRONT_END = "script[data-clx-frontend]"


def test_the_book_has_explorers(book):
    assert sum(len(parsed(book / name).select(EXPLORER)) for name in CHAPTERS) >= 2


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_explorer_that_the_notebook_makes_stands_in_the_page(book, name):
    made = any("Explorer(" in cell.source for cell in notebook(name).cells)
    page = parsed(book / name.replace(".ipynb", ".html"))
    assert bool(page.select(EXPLORER)) >= made
    assert len(page.select(FRONT_END)) <= 1
    assert not page.select("script[type='application/vnd.jupyter.widget-view+json']")


@pytest.mark.parametrize("place", ["disk", "server"])
@pytest.mark.parametrize("name", CHAPTERS)
def test_every_slider_moves_picture_and_numbers(book, site, open_page, name, place):
    page = open_page((book / name).as_uri() if place == "disk" else f"{site}/{name}")
    roots = page.locator(EXPLORER)
    for index in range(roots.count()):
        roots.nth(index).locator("[role=status]").first.wait_for()
    skip_questions(page)
    faults = []
    for index in range(roots.count()):
        root = roots.nth(index)
        root.locator(SLIDER).first.wait_for()
        status = root.locator("[role=status][aria-live=polite]")
        assert status.count() >= 1
        who = root.get_attribute("data-explorer")
        faults += [f"{who}: {fault}" for fault in dead_sliders(page, root)]
    assert faults == []
    assert page.watch.faults == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_without_script_a_picture_stands_in_place_of_each_explorer(book, open_page, name):
    page = open_page((book / name).as_uri(), java_script_enabled=False)
    roots = page.locator(EXPLORER)
    for index in range(roots.count()):
        root = roots.nth(index)
        assert root.locator(f"{SLIDER}:visible").count() == 0
        assert root.locator("img[alt]:visible").count() == 1


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_is_light(book, name):
    assert (book / name).stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("", "the picture did not change"),
        ("root.querySelector('circle').setAttribute('r', e.target.value)", "the numbers did not"),
        ("root.querySelector('p').textContent = e.target.value", "the picture did not change"),
    ],
)
def test_a_dead_slider_is_found(tmp_path, open_page, script, message):
    path = tmp_path / "page.html"
    path.write_text(
        '<div data-explorer="x"><label>k <input type="range" min="1" max="9" value="2"></label>'
        '<svg><circle r="2"></circle></svg><p role="status" aria-live="polite">2</p></div>'
        "<script>const root = document.querySelector('div');"
        f"root.querySelector('input').oninput = e => {{ {script} }}</script>"
    )
    page = open_page(path.as_uri())
    faults = dead_sliders(page, page.locator(EXPLORER))
    assert any(message in fault for fault in faults)


def test_a_live_slider_passes(tmp_path, open_page):
    path = tmp_path / "page.html"
    path.write_text(
        '<div data-explorer="x"><label>k <input type="range" min="1" max="9" value="2"></label>'
        '<svg><circle r="2"></circle></svg><p role="status" aria-live="polite">2</p></div>'
        "<script>const root = document.querySelector('div');"
        "root.querySelector('input').oninput = e => {"
        "root.querySelector('circle').setAttribute('r', e.target.value);"
        "root.querySelector('p').textContent = e.target.value }</script>"
    )
    page = open_page(path.as_uri())
    assert dead_sliders(page, page.locator(EXPLORER)) == []
