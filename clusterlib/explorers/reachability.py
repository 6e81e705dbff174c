"""The reachability explorer: single linkage against mutual reachability, and HDBSCAN's groups.

Question: what keeps two dense groups apart, when a chain of points joins them?
Chapter: 9c, What a tree does to the distances.
Symbols: X points, m smallest size of a group, d_m mutual reachability, Z its single linkage tree.

No point is nearer to another than its m-th nearest neighbour, itself counted, is to it.  With
m = 2 this changes no distance.  A flat cut of the tree still splits off stray points first;
HDBSCAN drops them on its way down and chooses the branches that last.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import one_of
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.density import hdbscan

__all__ = ["ReachabilityExplorer"]

SHOWN = {"groups": "HDBSCAN's groups", "cut": "a flat cut"}
M = range(2, 17)


@functools.cache
def found(data, m):
    """Return points, dense groups and tree; merges equally high but for rounding are equal."""
    X = np.round(datasets.world(data).X, 4)
    groups = hdbscan(X, m)
    return X, groups.labels, np.column_stack([groups.Z[:, :2], groups.Z[:, 2:].round(9)])


def numbered(labels):
    """Return `labels` numbered from 0 in the order in which they first appear.

    Examples
    --------
    >>> numbered(np.array([7, 3, 7, 1])).tolist()
    [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


class ReachabilityExplorer(Explorer):
    """Points, the tree of their mutual reachability, and the groups that are read from it.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import ReachabilityExplorer
    >>> explorer = ReachabilityExplorer()
    >>> [explorer.state(data="bridge", m=5, shown=shown)["sizes"] for shown in ("cut", "groups")]
    [[92, 1], [50, 39]]
    """

    name = "reachability"
    title = "Single linkage and mutual reachability"
    caption = (
        "Around each point stands the circle of its core distance; lines are the steps of the "
        "tree. Grey points belong to no group, or to a part of fewer than m points."
    )
    question = Question(
        ask="Two clouds of 40 points are joined by a thin bridge. You replace the distances by "
        "mutual reachability with m = 5, and cut the tree of single linkage into two. What are "
        "the two parts?",
        options={
            "the two clouds": "That is the hope. But a point at the rim of a cloud is lonelier "
            "than the bridge, and mutual reachability pushes lonely points farther away.",
            "the bridge and the rest": "The points of the bridge are thin, but evenly spaced: "
            "each is nearer to the next than the stray point is to anything.",
            "one stray point and all the rest": "The cut splits off what lies farthest, as it "
            "does with plain distances.",
        },
        answer=2,
        explain="What m changes is how long branches last. HDBSCAN does not cut at a height: it "
        "drops parts of fewer than m points on its way down and finds 50 and 39 points here, 4 are "
        "noise.",
        before={"data": "bridge", "m": 5, "shown": "cut", "k": 2},
        after={"data": "bridge", "m": 5, "shown": "cut", "k": 2},
    )

    def state(self, before=None, **values):
        values = {"data": "bridge", "m": 5, "shown": "groups", "k": 2, **values}
        one_of("data", values["data"], datasets.WORLDS)
        one_of("shown", values["shown"], SHOWN)
        X, labels, Z = found(values["data"], values["m"])
        values["k"] = min(values["k"], len(X))
        if values["shown"] == "cut":
            labels = numbered(fcluster(Z, values["k"], "maxclust"))
        sizes = np.sort(np.unique(labels[labels >= 0], return_counts=True)[1])[::-1].tolist()
        small = np.bincount(labels + 1)[labels + 1] < values["m"]
        return {"values": values, "X": X, "Z": Z, "sizes": sizes,
                "labels": np.where(small, -1, labels)}  # fmt: skip

    def change(self, values, key):
        return {**values, "shown": "cut"} if key == "k" else values

    def controls(self, **values):
        n = len(datasets.world(self.state(**values)["values"]["data"]).X)
        return [
            {"kind": "range", "key": "m", "label": "Smallest group m", "min": M[0], "max": M[-1]},
            {"kind": "select", "key": "shown", "label": "Shown", "options": list(SHOWN)},
            {"kind": "range", "key": "k", "label": "Parts of the cut", "min": 1, "max": n},
            {"kind": "select", "key": "data", "label": "Data", "options": list(datasets.WORLDS)},
        ]  # fmt: skip

    def say(self, state):
        m, sizes, n = state["values"]["m"], state["sizes"], len(state["X"])
        told = ", ".join(map(str, sizes[:5])) + ", ..." * (len(sizes) > 5)
        top = f"The last merge stands at {state['Z'][-1, 2]:.3g}."
        if state["values"]["shown"] == "cut":
            grey = int((state["labels"] < 0).sum())
            return (
                f"m = {m}, cut into {len(sizes)}: {told} points. {grey} of {n} points are in "
                f"parts of fewer than {m}. {top}"
            )
        if not sizes:
            return f"m = {m}: no groups, all {n} points are noise. {top}"
        return f"m = {m}, groups: {told} points; {n - sum(sizes)} of {n} points are noise. {top}"

    def draw(self, state):
        return svg.grid(
            [(2 * svg.W, svg.points(state["X"], state["labels"], None, "points, noise grey"))],
            [(2 * svg.W, svg.tree(state["Z"], state["labels"], None, "mutual reachability"))],
        )  # fmt: skip

    def data(self):
        sets = {
            name: {
                "title": name, "points": rounded(found(name, M[0])[0]),
                "groups": [found(name, m)[1].tolist() for m in M],
            }
            for name in datasets.WORLDS
        }  # fmt: skip
        return {"m": [M[0], M[-1]], "shown": SHOWN, "sets": sets}
