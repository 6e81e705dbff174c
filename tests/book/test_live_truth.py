"""Every cell of the chapters runs in the pages' Python and prints what the book prints.

A cell that cannot says why in its metadata, under `differs_in_page`: the page shows that
sentence.  Three chapters run by default; CI and `make live-test` run them all.
"""

import json
import os
import subprocess

import nbformat
import pytest
from notebooks import ROOT
from pages import NOTEBOOKS, notebook

from tests.node import node_command
from tests.sampling import WHOLE

SAMPLE = ("08_distances", "09_linkage", "10_dendrograms")
ALL = WHOLE or os.environ.get("LIVE_ALL") == "true"
RAN = [name for name in NOTEBOOKS if ALL or any(part in name for part in SAMPLE)]


def run_cells(cells, payload):
    """Run (index, cell) pairs in one interpreter and return the results."""
    done = subprocess.run(
        [node_command(), ROOT / "live" / "run_cells.mjs", payload],
        input=json.dumps([[f"cell {index}", cell.source] for index, cell in cells]),
        capture_output=True,
        text=True,
        check=True,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(cells)
    return results


def printed(result):
    """Return the text of all outputs of a cell."""
    outputs = result["outputs"]
    return "".join(o["text"] if "text" in o else o["bundle"].get("text/plain", "") for o in outputs)


def stored(cell):
    """Return the text that the book stores for a cell."""
    outputs = cell.outputs
    return "".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


def fault(cell, result):
    """Return how a cell's result differs from the book's, or None."""
    text = printed(result)
    if not result["ok"]:
        return f"it raises: {text[-600:]} {result['trap'] or ''}"
    if cell.outputs and text.rstrip() != stored(cell).rstrip():
        return f"it prints\n{text}\nand the book\n{stored(cell)}"
    return None


def faults(cells, payload):
    """Return a sentence for each cell that differs unsaid, or that says so and does not.

    The page leaves out cells with a reason when it runs what a cell needs; they run last here.
    """
    cells = sorted(cells, key=lambda pair: "differs_in_page" in pair[1].metadata)
    found = []
    for (index, cell), result in zip(cells, run_cells(cells, payload), strict=True):
        wrong, reason = fault(cell, result), cell.metadata.get("differs_in_page")
        if wrong and not reason:
            found.append(f"cell {index}: {wrong}")
        if reason and not wrong:
            found.append(f"cell {index} gives the same here; take out: {reason}")
    return found


def code_cells(name):
    return [(i, cell) for i, cell in enumerate(notebook(name).cells) if cell.cell_type == "code"]


@pytest.mark.parametrize("name", RAN)
def test_cells_print_in_the_page_what_the_book_prints(book, name):
    cells = code_cells(name)
    assert any(cell.outputs for _, cell in cells)
    assert faults(cells, book / "_static" / "live") == []


def test_differences_and_idle_excuses_are_found(book):
    def cell(source, text="", **metadata):
        outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
        return nbformat.v4.new_code_cell(source, outputs=outputs, metadata=metadata)

    cells = [
        cell("print(10)", "10\n"),
        cell("print(11)", "10\n"),
        cell("1 / 0"),
        cell("print(12)", "12\n", differs_in_page="No reason at all."),
        cell("import scipy\nscipy.a", differs_in_page="It needs SciPy."),
    ]
    found = faults(list(enumerate(cells)), book / "_static" / "live")
    assert [sentence[:6] for sentence in found] == ["cell 1", "cell 2", "cell 3"]
    assert "take out" in found[2]


def test_numbers_print_under_the_name_that_they_have_elsewhere(book):
    source = "import numpy as np\nprint([np.arange(5).sum()])\n"
    results = run_cells(
        [
            (i, nbformat.v4.new_code_cell(source + last))
            for i, last in enumerate(
                (
                    "np.arange(5).sum()",
                    "np.arange(3)",
                    "np.arange(3, dtype=np.int64)",
                    "[np.int64(3)]",
                )
            )
        ],
        book / "_static" / "live",
    )
    assert [printed(result).split("\n")[:2] for result in results] == [
        ["[np.int64(10)]", "np.int64(10)"],
        ["[np.int64(10)]", "array([0, 1, 2])"],
        ["[np.int64(10)]", "array([0, 1, 2])"],
        ["[np.int64(10)]", "[np.int64(3)]"],
    ]
