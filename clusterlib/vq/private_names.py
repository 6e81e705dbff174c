"""Names with an underscore that scripts import from SciPy's page of vector quantization.

Question: where do scripts find what they look up in ``scipy.cluster.vq``?
Chapter: 4, k-means.
Symbols: X observations (n, d), k number of code words.

SciPy promises none of them and drops some from version to version.  The page of known
differences lists what public code imports, what is here, and what is not and why.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.vq.seeding import gaussian, plus_plus, points

__all__: list[str] = []


def _rows(X: ArrayLike) -> NDArray:
    """Return observations as rows, also of one feature."""
    array = np.asarray(X)
    return array[:, None] if array.ndim == 1 else array


def _krandinit(data: ArrayLike, k: int, rng: Any = None, *_xp: Any) -> NDArray:
    """Draw k code words from the Gaussian of the data."""
    return gaussian(_rows(data), k, rng)


def _kpoints(data: ArrayLike, k: int, rng: Any = None, *_xp: Any) -> NDArray:
    """Take k different observations."""
    return points(_rows(data), k, rng)


def _kpp(data: ArrayLike, k: int, rng: Any = None, *_xp: Any) -> NDArray:
    """Take k observations by k-means++."""
    return plus_plus(_rows(data), k, rng)


_valid_init_meth = {"random": _krandinit, "points": _kpoints, "++": _kpp}
