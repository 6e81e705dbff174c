"""The clustermap explorer: a table whose rows and columns are put in order by trees, and cut.

Question: what in a clustermap belongs to the data, and what to the order of its rows?
Chapter: 10, Reading a dendrogram.
Symbols: X table in comparable units, Z linkage matrix, k clusters of rows, g groups of columns.

One tree joins the observations, another the features.  The order of a tree is one of many that
it allows; the optimal one makes neighbours as alike as the tree lets them be.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import one_of
from clusterlib.distance.condensed import squareform
from clusterlib.distance.pairwise import pdist
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.cutting import cut_tree
from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list

__all__ = ["ClustermapExplorer"]

METHODS = ("ward", "average", "complete", "single")
ORDERS = {"table": "as in the table", "tree": "of the tree", "optimal": "optimal for the tree"}
SETS = {
    "wine": "30 wines",
    "shuffled": "30 wines, each column shuffled",
    "iris": "30 iris flowers",
}


@functools.cache
def table(data):
    """Return thirty observations in standard deviations, and the names of their features."""
    loaded, step = (datasets.iris(), 5) if data == "iris" else (datasets.wine(), 6)
    X = np.round(datasets.standardize(loaded.X)[::step], 2)
    if data == "shuffled":
        X = np.random.default_rng(0).permuted(X, axis=0)
    names = [name.split("_of_dil")[0].split(" (")[0].replace("_", " ")
             for name in loaded.feature_names]  # fmt: skip
    return X, names


@functools.cache
def grown(data, method, axis):
    """Return the tree of the rows (axis 0) or columns (axis 1) and its orders by name."""
    X = table(data)[0] if axis == 0 else table(data)[0].T
    Z, y = linkage(X, method), pdist(X)
    best = leaves_list(optimal_leaf_ordering(Z, y))
    return Z, {"table": np.arange(len(X)), "tree": leaves_list(Z), "optimal": best}, squareform(y)


class ClustermapExplorer(Explorer):
    """A heat map between the tree of its rows and the tree of its columns, both cut.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import ClustermapExplorer
    >>> state = ClustermapExplorer().state(data="iris", k=2, g=2)
    >>> state["means"].round(1).tolist()
    [[0.7, -0.2], [-1.1, 1.0]]
    """

    name = "clustermap"
    title = "A table put in order by two trees"
    caption = (
        "Each column of the map is an observation, each row a feature; warm colours are above the "
        "mean of the feature. Lines part the clusters."
    )
    question = Question(
        ask="Thirty wines stand in the order of their Ward tree. Two that stand side by side "
        "belong to different clusters. Of the 28 other wines, how many are more like the first "
        "of the two than its neighbour is?",
        options={
            "none": "Neighbours in the map need not be the most alike. The tree decides who "
            "stands in one branch, not which ends of two branches meet.",
            "about half": "As if the neighbour were drawn at random. Here it is worse: the two "
            "ends that meet happen to be nearly the least alike.",
            "27, all but one": "The ends of two branches meet by chance, and these two hardly "
            "have anything in common.",
        },
        answer=2,
        explain="It is the first border from the left. Choose the optimal "
        "order: the tree stays, its arms are swapped, and neighbours become more alike.",
        before={"data": "wine", "method": "ward", "order": "tree"},
        after={"data": "wine", "method": "ward", "order": "tree", "k": 3},
    )

    def state(self, before=None, **values):
        values = {"data": "wine", "method": "ward", "order": "tree", "k": 3, "g": 2, **values}
        for key, accepted in (("data", SETS), ("method", METHODS), ("order", ORDERS)):
            one_of(key, values[key], accepted)
        X, names = table(values["data"])
        values["k"], values["g"] = (min(values[key], size)
                                    for key, size in zip("kg", X.shape, strict=True))  # fmt: skip
        (Z, rows, D), (V, columns, _) = (grown(values["data"], values["method"], axis)
                                         for axis in (0, 1))  # fmt: skip
        order = rows[values["order"]]
        labels = split_numbers(Z, cut_tree(Z, values["k"]).ravel())
        groups = split_numbers(V, cut_tree(V, values["g"]).ravel())
        means = np.array([[X[labels == c][:, groups == b].mean() for b in range(values["g"])]
                          for c in range(values["k"])])  # fmt: skip
        return {"values": values, "X": X, "names": names, "Z": Z, "order": order, "means": means,
                "columns": columns[values["order"]], "labels": labels, "groups": groups,
                "apart": float(D[order[:-1], order[1:]].mean())}  # fmt: skip

    def controls(self, **values):
        n, d = self.state(**values)["X"].shape
        return [
            {"kind": "select", "key": "order", "label": "Order", "options": list(ORDERS)},
            {"kind": "range", "key": "k", "label": "Clusters of rows", "min": 1, "max": n},
            {"kind": "range", "key": "g", "label": "Groups of features", "min": 1, "max": d},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
            {"kind": "select", "key": "method", "label": "Linkage method",
             "options": list(METHODS)},
        ]  # fmt: skip

    def say(self, state):
        values, means = state["values"], state["means"]
        c, b = np.unravel_index(np.abs(means.round(4)).argmax(), means.shape)
        sizes, kinds = (listed(np.bincount(part)) for part in (state["labels"], state["groups"]))
        return (
            f"{SETS[values['data']]}, {values['method']} linkage: "
            f"clusters of {sizes}; features in groups of {kinds}. "
            f"Neighbours are {state['apart']:.2f} apart on average. Farthest from the mean is "
            f"cluster {c + 1} in group {b + 1}: {means[c, b]:.2f} standard deviations."
        )

    def draw(self, state):
        X = state["X"][np.ix_(state["order"], state["columns"])]
        side = [svg.W / 17, 180 / X.shape[1]]
        cells = [
            f'<rect x="{20 + i * side[0]:.1f}" y="{30 + j * side[1]:.1f}" '
            f'width="{side[0]:.1f}" height="{side[1]:.1f}" fill="{shade(v)}"/>'
            for i, row in enumerate(X) for j, v in enumerate(row)
        ]  # fmt: skip
        title = svg.text(4, 16, "the table in its order", "start", 13.5)
        return svg.grid(
            [(2 * svg.W, svg.tree(state["Z"], state["labels"], None, "the tree of the rows"))],
            [(2 * svg.W, title + "".join(cells))],
        )

    def data(self):
        out: dict = {"methods": list(METHODS), "orders": ORDERS, "sets": {}}
        for data, title in SETS.items():
            X, names = table(data)
            trees = {method: [] for method in METHODS}
            for method in METHODS:
                for axis in (0, 1):
                    Z, orders, _ = grown(data, method, axis)
                    trees[method].append({
                        "merges": Z[:, :2].astype(int).tolist(), "heights": rounded(Z[:, 2]),
                        "orders": {name: order.tolist() for name, order in orders.items()},
                    })  # fmt: skip
            out["sets"][data] = {"title": title, "X": rounded(X), "names": names, "trees": trees}
        return out


def listed(sizes):
    """Return the first five `sizes` in words.

    Examples
    --------
    >>> listed([3, 2]), listed([1, 1, 1, 1, 1, 9])
    ('3, 2', '1, 1, 1, 1, 1, ...')
    """
    return ", ".join(map(str, sizes[:5])) + ", ..." * (len(sizes) > 5)


def shade(v):
    """Return the colour of `v` standard deviations: cold below the mean, warm above it.

    Examples
    --------
    >>> shade(0), shade(-2.5), shade(9)
    ('rgb(247,247,247)', 'rgb(0,114,178)', 'rgb(213,94,0)')
    """
    end, share = ((213, 94, 0), (0, 114, 178))[int(v < 0)], min(abs(v) / 2.5, 1)
    return "rgb({},{},{})".format(*(int(247 + share * (c - 247) + 0.5) for c in end))
