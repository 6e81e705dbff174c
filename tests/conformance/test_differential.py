"""Random calls give what SciPy gives, or the page of known differences says why not.

A sample runs here; ``make fuzz`` runs a hundred thousand.  The calls run in processes of their
own, because some of them end SciPy's.
"""

import importlib
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from notebooks import ROOT

from clusterlib import distance
from tests.differential import RULES, Outcome, difference, entry_of, outcome, same
from tests.outcomes import PAGES
from tests.random_calls import FUNCTIONS, OFTEN, call_number

CALLS = int(os.environ.get("FUZZ", "4000"))
CHUNK = 2000
SHOWN = """
import json, re, sys, warnings
warnings.simplefilter("ignore")
from tests.differential import difference
short = lambda value: re.sub(r"\\s+", " ", repr(value))[:300]
for i in range({first}, {last}):
    found = difference(i)
    if found:
        print("DIFFERS", json.dumps([i, *map(short, found)]), flush=True)
print("DONE", flush=True)
sys.stdout.flush()
import os; os._exit(0)  # SciPy may have broken what the interpreter would tidy up
"""


def run(first):
    """Return what differs among one chunk of calls, or how the process ended."""
    code = SHOWN.format(first=first, last=min(first + CHUNK, CALLS))
    path = os.pathsep.join(map(str, (ROOT, ROOT / "scripts", ROOT / "_ext")))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": path, "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    found = [json.loads(line.removeprefix("DIFFERS ")) for line in lines if line[:7] == "DIFFERS"]
    if "DONE" not in lines:
        found.append([first, f"ended with {done.returncode}: {done.stderr[-500:]}"])
    return found


def test_no_difference_is_unlisted():
    found = [item for first in range(0, CALLS, CHUNK) for item in run(first)]
    told = "\n".join(" | ".join(map(str, item)) for item in found[:20])
    assert not found, f"{len(found)} of {CALLS} calls differ\n{told}"


def test_the_calls_are_many_sided():
    calls = [call_number(i) for i in range(3000)]
    assert {(call.page, call.name) for call in calls} == set(FUNCTIONS)
    assert len({kind for call in calls for kind in call.kinds}) > 80
    plain = sum(not call.kinds for call in calls) / len(calls)
    assert 0.1 < plain < 0.6  # ordinary calls are not forgotten
    assert len(OFTEN) < len(FUNCTIONS)


def test_every_public_function_of_scipys_pages_is_called():
    for page, module in PAGES.items():
        public = {name for name in importlib.import_module(module).__all__ if name[0] != "_"}
        called = {name for where, name in FUNCTIONS if where == page}
        assert public - called <= {"ClusterWarning", "test", "distance"}, page
        assert called <= public


def test_a_call_can_be_repeated():
    for i in (3, 77, 1234):
        assert repr(call_number(i)) == repr(call_number(i))


def test_a_wrong_answer_is_seen(monkeypatch):
    """One digit, one dtype, one warning and one error too many are differences."""
    i = next(i for i in range(1000) if call_number(i).name == "pdist" and not call_number(i).kinds)
    assert difference(i) is None
    right = distance.pdist
    for wrong in (
        lambda *a, **k: right(*a, **k) * (1 + 1e-8) + 1e-8,
        lambda *a, **k: right(*a, **k).astype("f"),
        lambda *a, **k: right(*a, **k)[None],
        lambda *a, **k: right(None),
    ):
        monkeypatch.setattr(distance, "pdist", wrong)
        assert difference(i) is not None


def test_outcomes_are_told_apart():
    one, other = Outcome(np.float64(1.0)), Outcome(np.float64(1.0 + 1e-8))
    assert same(one, Outcome(np.float64(1.0 + 1e-14)))
    assert not same(one, other)
    assert not same(one, Outcome(np.float32(1.0)))
    assert not same(one, Outcome(np.float64(1.0), warned=frozenset({"UserWarning"})))
    assert not same(one, Outcome(error=ValueError))
    assert not same(Outcome(error=TypeError), Outcome(error=ValueError))
    assert same(Outcome(error=ValueError), Outcome(error=IndexError, meant=False))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[3]["text"][:50])
def test_a_rule_speaks_of_some_call(rule):
    """The call `seen` differs, and no other entry speaks of it; if calls change, find others.

    ``python -m tests.differential 0 100000`` prints the first call of each rule.
    """
    page, functions, _, entry = rule
    call = call_number(entry["seen"])
    ours = outcome(call.number, f"clusterlib.{page}")
    scipys = outcome(call.number, PAGES[page])
    assert call.page == page and call.name in functions
    assert not same(ours, scipys)
    assert entry_of(call, ours, scipys) is entry


def test_a_rule_does_not_hide_a_wrong_answer():
    """Ten digits of what a rule describes are compared: a little more is seen."""
    hidden = []
    for page, _, _, entry in RULES:
        call = call_number(entry["seen"])
        ours, scipys = outcome(call.number, f"clusterlib.{page}"), outcome(call.number, PAGES[page])
        numbers = isinstance(ours.value, (float, np.ndarray)) and np.size(ours.value)
        if numbers and np.all(np.isfinite(ours.value)):
            ours.value = np.asarray(ours.value) * 1.7 + 0.3
            if entry_of(call, ours, scipys) is entry:
                hidden.append(entry["text"][:60])
    assert hidden == []


def test_an_error_of_numpys_is_told_from_one_of_the_librarys():
    i = next(
        i
        for i in range(4000)
        if call_number(i).name == "kmeans" and "object" in call_number(i).kinds
    )
    assert not outcome(i, PAGES["vq"]).meant
