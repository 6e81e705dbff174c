"""Names with an underscore that scripts import from SciPy's page of distances.

Question: where do scripts find what they look up in ``scipy.spatial.distance``?
Chapter: 8, Distances.
Symbols: none.

SciPy promises none of them and drops some from version to version.  The page of known
differences lists what public code imports, what is here, and what is not and why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from clusterlib.distance.pairwise import ALIASES, FUNCTIONS, METRICS

__all__ = ["MetricInfo"]


class MetricInfo(NamedTuple):
    """A metric: its name, all names it goes by, and its function of two vectors."""

    canonical_name: str
    aka: set[str]
    dist_func: Callable[..., Any]


_METRIC_INFOS = [
    MetricInfo(name, {name, *ALIASES.get(name, ())}, FUNCTIONS[name]) for name in METRICS
]
_METRICS = {info.canonical_name: info for info in _METRIC_INFOS}
_METRICS_NAMES = list(_METRICS)
_METRIC_ALIAS = {alias: info for info in _METRIC_INFOS for alias in info.aka}


def _validate_vector(u: ArrayLike, dtype: DTypeLike | None = None) -> np.ndarray:
    """Return `u` as an array of one axis."""
    array = np.asarray(u, dtype=dtype, order="C")
    if array.ndim != 1:
        raise ValueError(f"Input vector should be 1-D; `u` has shape {array.shape}.")
    return array
