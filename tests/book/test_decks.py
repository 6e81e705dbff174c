"""The lecture decks: they open offline, hold the chapter's figures, and keep solutions out."""

import lecture_decks
import pytest
from bs4 import BeautifulSoup
from pages import CHAPTERS

DECKS = [lecture_decks.name_of(name.removesuffix(".html")) for name in CHAPTERS]


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 760}, offline=True)
    yield page
    page.close()


@pytest.mark.parametrize("name", DECKS)
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
    wide = "[...document.querySelectorAll('.slides > section')].map((s) => s.scrollWidth)"
    assert max(page.evaluate(wide)) <= 1200
    page.remove_listener("console", listen)
    assert faults == []


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_is_its_chapter(name, book):
    deck = BeautifulSoup((book / name).read_text("utf-8"), "html.parser")
    chapter = BeautifulSoup((book / name.replace(".slides", "")).read_text("utf-8"), "html.parser")
    pictures = {img["src"] for img in deck.select(".slides img")}
    assert pictures <= {img["src"] for img in chapter.select("article img")}
    figures = {e["id"] for e in chapter.select("article [data-explorer][id]")}
    assert {e["id"] for e in deck.select("[data-explorer][id]")} == figures
    assert not deck.select(".tag_solution")
    assert sum(bool(note.get_text().strip()) for note in deck.select("aside.notes")) >= 4


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
