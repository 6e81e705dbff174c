"""The seeding explorer: seven ways to start k-means, choice by choice.

Question: where does k-means start, and where does it end for that?
Chapter: 5, Where you start decides where you end.
Symbols: X observations, C codebook, k, D^2 squared distance to the nearest code word so far.

Where a method chooses one code word after the other, its generator gives the choices, and for
greedy k-means++ the candidates of each; the runs are counted with `lloyd`.  The page repeats the
arithmetic of Lloyd's steps for the one run it shows.
"""

from __future__ import annotations

import functools
import json

import numpy as np

from clusterlib import datasets
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question, read_part
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.validity.agreement import centroid_index, orphans
from clusterlib.vq.lloyd import lloyd, lloyd_steps
from clusterlib.vq.nearest import distortion, vq
from clusterlib.vq.seeding import SEEDINGS, greedy_steps, maximin_steps, plus_plus_steps

__all__ = ["SeedingExplorer"]

SEEDS = 30  # runs that can be looked at, the first of those that were counted
OUTLIER = (1.8, 1.6)
NAMES = {
    "gaussian": "random Gaussian",
    "points": "random points",
    "partition": "random partition",
    "maximin": "maximin",
    "++": "k-means++",
    "greedy ++": "greedy k-means++",
    "||": "k-means||",
}


STEPS = {"maximin": maximin_steps, "++": plus_plus_steps, "greedy ++": greedy_steps}


@functools.cache
def stage(outlier):
    """Return the points of S2 and its true centres; `outlier` adds one point."""
    s2 = datasets.s_set(2)
    return (np.vstack([s2.X, OUTLIER]) if outlier else s2.X), s2.centres


@functools.cache
def choices(method, seed, outlier):
    """Return the choices of `method` with `seed`, one after the other; none if it has no order."""
    X, centres = stage(outlier)
    if method not in STEPS:
        return []
    return list(STEPS[method](X, len(centres), np.random.default_rng([7, seed])))


@functools.cache
def start(method, seed, outlier):
    """Return the codebook that `method` draws with `seed`."""
    X, centres = stage(outlier)
    chosen = [int(choice.chosen[0]) for choice in choices(method, seed, outlier)]
    if chosen:
        return X[chosen]
    return SEEDINGS[method](X, len(centres), np.random.default_rng([7, seed]))


def candidates(method, seed, outlier):
    """Return the indices among which each code word was chosen, where there were several."""
    drawn = [choice.candidates.tolist() for choice in choices(method, seed, outlier)]
    return drawn if any(len(some) > 1 for some in drawn) else []


@functools.cache
def run(method, seed, outlier):
    """Return the iterations, the final SSE and whether every centre got a code word."""
    X, centres = stage(outlier)
    end = lloyd(X, start(method, seed, outlier))
    return end.iteration - 1, end.sse, centroid_index(end.C, centres) == 0


def key(method, outlier):
    """Return the name of a method's runs, with the outlier or without it."""
    return f"{method}{'+' if outlier else ''}"


@functools.cache
def successes():
    """Return which of 300 runs found every cluster: a string of 0 and 1 for each `key`.

    ``benchmarks/starts.py`` runs them and writes the record.
    """
    return json.loads(read_part("seeding_runs.json"))


class SeedingExplorer(Explorer):
    """Seven seedings on fifteen clusters: each choice, then Lloyd's iterations.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import SeedingExplorer
    >>> state = SeedingExplorer().state(method="maximin", seed=0, step=15, iteration=0)
    >>> len(state["C"])
    15
    """

    name = "seeding"
    title = "Seeding theatre"
    caption = "A ring marks a true centre that no code word has found."
    question = Question(
        ask="One far outlier joins the points. Who suffers more: maximin or k-means++?",
        options={
            "maximin": "It always takes the farthest point, so it takes the outlier for certain "
            "and has 14 code words left for 15 clusters.",
            "k-means++": "It takes the outlier with the chance `D^2 / sum D^2`, which is far from "
            "certain.",
            "both alike": "Both look for far points, but only maximin takes the farthest for "
            "certain.",
        },
        answer=0,
        explain="Compare the successes of both with and without the outlier.",
        before={"outlier": True, "step": 1},
        after={"outlier": True, "method": "maximin", "step": 15},
    )

    def state(self, before=None, **values):
        values = {"method": "++", "seed": 0, "outlier": False, "step": 15, "iteration": 0, **values}
        X, centres = stage(values["outlier"])
        C = start(values["method"], values["seed"], values["outlier"])
        if values["iteration"]:
            values["step"] = len(C)
            moves = [s for s in lloyd_steps(X, C) if s.step == "assign"]
            values["iteration"] = min(values["iteration"], len(moves) - 1)
            C = moves[values["iteration"]].C
        C = C[: values["step"]]
        drawn = candidates(values["method"], values["seed"], values["outlier"])
        among = drawn[values["step"] - 1] if drawn and not values["iteration"] else []
        cost, ideal = distortion(X, C), distortion(X, centres)
        return {"values": values, "X": X, "C": C, "centres": centres, "sse": cost,
                "ratio": cost / ideal, "orphans": orphans(C, centres).tolist(), "candidates": among,
                "weights": vq(X, C)[1] ** 2,
                "found": successes()[key(values["method"], values["outlier"])]}  # fmt: skip

    def controls(self, **values):
        shown = values.get("method", "++"), values.get("seed", 0), values.get("outlier", False)
        return [
            {"kind": "select", "key": "method", "label": "Method", "options": list(SEEDINGS)},
            {"kind": "range", "key": "seed", "label": "Seed", "min": 0, "max": SEEDS - 1},
            {"kind": "range", "key": "step", "label": "Code words", "min": 1, "max": 15},
            {"kind": "range", "key": "iteration", "label": "Iteration", "min": 0,
             "max": run(*shown)[0]},
            {"kind": "check", "key": "outlier", "label": "Add one far outlier"},
        ]  # fmt: skip

    def change(self, values, key):
        if key == "step":
            values["iteration"] = 0
        return values

    def say(self, state):
        values, missed = state["values"], len(state["orphans"])
        return (
            f"{NAMES[values['method']]}, seed {values['seed']}, {len(state['C'])} code words, "
            f"iteration {values['iteration']}: SSE {state['ratio']:.3g} times that of the true "
            f"centres, {missed} of 15 centres without a code word. "
            f"Of {len(state['found'])} runs, {state['found'].count('1')} find every cluster."
        )

    def draw(self, state):
        picture = svg.points(
            state["X"][::3], None, None, "S2: code words in blue", "x", "y", r=2.0,
            words=state["C"], rings=state["centres"][state["orphans"]])  # fmt: skip
        counts = [successes()[key(m, state["values"]["outlier"])].count("1") for m in SEEDINGS]
        at = list(SEEDINGS).index(state["values"]["method"])
        tally = svg.bars(counts, list(SEEDINGS), at, "runs of 300 that find all",
                              w=1.5 * svg.W)  # fmt: skip
        return svg.grid([(svg.W, picture), (svg.W * 1.5, tally)])

    def data(self):
        X, centres = stage(False)
        out = {"points": X.tolist(), "outlier": list(OUTLIER), "centres": rounded(centres),
               "names": NAMES, "seeds": SEEDS, "runs": {}, "starts": {}, "candidates": {},
               "counted": len(successes()["++"]),
               "found": {name: runs.count("1") for name, runs in successes().items()}}  # fmt: skip
        for outlier in (False, True):
            ideal = distortion(*stage(outlier))
            rows = {tuple(p): i for i, p in enumerate(stage(outlier)[0].tolist())}
            for method in SEEDINGS:
                name = key(method, outlier)
                shown = [run(method, seed, outlier) for seed in range(SEEDS)]
                out["runs"][name] = [[n, round(cost / ideal, 4), int(ok)] for n, cost, ok in shown]
                drawn = [candidates(method, seed, outlier) for seed in range(SEEDS)]
                if any(drawn):
                    out["candidates"][name] = drawn
                books = [start(method, seed, outlier).tolist() for seed in range(SEEDS)]
                out["starts"][name] = [[rows.get(tuple(c), c) for c in book] for book in books]
        out["ideal"] = [distortion(*stage(False)), distortion(*stage(True))]
        return out
