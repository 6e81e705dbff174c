"""A tree as intervals on a line of leaves.

Question: who is below whom, and in which order do the leaves stand, without a loop over nodes?
Chapter: 10, Dendrograms.
Symbols: Z linkage matrix; n leaves, numbered 0..n-1; row i of Z is node n + i.

One idea carries this module and those built on it.  Put the leaves on a
line in the order in which the tree is drawn: then each node covers an
interval of the line, and each merge sits in exactly one of the n-1 gaps
between neighbouring leaves.  Questions about a tree become questions about
intervals, which need neither recursion nor a loop over the nodes, so a chain
of 20,000 merges is as easy as a balanced tree.

Sources: pointer jumping, Wyllie 1979, The complexity of parallel
computations; range maximum by doubling, Bender and Farach-Colton 2000, The LCA
problem revisited.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Intervals",
    "depths",
    "fold_to_root",
    "intervals",
    "is_rising",
    "linkage_intervals",
    "node_sizes",
    "parent_rows",
    "post_order_key",
    "subtree_max",
]


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
    size = node_sizes(children, counts)
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


def node_sizes(children, counts=None):
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


def fold_to_root_plainly(up, value, combine=np.add):
    """Return the same totals node by node from the root down, for readers."""
    n, total = (len(up) + 1) // 2, value.copy()
    for node in reversed(range(2 * n - 2)):
        total[node] = combine(total[node], total[n + up[node]])
    return total


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


def subtree_max_plainly(children, value):
    """Return the same maxima row by row from the leaves up, for readers."""
    n, best = len(value) + 1, value.copy()
    for row, sides in enumerate(children):
        for child in sides[sides >= n]:
            best[row] = max(best[row], best[child - n])
    return best


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
