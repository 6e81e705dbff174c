"""Reports of 2026-11-30, by kind: what metrics see, names that scripts use, containers.

The kinds are the field cases' second set; each was answered wrongly before.
"""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial import distance as scipy_distance

from clusterlib import distance, hierarchy, vq

WHOLE = np.array([[0, 0], [10, 5], [250, 250], [245, 255], [128, 0]])
KINDS = {
    "uint8": WHOLE.astype(np.uint8),
    "int8": (WHOLE - 128).astype(np.int8),
    "uint16": (WHOLE * 250).astype(np.uint16),
    "bool": WHOLE > 100,
    "float16": WHOLE.astype(np.float16),
    "text": WHOLE.astype(str),
    "object": WHOLE.astype(object),
    "list": WHOLE.tolist(),
}


def city(u, v):
    """A function of the caller's that subtracts, adds and squares."""
    return float(np.abs(u - v).sum() + ((u - v) ** 2).sum())


def of_floats(X):
    """Return the distances that a function gives for the numbers in X."""
    X = np.asarray(X).astype(float)
    return np.array([city(u, v) for u, v in itertools.combinations(X, 2)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_sees_numbers_wherever_a_tree_is_made(kind):
    X = KINDS[kind]
    y = of_floats(X)
    Z = hierarchy.average(y)
    assert_array_equal(hierarchy.linkage(X, "average", city), Z)
    labels = hierarchy.fclusterdata(X, 2, "maxclust", metric=city, method="average")
    assert_array_equal(labels, hierarchy.fcluster(Z, 2, "maxclust"))
    assert_array_equal(
        hierarchy.optimal_leaf_ordering(Z, X, city), hierarchy.optimal_leaf_ordering(Z, y)
    )
    with_order = hierarchy.linkage(X, "average", city, optimal_ordering=True)
    assert_array_equal(with_order, hierarchy.optimal_leaf_ordering(Z, y))


P = np.array([[0.2, 0.3, 0.5], [0.6, 0.2, 0.2], [0.1, 0.1, 0.8]])


@pytest.mark.parametrize(
    ("name", "keywords"),
    [
        ("jensenshannon", {"base": 2}),
        ("jensenshannon", {"base": 10, "axis": 0}),
        ("correlation", {"centered": False}),
        ("correlation", {"w": [1, 2, 3], "centered": False}),
        ("minkowski", {"p": 3}),
        ("seuclidean", {"V": [1.0, 2.0, 3.0]}),
        ("mahalanobis", {"VI": np.eye(3)}),
        ("cosine", {"w": [1, 2, 3]}),
    ],
)
def test_our_functions_as_metrics_take_what_they_take_alone(name, keywords):
    ours, theirs = getattr(distance, name), getattr(scipy_distance, name)
    alone = [ours(u, v, **keywords) for u, v in itertools.combinations(P, 2)]
    assert_allclose(distance.pdist(P, ours, **keywords), alone, rtol=1e-13)
    assert_allclose(
        distance.pdist(P, ours, **keywords), scipy_distance.pdist(P, theirs, **keywords)
    )
    assert_allclose(
        distance.cdist(P, P[:2], ours, **keywords),
        scipy_distance.cdist(P, P[:2], theirs, **keywords),
    )


@pytest.mark.parametrize("metric", ["euclidean", distance.euclidean, city])
@pytest.mark.parametrize("call", [distance.pdist, lambda *a, **k: distance.cdist(a[0], *a, **k)])
def test_an_unknown_keyword_is_an_unexpected_argument(metric, call):
    with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
        call(P, metric, nonsense=1)


def test_the_distance_module_is_reached_through_the_page():
    assert hierarchy.distance is distance
    assert set(scipy_hierarchy.distance.__all__) <= set(dir(hierarchy.distance))


WITHOUT_POSITIONS = {
    "dict": lambda: {0: [1.0, 2.0], 1: [3.0, 4.0]},
    "set": lambda: {1.0, 2.0, 3.0},
    "generator": lambda: (row for row in P),
    "sparse matrix": lambda: sparse.csr_matrix(P),
    "sparse array": lambda: sparse.csr_array(P),
}
TAKE_DATA = {
    "pdist": distance.pdist,
    "cdist": lambda X: distance.cdist(X, P),
    "pdist by a function": lambda X: distance.pdist(X, city),
    "squareform": distance.squareform,
    "euclidean": lambda X: distance.euclidean(X, P[0]),
    "num_obs_y": distance.num_obs_y,
    "num_obs_dm": distance.num_obs_dm,
    "directed_hausdorff": lambda X: distance.directed_hausdorff(X, P),
    "linkage": hierarchy.linkage,
    "ward": hierarchy.ward,
    "fclusterdata": lambda X: hierarchy.fclusterdata(X, 1.0),
    "fcluster": lambda X: hierarchy.fcluster(X, 1.0),
    "dendrogram": lambda X: hierarchy.dendrogram(X, no_plot=True),
    "cophenet": hierarchy.cophenet,
    "to_tree": hierarchy.to_tree,
    "leaves_list": hierarchy.leaves_list,
    "inconsistent": hierarchy.inconsistent,
    "num_obs_linkage": hierarchy.num_obs_linkage,
    "from_mlab_linkage": hierarchy.from_mlab_linkage,
    "vq": lambda X: vq.vq(X, P),
    "whiten": vq.whiten,
    "kmeans": lambda X: vq.kmeans(X, 2),
    "kmeans2": lambda X: vq.kmeans2(X, 2, minit="points"),
}


@pytest.mark.parametrize("container", WITHOUT_POSITIONS)
@pytest.mark.parametrize("name", TAKE_DATA)
def test_entries_without_positions_are_refused_by_name(name, container):
    with pytest.raises((TypeError, ValueError), match=r"sparse|positions|shape"):
        TAKE_DATA[name](WITHOUT_POSITIONS[container]())


HOSTILE = [*WITHOUT_POSITIONS.values(), lambda: None, lambda: "abc", object, lambda: [[1], [1, 2]],
           lambda: np.array([[1, None]]), lambda: np.ma.masked_array([1.0, 2.0], [0, 1]),
           lambda: np.ones((3, 4), complex), lambda: np.float64(3)]  # fmt: skip


@pytest.mark.parametrize(
    "check",
    [
        hierarchy.is_valid_linkage,
        hierarchy.is_valid_im,
        distance.is_valid_dm,
        distance.is_valid_y,
    ],
)
@pytest.mark.parametrize("make", HOSTILE)
def test_a_validity_check_never_raises(check, make):
    assert check(make()) is False


@pytest.mark.parametrize("sort", ["count_sort", "distance_sort"])
@pytest.mark.parametrize("number", [0, 1, np.int64(0), np.int64(1), 0.0, 1.0])
def test_zero_and_one_are_flags(sort, number):
    Z = hierarchy.single([[0.0], [1.0], [5.0], [5.5], [5.9]])
    leaves = [hierarchy.dendrogram(Z, no_plot=True, **{sort: flag})["ivl"]
              for flag in (number, bool(number))]  # fmt: skip
    assert leaves[0] == leaves[1]
    with pytest.raises(ValueError, match=sort):
        hierarchy.dendrogram(Z, no_plot=True, **{sort: 2})
