"""The tanglegram explorer: two trees of the same leaves face to face.

Question: when lines between two trees cross, do the trees disagree?
Chapter: 10, Reading a dendrogram.
Symbols: Z linkage matrices, u heights at which two leaves first meet, k clusters.

A tree allows many orders of its leaves, so lines can cross between two equal trees.  The arms
of the right tree are swapped to follow the left one, at random, or one by one by the reader.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np

from clusterlib.core.checks import one_of
from clusterlib.explorers.clustermap import SETS, table
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cophenetic import cophenet
from clusterlib.hierarchy.cutting import cut_tree
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.plotting.clustermaps import in_the_order_of
from clusterlib.validity.agreement import adjusted_rand_index

__all__ = ["TanglegramExplorer"]

METHODS = ("ward", "average", "complete", "weighted", "single")
ORDERS = {"itself": "each by itself", "follow": "right follows left", "random": "arms at random"}
K_MAX = 8


@functools.cache
def tree(data, method):
    """Return the tree of one of the tables; it is computed once."""
    return linkage(table(data)[0], method)


@functools.cache
def agreement(data, left, right):
    """Return the correlation of the heights where pairs meet, and by k the Rand index, adjusted."""
    Z, V = tree(data, left), tree(data, right)
    r = float(np.corrcoef(cophenet(Z), cophenet(V))[0, 1])
    cuts = ((cut_tree(Z, k).ravel(), cut_tree(V, k).ravel()) for k in range(1, K_MAX + 1))
    return r, [float(adjusted_rand_index(*pair)) for pair in cuts]


def crossings(here, there):
    """Return how many pairs of lines cross between two orders of the same leaves.

    Examples
    --------
    >>> crossings([0, 1, 2], [0, 2, 1]), crossings([0, 1, 2], [2, 1, 0])
    (1, 3)
    """
    place = np.argsort(there)[np.asarray(here)]
    return sum(int(a > b) for a, b in itertools.combinations(place, 2))


class TanglegramExplorer(Explorer):
    """The trees of two methods face to face, each leaf joined to itself by a line.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import TanglegramExplorer
    >>> explorer = TanglegramExplorer()
    >>> [explorer.state(left="ward", right="ward", order=order)["crossings"]
    ...  for order in ("itself", "random", "follow")]
    [0, 219, 0]
    """

    name = "tanglegram"
    title = "Two trees face to face"
    caption = (
        "Each line joins a leaf to itself; its colour is the cluster of the left tree. The arms "
        "of a merge in the right tree can be swapped."
    )
    question = Question(
        ask="Two trees of the same thirty wines stand face to face, and 219 of the 435 pairs of "
        "lines cross. What does that tell you of the two trees?",
        options={
            "they disagree on 219 pairs": "A crossing says that two leaves stand in another "
            "order. The order of two branches is free in every tree.",
            "they agree little": "Two equal trees can cross as often as this: swap the arms of "
            "one of them.",
            "nothing yet": "First swap arms until the lines are as parallel as the merges allow. "
            "The crossings that stay come from the trees.",
        },
        answer=2,
        explain="Both are Ward's tree, and the right one was drawn with its arms at random. Let "
        "the right follow the left, and no line crosses.",
        before={"data": "wine", "left": "ward", "right": "ward", "order": "random"},
        after={"data": "wine", "left": "ward", "right": "ward", "order": "random"},
    )

    def state(self, before=None, **values):
        values = {"data": "wine", "left": "ward", "right": "average", "order": "follow", "k": 3,
                  "merge": 0, "swapped": "", **values}  # fmt: skip
        for key, accepted in (("data", SETS), ("left", METHODS), ("right", METHODS),
                              ("order", ORDERS)):  # fmt: skip
            one_of(key, values[key], accepted)
        Z, V = tree(values["data"], values["left"]), tree(values["data"], values["right"])
        here, swapped = leaves_list(Z), [int(v) for v in values["swapped"].split(",") if v]
        values["swap"] = values["merge"] in swapped
        if values["order"] == "follow":
            V = in_the_order_of(dict(zip(here.tolist(), range(len(here)), strict=True)), V)
        flips = at_random(len(V)) if values["order"] == "random" else np.zeros(len(V), bool)
        flips[swapped] = ~flips[swapped]
        V = np.column_stack([np.where(flips[:, None], V[:, 1::-1], V[:, :2]), V[:, 2:]])
        there = leaves_list(V)
        r, rand = agreement(values["data"], values["left"], values["right"])
        labels = split_numbers(Z, cut_tree(Z, values["k"]).ravel())
        return {"values": values, "Z": Z, "V": V, "here": here, "there": there, "r": r,
                "rand": rand[values["k"] - 1], "labels": labels,
                "crossings": crossings(here, there)}  # fmt: skip

    def change(self, values, key):
        if key in ("data", "left", "right", "order"):
            values = {**values, "swapped": ""}
        if key == "swap":
            merges = {int(v) for v in values["swapped"].split(",") if v} ^ {values["merge"]}
            values = {**values, "swapped": ",".join(map(str, sorted(merges)))}
        return values

    def controls(self, **values):
        last = len(self.state(**values)["Z"]) - 1
        return [
            {"kind": "select", "key": "order", "label": "Order of the leaves",
             "options": list(ORDERS)},
            {"kind": "select", "key": "left", "label": "Left tree", "options": list(METHODS)},
            {"kind": "select", "key": "right", "label": "Right tree", "options": list(METHODS)},
            {"kind": "range", "key": "k", "label": "Clusters k", "min": 1, "max": K_MAX},
            {"kind": "range", "key": "merge", "label": "Merge on the right", "min": 0, "max": last},
            {"kind": "check", "key": "swap", "label": "Swap its arms"},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
        ]  # fmt: skip

    def say(self, state):
        values, n = state["values"], len(state["here"])
        return (
            f"{values['left']} beside {values['right']}: {state['crossings']} of "
            f"{n * (n - 1) // 2} pairs of lines cross. The heights where pairs meet correlate by "
            f"{state['r']:.3f}. Cut into {values['k']}, the trees agree by {state['rand']:.3f} "
            f"(adjusted Rand index). Merge {values['merge'] + 1} of the right tree stands at "
            f"{state['V'][values['merge'], 2]:.4g}."
        )

    def draw(self, state):
        left, right = state["values"]["left"], state["values"]["right"]
        return svg.grid(
            [(2 * svg.W, svg.tree(state["Z"], state["labels"], None, f"left tree: {left}"))],
            [(2 * svg.W, svg.tree(state["V"], state["labels"], None, f"right tree: {right}"))],
        )

    def data(self):
        sets = {}
        for data, title in SETS.items():
            trees = {
                method: {"merges": tree(data, method)[:, :2].astype(int).tolist(),
                         "heights": rounded(tree(data, method)[:, 2], 8)}
                for method in METHODS
            }  # fmt: skip
            agree = {
                f"{a} {b}": {"r": round(agreement(data, a, b)[0], 6),
                             "rand": rounded(agreement(data, a, b)[1], 6)}
                for a in METHODS for b in METHODS
            }  # fmt: skip
            random = at_random(len(table(data)[0]) - 1).astype(int).tolist()
            sets[data] = {"title": title, "trees": trees, "agree": agree, "random": random}
        return {"methods": list(METHODS), "orders": ORDERS, "kmax": K_MAX, "sets": sets}


def at_random(m):
    """Return for each of m merges whether its arms are swapped, the same at each call."""
    return np.random.default_rng(4).random(m) < 0.5
