"""The bibliography can be read, and holds every work that a chapter cites."""

import re

import pytest
from notebooks import ROOT
from pages import NOTEBOOKS, notebook
from pybtex.database import BibliographyDataError, parse_file, parse_string
from pybtex.scanner import PybtexSyntaxError

ENTRIES = parse_file(ROOT / "references.bib").entries
CITED = re.compile(r"\{cite:[tp]\}`([^`]+)`")


def missing(text, entries):
    """Return the keys that `text` cites and `entries` do not hold."""
    keys = {key.strip() for keys in CITED.findall(text) for key in keys.split(",")}
    return sorted(keys - {key.lower() for key in entries} - set(entries))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_work_cited_is_in_the_bibliography(name):
    text = "\n".join(c.source for c in notebook(name).cells if c.cell_type == "markdown")
    assert missing(text, ENTRIES) == []


def test_a_work_that_is_not_there_is_found():
    assert missing("Says {cite:t}`nobody1900` and {cite:p}`lloyd1982,max1960`.", ENTRIES) == [
        "nobody1900"
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("@book{a, year = {1},\n@book{b, year = {2}}", PybtexSyntaxError),
        ("@book{a, year = {1}}\n@book{a, year = {2}}", BibliographyDataError),
    ],
)
def test_a_broken_or_double_entry_is_refused(text, error):
    with pytest.raises(error):
        parse_string(text, "bibtex")
