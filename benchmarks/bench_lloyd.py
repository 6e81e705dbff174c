"""k-means: `kmeans2` and `kmeans` against SciPy and scikit-learn, same starts and steps."""

import warnings

import numpy as np
from clock import REST, Case, Growth
from scipy.cluster import vq as scipy_vq
from sklearn.cluster import KMeans

from clusterlib import vq

ROWS = ("k-means", "growth")


def sklearn_lloyd(X, C):
    """Run twenty steps of scikit-learn's Lloyd, which warns that so few do not converge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        KMeans(len(C), init=C, n_init=1, max_iter=20, tol=0, algorithm="lloyd").fit(X)


def cases(small):
    """Yield the rows of the speed table that concern Lloyd's algorithm."""
    for n, d, k in ((100_000, 16, 64), (1_000_000, 8, 32), (100_000, 2, 10)):
        n = min(n, 2000) if small else n
        X = np.random.default_rng(0).normal(size=(n, d))
        C = X[:k].copy()
        yield Case(
            "k-means",
            f"kmeans2, 20 steps, n={n} d={d} k={k}",
            lambda X=X, C=C: vq.kmeans2(X, C, 20),
            {
                "SciPy": lambda X=X, C=C: scipy_vq.kmeans2(X, C, 20),
                "scikit-learn": lambda X=X, C=C: sklearn_lloyd(X, C),
            },
            repeats=2 if small else 5,
            rest=0 if small else REST,
        )
        yield Case(
            "k-means",
            f"kmeans, thresh 1e-3, n={n} d={d} k={k}",
            lambda X=X, C=C: vq.kmeans(X, C, thresh=1e-3),
            {"SciPy": lambda X=X, C=C: scipy_vq.kmeans(X, C, thresh=1e-3)},
            repeats=2 if small else 5,
            rest=0 if small else REST,
        )

    def at(n):
        X = np.random.default_rng(0).normal(size=(n, 8))
        return lambda: vq.kmeans2(X, X[:32])

    ns = [1000, 2000] if small else [50_000, 100_000, 200_000, 400_000]
    yield Growth("kmeans2, 10 steps, d=8 k=32", ns, at)
