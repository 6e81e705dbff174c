"""Tables of distances: `pdist`, `cdist` and `squareform` against SciPy, and their growth."""

import numpy as np
from clock import alternately, quick, report
from scipy.spatial import distance as scipy_distance

from clusterlib import distance

METRICS = ("euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine")


def main(small):
    """Print the rows of the speed table that concern distances."""
    n, d = (400 if small else 5000), 10
    X = np.random.default_rng(0).normal(size=(n, d))
    for metric in METRICS:
        report(
            f"pdist {metric} n={n} d={d}",
            lambda metric=metric: distance.pdist(X, metric),
            {"SciPy": (lambda metric=metric: scipy_distance.pdist(X, metric), 3.5)},
            repeats=5,
        )
        report(
            f"cdist {metric} n={n} d={d}",
            lambda metric=metric: distance.cdist(X, X, metric),
            {"SciPy": (lambda metric=metric: scipy_distance.cdist(X, X, metric), 3.5)},
            repeats=3,
        )
    y = scipy_distance.pdist(X)
    D = scipy_distance.squareform(y)
    for name, table in (("condensed", y), ("square", D)):
        report(
            f"squareform of {name} n={n}",
            lambda table=table: distance.squareform(table),
            {"SciPy": (lambda table=table: scipy_distance.squareform(table), None)},
            repeats=3,
        )
    u, v = X[: n // 2], X[n // 2 :]
    report(
        f"directed_hausdorff n={n // 2} d={d}",
        lambda: distance.directed_hausdorff(u, v),
        {"SciPy": (lambda: scipy_distance.directed_hausdorff(u, v), None)},
    )
    ns = np.array([1, 2, 4]) * (n // 4)
    calls = [lambda m=m: distance.pdist(X[:m]) for m in ns]
    seconds = np.median(alternately(*calls, repeats=5), axis=1)
    growth = np.polyfit(np.log(ns), np.log(seconds), 1)[0]
    print(f"pdist euclidean d={d} n={ns[0]}..{ns[-1]}: time grows as n^{growth:.2f}")


if __name__ == "__main__":
    main(quick())
