"""k-means: `kmeans2` and `kmeans` against SciPy and scikit-learn, same starts and steps."""

import warnings

import numpy as np
from clock import quick, report
from scipy.cluster import vq as scipy_vq
from sklearn.cluster import KMeans

from clusterlib import vq


def main(small):
    """Print the rows of the speed table that concern Lloyd's algorithm."""
    warnings.simplefilter("ignore")  # scikit-learn warns that so few steps do not converge
    sizes = [(100_000, 16, 64, 0.65), (1_000_000, 8, 32, 0.65), (100_000, 2, 10, 1.0)]
    if small:
        sizes = [(2000, d, k, None) for _, d, k, _ in sizes]
    for n, d, k, bound in sizes:
        X = np.random.default_rng(0).normal(size=(n, d))
        C = X[:k].copy()
        size = f"n={n} d={d} k={k}"

        def sklearn_lloyd(X=X, C=C):
            KMeans(len(C), init=C, n_init=1, max_iter=10, tol=0, algorithm="lloyd").fit(X)

        report(
            f"kmeans2 {size}, 10 steps",
            lambda X=X, C=C: vq.kmeans2(X, C),
            {
                "SciPy": (lambda X=X, C=C: scipy_vq.kmeans2(X, C), bound),
                "scikit-learn": (sklearn_lloyd, None),
            },
            repeats=3,
        )
        report(
            f"kmeans {size}, thresh 1e-3",
            lambda X=X, C=C: vq.kmeans(X, C, thresh=1e-3),
            {"SciPy": (lambda X=X, C=C: scipy_vq.kmeans(X, C, thresh=1e-3), bound)},
            repeats=3,
        )


if __name__ == "__main__":
    main(quick())
