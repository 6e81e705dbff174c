"""The ultrametric explorer: drag a distance, and see what the tree makes of all distances.

Question: which distances does a tree keep, and which does it replace?
Chapter: 9c, What a tree does to the distances.
Symbols: d distances, u heights at which two points first meet, Z linkage matrix.

The heights of single linkage are the largest ultrametric below the distances: u(i, j) is the
longest step of the cheapest walk from i to j.  So one short distance lowers many heights, and a
long one that no cheapest walk takes lowers none.
"""

from __future__ import annotations

import itertools

import numpy as np

from clusterlib.core.checks import one_of
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.hierarchy.cophenetic import cophenet
from clusterlib.hierarchy.merging import linkage

__all__ = ["UltrametricExplorer"]

NAMES = "ABCDE"
PAIRS = list(itertools.combinations(range(len(NAMES)), 2))
PAIR_NAMES = [NAMES[i] + NAMES[j] for i, j in PAIRS]
METHODS = ("single", "average", "complete")
STEPS = 20  # of a distance, each one half
SETS = {  # distances of AB, AC, AD, AE, BC, BD, BE, CD, CE and DE, in halves
    "two groups": (4, 8, 18, 17, 6, 16, 14, 12, 15, 5),
    "a chain": (4, 8, 12, 16, 4, 8, 12, 4, 8, 4),
    "a tree": (4, 8, 14, 14, 8, 14, 14, 14, 14, 6),
}


def cheapest_walk(d, i, j, limit):
    """Return the walk from i to j of fewest steps none of which exceeds `limit`.

    Examples
    --------
    >>> cheapest_walk(np.array([[0, 2, 9], [2, 0, 3], [9, 3, 0]]), 0, 2, 3)
    [0, 1, 2]
    """
    walks, seen = [[i]], {i}
    for walk in walks:  # which grows while it is read
        if walk[-1] == j:
            return walk
        nearby = [q for q in range(len(d)) if q not in seen and d[walk[-1], q] <= limit]
        seen.update(nearby)
        walks += [[*walk, q] for q in nearby]
    raise ValueError(f"no walk from {i} to {j} has all its steps below {limit}")


class UltrametricExplorer(Explorer):
    """Ten distances of five points, their tree, and the height at which each pair first meets.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import UltrametricExplorer
    >>> explorer = UltrametricExplorer()
    >>> explorer.state(pair="BE", place=6)["u"].tolist()
    [2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 2.5]
    """

    name = "ultrametric"
    title = "Distances, and the heights of a tree"
    caption = (
        "A bar is the distance of a pair, the thick line across it the height at which the pair "
        "first meets in the tree, on the same scale."
    )
    question = Question(
        ask="A, B and C are one group, D and E another. You shorten the distance of B and E from "
        "7 to 4, and leave the nine other distances as they are. How many of the ten pairs meet "
        "lower in the tree of single linkage?",
        options={
            "1, the pair B and E": "A tree does not copy the distances one by one. It knows the "
            "walks, and other walks take the step from B to E too.",
            "6, each pair with one point in each group": "Each walk from group to group may now "
            "take the step from B to E, and the longest step of the walk falls from 6 to 4.",
            "7, each pair that B or E belongs to": "The pair A and B belongs to B, but its walk "
            "stays in the group, and nothing in the group has changed.",
            "10, the whole tree comes down": "The tree is not scaled. The merges inside the two "
            "groups do not need the new step.",
        },
        answer=1,
        explain="Now lengthen it again: above 6 no height follows, because C and D are nearer.",
        before={"data": "two groups", "method": "single", "pair": "BE"},
        after={"data": "two groups", "method": "single", "pair": "BE", "place": 8},
    )

    def state(self, before=None, **values):
        values = {"data": "two groups", "method": "single", "pair": "BE", "distances": "", **values}
        for key, accepted in (("data", SETS), ("method", METHODS), ("pair", PAIR_NAMES)):
            one_of(key, values[key], accepted)
        halves = [int(v) for v in values["distances"].split(",") if v] or list(SETS[values["data"]])
        chosen = PAIR_NAMES.index(values["pair"])
        halves[chosen] = values["place"] = int(values.get("place", halves[chosen]))
        values["distances"] = ",".join(map(str, halves))
        d = np.array(halves) / 2
        Z = linkage(d, values["method"])
        u = cophenet(Z)
        square = np.zeros((len(NAMES), len(NAMES)))
        square[tuple(zip(*PAIRS, strict=True))] = d
        walk = cheapest_walk(square + square.T, *PAIRS[chosen], cophenet(linkage(d))[chosen])
        return {"values": values, "d": d, "Z": Z, "u": u, "chosen": chosen,
                "walk": "".join(NAMES[i] for i in walk)}  # fmt: skip

    def change(self, values, key):
        if key == "data":
            values["distances"] = ""
        if key in ("data", "pair"):
            values.pop("place", None)
        return values

    def controls(self, **values):
        return [
            {"kind": "range", "key": "place", "label": "Its distance", "min": 1, "max": STEPS},
            {"kind": "select", "key": "pair", "label": "Pair", "options": PAIR_NAMES},
            {"kind": "select", "key": "method", "label": "Linkage method",
             "options": list(METHODS)},
            {"kind": "select", "key": "data", "label": "Distances", "options": list(SETS)},
        ]  # fmt: skip

    def say(self, state):
        d, u, chosen, walk = state["d"], state["u"], state["chosen"], state["walk"]
        lower, higher = int((u < d - 1e-9).sum()), int((u > d + 1e-9).sum())
        merges = ", ".join(f"{v:.4g}" for v in state["Z"][:, 2])
        return (
            f"{walk[0]} and {walk[-1]} are {d[chosen]:.4g} apart and meet at {u[chosen]:.4g}. "
            f"By {state['values']['method']} linkage the merges stand at {merges}. "
            f"Of the ten pairs {lower} meet below their distance and {higher} above. "
            f"The cheapest walk is {' to '.join(walk)}."
        )

    def draw(self, state):
        names = [f"{name}\u2009{v:.3g}" for name, v in zip(PAIR_NAMES, state["u"], strict=True)]
        return svg.grid(
            [(2 * svg.W, svg.bars(state["d"], names, state["chosen"],
                                  "distances; below, each pair and its height", w=2 * svg.W))],
            [(2 * svg.W, svg.tree(state["Z"], title="the tree", names=NAMES))],
        )  # fmt: skip

    def data(self):
        sets = {name: {"title": name, "halves": list(halves)} for name, halves in SETS.items()}
        return {"names": NAMES, "methods": list(METHODS), "steps": STEPS, "sets": sets}
