"""The k explorer: one k, one start, and five witnesses who disagree.

Question: how many clusters are there, and what do the scores say at each k?
Chapter: 6, Choosing k.
Symbols: X observations, C codebook, k, labels.

Two things move together: a run of Lloyd's algorithm from one start, half step
by half step, and the scores of the best partition known at each k.  The first
shows how a partition is found, the second what is said about it.
"""

from __future__ import annotations

import functools

import numpy as np

from clusterlib import datasets
from clusterlib.core.checks import whole_number
from clusterlib.explorers.seeding import NAMES
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import (
    WIDE,
    Scene,
    fitted,
    packed,
    rounded,
    scene,
    written,
)
from clusterlib.plotting import steady_labels
from clusterlib.validity import (
    best_lloyd,
    calinski_harabasz,
    davies_bouldin,
    gap_statistic,
)
from clusterlib.vq.lloyd import lloyd, lloyd_steps, means
from clusterlib.vq.seeding import SEEDINGS, weighted_plus_plus

__all__ = ["KExplorer", "best_known", "witnesses"]

K_MAX = 10
SEEDS = 3
SCORES = ("sse", "silhouette", "ch", "db", "gap", "s")
RESTARTS, REFERENCES = 40, 20  # of the best partition known, and of the gap statistic

RAW = {
    "clouds": lambda: ("three clouds", datasets.clouds().X, ("x", "y")),
    "iris": lambda: ("iris, four features", datasets.iris().X, ()),
    "wine": lambda: ("wine, 13 features", datasets.wine().X, ()),
    "uniform": lambda: ("uniform noise", datasets.uniform_noise().X, ("x", "y")),
}


def prepared(title, X, features, scaled):
    """Return the Scene of `X`, standardized if `scaled`, to four decimals."""
    X = np.asarray(X, float)
    if scaled:
        spread = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        X = (X - X.mean(axis=0)) / spread
    return scene(fitted(X), title, features or ("first feature", "second feature"))


def best_known(shown, rng, partitions=()):
    """Return the best of many runs of k-means at each k, from 1 to `K_MAX` where X allows.

    Runs start from rows drawn at random, and from the means of each of the `partitions`.
    """
    X, weights = shown.X, shown.weights
    ks = range(1, min(K_MAX, len(np.unique(X, axis=0)) - 1) + 1)
    given: dict = {}
    for labels in partitions:
        given.setdefault(int(labels.max()) + 1, []).append(labels)

    def run(k):
        return lloyd(X, X[weighted_plus_plus(X, weights, k, rng)], weights=weights)

    def ends(k):
        if weights is None:
            yield best_lloyd(X, k, RESTARTS, rng)
        else:
            yield from (run(k) for _ in range(RESTARTS))
        for labels in given.get(k, []):
            yield lloyd(X, means(X, labels, k, weights), weights=weights)

    return [min(ends(k), key=lambda end: end.sse) for k in ks]


def witnesses(shown, rng=0, partitions=()):
    """Return what five scores say of the best partition known at each k.

    Code words with weights are judged as so many observations at the place of each; the
    gap statistic, which compares with noise, then takes the Scene's sample of observations.

    Parameters
    ----------
    shown : Scene
        The observations.
    rng : int, default 0
        Seed of the starts and of the noise.
    partitions : iterable of ndarray of int, optional
        Labels, from 0, whose means k-means starts from too, such as the cuts of a tree: the
        best partition known is then no worse than any of them.

    Returns
    -------
    dict of str to list
        ``sse``, ``silhouette``, ``ch`` (Calinski-Harabasz), ``db`` (Davies-Bouldin),
        ``gap`` and ``s``, one entry for each k, NaN where a score is not defined;
        ``chosen`` is the k that the gap's rule takes, or None; ``labels`` are the partitions.
    """
    best = best_known(shown, np.random.default_rng(rng), partitions)
    out: dict = {"sse": [end.sse for end in best], "labels": [end.labels for end in best]}
    out["silhouette"] = [np.nan] + [shown.silhouettes(labels)[1] for labels in out["labels"][1:]]
    for name, score in [("ch", calinski_harabasz), ("db", davies_bouldin)]:
        out[name] = [np.nan] + [shown.judge(score, labels) for labels in out["labels"][1:]]
    rows = shown.X if shown.sample is None else shown.sample
    k_max = min(len(best), len(np.unique(rows, axis=0)) - 1)
    gap = gap_statistic(rows, k_max, references=REFERENCES, restarts=5, rng=rng)
    unknown = [np.nan] * (len(best) - k_max)
    return {**out, "gap": [*gap.gap, *unknown], "s": [*gap.s, *unknown], "chosen": gap.chosen}


@functools.cache
def book_stage(name, scaled):
    """Return scene and witnesses of one of the book's data sets; they are computed once."""
    stage = prepared(*RAW[name](), scaled)
    return stage, witnesses(stage)


class KExplorer(Explorer):
    """A run of k-means at one k, and the scores of all k beside it.

    Parameters
    ----------
    X : array_like of shape (n, d) or Scene, optional
        Your observations; by default the four data sets of chapter 6.  A Scene is taken as
        it is, without the choice to standardize.
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.
    k : int, default 3
        The number of clusters of the first frame.
    scores : dict, optional
        What `witnesses` says of the Scene, if it is known already.

    Examples
    --------
    >>> import numpy as np
    >>> from clusterlib.explorers import KExplorer
    >>> g = np.random.default_rng(0)
    >>> X = np.vstack([g.normal(0, 0.1, (20, 2)), g.normal(1, 0.1, (20, 2))])
    >>> state = KExplorer(X).state(k=2)
    >>> state["sizes"], state["witnesses"]["chosen"]
    ([20, 20], 2)
    """

    name = "choosing-k"
    title = "One k, five witnesses"
    caption = "The scores of each k stand beside the clusters of the present one."
    question = Question(
        ask="The data are uniform noise. At which k is the mean silhouette highest?",
        options={
            "2": "Two halves are long, so many points lie as near to the other half as to their "
            "own.",
            "4": "A square falls well into four squares.",
            "8": "More clusters are smaller, but so are the distances between them; the silhouette "
            "compares the two.",
            "it has no peak": "Every curve over k has a highest point, also on data without "
            "clusters.",
        },
        answer=1,
        explain="It reaches .406 at k = 4. A peak is no proof of clusters. Of these scores only "
        "the gap statistic can answer 1, and it does.",
        before={"data": "uniform", "k": 1},
        after={"data": "uniform", "k": 4},
    )

    def __init__(self, X=None, uid=None, *, k=3, scores=None):
        super().__init__(uid)
        self._own, self._k = X, whole_number("k", k, 1)
        self.scalings = (False,) if isinstance(X, Scene) else (False, True)
        if X is not None:
            self.question = None
            self._stages = {} if scores is None else {False: (X, scores)}
        if X is not None and not isinstance(X, Scene):
            scene(X)  # a clear error now, not at the first move

    @property
    def names(self):
        """The names of the data sets."""
        return list(RAW) if self._own is None else ["yours"]

    def stage(self, data, scaled) -> tuple[Scene, dict]:
        """Return scene and witnesses of data set `data`."""
        if self._own is None:
            return book_stage(data, scaled)
        if scaled not in self._stages:
            shown = self._own
            if not isinstance(shown, Scene):
                shown = prepared("your data", shown, (), scaled)
            self._stages[scaled] = shown, witnesses(shown)
        return self._stages[scaled]

    @property
    def methods(self):
        """The names of the starts; of many features, those whose code words are observations."""
        d = 0 if self._own is None else self.stage("yours", False)[0].X.shape[1]
        return [m for m in SEEDINGS if d <= WIDE or m not in ("gaussian", "partition")]

    def start(self, data, scaled, k, method, seed):
        """Return the codebook that the run starts from."""
        X = self.stage(data, scaled)[0].X
        C = SEEDINGS[method](X, k, np.random.default_rng([k, seed]))
        return np.round(C, 4) if X.shape[1] <= WIDE else C

    def values(self):
        """Return the values of the default frame."""
        return {"data": self.names[0], "scaled": False, "k": self._k, "method": "++", "seed": 0,
                "step": 99}  # fmt: skip

    def state(self, before=None, **values):
        values = {**self.values(), **values}
        shown, scores = self.stage(values["data"], values["scaled"])
        values["k"] = min(values["k"], len(scores["sse"]))
        run = list(lloyd_steps(shown.X, self.start(*(values[v] for v in
                   ("data", "scaled", "k", "method", "seed"))), weights=shown.weights))  # fmt: skip
        values["step"] = min(values["step"], len(run) - 1)
        now = run[values["step"]]
        same = before is not None and before["values"]["data"] == values["data"]
        labels = steady_labels(shown.points, now.labels, before["labels"] if same else None)
        count = len(np.unique(labels))
        scored = 1 < count < len(labels)
        each, mean = shown.silhouettes(labels) if scored else (None, float("nan"))
        return {
            "values": values, "scene": shown, "witnesses": scores, "labels": labels, "C": now.C,
            "sizes": shown.sizes(labels),
            "sse": now.sse,
            "trace": [s.sse for s in run], "half": now.step, "samples": each,
            "silhouette": mean,
        }  # fmt: skip

    def controls(self, **values):
        values = {**self.values(), **values}
        state = self.state(**values)
        controls = [
            {"kind": "range", "key": "k", "label": "k", "min": 1,
             "max": len(state["witnesses"]["sse"])},
            {"kind": "range", "key": "step", "label": "Half step", "min": 0,
             "max": len(state["trace"]) - 1},
            {"kind": "select", "key": "method", "label": "Start", "options": self.methods},
            {"kind": "range", "key": "seed", "label": "Seed", "min": 0, "max": SEEDS - 1},
            {"kind": "select", "key": "data", "label": "Data", "options": self.names},
            {"kind": "check", "key": "scaled", "label": "Standardize the features"},
        ]  # fmt: skip
        choices = {"data": len(self.names), "scaled": len(self.scalings)}
        return [c for c in controls if choices.get(c["key"], 2) > 1]

    def change(self, values, key):
        if key != "step":
            values["step"] = 99  # another run: show its end
        return values

    def say(self, state):
        values, scores = state["values"], state["witnesses"]
        half = "labels assigned" if state["half"] == "assign" else "code words moved"
        mean = state["silhouette"]
        score = "not defined" if np.isnan(mean) else f"{mean:.3f}"
        return (
            f"k = {values['k']}, {NAMES[values['method']]} start, seed {values['seed']}, "
            f"half step {values['step']} of {len(state['trace']) - 1}, {half}: "
            f"SSE {written(state['sse'])}, best known {written(scores['sse'][values['k'] - 1])}. "
            f"Sizes {', '.join(map(str, state['sizes']))}. Mean silhouette {score}. "
            f"The gap statistic chooses {scores['chosen'] or 'no k of these'}."
        )

    def draw(self, state):
        shown, scores, k = state["scene"], state["witnesses"], state["values"]["k"]
        ks, at = range(1, len(scores["sse"]) + 1), k - 1
        score = [None if np.isnan(v) else v for v in scores["silhouette"]]
        first = [
            svg.points(shown.points, state["labels"], None, shown.title, *shown.axes,
                            words=shown.project(state["C"]), r=shown.radii()),
            svg.curve(range(len(state["trace"])), state["trace"], state["values"]["step"],
                           "SSE of this run", "half step")
            if state["samples"] is None
            else svg.silhouette_bars(state["samples"], state["labels"], "silhouettes"),
        ]  # fmt: skip
        second = [
            svg.curve(ks, scores["sse"], at, "SSE, best known", "k"),
            svg.curve(ks, score, at, "mean silhouette", "k"),
            svg.curve(ks, scores["gap"], at, "gap statistic", "k"),
        ]
        return svg.grid([(1.5 * svg.W, p) for p in first],
                             [(svg.W, p) for p in second])  # fmt: skip

    def data(self):
        out: dict = {
            "start": self.values(),
            "names": {m: NAMES[m] for m in self.methods},
            "seeds": SEEDS,
            "sets": {},
        }
        for data in self.names:
            for scaled in self.scalings:
                shown, scores = self.stage(data, scaled)
                rows = {tuple(x): i for i, x in reversed(list(enumerate(shown.X.tolist())))}
                ks = range(1, len(scores["sse"]) + 1)
                starts = {
                    method: [
                        [[rows.get(tuple(c), c) for c in
                          self.start(data, scaled, k, method, seed).tolist()] for k in ks]
                        for seed in range(SEEDS)
                    ]
                    for method in self.methods
                }  # fmt: skip
                out["sets"][data + "+" * scaled] = {
                    "title": shown.title, **packed(shown.X), "axes": list(shown.axes),
                    "origin": rounded(shown.origin, 6), "lens": rounded(shown.lens, 6),
                    "starts": starts, "chosen": scores["chosen"], **shown.counted(),
                    **{name: rounded(scores[name], 5) for name in SCORES},
                }  # fmt: skip
        return out
