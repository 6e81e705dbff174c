"""What a doubtful column would change: the clusters with it, beside those without.

Question: would my answer be another one if this column counted?
Chapter: 12, Case studies.
Symbols: X observations, labels.
"""

from __future__ import annotations

import numpy as np

from clusterlib.datasets import standardize as standardized
from clusterlib.explorers.shared.cut_trees import Tree, first_at_most
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.reports.evidence import EUCLIDEAN, supported
from clusterlib.reports.html import cleaned
from clusterlib.reports.reduction import gather, in_units
from clusterlib.reports.spaces import placed
from clusterlib.validity import adjusted_rand_index, contingency

__all__ = ["put_back"]

MOST = 6  # columns that are tried
DRAWN = 2000  # rows at most


def put_back(doubtful, measured, found, rng, standardize, metric=EUCLIDEAN):
    """Return, for each doubtful column, what the tree gives if it counts.

    Parameters
    ----------
    doubtful : dict of str to ndarray
        The numbers of each column; columns with gaps are passed over.
    measured : ndarray, shape (n, d)
        The features that count already.
    found : Findings
        What was found without the column.
    rng : int
        Seed.
    standardize : bool
        Whether features are standardized.
    metric : Metric, optional
        The distance between rows.

    Returns
    -------
    list of dict
        ``name``; ``count`` of clusters; ``ari``, the agreement with the clusters of the
        picture; ``table``, how many rows each pair of clusters shares; ``drawn``, the number
        of rows compared, 0 for all; ``column`` as the table names it.
    """
    n = len(measured)
    rows = np.arange(n)
    if n > DRAWN:
        rows = np.sort(np.random.default_rng(rng).permutation(n)[:DRAWN])
    method, out = found.by_cut.start()["method"], []
    for name, values in list(doubtful.items())[:MOST]:
        more = values[rows]
        if np.isnan(values).any() or np.all(more == more[0]):
            continue
        X = np.column_stack([measured[rows], more])
        X = X[:, np.any(X[0] != X, axis=0)]
        Y, apart = placed(standardized(X) if standardize else in_units(X)[0], metric, rng)
        crowd = gather(Y, [""] * X.shape[1], rng, apart)
        tree = Tree(crowd.scene, method, ("distance",))
        count = supported(tree, method, rng)[0]
        cuts = tree.cuts["distance"]
        t = first_at_most(cuts, count if count > 1 else found.chosen)
        labels = split_numbers(tree.Z, tree.labels("distance", cuts["t"][t]))[crowd.member]
        out.append({
            "name": cleaned(name), "count": int(labels.max()) + 1,
            "ari": float(adjusted_rand_index(found.clusters[rows], labels)),
            "table": contingency(found.clusters[rows], labels).tolist(),
            "drawn": len(rows) if n > DRAWN else 0, "column": name,
        })  # fmt: skip
    return out
