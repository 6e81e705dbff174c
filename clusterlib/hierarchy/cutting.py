"""From a tree to flat clusters.

Question: where do you cut the tree, and which clusters fall out?
Chapter: 11, Cutting the tree.
Symbols: Z linkage matrix; t threshold or number of clusters; T labels; R
inconsistency matrix; k number of clusters.

Every cut here is the same act.  Give each merge a number that never falls on
the way to the root; keep the merges whose number is at most a threshold; what
hangs together is a cluster.  With the leaves on a line and one merge in each
gap between neighbours, the clusters are the stretches between the gaps whose
merge was not kept.  The criteria differ only in the number they give.

Sources: criteria of MATLAB's ``cluster`` function and of SciPy (Eads 2007);
comparison of partitions, Rand 1971, Objective criteria for the evaluation of
clustering methods.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_real,
    as_vector,
    at_least,
    choose,
    describe,
    real_number,
    whole_number,
)
from clusterlib.core.choices import Criterion, Method, MetricName
from clusterlib.core.containers import as_labels
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.inconsistency import (
    as_inconsistency,
    inconsistency_matrix,
)
from clusterlib.hierarchy.leaf_intervals import (
    depths,
    fold_to_root,
    intervals,
    is_rising,
    linkage_intervals,
    post_order_key,
    subtree_max,
)
from clusterlib.hierarchy.linkage_matrix import ClusterWarning, as_linkage
from clusterlib.hierarchy.merging import linkage

__all__ = ["cut_tree", "fcluster", "fclusterdata", "is_isomorphic", "leaders"]


def fcluster(
    Z: ArrayLike,
    t: float,
    criterion: Criterion = "inconsistent",
    depth: int = 2,
    R: ArrayLike | None = None,
    monocrit: ArrayLike | None = None,
) -> NDArray[np.int32]:
    """Cut a tree into flat clusters.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    t : float
        A threshold, or the greatest number of clusters, as `criterion` says.
    criterion : {'inconsistent', 'distance', 'maxclust', 'monocrit', 'maxclust_monocrit'}
        Which merges to keep:

        - 'inconsistent' (the default): no inconsistency coefficient in the subtree exceeds `t`;
        - 'distance': no height in the subtree exceeds `t`;
        - 'monocrit': `monocrit` does not exceed `t`;
        - 'maxclust': as 'distance', with the lowest threshold that gives at most `t` clusters;
        - 'maxclust_monocrit': the same with `monocrit`.
    depth : int, default 2
        Levels that the inconsistency coefficient looks at.
    R : array_like, shape (n-1, 4), optional
        The inconsistency matrix; computed with `depth` if not given.
    monocrit : array_like, shape (n-1,), optional
        A number for each merge.  It must not fall on the way to the root; where it does, the
        least number from a merge up to the root counts.

    Returns
    -------
    ndarray, shape (n,), int32
        The cluster of each observation, numbered 1, 2, ... as the tree is drawn; where a single
        observation merges with a cluster, the cluster comes first.  If n clusters or more are
        asked for, observation i is cluster i + 1.

    Raises
    ------
    TypeError, ValueError
        If a matrix is not valid, a length does not fit, `t` is NaN, or fewer than one cluster
        is asked for.

    Warns
    -----
    ClusterWarning
        If `t` is 2 or more and no inconsistency coefficient exceeds it: one cluster is left, and a
        number of clusters or a height was meant.

    Notes
    -----
    With equal heights 'maxclust' may have to give fewer clusters than `t`.

    Examples
    --------
    >>> from clusterlib.hierarchy.cutting import fcluster
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 6.0, 4]]
    >>> fcluster(Z, 2.0, "distance")
    array([1, 1, 2, 2], dtype=int32)
    >>> fcluster(Z, 3, "maxclust")
    array([1, 1, 2, 3], dtype=int32)
    """
    score, by_count = choose("criterion", criterion, _CRITERIA)
    Z = as_linkage("Z", Z)
    t = _threshold(t)
    if by_count:
        t = np.floor(at_least("t", t, 1))
    if R is not None:
        R = as_inconsistency("R", R, Z)
    n = len(Z) + 1
    if by_count and t >= n:
        return np.arange(1, n + 1, dtype=np.int32)
    tree = intervals(_leaf_after_merge(Z), Z[:, 3])
    value = score(Z, tree, depth=depth, R=R, monocrit=monocrit)
    if criterion == "inconsistent" and 2 <= t < np.inf and value[-1] <= t:
        _warn_of_one_cluster(t, value[-1])
    if by_count:
        t = _lowest_cut(value, t)
    return _stretches(tree, value > t)


def _warn_of_one_cluster(t, highest):
    """Say what `t` was compared with: most callers meant a number of clusters, or a height."""
    warnings.warn(
        f"`t` = {t:g} is compared with inconsistency coefficients, and none here exceeds "
        f"{highest:.3g}, so all observations are one cluster. For a number of clusters add "
        'criterion="maxclust", for a height criterion="distance".',
        ClusterWarning,
        stacklevel=3,
    )


def _by_inconsistency(Z, tree, *, depth, R, **_):
    if R is None:
        R = inconsistency_matrix(Z, max(1, whole_number("depth", depth, 0)))
    return subtree_max(tree, R[:, 3])


def _by_height(Z, tree, **_):
    return subtree_max(tree, Z[:, 2])


def _by_monocrit(Z, tree, *, monocrit, **_):
    if monocrit is None:
        raise ValueError("`monocrit` is None; this `criterion` needs a number for each merge.")
    value = np.asarray(as_vector("monocrit", monocrit, finite=False), dtype=np.float64)
    if len(value) != len(Z) or np.isnan(value).any():
        raise ValueError(
            f"`monocrit` has length {len(value)}; it must hold {len(Z)} numbers, "
            "one for each merge of `Z`, and no NaN."
        )
    if is_rising(tree.up, value):
        return value
    n = len(Z) + 1
    return fold_to_root(tree.up, np.concatenate((np.full(n, np.inf), value)), np.minimum)[n:]


# criterion -> (number of each merge, is `t` a number of clusters?)
_CRITERIA = {
    "inconsistent": (_by_inconsistency, False),
    "distance": (_by_height, False),
    "maxclust": (_by_height, True),
    "monocrit": (_by_monocrit, False),
    "maxclust_monocrit": (_by_monocrit, True),
}


def _threshold(t):
    try:  # text that reads as a number will do, as in SciPy
        t = float(t) if isinstance(t, str) else t
    except ValueError:
        raise ValueError(f"`t` is {describe(t)}; it must be one number.") from None
    return real_number("t", t)


def _lowest_cut(value, k):
    """Return the least threshold on the merges' `value` that leaves at most `k` clusters."""
    keep = len(value) - int(k)  # all but k - 1 of the merges, counted from 0
    return np.partition(value, keep)[keep]


def _leaf_after_merge(Z):
    """Swap the children of rows that join a leaf on the left with a merge on the right."""
    pairs = Z[:, :2].T.astype(np.intp, order="C")
    swap = (pairs[0] <= len(Z)) & (pairs[1] > len(Z))
    return np.where(swap, pairs[::-1], pairs).T


def _stretches(tree, cut):
    """Number the stretches of the line between the gaps whose merge is `cut`: 1, 2, ..."""
    T = np.empty(len(tree.order), np.int32)
    T[tree.order[0]] = 1
    T[tree.order[1:]] = 1 + np.cumsum(cut[tree.gap])
    return T


def fclusterdata(
    X: ArrayLike,
    t: float,
    criterion: Criterion = "inconsistent",
    metric: MetricName | Callable[..., float] = "euclidean",
    depth: int = 2,
    method: Method = "single",
    R: ArrayLike | None = None,
) -> NDArray[np.int32]:
    """Cluster observations: measure, link and cut in one call.

    Parameters
    ----------
    X : array_like, shape (n, d)
        The observations.
    t : float
        The threshold, or the greatest number of clusters, as for `fcluster`.
    criterion : {'inconsistent', 'distance', 'maxclust'}
        How to cut, as for `fcluster`.
    metric : str or callable, default 'euclidean'
        The metric, as for `pdist`.
    depth : int, default 2
        Levels that the inconsistency coefficient looks at.
    method : str, default 'single'
        How to link, as for `linkage`.
    R : array_like, shape (n-1, 4), optional
        The inconsistency matrix of the tree, if you have it.

    Returns
    -------
    ndarray, shape (n,), int32
        The cluster of each observation, numbered from 1.

    Raises
    ------
    TypeError
        If `X` is not two-dimensional.
    ValueError
        As in `pdist`, `linkage` and `fcluster`.

    Warns
    -----
    ClusterWarning
        As `fcluster` does.

    Examples
    --------
    >>> from clusterlib.hierarchy.cutting import fclusterdata
    >>> fclusterdata([[0.0], [1.0], [9.0], [10.5]], 2.0, criterion="distance")
    array([1, 1, 2, 2], dtype=int32)
    """
    X = as_real("X", X).astype(np.float64, copy=False)  # a function sees numbers, not bytes
    if X.ndim != 2:
        raise TypeError(f"`X` has shape {X.shape}; it must have one row per observation.")
    Z = linkage(pdist(X, metric), method)
    return fcluster(Z, t, criterion, depth, R)


def cut_tree(
    Z: ArrayLike, n_clusters: ArrayLike | None = None, height: ArrayLike | None = None
) -> NDArray[np.int64]:
    """Cut a tree into given numbers of clusters, or at given heights.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    n_clusters : int or sequence of int, optional
        Numbers of clusters, each from 1 to n.
    height : float or sequence of float, optional
        Heights; merges below a height are kept.  Give one of the two arguments; with neither,
        all cuts from n clusters to 1 are made.

    Returns
    -------
    ndarray, shape (n, number of cuts), int64
        Column j holds the clusters of cut j, numbered 0, 1, ... by their first observation.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, both arguments are given, a number of clusters is not a
        whole number from 1 to n, or a height is NaN.

    Notes
    -----
    Unlike ``fcluster(Z, k, "maxclust")`` this gives exactly as many clusters as asked, also
    where heights are equal: among equal heights the deepest merge, then the leftmost, is made
    first.  A merge lower than one below it (an inversion) counts as high as that one.

    Examples
    --------
    >>> from clusterlib.hierarchy.cutting import cut_tree
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 6.0, 4]]
    >>> cut_tree(Z, n_clusters=[2, 3])
    array([[0, 0],
           [0, 0],
           [1, 1],
           [1, 2]])
    >>> cut_tree(Z, height=1.5).ravel()
    array([0, 0, 1, 2])
    """
    Z = as_linkage("Z", Z)
    n = len(Z) + 1
    if height is not None and n_clusters is not None:
        raise ValueError("Give `n_clusters` or `height`, not both.")
    tree = linkage_intervals(Z)
    value = subtree_max(tree, Z[:, 2])
    if height is not None:
        done = np.searchsorted(np.sort(value), _heights(height))
    elif n_clusters is not None:
        done = n - np.array([_count(k, n) for k in np.atleast_1d(n_clusters)], dtype=np.intp)
    else:
        done = np.arange(n)
    rank = np.empty(n - 1, np.intp)
    rank[np.lexsort((tree.start[n:], -depths(tree.up)[n:], value))] = np.arange(n - 1)
    cuts = np.empty((n, len(done)), np.int64)
    for j, merges in enumerate(done.tolist()):
        cuts[:, j] = _by_first_member(_stretches(tree, rank >= merges) - 1, n - merges)
    return cuts


def _count(k, n):
    k = whole_number("n_clusters", k, 1)
    if k > n:
        raise ValueError(f"`n_clusters` is {k}; a tree of {n} observations has at most {n}.")
    return k


def _heights(height):
    height = np.asarray(as_vector("height", np.atleast_1d(height), finite=False), dtype=float)
    if np.isnan(height).any():
        raise ValueError("`height` is NaN; it must be a number.")
    return height


def _by_first_member(labels, k):
    """Number the clusters by the first observation in each."""
    first = np.empty(k, np.intp)
    first[labels[::-1]] = np.arange(len(labels))[::-1]  # the last write, the first member, stays
    number = np.empty(k, np.int64)
    number[np.argsort(first)] = np.arange(k)
    return number[labels]


def leaders(Z: ArrayLike, T: ArrayLike) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the node of the tree that each flat cluster consists of.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    T : array_like, shape (n,), int32
        Flat clusters of the observations, as from `fcluster`.

    Returns
    -------
    L : ndarray, shape (k,), int32
        The nodes, children before parents, from left to right.
    M : ndarray, shape (k,), int32
        The cluster of each.

    Raises
    ------
    TypeError
        If `T` does not hold int32 numbers.
    ValueError
        If `Z` is not a linkage matrix, `T` has another length than n, or a cluster of `T` is
        not one whole subtree.

    Examples
    --------
    >>> import numpy as np
    >>> from clusterlib.hierarchy.cutting import leaders
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 6.0, 4]]
    >>> leaders(Z, np.array([7, 7, 8, 9], dtype=np.int32))
    (array([2, 3, 4], dtype=int32), array([8, 9, 7], dtype=int32))
    """
    Z = as_linkage("Z", Z)
    T = as_vector("T", T)
    if T.dtype != np.int32:
        raise TypeError(
            f"`T` has dtype {T.dtype}; it must be int32: `T.astype('int32')` makes it so."
        )
    if len(T) != len(Z) + 1:
        raise ValueError(
            f"`T` has length {len(T)}; the tree `Z` has {len(Z) + 1} observations. (Mismatch: "
            "len(T) != len(Z) + 1.)"
        )
    tree = linkage_intervals(Z)
    L = _leaders(tree, T)
    M = T[tree.order[tree.start[L]]]
    found, times = np.unique(M, return_counts=True)
    if (times > 1).any():
        label = found[np.argmax(times > 1)]
        node = L[np.argmax(label == M)]
        raise ValueError(
            f"`T` is not a valid assignment vector of this tree: cluster {label} is not one "
            f"whole subtree. Node {node} holds a part of it, the rest is elsewhere."
        )
    return L.astype(np.int32), M


def _leaders(tree, T):
    """Return the highest nodes whose leaves bear one label, as a post-order walk meets them.

    The walk finds a leader at the row above it, when it has finished both sides of that row.
    """
    n = len(T)
    changes = np.zeros(n, np.int32)
    np.cumsum(np.diff(T[tree.order]) != 0, out=changes[1:])
    pure = changes.take(tree.start) == changes.take(tree.start + tree.size - 1)
    if pure[-1]:
        return np.array([2 * n - 2])
    L = np.flatnonzero(pure & ~pure[n:].take(tree.up))
    turn = post_order_key(tree)[tree.up[L]]
    is_right = tree.children[tree.up[L], 1] == L
    return L[np.argsort(2 * turn + is_right)]


def is_isomorphic(T1: ArrayLike, T2: ArrayLike) -> bool:
    """Tell whether two labellings are the same partition under different names.

    Parameters
    ----------
    T1, T2 : array_like, shape (n,)
        Labels of any sortable kind.

    Returns
    -------
    bool
        True if two observations share a label in `T1` exactly if they share one in `T2`.

    Raises
    ------
    ValueError
        If an argument is not one-dimensional, or the lengths differ.

    Examples
    --------
    >>> from clusterlib.hierarchy.cutting import is_isomorphic
    >>> is_isomorphic([1, 2, 2], [7, 3, 3]), is_isomorphic([0, 1, 2], [0, 1, 0])
    (True, False)
    """
    T1, T2 = as_labels("T1", T1), as_labels("T2", T2)
    for name, T in (("T1", T1), ("T2", T2)):
        if T.ndim != 1:
            raise ValueError(f"`{name}` has shape {T.shape}; it must be one-dimensional.")
    if len(T1) != len(T2):
        raise ValueError(
            f"`T1` and `T2` must have the same number of elements, not {len(T1)} and {len(T2)}."
        )
    first, second = T1.tolist(), T2.tolist()
    return len(set(first)) == len(set(second)) == len(set(zip(first, second)))
