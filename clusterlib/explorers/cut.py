"""The cut explorer: one tree, a line across it, and the clusters below the line.

Question: where do flat clusters come from, and what does `t` mean?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix, t threshold, k number of clusters, labels.
"""

from __future__ import annotations

import numpy as np

from clusterlib.core.checks import one_of, whole_number
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.cut_trees import (
    CRITERIA,
    K_MAX,
    METHODS,
    Tree,
    book_tree,
    first_at_most,
)
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.explorers.shared.scenes import SCENES, Scene, rounded, scene, written
from clusterlib.plotting import steady_labels

__all__ = ["CutExplorer", "cut_state"]


def cut_state(tree, criterion, t, k=None, points=None, before=None):
    """Return what the explorer shows for one cut.

    Parameters
    ----------
    tree : Tree
        The tree with its cuts.
    criterion : str
        One of `CRITERIA`.
    t : int
        Index of the cut among those of the criterion's statistic.
    k : int, optional
        The number of clusters asked for, for the criteria that take one.
    points : ndarray of shape (n, 2), optional
        Where the picture shows the observations: the first frame numbers the
        clusters from left to right.  By default the observations themselves.
    before : ndarray of shape (n,), optional
        The labels of the frame before, whose numbers are kept.

    Returns
    -------
    dict
        ``labels``, ``count``, ``sizes``, ``t`` (the threshold), ``silhouette``,
        ``sse`` and ``call``, the expression that gives the same partition.
    """
    name = CRITERIA[one_of("criterion", criterion, CRITERIA)]
    cuts = tree.cuts[name]
    t = min(max(int(t), 0), len(cuts["t"]) - 1)
    labels = tree.labels(name, cuts["t"][t])
    shown = steady_labels(tree.scene.X if points is None else points, labels, before)
    asked = k if criterion.startswith("maxclust") else cuts["t"][t]
    rule = ", monocrit=Z[:, 3]" if name == "size" else ""
    return {
        "labels": shown,
        "count": cuts["count"][t],
        "sizes": sorted(np.unique(shown, return_counts=True)[1].tolist(), reverse=True),
        "t": cuts["t"][t],
        "silhouette": cuts["silhouette"][t],
        "sse": cuts["sse"][t],
        "call": f'fcluster(Z, t={asked}, criterion="{criterion}"{rule})',
    }


class CutExplorer(Explorer):
    """A tree, a threshold and a number of clusters, tied to each other.

    Parameters
    ----------
    X : array_like of shape (n, d) or Scene, optional
        Your observations; by default the four data sets of chapter 11.
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.
    data : {'twelve', 'clouds', 'iris', 'wine'}, default 'twelve'
        The data set of the first frame, if there is no `X`.  The question is about the twelve
        points, so a figure that opens on others asks none.
    method : str, default 'ward'
        The linkage method of the first frame.
    k : int, default 4
        The number of clusters of the first frame, at most.
    numbered : {'steady', 'splits'}, default 'steady'
        Whether clusters keep the numbers they had before a move, or those of `split_numbers`,
        which depend on the tree and the cut alone.
    trees : dict of str to Tree, optional
        The trees of your observations by method, as far as they are there already.
    criteria : sequence of str, optional
        The criteria of `fcluster` to choose from; by default all.
    call : str, optional
        The call to print, with ``{t}`` and ``{method}`` in it; by default that of `fcluster`.
    small : bool, default False
        Whether to show no more than two controls, the height and k, and two pictures, the tree
        and the points; of the book's data sets there are the twelve points then.

    Examples
    --------
    >>> from clusterlib.explorers import CutExplorer
    >>> explorer = CutExplorer()
    >>> state = explorer.state(data="twelve", method="ward", criterion="maxclust", k=3)
    >>> state["count"], state["sizes"], state["call"]
    (2, [6, 6], 'fcluster(Z, t=3, criterion="maxclust")')
    """

    name = "cut"
    title = "Cut the tree"
    caption = (
        "The clusters are the branches that the dashed line cuts off; each has its own colour "
        "and marker, in the tree and among the points."
    )
    question = Question(
        ask="The Ward tree of the twelve points is asked for 3 clusters. How many come?",
        options={
            "2": "`maxclust` promises at most 3.",
            "3": "That takes `maxclust` for a promise of exactly 3; it promises at most 3.",
            "4": "Four would be more than was asked for, and `maxclust` never gives more.",
        },
        answer=0,
        explain="The two merges below the top tie at height 5.774. A level line passes above both "
        "or below both, so it leaves 2 clusters or 4.",
        before={"data": "twelve", "method": "ward", "k": 1, "t": 10**6},
        after={"data": "twelve", "criterion": "maxclust", "k": 3},
    )

    def __init__(self, X=None, uid=None, *, data="twelve", method="ward", k=4,
                 numbered="steady", trees=None, criteria=tuple(CRITERIA), call=None,
                 small=False):  # fmt: skip
        super().__init__(uid)
        self.criteria, self.call, self.small = tuple(criteria), call, bool(small)
        self.numbered = one_of("numbered", numbered, ("steady", "splits"))
        self._first = one_of("method", method, METHODS), whole_number("k", k, 1)
        names = ("twelve",) if small else ("twelve", "clouds", "iris", "wine")
        self.sets: dict[str, Scene] = (
            {name: SCENES[name]() for name in names}
            if X is None
            else {"yours": X if isinstance(X, Scene) else scene(X)}
        )
        self._data = one_of("data", data, names) if X is None else "yours"
        if self._data != "twelve":
            self.question = None
        self._own = X is not None
        self._trees: dict = {} if trees is None else dict(trees)

    def tree(self, data, method):
        """Return the Tree of data set `data` by `method`."""
        if not self._own:
            return book_tree(data, method)
        if method not in self._trees:
            self._trees[method] = Tree(self.sets[data], method)
        return self._trees[method]

    def start(self):
        """Return the values of the default frame."""
        data, (method, k) = self._data, self._first
        cuts = self.tree(data, method).cuts["distance"]
        t = first_at_most(cuts, k)
        return {"data": data, "method": method, "criterion": "distance", "t": t,
                "k": cuts["count"][t]}  # fmt: skip

    def change(self, values, key):
        cuts = self.tree(values["data"], values["method"]).cuts
        if key == "t":
            criterion = {"maxclust": "distance", "maxclust_monocrit": "monocrit"}
            values["criterion"] = criterion.get(values["criterion"], values["criterion"])
            own = cuts[CRITERIA[values["criterion"]]]
            values["t"] = min(values["t"], len(own["t"]) - 1)
            values["k"] = min(K_MAX, own["count"][values["t"]])
            return values
        if key == "k":
            criterion = {"monocrit": "maxclust_monocrit"}
            if not values["criterion"].startswith("maxclust"):
                values["criterion"] = criterion.get(values["criterion"], "maxclust")
        values["t"] = first_at_most(cuts[CRITERIA[values["criterion"]]], values["k"])
        return values

    def state(self, before=None, **values):
        values = {**self.start(), **values}
        if values["criterion"].startswith("maxclust"):
            values = self.change(values, "k")
        shown = self.sets[values["data"]]
        tree = self.tree(values["data"], values["method"])
        same = before is not None and before["values"]["data"] == values["data"]
        state = cut_state(tree, values["criterion"], values["t"], values["k"], shown.points,
                          before["labels"] if same else None)  # fmt: skip
        if self.numbered == "splits":
            state["labels"] = split_numbers(tree.Z, state["labels"])
        return {**state, "values": values, "tree": tree, "scene": shown,
                "sizes": shown.sizes(state["labels"])}  # fmt: skip

    def controls(self, **values):
        values = {**self.start(), **values}
        cuts = self.tree(values["data"], values["method"]).cuts[CRITERIA[values["criterion"]]]
        n = len(self.sets[values["data"]].X)
        controls = [
            {"kind": "range", "key": "t", "label": "Cut", "max": len(cuts["t"]) - 1, "min": 0},
            {"kind": "range", "key": "k", "label": "Clusters k", "min": 1, "max": min(K_MAX, n)},
            {"kind": "select", "key": "method", "label": "Method", "options": list(METHODS)},
            {"kind": "select", "key": "data", "label": "Data", "options": list(self.sets)},
            {"kind": "select", "key": "criterion", "label": "Criterion",
             "options": list(self.criteria)},
        ]  # fmt: skip
        if self.small:
            return controls[:2]
        return [c for c in controls if c["key"] != "data" or len(self.sets) > 1]

    def say(self, state):
        values, sizes = state["values"], state["sizes"]
        count = f"{state['count']} cluster{'s' * (state['count'] != 1)}"
        names = {"distance": "Height t", "inconsistent": "Coefficient t", "size": "Largest size t"}
        if state["scene"].weights is not None:
            names["size"] += " (in code words)"
        if not values["criterion"].startswith("maxclust"):
            head = f"{names[CRITERIA[values['criterion']]]} = {state['t']}: {count}"
        elif values["k"] == state["count"]:
            head = f"Asked for {values['k']}, got {count}"
        else:
            head = (f"Asked for {values['k']}, got {state['count']}: merges tie, "
                    f"so no cut gives {values['k']}")  # fmt: skip
        told = (
            ", ".join(map(str, sizes)) if len(sizes) <= 8 else f"from {min(sizes)} to {max(sizes)}"
        )
        if self.small:
            return f"{head}. Sizes {told}."
        score = "not defined" if np.isnan(state["silhouette"]) else f"{state['silhouette']:.3f}"
        return f"{head}. Sizes {told}. Mean silhouette {score}, SSE {written(state['sse'])}."

    def draw(self, state):
        tree, shown = state["tree"], state["scene"]
        level = CRITERIA[state["values"]["criterion"]] == "distance"
        return svg.grid(
            [(2 * svg.W, svg.tree(tree.Z, state["labels"], state["t"] if level else None,
                                            title=f"{shown.title}, {tree.method} linkage"))],
            [(svg.W, svg.points(shown.points, state["labels"], None, "the same clusters",
                                          *shown.axes, r=shown.radii())),
             (svg.W, svg.bars(tree.room(), range(2, len(tree.room()) + 2),
                                        state["count"] - 2, "room for the line", "clusters"))],
        )  # fmt: skip

    def data(self):
        methods = self._first[:1] if self.small else METHODS
        return {
            "start": self.start(),
            "small": self.small,
            "methods": list(METHODS),
            "kmax": K_MAX,
            "numbered": self.numbered,
            "criteria": list(self.criteria),
            "call": self.call,
            "sets": {
                name: {
                    "title": shown.title,
                    "points": rounded(shown.points, 3),
                    "axes": list(shown.axes),
                    "equal": True,
                    **shown.counted(),
                    "trees": {m: self.tree(name, m).data() for m in methods},
                }
                for name, shown in self.sets.items()
            },
        }
