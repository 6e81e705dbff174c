"""Every link inside the book arrives: the file is there, and so is the place in it."""

import functools
import itertools
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from pages import CHAPTERS, PAGES, parsed

ATTRIBUTES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))


def places(page):
    """Return the names of the places in a parsed page that a link can point to."""
    return {e["id"] for e in page.find_all(id=True)} | {
        e["name"] for e in page.find_all("a", attrs={"name": True})
    }


@functools.cache
def places_of(file):
    """Return the places of the page in `file`, which many links may look for."""
    return places(parsed(file))


def broken(folder, name, page):
    """Return the links of the parsed page `name` that lead nowhere in `folder`."""
    found, here = [], places(page)
    for tag, attribute in ATTRIBUTES:
        for element in page.find_all(tag, attrs={attribute: True}):
            target = urlsplit(element[attribute])
            if target.scheme or target.netloc or element[attribute] == "#":
                continue
            path = PurePosixPath(name).parent / unquote(target.path) if target.path else name
            file = (folder / path).resolve()
            if not file.exists():
                found.append(f"{element[attribute]}: no such file")
            elif target.fragment and file.suffix == ".html":
                there = places_of(file) if target.path else here
                place = unquote(target.fragment).partition(":")[0]  # the state of an explorer
                if place not in there:
                    found.append(f"{element[attribute]}: no such place")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_links_arrive(book, name):
    assert broken(book, name, parsed(book / name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order(book, name):
    article = parsed(book / name).find("article") or parsed(book / name)
    levels = [int(h.name[1]) for h in article.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_can_be_downloaded(book, name):
    hrefs = [a.get("href", "") for a in parsed(book / name).find_all("a")]
    assert any(href.endswith(".ipynb") for href in hrefs)


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_page_shows_a_traceback(book, name):
    text = parsed(book / name).get_text()
    assert "Traceback (most recent call last)" not in text


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("nowhere.html", "no such file"),
        ("#nowhere", "no such place"),
        ("b.html#x", "no such place"),
    ],
)
def test_a_broken_link_is_found(tmp_path, link, message):
    (tmp_path / "b.html").write_text('<p id="y">Text</p>')
    page = BeautifulSoup(f'<a href="{link}">x</a><a href="b.html#y">y</a>', "html.parser")
    (tmp_path / "a.html").write_text(str(page))
    assert broken(tmp_path, "a.html", page) == [f"{link}: {message}"]
