"""Trees: every function of a ready linkage matrix against SciPy, balanced and chain."""

import numpy as np
from clock import Case
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist

from clusterlib.hierarchy import (
    cophenetic,
    cutting,
    dendrograms,
    inconsistency,
    leaf_order,
    trees,
)

ROWS = ("trees", "paths", "beyond")


def chain(n):
    """Return the tree in which one leaf joins at a time."""
    first, second = np.r_[0, np.arange(2, n)], np.r_[1, np.arange(n, 2 * n - 2)]
    return np.column_stack((first, second, np.arange(1.0, n), np.arange(2.0, n + 1)))


def balanced(n):
    """Return a tree that always joins the two clusters that have waited longest."""
    rng = np.random.default_rng(0)
    waiting = rng.permutation(n).tolist()
    size = [1] * n
    rows = []
    for height in np.sort(rng.random(n - 1)):
        left, right = sorted(waiting[2 * len(rows) : 2 * len(rows) + 2])
        waiting.append(len(size))
        size.append(size[left] + size[right])
        rows.append((left, right, height, size[-1]))
    return np.array(rows)


def calls(Z):
    """Return name -> (our call, SciPy's) for each function of a tree."""
    R, height = scipy_hierarchy.inconsistent(Z), scipy_hierarchy.maxdists(Z)
    t = float(np.median(Z[:, 2]))
    T = scipy_hierarchy.fcluster(Z, t, "distance")
    cuts = [
        ("inconsistent", 0.8, {}),
        ("inconsistent", 0.8, {"R": R}),
        ("distance", t, {}),
        ("maxclust", 1000, {}),
        ("monocrit", t, {"monocrit": height}),
        ("maxclust_monocrit", 1000, {"monocrit": height}),
    ]
    table = {}
    for criterion, at, more in cuts:
        table[f"fcluster {criterion}{', R given' if 'R' in more else ''}"] = tuple(
            lambda f=f, at=at, criterion=criterion, more=more: f(Z, at, criterion, **more)
            for f in (cutting.fcluster, scipy_hierarchy.fcluster)
        )
    for module, name, arguments in (
        (trees, "leaves_list", ()),
        (inconsistency, "inconsistent", ()),
        (inconsistency, "maxdists", ()),
        (inconsistency, "maxinconsts", (R,)),
        (cutting, "leaders", (T,)),
        (trees, "to_tree", ()),
    ):
        table[name] = tuple(
            lambda f=f, arguments=arguments: f(Z, *arguments)
            for f in (getattr(module, name), getattr(scipy_hierarchy, name))
        )
    return table


def cases(small):
    """Yield the rows of the speed table that concern trees."""
    n = 2000 if small else 100_000
    shapes = {"balanced": balanced, "chain": chain}
    for shape, tree in shapes.items():
        for name, (ours, theirs) in calls(tree(n)).items():
            repeats = 2 if small else 3 if name == "to_tree" else 7
            yield Case("trees", f"{name} n={n} {shape}", ours, {"SciPy": theirs}, repeats)
    Z, deep = balanced(n), chain(n)
    yield Case(
        "trees",
        f"dendrogram(no_plot=True) n={n} balanced",
        lambda: dendrograms.dendrogram(Z, no_plot=True),
        {"SciPy": lambda: scipy_hierarchy.dendrogram(Z, no_plot=True)},
        repeats=2 if small else 3,
    )
    # SciPy's dendrogram of a chain ends in a RecursionError, its cut_tree takes n^2 memory
    for name, ours in (
        ("dendrogram(no_plot=True)", lambda: dendrograms.dendrogram(deep, no_plot=True)),
        ("cut_tree, 10 clusters,", lambda: cutting.cut_tree(deep, 10)),
    ):
        yield Case("beyond", f"{name} n={n} chain", ours, repeats=3)
    m = 300 if small else 3000
    for shape, tree in shapes.items():
        Z = tree(m)
        yield Case(
            "trees",
            f"cut_tree, 10 clusters, n={m} {shape}",
            lambda Z=Z: cutting.cut_tree(Z, 10),
            {"SciPy": lambda Z=Z: scipy_hierarchy.cut_tree(Z, 10)},
            repeats=3,
        )
    yield from paths(small, shapes)


def paths(small, shapes):
    """Yield the row of cophenetic distances and of the order of leaves."""
    m = 500 if small else 5000
    for shape, tree in shapes.items():
        Z = tree(m)
        yield Case(
            "paths",
            f"cophenet n={m} {shape}",
            lambda Z=Z: cophenetic.cophenet(Z),
            {"SciPy": lambda Z=Z: scipy_hierarchy.cophenet(Z)},
        )
    m = 120 if small else 1000
    y = pdist(np.random.default_rng(0).random((m, 3)))
    for method in ("average", "ward"):
        Z = scipy_hierarchy.linkage(y, method)
        yield Case(  # our order is the shortest, SciPy's often is not
            "paths",
            f"optimal_leaf_ordering n={m} {method}",
            lambda Z=Z: leaf_order.optimal_leaf_ordering(Z, y),
            {"SciPy": lambda Z=Z: scipy_hierarchy.optimal_leaf_ordering(Z, y)},
            repeats=3,
        )
