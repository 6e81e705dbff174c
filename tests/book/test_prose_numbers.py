"""No number in the prose is typed by hand without a checked cell that prints it."""

import nbformat
import pytest
from pages import NOTEBOOKS, notebook
from prose import numbers_in, prose_of, unguarded

MARK = "# NBVAL_CHECK_OUTPUT"


def made(prose, printed="", given=(), alt=None):
    """Return a small notebook with `prose` and a checked cell that prints `printed`."""
    code = nbformat.v4.new_code_cell(f"{MARK}\nprint(...)")
    code["outputs"] = [nbformat.v4.new_output("stream", name="stdout", text=printed)]
    if alt:
        code["metadata"] = {"mystnb": {"image": {"alt": alt}}}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose), code])
    book.metadata["given"] = list(given)
    return nbformat.from_dict(book)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_number_in_the_prose_is_computed(name):
    faults = unguarded(notebook(name))
    assert faults == [], "\n" + "\n".join(f"{name}: {fault}" for fault in faults)


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("The objective is 341.37.", "SSE 341.371874"),
        ("It falls to -0.005.", "[-0.00512 3.]"),
        ("It succeeds in 41 % of the runs.", "share 0.4133"),
        ("It succeeds in 41 percent of the runs.", "41.33"),
        ("Of 3,000 points", "n = 3000"),
        ("Of 12 points in 2 dimensions", ""),
        ("The cells of E8 and D4.", ""),
        ("Lloyd wrote it in 1957, see Max (1960).", ""),
        ("Exercise 5.1 and chapters 13 and 14 use S2 and `x = 99.5` and $77.7$.", ""),
        ("{cite:t}`lloyd1982` and [text 7](https://example.org/1234.5)", ""),
        ("```python\nx = 4711\n```\nText.", ""),
        ("$$\nx = 4711\n$$", ""),
        ("```{exercise}\n:label: ex-5-17\n\nText.\n```", ""),
        ("Time: about 50 minutes. A table copied since 1960 gives more.", ""),
        ("1. one\n2. two\n13. many", ""),
    ],
)
def test_guarded_or_free(prose, printed):
    assert unguarded(made(prose, printed)) == []


@pytest.mark.parametrize(
    ("prose", "printed", "number"),
    [
        ("The objective is 341.38.", "SSE 341.371874", "341.38"),
        ("Of 3,000 points", "n = 300", "3,000"),
        ("It succeeds in 41 % of the runs.", "share 0.4233", "41"),
        ("It costs 0.41.", "41.0", "0.41"),
        ("In 2000 runs", "", "2000"),
        ("````{exercise}\nFrom 55.5 on.\n````", "", "55.5"),
        (":::{dropdown} Why 55.5\nText\n:::", "", "55.5"),
        ("```{admonition} A\n:class: dropdown\n\n55.5\n```", "", "55.5"),
        ("(ch-place)=\n\n55.5 is large.", "", "55.5"),
        ("```{admonition} A\n55.5\n```\nand ```` x ````.", "", "55.5"),
        ("```python\nx = 4711\n```\nThen 55.5.", "", "55.5"),
    ],
)
def test_a_number_typed_by_hand_is_found(prose, printed, number):
    faults = unguarded(made(prose, printed))
    assert len(faults) == 1
    assert f": {number} is printed by no checked cell" in faults[0]


def test_given_numbers_are_free_and_alternative_texts_are_read():
    assert unguarded(made("Of 300 points, 15 groups.", given=[300, 15])) == []
    assert len(unguarded(made("Text.", alt="A peak at 17.5 of the curve."))) == 1


def test_every_number_of_a_sentence_is_read():
    text = prose_of("From 0.25 to .5, 1,234.5 or 1e-3; 97%, x2, 3rd, 2^5, v1.2.")
    assert [value for value, *_ in numbers_in(text)] == [0.25, 0.5, 1234.5, 0.001, 97.0]
