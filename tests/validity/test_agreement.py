"""Agreement of two clusterings against scikit-learn and hand values."""

import itertools

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import validity

few = settings(max_examples=40, deadline=None)


@st.composite
def two_labellings(draw):
    n = draw(st.integers(1, 40))
    one = st.lists(st.integers(-3, 4), min_size=n, max_size=n)
    return draw(one), draw(one)


AGREEMENT = [
    ("rand_index", sk.rand_score),
    ("adjusted_rand_index", sk.adjusted_rand_score),
    ("adjusted_mutual_information", sk.adjusted_mutual_info_score),
    ("v_measure", sk.v_measure_score),
]


@few
@given(two_labellings())
def test_agreement_equals_scikit_learn(pair):
    a, b = pair
    for name, theirs in AGREEMENT:
        assert getattr(validity, name)(a, b) == pytest.approx(theirs(a, b), abs=1e-9), name


@few
@given(two_labellings(), st.permutations(range(8)))
def test_agreement_is_symmetric_and_blind_to_names(pair, names):
    a, b = pair
    renamed = [names[x + 3] for x in a]
    for name, _ in AGREEMENT:
        index = getattr(validity, name)
        assert index(a, b) == pytest.approx(index(b, a), abs=1e-12)
        assert index(renamed, b) == pytest.approx(index(a, b), abs=1e-12)
        assert index(a, renamed) == pytest.approx(1)


@few
@given(two_labellings())
def test_rand_index_counts_pairs(pair):
    a, b = pair
    agree = [(a[i] == a[j]) == (b[i] == b[j]) for i, j in itertools.combinations(range(len(a)), 2)]
    assert validity.rand_index(a, b) == pytest.approx(np.mean(agree) if agree else 1)


@pytest.mark.parametrize(
    ("a", "b", "rand", "ari", "ami", "v"),
    [
        ("0011", "1100", 1, 1, 1, 1),
        ("0011", "0012", 0.833333, 0.571429, 0.571429, 0.8),
        ("000111", "001122", 0.666667, 0.242424, 0.298792, 0.515804),
        ("0011", "0000", 0.333333, 0, 0, 0),
    ],
)
def test_agreement(a, b, rand, ari, ami, v):
    a, b = list(map(int, a)), list(map(int, b))
    got = [getattr(validity, name)(a, b) for name, _ in AGREEMENT]
    assert got == pytest.approx([rand, ari, ami, v], abs=1e-6)


def test_chance():
    g = np.random.default_rng(0)
    pairs = [(g.integers(0, 10, 1000), g.integers(0, 10, 1000)) for _ in range(200)]
    assert np.mean([validity.rand_index(*p) for p in pairs]) == pytest.approx(0.820030, abs=1e-6)
    ari = np.mean([validity.adjusted_rand_index(*p) for p in pairs])
    assert ari == pytest.approx(0.000025, abs=1e-6)


def test_agreement_survives_a_million_observations():
    g = np.random.default_rng(0)
    a = g.integers(0, 3, 10**6)
    assert validity.adjusted_rand_index(a, a) == 1
    assert abs(validity.adjusted_mutual_information(a, g.permutation(a))) < 1e-4


def test_agreement_refuses():
    for name, _ in AGREEMENT:
        for a, b in (([0, 1], [0]), ([], []), ([0, np.nan], [0, 1])):
            with pytest.raises(ValueError, match="`a`"):
                getattr(validity, name)(a, b)


def test_centroid_index_by_hand():
    truth = [[0.0, 0.0], [5.0, 0.0], [9.0, 0.0]]
    assert validity.centroid_index(truth, truth[::-1]) == 0
    assert validity.centroid_index([[0, 0], [0.1, 0], [9, 0]], truth) == 1
    assert validity.centroid_index([[0, 0], [0.1, 0], [0.2, 0]], truth) == 2
    assert validity.centroid_index([[0, 0]], truth) == 2
    with pytest.raises(ValueError, match="`A` has shape"):
        validity.centroid_index([[0.0]], truth)
