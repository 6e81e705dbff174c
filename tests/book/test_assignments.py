"""The problem sets: nbgrader marks right, empty, wrong and hostile submissions as it should."""

import copy
import csv
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from notebooks import ROOT

import assignments
from tests.sampling import sample

NAMES = assignments.problem_sets()
# Each submission takes seconds: in CI every set is graded, elsewhere the first.
SETS = sample(NAMES, len(NAMES))
WRONG = Path(__file__).parent / "wrong_answers"
REGION = re.compile(r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)$\n?", re.MULTILINE)


def master(name):
    return nbformat.read(assignments.MASTERS / name / f"{name}.ipynb", as_version=4)


def meta(cell):
    return cell.metadata["nbgrader"]


def wrong(name):
    return tomllib.loads((WRONG / f"{name}.toml").read_text(encoding="utf-8"))["wrong"]


def answered(book, answers):
    """Return a submission: the student's version with `answers`, by the id of their cell."""
    book = copy.deepcopy(book)
    for cell in book.cells:
        if assignments.id_of(cell) in answers:
            cell.source = answers[assignments.id_of(cell)]
    return book


def solutions(name):
    """Return the answers of the master, by the id of their cell."""
    return {
        meta(cell)["grade_id"]: REGION.sub("", cell.source)
        for cell in master(name).cells
        if meta(cell)["solution"]
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder with the student's and the teacher's versions."""
    folder = tmp_path_factory.mktemp("assignments")
    assignments.make(folder)
    return folder


def student(made, name):
    return nbformat.read(made / "student" / f"{name}.ipynb", as_version=4)


def graded(tmp_path, books):
    """Grade notebooks, given by file name; return the rows of the CSV file by file name."""
    folder = tmp_path / "submitted"
    for file, book in books.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(book, bytes):
            path.write_bytes(book)
        else:
            nbformat.write(book, path)
    assignments.main(["grade", str(folder), str(tmp_path / "marks.csv")])
    with (tmp_path / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def tasks(name):
    """Return the tasks of a set, in order, and the points that checks give for each."""
    points = {}
    for cell in master(name).cells:
        if meta(cell)["grade"]:
            task = assignments.task_of(meta(cell)["grade_id"])
            points[task] = points.get(task, 0) + meta(cell)["points"] * (cell.cell_type == "code")
    return points


@pytest.mark.parametrize("name", NAMES)
def test_a_set_has_four_to_six_tasks_and_says_its_points(name):
    book = master(name)
    headings = [c for c in book.cells if c.source.startswith("## ")]
    assert 4 <= len(headings) == len(tasks(name)) <= 6
    total = sum(meta(c).get("points", 0) for c in book.cells if meta(c)["grade"])
    assert f", {total} points" in book.cells[0].source
    assert {"Repair", "Derive"} <= kinds(name)


def kinds(name):
    """Return the kinds of the tasks of a set, as its headings name them."""
    headings = [c.source for c in master(name).cells if c.source.startswith("## ")]
    words = {heading.split(":")[0].split(" ", 2)[2] for heading in headings}
    return {kind.capitalize() for word in words for kind in word.split(" and ")}


def test_each_kind_of_task_comes_in_several_sets():
    for kind in ("Repair", "Derive", "Beat a score", "Decide", "Criticize"):
        assert sum(kind in kinds(name) for name in NAMES) >= 4, kind


@pytest.mark.parametrize("name", NAMES)
def test_the_students_version_holds_no_solution_and_no_hidden_test(name, made):
    text = "\n".join(cell.source for cell in student(made, name).cells)
    assert "SOLUTION" not in text
    assert "HIDDEN" not in text
    cells = {meta(c)["grade_id"]: c.source for c in student(made, name).cells}
    for name_of, solution in solutions(name).items():
        lines = [line.strip() for line in solution.splitlines() if len(line.strip()) > 25]
        shown = sum(line in cells[name_of] for line in lines)
        assert shown < len(lines), f"{name_of} shows its solution"


@pytest.mark.parametrize("name", NAMES)
def test_each_task_has_three_typical_wrong_answers(name):
    for task in tasks(name):
        assert len([w for w in wrong(name) if w["cell"] == task]) == 3, task
    assert all(w["why"] for w in wrong(name))


@pytest.mark.parametrize("name", SETS)
def test_the_grader_gives_what_answers_deserve(name, made, tmp_path):
    blank, right, full = student(made, name), solutions(name), tasks(name)
    books = {"master.ipynb": answered(blank, right), "empty.ipynb": blank}
    turns = [  # the tasks do not touch each other: one wrong answer of each together
        {task: [w for w in wrong(name) if w["cell"] == task][turn] for task in full}
        for turn in range(3)
    ]
    for turn, mistakes in enumerate(turns):
        books[f"wrong {turn}.ipynb"] = answered(blank, {t: w["code"] for t, w in mistakes.items()})
    rows = graded(tmp_path, books)

    def points(file):
        return {t: float(rows[file][f"task {i + 1}"]) for i, t in enumerate(full)}

    assert points("master.ipynb") == full
    by_hand = float(rows["master.ipynb"]["of"]) - sum(full.values())
    assert float(rows["master.ipynb"]["waiting for you"]) == by_hand > 0
    assert not any(points("empty.ipynb").values())
    assert rows["empty.ipynb"]["waiting for you"] == "0"
    for turn, mistakes in enumerate(turns):
        assert points(f"wrong {turn}.ipynb") == {t: w["points"] for t, w in mistakes.items()}


def test_a_bad_submission_costs_itself_only(made, tmp_path, monkeypatch):
    monkeypatch.setattr(assignments, "CELL_SECONDS", 40)
    blank, right = student(made, "ps1"), solutions("ps1")

    def handing_in(**changes):
        return answered(blank, {**right, **changes})

    moved = handing_in()
    moved.cells = [cell for cell in moved.cells if meta(cell)["grade_id"] != "snap-hidden"]
    cheat = handing_in(snap="pass")
    for cell in cheat.cells:
        if meta(cell)["grade_id"].startswith("snap-"):
            cell.source = "3"  # a check that gives itself full marks
    rows = graded(tmp_path, {
        "good, renamed/homework (final) 2.ipynb": handing_in(),
        "loops.ipynb": handing_in(huffman="while True:\n    pass"),
        "crashes.ipynb": handing_in(snap="import os\nos._exit(1)"),
        "prints.ipynb": handing_in(huffman="for _ in range(20_000):\n    print('x' * 60)"),
        "=1+1.ipynb": handing_in(critic="print('<script>alert(1)</script>\\x1b[31m\\x00')"),
        "no check.ipynb": moved,
        "cheat.ipynb": cheat,
        "no json.ipynb": b"{",
        "picture.ipynb": b"\x89PNG\r\n\x1a\n\x00",
        "other.ipynb": nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]),
    })  # fmt: skip
    full = sum(tasks("ps1").values())
    points = {file: float(row["points"]) for file, row in rows.items()}
    notes = {file: row["note"] for file, row in rows.items()}
    assert points["good, renamed/homework (final) 2.ipynb"] == full
    assert points["loops.ipynb"] == points["prints.ipynb"] == full - 3
    assert "huffman: stopped after 40 seconds" in notes["loops.ipynb"]
    assert points["crashes.ipynb"] == 0
    assert "died" in notes["crashes.ipynb"].lower()
    assert points["'=1+1.ipynb"] == full - 3
    assert points["no check.ipynb"] == full, "a check that was taken out is put back"
    assert points["cheat.ipynb"] == full - 3, "a check that was changed is put back"
    for file in ("no json.ipynb", "picture.ipynb"):
        assert points[file] == 0
        assert notes[file].startswith("no notebook")
    assert notes["other.ipynb"] == "it holds no cells of a problem set"


def test_marks_are_written_whole_or_not_at_all(tmp_path):
    marks = tmp_path / "marks.csv"
    marks.write_text("old")
    with pytest.raises(AttributeError):
        assignments.write([assignments.Marks("a"), None], marks)
    assert marks.read_text() == "old"


def test_a_folder_without_submissions_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        assignments.main(["grade", str(tmp_path / "none"), str(tmp_path / "marks.csv")])
    assert "is no folder" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="No file"):
        assignments.main(["grade", str(tmp_path), str(tmp_path / "marks.csv")])


def test_the_masters_import_what_readers_have():
    for name in NAMES:
        for cell in master(name).cells:
            for package in re.findall(r"^(?:from|import) (\w+)", cell.source, re.MULTILINE):
                assert package in {"clusterlib", "heapq", "math", "matplotlib", "numpy"}, name


def test_the_page_and_the_makefile_name_the_commands():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^assignments:", text, re.MULTILINE)
    assert re.search(r"^grade:", text, re.MULTILINE)
