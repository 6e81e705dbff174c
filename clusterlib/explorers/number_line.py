"""The number line explorer: a tree that stands on the points that it merges.

Question: what does each linkage method see, when there is only one direction to look?
Chapter: 9, Linkage.
Symbols: x points on a line, Z linkage matrix, k number of clusters.

On a line clusters are intervals, and single linkage is the list of gaps: its heights are the
gaps between neighbours, sorted.  Points can be dragged; the page links them anew.
"""

from __future__ import annotations

import numpy as np

from clusterlib.core.checks import one_of
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.cut_trees import METHODS
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.inconsistency import maxdists
from clusterlib.hierarchy.merging import linkage
from clusterlib.plotting import steady_labels

__all__ = ["NumberLineExplorer", "intervals"]

SETS = {
    "growing": ("gaps that grow", [0, 1, 2.1, 3.3, 4.6, 6, 7.5, 9.1]),
    "groups": ("three groups and a point between", [0, 0.4, 1.1, 4, 5.3, 5.8, 6.6, 10, 10.9, 11.2]),
    "five": ("0, 1, 3, 7, 12", [0, 1, 3, 7, 12]),
    "even": ("equal gaps", [0, 1, 2, 3, 4, 5, 6, 7]),
}
STEPS = 100  # places of a point, on a slider


def intervals(x, labels):
    """Return what each cluster covers: its number, its least and largest point, its size.

    Examples
    --------
    >>> intervals(np.array([0.0, 1.0, 5.0]), np.array([0, 0, 1]))
    [(0, 0.0, 1.0, 2), (1, 5.0, 5.0, 1)]
    """
    found = [(int(c), x[labels == c]) for c in np.unique(labels)]
    return sorted(
        ((c, float(own.min()), float(own.max()), len(own)) for c, own in found),
        key=lambda cluster: cluster[1],
    )


class NumberLineExplorer(Explorer):
    """Points on a line, their tree by any of the seven rules, and a cut into k clusters.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import NumberLineExplorer
    >>> explorer = NumberLineExplorer()
    >>> explorer.state(data="five", method="single", k=2)["clusters"]
    [(0, 0.0, 7.0, 4), (1, 12.0, 12.0, 1)]
    """

    name = "number-line"
    title = "A tree on the number line"
    caption = (
        "Each leaf stands where its point lies on the line; the clusters below the dashed line "
        "are intervals, each with its own colour and marker."
    )
    question = Question(
        ask="Eight points on a line; each gap is a little wider than the one before. Single "
        "linkage is cut into two clusters. How large are they?",
        options={
            "4 and 4": "Each of the other six methods splits them so. Single linkage sees the gap "
            "alone, not the clusters on its two sides.",
            "6 and 2": "The two widest gaps are the last two, but one of them is enough for two "
            "clusters.",
            "7 and 1": "The last gap is the widest, however little, so it closes last.",
        },
        answer=2,
        explain="On a line, single linkage joins neighbours gap by gap, the narrowest first. Its "
        "heights are the sorted gaps.",
        before={"data": "growing", "method": "single"},
        after={"data": "growing", "method": "single", "k": 2},
    )

    def state(self, before=None, **values):
        values = {"data": "growing", "method": "single", "k": 2, "points": "", "point": 0, **values}
        one_of("method", values["method"], METHODS)
        fixed = SETS[one_of("data", values["data"], SETS)][1]
        x = np.array([float(v) for v in values["points"].split(",")] if values["points"] else fixed)
        values["k"], values["point"] = min(values["k"], len(x)), min(values["point"], len(x) - 1)
        low, high = self.reach(values["data"])
        share = (x[values["point"]] - low) / (high - low)
        values["place"] = int(np.clip(np.rint(STEPS * share), 0, STEPS))
        X = x[:, None]
        Z = linkage(X, values["method"])
        labels = fcluster(Z, values["k"], "maxclust") - 1
        same = before is not None and before["values"]["data"] == values["data"]
        labels = steady_labels(X, labels, before["labels"] if same else None)
        return {"values": values, "x": x, "Z": Z, "labels": labels,
                "clusters": intervals(x, labels)}  # fmt: skip

    @staticmethod
    def reach(data):
        """Return the ends of the number line of a data set: its points and a tenth around."""
        x = SETS[data][1]
        room = (max(x) - min(x)) / 10
        return min(x) - room, max(x) + room

    def change(self, values, key):
        if key == "data":
            values["points"], values["point"] = "", 0
        if key == "place":
            (low, high), x = self.reach(values["data"]), self.state(**values)["x"]
            x[values["point"]] = low + (high - low) * values["place"] / STEPS
            values["points"] = ",".join(f"{v:.6g}" for v in np.round(x, 3))
        return values

    def controls(self, **values):
        n = len(self.state(**values)["x"])
        return [
            {"kind": "range", "key": "k", "label": "Number of clusters k", "min": 1, "max": n},
            {
                "kind": "select",
                "key": "method",
                "label": "Linkage method",
                "options": list(METHODS),
            },
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
            {"kind": "range", "key": "point", "label": "Point to move", "min": 0, "max": n - 1},
            {"kind": "range", "key": "place", "label": "Its place", "min": 0, "max": STEPS},
        ]

    def say(self, state):
        k, count, point = state["values"]["k"], len(state["clusters"]), state["values"]["point"]
        told = [
            f"{low:.4g}{f' to {high:.4g}' * (high > low)} ({size} point{'s' * (size != 1)})"
            for _, low, high, size in state["clusters"]
        ]
        found = f"{count} cluster{'s' * (count != 1)}"
        head = found if k == count else f"asked for {k}, got {found}, because merges tie"
        return (
            f"{state['values']['method']} linkage, {head}: {', '.join(told)}. "
            f"The last merge is at height {state['Z'][-1, 2]:.4g}. "
            f"Point {point + 1} stands at {state['x'][point]:.4g}."
        )

    def draw(self, state):
        Z, labels, x = state["Z"], state["labels"], state["x"]
        tops, count = np.append(np.sort(maxdists(Z)), np.inf), len(state["clusters"])
        level = tops[len(x) - count]
        below = tops[len(x) - count - 1] if count < len(x) else 0.0
        cut = (below + min(level, 1.1 * Z[-1, 2])) / 2
        gaps = np.diff(np.sort(x))
        return svg.grid(
            [(2 * svg.W, svg.tree(Z, labels, cut, self.title, at=x))],
            [(2 * svg.W, svg.bars(gaps, range(1, len(x)), None, "gaps between neighbours",
                                  "gap, from left to right", w=2 * svg.W))],
        )  # fmt: skip

    def data(self):
        return {
            "methods": list(METHODS),
            "steps": STEPS,
            "sets": {
                name: {"title": title, "points": rounded(x), "reach": rounded(self.reach(name))}
                for name, (title, x) in SETS.items()
            },
        }
