"""Vector quantization and k-means: SciPy's names, on one page.

Question: where is the function that `scipy.cluster.vq` calls by this name?
Chapter: 2, Codebooks.
Symbols: X observations (n, d), C code book (k, d), labels one code word an observation.
Sources: the rooms below, each with its own.

`whiten` scales the features, `vq` and `py_vq` find the nearest code words (room
`clusterlib.nearest`), `kmeans` and `kmeans2` make a code book (room `clusterlib.lloyd`,
which raises `ClusterError`).  What goes beyond SciPy stays in its own room: seedings in
`clusterlib.seeding`, Lloyd's half steps in `clusterlib.lloyd`.
"""

from clusterlib.lloyd import ClusterError, kmeans, kmeans2
from clusterlib.nearest import py_vq, vq, whiten

__all__ = ["ClusterError", "kmeans", "kmeans2", "py_vq", "vq", "whiten"]
