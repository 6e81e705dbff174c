"""Voronoi cells: they tile the box and hold their nearest points."""

import itertools

import matplotlib as mpl
import numpy as np
import pytest

from clusterlib import datasets, plotting

mpl.use("Agg")


def area(polygon):
    x, y = polygon.T
    return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


@pytest.mark.parametrize("k", [1, 2, 3, 8, 30])
def test_cells_tile_the_box_and_hold_their_nearest_points(k):
    g = np.random.default_rng(k)
    C = g.uniform(-0.5, 1.5, (k, 2))
    polygons = plotting.voronoi_polygons(C, (0, 1, 0, 1))
    assert sum(area(p) for p in polygons if len(p)) == pytest.approx(1)
    points = g.uniform(0, 1, (20000, 2))
    nearest = ((points[:, None] - C) ** 2).sum(2).argmin(1)
    share = np.bincount(nearest, minlength=k) / len(points)
    np.testing.assert_allclose([area(p) if len(p) else 0 for p in polygons], share, atol=0.02)
    for i, polygon in enumerate(polygons):
        for corner in polygon:
            distances = np.hypot(*(C - corner).T)
            assert distances[i] == pytest.approx(distances.min(), abs=1e-9)


def test_equal_code_words_share_one_cell():
    polygons = plotting.voronoi_polygons([[0.2, 0.5], [0.2, 0.5], [0.8, 0.5]], (0, 1, 0, 1))
    assert [len(p) > 0 for p in polygons] == [True, False, True]
    assert area(polygons[0]) == pytest.approx(0.5)


def test_cells_of_a_lattice_touch_in_exact_corners():
    C = list(itertools.product([0.0, 1.0], repeat=2))
    for polygon in plotting.voronoi_polygons(C, (-0.5, 1.5, -0.5, 1.5)):
        assert area(polygon) == 1


def test_cells_refuse():
    with pytest.raises(ValueError, match="`box`"):
        plotting.voronoi_polygons([[0, 0]], (1, 0, 0, 1))
    with pytest.raises(ValueError, match="`C` has 3 columns"):
        plotting.voronoi_polygons([[0, 0, 0]], (0, 1, 0, 1))


def test_cells_fill_the_present_view():
    _, (ax,) = plotting.panels(1)
    plotting.scatter_clusters(ax, datasets.clouds().X)
    plotting.voronoi_cells(ax, datasets.clouds().centres)
    assert ax.get_xlim()[0] < datasets.clouds().X[:, 0].min()
    assert len(ax.patches) == 5  # three tints; the first mark has no hatch
