"""Whatever the built pages carry stands in LICENCES.md, with a licence whose text is there."""

import re
from fnmatch import fnmatch

import licences
import pytest
from notebooks import ROOT

HEAD = "| what | licence | its files in `_static` | the text in `_static` |"


def rows(text):
    """Return (what, licence, patterns, texts) of each row of the table of shipped files."""
    lines = text[text.index(HEAD) :].splitlines()[2:]
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line]
    return [
        (what, licence, re.findall(r"`([^`]+)`", files), re.findall(r"`([^`]+)`", texts))
        for what, licence, files, texts in cells
    ]


def faults(folder, table):
    """Return a sentence for each difference between `table` and the files in `folder`."""
    shipped = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    left, found = set(shipped), []
    for what, licence, patterns, texts in table:
        for pattern in patterns:
            matched = {name for name in shipped if fnmatch(name, pattern)}
            found += [] if matched else [f"{what}: nothing is {pattern}"]
            left -= matched
        found += [f"{what}: no text {name}" for name in texts if name not in shipped]
        if not licence or not texts:
            found.append(f"{what}: no licence, or no text of it")
    return [f"{name} has no licence" for name in sorted(left)] + found


@pytest.fixture(scope="module")
def table():
    return rows((ROOT / "LICENCES.md").read_text(encoding="utf-8"))


def test_everything_that_the_pages_carry_has_a_licence(book, table):
    assert faults(book / "_static", table) == []


def test_fonts_and_scripts_stand_nowhere_else(book):
    kinds = ("*.js", "*.css", "*.woff*", "*.ttf")
    places = {p.relative_to(book).parts[0] for kind in kinds for p in book.rglob(kind)}
    assert places <= {"_static", "searchindex.js"}


def test_a_licence_is_the_text_that_the_package_brings(book):
    folder = book / "_static" / "licences"
    for package in licences.PACKAGES:
        text = (folder / f"{package}.txt").read_text(encoding="utf-8")
        assert text == licences.licence_of(package)
        assert "WARRANT" in text.upper()


def test_a_package_without_licence_is_named():
    with pytest.raises(FileNotFoundError, match="sphinx-mathjax-offline brings no licence"):
        licences.licence_of("sphinx-mathjax-offline")


def test_a_file_without_licence_and_a_row_without_file_are_found(tmp_path):
    (tmp_path / "a.js").write_text("")
    (tmp_path / "font.woff2").write_text("")
    table = rows(f"{HEAD}\n|---|---|---|---|\n| A | MIT | `a.js`, `b.js` | `a.txt` |\n")
    assert faults(tmp_path, table) == [
        "font.woff2 has no licence",
        "A: nothing is b.js",
        "A: no text a.txt",
    ]
