"""The nearest code word: `vq` against SciPy."""

from functools import partial

import numpy as np
from clock import REST, Case, Growth
from scipy.cluster import vq as scipy_vq

from clusterlib import vq

ROWS = ("vq", "vq, few", "growth")


def problem(n, d, k, dtype=float):
    """Return n observations and k code words, smooth and without ties."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, d)).astype(dtype), rng.normal(size=(k, d)).astype(dtype)


def cases(small):
    """Yield the rows of the speed table that concern `vq`."""
    n = 5000 if small else 100_000
    for d, k in ((16, 64), (16, 256), (64, 64), (64, 256), (2, 10)):
        for dtype in (np.float64, np.float32):
            X, C = problem(n, d, k, dtype)
            yield Case(
                "vq",
                f"vq n={n} d={d} k={k} {dtype.__name__}",
                lambda X=X, C=C: vq.vq(X, C),
                {"SciPy": lambda X=X, C=C: scipy_vq.vq(X, C)},
                2 if small else 9,
                1 if d > 2 else 5,
                rest=0 if small else REST,
            )
    for d, k in ((2, 5), (8, 10)):
        X, C = problem(100, d, k)
        yield Case(
            "vq, few",
            f"vq n=100 d={d} k={k}",
            lambda X=X, C=C: vq.vq(X, C),
            {"SciPy": lambda X=X, C=C: scipy_vq.vq(X, C)},
            repeats=3 if small else 15,
            calls=100 if small else 1000,
        )
    yield Growth(
        "vq, d=8 k=32",
        [1000, 2000] if small else [50_000, 100_000, 200_000, 400_000],
        lambda n: partial(vq.vq, *problem(n, 8, 32)),
        repeats=5,
    )
