"""The pages print what the notebooks store.

The build runs the notebooks with all threads of the machine, `make test` with one:
what both print does not depend on their number.
"""

import re

import pytest
from notebooks import ROOT, is_checked
from pages import NOTEBOOKS, notebook, parsed


def stored(book):
    """Return (cell, text) for each output that a notebook stores."""
    return [
        (cell.id, output.get("text") or output["data"]["text/plain"])
        for cell in book.cells
        if is_checked(cell)
        for output in cell.outputs
    ]


def plain(text):
    """Return `text` without trailing space, which a page may drop."""
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def missing(book, page):
    """Return a sentence for each stored output that the parsed page does not show."""
    shown = {plain(pre.get_text()) for pre in page.select(".cell_output pre")}
    return [f"cell {cell}: {text!r}" for cell, text in stored(book) if plain(text) not in shown]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_page_prints_what_the_notebook_stores(book, name):
    assert missing(notebook(name), parsed(book / name.replace(".ipynb", ".html"))) == []


def test_an_output_that_the_page_does_not_print_is_found(book):
    name = next(name for name in NOTEBOOKS if stored(notebook(name)))
    changed = notebook(name)
    cell = next(cell for cell in changed.cells if cell.get("outputs"))
    before = cell.outputs[0]["text"]
    cell.outputs[0]["text"] = re.sub(r"\d", "8", before)
    assert cell.outputs[0]["text"] != before
    found = missing(changed, parsed(book / name.replace(".ipynb", ".html")))
    assert [fault.split(":")[0] for fault in found] == [f"cell {cell.id}"]


def test_the_notebooks_are_run_with_one_thread():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^ONE_THREAD := OPENBLAS_NUM_THREADS=1 ", text, re.MULTILINE)
    assert re.search(r"^\t\$\(ONE_THREAD\) .* \$\(NBVAL\)", text, re.MULTILINE)
