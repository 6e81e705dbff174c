"""Distances of two vectors: against SciPy, the definitions, and the block formulas."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial import distance as scipy_distance

from clusterlib import distance
from clusterlib.distance import pdist

NUMBERS = (
    "braycurtis",
    "canberra",
    "chebyshev",
    "cityblock",
    "correlation",
    "cosine",
    "euclidean",
    "hamming",
    "minkowski",
    "sqeuclidean",
)
few = settings(max_examples=40, deadline=None)


@st.composite
def pairs(draw, kinds=("random", "tied")):
    """Draw two vectors of one length, and weights for them."""
    d = draw(st.integers(1, 12))
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(kinds))
    u, v = {"random": lambda: g.normal(size=(2, d)), "tied": lambda: g.integers(0, 3, (2, d))}[
        kind
    ]()
    return u, v, g.integers(0, 3, d) * 0.5


@pytest.mark.parametrize("name", NUMBERS)
def test_agrees_with_scipy_and_with_the_blocks(name):
    function, theirs = getattr(distance, name), getattr(scipy_distance, name)

    @few
    @given(pairs())
    def check(pair):
        u, v, w = pair
        if name == "correlation" and any(np.ptp(x[w > 0]) == 0 for x in (u, v) if (w > 0).any()):
            w = None
        before = u.copy(), v.copy()
        for more in ({}, {"w": w}):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                got = function(u, v, **more)
                block = pdist([u, v], name, **more)[0]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                want = theirs(u, v, **more)
            flat = name == "correlation" and (np.ptp(u) == 0 or np.ptp(v) == 0)
            assert flat or np.isclose(got, want, rtol=1e-10, atol=2e-15, equal_nan=True)
            assert np.isclose(got, block, rtol=1e-14, atol=1e-17, equal_nan=True)
            assert np.ndim(got) == 0
        assert_array_equal(before, (u, v))

    check()


def test_types_of_results():
    """Where SciPy keeps a type, so do we: float32, complex, and whole numbers."""
    u, v = np.array([1, 2, 3]), np.array([3, 2, 5])
    for dtype in (np.float16, np.float32, np.float64, np.longdouble, np.complex64):
        assert distance.sqeuclidean(u.astype(dtype), v.astype(dtype)).dtype == dtype
    for name in ("cityblock", "chebyshev", "cosine", "correlation"):
        function = getattr(distance, name)
        assert function(u.astype("f4"), v.astype("f4")).dtype == np.float32
        assert isinstance(function(u * 1.0, v * 1.0), float)
    assert distance.cityblock(u, v).dtype == distance.chebyshev(u, v).dtype == np.int64
    assert distance.sqeuclidean([1j, 0], [0, 1]) == 2
    assert distance.euclidean([3j], [4]) == 5
    assert distance.cityblock([3j], [4]) == 5


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.uint32, np.int64, np.uint64])
def test_whole_numbers_do_not_wrap(dtype):
    """scipy/scipy#9961, scipy/scipy#10262"""
    info = np.iinfo(dtype)
    u = np.array([info.min, info.max, 5], dtype)
    v = np.array([info.max, info.min, 7], dtype)
    gaps = [abs(a - b) for a, b in zip(u.tolist(), v.tolist(), strict=True)]
    assert_allclose(float(distance.cityblock(u, v)), float(sum(gaps)), rtol=1e-15)
    assert_allclose(float(distance.chebyshev(u, v)), float(max(gaps)), rtol=1e-15)
    assert_allclose(distance.euclidean(u, v), sum(g * g for g in gaps) ** 0.5, rtol=1e-15)
    assert_allclose(float(distance.sqeuclidean(u, v)), float(sum(g * g for g in gaps)), rtol=1e-15)
    near = np.array([info.max, info.max - 1], dtype)
    assert distance.cityblock(near, near[::-1]) == 2  # doubles do not tell these apart


def test_booleans_are_zero_and_one():
    """SciPy's euclidean and cityblock raise a TypeError for booleans; its pdist takes them."""
    u, v = np.array([True, False, True]), np.array([True, True, False])
    for name in NUMBERS:
        assert_allclose(
            getattr(distance, name)(u, v), getattr(distance, name)(u * 1.0, v * 1.0), rtol=1e-15
        )


@pytest.mark.parametrize("scale", [1e-300, 1e-170, 1e170, 1e300])
def test_extreme_vectors(scale):
    u, v = np.array([3.0, 0, 1]), np.array([0.0, 4, 1])
    for name in ("euclidean", "cityblock", "chebyshev"):
        function = getattr(distance, name)
        assert_allclose(function(u * scale, v * scale), function(u, v) * scale, rtol=1e-14)
    for name in ("cosine", "correlation", "braycurtis", "canberra"):
        function = getattr(distance, name)
        assert_allclose(function(u * scale, v * scale), function(u, v), rtol=1e-14)
    assert_allclose(distance.minkowski(u * scale, v * scale, 500), 4 * scale)
    assert distance.euclidean([np.inf, 1], [0, 1]) == np.inf
    assert np.isnan(distance.euclidean([np.nan, 1], [0, 1]))
    assert np.isnan(distance.chebyshev([0, np.nan], [1, 1]))
    assert np.isnan(distance.canberra([np.nan, 1], [0, 1]))  # SciPy leaves NaN out


@pytest.mark.parametrize("p", [0.25, 1, 1.5, 2, 4, np.inf])
def test_orders_of_minkowski(p):
    """scipy/scipy#12926, scipy/scipy#14710"""

    @few
    @given(pairs())
    def check(pair):
        u, v, w = pair
        for more in ({}, {"w": w}):
            want = scipy_distance.minkowski(u, v, p, **more)
            assert_allclose(distance.minkowski(u, v, p, **more), want, rtol=1e-12)

    check()
    for bad, error in ((0, ValueError), (-1, ValueError), (np.nan, ValueError), ("2", TypeError)):
        with pytest.raises(error, match="p"):
            distance.minkowski([1.0], [2.0], bad)


def test_standardized_and_mahalanobis():
    g = np.random.default_rng(0)
    for d in (1, 2, 5):
        u, v = g.normal(size=(2, d))
        V, root = g.random(d) + 0.1, g.normal(size=(d, d))
        VI = root @ root.T
        want = scipy_distance.seuclidean(u, v, V)
        assert_allclose(distance.seuclidean(u, v, V), want, rtol=1e-14)
        assert_allclose(distance.seuclidean(u, v, V), pdist([u, v], "seuclidean", V=V)[0])
        want = scipy_distance.mahalanobis(u, v, VI)
        assert_allclose(distance.mahalanobis(u, v, VI), want, rtol=1e-13)
        assert_allclose(distance.mahalanobis(u, v, VI), pdist([u, v], "mahalanobis", VI=VI)[0])
        assert_allclose(distance.mahalanobis(u, v, np.eye(d)), distance.euclidean(u, v))
    assert np.isnan(distance.mahalanobis([0, 0], [1, 0], [[-1, 0], [0, 1]]))
    with pytest.raises(TypeError, match="`V`"):
        distance.seuclidean([1, 2], [3, 4], [1])
    for bad in ([1, 0], [1, -1], [1, np.nan]):
        with pytest.raises(ValueError, match="`V`"):
            distance.seuclidean([1, 2], [3, 4], bad)
    with pytest.raises(ValueError, match="`VI`"):
        distance.mahalanobis([1, 2], [3, 4], [[1, 0]])


def test_jensen_shannon_agrees_with_scipy():
    g = np.random.default_rng(1)
    p, q = g.random((2, 4, 5))
    p[0, 0] = q[1, 1] = q[2, 2] = p[2, 2] = 0
    for more in ({}, {"axis": 1}, {"base": 2}, {"axis": 1, "keepdims": True}, {"axis": -1}):
        want = scipy_distance.jensenshannon(p, q, **more)
        got = distance.jensenshannon(p, q, **more)
        assert_allclose(got, want, rtol=1e-12)
        assert got.shape == want.shape
    assert_allclose(distance.jensenshannon([1, 0], [0, 1], 2), 1)
    assert_allclose(
        distance.jensenshannon([0.5, 0.5], [0.1, 0.9]), pdist([[5, 5], [1, 9]], "jensenshannon")[0]
    )
    assert distance.jensenshannon([-1, 2], [3, 4]) == np.inf
    assert np.isnan(distance.jensenshannon([0, 0], [3, 4]))
    assert distance.jensenshannon(np.float32([1, 2]), np.float32([2, 1])).dtype == np.float32
    with pytest.raises(
        ValueError,
        match=r"`p` has shape \(3,\) and `q` has shape \(2,\), which cannot be broadcast",
    ):
        distance.jensenshannon([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="`base`"):
        distance.jensenshannon([1], [1], base=2j)
    each = distance.jensenshannon([1, 0], [0, 1], base=[2, 4])
    assert_allclose(each, scipy_distance.jensenshannon([1, 0], [0, 1], base=[2, 4]))


def test_jensen_shannon_of_close_distributions_keeps_its_digits():
    """For a small shift s of p the divergence is s^2/8 (1/p + 1/(1-p)); SciPy loses it."""
    for s in (1e-3, 1e-6, 1e-9):
        p = 0.3
        got = distance.jensenshannon([p, 1 - p], [p + s, 1 - p - s])
        assert_allclose(got, s * np.sqrt((1 / p + 1 / (1 - p)) / 8), rtol=2 * s / p + 1e-6)


def test_hamming_compares_anything():
    assert distance.hamming(["a", "b"], ["a", "c"]) == 0.5
    assert distance.hamming([1, None], [1, None]) == 0
    assert np.isnan(distance.hamming([], []))


@pytest.mark.parametrize("name", [*NUMBERS, "dice", "jaccard", "russellrao", "sokalsneath", "yule"])
def test_errors_teach(name):
    function = getattr(distance, name)
    for u, v in (([[1, 2]], [[1, 2]]), (1, 2), ([1, 2], [1, 2, 3]), ([1], [1, 2, 3])):
        with pytest.raises(ValueError, match="`u`"):
            function(u, v)
    for w in ([1], [[1, 1]], [-1, 1], [np.nan, 1]):
        with pytest.raises(ValueError, match="w"):
            function([1, 0], [1, 1], w=w)
    if name != "hamming":
        for bad in (["a", "b"], [{}, 1], [[1], [2, 3]]):
            with pytest.raises(ValueError, match="`u`"):
                function(bad, [1, 2])
    if name in ("cosine", "correlation", "canberra", "braycurtis"):
        with pytest.raises(TypeError, match="real"):
            function([1j, 2], [1, 2])


@pytest.mark.parametrize("name", ["cosine", "correlation"])
def test_one_pair_rounds_as_in_a_table(name):
    """1 - a.b of nearly parallel vectors has lost three digits: only equal steps keep it equal."""
    for seed in range(200):
        rng = np.random.default_rng(seed)
        u = rng.normal(size=2 + seed % 9)
        v = u + rng.normal(size=len(u)) * 10 ** -rng.uniform(0, 2)
        assert getattr(distance, name)(u, v) == pdist([u, v], name)[0]
