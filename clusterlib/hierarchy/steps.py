"""The merges of a tree one at a time, with the distances before and after each.

Question: what does a merge do to the table of distances?
Chapter: 9, Linkage.
Symbols: y condensed distances, D square distances, Z linkage matrix.

`linkage` computes the tree; here it is replayed on the square matrix of distances, for
pictures and for readers.

Sources: Lance and Williams 1967.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.choices import Method, MetricName
from clusterlib.distance.condensed import square_form
from clusterlib.distance.pairwise import pdist
from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merging import linkage

__all__ = ["Merge", "merge_steps"]


class Merge(NamedTuple):
    """One merge, and what it does to the table of distances.

    `left` and `right` become `new`, of `size` observations, at `height`.  To each of `others`
    the distances were `from_left` and `from_right` and now are `from_new`: the terms and the
    result of the rule of Lance and Williams with the coefficients `terms` (a_left, a_right, b,
    c).  With a rule on squares, these three and `between` are squared distances, and `between`
    is the square of the height; else it is the height.
    """

    left: int
    right: int
    new: int
    height: float
    size: int
    others: np.ndarray
    from_left: np.ndarray
    from_right: np.ndarray
    between: float
    terms: tuple
    from_new: np.ndarray


def merge_steps(
    y: ArrayLike,
    method: Method = "single",
    metric: MetricName | Callable[..., float] = "euclidean",
) -> Iterator[Merge]:
    """Yield the merges of `linkage` one at a time, with the distances before and after each.

    The tree is computed by `linkage`, then replayed on the square matrix of distances, so a
    picture made from these steps cannot differ from the answer.  Meant for trees to look at:
    each step costs O(n), and the matrix n^2 memory.

    Parameters
    ----------
    y, method, metric
        As for `linkage`.

    Yields
    ------
    Merge
        The n-1 merges in the order of the rows of Z.

    Raises
    ------
    ValueError, TypeError
        As `linkage`.

    Examples
    --------
    >>> from clusterlib.hierarchy.steps import merge_steps
    >>> for step in merge_steps([[0.0], [1.0], [3.0], [7.0]], "average"):
    ...     print(step.left, step.right, step.height, step.others, step.from_new)
    0 1 1.0 [2 3] [2.5 6.5]
    2 4 2.5 [3] [5.66666667]
    3 5 5.666666666666667 [] []
    """
    Z = linkage(y, method, metric)
    rule, n = RULES[method], len(Z) + 1
    table = np.asarray(y, dtype=np.float64)
    D = square_form(table if table.ndim == 1 else pdist(table, metric), rule.on_squares)
    power = 2 if rule.squared and not rule.on_squares else 1
    cluster, size = np.arange(n), np.ones(n)
    for new, (left, right, height, both) in enumerate(Z.tolist(), n):
        i, j = np.flatnonzero(cluster == left)[0], np.flatnonzero(cluster == right)[0]
        rest = np.flatnonzero((cluster >= 0) & (cluster != left) & (cluster != right))
        known = D[i, rest], D[j, rest], D[i, j]
        from_new = rule.update(*known, size[i], size[j], size[rest])
        D[j, rest] = D[rest, j] = from_new
        terms = rule.coefficients(size[i], size[j], size[rest])
        from_left, from_right, between, from_new = (d**power for d in (*known, from_new))
        yield Merge(
            *(int(left), int(right), new, height, int(both), cluster[rest]),
            *(from_left, from_right, between, terms, from_new),
        )
        cluster[i], cluster[j], size[j] = -1, new, both
