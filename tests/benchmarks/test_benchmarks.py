"""The benchmark runs, measures every row of its table, and names every algorithm."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.promises import PROMISES, ROWS, promise
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merging import route

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(folder, *options):
    command = [sys.executable, str(BENCHMARKS), "--quick", "--into", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads((folder / "results.json").read_text())


@pytest.fixture(scope="module")
def smoke(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    return *run(folder), (folder / "speed.svg").read_text()


def test_every_row_is_measured_against_its_peers(smoke):
    printed, results, svg = smoke
    rows = {r["row"] for r in results["cases"]}
    assert rows == {*ROWS, "growth"}
    measured = {(r["row"], peer) for r in results["cases"] for peer in r.get("peers", ())}
    assert {(p.row, p.against) for p in PROMISES if p.against != "ours"} <= measured
    for record in results["cases"]:
        assert record["name"] in printed
        if record["row"] != "growth":
            assert 0 <= record["low"] <= record["median"] <= record["high"]
    assert svg.lstrip().startswith("<?xml") and "</svg>" in svg


def test_every_algorithm_of_linkage_is_named(smoke):
    sizes = [(1225,), (20_100,), *itertools.product((1_000, 5_000, 50_000), (2, 10))]
    algorithms = {route(method, size) for method in RULES for size in sizes}
    algorithms -= {"median from points"}  # the code of 'centroid from points'
    assert algorithms == {r["route"] for r in smoke[1]["cases"]} - {""}


def test_growth_is_fitted_to_linkage_and_k_means(smoke):
    names = [r["name"] for r in smoke[1]["cases"] if r["row"] == "growth"]
    for word in (*RULES, "kmeans2", "vq", "pdist"):
        assert any(word in name for name in names)


def test_one_row_alone(tmp_path):
    _, results = run(tmp_path, "--only", "vq, few")
    assert {r["row"] for r in results["cases"]} == {"vq, few"}


def test_the_first_promise_that_fits_holds():
    assert promise("condensed", "median n=10000 d=10", "SciPy") == (0.8, 0.4)
    assert promise("condensed", "ward n=10000 d=10", "SciPy") == (0.65, 0.4)
    assert promise("condensed", "ward n=150 d=10", "SciPy") == (None, None)


def test_growth_is_the_slope_of_logarithms(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from benchmarks import clock

    monkeypatch.setattr(
        clock, "alternately", lambda calls, repeats: clock.np.array([[call()] for call in calls])
    )
    work = clock.Growth("cubes", [10, 20, 40], lambda n: lambda: float(n) ** 3)
    assert clock.measure(work)["power"] == pytest.approx(3)
