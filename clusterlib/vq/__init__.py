"""Vector quantization and k-means: SciPy's `scipy.cluster.vq`, name for name.

Question: where is the function that `scipy.cluster.vq` calls by this name?
Chapter: 2, Codebooks; 4, k-means; 5, Initialization.
Symbols: X observations (n, d), C codebook (k, d), labels one code word per observation.

What goes beyond SciPy stays in its own module: seedings in `clusterlib.vq.seeding`, Lloyd's
half steps in `clusterlib.vq.lloyd`.
"""

# Scale the features, and find the nearest code word of each observation.
from clusterlib.vq.nearest import py_vq, vq, whiten  # isort: skip

# Make a codebook.
from clusterlib.vq.lloyd import ClusterError, kmeans, kmeans2  # isort: skip

# What scripts look up in SciPy's page though it is private there.
from clusterlib.vq.private_names import (  # isort: skip  # noqa: F401
    _kpoints,
    _kpp,
    _krandinit,
    _valid_init_meth,
)

__all__ = ["ClusterError", "kmeans", "kmeans2", "py_vq", "vq", "whiten"]
