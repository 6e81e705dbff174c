"""Slow, plain definitions that the tests compare with."""

import itertools

import numpy as np


def groups(labels):
    """Return a labelling as a set of frozensets of positions: names do not matter."""
    found = {}
    for i, label in enumerate(np.asarray(labels).ravel().tolist()):
        found.setdefault(label, set()).add(i)
    return {frozenset(group) for group in found.values()}


def chain(n):
    """Return the tree in which leaf 2 joins the pair 0, 1, then leaf 3, and so on."""
    return np.column_stack(
        (
            np.r_[0, np.arange(2, n)],
            np.r_[1, np.arange(n, 2 * n - 2)],
            np.arange(1, n),
            np.arange(2, n + 1),
        )
    ).astype(float)


def members(Z):
    """Return the leaves below each node, from left to right."""
    n = len(Z) + 1
    below = [(leaf,) for leaf in range(n)]
    for left, right in np.asarray(Z)[:, :2].astype(int).tolist():
        below.append(below[left] + below[right])
    return below


def orders(Z):
    """Return all 2^(n-1) leaf orders of a small tree."""
    n = len(Z) + 1
    found = [[(leaf,)] for leaf in range(n)]
    for left, right in np.asarray(Z)[:, :2].astype(int).tolist():
        pairs = list(itertools.product(found[left], found[right]))
        found.append([a + b for a, b in pairs] + [b + a for a, b in pairs])
    return found[-1]
