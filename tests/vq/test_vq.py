"""The public page: SciPy's names, and nothing that SciPy's own tests could object to."""

import inspect
import subprocess
import sys

import scipy.cluster.vq as scipy_vq

from clusterlib import vq

EXTRA = {"py_vq", "ClusterError"}  # SciPy has these in the module and not in its `__all__`


def test_all_of_scipys_names_and_no_others():
    assert set(vq.__all__) == set(scipy_vq.__all__) | EXTRA
    assert all(hasattr(scipy_vq, name) for name in EXTRA)
    modules = {name for name, value in vars(vq).items() if inspect.ismodule(value)}
    public = {name for name in vars(vq) if not name.startswith("_")}
    assert public - modules == set(vq.__all__)


def test_signatures():
    for name in ("whiten", "vq", "py_vq"):
        ours, theirs = (
            [
                (p.name, p.kind, p.default)
                for p in inspect.signature(getattr(m, name)).parameters.values()
            ]
            for m in (vq, scipy_vq)
        )
        assert ours == theirs, name


def test_the_error_is_one_that_scipy_code_catches():
    assert issubclass(vq.ClusterError, Exception)
    assert vq.ClusterError.__name__ == scipy_vq.ClusterError.__name__


def test_import_brings_numpy_only():
    code = (
        "import sys, numpy; before = set(sys.modules); import clusterlib.vq;"
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}"
        " - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"clusterlib", "numpy"}
