import numpy as np
import pytest
from hypothesis import given, settings
from scipy.spatial.distance import pdist, squareform

from clusterlib import chains
from clusterlib.chains import closest_pairs, nearest_neighbour_chain
from clusterlib.lance_williams import RULES
from clusterlib.merging import label
from tests.oracles import assert_merges_closest
from tests.strategies import points

REDUCIBLE = ["complete", "average", "weighted", "ward", "single"]


def tree(D, method):
    rule = RULES[method]
    D = D**2 if rule.on_squares else D.copy()
    if rule.monotone:
        return label(nearest_neighbour_chain(D, rule.update), squared=rule.on_squares)
    return label(closest_pairs(D, rule.update), in_order=True)


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
    by_pairs = label(closest_pairs(D.copy(), rule.update), in_order=not rule.monotone)
    if rule.monotone:
        np.testing.assert_allclose(
            label(nearest_neighbour_chain(D.copy(), rule.update)), by_pairs, rtol=1e-12
        )
    assert_merges_closest(by_pairs, D, rule.update, squared=False)


@pytest.mark.parametrize("method", RULES)
def test_compaction_and_buried_columns_change_nothing(method, monkeypatch):
    """Every size at which D shrinks, and both ways to take a dead cluster out of a search."""
    X = np.random.default_rng(2).integers(0, 30, (300, 2)).astype(float)
    D = squareform(pdist(X))
    expected = tree(D, method)
    for compact, wide in ((2, 0), (2, 10**9), (10**9, 0), (10**9, 10**9), (100, 200)):
        monkeypatch.setattr(chains, "COMPACT", compact)
        monkeypatch.setattr(chains, "WIDE", wide)
        np.testing.assert_array_equal(tree(D, method), expected)


def test_a_tie_goes_back_along_the_chain():
    """Three points at equal distances: the chain must not circle."""
    D = 1.0 - np.eye(3)
    for method in REDUCIBLE:
        assert len(list(nearest_neighbour_chain(D.copy(), RULES[method].update))) == 2
