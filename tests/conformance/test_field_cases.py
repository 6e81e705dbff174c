"""What people met when they clustered: each test is a report, with inputs of our own.

The reports are of SciPy, scikit-learn, seaborn and others; where SciPy 1.17 is
wrong, the right answer is worked out by hand, by brute force or by a plain
definition.  The modules' own tests go deeper; here stand the kinds, through the
public pages that a user imports.
"""

import itertools
import math
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from clusterlib import distance, hierarchy, vq
from tests.oracles import chain, groups, members, orders

mpl.use("Agg")

METHODS = ("single", "complete", "average", "weighted", "centroid", "median", "ward")
STEPS = np.array([[2.0], [3.5], [7.0], [15.0], [40.0], [41.0]])  # no ties under any method


def parts(*text):
    """Return groups written as 'ab', 'c'."""
    return {frozenset("abcdefghij".index(c) for c in group) for group in text}


def is_tree(Z):
    """Tell whether each node is used once, after it is made, and sizes add up."""
    n = len(Z) + 1
    below = members(Z)
    used = Z[:, :2].astype(int).ravel().tolist()
    sizes = [len(below[n + row]) for row in range(n - 1)]
    return (
        sorted(used) == list(range(2 * n - 2))
        and all(max(Z[row, :2]) < n + row for row in range(n - 1))
        and Z[:, 3].tolist() == sizes
        and np.isfinite(Z[:, 2]).all()
        and (Z[:, 2] >= 0).all()
    )


def undone(Z, k):
    """Return the clusters that undoing the last k - 1 rows leaves."""
    found = {frozenset([leaf]) for leaf in range(len(Z) + 1)}
    for row in range(len(Z) + 1 - k):
        new = frozenset(members(Z)[len(Z) + 1 + row])
        found = {part for part in found if not part <= new} | {new}
    return found


# cutting


@pytest.mark.parametrize("ask", [[6], [6, 5], [2, 6, 1], list(range(1, 7)), np.array([3, 3, 6])])
def test_many_counts_in_one_cut(ask):
    """The column of n clusters was all zeros, others changed places (scipy#9818)."""
    Z = hierarchy.linkage(STEPS, "complete")
    cut = hierarchy.cut_tree(Z, n_clusters=ask)
    assert cut.shape == (6, len(ask))
    for column, k in zip(cut.T, ask, strict=True):
        assert groups(column) == undone(Z, k)


def test_a_cut_through_an_inversion():
    """Fewer clusters than asked came back in silence (scipy#8063, scipy#7977)."""
    X = np.array([[0.0, 0], [4, 0], [2, 3.6], [90, 0], [97, 1], [50, 50]])
    Z = hierarchy.centroid(X)
    assert not hierarchy.is_monotonic(Z)
    for k in range(1, 7):
        assert groups(hierarchy.cut_tree(Z, k)) == undone(Z, k)


def test_no_tree_has_less_than_one_cluster():
    """maxclust with t = 0 read beyond an array (scipy#21206, scipy#26100)."""
    Z = hierarchy.average(STEPS)
    for criterion, t in itertools.product(("maxclust", "maxclust_monocrit"), (0, -2, 0.25)):
        with pytest.raises(ValueError, match="`t`"):
            hierarchy.fcluster(Z, t, criterion, monocrit=hierarchy.maxdists(Z))
    assert len(groups(hierarchy.fcluster(Z, 0, "distance"))) == 6


def test_as_many_clusters_as_points():
    """Three clusters of three points gave one (scipy#12651)."""
    Z = hierarchy.single(np.array([[5.0], [1.0], [2.5]]))
    assert groups(hierarchy.fcluster(Z, 2, "maxclust")) == parts("a", "bc")
    for k in (3, 4, 99):
        assert groups(hierarchy.fcluster(Z, k, "maxclust")) == parts("a", "b", "c")


def test_maxclust_is_an_upper_bound_under_ties():
    """Evenly spaced points give one cluster or all (scipy#7977, scipy#12651)."""
    Z = hierarchy.single(np.arange(0, 50, 10.0)[:, None])
    assert [len(groups(hierarchy.fcluster(Z, k, "maxclust"))) for k in range(1, 6)] == [
        1,
        1,
        1,
        1,
        5,
    ]
    assert [len(groups(hierarchy.cut_tree(Z, k))) for k in range(1, 6)] == [1, 2, 3, 4, 5]


def test_the_default_criterion_is_no_height():
    """fcluster(Z, 4) does not cut at height 4; the keyword does."""
    Z = hierarchy.linkage(STEPS, "single")  # heights 1, 1.5, 3.5, 8, 25
    assert groups(hierarchy.fcluster(Z, 4)) == parts("abcdef")
    assert groups(hierarchy.fcluster(Z, 4, "distance")) == parts("abc", "d", "ef")
    assert groups(hierarchy.fcluster(Z, 3.5, "distance")) == parts("abc", "d", "ef")
    assert groups(hierarchy.fcluster(Z, 3.4, "distance")) == parts("ab", "c", "d", "ef")


def test_partitions_compare_both_ways():
    """[a, b, c] and [a, b, a] counted as the same (scipy#6271)."""
    labellings = [list(t) for t in itertools.product((1, 5, 9), repeat=4)]
    for a, b in itertools.product(labellings[::3], labellings):
        assert hierarchy.is_isomorphic(a, b) == (groups(a) == groups(b))


# building


def test_a_square_matrix_is_warned_of_with_the_fix():
    """Distances of distances, from a square matrix (scipy#2614, seaborn#621)."""
    square = distance.squareform(distance.pdist(STEPS))
    with pytest.warns(hierarchy.ClusterWarning, match="squareform"):
        Z = hierarchy.linkage(square, "average")
    assert_allclose(Z, hierarchy.linkage(distance.pdist(square), "average"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        hierarchy.linkage(distance.squareform(square), "average")


def test_what_is_not_finite_makes_no_tree():
    """A zero row under cosine gave NaN, and a crash far away (scipy#6774, scipy#5142)."""
    X = np.array([[3.0, 4.0], [0.0, 0.0], [1.0, -1.0], [2.0, 2.0]])
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError, match=r"(?i)finite"):
            hierarchy.linkage(X, "complete", metric="cosine")
    for method, bad in itertools.product(METHODS, (np.nan, np.inf, -np.inf)):
        with pytest.raises(ValueError, match=r"(?i)finite"):
            hierarchy.linkage([2.0, 1.0, 3.0, bad, 1.0, 2.0], method)


@pytest.mark.parametrize("method", METHODS)
def test_no_point_one_point_two_points_equal_points(method):
    """Filters leave little behind (orange3#2367)."""
    for few in ([], np.zeros((0, 3)), [[7.0, 7.0]]):
        with pytest.raises(ValueError):
            hierarchy.linkage(few, method)
    assert_allclose(hierarchy.linkage([[2.0, 2.0], [5.0, 6.0]], method), [[0, 1, 5, 2]])
    Z = hierarchy.linkage(np.full((7, 3), 2.5), method)
    assert is_tree(Z) and not Z[:, 2].any()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scale", [1e-200, 1e160, 1e300])
def test_huge_and_tiny_distances_make_a_tree_or_an_error(method, scale):
    """Overflow joined a node with itself (scipy#6785)."""
    y = np.array([2.0, 5.0, 4.0, 3.0, 6.0, 7.0])
    with np.errstate(all="ignore"):
        try:
            Z = hierarchy.linkage(y * scale, method)
        except (ValueError, OverflowError):
            return
    assert is_tree(Z)
    assert_allclose(Z[:, 2] / scale, hierarchy.linkage(y, method)[:, 2])


def test_optimal_ordering_is_optimal():
    """A flip made the order shorter (scipy#11227)."""
    for seed in range(8):
        X = np.random.default_rng(seed).random((7, 2))
        D = distance.squareform(distance.pdist(X))
        Z = hierarchy.linkage(X, "average", optimal_ordering=True)
        best = min(sum(D[a, b] for a, b in itertools.pairwise(o)) for o in orders(Z))
        ours = hierarchy.leaves_list(Z).tolist()
        assert sum(D[a, b] for a, b in itertools.pairwise(ours)) <= best + 1e-12


def test_faults_of_a_table_are_named():
    """'Uses the same cluster more than once': where, and in what? (scipy#6785)."""
    for row, word in (
        ([1, 4, 5.0, 3], "more than once"),
        ([2, 5, 5.0, 3], "before"),
        ([2, 4, -5.0, 3], "negative"),
        ([-2, 4, 5.0, 3], "negative"),
        ([2, 4, np.nan, 3], "NaN"),
    ):
        Q = np.array([[0, 1, 2.0, 2], row, [3, 5, 6.0, 4]])
        assert not hierarchy.is_valid_linkage(Q)
        with pytest.raises(ValueError, match=word) as error:
            hierarchy.is_valid_linkage(Q, throw=True, name="Q")
        assert "Q" in str(error.value)
        for function in (hierarchy.leaves_list, hierarchy.cophenet, hierarchy.to_tree):
            with pytest.raises(ValueError, match=word):
                function(Q)


def test_matlab_indices_out_of_range_are_refused():
    """An index beyond 2n ended the interpreter (scipy#25341)."""
    for bad in ([[1, 2, 1.0], [3, 900, 2.0]], [[0, 1, 1.0], [2, 3, 2.0]], [[1, 1, 1.0]]):
        with pytest.raises(ValueError):
            hierarchy.from_mlab_linkage(bad)
    Z = hierarchy.ward(STEPS)
    assert_allclose(hierarchy.from_mlab_linkage(hierarchy.to_mlab_linkage(Z)), Z)


# deep trees


def test_a_chain_goes_through_everything():
    """RecursionError on long chains (scipy#9165, seaborn#1581)."""
    n = 20_000
    Z = chain(n)
    drawn = hierarchy.dendrogram(Z, no_plot=True)
    assert sorted(drawn["leaves"]) == list(range(n)) and drawn["ivl"][0] == str(n - 1)
    root = hierarchy.to_tree(Z)
    assert root.get_count() == n and root.pre_order()[0] == n - 1
    assert hierarchy.is_valid_linkage(Z) and hierarchy.maxdists(Z)[-1] == n - 1
    assert hierarchy.inconsistent(Z).shape == (n - 1, 4)
    assert max(hierarchy.fcluster(Z, 1.5, "distance")) == n - 1
    assert np.bincount(hierarchy.cut_tree(Z, 4).ravel()).tolist() == [n - 3, 1, 1, 1]


# dendrograms


@pytest.mark.parametrize(
    "labels",
    [
        list("uvwxyz"),
        np.array(list("uvwxyz")),
        pd.Index(list("uvwxyz")),
        pd.Series(list("uvwxyz"), index=[5, 4, 3, 2, 1, 7]),
    ],
)
def test_labels_of_a_frame(labels):
    """labels=df.index was ambiguous, labels=df['name'] a KeyError (scipy#12418, scanpy#1300)."""
    Z = hierarchy.single(pd.DataFrame(STEPS, index=list("uvwxyz")))
    ivl = hierarchy.dendrogram(Z, labels=labels, no_plot=True)["ivl"]
    assert ivl == ["uvwxyz"[i] for i in hierarchy.leaves_list(Z)]


@pytest.mark.parametrize("labels", [list("uv"), list("uvwxyzz"), np.array(["u"])])
def test_too_few_or_too_many_labels(labels):
    """The last ones were shown (scipy#11492)."""
    with pytest.raises(ValueError, match="labels"):
        hierarchy.dendrogram(hierarchy.single(STEPS), labels=labels, no_plot=True)


def test_a_truncated_tree_keeps_the_labels_it_can():
    """p counts leaves; single leaves keep their label (scipy#12230, scipy#12213)."""
    Z = hierarchy.single(STEPS)  # ef at 1, ab at 1.5, abc at 3.5, abcd at 8
    drawn = hierarchy.dendrogram(Z, labels=list("abcdef"), truncate_mode="lastp", p=3, no_plot=True)
    assert sorted(drawn["ivl"]) == ["(2)", "(3)", "d"] and len(drawn["icoord"]) == 2
    whole = hierarchy.dendrogram(Z, labels=list("abcdef"), truncate_mode="lastp", p=6, no_plot=True)
    assert sorted(whole["ivl"]) == list("abcdef")


def test_leaves_have_the_colour_of_their_link():
    """Wrong where merges have height 0 (scipy#16558)."""
    X = np.array([[0.0, 8], [5, 5], [5, 5], [5, 5], [30, 0], [0, 9]])
    Z = hierarchy.average(X)
    drawn = hierarchy.dendrogram(Z, no_plot=True, link_color_func=lambda node: f"#{node}")
    joins = {int(c): f"#{6 + row}" for row, pair in enumerate(Z[:, :2]) for c in pair}
    assert drawn["leaves_color_list"] == [joins[leaf] for leaf in drawn["leaves"]]


def test_none_brings_the_palette_back():
    """The palette is global (scipy#13420, scipy#11912)."""
    Z = hierarchy.single(STEPS)

    def colors():
        return hierarchy.dendrogram(Z, no_plot=True, color_threshold=5)["color_list"]

    before = colors()
    hierarchy.set_link_color_palette(("k",))
    try:
        assert {c for c in colors() if c != "C0"} == {"k"}
    finally:
        hierarchy.set_link_color_palette(None)
    assert colors() == before


def test_descending_is_not_ascending():
    """count_sort='descending' was read as True (scipy#12911)."""
    Z = hierarchy.single(STEPS)
    for option in ("count_sort", "distance_sort"):
        up = hierarchy.dendrogram(Z, no_plot=True, **{option: "ascending"})["leaves"]
        down = hierarchy.dendrogram(Z, no_plot=True, **{option: "descending"})["leaves"]
        assert up == hierarchy.dendrogram(Z, no_plot=True, **{option: True})["leaves"] != down


@pytest.mark.parametrize("rotation", [0, 45, 90])
def test_labels_turn_as_told(rotation):
    """leaf_rotation=0 was ignored (scipy#4920); drawing goes to the axes given (scipy#14896)."""
    _, (left, right) = plt.subplots(1, 2)
    hierarchy.dendrogram(hierarchy.single(STEPS), ax=right, leaf_rotation=rotation)
    assert {mark.get_rotation() for mark in right.get_xticklabels()} == {rotation}
    assert right.collections and not left.collections
    plt.close("all")


# vector quantization


def test_a_constant_column_stays_as_it_is():
    """whiten divided by zero (scipy#3499)."""
    obs = np.array([[2.0, 7.0, 1.0], [4.0, 7.0, 5.0]])
    with pytest.warns(RuntimeWarning, match=r"(?i)deviation"):
        assert_allclose(vq.whiten(obs), [[2, 7, 0.5], [4, 7, 2.5]])
    for bad in (np.nan, -np.inf):
        with pytest.raises(ValueError):
            vq.whiten(np.array([[1.0, bad]]))


def test_distortion_is_the_mean_distance_to_the_codes_returned():
    """Documented as a sum of squares; taken from the step before (scipy#2279, scipy#24069)."""
    x = np.array([1.0, 2.0, 4.0, 9.0, 16.0, 60.0])[:, None]
    for guess, thresh in (([[1.0], [2.0]], 1e6), ([[1.0], [60.0]], 1e-9)):
        book, distortion = vq.kmeans(x, np.array(guess), thresh=thresh)
        nearest = np.abs(x - book.ravel()).min(axis=1)
        assert_allclose(distortion, nearest.mean())


@pytest.mark.parametrize("minit", ["points", "++", "random"])
def test_one_dimensional_data(minit):
    """minit='++' failed for vectors (scipy#9950, scipy#20224)."""
    x = np.array([0.0, 0.5, 30.0, 30.5, 31.0])
    found = set()
    for seed in range(8):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book, labels = vq.kmeans2(x, 2, minit=minit, rng=seed)
        assert book.shape == (2,) and labels.shape == (5,)
        found.add(frozenset(groups(labels)))
    assert frozenset(parts("ab", "cde")) in found


def test_a_code_word_without_points():
    """kmeans drops it, kmeans2 keeps it and warns, or raises (scipy#13242, scipy#1605)."""
    x = np.array([[1.0], [3.0], [50.0]])
    guess = np.array([[-900.0], [2.0], [50.0]])
    keep = guess.copy()
    assert_allclose(vq.kmeans(x, guess)[0], [[2.0], [50.0]])
    with pytest.warns(UserWarning, match=r"(?i)empty"):
        book, labels = vq.kmeans2(x, guess, minit="matrix")
    assert_allclose(book, [[-900.0], [2.0], [50.0]])
    assert labels.tolist() == [1, 1, 2]
    with pytest.raises(vq.ClusterError):
        vq.kmeans2(x, guess, minit="matrix", missing="raise")
    assert_array_equal(guess, keep)


def test_a_seed_fixes_the_answer_and_nothing_else():
    """Results changed from run to run (scipy#7846, scipy#13972)."""
    x = np.random.default_rng(4).random((60, 2))

    def book(**more):
        return vq.kmeans2(x, 4, iter=1, minit="++", **more)[0].tobytes()

    assert book(rng=3) == book(rng=np.random.default_rng(3))
    assert book(seed=3) == book(seed=np.random.RandomState(3))
    np.random.seed(11)
    before = np.random.get_state()[1].copy()
    book(rng=3)
    assert_array_equal(np.random.get_state()[1], before)
    with pytest.raises(TypeError):
        book(rng=3, seed=3)


# distances


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint64, np.int8])
def test_small_integers_do_not_wrap(dtype):
    """uint8 gave negative cosines (scipy#9961, scipy#10262)."""
    u, v = np.array([120, 3, 77], dtype), np.array([5, 127, 80], dtype)
    a, b = u.astype(float), v.astype(float)
    for name in (
        "euclidean",
        "sqeuclidean",
        "cityblock",
        "chebyshev",
        "canberra",
        "braycurtis",
        "cosine",
    ):
        want = distance.pdist(np.array([a, b]), name)
        assert want[0] > 0
        assert_allclose(distance.pdist(np.array([u, v]), name), want)
        assert_allclose(getattr(distance, name)(u, v), want[0])
    assert_allclose(distance.pdist(np.array([u, v]), "cityblock"), [115 + 124 + 3])


def test_orders_of_minkowski():
    """p = inf gave ones, 0 < p < 1 was refused here and taken there (scipy#12926, scipy#14710)."""
    X = np.array([[1.0, 1.0], [10.0, 17.0]])
    for p, want in ((0.5, (3 + 4) ** 2), (1, 25), (2, math.sqrt(81 + 256)), (np.inf, 16)):
        assert_allclose(distance.pdist(X, "minkowski", p=p), [want])
        assert_allclose(distance.cdist(X, X, "minkowski", p=p), [[0, want], [want, 0]])
        assert_allclose(distance.minkowski(*X, p=p), want)
    for p in (0, -2):
        for call in (
            lambda p: distance.pdist(X, "minkowski", p=p),
            lambda p: distance.cdist(X, X, "minkowski", p=p),
            lambda p: distance.minkowski(*X, p=p),
        ):
            with pytest.raises(ValueError):
                call(p)


@pytest.mark.parametrize("metric", ["cosine", "correlation"])
def test_multiples_of_a_vector_are_not_at_a_negative_distance(metric):
    """-2e-16 broke linkage later (scipy#5208, scipy#17754)."""
    for seed in range(12):
        v = np.random.default_rng(seed).normal(size=3 + seed)
        X = np.outer([1, 7, 1e-3, 1e5], v)
        for d in (distance.pdist(X, metric), distance.cdist(X, X, metric).ravel()):
            assert (d >= 0).all() and (d < 1e-12).all()
        hierarchy.cophenet(hierarchy.linkage(X, "average", metric=metric))


def test_a_matrix_that_is_nearly_symmetric():
    """The last bit differs: refused, unless checks are off (scikit-learn#32848)."""
    near = np.array([[0.0, 0.7, 1.0], [0.7, 0.0, 0.1 + 0.7], [1.0, 0.8, 0.0]])
    assert near[1, 2] != near[2, 1]
    with pytest.raises(ValueError, match=r"(?i)symmetric"):
        distance.squareform(near)
    assert_allclose(distance.squareform(near, checks=False), [0.7, 1.0, 0.8])
    assert distance.is_valid_dm(near, tol=1e-9) and not distance.is_valid_dm(near)
    with pytest.raises(ValueError, match=r"(?i)diagonal"):
        distance.squareform(np.eye(3))
    for bad in ([1.0, 2.0, 3.0, 4.0], np.zeros((3, 4))):
        with pytest.raises(ValueError):
            distance.squareform(bad)
