"""Each promise is broken once, in a copy of the real thing, and the check that guards it goes red.

The table "What is promised" of CONTRIBUTING.md names, for each promise, the test that
plants the fault.  Some stand beside the check that they try; the others stand here.
"""

import ast
import re
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from moving import EXPLORER, dead_sliders
from notebooks import MARK, ROOT, from_md, is_checked, refresh, write
from pages import CHAPTERS, NOTEBOOKS, notebook, parsed
from prose import unguarded
from test_alt_text import faults as alt_faults
from test_hyperlinks import broken
from test_notebooks import unlisted
from test_offline import fetched_from_elsewhere

from tests.browsing import skip_questions

DRAFT = f"""# A chapter

```{{code-cell}} ipython3
import numpy as np
from clusterlib.exercises import check
x = np.arange(4)
```

```{{code-cell}} ipython3
{MARK}
print(x.sum())
```

```{{code-cell}} ipython3
:tags: [solution]
assert check("9.1", [2, 4, 9]).passed
```
"""


def pytest_run(folder, *arguments):
    """Run pytest as the Makefile does, in `folder`; return its status and what it printed."""
    command = [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml",
               "--rootdir", folder, "-p", "no:cacheprovider", *arguments]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def nbval_flags():
    """Return the flags with which `make test` runs the notebooks."""
    return re.search(r"^NBVAL := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()


def replace(index, old, new):
    """Return a change that replaces text in the source of a cell."""

    def change(book):
        assert old in book.cells[index].source
        book.cells[index]["source"] = book.cells[index].source.replace(old, new)

    return change


def store(text):
    """Return a change of the stored output of the checked cell."""
    return lambda book: book.cells[2].outputs[0].update(text=text)


NOTEBOOK_FAULTS = {
    "00_sound": (lambda book: None, None),
    "01_a_cell_raises": (replace(1, "x = np.arange(4)", "x = np.arange(4); 1 / 0"), 0),
    "02_a_printed_number_changes": (replace(1, "arange(4)", "arange(5)"), 1),
    "03_a_stored_output_is_stale": (store("7\n"), 1),
    "04_a_solution_fails_its_own_check": (replace(3, "[2, 4, 9]", "[2, 4, 8]"), 2),
}


def test_a_faulty_notebook_fails_and_names_its_cell(tmp_path):
    (tmp_path / "draft.md").write_text(DRAFT)
    sound = tmp_path / "00_sound.ipynb"
    from_md(tmp_path / "draft.md", sound)
    assert refresh([sound]) == 0
    for name, (change, _) in NOTEBOOK_FAULTS.items():
        book = nbformat.read(sound, as_version=4)
        change(book)
        write(book, tmp_path / f"{name}.ipynb")
    names = [f"{name}.ipynb" for name in NOTEBOOK_FAULTS]
    status, output = pytest_run(tmp_path, *nbval_flags(), *names)
    assert status == 1
    first = {}
    for name, cell in re.findall(r"^FAILED (\w+)\.ipynb::Cell (\d+)", output, re.MULTILINE):
        first.setdefault(name, int(cell))
    expected = {name: cell for name, (_, cell) in NOTEBOOK_FAULTS.items() if cell is not None}
    assert first == expected, output


NO_NUMBERS = {"chapters/3_hierarchy/09c_ultrametrics.ipynb"}  # it proves, and quotes none


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_chapter_whose_numbers_are_no_longer_printed_is_found(name):
    book = notebook(name)
    assert unguarded(book) == []
    for cell in book.cells:
        if is_checked(cell):
            cell["outputs"] = []
    assert (unguarded(book) == []) == (name in NO_NUMBERS)


def test_a_notebook_that_the_table_of_contents_lacks_is_found():
    files = [ROOT / name for name in NOTEBOOKS]
    assert unlisted(files, files) == []
    assert unlisted(files, files[1:]) == [f"{NOTEBOOKS[0]} is not in _toc.yml"]


def first_page(book, css):
    """Return name and fresh copy of the first chapter that has something like `css`."""
    name = next(name for name in CHAPTERS if parsed(book / name).main.select(css))
    return name, BeautifulSoup((book / name).read_text(encoding="utf-8"), "html.parser")


def alt(text):
    """Return a change of the description of the first picture."""
    return lambda page: page.main.find("img").attrs.update(alt=text)


def add(markup):
    """Return a change that adds an element to the page."""
    return lambda page: page.main.append(BeautifulSoup(markup, "html.parser"))


def lead(href):
    """Return a change of the first link within the book."""
    return lambda page: page.select_one("a.internal").attrs.update(href=href)


def alternative_texts(book, name, page):
    return alt_faults(page, measured=True)


def other_hosts(book, name, page):
    return fetched_from_elsewhere(page)


PAGE_FAULTS = {
    "no alternative text": (alternative_texts, alt(""), "has no description"),
    "a generic one": (alternative_texts, alt("Figure 3"), "fits every picture"),
    "a short one": (alternative_texts, alt("Three clouds and their code words"), "6 words"),
    "script": (other_hosts, add("<script src='https://example.org/a.js'></script>"), "a.js"),
    "style": (other_hosts, add("<link rel=stylesheet href='//example.org/a.css'>"), "a.css"),
    "font": (
        other_hosts,
        add("<style>@font-face {src: url(https://example.org/a.woff2)}</style>"),
        "url(https://",
    ),
    "a page that is not there": (broken, lead("nowhere.html"), "nowhere.html: no such file"),
    "a place that is not there": (broken, lead("#nowhere"), "#nowhere: no such place"),
}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_fault_of_a_page_is_found(book, fault):
    check, plant, message = PAGE_FAULTS[fault]
    name, page = first_page(book, "img[alt]")
    assert check(book, name, page) == []
    plant(page)
    found = check(book, name, page)
    assert len(found) == 1
    assert message in found[0]


def test_an_explorer_whose_sliders_are_cut_off_is_found(book, open_page):
    name, _ = first_page(book, EXPLORER)
    page = open_page((book / name).as_uri())
    root = page.locator(EXPLORER).first
    root.locator("[role=status]").first.wait_for()
    skip_questions(page)
    assert dead_sliders(page, root) == []
    page.evaluate(
        """["input", "change"].forEach(kind => window.addEventListener(
            kind, event => event.stopImmediatePropagation(), true))"""
    )
    found = dead_sliders(page, root)
    for part in ("keyboard: the picture", "keyboard: the numbers", "mouse: the picture"):
        assert any(part in fault for fault in found)


def test_an_example_that_lies_fails(tmp_path):
    source = (ROOT / "clusterlib" / "distance" / "condensed.py").read_text(encoding="utf-8")
    answer = next(re.finditer(r"^ +>>> .*\n( +[^>\s.].*\d.*)$", source, re.MULTILINE))[1]
    lie = re.sub(r"\d", lambda digit: str(9 - int(digit[0])), answer, count=1)
    (tmp_path / "sound.py").write_text(source)
    (tmp_path / "lying.py").write_text(source.replace(answer, lie, 1))
    status, output = pytest_run(tmp_path, "sound.py", "lying.py")
    assert status == 1
    assert set(re.findall(r"^FAILED (\w+)\.py::", output, re.MULTILINE)) == {"lying"}


def planted():
    """Return the rows (promise, test) of the table of CONTRIBUTING.md."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (.+?) \| `(tests/[\w/]+\.py)::(\w+)` \|$", guide, re.MULTILINE)


def test_every_promise_names_a_test_that_is_there():
    rows = planted()
    assert len(rows) >= 11
    for promise, file, name in rows:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}, promise
