"""The lecture decks: they open offline, hold the chapter's figures, and keep solutions out."""

import lecture_decks
import pytest
import tall_figures
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt
from pages import CHAPTERS

from clusterlib.plotting import figure_svg, use_house_style
from tests.sampling import sample

DECKS = [lecture_decks.name_of(name.removesuffix(".html")) for name in CHAPTERS]
LEGIBLE = 14  # pixels of 720: the least height of letters that the last row can read
LETTERS = 11  # points, in a figure of the house style


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 760}, offline=True)
    yield page
    page.close()


@pytest.mark.parametrize("name", sample(DECKS, 7))
def test_a_deck_opens_from_disk_without_a_network(name, book, page):
    faults = []

    def listen(message):
        if message.type == "error":
            faults.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((book / name).as_uri())
    page.wait_for_function("window.Reveal?.isReady()")
    total = page.evaluate("Reveal.getTotalSlides()")
    assert total >= 5
    for key, place in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert page.evaluate("Reveal.getIndices().h") == place
    explorers = page.locator("[data-explorer]").count()
    assert page.locator("[data-explorer][data-ready]").count() == explorers
    assert min(scales_of_figures(page), default=2) * LETTERS >= LEGIBLE
    wide = "[...document.querySelectorAll('.slides > section')].map((s) => s.scrollWidth)"
    assert max(page.evaluate(wide)) <= 1200
    page.remove_listener("console", listen)
    assert faults == []


def scales_of_figures(page):
    """Return how many pixels of a slide a point of each figure has, slide by slide."""
    found = """() => [...Reveal.getCurrentSlide().querySelectorAll('.cell_output img, .halves svg')]
      .filter((e) => e.offsetParent !== null || e.tagName === 'svg').map((e) => {
        const box = e.getBoundingClientRect(), scale = Reveal.getScale();
        const wide = e.tagName === 'svg' ? e.viewBox.baseVal.width : e.naturalWidth * 0.75;
        const high = e.tagName === 'svg' ? e.viewBox.baseVal.height : e.naturalHeight * 0.75;
        return Math.min(box.width / wide, box.height / high) / scale; })"""
    scales = []
    for place in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({place})")
        page.wait_for_function(
            "[...Reveal.getCurrentSlide().querySelectorAll('img')]"
            ".every((i) => i.offsetParent === null || i.naturalWidth)"
        )
        scales += page.evaluate(found)
    return scales


def test_the_speakers_notes_open_and_follow_without_a_network(book, page):
    page.goto((book / DECKS[-1]).as_uri())
    page.wait_for_function("window.Reveal?.isReady()")
    said = page.evaluate("""Reveal.getSlides().map((s) => s.querySelector('.notes').innerText
      ?? '').map((text) => text.trim().slice(0, 40))""")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value
    notes.locator(".speaker-controls-notes").wait_for()
    first = next(place for place, text in enumerate(said) if text and place)
    page.evaluate(f"Reveal.slide({first})")
    words = page.evaluate(f"Reveal.getSlides()[{first}].querySelector('.notes').textContent")
    notes.locator(".speaker-controls-notes", has_text=words.split()[0]).wait_for()
    shown = notes.locator(".speaker-controls-notes").inner_text()
    assert " ".join(words.split()[:6]) in " ".join(shown.split())
    notes.close()


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_is_its_chapter(name, book):
    deck = BeautifulSoup((book / name).read_text("utf-8"), "html.parser")
    chapter = BeautifulSoup((book / name.replace(".slides", "")).read_text("utf-8"), "html.parser")
    pictures = {img["src"] for img in deck.select(".slides img")}
    pictures |= {image["href"] for image in deck.select(".halves image")}
    assert pictures <= {img["src"] for img in chapter.select("article img")}
    figures = {e["id"] for e in chapter.select("article [data-explorer][id]")}
    assert {e["id"] for e in deck.select("[data-explorer][id]")} == figures
    assert not deck.select(".tag_solution")
    assert sum(bool(note.get_text().strip()) for note in deck.select("aside.notes")) >= 4


def test_a_tall_figure_is_cut_between_its_rows():
    use_house_style()
    figure, axes = plt.subplots(4, 1, figsize=(5.4, 9), layout="constrained")
    for place, ax in enumerate(axes):
        ax.set(title=f"row {place}", xlabel="x")
    svg = figure_svg(figure)
    rows, cuts = tall_figures.rows_of(svg), tall_figures.cuts_of(svg)
    assert len(rows) == 4
    assert len(cuts) == 3
    for cut, above, below in zip(cuts, rows, rows[1:], strict=False):
        assert above[1] + 20 < cut < below[0] - 10, "labels go with their axes, so do titles"
    image = {"src": "a.svg", "alt": 'four "rows"'}
    halves = BeautifulSoup(tall_figures.beside_each_other(svg, image), "html.parser")
    boxes = [list(map(float, half["viewbox"].split())) for half in halves.select("svg")]
    assert boxes[0][1] == 0
    assert boxes[0][3] == pytest.approx(boxes[1][1]) == pytest.approx(cuts[1])
    assert [half.get("aria-label") for half in halves.select("svg")] == ['four "rows"', None]
    plt.close(figure)


def test_a_wide_figure_and_one_without_rows_stay_whole():
    for size, rows in (((5.4, 3), 2), ((5.4, 8), 1)):
        figure, _ = plt.subplots(rows, 1, figsize=size, layout="constrained")
        svg = figure_svg(figure)
        assert tall_figures.beside_each_other(svg, {"src": "a.svg"}) is None
        plt.close(figure)


def test_first_sentences_end_where_sentences_end():
    def cut(html):
        paragraph = BeautifulSoup(html, "html.parser").p
        made = lecture_decks.first_sentences(paragraph)
        return BeautifulSoup(made, "html.parser").get_text().strip()

    assert cut("<p>Short. <em>All</em> of it.</p>") == "Short. All of it."
    long = "word " * 30
    assert cut(f"<p>One <em>two</em>. {long}. {long}.</p>").startswith("One two.")
    assert len(cut(f"<p>One <em>two</em>. {long}. {long}.</p>").split()) <= lecture_decks.LEAD
    assert cut(f"<p>{long} {long}.</p>") == ""


def test_long_code_and_long_output_stay_out():
    def cell(lines, output):
        return BeautifulSoup(
            '<div class="cell"><div class="cell_input"><pre>' + "x\n" * lines + "</pre></div>"
            '<div class="cell_output"><pre>' + "y\n" * output + "</pre></div></div>",
            "html.parser",
        ).div

    assert lecture_decks.is_shown(cell(3, 3))
    assert not lecture_decks.is_shown(cell(3, lecture_decks.PRINTED + 1))
    assert not lecture_decks.is_shown(cell(lecture_decks.LINES + 1, 3))
