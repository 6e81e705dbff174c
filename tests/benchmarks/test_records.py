"""The records that chapters show are what their scripts compute."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import starts, time_quality
from clusterlib.explorers import seeding
from clusterlib.vq.seeding import SEEDINGS
from tests.sampling import WHOLE, sample
from tests.vq.test_seeding import NAMES, RATES

FOLDER = Path(starts.__file__).parent


@pytest.fixture(scope="module")
def success():
    return json.loads((FOLDER / "starts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def timed():
    return json.loads((FOLDER / "time_quality.json").read_text(encoding="utf-8"))


def run(monkeypatch, script, folder, *options):
    """Run a script's command line into `folder`."""
    monkeypatch.setattr(sys, "argv", ["script", "--into", str(folder), *options])
    script.main()


def test_the_record_of_starts_holds_300_runs_of_every_cell(success):
    assert list(success) == list(starts.SETS)
    for row in success.values():
        assert list(row) == list(SEEDINGS)
        for cell in row.values():
            assert set(cell["found"]) <= {"0", "1"}
            assert len(cell["found"]) == starts.RUNS == 300


def test_the_first_runs_of_every_cell_come_out_again(success, monkeypatch, tmp_path):
    run(monkeypatch, starts, tmp_path, "--runs", "6")
    again = json.loads((tmp_path / "starts.json").read_text(encoding="utf-8"))
    for name, row in again.items():
        for method, cell in row.items():
            assert cell["found"] == success[name][method]["found"][:6], (name, method)


def test_the_explorer_counts_the_runs_of_the_record(success):
    counted = seeding.successes()
    for method, cell in success["S2"].items():
        assert counted[method] == cell["found"]
    again = starts.explorer_record(30)
    assert list(again) == list(counted)
    for name, found in again.items():
        assert found == counted[name][:30], name
        assert len(counted[name]) == starts.RUNS


CELLS = [("D32", "++"), ("D32", "||"), ("S1", "greedy ++")]


@pytest.mark.parametrize(("name", "method"), sample(CELLS, 3))
def test_all_runs_of_some_cells_come_out_again(success, name, method):
    again, cell = starts.count(name, method, starts.RUNS), success[name][method]
    assert again["found"] == cell["found"]
    for key in ("end", "start", "iterations"):
        assert again[key] == pytest.approx(cell[key], rel=1e-4)


def test_the_recorded_rates_are_the_known_ones(success):
    """Within 3 standard deviations of a difference of two rates of 300 runs."""
    for name, known in RATES.items():
        for method, rate in zip(NAMES, known, strict=True):
            ours = success[name][method]["found"].count("1") / starts.RUNS
            p = (ours + rate / 100) / 2
            assert abs(ours - rate / 100) <= 3 * np.sqrt(2 * p * (1 - p) / starts.RUNS) + 1e-9


def test_the_timed_fits_come_out_again(timed, monkeypatch, tmp_path):
    seeds = 2 if WHOLE else 1
    run(monkeypatch, time_quality, tmp_path, "--seeds", str(seeds))
    again = json.loads((tmp_path / "time_quality.json").read_text(encoding="utf-8"))
    assert list(again["methods"]) == list(timed["methods"])
    for name, runs in timed["methods"].items():
        assert len(runs["seconds"]) == len(runs["passes"]) == len(runs["loss"]) == 7
        assert min(runs["seconds"]) > 0
        for key in ("passes", "loss"):
            assert again["methods"][name][key] == pytest.approx(runs[key][:seeds], rel=1e-6)


def test_the_readme_says_of_a_million_points_what_was_measured():
    """The record is that of the rows of many points, of one run of the benchmarks."""
    record = json.loads((FOLDER / "many_points.json").read_text(encoding="utf-8"))
    cases = {case["name"]: case["median"] for case in record["cases"]}
    seconds = cases["ward n=1000000 d=2, CPU"]
    memory = cases["ward n=1000000 d=2, memory in all"] / 2**20
    said = f"takes {seconds:.0f} seconds of one core and {memory:.0f} MiB of memory"
    assert said in (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert round(10**6 * (10**6 - 1) // 2 * 8 / 1e12) == 4
    ratios = [
        c["peers"]["fastcluster"]["ratio"]["median"]
        for c in record["cases"]
        if c["row"] == "many points"
    ]
    assert len(ratios) == 18 and max(ratios) < 0.5
