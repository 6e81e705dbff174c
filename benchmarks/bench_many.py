"""Trees of many points: six worlds against fastcluster, a million points, and their ready tree."""

import subprocess
import sys
import time
from functools import cache, partial

import fastcluster
import numpy as np
from clock import Case, Reading

from clusterlib.distance import pdist
from clusterlib.hierarchy import cophenetic, cutting, dendrograms, linkage_matrix, merges, trees
from clusterlib.hierarchy.leaf_intervals import linkage_intervals
from clusterlib.hierarchy.merging import linkage, route

ROWS = ("many points", "a million points", "points, pairs", "ready tree")
CODE = """
import pathlib, re, time, numpy as np
from clusterlib.hierarchy import linkage
X = np.random.default_rng(0).normal(size=({n}, {d}))
start = time.process_time()
linkage(X, "{method}")
seconds = time.process_time() - start
status = pathlib.Path("/proc/self/status").read_text()  # of Linux; the peak of this process
print(seconds, 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]))
"""


def worlds(n, d):
    """Yield name -> n points: clouds, blobs, a road, ties, and heavy outliers."""
    rng = np.random.default_rng(0)
    normal = rng.normal(size=(n, d))
    yield "normal", normal
    yield "20 blobs", 10 * rng.normal(size=(20, d))[rng.integers(0, 20, n)] + normal
    yield "uniform", rng.random((n, d))
    t = np.sort(rng.random(n)) * 30
    road = np.column_stack([t * np.sin(t + k) for k in range(d)])
    yield "road", road + 0.05 * normal
    side = int(np.ceil(n ** (1 / d)))
    yield "grid", np.stack(np.unravel_index(np.arange(n), (side,) * d), axis=1).astype(float)
    outliers = normal.copy()
    outliers[: n // 100] = 100 * rng.standard_cauchy((n // 100, d))
    yield "outliers", outliers


@cache
def alone(method, n, d):
    """Return CPU seconds and peak bytes of `linkage` in a process of its own."""
    command = [sys.executable, "-c", CODE.format(method=method, n=n, d=d)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def cases(small):
    """Yield the rows of the speed table that concern many points."""
    n = 3_000 if small else 50_000
    for d in (2,) if small else (2, 3, 5):
        for world, X in worlds(n, d):
            yield Case(
                "many points",
                f"ward n={n} d={d} {world}",
                partial(linkage, X, "ward"),
                {"fastcluster": partial(fastcluster.linkage_vector, X, "ward")},
                repeats=1,
                route=route("ward", X.shape),
                clock=time.process_time,
            )
    yield from _alone(small)
    yield from _pairs(small)
    yield from _ready(small)


def _alone(small):
    tens = (2_000, 4_000) if small else (100_000, 1_000_000)
    for method, d in (("ward", 2), ("ward", 3), ("single", 2)):
        for n in tens:
            chosen = route(method, (n, d))
            for unit, part in (("s", 0), ("B", 1)):
                name = f"{method} n={n} d={d}, {'CPU' if unit == 's' else 'memory in all'}"
                read = partial(lambda part, *size: [alone(*size)[part]], part, method, n, d)
                yield Reading("a million points", name, unit, read, chosen)
        yield Reading(
            "a million points",
            f"{method} d={d}, power of n from {tens[0]} to {tens[1]}",
            "",
            partial(_power, method, d, tens),
            route(method, (tens[1], d)),
        )


def _power(method, d, tens):
    few, many = (alone(method, n, d)[0] for n in tens)
    return [float(np.log(many / few) / np.log(tens[1] / tens[0]))]


def _pairs(small):
    n = 5_000 if small else 30_000
    for method in ("average", "complete"):
        for d in (2,) if small else (2, 3):
            X = np.random.default_rng(0).normal(size=(n, d))
            chosen = route(method, X.shape)
            yield Case(
                "points, pairs",
                f"{method} n={n} d={d}",
                partial(linkage, X, method),
                {"our distances": lambda X=X, method=method: linkage(pdist(X), method)},
                repeats=1,
                route=chosen,
                clock=time.process_time,
            )
            read = partial(lambda *size: [alone(*size)[1]], method, n, d)
            name = f"{method} n={n} d={d}, memory in all"
            yield Reading("points, pairs", name, "B", read, chosen)


def _ready(small):
    n = 3_000 if small else 1_000_000
    Z = linkage(np.random.default_rng(0).normal(size=(n, 2)), "ward")
    height = np.ascontiguousarray(Z[:, 2])
    t = float(height[-100])
    i, j = np.random.default_rng(1).integers(0, n, (2, 100_000))
    tree = linkage_intervals(Z)
    first = tree.order[tree.start]  # a point of each cluster
    links = [(*first[Z[:, :2].astype(np.intp)].T, height)]
    work = {
        "fcluster inconsistent": lambda: cutting.fcluster(Z, 1.15, "inconsistent"),
        "fcluster distance": lambda: cutting.fcluster(Z, t, "distance"),
        "fcluster maxclust": lambda: cutting.fcluster(Z, 100, "maxclust"),
        "fcluster monocrit": lambda: cutting.fcluster(Z, t, "monocrit", monocrit=height),
        "fcluster maxclust_monocrit": lambda: cutting.fcluster(
            Z, 100, "maxclust_monocrit", monocrit=height
        ),
        "leaves_list": lambda: trees.leaves_list(Z),
        "cophenet of 100,000 pairs": lambda: cophenetic.cophenetic_pairs(Z, i, j),
        "dendrogram of the last 30 merges": lambda: dendrograms.dendrogram(
            Z, 30, "lastp", no_plot=True
        ),
        "is_valid_linkage": lambda: linkage_matrix.is_valid_linkage(Z),
        "label the merges": lambda: merges.linkage_matrix_from_merges(links),
    }
    for name, function in work.items():
        yield Case("ready tree", f"{name} n={n}", function, repeats=3, clock=time.process_time)
