"""Every comparison that a chapter makes in words is held by an assertion, or listed."""

from collections import Counter

import nbformat
import pytest
from claims import TABLE, claimed, comparisons, stale, unheld
from pages import NOTEBOOKS, notebook

KINDS = ("prose", "takeaway", "caption", "alt", "quiz")


def entry(name):
    """Return what the table says of a chapter: its free sentences and its open counts."""
    return TABLE[name.rpartition("/")[2].partition("_")[0]]


def free(name):
    """Return the words of the sentences that no computation can hold."""
    return [words for words, reason in entry(name).get("free", {}).items() if reason.strip()]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_nothing_holds_does_not_grow(name):
    found = unheld(notebook(name), free(name))
    counts, allowed = Counter(kind for kind, *_ in found), entry(name).get("unheld", {})
    listed = "\n".join(f"{kind:8} {cell}: {sentence}" for kind, cell, sentence in found)
    for kind in KINDS:
        assert counts[kind] <= allowed.get(kind, 0), (
            f"{kind}: {counts[kind]} comparisons are held by nothing; hold or list them:\n{listed}"
        )
        assert counts[kind] == allowed.get(kind, 0), (
            f"{kind}: claims.toml allows {allowed[kind]}, {counts[kind]} are left: lower it."
        )


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_claim_is_said(name):
    assert stale(notebook(name), free(name)) == []


def made(prose, code="", alt="", caption=""):
    """Return a small notebook of one text and one cell."""
    cells = [nbformat.v4.new_markdown_cell(prose), nbformat.v4.new_code_cell(code)]
    figure = {"image": {"alt": alt}, "figure": {"caption": caption}}
    cells[1]["metadata"] = {"mystnb": figure}
    return nbformat.from_dict(nbformat.v4.new_notebook(cells=cells))


@pytest.mark.parametrize(
    ("book", "kind"),
    [
        (made("The worst run is 9 % above. It ends."), "prose"),
        (made("## What to take away\n\nTwo runs\nnever agree."), "takeaway"),
        (made("", caption="Two codes, none better."), "caption"),
        (made("", alt="The red line lies below the blue one."), "alt"),
        (made("", 'Quiz("Which?", {"the largest": "It wins.", "b": "No."}, right=0)'), "quiz"),
    ],
)
def test_a_comparison_that_nothing_holds_is_found(book, kind):
    assert {found for found, *_ in unheld(book)} == {kind}


def test_an_assertion_holds_a_sentence_and_a_comment_alone_does_not():
    prose = "Seeding by `++` loses less than *maximin*."
    held = "# claim: loses less than\nassert 1 < 2"
    assert unheld(made(prose, held)) == []
    assert len(unheld(made(prose, held.partition("\n")[0]))) == 1
    assert stale(made(prose, "# claim: loses more\nassert 1 < 2")) == ["loses more"]
    assert claimed(made(prose, held)) == ["loses less than"]


def test_pointing_at_a_place_is_no_comparison():
    assert comparisons(made("Above, a hundred points. The table above has two rows.")) == []
