"""The page "When to use something else" tells what its own code computes."""

import re
import warnings

import numpy as np
import pytest
from notebooks import ROOT

PAGE = (ROOT / "chapters/4_practice/something_else.md").read_text(encoding="utf-8")
CODE = re.search(r"~~~python\n(.*?)~~~", PAGE, re.DOTALL)[1]
TABLE = re.search(r"\| method .*?(?=\n\n)", PAGE, re.DOTALL)[0].splitlines()[2:]


@pytest.fixture(scope="module")
def computed():
    """Run the code of the page; return method -> its four agreements."""
    names = {"print": lambda *_: None}
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # scikit-learn counts cores, and finds two pieces in a graph
        exec(CODE, names)
        return {
            name: [names["agreement"](y, method(X, k, y)) for X, y, k in names["DATA"].values()]
            for name, method in names["METHODS"].items()
        }


def test_the_table_is_what_the_code_prints(computed):
    printed = [
        f"| {name} | {' | '.join(f'{max(value, 0):.2f}' for value in row)} |"
        for name, row in computed.items()
    ]
    assert printed == TABLE


def test_no_method_wins_everywhere_and_each_fails_somewhere(computed):
    rows = np.array(list(computed.values()))
    best = rows >= rows.max(axis=0) - 0.005
    assert not best.all(axis=1).any()
    assert (rows.min(axis=1) < 0.65).all()
    for name in ("k-means", "Ward's tree"):  # as the page begins: round groups, and no others
        assert computed[name][0] == 1
        assert max(computed[name][1:]) < 0.6


def test_what_the_page_names_can_be_imported():
    import importlib

    for path in re.findall(r"`((?:sklearn|clusterlib)\.[\w.]+)`", PAGE):
        module, _, name = path.rpartition(".")
        try:
            importlib.import_module(path)
        except ModuleNotFoundError:
            assert hasattr(importlib.import_module(module), name), path
