"""Seedings: k-means++ and greedy k-means++ against SciPy and scikit-learn."""

import numpy as np
from clock import REST, Case
from scipy.cluster import vq as scipy_vq
from sklearn.cluster import kmeans_plusplus

from clusterlib.vq.seeding import SEEDINGS

ROWS = ("seeding", "beyond")


def cases(small):
    """Yield the rows of the speed table that concern seeding."""
    n, d, k = (3000 if small else 100_000), 16, 64
    X = np.random.default_rng(0).normal(size=(n, d))
    sklearn = {"scikit-learn": lambda: kmeans_plusplus(X, k, random_state=0)}
    # one iteration follows: SciPy has no seeding of its own to call
    scipy = {"SciPy": lambda: scipy_vq.kmeans2(X, k, iter=1, minit="++", rng=0)}
    for name in SEEDINGS:
        promised = name in ("++", "greedy ++")
        yield Case(
            "seeding" if promised else "beyond",
            f"{name} n={n} d={d} k={k}",
            lambda name=name: SEEDINGS[name](X, k, 0),
            scipy | sklearn if promised else sklearn,
            repeats=2 if small else 5,
            rest=0 if small else REST,
        )
