"""Lloyd's algorithm: SciPy's results, and what must hold without an oracle."""

import inspect
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from oracles import groups
from scipy.cluster import vq as scipy_vq

from clusterlib import datasets
from clusterlib.vq.lloyd import (
    ClusterError,
    kmeans,
    kmeans2,
    lloyd,
    lloyd_steps,
    means,
)
from clusterlib.vq.nearest import vq
from clusterlib.vq.seeding import SEEDINGS

BOX = np.array([[0.0, 0], [0, 1], [1, 1], [1, 0]])


def quiet(function, *args, **kwargs):
    """Call a function whose warnings are not the point here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*args, **kwargs)


def cloud(n=120, d=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) + 3 * rng.integers(0, 3, (n, 1))


@st.composite
def problems(draw, most_features=4):
    """Draw observations and starting code words, tied in half of the cases."""
    n, d = draw(st.integers(2, 40)), draw(st.integers(1, most_features))
    k = draw(st.integers(1, min(n, 6)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X = rng.integers(0, 4, (n, d)).astype(float) if draw(st.booleans()) else rng.normal(size=(n, d))
    return X, X[rng.choice(n, k, replace=False)] + draw(st.sampled_from([0.0, 0.3, 9.0]))


# ---------------------------------------------------------------- SciPy's results


@settings(max_examples=80, deadline=None)
@given(problem=problems(), iterations=st.integers(1, 12))
def test_kmeans2_is_scipys_bit_for_bit(problem, iterations):
    X, C = problem
    ours = quiet(kmeans2, X, C, iter=iterations)
    theirs = quiet(scipy_vq.kmeans2, X, C, iter=iterations, minit="matrix")
    for a, b in zip(ours, theirs):
        assert a.dtype == b.dtype
        assert_array_equal(a, b)


@settings(max_examples=80, deadline=None)
@given(problem=problems(), thresh=st.sampled_from([1e-5, 0.0, 0.3]))
def test_kmeans_is_scipys_book_with_its_own_distortion(problem, thresh):
    X, C = problem
    assume(C.size > 1)  # SciPy takes one number for k
    book, distortion = kmeans(X, C, thresh=thresh)
    theirs, before = scipy_vq.kmeans(X, C, thresh=thresh)
    assert_allclose(book, theirs, rtol=1e-13, atol=1e-15)
    assert_allclose(distortion, scipy_vq.vq(X, book)[1].mean(), rtol=1e-13, atol=1e-15)
    if thresh == 0:
        assert_allclose(distortion, before, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("kind", ["rng", "seed", "RandomState", "global"])
@pytest.mark.parametrize("d", [0, 1, 3, 7])
def test_the_same_random_streams(kind, d):
    X = cloud(d=d) if d else cloud()[:, 0]
    for seed in range(4):

        def keyword(seed=seed):
            if kind == "global":
                np.random.seed(seed)
                return {}
            return {
                "rng": {"rng": np.random.default_rng(seed)},
                "seed": {"seed": seed},
                "RandomState": {"seed": np.random.RandomState(seed)},
            }[kind]

        for minit in ("random", "points", "++"):
            for a, b in zip(
                quiet(kmeans2, X, 4, minit=minit, **keyword()),
                quiet(scipy_vq.kmeans2, X, 4, minit=minit, **keyword()),
            ):
                assert_allclose(a, b, rtol=1e-12)
        for a, b in zip(
            kmeans(X, 3, iter=4, thresh=0, **keyword()),
            scipy_vq.kmeans(X, 3, iter=4, thresh=0, **keyword()),
        ):
            assert_allclose(a, b, rtol=1e-12)


@pytest.mark.parametrize("dtypes", [("f4", "f4"), ("f4", "f8"), ("f8", "f4")])
def test_float32_stays(dtypes):
    X, C = cloud().astype(dtypes[0]), cloud()[:4].astype(dtypes[1])
    for ours, theirs in ((kmeans2, scipy_vq.kmeans2), (kmeans, scipy_vq.kmeans)):
        for a, b in zip(ours(X, C), theirs(X, C)):
            assert a.dtype == b.dtype
            assert_allclose(a, b, rtol=1e-4)
    for minit in ("random", "points", "++"):
        a, b = (quiet(f, X, 3, minit=minit, rng=1) for f in (kmeans2, scipy_vq.kmeans2))
        assert a[0].dtype == b[0].dtype
        assert_allclose(a[0], b[0], rtol=1e-4)


def test_signatures_begin_as_scipys():
    for ours, theirs in ((kmeans, scipy_vq.kmeans), (kmeans2, scipy_vq.kmeans2)):
        mine, other = (
            [(p.name, p.kind, p.default) for p in inspect.signature(f).parameters.values()]
            for f in (ours, theirs)
        )
        assert mine[: len(other)] == other
        assert [p[0] for p in mine[len(other) :]] == ["progress"]


def test_random_arguments():
    X = cloud()
    for function in (kmeans, kmeans2):
        with pytest.raises(TypeError, match="both"):
            function(X, 2, rng=1, seed=1)
        with pytest.raises(TypeError, match="`rng`"):
            function(X, 2, rng="dice")
        with pytest.raises(ValueError, match="`rng`"):
            function(X, 2, rng=-1)
        for bad in ("dice", -1, 2**32):
            with pytest.raises(ValueError, match="`seed`"):
                function(X, 2, seed=bad)
        before = np.random.get_state()[1].copy()
        quiet(function, X, 2, rng=1)
        assert_array_equal(np.random.get_state()[1], before)
        assert len({quiet(function, X, 2, iter=1, rng=None)[0].tobytes() for _ in range(9)}) > 1


# ---------------------------------------------------------------- numbers of the book


def test_the_first_example_of_the_article():
    X = datasets.clouds().X
    C, labels = kmeans2(X, X[[0, 1, 2]], iter=30)
    order = C[:, 0].argsort()
    assert_allclose(
        C[order],
        [[-0.35770296, 5.31342524], [2.32210289, -0.50551972], [6.17653859, 4.16719247]],
        atol=1e-8,
    )
    assert_array_equal(np.bincount(labels)[order], [52, 27, 21])
    assert_allclose(vq(X, C)[1].mean(), 1.67590269, atol=1e-8)
    sse = [s.sse for s in lloyd_steps(X, X[:3]) if s.step == "assign"][1:6]
    assert_allclose(sse[:4], [439.111449, 359.286085, 344.593836, 341.371874], atol=1e-6)
    optima = [
        round(lloyd(X, X[np.random.default_rng(r).choice(100, 3, False)]).sse, 4) for r in range(60)
    ]
    assert set(optima) <= {341.3719, 341.4205, 721.3416, 721.7056}
    assert min(optima) == 341.3719


def test_the_first_example_on_the_global_state():
    """As the article ran it: one stream for data, shuffle and start."""
    np.random.seed(12345678)
    z = np.concatenate(
        [
            np.random.multivariate_normal(mean, cov, n)
            for mean, cov, n in (
                ([0, 6], [[2, 1], [1, 1.5]], 45),
                ([2, 0], [[1, -1], [-1, 3]], 30),
                ([6, 4], [[5, 0], [0, 1.2]], 25),
            )
        ]
    )
    np.random.shuffle(z)
    assert_allclose(z[0], [1.43331826, 5.84905422], atol=1e-8)
    state = np.random.get_state()
    ours = kmeans2(z, 3, minit="points")
    np.random.set_state(state)
    theirs = scipy_vq.kmeans2(z, 3, minit="points")
    assert_array_equal(ours[0], theirs[0])
    assert_array_equal(ours[1], theirs[1])
    assert_array_equal(np.sort(np.bincount(ours[1])), [21, 27, 52])


def test_hand_trace_of_six_points():
    X = np.array([[0.0, 0], [2, 0], [0, 2], [5, 4], [7, 6], [4, 2]])
    states = list(lloyd_steps(X, X[:2]))
    assert [s.step for s in states] == ["assign", "move"] * 2 + ["assign"]
    assert_allclose([s.sse for s in states], [98, 35, 24.75, 18, 18])
    assert_array_equal(states[0].labels, [0, 1, 0, 1, 1, 1])
    assert_array_equal(states[2].labels, [0, 0, 0, 1, 1, 1])
    assert_allclose(states[1].C, [[0, 1], [4.5, 3]])
    assert_allclose(states[3].C, [[2 / 3, 2 / 3], [16 / 3, 4]])
    assert [s.iteration for s in states] == [1, 1, 2, 2, 3]


def test_whitened_features():
    F = [
        [1.9, 2.3],
        [1.5, 2.5],
        [0.8, 0.6],
        [0.4, 1.8],
        [0.1, 0.1],
        [0.2, 1.8],
        [2, 0.5],
        [0.3, 1.5],
    ]
    W = np.array([*F, [1, 1]]) / np.std([*F, [1, 1]], axis=0)
    book, distortion = kmeans(W, W[[0, 2]])
    assert_allclose(book, [[2.45121811, 3.03653641], [0.98872663, 1.31944737]], atol=1e-8)
    assert_allclose(distortion, 0.9088234962, atol=1e-10)


def test_iris():
    X = datasets.iris().X
    best = {1: 681.3706, 2: 152.347952, 3: 78.851441, 4: 57.228473}
    for k, sse in best.items():
        found = [lloyd(X, SEEDINGS["++"](X, k, r)).sse for r in range(60)]
        assert_allclose(min(found), sse, rtol=1e-6)
    found = {round(lloyd(X, SEEDINGS["++"](X, 3, r)).sse, 4) for r in range(60)}
    assert {78.8514, 78.8557} <= found <= {78.8514, 78.8557, 142.7535, 142.7541, 145.4527}
    book, distortion = kmeans(X, X[[0, 50, 100]])
    assert_allclose(distortion, 0.6480304905, atol=1e-10)
    assert_allclose(
        book[book[:, 0].argsort()],
        [
            [5.006, 3.428, 1.462, 0.246],
            [5.901613, 2.748387, 4.393548, 1.433871],
            [6.85, 3.073684, 5.742105, 2.071053],
        ],
        atol=1e-6,
    )


def test_lloyd_never_beats_the_exact_optimum():
    """One-dimensional k-means by dynamic programming."""
    x = np.sort(datasets.iris().X[:, 2])
    exact = [464.3254, 67.603731, 24.516431, 12.577511, 8.695216, 5.904896, 4.244064, 3.377803]
    rng = np.random.default_rng(0)
    for k, sse in enumerate(exact, start=1):
        found = [lloyd(x[:, None], rng.choice(x, (k, 1), replace=False)).sse for _ in range(15)]
        assert min(found) >= sse * (1 - 1e-6)


@pytest.mark.parametrize("a", [4.0, 10.0])
def test_the_rectangle_trap(a):
    X = np.array([[0, 0], [0, 1], [a, 0], [a, 1]])
    trapped = lloyd(X, [[a / 2, 0], [a / 2, 1]])
    assert trapped.sse == a * a and trapped.iteration == 2
    assert lloyd(X, [[0, 0.5], [a, 0.5]]).sse == 1


def test_empty_clusters():
    guess = np.array([[0.0, 0], [1, 1], [100, 100]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book, distortion = kmeans(BOX, guess)
        assert_allclose(book, [[1 / 3, 1 / 3], [1, 1]])
        assert_allclose(distortion, 0.4905291264, atol=1e-10)
        with pytest.raises(ClusterError, match="empty"):
            kmeans2(BOX, guess, missing="raise")
    with pytest.warns(UserWarning, match="One of the clusters is empty") as seen:
        book, _ = kmeans2(BOX, guess, minit="matrix")
    assert {w.filename for w in seen} == {__file__}
    assert_allclose(book[2], 100)
    assert_array_equal(guess[2], 100)


# ---------------------------------------------------------------- what must hold


@settings(max_examples=80, deadline=None)
@given(problem=problems(most_features=7), empty=st.sampled_from(["keep", "drop", "farthest"]))
def test_the_sum_of_squares_never_rises_and_ends_at_means(problem, empty):
    X, C = problem
    states = list(lloyd_steps(X, C, empty=empty))
    sse = np.array([s.sse for s in states])
    assert (np.diff(sse) <= 1e-12 * (1 + sse[:-1])).all()
    for s in states:
        assert_array_equal(s.empty, np.bincount(s.labels, minlength=len(s.C)) == 0)
    end = states[-1]
    assert end.step == "assign"
    assert_array_equal(end.labels, vq(X, end.C)[0])
    for j in np.flatnonzero(~end.empty):
        assert_allclose(end.C[j], X[end.labels == j].mean(axis=0), atol=1e-12)
    assert not (empty == "drop" and end.empty.any() and len(states) > 2 and states[-2].empty.any())


@settings(max_examples=40, deadline=None)
@given(problem=problems(), seed=st.integers(0, 99))
def test_order_scale_and_shift(problem, seed):
    X, C = problem
    rng = np.random.default_rng(seed)
    X = X + 1e-3 * rng.normal(size=X.shape)  # no ties: they would be broken by rounding
    end = lloyd(X, C)
    rows, words = rng.permutation(len(X)), rng.permutation(len(C))
    other = lloyd(X[rows], C[words])
    assert_allclose(other.sse, end.sse, rtol=1e-9)
    assert groups(end.labels[rows]) == groups(other.labels)
    assert_array_equal(lloyd(X * 8, C * 8).labels, end.labels)
    assert_allclose(lloyd(X * 8, C * 8).sse, 64 * end.sse)


@settings(max_examples=40, deadline=None)
@given(problem=problems(), seed=st.integers(0, 99))
def test_weights_count_as_repetition(problem, seed):
    X, C = problem
    weights = np.random.default_rng(seed).integers(0, 4, len(X))
    weights[0] = 1
    a, b = lloyd(X, C, weights=weights), lloyd(np.repeat(X, weights, axis=0), C)
    assert_allclose(a.C, b.C, atol=1e-12)
    assert_allclose(a.sse, b.sse, atol=1e-10)
    assert_array_equal(np.repeat(a.labels, weights), b.labels)
    assert_array_equal(a.empty, b.empty)


def test_farthest_fills_every_cell():
    X = cloud()
    end = lloyd(X, np.full((6, 3), 500.0) + np.arange(6)[:, None], empty="farthest")
    assert not end.empty.any() and len(end.C) == 6


def test_max_iter_limits_the_moves():
    X = cloud()
    for moves in (0, 1, 3):
        end = lloyd(X, X[:5], max_iter=moves)
        assert end.step == "assign" and end.iteration == moves + 1
        if moves:
            assert_array_equal(end.C, kmeans2(X, X[:5], iter=moves)[0])
        assert_array_equal(end.labels, vq(X, end.C)[0])


def test_means():
    X, labels = cloud(50), np.arange(50) % 4
    C = means(X, labels, 5)
    for j in range(4):
        assert_allclose(C[j], X[labels == j].mean(axis=0))
    assert np.isnan(C[4]).all()


def test_restarts_choose_by_the_distortion_they_return():
    """scipy#24069: of several runs the best by its own codebook, not by the one before."""
    rows = [[8.0, 0, 0], *[[0.0, 1, 1]] * 51, [0.0, 1, 0]]
    X = np.array(rows) + 1e-5
    for seed in range(10):
        book, distortion = kmeans(X, 3, rng=seed, thresh=1e3)
        assert_allclose(distortion, vq(X, book)[1].mean(), atol=1e-15)
        rng = np.random.default_rng(seed)
        singles = [kmeans(X, 3, iter=1, rng=rng, thresh=1e3)[1] for _ in range(20)]
        assert distortion == min(singles)


def test_progress_is_reported():
    seen = []
    kmeans(cloud(), 3, iter=4, rng=0, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    seen.clear()
    kmeans2(cloud(), cloud()[:9], iter=3, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kmeans(cloud(), 3, rng=0, progress=stop)


def test_more_starts_than_scipys():
    X = datasets.s_set(1).X
    for minit in ("maximin", "greedy ++", "||", "partition"):
        C, labels = quiet(kmeans2, X, 15, minit=minit, rng=0)
        assert C.shape == (15, 2) and len(labels) == len(X)


# ---------------------------------------------------------------- odd and bad input


def test_whole_numbers_and_half_precision_are_widened():
    X = np.random.default_rng(0).integers(0, 50, (40, 3))
    want = kmeans2(X.astype(float), X[:4].astype(float))
    for dtype in (np.int64, np.uint8, np.int16):
        got = kmeans2(X.astype(dtype), X[:4].astype(dtype))
        assert_array_equal(got[0], want[0])
        assert_array_equal(got[1], want[1])
    assert kmeans2(X.astype(np.float16), X[:4].astype(np.float16))[0].dtype == np.float32
    assert_allclose(kmeans(X.tolist(), X[:4].tolist())[0], kmeans(X.astype(float), X[:4])[0])


def test_one_code_word_of_one_feature():
    for f in (kmeans, kmeans2):
        assert_allclose(f(BOX[:, :1], [[0.3]])[0], [[0.5]])
        assert_allclose(f(BOX[:, 0], [0.3])[0], [0.5])


def test_degenerate_starts():
    same = np.ones((5, 2))
    for minit in ("random", "points", "++"):
        with pytest.warns(UserWarning, match="empty"):
            C, labels = kmeans2(same, 2, minit=minit, rng=0)
        assert_allclose(C, 1)
        assert_array_equal(labels, 0)
        assert_allclose(kmeans2(same[:1], 1, minit=minit, rng=0)[0], 1)


@pytest.mark.parametrize("scale", [2.0**900, 2.0**-900])
def test_huge_and_tiny_numbers(scale):
    X = cloud()
    for minit in ("random", "points", "++"):
        a, b = (
            quiet(kmeans2, X, 3, minit=minit, rng=0),
            quiet(kmeans2, X * scale, 3, minit=minit, rng=0),
        )
        assert_allclose(b[0] / scale, a[0])
        assert_array_equal(a[1], b[1])
    a, b = kmeans(X, X[:3], thresh=0), kmeans(X * scale, X[:3] * scale, thresh=0)
    assert_allclose(b[0] / scale, a[0])
    assert_allclose(b[1] / scale, a[1])
    with pytest.raises(ValueError, match="range"):
        lloyd(X * scale, X[:3] * scale)


def test_thresholds():
    x = np.array([1.0, 2, 3, 4, 10])
    for thresh in (1e16, np.inf):
        book, distortion = kmeans(x, 1, thresh=thresh)
        assert_allclose(book, [4])
        assert_allclose(distortion, 2.4)
    for bad in (-1, np.nan):
        with pytest.raises(ValueError, match="thresh"):
            kmeans(x, 1, thresh=bad)


@pytest.mark.parametrize("function", [kmeans, kmeans2])
@pytest.mark.parametrize(
    ("X", "k", "error", "word"),
    [
        (BOX, 0, ValueError, "k"),
        (BOX, -1, ValueError, "k"),
        (BOX, [], ValueError, "k"),
        (BOX, np.zeros((2, 3)), ValueError, "shape"),
        (BOX, np.zeros(2), ValueError, "shape"),
        (BOX, [[np.nan, 1]], ValueError, "finite"),
        (BOX, None, TypeError, "k"),
        (BOX, "2", TypeError, "k"),
        (BOX, 2j, TypeError, "k"),
        (BOX * np.nan, 2, ValueError, "finite"),
        (np.zeros((0, 2)), 2, ValueError, "empty"),
        (BOX[None], 2, ValueError, "dimension"),
        (BOX + 0j, 2, TypeError, "complex"),
    ],
)
def test_bad_input_is_named(function, X, k, error, word):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(error, match=word):
            function(X, k)


def test_bad_words_and_counts():
    for minit in ("points", "++"):
        with pytest.raises(ValueError, match="only 4 observations"):
            kmeans2(BOX, 5, minit=minit)
    with pytest.raises(ValueError, match="only 4 observations"):
        kmeans(BOX, 5)
    with pytest.raises(ValueError, match="whole number"):
        kmeans(BOX, 2.5)
    with pytest.warns(UserWarning, match="converted") as seen:
        assert len(kmeans2(BOX, 2.5, minit="points", rng=0)[0]) == 2
    assert seen[0].filename == __file__
    for f in (kmeans, kmeans2):
        with pytest.raises(ValueError, match="iter"):
            f(BOX, 2, iter=0)
    with pytest.raises(ValueError, match=r"'random'.*'\+\+'"):
        kmeans2(BOX, 2, minit="best")
    with pytest.raises(ValueError, match="'warn', 'raise'"):
        kmeans2(BOX, 2, missing="ignore")
    with pytest.raises(ValueError, match="shape"):
        kmeans2(BOX, 1, minit="matrix")
    with pytest.raises(ValueError, match="'keep', 'drop', 'farthest', 'raise'"):
        lloyd(BOX, BOX[:2], empty="refill")
    for weights in ([1, 1, 1], [1, 1, 1, -1], [0, 0, 0, 0], [1, 1, 1, np.nan]):
        with pytest.raises(ValueError, match="weights"):
            lloyd(BOX, BOX[:2], weights=weights)
    with pytest.raises(ClusterError):
        lloyd(BOX, [[0, 0], [50, 50]], empty="raise")


def test_unchecked_numbers_end():
    X = BOX.copy()
    X[0] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        kmeans(X, BOX[:2], check_finite=False)
        quiet(kmeans2, X, BOX[:2], check_finite=False)


def test_inputs_stay_as_they_are_and_threads_agree():
    for order in "CF":
        X = np.asarray(cloud(2000, 6), order=order)
        C = X[:9].copy()
        keep = X.copy(), C.copy()
        X.flags.writeable = C.flags.writeable = False
        with ThreadPoolExecutor(8) as pool:
            runs = list(pool.map(lambda _, X=X, C=C: (*kmeans2(X, C), *kmeans(X, C)), range(8)))
        for run in runs[1:]:
            for a, b in zip(run, runs[0]):
                assert_array_equal(a, b)
        assert_array_equal(X, keep[0])
        assert_array_equal(C, keep[1])


@pytest.mark.parametrize("name", ["kmeans", "kmeans2"])
def test_a_ragged_guess_is_named(name):
    function, argument = {"kmeans": (kmeans, "k_or_guess"), "kmeans2": (kmeans2, "k")}[name]
    with pytest.raises(ValueError, match=f"`{argument}` is not a rectangular"):
        function(np.eye(3), [[1.0], [1.0, 2.0]])
