"""The pages of the book, as the table of contents names them, and their parsed HTML."""

import functools
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from notebooks import ROOT, toc_files, toc_notebooks

NOTEBOOKS = [path.relative_to(ROOT).as_posix() for path in toc_notebooks()]
CHAPTERS = [str(Path(name).with_suffix(".html")) for name in NOTEBOOKS]
PAGES = [
    *(str(path.relative_to(ROOT).with_suffix(".html")) for path in toc_files()),
    "genindex.html",
    "search.html",
]


def notebook(name):
    """Return the notebook called `name`, as it is stored."""
    return nbformat.read(ROOT / name, as_version=4)


@functools.cache
def parsed(path):
    """Return the built page at `path`, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
