"""Linkage against SciPy and fastcluster: from distances, from points, and how it grows."""

from functools import partial

import fastcluster
import numpy as np
from clock import Case, Growth
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist

from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merging import linkage, route

ROWS = ("condensed", "condensed, small", "points, single", "points, means", "growth")


def points(n, d):
    """Return n points without ties."""
    return np.random.default_rng(0).normal(size=(n, d))


def cases(small):
    """Yield the rows of the speed table that concern linkage."""
    yield from _from_distances(small)
    yield from _from_points(small)
    yield from _growth(small)


def _from_distances(small):
    d = 10
    for row, n, repeats, calls in (
        ("condensed, small", 12, 7, 300),
        ("condensed, small", 100, 7, 30),
        ("condensed, small", 300, 7, 10),
        ("condensed", 2000, 5, 1),
        ("condensed", 10_000, 3, 1),
    ):
        if small:
            n, repeats, calls = min(n, 150), 2, 2
        y = pdist(points(n, d))
        for method in RULES:
            peers = {
                "SciPy": lambda y=y, method=method: scipy_hierarchy.linkage(y, method),
                "fastcluster": lambda y=y, method=method: fastcluster.linkage(y, method),
            }
            yield Case(
                row,
                f"{method} n={n} d={d}",
                lambda y=y, method=method: linkage(y, method),
                peers,
                repeats,
                calls,
                route(method, y.shape),
            )


def _from_points(small):
    single = ((50_000, 2), (50_000, 3), (100_000, 2), (50_000, 10))
    means = ((10_000, 2), (10_000, 3), (10_000, 10), (50_000, 2), (50_000, 10))
    if small:
        single, means = ((10_000, 2), (2000, 10)), ((5000, 2),)
    work = [("points, single", "single", *size) for size in single]
    work += [("points, means", m, *size) for m in ("ward", "centroid") for size in means]
    for row, method, n, d in work:
        X = points(n, d)
        peers = {"fastcluster": lambda X=X, m=method: fastcluster.linkage_vector(X, m)}
        if row == "points, means" and n <= 10_000:  # with more SciPy fills the memory
            peers["SciPy"] = lambda X=X, m=method: scipy_hierarchy.linkage(X, m)
        yield Case(
            row,
            f"{method} n={n} d={d}",
            lambda X=X, m=method: linkage(X, m),
            peers,
            1 if small or (row == "points, means" and n > 10_000) else 3,
            route=route(method, X.shape),
        )


def _growth(small):
    for method in RULES:
        ns = [250, 500] if small else [1000, 2000, 4000, 8000]
        if small and method == "average":
            ns[-1] = 2100  # where rounds come first
        yield Growth(
            f"linkage from distances, {method}, d=10",
            ns,
            lambda n, method=method: partial(linkage, pdist(points(n, 10)), method),
            route=route(method, (ns[-1] * (ns[-1] - 1) // 2,)),
        )
    ns = [5000, 10_000] if small else [10_000, 20_000, 40_000]
    for method, d in (("single", 2), ("single", 10), ("ward", 2), ("centroid", 2)):
        if small and (method, d) != ("single", 2):
            continue
        yield Growth(
            f"linkage from points, {method}, d={d}",
            ns,
            lambda n, method=method, d=d: partial(linkage, points(n, d), method),
            repeats=1,
            route=route(method, (ns[-1], d)),
        )
