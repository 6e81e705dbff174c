"""A tree for many points: quantize first, then link the code words.

Question: how do you draw a hierarchy of a million points, when a tree needs all their
distances?
Chapter: 9b, Trees of many points.
Symbols: X observations (n, d), C codebook (k, d), counts how many observations each code
word stands for, labels its index for each observation, Z linkage matrix of the code words.
Sources: Zhang, Ramakrishnan, Livny 1996, *BIRCH: an efficient data clustering method for very
large databases*; Carlsson, Memoli 2010, *Characterization, stability and convergence of
hierarchical clustering methods* (the bound for single linkage).

A code word that stands for c observations is linked like c observations in one place: the
rules of Lance and Williams know cluster sizes, so the sizes start at c instead of 1.  What is
lost is what quantization loses, and that can be measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import (
    as_generator,
    as_matrix,
    as_vector,
    choose,
    one_of,
    whole_number,
)
from clusterlib.core.choices import Criterion
from clusterlib.distance.condensed import square_form
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.algorithms.closest_pair import (
    FEW,
    all_pairs,
    closest_pairs,
)
from clusterlib.hierarchy.algorithms.nn_chain import nearest_neighbour_chain
from clusterlib.hierarchy.algorithms.prim import prim_square
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merges import linkage_matrix_from_merges
from clusterlib.hierarchy.merging import FROM_POINTS, route, tree_of_points
from clusterlib.vq.lloyd import lloyd, means
from clusterlib.vq.nearest import distances_to
from clusterlib.vq.seeding import SEEDINGS

__all__ = ["Summary", "link_code_words", "summarize"]


@dataclass(frozen=True)
class Summary:
    """A tree of code words, and the observations they stand for.

    Attributes
    ----------
    Z : ndarray of shape (k-1, 4)
        The linkage matrix of the code words.
    C : ndarray of shape (k, d)
        The code words, each the mean of its observations: the leaves of the tree.
    counts : ndarray of int, shape (k,)
        How many observations each stands for.
    labels : ndarray of int, shape (n,)
        The code word of each observation.
    sse : float
        The sum of squared distances to the code words: what the tree does not show.
    radius : float
        The largest distance of an observation to its code word.
    """

    Z: NDArray[np.float64]
    C: NDArray
    counts: NDArray[np.intp]
    labels: NDArray[np.intp]
    sse: float
    radius: float

    def cut(self, t: float, criterion: Criterion = "maxclust") -> NDArray[np.intc]:
        """Return the flat cluster of each observation; see `clusterlib.hierarchy.fcluster`."""
        return fcluster(self.Z, t, criterion)[self.labels]


def _link(C: NDArray, counts: NDArray, method: str) -> NDArray[np.float64]:
    """Return the tree of code words that stand for `counts` observations each."""
    if (algorithm := route(method, C.shape)) in FROM_POINTS:
        return tree_of_points(C, method, algorithm, size=counts)
    rule, D = RULES[method], square_form(pdist(C))
    if method == "single":
        return linkage_matrix_from_merges(prim_square(D))
    if method == "ward":  # its square: twice the growth of the sum of squares
        D *= np.sqrt(2 * counts[:, None] * counts / (counts[:, None] + counts))
    if rule.on_squares:
        D *= D
    find = all_pairs if len(D) <= FEW else closest_pairs
    merge = nearest_neighbour_chain if rule.monotone else find
    return linkage_matrix_from_merges(
        merge(D, rule.update, counts), squared=rule.on_squares, in_order=not rule.monotone
    )


def link_code_words(C: ArrayLike, counts: ArrayLike, method: str = "ward") -> NDArray[np.float64]:
    """Link code words, each weighted by the number of observations it stands for.

    Parameters
    ----------
    C : array_like of shape (k, d)
        Code words, at least two.
    counts : array_like of shape (k,)
        How many observations each stands for, greater than 0.
    method : {'single', 'complete', 'average', 'weighted', 'centroid', 'median', 'ward'}
        As for `clusterlib.hierarchy.linkage`; default 'ward'.  Average, centroid and ward use
        the counts.  The other four do not ask for sizes, and counts change nothing.

    Returns
    -------
    ndarray of shape (k-1, 4)
        The linkage matrix of the code words; its last column counts code words.  If each
        stands for observations that are equal to it, the heights are those of the tree of
        all observations, whose other merges are at height 0.

    Raises
    ------
    ValueError
        If `method` is unknown, shapes do not fit, or a count is not greater than 0.

    References
    ----------
    Zhang, Ramakrishnan, Livny 1996, *BIRCH*.

    Examples
    --------
    >>> link_code_words([[0.0], [1.0], [3.0]], [1, 1, 1], "average")[:, 2].tolist()
    [1.0, 2.5]
    >>> link_code_words([[0.0], [1.0], [3.0]], [3, 1, 1], "average")[:, 2].tolist()
    [1.0, 2.75]
    """
    one_of("method", method, RULES)
    C = as_matrix("C", C).astype(float)
    weights = as_vector("counts", counts).astype(float)
    if len(C) < 2:
        raise ValueError(f"`C` has shape {C.shape}; a tree needs at least two code words.")
    if len(weights) != len(C) or (weights <= 0).any():
        raise ValueError(
            f"`counts` has {len(weights)} numbers from {weights.min(initial=np.inf):g}; it must "
            f"have {len(C)}, one a code word, greater than 0. Leave out code words without "
            "observations."
        )
    return _link(C, weights, method)


def summarize(
    X: ArrayLike,
    k: int,
    method: str = "ward",
    rng: Any = None,
    *,
    seeding: str = "++",
    max_iter: int = 20,
) -> Summary:
    """Quantize observations to k code words and link these, weighted by their counts.

    Parameters
    ----------
    X : array_like of shape (n, d)
        Observations.
    k : int
        Number of code words, at most n.  The tree takes memory in proportion to its square,
        unless `clusterlib.hierarchy.merging.route` finds an algorithm of points.
    method : str, default 'ward'
        As for `link_code_words`.
    rng : None, int, Generator, BitGenerator or SeedSequence, default None
        Random numbers for the start of k-means.
    seeding : str, default '++'
        A name of `clusterlib.vq.seeding.SEEDINGS`.
    max_iter : int, default 20
        Iterations of k-means at most.

    Returns
    -------
    Summary
        The tree, the code words and the observations they stand for.  Code words that no
        observation chose are dropped.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    Half the sum of the squared heights of a Ward tree is the sum of squares of the code words,
    so with `sse` it adds up to that of the observations: nothing is lost unseen.  Under
    single linkage no two observations join at a height that is more than twice `radius` away
    from that in the tree of all observations.

    References
    ----------
    Zhang, Ramakrishnan, Livny 1996, *BIRCH*; Carlsson, Memoli 2010.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.repeat([[0.0], [1.0], [5.0]], [3, 1, 2], axis=0)
    >>> summary = summarize(X, 3, rng=0)
    >>> sorted(summary.counts.tolist()), summary.sse
    ([1, 2, 3], 0.0)
    >>> summary.cut(2)
    array([1, 1, 1, 1, 2, 2], dtype=int32)
    """
    one_of("method", method, RULES)
    k = whole_number("k", k, low=2)
    start = choose("seeding", seeding, SEEDINGS)(X, k, as_generator("rng", rng))
    end = lloyd(X, start, max_iter, empty="drop")
    labels, counts = np.unique(end.labels, return_inverse=True, return_counts=True)[1:]
    C = means(end.X, labels, len(counts))  # also where k-means has not come to its end
    distances = distances_to(end.X, C, labels).astype(float)
    Z = link_code_words(C, counts, method)
    return Summary(Z, C, counts, labels, float((distances**2).sum()), float(distances.max()))
