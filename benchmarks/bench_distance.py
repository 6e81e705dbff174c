"""Tables of distances: `pdist`, `cdist` and `squareform` against SciPy, and their growth."""

import numpy as np
from clock import Case, Growth
from scipy.spatial import distance as scipy_distance

from clusterlib import distance

ROWS = ("distances", "beyond", "growth")
METRICS = ("euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine")


def cases(small):
    """Yield the rows of the speed table that concern distances."""
    n, d, repeats = (300 if small else 5000), 10, (2 if small else 5)
    X = np.random.default_rng(0).normal(size=(n, d))
    for metric in METRICS:
        for name, arguments in (("pdist", (X,)), ("cdist", (X, X))):
            ours, theirs = getattr(distance, name), getattr(scipy_distance, name)
            yield Case(
                "distances",
                f"{name} {metric} n={n} d={d}",
                lambda f=ours, a=arguments, metric=metric: f(*a, metric),
                {"SciPy": lambda f=theirs, a=arguments, metric=metric: f(*a, metric)},
                repeats,
            )
    y = scipy_distance.pdist(X)
    for name, table in (("condensed", y), ("square", scipy_distance.squareform(y))):
        yield Case(
            "beyond",
            f"squareform of {name} n={n}",
            lambda table=table: distance.squareform(table),
            {"SciPy": lambda table=table: scipy_distance.squareform(table)},
            repeats,
        )
    u, v = X[: n // 2], X[n // 2 :]
    yield Case(
        "beyond",
        f"directed_hausdorff n={n // 2} d={d}",
        lambda: distance.directed_hausdorff(u, v),
        {"SciPy": lambda: scipy_distance.directed_hausdorff(u, v)},
        repeats,
    )
    ns = [n // 4, n // 2, n]
    yield Growth("pdist euclidean, d=10", ns, lambda n: lambda: distance.pdist(X[:n]))
