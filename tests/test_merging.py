"""Linkage against SciPy, fastcluster, the definition, and facts that need no oracle."""

import itertools
import threading

import fastcluster
import numpy as np
import pytest
import scipy.cluster.hierarchy as scipy_hierarchy
from hypothesis import given, settings
from oracles import groups, members
from scipy.spatial.distance import pdist, squareform
from strategies import METHODS, points

from clusterlib import datasets, merging
from clusterlib.cutting import fcluster
from clusterlib.links import ClusterWarning, is_monotonic, is_valid_linkage
from clusterlib.merging import linkage
from clusterlib.trees import cophenet

MONOTONE = ("single", "complete", "average", "weighted", "ward")


def same_tree(Z, other):
    """Return whether two trees join the same leaves at the same heights."""
    mine = sorted(zip(np.round(Z[:, 2], 9), map(sorted, members(Z)[len(Z) + 1 :]), strict=True))
    theirs = sorted(
        zip(np.round(other[:, 2], 9), map(sorted, members(other)[len(other) + 1 :]), strict=True)
    )
    joined = [a[1] == b[1] for a, b in zip(mine, theirs, strict=True)]
    return all(joined) and np.allclose([a[0] for a in mine], [b[0] for b in theirs], rtol=1e-9)


# Hand-worked and tabled values ---------------------------------------------------


@pytest.mark.parametrize(
    ("method", "heights"),
    [
        ("single", [1, 2, 4, 5]),
        ("complete", [1, 3, 5, 12]),
        ("average", [1, 2.5, 5, 8.16666667]),
        ("weighted", [1, 2.5, 5, 7.75]),
        ("centroid", [1, 2.5, 5, 8.16666667]),
        ("median", [1, 2.5, 5, 7.75]),
        ("ward", [1, 2.88675135, 5, 12.65174560]),
    ],
)
def test_five_points_on_a_line_L2(method, heights):
    np.testing.assert_allclose(linkage(datasets.five_on_a_line().X, method)[:, 2], heights)


@pytest.mark.parametrize(
    ("method", "last", "total"),
    [
        ("single", 1.8120746967, 34.9323560349),
        ("complete", 6.2320229563, 67.8272178162),
        ("average", 3.8209523611, 51.9431746175),
        ("weighted", 4.1456246971, 54.2990913398),
        ("centroid", 3.4851745504, 48.6950127867),
        ("median", 3.6364036583, 50.6940296385),
        ("ward", 8.5194236582, 76.9960286038),
    ],
)
def test_forty_points_L1(method, last, total):
    Z = linkage(np.random.default_rng(3).normal(size=(40, 3)), method)
    assert Z[-1, 2] == pytest.approx(last, abs=1e-9)
    assert Z[:, 2].sum() == pytest.approx(total, abs=1e-8)


def test_smallest_inversions_L3():
    triangle = [[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]]
    for method in ("centroid", "median"):
        np.testing.assert_allclose(linkage(triangle, method)[:, 2], [1, np.sqrt(3) / 2])
        np.testing.assert_allclose(linkage([[0, 0], [4, 0], [2, 3.5]], method)[:, 2], [4, 3.5])


def test_twelve_points_as_the_article_has_them():
    X = datasets.twelve_points().X
    for method in ("single", "ward"):
        np.testing.assert_allclose(
            linkage(pdist(X), method), scipy_hierarchy.linkage(pdist(X), method), atol=1e-12
        )
    Z = merging.ward(pdist(X))
    assert (Z[:, 2] ** 2).sum() / 2 == pytest.approx(72)
    assert linkage(X, "single")[:, 2].sum() == pytest.approx(14)


@pytest.mark.parametrize(("name", "total"), [("iris", 681.3706), ("wine", 2314)])
def test_ward_keeps_the_books_L5(name, total):
    X = getattr(datasets, name)().X
    X = datasets.standardize(X) if name == "wine" else X
    for y in (X, pdist(X)):
        assert (linkage(y, "ward")[:, 2] ** 2).sum() / 2 == pytest.approx(total, rel=1e-9)
    if name == "iris":
        wrong = linkage(pdist(X, "cityblock"), "ward")
        assert (wrong[:, 2] ** 2).sum() / 2 == pytest.approx(1917.94007, rel=1e-6)


@pytest.mark.parametrize(("name", "length"), [("iris", 43.523779638), ("wine", 342.81286032)])
def test_single_is_the_spanning_tree_L5(name, length):
    X = getattr(datasets, name)().X
    X = datasets.standardize(X) if name == "wine" else X
    for y in (X, pdist(X)):
        assert linkage(y, "single")[:, 2].sum() == pytest.approx(length, rel=1e-9)


# Against others ------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["points", "condensed"])
@pytest.mark.parametrize(("n", "d"), [(2, 1), (3, 2), (50, 1), (200, 2), (300, 10)])
def test_equals_scipy_and_fastcluster(method, form, n, d):
    X = np.random.default_rng(n + d).normal(size=(n, d))
    Z = linkage(X if form == "points" else pdist(X), method)
    np.testing.assert_allclose(Z, scipy_hierarchy.linkage(X, method), rtol=1e-8, atol=1e-10)
    assert same_tree(Z, fastcluster.linkage(X, method))


@settings(deadline=None, max_examples=60)
@given(points())
def test_any_points_give_heights_that_a_correct_tree_may_have(X):
    y = pdist(X)
    for method in METHODS:
        Z = linkage(y, method)
        assert is_valid_linkage(Z, throw=True)
        if method in MONOTONE:
            assert is_monotonic(Z)
        from_points = linkage(X, method)
        assert is_valid_linkage(from_points, throw=True)
    single = linkage(X, "single")
    np.testing.assert_allclose(single[:, 2], linkage(y, "single")[:, 2], atol=1e-12)
    np.testing.assert_allclose(single[:, 2], scipy_hierarchy.linkage(y)[:, 2], atol=1e-12)


@settings(deadline=None, max_examples=25)
@given(points(max_n=12))
def test_single_is_the_minimax_path(X):
    D = squareform(pdist(X))
    for k, i, j in itertools.product(range(len(X)), repeat=3):
        D[i, j] = min(D[i, j], max(D[i, k], D[k, j]))
    np.testing.assert_allclose(cophenet(linkage(X, "single")), squareform(D), atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_order_and_scale_do_not_matter(method):
    rng = np.random.default_rng(8)
    X = rng.normal(size=(40, 3))
    Z, order = linkage(X, method), rng.permutation(40)
    shuffled = linkage(X[order], method)
    np.testing.assert_allclose(shuffled[:, 2], Z[:, 2], rtol=1e-9)
    a = fcluster(Z, Z[30, 2] * 1.0000001, "distance")
    b = fcluster(shuffled, Z[30, 2] * 1.0000001, "distance")
    assert groups(a[order]) == groups(b)
    for scale in (1e-6, 3.0, 1e8):
        np.testing.assert_allclose(linkage(scale * X, method)[:, 2], scale * Z[:, 2], rtol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_far_from_the_origin_and_near_one_another(method):
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 2))
    far = np.round(X * 2**20) / 2**20 + 2.0**27  # exact after the shift
    np.testing.assert_allclose(
        linkage(far, method)[:, 2], linkage(far - 2.0**27, method)[:, 2], rtol=1e-7
    )
    close = np.concatenate([X, X + 1e-8])
    heights = linkage(close, method)[:60, 2]
    np.testing.assert_allclose(heights, scipy_hierarchy.linkage(close, method)[:60, 2], rtol=1e-6)


# What may not happen -------------------------------------------------------------


def test_slips_are_warned_of_and_results_stay():
    X = datasets.twelve_points().X
    square = squareform(pdist(X))
    with pytest.warns(ClusterWarning, match="squareform"):
        assert linkage(square, "single")[0, 2] == pytest.approx(2.5367495673)
    with pytest.warns(ClusterWarning, match="linkage matrix"):
        assert len(linkage(linkage(X, "ward"), "single")) == 10


@pytest.mark.parametrize(
    ("y", "options", "word"),
    [
        ([1.0, 2.0], {}, "n\\(n-1\\)/2"),
        ([1.0, np.nan, 2.0], {}, "finite"),
        ([[1.0, 2.0]], {}, "two|least"),
        ([1.0, 2.0, 3.0], {"method": "wards"}, "'ward'"),
        ([[0.0], [1.0]], {"method": "ward", "metric": "cityblock"}, "ward"),
        ([1.0, -1.0, 2.0], {}, "negative"),
        (np.zeros((2, 2, 2)), {}, "dimension"),
    ],
)
def test_errors_name_what_is_wrong(y, options, word):
    with pytest.raises(ValueError, match=word):
        linkage(y, **options)


@pytest.mark.parametrize("method", METHODS)
def test_inputs_are_not_touched(method):
    X = np.random.default_rng(1).normal(size=(30, 2))
    y = pdist(X)
    kept_X, kept_y = X.copy(), y.copy()
    X.flags.writeable = y.flags.writeable = False
    linkage(X, method)
    linkage(y, method)
    np.testing.assert_array_equal(X, kept_X)
    np.testing.assert_array_equal(y, kept_y)


def test_eight_threads_agree():
    X = np.random.default_rng(5).normal(size=(300, 3))
    expected, found = linkage(X, "average"), []

    def work():
        found.append(linkage(X, "average"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    for Z in found:
        np.testing.assert_array_equal(Z, expected)
