"""The numbers of a report: what each number of clusters gives, and which one the page takes.

Question: how many clusters are there, and do they agree with the classes you know?
Chapter: 6, Choosing k.
Symbols: X observations, k number of clusters, labels classes that you know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterlib.explorers.choosing_k import KExplorer, witnesses
from clusterlib.explorers.cut import (
    METHODS,
    CutExplorer,
    first_at_most,
    within_sse,
)
from clusterlib.reports.reduction import Crowd, gather
from clusterlib.validity import adjusted_rand_index

__all__ = ["Findings", "find"]


@dataclass(frozen=True)
class Findings:
    """What was found in a table.

    Attributes
    ----------
    crowd : Crowd
        The observations and the points that the explorers show.
    rows : list of dict
        For each k: ``k``, and for k-means and the tree the sum of squares ``sse`` of all
        observations, the mean ``silhouette`` of the points, and with classes ``ari``.
    gap : int or None
        The number of clusters that the gap statistic chooses.
    chosen, why : int, str
        The number of clusters of the picture, and the rule that took it.
    clusters : ndarray of int, shape (n,)
        The cluster of each observation when the tree is cut there, as the picture numbers them.
    by_k, by_cut : Explorer
        The explorers, which begin there.
    """

    crowd: Crowd
    rows: list[dict]
    gap: int | None
    chosen: int
    why: str
    clusters: np.ndarray
    by_k: KExplorer
    by_cut: CutExplorer


def find(X, features, labels, method, rng, step):
    """Return the Findings of `X`; `step` is called after each part of the work."""
    crowd = gather(X, features, rng)
    step()
    scores = witnesses(crowd.scene, rng)
    step()
    chosen, why = choose_k(scores)
    by_k = KExplorer(crowd.scene, "report-k", k=chosen, scores=scores)
    by_cut = CutExplorer(crowd.scene, "report-cut", method=method, k=chosen)
    for name in METHODS:
        by_cut.tree("yours", name)
        step()
    tree = by_cut.tree("yours", method)
    rows = [of_k(k, crowd, scores, tree, labels) for k in range(1, len(scores["sse"]) + 1)]
    clusters = by_cut.state()["labels"][crowd.member]
    return Findings(crowd, rows, scores["chosen"], chosen, why, clusters, by_k, by_cut)


def choose_k(scores):
    """Return the number of clusters to begin with, at least two, and why."""
    best = int(np.nanargmax(scores["silhouette"])) + 1
    if scores["chosen"] is None:
        why = f"The gap statistic chooses none of these k. The mean silhouette is highest at {best}"
        return best, f"{why}, and the picture shows that."
    if scores["chosen"] == 1:
        why = "The gap statistic chooses 1: it sees no clusters that uniform noise would not show"
        return best, f"{why}. The picture shows k = {best}, where the mean silhouette is highest."
    why = f"The gap statistic chooses {scores['chosen']}, which the picture shows"
    return scores["chosen"], f"{why}; the mean silhouette is highest at {best}."


def of_k(k, crowd, scores, tree, labels):
    """Return the numbers of k clusters, found by k-means and by the tree."""
    cuts = tree.cuts["distance"]
    t = first_at_most(cuts, k)
    out = {"k": k, "gap": scores["gap"][k - 1], "s": scores["s"][k - 1]}
    ways = {
        "means": (scores["labels"][k - 1], scores["silhouette"][k - 1]),
        "tree": (tree.labels("distance", cuts["t"][t]), cuts["silhouette"][t]),
    }
    for way, (points, silhouette) in ways.items():
        own = points[crowd.member]
        out[way] = {
            "count": int(points.max()) + 1,
            "sse": within_sse(crowd.X, own),
            "silhouette": silhouette,
            "ari": None if labels is None else agreement(labels, own),
        }
    return out


def agreement(labels, clusters):
    """Return the adjusted Rand index over the observations whose class is known."""
    known = np.array([label is not None for label in labels])
    if known.sum() < 2:
        return float("nan")
    classes = np.unique([label for label in labels if label is not None], return_inverse=True)[1]
    return adjusted_rand_index(classes, clusters[known])
