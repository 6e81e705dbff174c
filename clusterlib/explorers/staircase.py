"""The staircase explorer: what each further cluster buys, from one code word to a leaf each.

Question: how much error is left for how many bits, and which code leaves least?
Chapter: 13, From clusterlib to SciPy and scikit-learn (the book in one picture).
Symbols: X points, Z linkage matrix, k clusters, C code words, labels.

A clustering is a code: log2 k bits name one of k clusters, and the mean of the cluster stands
for the point.  Every cut of a tree is such a code, from the root to the leaves.  k-means starts
at the means of the cut and moves on; the groups that the points were drawn from are a code too.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import one_of
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.cut_trees import within_sse
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cutting import cut_tree
from clusterlib.hierarchy.merging import linkage
from clusterlib.vq.lloyd import lloyd, means

__all__ = ["StaircaseExplorer", "errors_left"]

METHODS = ("ward", "complete", "average", "single")
CODES = {"tree": "the tree's cut", "k-means": "k-means"}
SETS = datasets.WORLDS


def code(X, Z, k, name):
    """Return labels and code words of the tree's cut into k, or of k-means started there."""
    labels = split_numbers(Z, cut_tree(Z, k).ravel())
    C = means(X, labels, k)
    if name == "tree":
        return labels, C
    end = lloyd(X, C)
    return end.labels, end.C


@functools.cache
def errors_left(data, method):
    """Return points, groups, tree and, by code, the error left at each k in per cent."""
    X, labels = np.round(datasets.world(data).X, 4), datasets.world(data).labels
    Z, groups = linkage(X, method), np.zeros(len(X), int)
    if labels is not None:
        groups = np.unique(labels, return_inverse=True)[1]
    total = within_sse(X, np.zeros(len(X), int))

    def left(name, k):
        labels, C = code(X, Z, k, name)
        return 100 * float(((X - C[labels]) ** 2).sum()) / total

    curves = {name: [left(name, k) for k in range(1, len(X) + 1)] for name in CODES}
    return X, groups, Z, curves, 100 * within_sse(X, groups) / total


class StaircaseExplorer(Explorer):
    """The error that k clusters leave against log2 k, for every cut of a tree and for k-means.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.
    ask : bool, default True
        Whether the figure asks its question first; without, it can be moved at once.

    Examples
    --------
    >>> from clusterlib.explorers import StaircaseExplorer
    >>> state = StaircaseExplorer().state(data="clouds", k=3)
    >>> {name: round(error, 1) for name, error in state["left"].items()}, round(state["drawn"], 1)
    ({'tree': 23.2, 'k-means': 21.3}, 24.1)
    """

    name = "staircase"
    title = "From one code word to a whole tree"
    caption = (
        "Each step of the line is one more cluster of the tree; dots are k-means, started at the "
        "cut. The ring is what the other picture shows: each point tied to its code word."
    )
    question: Question | None = Question(
        ask="The points were drawn from three clouds. Ward's tree is cut into three clusters, and "
        "k-means starts at the means of these three. Which partition into three leaves the "
        "smallest error?",
        options={
            "the three clouds themselves": "Where clouds overlap, some points lie nearer to the "
            "mean of another cloud. To move them there lowers the error, so the truth loses.",
            "the tree's cut": "Each of Ward's merges is the cheapest at its moment. But a merge is "
            "never undone, and cheap steps do not add up to the cheapest end.",
            "k-means": "It starts at the tree's cut and moves points to nearer means, so it can "
            "only get lower.",
            "the tree and k-means alike": "They would be alike if every point of the cut lay "
            "nearest to its own mean. Merged for good, some do not.",
        },
        answer=2,
        explain="They leave 21.3 % (k-means), 23.2 % (the tree) and 24.1 % (the clouds) of the "
        "variance. The smallest error is not the truth.",
        before={"data": "clouds", "method": "ward", "k": 1},
        after={"data": "clouds", "method": "ward", "code": "k-means", "k": 3},
    )  # fmt: skip

    def __init__(self, uid: str | None = None, ask: bool = True) -> None:
        super().__init__(uid)
        if not ask:
            self.question = None

    def state(self, before=None, **values):
        values = {"data": "clouds", "method": "ward", "code": "tree", "k": 3, **values}
        for key, accepted in (("data", SETS), ("method", METHODS), ("code", CODES)):
            one_of(key, values[key], accepted)
        X, groups, Z, curves, drawn = errors_left(values["data"], values["method"])
        k = values["k"] = min(values["k"], len(X))
        labels, C = code(X, Z, k, values["code"])
        left = {name: curve[k - 1] for name, curve in curves.items()}
        return {"values": values, "X": X, "Z": Z, "labels": labels, "C": C, "curves": curves,
                "left": left, "groups": int(groups.max()) + 1, "drawn": drawn}  # fmt: skip

    def controls(self, **values):
        n = len(self.state(**values)["X"])
        return [
            {"kind": "range", "key": "k", "label": "Number of clusters k", "min": 1, "max": n},
            {"kind": "select", "key": "code", "label": "Shown", "options": list(CODES)},
            {"kind": "select", "key": "method", "label": "Linkage method",
             "options": list(METHODS)},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
        ]  # fmt: skip

    def say(self, state):
        k, left, count = state["values"]["k"], state["left"], state["groups"]
        drawn = ""
        if count > 1:
            drawn = (f"; the {count} groups that were drawn leave {state['drawn']:.1f} % at "
                     f"{math.log2(count):.2f} bits")  # fmt: skip
        return (
            f"k = {k}: log2 {k} = {math.log2(k):.2f} bits for each point. The tree's cut leaves "
            f"{left['tree']:.1f} % of the variance, k-means from there "
            f"{left['k-means']:.1f} %{drawn}."
        )

    def draw(self, state):
        n, k, shown = len(state["X"]), state["values"]["k"], state["values"]["code"]
        heights = np.append(np.append(0.0, np.sort(state["Z"][:, 2])), 1.1 * state["Z"][-1, 2])
        cut = heights[n - k : n - k + 2].mean()
        bits = np.log2(np.arange(1, n + 1))
        return svg.grid(
            [(svg.W, svg.points(state["X"], state["labels"], state["C"] if k < 9 else None,
                                CODES[shown])),
             (svg.W, svg.curve(bits, state["curves"][shown], k - 1, "error left, per cent",
                               "bits per point, log2 k"))],
            [(2 * svg.W, svg.tree(state["Z"], state["labels"] if shown == "tree" else None, cut,
                                  "the tree and its cut"))],
        )  # fmt: skip

    def data(self):
        out: dict = {"methods": list(METHODS), "codes": CODES, "sets": {}}
        for data in SETS:
            trees = {}
            for method in METHODS:
                X, groups, Z, curves, drawn = errors_left(data, method)
                trees[method] = {
                    "merges": Z[:, :2].astype(int).tolist(), "heights": rounded(Z[:, 2]),
                    "curves": {name: rounded(curve) for name, curve in curves.items()},
                }  # fmt: skip
            out["sets"][data] = {
                "title": data, "points": rounded(X), "trees": trees,
                "groups": int(groups.max()) + 1, "drawn": round(drawn, 4),
            }  # fmt: skip
        return out
