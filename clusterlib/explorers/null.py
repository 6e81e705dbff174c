"""The null explorer: a silhouette beside those of data whose structure is destroyed.

Question: is this number large, or does nothing give as much?
Chapter: 6, Choosing k.
Symbols: X points, k clusters, p the share of null values at least as large, with one added.

Each reference set is drawn by `compare_with_null`, clustered as the data are (Ward's tree, cut
into k) and scored anew.  Which structure a null model destroys decides what the answer means.
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
from clusterlib.hierarchy.merging import linkage
from clusterlib.plotting import steady_labels
from clusterlib.validity.indices import silhouette
from clusterlib.validity.null_models import compare_with_null

__all__ = ["NullExplorer"]

KS = range(2, 7)
DRAWS = 39
N = 60
MODELS = {
    "shuffle": "each column shuffled",
    "principal box": "uniform in the box along the principal axes",
}


def tilted():
    """Return one long cloud that stands askew: two features that go together, no clusters."""
    g = np.random.default_rng(6)
    along = g.normal(size=(N, 1))
    return np.round(along * [2.0, 1.2] + 0.35 * g.normal(size=(N, 2)), 2)


def thinned(X):
    """Return `N` rows of `X`, evenly spaced."""
    return np.round(X[np.linspace(0, len(X) - 1, N).astype(int)], 2)


SETS = {
    "tilted": ("one tilted cloud", tilted),
    "clouds": ("three clouds", lambda: thinned(datasets.clouds().X)),
    "uniform": ("uniform noise", lambda: thinned(datasets.uniform_noise().X)),
}


def cut(Z, k):
    """Return the labels, from 0, of the tree `Z` cut into `k`."""
    return fcluster(Z, k, "maxclust") - 1


@functools.cache
def judged(data, model):
    """Return the data and its reference sets, each with its Ward tree, and how they compare.

    The first is the data; the comparison is of the silhouettes at each k.
    """
    seen = []

    def silhouettes(table):
        X = np.round(table, 2)
        Z = linkage(X, "ward")
        seen.append((X, Z))
        return np.array([silhouette(X, cut(Z, k)) for k in KS])

    comparison = compare_with_null(silhouettes, SETS[data][1](), model, draws=DRAWS, rng=0)
    return seen, comparison


class NullExplorer(Explorer):
    """The mean silhouette of a data set among those of reference sets, added one by one.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import NullExplorer
    >>> state = NullExplorer().state(data="tilted", model="shuffle", k=2)
    >>> state["reached"], state["p"]
    (0, 0.025)
    """

    name = "null"
    title = "A silhouette beside reference sets"
    caption = (
        "Each dot is the silhouette of one set without structure, clustered as the data are; the "
        "line is that of the data."
    )
    question = Question(
        ask="One tilted cloud has no clusters. Its two halves have a mean silhouette of 0.526. "
        "You shuffle each column, cut again, and do so 39 times. How many copies reach 0.526?",
        options={
            "about half of them": "That would be so if shuffling took away clusters and nothing "
            "else. It also takes away the tilt, so the copies are round.",
            "all of them": "The copies are round, and the halves of a round cloud lie nearer to "
            "each other than the halves of a long one.",
            "none": "Shuffling takes away the tilt too. The copies are round, and no half of a "
            "round cloud is as well apart.",
        },
        answer=2,
        explain="So a small p says that something is there, not that it is clusters. Beside sets "
        "as long as the cloud, from the box along its principal axes, 37 of 39 reach the value.",
        before={"data": "tilted", "model": "shuffle", "k": 2},
        after={"data": "tilted", "model": "shuffle", "k": 2, "shown": DRAWS},
    )

    def state(self, before=None, **values):
        values = {"data": "tilted", "model": "shuffle", "k": 2, "shown": DRAWS, **values}
        one_of("data", values["data"], SETS)
        one_of("model", values["model"], MODELS)
        seen, comparison = judged(values["data"], values["model"])
        (X, Z), (last, last_tree) = seen[0], seen[values["shown"]]
        column = values["k"] - KS[0]
        real, null = comparison.real[column], comparison.null[: values["shown"], column]
        reached = int((null >= real).sum())
        return {
            "values": values, "X": X, "last": last, "real": float(real), "null": null,
            "labels": steady_labels(X, cut(Z, values["k"])),
            "last_labels": steady_labels(last, cut(last_tree, values["k"])),
            "reached": reached, "p": (1 + reached) / (1 + len(null)),
        }  # fmt: skip

    def controls(self, **values):
        return [
            {"kind": "range", "key": "shown", "label": "Reference sets", "min": 1, "max": DRAWS},
            {"kind": "range", "key": "k", "label": "Number of clusters k", "min": KS[0],
             "max": KS[-1]},
            {"kind": "select", "key": "model", "label": "Null model", "options": list(MODELS)},
            {"kind": "select", "key": "data", "label": "Data", "options": list(SETS)},
        ]  # fmt: skip

    def say(self, state):
        count = len(state["null"])
        low, high = state["null"].min(), state["null"].max()
        sets = f"Of {count} reference sets" if count > 1 else "Of 1 reference set"
        return (
            f"k = {state['values']['k']}: mean silhouette {state['real']:.3f}. {sets}, "
            f"{low:.3f} to {high:.3f}, {state['reached']} reach it: p = {state['p']:.3f}."
        )

    def draw(self, state):
        null = np.sort(state["null"])
        return svg.grid(
            [(svg.W, svg.points(state["X"], state["labels"], None, "the data")),
             (svg.W, svg.points(state["last"], state["last_labels"], None, "a reference set"))],
            [(2 * svg.W, svg.bars([*null, state["real"]], [""] * len(null) + ["data"], len(null),
                                  "mean silhouettes, sorted; last the data", w=2 * svg.W))],
        )  # fmt: skip

    def data(self):
        out: dict = {"draws": DRAWS, "ks": list(KS), "models": MODELS, "sets": {}}
        for data, (title, _) in SETS.items():
            runs = {}
            for model in MODELS:
                seen, comparison = judged(data, model)
                null = [rounded(row, 6) for row in comparison.null]
                # Points travel as whole hundredths: the shortest text for two decimals.
                grid = [np.rint(100 * table).astype(int).ravel().tolist() for table, _ in seen[1:]]
                reached = [
                    [int(v) for v in np.cumsum(above)]
                    for above in (comparison.null >= comparison.real).T
                ]
                runs[model] = {"sets": grid, "null": null, "reached": reached}
            out["sets"][data] = {"title": title, "points": rounded(seen[0][0]), "runs": runs,
                                 "real": rounded(comparison.real, 6)}  # fmt: skip
        return out
