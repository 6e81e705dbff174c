"""Every picture says in words what is to be seen."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from pages import CHAPTERS, PAGES, parsed

GENERIC = (
    r"(an? )?(image|picture|figure|plot|graph|chart|diagram|photo|screenshot)\b\s*(\d+|of)?\W*$"
)
OPENING = r"(an? |the )?(image|picture|figure|plot|graph|chart) (of|showing|that shows)\b"
SHORTEST, LONGEST = 30, 90  # words in the description of a figure of a chapter


def described(page):
    """Return the pictures of the page's content, with the words that stand for them."""
    content = page.find("main") or page
    pictures = [
        (img, img.get("alt"), img.get("src", ""))
        for img in content.find_all("img")
        if "only-dark" not in img.get("class", [])  # the same picture and words as `only-light`
    ]
    drawn = [
        (svg, svg.get("aria-label"), "")
        for svg in content.find_all("svg")
        if svg.get("role") == "img"
    ]
    return pictures + drawn


def fault_of(alt, src):
    """Return what is wrong with the description `alt` of a picture, or None."""
    if alt is None or not alt.strip():
        return "has no description"
    if alt == src or re.search(r"\.(png|svg|jpe?g|webp|gif)\b", alt):
        return f"has a file name as description: {alt[:60]!r}"
    if re.match(GENERIC, alt.strip(), re.IGNORECASE) or "<Figure" in alt:
        return f"has a description that fits every picture: {alt[:60]!r}"
    if re.match(OPENING, alt.strip(), re.IGNORECASE):
        return f"says what kind of picture it is, not what it shows: {alt[:60]!r}"
    return None


def faults(page, *, measured):
    """Return a sentence for every picture of a parsed page that is described badly."""
    found = []
    for element, alt, src in described(page):
        if fault := fault_of(alt, src):
            found.append(f"{src[:60] or element.name} {fault}")
        elif measured and element.name == "img":
            count = len(alt.split())
            if not SHORTEST <= count <= LONGEST:
                found.append(f"{count} words, not {SHORTEST} to {LONGEST}: {alt[:60]!r}")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_described(book, name):
    assert faults(parsed(book / name), measured=name in CHAPTERS) == []


def test_no_two_pictures_share_a_description(book):
    alts = Counter(
        alt
        for name in CHAPTERS
        for img, alt, _ in described(parsed(book / name))
        if img.name == "img" and not img.find_parent(attrs={"data-explorer": True})
    )  # an explorer may stand in several chapters, each time in the same first state
    assert [alt for alt, count in alts.items() if count > 1] == []


def test_chapters_have_pictures(book):
    """The second page of chapter 7 speaks of workers and failures, which no picture shows."""
    without = [name for name in CHAPTERS if not described(parsed(book / name))]
    assert without == ["chapters/2_kmeans/07b_many_machines.html"]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ('<img src="a.png">', "no description"),
        ('<img src="a.png" alt=" ">', "no description"),
        ('<img src="a/b" alt="a/b">', "file name"),
        ('<img src="a.png" alt="../_images/x.png">', "file name"),
        ('<img src="a.png" alt="Figure 1">', "fits every picture"),
        ('<img src="a.png" alt="&lt;Figure size 640x480&gt;">', "fits every picture"),
        ('<img src="a.png" alt="Image of a tree with leaves">', "what kind of picture"),
        ('<img src="a.png" alt="Three clouds of points">', "4 words"),
        (f'<img src="a.png" alt="{"word " * 91}">', "91 words"),
        ('<svg role="img"></svg>', "no description"),
    ],
)
def test_a_bad_description_is_found(markup, message):
    found = faults(BeautifulSoup(f"<main>{markup}</main>", "html.parser"), measured=True)
    assert len(found) == 1
    assert message in found[0]


def test_a_good_description_passes():
    alt = "Three clouds of points lie apart, each with its code word in the middle. " * 3
    page = BeautifulSoup(f'<main><img src="a.png" alt="{alt}"></main>', "html.parser")
    assert faults(page, measured=True) == []
