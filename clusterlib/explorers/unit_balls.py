"""The explorer of unit balls: what near means under six distances.

Question: who is near, and who decides that?
Chapter: 8, Distances.
Symbols: X observations, S stretch of the first feature, q query, r radius, Z linkage matrix.

Distances are those of `pdist` and `cdist`, the tree is that of `linkage`.  The
query can stand anywhere, so the page repeats the six formulas and the average
linkage; the tests compare both.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from clusterlib.distance.pairwise import cdist, pdist
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.hierarchy.merging import linkage

__all__ = ["METRICS", "UnitBallExplorer", "ball"]

NEAREST = 5
BOX = (-0.5, 7.5)  # both axes of the picture
METRICS = {
    "euclidean": "Euclidean",
    "cityblock": "city-block",
    "chebyshev": "Chebyshev",
    "minkowski": "Minkowski",
    "cosine": "cosine",
    "mahalanobis": "Mahalanobis",
}


@functools.cache
def cloud():
    """Return the 24 points of the picture, to two decimals: one long slanting cloud."""
    g = np.random.default_rng(340)  # of 400 seeds the one whose marks overlap least
    return np.round(g.multivariate_normal([3.8, 3.4], [[2.6, 1.1], [1.1, 1.2]], 24), 2)


def settings(metric, p, Y):
    """Return the keywords that `metric` needs for the stretched points `Y`."""
    if metric == "minkowski":
        return {"p": p}
    return {"VI": np.linalg.inv(np.cov(Y.T))} if metric == "mahalanobis" else {}


def ball(metric, q, r, S, **keywords):
    """Return corners of the region within distance `r` of `q`, features stretched by `S`.

    Examples
    --------
    >>> corners = ball("chebyshev", np.zeros(2), 1.0, np.array([2.0, 1.0]))
    >>> corners.max(axis=0).round(6).tolist()
    [0.5, 1.0]
    """
    if metric == "cosine":  # a wedge of directions, with its tip at the origin
        middle, half = math.atan2(*(q * S)[::-1]), math.acos(max(-1.0, 1 - r))
        angles = np.linspace(middle - half, middle + half, 61)
        rays = np.column_stack([np.cos(angles), np.sin(angles)]) / S
        return np.vstack([np.zeros(2), 99 * rays / np.linalg.norm(rays, axis=1, keepdims=True)])
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    lengths = cdist(rays, np.zeros((1, 2)), metric, **keywords)
    return q + r * rays / lengths / S


class UnitBallExplorer(Explorer):
    """Unit ball, nearest neighbours and tree of the same points under six distances.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import UnitBallExplorer
    >>> explorer = UnitBallExplorer()
    >>> [explorer.state(metric=m, stretch=20)["kept"] for m in ("euclidean", "mahalanobis")]
    [2, 5]
    """

    name = "unit-balls"
    title = "Unit balls and neighbours"
    caption = (
        "Squares are the nearest five points, in order; the shaded ball around the query reaches "
        "the fifth. The tree is that of average linkage."
    )
    question = Question(
        ask="Stretch the first feature ten times. Do the nearest five points change?",
        options={
            "yes, under both distances": "The Mahalanobis distance first divides by the spread "
            "of the points, so a stretch cancels.",
            "under the Euclidean distance yes, under the Mahalanobis distance no": "The Euclidean "
            "distance adds the squares as they come; the Mahalanobis distance first divides by the "
            "spread of the points, in every direction.",
            "under neither": "The Euclidean distance adds the squares as they come, so the longer "
            "feature decides.",
        },
        answer=1,
        explain="Near is a property of the distance, not of the data.",
    )

    def values(self):
        """Return the values of the default frame; angle in half degrees, reach in twentieths."""
        return {"metric": "euclidean", "p": 20, "stretch": 0, "angle": 50, "reach": 90}

    def state(self, before=None, **values):
        values = {**self.values(), **values}
        X, metric, p = cloud(), values["metric"], values["p"] / 10
        S = np.array([10 ** (values["stretch"] / 20), 1.0])
        angle, reach = math.radians(values["angle"] / 2), values["reach"] / 20
        q = reach * np.array([math.cos(angle), math.sin(angle)])
        keywords = settings(metric, p, X * S)
        d = cdist((q * S)[None], X * S, metric, **keywords)[0]
        order = np.argsort(d, kind="stable")
        bare = cdist(q[None], X, metric, **settings(metric, p, X))[0]  # without the stretch
        r = d[order[NEAREST - 1]]
        return {
            "values": values, "S": S, "q": q, "d": d, "order": order, "r": float(r),
            "kept": len(set(order[:NEAREST]) & set(np.argsort(bare, kind="stable")[:NEAREST])),
            "ball": ball(metric, q, r, S, **keywords),
            "unit": ball(metric, q if metric == "cosine" else np.zeros(2), 1.0, S, **keywords),
            "Z": linkage(pdist(X * S, metric, **keywords), "average"),
        }  # fmt: skip

    def change(self, values, key):
        if key == "p":
            values["metric"] = "minkowski"
        return values

    def controls(self, **values):
        return [
            {"kind": "select", "key": "metric", "label": "Distance", "options": list(METRICS)},
            {"kind": "range", "key": "p", "label": "p, in tenths", "min": 5, "max": 80},
            {"kind": "range", "key": "stretch", "label": "Stretch", "min": -20, "max": 20},
            {"kind": "range", "key": "angle", "label": "Query: angle", "min": 0, "max": 180},
            {"kind": "range", "key": "reach", "label": "Query: reach", "min": 2, "max": 160},
        ]  # fmt: skip

    def say(self, state):
        values, best = state["values"], state["order"][:NEAREST]
        p = shown(values["p"] / 10, 2)
        name = METRICS[values["metric"]] + (f", p = {p}" if values["metric"] == "minkowski" else "")
        warning = (
            " Below p = 1 this is no metric: a detour can be shorter than the direct way."
            if values["metric"] == "minkowski" and values["p"] < 10
            else ""
        )
        return (
            f"{name}, first feature times {shown(state['S'][0], 3)}, query at "
            f"({shown(state['q'][0], 3)}, {shown(state['q'][1], 3)}): nearest are the points "
            f"{', '.join(str(i + 1) for i in best)}, the first at distance "
            f"{shown(state['d'][best[0]], 3)}. Without the stretch {state['kept']} of them stay "
            f"among the nearest {NEAREST}. The tree ends at height {shown(state['Z'][-1, 2], 3)}."
            f"{warning}"
        )

    def draw(self, state):
        X, best = cloud(), state["order"][:NEAREST]
        labels = np.full(len(X), -1)
        labels[best] = 1
        axes = svg.Axes(BOX, BOX, "query (circle) and nearest five", "first feature",
                             "second feature", True, h=svg.H)  # fmt: skip
        axes.svg.insert(0, region(axes, np.clip(state["ball"], *BOX)))
        axes.svg += [
            svg.mark(int(c), axes.x(a), axes.y(b)) for c, (a, b) in zip(labels, X, strict=True)
        ]
        axes.svg += [svg.mark(0, axes.x(state["q"][0]), axes.y(state["q"][1]), 7, 2)]
        wide = max(1.3, min(10.0, float(abs(state["unit"]).max()) * 1.1))
        unit = svg.Axes([-wide, wide], [-wide, wide], "unit ball", "first feature", equal=True)
        unit.svg.insert(0, region(unit, np.clip(state["unit"], -wide, wide)))
        names = [str(i + 1) for i in range(len(X))]
        tree = svg.tree(state["Z"], None, None, "tree of the points", names, w=2 * svg.W)
        return svg.grid([(svg.W, str(axes)), (svg.W, str(unit))],
                             [(2 * svg.W, tree)])  # fmt: skip

    def data(self):
        return {"start": self.values(), "points": rounded(cloud()), "names": METRICS, "box": BOX,
                "nearest": NEAREST}  # fmt: skip


def region(axes, corners):
    """Return a shaded polygon."""
    where = " ".join(f"{axes.x(a):.1f},{axes.y(b):.1f}" for a, b in corners)
    return f'<polygon points="{where}" fill="#0072B2" fill-opacity=".2" stroke="#0072B2"/>'


def shown(value, digits=4):
    """Return `value` to `digits` digits without closing zeros, as `fmt` in the page does."""
    if value is None or not math.isfinite(value):
        return "not defined"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value))) + 1
    text = f"{value:.{min(max(digits - size, 0), 8)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
