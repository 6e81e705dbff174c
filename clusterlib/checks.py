"""Arguments in, clean arrays out.

Question: what did the caller give, and may an algorithm trust it?
Chapter: 0, Start here (what an error message owes you).
Symbols: X observations, y condensed distances, rng random numbers.

Every public function of the package starts with one line per argument from
this room.  A message names the argument, says what was given and what is
accepted, and what to do about it; after these lines the algorithms work on
arrays they can trust.
"""

from __future__ import annotations

import operator

import numpy as np

__all__ = [
    "as_generator",
    "as_matrix",
    "as_vector",
    "at_least",
    "choose",
    "describe",
    "one_of",
    "require_finite",
    "whole_number",
]


def describe(value):
    """Return a short description of `value` for an error message."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def one_of(name, value, allowed):
    """Return `value` if it is one of `allowed`, else raise a ValueError that lists them."""
    if isinstance(value, str) and value in allowed:
        return value
    raise ValueError(
        f"`{name}` is {describe(value)}; it must be one of "
        + ", ".join(repr(a) for a in allowed)
        + "."
    )


def choose(name, value, table):
    """Return ``table[value]``, or raise a ValueError that lists the keys of `table`."""
    return table[one_of(name, value, table)]


def whole_number(name, value, low=None):
    """Return `value` as an int of at least `low`; booleans and fractions are refused."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"`{name}` is {value!r}; it must be a whole number.")
    try:
        number = operator.index(value)
    except TypeError:
        array = np.asarray(value)
        if array.ndim or array.dtype.kind != "f" or array != np.floor(array):
            raise ValueError(f"`{name}` is {describe(value)}; it must be a whole number.") from None
        number = int(array)
    return number if low is None else at_least(name, number, low)


def at_least(name, value, low):
    """Return `value` if it is at least `low` (NaN is not), else raise a ValueError."""
    if value >= low:
        return value
    raise ValueError(f"`{name}` is {describe(value)}; it must be at least {low}.")


def require_finite(name, array):
    """Return `array` if it holds no NaN and no infinity, else say where the first one is."""
    if array.dtype.kind in "fc" and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"`{name}` holds {array[where]!r} at {where}; it must contain only finite "
            "numbers. Drop or fill such rows first."
        )
    return array


def as_array(name, value):
    """Return `value` as a plain ndarray of numbers; masked, object and text input is refused."""
    if np.ma.isMaskedArray(value):
        if np.ma.is_masked(value):
            raise ValueError(
                f"`{name}` is a masked array; fill or drop its masked entries first "
                "(for example `name.filled(...)`)."
            )
        value = value.data
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"`{name}` is not a rectangular array of numbers: {error}") from None
    if array.dtype.kind == "O":
        try:
            array = array.astype(float)
        except (TypeError, ValueError):
            raise ValueError(f"`{name}` holds objects that are no numbers.") from None
    if array.dtype.kind not in "biufc":
        raise ValueError(f"`{name}` has dtype {array.dtype}; it must hold numbers.")
    return array


def as_matrix(name, value, *, finite=True):
    """Return `value` as a two-dimensional array, one row an observation."""
    array = as_array(name, value)
    if array.ndim != 2:
        raise ValueError(
            f"`{name}` has shape {array.shape}; it must have two dimensions, "
            "one row an observation and one column a feature."
        )
    return require_finite(name, array) if finite else array


def as_vector(name, value, *, finite=True):
    """Return `value` as a one-dimensional array."""
    array = as_array(name, value)
    if array.ndim != 1:
        raise ValueError(f"`{name}` has shape {array.shape}; it must have one dimension.")
    return require_finite(name, array) if finite else array


def as_generator(name, value):
    """Return `value` as a ``numpy.random.Generator``: None, a seed or a generator."""
    try:
        return np.random.default_rng(value)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"`{name}` is {describe(value)}; it must be None, a whole number of at least 0, "
            f"a numpy.random.Generator or a BitGenerator ({error})."
        ) from None
