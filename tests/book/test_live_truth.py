"""Every cell of the chapters runs in the pages' Python and prints what the book prints.

A cell that cannot says why in its metadata, under `differs_in_page`: the page shows that
sentence.  Three chapters run by default; CI and `make live-test` run them all.
"""

import json
import os
import subprocess

import nbformat
import numpy as np
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


# Integers of every origin: lists, ranges, sums, places, widths that are asked for.
INTEGERS = """np.arange(5).sum()
np.array([1 << 20]) ** 2
np.array([70_000, 70_000]).prod()
np.array([True, False]).sum(), np.array([True]) + 1, np.diff([True, False])
np.array([100, 100], np.int8).sum(), np.array([200, 200], np.uint8).sum()
np.array([1 << 30] * 4, np.int32).sum(), np.cumsum([1, 1 << 31])
np.zeros(2, int), np.full(2, 3), np.ones(2, "int"), np.array([], int)
np.linspace(0, 4, 3, dtype=int), np.indices((1, 2)), np.trace(np.eye(2, dtype=int))
np.arange(3, dtype=np.int32), np.arange(3).astype("int32"), np.arange(3, dtype=np.int64)
np.int32(5), np.int64(5), np.uint8(5), np.array([1, 2], np.uint64)
np.argmax([1, 3]), np.argsort([3, 1]), np.nonzero([0, 1]), np.count_nonzero([1, 0])
np.searchsorted([1, 2, 3], 2), np.array([4, 5])[np.argmin([1, 0])]
np.unique([1, 1, 2], return_counts=True, return_inverse=True)
np.bincount(np.array([1, 1], np.int64)), np.repeat([1, 2], np.array([1, 2], np.int64))
np.add.reduceat([1, 2, 3], np.array([0, 1], np.int64)), np.choose([1, 0], [[1, 2], [3, 4]])
np.searchsorted([2, 1], [1], sorter=np.array([1, 0], np.int64)), np.partition([3, 1, 2], [1])
np.take([1, 2], np.array([1], np.int64)), np.unravel_index([1, 2], (2, 2))
np.histogram([1, 2, 2], 2), np.digitize([1], [0, 2]), np.insert([1, 2], [1], 5)
np.random.default_rng(0).permutation(5), np.random.default_rng(0).integers(5, size=3)
np.random.default_rng(0).choice(9, 3, replace=False), np.random.default_rng(0).poisson(3, 3)
np.iinfo(int).max, np.dtype(int), np.dtype("int64"), np.dtype(np.int32), type(np.argmax([1]))
np.array([2**40]) + np.argsort([1]), np.int64(2**40) + 1, np.array([2**31]), [np.int64(3)]
np.array([2.7]).astype(int), np.array([1, 2]) // 2, -np.array([1])""".splitlines()


def test_integers_are_those_of_a_computer_with_64_bits(book):
    cells = [nbformat.v4.new_code_cell("import numpy as np")]
    cells += [nbformat.v4.new_code_cell(f"print(repr(({text})))") for text in INTEGERS]
    results = run_cells(list(enumerate(cells)), book / "_static" / "live")[1:]
    for text, result in zip(INTEGERS, results, strict=True):
        assert printed(result) == f"{eval(text, {'np': np})!r}\n", text


def test_an_index_array_is_the_one_exception_and_says_so(book):
    """C code needs places of 32 bits: their dtype tells, and a number too large is refused."""
    cells = [
        nbformat.v4.new_code_cell("import numpy as np\nprint(np.argsort([1]).dtype)"),
        nbformat.v4.new_code_cell("np.argsort([1]) * 2**31"),
    ]
    first, second = run_cells(list(enumerate(cells)), book / "_static" / "live")
    assert printed(first) == "int32\n"
    assert "OverflowError: Python int too large to convert to C long" in printed(second)
