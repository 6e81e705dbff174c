"""A reader uses the Python of the pages, in Chromium, from disk and from a server."""

import pytest


@pytest.fixture(params=["disk", "server"])
def chapter(request, book, site, open_page):
    name = "chapters/3_hierarchy/09_linkage.html"
    page = open_page(f"{site}/{name}" if request.param == "server" else (book / name).as_uri())
    page.locator("[data-live-status=off]").wait_for()
    page.set_default_timeout(120_000)
    return page


def click(page, root, action):
    """Click a button of a cell or exercise and wait for the end of what it runs."""
    root.locator(f"[data-live={action}]").first.click()
    page.locator("[data-live-status=ready]").wait_for()


def write(page, cell, text):
    """Put `text` into the editor of a cell, as a reader would."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def cell_with(page, text):
    found = page.locator("[data-live-cell]", has_text=text).first.get_attribute("data-live-cell")
    return page.locator(f'[data-live-cell="{found}"]')  # its text will change


def test_nothing_of_the_payload_loads_before_a_click(book, open_page):
    asked = []
    page = open_page((book / "chapters/3_hierarchy/09_linkage.html").as_uri())
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator("[data-live-status=off]").wait_for()
    page.wait_for_timeout(500)
    assert asked
    assert [url for url in asked if url.endswith((".gz", "wasm.js", "image.js", "files.js"))] == []


def test_a_reader_edits_runs_fails_passes_and_stops(chapter):
    page = chapter
    first = cell_with(page, "RULES = {")
    write(page, first, "from clusterlib.hierarchy import linkage\nlinkage([[0.], [1], [3]])")
    first.locator("[data-live=run]").click()
    page.locator("[data-live-status=ready]").wait_for()
    output = first.locator("[data-live-output]")
    assert "array([[0., 1., 1., 2.]," in output.inner_text()

    write(page, first, 'import numpy as np\nprint("<b>bold</b>")\nnp.arange(5).sum()')
    click(page, first, "run")
    assert output.inner_text().split() == ["<b>bold</b>", "np.int64(10)"]

    write(page, first, "a = 1\n1 / 0")
    first.locator("[data-live=run]").click()
    first.get_by_text("ZeroDivisionError").wait_for()
    assert "line 2" in output.inner_text()

    write(page, first, "while True: pass")
    first.locator("[data-live=run]").click()
    first.locator("[data-live=stop]").click()
    first.get_by_text("Stopped").wait_for()
    first.locator("[data-live=reset]").click()
    assert "while True" not in first.inner_text()

    exercise = page.locator('[data-exercise="9.1"]')
    verdict = exercise.locator("[data-live-verdict]")
    exercise.locator("input").fill("[2, 5, 9]")
    exercise.locator("[data-live=check]").click()
    exercise.get_by_text("not yet", exact=True).wait_for()
    assert "Second merge" in exercise.locator("[data-live-output]").first.inner_text()
    exercise.locator("input").fill("[2, 4, 9]")
    exercise.locator("[data-live=check]").click()
    exercise.get_by_text("passed", exact=True).wait_for()
    assert verdict.inner_text() == "passed"
    assert page.watch.faults == []
