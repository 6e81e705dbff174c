"""Make a class of 30 submissions of problem set 1, good, bad and hostile, to try the grader on.

    sample_class.py [FOLDER]     into _build/assignments/class, if no folder is named

Beside the folder stands a table of the same name, ``class.csv``, that says what each student did
and what it should score.  The right answers are the master's, the wrong ones those listed in
``assignments/wrong_answers``; nothing is drawn by chance, so each run writes the same class.
"""

from __future__ import annotations

import argparse
import copy
import csv
import io
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import nbformat

import assignments
from clusterlib.reports.writing import write_whole

WRONG = assignments.MASTERS / "wrong_answers"
MARK = re.compile(r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)$\n?", re.MULTILINE)
SET = "ps1"

# What a task of the class is answered with, other than rightly or wrongly.
CELLS = {
    "loops": "while True:\n    pass",
    "kills its kernel": "import os\nos._exit(1)",
    "prints a megabyte": "for _ in range(20_000):\n    print('x' * 60)",
    "prints hostile text": "print('<script>alert(1)</script>\\x1b[31m\\x00')",
    "is no Python": "def huffman_length(counts)\n    return 1",
    "asks for a terabyte": "np.ones((1 << 20, 1 << 17))",
    "waits for input": "input('How long? ')",
    "deletes the course": "import shutil\nshutil.rmtree('../../..', ignore_errors=True)",
}
LOSE_ALL = ("kills its kernel", "deletes the course")


@dataclass
class Submission:
    """What one student hands in, and the points that the checks should give for it."""

    file: str
    content: nbformat.NotebookNode | bytes
    points: float
    what: str


def master(name):
    """Return the master of a problem set."""
    return nbformat.read(assignments.MASTERS / name / f"{name}.ipynb", as_version=4)


def wrong(name):
    """Return the typical wrong answers of a problem set: cell, code, points, and why."""
    return tomllib.loads((WRONG / f"{name}.toml").read_text(encoding="utf-8"))["wrong"]


def solutions(name):
    """Return the answers of the master, by the id of their cell."""
    return {
        assignments.id_of(cell): MARK.sub("", cell.source)
        for cell in master(name).cells
        if cell.metadata["nbgrader"]["solution"]
    }


def full_marks(name):
    """Return the points that checks give for each task of a set, in order."""
    points = {}
    for cell in master(name).cells:
        about = cell.metadata["nbgrader"]
        if about["grade"]:
            task = assignments.task_of(about["grade_id"])
            points[task] = points.get(task, 0) + about["points"] * (cell.cell_type == "code")
    return points


def answered(blank, answers):
    """Return a submission: the student's version with `answers`, by the id of their cell."""
    book = copy.deepcopy(blank)
    for cell in book.cells:
        if assignments.id_of(cell) in answers:
            cell.source = answers[assignments.id_of(cell)]
    return book


def sample_class(blanks):
    """Return the 30 submissions; `blanks` holds the student's versions by their problem set."""
    return [*of_diligent(blanks[SET]), *of_mistaken(blanks[SET]), *of_careless(blanks),
            *of_hostile(blanks[SET])]  # fmt: skip


def of_diligent(blank):
    """Return four submissions that deserve full marks."""
    right, full = solutions(SET), sum(full_marks(SET).values())
    own = answered(blank, right)
    own.cells.insert(4, nbformat.v4.new_code_cell("'a note of my own'", id="own"))
    stored = answered(blank, right)
    for cell in stored.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="x" * 100_000)]
    return [
        Submission("01 Ada.ipynb", answered(blank, right), full, "all right"),
        Submission("late/homework (final) 2.ipynb", answered(blank, right), full,
                   "all right; renamed, and in a folder of its own"),
        Submission("03 Cleo.ipynb", own, full, "all right; a cell of her own between"),
        Submission("04 Dan.ipynb", stored, full, "all right; a megabyte of stored output"),
    ]  # fmt: skip


def of_mistaken(blank):
    """Return nine submissions with one or two typical mistakes; each mistake is made once."""
    right, full = solutions(SET), full_marks(SET)
    names = ["Eve", "Finn", "Gus", "Hana", "Ivo", "Jane", "Kofi", "Lea", "Max"]
    made = []
    for turn in range(3):
        mistakes = [[w for w in wrong(SET) if w["cell"] == task][turn] for task in full]
        for some in (mistakes[0:2], mistakes[2:4], mistakes[4:]):
            cells = {w["cell"]: w["code"] for w in some}
            lost = sum(full[w["cell"]] - w["points"] for w in some)
            said = "; ".join(f"{w['cell']}: {w['why']}" for w in some)
            file = f"{5 + len(made):02d} {names[len(made)]}.ipynb"
            book = answered(blank, {**right, **cells})
            made.append(Submission(file, book, sum(full.values()) - lost, said))
    return made


def of_careless(blanks):
    """Return eight submissions that are incomplete, of another set, or no notebook."""
    blank, right, full = blanks[SET], solutions(SET), full_marks(SET)
    first = next(iter(full))
    half = answered(blank, {first: right[first]})
    without = answered(blank, right)
    without.cells = [c for c in without.cells if assignments.id_of(c) != f"{first}-hidden"]
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", id="own")])
    other = answered(blanks["ps2"], solutions("ps2"))
    text = nbformat.writes(answered(blank, right)).encode()
    return [
        Submission("14 Nora.ipynb", half, full[first], "only the first task"),
        Submission("15 Omar.ipynb", blank, 0, "nothing"),
        Submission("16 Pia.ipynb", without, sum(full.values()), "all right; a check deleted"),
        Submission("17 Quinn.ipynb", other, sum(full_marks("ps2").values()), "problem set 2"),
        Submission("18 Rosa.ipynb", own, 0, "a notebook of something else"),
        Submission("19 Sam.ipynb", text[: len(text) // 2], 0, "half of the file"),
        Submission("20 Tess.ipynb", b"\x89PNG\r\n\x1a\n\x00", 0, "a picture"),
        Submission("21 Uma.ipynb", b"", 0, "an empty file"),
    ]


def of_hostile(blank):
    """Return nine submissions that crash, never end, or try to cheat."""
    right, full = solutions(SET), full_marks(SET)
    everything = sum(full.values())
    task, last = "huffman", list(full)[-1]
    files = ["22 Vic", "23 Wim", "24 Xenia", "=1+1", "26 Yara", "27 Zoe", "28 Ari", "29 Bo"]
    made = []
    for file, (what, code) in zip(files, CELLS.items(), strict=True):
        cell = last if what == "prints hostile text" else task
        points = 0 if what in LOSE_ALL else everything - full[cell]
        book = answered(blank, {**right, cell: code})
        made.append(Submission(f"{file}.ipynb", book, points, f"{cell}: {what}"))
    first = next(iter(full))
    cheat = answered(blank, {**right, first: "pass"})
    for cell in cheat.cells:
        if (assignments.id_of(cell) or "").startswith(f"{first}-"):
            cell.source = "3"
    made.append(Submission("30 Cai.ipynb", cheat, everything - full[first],
                           f"{first}: checks that give themselves full marks"))  # fmt: skip
    return made


def write(folder, blanks):
    """Write the class into `folder`, and what it deserves into the CSV file beside it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["file", "what the student did", "points"])
    for one in sample_class(blanks):
        path = folder / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(one.content, bytes):
            path.write_bytes(one.content)
        else:
            nbformat.write(one.content, path)
        table.writerow([assignments.plain(one.file), one.what, f"{one.points:g}"])
    write_whole(folder.with_suffix(".csv"), text.getvalue(), newline="")


def main(arguments=None):
    """Make the problem sets and the class, and say how to grade it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    made = assignments.ROOT / "_build" / "assignments"
    parser.add_argument("folder", nargs="?", type=Path, default=made / "class")
    folder = parser.parse_args(arguments).folder
    write(folder, assignments.blanks([SET, "ps2"]))
    print(f"30 submissions of problem set 1: {folder}")
    print(f"What each should score: {folder.with_suffix('.csv')}")
    print(f'To grade them: make grade SUBMITTED="{folder}" MARKS=marks.csv')


if __name__ == "__main__":
    main()
