import threading
import tracemalloc
import warnings

import fastcluster
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy as theirs
from scipy.spatial.distance import pdist, squareform

from clusterlib import datasets
from clusterlib.hierarchy import leaf_order, merging
from clusterlib.hierarchy.algorithms import point_sets
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.linkage_matrix import (
    ClusterWarning,
    is_monotonic,
    is_valid_linkage,
)
from clusterlib.hierarchy.merging import linkage, route
from clusterlib.hierarchy.steps import merge_steps
from tests.oracles import assert_merges_closest, merges_by_definition
from tests.strategies import METHODS, points

LIKE_SCIPY = tuple(m for m in METHODS if m != "ward")  # bit for bit, ties included


def quietly(*args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ClusterWarning)
        return linkage(*args, **kwargs)


# ---------------------------------------------------------------- against definitions


@pytest.mark.parametrize("method", METHODS)
def test_small_trees_by_definition(method):
    """The sample and its sums of heights."""
    last, total = {
        "single": (1.8120746967, 34.9323560349),
        "complete": (6.2320229563, 67.8272178162),
        "average": (3.8209523611, 51.9431746175),
        "weighted": (4.1456246971, 54.2990913398),
        "centroid": (3.4851745504, 48.6950127867),
        "median": (3.6364036583, 50.6940296385),
        "ward": (8.5194236582, 76.9960286038),
    }[method]
    X = np.random.default_rng(3).normal(size=(40, 3))
    Z = linkage(X, method)
    np.testing.assert_allclose((Z[-1, 2], Z[:, 2].sum()), (last, total), atol=6e-11)
    np.testing.assert_allclose(Z, merges_by_definition(squareform(pdist(X)), method), rtol=1e-12)


@pytest.mark.parametrize(
    ("method", "heights"),
    [
        ("single", [1, 2, 4, 5]),
        ("complete", [1, 3, 5, 12]),
        ("average", [1, 2.5, 5, 49 / 6]),
        ("weighted", [1, 2.5, 5, 7.75]),
        ("centroid", [1, 2.5, 5, 49 / 6]),
        ("median", [1, 2.5, 5, 7.75]),
        ("ward", [1, 2.88675135, 5, 12.65174560]),
    ],
)
def test_five_points_on_a_line(method, heights):
    np.testing.assert_allclose(
        linkage([[0.0], [1], [3], [7], [12]], method)[:, 2], heights, atol=5e-9
    )


def test_smallest_inversions():
    triangle = [[0, 0], [1, 0], [0.5, 3**0.5 / 2]]
    for method in METHODS:
        heights = linkage(triangle, method)[:, 2]
        falls = method in ("centroid", "median")
        np.testing.assert_allclose(heights[0], 1)
        assert (heights[1] < heights[0] - 0.1) == falls
    for method in ("centroid", "median"):
        np.testing.assert_allclose(linkage(triangle, method)[:, 2], [1, 3**0.5 / 2])
        assert linkage([[0, 0], [4, 0], [2, 3.5]], method)[:, 2].round(12).tolist() == [4, 3.5]


def test_ward_of_twelve_points():
    """To the last row, from points and from distances."""
    X = datasets.twelve_points().X
    pairs = [(0, 1), (3, 4), (6, 7), (9, 10), (2, 12), (5, 13), (8, 14), (11, 15), (16, 17)]
    pairs += [(18, 19), (20, 21)]
    heights = np.repeat([1, (5 / 3) ** 0.5, 10 / 3**0.5, (200 / 3) ** 0.5], [4, 4, 2, 1])
    for Z in (linkage(X, "ward"), linkage(pdist(X), "ward"), merging.ward(X)):
        np.testing.assert_array_equal(Z[:, :2], pairs)
        np.testing.assert_allclose(Z[:, 2], heights, rtol=1e-14)
        assert Z[:, 3].tolist() == [2] * 4 + [3] * 4 + [6, 6, 12]
        np.testing.assert_allclose((Z[:, 2] ** 2).sum() / 2, 72)


@pytest.mark.parametrize(
    ("method", "heights"),
    [
        ("single", [1] * 8 + [2, 2, 2]),
        ("complete", [1] * 4 + [2**0.5] * 4 + [17**0.5, 17**0.5, 32**0.5]),
        ("average", [1] * 4 + [1.20710678] * 4 + [3.39675184, 3.39675184, 4.09206523]),
        ("weighted", [1] * 4 + [1.20710678] * 4 + [3.05595762, 3.32379407, 4.06357713]),
        ("centroid", [1] * 4 + [1.11803399] * 4 + [10 / 3] * 3),
        ("median", [1] * 4 + [1.11803399] * 4 + [3, 3.5, 3.25]),
    ],
)
def test_twelve_points_by_the_other_methods(method, heights):
    """Their pairs tie; these are SciPy's choices."""
    X = getattr(datasets.twelve_points(), "X", datasets.twelve_points())
    np.testing.assert_allclose(linkage(X, method)[:, 2], heights, atol=5e-9)
    np.testing.assert_array_equal(linkage(X, method), theirs.linkage(pdist(X), method))


def test_the_slip_of_the_article_is_named():
    """SciPy is silent; the answer stays SciPy's."""
    X = getattr(datasets.twelve_points(), "X", datasets.twelve_points())
    Z = merging.ward(X)
    with pytest.warns(ClusterWarning, match=r"linkage matrix.*12 observations.*pdist"):
        slip = linkage(Z, "single")
    np.testing.assert_allclose(slip, theirs.linkage(Z, "single"))
    np.testing.assert_allclose(slip[[0, -1], 2], [2.8284271247, 7.6218685471], atol=6e-11)
    with pytest.warns(ClusterWarning, match=r"distance matrix.*squareform\(y\)") as seen:
        slip = linkage(squareform(pdist(X)), "single")
    assert seen[0].filename == __file__
    np.testing.assert_allclose(slip[0, 2], 2.5367495673, atol=6e-11)
    single = linkage(X, "single")
    np.testing.assert_allclose(single[:, 2].sum(), 14)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        linkage(Z[:, :3])  # no linkage matrix
        linkage(np.random.default_rng(0).random((9, 9)))
        linkage(np.random.default_rng(0).integers(0, 9, (9, 4)))


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("iris", "1.64012195 7.08519583 4.06268269 4.49728251 3.97400403 4.30504378 32.447607"),
        ("wine", "133.222156 1402.19187 606.96903 792.674563 606.48963 851.433891 5078.3271"),
    ],
)
def test_last_heights_on_real_data(data, rows):
    """Iris has ties, and the median tree depends on their order."""
    X = getattr(datasets, data)().X
    for method, height in zip(METHODS, map(float, rows.split()), strict=True):
        np.testing.assert_allclose(linkage(X, method)[-1, 2], height, rtol=1e-6)


def test_identities():
    """Ward's sum of squares; single linkage's shortest network."""
    iris = datasets.iris().X
    wine = datasets.standardize(datasets.wine().X)
    for X, squares, network in ((iris, 681.3706, 43.523779638), (wine, 2314, 342.81286032)):
        np.testing.assert_allclose((linkage(X, "ward")[:, 2] ** 2).sum() / 2, squares)
        np.testing.assert_allclose(linkage(X, "single")[:, 2].sum(), network)
    by_block = linkage(pdist(iris, "cityblock"), "ward")
    np.testing.assert_allclose((by_block[:, 2] ** 2).sum() / 2, 1917.94007, rtol=1e-6)


def test_chaining():
    """A bridge of 13 points joins two clouds under single linkage only."""
    g = np.random.default_rng(0)
    clouds = np.vstack((g.normal([0, 0], 0.5, (60, 2)), g.normal([6, 0], 0.5, (60, 2))))
    X = np.vstack((clouds, np.c_[np.linspace(1.2, 4.8, 13), np.zeros(13)]))
    for method in ("single", "complete", "average", "ward"):
        labels = theirs.fcluster(linkage(X, method), 2, "maxclust")
        apart = len(set(labels[:60])) == len(set(labels[60:120])) == 1 and labels[0] != labels[60]
        assert apart == (method != "single")


# ---------------------------------------------------------------- against SciPy


@pytest.mark.parametrize("method", LIKE_SCIPY)
@given(points(max_n=40))
@settings(max_examples=60, deadline=None)
def test_bit_for_bit_scipys_tree(method, X):
    y = pdist(X)
    np.testing.assert_array_equal(linkage(y, method), theirs.linkage(y, method))


@pytest.mark.parametrize("method", METHODS)
@given(st.integers(2, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_without_ties_all_trees_are_scipys(method, n, seed):
    y = np.random.default_rng(seed).random(n * (n - 1) // 2) + 0.1
    if RULES[method].squared:
        y = pdist(np.random.default_rng(seed).random((n, 3)))
    expected = theirs.linkage(y, method)
    Z = linkage(y, method)
    np.testing.assert_array_equal(Z[:, [0, 1, 3]], expected[:, [0, 1, 3]])
    np.testing.assert_allclose(Z[:, 2], expected[:, 2], rtol=1e-10)


@pytest.mark.parametrize("metric", ["cityblock", "chebyshev", "cosine", "sqeuclidean", "canberra"])
def test_any_metric_of_points(metric):
    X = np.random.default_rng(0).random((40, 4))
    for method in ("single", "complete", "average", "weighted"):
        np.testing.assert_allclose(
            linkage(X, method, metric), theirs.linkage(X, method, metric), rtol=1e-10
        )
    np.testing.assert_allclose(
        linkage(X, "average", lambda u, v: abs(u - v).max()), linkage(X, "average", "chebyshev")
    )


@pytest.mark.parametrize("method", METHODS)
def test_fastcluster_agrees(method):
    y = pdist(np.random.default_rng(1).normal(size=(300, 5)))
    np.testing.assert_allclose(linkage(y, method), fastcluster.linkage(y, method), rtol=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_optimal_ordering(method):
    X = np.random.default_rng(0).random((30, 2))
    expected = leaf_order.optimal_leaf_ordering(linkage(X, method), pdist(X))
    np.testing.assert_array_equal(linkage(X, method, optimal_ordering=True), expected)
    np.testing.assert_array_equal(linkage(pdist(X), method, optimal_ordering=True), expected)


# ---------------------------------------------------------------- routes


def test_the_rule_of_routes():
    assert route("single", (105,)) == "prim"
    assert route("single", (1_999, 2)) == "prim"
    assert route("single", (2_000, 2)) == route("single", (10_000, 4)) == "prim from points"
    assert route("single", (10_000, 2)) == route("single", (30_000, 3)) == "boruvka"
    assert route("single", (29_999, 3)) == "prim from points"
    assert route("single", (10_000, 2), "cityblock") == "prim in place"
    assert route("single", (1_999_000,)) == "prim"
    assert route("single", (2_001_000,)) == "prim in place"
    assert route("ward", (2_000, 2)) == "ward from points"
    assert (route("centroid", (5_000, 2)), route("median", (5_000, 9))) == (
        "centroid from points",
        "median from points",
    )
    assert route("average", (5_000, 4)) == "average from points"
    assert route("complete", (5_000, 1)) == "complete from points"
    assert {route("average", shape) for shape in ((4_999, 2), (5_000, 5))} == {
        "reciprocal neighbours"
    }
    assert route("complete", (5_000, 2), "cityblock") == "reciprocal neighbours"
    assert route("centroid", (120, 2)) == route("median", (7140,)) == "all pairs"
    assert route("centroid", (121, 2)) == route("median", (7260,)) == "closest pairs"
    assert {route(m, (2_000, 9)) for m in ("complete", "average", "weighted")} == {"nn-chain"}
    rules = ("complete", "average", "weighted")
    assert {route(m, (2_001, 9)) for m in rules} == {"reciprocal neighbours"}
    assert route("ward", (2_001_000,)) == "reciprocal neighbours"
    assert route("ward", (1_999_000,)) == route("ward", (1_999, 2)) == "nn-chain"


def test_every_algorithm_is_chosen_and_every_choice_is_an_algorithm():
    points = [(n, d) for n in (100, 3_000, 6_000, 20_000, 40_000) for d in (2, 3, 9)]
    shapes = [(4_950,), (1_999_000,), (2_001_000,), *points]
    chosen = {route(method, shape) for method in RULES for shape in shapes}
    assert chosen == set(merging.ALGORITHMS)


KINDS = {
    "clouds": lambda rng, n: rng.normal(size=(n, 3)),
    "offset of 1e8": lambda rng, n: 1e8 + rng.normal(size=(n, 2)),
    "huge": lambda rng, n: 1e200 * rng.normal(size=(n, 2)),
    "tiny": lambda rng, n: 1e-200 * rng.normal(size=(n, 2)),
    "unequal scales": lambda rng, n: rng.normal(size=(n, 3)) * [1e-9, 1, 1e6],
    "near duplicates": lambda rng, n: (
        np.repeat(rng.normal(size=(n // 3, 2)), 3, axis=0) + 1e-9 * rng.random((n // 3 * 3, 2))
    ),
    "heavy tails": lambda rng, n: rng.standard_cauchy((n, 2)) ** 3,
    "float32": lambda rng, n: rng.normal(size=(n, 3)).astype(np.float32),
    "equal points": lambda rng, n: np.full((n, 2), 0.3),
    "one apart": lambda rng, n: np.r_[np.zeros((n - 1, 2)), [[3.0, 4]]],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", list(merging.MANY_POINTS))
def test_every_route_gives_the_same_tree(kind, method, monkeypatch):
    """From points without a matrix, and through the matrix; SciPy where it survives."""
    X = KINDS[kind](np.random.default_rng(7), 240)
    expected = linkage(X, method)
    if kind not in ("huge", "tiny"):
        np.testing.assert_allclose(
            expected[:, 2], theirs.linkage(X, method)[:, 2], rtol=1e-9, atol=1e-300
        )
    taken = []
    monkeypatch.setattr(point_sets, "SQUARE", 20)
    for from_points, boruvka in ((2, {}), (2, {2: 2, 3: 2})):
        table = {m: (from_points, *rest) for m, (_, *rest) in merging.MANY_POINTS.items()}
        monkeypatch.setattr(merging, "MANY_POINTS", table)
        monkeypatch.setattr(merging, "BORUVKA", boruvka)
        taken.append(route(method, X.shape))
        Z = linkage(X, method)
        np.testing.assert_allclose(Z[:, 2], expected[:, 2], rtol=1e-9, atol=0)
        if kind not in ("equal points", "one apart"):
            np.testing.assert_array_equal(Z[:, [0, 1, 3]], expected[:, [0, 1, 3]])
        assert is_valid_linkage(Z)
    assert set(taken) <= set(merging.FROM_POINTS)
    assert (len(set(taken)) == 2) == (method == "single")


@pytest.mark.parametrize("method", list(merging.MANY_POINTS))
@given(st.integers(2, 30), st.integers(1, 3), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_with_ties_every_route_joins_closest_pairs(method, n, d, seed):
    X = np.random.default_rng(seed).integers(0, 4, (n, d)).astype(float)
    D, rule = squareform(pdist(X)), RULES[method]
    names = {"single": ("prim from points", "boruvka"), "ward": ("ward from points",)}
    for name in names.get(method, (f"{method} from points",)):
        Z = merging.tree_of_points(X, method, name)
        assert_merges_closest(Z, D, rule.update, rule.on_squares)


def test_points_at_the_switch_take_the_route_by_default():
    """The real thresholds, with real sizes."""
    everything = np.random.default_rng(0).normal(size=(5_100, 2))
    for method in ("single", "ward", "average", "complete"):
        X = everything[: merging.MANY_POINTS[method][0] + 100]
        assert route(method, X.shape) in merging.FROM_POINTS
        np.testing.assert_allclose(linkage(X, method), linkage(pdist(X), method), rtol=1e-10)


@pytest.mark.parametrize("method", ["complete", "average", "weighted", "ward"])
def test_many_distances_are_merged_in_rounds_first(method):
    y = pdist(np.random.default_rng(0).normal(size=(2_300, 3)))
    expected = theirs.linkage(y, method)
    Z = linkage(y, method)
    np.testing.assert_array_equal(Z[:, [0, 1, 3]], expected[:, [0, 1, 3]])
    np.testing.assert_allclose(Z[:, 2], expected[:, 2], rtol=1e-10)


def test_no_hidden_matrix():
    X = np.random.default_rng(0).normal(size=(10_000, 2))
    tracemalloc.start()
    linkage(X, "single")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6 < 10_000**2


# ---------------------------------------------------------------- properties


@pytest.mark.parametrize("method", METHODS)
@given(points(max_n=25))
@settings(max_examples=30, deadline=None)
def test_trees_are_valid_and_monotone_where_promised(method, X):
    Z = quietly(X, method)
    assert is_valid_linkage(Z, throw=True)
    assert Z.dtype == np.float64
    assert Z.flags.c_contiguous
    assert (Z[:, 0] < Z[:, 1]).all()
    if RULES[method].monotone:
        heights = Z[:, 2]
        assert is_monotonic(Z) or (np.diff(heights) >= -1e-12 * heights.max()).all()


@pytest.mark.parametrize("method", METHODS)
def test_order_of_points_does_not_matter(method):
    rng = np.random.default_rng(4)
    X = rng.normal(size=(60, 3))
    shuffle = rng.permutation(60)
    Z, W = linkage(X, method), linkage(X[shuffle], method)
    np.testing.assert_allclose(W[:, 2:], Z[:, 2:], rtol=1e-12)
    for k in (2, 5, 20) if RULES[method].monotone else ():
        a = theirs.cut_tree(Z, k).ravel()[shuffle]
        b = theirs.cut_tree(W, k).ravel()
        assert len(set(zip(a.tolist(), b.tolist(), strict=True))) == k


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**-500, 2.0**10, 2.0**900])
def test_scale_is_only_a_factor(method, scale):
    """SciPy overflows or underflows here; a power of two must change no bit."""
    y = pdist(np.random.default_rng(4).normal(size=(30, 3)))
    Z, W = linkage(y, method), linkage(y * scale, method)
    np.testing.assert_array_equal(W[:, [0, 1, 3]], Z[:, [0, 1, 3]])
    np.testing.assert_array_equal(W[:, 2], Z[:, 2] * scale)


@pytest.mark.parametrize("method", METHODS)
def test_the_largest_numbers(method):
    base = linkage([1.0, 1.7, 1.3], method)
    Z = linkage(np.array([1.0, 1.7, 1.3]) * 1e308, method)
    assert is_valid_linkage(Z)
    np.testing.assert_allclose(Z[:, 2] / 1e308, base[:, 2], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.int8, np.uint8, np.int64, bool])
def test_number_types(dtype):
    rng = np.random.default_rng(0)
    X = rng.integers(0, 2 if dtype is bool else 100, (20, 5)).astype(dtype)
    y = rng.integers(0, 2 if dtype is bool else 100, 190).astype(dtype)
    for method in METHODS:
        np.testing.assert_array_equal(quietly(X, method), quietly(X.astype(float), method))
        np.testing.assert_array_equal(linkage(y, method), linkage(y.astype(float), method))


def test_the_input_is_never_overwritten():
    X = np.random.default_rng(0).normal(size=(2_100, 2))
    y = pdist(X[:90])
    for method in METHODS:
        for given_ in (X[:90], y, X) if method in merging.MANY_POINTS else (X[:90], y):
            kept = given_.copy()
            given_.flags.writeable = False
            linkage(given_, method)
            np.testing.assert_array_equal(given_, kept)
    np.testing.assert_array_equal(linkage(y[::-1]), linkage(y[::-1].copy()))
    np.testing.assert_array_equal(linkage(X[:90, ::-1]), linkage(X[:90, ::-1].copy()))


def test_eight_threads_get_the_same_trees():
    X = np.random.default_rng(0).normal(size=(2_050, 3))
    expected = {m: linkage(X[:200], m) for m in METHODS} | {"w": linkage(X, "ward")}
    wrong = []

    def work():
        for method in METHODS:
            if not np.array_equal(linkage(X[:200], method), expected[method]):
                wrong.append(method)
        if not np.array_equal(linkage(X, "ward"), expected["w"]):
            wrong.append("w")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("method", METHODS)
def test_aliases(method):
    X = np.random.default_rng(0).random((12, 2))
    alias = getattr(merging, method)
    np.testing.assert_array_equal(alias(X), linkage(X, method))
    np.testing.assert_array_equal(alias(pdist(X)), linkage(pdist(X), method))
    assert "Rule" in alias.__doc__
    assert "`linkage`" in alias.__doc__


# ---------------------------------------------------------------- merge_steps


@pytest.mark.parametrize("method", METHODS)
def test_steps_replay_the_tree_with_the_terms_of_the_rule(method):
    X = np.random.default_rng(0).random((15, 2))
    Z = linkage(X, method)
    steps = list(merge_steps(X, method))
    np.testing.assert_array_equal([(s.left, s.right, s.height, s.size) for s in steps], Z)
    for k, s in enumerate(steps):
        a, b, c, e = s.terms
        by_formula = a * s.from_left + b * s.from_right + c * s.between
        by_formula = by_formula + e * abs(s.from_left - s.from_right)
        np.testing.assert_allclose(s.from_new, by_formula, rtol=1e-9, atol=1e-12)
        height = s.between**0.5 if RULES[method].squared else s.between
        np.testing.assert_allclose(s.height, height, rtol=1e-9)
        assert s.new == 15 + k
        assert len(s.others) == 13 - k
        assert {s.left, s.right, s.new}.isdisjoint(s.others.tolist())
    np.testing.assert_array_equal(
        [s.height for s in merge_steps(pdist(X), method)], linkage(pdist(X), method)[:, 2]
    )


def test_steps_take_any_metric_and_refuse_what_linkage_refuses():
    X = np.random.default_rng(0).random((8, 2))
    steps = [s.height for s in merge_steps(X, "average", "cityblock")]
    np.testing.assert_array_equal(steps, linkage(X, "average", "cityblock")[:, 2])
    with pytest.raises(ValueError, match="`method`"):
        next(merge_steps(X, "nearest"))


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: linkage([1.0, 2.0, 3.0], "nearest"), "`method` is 'nearest'.*'single'.*'ward'"),
        (lambda: linkage([1.0, 2.0, 3.0], None), "`method` is None"),
        (lambda: linkage([1.0, 2.0]), "`y` has length 2.*pdist.*squareform"),
        (lambda: linkage([]), "`y` has length 0"),
        (lambda: linkage(np.zeros((0, 2))), "at least two observations"),
        (lambda: linkage([[1.0, 2.0]]), "at least two observations"),
        (lambda: linkage(np.zeros((2, 2, 2))), "1 or 2 dimensional"),
        (lambda: linkage(3.0), "1 or 2 dimensional"),
        (lambda: linkage([[1.0], [np.nan]]), "`y` holds .*nan.*finite"),
        (lambda: linkage([1.0, np.inf, 2.0], "ward"), "finite"),
        (lambda: linkage([1.0, -0.5, 2.0], "average"), "-0.5 at 1.*never negative"),
        (lambda: linkage([[1.0], [2.0]], "ward", "cityblock"), "`metric` is 'cityblock'.*Euclid"),
        (lambda: linkage([[1.0], [2.0]], "median", None), "`metric` is None"),
        (lambda: linkage([[1.0], [2.0]], "average", "manhattan-ish"), "manhattan-ish"),
        (lambda: linkage([["a"], ["b"]]), "`y`"),
        (lambda: linkage([[1.0], [2.0, 3.0]]), "`y`"),
        (lambda: linkage([[1.0], [3.0]], "average", lambda u, v: -1.0), "never negative"),
    ],
)
def test_errors_name_the_argument_and_the_fix(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_complex_numbers_are_refused():
    with pytest.raises(TypeError, match="complex"):
        linkage([1j, 2, 3])


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_fuzz(seed):
    """Hostile arrays: a valid tree or one of the documented errors."""
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(0, 7, rng.integers(0, 4)))
    bits = rng.integers(0, 2**64, shape, dtype=np.uint64).view(np.float64)
    values = (bits, abs(bits), rng.integers(-3, 3, shape), rng.random(shape))
    y = values[rng.integers(len(values))]
    method = METHODS[rng.integers(7)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ClusterWarning)
        try:
            Z = linkage(y, method)
        except (ValueError, TypeError):
            return
    assert is_valid_linkage(Z, throw=True)


def test_a_height_beyond_the_largest_number_is_refused():
    for y in ([1.0, 1.7e308, 1.7e308], [[0.0], [0.0], [1.7e308]]):
        with pytest.raises(ValueError, match="beyond the largest number"):
            linkage(y, "ward")
        assert np.isfinite(linkage(y, "average")).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [2, 3, 250, 5_000])
def test_progress_is_told_up_to_the_last_merge(method, n):
    """From points and from distances, with few and with many."""
    X = np.random.default_rng(0).random((n, 2))
    for y in (X, pdist(X)) if n < 1_000 else (X,):
        if n > 1_000 and method not in ("single", "ward", "centroid", "median"):
            continue
        told = []
        Z = linkage(y, method, progress=lambda *step, told=told: told.append(step))
        np.testing.assert_array_equal(Z, linkage(y, method))
        assert told == sorted(set(told)) and told[-1] == (n - 1, n - 1)
        assert len(told) <= 100


def test_a_correlation_matrix_is_met_with_the_cure():
    X = np.random.default_rng(0).normal(size=(9, 40))
    R = np.corrcoef(X)
    with pytest.warns(ClusterWarning, match="correlation matrix") as warned:
        linkage(R, "average")
    assert "`linkage(squareform(1 - y, checks=False))`" in str(warned[0].message)
    Z = linkage(squareform(1 - R, checks=False), "average")
    assert pytest.approx(linkage(X, "average", metric="correlation")) == Z
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        linkage(np.eye(4))
        linkage(X[:, :9] + X[:, :9].T)
