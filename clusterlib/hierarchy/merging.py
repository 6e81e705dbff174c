"""Linkage: merge the nearest two clusters, again and again.

Question: which two clusters merge next, and how do you get the whole tree fast?
Chapter: 9, Linkage.
Symbols: X observations, y condensed distances, D square distances, Z linkage
matrix.

The seven methods differ in how they measure the distance of two clusters
(`lance_williams`).  How the next pair is found depends on what the rule
promises, and on whether there are points or distances:

- single linkage is a spanning tree: Prim's algorithm (`prim`), or Borůvka's for many points in
  few dimensions (`boruvka`);
- rules that never bring clusters nearer may merge any two that are each other's nearest: along
  chains of nearest neighbours (`nn_chain`), or many pairs at once (`reciprocal_neighbours`; of
  points `centroids` for Ward's method, `point_sets` for average and complete linkage);
- centroid and median need the closest pair of all (`closest_pair`; `centroids` for points).

`route` chooses a name, and `ALGORITHMS` holds the function of each name.

Sources: Lance and Williams 1967; Gower and Ross 1969; Murtagh 1983; Müllner
2011.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_array,
    as_condensed_count,
    choose,
    flag,
    require_finite,
)
from clusterlib.core.choices import Method, MetricName
from clusterlib.core.floats import near_one, to_unit
from clusterlib.core.pairs import things_of_pairs
from clusterlib.core.progress import told
from clusterlib.distance.condensed import looks_like_distances, square_form
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.algorithms.boruvka import boruvka_links
from clusterlib.hierarchy.algorithms.centroids import (
    centroid_from_points,
    ward_from_points,
)
from clusterlib.hierarchy.algorithms.closest_pair import (
    FEW,
    all_pairs,
    closest_pairs,
)
from clusterlib.hierarchy.algorithms.nn_chain import nearest_neighbour_chain
from clusterlib.hierarchy.algorithms.point_sets import merge_point_sets
from clusterlib.hierarchy.algorithms.prim import (
    prim_condensed,
    prim_points,
    prim_square,
)
from clusterlib.hierarchy.algorithms.reciprocal_neighbours import (
    CACHED,
    merge_reciprocal_pairs,
)
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.leaf_order import best_order
from clusterlib.hierarchy.linkage_matrix import (
    ClusterWarning,
    cluster_sizes,
    is_valid_linkage,
)
from clusterlib.hierarchy.merges import linkage_matrix_from_merges

__all__ = [
    "ALGORITHMS",
    "average",
    "centroid",
    "complete",
    "linkage",
    "median",
    "route",
    "single",
    "tree_of_points",
    "ward",
    "weighted",
]


def linkage(
    y: ArrayLike,
    method: Method = "single",
    metric: MetricName | Callable[..., float] = "euclidean",
    optimal_ordering: bool = False,
    *,
    progress: Callable[[int, int], Any] | None = None,
) -> NDArray[np.float64]:
    """Build a tree by merging the nearest two clusters until one is left.

    Parameters
    ----------
    y : array_like, shape (n(n-1)/2,) or (n, d)
        Condensed distances as `pdist` returns them, or observations, one a row.
    method : {'single', 'complete', 'average', 'weighted', 'centroid', 'median', 'ward'}
        How the distance of two clusters is measured:

        - single: d(A, B) is the distance of their nearest two points;
        - complete: of their farthest two points;
        - average: the mean over all pairs of points (UPGMA);
        - weighted: the mean of the distances to the two halves of A (WPGMA);
        - centroid: the distance of their means (UPGMC);
        - median: of their middles, the middle of A being halfway between those of its halves;
        - ward: the root of twice the growth of the sum of squares if they merge.

    metric : str or callable, default 'euclidean'
        The metric between observations, as for `pdist`; not used for distances.  Centroid,
        median and ward speak of means and therefore need 'euclidean'.
    optimal_ordering : bool, default False
        Flip merges so that neighbouring leaves are as near as the tree allows; see
        `optimal_leaf_ordering`.
    progress : callable, optional
        Told now and then how many merges are found, and of how many: ``progress(done, n - 1)``;
        for example a `clusterlib.core.progress.Bar`.

    Returns
    -------
    ndarray, shape (n-1, 4), float64
        The linkage matrix Z.  Row i joins the clusters Z[i, 0] < Z[i, 1] at height Z[i, 2]
        into cluster n + i of Z[i, 3] observations; clusters below n are the observations.

    Raises
    ------
    ValueError
        If `method` or `metric` is unknown, `y` is neither of the two forms, has fewer than two
        observations, or gives a distance that is negative or not finite.
    TypeError
        If `y` holds complex numbers.

    Warns
    -----
    ClusterWarning
        If a two-dimensional `y` looks like a square distance matrix, a correlation matrix
        or a linkage matrix.
        Its rows are taken as observations all the same.

    Notes
    -----
    Where distances tie, any of the equal pairs may merge; the choice is SciPy's, with the
    exceptions that `route` names.  The input is never overwritten.

    References
    ----------
    Lance and Williams 1967, A general theory of classificatory sorting strategies.
    Müllner 2011, Modern hierarchical, agglomerative clustering algorithms.

    Examples
    --------
    >>> from clusterlib.hierarchy.merging import linkage
    >>> linkage([[0.0], [1.0], [3.0], [7.0]], "complete")
    array([[0., 1., 1., 2.],
           [2., 4., 3., 3.],
           [3., 5., 7., 4.]])
    """
    choose("method", method, RULES)
    optimal_ordering = flag("optimal_ordering", optimal_ordering)
    y = _as_input(y, method, metric)
    algorithm = route(method, y.shape, metric)
    if algorithm in FROM_POINTS:
        Z = tree_of_points(y, method, algorithm, progress)
        if optimal_ordering:
            return best_order(Z, square_form(require_finite("y", pdist(y))))
        return Z
    distances, exponent = _in_range(pdist(y, metric) if y.ndim == 2 else y)
    Z = _tree_of_distances(distances, method, algorithm, progress)
    if optimal_ordering:  # before heights grow: the order does not ask for the unit
        Z = best_order(Z, square_form(distances))
    return _in_old_units(Z, exponent) if exponent else Z


def route(method: str, shape: tuple[int, ...], metric: str | Callable = "euclidean") -> str:
    """Return the name of the algorithm in `ALGORITHMS` that `linkage` uses.

    Distances, of any metric and number, take n^2 time:

    - 'prim' for single linkage, on a square of n^2 numbers;
    - 'prim in place' for the same with more than 2,000 points, in O(n) memory beside the
      distances;
    - 'nn-chain' for complete, average, weighted and ward, on a square of n^2 numbers;
    - 'reciprocal neighbours' for the same with more than 2,000 points: the chain starts when
      about half of them are merged, and 0.2 to 0.5 n^2 numbers are held.  Where distances tie,
      or in many dimensions, it starts earlier, and at most 1.3 n^2 numbers are held;
    - 'closest pairs' for centroid and median, on a square of n^2 numbers; 'all pairs' for up to
      120 points.

    Points with Euclidean distance take O(n) memory where there are enough of them for that to
    be faster as well:

    - 'prim from points' for single linkage from n = 2,000 on, of n^2 time;
    - 'boruvka' for single linkage of many points in up to three dimensions, from n = 10,000
      (in three dimensions 30,000) on, of less than n^2 time;
    - 'ward from points' for ward from n = 2,000 on, of n^2 time; of less in up to five
      dimensions, where a k-d tree finds the nearest clusters (`nearest_clusters`);
    - 'average from points' and 'complete from points' from n = 5,000 on in up to four dimensions,
      of n^2 time: each distance is computed about once, and forgotten (`point_sets`);
    - 'centroid from points' and 'median from points' from n = 5,000 on, of n^2 time.

    All give the same tree.  Where distances tie, the algorithms of distances choose as SciPy
    does (ward up to rounding, and 'reciprocal neighbours' if nearest distances tie from the
    start), and so does 'prim from points'; the others may merge another of the equal pairs.

    Examples
    --------
    >>> from clusterlib.hierarchy.merging import route
    >>> route("single", (50_000, 2)), route("ward", (1_000, 2)), route("ward", (1_225,))
    ('boruvka', 'nn-chain', 'nn-chain')
    """
    n, d = shape if len(shape) == 2 else (as_condensed_count("y", shape[0]), 0)
    if d and isinstance(metric, str) and metric == "euclidean":
        if method == "single" and d in BORUVKA and n >= BORUVKA[d]:
            return "boruvka"
        many, few, algorithm = MANY_POINTS.get(method, (np.inf, 0, ""))
        if n >= many and d <= few:
            return algorithm
    if method == "single":
        return "prim" if n <= CACHED else "prim in place"
    if RULES[method].monotone:
        return "nn-chain" if n <= CACHED else "reciprocal neighbours"
    return "all pairs" if n <= FEW else "closest pairs"


BORUVKA = {1: 10_000, 2: 10_000, 3: 30_000}  # dimension -> number of points
MANY_POINTS = {  # method -> from how many points on, in how many dimensions, which algorithm
    "single": (2_000, np.inf, "prim from points"),
    "ward": (2_000, np.inf, "ward from points"),
    "average": (5_000, 4, "average from points"),
    "complete": (5_000, 4, "complete from points"),
    "centroid": (5_000, np.inf, "centroid from points"),
    "median": (5_000, np.inf, "median from points"),
}


def _tree_of_distances(y, method, algorithm, progress=None):
    """Return the linkage matrix of condensed distances."""
    rule = RULES[method]
    merges = _told(FROM_DISTANCES[algorithm](y, rule), things_of_pairs(len(y)) - 1, progress)
    return linkage_matrix_from_merges(merges, squared=rule.on_squares, in_order=not rule.monotone)


# condensed distances, rule -> merges (x, y, height), or squares of heights if the rule is on such
FROM_DISTANCES = {
    "prim": lambda y, _: prim_square(square_form(y)),
    "prim in place": lambda y, _: prim_condensed(y, things_of_pairs(len(y))),
    "nn-chain": lambda y, rule: nearest_neighbour_chain(
        square_form(y, rule.on_squares), rule.update
    ),
    "reciprocal neighbours": lambda y, rule: merge_reciprocal_pairs(
        y, things_of_pairs(len(y)), rule.update, rule.on_squares
    ),
    "all pairs": lambda y, rule: all_pairs(square_form(y), rule.update),
    "closest pairs": lambda y, rule: closest_pairs(square_form(y), rule.update),
}


def _told(merges, total, progress):
    """Tell `progress` of every hundredth of the merges, which come one at a time or in rounds."""
    return told(merges, total, progress, -(-total // 100), lambda merge: np.size(merge[0]))


def tree_of_points(X, method, algorithm, progress=None, size=None):
    """Return the linkage matrix of points, without a matrix of distances.

    With `size` a point stands for as many observations in one place.
    """
    X, exponent = to_unit(X)
    rule = RULES[method]
    merges = _told(FROM_POINTS[algorithm](X, size), len(X) - 1, progress)
    Z = linkage_matrix_from_merges(merges, squared=rule.squared, in_order=not rule.monotone)
    return _in_old_units(Z, exponent)


def _equal_first(merge):
    """Let equal points be joined first, at height 0; they go on as one point of that size."""

    def merges(X, size=None):
        own, size, joined = _join_equal(X, np.ones(len(X)) if size is None else size)
        if len(own) < len(X):
            yield joined
        for x, y, height in merge(X[own], size):
            yield own[x], own[y], height

    return merges


def _join_equal(X, size):
    """Return one index for each distinct row of X, the size of the equal, and their links."""
    order = np.lexsort((np.arange(len(X)), *X.T))
    new = np.r_[True, (X[order[1:]] != X[order[:-1]]).any(axis=1)]
    equal = np.flatnonzero(~new)
    joined = order[equal - 1], order[equal], np.zeros(len(equal))
    size = np.add.reduceat(size[order], np.flatnonzero(new))
    rank = order[new].argsort()
    return order[new][rank], size[rank], joined


def _of_sets(method):
    """Return the algorithm of points for average or complete linkage."""
    return lambda X, size: merge_point_sets(X, size, method == "complete", RULES[method].update)


# points of the order of 1 -> merges (x, y, height), or squares of heights for all but single
FROM_POINTS = {
    "prim from points": lambda X, _=None: prim_points(X),  # which takes equal points as they come
    "boruvka": _equal_first(lambda X, _: boruvka_links(X)),
    "ward from points": _equal_first(ward_from_points),
    "average from points": _equal_first(_of_sets("average")),
    "complete from points": _equal_first(_of_sets("complete")),
    "centroid from points": _equal_first(partial(centroid_from_points, halfway=False)),
    "median from points": _equal_first(partial(centroid_from_points, halfway=True)),
}
ALGORITHMS: dict[str, Callable] = {**FROM_DISTANCES, **FROM_POINTS}


def _in_old_units(Z, exponent):
    """Return Z with heights times 2**exponent; those of ward may exceed all distances."""
    with np.errstate(over="ignore"):
        Z[:, 2] = np.ldexp(Z[:, 2], exponent)
    if not np.isfinite(Z[:, 2]).all():
        raise ValueError("`y` gives heights beyond the largest number; divide it, say by 1e10.")
    return Z


def _as_input(y, method, metric) -> np.ndarray:
    """Return `y` as float64 condensed distances or observations, with a word on likely slips."""
    y = as_array("y", y)
    if y.dtype.kind == "c":
        raise TypeError("`y` holds complex numbers; distances and observations are real.")
    y = np.asarray(y, dtype=np.float64)
    if y.ndim == 1:
        as_condensed_count("y", len(y))
    elif y.ndim != 2:
        raise ValueError(
            f"`y` has shape {y.shape}; it must be 1 or 2 dimensional: condensed distances, or "
            "observations, one a row."
        )
    elif len(y) < 2:
        raise ValueError(f"`y` has shape {y.shape}; a tree needs at least two observations.")
    elif RULES[method].squared and not (isinstance(metric, str) and metric == "euclidean"):
        raise ValueError(
            f"`metric` is {metric!r}, but `method={method}` requires the distance metric to be "
            "Euclidean ('euclidean'): it speaks of means. Average linkage takes any metric."
        )
    else:
        _warn_of_slips(require_finite("y", y))
    return y


def _warn_of_slips(X):
    n, d = X.shape
    if looks_like_distances(X):
        warnings.warn(
            "`y`, a symmetric non-negative hollow observation matrix, looks suspiciously like an "
            "uncondensed distance matrix. Its rows are taken as observations; for a tree of these "
            "distances use `linkage(squareform(y))`.",
            ClusterWarning,
            stacklevel=4,
        )
    elif _looks_like_correlations(X):
        warnings.warn(
            "`y` looks suspiciously like a correlation matrix: symmetric, with ones on the "
            "diagonal and nothing beyond. Its rows are taken as observations; for a tree of "
            "correlation distances use `linkage(squareform(1 - y, checks=False))`, or give the "
            "observations and `metric=\"correlation\"`.",
            ClusterWarning,
            stacklevel=4,
        )
    elif d == 4 and is_valid_linkage(X) and (cluster_sizes(X) == X[:, 3]).all():
        warnings.warn(
            "`y` looks suspiciously like a linkage matrix. Its rows are taken as observations, so "
            f"the tree is of these {n} merges, not of your {n + 1} observations; use "
            "`linkage(X)` or `linkage(pdist(X))`.",
            ClusterWarning,
            stacklevel=4,
        )


def _looks_like_correlations(X):
    """Return whether `X` is symmetric, has ones on its diagonal and others within -1 to 1."""
    n, d = X.shape
    if n != d or n < 3 or not np.allclose(np.diagonal(X), 1.0, rtol=0, atol=1e-8):
        return False
    return bool((np.abs(X) <= 1 + 1e-8).all() and np.allclose(X, X.T, rtol=0, atol=1e-8)
                and np.any(np.eye(n) != X))  # fmt: skip


def _in_range(y):
    """Return y divided by a power of two, and its exponent, so that squares stay in range."""
    low, high = y.min(), y.max()
    if not (low >= 0 and high < np.inf):
        require_finite("The condensed distance matrix", y)
        where = int(np.argmax(y < 0))
        raise ValueError(
            f"The condensed distance matrix holds {y[where]} at {where}; distances are never "
            "negative. Turn similarities into distances first (for example `y.max() - y`) and "
            "clip rounding errors (`np.maximum(y, 0)`)."
        )
    if high == 0 or 1e-100 < high < 1e100:
        return y, 0
    return near_one(y)


def single(y: ArrayLike) -> NDArray[np.float64]:
    """Single linkage: the distance of the nearest two points; see `linkage`.

    Rule: d(k, xy) = min(d(k, x), d(k, y)) (Florek et al. 1951; Sneath 1957).
    """
    return linkage(y, method="single", metric="euclidean")


def complete(y: ArrayLike) -> NDArray[np.float64]:
    """Complete linkage: the distance of the farthest two points; see `linkage`.

    Rule: d(k, xy) = max(d(k, x), d(k, y)) (Sørensen 1948).
    """
    return linkage(y, method="complete", metric="euclidean")


def average(y: ArrayLike) -> NDArray[np.float64]:
    """Average linkage, UPGMA: the mean over all pairs of points; see `linkage`.

    Rule: d(k, xy) = (n_x d(k, x) + n_y d(k, y)) / (n_x + n_y) (Sokal and Michener 1958).
    """
    return linkage(y, method="average", metric="euclidean")


def weighted(y: ArrayLike) -> NDArray[np.float64]:
    """Weighted linkage, WPGMA: the mean of the distances to the two halves; see `linkage`.

    Rule: d(k, xy) = (d(k, x) + d(k, y)) / 2 (McQuitty 1966).
    """
    return linkage(y, method="weighted", metric="euclidean")


def centroid(y: ArrayLike) -> NDArray[np.float64]:
    """Centroid linkage, UPGMC: the distance of the means; see `linkage`.

    Rule, on squares: d(k, xy) = (n_x d(k, x) + n_y d(k, y)) / (n_x + n_y)
    - n_x n_y d(x, y) / (n_x + n_y)^2 (Sokal and Michener 1958).  Heights may fall.
    """
    return linkage(y, method="centroid", metric="euclidean")


def median(y: ArrayLike) -> NDArray[np.float64]:
    """Median linkage, WPGMC: the distance of the middles; see `linkage`.

    Rule, on squares: d(k, xy) = (d(k, x) + d(k, y)) / 2 - d(x, y) / 4 (Gower 1967).  Heights
    may fall.
    """
    return linkage(y, method="median", metric="euclidean")


def ward(y: ArrayLike) -> NDArray[np.float64]:
    """Ward linkage: the root of twice the growth of the sum of squares; see `linkage`.

    Rule, on squares: d(k, xy) = ((n_x + n_k) d(k, x) + (n_y + n_k) d(k, y) - n_k d(x, y))
    / (n_x + n_y + n_k) (Ward 1963; Wishart 1969).
    """
    return linkage(y, method="ward", metric="euclidean")
