"""The page of known differences tells the truth: of SciPy, of this package, of the tests."""

import ast
import importlib
import re

import known_differences as extension
import pytest
from notebooks import ROOT

from tests import scipy_suite
from tests.outcomes import DIFFERENCES, PAGES, outcome

SHOWN = [(page, entry) for page, entry in DIFFERENCES if "call" in entry]
KEYS = {"functions", "text", "reports", "call", "scipy", "here", "unshown", "tests", "when", "seen"}


def name_of(value):
    """Return a short name for a test of one entry."""
    return value if isinstance(value, str) else "-".join(value["functions"][:2])


def names_in(file):
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("page", "entry"), SHOWN, ids=name_of)
def test_the_libraries_differ_as_described(page, entry):
    ours, scipys = outcome(entry["call"], f"clusterlib.{page}"), outcome(entry["call"], PAGES[page])
    assert ours == entry["here"]
    assert scipys == entry["scipy"]
    assert ours != scipys


@pytest.mark.parametrize(("page", "entry"), DIFFERENCES, ids=name_of)
def test_an_entry_is_whole(page, entry):
    assert set(entry) <= KEYS
    assert ("call" in entry) != ("unshown" in entry)
    assert entry["tests"], "nothing pins it"
    assert ("when" in entry) == ("seen" in entry)
    for module in (f"clusterlib.{page}", PAGES[page]):
        for name in entry["functions"]:
            assert hasattr(importlib.import_module(module), name)
    if "call" in entry:
        assert any(re.search(rf"\b{name}\b|'{name}'", entry["call"]) for name in entry["functions"])
    assert all(re.fullmatch(r"scipy#\d+", report) for report in entry.get("reports", ()))


@pytest.mark.parametrize(("page", "entry"), DIFFERENCES, ids=name_of)
def test_the_tests_that_pin_it_exist(page, entry):
    for test in entry["tests"]:
        file, _, name = test.partition("::")
        assert name in names_in(file), test


def test_a_difference_that_is_none_is_seen():
    """The outcome of a call tells values, errors and warnings apart, and misspellings fail."""
    page = "clusterlib.distance"
    assert outcome("euclidean([0, 0], [3, 4])", page) == "5.0"
    assert outcome("x = [3, 4]\neuclidean([0, 0], x)", page) == "5.0"
    assert outcome("euclidean([0], [3, 4])", page) == "ValueError"
    assert outcome("np.float64(1) / 0", page) == "inf with RuntimeWarning"
    with pytest.raises(NameError):
        outcome("euklidean([0, 0], [3, 4])", page)


def test_the_page_shows_every_page_and_the_tests_left_out():
    text = (ROOT / "reference" / "known_differences.md").read_text(encoding="utf-8")
    assert re.findall(r"^```{known-differences} (\w+)$", text, re.MULTILINE) == list(PAGES)
    assert set(re.findall(r"`(test_\w+)`", text)) == set(scipy_suite.LEFT_OUT)


def test_an_entry_becomes_text_with_example_report_and_tests():
    entry = {
        "functions": ["vq"],
        "text": "It differs.",
        "reports": ["scipy#1"],
        "call": "x = 1\nvq(x)",
        "scipy": "1",
        "here": "2",
        "tests": ["tests/test_vq.py::test_it"],
    }
    report = "([scipy#1](https://github.com/scipy/scipy/issues/1))"
    assert extension.markdown("vq", entry) == [
        "{py:obj}`vq <clusterlib.vq.nearest.vq>`: It differs. " + report,
        "",
        *("```python", "x = 1", "vq(x)", "# SciPy: 1", "# here:  2", "```", ""),
    ]
    without = {"functions": ["vq"], "text": "It differs.", "unshown": "why", "tests": []}
    assert "No example: why." in extension.markdown("vq", without)
