"""The linkage matrix as a tree: leaves on a line, merges in the gaps."""

import copy
import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

from clusterlib.datasets import twelve_points
from clusterlib.hierarchy.cophenetic import cophenet
from clusterlib.hierarchy.leaf_intervals import (
    depths,
    fold_to_root,
    fold_to_root_plainly,
    is_rising,
    linkage_intervals,
    parent_rows,
    post_order_key,
    subtree_max,
    subtree_max_plainly,
)
from clusterlib.hierarchy.trees import ClusterNode, leaves_list, to_tree
from tests.oracles import chain, members, orders
from tests.strategies import points, trees

few = settings(max_examples=60, deadline=None)


def same(ours, theirs):
    assert ours.dtype == theirs.dtype
    assert_array_equal(ours, theirs)


@few
@given(trees())
def test_leaves_and_cophenetic_distances_are_scipys_to_the_bit(Z):
    same(leaves_list(Z), hierarchy.leaves_list(Z))
    same(cophenet(Z), hierarchy.cophenet(Z))


@few
@given(trees())
def test_leaves_list_is_a_permutation_and_each_node_an_interval(Z):
    order = leaves_list(Z).tolist()
    tree = linkage_intervals(Z)
    assert sorted(order) == list(range(len(Z) + 1))
    for v, below in enumerate(members(Z)):
        assert order[tree.start[v] : tree.start[v] + tree.size[v]] == list(below)


@few
@given(trees())
def test_each_merge_sits_in_the_gap_between_its_sides(Z):
    tree = linkage_intervals(Z)
    below = members(Z)
    for place, row in enumerate(tree.gap.tolist()):
        left, right = Z[row, :2].astype(int)
        assert below[left][-1] == tree.order[place]
        assert below[right][0] == tree.order[place + 1]


@few
@given(trees(), st.integers(0, 99))
def test_subtree_maxima_are_those_of_a_loop(Z, seed):
    n = len(Z) + 1
    value = np.random.default_rng(seed).random(n - 1)
    best = [-np.inf] * n
    for row, (left, right) in enumerate(Z[:, :2].astype(int).tolist()):
        best.append(max(value[row], best[left], best[right]))
    assert_array_equal(subtree_max(linkage_intervals(Z), value), best[n:])
    assert_array_equal(subtree_max_plainly(Z[:, :2].astype(int), value), best[n:])


@few
@given(trees(), st.integers(0, 99))
def test_folding_to_the_root_is_a_walk_up(Z, seed):
    up = parent_rows(Z[:, :2].astype(np.intp))
    n = len(Z) + 1
    value = np.random.default_rng(seed).integers(0, 9, 2 * n - 1)
    value[-1] = 0
    for combine, neutral in ((np.add, 0), (np.minimum, 9)):
        value[-1] = neutral
        walk = []
        for v in range(2 * n - 1):
            total = value[v]
            while v != 2 * n - 2:
                v = n + up[v]
                total = combine(total, value[v])
            walk.append(total)
        assert_array_equal(fold_to_root_plainly(up, value, combine), walk)
        assert_array_equal(fold_to_root(up, value, combine), walk)


@few
@given(trees())
def test_depth_and_post_order_are_those_of_a_walk(Z):
    n = len(Z) + 1
    tree = linkage_intervals(Z)
    depth, seen, todo = {2 * n - 2: 0}, [], [(2 * n - 2, False)]
    while todo:
        v, done = todo.pop()
        if v < n:
            continue
        if done:
            seen.append(v - n)
            continue
        left, right = tree.children[v - n].tolist()
        depth[left] = depth[right] = depth[v] + 1
        todo += [(v, True), (right, False), (left, False)]
    assert_array_equal(depths(tree.up), [depth[v] for v in range(2 * n - 1)])
    assert_array_equal(np.argsort(post_order_key(tree)), seen)


def test_wrong_counts_are_counted_again():
    Z = np.array([[0, 1, 1.0, 4], [2, 3, 1.0, 1], [4, 5, 2.0, 2]])
    assert_array_equal(linkage_intervals(Z).size, [1, 1, 1, 1, 2, 2, 4])
    assert_array_equal(leaves_list(Z), hierarchy.leaves_list(Z))


def test_is_rising_sees_an_inversion():
    up = parent_rows(np.array([[0, 1], [2, 3]]))
    assert is_rising(up, np.array([1.0, 1.0])) and not is_rising(up, np.array([1.0, 0.9]))


@few
@given(trees())
def test_cophenetic_distance_is_the_height_of_the_smallest_common_cluster(Z):
    n = len(Z) + 1
    sets = [set(below) for below in members(Z)]
    want = [
        next(Z[v - n, 2] for v in range(n, 2 * n - 1) if {i, j} <= sets[v])
        for i, j in itertools.combinations(range(n), 2)
    ]
    assert_array_equal(cophenet(Z), want)


@few
@given(points(max_n=12))
def test_single_linkage_distance_is_the_minimax_path(X):
    D = squareform(pdist(X))
    for k in range(len(X)):  # Floyd and Warshall with max in place of plus
        D = np.minimum(D, np.maximum(D[:, [k]], D[[k]]))
    assert_allclose(cophenet(hierarchy.single(X)), squareform(D, checks=False))


@few
@given(trees(methods=("single", "complete", "average", "weighted", "ward")))
def test_cophenetic_distances_are_ultrametric(Z):
    D = squareform(cophenet(Z))
    assert (D[:, None, :] <= np.maximum(D[:, :, None], D[None, :, :]) + 1e-12).all()


def test_cophenetic_correlation_of_the_twelve_points():
    y = pdist(twelve_points().X)
    for method, r in (
        ("single", 0.79022346),
        ("complete", 0.81388113),
        ("average", 0.82172216),
        ("centroid", 0.79078404),
        ("ward", 0.81475972),
    ):
        assert_allclose(cophenet(hierarchy.linkage(y, method), y)[0], r, atol=5e-9)


def test_leaves_of_the_twelve_points():
    Z = hierarchy.ward(twelve_points().X)
    assert leaves_list(Z).tolist() == [2, 0, 1, 5, 3, 4, 8, 6, 7, 11, 9, 10]


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_correlation_of_huge_and_tiny_distances(scale):
    y = np.array([1.0, 2.0, 4.0])
    Z = hierarchy.average(y)
    scaled = Z * [1, 1, scale, 1]
    assert_allclose(cophenet(scaled, y * scale)[0], cophenet(Z, y)[0])


def test_correlation_with_equal_distances_is_nan():
    with np.errstate(invalid="ignore"):
        c, d = cophenet(hierarchy.single([1.0, 1.0, 1.0]), [1.0, 1.0, 1.0])
    assert np.isnan(c) and (d == 1).all()


def test_distances_of_another_length_are_refused():
    Z = hierarchy.single([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="`Y` has length 1; the tree `Z` has 3"):
        cophenet(Z, [1.0])
    with pytest.raises(ValueError, match="`Y`"):
        cophenet(Z, [1.0, np.nan, 2.0])


@few
@given(trees())
def test_to_tree_holds_what_the_table_says(Z):
    root, nodes = to_tree(Z, rd=True)
    theirs = hierarchy.to_tree(Z, rd=True)[1]
    assert root is nodes[-1] and len(nodes) == 2 * len(Z) + 1
    for ours, other in zip(nodes, theirs, strict=True):
        assert (ours.id, ours.count, ours.dist) == (other.id, other.count, other.dist)
        assert ours.is_leaf() == other.is_leaf()
        if not ours.is_leaf():
            assert (ours.left.id, ours.right.id) == (other.left.id, other.right.id)
    assert root.pre_order() == leaves_list(Z).tolist()
    assert to_tree(Z).pre_order(lambda leaf: -leaf.id) == (-leaves_list(Z)).tolist()


def test_to_tree_refuses_counts_that_do_not_add_up():
    with pytest.raises(ValueError, match=r"Z\[1, 3\] is 2, but row 1 joins 3"):
        to_tree([[0, 1, 1.0, 2], [2, 3, 2.0, 2]])


def test_nodes_compare_by_height_and_refuse_everything_else():
    low, high = ClusterNode(0), ClusterNode(2, ClusterNode(0), ClusterNode(1), 1.5)
    assert high > low and low < high and low == ClusterNode(7) and high != low
    for compare in ("__lt__", "__gt__", "__eq__"):
        with pytest.raises(ValueError, match="ClusterNode"):
            getattr(low, compare)(1.0)
    assert high.get_id() == 2 and high.get_count() == 2
    assert high.get_left().id == 0 and high.get_right().id == 1 and low.get_left() is None


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((-1,), "`id`"),
        ((2, None, None, -0.5), "`dist`"),
        ((2, None, None, 0.0, 0), "`count`"),
        ((2, ClusterNode(0)), "`left` and `right`"),
        ((2, None, ClusterNode(0)), "`right`"),
    ],
)
def test_impossible_nodes_are_refused(arguments, named):
    with pytest.raises(ValueError, match=named):
        ClusterNode(*arguments)


def test_pre_order_visits_nodes_of_equal_number_too():
    pair = ClusterNode(5, ClusterNode(1), ClusterNode(2))
    assert ClusterNode(5, pair, ClusterNode(3)).pre_order() == [1, 2, 3]


def test_a_chain_of_20000_leaves_passes_through():
    n = 20_000
    Z = chain(n)
    assert to_tree(Z).count == n and len(to_tree(Z).pre_order()) == n
    assert leaves_list(Z)[:3].tolist() == [n - 1, n - 2, n - 3]
    d = cophenet(chain(3_000))
    assert d[0] == 1 and d[-1] == 2_999


@pytest.mark.parametrize("function", [leaves_list, to_tree, cophenet])
def test_a_table_that_is_no_tree_is_refused_and_no_input_changed(function):
    with pytest.raises(ValueError, match="more than once"):
        function([[0, 1, 1.0, 2], [1, 3, 2.0, 3]])
    with pytest.raises(ValueError, match="4 columns"):
        function(np.zeros((3, 3)))
    Z = chain(6)
    keep = Z.copy()
    Z.flags.writeable = False
    function(Z)
    function(Z.tolist())
    function(np.asfortranarray(Z))
    assert_array_equal(Z, keep)


def histories(n):
    """Yield a linkage matrix for each order in which n leaves can be merged, two at a time."""

    def grow(alive, rows):
        if len(alive) == 1:
            yield np.array(rows, dtype=float)
        for a, b in itertools.combinations(alive, 2):
            rest = [v for v in alive if v not in (a, b)]
            yield from grow([*rest, n + len(rows)], [*rows, (a, b, len(rows) + 1, 2)])

    yield from grow(list(range(n)), [])


@pytest.mark.parametrize(
    ("n", "shapes", "ranked", "flips"), [(3, 3, 3, 4), (4, 15, 18, 8), (5, 105, 180, 16)]
)
def test_counting_trees(n, shapes, ranked, flips):
    tables = list(histories(n))
    assert len(tables) == ranked
    assert len({tuple(cophenet(Z)) for Z in tables}) == ranked
    assert len({frozenset(map(frozenset, members(Z))) for Z in tables}) == shapes
    drawn = set()
    for flip in itertools.product((False, True), repeat=n - 1):
        Z = tables[0].copy()
        Z[list(flip), :2] = Z[list(flip), 1::-1]
        drawn.add(tuple(leaves_list(Z)))
    assert len(drawn) == flips


@pytest.mark.parametrize(
    ("n", "shapes", "ranked", "flips"),
    [(10, 34459425, 2571912000, 512), (12, 13749310575, 9336040560000, 2048)],
)
def test_counting_larger_trees(n, shapes, ranked, flips):
    """Too many to list: add a leaf on any edge, or merge any two of those that are left."""
    edges = range(1, 2 * n - 2, 2)  # a tree of m leaves and a root edge has 2m - 1 edges
    assert math.prod(edges) == shapes
    assert math.prod(math.comb(left, 2) for left in range(2, n + 1)) == ranked
    Z = hierarchy.average(np.random.default_rng(n).random((n, 2)))
    drawn = set()
    for flip in itertools.product((False, True), repeat=n - 1):
        turned = Z.copy()
        turned[list(flip), :2] = Z[list(flip), 1::-1]
        drawn.add(tuple(leaves_list(turned).tolist()))
    assert len(drawn) == flips and drawn == set(orders(Z))


class Named(ClusterNode):
    """A node of a caller's own class."""


TWINS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda thing, protocol=protocol: pickle.loads(
            pickle.dumps(thing, protocol)
        )
        for protocol in (0, 2, pickle.HIGHEST_PROTOCOL)
    },
}


@pytest.mark.parametrize("twin_of", TWINS.values(), ids=TWINS)
def test_a_deep_tree_is_copied_and_pickled(twin_of):
    root = to_tree(chain(100_000))
    twin = twin_of(root)
    assert twin is not root
    assert twin.pre_order() == root.pre_order()
    assert (twin.id, twin.dist, twin.count) == (root.id, root.dist, root.count)
    assert (twin.left is root.left) == (twin_of is copy.copy)


@pytest.mark.parametrize("twin_of", list(TWINS.values())[1:], ids=list(TWINS)[1:])
def test_a_copy_keeps_what_is_shared_and_what_was_added(twin_of):
    root, nodes = to_tree(chain(2000), rd=True)
    root.name, nodes[0].name = "all", ["first"]
    new, new_nodes, first = twin_of((root, nodes, nodes[0].name))
    assert new is new_nodes[-1]
    assert new.name == "all"
    assert new_nodes[0].name is first
    assert first is not nodes[0].name
    for one in new_nodes[2000:]:
        assert one.left is new_nodes[one.left.id]
        assert one.right is new_nodes[one.right.id]
    pair = Named(2, Named(0), Named(1))
    assert {type(node) for node in (twin_of(pair), twin_of(pair).left)} == {Named}


def test_a_copy_of_nodes_that_know_their_parents():
    root, nodes = to_tree(chain(5000), rd=True)
    for node in nodes[5000:]:
        node.left.parent = node.right.parent = node
    twin = copy.deepcopy(root)
    assert twin.left.parent is twin
    assert twin.right.left.parent.parent is twin


def test_a_pickle_that_fails_leaves_nothing_behind():
    root, nodes = to_tree(chain(5000), rd=True)
    nodes[5001].name = lambda: None
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(root)
    del nodes[5001].name
    for node in (root, nodes[-2], nodes[0]):
        assert pickle.loads(pickle.dumps(node)).pre_order() == node.pre_order()
