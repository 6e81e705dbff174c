"""Repair what the theme gets wrong for readers with a keyboard or a screen reader.

Each repair is a pattern in the finished page, what stands there instead, and why.
The accessibility test runs axe-core over every page and shows whether they still fit.
"""

import re
from pathlib import Path

REPAIRS = (
    # A button's name must hold the words that can be seen on it; without the label, it does.
    (r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # The arrow that opens a part of the side bar has no words.
    (r'<summary>(<span class="toctree-toggle")', r'<summary aria-label="Pages of this part">\1'),
    # The pictures on the colour button count as text for some readers: a hidden word names it.
    (r'(<button class="[^"]*theme-switch-button[^"]*") aria-label="Color mode"([^>]*>)',
     r'\1\2<span class="visually-hidden">Color mode</span>'),
    # The role of an entry was withdrawn from ARIA; a list has items.
    (r'role="doc-biblioentry"', 'role="listitem"'),
    # The side bar with the book's title is a region of its own.
    (r'<div id="pst-primary-sidebar" class="([^"]*)">',
     r'<div id="pst-primary-sidebar" class="\1" role="complementary" aria-label="Book">'),
)  # fmt: skip


def repair(html):
    """Return the page `html` with every fault repaired; a repaired page stays as it is."""
    for pattern, replacement in REPAIRS:
        html = re.sub(pattern, replacement, html)
    return html


def repair_pages(app, error):
    """Repair every page of the built book, in place."""
    if error or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        repaired = repair(html)
        if repaired != html:
            path.write_text(repaired, encoding="utf-8")


def setup(app):
    app.connect("build-finished", repair_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
