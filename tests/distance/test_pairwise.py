"""pdist and cdist: against SciPy, against definitions, and against hostile callers."""

import inspect
import itertools
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial import distance as scipy_distance

from clusterlib import datasets, distance
from clusterlib.core import threads
from clusterlib.distance import cdist, formulas, pdist, squareform
from clusterlib.distance.pairwise import METRICS, NAMES

SETS = ("dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule")
WEIGHTED = sorted(set(METRICS) - {"jensenshannon", "mahalanobis", "seuclidean"})
TRUE_METRICS = ("chebyshev", "cityblock", "euclidean", "hamming", "jaccard", "jensenshannon")
D3 = (  # dimension, min/max, std/mean, mean/sqrt(dimension)
    (1, 0.000004, 0.7086, 0.3329),
    (2, 0.000881, 0.4773, 0.3694),
    (5, 0.038379, 0.2815, 0.3913),
    (10, 0.119604, 0.1913, 0.4032),
    (50, 0.467473, 0.0846, 0.4052),
    (100, 0.612266, 0.0589, 0.4069),
    (1000, 0.845104, 0.0191, 0.4084),
)
few = settings(max_examples=20, deadline=None)


@st.composite
def tables(draw, min_n=2, max_n=9, max_d=6):
    """Draw rows: random, tied or booleans, in several number types and memory layouts."""
    n, d = draw(st.integers(min_n, max_n)), draw(st.integers(1, max_d))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(("random", "tied", "boolean", "offset")))
    X = {
        "random": lambda: rng.normal(size=(n, d)),
        "tied": lambda: rng.integers(0, 4, (n, d)),
        "boolean": lambda: rng.random((n, d)) < 0.5,
        "offset": lambda: 1e3 + rng.random((n, d)),
    }[kind]()
    dtypes = {"boolean": (bool,), "tied": ("u1", "i4", "f4", "f8", "i8", "?")}
    X = X.astype(draw(st.sampled_from(dtypes.get(kind, ("f4", "f8", "f2")))))
    layout = draw(st.sampled_from(("C", "F", "reversed", "strided", "read-only")))
    if layout == "F":
        X = np.asfortranarray(X)
    elif layout == "reversed":
        X = X[::-1, ::-1]
    elif layout == "strided":
        X = np.repeat(np.repeat(X, 2, axis=0), 2, axis=1)[::2, ::2]
    elif layout == "read-only":
        X.flags.writeable = False
    return X


def keywords(metric, X, rng):
    """Return keywords that are well conditioned for X, so that both sides can be compared."""
    d = X.shape[1]
    if metric == "mahalanobis":
        root = rng.normal(size=(d, d))
        return {"VI": root @ root.T + np.eye(d)}
    return {"V": rng.random(d) + 0.1} if metric == "seuclidean" else {}


def assert_like_scipy(metric, ours, theirs, X):
    """Compare values; where SciPy's formula cancels, only as far as its digits go."""
    assert ours.dtype == theirs.dtype
    assert ours.shape == theirs.shape
    if metric == "jensenshannon":
        # SciPy's root of a cancelled sum is NaN or 1e-8 for nearly equal rows, and infinite
        # for rows of zeros.
        defined = np.isfinite(theirs)
        assert_allclose(ours[defined] ** 2, theirs[defined] ** 2, rtol=1e-10, atol=4e-15)
        assert not (ours[~defined] > 1e-7).any() or (X < 0).any()
        return
    if metric in ("cosine", "correlation"):
        defined = ~np.isnan(ours)
        assert_allclose(ours[defined], theirs[defined], rtol=1e-10, atol=2e-13)
        assert metric == "correlation" or np.isnan(theirs[~defined]).all()
        return
    assert_allclose(ours, theirs, rtol=1e-10, atol=0)


def test_offers_the_names_and_signatures_of_scipy():
    assert set(distance.__all__) == {*scipy_distance.__all__, "gower"}
    for name in scipy_distance.__all__:
        ours, theirs = getattr(distance, name), getattr(scipy_distance, name)
        parameters = inspect.signature(ours).parameters.values()
        assert [(p.name, p.kind) for p in parameters] == [
            (p.name, p.kind) for p in inspect.signature(theirs).parameters.values()
        ], name
        assert {p.name: p.default for p in parameters if p.name != "seed"} == {
            p.name: p.default
            for p in inspect.signature(theirs).parameters.values()
            if p.name != "seed"
        }, name


def test_knows_the_aliases_of_scipy():
    ours = {alias: name for alias, name in NAMES.items() if alias[:5] != "test_"}
    assert ours == {
        alias: info.canonical_name for alias, info in scipy_distance._METRIC_ALIAS.items()
    }


@pytest.mark.parametrize("metric", METRICS)
def test_pdist_and_cdist_agree_with_scipy(metric):
    @few
    @given(tables(), st.integers(0, 99))
    def check(X, seed):
        if metric in SETS:
            X = X != 0
        settings_ = keywords(metric, X, np.random.default_rng(seed))
        before = X.copy()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            y = pdist(X, metric, **settings_)
            D = cdist(X, X[: 1 + seed % len(X)], metric, **settings_)
        assert_array_equal(X, before)
        X64 = X.astype(np.float64) if X.dtype == np.float16 else X
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert_like_scipy(metric, y, scipy_distance.pdist(X64, metric, **settings_), X)
            theirs = scipy_distance.cdist(X64, X64[: 1 + seed % len(X)], metric, **settings_)
        assert_like_scipy(metric, D, theirs, X)

    check()


@pytest.mark.parametrize("metric", WEIGHTED)
def test_weights_agree_with_scipy(metric):
    @few
    @given(tables(), st.integers(0, 99))
    def check(X, seed):
        w = np.random.default_rng(seed).integers(0, 3, X.shape[1]) * 0.7
        X = X != 0 if metric in SETS else X.astype(np.float64)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            y, D = pdist(X, metric, w=w), cdist(X, X[:2], metric, w=w.tolist())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = scipy_distance.pdist(X, metric, w=w)
            between = scipy_distance.cdist(X, X[:2], metric, w=w)
        assert_like_scipy(metric, y, theirs, X)
        assert_like_scipy(metric, D, between, X)

    check()


@pytest.mark.parametrize("p", [0.3, 0.9, 1, 1.5, 2, 3, 7.5, np.inf, np.float32(3), np.int64(1)])
def test_orders_of_minkowski_agree_with_scipy(p):
    X = np.random.default_rng(0).normal(size=(30, 5))
    w = np.array([0.0, 0.5, 1.0, 2.0, 3.0])
    for more in ({}, {"w": w}):
        theirs = scipy_distance.pdist(X, "minkowski", p=p, **more)
        assert_allclose(pdist(X, "minkowski", p=p, **more), theirs, rtol=1e-12)
        theirs = scipy_distance.cdist(X, X[:4], "minkowski", p=p, **more)
        assert_allclose(cdist(X, X[:4], "minkowski", p=p, **more), theirs, rtol=1e-12)


def test_learned_scales_agree_with_scipy():
    g = np.random.default_rng(1)
    X = g.normal(size=(40, 4)) @ np.diag([1, 1e-9, 1e9, 1.0])
    for metric in ("seuclidean", "mahalanobis"):
        assert_allclose(pdist(X, metric), scipy_distance.pdist(X, metric), rtol=1e-9)
        assert_allclose(
            cdist(X[:25], X[25:], metric), scipy_distance.cdist(X[:25], X[25:], metric), rtol=1e-9
        )


def test_nothing_to_compare():
    for n, d in ((0, 3), (1, 3), (0, 0)):
        for metric in set(METRICS) - {"mahalanobis"}:
            assert pdist(np.zeros((n, d)), metric).shape == (0,)
            assert cdist(np.zeros((n, d)), np.zeros((0, d)), metric).shape == (n, 0)
    for metric in METRICS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = scipy_distance.pdist(np.zeros((3, 0)), metric)
        ours = pdist(np.zeros((3, 0)), metric)
        if metric != "jensenshannon":  # SciPy: infinite
            assert_array_equal(ours, theirs, err_msg=metric)


# ------------------------------------------------------------------ exactness


def exact(metric, u, v):
    """Return the distance of two vectors of doubles, computed with fractions."""
    gaps = [abs(Fraction(a) - Fraction(b)) for a, b in zip(u.tolist(), v.tolist(), strict=True)]
    if metric == "cityblock":
        return float(sum(gaps))
    if metric == "chebyshev":
        return float(max(gaps))
    squares = sum(gap * gap for gap in gaps)
    return float(squares) if metric == "sqeuclidean" else float(squares) ** 0.5


@pytest.mark.parametrize("metric", ["euclidean", "sqeuclidean", "cityblock", "chebyshev"])
@pytest.mark.parametrize("offset", [0, 1e8])
@pytest.mark.parametrize("separation", [1e-2, 1e-5, 1e-8])
def test_near_duplicates_keep_all_digits(metric, offset, separation):
    g = np.random.default_rng(5)
    X = offset + g.normal(size=(20, 10))
    X = np.vstack([X, X + separation * g.normal(size=X.shape)])
    D = cdist(X[:20], X[20:], metric)
    assert_array_equal(squareform(pdist(X, metric))[:20, 20:], D)
    want = [[exact(metric, u, v) for v in X[20:]] for u in X[:20]]
    assert_allclose(D, want, rtol=3e-15, atol=0)


def test_nearly_parallel_vectors_keep_their_digits():
    """1 - cos of a small angle t is t^2/2; SciPy's 1 - a.b has only absolute accuracy."""
    angles = np.array([1e-9, 1e-8, 1e-6, 1e-4, 1e-2, 0.5, 1.5])
    X = np.vstack([[1.0, 0.0], np.column_stack([np.cos(angles), np.sin(angles)])])
    got = cdist(X[:1], 3 * X[1:], "cosine")[0]
    assert_allclose(got, 2 * np.sin(angles / 2) ** 2, rtol=1e-7)
    assert_allclose(got, scipy_distance.cdist(X[:1], 3 * X[1:], "cosine")[0], atol=4e-16, rtol=0)
    assert_array_equal(cdist(X, X, "cosine").diagonal(), 0)


def test_parallel_rows_are_never_at_a_negative_distance():
    """scipy/scipy#5208, scipy/scipy#12316"""
    g = np.random.default_rng(2)
    for d in range(2, 30):
        v = g.normal(size=d)
        X = np.array([v, 3 * v, v / 7])
        for metric in ("cosine", "correlation"):
            for D in (pdist(X, metric), cdist(X, X, metric)):
                assert (D >= 0).all() or d == 2
                assert (D < 1e-15).all() or d == 2


def test_small_integers_do_not_wrap():
    """scipy/scipy#9961, scipy/scipy#10262"""
    g = np.random.default_rng(3)
    for dtype in (np.uint8, np.int8, np.uint16):
        info = np.iinfo(dtype)
        X = g.integers(info.min, info.max, (6, 4), dtype=dtype, endpoint=True)
        for metric in METRICS:
            more = {"VI": np.eye(4)} if metric == "mahalanobis" else {}
            assert_array_equal(pdist(X, metric, **more), pdist(X.astype(float), metric, **more))


@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**-600, 2.0**600, 2.0**1000])
@pytest.mark.parametrize("metric", sorted(formulas.DEGREES))
def test_extreme_data_are_ordinary_data_in_other_units(metric, scale):
    """Squares of 1e200 overflow and of 1e-200 vanish; SciPy gives inf, 0 or NaN."""
    X = np.abs(np.random.default_rng(4).normal(size=(12, 5)))
    degree = 0 if metric in ("seuclidean", "mahalanobis") else formulas.DEGREES[metric]
    with np.errstate(over="ignore"):
        unit = np.float64(scale) ** degree
        y, D = pdist(X, metric) * unit, cdist(X[:5], X[5:], metric) * unit
    assert_allclose(pdist(X * scale, metric), y, rtol=1e-11)
    assert_allclose(cdist(X[:5] * scale, X[5:] * scale, metric), D, rtol=1e-11)


def test_minkowski_powers_do_not_overflow():
    X = [[1.0, 2.0], [3.0, 5.0], [1e300, 0.0]]
    assert_allclose(pdist(X, "minkowski", p=1000)[0], 3.0, rtol=1e-12)
    assert_allclose(pdist(X, "minkowski", p=3)[1:], 1e300, rtol=1e-12)
    assert np.isinf(pdist([[np.inf], [1.0]], "minkowski", p=3)).all()


def test_canberra_of_the_largest_doubles():
    big = np.finfo(float).max
    assert_allclose(pdist([[big, 1.0], [-big, 3.0], [big, 1.0]], "canberra"), [1.5, 0, 1.5])


def test_a_constant_row_has_no_correlation():
    """The mean of three times 0.1 is not 0.1, so SciPy correlates rounding errors."""
    X = [[0.1, 0.1, 0.1], [1.0, 2.0, 4.0], [5.0, 4.0, 0.0]]
    for y in (pdist(X, "correlation"), pdist(X, "correlation", w=[1, 2, 1])):
        assert_array_equal(np.isnan(y), [True, True, False])


def test_nearly_equal_distributions():
    """SciPy: NaN, the root of a negative rounding error."""
    got = pdist([[1.0, 2.0], [2.0, 4.00000000001]], "jensenshannon")
    p, shift = 1 / 3, (1 / 3 - 2 / 6.00000000001)
    assert_allclose(got, abs(shift) * np.sqrt((1 / p + 1 / (1 - p)) / 8), rtol=1e-4)
    X = np.random.default_rng(0).random((50, 4))
    assert np.isfinite(pdist(X, "jensenshannon")).all()
    assert_array_equal(cdist(X, X, "jensenshannon").diagonal(), 0)


def test_nan_and_inf_travel():
    X = np.array([[np.nan, 1.0, 0], [0, 1.0, 0], [np.inf, 0, 1.0]])
    for metric in ("euclidean", "sqeuclidean", "cityblock", "chebyshev", "canberra"):
        y = pdist(X, metric)
        assert np.isnan(y[:2]).all(), metric
        assert metric == "canberra" or y[2] == np.inf
    assert_array_equal(pdist(X, "hamming"), [1 / 3, 1, 1])


def test_dice_with_weights_keeps_the_degrees_of_truth():
    """SciPy's weighted table counts unequal entries instead: other values for w = 1."""
    X = [[0.0, 0.5, 1.0], [1.0, 0.25, 0.5]]
    assert_allclose(pdist(X, "dice", w=[1, 1, 1]), pdist(X, "dice"))
    assert_allclose(pdist(X, "dice", w=[1, 2, 3]), distance.dice(*X, w=[1, 2, 3]))


# ------------------------------------------------------------------ blocks


@pytest.mark.parametrize("metric", METRICS)
def test_the_block_size_changes_no_distance(metric, monkeypatch):
    g = np.random.default_rng(6)
    X = g.integers(0, 3, (23, 5)) + g.random((23, 5)) / 8
    X = X > 1 if metric in SETS else X
    y, D = pdist(X, metric), cdist(X, X[3:16], metric)
    for cells in (1, 7, 100):
        monkeypatch.setattr(formulas, "CELLS", cells)
        assert_allclose(pdist(X, metric), y, rtol=1e-14)
        assert_allclose(cdist(X, X[3:16], metric), D, rtol=1e-14)


@pytest.mark.parametrize("metric", METRICS)
def test_wide_tables(metric):
    """Few rows and many features are summed over the features at once."""
    X = np.random.default_rng(7).random((4, 50_000))
    X = X > 0.5 if metric in SETS else X
    if metric == "mahalanobis":
        X = X[:, :60]
    more = {"VI": np.eye(60)} if metric == "mahalanobis" else {}
    assert_allclose(pdist(X, metric, **more), scipy_distance.pdist(X, metric, **more), rtol=1e-9)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "minkowski", "jaccard"])
@pytest.mark.parametrize("number", [1, 2])
def test_memory_beyond_the_output_is_a_few_blocks_a_thread(metric, number, monkeypatch):
    monkeypatch.setattr(threads, "thread_count", lambda: number)
    X = np.random.default_rng(8).random((1500, 10))
    more = {"p": 3} if metric == "minkowski" else {}
    for make in (lambda: pdist(X, metric, **more), lambda: cdist(X, X, metric, **more)):
        tracemalloc.start()
        out = make()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak - out.nbytes < 12 * 8 * formulas.CELLS * number


def test_threads_do_not_meet():
    X = np.random.default_rng(9).random((150, 6))
    want = [pdist(X, metric) for metric in METRICS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda metric: pdist(X, metric), list(METRICS) * 4))
    for got, y in zip(found, itertools.cycle(want)):
        assert_array_equal(got, y)


# ------------------------------------------------------------------ invariants


@pytest.mark.parametrize("metric", METRICS)
def test_symmetry_zero_diagonal_and_order_of_rows(metric):
    @few
    @given(tables(min_n=3), st.integers(0, 99))
    def check(X, seed):
        X = X != 0 if metric in SETS else X.astype(float)
        X = np.abs(X) if metric == "jensenshannon" else X
        g = np.random.default_rng(seed)
        settings_ = keywords(metric, X, g)
        D = cdist(X, X, metric, **settings_)
        assert_allclose(D, D.T, rtol=1e-12, atol=1e-15)
        if metric != "russellrao":
            diagonal = D.diagonal()
            assert_array_equal(diagonal[~np.isnan(diagonal)], 0)
        order = g.permutation(len(X))
        moved = squareform(pdist(X[order], metric, **settings_), checks=False)
        off = ~np.eye(len(X), dtype=bool)
        assert_allclose(moved[off], D[np.ix_(order, order)][off], rtol=1e-12, atol=1e-15)
        assert not (D < 0).any()

    check()


@pytest.mark.parametrize("metric", TRUE_METRICS)
def test_triangle_inequality(metric):
    @few
    @given(tables(min_n=3))
    def check(X):
        X = X != 0 if metric == "jaccard" else np.abs(X.astype(float)) + 0.1
        D = cdist(X, X, metric)
        assert (D[:, None, :] <= D[:, :, None] + D[None] + 1e-12 * (1 + D.max())).all()

    check()


def test_minkowski_falls_with_its_order():
    X = np.random.default_rng(10).normal(size=(20, 4))
    tables_ = [pdist(X, "minkowski", p=p) for p in (0.5, 1, 1.5, 2, 3, 10, np.inf)]
    for higher, lower in itertools.pairwise(tables_):
        assert (lower <= higher * (1 + 1e-12)).all()


def test_condensed_form_of_iris():
    y = pdist(datasets.iris().X)
    assert len(y) == 11175
    assert_allclose([y.sum(), y.max()], [28436.368379367, 7.0851958336], rtol=1e-10)
    assert np.count_nonzero(y == 0) == 1
    assert_allclose(y[y > 0].min(), 0.1)
    at = lambda i, j, n=12: n * i - i * (i + 1) // 2 + j - i - 1  # noqa: E731 - the book's formula
    assert [at(0, 1), at(3, 7), at(10, 11)] == [0, 33, 65]
    X = np.random.default_rng(0).random((12, 2))
    for i, j in ((0, 1), (3, 7), (10, 11)):
        assert_allclose(pdist(X)[at(i, j)], distance.euclidean(X[i], X[j]), rtol=1e-15)


@pytest.mark.parametrize(
    ("metric", "of_pair", "of_iris"),
    [
        ("euclidean", 3, 28436.368379),
        ("sqeuclidean", 9, None),
        ("cityblock", 5, 47823.3),
        ("chebyshev", 2, 23390.3),
        ("cosine", 0.24182460342, 500.649788),
        ("correlation", 1.3273268354, 1652.07216),
        ("canberra", 1.1666666667, 9664.88715),
        ("braycurtis", 0.38461538462, 1765.54754),
        ("seuclidean", None, 27954.891569),
        ("mahalanobis", None, 29666.595812),
    ],
)
def test_one_pair_many_metrics(metric, of_pair, of_iris):
    if of_pair is not None:
        assert_allclose(pdist([[1, 2, 3], [2, 4, 1]], metric), of_pair, rtol=1e-9)
        assert_allclose(getattr(distance, metric)([1, 2, 3], [2, 4, 1]), of_pair, rtol=1e-9)
    if of_iris is not None:
        assert_allclose(pdist(datasets.iris().X, metric).sum(), of_iris, rtol=1e-8)


@pytest.mark.parametrize(
    ("metric", "want"),
    [
        ("hamming", [0.4, 0.6, 1]),
        ("jaccard", [0.5, 0.75, 1]),
        ("dice", [1 / 3, 0.6, 1]),
        ("rogerstanimoto", [4 / 7, 0.75, 1]),
        ("russellrao", [0.6, 0.8, 1]),
        ("sokalsneath", [2 / 3, 6 / 7, 1]),
        ("yule", [2 / 3, 4 / 3, 2]),
    ],
)
def test_three_sets(metric, want):
    X = np.array([list(map(int, row)) for row in ("10110", "11010", "00101")], dtype=bool)
    assert_allclose(pdist(X, metric), want)


def test_distances_concentrate():
    g = np.random.default_rng(0)
    for dimension, share, spread, mean in D3:
        y = pdist(g.uniform(size=(500, dimension)))
        got = y.min() / y.max(), y.std() / y.mean(), y.mean() / np.sqrt(dimension)
        assert_allclose(got, (share, spread, mean), rtol=0, atol=6e-5)


# ------------------------------------------------------------------ callers


def test_out_is_filled_and_returned():
    X = np.random.default_rng(11).random((6, 3))
    for metric in [*METRICS, lambda u, v: abs(u - v).sum()]:
        more = {"VI": np.eye(3)} if metric == "mahalanobis" else {}
        y, D = np.full(15, -1.0), np.full((6, 6), -1.0)
        assert pdist(X, metric, out=y, **more) is y
        assert cdist(X, X, metric, out=D, **more) is D
        assert_array_equal(y, pdist(X, metric, **more))
        assert_array_equal(D, cdist(X, X, metric, **more))


@pytest.mark.parametrize(
    "out", [np.empty(14), np.empty(30)[::2], np.empty(15, "f4"), np.empty((15, 1)), [0.0] * 15]
)
@pytest.mark.parametrize("metric", ["euclidean", "cosine", "yule", max])
def test_out_that_cannot_take_the_distances(out, metric):
    with pytest.raises(ValueError, match="`out`"):
        pdist(np.ones((6, 3)), metric, out=out)
    with pytest.raises(ValueError, match="`out`"):
        cdist(np.ones((5, 3)), np.ones((3, 3)), metric, out=out)
    with pytest.raises(ValueError, match="read-only"):
        pdist(np.ones((2, 3)), out=np.broadcast_to(np.zeros(1), (1,)))


def test_out_may_overlap_the_data():
    for metric in ("euclidean", lambda u, v: abs(u - v).sum()):
        memory = np.random.default_rng(12).random(15)
        X = memory[:12].reshape(6, 2)
        want = pdist(X.copy(), metric)
        assert_array_equal(pdist(X, metric, out=memory), want)


def test_functions_as_metrics():
    X = np.random.default_rng(13).random((5, 3))
    for metric in METRICS:
        more = {"VI": np.eye(3)} if metric == "mahalanobis" else {}
        assert_array_equal(pdist(X, getattr(distance, metric), **more), pdist(X, metric, **more))
        assert_array_equal(pdist(X, f"test_{metric}", **more), pdist(X, metric.upper(), **more))

    def power(u, v, *, p, shift=0):
        return (abs(u - v) ** p).sum() + shift

    assert_allclose(pdist(X, power, p=2), pdist(X, "sqeuclidean"))
    assert_allclose(cdist(X, X[:2], power, p=1, shift=1), cdist(X, X[:2], "c") + 1)
    with pytest.raises(TypeError):
        pdist(X, power)
    seen = []
    pdist([["a"], ["b"], ["c"]], lambda u, v: seen.append((u[0], v[0])) or 1.0)
    assert seen == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_function_named_like_a_metric_sees_floats():
    def cosine(u, v):
        return (u - v)[0]

    assert_array_equal(pdist(np.array([[1], [3]], np.uint8), cosine), [-2.0])
    assert_array_equal(cdist(np.array([[1]], np.uint8), np.array([[3]], np.uint8), cosine), [[-2]])


@pytest.mark.parametrize(
    ("arguments", "more", "error", "word"),
    [
        (([1.0, 2.0],), {}, ValueError, "two dimensions"),
        (([[1.0], [2.0, 3.0]],), {}, ValueError, "`X`"),
        (([["a"], ["b"]],), {}, ValueError, "numbers"),
        (([[1j], [2.0]],), {}, ValueError, "real"),
        ((np.ma.masked_equal([[1.0], [2.0]], 1),), {}, ValueError, "mask"),
        ((np.ma.masked_equal([[1.0], [2.0]], 1), max), {}, ValueError, "mask"),
        (([[1.0], [2.0]], "foo"), {}, ValueError, "Unknown Distance Metric.*cityblock"),
        (([[1.0], [2.0]], "test_foo"), {}, ValueError, "Unknown"),
        (([[1.0], [2.0]], 3), {}, TypeError, "string identifier or a function"),
        (([[1.0], [2.0]], None), {}, TypeError, "metric"),
        (([[1.0], [2.0]],), {"p": 3}, TypeError, "'p'"),
        (([[1.0], [2.0]],), {"V": [1.0]}, TypeError, "'V'"),
        (([[1.0], [2.0]], "js"), {"w": [1.0]}, TypeError, "no keywords"),
        (([[1.0], [2.0]], "se"), {"w": [1.0]}, TypeError, "'w'"),
        (([[1.0], [2.0]],), {"w": [1.0, 2.0]}, ValueError, "same length"),
        (([[1.0], [2.0]],), {"w": [[1.0]]}, ValueError, "same length"),
        (([[1.0], [2.0]],), {"w": [-1.0]}, ValueError, "non-negative"),
        (([[1.0], [2.0]],), {"w": [np.nan]}, ValueError, "non-negative"),
        (([[1.0], [2.0]], "m"), {"p": 0}, ValueError, "greater than 0"),
        (([[1.0], [2.0]], "m"), {"p": -1.5}, ValueError, "greater than 0"),
        (([[1.0], [2.0]], "m"), {"p": np.nan}, ValueError, "greater than 0"),
        (([[1.0], [2.0]], "m"), {"p": "2"}, TypeError, "`p`"),
        (([[1.0], [2.0]], "m"), {"p": None}, TypeError, "`p`"),
        (([[1.0], [2.0]], "se"), {"V": [1.0, 2.0]}, ValueError, "`V`"),
        (([[1.0], [2.0]], "se"), {"V": [[1.0]]}, ValueError, "`V`"),
        (([[1.0], [2.0]], "se"), {"V": [-1.0]}, ValueError, "variances"),
        (([[1.0, 2], [2.0, 3]], "mahalanobis"), {"VI": [[1.0, 2]]}, ValueError, "`VI`"),
        (([[1.0, 2], [2.0, 3]], "mahalanobis"), {"VI": 2.0}, ValueError, "`VI`"),
        (([[1.0, 2], [2.0, 3]], "mahalanobis"), {}, ValueError, "too small"),
    ],
)
def test_errors_teach(arguments, more, error, word):
    with pytest.raises(error, match=word):
        pdist(*arguments, **more)
    X, *rest = arguments
    if word != "too small":  # two tables together have enough rows
        with pytest.raises(error, match=word.replace("`X`", "`XA`")):
            cdist(X, X, *rest, **more)


def test_a_singular_covariance_is_refused():
    g = np.random.default_rng(14)
    X = g.normal(size=(20, 3))
    for bad in (np.column_stack([X, X[:, 0] + X[:, 1]]), np.column_stack([X, np.ones(20)])):
        with pytest.raises(np.linalg.LinAlgError, match="Singular"):
            pdist(bad, "mahalanobis")


def test_tables_of_different_width():
    with pytest.raises(ValueError, match="same number of columns"):
        cdist([[1.0]], [[2.0, 3.0]])


def test_long_doubles_stay_long():
    X = np.array([[1, 2], [4, 6]], dtype=np.longdouble)
    for metric in METRICS:
        more = {"VI": np.eye(2)} if metric == "mahalanobis" else {}
        assert pdist(X, metric, **more).dtype == scipy_distance.pdist(X, metric, **more).dtype


HOSTILE = [
    lambda: np.zeros((3, 2), dtype=object),
    lambda: np.array([[1, None], [2, 3]], dtype=object),
    lambda: np.array([["1", "2"], ["3", "4"]]),
    lambda: np.zeros((2, 2, 2)),
    lambda: np.float64(3),
    lambda: np.zeros((0, 0)),
    lambda: np.full((3, 2), np.nan),
    lambda: np.full((3, 2), np.inf),
    lambda: np.full((3, 2), 1e308),
    lambda: np.full((3, 2), 5e-324),
    lambda: np.array([[1e308, -1e308], [5e-324, 0], [-np.inf, np.nan]]),
    lambda: np.broadcast_to(np.arange(2.0), (4, 2)),
    lambda: np.rec.array([[1.0, 2.0], [3.0, 4.0]]),
    lambda: np.zeros((3, 2), dtype="datetime64[s]"),
    lambda: np.array([[2**63 - 1, -(2**63)], [0, 1]]),
    lambda: np.array([[2**64 - 1, 0], [0, 1]], dtype=np.uint64),
    lambda: np.array([[1, 2], [3, 4]], dtype=">f8"),
    lambda: {"a": 1},
    lambda: None,
]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("make", HOSTILE)
def test_hostile_tables_give_an_answer_or_a_documented_error(make, metric):
    X = make()
    before = X.tobytes() if isinstance(X, np.ndarray) else repr(X)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for call in (lambda: pdist(X, metric), lambda: cdist(X, X, metric)):
            try:
                result = call()
            except ValueError:
                continue
            assert type(result) is np.ndarray
            assert result.dtype == np.float64
            assert not (result < 0).any() or metric == "dice"
    assert before == (X.tobytes() if isinstance(X, np.ndarray) else repr(X))
