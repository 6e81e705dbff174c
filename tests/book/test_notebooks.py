"""Every notebook is in the table of contents, clean, and made by one script."""

import re

import nbformat
import notebooks
import pytest
from notebooks import (
    MARK,
    ROOT,
    cell_id,
    from_md,
    problems,
    refresh,
    to_md,
    toc_notebooks,
    write,
)
from pages import NOTEBOOKS, notebook

from clusterlib.exercises import EXERCISES

PHONE = 45  # characters of an output that 360 pixels show, see _static/book.css
DRAFT = f"""---
given: [300, 15]
---
# A chapter

Some prose.

+++

More prose, in a cell of its own.

```{{code-cell}} ipython3
---
tags: [hide-input]
mystnb:
  image:
    alt: A line goes up.
---
x = 3
```

```{{code-cell}} ipython3
{MARK}
print(x + 1)
x * 2
```
"""


@pytest.fixture
def made(tmp_path):
    """Return a clean notebook made from a draft."""
    draft, path = tmp_path / "draft.md", tmp_path / "04_made.ipynb"
    draft.write_text(DRAFT)
    assert from_md(draft, path) == 0
    assert refresh([path]) == 0
    return path


def faulty(path, change):
    """Store the notebook at `path` after `change`, and return its problems."""
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    path.write_text(notebooks.render(notebook))
    return " ".join(problems(path))


def unlisted(files, listed):
    """Return a sentence for each notebook that the table of contents lacks, or names in vain."""
    return [
        f"{path.relative_to(ROOT).as_posix()} {fault}"
        for paths, others, fault in (
            (files, listed, "is not in _toc.yml"),
            (listed, files, "is in _toc.yml and not there"),
        )
        for path in paths
        if path not in others
    ]


def test_the_table_of_contents_lists_exactly_the_notebooks_of_the_folder():
    files = (ROOT / "chapters").rglob("*.ipynb")
    folder = [path for path in files if ".ipynb_checkpoints" not in path.parts]
    assert unlisted(folder, toc_notebooks()) == []


def solved(book):
    """Return the numbers of the exercises whose solution a notebook checks itself."""
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    return set(re.findall(r"^assert check\(\"(\d+\.\d+)\", .+\)\.passed$", code, re.MULTILINE))


def number_of(name):
    """Return the number of the chapter that a page belongs to: 7 for 07b_many_machines."""
    return int(re.match(r"\d\d", name.rsplit("/")[-1])[0])


@pytest.mark.parametrize("chapter", sorted(set(map(number_of, NOTEBOOKS))))
def test_every_exercise_with_a_check_has_a_solution_that_must_pass_it(chapter):
    pages = [name for name in NOTEBOOKS if number_of(name) == chapter]
    found = set().union(*(solved(notebook(name)) for name in pages))
    assert found == {n for n in EXERCISES if n.split(".")[0] == str(chapter)}


def unchecked(book):
    """Return the exercises by hand, in code or to explore that no cell checks."""
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    text = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    titles = re.findall(r"^### Exercise (\d+\.\d+), (?:by hand|code|explore)$", text, re.MULTILINE)
    return [number for number in titles if f'\ncheck("{number}", ' not in code]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_exercise_with_a_number_or_code_for_answer_has_a_check(name):
    assert unchecked(notebook(name)) == []


def test_an_exercise_without_a_check_is_found():
    cells = [
        nbformat.v4.new_markdown_cell("### Exercise 9.8, code\n\nWrite `f`."),
        nbformat.v4.new_markdown_cell("### Exercise 9.9, prove\n\nShow it."),
        nbformat.v4.new_code_cell('a = 1\ncheck("9.7", a)'),
    ]
    assert unchecked(nbformat.v4.new_notebook(cells=cells)) == ["9.8"]


def wide_prints(book):
    """Return the stored lines that a phone cannot show whole; folded tables and errors may."""
    return [
        (cell.id, line)
        for cell in book.cells
        if "hide-cell" not in cell.metadata.get("tags", []) and "\nexcept " not in cell.source
        for output in cell.get("outputs", [])
        for line in output.get("text", "").splitlines()
        if len(line) > PHONE
    ]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_a_cell_prints_fits_a_phone(name):
    assert wide_prints(notebook(name)) == []


def test_a_wide_print_is_found():
    cells = [nbformat.v4.new_code_cell("1", id=str(i)) for i in range(2)]
    for cell, length in zip(cells, (PHONE, PHONE + 1), strict=True):
        cell.outputs = [nbformat.v4.new_output("stream", text="x" * length)]
    assert wide_prints(nbformat.v4.new_notebook(cells=cells)) == [("1", "x" * (PHONE + 1))]


def test_a_solution_that_only_prints_its_outcome_is_no_solution():
    sources = ('check("9.1", 3)', 'assert check("9.2", 3).passed')
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    assert solved(nbformat.v4.new_notebook(cells=cells)) == {"9.2"}


def test_the_reading_order_is_the_order_of_the_numbers():
    numbers = [name.rsplit("/")[-1].partition("_")[0] for name in NOTEBOOKS]
    assert numbers == sorted(set(numbers))


def test_every_notebook_is_clean():
    faults = [f"{name}: {fault}" for name in NOTEBOOKS for fault in problems(ROOT / name)]
    assert faults == []


def test_a_draft_becomes_a_clean_notebook_with_the_outputs_of_checked_cells_only(made):
    assert problems(made) == []
    cells = nbformat.read(made, as_version=4).cells
    assert [cell.id for cell in cells] == [cell_id(made, i) for i in range(4)]
    assert cells[2].metadata == {
        "tags": ["hide-input"],
        "mystnb": {"image": {"alt": "A line goes up."}},
    }
    checked = cells[-1]
    assert checked.outputs[0].text == "4\n"
    assert checked.outputs[1].data == {"text/plain": "6"}
    assert checked.execution_count == 1  # without one nbval would not compare the outputs
    assert all(not cell.outputs for cell in cells[:-1] if cell.cell_type == "code")


def test_making_and_writing_again_changes_nothing(made, tmp_path):
    before = made.read_text()
    from_md(tmp_path / "draft.md", made)
    assert made.read_text() == before
    to_md(made, tmp_path / "back.md")
    from_md(tmp_path / "back.md", made)
    assert made.read_text() == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda nb: nb.cells[-1].update(execution_count=3), "stores the execution count 3"),
        (lambda nb: nb.cells[-1].outputs.clear(), "stores no output"),
        (lambda nb: nb.cells[-2].update(outputs=nb.cells[-1].outputs), "is not marked"),
        (lambda nb: nb.cells[-2].update(source=f"{1:077d}"), "line 1 has 77 characters"),
        (lambda nb: nb.cells[0].update(id="x"), "the id should be '04-001'"),
        (lambda nb: nb.cells[-1].metadata.update(ExecuteTime="now"), "ExecuteTime"),
        (lambda nb: nb.metadata.kernelspec.update(name="mine"), "the kernel is"),
        (lambda nb: nb.metadata.update(widgets={}), "not in normal form"),
        (
            lambda nb: nb.cells[-1].outputs[1].data.update({"image/png": "aaaa"}),
            "a checked cell prints text only",
        ),
    ],
)
def test_a_fault_is_named(made, change, message):
    assert message in faulty(made, change)


def test_a_cell_that_raises_is_named_and_nothing_is_stored(made, capsys):
    notebook = nbformat.read(made, as_version=4)
    notebook.cells[-2].source = "1 / 0"
    write(notebook, made)
    before = made.read_text()
    assert refresh([made]) == 1
    assert "cell 3 (04-003) raises ZeroDivisionError" in capsys.readouterr().err
    assert made.read_text() == before


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_chapter_has_its_number_in_its_title_and_its_imports_folded(name):
    book = notebook(name)
    number = name.rpartition("/")[2].partition("_")[0].lstrip("0") or "0"
    assert re.search(rf"^# {number} \S", book.cells[0].source, re.MULTILINE)
    first = next(cell for cell in book.cells if cell.cell_type == "code")
    assert "import" in first.source
    assert "hide-input" in first.metadata.get("tags", [])


def labels(books):
    """Return the names of the figures and sections of notebooks, with repetitions."""
    found = []
    for book in books:
        for cell in book.cells:
            found += re.findall(r"^\(([\w-]+)\)=$", cell.source, re.MULTILINE)
            name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
            found += [name] if name else []
    return found


def test_no_label_names_two_places():
    found = labels(map(notebook, NOTEBOOKS))
    assert len(found) > 60
    assert sorted({name for name in found if found.count(name) > 1}) == []


def test_a_label_in_two_chapters_is_found():
    cell = nbformat.v4.new_code_cell("1", metadata={"mystnb": {"figure": {"name": "fig-a"}}})
    books = [nbformat.v4.new_notebook(cells=[cell]) for _ in range(2)]
    assert labels(books) == ["fig-a", "fig-a"]


def long_sources(book):
    """Return the cells whose code fills more than a screen of the page and is not folded."""
    folded = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
    return [
        cell.id
        for cell in book.cells
        if cell.cell_type == "code"
        and len(cell.source.splitlines()) > SCREEN
        and not folded & set(cell.metadata.get("tags", []))
    ]


SCREEN = 32  # lines of code


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_long_source_is_folded(name):
    assert long_sources(notebook(name)) == []


def test_a_long_source_is_found():
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("x = 1\n" * (SCREEN + 1), id="a")]
    )
    assert long_sources(book) == ["a"]
    book.cells[0].metadata["tags"] = ["hide-input"]
    assert long_sources(book) == []
