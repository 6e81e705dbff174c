"""The Lloyd-Max explorer: levels on a line, thresholds between them.

Question: where should the few output numbers of a quantizer stand?
Chapter: 1, Scalar quantizers.
Symbols: n levels, D mean squared error, H entropy of the indices in bits, R rate in bits.

The half steps are those of `lloyd_max_steps`.  Levels can be dragged anywhere,
which no table can hold, so the page repeats the two conditions for them.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from clusterlib.explorers import drawings
from clusterlib.explorers.handles import PLACES, moved, place, read, shown, written
from clusterlib.explorers.pages import Explorer, Question
from clusterlib.explorers.scenes import rounded
from clusterlib.information import decibels, shannon_lower_bound
from clusterlib.quantizers import LAWS, best_uniform, lloyd_max, lloyd_max_steps

__all__ = ["LloydMaxExplorer", "until_still"]

N_MAX = 8
EDGE = 4.0  # the picture shows the line from -EDGE to EDGE
STILL, LIMIT = 1e-5, 600  # a run ends when no level moves farther, or after so many half steps
GAP = 0.02  # the least distance of two dragged levels
TITLES = {"gaussian": "Gaussian", "laplace": "Laplace", "uniform": "uniform"}


def spread(n):
    """Return `n` levels in equal steps of 4/n around 0: a plain start."""
    return (2 * np.arange(n) + 1 - n) * 2 / n


def until_still(law, levels):
    """Return the half steps of `lloyd_max_steps` until no level moves by more than `STILL`."""
    run = []
    for quantizer in lloyd_max_steps(law, levels):
        run.append(quantizer)
        moved_levels = len(run) > 1 and len(run) % 2 == 0
        if len(run) >= LIMIT or (
            moved_levels and abs(quantizer.levels - run[-2].levels).max() < STILL
        ):
            return run


@functools.cache
def best(law, n):
    """Return error and entropy of the best quantizer of `n` levels."""
    quantizer = lloyd_max(law, n)
    return quantizer.D, quantizer.H


class LloydMaxExplorer(Explorer):
    """A scalar quantizer by hand: drag levels, or let the two conditions move them.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import LloydMaxExplorer
    >>> state = LloydMaxExplorer().state(law="gaussian", n=4)
    >>> state["levels"].round(3).tolist(), round(state["D"], 6)
    ([-1.51, -0.453, 0.453, 1.51], 0.117482)
    """

    name = "lloyd-max"
    title = "Lloyd-Max by hand"
    caption = (
        "The line is the density, the dashed lines are thresholds; each number is replaced by "
        "the level (large mark) of its cell. The dark area is the error D."
    )
    question = Question(
        ask="Two levels stand on a Gaussian. Where does the right one settle?",
        options=["at 0.5", "at 0.8", "at 1"],
        answer=1,
        explain="At .798, the square root of 2 / pi: the mean of the right half. Either "
        "button can only lower D: thresholds in the middle give each number its nearest level, "
        "levels at the centroids are the best output for their cells.",
    )

    def values(self):
        """Return the values of the default frame."""
        return {"law": "gaussian", "n": 2, "levels": "", "step": LIMIT, "level": 0, "place": 0}

    def state(self, before=None, **values):
        values = {**self.values(), **values}
        n = values["n"] = min(max(values["n"], 1), N_MAX)
        start = np.sort(read(values["levels"], n, 1, spread(n)[:, None]).ravel())
        if n > 1 and np.diff(start).min() <= 0:
            start = spread(n)
        run = until_still(values["law"], start)
        values["step"] = min(max(values["step"], 0), len(run) - 1)
        values["level"] = min(max(values["level"], 0), n - 1)
        now = run[values["step"]]
        values["place"] = place(now.levels[values["level"]], -EDGE, EDGE)
        R = math.log2(n)
        bound = shannon_lower_bound(values["law"]) * 4.0**-R
        return {"values": values, "levels": now.levels, "thresholds": now.thresholds,
                "D": now.D, "H": now.H, "R": R, "gap": decibels(now.D / bound),
                "trace": [q.D for q in run], "best": best(values["law"], n)[0]}  # fmt: skip

    def change(self, values, key):
        if key in ("law", "n"):
            values["levels"], values["step"] = "", 0
        if key == "place":
            levels = self.state(**values)["levels"]
            levels = squeezed(levels, values["level"], moved(values["place"], -EDGE, EDGE))
            values["levels"], values["step"] = written(levels[:, None]), 0
        return values

    def controls(self, **values):
        state = self.state(**values)
        return [
            {"kind": "range", "key": "n", "label": "Levels", "min": 1, "max": N_MAX},
            {"kind": "select", "key": "law", "label": "Law", "options": list(LAWS)},
            {"kind": "range", "key": "step", "label": "Half step", "min": 0,
             "max": len(state["trace"]) - 1},
            {"kind": "range", "key": "level", "label": "Which level", "min": 0,
             "max": state["values"]["n"] - 1},
            {"kind": "range", "key": "place", "label": "Its place", "min": 0, "max": PLACES},
        ]  # fmt: skip

    def say(self, state):
        values, n = state["values"], state["values"]["n"]
        done = "levels at centroids" if values["step"] % 2 else "thresholds at midpoints"
        return (
            f"{TITLES[values['law']]}, {n} level{'s' * (n > 1)}, half step {values['step']} of "
            f"{len(state['trace']) - 1}, {done}: D = {shown(state['D'])}, the least possible is "
            f"{shown(state['best'])}. Fixed length {shown(state['R'], 3)} bits, entropy "
            f"{shown(state['H'], 3)} bits, {shown(state['gap'], 3)} dB from the bound. "
            f"Level {values['level'] + 1} stands at "
            f"{shown(state['levels'][values['level']], 3)}."
        )

    def draw(self, state):
        law = LAWS[state["values"]["law"]]
        x = np.linspace(-EDGE, EDGE, 321)
        cell = np.searchsorted(state["thresholds"], x)
        axes = drawings.Axes([-EDGE, EDGE], [0, float(law.pdf(x).max())], "density and levels",
                             "number", w=1.5 * drawings.W)  # fmt: skip
        error = law.pdf(x) * (x - state["levels"][cell]) ** 2
        corners = [(axes.x(a), axes.y(b)) for a, b in zip(x, error, strict=True)]
        corners += [(axes.x(EDGE), axes.y(0)), (axes.x(-EDGE), axes.y(0))]
        area = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
        axes.svg.append(f'<polygon points="{area}" fill="#7F7F7F"/>')
        axes.svg.append(drawings.path([axes.x(a) for a in x], [axes.y(b) for b in law.pdf(x)]))
        axes.svg += [drawings.path([axes.x(t)] * 2, [axes.y(0), drawings.TOP], dashes="5 4")
                     for t in state["thresholds"]]  # fmt: skip
        axes.svg += [drawings.mark(i, axes.x(v), axes.y(0), 7.5, 2.0)
                     for i, v in enumerate(state["levels"])]  # fmt: skip
        steps = range(len(state["trace"]))
        trace = drawings.curve(steps, state["trace"], state["values"]["step"], "D by half step",
                               "half step")  # fmt: skip
        return drawings.grid([(1.5 * drawings.W, str(axes)), (drawings.W, trace)])

    def data(self):
        ns = range(1, N_MAX + 1)
        return {
            "start": {**self.values(), "step": 0, "level": 1},
            "edge": EDGE, "places": PLACES, "still": STILL, "limit": LIMIT, "gap": GAP,
            "nmax": N_MAX, "titles": TITLES,
            "bound": {law: shannon_lower_bound(law) for law in LAWS},
            "best": {law: [rounded(best(law, n), 9) for n in ns] for law in LAWS},
            "equal": {law: [written(best_uniform(law, n)[0].levels[:, None]) for n in ns]
                      for law in LAWS},
        }  # fmt: skip


def squeezed(levels, i, value):
    """Return `levels` with level `i` at `value`, or as near to it as its neighbours allow."""
    levels = levels.copy()
    low = levels[i - 1] + GAP if i else -EDGE
    high = levels[i + 1] - GAP if i + 1 < len(levels) else EDGE
    levels[i] = min(max(value, low), high)
    return levels
