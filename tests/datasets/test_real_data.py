"""The trees of real data: the numbers that chapters 9, 10 and 12 quote."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics import adjusted_rand_score

from clusterlib import datasets, distance, hierarchy
from tests.oracles import orders

# data, method, agreement with the classes, sizes, cophenetic correlation, last height, and
# how many merges are lower than the one before
METHODS_COMPARED = [
    ("iris", "single", 0.563751, [98, 50, 2], 0.863879, 1.64012195, 0),
    ("iris", "complete", 0.642251, [72, 50, 28], 0.726986, 7.08519583, 0),
    ("iris", "average", 0.759199, [64, 50, 36], 0.876956, 4.06268269, 0),
    ("iris", "weighted", 0.745504, [65, 50, 35], 0.867977, 4.49728251, 0),
    ("iris", "centroid", 0.759199, [64, 50, 36], 0.876763, 3.97400403, 7),
    ("iris", "median", 0.568451, [87, 50, 13], 0.738257, 4.30504378, 7),
    ("iris", "ward", 0.731199, [64, 50, 36], 0.872828, 32.447607, 0),
    ("iris std", "single", 0.558371, [100, 49, 1], 0.830005, 1.55856306, 0),
    ("iris std", "complete", 0.572631, [77, 49, 24], 0.751459, 6.52932331, 0),
    ("iris std", "average", 0.562136, [97, 50, 3], 0.854361, 3.66013333, 0),
    ("iris std", "weighted", 0.348185, [79, 58, 13], 0.715906, 4.67746923, 0),
    ("iris std", "centroid", 0.562136, [97, 50, 3], 0.853728, 3.3658801, 6),
    ("iris std", "median", 0.370716, [79, 64, 7], 0.72492, 3.92693783, 8),
    ("iris std", "ward", 0.615323, [71, 49, 30], 0.82263, 27.2499115, 0),
    ("wine raw", "single", 0.005444, [172, 5, 1], 0.776525, 133.222156, 0),
    ("wine raw", "complete", 0.370833, [83, 52, 43], 0.795104, 1402.19187, 0),
    ("wine raw", "average", 0.292627, [130, 42, 6], 0.802264, 606.96903, 0),
    ("wine raw", "weighted", 0.320352, [116, 42, 20], 0.806633, 792.674563, 0),
    ("wine raw", "centroid", 0.292627, [130, 42, 6], 0.802342, 606.48963, 6),
    ("wine raw", "median", 0.282061, [88, 70, 20], 0.767761, 851.433891, 7),
    ("wine raw", "ward", 0.368402, [72, 58, 48], 0.796398, 5078.3271, 0),
    ("wine std", "single", -0.006814, [174, 3, 1], 0.543623, 4.00344965, 0),
    ("wine std", "complete", 0.577144, [69, 58, 51], 0.591683, 11.2114961, 0),
    ("wine std", "average", -0.005442, [174, 3, 1], 0.759084, 6.78153858, 0),
    ("wine std", "weighted", 0.436384, [121, 56, 1], 0.700683, 7.97677457, 0),
    ("wine std", "centroid", -0.006814, [174, 3, 1], 0.756525, 5.89126834, 30),
    ("wine std", "median", -0.003819, [176, 1, 1], 0.679612, 8.94764404, 32),
    ("wine std", "ward", 0.789933, [64, 58, 56], 0.662349, 35.4015338, 0),
    ("breast_cancer std", "single", 0.004828, [567, 2], 0.792839, 12.2999454, 0),
    ("breast_cancer std", "complete", 0.004828, [567, 2], 0.674636, 26.8820208, 0),
    ("breast_cancer std", "average", 0.007276, [566, 3], 0.841081, 19.5061664, 0),
    ("breast_cancer std", "weighted", 0.004828, [567, 2], 0.681012, 23.3761964, 0),
    ("breast_cancer std", "centroid", -0.001427, [568, 1], 0.833871, 19.605542, 103),
    ("breast_cancer std", "median", 0.004828, [567, 2], 0.505535, 19.4563477, 112),
    ("breast_cancer std", "ward", 0.575041, [385, 184], 0.586188, 102.01434, 0),
]


@pytest.mark.parametrize("row", METHODS_COMPARED, ids=lambda row: f"{row[0]}-{row[1]}")
def test_methods_on_real_data(row):
    name, method, agreement, sizes, r, last, inversions = row
    data = getattr(datasets, name.split()[0])()
    X = datasets.standardize(data.X) if name.endswith("std") else data.X
    Z = hierarchy.linkage(X, method)
    labels = hierarchy.fcluster(Z, len(np.unique(data.labels)), "maxclust")
    assert sorted(np.bincount(labels)[1:].tolist(), reverse=True) == sizes
    assert_allclose(adjusted_rand_score(data.labels, labels), agreement, atol=6e-7)
    assert_allclose(hierarchy.cophenet(Z, distance.pdist(X))[0], r, atol=6e-7)
    assert_allclose(Z[-1, 2], last, rtol=1e-8)
    assert (np.diff(Z[:, 2]) < 0).sum() == inversions


def returns(complete_series):
    """Return names and monthly returns: of the series without gaps, or of the months without."""
    stocks = datasets.stocks()
    known = ~np.isnan(stocks.prices)
    months, series = (..., known.all(0)) if complete_series else (known.all(1), ...)
    prices = stocks.prices[months][:, series]
    return np.array(stocks.names)[series], np.diff(np.log(prices), axis=0)


# heights of average linkage, and the cophenetic correlation of four methods
SEVEN = [0.14709566, 0.37469115, 0.50634296, 0.51429415, 0.60044529, 0.61613129]
TEN = [0.05594535, 0.19588550, 0.26004845, 0.29584446, 0.31743088, 0.37688434, 0.56195489,
       0.59909841, 0.64173629]  # fmt: skip
FAITHFUL = {
    "single": (0.740771, 0.809043, 0.821835),
    "complete": (0.766209, 0.822922, 0.822162),
    "average": (0.798511, 0.848718, 0.883921),
    "weighted": (0.795317, 0.846588, 0.870680),
}


@pytest.mark.parametrize(("complete_series", "heights"), [(True, SEVEN), (False, TEN)])
def test_stocks_join_one_after_the_other(complete_series, heights):
    names, R = returns(complete_series)
    Z = hierarchy.average(distance.pdist(R.T, "correlation"))
    assert R.shape == ((390, 7) if complete_series else (70, 10))
    assert_allclose(Z[:, 2], heights, atol=5e-9)
    assert set(names[Z[0, :2].astype(int)]) == {"^GSPC", "^IXIC"}
    if complete_series:  # each row adds one leaf to the pair of indices: a chain
        assert Z[:, 3].tolist() == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("method", FAITHFUL)
def test_faithful_trees_of_stocks(method):
    seven, ten = (distance.pdist(returns(c)[1].T, "correlation") for c in (True, False))
    for y, r in zip((seven, np.sqrt(2 * seven), ten), FAITHFUL[method], strict=True):
        assert_allclose(hierarchy.cophenet(hierarchy.linkage(y, method), y)[0], r, atol=6e-7)


def test_the_best_order_of_stocks():
    """No order of the tree is shorter: all 64 are tried."""
    names, R = returns(complete_series=True)
    D = distance.squareform(distance.pdist(R.T, "correlation"))
    Z = hierarchy.average(distance.squareform(D))

    def length(order):
        return D[list(order[:-1]), list(order[1:])].sum()

    best = hierarchy.leaves_list(hierarchy.optimal_leaf_ordering(Z, distance.squareform(D)))
    assert_allclose(length(hierarchy.leaves_list(Z)), 2.953067, atol=5e-7)
    assert_allclose(length(best), 2.686881, atol=5e-7)
    assert_allclose(min(map(length, orders(Z))), length(best))
    there = ["ADBE", "AAPL", "MSFT", "^IXIC", "^GSPC", "IBM", "XRX"]
    assert names[best].tolist() in (there, there[::-1])
