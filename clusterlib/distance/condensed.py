"""Two shapes of the same distances: condensed and square.

Question: n points have n(n-1)/2 distances; how are they stored, and are they distances?
Chapter: 8, Distances.
Symbols: D square distances (n x n), y condensed distances, the upper triangle of D by rows:
pair i < j is at position n i - i(i+1)/2 + j - i - 1.

The square form answers D[i, j] at once and says everything twice; the condensed form says
it once and is what `linkage` takes.  Handing the square to `linkage` as if it were
observations is the most frequent slip of all.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_real, called, flag, one_of, real_number
from clusterlib.core.containers import as_entries
from clusterlib.core.pairs import row_start, things_of_pairs

__all__ = ["is_valid_dm", "is_valid_y", "num_obs_dm", "num_obs_y", "squareform"]

BLOCK = 64  # rows mirrored together: a column write of 8 bytes costs a whole cache line
SMALL = 500  # rows of a smaller square are so short that a mask of all of it is faster


def _array_or_fault(name, value):
    """Return `value` as an array and what is wrong with it, "" if nothing is: no check raises."""
    try:
        return as_entries(name, value), ""
    except (TypeError, ValueError) as error:
        return np.empty(0), f"is no array ({error})"


def square_form(y: np.ndarray, squared: bool = False) -> np.ndarray:
    """Return the square form of n(n-1)/2 distances of any dtype, or of their squares."""
    n = things_of_pairs(len(y))
    D = np.empty((n, n), y.dtype)
    spread(y, D, squared)
    np.fill_diagonal(D, np.zeros((), y.dtype))
    return D


def spread(y: np.ndarray, D: np.ndarray, squared: bool = False) -> None:
    """Fill the square D from y, or its squares, but for the diagonal of D.

    If y is the front of D's own memory, rows move back, and the last come first.  Each block of
    rows is mirrored at once, while the cache still holds it.
    """
    n = len(D)
    if n < SMALL:
        upper = ~np.tri(n, dtype=bool)
        D[upper] = D.T[upper] = y * y if squared else y.copy()
        return
    below = np.tri(BLOCK, k=-1, dtype=bool)
    order = slice(None, None, -1 if np.may_share_memory(y, D) else 1)
    for i in range(0, n, BLOCK)[order]:
        end = min(i + BLOCK, n)
        for j in range(i, end)[order]:
            start = row_start(j, n)
            row = y[start + j + 1 : start + n]
            D[j, j + 1 :] = row * row if squared else row
        corner, mirrored = D[i:end, i:end], below[: end - i, : end - i]
        corner[mirrored] = corner.T[mirrored]
        D[end:, i:end] = D[i:end, end:].T


def _condense(D):
    """Read the upper triangle row by row."""
    n = len(D)
    y = np.empty(n * (n - 1) // 2, D.dtype)
    start = 0
    for i in range(n - 1):
        y[start : start + n - 1 - i] = D[i, i + 1 :]
        start += n - 1 - i
    return y


def squareform(X: ArrayLike, force: str = "no", checks: bool = True) -> np.ndarray:
    """Turn condensed distances into a square matrix, and a square matrix into condensed ones.

    Parameters
    ----------
    X : array_like, shape (n(n-1)/2,) or (n, n)
        Condensed or square distances, of any dtype.
    force : {'no', 'tomatrix', 'tovector'}, optional
        Insist that `X` is a vector ('tomatrix') or a matrix ('tovector').
    checks : bool, optional
        Whether a matrix must be symmetric with a zero diagonal.  With False the upper
        triangle is taken as it is.

    Returns
    -------
    ndarray
        The other form, with the dtype of `X`.

    Raises
    ------
    ValueError
        If `X` is neither form, is not what `force` insists on, or fails the checks.

    Examples
    --------
    >>> from clusterlib.distance import squareform
    >>> D = squareform([3.0, 4.0, 5.0])
    >>> D
    array([[0., 3., 4.],
           [3., 0., 5.],
           [4., 5., 0.]])
    >>> squareform(D)
    array([3., 4., 5.])
    """
    X = np.atleast_1d(as_entries("X", X))
    force = one_of(
        "force", force.lower() if isinstance(force, str) else force, ("no", "tomatrix", "tovector")
    )
    checks = flag("checks", checks)
    if X.ndim not in (1, 2):
        raise ValueError(
            f"`X` has {X.ndim} dimensions; give condensed distances (one) or square ones (two)."
        )
    if force == "tomatrix" and X.ndim != 1:
        raise ValueError(f"Forcing 'tomatrix', but `X` of shape {X.shape} is no distance vector.")
    if force == "tovector" and X.ndim != 2:
        raise ValueError(f"Forcing 'tovector', but `X` of shape {X.shape} is no distance matrix.")
    if X.ndim == 1:
        if not things_of_pairs(len(X)):
            raise ValueError(
                f"Incompatible vector size: `X` has {len(X)} entries, which is no n(n-1)/2 "
                "for any number n of observations."
            )
        return square_form(X)
    if X.shape[0] != X.shape[1]:
        raise ValueError(f"The matrix `X` must be square; it has shape {X.shape}.")
    if checks:
        is_valid_dm(X, throw=True, name="X")
    return _condense(X)


def _fault_of_dm(D, tol):
    """Say what keeps D from being a distance matrix, or return an empty string."""
    if D.ndim != 2:
        return f"must have shape=2 (i.e. be two-dimensional); its shape is {D.shape}"
    if D.shape[0] != D.shape[1]:
        return f"must be square to be symmetric; its shape is {D.shape}"
    within = f" within tolerance {tol:5.5f}" if tol else ""
    if D.dtype.kind not in ("fc" if tol else "fcbium"):
        try:  # bytes wrap around, text has no difference, and None equals None
            D = as_real("D", D).astype(np.float64)
        except (TypeError, ValueError):
            return f"must hold numbers; its dtype is {D.dtype}"
    with np.errstate(all="ignore"):
        apart = ~(D == D.T) if tol == 0 else ~((D == D.T) | (np.abs(D - D.T) <= tol))
    if apart.any():
        i, j = (int(k) for k in np.argwhere(apart)[0])
        return (
            f"must be symmetric{within}; entry ({i}, {j}) is {D[i, j]} and "
            f"entry ({j}, {i}) is {D[j, i]}. If that is rounding, give (D + D.T) / 2"
        )
    diagonal = np.diagonal(D)
    off = diagonal.astype(bool) if tol == 0 else ~(np.abs(diagonal) <= tol)
    if off.any():
        i = int(np.flatnonzero(off)[0])
        return f"diagonal must be zero{within}; entry ({i}, {i}) is {D[i, i]}"
    return ""


def _verdict(fault, throw, warning):
    """Return whether there is no `fault`; raise or warn if asked to."""
    if fault and throw:
        raise ValueError(fault)
    if fault and warning:
        warnings.warn(fault, stacklevel=3)
    return not fault


def is_valid_dm(
    D: ArrayLike,
    tol: float = 0.0,
    throw: bool = False,
    name: str | None = "D",
    warning: bool = False,
) -> bool:
    """Return whether `D` is square and symmetric with a zero diagonal.

    The triangle inequality is not checked, and neither is the sign.

    Parameters
    ----------
    D : array_like, shape (n, n)
        The matrix in question.
    tol : float, optional
        How far two mirrored entries may differ, and a diagonal entry from 0.
    throw : bool, optional
        Raise a ValueError that names the fault, instead of returning False.
    name : str or None, optional
        What messages call the matrix.
    warning : bool, optional
        Warn about the fault, besides returning False.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        If `throw` and `D` is no distance matrix.

    Examples
    --------
    >>> from clusterlib.distance import is_valid_dm
    >>> is_valid_dm([[0, 2], [2, 0]]), is_valid_dm([[0, 2], [3, 0]])
    (True, False)
    """
    throw, warning = flag("throw", throw), flag("warning", warning)
    who = called("Distance matrix", name)
    array, fault = _array_or_fault("D", D)
    fault = fault or _fault_of_dm(array, real_number("tol", tol))
    return _verdict(fault and f"{who} {fault}.", throw, warning)


def is_valid_y(
    y: ArrayLike, warning: bool = False, throw: bool = False, name: str | None = None
) -> bool:
    """Return whether `y` has the shape of condensed distances; those of one observation are none.

    Parameters
    ----------
    y : array_like, shape (n(n-1)/2,)
        The vector in question.
    warning, throw : bool, optional
        Warn about the fault, or raise a ValueError that names it.
    name : str or None, optional
        What messages call the vector.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        If `throw` and `y` has not the shape of condensed distances.

    Examples
    --------
    >>> from clusterlib.distance import is_valid_y
    >>> is_valid_y([1, 2, 3]), is_valid_y([1, 2])
    (True, False)
    """
    throw, warning = flag("throw", throw), flag("warning", warning)
    who = called("Condensed distance matrix", name)
    array, fault = _array_or_fault("y", y)
    if fault:
        fault = f"{who} {fault}."
    elif array.ndim != 1:
        fault = f"{who} must have shape=1 (i.e. be one-dimensional); its shape is {array.shape}."
    elif not things_of_pairs(len(array)):
        fault = f"{who} has length {len(array)}, which is no n(n-1)/2 for any number n."
    return _verdict(fault, throw, warning)


def num_obs_dm(d: ArrayLike) -> int:
    """Return the number of observations of square distances.

    Parameters
    ----------
    d : array_like, shape (n, n)
        Square distances.

    Returns
    -------
    int
        n.

    Raises
    ------
    ValueError
        If `d` is no square matrix.

    Examples
    --------
    >>> from clusterlib.distance import num_obs_dm
    >>> num_obs_dm([[0, 3, 4], [3, 0, 5], [4, 5, 0]])
    3
    """
    d = as_entries("d", d)
    is_valid_dm(d, tol=np.inf, throw=True, name="d")
    return d.shape[0]


def num_obs_y(Y: ArrayLike) -> int:
    """Return the number of observations of condensed distances.

    Parameters
    ----------
    Y : array_like, shape (n(n-1)/2,)
        Condensed distances of two or more observations.

    Returns
    -------
    int
        n.

    Raises
    ------
    ValueError
        If `Y` has not the shape of condensed distances.

    Examples
    --------
    >>> from clusterlib.distance import num_obs_y
    >>> num_obs_y([3, 4, 5])
    3
    """
    Y = as_entries("Y", Y)
    is_valid_y(Y, throw=True, name="Y")
    if not len(Y):
        raise ValueError("'Y' is empty; it does not tell how many observations there are.")
    return things_of_pairs(len(Y))


def looks_like_distances(D) -> bool:
    """Tell whether `D` is square, symmetric, not negative, and 0 on the diagonal."""
    return (
        D.shape[0] == D.shape[1]
        and np.allclose(np.diagonal(D), 0)
        and bool((D >= 0).all())
        and np.allclose(D, D.T)
    )
