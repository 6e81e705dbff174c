"""The criteria explorer: one tree, one t, and the five things that t can mean.

Question: what does `fcluster` do with t?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, t threshold, R inconsistency matrix.

With depth 2 the inconsistency of a merge compares three heights at most: its own
and those of the two merges below it.  Of three numbers, none lies more than
2 / sqrt 3 = 1.1547 sample deviations above the mean, so from there on the
default criterion always answers with one cluster.
"""

from __future__ import annotations

import warnings

import numpy as np

from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.cut_trees import CRITERIA, book_tree, short
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import SCENES, rounded
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.inconsistency import inconsistent
from clusterlib.hierarchy.linkage_matrix import ClusterWarning
from clusterlib.plotting import steady_labels

__all__ = ["MEANINGS", "CriteriaExplorer"]

DATA = ("wine", "iris", "twelve")
T = [*np.round(np.arange(0.5, 1.3, 0.05), 2).tolist(), 1.5, *range(2, 13), 15, 20, 25, 30, 40]
MEANINGS = {
    "inconsistent": "largest inconsistency inside a cluster (the default)",
    "distance": "largest height inside a cluster",
    "maxclust": "largest number of clusters",
    "monocrit": "largest size of a cluster, as our own number",
    "maxclust_monocrit": "largest number of clusters, by our own number",
}


class CriteriaExplorer(Explorer):
    """Five flat clusterings of one tree with the same t.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import CriteriaExplorer
    >>> explorer = CriteriaExplorer()
    >>> explorer.say(explorer.state(data="wine", t=18)).split(". Merge")[0]
    't = 3: inconsistent 1, distance 65, maxclust 3, monocrit 85, maxclust_monocrit 3 clusters'
    """

    name = "criteria"
    title = "One t, five meanings"
    caption = "The same tree and the same t; only the criterion of `fcluster` differs."
    question = Question(
        ask="The Ward tree of the wines, `fcluster(Z, 3)` with nothing else: how many clusters?",
        options={
            "3": "That takes `t` for a number of clusters. It is one only with "
            '`criterion="maxclust"`.',
            "65": 'That takes `t` for a height. It is one only with `criterion="distance"`.',
            "1": "The default criterion is `inconsistent`, and no coefficient is as large as 3.",
        },
        answer=2,
        explain="With depth 2 no coefficient exceeds 1.1547, so every `t` from there on keeps the "
        "whole tree together.",
    )

    def tree(self, data):
        """Return the Ward tree of `data`, with its inconsistency matrix."""
        tree = book_tree(data, "ward")
        return tree, inconsistent(tree.Z)

    def labels(self, tree, criterion, t):
        """Return the labels, from 0, of the flat clustering of `tree` by `criterion` at `t`."""
        own = {"monocrit": tree.Z[:, 3]} if CRITERIA[criterion] == "size" else {}
        with warnings.catch_warnings():  # that t is no height here is what the figure shows
            warnings.simplefilter("ignore", ClusterWarning)
            return fcluster(tree.Z, t, criterion, **own) - 1

    def state(self, before=None, **values):
        values = {"data": "wine", "t": T.index(3), "merge": 10**6, **values}
        tree, R = self.tree(values["data"])
        values["t"] = min(values["t"], len(T) - 1)
        values["merge"] = min(values["merge"], len(R) - 1)
        t = T[values["t"]]
        flat = {c: self.labels(tree, c, max(t, 1) if c.startswith("maxclust") else t)
                for c in CRITERIA}  # fmt: skip
        return {"values": values, "tree": tree, "R": R, "t": t, "labels": flat,
                "counts": {c: int(v.max()) + 1 for c, v in flat.items()}}  # fmt: skip

    def controls(self, **values):
        n = len(self.tree(values.get("data", "wine"))[1])
        return [
            {"kind": "range", "key": "t", "label": "t", "min": 0, "max": len(T) - 1},
            {"kind": "range", "key": "merge", "label": "Merge", "min": 0, "max": n - 1},
            {"kind": "select", "key": "data", "label": "Data", "options": list(DATA)},
        ]

    def say(self, state):
        counts = ", ".join(f"{c} {state['counts'][c]}" for c in MEANINGS)
        i = state["values"]["merge"]
        mean, spread, count, coefficient = state["R"][i]
        return (
            f"t = {state['t']}: {counts} clusters. Merge {i + 1} of {len(state['R'])}: height "
            f"{state['tree'].Z[i, 2]:.4g}, of {int(count)} height{'s' * int(count != 1)} with mean "
            f"{mean:.4g} and deviation {spread:.4g}: coefficient {coefficient:.4f}."
        )

    def draw(self, state):
        rows = []
        points = SCENES[state["values"]["data"]]().points
        for c in ("distance", "inconsistent", "maxclust"):
            shown = steady_labels(points, state["labels"][c])
            title = f"{c}, t = {state['t']}: {state['counts'][c]} clusters"
            level = state["t"] if c == "distance" else None
            rows.append([(2 * svg.W, svg.tree(state["tree"].Z, shown, level, title))])
        return svg.grid(*rows)

    def data(self):
        sets = {}
        for data in DATA:
            tree, R = self.tree(data)
            shared = tree.data()
            limits = {}
            for criterion, statistic in CRITERIA.items():
                rank, values = np.array(shared["rank"][statistic]), tree.statistics[statistic]
                limits[criterion] = []
                for t in T:
                    t = max(t, 1) if criterion.startswith("maxclust") else t
                    if criterion.startswith("maxclust"):
                        cuts = tree.cuts[statistic]
                        at = next(i for i, n in enumerate(cuts["count"]) if n <= t)
                        limits[criterion].append(cuts["limit"][at])
                    else:
                        inside = rank[values <= t]
                        limits[criterion].append(int(inside.max()) if len(inside) else -1)
            sets[data] = {
                "title": SCENES[data]().title, "merges": shared["merges"], "limits": limits,
                "heights": shared["heights"], "order": shared["order"], "rank": shared["rank"],
                "R": [[short(v) for v in row] for row in R],
                "x": rounded(SCENES[data]().points[:, 0], 3),
            }  # fmt: skip
        return {"sets": sets, "t": T, "meanings": MEANINGS, "statistics": CRITERIA,
                "start": {"data": "wine", "t": T.index(3), "merge": 10**6}}  # fmt: skip
