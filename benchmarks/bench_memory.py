"""Peak memory of each route, and the time of an import: both in fresh processes."""

import os
import subprocess
import sys

from clock import Reading

from clusterlib.hierarchy.lance_williams import RULES
from clusterlib.hierarchy.merging import route

ROWS = ("import", "memory")
PEAK = """
import resource, tracemalloc, numpy as np
{imports}
resource.setrlimit(resource.RLIMIT_AS, (8 << 30,) * 2)  # a mistake ends in an error, not in swap
tracemalloc.start()  # NumPy tells it about its arrays
{work}
print(tracemalloc.get_traced_memory()[1])
"""
IMPORT = """
import time, numpy
start = time.perf_counter()
import clusterlib.hierarchy, clusterlib.vq
print(time.perf_counter() - start)
"""


COMPILED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(code):
    """Return the number that a fresh Python process prints; it may keep compiled modules."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=COMPILED)
    return float(done.stdout)


def peak(setup, work):
    """Return a function that reads how many bytes `work` holds at most, beside `setup`."""
    imports = (
        "from clusterlib.hierarchy.merging import linkage\nfrom clusterlib.vq import kmeans2, vq\n"
    )
    return lambda: [run(PEAK.format(imports=imports + setup, work=work))]


def cases(small):
    """Yield the import row and the peak memory of each route of linkage and of k-means."""
    repeats = 2 if small else 15
    name = "clusterlib.hierarchy, clusterlib.vq"
    yield Reading("import", name, "s", lambda: [run(IMPORT) for _ in range(repeats + 1)][1:])
    n = 200 if small else 10_000
    for method in ("single", "average", "centroid"):
        setup = f"y = np.random.default_rng(0).random({n * (n - 1) // 2})"
        name = f"{method} from distances n={n}"
        chosen = route(method, (n * (n - 1) // 2,))
        yield Reading("memory", name, "B", peak(setup, f"linkage(y, '{method}')"), chosen)
    sizes = (
        [("single", 10_000, 2)]
        if small
        else [
            (method, 50_000, d)
            for method in RULES
            if RULES[method].squared or method == "single"
            for d in (2, 10)
        ]
    )
    for method, n, d in sizes:
        setup = f"X = np.random.default_rng(0).normal(size=({n}, {d}))"
        name = f"{method} from points n={n} d={d}"
        chosen = route(method, (n, d))
        yield Reading("memory", name, "B", peak(setup, f"linkage(X, '{method}')"), chosen)
    n = 5000 if small else 1_000_000
    setup = f"X = np.random.default_rng(0).normal(size=({n}, 8)); C = X[:32].copy()"
    for work in ("vq(X, C)", "kmeans2(X, C)"):
        yield Reading("memory", f"{work} n={n} d=8 k=32", "B", peak(setup, work))
