"""The rows of a table and their clusters: one line for each, on the page and in a file.

Question: which of my rows is in which cluster, and how well does it fit there?
Chapter: 12, Case studies.
"""

from __future__ import annotations

import csv
import io

import numpy as np

__all__ = ["fits", "labels_csv"]


def labels_csv(records, names, clusters):
    r"""Return the clusters of rows as CSV.

    Parameters
    ----------
    records : sequence of int
        The record of the file that each row is, from 1.
    names : sequence of str or None
        The names of the rows; None leaves them empty.
    clusters : sequence of int
        The cluster of each row.

    Returns
    -------
    str

    Examples
    --------
    >>> labels_csv([1, 3], ["Tom", "Ida"], [2, 1])
    'row,name,cluster\r\n1,Tom,2\r\n3,Ida,1\r\n'
    """
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(["row", "name", "cluster"])
    titles = [""] * len(clusters) if names is None else names
    lines.writerows(zip(map(int, records), titles, map(int, clusters), strict=True))
    return out.getvalue()


def fits(found):
    """Return for each observation its silhouette and the nearest other cluster, from 1.

    Both are those of the point that stands for the observation; without a second cluster the
    silhouette is NaN and the other cluster 0.
    """
    state = found.by_cut.state()
    labels, scene = state["labels"], found.crowd.scene
    clusters = np.unique(labels)
    member = found.crowd.member
    if not 1 < len(clusters) < len(labels):
        return np.full(len(member), np.nan), np.zeros(len(member), dtype=int)
    weights = np.ones(len(labels)) if scene.weights is None else scene.weights
    mean = np.stack(
        [
            np.where(labels == c, np.inf, scene.distances @ (weights * (labels == c)))
            / weights[labels == c].sum()
            for c in clusters
        ]
    )
    each, _ = scene.silhouettes(labels)
    return each[member], clusters[mean.argmin(axis=0)][member] + 1
