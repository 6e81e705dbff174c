"""The linkage matrix as a table.

Question: is this table of merges a tree, of how many observations, and does
it speak of the distances you think it does?
Chapter: 9, Linkage.
Symbols: Z linkage matrix, (n-1) x 4 (left, right, height, size); R
inconsistency matrix, (n-1) x 4; y condensed distances; n observations.

Row i of Z joins the clusters Z[i, 0] and Z[i, 1] at height Z[i, 2] into
cluster n + i, which holds Z[i, 3] observations.  Clusters below n are the
observations.  Two rules make a table a tree: a row uses only clusters formed
before it, and no cluster is used twice.

Sources: the format is MATLAB's of the 1990s with a fourth column, as in
SciPy's ``cluster.hierarchy`` (Eads 2007).
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusterlib.core.checks import as_array, as_condensed, as_condensed_count, called, flag
from clusterlib.core.containers import require_positions

__all__ = [
    "ClusterWarning",
    "as_linkage",
    "cluster_sizes",
    "correspond",
    "from_mlab_linkage",
    "is_monotonic",
    "is_valid_im",
    "is_valid_linkage",
    "num_obs_linkage",
    "to_mlab_linkage",
]


class ClusterWarning(UserWarning):
    """An input of a clustering function is allowed but is probably not what you meant."""


def as_linkage(name, value) -> np.ndarray:
    """Return `value` as a float64 linkage matrix, or raise an error that names the fault.

    Lists and whole numbers are converted first, as in SciPy's functions that use a tree.
    """
    Z = np.asarray(_real(name, value), dtype=np.float64)
    is_valid_linkage(Z, throw=True, name=name)
    return Z


def is_valid_linkage(
    Z: ArrayLike, warning: bool = False, throw: bool = False, name: str | None = None
) -> bool:
    """Tell whether `Z` is a linkage matrix.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4), float64
        The table to check.
    warning : bool, default False
        Say what is wrong with `Z` in a `ClusterWarning`.
    throw : bool, default False
        Say what is wrong with `Z` in an exception.
    name : str, optional
        What to call `Z` in the message.

    Returns
    -------
    bool
        True if `Z` has four columns and at least one row, all of dtype float64; its indices
        are whole numbers, each used once and only after it is formed; heights and counts are
        not negative and not NaN; and no count exceeds n.

    Raises
    ------
    TypeError
        If `throw` and `Z` does not hold float64 numbers.
    ValueError
        If `throw` and another of these rules is broken.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import is_valid_linkage
    >>> is_valid_linkage([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    True
    >>> is_valid_linkage([[0, 1, 0.5, 2], [1, 3, 1.0, 3]])  # 1 is used twice
    False
    """
    fault = _table_fault(Z, "Linkage matrix", name) or _link_fault(np.asarray(Z), name)
    return _verdict(fault, flag("warning", warning), flag("throw", throw))


def is_valid_im(
    R: ArrayLike, warning: bool = False, throw: bool = False, name: str | None = None
) -> bool:
    """Tell whether `R` is an inconsistency matrix.

    Parameters
    ----------
    R : array_like, shape (n-1, 4), float64
        The table to check: mean and standard deviation of the heights near a link, how many
        links were counted, and the inconsistency coefficient.
    warning : bool, default False
        Say what is wrong with `R` in a `ClusterWarning`.
    throw : bool, default False
        Say what is wrong with `R` in an exception.
    name : str, optional
        What to call `R` in the message.

    Returns
    -------
    bool
        True if `R` has four columns and at least one row, all of dtype float64, and its means,
        standard deviations and counts are not negative and not NaN.

    Raises
    ------
    TypeError
        If `throw` and `R` does not hold float64 numbers.
    ValueError
        If `throw` and another of these rules is broken.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import is_valid_im
    >>> is_valid_im([[1.0, 0.0, 1.0, 0.0]])
    True
    >>> is_valid_im([[1.0, -0.5, 1.0, 0.0]])
    False
    """
    fault = _table_fault(R, "Inconsistency matrix", name) or _moments_fault(np.asarray(R), name)
    return _verdict(fault, flag("warning", warning), flag("throw", throw))


def is_monotonic(Z: ArrayLike) -> bool:
    """Tell whether no merge of `Z` is lower than the merge before it.

    Single, complete, average, weighted and ward trees always are; centroid and median trees
    may hold inversions.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4), float64
        The linkage matrix.

    Returns
    -------
    bool
        True if the heights never fall.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import is_monotonic
    >>> is_monotonic([[0, 1, 4.0, 2], [2, 3, 3.5, 3]])
    False
    """
    is_valid_linkage(Z, throw=True, name="Z")
    heights = np.asarray(Z)[:, 2]
    return bool((heights[1:] >= heights[:-1]).all())


def num_obs_linkage(Z: ArrayLike) -> int:
    """Return the number of observations that `Z` is a tree of.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4), float64
        The linkage matrix.

    Returns
    -------
    int
        n, one more than the number of merges.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import num_obs_linkage
    >>> num_obs_linkage([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    3
    """
    is_valid_linkage(Z, throw=True, name="Z")
    return len(np.asarray(Z)) + 1


def correspond(Z: ArrayLike, Y: ArrayLike) -> bool:
    """Tell whether `Z` and `Y` speak of the same number of observations.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4), float64
        The linkage matrix.
    Y : array_like, shape (m(m-1)/2,)
        Condensed distances.

    Returns
    -------
    bool
        True if n = m.

    Raises
    ------
    TypeError, ValueError
        If `Z` is not a linkage matrix or `Y` holds no condensed distances.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import correspond
    >>> Z = [[0, 1, 0.5, 2], [2, 3, 1.0, 3]]
    >>> correspond(Z, [0.5, 1.0, 1.2]), correspond(Z, [0.5])
    (True, False)
    """
    n = num_obs_linkage(Z)
    return n == as_condensed_count("Y", len(as_condensed("Y", Y, finite=False)))


def from_mlab_linkage(Z: ArrayLike) -> NDArray[np.float64]:
    """Turn MATLAB's linkage matrix into ours: count from 0 and add the sizes.

    Parameters
    ----------
    Z : array_like, shape (n-1, 3)
        MATLAB's table: left and right in 1..2n-2, height.

    Returns
    -------
    ndarray, shape (n-1, 4), float64
        The linkage matrix; an empty `Z` comes back as a copy.

    Raises
    ------
    ValueError
        If `Z` has not three columns or is no tree.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import from_mlab_linkage
    >>> from_mlab_linkage([[1, 2, 0.5], [3, 4, 1.0]])
    array([[0. , 1. , 0.5, 2. ],
           [2. , 3. , 1. , 3. ]])
    """
    M = np.array(_real("Z", Z), dtype=np.float64, order="C")
    if M.shape in ((), (0,)) or (M.ndim == 2 and len(M) == 0):
        return M
    if M.ndim != 2 or M.shape[1] != 3:
        raise ValueError(
            f"`Z` has shape {M.shape}; MATLAB's linkage matrix has 3 columns: left, right and "
            "height. A table of 4 columns that counts from 0 needs no conversion."
        )
    links = np.column_stack((M[:, :2] - 1.0, M[:, 2], np.zeros(len(M))))
    if fault := _link_fault(links, "Z (counted from 0)"):
        raise ValueError(f"{fault[1]} MATLAB counts its clusters 1, 2, ..., {2 * len(M)}.")
    links[:, 3] = cluster_sizes(links)
    return links


def to_mlab_linkage(Z: ArrayLike) -> NDArray[np.float64]:
    """Turn a linkage matrix into MATLAB's: count from 1 and drop the sizes.

    Parameters
    ----------
    Z : array_like, shape (n-1, 4)
        The linkage matrix.

    Returns
    -------
    ndarray, shape (n-1, 3), float64
        Left and right in 1..2n-2, height; an empty vector `Z` comes back as a copy.

    Raises
    ------
    ValueError
        If `Z` is not a linkage matrix.

    Examples
    --------
    >>> from clusterlib.hierarchy.linkage_matrix import to_mlab_linkage
    >>> to_mlab_linkage([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])
    array([[1. , 2. , 0.5],
           [3. , 4. , 1. ]])
    """
    M = as_array("Z", Z)
    if M.shape in ((), (0,)):
        return np.array(_real("Z", M), dtype=np.float64)
    return as_linkage("Z", M)[:, :3] + (1.0, 1.0, 0.0)


def _real(name, value):
    array = as_array(name, value)
    if array.dtype.kind == "c":
        raise TypeError(f"`{name}` holds complex numbers; heights and indices are real.")
    return array


def _verdict(fault, warning, throw):
    """Return True if there is no fault; else report (kind of error, message) as asked."""
    if fault is None:
        return True
    kind, message = fault
    if throw:
        raise kind(message)
    if warning:
        warnings.warn(message, ClusterWarning, stacklevel=3)
    return False


def _table_fault(table, kind, name):
    """Return what is wrong with the form of a table of four columns, or None."""
    who = called(kind, name)
    try:
        if np.ma.is_masked(table):
            return ValueError, f"{who} is a masked array; fill or drop its masked entries first."
        table = np.asarray(table)
    except (TypeError, ValueError) as error:  # ragged, or it fails to convert
        return ValueError, f"{who} is not a rectangular array of numbers: {error}"
    try:
        require_positions(name or kind, table)
    except ValueError as error:
        return TypeError, str(error)
    if table.dtype != np.float64:
        return TypeError, (
            f"{who} must contain doubles (float64), but has dtype {table.dtype}; "
            "convert it with `.astype(float)`."
        )
    if table.ndim != 2:
        return ValueError, f"{who} must be two-dimensional, but has shape {table.shape}."
    if table.shape[1] != 4:
        return ValueError, f"{who} must have 4 columns, but has shape {table.shape}."
    if table.shape[0] == 0:
        return ValueError, (
            f"{who} must have at least one row: a tree needs at least two observations."
        )
    return None


def _link_fault(Z, name):
    """Return what stops a table of four columns from being a tree, or None."""
    n = len(Z) + 1
    left, right, heights, counts = Z.T
    # a table of one row may count more observations than two, as SciPy's own tests do
    rules = (
        ((left < 0) | (right < 0), "contains negative indices"),
        (
            (left != np.floor(left)) | (right != np.floor(right)),
            "contains indices that are not whole numbers",
        ),
        (np.isnan(heights), "contains heights that are NaN"),
        (heights < 0, "contains negative distances"),
        (np.isnan(counts), "contains counts that are NaN"),
        (counts < 0, "contains negative counts"),
        (counts == np.inf, "contains infinite counts"),
        ((counts > n) & (n > 2), "contains excessive observations in a cluster"),
        (
            np.maximum(left, right) >= np.arange(n, 2 * n - 1),
            "uses non-singleton cluster before it is formed",
        ),
    )
    for broken, fault in rules:
        if broken.any():
            return ValueError, _at_row(name, fault, Z, int(np.argmax(broken)))
    used = np.zeros(2 * n - 1, dtype=bool)
    used[left.astype(np.intp)] = True
    used[right.astype(np.intp)] = True
    if not used[:-1].all():  # 2n-2 places for 2n-2 clusters: one is missing where one is doubled
        left, right = left.astype(np.intp), right.astype(np.intp)
        uses = np.bincount(np.concatenate((left, right)), minlength=2 * n - 1)
        twice = (uses[left] > 1) | (uses[right] > 1)
        last = len(Z) - 1 - int(np.argmax(twice[::-1]))
        return ValueError, _at_row(name, "uses the same cluster more than once", Z, last)
    return None


def _at_row(name, fault, Z, row):
    values = ", ".join(f"{value:g}" for value in Z[row])
    return f"{called('Linkage', name)} {fault}: row {row} is [{values}]."


def _moments_fault(R, name):
    """Return what is wrong with the means, deviations and counts of `R`, or None."""
    parts = ("link height means", "link height standard deviations", "link counts")
    for column, part in enumerate(parts):
        for broken, fault in ((R[:, column] < 0, "negative"), (np.isnan(R[:, column]), "NaN")):
            if broken.any():
                return ValueError, (
                    f"{called('Inconsistency matrix', name)} contains {fault} {part}: "
                    f"row {int(np.argmax(broken))}."
                )
    return None


def cluster_sizes(Z):
    """Return how many observations each row of a valid table of links joins."""
    n = len(Z) + 1
    size = [1] * n
    for left, right in Z[:, :2].astype(np.intp).tolist():
        size.append(size[left] + size[right])
    return size[n:]
