"""The gap statistic, restarts and stability on known data and on noise."""

import numpy as np
import pytest

from clusterlib import datasets, validity
from tests.strategies import data_of

GAPS = {
    "clouds": ([0.3356, 0.4934, 0.8428, 0.7619, 0.8430, 0.8492],
               [0.0682, 0.0739, 0.0642, 0.0706, 0.0678, 0.0705], 3),
    "wine std": ([0.7937, 1.0108, 1.1973, 1.2249, 1.2349, 1.2468],
                 [0.0191, 0.0186, 0.0205, 0.0210, 0.0195, 0.0196], 4),
    "uniform": ([0.0188, 0.0113, 0.0045, 0.0018, 0.0132, 0.0222],
                [0.0264, 0.0262, 0.0244, 0.0255, 0.0255, 0.0286], 1),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_gap(name):
    gap, s, chosen = GAPS[name]
    # On wine Gap(3) and Gap(4) - s(4) are .001 apart: 5 restarts answer 3, 4 or 5 by seed.
    restarts = 10 if name == "wine std" else 5
    found = validity.gap_statistic(data_of(name)[0], 6, 50, restarts, rng=0)
    assert found.chosen == chosen
    assert (np.abs(found.gap - gap) < 2 * np.array(s)).all()
    np.testing.assert_allclose(found.s, s, rtol=0.15)


@pytest.mark.parametrize(
    ("name", "k", "best"),
    [
        *(("wine std", k, sse) for k, sse in zip(range(4, 9), (
            1175.216677, 1101.340254, 1038.630202, 976.2710574, 924.1462316))),
        ("uniform", 6, 13.72356822),
        ("uniform", 8, 9.800043244),
    ],
)  # fmt: skip
def test_restarts_come_near_the_best_known(name, k, best):
    found = validity.best_lloyd(data_of(name)[0], k, 60, np.random.default_rng(0)).sse
    assert best * (1 - 1e-9) <= found <= 1.015 * best


def test_gap_may_choose_nothing():
    X = datasets.clouds().X
    assert validity.gap_statistic(X, 1, 2, 1, rng=0).chosen is None
    assert validity.gap_statistic(X, 2, 5, 2, rng=0).chosen is None


def test_gap_refuses():
    X = [[0.0], [0.0], [1.0]]
    with pytest.raises(ValueError, match="2 different rows"):
        validity.gap_statistic(X, 2)
    for arguments in ({"k_max": 0}, {"references": 1}, {"restarts": 0}):
        with pytest.raises(ValueError, match=f"`{next(iter(arguments))}`"):
            validity.gap_statistic(datasets.clouds().X, **arguments)


def test_stability_falls_when_k_is_wrong():
    X = datasets.s_set(1).X
    part = X[datasets.s_set(1).labels < 4]
    right = validity.stability(part, 4, draws=5, rng=0)
    wrong = validity.stability(part, 6, draws=5, rng=0)
    assert right.min() > 0.99 > wrong.mean()
    np.testing.assert_array_equal(right, validity.stability(part, 4, draws=5, rng=0))


def test_stability_refuses():
    X = datasets.clouds().X
    for arguments, name in (({"k": 1}, "k"), ({"k": 90}, "k"), ({"k": 2, "share": 1.2}, "share")):
        with pytest.raises(ValueError, match=f"`{name}`"):
            validity.stability(X, **arguments)


def test_gap_with_the_box_along_the_principal_axes_keeps_three_wines():
    wine = datasets.standardize(datasets.wine().X)
    found = validity.gap_statistic(wine, 4, 20, 5, rng=0, model="principal box")
    assert found.chosen == 3
    assert found.gap[2] > found.gap[3]
    with pytest.raises(ValueError, match="`model` is 'noise'"):
        validity.gap_statistic(wine, 4, model="noise")


def test_cluster_stability_tells_a_firm_cluster_from_a_loose_one():
    g = np.random.default_rng(0)
    X = np.vstack([g.normal(9, 0.1, (40, 2)), g.normal(0, 1, (80, 2))])

    def three(Y):
        return validity.best_lloyd(Y, 3, 5, np.random.default_rng(0)).labels

    firm = three(X)[0]
    means = validity.cluster_stability(X, three, draws=20, rng=0).mean(axis=0)
    assert means[firm] == 1
    assert (np.delete(means, firm) < 0.9).all()


def test_cluster_stability_is_the_jaccard_index():
    X = np.arange(6.0)[:, None]
    found = validity.cluster_stability(X, lambda Y: Y[:, 0] > 2, 2, 1.0, 0)
    np.testing.assert_array_equal(found, 1)
    cuts = iter([3, 2, 9])
    found = validity.cluster_stability(X, lambda Y: Y[:, 0] >= next(cuts), 2, 1.0, 0)
    np.testing.assert_allclose(found, [[2 / 3, 3 / 4], [1 / 2, 1 / 2]])
    with pytest.raises(ValueError, match="`cluster` returned 2 labels"):
        validity.cluster_stability(X, lambda Y: [0, 1])
    with pytest.raises(TypeError, match="`cluster` is 3"):
        validity.cluster_stability(X, 3)
    with pytest.raises(ValueError, match="`share`"):
        validity.cluster_stability(X, lambda Y: Y[:, 0] > 2, share=0)
