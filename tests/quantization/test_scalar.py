"""Scalar quantizers against published tables (Max 1960, Gish and Pierce 1968), and exact optima."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from clusterlib import datasets
from clusterlib.quantization import scalar
from clusterlib.quantization.information import (
    gaussian_distortion_rate,
    psnr,
    snr_db,
)

few = settings(max_examples=60, deadline=None)

MAX_GAUSSIAN = {
    1: (1.000000000, 0.000000), 2: (0.363380228, 1.000000), 3: (0.190174039, 1.535789),
    4: (0.117481848, 1.911099), 5: (0.079941127, 2.202916), 6: (0.057977654, 2.442789),
    7: (0.044000382, 2.646931), 8: (0.034547761, 2.824865), 9: (0.027853261, 2.982695),
    10: (0.022937053, 3.124584), 11: (0.019219508, 3.253506), 12: (0.016339658, 3.371666),
    13: (0.014063056, 3.480744), 14: (0.012232000, 3.582050), 15: (0.010737211, 3.676630),
    16: (0.009501008, 3.765328), 32: (0.002504668, 4.729784), 64: (0.00064423967, 5.710078),
    128: (0.00016347823, 6.699583), 256: (0.00004118508, 7.694119),
}  # fmt: skip
MAX_UNIFORM = {
    2: (1.595769, 0.36338023, 1.000000), 3: (1.224006, 0.19017404, 1.535789),
    4: (0.995687, 0.11884605, 1.903730), 5: (0.842986, 0.08217766, 2.183127),
    6: (0.733433, 0.06065659, 2.408506), 7: (0.650770, 0.04685997, 2.597576),
    8: (0.586019, 0.03743966, 2.760570), 12: (0.423790, 0.01885329, 3.253190),
    16: (0.335201, 0.01154288, 3.602417), 32: (0.188139, 0.00349521, 4.449263),
    64: (0.104063, 0.00104005, 5.308686),
}  # fmt: skip
LAPLACE = {
    2: (0.500000000, 1.000000), 3: (0.264241118, 1.316909), 4: (0.176194881, 1.728258),
    8: (0.054475988, 2.565399), 16: (0.015372527, 3.474836), 32: (0.004102180, 4.426840),
    64: (0.001060952, 5.402099),
}  # fmt: skip
ENTROPY_CODED = [
    (0.5, 3.45617792, 0.617336654, 0.915521),
    (1, 2.42161946, 0.348338638, 1.440616),
    (2, 1.08244654, 0.0889412225, 1.532231),
    (3, 0.52243324, 0.0222388334, 1.532920),
    (4, 0.25901674, 0.00555972257, 1.532931),
]


# ------------------------------------------------------------------- laws
SCIPY_LAWS = {
    "gaussian": stats.norm(),
    "laplace": stats.laplace(scale=math.sqrt(0.5)),
    "uniform": stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)),
}


@pytest.mark.parametrize("name", scalar.LAWS)
def test_laws_are_integrals_of_their_density(name):
    law, theirs = scalar.LAWS[name], SCIPY_LAWS[name]
    x = np.linspace(-1.7, 1.7, 12)
    np.testing.assert_allclose(law.pdf(x), theirs.pdf(x))
    np.testing.assert_allclose(law.F0(x), theirs.cdf(x))
    for power, F in ((1, law.F1), (2, law.F2)):
        for a, b in itertools.pairwise(x):
            area = integrate.quad(lambda t, p=power: t**p * theirs.pdf(t), a, b, points=[0])[0]
            assert np.diff(F(np.array([a, b])))[0] == pytest.approx(area, abs=1e-12)
    ends = np.array([-law.reach, law.reach])
    assert np.diff(law.F0(ends))[0] == pytest.approx(1)
    assert np.diff(law.F1(ends))[0] == pytest.approx(0, abs=1e-12)
    assert np.diff(law.F2(ends))[0] == pytest.approx(1)


# ------------------------------------------------------------------- Lloyd-Max
@pytest.mark.parametrize("k", MAX_GAUSSIAN)
def test_gaussian_levels_have_the_table_s_distortion_and_entropy(k):
    D, H = MAX_GAUSSIAN[k]
    best = scalar.lloyd_max("gaussian", k)
    assert pytest.approx(D, abs=5.1e-10 if k < 64 else 5.1e-12) == best.D
    assert pytest.approx(H, abs=5.1e-7) == best.H
    if k > 1:
        conditions(best, "gaussian")


def conditions(best, name):
    """Check both of Lloyd's conditions to 1e-13, with cells integrated anew."""
    law = scalar.LAWS[name]
    edges = np.concatenate([[-law.reach - 1], best.thresholds, [law.reach + 1]])
    p, m = np.diff(law.F0(edges)), np.diff(law.F1(edges))
    inner = p > 1e-9
    np.testing.assert_allclose((m / p)[inner], best.levels[inner], atol=1e-9)
    mid = (best.levels[1:] + best.levels[:-1]) / 2
    np.testing.assert_allclose(best.thresholds, mid, atol=1e-13)
    assert (np.diff(best.levels) > 0).all()
    np.testing.assert_allclose(best.levels, -best.levels[::-1], atol=1e-10)


def test_gaussian_levels_are_those_of_the_table():
    eight = scalar.lloyd_max("gaussian", 8)
    np.testing.assert_allclose(
        eight.levels[4:], [0.2450942, 0.7560053, 1.3439093, 2.1519457], atol=5.1e-8
    )
    np.testing.assert_allclose(eight.thresholds[4:], [0.5005497, 1.0499573, 1.7479275], atol=5.1e-8)
    four = scalar.lloyd_max("gaussian", 4)
    np.testing.assert_allclose(four.levels[2:], [0.4527800, 1.5104176], atol=5.1e-8)
    assert pytest.approx(1 - 2 / math.pi, abs=1e-14) == scalar.lloyd_max("gaussian", 2).D


@pytest.mark.parametrize("k", LAPLACE)
def test_laplace_levels_have_the_table_s_distortion_and_entropy(k):
    D, H = LAPLACE[k]
    best = scalar.lloyd_max("laplace", k)
    assert pytest.approx(D, abs=5.1e-10) == best.D
    assert pytest.approx(H, abs=5.1e-7) == best.H
    conditions(best, "laplace")


def test_laplace_distortion_nears_its_limit():
    assert pytest.approx(4.4605, abs=5e-5) == scalar.lloyd_max("laplace", 256).D * 256**2


@pytest.mark.parametrize("k", [1, 2, 3, 7, 16, 100])
def test_a_uniform_law_is_cut_evenly(k):
    best = scalar.lloyd_max("uniform", k)
    assert pytest.approx(1 / k**2) == best.D
    assert pytest.approx(math.log2(k), abs=1e-9) == best.H


@pytest.mark.parametrize("law", scalar.LAWS)
def test_steps_never_raise_D_and_lead_to_lloyd_max(law):
    steps = scalar.lloyd_max_steps(law, [-1.5, -0.2, 0.1, 0.4, 1.3])
    trace = [state.D for state in itertools.islice(steps, 400)]
    assert (np.diff(trace) <= 1e-14).all()
    assert trace[-1] == pytest.approx(scalar.lloyd_max(law, 5).D, abs=1e-10)


def test_steps_move_one_thing_at_a_time():
    a, b, c = itertools.islice(scalar.lloyd_max_steps("gaussian", [-1, 0, 3]), 3)
    np.testing.assert_array_equal(a.thresholds, [-0.5, 1.5])
    np.testing.assert_array_equal(b.thresholds, a.thresholds)
    np.testing.assert_array_equal(c.levels, b.levels)
    theirs = stats.truncnorm(-0.5, 1.5).mean()
    assert b.levels[1] == pytest.approx(theirs)


def test_empty_cells_keep_their_level():
    states = list(itertools.islice(scalar.lloyd_max_steps("uniform", [0.0, 9.0]), 4))
    assert states[-1].levels.tolist() == [0.0, 9.0]
    assert pytest.approx(1) == states[-1].D


@few
@given(
    st.lists(st.floats(-3, 3), min_size=1, max_size=6, unique=True),
    st.sampled_from(["gaussian", "laplace", "uniform"]),
)
def test_D_is_the_error_of_coded_samples(levels, law):
    levels = sorted(levels)
    if min(np.diff(levels), default=1) < 1e-6:
        levels = levels[:1]
    quantizer = scalar.quantizer_for(law, levels)
    x = SCIPY_LAWS[law].ppf((np.arange(40000) + 0.5) / 40000)
    error = np.mean((x - quantizer.decode(quantizer.encode(x))) ** 2)
    assert pytest.approx(error, abs=2e-3) == quantizer.D


def test_numbers_on_a_threshold_take_the_lower_cell():
    quantizer = scalar.quantizer_for("gaussian", [-1, 1])
    assert quantizer.encode([-5, 0, 1e-12]).tolist() == [0, 0, 1]
    assert quantizer.decode([[0, 1]]).tolist() == [[-1, 1]]


# ------------------------------------------------------------------- uniform
@pytest.mark.parametrize("k", MAX_UNIFORM)
def test_the_best_even_step_is_that_of_the_table(k):
    step, D, H = MAX_UNIFORM[k]
    quantizer, found = scalar.best_uniform("gaussian", k)
    assert found == pytest.approx(step, abs=5.1e-7)
    assert pytest.approx(D, abs=5.1e-9) == quantizer.D
    assert pytest.approx(H, abs=5.1e-7) == quantizer.H
    assert quantizer.D >= scalar.lloyd_max("gaussian", k).D - 1e-12


@pytest.mark.parametrize("law", scalar.LAWS)
def test_no_other_step_is_better(law):
    for k in (2, 5, 8):
        quantizer, step = scalar.best_uniform(law, k)
        for other in step * np.linspace(0.5, 1.5, 21):
            levels = other * (np.arange(k) - (k - 1) / 2)
            assert scalar.quantizer_for(law, levels).D >= quantizer.D - 1e-12


@pytest.mark.parametrize(("H", "step", "D", "gap"), ENTROPY_CODED)
def test_entropy_coded_even_steps_have_the_table_s_distortion(H, step, D, gap):
    quantizer, found = scalar.entropy_coded_uniform("gaussian", H)
    assert found == pytest.approx(step, abs=5.1e-9)
    assert pytest.approx(D, rel=1.5e-9) == quantizer.D
    assert pytest.approx(H, abs=1e-10) == quantizer.H
    bound = gaussian_distortion_rate(H)
    assert 10 * math.log10(quantizer.D / bound) == pytest.approx(gap, abs=5.1e-7)


@pytest.mark.parametrize("law", scalar.LAWS)
@pytest.mark.parametrize("H", [1e-3, 0.3, 2.5, 7])
def test_entropy_coded_reaches_its_rate(law, H):
    quantizer, _ = scalar.entropy_coded_uniform(law, H)
    assert pytest.approx(H, abs=1e-9) == quantizer.H
    assert quantizer.D < 1


# ------------------------------------------------------------------- samples
def test_exact_iris_petal_length():
    sse = [464.325400, 67.603731, 24.516431, 12.577511, 8.695216, 5.904896, 4.244064, 3.377803]
    x = datasets.iris().X[:, 2]
    found = [scalar.optimal_levels(x, k).D * 150 for k in range(1, 9)]
    assert found == pytest.approx(sse, abs=5.1e-7)


@few
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9), st.integers(1, 4))
def test_exact_equals_brute_force(values, k):
    distinct = sorted(set(values))
    k = min(k, len(distinct))
    x = np.sort(np.array(values, dtype=float))

    def sse(cuts):
        return sum(((p - p.mean()) ** 2).sum() for p in np.split(x, cuts) if len(p))

    best = min(sse(c) for c in itertools.combinations(range(1, len(x)), k - 1))
    found = scalar.optimal_levels(values, k)
    assert found.D * len(x) == pytest.approx(best, abs=1e-9)
    coded = found.decode(found.encode(values))
    assert np.mean((coded - values) ** 2) == pytest.approx(found.D, abs=1e-9)


@few
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=15))
def test_weights_are_repetitions(rows):
    values, times = np.array(rows).T
    if not times.any():
        times[0] = 1
    k = min(3, len(np.unique(values[times > 0])))
    weighted = scalar.optimal_levels(values, k, times)
    repeated = scalar.optimal_levels(np.repeat(values, times), k)
    np.testing.assert_allclose(weighted.levels, repeated.levels)
    assert pytest.approx(repeated.D) == weighted.D
    assert pytest.approx(repeated.H) == weighted.H


def test_far_offset_costs_no_digits():
    x = datasets.iris().X[:, 2]
    near, far = scalar.optimal_levels(x, 3), scalar.optimal_levels(x + 1e6, 3)
    assert pytest.approx(near.D, rel=1e-6) == far.D


@pytest.mark.parametrize(
    ("k", "sse", "levels", "pixels"),
    [
        (2, 2.338453457e12, [2297.127, 31774.189], [48644, 16892]),
        (3, 8.561409638e11, [612.250, 16486.193, 36598.588], [41859, 12117, 11560]),
        (4, 4.890062162e11, [373.593, 13726.442, 29087.984, 41257.307],
         [40516, 10945, 8020, 6055]),
    ],
)  # fmt: skip
def test_mri(k, sse, levels, pixels):
    mri = datasets.mri()
    best = scalar.optimal_levels(mri, k)
    assert best.D * mri.size == pytest.approx(sse, rel=1e-9)
    np.testing.assert_allclose(best.levels, levels, atol=5.1e-4)
    assert np.bincount(best.encode(mri).ravel()).tolist() == pixels


GREY = [
    ("hopper", 2, 881.71535, 18.6775, 7.3118), ("hopper", 4, 186.85922, 25.4157, 14.0500),
    ("hopper", 16, 13.476912, 36.8349, 25.4692), ("china", 2, 1121.2036, 17.6340, 7.8573),
    ("china", 4, 308.41496, 23.2394, 13.4628), ("china", 16, 18.172939, 35.5366, 25.7599),
    ("flower", 2, 372.03986, 22.4249, 8.7471), ("flower", 4, 126.1719, 27.1212, 13.4434),
    ("flower", 16, 9.1789122, 38.5029, 24.8251),
]  # fmt: skip


@pytest.mark.parametrize(("name", "k", "mse", "peak", "snr"), GREY)
def test_grey_levels(name, k, mse, peak, snr):
    grey = np.rint(getattr(datasets, name)() @ [0.299, 0.587, 0.114])
    best = scalar.optimal_levels(grey, k)
    coded = best.decode(best.encode(grey))
    assert pytest.approx(mse, rel=5e-3) == best.D  # JPEG builds differ by .02 dB
    assert psnr(grey, coded) == pytest.approx(peak, abs=0.021)
    assert snr_db(grey, coded) == pytest.approx(snr, abs=0.021)


# ------------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scalar.lloyd_max("cauchy", 2), "`law`.*'gaussian', 'laplace', 'uniform'"),
        (lambda: scalar.lloyd_max("gaussian", 0), "`k`"),
        (lambda: scalar.lloyd_max("gaussian", 2000), "`k`"),
        (lambda: scalar.best_uniform("gaussian", 1), "`k`"),
        (lambda: scalar.entropy_coded_uniform("gaussian", 0), "`H`"),
        (lambda: scalar.entropy_coded_uniform("gaussian", 20), "`H`"),
        (lambda: scalar.entropy_coded_uniform("gaussian", float("nan")), "`H`"),
        (lambda: scalar.lloyd_max_steps("gaussian", [1, 1]), "`levels` must rise"),
        (lambda: scalar.lloyd_max_steps("gaussian", []), "`levels` must rise"),
        (lambda: scalar.quantizer_for("gaussian", [0, np.nan]), "`levels` holds"),
        (lambda: scalar.optimal_levels([1, 1, 2], 3), "2 different numbers"),
        (lambda: scalar.optimal_levels([], 1), "0 different numbers"),
        (lambda: scalar.optimal_levels([1, np.inf], 1), "`values` holds"),
        (lambda: scalar.optimal_levels([1, 2], 1, [1]), "`weights`"),
        (lambda: scalar.optimal_levels([1, 2], 1, [1, -1]), "`weights`"),
        (lambda: scalar.quantizer_for("gaussian", [0]).encode([np.nan]), "`x` holds"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
