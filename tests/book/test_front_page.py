"""The front page: a picture that moves at once, a card for each chapter, the learner's progress."""

import json

import front_page
import pytest
import thumbnails
from notebooks import ROOT, toc_notebooks
from pages import parsed
from PIL import Image
from reading_time import chapters, minutes

SUMMARY = "[data-course-progress=summary]"


@pytest.fixture
def front(book):
    return parsed(book / "index.html")


def test_each_chapter_has_a_card_with_its_picture_and_minutes(front, book):
    cards = front.select("a.chapter-card")
    assert len(cards) == len(chapters())
    for card, (path, notebook) in zip(cards, chapters(), strict=True):
        assert (book / card["href"]).is_file()
        assert path.stem in card["href"]
        assert card.select_one("svg[aria-hidden=true] > *") is not None
        assert card.select_one(".chapter-facts").text.startswith(f"{minutes(notebook)} minutes")
        title = parsed(book / card["href"]).find("h1").find(string=True).strip()
        assert card.select_one(".chapter-name").text.strip() == title.replace("’", "'")


def test_each_chapter_has_a_drawing_of_its_own():
    stems = [path.stem for path in toc_notebooks() if "chapters" in path.parts]
    assert sorted(thumbnails.DRAWINGS) == sorted(stems)
    drawn = {thumbnails.thumbnail(stem) for stem in stems}
    assert len(drawn) == len(stems)
    assert all("nan" not in drawing for drawing in drawn)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_living_picture_can_be_moved_at_once(book, open_page, width, height):
    page = open_page((book / "index.html").as_uri(), width=width, height=height)
    root = page.locator("[data-explorer]")
    root.locator(".clx-body").wait_for()
    picture, slider = root.locator(".clx-main svg"), root.locator("input[type=range]").first
    for part in (picture, slider):  # both in view without scrolling
        box = part.bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= height
    before = picture.inner_html()
    box = slider.bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    assert picture.inner_html() != before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.watch.faults == []


def test_progress_is_shown_for_the_course_and_on_its_card(book, site, open_page):
    course = (book / "_static" / "course.js").read_text(encoding="utf-8")
    course = json.loads(course.removeprefix("window.cbdCourse = ").rstrip().rstrip(";"))
    name, chapter = next((n, c) for n, c in course.items() if len(c["items"]) > 1)
    total = sum(len(c["items"]) for c in course.values())
    page = open_page(f"{site}/index.html")
    assert page.locator(SUMMARY).is_hidden()  # nothing is done yet
    done = {
        f"{name}#{next(iter(chapter['items']))}": {"kind": "quiz", "right": True, "time": "2026"}
    }
    page.evaluate("(all) => localStorage.setItem('cbd-progress', JSON.stringify(all))", done)
    page.reload()
    assert f"1 of {total} tasks, 1 right." in page.locator(SUMMARY).inner_text()
    assert (book / page.locator(f"{SUMMARY} a").first.get_attribute("href")).is_file()
    card = page.locator(f"[data-course-page='{name}']")
    assert card.inner_text() == f"1 of {len(chapter['items'])} done"


def test_the_four_paths_are_those_of_chapter_0(front, book):
    start = parsed(book / "chapters" / "00_start_here.html")
    rows = front.select(".learning-paths tbody tr")
    assert len(rows) == 4
    there = [row.text.split() for row in start.select("tbody tr")]
    assert all(row.text.split() in there for row in rows)


def test_no_entry_of_the_side_bar_stands_there_twice(front):
    bar = front.select_one(".bd-sidebar-primary")
    entries = [p.text.strip() for p in bar.select("p.caption, a.reference.internal")]
    assert len(entries) > 20
    assert len(set(entries)) == len(entries)


def test_the_book_has_a_mark_and_a_card_of_its_own(front, book):
    assert (ROOT / "_static" / "mark.svg").read_text() == thumbnails.mark_of_the_book() + "\n"
    icon = front.select_one("link[rel~=icon]")["href"]
    logo = front.select_one(".navbar-brand img")["src"]
    assert (book / icon).read_bytes() == (book / logo).read_bytes()
    card = front.select_one("meta[property='og:image']")["content"]
    with Image.open(book / card) as image:
        assert image.size == (1200, 630)


@pytest.mark.parametrize("part", [paths for _, paths in front_page.parts()[1:]])
def test_the_page_of_a_part_shows_the_cards_of_its_chapters(part, book):
    place = part[0].parent.relative_to(ROOT)
    page = parsed(book / place / "index.html")
    cards = page.select("article a.chapter-card")
    assert [(book / place / card["href"]).resolve().stem for card in cards] == [
        path.stem for path in part
    ]
    assert all((book / place / card["href"]).is_file() for card in cards)
