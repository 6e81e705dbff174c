"""Run other packages' own tests of clustering with SciPy, and with this package in its place.

Each client is installed into an environment of its own (never into the project's).  There a
`sitecustomize` leads `scipy.cluster.vq`, `scipy.cluster.hierarchy` and
`scipy.spatial.distance` here, so that not a line of a client changes.  A client without tests
of clustering is called instead, and both answers are compared.  The table of what passes
stands in the book beside the known differences.

    python scripts/clients.py [--environment FOLDER] [--only seaborn ...]
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "reference" / "clients.csv"
HEAD = ("package", "version", "what runs", "with SciPy", "with clusterlib", "only SciPy")

# Leads three modules of SciPy here.  A name that is not offered comes from SciPy and is told.
HOOK = """
import importlib, importlib.abc, importlib.machinery, importlib.util, os, sys, types

PAGES = {"scipy.cluster.vq": "clusterlib.vq", "scipy.cluster.hierarchy": "clusterlib.hierarchy",
         "scipy.spatial.distance": "clusterlib.distance"}


class Here(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name in PAGES else None

    def create_module(self, spec):
        return types.ModuleType(spec.name)

    def exec_module(self, module):
        page = vars(importlib.import_module(PAGES[module.__name__]))
        names = {k: v for k, v in page.items() if not (k.startswith("__") and k != "__all__")}
        vars(module).update(names, __getattr__=lambda name: of_scipy(module.__name__, name))


def of_scipy(page, name):
    if name.startswith("__"):
        raise AttributeError(name)
    private = "_scipys_own_" + page.replace(".", "_")
    if private not in sys.modules:
        package = page.rpartition(".")[0]
        place = sys.modules[package].__path__
        spec = importlib.machinery.PathFinder.find_spec(page, place)
        module = importlib.util.module_from_spec(spec)
        module.__package__ = package
        sys.modules[private] = module
        spec.loader.exec_module(module)
    value = getattr(sys.modules[private], name)
    with open(os.environ["NAMES_OF_SCIPY"], "a") as file:
        file.write(f"{page}.{name}\\n")
    return value


sys.meta_path.insert(0, Here())
"""


@dataclass(frozen=True)
class Client:
    """A package that builds on SciPy's clustering, and how to try it."""

    name: str
    tests: tuple[str, ...] = ()  # below the installed package, or below the source with `source`
    source: bool = False  # whether the tests are in the source distribution only
    select: str = ""  # pytest's -k
    call: str = ""  # a script that prints what it found, where there are no tests


DATA = (
    "import numpy as np, pandas as pd\nX = np.random.default_rng(0).normal(size=(30, 5)).round(2)\n"
)
CLIENTS = (
    Client("seaborn", ("tests/test_matrix.py",), source=True),
    Client(
        "scikit-learn",
        tuple(
            f"sklearn/cluster/tests/test_{m}.py"
            for m in ("hierarchical", "dbscan", "hdbscan", "optics", "k_means")
        )
        + (
            "sklearn/metrics/cluster/tests/test_unsupervised.py",
            "sklearn/metrics/tests/test_dist_metrics.py",
            "sklearn/metrics/tests/test_pairwise.py",
        ),
    ),
    Client(
        "scikit-bio",
        (
            "skbio/stats/distance",
            "skbio/diversity",
            "skbio/tree",
            "skbio/embedding",
            "skbio/sequence/tests/test_distance.py",
        ),
    ),
    Client("fastcluster", ("tests",), source=True),
    Client(
        "missingno",
        ("tests/test_util.py",),
        source=True,
        call=DATA
        + """
import matplotlib; matplotlib.use("Agg")
import missingno
frame = pd.DataFrame(np.where(X > 0.5, np.nan, X), columns=list("abcde"))
print([t.get_text() for t in missingno.dendrogram(frame).get_xticklabels()])
""",
    ),
    Client(
        "dython",
        call=DATA
        + """
from dython.nominal import cluster_correlations
R, labels = cluster_correlations(pd.DataFrame(np.corrcoef(X.T)))
print(R.round(9).values.tolist(), np.asarray(labels).tolist())
""",
    ),
    Client(
        "plotly",
        call=DATA
        + """
import plotly.figure_factory as ff
figure = ff.create_dendrogram(X, color_threshold=2.0)
print([(line.x.tolist(), line.y.round(9).tolist(), line.marker.color) for line in figure.data])
print(list(figure.layout.xaxis.ticktext))
""",
    ),
    Client(
        "dynamicTreeCut",
        call=DATA
        + """
import contextlib, io
np.in1d = np.isin  # it still uses a name that NumPy 2.4 took away
from dynamicTreeCut import cutreeHybrid
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist
y = pdist(X, "euclidean")
with contextlib.redirect_stdout(io.StringIO()):
    found = cutreeHybrid(linkage(y, "average"), y, minClusterSize=3)
print(np.asarray(found["labels"]).tolist())
""",
    ),
    Client(
        "PyComplexHeatmap",
        call=DATA
        + """
import matplotlib; matplotlib.use("Agg")
import contextlib, io
from PyComplexHeatmap import ClusterMapPlotter
with contextlib.redirect_stdout(io.StringIO()):
    plot = ClusterMapPlotter(pd.DataFrame(X, columns=list("abcde")), plot=True, row_cluster=True,
                             col_cluster=True, row_split=2, verbose=0)
for order in (plot.row_order, plot.col_order):
    print([list(map(str, part)) for part in order])
""",
    ),
)


def run(command, **options):
    """Run a command; show its output if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def environment(folder, clients):
    """Make the clients' environment, or use the one that is there; return its Python."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        run([sys.executable, "-m", "venv", folder])
    pins = ROOT / "constraints.txt"
    here = [
        line
        for line in pins.read_text(encoding="utf-8").splitlines()
        if line.partition("==")[0] in ("numpy", "scipy")
    ]
    run([python, "-m", "pip", "install", "-q", *here, "pytest", *(c.name for c in clients)])
    return python


def version(python, name):
    """Return the installed version of a client."""
    ask = f"import importlib.metadata as m; print(m.version({name!r}))"
    return run([python, "-c", ask]).strip()


def source_of(python, client, folder):
    """Return the client's unpacked source distribution."""
    wanted = f"{client.name}=={version(python, client.name)}"
    run(
        [
            python,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            client.name,
            "-d",
            folder,
            wanted,
        ]
    )
    archive = next(folder.glob(f"{client.name}-*.tar.gz"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def tests_of(python, client, folder):
    """Return a folder of the client's tests alone, and the paths of those that run."""
    if not client.source:
        site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip()
        return Path(site), client.tests
    source, alone = source_of(python, client, folder), folder / "alone"
    shutil.copytree(source / "tests", alone / "tests")  # the installed package is what they test
    return alone, client.tests


def variables(folder, here):
    """Return the environment variables of a run: with the hook if it leads `here`."""
    names = folder / "names"
    names.touch()
    given = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    given |= {"NAMES_OF_SCIPY": str(names), "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
    if here:
        hook = folder / "hook"
        hook.mkdir(exist_ok=True)
        (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        given["PYTHONPATH"] = os.pathsep.join((str(hook), str(ROOT)))
    return given


def outcomes(python, client, place, paths, folder, here):
    """Return {test: 'passed', 'failed' or 'skipped'} of one run of the client's tests."""
    report = folder / f"report-{here}.xml"
    choice = ["-k", client.select] if client.select else []
    command = [
        python,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--import-mode=importlib",
        "-W",
        "ignore",
        f"--junitxml={report}",
        *choice,
        *paths,
    ]
    subprocess.run(
        command, cwd=place, env=variables(folder, here), capture_output=True, check=False
    )
    if not report.exists():
        sys.exit(f"pytest did not run the tests of {client.name}: {' '.join(map(str, command))}")
    found = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
        tags = {part.tag for part in case}
        name = f"{case.get('classname')}.{case.get('name')}"
        bad = tags & {"failure", "error"}
        found[name] = "failed" if bad else "skipped" if "skipped" in tags else "passed"
    return found


def compare(python, client, folder):
    """Return the rows of the table for one client."""
    rows, which = [], version(python, client.name)
    if client.tests:
        place, paths = tests_of(python, client, folder)
        scipys, ours = (outcomes(python, client, place, paths, folder, h) for h in (False, True))
        passed = {test for test, how in scipys.items() if how == "passed"}
        if not passed:
            sys.exit(f"no test of {client.name} passes with SciPy: that compares nothing")
        lost = sorted(test for test in passed if ours.get(test) != "passed")
        also = sum(how == "passed" for how in ours.values())
        rows.append((client.name, which, "its tests", len(passed), also, " ".join(lost) or "none"))
    if client.call:
        scipys, ours = (
            run([python, "-W", "ignore", "-c", client.call], env=variables(folder, h))
            for h in (False, True)
        )
        same = scipys == ours and len(scipys) > 20
        rows.append(
            (
                client.name,
                which,
                "a call",
                "answers",
                "the same" if same else "another answer",
                "none" if same else "the call",
            )
        )
    print(*(" | ".join(map(str, row)) for row in rows), sep="\n", flush=True)
    names = sorted(set((folder / "names").read_text(encoding="utf-8").split()))
    print(*(f"  asks SciPy for {name}" for name in names), sep="\n", end="\n" if names else "")
    return rows


def main(arguments=None):
    """Try each client; write the table; fail if a client loses a test or an answer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--environment", type=Path, default=ROOT / "_build" / "clients")
    parser.add_argument("--only", nargs="+", choices=[c.name for c in CLIENTS])
    given = parser.parse_args(arguments)
    clients = [c for c in CLIENTS if not given.only or c.name in given.only]
    python = environment(given.environment.resolve(), clients)
    rows = []
    for client in clients:
        with tempfile.TemporaryDirectory() as folder:
            rows += compare(python, client, Path(folder))
    if not given.only:
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
    lost = [row for row in rows if row[-1] != "none"]
    sys.exit(f"{len(lost)} of {len(rows)} lose something" if lost else 0)


if __name__ == "__main__":
    main()
