"""k-means for many rows: chunks, bounds and mini-batches.

``python benchmarks/bench_scaling.py`` prints time, memory and objective.  The NumPy path is the
measure; scikit-learn's MiniBatchKMeans stands beside ours on the same rows, and dask-ml's KMeans
where it is installed (it is no dependency of this project).
"""

import importlib.util
import sys
import tracemalloc
import warnings

import dask.array as da
import numpy as np
from clock import Case, alternately
from sklearn.cluster import MiniBatchKMeans
from threadpoolctl import threadpool_limits

from clusterlib import scaling
from clusterlib.scaling import dask_kmeans
from clusterlib.vq import lloyd, nearest, seeding

MOVES = 10


def mixture(n, d, k):
    """Return n rows from k Gaussian clouds."""
    rng = np.random.default_rng(0)
    return rng.normal(scale=4, size=(k, d))[rng.integers(0, k, n)] + rng.normal(size=(n, d))


def competitors(X, C):
    """Return the ways to a codebook, each a function without arguments that returns one."""
    k, rows = len(C), len(X) // 10
    chunked = da.from_array(X, chunks=(rows, -1), name=False)

    def ours_in_batches():
        batches = scaling.draw_batches(X, 1024, len(X) // 1024, rng=0)
        return scaling.minibatch_fit(batches, C).C

    def sklearn_in_batches():
        model = MiniBatchKMeans(k, init=C, n_init=1, batch_size=1024, max_iter=1, random_state=0,
                                max_no_improvement=None, reassignment_ratio=0)  # fmt: skip
        with threadpool_limits(1):  # on busy cores its threads wait for one another at each batch
            return model.fit(X).cluster_centers_

    ways = {
        f"Lloyd in memory, {MOVES} moves": lambda: lloyd.lloyd(X, C, MOVES).C,
        f"Lloyd with bounds, {MOVES} moves": lambda: scaling.hamerly(X, C, MOVES).C,
        f"Lloyd on Dask threads, {MOVES} moves": lambda: dask_kmeans.lloyd(chunked, C, MOVES).C,
        "mini-batches, one pass": ours_in_batches,
        "scikit-learn mini-batches, one pass": sklearn_in_batches,
        "k-means|| in memory": lambda: seeding.parallel(X, k, rng=0),
        "k-means|| on Dask threads": lambda: dask_kmeans.parallel(chunked, k, rng=0),
    }
    if importlib.util.find_spec("dask_ml") is not None:
        from dask_ml.cluster import KMeans

        ways[f"dask-ml, {MOVES} moves"] = lambda: (
            KMeans(k, init=C, max_iter=MOVES, tol=0).fit(chunked).cluster_centers_
        )
    return ways


def peak(function):
    """Return the most memory in MB that a call takes beyond what was there."""
    tracemalloc.start()
    function()
    megabytes = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return megabytes


def problems(small):
    """Yield rows and a codebook to start from."""
    for n, d, k in [(2000, 8, 8)] if small else [(1_000_000, 8, 32), (200_000, 16, 64)]:
        X = mixture(n, d, k)
        yield X, seeding.SEEDINGS["greedy ++"](X[:2000], k, np.random.default_rng(1))


def cases(small):
    """Yield mini-batches beside those of scikit-learn for the table of all benchmarks."""
    for X, C in problems(small):
        ways = competitors(X, C)
        yield Case(
            "beyond",
            f"mini-batches of 1024, one pass, n={len(X)} d={X.shape[1]} k={len(C)}",
            ways["mini-batches, one pass"],
            {"scikit-learn": ways["scikit-learn mini-batches, one pass"]},
            repeats=2 if small else 3,
        )


def main(small):
    """Print a table for each size."""
    warnings.simplefilter("ignore")  # scikit-learn warns that one pass does not converge
    for X, C in problems(small):
        (n, d), k, ways = X.shape, len(C), competitors(X, C)
        seconds = np.median(alternately(list(ways.values()), repeats=3), axis=1)
        print(f"n={n} d={d} k={k}, data {X.nbytes / 1e6:.0f} MB")
        for (name, way), s in zip(ways.items(), seconds, strict=True):
            print(
                f"  {name:38s} {s:8.3f} s {s / seconds[0]:6.2f} x  memory {peak(way):7.1f} MB"
                f"  error a row {nearest.distortion(X, way(), 'mean square'):.4f}",
                flush=True,
            )


if __name__ == "__main__":
    main("--quick" in sys.argv)
