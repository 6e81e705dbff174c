"""The book on paper: no controls, and one PDF whose contents and links lead where they say."""

import make_pdf
import pytest
from pypdf import PdfReader

CHAPTER = "chapters/2_kmeans/05_initialization.html"
SOME = ("index", "chapters/4_practice/index", "chapters/4_practice/something_else")
CONTROLS = (
    ".bd-sidebar-primary", ".bd-header-article", ".prev-next-area", ".copybtn", ".clx-controls",
    ".clx-foot", ".live-bar", ".live-tools", ".course-box", ".course-done", "summary",
)  # fmt: skip


@pytest.fixture(scope="module")
def pdf(book, chromium, tmp_path_factory):
    """Print three short pages; return the file, read, and the first sheet of each page."""
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    starts = make_pdf.make(book, path, SOME, chromium)
    return PdfReader(path), starts


def jumps(reader, sheet):
    """Return the sheets that the links of a sheet jump to, and the addresses that they leave to."""
    inside, outside = [], []
    for annotation in reader.pages[sheet].get("/Annots") or ():
        entry = annotation.get_object()
        if "/Dest" in entry and not isinstance(entry["/Dest"], str):
            inside.append(reader.get_page_number(entry["/Dest"][0].get_object()))
        elif "/URI" in entry.get("/A", {}):
            outside.append(entry["/A"]["/URI"])
    return inside, outside


def test_the_contents_lead_to_the_pages_they_name(pdf):
    reader, starts = pdf
    inside, outside = jumps(reader, 0)
    assert (inside, outside) == ([starts[name] for name in SOME], [])
    text = reader.pages[0].extract_text()
    for name in SOME:
        assert str(starts[name] + 1) in text
    titles = ("From Codebooks to Dendrograms", "Part 4: judgement", "When to use something else")
    for name, title in zip(SOME, titles, strict=True):
        assert title in reader.pages[starts[name]].extract_text()
        assert title in text


def test_the_outline_has_pages_and_their_sections(pdf):
    reader, starts = pdf
    items = [item for item in reader.outline if not isinstance(item, list)]
    assert [reader.get_destination_page_number(item) for item in items] == [0, *starts.values()]

    def titles(outline):
        return [t for i in outline for t in (titles(i) if isinstance(i, list) else [i.title])]

    assert "Which method" in titles(reader.outline)


def test_links_between_pages_are_jumps_and_none_leads_to_the_disk(pdf):
    reader, starts = pdf
    found = [jumps(reader, sheet) for sheet in range(len(reader.pages))]
    part = starts["chapters/4_practice/index"]
    assert starts["chapters/4_practice/something_else"] in found[part][0]
    printed = {f"{name}.html" for name in SOME}
    left = [uri for _, outside in found for uri in outside]
    assert [uri for uri in left if any(uri.split("#")[0].endswith(p) for p in printed)] == []


def test_every_sheet_is_numbered_and_none_is_empty(pdf):
    reader, _ = pdf
    for i, page in enumerate(reader.pages):
        words = page.extract_text().split()
        assert str(i + 1) in words
        assert len(words) > 10


def test_paper_shows_no_controls_and_cuts_no_code(book, open_page):
    page = open_page((book / CHAPTER).as_uri())
    page.locator("[data-explorer] .clx-body").first.wait_for()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 950})  # the text of an A4 sheet
    visible = [s for s in CONTROLS for e in page.locator(s).all() if e.is_visible()]
    assert visible == []
    cut = page.evaluate(
        "[...document.querySelectorAll('article pre')].filter((e) => e.checkVisibility()"
        " && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 60))"
    )
    assert cut == []
