"""What a cell gives to the cells below it."""

import pytest

import live


@pytest.mark.parametrize(
    ("source", "imported", "bound", "changed"),
    [
        ("import a.b, c as d\nfrom e import f", {"a", "d", "f"}, set(), set()),
        ("x = y = 1\nfor i in z: (p, *q) = i", set(), {"x", "y", "i", "p", "q"}, set()),
        ("def f():\n    inner = 1\nclass C:\n    part = 2", set(), {"f", "C"}, set()),
        ("a[0].b = 1\nc.append(2)\nprint(d)", set(), set(), {"a", "c"}),
        ("if (n := 3): m += n", set(), {"n", "m"}, set()),
    ],
)
def test_names_that_a_cell_gives(source, imported, bound, changed):
    assert live.names_given(source) == (imported, bound, changed)


def test_a_call_of_a_module_changes_nothing(tmp_path):
    notebook = live.nbformat.v4.new_notebook(
        cells=[
            live.nbformat.v4.new_code_cell("import numpy as np\nx = [1]"),
            live.nbformat.v4.new_code_cell("# NBVAL_CHECK_OUTPUT\nnp.sum(x)\nx.append(2)"),
        ]
    )
    path = tmp_path / "page.ipynb"
    live.nbformat.write(notebook, path)
    first, second = live.cells_of(path)
    assert first["defines"] == ["np", "x"]
    assert second["defines"] == ["x"]
    assert second["source"] == "np.sum(x)\nx.append(2)"
