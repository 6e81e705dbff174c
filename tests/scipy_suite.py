"""Run SciPy's own tests against this package.

The tests come from the installed wheel.  A copy is made in which the imports
of public names lead here; everything else stays as SciPy wrote it.  Private
names stay SciPy's, so that its compiled helpers can serve as oracles.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import scipy

# SciPy's module -> ours
PAGES = {
    "scipy.cluster.vq": "clusterlib.vq",
    "scipy.cluster.hierarchy": "clusterlib.hierarchy",
    "scipy.spatial.distance": "clusterlib.distance",
}

# suite -> (folder of SciPy, test files, what they read)
SUITES = {
    "vq": ("cluster", ["test_vq.py"], []),
    "hierarchy": (
        "cluster",
        ["test_hierarchy.py", "test_disjoint_set.py"],
        ["hierarchy_test_data.py"],
    ),
    "distance": ("spatial", ["test_distance.py"], ["data"]),
}

# test -> why it says nothing about this package
LEFT_OUT = {
    "test__vq_sametype": "calls only SciPy's compiled _vq.vq",
    "test__vq_invalid_type": "calls only SciPy's compiled _vq.vq",
    "test_krandinit": "calls SciPy's private _krandinit",
    "test_Heap": "tests a private class of SciPy's compiled _hierarchy",
    "test__validate_vector": "tests SciPy's private _validate_vector",
}

CONFTEST = """
import numpy as np
import pytest
from scipy._lib._array_api import array_namespace


def pytest_configure(config):
    for mark in ("skip_xp_backends", "xfail_xp_backends", "array_api_backends", "slow", "xslow",
                 "thread_unsafe", "parallel_threads_limit", "iterations", "fail_slow"):
        config.addinivalue_line("markers", mark)


@pytest.fixture
def xp():
    return array_namespace(np.empty(0))  # NumPy, with the names of the array API
"""

# SciPy's decorators look the tested function up in a table of SciPy's own functions
PLAIN = """
def make_xp_test_case(*functions, **options):
    return lambda test: test


def skip_xp_invalid_arg(test):
    return test
"""


class Redirect(ast.NodeTransformer):
    """Lead the imports of public names to this package."""

    def visit_ImportFrom(self, node):
        if node.level:  # from . import hierarchy_test_data
            return ast.Import(node.names)
        if node.module == "scipy.conftest":
            return []
        if node.module not in PAGES:
            return node
        public = [name for name in node.names if not name.name.startswith("_")]
        private = [name for name in node.names if name.name.startswith("_")]
        return [
            ast.ImportFrom(module, names, 0)
            for module, names in ((PAGES[node.module], public), (node.module, private))
            if names
        ]

    def visit_BinOp(self, node):
        """Read "test_" + metric as metric: the prefix asks for SciPy's private slow path."""
        self.generic_visit(node)
        if isinstance(node.left, ast.Constant) and node.left.value == "test_":
            return node.right
        return node


def redirected(source):
    """Return the text of a test file with its imports led here."""
    tree = Redirect().visit(ast.parse(source))
    last = max(
        i for i, node in enumerate(tree.body) if isinstance(node, (ast.Import, ast.ImportFrom))
    )
    tree.body[last + 1 : last + 1] = ast.parse(PLAIN).body
    return ast.unparse(ast.fix_missing_locations(tree))


def run(suite, folder, home=None):
    """Run one suite in `folder`; return {test: 'passed' | 'failed' | 'skipped', or why}."""
    part, tests, more = SUITES[suite]
    home = Path(scipy.__file__).parent if home is None else Path(home)
    home = home / part / "tests"
    for name in tests:
        (folder / name).write_text(redirected((home / name).read_text()))
    for name in more:
        copy = shutil.copytree if (home / name).is_dir() else shutil.copy
        copy(home / name, folder / name)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -q -p no:cacheprovider\n")
    report = folder / "report.xml"
    environment = {k: v for k, v in os.environ.items() if k != "SCIPY_ARRAY_API"}
    environment |= {"MPLBACKEND": "Agg", "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    drop = " and ".join(f"not {name}" for name in LEFT_OUT)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *tests, f"--junitxml={report}", "-k", drop],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        raise RuntimeError(f"pytest did not run the suite {suite}:\n{done.stdout}{done.stderr}")
    return {_name(case): _outcome(case) for case in ET.parse(report).iter("testcase")}


def _name(case):
    return f"{case.get('classname')}::{case.get('name')}"


def _outcome(case):
    for part in case:
        if part.tag in ("failure", "error"):
            return f"failed: {part.get('message')}"
        if part.tag == "skipped":
            return f"skipped: {part.get('message')}"
    return "passed"
