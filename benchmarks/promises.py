"""What the speed table promises: its rows and bounds, the one place where they are written.

A bound on a ratio is our time over that of the peer, below 1 is faster.  A bound against
"ours" is one on our own number: seconds or bytes.
"""

from fnmatch import fnmatch
from typing import NamedTuple

ROWS = {
    "condensed": "linkage from condensed distances",
    "condensed, small": "linkage from few condensed distances",
    "points, single": "linkage from points, single",
    "points, means": "linkage from points, ward and centroid",
    "many points": "ward of 50,000 points in six worlds",
    "a million points": "trees of a million points",
    "points, pairs": "average and complete linkage of 30,000 points",
    "ready tree": "functions of a ready tree of a million leaves",
    "vq": "vq, n = 100,000",
    "k-means": "kmeans2 and kmeans, same starts and steps",
    "seeding": "k-means++ and greedy k-means++",
    "distances": "pdist and cdist, n = 5,000, d = 10",
    "trees": "functions of a ready tree of 100,000 leaves",
    "paths": "cophenet and optimal_leaf_ordering",
    "vq, few": "vq on 100 points",
    "import": "import of the package after NumPy",
    "memory": "peak memory of each route",
    "beyond": "what SciPy does not have or does not get through",
}

MIB = 2.0**20


class Promise(NamedTuple):
    """A bound for the cases of a row whose name matches a pattern; the first that fits holds."""

    row: str
    pattern: str
    against: str
    must: float | None
    aim: float | None


PROMISES = [
    Promise("condensed", "median n=10000 *", "SciPy", 0.8, 0.4),
    Promise("condensed", "* n=10000 *", "SciPy", 0.65, 0.4),
    Promise("condensed", "* n=10000 *", "fastcluster", None, 0.7),
    Promise("condensed", "* n=2000 *", "SciPy", 1.3, 0.9),
    Promise("condensed, small", "* n=12 *", "ours", 150e-6, 75e-6),
    Promise("condensed, small", "* n=100 *", "ours", 0.9e-3, 0.45e-3),
    Promise("condensed, small", "* n=300 *", "ours", 3e-3, 1.5e-3),
    Promise("points, single", "* n=50000 d=[23]", "fastcluster", 0.35, 0.15),
    Promise("points, single", "* n=100000 d=2", "fastcluster", 0.15, 0.08),
    Promise("points, single", "* n=50000 d=10", "fastcluster", 0.8, 0.4),
    Promise("points, means", "ward n=10000 d=[23]", "SciPy", 0.04, 0.02),
    Promise("points, means", "ward n=10000 d=[23]", "fastcluster", 0.25, 0.125),
    Promise("points, means", "centroid n=10000 *", "fastcluster", 2.0, 1.0),
    Promise("points, means", "* n=10000 *", "SciPy", 0.4, None),
    Promise("points, means", "*", "fastcluster", None, 1.5),
    Promise("many points", "* d=5 *", "fastcluster", 0.5, 0.25),
    Promise("many points", "*", "fastcluster", 0.1, 0.05),
    Promise("a million points", "* n=1000000 *, memory in all", "ours", 1536 * MIB, None),
    Promise("a million points", "* n=1000000 d=2, CPU", "ours", None, 60.0),
    Promise("a million points", "* power of n *", "ours", 1.25, None),
    Promise("points, pairs", "*, memory in all", "ours", 1024 * MIB, None),
    Promise("points, pairs", "*", "our distances", 1.0, None),
    Promise("ready tree", "*", "ours", 2.0, None),
    Promise("vq", "* d=2 k=10 float64", "SciPy", 0.9, 0.5),
    Promise("vq", "* d=2 k=10 float32", "SciPy", 0.85, 0.5),
    Promise("vq", "* float32", "SciPy", 0.85, 0.3),  # both sides multiply in single precision
    Promise("vq", "*", "SciPy", 0.5, 0.3),
    Promise("k-means", "* d=2 k=10", "SciPy", 1.0, None),
    Promise("k-means", "*", "SciPy", 0.65, None),
    Promise("k-means", "kmeans2, 20 steps, *", "scikit-learn", 1.2, 0.8),
    Promise("seeding", "* d=16 k=64", "SciPy", 0.3, 0.12),
    Promise("seeding", "greedy ++ n=100000 *", "scikit-learn", 1.2, 0.9),
    Promise("distances", "* cosine *", "SciPy", 3.5, 1.5),
    Promise("distances", "*", "SciPy", 1.5, 1.0),
    Promise("trees", "*", "SciPy", 1.3, 0.5),
    Promise("paths", "cophenet *", "SciPy", 2.0, 1.0),
    Promise("paths", "optimal_leaf_ordering *", "SciPy", 0.5, 0.2),
    Promise("vq, few", "*", "ours", 40e-6, None),
    Promise("vq, few", "*", "SciPy", None, 1.0),
    Promise("import", "*", "ours", 0.030, 0.010),
    Promise("memory", "* from points *", "ours", 2048 * MIB, None),
]


def promise(row, name, against):
    """Return (must, aim) of a case, None where there is no promise."""
    for known in PROMISES:
        if known.row == row and known.against == against and fnmatch(name, known.pattern):
            return known.must, known.aim
    return None, None
