"""The nearest code word: `vq` against SciPy, and how its time grows."""

import subprocess
import sys

import numpy as np
from clock import alternately, quick, report
from scipy.cluster import vq as scipy_vq

from clusterlib import vq

IMPORT = """
import time, numpy
start = time.perf_counter()
import clusterlib.vq
print(time.perf_counter() - start)
"""


def problem(n, d, k, dtype=float):
    """Return n observations and k code words, smooth and without ties."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, d)).astype(dtype), rng.normal(size=(k, d)).astype(dtype)


def main(small):
    """Print the rows of the speed table that concern `vq`."""
    n = 5000 if small else 100_000
    sizes = [(d, k, 0.5, 0.5) for d in (16, 64) for k in (64, 256)] + [(2, 10, 0.9, 0.85)]
    for d, k, *bounds in sizes:
        for dtype, bound in zip((np.float64, np.float32), bounds, strict=True):
            X, C = problem(n, d, k, dtype)
            report(
                f"vq n={n} d={d} k={k} {dtype.__name__}",
                lambda X=X, C=C: vq.vq(X, C),
                {"SciPy": (lambda X=X, C=C: scipy_vq.vq(X, C), bound)},
                repeats=3 if small else 9,
            )
    for d, k in ((2, 5), (8, 10)):
        X, C = problem(100, d, k)
        calls = 100 if small else 2000
        report(
            f"vq n=100 d={d} k={k}, {calls} calls",
            lambda X=X, C=C, calls=calls: [vq.vq(X, C) for _ in range(calls)],
            {
                "SciPy": (
                    lambda X=X, C=C, calls=calls: [scipy_vq.vq(X, C) for _ in range(calls)],
                    None,
                )
            },
        )
    ns = np.array([1, 2, 4, 8]) * (2000 if small else 50_000)
    problems = [problem(m, 8, 32) for m in ns]
    seconds = np.median(alternately(*(lambda p=p: vq.vq(*p) for p in problems), repeats=5), axis=1)
    growth = np.polyfit(np.log(ns), np.log(seconds), 1)[0]
    print(f"vq d=8 k=32 n={ns[0]}..{ns[-1]}: time grows as n^{growth:.2f}")
    runs = [
        float(
            subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True).stdout
        )
        for _ in range(5)
    ]
    print(f"import clusterlib.vq after numpy: {min(runs) * 1e3:.1f} ms  must be <= 30")


if __name__ == "__main__":
    main(quick())
