"""The problem sets: nbgrader marks right, empty, wrong and hostile submissions as it should."""

import csv
import re

import nbformat
import pytest
import sample_class
from notebooks import ROOT
from sample_class import answered, full_marks, master, solutions, wrong

import assignments
from tests.sampling import WHOLE

NAMES = assignments.problem_sets()
# Each submission takes seconds: in CI every set is graded, and the first by the sample class;
# elsewhere the first.
SETS = NAMES[1:] if WHOLE else NAMES[:1]


def meta(cell):
    return cell.metadata["nbgrader"]


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
    return marks(folder, tmp_path / "marks.csv")


def marks(folder, path):
    assignments.main(["grade", str(folder), str(path)])
    return rows_of(path)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", NAMES)
def test_a_set_has_four_to_six_tasks_and_says_its_points(name):
    book = master(name)
    headings = [c for c in book.cells if c.source.startswith("## ")]
    assert 4 <= len(headings) == len(full_marks(name)) <= 6
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
    for task in full_marks(name):
        assert len([w for w in wrong(name) if w["cell"] == task]) == 3, task
    assert all(w["why"] for w in wrong(name))


@pytest.mark.parametrize("name", SETS)
def test_the_grader_gives_what_answers_deserve(name, made, tmp_path):
    blank, right, full = student(made, name), solutions(name), full_marks(name)
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


DEED = "what the student did"
NOTES = {
    "loops": "huffman: stopped after 40 seconds",
    "kills its kernel": "died",
    "deletes the course": "marks are lost",
    "nothing": "no answer passed a check",
    "something else": "it holds no cells of a problem set",
    "half of the file": "no notebook",
    "a picture": "no notebook",
    "an empty file": "no notebook",
}


def test_a_sample_class_scores_what_it_deserves(tmp_path, monkeypatch):
    """A bad submission costs itself only; the whole class is graded in CI, else the bad ones."""
    monkeypatch.setattr(assignments, "CELL_SECONDS", 40)
    folder = tmp_path / "class"
    sample_class.main([str(folder)])
    deserved = rows_of(tmp_path / "class.csv")
    assert len(deserved) == 30 == sum(path.is_file() for path in folder.rglob("*"))
    bad = [row for row in deserved.values() if any(w in row[DEED] for w in NOTES)]
    if not WHOLE:
        some = {row["file"] for row in [deserved["01 Ada.ipynb"], *bad]}
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if assignments.plain(path.name) not in some:
                path.unlink()
    rows = marks(folder, tmp_path / "marks.csv")
    assert len(rows) == (30 if WHOLE else 1 + len(bad))
    assert {file: row["points"] for file, row in rows.items()} == {
        file: deserved[file]["points"] for file in rows
    }
    for what, note in NOTES.items():
        found = [row["note"] for file, row in rows.items() if what in deserved[file][DEED]]
        assert len(found) == 1, what
        assert note in found[0].lower(), what


def test_the_sample_class_is_the_same_each_time_and_makes_each_mistake_once(made):
    blanks = {name: student(made, name) for name in ("ps1", "ps2")}
    once, again = (sample_class.sample_class(blanks) for _ in range(2))
    assert once == again
    said = [one.what for one in once]
    for mistake in wrong("ps1"):
        assert sum(f"{mistake['cell']}: {mistake['why']}" in what for what in said) == 1


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
    page = (ROOT / "teaching.md").read_text(encoding="utf-8")
    for command in ("make assignments", "make sample-class", "make grade SUBMITTED="):
        assert command in page
