"""The scalar explorer: levels on an axis, moved by hand or by Lloyd and Max.

Question: where do few levels lose the least?
Chapter: 1, One number, few levels.
Symbols: k levels, thresholds between them, D mean squared error, H entropy in bits.

Two conditions make a quantizer good: each threshold halfway between its levels,
each level the mean of its cell.  Each is a button; either can only lower D.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.quantization.information import entropy, shannon_lower_bound
from clusterlib.quantization.scalar import LAWS, lloyd_max

__all__ = ["LloydMaxExplorer", "measured"]

K_MAX = 8
STEPS = 50  # places of a level for each unit, on a slider
REACH = 4.0  # how far the picture goes


def first_levels(k):
    """Return `k` equally spaced levels, to start from."""
    return np.round(1.7 * (2 * np.arange(k) + 1 - k) / max(k, 2), 4)


@functools.cache
def best(law, k):
    """Return the levels of the best quantizer."""
    return lloyd_max(law, k).levels


def measured(law, levels, thresholds):
    """Return D, H and the means of the cells of a quantizer with any thresholds.

    Examples
    --------
    >>> D, H, means = measured("gaussian", [-1.0, 1.0], [0.0])
    >>> round(float(D), 4), float(H), round(float(means[1]), 4)
    (0.4042, 1.0, 0.7979)
    """
    rule, levels = LAWS[law], np.asarray(levels, float)
    edges = np.clip(np.concatenate([[-rule.reach], thresholds, [rule.reach]]), -rule.reach,
                    rule.reach)  # fmt: skip
    p, m, s = (np.diff(F(edges)) for F in (rule.F0, rule.F1, rule.F2))
    means = np.where(p > 1e-12, m / np.maximum(p, 1e-300), levels)
    return float((s - 2 * levels * m + levels**2 * p).sum()), max(0.0, entropy(p)), means


def numbers(text):
    """Return the numbers of a text such as ``-1 0.5``."""
    return np.array([float(v) for v in text.split()])


class LloydMaxExplorer(Explorer):
    """Levels of a scalar quantizer, to be dragged, and both conditions as buttons.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import LloydMaxExplorer
    >>> state = LloydMaxExplorer().state(law="gaussian", k=2, levels="best")
    >>> round(state["D"], 6), state["levels"].round(6).tolist()
    (0.36338, [-0.797885, 0.797885])
    """

    name = "lloyd-max"
    title = "Lloyd-Max by hand"
    caption = "The marks on the axis are the levels, the dashed lines the thresholds between them."
    question = Question(
        ask="Two levels for a Gaussian number: where does the right one settle?",
        options={
            "at 0.5": "Too near to the middle: half of the right side lies beyond 0.674, its "
            "median.",
            "at 0.8": "It settles at `sqrt(2/pi)` = 0.798, the mean of the right half.",
            "at 1": "One standard deviation is the root of the mean square of the half, not its "
            "mean.",
        },
        answer=1,
        explain="The threshold is 0 by symmetry, and each level must be the mean of its cell. D is "
        "then `1 - 2/pi` = 0.3634.",
        before={"k": 2},
        after={"k": 2, "levels": "best"},
    )

    def state(self, before=None, **values):
        values = {"law": "gaussian", "k": 4, "levels": "", "thresholds": "", "level": 0,
                  **values}  # fmt: skip
        k, law = values["k"], values["law"]
        if values["levels"] == "best":
            levels = best(law, k)
        else:
            levels = numbers(values["levels"]) if values["levels"] else first_levels(k)
        thresholds = (numbers(values["thresholds"]) if values["thresholds"]
                      else (levels[1:] + levels[:-1]) / 2)  # fmt: skip
        D, H, means = measured(law, levels, thresholds)
        values["level"] = min(values["level"], len(levels) - 1)
        values["x"] = round(STEPS * float(levels[values["level"]]))
        R = float(np.log2(len(levels)))
        gap = 10 * float(np.log10(D * 4**R / shannon_lower_bound(law)))
        return {"values": values, "levels": levels, "thresholds": thresholds, "D": D, "H": H,
                "means": means, "R": R, "gap": gap}  # fmt: skip

    def change(self, values, key):
        if key in ("k", "law"):
            values["levels"] = values["levels"] if values["levels"] == "best" else ""
            values["thresholds"] = ""
        if key == "x":
            levels = list(self.state(**values)["levels"])
            levels[values["level"]] = values["x"] / STEPS
            values["levels"], values["thresholds"] = " ".join(f"{v:.5f}" for v in levels), ""
        return values

    def controls(self, **values):
        state = self.state(**values)
        levels, level = state["levels"], state["values"]["level"]
        below = levels[level - 1] if level else min(-REACH, levels[0]) - 0.02
        above = levels[level + 1] if level + 1 < len(levels) else max(REACH, levels[-1]) + 0.02
        places = dict.fromkeys(["", "best", state["values"]["levels"]])  # the reader's own as well
        return [
            {"kind": "range", "key": "k", "label": "Levels", "min": 1, "max": K_MAX},
            {"kind": "select", "key": "law", "label": "Law", "options": list(LAWS)},
            {"kind": "select", "key": "levels", "label": "Place", "options": list(places)},
            {"kind": "range", "key": "level", "label": "Level to place", "min": 0,
             "max": len(levels) - 1},
            {"kind": "range", "key": "x", "label": f"Its place, in {STEPS}ths",
             "min": int(np.ceil(STEPS * (below + 0.02))),
             "max": int(np.floor(STEPS * (above - 0.02)))},
        ]  # fmt: skip

    def say(self, state):
        at = state["values"]["level"]
        return (
            f"{len(state['levels'])} level{'s' * (len(state['levels']) > 1)}: "
            f"D = {state['D']:.4f}, "
            f"{state['R']:.3g} bits with a fixed length, entropy {state['H']:.3f} bits, "
            f"{state['gap']:.2f} dB above Shannon's lower bound. Level {at + 1} stands at "
            f"{state['levels'][at]:.3g}."
        )

    def draw(self, state):
        law = LAWS[state["values"]["law"]]
        x = np.linspace(-4, 4, 161)
        axes = svg.Axes([-4, 4], [0, float(law.pdf(np.array([0.0]))[0])], "density and levels",
                             "number", w=1.4 * svg.W)  # fmt: skip
        axes.svg.append(svg.path([axes.x(v) for v in x], [axes.y(v) for v in law.pdf(x)]))
        for t in state["thresholds"]:
            axes.svg.append(svg.path([axes.x(t)] * 2, [svg.TOP, axes.y(0)], dashes="4 4"))
        axes.svg += [svg.mark(0, axes.x(v), axes.y(0), 7, 2) for v in state["levels"]]
        ks = range(1, K_MAX + 1)
        D = [10 * np.log10(measured_best(state["values"]["law"], k)) for k in ks]
        curve = svg.curve([np.log2(k) for k in ks], D, len(state["levels"]) - 1,
                               "best D in dB, by bits", "log2 of the levels")  # fmt: skip
        return svg.grid([(1.4 * svg.W, str(axes)), (svg.W, curve)])

    def data(self):
        ks = range(1, K_MAX + 1)
        return {
            "laws": list(LAWS),
            "kmax": K_MAX,
            "bound": {law: shannon_lower_bound(law) for law in LAWS},
            "first": [rounded(first_levels(k)) for k in ks],
            "best": {law: [rounded(best(law, k), 6) for k in ks] for law in LAWS},
            "D": {law: [round(measured_best(law, k), 6) for k in ks] for law in LAWS},
        }


def measured_best(law, k):
    """Return D of the best quantizer with `k` levels."""
    levels = best(law, k)
    return measured(law, levels, (levels[1:] + levels[:-1]) / 2)[0]
