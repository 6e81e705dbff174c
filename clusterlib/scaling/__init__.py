"""More data than memory: the same ideas when n is a million, or a thousand million.

Question: what stays, what has to go, and what travels when the data do not fit?
Chapter: 7, More data than memory.
Symbols: X observations (n, d), C codebook (k, d), k its size, Z linkage matrix.

`hamerly_bounds` skips distances that cannot matter; `minibatch` learns from a stream;
`dask_kmeans` runs k-means|| and Lloyd's algorithm on arrays in `dask_chunks`, on one machine
or many; `weighted_trees` quantizes before it builds a tree.  Dask is an extra: only
`dask_kmeans` and `dask_chunks` ask for it.
"""

from clusterlib.scaling import dask_kmeans
from clusterlib.scaling.dask_chunks import Interrupted, as_dask, connect
from clusterlib.scaling.hamerly_bounds import Pass, hamerly, hamerly_steps
from clusterlib.scaling.minibatch import (
    Batch,
    draw_batches,
    minibatch_fit,
    minibatch_steps,
    read_batches,
)
from clusterlib.scaling.weighted_trees import (
    Summary,
    link_code_words,
    summarize,
)

__all__ = [
    "Batch",
    "Interrupted",
    "Pass",
    "Summary",
    "as_dask",
    "connect",
    "draw_batches",
    "hamerly",
    "hamerly_steps",
    "link_code_words",
    "minibatch_fit",
    "minibatch_steps",
    "dask_kmeans",
    "read_batches",
    "summarize",
]
