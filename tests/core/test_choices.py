"""What type checkers tell a user of the package: the two of them, on one script, strictly."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import clusterlib
from clusterlib.core import choices
from clusterlib.distance.pairwise import NAMES
from clusterlib.hierarchy.cutting import _CRITERIA
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.vq.lloyd import MISSING, STARTS

# An expression and what a checker must call its type: N for an array, f and i for its entries.
RIGHT = {
    "datasets.iris().X": "N",
    'distance.pdist(X, "cityblock")': "N",
    "distance.cdist(X, X)": "N",
    "distance.squareform(distance.pdist(X))": "N",
    'hierarchy.linkage(X, "ward")': "N float64",
    'hierarchy.linkage(X, "average", "correlation")': "N float64",
    "hierarchy.ward(X)": "N float64",
    'hierarchy.fcluster(Z, 3, "maxclust")': "N int32",
    "hierarchy.cut_tree(Z, 3)": "N int64",
    "hierarchy.leaves_list(Z)": "N int32",
    "hierarchy.inconsistent(Z)": "N float64",
    "hierarchy.is_valid_linkage(Z)": "bool",
    "vq.whiten(X)": "N",
    "vq.vq(X, X[:3])": "(N, N)",
    "vq.kmeans(X, 3, rng=0)": "(N, floating)",
    'vq.kmeans2(X, 3, minit="++", rng=0)': "(N, N)",
    "validity.silhouette(X, np.zeros(len(X)))": "float",
    "reports.explore(X)": "Report",
    "reports.explore(X).labels(3)": "N",
    "reports.explore(X).linkage": "N",
}
WRONG = (
    'hierarchy.linkage(X, "wards")',
    'hierarchy.linkage(X, "average", "euclid ean")',
    'hierarchy.fcluster(Z, 3, "max")',
    'distance.pdist(X, "manhattan")',
    'distance.cdist(X, X, "manhattan")',
    'vq.kmeans2(X, 3, minit="a")',
    'vq.kmeans2(X, 3, missing="keep")',
    'reports.explore(X, method="wards")',
    "vq.whiten(X).labels",
)
START = """import numpy as np

from clusterlib import datasets, distance, hierarchy, reports, validity, vq

X = datasets.iris().X
Z = hierarchy.ward(X)
print(np.mean(X), distance.pdist(X), reports.explore(X), validity.silhouette(X, X), vq.whiten(X))
"""
SHORT = (
    (r"(numpy\.|_typing\.|_nbit_base\.|clusterlib\.\w+\.\w+\.)", ""),
    (r"signedinteger\[_32Bit\]", "int32"),
    (r"signedinteger\[_64Bit\]", "int64"),
    (r"ndarray\[tuple\[Any, \.\.\.\], dtype\[Any\]\]", "N"),
    (r"ndarray\[tuple\[Any, \.\.\.\], dtype\[(\w+)\]\]", r"N \1"),
    (r"floating\[Any\]", "floating"),
    (r"^tuple\[(.*)\]$", r"(\1)"),
)


def mypy(script):
    """Return what mypy says about a script: its line, whether it is an error, and the words."""
    done = run("-m", "mypy", "--strict", "--no-error-summary", script.name, folder=script.parent)
    lines = re.findall(r"^\w+\.py:(\d+): (error|note): (.*)$", done.stdout, re.MULTILINE)
    return [(int(line), kind == "error", words) for line, kind, words in lines]


def pyright(script):
    """Return the same of pyright."""
    settings = {"typeCheckingMode": "strict", "include": [script.name]}
    (script.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    done = run("-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable,
               folder=script.parent)  # fmt: skip
    return [(entry["range"]["start"]["line"] + 1, entry["severity"] == "error", entry["message"])
            for entry in json.loads(done.stdout)["generalDiagnostics"]]  # fmt: skip


def run(*command, folder):
    """Run a checker, which finds the package as Python does, however it was installed."""
    path = str(Path(clusterlib.__file__).parents[1])
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip


def short(words):
    """Return a revealed type in the words of `RIGHT`."""
    words = re.search(r'(?:Revealed type is|Type of ".*" is) "(.*)"', words)[1]
    for long, brief in SHORT:
        words = re.sub(long, brief, words)
    return words


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_users_script_reveals_precise_types_and_wrong_words(tmp_path, checker):
    script = tmp_path / "user.py"
    lines = [f"reveal_type({expression})" for expression in RIGHT] + list(WRONG)
    script.write_text(START + "\n".join(lines) + "\n")
    first = START.count("\n") + 1
    told = checker(script)
    at = dict(enumerate([*RIGHT, *WRONG], start=first))
    revealed = {at[line]: short(words) for line, error, words in told
                if not error and line in at and "ype" in words and at[line] in RIGHT}  # fmt: skip
    assert revealed == RIGHT
    assert {at.get(line, line) for line, error, _ in told if error} == set(WRONG)


def test_the_words_are_those_of_the_tables():
    assert set(choices.Criterion.__args__) == set(_CRITERIA)
    assert set(choices.Method.__args__) == set(RULES)
    assert set(choices.Minit.__args__) == {*STARTS, "matrix"}
    assert set(choices.MissingCluster.__args__) == set(MISSING)
    assert set(choices.MetricName.__args__) == {n for n in NAMES if not n.startswith("test_")}
