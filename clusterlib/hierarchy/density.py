"""Dense groups and noise: HDBSCAN on the single linkage tree of the package.

Question: which branches of a tree are dense groups, when single points are dropped?
Chapter: 9c, What a tree does to the distances.
Symbols: X observations (n, d), D their distances, m the smallest size of a group, Z the tree of
mutual reachability, density 1 / height.
Source: Campello, Moulavi, Sander 2013, *Density-based clustering based on hierarchical density
estimates*.

Read the tree from the root down, as the density rises.  A split with fewer than m points on one
side loses these points and goes on with the other side; a split with m points on both sides
ends the branch and begins two.  What is left is the condensed tree.  A branch is chosen as a
cluster if its points stay in it for longer than in the branches below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_matrix, whole_number
from clusterlib.core.pairs import row_start
from clusterlib.distance.pairwise import cdist, pdist
from clusterlib.hierarchy.merging import linkage

__all__ = ["Branch", "DenseGroups", "hdbscan", "mutual_reachability"]

ROWS = 256  # observations whose distances are held together beside the condensed ones


@dataclass
class Branch:
    """A branch of the condensed tree.

    Attributes
    ----------
    birth : float
        Density at which it begins; 0 for the root.
    points : list of int
        Observations that leave it, in the order of rising density.
    leaves : list of float
        Density at which each of these observations leaves.
    children : list of int
        The branches in which it ends, or none: two, or more where merges are equally high.
    stability : float
        Sum over its observations of the density at which they leave, less the birth.
    """

    birth: float
    points: list[int] = field(default_factory=list)
    leaves: list[float] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    stability: float = 0.0


@dataclass(frozen=True)
class DenseGroups:
    """What `hdbscan` finds.

    Attributes
    ----------
    labels : ndarray of int, shape (n,)
        Cluster of each observation from 0, in the order of `chosen`; -1 for noise.
    branches : list of Branch
        The condensed tree; a branch stands before its children.
    chosen : list of int
        The branches that are the clusters.
    Z : ndarray, shape (n - 1, 4)
        Single linkage of the mutual reachability.
    """

    labels: NDArray[np.intp]
    branches: list[Branch]
    chosen: list[int]
    Z: NDArray[np.float64]


def mutual_reachability(X: ArrayLike, m: int) -> NDArray[np.float64]:
    """Return the distances, none shorter than the core distance of either observation.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    m : int
        The core distance of an observation is that to its m-th nearest, itself counted.

    Returns
    -------
    ndarray, shape (n(n-1)/2,)
        Condensed distances, in the units of X.

    Raises
    ------
    ValueError, TypeError
        If X is no table of finite numbers, or m is not from 1 to n.

    Examples
    --------
    >>> mutual_reachability([[0.0], [1.0], [5.0]], 2).tolist()
    [1.0, 5.0, 4.0]
    """
    X, m = as_matrix("X", X), whole_number("m", m, 1)
    if m > len(X):
        raise ValueError(f"`m` is {m}; it must be at most the {len(X)} observations.")
    n, core, y = len(X), _core_distances(X, m), pdist(X)
    for i in range(n - 1):
        row = y[row_start(i, n) + i + 1 : row_start(i, n) + n]
        np.maximum(row, np.maximum(core[i], core[i + 1 :]), out=row)
    return y


def _core_distances(X, m):
    """Return the distance of each observation to its m-th nearest, itself the first."""
    core = np.empty(len(X))
    for at in range(0, len(X), ROWS):
        core[at : at + ROWS] = np.partition(cdist(X[at : at + ROWS], X), m - 1, axis=1)[:, m - 1]
    return core


def hdbscan(X: ArrayLike, m: int = 5) -> DenseGroups:
    """Return the dense groups of at least m observations, and the rest as noise.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Observations.
    m : int, default 5
        Smallest size of a group, at least 2; the core distance uses the same number.

    Returns
    -------
    DenseGroups
        Labels, condensed tree and the single linkage tree.

    Raises
    ------
    ValueError, TypeError
        If X is no table of finite numbers, or m is not from 2 to n.

    Notes
    -----
    The root is never a cluster.  Where merges are equally high, a split has more than two parts,
    so the groups do not depend on the order of the rows.

    References
    ----------
    Campello, Moulavi, Sander 2013.

    Examples
    --------
    >>> hdbscan([[0.0], [1.0], [2.1], [9.0], [10.0], [11.1], [50.0]], m=3).labels.tolist()
    [0, 0, 0, 1, 1, 1, -1]
    """
    m = whole_number("m", m, 2)
    Z = linkage(mutual_reachability(X, m), "single")
    branches = _condense(Z, m)
    chosen = _choose(branches)
    labels = np.full(len(Z) + 1, -1)
    for cluster, branch in enumerate(chosen):
        todo = [branch]
        while todo:
            part = branches[todo.pop()]
            labels[part.points] = cluster
            todo += part.children
    return DenseGroups(labels, branches, chosen, Z)


def _condense(Z, m):
    """Return the branches of the condensed tree, the root first."""
    n = len(Z) + 1
    with np.errstate(divide="ignore"):  # copies of one point are infinitely dense
        density = 1 / Z[:, 2]
    size = np.concatenate([np.ones(n), Z[:, 3]])
    branches, todo = [Branch(0.0)], [(2 * n - 2, 0)]
    while todo:
        node, owner = todo.pop()
        split, branch = _parts(Z, node), branches[owner]
        here = float(density[node - n])
        large = [part for part in split if size[part] >= m]
        for part in split:
            if size[part] < m:
                lost = _leaves(Z, part)
                branch.points += lost
                branch.leaves += [here] * len(lost)
        if len(large) > 1:
            branch.stability += (here - branch.birth) * float(size[large].sum())
            branch.children = list(range(len(branches), len(branches) + len(large)))
            branches += [Branch(here) for _ in large]
            todo += zip(large, branch.children, strict=True)
        elif large:
            todo.append((large[0], owner))
    for branch in branches:
        branch.stability += float(np.sum(np.subtract(branch.leaves, branch.birth)))
    return branches


def _parts(Z, node):
    """Return the subtrees that a node joins at its height: more than two where merges tie."""
    parts, n = [], len(Z) + 1
    todo = Z[node - n, :2].astype(int).tolist()
    while todo:
        part = todo.pop()
        if part >= n and Z[part - n, 2] == Z[node - n, 2]:
            todo += Z[part - n, :2].astype(int).tolist()
        else:
            parts.append(part)
    return parts


def _leaves(Z, node):
    """Return the observations below a node."""
    found, todo, n = [], [node], len(Z) + 1
    while todo:
        node = todo.pop()
        if node < n:
            found.append(node)
        else:
            todo += Z[node - n, :2].astype(int).tolist()
    return found


def _choose(branches):
    """Return the branches, the root excepted, whose stabilities have the largest sum."""
    best = [branch.stability for branch in branches]
    own = [True] * len(branches)
    for at in range(len(branches) - 1, 0, -1):
        below = sum(best[child] for child in branches[at].children)
        if below > best[at]:
            best[at], own[at] = below, False
    chosen, todo = [], branches[0].children[::-1]
    while todo:
        at = todo.pop()
        if own[at]:
            chosen.append(at)
        else:
            todo += branches[at].children[::-1]
    return chosen
