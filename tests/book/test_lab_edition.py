"""A notebook that a reader downloads is complete, and JupyterLab shows all of it without help."""

import re
from pathlib import Path

import lab_edition
import nbformat
import pytest
from notebooks import MARK, ROOT
from pages import NOTEBOOKS, notebook
from pybtex.database import parse_file

ENTRIES = parse_file(str(ROOT / "references.bib")).entries
STRANGE = re.compile(r"^\s*(?:`{3,}|:{3,})\{|\{[\w:]+\}`|^\([\w-]+\)=", re.MULTILINE)


def edition(name):
    return lab_edition.edition(notebook(name), ENTRIES, {})


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_chapter_holds_markdown_that_jupyterlab_knows(name):
    for cell in edition(name).cells:
        if cell.cell_type == "markdown":
            assert STRANGE.findall(cell.source) == [], cell.source[:300]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_sources_of_quizzes_and_solutions_are_folded_and_marks_are_gone(name):
    made = edition(name)
    nbformat.validate(made)
    for cell in made.cells:
        if cell.cell_type == "code":
            assert MARK not in cell.source
            spoiler = cell.source.startswith(("Quiz(", "# Solution")) or "right=" in cell.source
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert hidden or not spoiler, cell.source[:80]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_captions_are_kept_and_nothing_is_read_from_beside_the_notebook(name):
    made = edition(name)
    text = "\n".join(cell.source for cell in made.cells)
    captions = [
        cell.metadata["mystnb"]["figure"]["caption"]
        for cell in notebook(name).cells
        if cell.metadata.get("mystnb", {}).get("figure", {}).get("caption")
    ]
    assert sum(f"*{lab_edition.plain(c, ENTRIES, {})}*" in text for c in captions) == len(captions)
    assert '"../' not in text
    assert "(../" not in text


def test_records_can_be_read_from_the_notebook_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    seen = 0
    for name in NOTEBOOKS:
        made = edition(name)
        if "records = " in made.cells[1].source:
            names = {}
            exec(made.cells[1].source, names)
            for file in names["records"].iterdir():
                original = (ROOT / "benchmarks" / file.name).read_text(encoding="utf-8")
                assert lab_edition.json.loads(file.read_text()) == lab_edition.json.loads(original)
                seen += 1
    assert seen >= 3


def test_roles_become_words():
    titles = {"ch-k": "How many clusters"}
    source = (
        "(a)=\n# A\n{cite:t}`lloyd1982` and {cite:p}`lloyd1982`, {ref}`chapter 6 <ch-k>`, "
        "{ref}`ch-k`, {term}`code word`\n\n```{admonition} Why\n:class: dropdown\n\nSo.\n```\n"
    )
    assert lab_edition.plain(source, ENTRIES, titles) == (
        "# A\nLloyd (1982) and (Lloyd, 1982), chapter 6, How many clusters, code word\n\n"
        "<details><summary>Why</summary>\n\nSo.\n\n</details>\n"
    )


def test_the_pages_offer_the_editions(book):
    for name in NOTEBOOKS:
        text = (book / "_sources" / Path(name)).read_text(encoding="utf-8")
        assert MARK not in text
