"""How far apart two whole sets are.

Question: which point of one set is worst served by the other?
Chapter: 8, Distances.
Symbols: u (a x d) and v (b x d), two sets of points; rng random numbers.

The directed distance is max over u of min over v of ``|u - v|``.  A point of u can be dropped as
soon as one point of v is nearer to it than the best maximum so far, so after a few points
have been measured in full most others are dropped within the first points of v.  Shuffling
both sets makes this likely whatever order they came in.

Source: Taha and Hanbury 2015, *An efficient algorithm for calculating the exact Hausdorff
distance*.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_generator, as_matrix
from clusterlib.core.floats import shared_exponent
from clusterlib.distance.formulas import CELLS, FORMULAS

__all__ = ["directed_hausdorff"]


def _rng_or_seed(function):
    """Let `function` take ``rng=`` (read by default_rng), or the older ``seed=`` or position.

    The older forms, and neither, seed a ``RandomState``, as SciPy does.
    """

    @functools.wraps(function)
    def wrapper(u, v, *args, **kwargs):
        if len(args) + len({"rng", "seed"} & kwargs.keys()) > 1:
            raise TypeError("directed_hausdorff() got `rng` or `seed` twice; give one of them.")
        if "rng" in kwargs:
            return function(u, v, rng=as_generator("rng", kwargs.pop("rng")), **kwargs)
        seed = args[0] if args else kwargs.pop("seed", 0)
        if isinstance(seed, np.bool_):
            raise TypeError(f"`seed` is {seed!r}; it must be None or a whole number.")
        if not isinstance(seed, (np.random.RandomState, np.random.Generator)):
            seed = np.random.RandomState(seed)
        return function(u, v, rng=seed, **kwargs)

    return wrapper


def _nearest(A, B, floor):
    """Return each column of A's least squared distance to B; give up on those below `floor`.

    Returns the columns that remain, their least distances, and where in B these are.
    """
    _, block = FORMULAS["sqeuclidean"](A, None)
    alive = np.arange(A.shape[1])
    least, where = np.full(len(alive), np.inf), np.zeros(len(alive), dtype=np.intp)
    start, step = 0, 32
    while start < B.shape[1] and len(alive):
        some = B[:, start : start + step]
        D = block(A[:, alive], some, np.empty((len(alive), some.shape[1])))
        j = D.argmin(axis=1)
        found = D[np.arange(len(alive)), j]
        nearer = found < least[alive]
        least[alive[nearer]], where[alive[nearer]] = found[nearer], start + j[nearer]
        alive = alive[least[alive] >= floor]
        start, step = start + step, max(step, min(4 * step, CELLS // max(1, len(alive))))
    return alive, least[alive], where[alive]


def _directed(A, B):
    """Return the largest least distance, squared, and the pair that has it (the last of ties)."""
    largest, pair, i, rows = -1.0, (0, 0), 0, 8
    while i < A.shape[1]:
        alive, least, where = _nearest(A[:, i : i + rows], B, largest)
        if len(alive):
            last = len(alive) - 1 - int(least[::-1].argmax())
            largest, pair = float(least[last]), (i + int(alive[last]), int(where[last]))
        i, rows = i + rows, min(4 * rows, 1024)
    return largest, pair


@_rng_or_seed
def directed_hausdorff(
    u: ArrayLike,
    v: ArrayLike,
    rng: Any = 0,
    *,
    seed: Any = None,  # noqa: ARG001 - the decorator hands it on as `rng`
) -> tuple[float, int, int]:
    """Return the directed Hausdorff distance from `u` to `v`, and the two points it is between.

    Parameters
    ----------
    u : array_like, shape (a, d)
        Points, at least one.
    v : array_like, shape (b, d)
        Other points, at least one.
    rng : None, int or numpy.random.Generator, optional
        Shuffles the points; it changes the speed, and which of several equal pairs is named.
    seed : None, int, RandomState or Generator, optional
        The older way to say this.

    Returns
    -------
    d : float
        max over the rows of `u` of the Euclidean distance to the nearest row of `v`.
    index_1, index_2 : int
        The row of `u` and the row of `v` that are `d` apart.

    Raises
    ------
    ValueError
        If `u` or `v` is empty, holds NaN or infinity, or they differ in their columns.
    TypeError
        If both `rng` and `seed` are given.

    References
    ----------
    Taha, A. A. and Hanbury, A. (2015). An efficient algorithm for calculating the exact
    Hausdorff distance. IEEE Transactions on Pattern Analysis 37, 2153-2163.

    Examples
    --------
    >>> from clusterlib.distance import directed_hausdorff
    >>> directed_hausdorff([[0, 0], [3, 4]], [[0, 1], [0, 0]])
    (4.242640687119285, 1, 0)
    """
    u, v = (as_matrix(name, x).astype(np.float64) for name, x in (("u", u), ("v", v)))
    if not len(u) or not len(v):
        raise ValueError(f"`u` has {len(u)} rows and `v` has {len(v)}; give at least one each.")
    if u.shape[1] != v.shape[1]:
        raise ValueError(
            f"`u` has {u.shape[1]} columns and `v` has {v.shape[1]}; both must have the same "
            "number of columns."
        )
    orders = np.arange(len(u)), np.arange(len(v))
    for order in orders:
        rng.shuffle(order)
    exponent = shared_exponent(np.vstack([u, v]))
    A, B = (np.ldexp(x[order], -exponent).T.copy() for x, order in zip((u, v), orders))
    largest, (i, j) = _directed(A, B)
    return float(np.ldexp(np.sqrt(largest), exponent)), int(orders[0][i]), int(orders[1][j])
