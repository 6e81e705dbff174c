"""Containers in: what has rows and positions, and what has none.

Question: can what the caller gave become an array at all?
Chapter: 0, Start here (what an error message owes you).
Symbols: none.

NumPy takes a dict, a set, a generator or a sparse matrix for one object.  Here they are named.
"""

from __future__ import annotations

import numpy as np

__all__ = ["as_entries", "as_labels", "dimensions", "require_positions"]


def require_positions(name, array) -> None:
    """Refuse what NumPy took as one object: a sparse matrix, dict, set or generator."""
    if array.ndim or array.dtype.kind != "O":
        return
    value = array.item()
    if hasattr(value, "toarray"):
        raise ValueError(f"`{name}` is sparse; give `{name}.toarray()`, the same as dense array.")
    if hasattr(value, "__iter__") or hasattr(value, "__next__"):
        raise ValueError(
            f"`{name}` is a {type(value).__name__}, whose entries have no positions; "
            "give a list or an array."
        )


def dimensions(name, value) -> int:
    """Return the number of dimensions of `value`: 0 for a number."""
    try:
        return np.ndim(value)
    except ValueError as error:
        raise ValueError(f"`{name}` is not a rectangular array of numbers: {error}") from None


def as_labels(name, value) -> np.ndarray:
    """Return `value` as an array of anything: its entries are names, not numbers."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"`{name}` is not a rectangular array: {error}") from None
    require_positions(name, array)
    return array


def as_entries(name, value) -> np.ndarray:
    """Return `value` as an array of anything that can be told apart; a masked entry cannot."""
    if np.ma.is_masked(value):
        raise ValueError(f"`{name}` is a masked array; fill or drop its masked entries first.")
    if value is None:
        raise ValueError(f"`{name}` is None; give a list or an array.")
    return as_labels(name, value)
