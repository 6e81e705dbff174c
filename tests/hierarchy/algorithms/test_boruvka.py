import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.hierarchy.algorithms import boruvka
from clusterlib.hierarchy.algorithms.boruvka import boruvka_links, boruvka_links_plainly
from clusterlib.hierarchy.algorithms.prim import prim_points


def distinct(X):
    return np.unique(X, axis=0)


KINDS = {
    "clouds": lambda rng, n: rng.normal(size=(n, 2)),
    "three dimensions": lambda rng, n: rng.normal(size=(n, 3)),
    "line": lambda rng, n: rng.random((n, 1)),
    "lattice": lambda rng, n: np.indices((int(n**0.5), int(n**0.5))).reshape(2, -1).T / 64,
    "grid with ties": lambda rng, n: rng.integers(0, 40, (n, 2)) / 64,
    "two far clouds": lambda rng, n: rng.random((n, 2)) / 1e6 + rng.integers(0, 2, (n, 1)),
    "heavy tails": lambda rng, n: np.tanh(rng.standard_cauchy((n, 2))),
    "near duplicates": lambda rng, n: (
        np.repeat(rng.random((n // 50, 2)), 50, axis=0) + 1e-9 * rng.random((n // 50 * 50, 2))
    ),
    "circle": lambda rng, n: np.exp(2j * np.pi * np.arange(n) / n).view(float).reshape(n, 2),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [700, 2500])
def test_the_network_is_a_shortest_one(kind, n):
    """Same lengths as Prim's, bit for bit; each link as long as it says; all joined."""
    X = distinct(KINDS[kind](np.random.default_rng(n), n))
    x, y, length = map(np.array, zip(*boruvka_links(X), strict=True))
    prim = sorted(h for *_, h in prim_points(X))
    assert sorted(length.tolist()) == prim
    gaps = X[x] - X[y]
    np.testing.assert_array_equal(length, np.sqrt(np.add.reduce((gaps * gaps).T, axis=0)))
    part = np.arange(len(X))
    for a, b in zip(x.tolist(), y.tolist(), strict=True):
        assert part[a] != part[b], "a circle"
        part[part == part[a]] = part[b]
    assert len(x) == len(X) - 1


@given(st.integers(2, 90), st.integers(1, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_small_sets_with_many_ties(n, d, seed):
    X = distinct(np.random.default_rng(seed).integers(0, 4, (n, d)) / 4)
    found = sorted(h for *_, h in boruvka_links(X))
    assert found == sorted(h for *_, h in prim_points(X))


def test_few_pairs_of_leaves_are_compared(monkeypatch):
    """Less than n^2 work, also where all groups are far from all others."""
    counted = []
    compare = boruvka._compare

    def counting(tree, group_of, best, q, r, gap):
        counted.append(len(q) * len(tree.place) ** 2)
        return compare(tree, group_of, best, q, r, gap)

    monkeypatch.setattr(boruvka, "_compare", counting)
    for kind in ("clouds", "lattice", "two far clouds", "circle"):
        counted.clear()
        X = distinct(KINDS[kind](np.random.default_rng(0), 20_000))
        assert len(list(boruvka_links(X))) == len(X) - 1
        assert sum(counted) < 0.15 * len(X) ** 2, kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_links_for_readers_are_as_long(kind):
    X = distinct(KINDS[kind](np.random.default_rng(5), 400))
    plain, fast = list(boruvka_links_plainly(X)), list(boruvka_links(X))
    assert len(plain) == len(X) - 1
    assert len(np.unique([end for x, y, _ in plain for end in (x, y)])) == len(X)
    np.testing.assert_allclose(
        sorted(length for *_, length in plain), sorted(length for *_, length in fast), rtol=1e-12
    )
