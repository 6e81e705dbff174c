"""Indices of a clustering against scikit-learn, hand values and known tables."""

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, validity
from tests.strategies import data_of

few = settings(max_examples=40, deadline=None)


@st.composite
def partitions(draw):
    n, k = draw(st.integers(3, 30)), draw(st.integers(2, 5))
    seed = draw(st.integers(0, 2**16))
    g = np.random.default_rng(seed)
    k = min(k, n - 1)
    labels = np.concatenate([np.arange(k), g.integers(0, k, n - k)])
    X = g.normal(size=(n, draw(st.integers(1, 4)))) + labels[:, None]
    return X.round(draw(st.integers(0, 3))), labels


@few
@given(partitions())
def test_indices_equal_scikit_learn(case):
    X, labels = case
    np.testing.assert_allclose(
        validity.silhouette_samples(X, labels), sk.silhouette_samples(X, labels), atol=1e-7
    )
    assert validity.silhouette(X, labels) == pytest.approx(sk.silhouette_score(X, labels), abs=1e-7)
    within = sum(np.ptp(X[labels == j], axis=0).sum() for j in np.unique(labels))
    if within > 0:
        assert validity.calinski_harabasz(X, labels) == pytest.approx(
            sk.calinski_harabasz_score(X, labels)
        )


@pytest.mark.parametrize("seed", range(8))
def test_davies_bouldin_equals_scikit_learn(seed):
    g = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(5), g.integers(0, 5, 40)])
    X = g.normal(size=(45, 3)) + labels[:, None]
    assert validity.davies_bouldin(X, labels) == pytest.approx(sk.davies_bouldin_score(X, labels))


@pytest.mark.parametrize("metric", ["cityblock", "chebyshev", "cosine", "correlation"])
def test_silhouette_takes_other_metrics(metric):
    X, labels = datasets.wine().X, datasets.wine().labels
    theirs = sk.silhouette_samples(X, labels, metric=metric)
    np.testing.assert_allclose(validity.silhouette_samples(X, labels, metric), theirs, atol=1e-9)
    assert validity.silhouette(X, labels, metric) == pytest.approx(theirs.mean())


def test_silhouette_metrics_learn_from_all_observations_or_not_at_all():
    X, labels = datasets.iris().X, datasets.iris().labels
    with pytest.raises(ValueError, match="`V` is missing"):
        validity.silhouette(X, labels, "seuclidean")
    with pytest.raises(ValueError, match="`VI` is missing"):
        validity.silhouette(X, labels, "mahalanobis")
    with pytest.raises(ValueError, match=r"Metric: .nearness"):
        validity.silhouette(X, labels, "nearness")
    scaled = validity.silhouette(X, labels, "seuclidean", V=X.var(axis=0))
    assert scaled == pytest.approx(validity.silhouette(datasets.standardize(X), labels))


def test_silhouette_by_hand():
    s = validity.silhouette_samples([[0.0], [1.0], [9.0]], [0, 0, 7])
    np.testing.assert_allclose(s, [1 - 1 / 9, 1 - 1 / 8, 0])


def test_silhouettes_do_not_depend_on_the_block_size(monkeypatch):
    X, labels = datasets.iris().X, datasets.iris().labels
    whole = validity.silhouette_samples(X, labels)
    monkeypatch.setattr("clusterlib.validity.indices.BLOCK", 1000)
    np.testing.assert_allclose(validity.silhouette_samples(X, labels), whole, atol=1e-13)


def test_equal_points_are_neither_good_nor_bad():
    X, labels = np.ones((4, 2)), [0, 0, 1, 1]
    assert validity.silhouette(X, labels) == 0
    assert np.isnan(validity.calinski_harabasz(X, labels))
    assert validity.davies_bouldin(X, labels) == 0


def test_clusters_with_one_mean_are_infinitely_bad():
    assert validity.davies_bouldin([[-1.0], [1.0], [-2.0], [2.0]], [0, 0, 1, 1]) == np.inf
    assert validity.calinski_harabasz([[0.0], [0.0], [3.0], [3.0]], [0, 0, 1, 1]) == np.inf


def test_corners():
    X = datasets.twelve_points().X
    corners = np.repeat([0, 1, 2, 3], 3)
    assert validity.silhouette(X, corners) == pytest.approx(0.614320, abs=1e-6)
    assert validity.silhouette(X, corners // 2) == pytest.approx(0.384280, abs=1e-6)
    eight = [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8]
    assert validity.silhouette(X, eight) == pytest.approx(0.097631, abs=1e-6)


CASES = [
    ("clouds", 2, 769.0087113, 0.479409, 106.6919, 0.860587, 0.603230),
    ("clouds", 3, 341.3718737, 0.594983, 179.7022, 0.540451, 0.785791),
    ("clouds", 4, 243.9978497, 0.487293, 178.6540, 0.745674, 0.571064),
    ("clouds", 5, 178.8250185, 0.489147, 189.5747, 0.690991, 0.564174),
    ("clouds", 6, 142.9031334, 0.473922, 192.5109, 0.718875, 0.546966),
    ("clouds", 7, 120.8715552, 0.435530, 190.4744, 0.759185, 0.481432),
    ("clouds", 8, 104.0017407, 0.406259, 189.8379, 0.788162, 0.372703),
    ("iris", 2, 152.3479518, 0.681046, 513.9245, 0.404293, 0.539922),
    ("iris", 3, 78.85144143, 0.552819, 561.6278, 0.661972, 0.730238),
    ("iris", 4, 57.22847321, 0.498051, 530.7658, 0.780307, 0.649818),
    ("wine std", 2, 1658.758852, 0.259317, 69.5233, 1.525997, 0.374314),
    ("wine std", 3, 1277.928489, 0.284859, 70.9400, 1.389188, 0.897495),
    ("uniform", 2, 49.71528502, 0.359440, 309.7181, 1.155785, None),
    ("uniform", 3, 31.26135714, 0.383870, 392.4719, 0.863895, None),
    ("uniform", 4, 20.35583457, 0.405988, 489.5922, 0.778973, None),
    ("uniform", 5, 16.67937261, 0.385262, 474.5044, 0.860394, None),
    ("uniform", 7, 11.37586164, 0.389488, 500.2473, 0.800584, None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]}-{c[1]}")
def test_indices(case):
    name, k, sse, silhouette, ch, db, ari = case
    X, classes = data_of(name)
    best = validity.best_lloyd(X, k, 60, np.random.default_rng(0))
    assert best.sse == pytest.approx(sse, rel=1e-6)
    assert validity.silhouette(X, best.labels) == pytest.approx(silhouette, abs=1e-6)
    assert validity.calinski_harabasz(X, best.labels) == pytest.approx(ch, abs=1e-4)
    assert validity.davies_bouldin(X, best.labels) == pytest.approx(db, abs=1e-6)
    if ari is not None:
        assert validity.adjusted_rand_index(classes, best.labels) == pytest.approx(ari, abs=1e-6)


def test_negative_silhouettes():
    X, _ = data_of("wine std")
    s = validity.silhouette_samples(
        X, validity.best_lloyd(X, 3, 20, np.random.default_rng(0)).labels
    )
    assert (s < 0).sum() == 7 and s.min() == pytest.approx(-0.022792, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "k", "raw", "std"),
    [
        ("wine", 3, 0.371114, 0.897495),
        ("iris", 3, 0.730238, 0.620135),
        ("breast_cancer", 2, 0.491425, 0.670721),
    ],
)
def test_scaling_helps_and_hurts(name, k, raw, std):
    data = getattr(datasets, name)()
    for X, ari in ((data.X, raw), (datasets.standardize(data.X), std)):
        best = validity.best_lloyd(X, k, 40, np.random.default_rng(1))
        assert validity.adjusted_rand_index(data.labels, best.labels) == pytest.approx(
            ari, abs=1e-6
        )


@pytest.mark.parametrize(
    ("X", "labels", "message"),
    [
        ([[0.0], [1.0], [2.0]], [0, 1], "2 entries for 3"),
        ([[0.0], [1.0], [2.0]], [0, 0, 0], "names 1 clusters"),
        ([[0.0], [1.0], [2.0]], [0, 1, 2], "names 3 clusters"),
        ([[0.0], [np.nan], [2.0]], [0, 0, 1], "`X` holds"),
        ([0.0, 1.0, 2.0], [0, 0, 1], "two dimensions"),
    ],
)
def test_indices_refuse(X, labels, message):
    functions = (
        validity.silhouette, validity.silhouette_samples, validity.calinski_harabasz,
        validity.davies_bouldin,
    )  # fmt: skip
    for index in functions:
        with pytest.raises(ValueError, match=message):
            index(X, labels)
