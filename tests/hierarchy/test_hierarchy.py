"""The public page: SciPy's names with SciPy's signatures, and nothing behind them but NumPy."""

import inspect
import subprocess
import sys

import pytest
from scipy.cluster import hierarchy as theirs

from clusterlib import hierarchy as ours


def test_the_names_are_scipys():
    """SciPy 1.17 has ClusterWarning but does not list it; later versions do."""
    assert set(ours.__all__) == set(theirs.__all__) | {"ClusterWarning"}
    assert len(ours.__all__) == len(set(ours.__all__))
    assert issubclass(ours.ClusterWarning, UserWarning)


@pytest.mark.parametrize("name", sorted(theirs.__all__))
def test_signatures_are_scipys(name):
    def parameters(module):
        found = inspect.signature(getattr(module, name)).parameters.values()
        return [
            (p.name, p.kind, callable(p.default) or p.default)
            for p in found
            if p.name != "progress"  # ours alone, and by keyword only
        ]

    assert parameters(ours) == parameters(theirs)


@pytest.mark.parametrize("name", ["ClusterNode", "DisjointSet"])
def test_methods_are_scipys(name):
    def methods(module):
        public = inspect.getmembers(getattr(module, name), inspect.isfunction)
        return {m: list(inspect.signature(f).parameters) for m, f in public if m[0] != "_"}

    assert methods(ours) == methods(theirs)


@pytest.mark.parametrize("name", ours.__all__)
def test_each_name_is_documented(name):
    text = inspect.getdoc(getattr(ours, name))
    assert text
    if callable(getattr(ours, name)) and name != "ClusterWarning":
        assert "Examples" in text or "linkage" in text


def test_importing_it_pulls_in_numpy_and_little_else():
    """Count modules: a clock would measure the machine."""
    code = """
import sys
import numpy
before = set(sys.modules)
import clusterlib.hierarchy, clusterlib.vq, clusterlib.distance
new = set(sys.modules) - before
heavy = {m.split(".")[0] for m in new} & {
    "scipy", "sklearn", "matplotlib", "pandas", "dask", "PIL", "ipywidgets",
    "importlib.metadata", "fastcluster"} | new & {"numpy.random"}  # loaded by who draws
assert not heavy, heavy
own = {m for m in new if m.startswith("clusterlib")}
others = sorted(m for m in new - own if not m.startswith("numpy"))
assert len(others) <= 8, others
print(len(own), others)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
