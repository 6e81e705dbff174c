"""The search of the book finds synonyms and slips, and shows excerpts, from disk too."""

import json
import re
import tomllib

import book_search
import pytest
from notebooks import ROOT

WORDS = tomllib.loads(book_search.WORDS.read_text(encoding="utf-8"))


def searched(open_page, base, query):
    """Return the status line, the first titles and the first excerpts for `query`."""
    page = open_page(f"{base}/search.html?q={query}")
    page.wait_for_selector("#search-results [role=status]")
    assert page.watch.faults == []
    return (
        page.inner_text("#search-results [role=status]"),
        page.locator("#search-results li a").all_inner_texts()[:5],
        page.locator("#search-results .search-excerpt").all_inner_texts()[:5],
    )


@pytest.mark.parametrize("place", ["disk", "server"])
def test_a_word_of_the_book_comes_with_its_place_and_an_excerpt(book, site, open_page, place):
    base = book.as_uri() if place == "disk" else site
    status, titles, excerpts = searched(open_page, base, "codebook")
    assert re.fullmatch(r"\d+ sections found for “codebook”, the first 40 below.", status)
    assert titles[0] == "codebook"  # the entry of the glossary
    assert all("codebook" in text.lower() for text in [titles[1] + excerpts[1], excerpts[2]])


@pytest.mark.parametrize(
    ("query", "told", "title"),
    [
        ("dendogram", "Nothing is spelt “dendogram”: ", "dendrogram"),
        ("heatmap", "This book says “clustermap” for “heatmap”: ", "cluster"),
        ("elbow method", "This book says “elbow” for “elbow method”: ", ""),
        ("DBSCAN", "", "Which method"),
        ("kmeans2", "", "clusterlib.vq.kmeans2"),
        ("clusterlib.hierarchy.ward", "", "clusterlib.hierarchy.ward"),
    ],
)
def test_what_readers_type_is_found(book, open_page, query, told, title):
    status, titles, excerpts = searched(open_page, book.as_uri(), query)
    assert status.startswith(told)
    assert any(title in found for found in titles), titles
    assert excerpts


def test_nonsense_is_not_found(book, open_page):
    status, titles, _ = searched(open_page, book.as_uri(), "zzzqqqxxy")
    assert (status, titles) == ("No sections found for “zzzqqqxxy”.", [])


def test_every_other_word_leads_to_words_of_the_book(book):
    script = (book / "_static" / "search_sections.js").read_text(encoding="utf-8")
    sections = json.loads(re.match(r"window.bookSections = (.*?);\nwindow", script, re.DOTALL)[1])
    texts = [f"{s['t']} {s['p']} {s['x']}".lower() for s in sections]
    lost = {
        answer
        for answer in WORDS.values()
        if not any(all(w in text for w in re.split(r"[\s-]+", answer.lower())) for text in texts)
    }
    assert lost == set()
    for section in sections:
        assert (book / section["a"].partition("#")[0]).exists()


def test_a_page_is_cut_into_parts_that_hold_each_word_once():
    html = """<h1>No</h1><article><section id="a"><h1>A<a class="headerlink">#</a></h1><p>one</p>
        <section id="b"><h2>B</h2><p>two</p><script>three</script></section></section></article>"""
    found = book_search.sections_of(html.replace("<h1>No</h1>", ""), "x.html")
    assert [(s["a"], s["t"], s["x"]) for s in found] == [
        ("x.html#a", "A", "one"), ("x.html#b", "B", "two")]  # fmt: skip


def test_the_library_is_the_one_that_the_licences_name():
    row = next(
        line for line in (ROOT / "LICENCES.md").read_text().splitlines() if "MiniSearch 7" in line
    )
    assert "MIT" in row
    assert "Luca Ongaro" in (book_search.ASSETS / "minisearch_LICENSE.txt").read_text()
