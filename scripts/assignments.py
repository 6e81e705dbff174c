"""Make the two versions of the problem sets, and grade a folder of submitted notebooks.

    assignments.py make [FOLDER]             into _build/assignments, if no folder is named
    assignments.py grade SUBMISSIONS MARKS   notebooks of any name, into a CSV file

The masters stand in ``assignments/`` in the format of nbgrader, which makes the versions and runs
the checks.  A submission is known by the ids of its cells, not by its name; each is graded in a
process and a course of its own, so that one that crashes, loops or prints without end costs
itself its marks and no other.  Submitted code runs with your rights: see "For teachers".
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.reader import NotJSONError
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from clusterlib.reports.writing import write_whole

ROOT = Path(__file__).resolve().parent.parent
MASTERS = ROOT / "assignments"
CELL_SECONDS = 60  # a cell of the masters takes less than 5
SECONDS = 600  # for a notebook
MEMORY = 4 << 30  # bytes of address space, where the system can limit them
AT_ONCE = min(4, os.cpu_count() or 1)  # notebooks that run side by side
LARGEST = 20 << 20  # bytes of a submitted file
STUDENT = "student"

# What runs nbgrader, with a limit of memory for it and for the kernels that it starts.
LIMITED = """
import runpy, sys
memory = int(sys.argv.pop(1))
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
except ImportError:
    pass  # Windows has no such limit
runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
"""


def problem_sets():
    """Return the names of the problem sets, in order."""
    return sorted(path.parent.name for path in MASTERS.glob("*/*.ipynb"))


def course(folder, names):
    """Make a course of nbgrader in `folder`: masters, data base and student's versions."""
    config = Config()
    config.CourseDirectory.root = str(folder)
    beside = str(Path(sys.executable).parent)  # nbgrader looks for alembic on the path
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    for name in names:
        shutil.copytree(MASTERS / name, folder / "source" / name)
        made = api.generate_assignment(name)
        if not made["success"]:
            raise RuntimeError(f"{name}: {made.get('log')}\n{made.get('error')}")


def blanks(names):
    """Return the student's version of each problem set in `names`, by its name."""
    with tempfile.TemporaryDirectory() as temporary:
        course(Path(temporary), names)
        made = Path(temporary) / "release"
        return {name: nbformat.read(made / name / f"{name}.ipynb", as_version=4) for name in names}


def autograde(folder, problem_set):
    """Let nbgrader run and mark the submission in the course `folder`, within limits.

    Returns the return code, or None when time was over, and the last lines of its log.
    """
    command = [sys.executable, "-c", LIMITED, str(MEMORY), "autograde", problem_set,
               f"--course={folder}", f"--student={STUDENT}", "--log-level=WARN",
               f"--Execute.timeout={CELL_SECONDS}"]  # fmt: skip
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder),
                   "IPYTHONDIR": str(folder / "ipython"), "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip
    log = folder / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.STDOUT, env=environment,
                                   start_new_session=True)  # fmt: skip
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            stop(process)
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return code, said[-2000:]


def stop(process):
    """End a process and all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


@dataclass
class Marks:
    """What one submitted file gets, and why."""

    file: str
    problem_set: str = ""
    points: float = 0.0
    of: float = 0.0
    by_hand: float = 0.0
    tasks: dict = field(default_factory=dict)
    note: str = ""


def make(destination):
    """Write the student's and the teacher's version of each problem set."""
    names = problem_sets()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        course(folder, names)
        for name in names:
            for kind, source in (("student", "release"), ("teacher", "source")):
                target = destination / kind / f"{name}.ipynb"
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / source / name / f"{name}.ipynb", target)
    print(f"{len(names)} problem sets, in two versions: {destination}")


@functools.cache
def cells_of(name):
    """Return the id of each cell of a master with an answer or a check, in order."""
    master = nbformat.read(MASTERS / name / f"{name}.ipynb", as_version=4)
    return tuple(id_of(cell) for cell in master.cells)


def read(path):
    """Return the notebook in `path` and its problem set, or raise ValueError with the reason."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"the file is larger than {LARGEST >> 20} MB")
    try:
        book = nbformat.read(path, as_version=4)
        ids = {id_of(cell) for cell in book.cells}
    except NotJSONError:
        raise ValueError("no notebook: it is not JSON, or only a part of it") from None
    except Exception as error:  # a file may hold anything
        reason = str(error).splitlines() or [type(error).__name__]
        raise ValueError(f"no notebook: {reason[0][:100]}") from None
    common = {name: len(ids.intersection(cells_of(name))) for name in problem_sets()}
    best = max(common, key=lambda name: common[name])
    # The cells `setup` and `head` stand in each set.
    if common[best] <= 2:
        raise ValueError("it holds no cells of a problem set")
    return book, best


def grade(submissions, marks):
    """Grade every notebook below the folder `submissions`; write the CSV file `marks`."""
    paths = sorted(path for path in submissions.rglob("*") if path.is_file())
    paths = [path for path in paths if ".ipynb_checkpoints" not in path.parts]
    if not paths:
        raise SystemExit(f"No file stands below {submissions}.")
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary) / "base"
        base.mkdir()
        course(base, problem_sets())
        rows = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            names = [str(path.relative_to(submissions)) for path in paths]
            for row in pool.map(grade_one, paths, names, [base] * len(paths)):
                rows.append(row)
                print(f"{len(rows)} of {len(paths)}: {row.file}", file=sys.stderr, flush=True)
    write(rows, marks)
    return rows


def grade_one(path, name, base):
    """Return the marks of one submitted file."""
    try:
        book, problem_set = read(path)
    except ValueError as error:
        return Marks(name, note=str(error))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "course"
        shutil.copytree(base, folder)
        target = folder / "submitted" / STUDENT / problem_set / f"{problem_set}.ipynb"
        target.parent.mkdir(parents=True)
        released = nbformat.read(folder / "release" / problem_set / target.name, as_version=4)
        try:
            nbformat.write(restored(book, released), target)
        except Exception as error:  # the cells may hold what no notebook may
            return Marks(name, problem_set, note=f"no notebook: {type(error).__name__}")
        code, said = autograde(folder, problem_set)
        try:
            result = marks_of(folder, problem_set, name)
        except Exception:  # the submission has the rights to delete what nbgrader has stored
            return Marks(name, problem_set, note="its marks are lost: it changed nbgrader's files")
        done = folder / "autograded" / STUDENT / problem_set / target.name
        if code is None:
            result.note = f"stopped after {SECONDS} seconds"
        elif not done.exists():
            result.note = f"it could not be run to its end: {last_error(said)}"
        else:
            result.note = note_on(nbformat.read(done, as_version=4), result)
    return result


def restored(book, released):
    """Return a submission without outputs, with the cells of the set that it has lost."""
    known = {id_of(cell) for cell in book.cells}
    place = 0
    for cell in released.cells:
        if id_of(cell) not in known:
            book.cells.insert(place, cell)
        place = next(i for i, other in enumerate(book.cells) if id_of(other) == id_of(cell)) + 1
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None  # they may be large or stale
    return book


def id_of(cell):
    """Return the name by which nbgrader knows a cell; a student's own cells have none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def last_error(said):
    """Return the last line that names an error."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    named = [line for line in plain.splitlines() if re.search(r"Error|died|killed", line)]
    return (named or ["no reason was given"])[-1].strip()[:150]


def marks_of(folder, problem_set, name):
    """Return the marks that nbgrader has stored; a check that did not run has none."""
    result = Marks(name, problem_set)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        notebook = book.find_assignment(problem_set).notebooks[0]
        for cell in notebook.grade_cells:
            result.of += cell.max_score
            result.tasks.setdefault(task_of(cell.name), 0.0)
        try:
            submission = book.find_submission_notebook(problem_set, problem_set, STUDENT)
        except Exception:  # nothing was run
            return result
        for row in submission.grades:
            if row.needs_manual_grade:
                result.by_hand += row.max_score
            result.tasks[task_of(row.name)] += row.score or 0.0
    order = list(dict.fromkeys(task_of(cell) for cell in cells_of(problem_set)))
    result.tasks = {task: result.tasks[task] for task in order if task in result.tasks}
    result.points = sum(result.tasks.values())
    return result


def task_of(cell):
    """Return the task that a cell belongs to: its id up to the first hyphen."""
    return cell.split("-")[0]


def note_on(book, result):
    """Return why marks are missing, as far as the executed notebook tells."""
    notes = []
    for cell in book.cells:
        outputs = cell.get("outputs", [])
        names = {output.ename for output in outputs if output.output_type == "error"}
        task = task_of(id_of(cell) or "a cell of its own")
        if "CellTimeoutError" in names or "KeyboardInterrupt" in names:
            notes.append(f"{task}: stopped after {CELL_SECONDS} seconds")
        elif "DeadKernelError" in names:
            notes.append(f"{task}: the kernel died")
    if not notes and not result.points and not result.by_hand:
        notes.append("no answer passed a check")
    return "; ".join(dict.fromkeys(notes))


def write(rows, path):
    """Write the marks as CSV, whole or not at all; text cannot become a formula."""
    width = max((len(row.tasks) for row in rows), default=0)
    head = ["file", "problem set", "points", "of", "waiting for you", "note"]
    lines = [[*head, *(f"task {i + 1}" for i in range(width))]]
    for row in rows:
        tasks = [f"{points:g}" for points in row.tasks.values()]
        lines.append([plain(row.file), row.problem_set, f"{row.points:g}", f"{row.of:g}",
                      f"{row.by_hand:g}", plain(row.note), *tasks])  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    write_whole(path, text.getvalue(), newline="")


def plain(text):
    """Return `text` as a spreadsheet should show it: no formula, no control characters."""
    text = "".join(c if c.isprintable() else "?" for c in text)
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def main(arguments=None):
    """Run the command line; by default the words after the name of the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("make", help="write the student's and the teacher's versions")
    one.add_argument("folder", nargs="?", type=Path, default=ROOT / "_build" / "assignments")
    two = commands.add_parser("grade", help="grade a folder of submitted notebooks")
    two.add_argument("submissions", type=Path)
    two.add_argument("marks", type=Path)
    given = parser.parse_args(arguments)
    if given.command == "make":
        make(given.folder)
        return
    if not given.submissions.is_dir():
        parser.error(f"{given.submissions} is no folder")
    rows = grade(given.submissions, given.marks)
    print(f"{len(rows)} files graded: {given.marks}")


if __name__ == "__main__":
    main()
