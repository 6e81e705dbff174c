"""What the page needs to follow the cut: the rows, the points, and what they measure.

Question: how does a page without Python know the cluster, silhouette and typical row of any cut?
Chapter: 12, Case studies.
Symbols: X observations, m points that stand for n observations.

A cut labels m points.  The page knows which point stands for each row, how far the points are
apart, and for each feature the mean and the mean square of the rows of each point: enough for
labels, silhouettes, medoids and effect sizes of every cut.  Numbers travel as base64.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from clusterlib.distance.condensed import squareform
from clusterlib.hierarchy.leaf_order import optimal_leaf_ordering
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.reports.profiles import telling
from clusterlib.reports.results import top_cuts

__all__ = ["classes_of", "page_data", "representatives"]

FEATURES = 200  # that the page profiles
SHOWN = 60  # columns of the clustermap


def packed(values, kind):
    """Return an array as base64 of little-endian numbers, such as ``<f4``."""
    return base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode()


def representatives(crowd):
    """Return for each point the row nearest to it, the first of equally near ones.

    Examples
    --------
    >>> from clusterlib.reports.reduction import gather
    >>> representatives(gather(np.array([[0.0], [2.0], [7.0]]), ["x"]))
    array([0, 1, 2])
    """
    n, m = len(crowd.member), len(crowd.scene.X)
    if m == n and np.array_equal(crowd.member, np.arange(n)):
        return np.arange(n)
    apart = ((crowd.X - crowd.scene.X[crowd.member]) ** 2).sum(axis=1)
    order = np.lexsort((np.arange(n), apart, crowd.member))
    return order[np.searchsorted(crowd.member[order], np.arange(m))]


def per_point(values, member, m):
    """Return the mean of the rows of each point."""
    total = np.zeros((m, values.shape[1]))
    np.add.at(total, member, values)
    return total / np.bincount(member, minlength=m)[:, None]


def column_order(means):
    """Return the columns in the order of a tree by correlation, like ones side by side."""
    if means.shape[1] < 3:
        return list(range(means.shape[1]))
    columns = (means - means.mean(axis=0)).T
    length = np.sqrt((columns**2).sum(axis=1, keepdims=True))
    columns = columns / np.where(length > 0, length, 1.0)
    Z = linkage(columns, "average")
    return leaves_list(optimal_leaf_ordering(Z, columns)).tolist()


def classes_of(texts):
    """Return the names of classes, the most frequent first, and the index of each row, or -1."""
    names, index, count = np.unique(
        [text for text in texts if text is not None], return_inverse=True, return_counts=True
    )
    rank = np.argsort(np.argsort(-count, kind="stable"), kind="stable")
    codes = np.full(len(texts), -1)
    codes[[text is not None for text in texts]] = rank[index]
    return [str(name) for name in names[np.argsort(-count, kind="stable")]], codes


def page_data(story, found) -> dict[str, Any]:
    """Return what the page's script takes, as JSON."""
    crowd, measured = found.crowd, story.measured
    n, m = len(crowd.member), len(crowd.scene.X)
    mean, spread = measured.mean(axis=0), measured.std(axis=0)
    chosen = telling(measured, crowd, top_cuts([found.tree]), FEATURES)
    z = (measured[:, chosen] - mean[chosen]) / spread[chosen]
    first = per_point(z, crowd.member, m)
    records = np.asarray(story.records)
    out: dict[str, Any] = {
        "n": n,
        "member": packed(crowd.member, "<u2"),
        "records": None if np.array_equal(records, np.arange(1, n + 1)) else packed(records, "<u4"),
        "names": None if story.row_names is None else list(story.row_names),
        "near": packed(representatives(crowd), "<u4"),
        "distances": packed(squareform(crowd.scene.distances, checks=False), "<f4"),
        "count": packed(np.bincount(crowd.member, minlength=m), "<u4"),
        "features": [story.features[j] for j in chosen],
        "of": len(story.features),
        "mean": [float(f"{v:.9g}") for v in mean[chosen]],
        "spread": [float(f"{v:.9g}") for v in spread[chosen]],
        "first": packed(first, "<f4"),
        "second": None if m == n else packed(per_point(z**2, crowd.member, m), "<f4"),
        "columns": column_order(first[:, :SHOWN]),
        "classes": [],
        "title": story.title,
        "settings": story.settings,
        "call": story.call,
        "command": story.command,
    }
    for name, texts in story.classes.items():
        names, codes = classes_of(texts)
        out["classes"].append({"name": name, "names": names, "codes": packed(codes, "<i2")})
    return out
