"""The linkage matrix as a tree.

Question: who is below whom, in which order do the leaves stand, and how high
must you climb to get from one leaf to another?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; n leaves, numbered 0..n-1; row i of Z is node n + i;
y cophenetic distances, condensed.

Nothing here recurses: the leaves stand on a line (`leaf_intervals`), so a chain of
20,000 merges is as easy as a balanced tree.

Sources: pointer jumping, Wyllie 1979, The complexity of parallel
computations; cophenetic distance, Sokal and Rohlf 1962, The comparison of
dendrograms by objective methods; range maximum by doubling, Bender and
Farach-Colton 2000, The LCA problem revisited.
"""

from __future__ import annotations

import copy
import copyreg
import threading
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import at_least, describe, flag
from clusterlib.hierarchy.leaf_intervals import linkage_intervals
from clusterlib.hierarchy.linkage_matrix import as_linkage

__all__ = [
    "ClusterNode",
    "leaves_list",
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
    >>> from clusterlib.hierarchy.trees import ClusterNode
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

    # Python copies and pickles what an object holds by recursion, which ends in deep trees.

    def __copy__(self):
        return self._with(self.__dict__)

    def __deepcopy__(self, memo):
        twins = [(node, node._with({})) for node in _children_first(self) if id(node) not in memo]
        memo |= {id(node): twin for node, twin in twins}
        for node, twin in twins:
            twin.__dict__.update(copy.deepcopy(node.__dict__, memo))
        return memo[id(self)]

    def __reduce_ex__(self, protocol):
        going = _GOING.nodes()
        if going and id(self) in going.ids:
            return copyreg.__newobj__, (type(self),), (None, self.__dict__)
        below = _children_first(self)
        end = _End({id(node) for node in below})
        _GOING.nodes = weakref.ref(end)
        return copyreg.__newobj__, (type(self),), ([*below[:-1], end], self.__dict__)

    def __setstate__(self, state):
        self.__dict__.update(state[-1])

    def _with(self, parts):
        node = type(self).__new__(type(self))
        node.__dict__.update(parts)
        return node


class _Going(threading.local):
    """Refers to the nodes that go into a pickle right now, as long as its pickler lives."""

    def __init__(self):
        self.nodes = lambda: None


_GOING = _Going()


class _End:
    """Goes into a pickle behind the nodes of a tree; what comes out of it is None."""

    def __init__(self, ids):
        self.ids = ids

    def __reduce__(self):
        self.ids = set()
        return type(None), ()


def _children_first(root):
    """Return the nodes of a tree, each behind the nodes below it."""
    nodes, todo = [], [root]
    while todo:
        node = todo.pop()
        nodes.append(node)
        todo += [child for child in (node.left, node.right) if child is not None]
    return nodes[::-1]


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
    >>> from clusterlib.hierarchy.trees import to_tree
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
    >>> from clusterlib.hierarchy.trees import leaves_list
    >>> leaves_list([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    array([2, 0, 1], dtype=int32)
    """
    Z = as_linkage("Z", Z)
    return linkage_intervals(Z).order.astype(np.int32)
