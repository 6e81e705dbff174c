"""k-medoids: what it returns is so, no swap is left, and it agrees with the package kmedoids."""

from itertools import combinations

import kmedoids as peer
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from clusterlib.distance import pdist, squareform
from clusterlib.vq.medoids import k_medoids
from tests.strategies import points


def loss_of(D, medoids):
    """Return the sum of distances to the nearest of some observations."""
    return D[list(medoids)].min(axis=0).sum()


@settings(deadline=None, max_examples=50)
@given(points(), st.data())
def test_no_swap_of_one_medoid_lowers_the_loss(X, data):
    y = pdist(X, "cityblock")
    D = squareform(y)
    k = data.draw(st.integers(1, len(X)))
    found = k_medoids(y, k)
    assert len(set(found.medoids.tolist())) == k
    assert_allclose(found.loss, loss_of(D, found.medoids))
    assert_allclose(D[np.arange(len(X)), found.medoids[found.labels]].sum(), found.loss)
    for j in range(k):
        kept = np.delete(found.medoids, j).tolist()
        for x in range(len(X)):
            assert loss_of(D, [*kept, x]) >= found.loss * (1 - 1e-9)


@settings(deadline=None)
@given(points(max_n=9))
def test_one_medoid_is_the_best_and_n_lose_nothing(X):
    D = squareform(pdist(X))
    assert_allclose(k_medoids(D, 1).loss, D.sum(axis=1).min())
    assert k_medoids(D, len(X)).loss == 0


@pytest.mark.parametrize("seed", range(30))
def test_it_ends_where_the_package_kmedoids_ends(seed):
    rng = np.random.default_rng(seed)
    D = squareform(pdist(rng.normal(size=(30 + 2 * seed, 3)), "euclidean"))
    k = 2 + seed % 6
    mine, theirs = k_medoids(D, k), peer.pam(D, k, init="build")
    assert_allclose(mine.loss, theirs.loss)
    assert_array_equal(mine.medoids, np.sort(theirs.medoids))


@pytest.mark.parametrize("seed", range(20))
def test_it_mostly_finds_the_best_of_all_choices_and_never_beats_it(seed):
    D = squareform(pdist(np.random.default_rng([5, seed]).normal(size=(12, 2))))
    best = min(loss_of(D, chosen) for chosen in combinations(range(12), 3))
    assert best <= k_medoids(D, 3).loss * (1 + 1e-12) <= 1.1 * best


def test_condensed_and_square_distances_are_the_same():
    y = pdist(np.random.default_rng(1).normal(size=(20, 2)))
    condensed, square = k_medoids(y, 3), k_medoids(squareform(y), 3)
    assert_array_equal(condensed.medoids, square.medoids)
    assert_array_equal(condensed.labels, square.labels)


def test_a_far_observation_does_not_pull_a_medoid():
    X = np.array([[0.0], [1.0], [2.0], [3.0], [1000.0]])
    assert X[k_medoids(pdist(X), 1).medoids[0], 0] == 2
    assert X.mean() > 200


@pytest.mark.parametrize(
    ("y", "k", "message"),
    [
        ([1.0, 2.0], 1, "n\\(n-1\\)/2"),
        ([1.0, 2.0, -1.0], 1, "negative"),
        ([1.0, np.nan, 2.0], 1, "finite"),
        ([[0.0, 1.0], [2.0, 0.0]], 1, "symmetric"),
        ([1.0, 2.0, 3.0], 4, "only 3 observations"),
        ([1.0, 2.0, 3.0], 0, "at least 1"),
    ],
)
def test_bad_input_is_refused_in_words(y, k, message):
    with pytest.raises(ValueError, match=message):
        k_medoids(y, k)
