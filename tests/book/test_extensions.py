"""The small extensions of the build, each on its own."""

import subprocess
import sys
import tomllib

import book_indexes
import cell_errors
import checked_cells
import content_policy
import dark_figures
import explorer_frontend
import nbformat
import public_paths
import pytest
import whole_streams
from notebooks import ROOT, toc_files, toc_notebooks


def test_the_front_end_is_one_file_for_all_pages():
    frontend = (
        '<style data-clx-frontend>a</style><script type="module" data-clx-frontend>b</script>'
    )
    data = '<script type="application/json">{"a": 1}</script>'
    html = f"<p>{frontend}{data}</p><p>{frontend}{data}</p>"
    link = '<script defer src="../_static/explorers.js" data-clx-frontend></script>'
    assert explorer_frontend.shared(html, "../") == f"<p>{data}</p><p>{data}</p>{link}"
    assert explorer_frontend.shared(data, "../") == data


def test_a_policy_names_the_hash_of_each_script_and_of_no_data():
    page = """<meta content="x" http-equiv="Content-Security-Policy"/><script>a()</script>
    <script type="application/json">{}</script><script src="b.js"></script>
    <script type="module">c()</script><button onclick="window.print()"></button>"""
    assert content_policy.inline_scripts(page) == ["a()", "c()"]
    sealed = content_policy.sealed(page)
    assert sealed.count("sha256-") == 2
    assert content_policy.hash_of("a()") in sealed
    assert 'data-does="print"' in sealed
    assert content_policy.sealed(sealed) == sealed


def test_the_mark_of_a_checked_cell_is_hidden():
    source = "# NBVAL_CHECK_OUTPUT\nx = 1  # NBVAL_CHECK_OUTPUT stays here"
    assert checked_cells.without_mark(source) == "x = 1  # NBVAL_CHECK_OUTPUT stays here"


def test_a_line_that_comes_in_pieces_stays_a_line():
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=t) for t in ("a ", "b\n", "\nc")]
    picture = nbformat.v4.new_output("display_data", data={"image/png": ""})
    found = whole_streams.joined([pieces[0], picture, *pieces[1:]])
    assert [found[0].text, found[1]] == ["a b\n\nc", picture]
    assert pieces[0].text == "a "


def test_a_failing_cell_is_found_by_its_source():
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(s, id=f"0-{s}") for s in ("x", "y")]
    )
    traceback = "An error occurred\n------------------\ny\n------------------\nNameError"
    assert cell_errors.failing_cell(notebook, traceback) == (2, "0-y")
    assert cell_errors.failing_cell(notebook, "nothing") is None


def test_a_drawn_figure_has_a_dark_variant_and_a_photograph_has_none():
    html = (
        '<img alt="a" src="../_images/ab.svg" class="x"/><img alt="b" src="../_images/photo.svg"/>'
    )
    once = dark_figures.two_variants(html, {"ab"})
    assert once.count("<img") == 3
    assert 'class="only-dark"' in once
    assert 'src="../_images/ab-dark.svg"' in once
    assert once.count('alt="a"') == 2
    assert dark_figures.two_variants(once, {"ab"}) == once


def test_ink_and_paper_change_places_and_colours_stay():
    svg = "fill: #1a1a1a; stroke: #fcfcfa; fill: #d55e00; fill: #6e6e6e; #7c7b78"
    dark = dark_figures.darkened(svg)
    assert dark == "fill: #e7e7e7; stroke: #121212; fill: #d55e00; fill: #9a9a9a; #7c7b78"


@pytest.mark.parametrize(
    ("module", "name", "path"),
    [
        ("clusterlib.vq.lloyd", "kmeans2", "clusterlib.vq.kmeans2"),
        ("clusterlib.hierarchy.merging", "ward", "clusterlib.hierarchy.ward"),
        ("clusterlib.hierarchy.merging", "route", None),  # for readers of the module
        ("clusterlib.datasets", "iris", None),  # stands there already
    ],
)
def test_the_reference_shows_the_path_that_users_type(module, name, path):
    assert public_paths.public_path(module, name) == path


def test_every_exercise_has_a_topic_and_no_topic_is_left_over():
    books = [nbformat.read(path, as_version=4) for path in toc_notebooks()]
    listed = [entry for book in books for entry in book_indexes.exercises(book)]
    topics = tomllib.loads(book_indexes.TOPICS.read_text(encoding="utf-8"))
    assert sorted(topic for *_, topic in listed) == sorted(topics.values())
    assert len(set(topics.values())) == len(topics)


CELLS = {
    "raises": 'raise ValueError("on purpose")',
    "warns": 'import warnings\nwarnings.warn("on purpose")',
    "shows": "print(1)",
}


def scratch_book(folder, *chapters):
    """Make a book of notebooks, each a code cell, or the name of one, and prose."""
    for name in ("_config.yml", "references.bib"):
        (folder / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("_ext", "_static"):
        (folder / name).symlink_to(ROOT / name)
    toc = "".join(f"  - file: chapters/{i:02d}.ipynb\n" for i in range(len(chapters)))
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{toc}")
    (folder / "index.md").write_text("# A book\n\nText.\n")
    (folder / "chapters").mkdir()
    for i, (cell, prose) in enumerate(chapters):
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell(f"# Chapter {i}\n\n{prose}", id=f"{i:02d}-001"),
                nbformat.v4.new_code_cell("x = 1", id=f"{i:02d}-002"),
                nbformat.v4.new_code_cell(CELLS.get(cell, cell), id=f"{i:02d}-003"),
            ],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, folder / "chapters" / f"{i:02d}.ipynb")


def build(folder):
    """Build the book in `folder` with the script that `make book` calls."""
    script = ROOT / "scripts" / "build_book.py"
    process = subprocess.run(
        [sys.executable, script, folder], capture_output=True, text=True, cwd=ROOT
    )
    return process.returncode, process.stdout + process.stderr


def test_a_good_book_builds(tmp_path):
    scratch_book(tmp_path, ("shows", "Good {cite:t}`lloyd1982`, $x$.\n\n```{bibliography}\n```"))
    status, output = build(tmp_path)
    assert status == 0, output
    assert f"The book is ready: {tmp_path / '_build' / 'html' / 'index.html'}" in output
    assert "build succeeded." in output


def test_a_fault_fails_the_build_and_is_named(tmp_path):
    """One build says all faults, each of them is a warning, and a warning fails it."""
    scratch_book(
        tmp_path,
        ("raises", "Text."),
        ("warns", "Text."),
        ("shows", "See {ref}`nowhere`."),
        ("shows", "See {doc}`nowhere`."),
        ("shows", "See {cite}`nobody1900`."),
    )
    status, output = build(tmp_path)
    assert status != 0
    for message in (
        "FAILED: chapters/00.ipynb: cell 3 (00-003) raises",
        "chapters/01.ipynb, cell 3, line 1: ERROR: stderr was found in the cell outputs",
        "chapters/02.ipynb, cell 1, line 3: WARNING: undefined label: 'nowhere'",
        "chapters/03.ipynb, cell 1, line 3: WARNING: unknown document: 'nowhere'",
        "WARNING: could not find bibtex key",
        "build finished with problems, 6 warnings",
    ):
        assert message in output


def test_the_pages_of_the_table_of_contents_exist():
    assert [p for p in toc_files() if not p.with_suffix(p.suffix or ".md").exists()] == []
