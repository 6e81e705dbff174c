"""The few algorithms of the front end answer as the package does: each runs in Node."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from clusterlib import datasets
from clusterlib.explorers import lloyd_max
from clusterlib.explorers.number_line import METHODS
from clusterlib.explorers.shared.numbering import split_numbers
from clusterlib.explorers.shared.svg import SHAPES
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.inconsistency import maxdists
from clusterlib.hierarchy.merging import linkage
from clusterlib.hierarchy.trees import leaves_list
from clusterlib.plotting import MARKS, steady_labels, voronoi_polygons
from clusterlib.validity import silhouette_samples
from clusterlib.vq.lloyd import lloyd_steps
from tests.node import call


def test_marks_are_those_of_the_figures():
    marks = [{"colour": m.colour, "marker": m.marker, "dashes": list(m.dashes[1])} for m in MARKS]
    assert call("shared/marks.js", "MARKS") == marks
    assert call("shared/marks.js", "POLYGONS") == SHAPES


def test_lloyd_of_the_page():
    X = datasets.clouds().X
    for k in (1, 3, 6):
        C = X[:k]
        mine = list(lloyd_steps(X, C))
        theirs = call("shared/k_means.js", "lloyd", X.tolist(), C.tolist())
        assert [s["move"] for s in theirs] == [s.step == "move" for s in mine]
        assert [s["sse"] for s in theirs] == pytest.approx([s.sse for s in mine])
        assert all(np.array_equal(a["labels"], b.labels) for a, b in zip(theirs, mine, strict=True))


def test_an_empty_cell_keeps_its_code_word():
    C = [[0.0, 0.0], [100.0, 100.0]]
    assert call("shared/k_means.js", "lloyd", [[0, 0], [1, 0]], C)[-1]["C"] == [
        [0.5, 0],
        [100, 100],
    ]


def test_silhouettes_of_the_page():
    X = datasets.iris().X
    labels = steady_labels(X, np.arange(len(X)) % 3)
    labels[0] = 3  # a cluster of one
    D = np.sqrt(((X[:, None] - X[None]) ** 2).sum(axis=-1))
    assert call("shared/k_means.js", "silhouettes", D.tolist(), labels.tolist()) == pytest.approx(
        silhouette_samples(X, labels).tolist()
    )


def test_cells_of_the_page():
    C = np.random.default_rng(1).uniform(size=(7, 2))
    mine = voronoi_polygons(C, (0.0, 1.0, 0.0, 1.0))
    for i, polygon in enumerate(mine):
        theirs = np.array(call("shared/scatter.js", "cellPolygon", C.tolist(), i, [0, 1, 0, 1]))
        assert area(theirs) == pytest.approx(area(np.asarray(polygon)))


def area(polygon):
    x, y = polygon.T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def test_first_numbers_run_from_left_to_right():
    X = datasets.iris().X
    labels = np.random.default_rng(0).integers(0, 5, len(X))
    to = call("shared/flat_clusters.js", "keepColours", labels.tolist(), None, X[:, 0].tolist())
    assert np.array_equal(np.array(to)[labels], steady_labels(X, labels))


def test_distances_of_the_page():
    u, v = [1, 2, 3], [2, 4, 1]
    for metric, d in [("euclidean", 3), ("cityblock", 5), ("chebyshev", 2),
                      ("cosine", 0.24182460342)]:  # fmt: skip
        assert call("shared/distances.js", "distanceBy", metric, u, v) == pytest.approx(d)
    VI = [[2.0, 0.5, 0], [0.5, 1, 0], [0, 0, 3]]
    for metric, keywords in [("minkowski", {"p": 0.5}), ("mahalanobis", {"VI": np.array(VI)})]:
        mine = cdist([u], [v], metric, **keywords)[0, 0]
        given = {k: np.asarray(x).tolist() for k, x in keywords.items()}
        assert call("shared/distances.js", "distanceBy", metric, u, v, given) == pytest.approx(mine)


@pytest.mark.parametrize("method", METHODS)
def test_linkage_of_the_page(method):
    X = np.random.default_rng(3).normal(size=(40, 3))
    D = np.linalg.norm(X[:, None] - X[None], axis=-1)
    tree, Z = call("shared/linkage.js", "linkage", D.tolist(), method), linkage(X, method)
    assert np.array_equal(np.sort(tree["merges"], axis=1), Z[:, :2])
    assert np.allclose(tree["heights"], Z[:, 2])
    assert tree["order"] == leaves_list(Z).tolist()
    assert np.allclose(call("shared/linkage.js", "highestWithin", tree), maxdists(Z))


def test_integrals_of_the_page():
    g = np.random.default_rng(1)
    for law in lloyd_max.LAWS:
        for k in (1, 3, 8):
            levels = np.sort(g.normal(size=k)).tolist()
            thresholds = np.sort(g.normal(size=k - 1)).tolist()
            theirs = call("shared/densities.js", "measured", law, levels, thresholds)
            D, H, means = lloyd_max.measured(law, levels, thresholds)
            assert theirs["D"] == pytest.approx(D, rel=1e-6)
            assert theirs["H"] == pytest.approx(H, abs=1e-6)
            assert np.allclose(theirs["means"], means, atol=1e-6)


def test_clusters_are_numbered_as_they_split():
    g = np.random.default_rng(5)
    for n, k in [(2, 1), (2, 2), (9, 4), (40, 12)]:
        Z = linkage(g.normal(size=(n, 2)), "average")
        labels = fcluster(Z, k, "maxclust") - 1
        to = call(
            "shared/flat_clusters.js",
            "splitNumbers",
            Z[:, :2].astype(int).tolist(),
            labels.tolist(),
        )
        assert [to[c] for c in labels] == split_numbers(Z, labels).tolist()
