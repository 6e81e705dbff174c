"""Seven seedings: their draws, their promises, their success rates."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster import vq as scipy_vq
from scipy.spatial.distance import cdist

from clusterlib import datasets
from clusterlib.vq import seeding
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.seeding import SEEDINGS

STEPS = {
    "++": seeding.plus_plus_steps,
    "greedy ++": seeding.greedy_steps,
    "maximin": seeding.maximin_steps,
}
ONE_BY_ONE = list(STEPS)
NAMES = ["gaussian", "partition", "points", "maximin", "++", "greedy ++", "||"]
SETS = {
    "S1": lambda: datasets.s_set(1),
    "S2": lambda: datasets.s_set(2),
    "S3": lambda: datasets.s_set(3),
    "S4": lambda: datasets.s_set(4),
    "U": datasets.unbalanced,
    "D32": datasets.d32,
}


def cloud(n=60, d=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


# ---------------------------------------------------------------- SciPy's draws


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("shape", [(40, 3), (40, 1), (5, 9)])
@pytest.mark.parametrize(
    ("name", "theirs"),
    [("gaussian", "_krandinit"), ("points", "_kpoints"), ("++", "_kpp")],
)
def test_draw_for_draw_as_scipy(name, theirs, shape, legacy):
    X = cloud(*shape)
    for seed in range(20):
        ours, other = (
            np.random.RandomState(seed) if legacy else np.random.default_rng(seed) for _ in range(2)
        )
        k = 1 + seed % 5
        C = SEEDINGS[name](X, k, ours)
        want = getattr(scipy_vq, theirs)(X, k, other, np)
        assert C.shape == want.shape and C.dtype == want.dtype
        assert_allclose(C, want, rtol=1e-12)
        assert ours.uniform() == other.uniform()  # as many numbers were used


# ---------------------------------------------------------------- all of them


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 10**6), n=st.integers(1, 30))
def test_shape_repeatability_and_input(name, seed, n):
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 4, (n, 2)).astype(float) if seed % 2 else rng.normal(size=(n, 2))
    X.flags.writeable = False
    k = 1 + seed % n
    C = SEEDINGS[name](X, k, seed)
    assert C.shape == (k, 2) and C.dtype == float
    assert_array_equal(C, SEEDINGS[name](X, k, np.random.default_rng(seed)))
    if name not in ("gaussian", "partition"):
        assert (cdist(C, X).min(axis=1) == 0).all()


@pytest.mark.parametrize("name", ["points", "maximin", "++", "greedy ++", "||"])
def test_k_of_n_distinct_observations_takes_them_all(name):
    X = cloud(12)
    assert_array_equal(np.unique(SEEDINGS[name](X, 12, 3), axis=0), np.unique(X, axis=0))


@pytest.mark.parametrize("name", NAMES)
def test_equal_observations_are_no_trouble(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n in (1, 5):
            assert_allclose(SEEDINGS[name](np.full((n, 3), 7.5), n, 0), 7.5)


@pytest.mark.parametrize("name", NAMES)
def test_bad_arguments_are_named(name):
    X, seed = cloud(6), SEEDINGS[name]
    for bad, word in ((X[0], "`X`"), (X * np.nan, "`X`"), (X[:0], "`X`")):
        with pytest.raises(ValueError, match=word):
            seed(bad, 2, 0)
    for k in (0, -1, 2.5):
        with pytest.raises(ValueError, match="`k`"):
            seed(X, k, 0)
    if name != "gaussian":
        with pytest.raises(ValueError, match="only 6 observations"):
            seed(X, 7, 0)
    with pytest.raises((TypeError, ValueError), match="`rng`"):
        seed(X, 2, "dice")


def test_the_distributions_are_what_they_say():
    X = cloud(400, 2) @ np.array([[2.0, 1.0], [0.0, 0.5]]) + 5
    C = seeding.gaussian(X, 40000, 1)
    assert_allclose(C.mean(axis=0), X.mean(axis=0), atol=0.05)
    assert_allclose(np.cov(C.T), np.cov(X.T), rtol=0.05, atol=0.05)
    flat = np.column_stack([X[:, 0], 2 * X[:, 0]])  # no Cholesky factor
    C = seeding.gaussian(flat, 100, 1)
    assert_allclose(C[:, 1], 2 * C[:, 0], atol=1e-6)
    C = seeding.partition(X, 3, 1)
    assert cdist(C, X.mean(axis=0)[None]).max() < 0.5


# ---------------------------------------------------------------- one by one


@pytest.mark.parametrize("name", ONE_BY_ONE)
@pytest.mark.parametrize("offset", [0.0, 1e8])
def test_the_steps_are_the_answer(name, offset):
    """The weights shown are the squared distances to what was chosen before."""
    X = cloud(80) + offset
    chosen = []
    for step in STEPS[name](X, 7, 5):
        if chosen:
            want = cdist(X, X[chosen], "sqeuclidean").min(axis=1)
            assert_allclose(step.weights, want, rtol=1e-7, atol=1e-7 * want.max())
            assert (step.weights[chosen] == 0).all()
        else:
            assert_array_equal(step.weights, 1)
        assert step.chosen[0] in step.candidates
        chosen.append(int(step.chosen[0]))
    assert_array_equal(SEEDINGS[name](X, 7, 5), X[chosen])


def test_maximin_takes_the_farthest_and_greedy_the_best():
    X = cloud(50)
    for step in list(seeding.maximin_steps(X, 6, 0))[1:]:
        assert step.weights[step.chosen[0]] == step.weights.max()
    steps = list(seeding.greedy_steps(X, 6, 0))[1:]
    assert {len(step.candidates) for step in steps} == {2 + int(np.log(6))}
    for step in steps:
        left = np.minimum(step.weights, cdist(X[step.candidates], X, "sqeuclidean")).sum(axis=1)
        assert step.chosen[0] == step.candidates[left.argmin()]


def test_greedy_distances_of_near_duplicates():
    """A matrix product would call these points equal."""
    X = np.repeat(cloud(30), 2, axis=0)
    X[::2] += 1e-9
    x = np.ascontiguousarray(X.T)
    x2 = np.vstack([x, (x * x).sum(axis=0), np.ones(60)])
    got = seeding._squares_of_many(x2, np.arange(60), np.empty((60, 60)))
    assert_allclose(got, cdist(X, X, "sqeuclidean"), rtol=1e-8)


def test_parallel_rounds():
    X = cloud(3000, 2)
    rounds = list(seeding.parallel_steps(X, 20, 4))
    assert len(rounds) == 6 and len(rounds[0].chosen) == 1
    sizes = [len(r.chosen) for r in rounds[1:]]
    assert 20 < np.mean(sizes) < 60  # about 2k = 40 each
    seen = np.concatenate([r.chosen for r in rounds[:3]])
    assert_allclose(rounds[3].weights, cdist(X, X[seen], "sqeuclidean").min(axis=1), atol=1e-12)
    C = seeding.parallel(X, 20, 4)
    found = X[np.concatenate([r.chosen for r in rounds])]
    assert (cdist(C, found).min(axis=1) == 0).all()


def test_huge_and_tiny_numbers():
    X = cloud(40)
    for name in ONE_BY_ONE:
        for scale in (2.0**900, 2.0**-900):
            assert_array_equal(SEEDINGS[name](X * scale, 5, 1), SEEDINGS[name](X, 5, 1) * scale)


# ---------------------------------------------------------------- numbers of the book


def test_five_points_on_a_line():
    X = np.array([[0.0], [1], [3], [7], [12]])
    D = cdist(X, X, "sqeuclidean")
    cost = np.minimum(D[:, None], D[None]).sum(axis=2)
    weights = {}
    for seed in range(60):
        first, second = seeding.plus_plus_steps(X, 2, seed)
        weights[int(first.chosen[0])] = second.weights
    assert_allclose(weights[0] / weights[0].sum(), np.array([0, 1, 9, 49, 144]) / 203)
    expected = np.mean([weights[i] @ cost[i] / weights[i].sum() for i in range(5)])
    assert_allclose(expected, 38.5838882760, rtol=1e-11)
    off = ~np.eye(5, dtype=bool)
    assert cost[off].mean() == 65.5
    best = min(lloyd(X, X[[i, j]]).sse for i in range(5) for j in range(5) if i != j)
    assert_allclose(best, 17.1666666667, rtol=1e-11)


def test_draws_follow_the_weights():
    """Of many seeds, the second choice after point 0 falls as 1 : 9 : 49 : 144."""
    X = np.array([[0.0], [1], [3], [7], [12]])
    picks = [[int(s.chosen[0]) for s in seeding.plus_plus_steps(X, 2, r)] for r in range(3000)]
    after = np.array([second for first, second in picks if first == 0])
    share = np.bincount(after, minlength=5) / len(after)
    expected = np.array([0, 1, 9, 49, 144]) / 203
    assert (abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / len(after))).all()


def centroid_index(A, B):
    """Return how many centres of one set attract none of the other (the larger count)."""
    D = cdist(A, B)
    return max(len(B) - len(set(D.argmin(axis=1))), len(A) - len(set(D.argmin(axis=0))))


RATES = {  # success of 300 single runs in per cent, in the order of NAMES
    "S1": [0.7, 0.0, 0.0, 100.0, 27.0, 96.3, 36.3],
    "S2": [5.3, 2.0, 4.7, 57.0, 18.0, 62.0, 19.0],
    "S3": [14.0, 34.0, 9.0, 38.3, 21.3, 45.0, 17.7],
    "S4": [28.3, 55.3, 15.7, 37.0, 33.0, 49.3, 31.3],
    "U": [0.0, 0.0, 0.0, 100.0, 40.7, 95.7, 45.7],
    "D32": [0.0, 0.0, 0.3, 100.0, 77.3, 100.0, 81.0],
}
COSTS = {  # seeding cost over the cost of the true centres
    "S1": [28.83, 127.70, 17.64, 4.17, 4.15, 1.92, 3.76],
    "S2": [9.75, 43.04, 6.23, 3.63, 2.80, 1.89, 2.74],
    "S3": [5.43, 23.84, 3.71, 2.86, 2.22, 1.67, 2.12],
    "S4": [3.87, 16.89, 2.81, 2.44, 1.88, 1.47, 1.82],
    "U": [90.40, 183.20, 77.86, 4.92, 3.66, 1.84, 3.40],
    "D32": [171.10, 163.83, 97.40, 2.20, 5.79, 1.94, 5.25],
}
RUNS = 60


@pytest.mark.parametrize("which", list(SETS))
def test_success_rates(which):
    """With fewer runs: within 3 standard deviations of a difference of two rates."""
    data = SETS[which]()
    X, truth = np.asarray(data.X), np.asarray(data.centres)
    for name, rate, cost in zip(NAMES, RATES[which], COSTS[which]):
        hits, costs = [], []
        for r in range(RUNS):
            C = SEEDINGS[name](X, len(truth), np.random.default_rng([7, r]))
            costs.append((cdist(X, C, "sqeuclidean").min(axis=1)).sum())
            hits.append(centroid_index(lloyd(X, C).C, truth) == 0)
        p = (300 * rate / 100 + sum(hits)) / (300 + RUNS)
        band = 3 * np.sqrt(p * (1 - p) * (1 / 300 + 1 / RUNS)) + 1e-9
        assert abs(np.mean(hits) - rate / 100) <= band, (name, np.mean(hits))
        ratio = np.array(costs) / cdist(X, truth, "sqeuclidean").min(axis=1).sum()
        spread = 4 * ratio.std() / np.sqrt(RUNS) + 0.02 * cost
        assert abs(ratio.mean() - cost) <= spread, (name, ratio.mean())
