"""The worlds: what their names promise, measured on the points."""

import numpy as np
import pytest

from clusterlib import datasets
from clusterlib.distance import pdist
from clusterlib.hierarchy import fcluster, linkage
from clusterlib.validity import adjusted_rand_index
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.seeding import plus_plus

WORLDS = [datasets.world(name) for name in datasets.WORLDS]


def groups(name):
    world = datasets.world(name)
    return [world.X[world.labels == group] for group in range(len(world.label_names))]


def found(name, method):
    """Return how well `method` finds the groups, by the adjusted Rand index; strays left out."""
    world = datasets.world(name)
    kept = world.labels >= 0
    k = world.labels.max() + 1
    if method == "k-means":
        starts = (plus_plus(world.X, k, np.random.default_rng(seed)) for seed in range(20))
        labels = min((lloyd(world.X, C) for C in starts), key=lambda end: end.sse).labels
    else:
        labels = fcluster(linkage(world.X, method), k, "maxclust")
    return adjusted_rand_index(world.labels[kept], labels[kept])


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_a_world_is_small_plane_and_always_the_same(world):
    assert world.X.shape[1] == 2
    assert 80 <= len(world.X) <= 100
    assert len(np.unique(world.X, axis=0)) == len(world.X)
    assert world is datasets.world(world.name)
    if world.name != "clouds":
        assert np.array_equal(world.X, np.round(world.X, 3))


def test_who_is_troubled():
    assert found("clouds", "k-means") > 0.7
    for name in ("elongated", "rings", "moons"):
        assert found(name, "k-means") < 0.6 < 0.99 < found(name, "single")
    assert found("unequal size", "k-means") < 0.9
    assert found("unequal spread", "k-means") < 1
    assert found("unequal spread", "single") < 0.9
    for name in ("bridge", "one outlier"):
        assert found(name, "single") < 0.01 < 0.9 < found(name, "k-means")


def test_sizes_and_spreads_are_unequal():
    sizes = [len(group) for group in groups("unequal size")]
    assert max(sizes) > 5 * min(sizes)
    spreads = [group.std(axis=0).mean() for group in groups("unequal spread")]
    assert max(spreads) > 5 * min(spreads)


def test_a_grid_ties_and_one_point_lies_out():
    grid = pdist(datasets.world("grid with ties").X)
    assert len(np.unique(grid)) < len(grid) / 50
    nearest = np.sort(linkage(datasets.world("one outlier").X, "single")[:, 2])
    assert nearest[-1] > 4 * nearest[-2]


def test_an_unknown_world_is_named():
    with pytest.raises(ValueError, match="`name` is 'mars'"):
        datasets.world("mars")
