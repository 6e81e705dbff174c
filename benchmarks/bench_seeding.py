"""Seedings: k-means++ and greedy k-means++ against SciPy and scikit-learn."""

import numpy as np
from clock import quick, report
from scipy.cluster import vq as scipy_vq
from sklearn.cluster import kmeans_plusplus

from clusterlib.seeding import SEEDINGS


def main(small):
    """Print the rows of the speed table that concern seeding."""
    n, d, k = (3000, 4, 10) if small else (100_000, 16, 64)
    X = np.random.default_rng(0).normal(size=(n, d))

    def scipy_plus_plus():
        # one iteration follows: SciPy has no seeding of its own to call
        scipy_vq.kmeans2(X, k, iter=1, minit="++", rng=0)

    def sklearn_greedy():
        kmeans_plusplus(X, k, random_state=0)

    peers = {"SciPy": (scipy_plus_plus, 0.3), "scikit-learn": (sklearn_greedy, 1.2)}
    for name in ("++", "greedy ++"):
        report(
            f"seeding {name} n={n} d={d} k={k}",
            lambda name=name: SEEDINGS[name](X, k, 0),
            peers,
            repeats=3,
        )
    for name in ("points", "partition", "gaussian", "maximin", "||"):
        report(
            f"seeding {name} n={n} d={d} k={k}",
            lambda name=name: SEEDINGS[name](X, k, 0),
            {"scikit-learn": (sklearn_greedy, None)},
            repeats=3,
        )


if __name__ == "__main__":
    main(quick())
