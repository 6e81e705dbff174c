"""Print the built book as one PDF: contents, chapters, reference, with links that work.

    make_pdf.py BOOK OUTPUT [PAGES]

BOOK is the folder of the built pages, PAGES the names of some of them, such as
``chapters/00_start_here``; without, all pages of ``_toc.yml`` are printed in their order.
Chromium, which the browser tests need anyway, prints each page; pypdf joins them, numbers the
sheets, and turns links between pages of the book into jumps inside the one file.
"""

from __future__ import annotations

import html
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notebooks import ROOT, toc_files
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit, NameObject

sys.path.insert(0, str(ROOT))
from tests.engines import missing, program

TITLE = "From Codebooks to Dendrograms"
SETTINGS = {"print_background": True, "prefer_css_page_size": True, "outline": True, "tagged": True}
NUMBER = (
    '<div style="font:8px sans-serif;width:100%;text-align:center"><span class="pageNumber">'
    "</span></div>"
)
WAIT = 60_000  # milliseconds for the formulas of a page


def pages_of_the_book():
    """Return the names of all pages, in reading order."""
    return [p.relative_to(ROOT).with_suffix("").as_posix() for p in toc_files()]


def printed(browser, address):
    """Return one page of the book as a PDF, and its title."""
    page = browser.new_page(color_scheme="light")
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_function("!window.MathJax || MathJax.startup?.promise", timeout=WAIT)
    page.evaluate("window.MathJax?.startup?.promise")
    title = page.locator("h1").first.evaluate("e => e.firstChild.textContent.trim()")
    data = page.pdf(**SETTINGS)
    page.close()
    return PdfReader(BytesIO(data)), title


def sheet(browser, body, **more):
    """Return the PDF of a page that is made here."""
    page = browser.new_page()
    page.set_content(
        "<style>@page{size:A4;margin:17mm 16mm 19mm}body{font:11pt sans-serif}h1{font-size:22pt}"
        "p{margin:2pt 0;display:flex}a{color:#000;text-decoration:none;flex:1}"
        f"i{{display:block}}i+i{{break-before:page}}</style>{body}"
    )
    data = page.pdf(**{**SETTINGS, "outline": False, "print_background": False, **more})
    page.close()
    return PdfReader(BytesIO(data))


def contents(browser, entries):
    """Return the pages of contents: title and sheet of each page of the book, as links."""
    lines = "".join(
        f'<p><a href="file:///{name}.html">{html.escape(title)}</a> {number}</p>'
        for name, title, number in entries
    )
    return sheet(browser, f"<h1>{TITLE}</h1>{lines}")


def name_of(address, folder):
    """Return the page of the book that a link leads to, or None."""
    path = unquote(urlsplit(address).path).lstrip("/")
    base = f"{folder.as_posix().lstrip('/')}/"
    return path.removeprefix(base).removesuffix(".html") if path.endswith(".html") else None


def join_links(writer, starts, folder):
    """Turn each link to a page of the book into a jump to its first sheet."""
    for sheet_number, page in enumerate(writer.pages):
        for annotation in list(page.get("/Annots") or ()):
            entry = annotation.get_object()
            address = entry.get("/A", {}).get("/URI")
            target = starts.get(name_of(str(address), folder)) if address else None
            if target is not None:
                page["/Annots"].remove(annotation)
                jump = Link(rect=entry["/Rect"], target_page_index=target, fit=Fit.fit())
                jump[NameObject("/Border")] = entry.get("/Border", jump["/Border"])
                writer.add_annotation(sheet_number, jump)


def number_sheets(browser, writer):
    """Write the number of each sheet at its foot."""
    blank = "<i>&nbsp;</i>" * len(writer.pages)
    numbers = sheet(browser, blank, display_header_footer=True, footer_template=NUMBER,
                    header_template="<span></span>")  # fmt: skip
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        page.merge_page(number)


def make(folder, output, names, browser):
    """Print the pages `names` of the book in `folder` into one file; return its starts."""
    parts = [(name, *printed(browser, (folder / f"{name}.html").as_uri())) for name in names]
    guess = [(name, title, 0) for name, _, title in parts]
    first = len(contents(browser, guess).pages)
    starts, at = {}, first
    for name, part, _ in parts:
        starts[name], at = at, at + len(part.pages)
    entries = [(name, title, starts[name] + 1) for name, _, title in parts]
    writer = PdfWriter()
    writer.append(contents(browser, entries), outline_item="Contents", import_outline=False)
    for _, part, title in parts:
        writer.append(part, outline_item=title, import_outline=True)
    join_links(writer, starts, folder)
    number_sheets(browser, writer)
    writer.add_metadata({"/Title": TITLE})
    writer.write(output)
    return starts


def main(folder, output, *names):
    """Print with Chromium, and say where the file is."""
    path = program("chromium")
    if path is None:
        sys.exit(missing("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        make(Path(folder).resolve(), output, names or pages_of_the_book(), browser)
        browser.close()
    print(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
