"""The numbers of a report: what each number of clusters gives, and which one the page takes.

Question: how many clusters are there, and do they agree with the classes you know?
Chapter: 6, Choosing k.
Symbols: X observations, k number of clusters, labels classes that you know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterlib.core.checks import real_number, whole_number
from clusterlib.explorers.choosing_k import K_MAX, KExplorer, witnesses
from clusterlib.explorers.cut import CutExplorer
from clusterlib.explorers.shared.cut_trees import METHODS, Tree, first_at_most, within_sse
from clusterlib.reports.evidence import BACK, EUCLIDEAN, beyond_chance, recurrence, supported
from clusterlib.reports.reduction import Crowd, gather
from clusterlib.reports.spaces import placed
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
    back : ndarray
        For each cluster, how well subsamples bring it back, from 0 to 1.
    chance : (float, float, float)
        Mean silhouette of the picture's clusters, and the highest of both kinds of chance.
    """

    crowd: Crowd
    rows: list[dict]
    gap: int | None
    chosen: int
    why: str
    clusters: np.ndarray
    by_k: KExplorer
    by_cut: CutExplorer
    back: np.ndarray
    chance: tuple[float, float, float]

    @property
    def verdict(self):
        """What the clusters of the picture are worth, in a few words."""
        count = len(self.back)
        if count < 2:
            return "one cluster"
        if not self.chance[0] > np.nanmax(self.chance[1:]):
            return f"no structure beyond chance (shown: {count} clusters)"
        if self.back.min() < BACK:
            return f"{count} clusters, of which {int((self.back >= BACK).sum())} come back"
        return f"{count} clusters that come back in subsamples"

    @property
    def tree(self):
        """The tree of the picture."""
        return self.by_cut.tree("yours", self.by_cut.start()["method"])

    def labels(self, k=None, height=None, method=None):
        """Return the cluster of each observation, from 1, as the explorer's first frame has it."""
        method = self.by_cut.start()["method"] if method is None else method
        if k is None and height is None:
            k = self.chosen
        if k is not None and height is not None:
            raise ValueError("give `k` or `height`, not both.")
        if k is not None:
            values = {"criterion": "maxclust", "k": whole_number("k", k, 1)}
        else:
            values = {
                "criterion": "distance",
                "t": cut_at(self.by_cut.tree("yours", method), height),
            }
        return self.by_cut.state(method=method, **values)["labels"][self.crowd.member] + 1


def cut_at(tree, height):
    """Return the index of the cut that lets all merges up to `height` stand."""
    height = real_number("height", height, 0.0)
    heights = tree.statistics["distance"]
    merged = [int((heights <= t).sum()) for t in tree.cuts["distance"]["t"]]
    wanted = int((heights <= height).sum())
    return next((i for i, count in enumerate(merged) if count >= wanted), len(merged) - 1)


def find(X, features, labels, method, rng, step, k=None, height=None, metric=EUCLIDEAN):
    """Return the Findings of `X`; `step` is told of each part of the work."""
    coordinates, apart = placed(X, metric, rng)
    crowd = gather(coordinates, features, rng, apart, step.within)
    step()
    trees = {}
    for name in METHODS:
        trees[name] = Tree(crowd.scene, name)
        step()
    tree = trees[method]
    scores = witnesses(crowd.scene, rng, top_cuts(trees.values()))
    step()
    count, told = supported(tree, method, rng)
    chosen, why = choose_k(scores, count, told)
    if k is not None:
        chosen, why = min(whole_number("k", k, 1), len(crowd.scene.X)), f"You asked for k = {k}."
    if height is not None:
        chosen = tree.cuts["distance"]["count"][cut_at(tree, height)]
        why = f"You asked for a cut at height {height:g}, which gives {chosen} clusters."
    by_cut = CutExplorer(crowd.scene, "report-cut", method=method, k=chosen, trees=trees,
                         numbered="splits", criteria=("distance", "maxclust"),
                         call='report.labels(height={t}, method="{method}")')  # fmt: skip
    by_k = KExplorer(crowd.scene, "report-k", k=min(chosen, len(scores["sse"])), scores=scores)
    rows = [of_k(k, crowd, scores, tree, labels) for k in range(1, len(scores["sse"]) + 1)]
    clusters = by_cut.state()["labels"][crowd.member]
    shown = len(np.unique(clusters))
    cut, back = recurrence(tree.Z, crowd.scene, method, shown, rng)
    of_cut = dict(zip(by_cut.state()["labels"].tolist(), cut.tolist(), strict=True))
    back = np.array([back[of_cut[c] - 1] for c in sorted(of_cut)])
    chance = beyond_chance(X, method, max(shown, 2), rng, metric)
    return Findings(
        crowd, rows, scores["chosen"], chosen, why, clusters, by_k, by_cut, back, chance
    )


def top_cuts(trees, most=K_MAX):
    """Yield the labels, from 0, of each cut of the trees into at most `most` clusters."""
    for tree in trees:
        cuts = tree.cuts["distance"]
        for t, count in zip(cuts["t"], cuts["count"], strict=True):
            if count <= most:
                yield tree.labels("distance", t)


def choose_k(scores, count, told):
    """Return the number of clusters to begin with, at least two, and why."""
    best = int(np.nanargmax(scores["silhouette"])) + 1
    gap = "none of these k" if scores["chosen"] is None else scores["chosen"]
    others = f"The gap statistic chooses {gap}; the mean silhouette is highest at {best}."
    if count == 1:
        return best, (
            "Not even two clusters come back in random subsamples of the rows. The picture shows "
            f"k = {best}, where the mean silhouette is highest. {others}"
        )
    after = min((k for k in told if k > count), default=None)
    more = "" if after is None else f", and of {after} not all do"
    return count, (
        f"The picture shows {count} clusters: all of them come back in random subsamples of the "
        f"rows{more}. {others}"
    )


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
