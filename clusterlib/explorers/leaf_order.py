"""The leaf-order explorer: one tree, and some of its many drawings.

Question: what does it mean that two leaves stand side by side?
Chapter: 10, Dendrograms: reading a tree.
Symbols: Z linkage matrix, D distances, n leaves.

Swapping the arms of a merge changes the picture and nothing else: a tree of n
leaves has 2^(n-1) such orders.  The page swaps arms by itself, which no table
can list; the optimal order comes from `optimal_leaf_ordering`.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib import datasets
from clusterlib.distance.condensed import squareform
from clusterlib.distance.pairwise import pdist
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cophenetic import cophenet
from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list

__all__ = ["LeafOrderExplorer", "flipped", "neighbour_sum"]

METHODS = ("single", "complete", "average", "ward")


def twelve():
    """Return distances and names of the twelve points."""
    X = datasets.twelve_points().X
    return pdist(X), [str(i) for i in range(len(X))]


def stocks():
    """Return distances (1 - correlation of monthly log returns) and names of seven series."""
    table = datasets.stocks()
    prices = np.asarray(table.prices, float)
    rows = np.isfinite(prices).any(axis=1)
    kept = np.isfinite(prices[rows]).all(axis=0)
    returns = np.diff(np.log(prices[rows][:, kept]), axis=0)
    names = [name for name, keep in zip(table.names, kept, strict=True) if keep]
    return pdist(returns.T, "correlation"), names


SETS = {"twelve": ("twelve points", twelve), "stocks": ("seven price series", stocks)}


def flipped(Z, flips):
    """Return `Z` with the arms of the merges marked in `flips` swapped."""
    Z = np.array(Z, float)
    swap = np.asarray(flips, bool)
    Z[swap, :2] = Z[swap, 1::-1]
    return Z


def neighbour_sum(Z, y):
    """Return the sum of the distances between leaves that stand side by side."""
    order = leaves_list(Z)
    return float(squareform(y)[order[:-1], order[1:]].sum())


@functools.cache
def book_tree(data, method):
    """Return distances, names, tree, flips of the optimal order and cophenetic correlation."""
    y, names = SETS[data][1]()
    Z = linkage(y, method)
    best = optimal_leaf_ordering(Z, y)
    return y, names, Z, (best[:, 0] != Z[:, 0]).astype(int).tolist(), float(cophenet(Z, y)[0])


class LeafOrderExplorer(Explorer):
    """A tree whose arms can be swapped, its heat map, and what does not change.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import LeafOrderExplorer
    >>> explorer = LeafOrderExplorer()
    >>> round(explorer.state(flips="optimal")["sum"], 6)
    14.0
    """

    name = "leaf-order"
    title = "Same tree, other order"
    caption = "Leaves that stand side by side need not be similar; heights say what is."
    question = Question(
        ask="You swap the two arms of the topmost merge. What changes?",
        options={
            "some cophenetic distances": "A cophenetic distance is the height where two leaves "
            "first meet, and a swap moves no height.",
            "the cophenetic correlation": "It compares the heights where leaves meet with the "
            "distances; both stay.",
            "neither": "The tree is the same, drawn in another order.",
        },
        answer=2,
        explain="A tree of n leaves has `2^(n-1)` drawings, 2048 for twelve leaves. Only what "
        "you read from the places of the leaves, such as who stands beside whom, belongs to the "
        "drawing.",
        after={"flips": "00000000001"},
    )

    def state(self, before=None, **values):
        values = {"data": "twelve", "method": "ward", "flips": "", "merge": 0, **values}
        y, names, Z, best, r = book_tree(values["data"], values["method"])
        flips = [int(c) for c in values["flips"].ljust(len(Z), "0")] if (
            values["flips"] != "optimal") else best  # fmt: skip
        values["merge"] = min(values["merge"], len(Z) - 1)
        drawn = flipped(Z, flips)
        return {"values": values, "Z": drawn, "y": y, "names": names, "r": r,
                "order": leaves_list(drawn), "sum": neighbour_sum(drawn, y),
                "best": neighbour_sum(flipped(Z, best), y)}  # fmt: skip

    def controls(self, **values):
        return [
            {"kind": "select", "key": "flips", "label": "Order", "options": ["", "optimal"]},
            {"kind": "range", "key": "merge", "label": "Merge", "min": 0,
             "max": len(self.state(**values)["Z"]) - 1},
            {"kind": "select", "key": "method", "label": "Method", "options": list(METHODS)},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
        ]  # fmt: skip

    def say(self, state):
        merge, Z = state["values"]["merge"], state["Z"]
        return (
            f"Neighbouring leaves are {state['sum']:.4g} apart in all, at best "
            f"{state['best']:.4g}. "
            f"Cophenetic correlation {state['r']:.4f}, whatever the order. Merge {merge + 1} of "
            f"{len(Z)}, at height {Z[merge, 2]:.4g}, is chosen."
        )

    def draw(self, state):
        order = state["order"]
        near = squareform(state["y"])[order[:-1], order[1:]]
        names = [state["names"][i] for i in order]
        tree = svg.tree(state["Z"], None, None, "the tree in this order", state["names"])
        steps = svg.bars(near, names[1:], state["values"]["merge"], "distance to the leaf on "
                              "the left", w=2 * svg.W)  # fmt: skip
        return svg.grid([(2 * svg.W, tree)], [(2 * svg.W, steps)])

    def data(self):
        sets: dict = {}
        for data, (title, _) in SETS.items():
            y, names, *_ = book_tree(data, METHODS[0])
            trees = {}
            for method in METHODS:
                _, _, Z, best, r = book_tree(data, method)
                trees[method] = {"merges": Z[:, :2].astype(int).tolist(), "best": best, "r": r,
                                 "heights": rounded(Z[:, 2], 6)}  # fmt: skip
            sets[data] = {"title": title, "names": names, "trees": trees,
                          "D": rounded(squareform(y), 5)}  # fmt: skip
        return {"sets": sets, "methods": list(METHODS)}
