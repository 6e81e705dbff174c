"""Peak memory of each route, and the time of an import: both in fresh processes."""

import subprocess
import sys

from clock import Reading

from clusterlib.lance_williams import RULES
from clusterlib.merging import route

PEAK = """
import resource, numpy as np
{imports}
resource.setrlimit(resource.RLIMIT_AS, (8 << 30,) * 2)  # a mistake ends in an error, not in swap
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
{work}
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
IMPORT = """
import time, numpy
start = time.perf_counter()
import clusterlib.hierarchy, clusterlib.vq
print(time.perf_counter() - start)
"""


def run(code):
    """Return the number that a fresh Python process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def peak(setup, work):
    """Return the bytes by which `work` raises the peak of a process that has done `setup`."""
    imports = "from clusterlib.merging import linkage\nfrom clusterlib.vq import kmeans2, vq\n"
    return run(PEAK.format(imports=imports + setup, work=work))


def cases(small):
    """Yield the import row and the peak memory of each route of linkage and of k-means."""
    runs = [run(IMPORT) for _ in range(2 if small else 15)]
    yield Reading("import", "clusterlib.hierarchy, clusterlib.vq", "s", runs)
    n = 200 if small else 10_000
    for method in ("single", "average", "centroid"):
        setup = f"y = np.random.default_rng(0).random({n * (n - 1) // 2})"
        name = f"{method} from distances n={n}"
        chosen = route(method, (n * (n - 1) // 2,))
        yield Reading("memory", name, "B", [peak(setup, f"linkage(y, '{method}')")], chosen)
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
        yield Reading("memory", name, "B", [peak(setup, f"linkage(X, '{method}')")], chosen)
    n = 5000 if small else 1_000_000
    setup = f"X = np.random.default_rng(0).normal(size=({n}, 8)); C = X[:32].copy()"
    for work in ("vq(X, C)", "kmeans2(X, C)"):
        yield Reading("memory", f"{work} n={n} d=8 k=32", "B", [peak(setup, work)])
