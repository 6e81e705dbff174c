import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import pdist, squareform

from clusterlib.hierarchy.algorithms import closest_pair, nn_chain
from clusterlib.hierarchy.algorithms.closest_pair import (
    all_pairs,
    closest_of_few,
    closest_pairs,
    closest_pairs_plainly,
)
from clusterlib.hierarchy.algorithms.nn_chain import (
    nearest_neighbour_chain,
    nearest_neighbour_chain_plainly,
)
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from tests.oracles import assert_merges_closest
from tests.strategies import points

REDUCIBLE = ["complete", "average", "weighted", "ward", "single"]


def tree(D, method):
    rule = RULES[method]
    D = D**2 if rule.on_squares else D.copy()
    if rule.monotone:
        return linkage_matrix_from_merges(
            nearest_neighbour_chain(D, rule.update), squared=rule.on_squares
        )
    return linkage_matrix_from_merges(closest_pairs(D, rule.update), in_order=True)


@pytest.mark.parametrize("method", RULES)
@given(points(max_n=30))
@settings(max_examples=40, deadline=None)
def test_each_merge_joins_a_closest_pair(method, X):
    """Whichever of several: ties and duplicates are half of the inputs."""
    D = squareform(pdist(X))
    Z = tree(D, method)
    assert_merges_closest(Z, D, RULES[method].update, RULES[method].on_squares)


@pytest.mark.parametrize("method", RULES)
def test_closest_pairs_and_chain_agree(method):
    """Two algorithms, one tree: closest pairs serves every rule."""
    D = squareform(pdist(np.random.default_rng(5).random((90, 3))))
    rule = RULES[method]
    D = D**2 if rule.on_squares else D
    by_pairs = linkage_matrix_from_merges(
        closest_pairs(D.copy(), rule.update), in_order=not rule.monotone
    )
    if rule.monotone:
        np.testing.assert_allclose(
            linkage_matrix_from_merges(nearest_neighbour_chain(D.copy(), rule.update)),
            by_pairs,
            rtol=1e-12,
        )
    assert_merges_closest(by_pairs, D, rule.update, squared=False)


@pytest.mark.parametrize("method", RULES)
def test_compaction_and_buried_columns_change_nothing(method, monkeypatch):
    """Every size at which D shrinks, and both ways to take a dead cluster out of a search."""
    X = np.random.default_rng(2).integers(0, 30, (300, 2)).astype(float)
    D = squareform(pdist(X))
    expected = tree(D, method)
    never = 10**9
    for compact, wide, few in (
        *((2, 0, 0), (2, never, 0), (never, 0, 9), (never, never, never), (100, 200, 60)),
    ):
        for module in (nn_chain, closest_pair):
            monkeypatch.setattr(module, "COMPACT", compact)
            monkeypatch.setattr(module, "WIDE", wide)
        monkeypatch.setattr(closest_pair, "FEW", few)
        np.testing.assert_array_equal(tree(D, method), expected)


@pytest.mark.parametrize("method", ["centroid", "median"])
@given(points(max_n=40))
@settings(max_examples=80, deadline=None)
def test_few_are_merged_as_many_or_not_at_all(method, X):
    """Ties and duplicates are half of the inputs: bounds and SciPy's queue know which is first."""
    D, update = squareform(pdist(X)), RULES[method].update
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closest_pair, "FEW", 0)
        expected = list(closest_pairs(D.copy(), update))
    np.fill_diagonal(D, np.inf)
    merges = closest_of_few(D, update, np.ones(len(D)))
    assert merges in ([], expected)
    assert list(all_pairs(D, update)) == expected


def test_few_without_ties_need_no_bounds(monkeypatch):
    monkeypatch.delattr(closest_pair, "closest_by_bounds")
    D = squareform(pdist(np.random.default_rng(3).random((100, 3))))
    assert len(list(all_pairs(D, RULES["centroid"].update))) == 99


# distances ab ac ad ae, bc bd be, cd ce, de
@pytest.mark.parametrize(
    "y",
    [
        [1.0, 5, 6, 7, 8, 9, 9.5, 1, 4, 4.5],  # two pairs from the start
        [1.0, 1, 6, 7, 8, 9, 9.5, 7.5, 4, 4.5],  # two that share a cluster: one is never merged
        [1.0, 4, 9, 9.5, 4, 9.2, 9.3, 9.4, 9.7, 15.75**0.5],  # a new distance and an old one
        [1.0, 3, 9, 9.5, 3.5, 9.2, 9.3, 9.4, 9.7, 3],  # ac is gone before de, which is not told
    ],
)
def test_a_tie_among_few_is_seen(y):
    D = squareform(np.array(y))
    np.fill_diagonal(D, np.inf)
    assert closest_of_few(D, RULES["centroid"].update, np.ones(5)) == []


def test_one_cluster_is_never_merged():
    for merges in (all_pairs, closest_pairs):
        assert list(merges(np.zeros((1, 1)), RULES["median"].update)) == []


@pytest.mark.parametrize("method", REDUCIBLE)
@settings(max_examples=20, deadline=None)
@given(X=points(max_n=40))
def test_the_chain_for_readers_gives_the_same_merges(method, X):
    rule, D = RULES[method], squareform(pdist(X))
    D = D**2 if rule.on_squares else D
    plain = list(nearest_neighbour_chain_plainly(D, rule.update))
    assert plain == list(nearest_neighbour_chain(D.copy(), rule.update))


@pytest.mark.parametrize("method", RULES)
@pytest.mark.parametrize("n", [2, 3, 10, 150, 400])
def test_closest_pairs_for_readers_are_the_same(method, n):
    rule, D = RULES[method], squareform(pdist(np.random.default_rng(n).normal(size=(n, 3))))
    D = D**2 if rule.on_squares else D
    plain = list(closest_pairs_plainly(D, rule.update))
    assert plain == list(closest_pairs(D.copy(), rule.update))
