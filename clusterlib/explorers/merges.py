"""The merge explorer: a tree grows merge by merge, with the arithmetic of every update.

Question: which two clusters merge next, and how far is the new one from the others?
Chapter: 9, Linkage.
Symbols: D distances between the present clusters, Z linkage matrix, n points.

Clusters carry the numbers of the rows of Z: points are 0 to n-1, the cluster of
row i is n+i.  The merges come from `merge_steps`, with the terms that gave each new
distance, so a reader can check each height.
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
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.steps import merge_steps
from clusterlib.hierarchy.trees import leaves_list

__all__ = ["MergesExplorer", "merge_states"]


def chain():
    """Return nineteen points: two thinned clouds and a bridge between them."""
    X = datasets.bridge().X
    return np.round(np.vstack([X[:60:10], X[60:120:10], X[120::2]]), 3)


SETS = {
    "line": ("0, 1, 3, 7, 12 on a line", lambda: np.array([[0.0], [1], [3], [7], [12]])),
    "twelve": ("twelve points", lambda: datasets.twelve_points().X),
    "chain": ("two clouds and a bridge", chain),
    "triangle": ("a triangle", lambda: np.array([[0.0, 0], [4, 0], [2, 3.5]])),
}


def merge_states(X, method):
    """Return the states of `method` on `X`, before the first merge and after each.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    method : str
        One of `RULES`.

    Returns
    -------
    list of dict
        ``nodes`` (the numbers of the present clusters), ``members`` (the points of
        each), ``centres``, ``D`` (their distances), ``pair`` (the two places that
        merge next, or None), ``height`` and ``terms``: for every other cluster the
        coefficients and distances that gave its distance to the newest one.

    Examples
    --------
    >>> first, second, *_ = merge_states([[0.0], [1.0], [3.0]], "average")
    >>> first["pair"], second["nodes"], second["D"].tolist()
    ((0, 1), [2, 3], [[0.0, 2.5], [2.5, 0.0]])
    """
    X, squared = np.asarray(X, float), RULES[method].squared
    D = squareform(pdist(X)) ** (2 if squared else 1)
    nodes, members = list(range(len(X))), [[i] for i in range(len(X))]
    centres, states, terms = list(X), [], []
    for step in (*merge_steps(X, method), None):
        pair = step and (nodes.index(step.left), nodes.index(step.right))
        states.append({"nodes": list(nodes), "members": list(members), "terms": terms,
                       "centres": np.array(centres), "D": np.sqrt(D) if squared else D,
                       "pair": pair, "height": step and step.height})  # fmt: skip
        if step is None:
            break
        x, y = pair
        keep = [k for k in range(len(nodes)) if k not in pair]
        terms = sorted(zip(*_columns(step), strict=True))
        row = np.array([term[-1] for term in terms])
        D = np.block([[D[np.ix_(keep, keep)], row[:, None]], [row[None, :], np.zeros((1, 1))]])
        halfway = method in ("median", "weighted")
        n_x, n_y = (1, 1) if halfway else (len(members[x]), len(members[y]))
        middle = (n_x * centres[x] + n_y * centres[y]) / (n_x + n_y)
        nodes = [nodes[k] for k in keep] + [step.new]
        members = [members[k] for k in keep] + [sorted(members[x] + members[y])]
        centres = [centres[k] for k in keep] + [middle]
    return states


def _columns(step):
    """Return what gave the new distances: other cluster, coefficients, old distances, new ones."""
    known = (*step.terms, step.from_left, step.from_right, step.between, step.from_new)
    return [part.tolist() for part in np.broadcast_arrays(step.others, *known)]


@functools.cache
def book_states(data, method):
    """Return points, linkage matrix and states of one of the book's sets."""
    X = SETS[data][1]()
    return X, linkage(X, method), merge_states(X, method)


def flat(X):
    """Return points on a line as points in the plane."""
    X = np.asarray(X, float)
    return X if X.shape[1] == 2 else np.column_stack([X[:, 0], np.zeros(len(X))])


class MergesExplorer(Explorer):
    """A tree that grows merge by merge, by any of the seven rules.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import MergesExplorer
    >>> explorer = MergesExplorer()
    >>> explorer.say(explorer.state(data="line", method="single", step=2))
    'single linkage, 2 of 4 merges done, 3 clusters left. Next: #3 and #6 at distance 4.'
    """

    name = "merges"
    title = "Merge by merge"
    caption = "A number after # is that of Z: first the points, then one number for each merge."
    question = Question(
        ask="Points at 0, 1, 3, 7 and 12 on a line; 0, 1 and 3 are one cluster already. Which "
        "does single linkage join next?",
        options={
            "the point at 7 with that cluster": "The gap from 3 to 7 is 4, the gap from 7 to 12 "
            "is 5.",
            "the points at 7 and 12": "Every other method does so, because it looks past the "
            "nearest point at the whole cluster. Single linkage sees the gap alone.",
            "both at once": "A merge joins two clusters; with these distances there is no tie.",
        },
        answer=0,
        explain="Single linkage measures from the nearest point, 4 against 5.",
        before={"data": "line", "method": "single", "step": 2},
        after={"data": "line", "method": "single", "step": 3},
    )

    def state(self, before=None, **values):
        values = {"data": "line", "method": "single", "step": 2, **values}
        X, Z, states = book_states(values["data"], values["method"])
        values["step"] = min(values["step"], len(states) - 1)
        return {**states[values["step"]], "values": values, "X": X, "Z": Z}

    def controls(self, **values):
        X = book_states(values.get("data", "line"), "single")[0]
        return [
            {"kind": "range", "key": "step", "label": "Merges", "min": 0, "max": len(X) - 1},
            {"kind": "select", "key": "method", "label": "Method", "options": list(RULES)},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
        ]

    def say(self, state):
        values, left = state["values"], len(state["nodes"])
        done = f"{values['step']} of {len(state['X']) - 1} merges done"
        head = f"{values['method']} linkage, {done}, {left} cluster{'s' * (left != 1)} left."
        if state["pair"] is None:
            return f"{head} The tree is complete, its top at {state['Z'][-1, 2]:.4g}."
        x, y = (state["nodes"][i] for i in state["pair"])
        return f"{head} Next: #{x} and #{y} at distance {state['height']:.4g}."

    def draw(self, state):
        labels = np.full(len(state["X"]), -1)
        groups = [m for m in state["members"] if len(m) > 1]
        for c, group in enumerate(groups):
            labels[group] = c
        done = state["values"]["step"]
        last = state["Z"][done - 1, 2] if done else 0.0
        points = svg.points(flat(state["X"]), labels, None, "clusters so far")
        tree = svg.tree(state["Z"], labels, last, "the whole tree; the line shows how far",
                             names=[f"#{i}" for i in range(len(state["X"]))])  # fmt: skip
        return svg.grid([(svg.W, points), (2 * svg.W, tree)])

    def data(self):
        out: dict = {"methods": {m: r.meaning for m, r in RULES.items()}, "sets": {}}
        for data, (title, _) in SETS.items():
            trees = {}
            for method in RULES:
                X, Z, states = book_states(data, method)
                trees[method] = {
                    "squared": RULES[method].squared,
                    "merges": Z[:, :2].astype(int).tolist(),
                    "heights": rounded(Z[:, 2], 6),
                    "order": leaves_list(Z).tolist(),
                    "states": [
                        {"nodes": s["nodes"], "members": s["members"], "pair": s["pair"],
                         "D": [rounded(row[: i + 1], 3) for i, row in enumerate(s["D"])],
                         "centres": rounded(flat(s["centres"]), 3), "height": s["height"],
                         "terms": [rounded(t, 4) for t in s["terms"][:6]]}
                        for s in states
                    ],
                }  # fmt: skip
            out["sets"][data] = {"title": title, "points": rounded(flat(X)), "trees": trees}
        return out
