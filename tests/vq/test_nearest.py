"""The nearest code word: SciPy's answers, exact ties, hostile numbers."""

import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster import vq as scipy_vq
from scipy.spatial.distance import cdist

from clusterlib import datasets
from clusterlib.core import threads
from clusterlib.vq import nearest
from clusterlib.vq.nearest import (
    cell_sums,
    distortion,
    nearest_codes,
    nearest_codes_plainly,
    py_vq,
    vq,
    whiten,
)

F = [[1.9, 2.3], [1.5, 2.5], [0.8, 0.6], [0.4, 1.8], [0.1, 0.1], [0.2, 1.8], [2, 0.5], [0.3, 1.5]]
F = np.array([*F, [1, 1]])


def brute(X, C):
    """Return labels and distances by summing squared differences feature by feature."""
    D = np.zeros((len(X), len(C)), X.dtype)
    for f in range(X.shape[1]):
        D += (X[:, f, None] - C[None, :, f]) ** 2
    return D.argmin(axis=1), np.sqrt(D.min(axis=1))


@st.composite
def pairs(draw, most_features=9, dtypes=(np.float64, np.float32)):
    """Draw observations and a codebook: smooth, tied, far from the origin, huge or tiny."""
    n, k = draw(st.integers(1, 60)), draw(st.integers(1, 12))
    d = draw(st.integers(1, most_features))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["smooth", "tied", "duplicates", "beside", "far"]))
    A = rng.normal(size=(n + k, d))
    if kind == "tied":
        A = rng.integers(0, 3, (n + k, d)).astype(float)
    if kind == "duplicates":
        A = A[rng.integers(0, max(1, (n + k) // 3), n + k)]
    if kind in ("beside", "far"):  # so near the origin that the middle may be left in place
        A += 1000.0 if kind == "far" else 0.7
    A = A.astype(draw(st.sampled_from(dtypes)))
    return A[:n], A[n:]


@pytest.fixture(params=["differences", "product"])
def road(request, monkeypatch):
    """Send even small problems down the road of large ones."""
    if request.param == "product":
        monkeypatch.setattr(nearest, "SMALL", -1)
        monkeypatch.setattr(nearest, "BLOCK", 256)


# ---------------------------------------------------------------- vq


@pytest.mark.parametrize("small", [nearest.SMALL, -1])
@settings(max_examples=80, deadline=None)
@given(pair=pairs())
def test_labels_are_the_first_of_the_nearest(small, pair):
    X, C = pair
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "SMALL", small)
        code, dist = vq(X, C)
    labels, distances = brute(X, C)
    assert_array_equal(code, labels)
    assert code.dtype == np.int32 and dist.dtype == X.dtype
    assert_allclose(dist, distances, rtol=8 * np.finfo(X.dtype).eps)


@settings(max_examples=80, deadline=None)
@given(pair=pairs())
def test_the_labels_for_readers_are_the_same(pair):
    X, C = (numbers.astype(float) for numbers in pair)
    assert_array_equal(nearest_codes_plainly(X, C), brute(X, C)[0])
    assert_array_equal(nearest_codes_plainly(X, C), nearest_codes(X, C))


@settings(max_examples=80, deadline=None)
@given(pair=pairs(most_features=4))
def test_vq_is_scipys_where_scipy_compares_differences(pair):
    for ours, theirs in zip(vq(*pair), scipy_vq.vq(*pair)):
        assert ours.dtype == theirs.dtype
        assert_allclose(ours, theirs, rtol=1e-6 if ours.dtype == np.float32 else 1e-14)


@settings(max_examples=40, deadline=None)
@given(pair=pairs(dtypes=(np.float64, np.float32, np.int64, np.uint8, bool)))
def test_py_vq_is_scipys(pair):
    for ours, theirs in zip(py_vq(*pair), scipy_vq.py_vq(*pair)):
        assert ours.dtype == theirs.dtype
        assert_allclose(ours, theirs, rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, bool, ">f8", np.float32, np.float64])
@pytest.mark.parametrize("dtype2", [np.int64, np.float32, np.float64])
def test_dtypes_as_scipy(dtype, dtype2):
    rng = np.random.default_rng(0)
    X, C = rng.integers(0, 9, (20, 3)).astype(dtype), rng.integers(0, 9, (4, 3)).astype(dtype2)
    for ours, theirs in zip(vq(X, C), scipy_vq.vq(X, C)):
        assert ours.dtype == theirs.dtype
        assert_allclose(ours, theirs, rtol=1e-6)


def test_one_dimension_lists_strides_and_matrices(road):
    rng = np.random.default_rng(1)
    A, B = rng.normal(size=(80, 14)), rng.normal(size=(6, 14))
    want = scipy_vq.vq(A[::2, ::2].copy(), B[:, ::2].copy())
    for X, C in (
        (A[::2, ::2], B[:, ::2]),
        (np.asfortranarray(A[::2, ::2]), np.asfortranarray(B[:, ::2])),
        (A[::2, ::2].tolist(), B[:, ::2].tolist()),
        (A[::-1][::-1][::2, ::2], B[:, ::2]),
    ):
        got = vq(X, C)
        assert_array_equal(got[0], want[0])
        assert_allclose(got[1], want[1], rtol=1e-12)
    half = A[:, :2].astype(np.float16)
    assert vq(half, half[:3])[1].dtype == np.float32
    x, c = A[:, 0], B[:, 0]
    assert_array_equal(vq(x, c)[0], scipy_vq.vq(x, c)[0])
    with pytest.warns(PendingDeprecationWarning):
        M = np.matrix(A)
    assert_array_equal(vq(M, B)[0], scipy_vq.vq(A, B)[0])


@pytest.mark.parametrize(("n", "d", "k"), [(30000, 2, 10), (9000, 16, 64), (5000, 3, 300)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_large_problems_in_many_blocks(n, d, k, dtype):
    rng = np.random.default_rng(2)
    X, C = rng.normal(size=(n, d)).astype(dtype), rng.normal(size=(k, d)).astype(dtype)
    code, dist = vq(X, C)
    labels, distances = brute(X, C)
    assert_array_equal(code, labels)
    assert_allclose(dist, distances, rtol=16 * np.finfo(dtype).eps)


def test_offsets_of_1e8_and_near_duplicates(road):
    rng = np.random.default_rng(3)
    base = rng.normal(size=(300, 6))
    for X in (base + 1e8, np.repeat(base, 2, axis=0) + 1e-8 * rng.normal(size=(600, 6))):
        C = X[:40] + 1e-8
        code, dist = vq(X, C)
        labels, distances = brute(X, C)
        assert_array_equal(code, labels)
        assert_allclose(dist, distances, rtol=1e-14)


def test_the_product_decides_nearly_alone_on_smooth_data(monkeypatch):
    """Differences are the exception: else the speed would be lost without notice."""
    settled = []
    real = nearest._nearest_of
    monkeypatch.setattr(nearest, "_nearest_of", lambda *a: settled.append(len(a[0])) or real(*a))
    rng = np.random.default_rng(4)
    X, C = rng.normal(size=(20000, 8)), rng.normal(size=(32, 8))
    nearest_codes(X, C)
    assert sum(settled) < 20
    settled.clear()
    nearest_codes(X + 1e6, C + 1e6)  # an offset makes no more of them
    assert sum(settled) < 20
    settled.clear()
    nearest_codes(X, np.repeat(C, 2, axis=0))  # every code word twice: nothing but ties
    assert sum(settled) >= 20000


@pytest.mark.parametrize("size", [1e-60, 1e-30, 1e-12, 1.0, 1e12, 1e30, 1e60])
def test_what_single_precision_cannot_tell_is_settled(size):
    """Scores are single; code words 1e-9 apart, tiny, huge and far-off numbers are not."""
    rng = np.random.default_rng(6)
    X = rng.normal(size=(3000, 5))
    C = np.concatenate((X[:6], X[:6] * (1 + 1e-9), X[:6] + 1e-11))
    X[-1] *= 1e45  # beyond single precision, and to doubles as far from one word as from another
    code, dist = vq(size * X, size * C)
    labels, distances = brute(X, C)
    assert_array_equal(code[:-1], labels[:-1])
    assert_allclose(dist, size * distances, rtol=1e-12)


def test_squares_out_of_range():
    for size in (1e200, 1e-200, 1e300, 5e-324 * 2**40):
        code, dist = vq(np.array([[size, 0], [-size, 0]]), np.array([[-size, 0], [size, 0]]))
        assert_array_equal(code, [1, 0])
        assert_array_equal(dist, [0, 0])
        code, dist = vq(np.array([[3 * size / 8, size / 2]]), np.zeros((1, 2)))
        assert_allclose(dist, [5 * size / 8])
    code, dist = vq(np.float32([[1e30, 0]]), np.float32([[-1e30, 0], [2e30, 0]]))
    assert code == [1] and dist.dtype == np.float32
    assert_allclose(dist, [1e30], rtol=1e-6)
    code, dist = vq([[1e200, 0.0], [1.0, 2.0]], [[0.0, 0.0], [1.0, 1.0]])  # ordinary beside huge
    assert code[1] == 1 and dist[1] == 1 and dist[0] == 1e200


def test_paper_sized_data():
    code, dist = vq(F[:3], [[1.0, 1.0], [2.0, 2.0]])
    assert_array_equal(code, [1, 1, 0])
    assert_allclose(dist, [0.3162277660, 0.7071067812, 0.4472135955], rtol=1e-9)


def test_many_threads_one_answer(monkeypatch):
    rng = np.random.default_rng(5)
    X, C = rng.normal(size=(20000, 8)), rng.normal(size=(40, 8))
    monkeypatch.setattr(threads, "thread_count", lambda: 1)
    want = vq(X, C)
    monkeypatch.setattr(threads, "thread_count", lambda: 5)
    with ThreadPoolExecutor(8) as pool:
        for got in pool.map(lambda _: vq(X, C), range(16)):
            assert_array_equal(got[0], want[0])
            assert_array_equal(got[1], want[1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_cell_sums_add_row_after_row(dtype, order):
    rng = np.random.default_rng(8)
    X, labels, w = rng.normal(size=(50, 3)), rng.integers(0, 4, 50), rng.random(50)
    X = np.asarray(X, dtype, order=order)
    for weights in (None, w):
        sums = np.zeros((5, 3))
        for i in range(50):
            sums[labels[i]] += X[i].astype(float) * (1.0 if weights is None else w[i])
        assert_array_equal(cell_sums(X, labels, 5, weights), sums)


def test_cell_sums_out_of_range_are_silent():
    X = np.array([[1e308, np.inf, np.nan], [1e308, -np.inf, 0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_array_equal(cell_sums(X, np.zeros(2, int), 1), [[np.inf, np.nan, np.nan]])


def test_memory_stays_small():
    """Blocks, never n x k: 200 000 x 64 scores would take 100 MB."""
    X = np.random.default_rng(6).normal(size=(200000, 2))
    tracemalloc.start()
    vq(X, X[:64])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25e6


def test_inputs_stay_as_they_are(road):
    rng = np.random.default_rng(7)
    for order in "CF":
        for d in (1, 7):
            X = np.asarray(rng.normal(size=(50, d)), order=order)
            C = X[:5].copy()
            keep = X.copy(), C.copy()
            X.flags.writeable = C.flags.writeable = False
            vq(X, C), py_vq(X, C), whiten(X), distortion(X, C)
            assert_array_equal(X, keep[0])
            assert_array_equal(C, keep[1])


@pytest.mark.parametrize(
    ("X", "C", "error", "word"),
    [
        (np.zeros((3, 2)), np.zeros((2, 3)), ValueError, "features"),
        (np.zeros((3, 2)), np.zeros(2), ValueError, "dimension"),
        (np.zeros((3, 2, 2)), np.zeros((3, 2, 2)), ValueError, "dimension"),
        (np.float64(3), np.float64(4), ValueError, "dimension"),
        (np.zeros((3, 2)), np.zeros((0, 2)), ValueError, "empty"),
        (np.zeros((3, 2)), [[np.nan, 0]], ValueError, "code_book"),
        ([[np.nan, 0]], np.zeros((3, 2)), ValueError, "obs"),
        ([[0, np.inf]], np.zeros((3, 2)), ValueError, "obs"),
        (np.zeros((3, 2), complex), np.zeros((3, 2)), TypeError, "complex"),
        (np.zeros((3, 2), np.longdouble), np.zeros((3, 2)), TypeError, "64 bits"),
        (np.ma.masked_less(np.eye(2), 1), np.zeros((3, 2)), ValueError, "mask"),
    ],
)
@pytest.mark.parametrize("function", [vq, py_vq])
def test_bad_input_is_named(function, X, C, error, word):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(error, match=word):
            function(X, C)


def test_no_observations_and_no_check():
    code, dist = vq(np.zeros((0, 2)), np.zeros((3, 2)))
    assert code.shape == dist.shape == (0,) and code.dtype == np.int32
    assert_array_equal(vq(np.zeros((3, 0)), np.zeros((2, 0)))[1], [0, 0, 0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for d in (2, 6):
            X = np.ones((3, d))
            X[1], X[2, 0] = np.nan, np.inf
            for small in (nearest.SMALL, -1):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(nearest, "SMALL", small)
                    code, dist = vq(X, np.array([np.zeros(d), np.ones(d)]), check_finite=False)
                assert code[0] == 1 and dist[0] == 0 and not np.isfinite(dist[1:]).any()


# ---------------------------------------------------------------- whiten


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 999), dtype=st.sampled_from(["f8", "f4", "i8", "u1"]))
def test_whiten_is_scipys(seed, dtype):
    rng = np.random.default_rng(seed)
    X = (rng.normal(size=(rng.integers(2, 9), 3)) * 50 + 100).astype(dtype)
    if (X[0] == X).all(axis=0).any():
        return
    ours, theirs = whiten(X), scipy_vq.whiten(X)
    assert ours.dtype == theirs.dtype
    assert_array_equal(ours, theirs)


def test_whiten_divides_by_the_population_deviation():
    W = whiten(F)
    assert_allclose(F[0] / W[0], [0.693532735, 0.790374189], rtol=1e-8)
    assert_allclose(whiten(W), W)
    assert_allclose(whiten(F[:, 0]), W[:, 0])


@pytest.mark.parametrize("value", [0.1, 5.0, 1e9 + 0.1, 0.0, -3.3])
def test_whiten_leaves_a_constant_column(value):
    """A sum of equal numbers rounds, so the computed deviation may be 1e-17 and not 0."""
    X = np.column_stack([np.full(7, value), np.arange(7.0)])
    with pytest.warns(RuntimeWarning, match="standard deviation zero") as seen:
        W = whiten(X)
    assert seen[0].filename == __file__
    assert_array_equal(W[:, 0], value)
    assert_allclose(W[:, 1], np.arange(7) / 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_array_equal(whiten(X, check_finite=False), W)


@pytest.mark.parametrize("exponent", [-700, -540, 540, 900])
def test_whiten_squares_no_number_out_of_range(exponent):
    """Columns near 1e-200 became infinite and columns near 1e200 became 0."""
    X = np.array([[1.0, 5.0], [3.0, 6.0], [8.0, 1.0]])
    X[:, 0] = np.ldexp(X[:, 0], exponent)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        W = whiten(X)
    assert_array_equal(W, whiten(np.array([[1.0, 5.0], [3.0, 6.0], [8.0, 1.0]])))


def test_whiten_leaves_whole_numbers_that_are_equal_as_floats():
    X = np.array([[2**64 - 1, 1], [2**64 - 5, 2]], dtype=np.uint64)
    with pytest.warns(RuntimeWarning, match="standard deviation zero"):
        assert_array_equal(whiten(X), [[2.0**64, 2.0], [2.0**64, 4.0]])


def test_whiten_refuses():
    for bad in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueError, match="obs"):
            whiten([[1.0, bad], [0.0, 1.0]])
    with pytest.raises(ValueError, match="one row an observation"):
        whiten(3.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert whiten(np.zeros((0, 2))).shape == (0, 2)


# ---------------------------------------------------------------- distortion


def test_four_distortions():
    X = datasets.iris().X
    C = scipy_vq.kmeans(X, X[[0, 50, 100]], thresh=0)[0]
    assert_allclose(distortion(X, C), 78.8514414261, rtol=1e-9)
    assert_allclose(distortion(X, C, "mean square"), 0.5256762762, rtol=1e-9)
    assert_allclose(distortion(X, C, "mean distance"), 0.6480304905, rtol=1e-9)
    assert_allclose(distortion(X, C, "root mean square") ** 2, 0.5256762762, rtol=1e-9)
    assert_allclose(distortion(X, C), cdist(X, C, "sqeuclidean").min(axis=1).sum())
    with pytest.raises(ValueError, match="mean distance"):
        distortion(X, C, "median")
    with pytest.raises(ValueError, match="at least one observation"):
        distortion(X[:0], C)
