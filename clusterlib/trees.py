"""The linkage matrix as a tree.

Question: who is below whom, in which order do the leaves stand, and how high
must you climb to get from one leaf to another?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; n leaves, numbered 0..n-1; row i of Z is node n + i;
y cophenetic distances, condensed.

One idea carries this room and the two rooms built on it.  Put the leaves on a
line in the order in which the tree is drawn: then each node covers an
interval of the line, and each merge sits in exactly one of the n-1 gaps
between neighbouring leaves.  Questions about a tree become questions about
intervals, which need neither recursion nor a loop over the nodes, so a chain
of 20,000 merges is as easy as a balanced tree.

Sources: pointer jumping, Wyllie 1979, The complexity of parallel
computations; cophenetic distance, Sokal and Rohlf 1962, The comparison of
dendrograms by objective methods; range maximum by doubling, Bender and
Farach-Colton 2000, The LCA problem revisited.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.checks import as_condensed, at_least, describe, flag
from clusterlib.links import as_linkage

__all__ = [
    "ClusterNode",
    "Intervals",
    "cophenet",
    "depths",
    "fold_to_root",
    "intervals",
    "is_rising",
    "leaves_list",
    "linkage_intervals",
    "parent_rows",
    "post_order_key",
    "subtree_max",
    "to_tree",
]


class ClusterNode:
    """A node of a binary tree of clusters.

    Parameters
    ----------
    id : int
        Number of the node: a leaf is below n, the node of row i of Z is n + i.
    left, right : ClusterNode, optional
        The two nodes joined here; a leaf has neither.
    dist : float, default 0.0
        Height of the merge.
    count : int, default 1
        Number of leaves below; taken from the children where there are any.

    Raises
    ------
    ValueError
        If a number is out of range, or there is exactly one child.

    Examples
    --------
    >>> from clusterlib.trees import ClusterNode
    >>> pair = ClusterNode(2, ClusterNode(0), ClusterNode(1), dist=1.5)
    >>> pair.count, pair.is_leaf(), pair.pre_order()
    (2, False, [0, 1])

    Notes
    -----
    ``<``, ``>`` and ``==`` compare heights.
    """

    __hash__ = None  # type: ignore[assignment]  # equal heights do not make equal nodes

    def __init__(
        self,
        id: int,
        left: ClusterNode | None = None,
        right: ClusterNode | None = None,
        dist: float = 0.0,
        count: int = 1,
    ) -> None:
        at_least("id", id, 0)
        at_least("dist", dist, 0)
        if (left is None) != (right is None):
            raise ValueError("Give both `left` and `right` or neither: no node has one child.")
        at_least("count", count, 1)
        for name, child in (("left", left), ("right", right)):
            if not (child is None or isinstance(child, ClusterNode)):
                raise TypeError(f"`{name}` is {describe(child)}; it must be a ClusterNode or None.")
        self.id, self.left, self.right, self.dist = id, left, right, dist
        self.count: int = count if left is None or right is None else left.count + right.count

    @classmethod
    def _trusted(cls, id, left, right, dist, count):
        """Return a node of parts that were checked together, as those of a linkage matrix."""
        node = cls.__new__(cls)
        node.id, node.left, node.right, node.dist, node.count = id, left, right, dist, count
        return node

    def __lt__(self, node: ClusterNode) -> bool:
        return self.dist < _height(node)

    def __gt__(self, node: ClusterNode) -> bool:
        return self.dist > _height(node)

    def __eq__(self, node: object) -> bool:
        return self.dist == _height(node)

    def get_id(self) -> int:
        """Return the number of this node."""
        return self.id

    def get_count(self) -> int:
        """Return the number of leaves below this node; 1 for a leaf."""
        return self.count

    def get_left(self) -> ClusterNode | None:
        """Return the left child, or None for a leaf."""
        return self.left

    def get_right(self) -> ClusterNode | None:
        """Return the right child, or None for a leaf."""
        return self.right

    def is_leaf(self) -> bool:
        """Tell whether this node has no children."""
        return self.left is None

    def pre_order(self, func: Callable[[ClusterNode], Any] = lambda node: node.id) -> list[Any]:
        """Return `func` of each leaf below this node, from left to right.

        Parameters
        ----------
        func : callable, default the node's id
            Called with one leaf at a time.

        Returns
        -------
        list
            What `func` returned.
        """
        found, todo = [], [self]
        while todo:
            node = todo.pop()
            if node.left is None or node.right is None:
                found.append(func(node))
            else:
                todo += (node.right, node.left)
        return found


def _height(node):
    if not isinstance(node, ClusterNode):
        raise ValueError(  # SciPy's class of error
            f"A ClusterNode can be compared to a ClusterNode only, not to {node!r}."
        )
    return node.dist


def to_tree(Z: ArrayLike, rd: bool = False) -> ClusterNode | tuple[ClusterNode, list[ClusterNode]]:
    """Turn a linkage matrix into nodes that know their children.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    rd : bool, default False
        Return the list of all nodes too.

    Returns
    -------
    root : ClusterNode
        The node of the last row.
    nodes : list of ClusterNode, length 2n-1
        Only if `rd`; entry v is node v.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, or its sizes in column 3 do not add up.

    Examples
    --------
    >>> from clusterlib.trees import to_tree
    >>> root = to_tree([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    >>> float(root.dist), root.count, root.right.pre_order()
    (1.0, 3, [0, 1])
    """
    Z, rd = as_linkage("Z", Z), flag("rd", rd)
    nodes = _nodes(Z)
    wrong = np.flatnonzero(Z[:, 3] != [node.count for node in nodes[len(Z) + 1 :]])
    if len(wrong):
        i = int(wrong[0])
        raise ValueError(
            f"`Z` is corrupt: the count Z[{i}, 3] is {Z[i, 3]:g}, "
            f"but row {i} joins {nodes[len(Z) + 1 + i].count} observations."
        )
    return (nodes[-1], nodes) if rd else nodes[-1]


def _nodes(Z):
    n = len(Z) + 1
    node = ClusterNode._trusted
    nodes = [node(leaf, None, None, 0.0, 1) for leaf in range(n)]
    left_of, right_of = Z[:, :2].T.astype(np.intp).tolist()
    for new, (i, j, height) in enumerate(zip(left_of, right_of, Z[:, 2], strict=True), n):
        left, right = nodes[i], nodes[j]
        nodes.append(node(new, left, right, height, left.count + right.count))
    return nodes


def leaves_list(Z: ArrayLike) -> NDArray[np.int32]:
    """Return the leaves from left to right as the tree is drawn.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.

    Returns
    -------
    ndarray, shape (n,), int32
        A permutation of 0..n-1.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix.

    Examples
    --------
    >>> from clusterlib.trees import leaves_list
    >>> leaves_list([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    array([2, 0, 1], dtype=int32)
    """
    Z = as_linkage("Z", Z)
    return linkage_intervals(Z).order.astype(np.int32)


def cophenet(
    Z: ArrayLike, Y: ArrayLike | None = None
) -> NDArray[np.float64] | tuple[np.float64, NDArray[np.float64]]:
    """Return the height at which each pair of observations is first joined.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.
    Y : array_like, shape (n(n-1)/2,), optional
        The distances from which `Z` was made, condensed, for the correlation.

    Returns
    -------
    c : float
        Only if `Y` is given: Pearson's correlation of `Y` with the cophenetic distances, a
        measure of how faithful the tree is; NaN if all distances are equal.
    d : ndarray, shape (n(n-1)/2,), float64
        The cophenetic distances, condensed.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix, or `Y` holds no condensed distances of n observations.

    References
    ----------
    Sokal, Rohlf 1962, The comparison of dendrograms by objective methods.

    Examples
    --------
    >>> from clusterlib.trees import cophenet
    >>> Z = [[0, 1, 1.0, 2], [2, 3, 2.5, 3]]
    >>> cophenet(Z)
    array([1. , 2.5, 2.5])
    >>> c, d = cophenet(Z, [1.0, 2.0, 3.0])
    >>> round(float(c), 6)
    0.866025
    """
    Z = as_linkage("Z", Z)
    if Y is None:
        return _cophenetic(Z)
    Y = as_condensed("Y", Y)
    pairs = len(Z) * (len(Z) + 1) // 2
    if len(Y) != pairs:
        raise ValueError(
            f"`Y` has length {len(Y)}; the tree `Z` has {len(Z) + 1} observations, "
            f"so {pairs} distances are needed."
        )
    d = _cophenetic(Z)
    return _correlation(Y, d), d


def _cophenetic(Z):
    """Walk along the line of leaves and keep one row: where each leaf meets the one you stand on.

    Two leaves meet in the last merge of the gaps between them, which is the highest one too
    where no merge is lower than one below it.  Crossing a gap changes only the leaves joined
    there: those behind now meet you in that gap, and the smaller side, drawn ahead, is new.
    """
    n, heights = len(Z) + 1, Z[:, 2]
    tree = intervals(_smaller_side_right(Z), Z[:, 3])
    rising = is_rising(tree.up, heights)
    meet = heights[tree.gap] if rising else tree.gap.astype(np.float64)
    place = np.empty(n, np.intp)
    place[tree.order] = np.arange(n)
    first = np.arange(n) * n - np.arange(n) * (np.arange(n) + 1) // 2
    begin = tree.start[n + tree.gap]
    end = begin + tree.size[n + tree.gap]
    d, row = np.empty(n * (n - 1) // 2), np.zeros(n)
    np.maximum.accumulate(meet, out=row[1:])
    for p, leaf in enumerate(tree.order.tolist()):
        row.take(place[leaf + 1 :], out=d[first[leaf] : first[leaf] + n - 1 - leaf], mode="clip")
        if p < n - 1:
            row[begin[p] : p + 1] = meet[p]
            np.maximum.accumulate(meet[p + 1 : end[p] - 1], out=row[p + 2 : end[p]])
    return d if rising else heights[d.astype(np.intp)]


def _smaller_side_right(Z):
    pairs = Z[:, :2].T.astype(np.intp, order="C")
    left, right = _sizes(pairs.T, Z[:, 3])[pairs]
    return np.where(left < right, pairs[::-1], pairs).T


def _correlation(a, b):
    """Return Pearson's correlation; scaling first keeps huge and tiny distances in range."""
    a, b = (v / v.max() if 0 < v.max() < np.inf else v for v in (a, b))
    with np.errstate(invalid="ignore"):  # NaN if all are equal, or one is infinite
        a, b = a - a.mean(), b - b.mean()
        return (a @ b) / np.sqrt((a @ a) * (b @ b))


class Intervals(NamedTuple):
    """A tree whose leaves stand on a line; node v covers order[start[v]:start[v] + size[v]]."""

    children: NDArray[np.intp]  # (n-1, 2): left and right node of each row; best column by column
    up: NDArray[np.intp]  # (2n-1,): the row that joins each node; the root's own row for the root
    size: NDArray[np.intp]  # (2n-1,): leaves below each node
    start: NDArray[np.intp]  # (2n-1,): place of its first leaf
    order: NDArray[np.intp]  # (n,): leaf at each place
    gap: NDArray[np.intp]  # (n-1,): row that joins what is left and right of each gap


def intervals(children, counts=None):
    """Put the leaves of a tree on a line, the left child of each row before the right one.

    `counts`, if given, claims the number of leaves below each row.
    """
    n = len(children) + 1
    size = _sizes(children, counts)
    up = parent_rows(children)
    left, right = children.T
    shift = np.zeros(2 * n - 1, np.intp)
    shift[right] = size.take(left)
    start = fold_to_root(up, shift)
    order = np.empty(n, np.intp)
    order[start[:n]] = np.arange(n)
    gap = np.empty(n - 1, np.intp)
    gap[start[right] - 1] = np.arange(n - 1)
    return Intervals(children, up, size, start, order, gap)


def linkage_intervals(Z):
    """Put the leaves of a linkage matrix on a line."""
    return intervals(Z[:, :2].astype(np.intp, order="F"), Z[:, 3])


def _sizes(children, counts=None):
    """Return the number of leaves below each node; it is `counts` where those add up."""
    n = len(children) + 1
    size = np.ones(2 * n - 1, np.intp)
    if counts is not None:
        size[n:] = counts
    both = size.take(children[:, 0])
    both += size.take(children[:, 1])
    if not np.array_equal(size[n:], both):
        counted = [1] * n
        for left, right in children.tolist():
            counted.append(counted[left] + counted[right])
        size[n:] = counted[n:]
    return size


def parent_rows(children):
    """Return for each node the row that joins it; the root points to its own row."""
    n = len(children) + 1
    up = np.empty(2 * n - 1, np.intp)
    up[children[:, 0]] = up[children[:, 1]] = np.arange(n - 1)
    up[-1] = n - 2
    return up


def is_rising(up, value):
    """Tell whether the `value` of no row exceeds that of the row above it."""
    return bool((value[up[len(value) + 1 :]] >= value).all())


def fold_to_root(up, value, combine=np.add):
    """Combine `value`, overwritten, over each node and everything above it, all nodes at once.

    Pointer jumping: each row knows the total of the 1, 2, 4, 8, ... nearest rows above it, so
    log2(depth) rounds reach the root.  The root's own value must not matter to `combine` (0 for
    a sum), because pointers that have arrived stay there.
    """
    n = (len(up) + 1) // 2
    if n == 1:
        return value
    total, hop = value[n:], up[n:].copy()
    above, further = np.empty(n, value.dtype), np.empty_like(hop)  # fresh memory is slow
    while hop.min() < n - 2:
        combine(total, total.take(hop, out=above[1:], mode="clip"), out=total)
        hop.take(hop, out=further, mode="clip")
        hop, further = further, hop
    combine(total, total.take(hop, out=above[1:], mode="clip"), out=total)
    combine(value[:n], total.take(up[:n], out=above, mode="clip"), out=value[:n])
    return value


def depths(up):
    """Return how many merges lie above each node."""
    steps = np.ones(len(up), np.intp)
    steps[-1] = 0
    return fold_to_root(up, steps)


def post_order_key(tree):
    """Return a number for each row that grows along a walk that visits a row after both sides.

    Such a walk leaves the interval that ends first, and of two that end together the smaller.
    """
    n = len(tree.order)
    key = tree.start[n:] + tree.size[n:]
    key *= n + 1
    key += tree.size[n:]
    return key


def subtree_max(tree, value):
    """Return for each row the greatest `value` of the rows in its subtree.

    The rows of a subtree fill the gaps inside its interval.  Two overlapping windows whose
    width is a power of two cover them, and doubling gives the maxima of all such windows.
    """
    n = len(value) + 1
    if is_rising(tree.up, value):
        return value.copy()
    first, count = tree.start[n:], tree.size[n:] - 1
    bits, best, width = np.frexp(count)[1].astype(np.int8), np.empty(n - 1), 1
    window, wider = value.take(tree.gap), np.empty(n - 1)
    while True:
        rows = np.flatnonzero(bits == width.bit_length())  # width <= count < 2 width
        begin = first.take(rows)
        end = begin + count.take(rows) - width
        best[rows] = np.maximum(window.take(begin), window.take(end))
        if 2 * width > n - 1:
            return best
        wider = np.maximum(window[:-width], window[width:], out=wider[: len(window) - width])
        window, wider, width = wider, window, 2 * width
